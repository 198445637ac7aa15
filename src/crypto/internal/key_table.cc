#include "crypto/internal/key_table.h"

#include <algorithm>
#include <limits>

#include "base/secret.h"
#include "crypto/hash.h"
#include "crypto/internal/endian.h"
#include "crypto/seal.h"

namespace privity::internal {
namespace {

constexpr std::string_view kMagic = "PVTYKEYS";
constexpr std::uint16_t kFormatVersion = 1;
constexpr std::size_t kMacOffset = 448;
constexpr std::size_t kChecksumOffset = 480;
constexpr std::size_t kSlotFieldsBytes = 51;
static_assert(kSlotFieldsBytes + kSealedOverheadBytes + Key::kBytes == kSlotBytes);
static_assert(29 + kSlotNameBytesMax == kSlotFieldsBytes);

Error Damaged(std::string_view part) {
  return Error("crypto.key_home_damaged", {{"part", std::string(part)}});
}

// Writes and reads fields one after another.
class Writer {
 public:
  explicit Writer(std::span<std::byte> out) : out_(out) {}
  template <std::unsigned_integral Unsigned>
  void Number(Unsigned number) {
    PutNumber(out_.subspan(at_), number);
    at_ += sizeof(Unsigned);
  }
  void Raw(BytesView bytes) {
    std::ranges::copy(bytes, out_.begin() + static_cast<std::ptrdiff_t>(at_));
    at_ += bytes.size();
  }

 private:
  std::span<std::byte> out_;
  std::size_t at_ = 0;
};

class Reader {
 public:
  explicit Reader(BytesView in) : in_(in) {}
  template <std::unsigned_integral Unsigned>
  Unsigned Number() {
    const Unsigned number = GetNumber<Unsigned>(in_.subspan(at_));
    at_ += sizeof(Unsigned);
    return number;
  }
  BytesView Raw(std::size_t size) {
    const BytesView bytes = in_.subspan(at_, size);
    at_ += size;
    return bytes;
  }

