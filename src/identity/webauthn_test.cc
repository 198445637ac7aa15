#include "identity/webauthn.h"

#include <gtest/gtest.h>

#include <functional>

#include "crypto/hash.h"
#include "identity/internal/cbor.h"
#include "identity/testing/virtual_passkey.h"

namespace privity {
namespace {

const RelyingParty& Party() {
  static const RelyingParty party{"example.org", "https://privity.example.org"};
  return party;
}

Bytes Challenge() {
  const auto digest = Sha256(AsBytes("challenge"));
  return {digest.begin(), digest.end()};
}

std::string Verdict(const auto& result) {
  return result.ok() ? "accepted" : result.error().DebugString();
}

TEST(PasskeyCreation, YieldsTheKeyThatLaterAssertionsAreCheckedWith) {
  const VirtualPasskey passkey;
  for (const char* format : {"none", "packed"}) {
    Ceremony creation = VirtualPasskey::Creation(Party(), Challenge());
    creation.format = format;
    const auto created = CheckPasskeyCreation(Party(), Challenge(), passkey.Create(creation));
    ASSERT_TRUE(created.ok()) << created.error().DebugString();
    EXPECT_EQ(created->credential_id, passkey.credential_id());
    EXPECT_EQ(created->public_key, passkey.cose_key());
    const auto proof = CheckPasskeyAssertion(Party(), Challenge(), created->public_key, created->sign_count,
                                             passkey.Assert(VirtualPasskey::Assertion(Party(), Challenge())));
    EXPECT_EQ(Verdict(proof), "accepted");
  }
}

// One fault at a time, in both ceremonies: a check that was forgotten in one of them would show (Pocket ID
// CVE-2026-28513 was such an "and" for an "or").
struct Fault {
  const char* name;
  std::function<void(Ceremony&)> spoil;
  const char* verdict;
};

const std::vector<Fault>& Faults() {
  static const std::vector<Fault> faults = {
      {"other challenge", [](Ceremony& c) { c.challenge[0] ^= std::byte{1}; }, "challenge"},
      {"no challenge", [](Ceremony& c) { c.challenge.clear(); }, "challenge"},
      {"the other ceremony", [](Ceremony& c) { c.type = "webauthn.getcreate"; }, "ceremony"},
      {"other origin", [](Ceremony& c) { c.origin = "https://privity.example.com"; }, "origin"},
      {"origin with a longer name", [](Ceremony& c) { c.origin += ".attacker.example"; }, "origin"},
      {"origin without TLS", [](Ceremony& c) { c.origin = "http://privity.example.org"; }, "origin"},
      {"origin with user information", [](Ceremony& c) { c.origin = "https://privity.example.org@attacker.example"; },
       "origin"},
      {"framed by another site", [](Ceremony& c) { c.cross_origin = "true"; }, "cross origin"},
      {"a top origin", [](Ceremony& c) { c.more_client_data = R"(,"topOrigin":"https://attacker.example")"; },
       "cross origin"},
      {"crossOrigin of another type", [](Ceremony& c) { c.cross_origin = "\"no\""; }, "crossOrigin"},
      {"a repeated member", [](Ceremony& c) { c.more_client_data = R"(,"origin":"https://attacker.example")"; },
       "clientDataJSON syntax"},
      {"other relying party", [](Ceremony& c) { c.party_id = "privity.example.org"; }, "relying party"},
      {"nobody present", [](Ceremony& c) { c.flags = 0x04; }, "user presence"},
      {"nobody verified", [](Ceremony& c) { c.flags = 0x01; }, "user verification"},
      {"backed up without being eligible", [](Ceremony& c) { c.flags = 0x15; }, "backup flags"},
      {"bytes after the end", [](Ceremony& c) { c.trailing = ToBytes("x"); }, "authenticatorData trailing bytes"},
  };
  return faults;
}

TEST(PasskeyFaults, EachAloneRefusesACreation) {
  for (const Fault& fault : Faults()) {
    Ceremony ceremony = VirtualPasskey::Creation(Party(), Challenge());
    fault.spoil(ceremony);
    const auto created = CheckPasskeyCreation(Party(), Challenge(), VirtualPasskey().Create(ceremony));
    EXPECT_EQ(Verdict(created), std::string("identity.passkey_invalid{problem=") + fault.verdict + "}") << fault.name;
  }
}

TEST(PasskeyFaults, EachAloneRefusesAnAssertion) {
  const VirtualPasskey passkey;
  for (const Fault& fault : Faults()) {
    Ceremony ceremony = VirtualPasskey::Assertion(Party(), Challenge());
    fault.spoil(ceremony);
    const auto proof = CheckPasskeyAssertion(Party(), Challenge(), passkey.cose_key(), 0, passkey.Assert(ceremony));
    EXPECT_EQ(Verdict(proof), std::string("identity.passkey_invalid{problem=") + fault.verdict + "}") << fault.name;
  }
}

TEST(PasskeyFaults, ACreationIsNoAssertionAndAnAssertionNoCreation) {
  const VirtualPasskey passkey;
  Ceremony creation = VirtualPasskey::Assertion(Party(), Challenge());
  EXPECT_EQ(Verdict(CheckPasskeyCreation(Party(), Challenge(), passkey.Create(creation))),
            "identity.passkey_invalid{problem=ceremony}");
  Ceremony assertion = VirtualPasskey::Creation(Party(), Challenge());
  EXPECT_EQ(Verdict(CheckPasskeyAssertion(Party(), Challenge(), passkey.cose_key(), 0, passkey.Assert(assertion))),
            "identity.passkey_invalid{problem=ceremony}");
}

TEST(PasskeyAssertion, OfAnotherKeyOrSpoiledIsRefused) {
  const VirtualPasskey ada("ada's key");
  const VirtualPasskey eve("eve's key");
  Ceremony ceremony = VirtualPasskey::Assertion(Party(), Challenge());
  EXPECT_EQ(Verdict(CheckPasskeyAssertion(Party(), Challenge(), ada.cose_key(), 0, eve.Assert(ceremony))),
            "identity.passkey_invalid{problem=signature}");
  ceremony.spoil_signature = true;
  EXPECT_EQ(Verdict(CheckPasskeyAssertion(Party(), Challenge(), ada.cose_key(), 0, ada.Assert(ceremony))),
            "identity.passkey_invalid{problem=signature}");
}

TEST(PasskeyAttestation, MustBeNoneOrSignedByTheKeyItself) {
  Ceremony ceremony = VirtualPasskey::Creation(Party(), Challenge());
  ceremony.format = "tpm";
  EXPECT_EQ(Verdict(CheckPasskeyCreation(Party(), Challenge(), VirtualPasskey().Create(ceremony))),
            "identity.passkey_attestation_refused{format=other}");
  ceremony.format = "packed";
  ceremony.spoil_signature = true;
  EXPECT_EQ(Verdict(CheckPasskeyCreation(Party(), Challenge(), VirtualPasskey().Create(ceremony))),
            "identity.passkey_invalid{problem=attestation signature}");
}

// Web Authentication Level 3, section 6.1.1.
TEST(PasskeySignCounter, MustGrowUnlessTheAuthenticatorDoesNotCount) {
  const VirtualPasskey passkey;
  const auto verdict = [&](std::uint32_t known, std::uint32_t sent) {
    Ceremony ceremony = VirtualPasskey::Assertion(Party(), Challenge());
    ceremony.sign_count = sent;
    return Verdict(CheckPasskeyAssertion(Party(), Challenge(), passkey.cose_key(), known, passkey.Assert(ceremony)));
  };
  EXPECT_EQ(verdict(0, 0), "accepted");
  EXPECT_EQ(verdict(0, 1), "accepted");
  EXPECT_EQ(verdict(7, 8), "accepted");
  EXPECT_EQ(verdict(7, 7), "identity.passkey_cloned");
  EXPECT_EQ(verdict(7, 6), "identity.passkey_cloned");
  EXPECT_EQ(verdict(7, 0), "identity.passkey_cloned");
}

// One ceremony signed with Python's `cryptography` 38 over challenge 00 01 02 … 1f: another implementation's ES256 and
// RS256.
constexpr const char* kClientData =
    "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiQUFFQ0F3UUZCZ2NJQ1FvTERBME9EeEFSRWhNVUZSWVhHQmthR3h3ZEhoOCIsIm9y"
    "aWdpbiI6Imh0dHBzOi8vcHJpdml0eS5leGFtcGxlLm9yZyIsImNyb3NzT3JpZ2luIjpmYWxzZX0";
constexpr const char* kAuthenticatorData = "v6vDdDKViwYzYNOtZGHJxHNa5_jt1GWSpeDwFFKy5LUdAAAABw";

struct OtherAuthenticator {
  const char* name;
  const char* public_key;
  const char* signature;
};

constexpr OtherAuthenticator kOthers[] = {
    {"ES256", "pQECAyYgASFYIGDrk-Pe4m6LmEuQlnsNd08B7mhy7_t5qQvJbdmniMJ0Ilggto6xifhllvTTkQk1cUxQdP7eSbwvluPj7iGOy7TDQ-4",
     "MEUCIQDszvChX_wMY5_7T2Dngigp_ZNr9g3zMvJQ-UKXh7Oa2QIgDHCgNBhPQC268tLznlRnHpji6IvAavomrdtz001UgOM"},
    {"RS256",
     "pAEDAzkBACBZAQDczs2gCMbeWn2bGP37GrJI0m40YiVxJLhSL2xr9bEGqcy0tX2AAedR5gsDtyPT4BONUDZG0gDOqpNiVnZw9EAnXxsXbqwHj5_"
     "14LIB2n8S0Uukqjxif0GiGc7EIN39e9sSRPPo4yJa04N5Q2t96Yuz8gYO0tS6T4d4dOJsgnMyWM-qlP3W0XEu3GcFNZiOB2E6XctnYFQjD2R4ei"
     "GaxP_mcqpRQLYKc2QsEksTzbRAIhGxHSIFM3YCbaRf5Hg2gwk_hQGiMVB1CPQMCr83j3mvgPTfL8z0r6hsU3-CcwHW7bXPgvtN-O-ltj4ylXjm5"
     "NN3dXPh2odOSjYgla9vEN_TIUMBAAE",
     "zudKNF9BmWqgDdGEKXA-5Vd3Ndca3v7PWf9_ccFeDYntxIsRdg3ROu-3emz8z1N8b1fl6nF-gAe9lyNoaw5lR5Nq1pwnHmkGTxf145XeH_Y030Y"
     "W0Z6a3o3beYsY04gX8Ui81R3-QAwrS1biR24Lu837e7Jpuq48ngv4y3Y4q3r5AgsJsAuK8befcbyuFhbIcchVAlu4YbxklB_C5jRTpDVGcC2Zrud"
     "fY9URBcU3719MbgGAnLFhGIopIzLsMqb3TyPWUHKXsbJ0hV8q0rDapTv581mo_tCQ6UMYNZXu4BQSCkLc7Sv23hBU-EWNx4oVB3Xp-tVofTs0N3"
     "YspNy4dw"},
};

TEST(PasskeyAssertion, OfOtherImplementationsAndAlgorithmsVerifies) {
  Bytes challenge;
  for (int i = 0; i < 32; ++i) challenge.push_back(static_cast<std::byte>(i));
  for (const OtherAuthenticator& other : kOthers) {
    const auto credential = [&](std::string authenticator_data) {
      return Json::Object({{"id", "AAAA"},
                           {"type", "public-key"},
                           {"response", Json::Object({{"clientDataJSON", kClientData},
                                                      {"authenticatorData", std::move(authenticator_data)},
                                                      {"signature", other.signature}})}});
    };
    const Bytes key = Base64UrlDecode(other.public_key).value();
    const auto proof = CheckPasskeyAssertion(Party(), challenge, key, 6, credential(kAuthenticatorData));
    ASSERT_TRUE(proof.ok()) << other.name << ": " << proof.error().DebugString();
    EXPECT_EQ(proof->sign_count, 7U);
    EXPECT_TRUE(proof->backed_up);
    std::string changed = kAuthenticatorData;
    changed.back() = 'g';  // sign count 8
    EXPECT_EQ(Verdict(CheckPasskeyAssertion(Party(), challenge, key, 6, credential(changed))),
              "identity.passkey_invalid{problem=signature}")
        << other.name;
  }
}

TEST(PasskeyClaim, TellsWhoseItMayBeBeforeAnythingIsChecked) {
  const VirtualPasskey passkey;
  const Json credential = passkey.Assert(VirtualPasskey::Assertion(Party(), Challenge()), AsBytes("handle"));
  const auto claim = ReadPasskeyClaim(credential);
  ASSERT_TRUE(claim.ok());
  EXPECT_EQ(claim->credential_id, passkey.credential_id());
  EXPECT_EQ(claim->challenge, Challenge());
  EXPECT_EQ(AsText(claim->user_handle), "handle");
}

// Every prefix of a good message is refused, never read past its end.
TEST(PasskeyCreation, CutOffAnywhereIsRefused) {
  const Json whole = VirtualPasskey().Create(VirtualPasskey::Creation(Party(), Challenge()));
  const Bytes object = Base64UrlDecode(*whole["response"]["attestationObject"].string()).value();
  for (std::size_t size = 0; size < object.size(); ++size) {
    Json response = whole["response"];
    response.Set("attestationObject", Base64UrlEncode(BytesView(object).first(size)));
    Json cut = whole;
    cut.Set("response", response);
    EXPECT_FALSE(CheckPasskeyCreation(Party(), Challenge(), cut).ok()) << size;
  }
}

struct CborRow {
  const char* name;
  const char* hex;
  bool accepted;
};

// The accepted rows and the longer encodings are from RFC 8949 appendix A and section 4.2.1.
constexpr CborRow kCborRows[] = {
    {"zero", "00", true},
    {"23", "17", true},
    {"24", "1818", true},
    {"24 in one byte would be 23", "1817", false},
    {"1000000000000", "1b000000e8d4a51000", true},
    {"a small number in eight bytes", "1b0000000000000001", false},
    {"over int64", "1bffffffffffffffff", false},
    {"minus 1000", "3903e7", true},
    {"bytes 01020304", "4401020304", true},
    {"bytes cut off", "44010203", false},
    {"bytes longer than memory", "5bffffffffffffffff00", false},
    {"text", "6449455446", true},
    {"text that is not UTF-8", "62c328", false},
    {"array [1, [2, 3]]", "8201820203", true},
    {"array that promises a billion items", "9a3b9aca00", false},
    {"map {\"a\": 1}", "a1616101", true},
    {"map with a repeated key", "a2616101616102", false},
    {"map with an array as key", "a1800100", false},
    {"indefinite array", "9f01ff", false},
    {"indefinite text", "7f6161ff", false},
    {"tag", "c11a514b67b0", false},
    {"half float", "f93c00", false},
    {"true", "f5", true},
    {"null", "f6", true},
    {"undefined", "f7", false},
    {"a byte too many", "0000", false},
    {"eight deep", "8181818181818100", true},
    {"nine deep", "818181818181818100", false},
    {"nothing", "", false},
};

TEST(Cbor, AcceptsTheCanonicalFormOnly) {
  for (const CborRow& row : kCborRows) {
    EXPECT_EQ(ReadCbor(HexDecode(row.hex).value()).ok(), row.accepted) << row.name;
  }
}

TEST(Cbor, CountsTheItemsOfTheWholeDocument) {
  Bytes many = HexDecode("84").value();
  for (int part = 0; part < 4; ++part) {
    const Bytes head = HexDecode("990100").value();
    many.insert(many.end(), head.begin(), head.end());
    many.insert(many.end(), 256, std::byte{0});
  }
  EXPECT_FALSE(ReadCbor(many).ok());
}

}  // namespace
}  // namespace privity
