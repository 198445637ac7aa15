// What every kind of store promises, tried against the real thing: one suite, every kind (testing/ground.h). What a
// kind says on its sheet that it cannot is skipped after checking that it says so when asked.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <set>
#include <thread>

#include "base/testing/is_ok.h"
#include "connect/connector.h"
#include "connect/local_kinds.h"
#include "connect/testing/faulty_proxy.h"
#include "connect/testing/ground.h"

namespace privity {
namespace {

using testing::ElementsAre;
using testing::IsSupersetOf;
using testing::UnorderedElementsAre;
using testing::UnorderedElementsAreArray;

constexpr std::chrono::milliseconds kShortSilence{1'000};

// Hands each record to a function.
class CallingSink final : public RecordSink {
 public:
  explicit CallingSink(std::function<Status(Record)> take) : take_(std::move(take)) {}
  Status Take(Record record) override { return take_(record); }
  void Skip(Error error) override { ADD_FAILURE() << error.DebugString(); }

 private:
  std::function<Status(Record)> take_;
};

ConnectOptions OnLoopback() {
  return {.addresses = {.allowed_networks = {*Network::Parse("127.0.0.0/8")}}};
}

ConnectOptions Writing() {
  ConnectOptions options = OnLoopback();
  options.writing_granted = true;
  return options;
}

class Conformance : public testing::TestWithParam<GroundKind> {
 protected:
  void SetUp() override {
    if (!GetParam().why_absent.empty()) GTEST_SKIP() << GetParam().why_absent;
    ground_ = GetParam().make();
  }

  Ground& ground() { return *ground_; }
  bool Can(Capability capability) { return ground().kind().sheet.Can(capability); }

  std::unique_ptr<Connector> Open(const ConnectOptions& options = OnLoopback()) {
    return OpenAt(ground().Url(), options);
  }
  std::unique_ptr<Connector> OpenAt(const std::string& text, ConnectOptions options = OnLoopback()) {
    ground().Prepare(options);
    auto opened = OpenConnector(ConnectionUrl::Parse(text).value(), options, resolver_);
    EXPECT_THAT(opened, IsOk());
    return std::move(opened).value();
  }

  // Three people, the last of whom has no note.
  void MakePeople() {
    ground().Make({.name = "people",
                   .fields = {"id", "email", "note"},
                   .rows = {{"1", "ada@example.org", "Called Ada on Monday"},
                            {"2", "bo@example.org", "élève of Ada"},
                            {"3", "cy@example.org", ground().has_nulls() ? std::nullopt : std::optional("")}}});
  }
  void MakeNumbered(const std::string& name, int rows, std::size_t value_bytes) {
    Made made{.name = name, .fields = {"id", "value"}};
    for (int i = 0; i < rows; ++i) {
      std::string id = std::to_string(i);
      id.insert(0, 8 - id.size(), '0');
      made.rows.push_back({id, id + std::string(value_bytes > 8 ? value_bytes - 8 : 0, 'v')});
    }
    ground().Make(made);
  }

  // What the store calls a field that was made under this name.
  std::string Named(const std::string& field) { return ground().FieldOf(field); }
  // The key of a record that was made with `id` in its first field.
  FieldValue Key(const std::string& id, const std::string& name = "people") {
    return {ground().key_field(), ground().KeyOf(name, id)};
  }
  std::vector<std::optional<std::string>> Keys(const KeepingSink& sink) { return sink.Values(ground().key_field()); }
  auto AreKeys(const std::vector<std::string>& ids) {
    std::vector<std::optional<std::string>> keys;
    for (const std::string& id : ids) keys.push_back(Key(id).value);
    return UnorderedElementsAreArray(keys);
  }
  Collection Described(Connector& store, const std::string& name) {
    auto description = store.Describe();
    EXPECT_THAT(description, IsOk());
    for (Collection& collection : description->collections) {
      if (collection.name.name == ground().NameOf(name)) return collection;
    }
    ADD_FAILURE() << "no collection " << ground().NameOf(name);
    return {};
  }

 private:
  SystemResolver resolver_;
  std::unique_ptr<Ground> ground_;
};

TEST_P(Conformance, SaysItCannotWhereItsSheetSaysSo) {
  MakePeople();
  const auto store = Open(Writing());
  const Collection people = Described(*store, "people");
  KeepingSink sink;
  const std::vector<FieldValue> key = {Key("1")};
  const std::vector<std::pair<Capability, std::function<Error()>>> calls = {
      {Capability::kEstimate, [&] { return store->Estimate(people).error(); }},
      {Capability::kSplit, [&] { return store->Split(people, 2).error(); }},
      {Capability::kFind, [&] { return store->Find(people, key, 1, sink).error(); }},
      {Capability::kInsert, [&] { return store->Insert(people, key).error(); }},
      {Capability::kUpdate, [&] { return store->Update(people, key, {}, key).error(); }},
      {Capability::kDelete, [&] { return store->Delete(people, key, {}).error(); }},
      {Capability::kRedact, [&] { return store->Redact(people, key, "note", "", {}, "").error(); }},
      {Capability::kFlag,
       [&] {
         return store->Flag(people, key, {"note", "1"}).error();
       }},
      {Capability::kDeleteObject, [&] { return store->DeleteObject(people).error(); }},
      {Capability::kGrants, [&] { return store->Grants().error(); }},
      {Capability::kCountOlder, [&] { return store->CountOlder(people, "note", {}, "").error(); }},
      {Capability::kReadCounts, [&] { return store->CountReads().error(); }},
      {Capability::kAccessEvents,
       [&] { return store->ReadAccess("", 1, [](const AccessEvent&) { return Ok(); }).error(); }},
      {Capability::kRestoreMark, [&] { return store->RestoreMark().error(); }},
  };
  for (const auto& [capability, call] : calls) {
    if (Can(capability)) continue;
    EXPECT_EQ(call().code(), "connect.not_supported") << EnumText(capability);
  }
}

TEST_P(Conformance, AKindWithoutAHostSaysThatItReadsThisMachine) {
  EXPECT_EQ(ReadsThisMachine(ground().kind()), !ground().is_remote());
}

TEST_P(Conformance, ProbeNamesTheProductAndItsVersion) {
  const auto sheet = Open()->Probe();
  ASSERT_THAT(sheet, IsOk());
  EXPECT_NE(sheet->product, "");
  EXPECT_EQ(sheet->version.empty(), sheet->product == "Folder");
}

TEST_P(Conformance, DescribesFieldsTypesAndKeys) {
  MakePeople();
  const auto store = Open();
  const Collection people = Described(*store, "people");
  std::vector<std::string> names;
  for (const Field& field : people.fields) {
    names.push_back(field.name);
    EXPECT_NE(field.declared_type.empty(), ground().has_declared_types()) << field.name;
  }
  std::vector<std::string> wanted = {ground().key_field(), Named("email"), Named("note")};
  if (ground().keeps_first_field()) wanted.insert(wanted.begin() + 1, "id");
  if (ground().has_fixed_fields()) {
    EXPECT_THAT(names, IsSupersetOf(wanted));
  } else {
    EXPECT_EQ(names, wanted);
  }
  const bool has_key = Can(Capability::kUpdate) || Can(Capability::kDelete);
  EXPECT_EQ(people.key, has_key ? std::vector{ground().key_field()} : std::vector<std::string>{});
}

TEST_P(Conformance, DescribesReferences) {
  if (!Can(Capability::kUpdate) || !ground().has_references()) GTEST_SKIP() << "no references";
  MakePeople();
  ground().Make(
      {.name = "orders", .fields = {"number", "person"}, .rows = {{"7", "1"}, {"8", "2"}}, .refers_to = "people"});
  const Collection orders = Described(*Open(), "orders");
  ASSERT_EQ(orders.references.size(), 1u);
  EXPECT_THAT(orders.references[0].fields, ElementsAre("person"));
  EXPECT_EQ(orders.references[0].target.name, "people");
  EXPECT_THAT(orders.references[0].target_fields, ElementsAre("id"));
}

TEST_P(Conformance, StreamGivesEveryRecordOnceWithNullsAndEveryScript) {
  MakePeople();
  const auto store = Open();
  KeepingSink sink;
  const Status streamed = store->Stream(Described(*store, "people"), {}, sink);
  ASSERT_THAT(streamed, IsOk());
  EXPECT_THAT(Keys(sink), AreKeys({"1", "2", "3"}));
  std::vector<std::optional<std::string>> notes = {"Called Ada on Monday", "élève of Ada"};
  if (!ground().leaves_nulls_out()) notes.push_back(ground().has_nulls() ? std::nullopt : std::optional(""));
  EXPECT_THAT(sink.Values(Named("note")), UnorderedElementsAreArray(notes));
  EXPECT_TRUE(sink.skipped.empty());
}

TEST_P(Conformance, TheValuesThatSpellingsUseArriveUnchanged) {
  const std::vector<std::string> hostile = {"tab\there",
                                            "line\nbreak",
                                            "cr\rlf\r\n",
                                            "back\\slash \\N \\. \\t",
                                            "\"quoted\", 'too'",
                                            "\\N",
                                            "\\.",
                                            "'; DROP TABLE people; --",
                                            "\xE2\x80\xAE"
                                            "right to left",
                                            " ",
                                            "NULL"};
  Made made{.name = "texts", .fields = {"id", "value"}};
  for (std::size_t i = 0; i < hostile.size(); ++i) made.rows.push_back({std::to_string(100 + i), hostile[i]});
  ground().Make(made);
  const auto store = Open();
  KeepingSink sink;
  ASSERT_THAT(store->Stream(Described(*store, "texts"), {}, sink), IsOk());
  std::set<std::string> got;
  for (const auto& value : sink.Values(Named("value"))) got.insert(value.value_or("(null)"));
  EXPECT_THAT(got, UnorderedElementsAreArray(hostile));
}

TEST_P(Conformance, RangesTogetherAreTheWholeCollection) {
  if (!Can(Capability::kSplit)) GTEST_SKIP() << "cannot be divided";
  MakeNumbered("numbered", 2000, 40);
  const auto store = Open();
  const Collection numbered = Described(*store, "numbered");
  const auto ranges = store->Split(numbered, 4);
  ASSERT_THAT(ranges, IsOk());
  EXPECT_GE(ranges->size(), 1u);
  EXPECT_LE(ranges->size(), 4u);
  KeepingSink sink;
  for (const StreamRange& range : *ranges) ASSERT_THAT(store->Stream(numbered, range, sink), IsOk());
  auto ids = Keys(sink);
  std::ranges::sort(ids);
  EXPECT_EQ(ids.size(), 2000u);
  EXPECT_EQ(std::ranges::unique(ids).size(), 0u);
}

TEST_P(Conformance, ASmallCollectionIsSampledWhole) {
  MakePeople();
  const auto store = Open();
  KeepingSink sink;
  ASSERT_THAT(store->Sample(Described(*store, "people"), {}, sink), IsOk());
  EXPECT_THAT(Keys(sink), AreKeys({"1", "2", "3"}));
}

TEST_P(Conformance, ASampleIsDistinctRecordsFromAllOverTheCollection) {
  MakeNumbered("numbered", 20'000, 40);
  const auto store = Open();
  KeepingSink sink;
  ASSERT_THAT(store->Sample(Described(*store, "numbered"), {.records_max = 200}, sink), IsOk());
  const auto ids = Keys(sink);
  EXPECT_EQ(ids.size(), 200u);
  EXPECT_EQ(std::set(ids.begin(), ids.end()).size(), ids.size());
  EXPECT_GT(std::ranges::max(ids), Key("00010000", "numbered").value) << "all of it from the first half";
}

TEST_P(Conformance, EstimatesWithinTheRightOrder) {
  if (!Can(Capability::kEstimate)) GTEST_SKIP() << "cannot estimate";
  MakeNumbered("numbered", 5'000, 40);
  const auto store = Open();
  const auto rows = store->Estimate(Described(*store, "numbered"));
  ASSERT_THAT(rows, IsOk());
  EXPECT_GT(*rows, 1'000);
  EXPECT_LT(*rows, 25'000);
}

TEST_P(Conformance, HostileNamesAreNamesAndNothingElse) {
  if (!ground().has_free_names()) GTEST_SKIP() << "has names by a schema only";
  const std::vector<std::string> names = {"it's \"quoted\" `here`",
                                          "x'; DROP TABLE y; --",
                                          "tab\tand\x01control",
                                          "\xE2\x80\xAE"
                                          "detrevni",
                                          "select",
                                          "percent %s %d",
                                          "[bracket] {brace} $1 ?1"};
  for (const std::string& name : names) {
    ground().Make({.name = name, .fields = {"id", name + " field"}, .rows = {{"1", "value"}}});
  }
  const auto store = Open(Can(Capability::kUpdate) ? Writing() : OnLoopback());
  for (const std::string& name : names) {
    const Collection collection = Described(*store, name);
    const std::string field = Named(name + " field");
    EXPECT_TRUE(ground().has_fixed_fields() || collection.fields.size() == 2u) << name;
    EXPECT_TRUE(std::ranges::count(collection.fields, field, &Field::name)) << name;
    KeepingSink streamed;
    KeepingSink sampled;
    EXPECT_TRUE(store->Stream(collection, {}, streamed).ok()) << name;
    EXPECT_TRUE(store->Sample(collection, {}, sampled).ok()) << name;
    EXPECT_THAT(streamed.Values(field), ElementsAre("value")) << name;
    EXPECT_THAT(sampled.Values(field), ElementsAre("value")) << name;
    if (!Can(Capability::kUpdate)) continue;
    const auto updated =
        store->Update(collection, {Key("1", name)}, {{name + " field", "value"}}, {{name + " field", "new"}});
    EXPECT_TRUE(updated.ok()) << name << ": " << updated.error().DebugString();
  }
}

TEST_P(Conformance, ATenMegabyteValueIsSampledCutAndStreamedWhole) {
  const std::string big = "é" + std::string(10 << 20, 'x');
  ground().Make({.name = "big", .fields = {"id", "value"}, .rows = {{"1", big}}});
  const auto store = Open();
  const Collection collection = Described(*store, "big");
  KeepingSink sampled;
  ASSERT_THAT(store->Sample(collection, {.records_max = 10, .cell_bytes_max = 1001}, sampled), IsOk());
  ASSERT_EQ(sampled.records.size(), 1u);
  const TakenCell& value = sampled.records[0].back();
  EXPECT_EQ(value.field, Named("value"));
  EXPECT_TRUE(value.is_cut);
  EXPECT_LE(value.bytes.size(), 1001u);
  EXPECT_EQ(value.kind, CellKind::kText);
  KeepingSink streamed;
  const Status all = store->Stream(collection, {}, streamed);
  ASSERT_THAT(all, IsOk());
  EXPECT_THAT(streamed.Values(Named("value")), ElementsAre(big));
  ConnectOptions narrow = OnLoopback();
  narrow.cell_bytes_max = 2000;
  KeepingSink cut;
  const Status streamed_cut = Open(narrow)->Stream(collection, {}, cut);
  ASSERT_THAT(streamed_cut, IsOk());
  ASSERT_EQ(cut.records.size(), 1u);
  EXPECT_TRUE(cut.records[0].back().is_cut);
  EXPECT_LE(cut.records[0].back().bytes.size(), 2000u);
}

TEST_P(Conformance, MemoryDoesNotGrowWithTheStore) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "AddressSanitizer keeps what was freed";
#endif
  MakeNumbered("large", 60, 2 << 20);
  const auto store = Open();
  const Collection large = Described(*store, "large");
  ResetPeakMemory();
  const std::size_t before = PeakMemoryBytes();
  std::int64_t bytes = 0;
  CallingSink sink([&](Record record) {
    for (const FieldCell& cell : record) bytes += static_cast<std::int64_t>(cell.bytes.size());
    return Ok();
  });
  ASSERT_THAT(store->Stream(large, {}, sink), IsOk());
  EXPECT_GT(bytes, 120 << 20);
  EXPECT_LT(PeakMemoryBytes() - before, 40u << 20);
}

TEST_P(Conformance, FindsRecordsByTheValueOfFields) {
  if (!Can(Capability::kFind)) GTEST_SKIP() << "cannot find";
  MakePeople();
  const auto store = Open();
  const Collection people = Described(*store, "people");
  KeepingSink found;
  ASSERT_THAT(store->Find(people, {{Named("email"), "bo@example.org"}}, 10, found), IsOk());
  EXPECT_THAT(Keys(found), AreKeys({"2"}));
  KeepingSink both;
  ASSERT_THAT(store->Find(people, {{Named("email"), "bo@example.org"}, Key("1")}, 10, both), IsOk());
  EXPECT_THAT(both.records, testing::IsEmpty());
  KeepingSink hostile;
  ASSERT_THAT(store->Find(people, {{Named("email"), "' OR '1'='1"}}, 10, hostile), IsOk());
  EXPECT_THAT(hostile.records, testing::IsEmpty());
}

TEST_P(Conformance, AReaderChangesNothing) {
  if (!Can(Capability::kUpdate) && !Can(Capability::kDelete)) GTEST_SKIP() << "cannot write";
  MakePeople();
  const auto store = Open();
  const Collection people = Described(*store, "people");
  if (Can(Capability::kInsert)) {
    EXPECT_EQ(store->Insert(people, {Key("4")}).error().code(), "connect.read_only");
  }
  if (Can(Capability::kUpdate)) {
    EXPECT_EQ(store->Update(people, {Key("1")}, {}, {{"note", "x"}}).error().code(), "connect.read_only");
  }
  EXPECT_EQ(store->Delete(people, {Key("1")}, {}).error().code(), "connect.read_only");
  KeepingSink sink;
  ASSERT_THAT(store->Stream(people, {}, sink), IsOk());
  EXPECT_THAT(Keys(sink), AreKeys({"1", "2", "3"}));
}

TEST_P(Conformance, InsertingTwiceInsertsOnce) {
  if (!Can(Capability::kInsert)) GTEST_SKIP() << "cannot insert";
  MakePeople();
  const auto store = Open(Writing());
  const Collection people = Described(*store, "people");
  const std::vector<FieldValue> dee = {Key("4"), {"email", "dee@example.org"}, {"note", std::nullopt}};
  const auto first = store->Insert(people, dee);
  ASSERT_THAT(first, IsOk());
  EXPECT_EQ(*first, WriteOutcome::kDone);
  EXPECT_EQ(store->Insert(people, dee).value(), WriteOutcome::kAlreadyDone);
  EXPECT_EQ(store->Insert(people, {Key("4"), {"email", "Dee@example.org"}}).error().code(), "connect.changed");
  EXPECT_EQ(store->Insert(people, {{"email", "no@example.org"}}).error().code(), "connect.no_key");
}

TEST_P(Conformance, ARecordIsMovedAsAWholeOrNotAtAll) {
  if (!Can(Capability::kInsert) || !Can(Capability::kDelete)) GTEST_SKIP() << "cannot move";
  MakePeople();
  const auto store = Open(Writing());
  const Collection people = Described(*store, "people");
  if (people.shape != CollectionShape::kTable) GTEST_SKIP() << "its keys name the place";
  ground().Make({.name = "held", .fields = {"id", "email", "note"}, .rows = {{"9", "di@example.org", "Held"}}});
  const Collection held = Described(*store, "held");
  const auto move = [&](const std::string& id, const std::vector<FieldValue>& expected) {
    return store->Move(people, held.name, {Key(id)}, expected);
  };
  const auto stands_in = [&](const Collection& collection) {
    KeepingSink sink;
    EXPECT_THAT(store->Stream(collection, {}, sink), IsOk());
    return sink.Values(Named("email"));
  };
  EXPECT_EQ(move("1", {{Named("email"), "ADA@example.org"}}).error().code(), "connect.changed");
  EXPECT_THAT(stands_in(people), testing::SizeIs(3));
  const auto moved = move("1", {{Named("email"), "ada@example.org"}});
  ASSERT_THAT(moved, IsOk());
  EXPECT_EQ(*moved, WriteOutcome::kDone);
  EXPECT_THAT(stands_in(people), testing::UnorderedElementsAre("bo@example.org", "cy@example.org"));
  EXPECT_THAT(stands_in(held), testing::UnorderedElementsAre("di@example.org", "ada@example.org"));
  EXPECT_EQ(move("1", {{Named("email"), "ada@example.org"}}).value(), WriteOutcome::kAlreadyDone);
  EXPECT_EQ(move("7", {}).error().code(), "connect.changed");
  EXPECT_EQ(store->Move(held, people.name, {Key("1")}, {}).value(), WriteOutcome::kDone);
  EXPECT_THAT(stands_in(people), testing::SizeIs(3));
}

TEST_P(Conformance, AnUpdateHappensOnlyToWhatWasRead) {
  if (!Can(Capability::kUpdate)) GTEST_SKIP() << "cannot update";
  MakePeople();
  const auto store = Open(Writing());
  const Collection people = Described(*store, "people");
  const std::vector<FieldValue> key = {Key("1")};
  const auto stale = store->Update(people, key, {{"email", "ADA@example.org"}}, {{"email", "x@example.org"}});
  ASSERT_FALSE(stale.ok());
  EXPECT_EQ(stale.error().code(), "connect.changed");
  const auto update = [&] {
    return store->Update(people, key, {{"email", "ada@example.org"}},
                         {{"email", "ada.l@example.org"}, {"note", std::nullopt}});
  };
  EXPECT_EQ(update().value(), WriteOutcome::kDone);
  EXPECT_EQ(update().value(), WriteOutcome::kAlreadyDone);
  EXPECT_EQ(store->Update(people, key, {{"note", std::nullopt}}, {{"note", "again"}}).value(), WriteOutcome::kDone);
  EXPECT_EQ(store->Update(people, {{"email", "bo@example.org"}}, {}, {{"note", "x"}}).error().code(), "connect.no_key");
  KeepingSink found;
  ASSERT_THAT(store->Find(people, key, 10, found), IsOk());
  EXPECT_THAT(found.Values("email"), ElementsAre("ada.l@example.org"));
  EXPECT_THAT(found.Values("note"), ElementsAre("again"));
}

TEST_P(Conformance, ADeletionHappensOnceAndOnlyToWhatWasRead) {
  if (!Can(Capability::kDelete)) GTEST_SKIP() << "cannot delete";
  MakePeople();
  const auto store = Open(Writing());
  const Collection people = Described(*store, "people");
  EXPECT_EQ(store->Delete(people, {Key("2")}, {{Named("email"), "stale@example.org"}}).error().code(),
            "connect.changed");
  EXPECT_EQ(store->Delete(people, {Key("2")}, {{Named("email"), "bo@example.org"}}).value(), WriteOutcome::kDone);
  EXPECT_EQ(store->Delete(people, {Key("2")}, {{Named("email"), "bo@example.org"}}).value(),
            WriteOutcome::kAlreadyDone);
  KeepingSink sink;
  ASSERT_THAT(store->Stream(people, {}, sink), IsOk());
  EXPECT_THAT(Keys(sink), AreKeys({"1", "3"}));
}

TEST_P(Conformance, ARuleOfTheStoreIsRespected) {
  if (!Can(Capability::kDelete) || !ground().has_references()) GTEST_SKIP() << "has no such rules";
  MakePeople();
  ground().Make({.name = "orders", .fields = {"number", "person"}, .rows = {{"7", "1"}}, .refers_to = "people"});
  const auto store = Open(Writing());
  const auto deleted = store->Delete(Described(*store, "people"), {Key("1")}, {});
  ASSERT_FALSE(deleted.ok());
  EXPECT_EQ(deleted.error().code(), "connect.refused");
}

TEST_P(Conformance, RedactsSpansOfCharacters) {
  if (!Can(Capability::kRedact)) GTEST_SKIP() << "cannot redact";
  MakePeople();
  const auto store = Open(Writing());
  const Collection people = Described(*store, "people");
  const std::vector<FieldValue> key = {Key("2")};
  const auto redact = [&] { return store->Redact(people, key, "note", "élève of Ada", {{0, 5}, {9, 12}}, "[…]"); };
  EXPECT_EQ(redact().value(), WriteOutcome::kDone);
  EXPECT_EQ(redact().value(), WriteOutcome::kAlreadyDone);
  EXPECT_EQ(store->Redact(people, key, "note", "short", {{0, 9}}, "").error().code(), "connect.span_invalid");
  EXPECT_EQ(store->Redact(people, key, "note", "short", {{2, 3}, {1, 2}}, "").error().code(), "connect.span_invalid");
  KeepingSink found;
  ASSERT_THAT(store->Find(people, key, 10, found), IsOk());
  EXPECT_THAT(found.Values("note"), ElementsAre("[…] of […]"));
}

TEST_P(Conformance, FlagsARecord) {
  if (!Can(Capability::kFlag)) GTEST_SKIP() << "cannot flag";
  MakePeople();
  const auto store = Open(Writing());
  const Collection people = Described(*store, "people");
  EXPECT_EQ(store->Flag(people, {Key("3")}, {"note", "restricted"}).value(), WriteOutcome::kDone);
  EXPECT_EQ(store->Flag(people, {Key("3")}, {"note", "restricted"}).value(), WriteOutcome::kAlreadyDone);
}

TEST_P(Conformance, DeletesAWholeObjectOnce) {
  if (!Can(Capability::kDeleteObject)) GTEST_SKIP() << "has no objects";
  MakePeople();
  const auto reader = Open();
  const Collection people = Described(*reader, "people");
  EXPECT_EQ(reader->DeleteObject(people).error().code(), "connect.read_only");
  const auto store = Open(Writing());
  EXPECT_EQ(store->DeleteObject(people).value(), WriteOutcome::kDone);
  EXPECT_EQ(store->DeleteObject(people).value(), WriteOutcome::kAlreadyDone);
  EXPECT_TRUE(store->Describe().value().collections.empty());
}

TEST_P(Conformance, GrantsSayWhoMayRead) {
  if (!Can(Capability::kGrants)) GTEST_SKIP() << "has no grants";
  MakePeople();
  const auto grants = Open()->Grants();
  ASSERT_THAT(grants, IsOk());
  EXPECT_TRUE(std::ranges::any_of(grants->grants, [](const Grant& g) { return g.privilege == Privilege::kRead; }));
}

TEST_P(Conformance, WhoseGrantsAreHiddenFromTheAccountIsSaidAndWhichRightItLacks) {
  if (!Can(Capability::kGrants)) GTEST_SKIP() << "has no grants";
  MakePeople();
  ground().ShowGrants();
  EXPECT_EQ(Open()->Grants()->unread, std::nullopt);
  if (!ground().HideGrants()) GTEST_SKIP() << "shows its grants to everybody";
  const auto grants = Open()->Grants();
  ASSERT_THAT(grants, IsOk());
  ASSERT_TRUE(grants->unread);
  EXPECT_EQ(grants->unread->code(), "connect.grants_hidden");
  EXPECT_NE(grants->unread->Parameter("right"), "");
  EXPECT_NE(grants->unread->Parameter("place"), "");
}

// "read of people" by one account, in order.
std::vector<std::string> UsesBy(const std::string& principal, const std::vector<AccessEvent>& events) {
  std::vector<std::string> uses;
  for (const AccessEvent& event : events) {
    if (event.principal == principal) uses.push_back(std::string(EnumText(event.use)) + " of " + event.collection.name);
  }
  return uses;
}

TEST_P(Conformance, TellsWhoUsedWhatSinceItWasAskedLast) {
  if (!Can(Capability::kAccessEvents)) GTEST_SKIP() << "keeps no log of access";
  MakePeople();
  ground().LogAccess();
  const auto store = Open();
  std::string cursor;
  // Until something is there that was awaited, where the store takes a moment to log it.
  const auto read = [&](const std::string& account, std::size_t awaited) {
    std::vector<AccessEvent> events;
    for (int tries = 0; tries < (ground().logs_late() ? 500 : 1); ++tries) {
      const auto reading = store->ReadAccess(cursor, 100'000, [&](const AccessEvent& event) {
        events.push_back(event);
        return Ok();
      });
      EXPECT_THAT(reading, IsOk());
      if (!reading.ok()) break;
      EXPECT_TRUE(reading->is_continuous);
      cursor = reading->cursor;
      if (UsesBy(account, events).size() >= awaited) break;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return events;
  };
  const std::string other = ground().UseAsOther(AccessUse::kRead, "people");
  (void)read(other, 1);
  ground().UseAsOther(AccessUse::kRead, "people");
  ground().UseAsOther(AccessUse::kWrite, "people");
  std::vector<std::string> wanted = {"read of " + ground().NameOf("people"), "write of " + ground().NameOf("people")};
  if (ground().logs_rights()) {
    ground().UseAsOther(AccessUse::kRightsChanged, "people");
    wanted.push_back("rights_changed of " + ground().NameOf("people"));
  }
  EXPECT_EQ(OpenAt(ground().UrlWithPassword("wrong"))->Probe().error().code(), "connect.login");
  ground().UseAsOther(AccessUse::kRead, "people");
  wanted.push_back(wanted.front());
  const auto events = read(other, wanted.size());
  EXPECT_EQ(UsesBy(other, events), wanted);
  // Twice, where the client tries without encryption what was refused with it.
  EXPECT_GE(std::ranges::count(events, AccessUse::kSignInRefused, &AccessEvent::use), 1);
  for (const AccessEvent& event : events) {
    EXPECT_EQ(event.from.empty(), !ground().logs_addresses()) << event.principal;
    EXPECT_GT(ToMicros(event.at), 0);
    EXPECT_EQ((event.principal + event.collection.name + event.from).find("secret"), std::string::npos);
  }
  EXPECT_THAT(UsesBy(other, read(other, 0)), testing::IsEmpty()) << "each is told once";
}

TEST_P(Conformance, ALogOfAccessIsReadInParts) {
  if (!Can(Capability::kAccessEvents)) GTEST_SKIP() << "keeps no log of access";
  MakePeople();
  ground().LogAccess();
  const auto store = Open();
  std::string cursor;
  for (bool is_all = false; !is_all;) {
    const auto before = store->ReadAccess(cursor, 100'000, [](const AccessEvent&) { return Ok(); });
    ASSERT_THAT(before, IsOk());
    cursor = before->cursor;
    is_all = before->is_all;
  }
  std::string other;
  for (int i = 0; i < 7; ++i) other = ground().UseAsOther(AccessUse::kWrite, "people");
  const std::string wanted = "write of " + ground().NameOf("people");
  std::vector<AccessEvent> events;
  bool is_all = false;
  // Other suites use the server, too.
  for (int part = 0; part < 10'000 && !is_all; ++part) {
    const auto reading = store->ReadAccess(cursor, 4, [&](const AccessEvent& event) {
      events.push_back(event);
      return Ok();
    });
    ASSERT_THAT(reading, IsOk());
    cursor = reading->cursor;
    // The reading itself is logged, too: it never catches up in parts as small as these.
    const auto uses = UsesBy(other, events);
    is_all = (reading->is_all && !ground().logs_late()) || std::ranges::count(uses, wanted) >= 7;
  }
  const auto uses = UsesBy(other, events);
  EXPECT_EQ(std::ranges::count(uses, wanted), 7);
}

TEST_P(Conformance, ALogOfAccessThatTheAccountMayNotReadIsSaid) {
  if (!Can(Capability::kAccessEvents)) GTEST_SKIP() << "keeps no log of access";
  ground().LogAccess();
  ground().HideAccessLog();
  const auto reading = Open()->ReadAccess("", 100, [](const AccessEvent&) { return Ok(); });
  ASSERT_FALSE(reading.ok());
  EXPECT_EQ(reading.error().code(), "connect.access_log_hidden");
  EXPECT_NE(reading.error().Parameter("place"), "");
  EXPECT_NE(reading.error().Parameter("right"), "");
}

TEST_P(Conformance, CountsRecordsThatAreOlderThanADay) {
  if (!Can(Capability::kCountOlder)) GTEST_SKIP() << "counts nothing by its date";
  ground().Make({.name = "orders",
                 .fields = {"id", "email", "at"},
                 .rows = {{"1", "iris@example.org", "2019-12-31 23:30:00"},
                          {"2", "noah@example.org", "2020-01-01 00:00:00"},
                          {"3", "lena@example.org", "2020-01-02 12:00:00"},
                          {"4", std::nullopt, "2024-05-05 12:00:00"}}});
  ground().MakeDates("orders", "at");
  const auto store = Open();
  const Collection orders = Described(*store, "orders");
  const auto day = [](int year, unsigned month, unsigned of_month) {
    return std::chrono::sys_days(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(of_month));
  };
  EXPECT_EQ(store->CountOlder(orders, "at", day(2019, 12, 31), "").value(), 0);
  EXPECT_EQ(store->CountOlder(orders, "at", day(2020, 1, 1), "").value(), 1);
  EXPECT_EQ(store->CountOlder(orders, "at", day(2020, 1, 2), "").value(), 2);
  EXPECT_EQ(store->CountOlder(orders, "at", day(2025, 1, 1), "").value(), 4);
  // Of those with an address, which the last one has not.
  EXPECT_EQ(store->CountOlder(orders, "at", day(2025, 1, 1), "email").value(), 3);
  EXPECT_EQ(store->CountOlder(orders, "nowhere", day(2025, 1, 1), "").error().code(), "connect.missing");
  if (ground().has_declared_types() && ground().kind().name != "SQLite") {
    EXPECT_EQ(store->CountOlder(orders, "email", day(2025, 1, 1), "").error().code(), "connect.not_a_date");
  }
}

TEST_P(Conformance, CountsWhatOthersReadAndWhatItReadItself) {
  if (!Can(Capability::kReadCounts)) GTEST_SKIP() << "counts no reading";
  MakePeople();
  const auto store = Open();
  const Collection people = Described(*store, "people");
  const auto reads = [&] {
    const auto counted = store->CountReads();
    EXPECT_THAT(counted, IsOk());
    return counted.ok() && counted->reads.contains(people.name) ? counted->reads.at(people.name) : 0;
  };
  const auto at_first = reads();
  EXPECT_EQ(reads(), at_first) << "asking is no reading";
  KeepingSink sink;
  ASSERT_THAT(store->Sample(people, {}, sink), IsOk());
  const auto after_ours = reads();
  EXPECT_EQ(reads(), after_ours) << "what this connection read is counted at once";
  ground().ReadAsOther("people");
  EXPECT_GT(reads(), after_ours);
}

TEST_P(Conformance, AnOlderStateIsNoticed) {
  if (!Can(Capability::kRestoreMark)) GTEST_SKIP() << "has no mark";
  const auto store = Open();
  const auto before = store->RestoreMark();
  ASSERT_THAT(before, IsOk());
  MakeNumbered("numbered", 100, 40);
  const auto after = store->RestoreMark();
  EXPECT_EQ(store->CompareMark(*before).value(), MarkVerdict::kLater);
  EXPECT_EQ(store->CompareMark(*after).value(), MarkVerdict::kLater);
  // What the store said later than it is now is what a restored backup looks like.
  std::string from_the_future = *after;
  from_the_future.insert(from_the_future.rfind(':') + 1, "9");
  EXPECT_EQ(store->CompareMark(from_the_future).value(), MarkVerdict::kOlder);
  EXPECT_EQ(store->CompareMark("elsewhere" + *after).value(), MarkVerdict::kOtherStore);
}

TEST_P(Conformance, ACollectionThatIsGoneIsNamed) {
  MakePeople();
  const auto store = Open();
  const Collection people = Described(*store, "people");
  ground().Drop("people");
  KeepingSink sink;
  const Status streamed = store->Stream(people, {}, sink);
  ASSERT_FALSE(streamed.ok());
  EXPECT_EQ(streamed.error().code(), "connect.missing");
  EXPECT_EQ(streamed.error().Parameter("place"), ground().NameOf("people"));
  EXPECT_EQ(store->Sample(people, {}, sink).error().code(), "connect.missing");
}

TEST_P(Conformance, ARevokedRightIsNamed) {
  if (!ground().has_rights()) GTEST_SKIP() << "the server of the tests knows no rights";
  MakePeople();
  const auto first = Open();
  const Collection people = Described(*first, "people");
  ground().Revoke("people");
  const AsOrdinaryUser ordinary;
  const auto store = Open();
  KeepingSink sink;
  const Status streamed = store->Stream(people, {}, sink);
  ASSERT_FALSE(streamed.ok());
  const char* wanted = ground().hides_what_is_revoked() ? "connect.missing" : "connect.permission";
  EXPECT_EQ(streamed.error().code(), wanted) << streamed.error().DebugString();
}

TEST_P(Conformance, AStoreThatIsNotThereIsNamed) {
  const auto store = OpenAt(ground().AbsentUrl());
  const auto described = store->Describe();
  ASSERT_FALSE(described.ok());
  EXPECT_THAT(described.error().code(), testing::AnyOf("connect.database_missing", "connect.permission"));
}

TEST_P(Conformance, ReadingStopsWhenAskedTo) {
  MakeNumbered("numbered", 20'000, 200);
  std::stop_source stop;
  ConnectOptions options = OnLoopback();
  options.stop = stop.get_token();
  const auto store = Open(options);
  const Collection numbered = Described(*store, "numbered");
  std::int64_t taken = 0;
  CallingSink sink([&](Record) {
    ++taken;
    stop.request_stop();
    return Ok();
  });
  const Status streamed = store->Stream(numbered, {}, sink);
  ASSERT_FALSE(streamed.ok());
  EXPECT_EQ(streamed.error().code(), "connect.cancelled");
  EXPECT_LT(taken, 20'000);
}

TEST_P(Conformance, AnErrorOfTheReceiverEndsTheReading) {
  MakeNumbered("numbered", 1'000, 40);
  const auto store = Open();
  const Collection numbered = Described(*store, "numbered");
  CallingSink full([](Record) -> Status { return Error("base.disk_full"); });
  EXPECT_EQ(store->Stream(numbered, {}, full).error().code(), "base.disk_full");
  KeepingSink again;
  EXPECT_TRUE(store->Stream(numbered, {}, again).ok()) << "and the store is as usable as before";
}

TEST_P(Conformance, AConnectionDroppedMidStreamIsSaidAndTheNextCallConnectsAgain) {
  if (!ground().is_remote()) GTEST_SKIP() << "no network between";
  MakeNumbered("numbered", 20'000, 200);
  FaultyProxy proxy(ground().port());
  const auto store = OpenAt(ground().UrlThroughPort(proxy.port()));
  const Collection numbered = Described(*store, "numbered");
  proxy.FailAfter(500'000, FaultyProxy::Fault::kDrop);
  KeepingSink part;
  const Status dropped = store->Stream(numbered, {}, part);
  ASSERT_FALSE(dropped.ok());
  EXPECT_EQ(dropped.error().code(), "connect.dropped") << dropped.error().DebugString();
  EXPECT_EQ(proxy.faults(), 1);
  EXPECT_LT(part.records.size(), 20'000u);
  KeepingSink all;
  ASSERT_THAT(store->Stream(numbered, {}, all), IsOk());
  EXPECT_EQ(all.records.size(), 20'000u);
}

TEST_P(Conformance, AStoreThatFallsSilentIsGivenUp) {
  if (!ground().is_remote()) GTEST_SKIP() << "no network between";
  MakeNumbered("numbered", 20'000, 200);
  FaultyProxy proxy(ground().port());
  ConnectOptions options = OnLoopback();
  options.silence_timeout = kShortSilence;
  const auto store = OpenAt(ground().UrlThroughPort(proxy.port()), options);
  const Collection numbered = Described(*store, "numbered");
  proxy.FailAfter(500'000, FaultyProxy::Fault::kFallSilent);
  KeepingSink part;
  const Status silent = store->Stream(numbered, {}, part);
  ASSERT_FALSE(silent.ok());
  EXPECT_EQ(silent.error().code(), "connect.timeout") << silent.error().DebugString();
}

TEST_P(Conformance, AWrongPasswordIsSaidAndNotRepeated) {
  if (!ground().is_remote()) GTEST_SKIP() << "no password";
  const std::string wrong = "wrong-0f4e19";
  const auto probed = OpenAt(ground().UrlWithPassword(wrong))->Probe();
  ASSERT_FALSE(probed.ok());
  EXPECT_EQ(probed.error().code(), "connect.login");
  EXPECT_EQ(probed.error().DebugString().find(wrong), std::string::npos);
}

TEST_P(Conformance, AnAddressThatThePolicyForbidsIsNotReached) {
  if (!ground().is_remote()) GTEST_SKIP() << "no network between";
  const auto probed = OpenAt(ground().Url(), ConnectOptions{})->Probe();
  ASSERT_FALSE(probed.ok());
  EXPECT_EQ(probed.error().code(), "net.address_refused");
}

TEST_P(Conformance, AServerThatDoesNotAnswerIsUnreachable) {
  if (!ground().is_remote()) GTEST_SKIP() << "no network between";
  int closed_port = 0;
  { closed_port = FaultyProxy(1).port(); }
  const auto probed = OpenAt(ground().UrlThroughPort(closed_port))->Probe();
  ASSERT_FALSE(probed.ok());
  EXPECT_EQ(probed.error().code(), "connect.unreachable");
}

// Every name is this machine, as somebody between could make it look.
class EverythingIsHere final : public Resolver {
 public:
  Result<std::vector<IpAddress>> Resolve(const std::string&, std::chrono::milliseconds) const override {
    return std::vector{IpAddress::V4({127, 0, 0, 1})};
  }
};

TEST_P(Conformance, ACertificateIsCheckedForItsAuthorityAndItsName) {
  if (ground().ca_file().empty()) GTEST_SKIP() << "the server of the tests offers no TLS";
  const EverythingIsHere resolver;
  ConnectOptions trusting = OnLoopback();
  trusting.ca_file = ground().ca_file();
  const auto verdict = [&](const std::string& host, const std::string& mode, const ConnectOptions& options) {
    const std::string address = ground().UrlAtHost(host);
    const std::string joint = address.find('?') == std::string::npos ? "?" : "&";
    const auto url = ConnectionUrl::Parse(address + joint + "sslmode=" + mode).value();
    const auto probed = OpenConnector(url, options, resolver).value()->Probe();
    if (!probed.ok()) return std::string(probed.error().code());
    return std::string(probed->encrypted ? "encrypted" : "plain");
  };
  EXPECT_EQ(verdict("localhost", "verify-full", trusting), "encrypted");
  EXPECT_EQ(verdict("db.example.org", "verify-full", trusting), "connect.tls");
  EXPECT_EQ(verdict("localhost", "verify-full", OnLoopback()), "connect.tls");
  EXPECT_EQ(verdict("db.example.org", "require", OnLoopback()), "encrypted");
}

std::string NameOfGround(const testing::TestParamInfo<GroundKind>& ground) {
  return ground.param.name;
}
INSTANTIATE_TEST_SUITE_P(, Conformance, testing::ValuesIn(Grounds()), NameOfGround);

TEST(Connectors, AnUnknownSchemeIsAnsweredWithThoseThatThereAre) {
  const SystemResolver resolver;
  const auto opened = OpenConnector(ConnectionUrl::Parse("ftp://example.org/a").value(), {}, resolver);
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.error().code(), "connect.kind_unknown");
  EXPECT_NE(opened.error().Parameter("accepted").find("sqlite://"), std::string_view::npos);
}

}  // namespace
}  // namespace privity
