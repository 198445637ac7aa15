#include "crypto/signature.h"

#include <gtest/gtest.h>

#include "crypto/one_time_password.h"
#include "crypto/public_key.h"

namespace privity {
namespace {

Bytes Hex(std::string_view text) {
  return *HexDecode(text);
}
Bytes Url(std::string_view text) {
  return *Base64UrlDecode(text);
}

// RFC 8032 section 7.1, tests 1 to 3.
TEST(Ed25519, GivesTheAnswersOfRfc8032) {
  struct Row {
    const char *seed, *public_key, *message, *signature;
  };
  const Row rows[] = {
      {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
       "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
       "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
       "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"},
      {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
       "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
       "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
       "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"},
      {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
       "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
       "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
       "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"},
  };
  for (const Row& row : rows) {
    const SigningKey key = SigningKey::FromSeed(*Key::FromBytes(Hex(row.seed)));
    EXPECT_EQ(HexEncode(key.verify_key().bytes()), row.public_key);
    EXPECT_EQ(HexEncode(key.Sign(Hex(row.message))), row.signature);
    const VerifyKey verify_key = *VerifyKey::FromBytes(Hex(row.public_key));
    EXPECT_TRUE(verify_key.Verify(Hex(row.message), Hex(row.signature)));
    EXPECT_FALSE(verify_key.Verify(AsBytes("another message"), Hex(row.signature)));
  }
}

TEST(Ed25519, RefusesChangedSignaturesAndStrangeKeys) {
  const SigningKey key = SigningKey::FromSeed(Key::Random());
  const Ed25519Signature signature = key.Sign(AsBytes("message"));
  for (std::size_t bit = 0; bit < signature.size() * 8; ++bit) {
    Ed25519Signature changed = signature;
    changed[bit / 8] ^= std::byte(1 << (bit % 8));
    EXPECT_FALSE(key.verify_key().Verify(AsBytes("message"), changed)) << "bit " << bit;
  }
  EXPECT_FALSE(key.verify_key().Verify(AsBytes("message"), BytesView(signature).first(63)));
  EXPECT_FALSE(key.verify_key().Verify(AsBytes("message"), {}));
  // The neutral element as a key, with which every message would verify under a careless rule.
  const VerifyKey neutral =
      *VerifyKey::FromBytes(Hex("0100000000000000000000000000000000000000000000000000000000000000"));
  Bytes forged = Hex("0100000000000000000000000000000000000000000000000000000000000000");
  forged.resize(64);
  EXPECT_FALSE(neutral.Verify(AsBytes("message"), forged));
  EXPECT_EQ(VerifyKey::FromBytes(Bytes(33)).error().code(), "crypto.key_size");
}

constexpr std::string_view kPayload =
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

// RFC 7515 appendix A.3.
struct Es256Vector {
  Bytes x = Url("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU");
  Bytes y = Url("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0");
  Bytes message = ToBytes("eyJhbGciOiJFUzI1NiJ9." + std::string(kPayload));
  Bytes joined = Url("DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q");
  Bytes der =
      Hex("304502200ed1215379636c483c2f7f155807d402a3b228033af97c7e17819ac3169ea665022100c50a07d38c3c70e5d8f12daf084a54"
          "80a665"
          "90c5f293509a8f3f7f8a83a354d5");
};

TEST(Es256, AcceptsTheSignatureOfRfc7515InBothForms) {
  const Es256Vector v;
  EXPECT_TRUE(VerifyEs256(v.x, v.y, v.message, v.joined, EcdsaForm::kJoined));
  EXPECT_TRUE(VerifyEs256(v.x, v.y, v.message, v.der, EcdsaForm::kDer));
}

TEST(Es256, RefusesEverythingElse) {
  const Es256Vector v;
  EXPECT_FALSE(VerifyEs256(v.x, v.y, AsBytes("another message"), v.joined, EcdsaForm::kJoined));
  EXPECT_FALSE(VerifyEs256(v.x, v.y, v.message, v.joined, EcdsaForm::kDer));
  EXPECT_FALSE(VerifyEs256(v.x, v.y, v.message, v.der, EcdsaForm::kJoined));
  // CVE-2022-21449, "psychic signatures": r = s = 0 verified under every key.
  EXPECT_FALSE(VerifyEs256(v.x, v.y, v.message, Bytes(64), EcdsaForm::kJoined));
  EXPECT_FALSE(VerifyEs256(v.x, v.y, v.message, Hex("3006020100020100"), EcdsaForm::kDer));
  EXPECT_FALSE(VerifyEs256(v.x, v.y, v.message, BytesView(v.joined).first(63), EcdsaForm::kJoined));
  EXPECT_FALSE(VerifyEs256(v.x, v.y, v.message, {}, EcdsaForm::kDer));
  // A point that is not on the curve, and coordinates of another length.
  Bytes off_curve = v.y;
  off_curve.back() ^= std::byte{1};
  EXPECT_FALSE(VerifyEs256(v.x, off_curve, v.message, v.joined, EcdsaForm::kJoined));
  EXPECT_FALSE(VerifyEs256(v.x, BytesView(v.y).first(31), v.message, v.joined, EcdsaForm::kJoined));
  for (std::size_t byte = 0; byte < v.joined.size(); ++byte) {
    Bytes changed = v.joined;
    changed[byte] ^= std::byte{1};
    EXPECT_FALSE(VerifyEs256(v.x, v.y, v.message, changed, EcdsaForm::kJoined)) << "byte " << byte;
  }
}

// RFC 7515 appendix A.2.
TEST(Rs256, AcceptsTheSignatureOfRfc7515AndNoOther) {
  const Bytes modulus =
      Url("ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-"
          "SFd2lZS-pCg"
          "NMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-"
          "UTo7WTBEMa2R2CapHg665"
          "xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_"
          "h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuX"
          "poQ");
  const Bytes exponent = Url("AQAB");
  const Bytes message = ToBytes("eyJhbGciOiJSUzI1NiJ9." + std::string(kPayload));
  const Bytes signature =
      Url("cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_"
          "O8W2Fp5jujGbds9uJdbF9CUAr7t1"
          "dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--"
          "xi12jzD"
          "wusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_"
          "IoypGlUPQGe7"
          "7Rw");
  EXPECT_TRUE(VerifyRs256(modulus, exponent, message, signature));
  EXPECT_FALSE(VerifyRs256(modulus, exponent, AsBytes("another message"), signature));
  EXPECT_FALSE(VerifyRs256(modulus, exponent, message, BytesView(signature).first(255)));
  EXPECT_FALSE(VerifyRs256(modulus, Bytes{std::byte{1}}, message, signature)) << "exponent 1 signs nothing";
  EXPECT_FALSE(VerifyRs256(BytesView(modulus).first(128), exponent, message, signature)) << "1024 bits are too few";
  EXPECT_FALSE(VerifyRs256({}, {}, message, signature));
}

// RFC 4226 appendix D.
TEST(Hotp, GivesTheAnswersOfRfc4226) {
  const Bytes secret = ToBytes("12345678901234567890");
  const char* codes[] = {"755224", "287082", "359152", "969429", "338314",
                         "254676", "287922", "162583", "399871", "520489"};
  for (std::uint64_t counter = 0; counter < 10; ++counter) EXPECT_EQ(HotpCode(secret, counter, 6), codes[counter]);
}

// RFC 6238 appendix B, the SHA-1 rows.
TEST(Totp, GivesTheAnswersOfRfc6238) {
  struct Row {
    const char *time, *code;
  };
  const Row rows[] = {{"1970-01-01T00:00:59Z", "94287082"}, {"2005-03-18T01:58:29Z", "07081804"},
                      {"2005-03-18T01:58:31Z", "14050471"}, {"2009-02-13T23:31:30Z", "89005924"},
                      {"2033-05-18T03:33:20Z", "69279037"}, {"2603-10-11T11:33:20Z", "65353130"}};
  for (const Row& row : rows) {
    EXPECT_EQ(HotpCode(ToBytes("12345678901234567890"), TotpStep(*ParseInstant(row.time)), 8), row.code) << row.time;
  }
}

}  // namespace
}  // namespace privity
