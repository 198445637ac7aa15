#include "identity/webauthn.h"

#include <algorithm>
#include <optional>

#include "base/secret.h"
#include "crypto/hash.h"
#include "identity/internal/cose_key.h"

namespace privity {
namespace {

constexpr std::size_t kClientDataBytesMax = 4096;
constexpr std::size_t kCredentialIdBytesMax = 1023;  // section 5.8.3
constexpr int kCeremonyMilliseconds = 300'000;       // section 15.1 recommends 300,000 with user verification
constexpr std::size_t kAaguidBytes = 16;

Error Invalid(std::string problem) {
  return Error("identity.passkey_invalid", {{"problem", std::move(problem)}});
}

// A base64url member of credential.response.
Result<Bytes> Member(const Json& credential, std::string_view name) {
  const std::string* text = credential["response"][name].string();
  if (text == nullptr) return Invalid(std::string(name) + " missing");
  auto bytes = Base64UrlDecode(*text);
  if (!bytes.ok()) return Invalid(std::string(name) + " encoding");
  return bytes;
}

Result<Bytes> CredentialId(const Json& credential) {
  const std::string* type = credential["type"].string();
  if (type == nullptr || *type != "public-key") return Invalid("type");
  const std::string* id = credential["id"].string();
  if (id == nullptr) return Invalid("id missing");
  auto bytes = Base64UrlDecode(*id);
  if (!bytes.ok() || bytes->empty() || bytes->size() > kCredentialIdBytesMax) return Invalid("id encoding");
  return bytes;
}

struct ClientData {
  std::string type;
  Bytes challenge;
  std::string origin;
  bool cross_origin = false;
  bool has_top_origin = false;
};

// Section 5.8.1. Members added by newer browsers are allowed, repeated ones are not.
Result<ClientData> ReadClientData(BytesView json) {
  if (json.size() > kClientDataBytesMax) return Invalid("clientDataJSON size");
  const auto parsed = ParseJson(AsText(json), {.size_bytes_max = kClientDataBytesMax, .depth_max = 8});
  if (!parsed.ok()) return Invalid("clientDataJSON syntax");
  const std::string* type = (*parsed)["type"].string();
  const std::string* challenge = (*parsed)["challenge"].string();
  const std::string* origin = (*parsed)["origin"].string();
  if (type == nullptr || challenge == nullptr || origin == nullptr) return Invalid("clientDataJSON member missing");
  auto decoded = Base64UrlDecode(*challenge);
  if (!decoded.ok()) return Invalid("challenge encoding");
  const Json* cross_origin = parsed->Find("crossOrigin");
  if (cross_origin != nullptr && cross_origin->boolean() == nullptr) return Invalid("crossOrigin");
  return ClientData{.type = *type,
                    .challenge = *std::move(decoded),
                    .origin = *origin,
                    .cross_origin = cross_origin != nullptr && *cross_origin->boolean(),
                    .has_top_origin = parsed->Has("topOrigin")};
}

Status CheckClientData(const ClientData& data, std::string_view type, BytesView challenge, const RelyingParty& party) {
  if (data.type != type) return Invalid("ceremony");
  if (!EqualInConstantTime(data.challenge, challenge)) return Invalid("challenge");
  if (data.origin != party.origin) return Invalid("origin");
  // We are never framed by another site (section 5.10 and our frame-ancestors 'none').
  if (data.cross_origin || data.has_top_origin) return Invalid("cross origin");
  return Ok();
}

struct AuthenticatorData {
  std::uint32_t sign_count = 0;
  bool backed_up = false;
  Bytes credential_id;  // these two only at creation
  Bytes public_key;
};

enum class Ceremony { kCreation, kAssertion };

// Section 6.1: rpIdHash (32), flags (1), signCount (4), then what the flags announce.
class AuthenticatorDataReader {
 public:
  explicit AuthenticatorDataReader(BytesView bytes) : rest_(bytes) {}

  Result<AuthenticatorData> Read(std::string_view party_id, Ceremony ceremony) {
    AuthenticatorData data;
    const auto party_hash = Take(32);
    const auto flag_byte = Take(1);
    const auto counter = Take(4);
    if (!party_hash || !flag_byte || !counter) return Invalid("authenticatorData size");
    if (!EqualInConstantTime(*party_hash, Sha256(AsBytes(party_id)))) return Invalid("relying party");
    const auto flags = static_cast<std::uint8_t>((*flag_byte)[0]);
    PRIVITY_TRY_VOID(CheckFlags(flags, ceremony));
    data.backed_up = (flags & kBackedUp) != 0;
    for (const std::byte byte : *counter) data.sign_count = data.sign_count << 8U | static_cast<std::uint8_t>(byte);
    if ((flags & kHasCredential) != 0) {
      PRIVITY_TRY_VOID(ReadCredential(data));
    }
    if ((flags & kHasExtensions) != 0) {
      PRIVITY_TRY(const CborRead extensions, ReadCborPrefix(rest_));
      rest_ = rest_.subspan(extensions.used_bytes);
    }
    if (!rest_.empty()) return Invalid("authenticatorData trailing bytes");
    return data;
  }

