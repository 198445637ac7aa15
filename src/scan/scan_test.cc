#include "scan/scan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>

#include "base/json.h"
#include "connect/testing/faulty_proxy.h"
#include "connect/testing/ground.h"
#include "scan/field_values.h"
#include "scan/scan_ahead.h"

namespace privity {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Collection People() {
  return {.name = {"", "people"}, .fields = {{.name = "email", .declared_type = "text"}, {.name = "profile"}}};
}

std::vector<FieldCell> Row(std::string_view email, std::string_view profile) {
  return {{.field = "email", .kind = CellKind::kText, .bytes = email},
          {.field = "profile", .kind = CellKind::kText, .bytes = profile}};
}

const FieldValues::Of* Find(const FieldValues& values, std::string_view field) {
  const auto found = std::ranges::find(values.fields(), field, &FieldValues::Of::field);
  return found == values.fields().end() ? nullptr : &*found;
}

TEST(FieldValues, CountsDistinctValuesAndLeavesOutWhatIsBlank) {
  FieldValues values(People());
  for (const char* email : {"a@example.org", "b@example.org", "a@example.org", "", "  "}) {
    ASSERT_TRUE(values.Take(Row(email, "")).ok());
  }
  EXPECT_THAT(Find(values, "email")->distinct, ElementsAre("a@example.org", "b@example.org"));
  EXPECT_EQ(Find(values, "email")->declared_type, "text");
}

TEST(FieldValues, DocumentsInAColumnBecomePaths) {
  FieldValues values(People());
  ASSERT_TRUE(values.Take(Row("", R"({"contact": {"mobile": "1"}, "tags": ["x", "y"]})")).ok());
  ASSERT_TRUE(values.Take(Row("", R"({"contact": {"mobile": "2"}})")).ok());
  EXPECT_THAT(Find(values, "profile.contact.mobile")->distinct, ElementsAre("1", "2"));
  EXPECT_THAT(Find(values, "profile.tags")->distinct, ElementsAre("x", "y"));
  EXPECT_TRUE(Find(values, "profile")->is_document);
  EXPECT_THAT(Find(values, "profile")->distinct, IsEmpty());
}

TEST(FieldValues, MemoryIsBoundedByValuesOfOneField) {
  FieldValues values(People());
  for (int i = 0; i < 1000; ++i) {
    const std::string email = std::to_string(i) + std::string(10'000, 'x');
    ASSERT_TRUE(values.Take(Row(email, "")).ok());
  }
  EXPECT_LT(Find(values, "email")->distinct.size(), 60u);
}

class KeepingScan final : public ScanSink {
 public:
  Status Take(const ScannedField& field) override {
    fields.push_back(field);
    if (after_first) std::exchange(after_first, {})();
    return Ok();
  }
  void Unread(const Error& error) override {
    unread.push_back(error.code() + " " + std::string(error.Parameter("place")));
  }

  std::vector<ScannedField> fields;
  std::vector<std::string> unread;
  std::function<void()> after_first{};  // what happens to the store once the first field is known
};

class ScanTest : public testing::TestWithParam<GroundKind> {
 protected:
  void SetUp() override {
    if (!GetParam().why_absent.empty()) GTEST_SKIP() << GetParam().why_absent;
    ground_ = GetParam().make();
  }
  Ground& ground() { return *ground_; }
  std::unique_ptr<Connector> Open() { return OpenAt(ground().Url()); }
  std::unique_ptr<Connector> OpenAt(const std::string& url,
                                    std::chrono::milliseconds silence = std::chrono::seconds(60)) {
    ConnectOptions options{.addresses = {.allowed_networks = {*Network::Parse("127.0.0.0/8")}}};
    options.silence_timeout = silence;
    ground().Prepare(options);
    return OpenConnector(ConnectionUrl::Parse(url).value(), options, resolver_).value();
  }
  void MakeOne(const std::string& name) {
    ground().Make({.name = name, .fields = {"id", "email"}, .rows = {{"1", "ana@example.org"}}});
  }
  // That there are of a collection with one field beside its key.
  void ExpectFields(const KeepingScan& scanned, const std::string& name) {
    const auto fields = std::ranges::count(scanned.fields, ground().NameOf(name), &ScannedField::collection);
    if (ground().has_fixed_fields()) {
      EXPECT_GT(fields, 2) << name;
    } else {
      EXPECT_EQ(fields, ground().keeps_first_field() ? 3 : 2) << name;
    }
  }
  // How many values of a collection were looked at.
  static std::int64_t ValuesJudged(const KeepingScan& scanned, const std::string& collection) {
    std::int64_t sum = 0;
    for (const ScannedField& field : scanned.fields) sum += field.collection == collection ? field.distinct_values : 0;
    return sum;
  }
  const Detector& detector() {
    static const std::shared_ptr<const Detector> built_in = Detector::BuiltIn().value();
    return *built_in;
  }

 private:
  SystemResolver resolver_;
  std::unique_ptr<Ground> ground_;
};

TEST_P(ScanTest, EveryFieldIsJudgedByNameAndValues) {
  ground().Make({.name = "customers",
                 .fields = {"id", "email", "points"},
                 .rows = {{"1", "ana@example.org", "12"}, {"2", "bo@example.org", "7"}}});
  const auto store = Open();
  KeepingScan sink;
  const auto summary = Scan(*store, detector(), {}, sink);
  ASSERT_TRUE(summary.ok()) << summary.error().DebugString();
  std::map<std::string, ScannedField> by_field;
  for (const ScannedField& field : sink.fields) {
    if (field.collection == ground().NameOf("customers")) by_field[field.field] = field;
  }
  if (!ground().has_fixed_fields()) {
    EXPECT_EQ(by_field.size(), ground().keeps_first_field() ? 4u : 3u);
    EXPECT_EQ(by_field["points"].category, "none");
  }
  const ScannedField& email = by_field[ground().FieldOf("email")];
  EXPECT_EQ(email.category, "user.contact.email");
  EXPECT_EQ(email.distinct_values, 2);
  EXPECT_EQ(email.store, store->label());
  EXPECT_EQ(email.reason.find("example.org"), std::string::npos);
  EXPECT_THAT(sink.unread, IsEmpty());
}

TEST_P(ScanTest, WhatMayNotBeReadIsNamedAndJudgedByItsNameAndTheRestIsRead) {
  if (ground().kind().name == "SQLite") GTEST_SKIP() << "the whole file is closed";
  if (!ground().has_rights()) GTEST_SKIP() << "the server of the tests knows no rights";
  MakeOne("closed");
  MakeOne("open");
  ground().Revoke("closed");
  const AsOrdinaryUser ordinary;
  KeepingScan sink;
  const auto summary = Scan(*Open(), detector(), {}, sink);
  ASSERT_TRUE(summary.ok()) << summary.error().DebugString();
  // A store that hides what may not be read names nothing; what it shows, it names.
  for (const std::string& unread : sink.unread) EXPECT_EQ(unread, "connect.permission " + ground().NameOf("closed"));
  ExpectFields(sink, "open");
}

TEST_P(ScanTest, SeveralJobsSayTheSameInTheSameOrder) {
  for (const char* name : {"customers", "numbered", "open", "people", "texts"}) MakeOne(name);
  ground().Drop("texts");  // of some kinds a collection is still listed, and cannot be read
  KeepingScan one;
  KeepingScan many;
  const auto open = [this](const std::stop_token&) -> Result<std::unique_ptr<Connector>> { return Open(); };
  ASSERT_TRUE(Scan(*Open(), detector(), {}, one).ok());
  const auto summary = Scan(*Open(), detector(), {.jobs = 3}, many, open);
  ASSERT_TRUE(summary.ok()) << summary.error().DebugString();
  EXPECT_EQ(ToJson(many.fields), ToJson(one.fields));
  EXPECT_EQ(many.unread, one.unread);
}

TEST_P(ScanTest, WhatOneOfSeveralJobsMeetsIsNamedAndTheRestIsRead) {
  for (const char* name : {"customers", "open", "people"}) MakeOne(name);
  if (!ground().Hold("open")) GTEST_SKIP() << "nothing can be locked";
  const auto open = [this](const std::stop_token&) -> Result<std::unique_ptr<Connector>> {
    return OpenAt(ground().Url(), std::chrono::milliseconds(1000));
  };
  KeepingScan sink;
  const auto summary = Scan(*open({}).value(), detector(), {.jobs = 3}, sink, open);
  ASSERT_TRUE(summary.ok()) << summary.error().DebugString();
  EXPECT_THAT(sink.unread, ElementsAre("connect.timeout open"));
  EXPECT_GT(ValuesJudged(sink, "people"), 0);
}

TEST_P(ScanTest, WhatIsReadAheadStopsWhenItIsToldTo) {
  for (const char* name : {"customers", "open", "people"}) MakeOne(name);
  const auto store = Open();
  const Description description = store->Describe().value();
  std::vector<const Collection*> collections;
  for (const Collection& collection : description.collections) collections.push_back(&collection);
  std::stop_source stop;
  ScanAhead ahead([this](const std::stop_token&) -> Result<std::unique_ptr<Connector>> { return Open(); }, detector(),
                  {.jobs = 2}, collections, description.home_space, stop.get_token());
  EXPECT_TRUE(ahead.Next().ok());
  stop.request_stop();
  EXPECT_EQ(ahead.Next().error().code(), "connect.cancelled");
  ScanAhead refused([](const std::stop_token&) -> Result<std::unique_ptr<Connector>> { return Error("connect.login"); },
                    detector(), {.jobs = 2}, collections, description.home_space, {});
  EXPECT_EQ(refused.Next().error().code(), "connect.login");
}

TEST_P(ScanTest, WhatGoesWhileAScanRunsIsNamedAndTheRestIsRead) {
  MakeOne("customers");
  MakeOne("open");
  KeepingScan sink;
  sink.after_first = [&] { ground().Drop("open"); };
  const auto summary = Scan(*Open(), detector(), {}, sink);
  ASSERT_TRUE(summary.ok()) << summary.error().DebugString();
  EXPECT_THAT(sink.unread, ElementsAre("connect.missing " + ground().NameOf("open")));
  ExpectFields(sink, "customers");
}

TEST_P(ScanTest, AConnectionThatBreaksWhileAScanRunsCostsOneCollectionAndThatIsNamed) {
  if (!ground().is_remote()) GTEST_SKIP() << "no network between";
  for (const char* name : {"customers", "open"}) MakeOne(name);
  FaultyProxy proxy(ground().port());
  KeepingScan sink;
  sink.after_first = [&] { proxy.FailAfter(1, FaultyProxy::Fault::kDrop); };
  const auto summary = Scan(*OpenAt(ground().UrlThroughPort(proxy.port())), detector(), {}, sink);
  ASSERT_TRUE(summary.ok()) << summary.error().DebugString();
  ASSERT_EQ(sink.unread.size(), 1u);
  EXPECT_TRUE(sink.unread[0].starts_with("connect.dropped ")) << sink.unread[0];
  EXPECT_EQ(summary->unread, 1);
}

TEST_P(ScanTest, ACollectionThatHangsIsNamedAndTheRestIsRead) {
  for (const char* name : {"customers", "open", "people"}) MakeOne(name);
  bool is_held = true;
  KeepingScan sink;
  sink.after_first = [&] { is_held = ground().Hold("open"); };
  const auto store = OpenAt(ground().Url(), std::chrono::milliseconds(1000));
  const auto summary = Scan(*store, detector(), {}, sink);
  if (!is_held) GTEST_SKIP() << "nothing can be locked";
  ASSERT_TRUE(summary.ok()) << summary.error().DebugString();
  EXPECT_THAT(sink.unread, ElementsAre("connect.timeout open"));
  EXPECT_EQ(ValuesJudged(sink, "open"), 0);
  EXPECT_GT(ValuesJudged(sink, "people"), 0);
}

TEST_P(ScanTest, AStoreThatIsLostIsLostForAllThatIsLeftAndEachIsNamed) {
  if (!ground().is_remote()) GTEST_SKIP() << "no network between";
  for (const char* name : {"customers", "numbered", "open", "people"}) MakeOne(name);
  auto proxy = std::make_unique<FaultyProxy>(ground().port());
  KeepingScan sink;
  sink.after_first = [&] { proxy.reset(); };
  const auto summary = Scan(*OpenAt(ground().UrlThroughPort(proxy->port())), detector(), {}, sink);
  ASSERT_TRUE(summary.ok()) << summary.error().DebugString();
  ASSERT_GE(sink.unread.size(), 3u);
  EXPECT_EQ(summary->unread, std::ssize(sink.unread));
  for (const char* name : {"numbered", "open", "people"}) {
    EXPECT_EQ(std::ranges::count_if(
                  sink.unread, [&](const std::string& each) { return each.ends_with(" " + ground().NameOf(name)); }),
              1)
        << name;
    EXPECT_EQ(ValuesJudged(sink, ground().NameOf(name)), 0) << name;
  }
  EXPECT_TRUE(sink.unread.back().starts_with("connect.unreachable")) << sink.unread.back();
}

TEST_P(ScanTest, RightsThatAreRevokedWhileAScanRunsAreNamedAndTheRestIsRead) {
  const bool has_rights = ground().is_remote() && ground().has_rights() && ground().revokes_at_once();
  if (!has_rights) GTEST_SKIP() << "no rights of single collections that end while they are used";
  for (const char* name : {"customers", "open", "people"}) MakeOne(name);
  KeepingScan sink;
  sink.after_first = [&] { ground().Revoke("open"); };
  const auto summary = Scan(*Open(), detector(), {}, sink);
  ASSERT_TRUE(summary.ok()) << summary.error().DebugString();
  const char* wanted = ground().hides_what_is_revoked() ? "connect.missing " : "connect.permission ";
  EXPECT_THAT(sink.unread, ElementsAre(wanted + ground().NameOf("open")));
  EXPECT_EQ(ValuesJudged(sink, ground().NameOf("open")), 0);
  EXPECT_GT(ValuesJudged(sink, ground().NameOf("people")), 0);
}

TEST_P(ScanTest, AFieldThatGoesWhileAScanRunsIsNamedWithItsCollectionAndTheRestIsRead) {
  for (const char* name : {"customers", "open", "people"}) MakeOne(name);
  bool has_fields = true;
  KeepingScan sink;
  sink.after_first = [&] { has_fields = ground().DropField("open", "email"); };
  const auto summary = Scan(*Open(), detector(), {}, sink);
  if (!has_fields) GTEST_SKIP() << "fields are what records have";
  ASSERT_TRUE(summary.ok()) << summary.error().DebugString();
  EXPECT_THAT(sink.unread, ElementsAre("connect.missing open"));
  EXPECT_GT(ValuesJudged(sink, "people"), 0);
}

std::string NameOfGround(const testing::TestParamInfo<GroundKind>& ground) {
  return ground.param.name;
}
INSTANTIATE_TEST_SUITE_P(, ScanTest, testing::ValuesIn(Grounds()), NameOfGround);

}  // namespace
}  // namespace privity
