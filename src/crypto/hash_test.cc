#include "crypto/hash.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "crypto/key.h"

namespace privity {
namespace {

Bytes Hex(std::string_view text) {
  return *HexDecode(text);
}
std::string Repeated(char byte, std::size_t count) {
  return std::string(count, byte);
}

// FIPS 180-4 examples, as published with the standard (NIST, "SHA256.pdf") and in RFC 6234 section 8.5.
TEST(Sha256, GivesTheStandardsAnswers) {
  EXPECT_EQ(HexEncode(Sha256(AsBytes(""))), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(HexEncode(Sha256(AsBytes("abc"))), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(HexEncode(Sha256(AsBytes("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"))),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(Sha256, OfPartsAndOfAStreamIsThatOfTheWhole) {
  const Sha256Digest whole = Sha256(AsBytes("abc"));
  EXPECT_EQ(Sha256({AsBytes("a"), AsBytes(""), AsBytes("bc")}), whole);
  Sha256Hasher hasher;
  hasher.Update(AsBytes("ab"));
  hasher.Update(AsBytes("c"));
  EXPECT_EQ(hasher.Finish(), whole);
}

// RFC 4231 sections 4.2 to 4.4 and 4.7.
TEST(HmacSha256, GivesTheAnswersOfRfc4231) {
  struct Row {
    const char* name;
    Bytes key;
    Bytes data;
    const char* mac;
  };
  const Row rows[] = {
      {"short key", Bytes(20, std::byte{0x0b}), ToBytes("Hi There"),
       "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
      {"text key", ToBytes("Jefe"), ToBytes("what do ya want for nothing?"),
       "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
      {"50 bytes of data", Bytes(20, std::byte{0xaa}), Bytes(50, std::byte{0xdd}),
       "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
      {"key longer than a block", Bytes(131, std::byte{0xaa}),
       ToBytes("Test Using Larger Than Block-Size Key - Hash Key First"),
       "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
  };
  for (const Row& row : rows) EXPECT_EQ(HexEncode(HmacSha256(row.key, row.data)), row.mac) << row.name;
}

TEST(HmacSha256, AnEmptyKeyIsAKeyAndNotTheOneBefore) {
  // HMAC_SHA256("", ""), as Python's hmac module and OpenSSL's command give it.
  const auto answer = "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad";
  EXPECT_EQ(HexEncode(HmacSha256({}, BytesView())), answer);
  (void)HmacSha256(AsBytes("another key"), AsBytes("data"));
  EXPECT_EQ(HexEncode(HmacSha256({}, BytesView())), answer);
}

// RFC 5869 appendix A.1 to A.3.
TEST(Hkdf, GivesTheAnswersOfRfc5869) {
  EXPECT_EQ(HexEncode(HkdfSha256(Bytes(22, std::byte{0x0b}), Hex("000102030405060708090a0b0c"),
                                 Hex("f0f1f2f3f4f5f6f7f8f9"), 42)),
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
  Bytes input, salt, info;
  for (int i = 0; i < 80; ++i) {
    input.push_back(std::byte(i));
    salt.push_back(std::byte(0x60 + i));
    info.push_back(std::byte(0xb0 + i));
  }
  EXPECT_EQ(HexEncode(HkdfSha256(input, salt, info, 82)),
            "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09"
            "da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87");
  EXPECT_EQ(HexEncode(HkdfSha256(Bytes(22, std::byte{0x0b}), {}, {}, 42)),
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
}

// RFC 2202 section 3, cases 1 and 2.
TEST(HmacSha1, GivesTheAnswersOfRfc2202) {
  EXPECT_EQ(HexEncode(HmacSha1(Bytes(20, std::byte{0x0b}), AsBytes("Hi There"))),
            "b617318655057264e28bc0b6fb378c8ef146be00");
  EXPECT_EQ(HexEncode(HmacSha1(AsBytes("Jefe"), AsBytes("what do ya want for nothing?"))),
            "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
}

TEST(Sha256, ThreadsDoNotDisturbEachOther) {
  const std::string data = Repeated('a', 1000);
  const Sha256Digest expected = Sha256(AsBytes(data));
  const Sha256Digest expected_mac = HmacSha256(AsBytes("key"), AsBytes(data));
  std::atomic<int> wrong = 0;
  std::vector<std::jthread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 500; ++i) {
        wrong += Sha256(AsBytes(data)) != expected;
        wrong += HmacSha256(AsBytes("key"), AsBytes(data)) != expected_mac;
      }
    });
  }
  threads.clear();
  EXPECT_EQ(wrong, 0);
}

TEST(Key, IsExactlyThirtyTwoBytes) {
  EXPECT_TRUE(Key::FromBytes(Bytes(32)).ok());
  EXPECT_EQ(Key::FromBytes(Bytes(31)).error(), Error("crypto.key_size", {{"bytes", "31"}, {"expected", "32"}}));
  EXPECT_EQ(Key::FromBytes(Bytes(33)).error().code(), "crypto.key_size");
}

TEST(Key, DerivedKeysDifferByPurposeAndByParent) {
  const Key parent = Key::Random();
  EXPECT_EQ(DeriveKey(parent, "a"), DeriveKey(parent, "a"));
  EXPECT_FALSE(DeriveKey(parent, "a") == DeriveKey(parent, "b"));
  EXPECT_FALSE(DeriveKey(parent, "a") == DeriveKey(Key::Random(), "a"));
}

}  // namespace
}  // namespace privity
