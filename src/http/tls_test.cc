#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <mutex>

#include "base/clock.h"
#include "http/address.h"
#include "http/http_server.h"

namespace privity {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

class SaysHello final : public HttpHandler {
 public:
  Plan PlanFor(const Request&) override { return {.body_bytes_max = 1 << 20}; }
  Response Handle(const Request& request) override {
    return Response::Text(200, "text/plain",
                          (request.over_tls ? "tls " : "plain ") + std::to_string(request.body.size()));
  }
  std::variant<Response, std::unique_ptr<BodySink>> OpenUpload(Request) override { return Response(); }
  Response Refuse(const Request&, const Error& error) override {
    return Response::Text(400, "text/plain", error.code());
  }
};

// Writes a self-signed certificate for `name` and its key.
void WriteCertificate(const TlsFiles& files, const std::string& name) {
  EVP_PKEY* key = EVP_EC_gen("P-256");
  X509* certificate = X509_new();
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate), -60);
  X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
  X509_set_pubkey(certificate, key);
  X509_NAME* subject = X509_get_subject_name(certificate);
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1,
                             0);
  X509_set_issuer_name(certificate, subject);
  X509_sign(certificate, key, EVP_sha256());
  FILE* file = std::fopen(files.certificate_path.c_str(), "w");
  PEM_write_X509(file, certificate);
  std::fclose(file);
  file = std::fopen(files.key_path.c_str(), "w");
  PEM_write_PrivateKey(file, key, nullptr, nullptr, 0, nullptr, nullptr);
  std::fclose(file);
  X509_free(certificate);
  EVP_PKEY_free(key);
}

struct TlsAnswer {
  bool shaken_hands = false;
  std::string version, certificate_name, protocol, text;
};

TlsAnswer AskOverTls(const std::string& address, const std::string& request, int version_max = TLS1_3_VERSION) {
  TlsAnswer answer;
  SSL_CTX* context = SSL_CTX_new(TLS_client_method());
  SSL_CTX_set_max_proto_version(context, version_max);
  static const unsigned char kOffered[] = "\x02h2\x08http/1.1";
  SSL_CTX_set_alpn_protos(context, kOffered, sizeof(kOffered) - 1);
  BIO* bio = BIO_new_ssl_connect(context);
  BIO_set_conn_hostname(bio, address.c_str());
  SSL* ssl = nullptr;
  BIO_get_ssl(bio, &ssl);
  answer.shaken_hands = BIO_do_handshake(bio) == 1;
  if (answer.shaken_hands) {
    answer.version = SSL_get_version(ssl);
    const unsigned char* protocol = nullptr;
    unsigned size = 0;
    SSL_get0_alpn_selected(ssl, &protocol, &size);
    answer.protocol.assign(reinterpret_cast<const char*>(protocol), size);
    X509* certificate = SSL_get1_peer_certificate(ssl);
    char name[64] = "";
    X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, name, sizeof(name));
    answer.certificate_name = name;
    X509_free(certificate);
    BIO_write(bio, request.data(), static_cast<int>(request.size()));
    char bytes[4096];
    for (int n = 0; (n = BIO_read(bio, bytes, sizeof(bytes))) > 0;)
      answer.text.append(bytes, static_cast<std::size_t>(n));
  }
  BIO_free_all(bio);
  SSL_CTX_free(context);
  return answer;
}

class TlsTest : public ::testing::Test {
 protected:
  TlsTest() : folder_(std::filesystem::temp_directory_path() / ("privity-tls-" + std::to_string(::getpid()))) {
    std::filesystem::create_directory(folder_);
    files_ = {(folder_ / "cert.pem").string(), (folder_ / "key.pem").string()};
    WriteCertificate(files_, "first.example.org");
  }
  ~TlsTest() override { std::filesystem::remove_all(folder_); }

