// Signature Version 4 of S3 (docs.aws.amazon.com, "Authenticating Requests: Using the Authorization Header").
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/secret.h"

namespace privity::connect_internal {

struct S3Credentials {
  std::string access_key{};
  SecretString secret_key{};
  std::string region{};
};

struct S3Call {
  std::string method = "GET";
  std::string path = "/";                      // decoded
  std::map<std::string, std::string> query{};  // decoded
  std::map<std::string, std::string> headers;  // those that are signed, names in lower case; "host" among them
};

// Hash of an empty body, in hex.
std::string_view EmptyBodyHash();

// "20130524T000000Z".
std::string S3Time(Instant now);

// Every byte but letters, digits and "-._~" as "%2F"; a "/" stays where `keeps_slash`.
std::string S3Encode(std::string_view text, bool keeps_slash);

// "a=1&b=2", encoded, sorted.
std::string S3Query(const std::map<std::string, std::string>& query);

// The value of the Authorization header. The headers hold "x-amz-date" and "x-amz-content-sha256".
SecretString S3Authorization(const S3Call& call, const S3Credentials& credentials);

}  // namespace privity::connect_internal
