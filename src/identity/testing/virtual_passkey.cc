#include "identity/testing/virtual_passkey.h"

#include "crypto/hash.h"

namespace privity {
namespace {

void Append(Bytes& out, BytesView more) {
  out.insert(out.end(), more.begin(), more.end());
}
void Append(Bytes& out, std::initializer_list<int> more) {
  for (const int byte : more) out.push_back(static_cast<std::byte>(byte));
}

// CBOR head (RFC 8949 section 3).
void AppendHead(Bytes& out, int major, std::size_t argument) {
  if (argument < 24) {
    Append(out, {major << 5 | static_cast<int>(argument)});
  } else if (argument < 256) {
    Append(out, {major << 5 | 24, static_cast<int>(argument)});
  } else {
    Append(out, {major << 5 | 25, static_cast<int>(argument >> 8), static_cast<int>(argument & 0xFF)});
  }
}
void AppendText(Bytes& out, std::string_view text) {
  AppendHead(out, 3, text.size());
  Append(out, AsBytes(text));
}
void AppendBytes(Bytes& out, BytesView bytes) {
  AppendHead(out, 2, bytes.size());
  Append(out, bytes);
}

std::string ClientData(const Ceremony& ceremony) {
  return R"({"type":")" + ceremony.type + R"(","challenge":")" + Base64UrlEncode(ceremony.challenge) +
         R"(","origin":")" + ceremony.origin + R"(","crossOrigin":)" + ceremony.cross_origin +
         ceremony.more_client_data + "}";
}

Bytes AuthenticatorHead(const Ceremony& ceremony, int more_flags) {
  Bytes data;
  Append(data, Sha256(AsBytes(ceremony.party_id)));
  Append(data, {ceremony.flags | more_flags});
  for (int shift = 24; shift >= 0; shift -= 8) Append(data, {static_cast<int>(ceremony.sign_count >> shift & 0xFF)});
  return data;
}

}  // namespace

VirtualPasskey::VirtualPasskey(std::string_view seed)
    : key_(SigningKey::FromSeed(Key::FromBytes(Sha256(AsBytes(seed))).value())) {
  const auto id = Sha256({AsBytes("id of "), AsBytes(seed)});
  id_.assign(id.begin(), id.end());
}

Ceremony VirtualPasskey::Creation(const RelyingParty& party, BytesView challenge) {
  return {.type = "webauthn.create",
          .challenge = Bytes(challenge.begin(), challenge.end()),
          .origin = party.origin,
          .party_id = party.id};
}

Ceremony VirtualPasskey::Assertion(const RelyingParty& party, BytesView challenge) {
  Ceremony ceremony = Creation(party, challenge);
  ceremony.type = "webauthn.get";
  return ceremony;
}

Bytes VirtualPasskey::cose_key() const {
  Bytes cose;
  Append(cose, {0xA4, 0x01, 0x01, 0x03, 0x27, 0x20, 0x06, 0x21});  // {1: 1, 3: -8, -1: 6, -2: x}
  AppendBytes(cose, key_.verify_key().bytes());
  return cose;
}

Bytes VirtualPasskey::Sign(const Ceremony& ceremony, BytesView authenticator_data,
                           const std::string& client_data) const {
  Bytes message(authenticator_data.begin(), authenticator_data.end());
  Append(message, Sha256(AsBytes(client_data)));
  const Ed25519Signature signature = key_.Sign(message);
  Bytes bytes(signature.begin(), signature.end());
  if (ceremony.spoil_signature) bytes[0] ^= std::byte{1};
  return bytes;
}

Json VirtualPasskey::Create(const Ceremony& ceremony) const {
  const std::string client_data = ClientData(ceremony);
  Bytes data = AuthenticatorHead(ceremony, 0x40);
  Append(data, Bytes(16));  // aaguid
  Append(data, {static_cast<int>(id_.size() >> 8), static_cast<int>(id_.size() & 0xFF)});
  Append(data, id_);
  Append(data, cose_key());
  Append(data, ceremony.trailing);
  Bytes object;
  AppendHead(object, 5, 3);
  AppendText(object, "fmt");
  AppendText(object, ceremony.format);
  AppendText(object, "attStmt");
  if (ceremony.format == "packed") {
    AppendHead(object, 5, 2);
    AppendText(object, "alg");
    Append(object, {0x27});
    AppendText(object, "sig");
    AppendBytes(object, Sign(ceremony, data, client_data));
  } else {
    AppendHead(object, 5, 0);
  }
  AppendText(object, "authData");
  AppendBytes(object, data);
  return Json::Object({{"id", Base64UrlEncode(id_)},
                       {"rawId", Base64UrlEncode(id_)},
                       {"type", "public-key"},
                       {"response", Json::Object({{"clientDataJSON", Base64UrlEncode(AsBytes(client_data))},
                                                  {"attestationObject", Base64UrlEncode(object)},
                                                  {"transports", Json::Array({"internal"})}})},
                       {"clientExtensionResults", Json::Object()}});
}

Json VirtualPasskey::Assert(const Ceremony& ceremony, BytesView user_handle) const {
  const std::string client_data = ClientData(ceremony);
  Bytes data = AuthenticatorHead(ceremony, 0);
  Append(data, ceremony.trailing);
  Json response = Json::Object({{"clientDataJSON", Base64UrlEncode(AsBytes(client_data))},
                                {"authenticatorData", Base64UrlEncode(data)},
                                {"signature", Base64UrlEncode(Sign(ceremony, data, client_data))}});
  if (!user_handle.empty()) response.Set("userHandle", Base64UrlEncode(user_handle));
  return Json::Object({{"id", Base64UrlEncode(id_)},
                       {"rawId", Base64UrlEncode(id_)},
                       {"type", "public-key"},
                       {"response", std::move(response)},
                       {"clientExtensionResults", Json::Object()}});
}

}  // namespace privity