 private:
  enum Flag : std::uint8_t {
    kUserPresent = 0x01,
    kUserVerified = 0x04,
    kBackupEligible = 0x08,
    kBackedUp = 0x10,
    kHasCredential = 0x40,
    kHasExtensions = 0x80,
  };

  static Status CheckFlags(std::uint8_t flags, Ceremony ceremony) {
    if ((flags & kUserPresent) == 0) return Invalid("user presence");
    if ((flags & kUserVerified) == 0) return Invalid("user verification");
    if ((flags & kBackedUp) != 0 && (flags & kBackupEligible) == 0) return Invalid("backup flags");
    if (((flags & kHasCredential) != 0) != (ceremony == Ceremony::kCreation)) return Invalid("credential data");
    return Ok();
  }

  // Section 6.5.1: aaguid (16), length of the id (2), id, COSE key.
  Status ReadCredential(AuthenticatorData& data) {
    const auto aaguid = Take(kAaguidBytes);
    const auto length = Take(2);
    if (!aaguid || !length) return Invalid("credential data size");
    const std::size_t id_bytes = static_cast<std::size_t>((*length)[0]) << 8U | static_cast<std::size_t>((*length)[1]);
    if (id_bytes == 0 || id_bytes > kCredentialIdBytesMax) return Invalid("credential id size");
    const auto id = Take(id_bytes);
    if (!id) return Invalid("credential data size");
    PRIVITY_TRY(const CborRead key, ReadCborPrefix(rest_));
    data.credential_id.assign(id->begin(), id->end());
    data.public_key.assign(rest_.begin(), rest_.begin() + static_cast<std::ptrdiff_t>(key.used_bytes));
    rest_ = rest_.subspan(key.used_bytes);
    return Ok();
  }

  std::optional<BytesView> Take(std::size_t size) {
    if (rest_.size() < size) return std::nullopt;
    const BytesView taken = rest_.first(size);
    rest_ = rest_.subspan(size);
    return taken;
  }

