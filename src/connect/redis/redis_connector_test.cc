// What only Redis has: types of keys, and keys that hold more than fits into one record.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <hiredis/hiredis.h>

#include <set>

#include "connect/connector.h"
#include "connect/testing/grounds.h"

namespace privity {
namespace {

using testing::ElementsAre;
using testing::UnorderedElementsAre;

class RedisTest : public testing::Test {
 protected:
  void SetUp() override {
    const GroundKind kind = RedisGroundKind();
    if (!kind.why_absent.empty()) GTEST_SKIP() << kind.why_absent;
    ground_ = kind.make();
    administrator_.reset(redisConnect("127.0.0.1", ground_->port()));
    const std::string url = ground_->Url();
    Do({"SELECT", url.substr(url.rfind('/') + 1)});
    ground_->Make({.name = "kept"});  // the reader may read these keys
  }

  void Do(const std::vector<std::string>& command) {
    std::vector<const char*> texts;
    std::vector<std::size_t> sizes;
    for (const std::string& argument : command) {
      texts.push_back(argument.data());
      sizes.push_back(argument.size());
    }
    auto* const reply = static_cast<redisReply*>(
        redisCommandArgv(administrator_.get(), static_cast<int>(command.size()), texts.data(), sizes.data()));
    ASSERT_TRUE(reply != nullptr && reply->type != REDIS_REPLY_ERROR) << command[0];
    freeReplyObject(reply);
  }
  std::unique_ptr<Connector> Open() {
    const ConnectOptions options{.writing_granted = true,
                                 .addresses = {.allowed_networks = {*Network::Parse("127.0.0.0/8")}}};
    return OpenConnector(ConnectionUrl::Parse(ground_->Url()).value(), options, resolver_).value();
  }
  // Of the one collection that there is.
  Collection Described() {
    const Description description = Open()->Describe().value();
    EXPECT_EQ(description.collections.size(), 1u);
    return description.collections.at(0);
  }
  KeepingSink Streamed() {
    KeepingSink sink;
    const Status streamed = Open()->Stream(Described(), {}, sink);
    EXPECT_TRUE(streamed.ok()) << streamed.error().DebugString();
    return sink;
  }

 private:
  struct Freed {
    void operator()(redisContext* context) const { redisFree(context); }
  };
  SystemResolver resolver_;
  std::unique_ptr<Ground> ground_;
  std::unique_ptr<redisContext, Freed> administrator_;
};

TEST_F(RedisTest, EveryTypeOfKeyIsARecord) {
  Do({"SET", "kept:1", R"({"name":"Ana","phones":[{"number":"1"},{"number":"2"}]})"});
  Do({"SET", "kept:2", "plain"});
  Do({"RPUSH", "kept:3", "a", "b"});
  Do({"SADD", "kept:4", "c"});
  Do({"ZADD", "kept:5", "1.5", "m"});
  Do({"XADD", "kept:6", "*", "email", "ana@example.org"});
  const KeepingSink sink = Streamed();
  EXPECT_EQ(sink.records.size(), 6u);
  EXPECT_THAT(sink.Values("value.name"), ElementsAre("Ana"));
  EXPECT_THAT(sink.Values("value.phones.number"), ElementsAre("1", "2"));
  EXPECT_THAT(sink.Values("value"), ElementsAre("plain"));
  EXPECT_THAT(sink.Values("item"), UnorderedElementsAre("a", "b", "c"));
  EXPECT_THAT(sink.Values("member"), ElementsAre("m"));
  EXPECT_THAT(sink.Values("score"), ElementsAre("1.5"));
  EXPECT_THAT(sink.Values("email"), ElementsAre("ana@example.org"));
  std::vector<std::string> fields;
  for (const Field& field : Described().fields) fields.push_back(field.name);
  EXPECT_THAT(fields, testing::IsSupersetOf({"@key", "value.name", "item", "member", "email"}));
}

TEST_F(RedisTest, WhatHoldsManyElementsComesAsSeveralRecordsAndWhole) {
  constexpr int kElements = 2'500;
  for (int i = 0; i < kElements; ++i) {
    const std::string text = std::to_string(i);
    Do({"RPUSH", "kept:1", text});
    Do({"SADD", "kept:2", "s" + text});
    Do({"ZADD", "kept:3", text, "z" + text});
    Do({"HSET", "kept:4", "f" + text, text});
    Do({"XADD", "kept:5", "*", "entry", text});
  }
  const KeepingSink sink = Streamed();
  const auto distinct = [&](const std::string& field) {
    const auto values = sink.Values(field);
    return std::set(values.begin(), values.end()).size();
  };
  EXPECT_EQ(distinct("item"), 2u * kElements);
  EXPECT_EQ(sink.Values("member").size(), static_cast<std::size_t>(kElements));
  EXPECT_EQ(distinct("member"), static_cast<std::size_t>(kElements));
  EXPECT_EQ(distinct("entry"), static_cast<std::size_t>(kElements));
  EXPECT_THAT(sink.Values("f2499"), ElementsAre("2499"));
  EXPECT_GT(sink.records.size(), 10u);
  for (const auto& record : sink.records) EXPECT_LE(record.size(), 2'100u);
  KeepingSink sampled;
  ASSERT_TRUE(Open()->Sample(Described(), {}, sampled).ok());
  EXPECT_EQ(sampled.records.size(), 5u) << "of each the first part";
}

TEST_F(RedisTest, APlainTextIsChangedAndWhatIsMadeOfElementsOnlyDeleted) {
  Do({"SET", "kept:1", "before", "EX", "1000"});
  Do({"RPUSH", "kept:2", "a"});
  const auto store = Open();
  const Collection kept = Described();
  EXPECT_EQ(store->Update(kept, {{"@key", "kept:1"}}, {{"value", "before"}}, {{"value", "after"}}).value(),
            WriteOutcome::kDone);
  EXPECT_EQ(store->Update(kept, {{"@key", "kept:2"}}, {}, {{"item", "b"}}).error().code(), "connect.refused");
  EXPECT_EQ(store->Delete(kept, {{"@key", "kept:2"}}, {{"item", "a"}}).value(), WriteOutcome::kDone);
  EXPECT_EQ(store->Delete(kept, {{"@key", "other:2"}}, {}).error().code(), "connect.no_key");
  EXPECT_THAT(Streamed().Values("value"), ElementsAre("after"));
}

TEST_F(RedisTest, KeysThatBelongToNoCollectionAreSaid) {
  Do({"SET", "kept:1", "a"});
  Do({"SET", "\xFF\xFE", "b"});
  const Description description = Open()->Describe().value();
  ASSERT_EQ(description.unread.size(), 1u);
  EXPECT_EQ(description.unread[0].code(), "connect.keys_not_named");
}

TEST_F(RedisTest, ADatabaseWithoutKeysHasNoCollections) {
  EXPECT_THAT(Open()->Describe().value().collections, testing::IsEmpty());
}

}  // namespace
}  // namespace privity
