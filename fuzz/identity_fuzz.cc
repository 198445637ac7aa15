// What browsers, authenticators, identity providers and typing people send: CBOR, COSE keys, passkeys, key sets,
// tokens, codes.
#include "fuzz/fuzz_target.h"
#include "identity/api_token.h"
#include "identity/internal/cbor.h"
#include "identity/internal/cose_key.h"
#include "identity/jwt.h"
#include "identity/one_time_code.h"
#include "identity/webauthn.h"

namespace privity {
namespace {

std::size_t CountItems(const Cbor& cbor) {
  std::size_t count = 1;
  for (const Cbor& item : cbor.items) count += CountItems(item);
  for (const auto& [key, value] : cbor.members) count += CountItems(key) + CountItems(value);
  return count;
}

void ReadAuthenticatorBytes(BytesView input) {
  if (const auto read = ReadCborPrefix(input); read.ok()) {
    FUZZ_CHECK(read->used_bytes > 0 && read->used_bytes <= input.size());
    FUZZ_CHECK(CountItems(read->value) <= kCborItemsMax + 1);
  }
  if (const auto key = CoseKey::Parse(input); key.ok()) FUZZ_CHECK(!key->Verify(input, input));
}

// As a credential in the browser's JSON, and as the attestation inside one.
void CheckPasskeys(std::string_view input) {
  static const RelyingParty party{"example.org", "https://example.org"};
  static const Bytes challenge(32, std::byte{1});
  if (const auto json = ParseJson(input); json.ok()) {
    FUZZ_CHECK(!CheckPasskeyCreation(party, challenge, *json).ok() || input.size() > 100);
    (void)ReadPasskeyClaim(*json);
    FUZZ_CHECK(!CheckPasskeyAssertion(party, challenge, challenge, 0, *json).ok());
  }
  const std::string client_data =
      Base64UrlEncode(AsBytes(R"({"type":"webauthn.create","challenge":")" + Base64UrlEncode(challenge) +
                              R"(","origin":"https://example.org"})"));
  const std::string wrapped = R"({"id":"AAAA","rawId":"AAAA","type":"public-key","response":{"clientDataJSON":")" +
                              client_data + R"(","attestationObject":")" + Base64UrlEncode(AsBytes(input)) + R"("}})";
  if (const auto json = ParseJson(wrapped); json.ok()) {
    if (const auto made = CheckPasskeyCreation(party, challenge, *json); made.ok()) {
      FUZZ_CHECK(made->credential_id.size() <= 1'023 && CoseKey::Parse(made->public_key).ok());
    }
  }
}

// The public half of a key that nobody has.
constexpr std::string_view kKeys =
    R"({"keys":[{"kty":"OKP","crv":"Ed25519","kid":"k","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]})";

void CheckTokens(std::string_view input) {
  if (const auto keys = JwkSet::Parse(input); keys.ok()) (void)keys->Verify("e30.e30.AAAA");
  static const JwkSet known = JwkSet::Parse(kKeys).value();
  FUZZ_CHECK(!known.Verify(input).ok());
  if (IsApiToken(input)) FUZZ_CHECK(HashApiToken(input).size() == 32);
}

void CheckCodes(std::string_view input) {
  static const SecretBytes secret(Bytes(20, std::byte{9}));
  const Instant now{std::chrono::seconds(1'700'000'000)};
  if (const auto step = MatchTotp(secret, input, now, 0)) FUZZ_CHECK(!MatchTotp(secret, input, now, *step + 2));
  FUZZ_CHECK(HashRecoveryCode(UserId(), input).size() == 32);
  const SecretString uri = TotpUri(secret, input.substr(0, input.size() / 2), input.substr(input.size() / 2));
  FUZZ_CHECK(uri.Reveal().starts_with("otpauth://totp/"));
  FUZZ_CHECK(uri.Reveal().find_first_of(std::string_view(" \r\n\"<>\0", 7)) == std::string::npos);
}

}  // namespace

PRIVITY_FUZZ_TARGET(identity) {
  ReadAuthenticatorBytes(AsBytes(input));
  CheckPasskeys(input);
  CheckTokens(input);
  CheckCodes(input);
}

}  // namespace privity
