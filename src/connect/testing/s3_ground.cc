#include <curl/curl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <memory>
#include <regex>

#include "base/json.h"
#include "connect/s3/s3_connector.h"
#include "connect/testing/grounds.h"

namespace privity {
namespace {

const char* Server() {
  return std::getenv("PRIVITY_TEST_S3");
}

std::string Escaped(CURL* curl, const std::string& text) {
  char* escaped = curl_easy_escape(curl, text.data(), static_cast<int>(text.size()));
  std::string copy = escaped;
  curl_free(escaped);
  return copy;
}

// A bucket, filled by libcurl, which signs by itself. Collections are objects of JSON Lines.
class S3Ground final : public Ground {
 public:
  S3Ground() { Do("PUT", "", ""); }

  const ConnectorKind& kind() const override { return S3Kind(); }
  std::string Url() const override { return UrlOf("S3RVER", port_); }
  void Make(const Made& made) override {
    std::string lines;
    for (const RowValues& row : made.rows) {
      Json document = Json::Object();
      for (std::size_t i = 0; i < row.size(); ++i) document.Set(made.fields[i], row[i] ? Json(*row[i]) : Json());
      lines += ToJson(document) + "\n";
    }
    Do("PUT", NameOf(made.name), lines);
  }
  void Drop(const std::string& name) override { Do("DELETE", NameOf(name), ""); }
  void Revoke(const std::string&) override { FAIL() << "the server knows no rights"; }
  bool has_rights() const override { return false; }
  std::string NameOf(const std::string& name) const override { return name + ".jsonl"; }
  bool has_declared_types() const override { return false; }
  bool has_references() const override { return false; }

  bool is_remote() const override { return true; }
  // The server looks at the access key and not at the signature, which Amazon's examples judge (s3_connector_test.cc).
  std::string UrlWithPassword(const std::string& password) const override { return UrlOf(password, port_); }
  std::string UrlThroughPort(int port) const override { return UrlOf("S3RVER", port); }
  int port() const override { return port_; }

 private:
  std::string UrlOf(const std::string& access_key, int port) const {
    return "s3://" + access_key + ":S3RVER@127.0.0.1:" + std::to_string(port) + "/" + bucket_;
  }
  void Do(const char* method, const std::string& key, const std::string& body) const {
    const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(curl_easy_init(), &curl_easy_cleanup);
    const std::string url = "http://127.0.0.1:" + std::to_string(port_) + "/" + bucket_ +
                            (key.empty() ? "" : "/" + Escaped(curl.get(), key));
    curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_CUSTOMREQUEST, method);
    curl_easy_setopt(curl.get(), CURLOPT_AWS_SIGV4, "aws:amz:us-east-1:s3");
    curl_easy_setopt(curl.get(), CURLOPT_USERPWD, "S3RVER:S3RVER");
    const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> headers(
        curl_slist_append(nullptr, "x-amz-content-sha256: UNSIGNED-PAYLOAD"), &curl_slist_free_all);
    curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, body.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    curl_easy_setopt(
        curl.get(), CURLOPT_WRITEFUNCTION, +[](char*, std::size_t, std::size_t count, void*) { return count; });
    EXPECT_EQ(curl_easy_perform(curl.get()), CURLE_OK);
    long status = 0;
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
    EXPECT_LT(status, 300) << method << " " << key;
  }
  static int PortOf(const std::string& server) {
    std::smatch match;
    EXPECT_TRUE(std::regex_search(server, match, std::regex("port=([0-9]+)")));
    return std::stoi(match[1]);
  }
  static std::string FreshName() {
    static std::atomic<int> number = 0;
    return "connect-" + std::to_string(getpid()) + "-" + std::to_string(++number);
  }

  const std::string bucket_ = FreshName();
  const int port_ = PortOf(Server());
};

}  // namespace

GroundKind S3GroundKind() {
  return {.name = "s3",
          .why_absent = Server() == nullptr ? "PRIVITY_TEST_S3 is not set" : "",
          .make = []() -> std::unique_ptr<Ground> { return std::make_unique<S3Ground>(); }};
}

}  // namespace privity
