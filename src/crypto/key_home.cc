#include "crypto/key_home.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <mutex>

#include "base/durable_file.h"
#include "base/guarded.h"
#include "crypto/hash.h"
#include "crypto/internal/endian.h"
#include "crypto/internal/home_directory.h"
#include "crypto/internal/key_copies.h"
#include "crypto/internal/root_keys.h"

namespace privity {
namespace {

namespace fs = std::filesystem;
using internal::Header;
using internal::KeyTable;
using internal::kNamedSlots;
using internal::RootSubkeys;
using internal::Slot;
using internal::SlotChange;

static_assert(KeyHome::kBuckets == internal::kBuckets);
constexpr std::uint32_t kFirstNamedSlot = 2 * internal::kBuckets;

constexpr std::string_view kRosterMagic = "PVTYROST";
constexpr std::size_t kRosterHeaderBytes = 8 + 4 + 4 + 32;
constexpr std::size_t kRosterBytesMax = std::size_t{1} << 30;

// A bucket's even and odd versions have a slot each, so that the next key never overwrites the present one.
std::uint32_t BucketSlot(std::uint32_t bucket, std::uint32_t version) {
  return 2 * bucket + (version & 1);
}

Slot NewSlot(std::string_view name, std::uint32_t version, KeyState state, Instant now) {
  return {.generation = 0,
          .version = version,
          .created_at = now,
          .state_since = now,
          .state = state,
          .name = std::string(name),
          .key = Key::Random()};
}

// `slot` in another state, without its key when that is "destroyed".
Slot InState(Slot slot, KeyState state, Instant now) {
  slot.state = state;
  slot.state_since = now;
  if (state == KeyState::kDestroyed) slot.key.reset();
  return slot;
}

std::string BucketName(std::uint32_t bucket) {
  return "bucket/" + std::to_string(bucket);
}

Error MissingKey(std::string name, std::uint32_t version) {
  return Error("crypto.key_missing", {{"name", std::move(name)}, {"version", std::to_string(version)}});
}

Result<Key> KeyOf(const Slot& slot, std::string name) {
  if (slot.key) return *slot.key;
  return Error("crypto.key_destroyed", {{"name", std::move(name)}, {"version", std::to_string(slot.version)}});
}

void CheckName(std::string_view name) {
  const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-'; };
  Invariant(!name.empty() && name.size() <= internal::kSlotNameBytesMax && std::ranges::all_of(name, allowed),
            "a key's name has 1 to 22 characters of a-z, 0-9, '.' and '-'");
}

// The version of a bucket that is in use. A power cut in the middle of a promotion may leave two active versions (the
// newer counts) or, with the older destroyed, none but the prepared one.
Result<std::uint32_t> PresentVersion(const KeyTable& table, std::uint32_t bucket) {
  const Slot& even = table.slots[BucketSlot(bucket, 0)];
  const Slot& odd = table.slots[BucketSlot(bucket, 1)];
  const Slot& older = even.version < odd.version ? even : odd;
  const Slot& newer = even.version < odd.version ? odd : even;
  if (newer.state == KeyState::kActive || (newer.key && !older.key)) return newer.version;
  if (older.key) return older.version;
  return Error("crypto.key_home_damaged", {{"part", BucketName(bucket)}});
}

// The named slots that carry this name, by index.
std::vector<std::uint32_t> SlotsNamed(const KeyTable& table, std::string_view name) {
  std::vector<std::uint32_t> found;
  for (std::uint32_t index = kFirstNamedSlot; index < internal::kSlots; ++index) {
    if (table.slots[index].state && table.slots[index].name == name) found.push_back(index);
  }
  return found;
}

std::optional<std::uint32_t> ActiveSlot(const KeyTable& table, std::string_view name) {
  std::optional<std::uint32_t> active;
  for (const std::uint32_t index : SlotsNamed(table, name)) {
    const Slot& slot = table.slots[index];
    if (slot.state == KeyState::kActive && (!active || slot.version > table.slots[*active].version)) active = index;
  }
  return active;
}

std::optional<std::uint32_t> SlotOfVersion(const KeyTable& table, std::string_view name, std::uint32_t version) {
  for (const std::uint32_t index : SlotsNamed(table, name)) {
    if (table.slots[index].version == version) return index;
  }
  return std::nullopt;
}

std::uint32_t NextVersion(const KeyTable& table, std::string_view name) {
  std::uint32_t version = 0;
  for (const std::uint32_t index : SlotsNamed(table, name)) version = std::max(version, table.slots[index].version);
  return version + 1;
}

// A slot that was never used, else the record that has been destroyed longest.
Result<std::uint32_t> FreeNamedSlot(const KeyTable& table) {
  std::optional<std::uint32_t> oldest;
  for (std::uint32_t index = kFirstNamedSlot; index < internal::kSlots; ++index) {
    const Slot& slot = table.slots[index];
    if (!slot.state) return index;
    if (slot.state == KeyState::kDestroyed && (!oldest || slot.state_since < table.slots[*oldest].state_since)) {
      oldest = index;
    }
  }
  if (!oldest) return Error("crypto.key_slots_full", {{"slots", std::to_string(kNamedSlots)}});
  return *oldest;
}

// The transitions of SP 800-57 Part 1 Rev. 5, section 7 (figure 5).
bool MayBecome(KeyState from, KeyState to) {
  switch (from) {
    case KeyState::kPreActive:
      return to == KeyState::kActive || to == KeyState::kSuspended || to == KeyState::kCompromised ||
             to == KeyState::kDestroyed;
    case KeyState::kActive:
      return to == KeyState::kSuspended || to == KeyState::kDeactivated || to == KeyState::kCompromised;
    case KeyState::kSuspended:
      return to == KeyState::kActive || to == KeyState::kDeactivated || to == KeyState::kCompromised ||
             to == KeyState::kDestroyed;
    case KeyState::kDeactivated:
      return to == KeyState::kCompromised || to == KeyState::kDestroyed;
    case KeyState::kCompromised:
      return to == KeyState::kDestroyed;
    case KeyState::kDestroyed:
      return false;
  }
  return false;
}

std::string RosterName(std::uint32_t bucket) {
  return std::to_string(bucket) + ".roster";
}

Bytes EncodeRoster(const KeyHome::Roster& roster) {
  const auto& [bucket, version, content] = roster;
  Bytes bytes(kRosterHeaderBytes);
  std::ranges::copy(AsBytes(kRosterMagic), bytes.begin());
  internal::PutNumber(std::span(bytes).subspan(8), bucket);
  internal::PutNumber(std::span(bytes).subspan(12), version);
  const Sha256Digest checksum = Sha256({BytesView(bytes).first(16), content});
  std::ranges::copy(checksum, bytes.begin() + 16);
  bytes.insert(bytes.end(), content.begin(), content.end());
  return bytes;
}

Result<KeyHome::Roster> DecodeRoster(std::uint32_t bucket, BytesView bytes) {
  const bool sound = bytes.size() >= kRosterHeaderBytes && AsText(bytes.first(8)) == kRosterMagic &&
                     internal::GetNumber<std::uint32_t>(bytes.subspan(8)) == bucket &&
                     std::ranges::equal(Sha256({bytes.first(16), bytes.subspan(kRosterHeaderBytes)}),
                                        bytes.subspan(16, sizeof(Sha256Digest)));
  if (!sound) return Error("crypto.key_home_damaged", {{"part", "rosters/" + RosterName(bucket)}});
  const BytesView content = bytes.subspan(kRosterHeaderBytes);
  return KeyHome::Roster{bucket, internal::GetNumber<std::uint32_t>(bytes.subspan(12)),
                         Bytes(content.begin(), content.end())};
}

// As WriteFileDurably for each, but with one sync of the folder for all.
Status WriteRostersInto(const fs::path& folder, std::span<const KeyHome::Roster> rosters,
                        const internal::StepHook& before_step) {
  std::vector<fs::path> written;
  for (const KeyHome::Roster& roster : rosters) {
    const fs::path path = folder / RosterName(roster.bucket);
    const Result<Bytes> present = ReadFile(path, kRosterBytesMax);
    if (present.ok()) {
      const Result<KeyHome::Roster> older = DecodeRoster(roster.bucket, *present);
      if (older.ok() && older->version > roster.version) continue;
    }
    if (before_step) before_step("roster: write");
    const fs::path beside = path.string() + ".new";
    PRIVITY_TRY(const FileHandle file, OpenFile(beside, O_WRONLY | O_CREAT | O_TRUNC));
    PRIVITY_TRY_VOID(WriteAt(file, beside, 0, EncodeRoster(roster)));
    PRIVITY_TRY_VOID(SyncFile(file, beside));
    written.push_back(path);
  }
  if (before_step) before_step("roster: name");
  for (const fs::path& path : written) {
    if (rename((path.string() + ".new").c_str(), path.c_str()) != 0) return FileError(path, "rename");
  }
  return SyncDirectory(folder);
}

Result<std::optional<Instant>> WrittenAt(const fs::path& path) {
  struct stat about;
  if (stat(path.c_str(), &about) != 0) return FileError(path, "stat");
  const auto since_epoch = std::chrono::seconds(about.st_mtim.tv_sec) + std::chrono::nanoseconds(about.st_mtim.tv_nsec);
  return std::optional(Instant(std::chrono::duration_cast<Duration>(since_epoch)));
}

bool Exists(const fs::path& path) {
  std::error_code problem;
  return fs::exists(fs::symlink_status(path, problem));
}

}  // namespace

struct KeyHome::State {
  State(KeyHomeOptions options_, RootKeySource source_, const Clock& clock_)
      : options(std::move(options_)), clock(clock_), source(std::move(source_)) {}