  Result<std::unique_ptr<HttpServer>> Start() {
    HttpOptions options;
    options.on_notice = [this](const Error& notice) {
      const std::lock_guard lock(mutex_);
      notices_.push_back(notice.code());
    };
    return HttpServer::Start(
        options, {{.name = "console", .address = "127.0.0.1:0", .handler = &handler_, .tls = files_}}, clock_);
  }
  std::vector<std::string> Notices() {
    const std::lock_guard lock(mutex_);
    return notices_;
  }

  // Certificates are looked at once a second: this clock says that one has passed.
  class SteppingClock final : public Clock {
   public:
    Instant Now() const override { return SystemClock().Now(); }
    std::chrono::steady_clock::time_point Monotonic() const override {
      return SystemClock().Monotonic() + std::chrono::seconds(2) * steps++;
    }
    mutable std::atomic<int> steps{0};
  };

  const std::filesystem::path folder_;
  TlsFiles files_;
  SaysHello handler_;
  SteppingClock clock_;
  std::mutex mutex_;
  std::vector<std::string> notices_;
};

const std::string kRequest = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

TEST_F(TlsTest, SpeaksTls13AndHttp11Only) {
  const auto server = Start();
  ASSERT_TRUE(server.ok()) << server.error().DebugString();
  const std::string address = (*server)->addresses().front();
  const TlsAnswer answer = AskOverTls(address, kRequest);
  EXPECT_EQ(answer.version, "TLSv1.3");
  EXPECT_EQ(answer.protocol, "http/1.1");
  EXPECT_THAT(answer.text, HasSubstr("tls 0"));
  EXPECT_FALSE(AskOverTls(address, kRequest, TLS1_2_VERSION).shaken_hands);
}

TEST_F(TlsTest, TakesBodiesOfManyRecords) {
  const auto server = Start();
  ASSERT_TRUE(server.ok()) << server.error().DebugString();
  const std::string request = "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 1000000\r\n\r\n" +
                              std::string(1'000'000, 'b');
  EXPECT_THAT(AskOverTls((*server)->addresses().front(), request).text, HasSubstr("tls 1000000"));
}

TEST_F(TlsTest, PlainTextOnATlsPortIsNotAnswered) {
  const auto server = Start();
  ASSERT_TRUE(server.ok()) << server.error().DebugString();
  BIO* bio = BIO_new_connect((*server)->addresses().front().c_str());
  BIO_write(bio, kRequest.data(), static_cast<int>(kRequest.size()));
  char bytes[256];
  const int received = BIO_read(bio, bytes, sizeof(bytes));
  EXPECT_EQ(std::string_view(bytes, received > 0 ? static_cast<std::size_t>(received) : 0).find("HTTP"),
            std::string_view::npos);
  BIO_free_all(bio);
}

TEST_F(TlsTest, ARenewedCertificateIsUsedAndABrokenOneIsNot) {
  const auto server = Start();
  ASSERT_TRUE(server.ok()) << server.error().DebugString();
  const std::string address = (*server)->addresses().front();
  EXPECT_EQ(AskOverTls(address, kRequest).certificate_name, "first.example.org");
  WriteCertificate(files_, "second.example.org");
  EXPECT_EQ(AskOverTls(address, kRequest).certificate_name, "second.example.org");
  EXPECT_THAT(Notices(), Contains("http.certificate_renewed"));
  std::ofstream(files_.certificate_path) << "not a certificate";
  EXPECT_EQ(AskOverTls(address, kRequest).certificate_name, "second.example.org");
  EXPECT_THAT(Notices(), Contains("http.certificate_invalid"));
}

TEST_F(TlsTest, AKeyOfAnotherCertificateIsRefusedAtTheStart) {
  const TlsFiles other = {(folder_ / "other.pem").string(), (folder_ / "other-key.pem").string()};
  WriteCertificate(other, "other.example.org");
  files_.key_path = other.key_path;
  EXPECT_EQ(Start().error().code(), "http.certificate_invalid");
  files_.certificate_path = (folder_ / "absent.pem").string();
  EXPECT_EQ(Start().error().code(), "http.certificate_invalid");
}

}  // namespace
}  // namespace privity
