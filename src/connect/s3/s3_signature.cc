#include "connect/s3/s3_signature.h"

#include "base/bytes.h"
#include "crypto/hash.h"

namespace privity::connect_internal {
namespace {

constexpr const char* kAlgorithm = "AWS4-HMAC-SHA256";

Sha256Digest Keyed(BytesView key, std::string_view text) {
  return HmacSha256(key, AsBytes(text));
}

bool IsUnreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

}  // namespace

std::string_view EmptyBodyHash() {
  static const std::string hash = HexEncode(Sha256(BytesView()));
  return hash;
}

std::string S3Time(Instant now) {
  std::string time;
  for (const char c : FormatInstant(std::chrono::floor<std::chrono::seconds>(now))) {
    if (c != '-' && c != ':') time += c;
  }
  return time;
}

std::string S3Encode(std::string_view text, bool keeps_slash) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (IsUnreserved(c) || (keeps_slash && c == '/')) {
      encoded += c;
    } else {
      encoded.append("%").append(1, kHex[byte >> 4]).append(1, kHex[byte & 15]);
    }
  }
  return encoded;
}

std::string S3Query(const std::map<std::string, std::string>& query) {
  std::string text;
  for (const auto& [name, value] : query) {
    text.append(text.empty() ? "" : "&").append(S3Encode(name, false)).append("=").append(S3Encode(value, false));
  }
  return text;
}

SecretString S3Authorization(const S3Call& call, const S3Credentials& credentials) {
  std::string lines;
  std::string names;
  for (const auto& [name, value] : call.headers) {
    lines.append(name).append(":").append(value).append("\n");
    names.append(names.empty() ? "" : ";").append(name);
  }
  const std::string canonical = call.method + "\n" + S3Encode(call.path, true) + "\n" + S3Query(call.query) + "\n" +
                                lines + "\n" + names + "\n" + call.headers.at("x-amz-content-sha256");
  const std::string& time = call.headers.at("x-amz-date");
  const std::string day = time.substr(0, 8);
  const std::string scope = day + "/" + credentials.region + "/s3/aws4_request";
  const std::string to_sign =
      std::string(kAlgorithm) + "\n" + time + "\n" + scope + "\n" + HexEncode(Sha256(AsBytes(canonical)));
  const SecretString first("AWS4" + std::string(credentials.secret_key.Reveal()));
  Sha256Digest key = Keyed(AsBytes(first.Reveal()), day);
  for (const std::string& part : {credentials.region, std::string("s3"), std::string("aws4_request")}) {
    key = Keyed(key, part);
  }
  return SecretString(std::string(kAlgorithm) + " Credential=" + credentials.access_key + "/" + scope +
                      ",SignedHeaders=" + names + ",Signature=" + HexEncode(Keyed(key, to_sign)));
}

}  // namespace privity::connect_internal