  std::vector<fs::path> Directories() const {
    std::vector<fs::path> all{options.directory};
    if (!options.backup_directory.empty()) all.push_back(options.backup_directory);
    return all;
  }
  void BeforeStep(std::string_view step) const {
    if (options.before_step) options.before_step(step);
  }

  RootKeySource Source() {
    const std::lock_guard lock(change_mutex);
    return source;
  }

  Status CreateIfAbsent();
  Status OpenCopies();
  Status Load();
  Status Refresh();
  Status SettleRootKey(const Key& root);

  // Runs `fn` while no other thread or process changes the key home, with the table as it stands on disk.
  template <class Fn>
  std::invoke_result_t<Fn> Alone(Fn fn);
  // Lets `compute` say what to change, from the table as it stands; writes that durably, then shows it to readers.
  template <class Fn>
  Status Change(Fn compute);
  // Reads from the table in memory, after a look whether another process has changed it.
  template <class Fn>
  std::invoke_result_t<Fn, const KeyTable&> Look(Fn read);

  const KeyHomeOptions options;
  const Clock& clock;
  Uuid installation;
  FileHandle lock_file;
  std::unique_ptr<internal::KeyCopies> copies;
  Guarded<KeyTable> table;
  std::atomic<std::uint64_t> generation = 0;  // of `table`
  std::atomic<bool> changing = false;         // by this process

