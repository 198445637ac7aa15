#include "identity/jwt.h"

#include "crypto/public_key.h"

namespace privity {
namespace {

Error Invalid(std::string problem) {
  return Error("identity.id_token_invalid", {{"problem", std::move(problem)}});
}

Result<Json> ReadPart(std::string_view encoded, const char* problem) {
  const auto bytes = Base64UrlDecode(encoded);
  if (!bytes.ok()) return Invalid(problem);
  auto json = ParseJson(AsText(*bytes), {.size_bytes_max = kJwtBytesMax, .depth_max = 16});
  if (!json.ok() || json->members() == nullptr) return Invalid(problem);
  return json;
}

Result<Bytes> Number(const Json& json, std::string_view name) {
  const std::string* text = json[name].string();
  if (text == nullptr) return Error("identity.jwks_invalid");
  return Base64UrlDecode(*text);
}

}  // namespace

Result<JwkSet::Jwk> JwkSet::Read(const Json& json) {
  const std::string type = json["kty"].StringOr("");
  const std::string curve = json["crv"].StringOr("");
  const std::string id = json["kid"].StringOr("");
  if (json.Has("use") && json["use"].StringOr("") != "sig") return Error("identity.jwks_invalid");
  const std::string algorithm = json["alg"].StringOr("");
  const auto allows = [&](std::string_view wanted) { return algorithm.empty() || algorithm == wanted; };
  if (type == "RSA" && allows("RS256")) {
    PRIVITY_TRY(Bytes modulus, Number(json, "n"));
    PRIVITY_TRY(Bytes exponent, Number(json, "e"));
    return Jwk{id, Rs256{std::move(modulus), std::move(exponent)}};
  }
  if (type == "EC" && curve == "P-256" && allows("ES256")) {
    PRIVITY_TRY(Bytes x, Number(json, "x"));
    PRIVITY_TRY(Bytes y, Number(json, "y"));
    return Jwk{id, Es256{std::move(x), std::move(y)}};
  }
  if (type == "OKP" && curve == "Ed25519" && allows("EdDSA")) {
    PRIVITY_TRY(const Bytes x, Number(json, "x"));
    PRIVITY_TRY(const VerifyKey key, VerifyKey::FromBytes(x));
    return Jwk{id, key};
  }
  return Error("identity.jwks_invalid");
}

Result<JwkSet> JwkSet::Parse(std::string_view json) {
  const auto parsed = ParseJson(json, {.size_bytes_max = 1 << 20, .depth_max = 16});
  const Json::Items* items = parsed.ok() ? (*parsed)["keys"].items() : nullptr;
  if (items == nullptr || items->size() > kJwksKeysMax) return Error("identity.jwks_invalid");
  JwkSet set;
  for (const Json& item : *items) {
    if (auto key = Read(item); key.ok()) set.keys_.push_back(*std::move(key));
  }
  return set;
}

bool JwkSet::Fits(const Jwk& key, std::string_view algorithm) {
  constexpr std::string_view kByAlternative[] = {"RS256", "ES256", "EdDSA"};
  return algorithm == kByAlternative[key.key.index()];
}

bool JwkSet::Signed(const Jwk& key, BytesView message, BytesView signature) {
  if (const Rs256* rsa = std::get_if<Rs256>(&key.key)) {
    return VerifyRs256(rsa->modulus, rsa->exponent, message, signature);
  }
  if (const Es256* ec = std::get_if<Es256>(&key.key)) {
    return VerifyEs256(ec->x, ec->y, message, signature, EcdsaForm::kJoined);
  }
  return std::get<VerifyKey>(key.key).Verify(message, signature);
}

Result<Json> JwkSet::Verify(std::string_view token) const {
  if (token.size() > kJwtBytesMax) return Invalid("size");
  const std::size_t first = token.find('.');
  const std::size_t second = first == std::string_view::npos ? first : token.find('.', first + 1);
  if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos) return Invalid("form");
  PRIVITY_TRY(const Json header, ReadPart(token.substr(0, first), "header"));
  if (header.Has("crit")) return Invalid("critical extension");
  const std::string algorithm = header["alg"].StringOr("");
  if (algorithm != "RS256" && algorithm != "ES256" && algorithm != "EdDSA") return Invalid("algorithm");
  const auto signature = Base64UrlDecode(token.substr(second + 1));
  if (!signature.ok()) return Invalid("signature");

  const std::string* id = header["kid"].string();
  bool known = false;
  for (const Jwk& key : keys_) {
    if (!Fits(key, algorithm) || (id != nullptr && key.id != *id)) continue;
    known = true;
    if (Signed(key, AsBytes(token.substr(0, second)), *signature)) {
      return ReadPart(token.substr(first + 1, second - first - 1), "claims");
    }
  }
  return Invalid(known ? "signature" : "unknown key");
}

}  // namespace privity