  BytesView rest_;
};

Bytes SignedMessage(BytesView authenticator_data, BytesView client_data_json) {
  Bytes message(authenticator_data.begin(), authenticator_data.end());
  const Sha256Digest hash = Sha256(client_data_json);
  message.insert(message.end(), hash.begin(), hash.end());
  return message;
}

// Section 8.7 "none": an empty statement. Section 8.2 "packed" without x5c: signed by the new key itself.
Status CheckAttestation(const Cbor& attestation, const CoseKey& key, BytesView message) {
  const Cbor* format = attestation.Find("fmt");
  const Cbor* statement = attestation.Find("attStmt");
  if (format == nullptr || format->kind != Cbor::Kind::kText || statement == nullptr ||
      statement->kind != Cbor::Kind::kMap) {
    return Invalid("attestation object");
  }
  if (format->text == "none") return statement->members.empty() ? Ok() : Status(Invalid("attestation statement"));
  if (format->text != "packed" || statement->Find("x5c") != nullptr) {
    const bool known = format->text == "packed";
    return Error("identity.passkey_attestation_refused", {{"format", known ? "packed with certificate" : "other"}});
  }
  const std::int64_t* algorithm = Cbor::IntegerIn(statement->Find("alg"));
  const Bytes* signature = Cbor::BytesIn(statement->Find("sig"));
  if (algorithm == nullptr || signature == nullptr || *algorithm != static_cast<std::int64_t>(key.algorithm())) {
    return Invalid("attestation statement");
  }
  if (!key.Verify(message, *signature)) return Invalid("attestation signature");
  return Ok();
}

Json DescriptorsOf(const std::vector<Bytes>& ids) {
  Json list = Json::Array();
  for (const Bytes& id : ids) list.Push(Json::Object({{"type", "public-key"}, {"id", Base64UrlEncode(id)}}));
  return list;
}

}  // namespace

Json PasskeyCreationOptions(const RelyingParty& party, std::string_view party_name, BytesView challenge,
                            const PasskeyOwner& owner, const std::vector<Bytes>& known_ids) {
  Json parameters = Json::Array();
  for (const CoseAlgorithm algorithm : {CoseAlgorithm::kEs256, CoseAlgorithm::kEdDsa, CoseAlgorithm::kRs256}) {
    parameters.Push(Json::Object({{"type", "public-key"}, {"alg", static_cast<std::int64_t>(algorithm)}}));
  }
  return Json::Object(
      {{"rp", Json::Object({{"id", party.id}, {"name", party_name}})},
       {"user",
        Json::Object(
            {{"id", Base64UrlEncode(owner.handle)}, {"name", owner.name}, {"displayName", owner.display_name}})},
       {"challenge", Base64UrlEncode(challenge)},
       {"pubKeyCredParams", std::move(parameters)},
       {"timeout", kCeremonyMilliseconds},
       {"excludeCredentials", DescriptorsOf(known_ids)},
       {"authenticatorSelection",
        Json::Object({{"residentKey", "required"}, {"requireResidentKey", true}, {"userVerification", "required"}})},
       {"attestation", "none"}});
}

Json PasskeyRequestOptions(const RelyingParty& party, BytesView challenge, const std::vector<Bytes>& allowed_ids) {
  return Json::Object({{"rpId", party.id},
                       {"challenge", Base64UrlEncode(challenge)},
                       {"timeout", kCeremonyMilliseconds},
                       {"allowCredentials", DescriptorsOf(allowed_ids)},
                       {"userVerification", "required"}});
}

Result<NewPasskey> CheckPasskeyCreation(const RelyingParty& party, BytesView challenge, const Json& credential) {
  PRIVITY_TRY(const Bytes id, CredentialId(credential));
  PRIVITY_TRY(const Bytes client_data_json, Member(credential, "clientDataJSON"));
  PRIVITY_TRY(const Bytes attestation_object, Member(credential, "attestationObject"));
  PRIVITY_TRY(const ClientData client_data, ReadClientData(client_data_json));
  PRIVITY_TRY_VOID(CheckClientData(client_data, "webauthn.create", challenge, party));
  PRIVITY_TRY(const Cbor attestation, ReadCbor(attestation_object));
  const Bytes* authenticator_data = Cbor::BytesIn(attestation.Find("authData"));
  if (authenticator_data == nullptr) return Invalid("attestation object");
  PRIVITY_TRY(AuthenticatorData data, AuthenticatorDataReader(*authenticator_data).Read(party.id, Ceremony::kCreation));
  if (data.credential_id != id) return Invalid("credential id");
  PRIVITY_TRY(const CoseKey key, CoseKey::Parse(data.public_key));
  PRIVITY_TRY_VOID(CheckAttestation(attestation, key, SignedMessage(*authenticator_data, client_data_json)));
  return NewPasskey{.credential_id = std::move(data.credential_id),
                    .public_key = std::move(data.public_key),
                    .sign_count = data.sign_count,
                    .backed_up = data.backed_up};
}

Result<PasskeyClaim> ReadPasskeyClaim(const Json& credential) {
  PasskeyClaim claim;
  PRIVITY_TRY(claim.credential_id, CredentialId(credential));
  PRIVITY_TRY(const Bytes client_data_json, Member(credential, "clientDataJSON"));
  PRIVITY_TRY(ClientData client_data, ReadClientData(client_data_json));
  claim.challenge = std::move(client_data.challenge);
  const Json& handle = credential["response"]["userHandle"];
  if (!handle.is_null()) {
    PRIVITY_TRY(claim.user_handle, Member(credential, "userHandle"));
  }
  return claim;
}

Result<PasskeyProof> CheckPasskeyAssertion(const RelyingParty& party, BytesView challenge, BytesView public_key,
                                           std::uint32_t known_sign_count, const Json& credential) {
  PRIVITY_TRY(const Bytes client_data_json, Member(credential, "clientDataJSON"));
  PRIVITY_TRY(const Bytes authenticator_data, Member(credential, "authenticatorData"));
  PRIVITY_TRY(const Bytes signature, Member(credential, "signature"));
  PRIVITY_TRY(const ClientData client_data, ReadClientData(client_data_json));
  PRIVITY_TRY_VOID(CheckClientData(client_data, "webauthn.get", challenge, party));
  PRIVITY_TRY(const AuthenticatorData data,
              AuthenticatorDataReader(authenticator_data).Read(party.id, Ceremony::kAssertion));
  PRIVITY_TRY(const CoseKey key, CoseKey::Parse(public_key));
  if (!key.Verify(SignedMessage(authenticator_data, client_data_json), signature)) return Invalid("signature");
  const bool counts = data.sign_count != 0 || known_sign_count != 0;
  if (counts && data.sign_count <= known_sign_count) return Error("identity.passkey_cloned");
  return PasskeyProof{.sign_count = data.sign_count, .backed_up = data.backed_up};
}

}  // namespace privity