  // Everything below belongs to whoever holds `change_mutex`. It is held through file writes: it orders whole changes,
  // which wait for the disk by their nature; readers never take it unless another process has changed the files.
  std::mutex change_mutex;
  RootKeySource source;
  std::optional<RootSubkeys> keys;
  bool copies_may_differ = true;  // at first, too: nobody knows how the process before ended
};

Status KeyHome::State::CreateIfAbsent() {
  const fs::path first = options.directory / "keys.1";
  const fs::path second = options.directory / "keys.2";
  if (Exists(first) || Exists(second)) return Ok();
  if (!options.backup_directory.empty() && Exists(options.backup_directory / "keys.1"))
    return Ok();  // heals from there
  if (Exists(options.directory / "root.key")) return Error("crypto.key_home_damaged", {{"part", "keys.1, keys.2"}});

  const Instant now = clock.Now();
  PRIVITY_TRY(
      const internal::NewRootKey root,
      internal::MakeRootKey(source, options.directory,
                            {.installation = Uuid::NewV4(), .generation = 0, .created_at = now, .root_since = now}));
  std::vector<Slot> slots(internal::kSlots);
  for (std::uint32_t bucket = 0; bucket < kBuckets; ++bucket) {
    slots[BucketSlot(bucket, 1)] = NewSlot("", 1, KeyState::kActive, now);
  }
  // Under other names until they are whole: what bears the right name is complete.
  std::vector<std::unique_ptr<internal::KeyFile>> files;
  for (const char* name : {"keys.1.new", "keys.2.new"}) {
    PRIVITY_TRY_VOID(RemoveFileDurably(options.directory / name));
    PRIVITY_TRY(files.emplace_back(), internal::OpenKeyFile(options.directory / name, options.before_step));
  }
  PRIVITY_TRY_VOID(internal::KeyCopies(std::move(files)).Rewrite(root.header, slots, RootSubkeys(root.key)));
  for (const auto& [from, to] :
       {std::pair(options.directory / "keys.2.new", second), std::pair(options.directory / "keys.1.new", first)}) {
    BeforeStep("key home: rename");
    if (rename(from.c_str(), to.c_str()) != 0) return FileError(to, "rename");
  }
  return SyncDirectory(options.directory);
}

Status KeyHome::State::OpenCopies() {
  std::vector<std::unique_ptr<internal::KeyFile>> files;
  for (const char* name : {"keys.1", "keys.2"}) {
    PRIVITY_TRY(files.emplace_back(), internal::OpenKeyFile(options.directory / name, options.before_step));
  }
  if (!options.backup_directory.empty()) {
    PRIVITY_TRY(files.emplace_back(), internal::OpenKeyFile(options.backup_directory / "keys.1", options.before_step));
  }
  copies = std::make_unique<internal::KeyCopies>(std::move(files));
  return Ok();
}

Status KeyHome::State::SettleRootKey(const Key& root) {
  for (const fs::path& directory : Directories()) {
    BeforeStep("root key: settle");
    PRIVITY_TRY_VOID(internal::SettleRootKeyFiles(source, root, directory));
  }
  return Ok();
}

// In the middle of a root rotation the old root may still find a header of its own and no slots beside it: then it is
// the new root's turn. So every candidate is tried before an error is told.
Status KeyHome::State::Load() {
  const auto trust = copies_may_differ ? internal::Trust::kNothing : internal::Trust::kAsRead;
  PRIVITY_TRY(const std::vector<Header> headers, copies->Headers());
  std::optional<Error> damage;
  for (const fs::path& directory : Directories()) {
    const Result<std::vector<Key>> candidates = internal::RootKeyCandidates(source, directory, headers);
    if (!candidates.ok() && !candidates.error().Is("crypto.root_key_wrong")) return candidates.error();
    if (!candidates.ok()) continue;
    for (const Key& root : *candidates) {
      const RootSubkeys subkeys(root);
      Result<KeyTable> loaded = copies->Load(subkeys, trust);
      if (!loaded.ok() && loaded.error().Is("crypto.root_key_wrong")) continue;
      if (!loaded.ok()) {
        damage = std::move(loaded).error();
        continue;
      }
      PRIVITY_TRY_VOID(SettleRootKey(root));
      keys = subkeys;
      copies_may_differ = false;
      generation = loaded->header.generation;
      table.With([&](KeyTable& t) { t = std::move(loaded).value(); });
      return Ok();
    }
  }
  return damage ? *damage : Error("crypto.root_key_wrong");
}

template <class Fn>
std::invoke_result_t<Fn> KeyHome::State::Alone(Fn fn) {
  const std::lock_guard lock(change_mutex);
  PRIVITY_TRY(const internal::HomeLock home_lock, internal::HomeLock::Take(lock_file, options.directory / "lock"));
  PRIVITY_TRY(const std::uint64_t on_disk, copies->Generation());
  if (copies_may_differ || on_disk != generation) PRIVITY_TRY_VOID(Load());
  changing = true;
  std::invoke_result_t<Fn> result = fn();
  changing = false;
  return result;
}

template <class Fn>
Status KeyHome::State::Change(Fn compute) {
  return Alone([&]() -> Status {
    PRIVITY_TRY(std::vector<SlotChange> changes, table.With([&](const KeyTable& t) { return compute(t); }));
    if (changes.empty()) return Ok();
    const Header header = table.With([](const KeyTable& t) { return t.header; });
    copies_may_differ = true;
    PRIVITY_TRY(const Header written, copies->Update(header, changes, *keys));
    copies_may_differ = false;
    table.With([&](KeyTable& t) {
      for (SlotChange& change : changes) t.slots[change.index] = std::move(change.slot);
      t.header = written;
    });
    generation = written.generation;
    return Ok();
  });
}

Status KeyHome::State::Refresh() {
  if (changing) return Ok();
  PRIVITY_TRY(const std::uint64_t on_disk, copies->Generation());
  if (on_disk == generation) return Ok();
  return Alone([]() -> Status { return Ok(); });
}

template <class Fn>
std::invoke_result_t<Fn, const KeyTable&> KeyHome::State::Look(Fn read) {
  PRIVITY_TRY_VOID(Refresh());
  return table.With([&](const KeyTable& t) { return read(t); });
}

KeyHome::KeyHome(std::unique_ptr<State> state) : state_(std::move(state)) {}
KeyHome::~KeyHome() = default;

Result<std::unique_ptr<KeyHome>> KeyHome::Open(const KeyHomeOptions& options, const RootKeySource& root,
                                               const Clock& clock) {
  auto state = std::make_unique<State>(options, root, clock);
  PRIVITY_TRY_VOID(internal::PrepareHomeDirectory(options.directory, options.data_directory));
  for (const fs::path& directory : state->Directories()) PRIVITY_TRY_VOID(internal::CheckPrivate(directory));
  const fs::path lock_path = options.directory / "lock";
  PRIVITY_TRY(state->lock_file, OpenFile(lock_path, O_RDWR | O_CREAT));
  PRIVITY_TRY(const internal::HomeLock lock, internal::HomeLock::Take(state->lock_file, lock_path));
  PRIVITY_TRY_VOID(state->CreateIfAbsent());
  PRIVITY_TRY_VOID(state->OpenCopies());
  PRIVITY_TRY_VOID(state->Load());
  state->installation = state->table.With([](const KeyTable& t) { return t.header.installation; });
  return std::unique_ptr<KeyHome>(new KeyHome(std::move(state)));
}

const Uuid& KeyHome::installation() const {
  return state_->installation;
}

Result<VersionedKey> KeyHome::Named(std::string_view name) {
  CheckName(name);
  const auto active = [&](const KeyTable& t) -> Result<std::optional<VersionedKey>> {
    const std::optional<std::uint32_t> index = ActiveSlot(t, name);
    if (!index) return std::optional<VersionedKey>();
    return std::optional(VersionedKey{*t.slots[*index].key, t.slots[*index].version});
  };
  PRIVITY_TRY(const std::optional<VersionedKey> found, state_->Look(active));
  if (found) return *found;
  PRIVITY_TRY_VOID(state_->Change([&](const KeyTable& t) -> Result<std::vector<SlotChange>> {
    if (ActiveSlot(t, name)) return std::vector<SlotChange>();
    PRIVITY_TRY(const std::uint32_t index, FreeNamedSlot(t));
    return std::vector{SlotChange{index, NewSlot(name, NextVersion(t, name), KeyState::kActive, state_->clock.Now())}};
  }));
  PRIVITY_TRY(const std::optional<VersionedKey> made, state_->Look(active));
  if (!made) return MissingKey(std::string(name), 0);
  return *made;
}

Result<Key> KeyHome::NamedVersion(std::string_view name, std::uint32_t version) {
  return state_->Look([&](const KeyTable& t) -> Result<Key> {
    const std::optional<std::uint32_t> index = SlotOfVersion(t, name, version);
    if (!index) return MissingKey(std::string(name), version);
    return KeyOf(t.slots[*index], std::string(name));
  });
}

Result<std::vector<VersionedKey>> KeyHome::NamedVersions(std::string_view name) {
  return state_->Look([&](const KeyTable& t) -> Result<std::vector<VersionedKey>> {
    std::vector<VersionedKey> versions;
    for (const std::uint32_t index : SlotsNamed(t, name)) {
      const Slot& slot = t.slots[index];
      if (slot.key && slot.state != KeyState::kPreActive) versions.push_back({*slot.key, slot.version});
    }
    std::ranges::sort(versions, std::greater(), &VersionedKey::version);
    return versions;
  });
}

Result<std::uint32_t> KeyHome::RotateNamed(std::string_view name) {
  CheckName(name);
  std::uint32_t version = 0;
  PRIVITY_TRY_VOID(state_->Change([&](const KeyTable& t) -> Result<std::vector<SlotChange>> {
    const Instant now = state_->clock.Now();
    version = NextVersion(t, name);
    PRIVITY_TRY(const std::uint32_t index, FreeNamedSlot(t));
    std::vector<SlotChange> changes{{index, NewSlot(name, version, KeyState::kActive, now)}};
    if (const auto active = ActiveSlot(t, name)) {
      changes.push_back({*active, InState(t.slots[*active], KeyState::kDeactivated, now)});
    }
    return changes;
  }));
  return version;
}

Status KeyHome::SetNamedState(std::string_view name, std::uint32_t version, KeyState state) {
  return state_->Change([&](const KeyTable& t) -> Result<std::vector<SlotChange>> {
    const std::optional<std::uint32_t> index = SlotOfVersion(t, name, version);
    if (!index) return MissingKey(std::string(name), version);
    const Slot& slot = t.slots[*index];
    if (slot.state == state) return std::vector<SlotChange>();
    const bool second_active = state == KeyState::kActive && ActiveSlot(t, name).has_value();
    if (!MayBecome(*slot.state, state) || second_active) {
      return Error("crypto.key_transition", {{"name", std::string(name)},
                                             {"version", std::to_string(version)},
                                             {"from", std::string(ToString(*slot.state))},
                                             {"to", std::string(ToString(state))}});
    }
    return std::vector{SlotChange{*index, InState(slot, state, state_->clock.Now())}};
  });
}

Status KeyHome::DestroyNamed(std::string_view name, std::uint32_t version) {
  return SetNamedState(name, version, KeyState::kDestroyed);
}

std::uint32_t KeyHome::BucketOf(const Uuid& subject) {
  return internal::GetNumber<std::uint32_t>(Sha256(subject.bytes())) % kBuckets;
}

Result<std::uint32_t> KeyHome::ActiveBucketVersion(std::uint32_t bucket) {
  Invariant(bucket < kBuckets, "a bucket's number is below 4096");
  return state_->Look([&](const KeyTable& t) { return PresentVersion(t, bucket); });
}

Result<Key> KeyHome::BucketKey(std::uint32_t bucket, std::uint32_t version) {
  Invariant(bucket < kBuckets, "a bucket's number is below 4096");
  return state_->Look([&](const KeyTable& t) -> Result<Key> {
    const Slot& slot = t.slots[BucketSlot(bucket, version)];
    if (slot.state && slot.version == version) return KeyOf(slot, BucketName(bucket));
    const bool once_was = slot.state && slot.version > version;
    if (once_was) {
      return Error("crypto.key_destroyed", {{"name", BucketName(bucket)}, {"version", std::to_string(version)}});
    }
    return MissingKey(BucketName(bucket), version);
  });
}

Result<std::vector<std::uint32_t>> KeyHome::PrepareBuckets(std::span<const std::uint32_t> buckets) {
  std::vector<std::uint32_t> versions;
  PRIVITY_TRY_VOID(state_->Change([&](const KeyTable& t) -> Result<std::vector<SlotChange>> {
    versions.clear();
    std::vector<SlotChange> changes;
    for (const std::uint32_t bucket : buckets) {
      Invariant(bucket < kBuckets, "a bucket's number is below 4096");
      PRIVITY_TRY(const std::uint32_t present, PresentVersion(t, bucket));
      versions.push_back(present + 1);
      const std::uint32_t index = BucketSlot(bucket, present + 1);
      const bool prepared = t.slots[index].state == KeyState::kPreActive && t.slots[index].version == present + 1;
      if (!prepared) changes.push_back({index, NewSlot("", present + 1, KeyState::kPreActive, state_->clock.Now())});
    }
    return changes;
  }));
  return versions;
}

Status KeyHome::PromoteBuckets(std::span<const BucketVersion> versions) {
  return state_->Change([&](const KeyTable& t) -> Result<std::vector<SlotChange>> {
    const Instant now = state_->clock.Now();
    std::vector<SlotChange> changes;
    for (const auto& [bucket, version] : versions) {
      const Slot& next = t.slots[BucketSlot(bucket, version)];
      const Slot& before = t.slots[BucketSlot(bucket, version - 1)];
      if (next.version > version || before.version > version) continue;  // the bucket has moved on since
      if (next.version != version) return MissingKey(BucketName(bucket), version);
      // A power cut may have left either half of this done.
      if (next.state != KeyState::kActive) {
        changes.push_back({BucketSlot(bucket, version), InState(next, KeyState::kActive, now)});
      }
      if (before.key) {
        changes.push_back({BucketSlot(bucket, version - 1), InState(before, KeyState::kDestroyed, now)});
      }
    }
    return changes;
  });
}

Status KeyHome::WriteRosters(std::span<const Roster> rosters) {
  return state_->Alone([&]() -> Status {
    for (const fs::path& directory : state_->Directories()) {
      const fs::path folder = directory / "rosters";
      if (mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return FileError(folder, "make directory");
      // Also when it was there: whoever made it may not have come as far as this.
      PRIVITY_TRY_VOID(SyncDirectory(directory));
      PRIVITY_TRY_VOID(WriteRostersInto(folder, rosters, state_->options.before_step));
    }
    return Ok();
  });
}

Result<std::optional<KeyHome::Roster>> KeyHome::ReadRoster(std::uint32_t bucket) {
  std::optional<Error> problem;
  for (const fs::path& directory : state_->Directories()) {
    Result<Bytes> bytes = ReadFile(directory / "rosters" / RosterName(bucket), kRosterBytesMax);
    if (!bytes.ok() && bytes.error().Is("base.file_missing")) continue;
    Result<Roster> roster = bytes.ok() ? DecodeRoster(bucket, *bytes) : Result<Roster>(std::move(bytes).error());
    if (roster.ok()) return std::optional(std::move(roster).value());
    problem = std::move(roster).error();
  }
  if (problem) return *problem;
  return std::optional<Roster>();
}

Status KeyHome::RotateRoot(const RootKeySource& next) {
  return state_->Alone([&]() -> Status {
    KeyTable table = state_->table.With([](const KeyTable& t) { return t; });
    ++table.header.root_changes;
    table.header.root_since = state_->clock.Now();
    PRIVITY_TRY(const internal::NewRootKey root, internal::MakeRootKey(next, state_->options.directory, table.header));
    const RootSubkeys subkeys(root.key);
    state_->copies_may_differ = true;
    PRIVITY_TRY(const Header written, state_->copies->Rewrite(root.header, table.slots, subkeys));
    state_->source = next;
    PRIVITY_TRY_VOID(state_->SettleRootKey(root.key));
    state_->copies_may_differ = false;
    state_->keys = subkeys;
    state_->table.With([&](KeyTable& t) { t.header = written; });
    state_->generation = written.generation;
    return Ok();
  });
}

Status KeyHome::RotateRoot() {
  return RotateRoot(state_->Source());
}

Result<KeyHomeInfo> KeyHome::About() {
  PRIVITY_TRY(KeyHomeInfo about, state_->Look([](const KeyTable& t) -> Result<KeyHomeInfo> {
    KeyHomeInfo info{.installation = t.header.installation,
                     .created_at = t.header.created_at,
                     .root_version = t.header.root_changes + 1,
                     .root_since = t.header.root_since,
                     .oldest_bucket_key_at = Instant::max(),
                     .newest_bucket_key_at = Instant::min(),
                     .backup_at = std::nullopt};
    for (std::uint32_t bucket = 0; bucket < kBuckets; ++bucket) {
      PRIVITY_TRY(const std::uint32_t version, PresentVersion(t, bucket));
      const Instant made = t.slots[BucketSlot(bucket, version)].created_at;
      info.oldest_bucket_key_at = std::min(info.oldest_bucket_key_at, made);
      info.newest_bucket_key_at = std::max(info.newest_bucket_key_at, made);
    }
    return info;
  }));
  about.root_source = state_->Source().kind();
  if (!state_->options.backup_directory.empty()) {
    PRIVITY_TRY(about.backup_at, WrittenAt(state_->options.backup_directory / "keys.1"));
  }
  return about;
}

Result<std::vector<KeyInfo>> KeyHome::List() {
  return state_->Look([&](const KeyTable& t) -> Result<std::vector<KeyInfo>> {
    std::vector<KeyInfo> keys;
    const auto add = [&](const Slot& slot, std::string name) {
      keys.push_back({std::move(name), slot.version, *slot.state, slot.created_at, slot.state_since});
    };
    for (std::uint32_t index = kFirstNamedSlot; index < internal::kSlots; ++index) {
      if (t.slots[index].state) add(t.slots[index], t.slots[index].name);
    }
    std::ranges::sort(keys, {}, [](const KeyInfo& key) { return std::tie(key.name, key.version); });
    for (std::uint32_t bucket = 0; bucket < kBuckets; ++bucket) {
      const Slot& even = t.slots[BucketSlot(bucket, 0)];
      if (!even.state) continue;
      const Slot& odd = t.slots[BucketSlot(bucket, 1)];
      add(even.version < odd.version ? even : odd, BucketName(bucket));
      add(even.version < odd.version ? odd : even, BucketName(bucket));
    }
    return keys;
  });
}

}  // namespace privity