 private:
  BytesView in_;
  std::size_t at_ = 0;
};

Instant ReadInstant(Reader& reader) {
  return FromMicros(static_cast<std::int64_t>(reader.Number<std::uint64_t>()));
}
void WriteInstant(Writer& writer, Instant instant) {
  writer.Number(static_cast<std::uint64_t>(ToMicros(instant)));
}

Uuid ReadUuid(Reader& reader) {
  std::array<std::byte, 16> bytes;
  std::ranges::copy(reader.Raw(bytes.size()), bytes.begin());
  return Uuid::FromBytes(bytes);
}

AssociatedData SlotContext(const Uuid& installation, std::uint32_t index, BytesView fields) {
  return AssociatedData("privity.key-slot.v1").Add(installation).AddNumber(index).Add(fields);
}

bool AllZero(BytesView bytes) {
  return std::ranges::all_of(bytes, [](std::byte byte) { return byte == std::byte{0}; });
}

bool HasKey(const std::optional<KeyState>& state) {
  return state && *state != KeyState::kDestroyed;
}

}  // namespace

RootSubkeys::RootSubkeys(const Key& root)
    : header(DeriveKey(root, "privity.key-home.header.v1")), slots(DeriveKey(root, "privity.key-home.slots.v1")) {}

Bytes EncodeHeader(const Header& header, const RootSubkeys& keys) {
  Bytes bytes(kHeaderBytes);
  Writer writer(bytes);
  writer.Raw(AsBytes(kMagic));
  writer.Number(kFormatVersion);
  writer.Number(static_cast<std::uint16_t>(kSlotBytes));
  writer.Number(kBuckets);
  writer.Number(kNamedSlots);
  writer.Raw(header.installation.bytes());
  writer.Number(header.generation);
  WriteInstant(writer, header.created_at);
  writer.Number(static_cast<std::uint8_t>(header.root_kind));
  writer.Raw(header.salt);
  writer.Number(header.passes);
  writer.Number(header.memory_kib);
  writer.Number(header.root_changes);
  WriteInstant(writer, header.root_since);
  writer.Raw(header.token_sealed);
  const auto mac = HmacSha256(keys.header.Reveal(), BytesView(bytes).first(kMacOffset));
  std::ranges::copy(mac, bytes.begin() + kMacOffset);
  const auto checksum = Sha256(BytesView(bytes).first(kChecksumOffset));
  std::ranges::copy(checksum, bytes.begin() + kChecksumOffset);
  return bytes;
}

Result<Header> DecodeHeader(BytesView bytes) {
  if (bytes.size() != kHeaderBytes) return Damaged("header");
  if (!std::ranges::equal(Sha256(bytes.first(kChecksumOffset)), bytes.subspan(kChecksumOffset)))
    return Damaged("header");
  Reader reader(bytes);
  if (AsText(reader.Raw(kMagic.size())) != kMagic) return Damaged("magic");
  const auto version = reader.Number<std::uint16_t>();
  if (version != kFormatVersion) return Error("crypto.key_home_newer", {{"version", std::to_string(version)}});
  if (reader.Number<std::uint16_t>() != kSlotBytes || reader.Number<std::uint32_t>() != kBuckets ||
      reader.Number<std::uint32_t>() != kNamedSlots) {
    return Damaged("sizes");
  }
  Header header;
  header.installation = ReadUuid(reader);
  header.generation = reader.Number<std::uint64_t>();
  header.created_at = ReadInstant(reader);
  const auto kind = reader.Number<std::uint8_t>();
  if (kind < 1 || kind > 4) return Damaged("root kind");
  header.root_kind = static_cast<RootKind>(kind);
  std::ranges::copy(reader.Raw(header.salt.size()), header.salt.begin());
  header.passes = reader.Number<std::uint32_t>();
  header.memory_kib = reader.Number<std::uint32_t>();
  header.root_changes = reader.Number<std::uint32_t>();
  header.root_since = ReadInstant(reader);
  std::ranges::copy(reader.Raw(header.token_sealed.size()), header.token_sealed.begin());
  return header;
}

bool HeaderBelongsTo(BytesView bytes, const RootSubkeys& keys) {
  if (bytes.size() != kHeaderBytes) return false;
  return EqualInConstantTime(HmacSha256(keys.header.Reveal(), bytes.first(kMacOffset)),
                             bytes.subspan(kMacOffset, sizeof(Sha256Digest)));
}

Bytes EncodeSlot(const Slot& slot, std::uint32_t index, const Uuid& installation, const RootSubkeys& keys) {
  Invariant(slot.name.size() <= kSlotNameBytesMax, "a key's name fits its slot");
  Bytes bytes(kSlotFieldsBytes);
  Writer writer(bytes);
  writer.Number(slot.generation);
  writer.Number(slot.version);
  WriteInstant(writer, slot.created_at);
  WriteInstant(writer, slot.state_since);
  writer.Number(static_cast<std::uint8_t>(slot.state ? static_cast<int>(*slot.state) : 0));
  writer.Raw(AsBytes(slot.name));
  static constexpr std::array<std::byte, Key::kBytes> kNoKey{};
  const BytesView key = slot.key ? BytesView(slot.key->Reveal()) : BytesView(kNoKey);
  const Result<Bytes> sealed = Seal(keys.slots, slot.version, key, SlotContext(installation, index, bytes));
  bytes.insert(bytes.end(), sealed->begin(), sealed->end());
  return bytes;
}

Result<Slot> DecodeSlot(BytesView bytes, std::uint32_t index, const Uuid& installation, const RootSubkeys& keys) {
  if (bytes.size() != kSlotBytes) return Damaged("slot " + std::to_string(index));
  const BytesView fields = bytes.first(kSlotFieldsBytes);
  const Result<SecretBytes> opened =
      Open(keys.slots, bytes.subspan(kSlotFieldsBytes), SlotContext(installation, index, fields));
  if (!opened.ok()) return Damaged("slot " + std::to_string(index));
  Reader reader(fields);
  const auto generation = reader.Number<std::uint64_t>();
  const auto version = reader.Number<std::uint32_t>();
  const Instant created_at = ReadInstant(reader);
  const Instant state_since = ReadInstant(reader);
  const auto state = reader.Number<std::uint8_t>();
  if (state > static_cast<std::uint8_t>(KeyState::kDestroyed)) return Damaged("slot " + std::to_string(index));
  const std::string_view padded_name = AsText(reader.Raw(kSlotNameBytesMax));
  const std::optional<KeyState> key_state = state == 0 ? std::nullopt : std::optional(static_cast<KeyState>(state));
  if (HasKey(key_state) == AllZero(opened->Reveal())) return Damaged("slot " + std::to_string(index));
  Slot slot{.generation = generation,
            .version = version,
            .created_at = created_at,
            .state_since = state_since,
            .state = key_state,
            .name = std::string(padded_name.substr(0, padded_name.find('\0'))),
            .key = std::nullopt};
  if (HasKey(key_state)) {
    PRIVITY_TRY(slot.key, Key::FromBytes(opened->Reveal()));
  }
  return slot;
}

}  // namespace privity::internal
