// What the server of the suite does not do: signatures as Amazon publishes them, and servers that refuse, hide and lie.
#include "connect/s3/s3_connector.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connect/s3/s3_listing.h"
#include "connect/s3/s3_signature.h"
#include "connect/testing/ground.h"

namespace privity {
namespace {

using connect_internal::ParseS3ErrorCode;
using connect_internal::ParseS3Listing;
using testing::ElementsAre;

// docs.aws.amazon.com, "Authenticating Requests: Using the Authorization Header", examples "GET Object" and "GET Bucket
// (List Objects)".
TEST(S3Signature, IsWhatAmazonPublishes) {
  using namespace connect_internal;
  const S3Credentials credentials{.access_key = "AKIAIOSFODNN7EXAMPLE",
                                  .secret_key = SecretString("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
                                  .region = "us-east-1"};
  const std::string empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  EXPECT_EQ(EmptyBodyHash(), empty);
  S3Call get{.path = "/test.txt",
             .headers = {{"host", "examplebucket.s3.amazonaws.com"},
                         {"range", "bytes=0-9"},
                         {"x-amz-content-sha256", empty},
                         {"x-amz-date", "20130524T000000Z"}}};
  EXPECT_THAT(std::string(S3Authorization(get, credentials).Reveal()),
              testing::EndsWith("f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"));
  S3Call list{.query = {{"max-keys", "2"}, {"prefix", "J"}},
              .headers = {{"host", "examplebucket.s3.amazonaws.com"},
                          {"x-amz-content-sha256", empty},
                          {"x-amz-date", "20130524T000000Z"}}};
  EXPECT_THAT(std::string(S3Authorization(list, credentials).Reveal()),
              testing::EndsWith("34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"));
}

TEST(S3Listing, ReadsKeysInBothSpellings) {
  const auto page = ParseS3Listing(
      "<?xml version=\"1.0\"?><ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
      "<IsTruncated>true</IsTruncated><Contents><Key>a &amp; b&#x1;.csv</Key><Size>12</Size></Contents>"
      "<NextContinuationToken>t&lt;1</NextContinuationToken></ListBucketResult>");
  ASSERT_EQ(page.objects.size(), 1u);
  EXPECT_EQ(page.objects[0].key, "a & b\x01.csv");
  EXPECT_EQ(page.objects[0].size_bytes, 12);
  EXPECT_EQ(page.next, "t<1");
  const auto encoded = ParseS3Listing(
      "<ListBucketResult><EncodingType>url</EncodingType><IsTruncated>false</IsTruncated><Contents><Key>a%2Fb+c"
      "</Key></Contents><NextContinuationToken>no</NextContinuationToken></ListBucketResult>");
  EXPECT_EQ(encoded.objects.at(0).key, "a/b c");
  EXPECT_EQ(encoded.next, "");
  EXPECT_EQ(ParseS3ErrorCode("<Error><Code>NoSuchKey</Code><Key>x</Key></Error>"), "NoSuchKey");
  EXPECT_TRUE(ParseS3Listing("<html><body>503").objects.empty());
}

// Answers what it was told to, in order, and then the last of it again.
class Scripted final : public OutboundHttp {
 public:
  explicit Scripted(std::vector<OutboundResponse> answers) : answers_(std::move(answers)) {}
  Result<OutboundResponse> Send(const OutboundRequest&, const OutboundPolicy&) const override {
    return answers_[std::min(next_++, answers_.size() - 1)];
  }

 private:
  const std::vector<OutboundResponse> answers_;
  mutable std::size_t next_ = 0;
};

OutboundResponse Answer(int status, std::string body = "", std::vector<OutboundHeader> headers = {}) {
  return {.status = status,
          .headers = std::move(headers),
          .body = std::move(body),
          .url = Url::Parse("http://127.0.0.1/").value()};
}
OutboundResponse Part(const std::string& bytes, const std::string& size, const std::string& tag) {
  return Answer(206, bytes, {{"content-range", "bytes 0-1/" + size}, {"etag", tag}});
}
OutboundResponse Page(const std::string& key, const std::string& next) {
  return Answer(200, "<ListBucketResult><IsTruncated>true</IsTruncated><Contents><Key>" + key +
                         "</Key></Contents><NextContinuationToken>" + next +
                         "</NextContinuationToken></ListBucketResult>");
}

class S3Server : public testing::Test {
 protected:
  std::unique_ptr<Connector> That(std::vector<OutboundResponse> answers) {
    ConnectOptions options{.writing_granted = true,
                           .addresses = {.allowed_networks = {*Network::Parse("127.0.0.0/8")}}};
    options.silence_timeout = std::chrono::milliseconds(10);
    return MakeS3Connector(ConnectionUrl::Parse("s3://key:secret@127.0.0.1/bucket").value(), options, resolver_,
                           std::make_unique<Scripted>(std::move(answers)));
  }
  const Collection people_{.name = {"", "people.jsonl"}};
  KeepingSink sink_;

 private:
  SystemResolver resolver_;
};

TEST_F(S3Server, ThatRefusesIsNamedByWhatItRefuses) {
  const std::vector<std::tuple<int, std::string, std::string>> rows = {
      {403, "SignatureDoesNotMatch", "connect.login"}, {403, "InvalidAccessKeyId", "connect.login"},
      {403, "AccessDenied", "connect.permission"},     {404, "NoSuchBucket", "connect.database_missing"},
      {404, "NoSuchKey", "connect.missing"},           {503, "SlowDown", "connect.busy"},
      {500, "InternalError", "connect.failed"}};
  for (const auto& [status, code, wanted] : rows) {
    const auto streamed =
        That({Answer(status, "<Error><Code>" + code + "</Code></Error>")})->Stream(people_, {}, sink_);
    ASSERT_FALSE(streamed.ok()) << code;
    EXPECT_EQ(streamed.error().code(), wanted) << code;
  }
}

TEST_F(S3Server, ThatGivesTheSamePageForEverIsLeft) {
  const auto described = That({Page("a.bin", "again")})->Describe();
  ASSERT_TRUE(described.ok()) << described.error().DebugString();
  EXPECT_EQ(described->unread.size(), 2u);
}

TEST_F(S3Server, ThatChangesTheObjectWhileItIsReadEndsTheReading) {
  const auto streamed =
      That({Part("{\"a\":\"b\"}\n", "20", "one"), Part("{\"a\":\"c\"}\n", "20", "two")})->Stream(people_, {}, sink_);
  ASSERT_FALSE(streamed.ok());
  EXPECT_EQ(streamed.error().code(), "connect.changed");
}

TEST_F(S3Server, ThatOnlyHidesAnObjectHasNotDeletedIt) {
  const std::vector<OutboundHeader> mark = {{"x-amz-delete-marker", "true"}};
  EXPECT_EQ(That({Part("{", "9", "one"), Answer(204, "", mark)})->DeleteObject(people_).error().code(),
            "connect.refused");
  EXPECT_EQ(That({Answer(404, "", mark)})->DeleteObject(people_).error().code(), "connect.refused")
      << "also when it is asked again";
  EXPECT_EQ(That({Part("{", "9", "one"), Answer(204)})->DeleteObject(people_).value(), WriteOutcome::kDone);
}

}  // namespace
}  // namespace privity
