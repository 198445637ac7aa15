#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>

#include "base/json.h"
#include "net/outbound.h"
#include "net/testing/helper_process.h"
#include "net/testing/scripted_server.h"

namespace privity {

struct HttpsReadyLine {
  int port = 0;
};
PRIVITY_DESCRIBE(HttpsReadyLine, (port))

namespace {

class OutboundTlsTest : public testing::Test {
 protected:
  void SetUp() override {
    char pattern[] = "/tmp/privity-tls-XXXXXX";
    ASSERT_NE(mkdtemp(pattern), nullptr);
    directory_ = pattern;
    const auto certificate = MakeTestCertificate(directory_);
    if (!certificate) GTEST_SKIP() << "needs openssl";
    process_ = std::make_unique<HelperProcess>(std::vector<std::string>{
        "python3", "tests/support/https_server.py", certificate->certificate_file, certificate->key_file});
    const auto line = process_->ReadLine();
    ASSERT_TRUE(line.has_value()) << "the HTTPS server starts";
    port_ = FromJson<HttpsReadyLine>(*line).value().port;
    policy_.addresses.allowed_networks = {Network::Parse("127.0.0.0/8").value()};
    policy_.ca_file = certificate->certificate_file;
    for (const char* host : {"localhost", "other.example.org"}) resolver_.Set(host, {{"127.0.0.1"}});
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }

  Result<OutboundResponse> Get(const std::string& host) {
    const auto url = Url::Parse("https://" + host + ":" + std::to_string(port_) + "/").value();
    return GuardedHttp(resolver_).Send({.url = url}, policy_);
  }

  std::string directory_;
  std::unique_ptr<HelperProcess> process_;
  int port_ = 0;
  FakeResolver resolver_;
  OutboundPolicy policy_;
};

TEST_F(OutboundTlsTest, TheCompanysOwnAuthorityIsTrustedWhenItsFileIsNamed) {
  for (const char* host : {"localhost", "127.0.0.1"}) {
    const auto response = Get(host);
    ASSERT_TRUE(response.ok()) << response.error().DebugString();
    EXPECT_EQ(response->body, "secure");
  }
}

TEST_F(OutboundTlsTest, AnUnknownAuthorityIsNot) {
  policy_.ca_file.clear();
  EXPECT_TRUE(Get("localhost").error().Is("net.tls_failed"));
}

TEST_F(OutboundTlsTest, ACertificateForAnotherNameIsRefused) {
  const auto response = Get("other.example.org");
  ASSERT_TRUE(response.error().Is("net.tls_failed"));
  EXPECT_THAT(std::string(response.error().Parameter("reason")), testing::HasSubstr("other.example.org"));
}

TEST_F(OutboundTlsTest, AMissingAuthorityFileIsAnErrorAndNotTheSystemsList) {
  policy_.ca_file = directory_ + "/absent.pem";
  EXPECT_TRUE(Get("localhost").error().Is("net.tls_failed"));
}

}  // namespace
}  // namespace privity
