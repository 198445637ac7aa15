#include "packs/bundle.h"

#include <algorithm>
#include <set>

#include "base/json.h"

namespace privity {

struct BundleFileJson {
  std::string path;
  std::string text;
};
PRIVITY_DESCRIBE(BundleFileJson, (path, text))

struct BundleJson {
  std::int64_t made_at = 0;  // seconds since 1970
  std::vector<BundleFileJson> files;
};
PRIVITY_DESCRIBE(BundleJson, (made_at, files))

namespace {

constexpr std::string_view kFirstLine = "privity-pack-bundle 1\n";
constexpr std::size_t kBundleBytesMax = 64u << 20;

// What is signed: the first line binds the format and its version.
Bytes SignedBytes(std::string_view json) {
  std::string text(kFirstLine);
  text += json;
  return ToBytes(text);
}

Status CheckPath(std::string_view path) {
  const Error error("packs.bundle_path", {{"file", std::string(path.substr(0, 200))}});
  const bool plain = std::all_of(path.begin(), path.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '/';
  });
  if (!plain || path.size() > 200 || !path.ends_with(".yaml")) return error;
  for (std::size_t at = 0; at <= path.size();) {
    const auto slash = std::min(path.find('/', at), path.size());
    const std::string_view part = path.substr(at, slash - at);
    if (part.empty() || part.starts_with('.')) return error;
    at = slash + 1;
  }
  return Ok();
}

// Takes "<name> <base64>\n" off the front.
Result<Bytes> TakeLine(std::string_view& rest, std::string_view name) {
  const auto end = rest.find('\n');
  if (end == rest.npos || !rest.starts_with(name)) return Error("packs.bundle_damaged");
  auto value = Base64Decode(rest.substr(name.size(), end - name.size()));
  if (!value.ok()) return Error("packs.bundle_damaged");
  rest.remove_prefix(end + 1);
  return value;
}

}  // namespace

Result<std::string> SignPackBundle(const PackBundle& bundle, const SigningKey& key) {
  BundleJson json{.made_at = ToMicros(bundle.made_at) / 1'000'000, .files = {}};
  for (const PackFile& file : bundle.files) {
    PRIVITY_TRY_VOID(CheckPath(file.path));
    json.files.push_back({file.path, file.text});
  }
  std::sort(json.files.begin(), json.files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  PRIVITY_TRY(const std::string text, ToCanonicalJson(json));
  const std::string signature = Base64Encode(key.Sign(SignedBytes(text)));
  return std::string(kFirstLine) + "key " + Base64Encode(key.verify_key().bytes()) + "\nsignature " + signature + "\n" +
         text;
}

Result<PackBundle> OpenPackBundle(std::string_view bytes, std::span<const VerifyKey> trusted) {
  if (bytes.size() > kBundleBytesMax || !bytes.starts_with(kFirstLine)) return Error("packs.bundle_damaged");
  std::string_view rest = bytes.substr(kFirstLine.size());
  PRIVITY_TRY(const Bytes key_bytes, TakeLine(rest, "key "));
  PRIVITY_TRY(const Bytes signature, TakeLine(rest, "signature "));
  const auto key = std::find_if(trusted.begin(), trusted.end(), [&](const VerifyKey& candidate) {
    return std::equal(candidate.bytes().begin(), candidate.bytes().end(), key_bytes.begin(), key_bytes.end());
  });
  if (key == trusted.end()) return Error("packs.bundle_untrusted", {{"key", Base64Encode(key_bytes)}});
  if (!key->Verify(SignedBytes(rest), signature)) return Error("packs.bundle_signature");
  auto json = FromJson<BundleJson>(rest, {.size_bytes_max = kBundleBytesMax});
  if (!json.ok()) return Error("packs.bundle_damaged");
  PackBundle bundle{.made_at = Instant(std::chrono::seconds(json->made_at)), .files = {}};
  std::set<std::string> paths;
  for (BundleFileJson& file : json->files) {
    PRIVITY_TRY_VOID(CheckPath(file.path));
    if (!paths.insert(file.path).second) return Error("packs.bundle_path", {{"file", file.path}});
    bundle.files.push_back({.path = std::move(file.path), .text = std::move(file.text), .installed = true});
  }
  return bundle;
}

}  // namespace privity
