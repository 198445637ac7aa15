#include "keys/person_keys.h"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "keys/internal/roster.h"
#include "keys/testing/keys_test_base.h"

namespace privity {
namespace {

namespace fs = std::filesystem;

constexpr FieldPlace kEmail{"people", "1", "email"};

std::string FileContent(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

bool AnyFileHolds(const fs::path& directory, BytesView bytes) {
  for (const auto& entry : fs::recursive_directory_iterator(directory)) {
    if (entry.is_regular_file() && FileContent(entry.path()).find(AsText(bytes)) != std::string::npos) return true;
  }
  return false;
}

class PersonKeysTest : public KeysTestBase {
 protected:
  // A new person with a sealed address.
  struct Person {
    SubjectId id;
    Bytes sealed;
  };
  Person NewPerson(SubjectId id = SubjectId::NewRandom()) {
    const auto sealed = store().Write([&](WriteTx& tx) -> Result<Bytes> {
      PRIVITY_TRY(const PersonKey key, keys().Ensure(tx, id));
      return key.Seal(AsBytes(id.ToString()), kEmail);
    });
    EXPECT_TRUE(sealed.ok()) << sealed.error().DebugString();
    return {id, *sealed};
  }
  Person NewNeighborOf(const Person& person) {
    SubjectId id = SubjectId::NewRandom();
    while (KeyHome::BucketOf(id.uuid()) != KeyHome::BucketOf(person.id.uuid())) id = SubjectId::NewRandom();
    return NewPerson(id);
  }
  // The code of the error, or "" when the person's address opens to what was sealed.
  std::string Problem(const Person& person) {
    const auto opened = store().Read([&](ReadTx& tx) -> Result<SecretBytes> {
      PRIVITY_TRY(const PersonKey key, keys().Load(tx, person.id));
      return key.Open(person.sealed, kEmail);
    });
    if (!opened.ok()) return opened.error().code();
    return AsText(opened->Reveal()) == person.id.ToString() ? "" : "another content";
  }

  // The content of this room's tables: what a backup or a standby holds.
  using Tables = std::map<std::string, std::vector<SqlValues>>;
  static inline const std::map<std::string, std::vector<std::string_view>> kTables = {
      {"keys_buckets", {"bucket", "version"}},
      {"keys_persons", {"subject", "purpose", "version", "bucket", "bucket_version", "wrapped", "created_at"}},
      {"keys_shreds", {"subject", "bucket", "requested_at", "bucket_version", "done_at"}}};
  Tables CopyTables() {
    Tables tables;
    for (const auto& [table, columns] : kTables) {
      std::string list;
      for (const std::string_view column : columns) list += (list.empty() ? "" : ", ") + std::string(column);
      const auto rows = store().Read([&](ReadTx& tx) { return tx.Query("SELECT " + list + " FROM " + table); });
      for (const Row& row : *rows) {
        SqlValues values;
        for (std::size_t i = 0; i < row.size(); ++i) values.push_back(row.At(i));
        tables[table].push_back(std::move(values));
      }
    }
    return tables;
  }
  void RestoreTables(const Tables& tables) {
    ASSERT_TRUE(store()
                    .Write([&](WriteTx& tx) -> Status {
                      for (const auto& [table, columns] : kTables) {
                        PRIVITY_TRY_VOID(tx.Execute("DELETE FROM " + table));
                        const auto rows = tables.find(table);
                        if (rows != tables.end()) PRIVITY_TRY_VOID(tx.InsertRows(table, columns, rows->second));
                      }
                      return Ok();
                    })
                    .ok());
  }
};
PRIVITY_ON_EVERY_STORE(PersonKeysTest);

TEST_P(PersonKeysTest, APersonsKeysAreMadeOnceAndLast) {
  const Person ada = NewPerson();
  EXPECT_EQ(Problem(ada), "");
  NewPerson(ada.id);
  EXPECT_EQ(Problem(ada), "") << "Ensure gives the keys that are there";
  Stop();
  Start();
  EXPECT_EQ(Problem(ada), "");
}

TEST_P(PersonKeysTest, AnUnknownPersonHasNoKeys) {
  EXPECT_EQ(Problem({SubjectId::NewRandom(), Bytes(64)}), "keys.subject_unknown");
}

TEST_P(PersonKeysTest, SwappingAnyTwoSealedValuesFails) {
  struct Value {
    SubjectId subject;
    FieldPlace place;
    Bytes sealed;
  };
  std::vector<Value> values;
  for (const SubjectId& subject : {NewPerson().id, NewPerson().id, NewPerson().id}) {
    for (const FieldPlace& place : {kEmail, FieldPlace{"people", "2", "email"}, FieldPlace{"people", "1", "phone"},
                                    FieldPlace{"orders", "1", "email"}}) {
      const auto sealed = store().Read([&](ReadTx& tx) -> Result<Bytes> {
        PRIVITY_TRY(const PersonKey key, keys().Load(tx, subject));
        return key.Seal(AsBytes("the same"), place);
      });
      values.push_back({subject, place, *sealed});
    }
  }
  for (const Value& at : values) {
    for (const Value& from : values) {
      const auto opened = store().Read([&](ReadTx& tx) -> Result<SecretBytes> {
        PRIVITY_TRY(const PersonKey key, keys().Load(tx, at.subject));
        return key.Open(from.sealed, at.place);
      });
      EXPECT_EQ(opened.ok(), &at == &from);
    }
  }
}

TEST_P(PersonKeysTest, SwappingTheWrappedKeysOfTwoPeopleOpensNeither) {
  const Person ada = NewPerson();
  const Person ben = NewNeighborOf(ada);
  ASSERT_TRUE(
      store()
          .Write([&](WriteTx& tx) -> Status {
            PRIVITY_TRY(
                const auto row,
                tx.QueryOne("SELECT wrapped FROM keys_persons WHERE subject = $1 AND purpose = 'data'", {ada.id}));
            PRIVITY_TRY_VOID(tx.Execute("UPDATE keys_persons SET wrapped = $2 WHERE subject = $1 AND purpose = 'data'",
                                        {ben.id, row->Get<Bytes>(0)}));
            return Ok();
          })
          .ok());
  EXPECT_EQ(Problem(ben), "crypto.open_failed");
  EXPECT_EQ(Problem(ada), "");
}

TEST_P(PersonKeysTest, EntryTagsDifferByEntryAndPersonAndOutliveRotation) {
  const Person ada = NewPerson(), ben = NewPerson();
  const auto tag = [&](const Person& person, std::string_view entry) {
    return *store().Read([&](ReadTx& tx) -> Result<Sha256Digest> {
      PRIVITY_TRY(const PersonKey key, keys().Load(tx, person.id));
      return key.EntryTag(AsBytes(entry));
    });
  };
  const Sha256Digest first = tag(ada, "entry 1");
  EXPECT_NE(first, tag(ada, "entry 2"));
  EXPECT_NE(first, tag(ben, "entry 1"));
  ASSERT_TRUE(store().Write([&](WriteTx& tx) { return keys().Rotate(tx, ada.id); }).ok());
  EXPECT_EQ(tag(ada, "entry 1"), first);
}

TEST_P(PersonKeysTest, APersonsKeyRotatesWhileOldValuesStayReadable) {
  Person ada = NewPerson();
  EXPECT_EQ(*store().Write([&](WriteTx& tx) { return keys().Rotate(tx, ada.id); }), 2u);
  EXPECT_EQ(Problem(ada), "");
  const auto resealed = store().Read([&](ReadTx& tx) -> Result<Bytes> {
    PRIVITY_TRY(const PersonKey key, keys().Load(tx, ada.id));
    EXPECT_TRUE(*key.IsOutdated(ada.sealed));
    PRIVITY_TRY(const SecretBytes opened, key.Open(ada.sealed, kEmail));
    return key.Seal(opened.Reveal(), kEmail);
  });
  const Person old = ada;
  ada.sealed = *resealed;
  ASSERT_TRUE(store().Write([&](WriteTx& tx) { return keys().RetireOldVersions(tx, ada.id); }).ok());
  EXPECT_EQ(Problem(ada), "");
  EXPECT_EQ(Problem(old), "keys.version_retired");
}

TEST_P(PersonKeysTest, BucketKeysRotateUnderEveryone) {
  const Person ada = NewPerson();
  const Person ben = NewNeighborOf(ada);
  const std::uint32_t bucket = KeyHome::BucketOf(ada.id.uuid());
  ASSERT_TRUE(keys().RotateBuckets(std::span(&bucket, 1)).ok());
  EXPECT_EQ(*home().ActiveBucketVersion(bucket), 2u);
  EXPECT_EQ(Problem(ada), "");
  EXPECT_EQ(Problem(ben), "");
}

TEST_P(PersonKeysTest, AShreddedPersonIsGoneAndTheNeighborIsNot) {
  const Person ada = NewPerson(), far = NewPerson();
  const Person ben = NewNeighborOf(ada);
  ASSERT_TRUE(keys().Shred(ada.id).ok());
  EXPECT_EQ(Problem(ada), "keys.subject_shredded");
  EXPECT_EQ(Problem(ben), "");
  EXPECT_EQ(Problem(far), "");
  EXPECT_EQ(*store().Read([&](ReadTx& tx) { return keys().ShreddedAt(tx, ada.id); }), clock().Now());
  EXPECT_EQ(*store().Read([&](ReadTx& tx) { return keys().ShreddedAt(tx, ben.id); }), std::nullopt);
  const auto again = store().Write([&](WriteTx& tx) { return keys().Ensure(tx, ada.id); });
  EXPECT_EQ(again.error().code(), "keys.subject_shredded") << "an erased id is never used again";
}

TEST_P(PersonKeysTest, ShreddingTwiceOrSomebodyUnknownDoesNoHarm) {
  const Person ada = NewPerson();
  ASSERT_TRUE(keys().Shred(ada.id).ok());
  ASSERT_TRUE(keys().Shred(ada.id).ok());
  EXPECT_EQ(*home().ActiveBucketVersion(KeyHome::BucketOf(ada.id.uuid())), 2u) << "the second time there is no work";
  EXPECT_TRUE(keys().Shred(SubjectId::NewRandom()).ok());
  EXPECT_TRUE(keys().Shred(std::span<const SubjectId>()).ok());
}

TEST_P(PersonKeysTest, ManyAreShreddedTogether) {
  std::vector<Person> gone, kept;
  std::vector<SubjectId> ids;
  for (int i = 0; i < 70; ++i) {  // more buckets than go together
    gone.push_back(NewPerson());
    ids.push_back(gone.back().id);
    if (i % 10 == 0) kept.push_back(NewNeighborOf(gone.back()));
  }
  gone.push_back(NewNeighborOf(gone.front()));
  ids.push_back(gone.back().id);
  ASSERT_TRUE(keys().Shred(ids).ok());
  for (const Person& person : gone) EXPECT_EQ(Problem(person), "keys.subject_shredded");
  for (const Person& person : kept) EXPECT_EQ(Problem(person), "");
}

// DESIGN, "Vault and keys": an old copy of the database is of no use for a shredded person.
TEST_P(PersonKeysTest, AnOldDatabaseOpensEverybodyButTheShredded) {
  const Person ada = NewPerson();
  const Person ben = NewNeighborOf(ada), cyd = NewNeighborOf(ada);
  const Tables old = CopyTables();
  ASSERT_TRUE(keys().Shred(ada.id).ok());
  ASSERT_TRUE(keys().Shred(cyd.id).ok());
  const Person dan = NewNeighborOf(ada);  // not in the old copy
  RestoreTables(old);
  // Even before recovery, as a reader whose snapshot is older than the shred.
  EXPECT_EQ(Problem(ada), "keys.subject_shredded");
  EXPECT_EQ(Problem(ben), "");
  EXPECT_EQ(*keys().Recover(), 1);
  EXPECT_EQ(*keys().Recover(), 0);
  EXPECT_EQ(Problem(ada), "keys.subject_shredded");
  EXPECT_EQ(Problem(cyd), "keys.subject_shredded");
  EXPECT_EQ(Problem(ben), "");
  EXPECT_EQ(Problem(dan), "keys.subject_unknown");
  ASSERT_TRUE(keys().Shred(ben.id).ok()) << "the bucket works on";
  EXPECT_EQ(Problem(NewNeighborOf(ada)), "");
}

TEST_P(PersonKeysTest, AStartRecoversAnOldDatabase) {
  const Person ada = NewPerson();
  const Person ben = NewNeighborOf(ada);
  const Tables old = CopyTables();
  ASSERT_TRUE(keys().Shred(ada.id).ok());
  RestoreTables(old);
  Stop();
  Start();
  EXPECT_EQ(Problem(ben), "");
  EXPECT_EQ(Problem(ada), "keys.subject_shredded");
}

TEST_P(PersonKeysTest, ALostRosterIsToldAndNotPapered) {
  const Person ada = NewPerson();
  const Tables old = CopyTables();
  ASSERT_TRUE(keys().Shred(ada.id).ok());
  fs::remove_all(HomeOptions().directory / "rosters");
  RestoreTables(old);
  EXPECT_EQ(keys().Recover().error().code(), "keys.bucket_lost");
}

TEST_P(PersonKeysTest, AKeyHomeOfAnotherInstallationIsRefused) {
  KeyHomeOptions options = HomeOptions();
  options.directory = fs::path(place().directory()) / "other-keys";
  const auto other = *KeyHome::Open(options, RootKeySource::File(), clock());
  EXPECT_EQ(PersonKeys::Open(store(), *other, clock()).error().code(), "keys.installation_mismatch");
}

TEST_P(PersonKeysTest, AShredLeavesNoKeyBytesInAnyFile) {
  const Person ada = NewPerson();
  const Person ben = NewNeighborOf(ada);
  const std::uint32_t bucket = KeyHome::BucketOf(ada.id.uuid());
  const Key bucket_key = *home().BucketKey(bucket, 1);
  // The bucket key as the key home seals it: slot 2 * bucket + 1 (docs/formats/key-home.md), from byte 51 on.
  const std::string copy = FileContent(HomeOptions().directory / "keys.1");
  const std::string sealed_bucket_key = copy.substr(4096 + (2 * bucket + 1) * 128 + 51, 77);
  ASSERT_TRUE(AnyFileHolds(HomeOptions().directory, AsBytes(sealed_bucket_key)));

  ASSERT_TRUE(keys().Shred(ada.id).ok());
  EXPECT_FALSE(AnyFileHolds(place().directory(), AsBytes(sealed_bucket_key)));
  EXPECT_FALSE(AnyFileHolds(place().directory(), bucket_key.Reveal()));
  EXPECT_TRUE(AnyFileHolds(HomeOptions().directory / "rosters", ben.id.uuid().bytes()));
  EXPECT_FALSE(AnyFileHolds(HomeOptions().directory, ada.id.uuid().bytes()));
}

// The process's own memory, page by page. The key is looked for by its complement, so that the search does not find
// itself.
std::size_t FindInMemory(const std::array<std::byte, Key::kBytes>& complement) {
  std::size_t found = 0;
  std::ifstream maps("/proc/self/maps");
  const int memory = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
  std::string line;
  std::vector<std::byte> page(1 << 20);
  while (std::getline(maps, line)) {
    unsigned long begin = 0, end = 0;
    char mode[5] = {};
    if (std::sscanf(line.c_str(), "%lx-%lx %4s", &begin, &end, mode) != 3 || mode[0] != 'r' || mode[1] != 'w') continue;
    for (unsigned long at = begin; at < end;) {
      const ssize_t got =
          pread(memory, page.data(), std::min<std::size_t>(page.size(), end - at), static_cast<off_t>(at));
      if (got <= 0) break;
      for (ssize_t i = 0; i + static_cast<ssize_t>(Key::kBytes) <= got; ++i) {
        bool same = true;
        for (std::size_t k = 0; same && k < Key::kBytes; ++k) {
          same = (page[static_cast<std::size_t>(i) + k] ^ complement[k]) == std::byte{0xff};
        }
        found += same;
      }
      at += static_cast<unsigned long>(got);
    }
    // What was read must not be found again as a copy in `page`.
    std::ranges::fill(page, std::byte{0});
  }
  close(memory);
  return found;
}

TEST_P(PersonKeysTest, AShredLeavesNoBucketKeyInMemory) {
  const Person ada = NewPerson();
  const Person ben = NewNeighborOf(ada);
  const std::uint32_t bucket = KeyHome::BucketOf(ada.id.uuid());
  std::array<std::byte, Key::kBytes> complement;
  {
    const Key key = *home().BucketKey(bucket, 1);
    std::ranges::transform(key.Reveal(), complement.begin(), [](std::byte b) { return ~b; });
  }
  EXPECT_GE(FindInMemory(complement), 1u) << "the search works: an active key is in memory";
  ASSERT_TRUE(keys().Shred(ada.id).ok());
  EXPECT_EQ(FindInMemory(complement), 0u);
  EXPECT_EQ(Problem(ben), "");
}

TEST_P(PersonKeysTest, ManyShredsAtOnceInOneBucketWhileOthersReadAndJoin) {
  const Person kept = NewPerson();
  std::vector<Person> gone;
  for (int i = 0; i < 8; ++i) gone.push_back(NewNeighborOf(kept));
  std::vector<SubjectId> joining;
  for (int i = 0; i < 6; ++i) joining.push_back(NewNeighborOf(kept).id);

  std::atomic<bool> stop = false;
  std::vector<Person> joined;
  {
    std::jthread reader([&] {
      while (!stop) EXPECT_EQ(Problem(kept), "");
    });
    std::jthread joiner([&] {
      for (int i = 0; i < 6; ++i) joined.push_back(NewNeighborOf(kept));
    });
    std::vector<std::jthread> shredders;
    for (const Person& person : gone) {
      shredders.emplace_back([&, id = person.id] {
        const auto shredded = keys().Shred(id);
        EXPECT_TRUE(shredded.ok()) << shredded.error().DebugString();
      });
    }
    shredders.clear();
    joiner.join();
    stop = true;
  }
  EXPECT_EQ(Problem(kept), "");
  for (const Person& person : gone) EXPECT_EQ(Problem(person), "keys.subject_shredded");
  for (const Person& person : joined) EXPECT_EQ(Problem(person), "") << "came while the bucket moved";
}

// The key under which the slower one has read its rows is destroyed before it has opened them.
TEST_P(PersonKeysTest, AMoveThatAnotherOvertakesBeginsAgain) {
  if (GetParam() == Dialect::kSqlite) GTEST_SKIP() << "one process opens a SQLite data directory";
  const Person ada = NewPerson();
  const Person ben = NewNeighborOf(ada);
  const std::uint32_t bucket = KeyHome::BucketOf(ada.id.uuid());
  int overtaken = 0;
  const auto overtake = [&](std::string_view step) {
    if (step != "rekey: open" || overtaken == 2) return;
    ++overtaken;
    EXPECT_TRUE(keys().RotateBuckets(std::span(&bucket, 1)).ok());
  };
  const auto other_store = *OpenStore(place().options());
  const auto other_home = *KeyHome::Open(HomeOptions(), RootKeySource::File(), clock());
  const auto slower = *PersonKeys::Open(*other_store, *other_home, clock(), overtake);
  const Status rotated = slower->RotateBuckets(std::span(&bucket, 1));
  EXPECT_TRUE(rotated.ok()) << rotated.error().DebugString();
  EXPECT_EQ(overtaken, 2);
  EXPECT_EQ(*home().ActiveBucketVersion(bucket), 4u);
  EXPECT_EQ(Problem(ada), "");
  EXPECT_EQ(Problem(ben), "");
}

TEST_P(PersonKeysTest, TwoProcessesMayShredInOneBucket) {
  if (GetParam() == Dialect::kSqlite) GTEST_SKIP() << "one process opens a SQLite data directory";
  const Person kept = NewPerson();
  std::vector<Person> gone;
  for (int i = 0; i < 6; ++i) gone.push_back(NewNeighborOf(kept));
  const auto other_store = *OpenStore(place().options());
  const auto other_home = *KeyHome::Open(HomeOptions(), RootKeySource::File(), clock());
  const auto other_keys = *PersonKeys::Open(*other_store, *other_home, clock());
  std::atomic<int> failed = 0;
  {
    std::jthread here([&] {
      for (int i = 0; i < 3; ++i) failed += !keys().Shred(gone[i].id).ok();
    });
    std::jthread there([&] {
      for (int i = 3; i < 6; ++i) failed += !other_keys->Shred(gone[i].id).ok();
    });
  }
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(Problem(kept), "");
  for (const Person& person : gone) EXPECT_EQ(Problem(person), "keys.subject_shredded");
  EXPECT_TRUE(other_store->Read([&](ReadTx& tx) { return other_keys->Load(tx, kept.id); }).ok());
}

// A child process ends at each step that lasts, in the key home or in the journal. After the next start the shred is
// done or was never asked for, and nobody else is lost.
TEST_P(PersonKeysTest, AShredMayEndAtAnyStep) {
  const Person kept = NewPerson();
  bool finished = false;
  int ended = 0, undone = 0;
  for (int nth = 1; !finished; ++nth) {
    ASSERT_LT(nth, 100);
    const Person ada = NewNeighborOf(kept);
    Stop();
    const pid_t child = fork();
    if (child == 0) {
      int steps = 0;
      bool armed = false;
      const auto hook = [&](std::string_view) {
        if (armed && ++steps == nth) _exit(1);
      };
      KeyHomeOptions options = HomeOptions();
      options.before_step = hook;
      const auto store = OpenStore(place().options());
      const auto home = KeyHome::Open(options, RootKeySource::File(), clock());
      if (!store.ok() || !home.ok()) _exit(2);
      const auto keys = PersonKeys::Open(**store, **home, clock(), hook);
      if (!keys.ok()) _exit(2);
      armed = true;
      _exit((*keys)->Shred(ada.id).ok() ? 0 : 2);
    }
    int status = 0;
    waitpid(child, &status, 0);
    ASSERT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) != 2) << "the child failed by itself at step " << nth;
    finished = WEXITSTATUS(status) == 0;
    Start();
    EXPECT_EQ(Problem(kept), "") << "ended at step " << nth;
    const std::string problem = Problem(ada);
    EXPECT_TRUE(problem == "keys.subject_shredded" || (problem == "" && nth == 1)) << "step " << nth << ": " << problem;
    undone += problem == "";
    ended += !finished;
  }
  EXPECT_GE(ended, 15) << "journal, prepare, wrap, roster, promote and done, with the key home's own writes";
  EXPECT_LE(undone, 1);
}

TEST(Roster, ReadsWhatWasWrittenAndNothingElse) {
  const std::vector<internal::RosterEntry> entries = {{Uuid::NewV4(), "data", 3, ToBytes("wrapped")},
                                                      {Uuid::NewV4(), "tag", 1, {}}};
  const Bytes bytes = internal::EncodeRosterEntries(entries);
  EXPECT_EQ(*internal::DecodeRosterEntries(bytes), entries);
  EXPECT_TRUE(internal::DecodeRosterEntries({})->empty());
  const std::size_t second = 16 + 1 + 4 + 2 + 7;
  for (std::size_t size = 1; size < bytes.size(); ++size) {
    EXPECT_EQ(internal::DecodeRosterEntries(BytesView(bytes).first(size)).ok(), size == second) << size;
  }
  Bytes wrong_purpose = bytes;
  wrong_purpose[16] = std::byte{2};
  EXPECT_EQ(internal::DecodeRosterEntries(wrong_purpose).error().code(), "keys.roster_malformed");
}

}  // namespace
}  // namespace privity
