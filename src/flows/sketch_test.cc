#include "flows/sketch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "flows/forms.h"

namespace privity {
namespace {

// Of the numbers from `from` until `until`, under a key that all sketches here share.
ValueSketch SketchOf(int from, int until) {
  static const ValueHash hash(Key::Random());
  ValueSketch sketch;
  for (int i = from; i < until; ++i) sketch.Add(hash.Of(std::to_string(i)));
  sketch.Finish();
  return sketch;
}

TEST(ValueSketch, FewValuesAreCountedAndComparedExactly) {
  const ValueSketch hundred = SketchOf(0, 100), half = SketchOf(50, 100), other = SketchOf(200, 300);
  EXPECT_TRUE(hundred.is_whole());
  EXPECT_EQ(hundred.Distinct(), 100);
  EXPECT_DOUBLE_EQ(OverlapOf(hundred, half).of_first, 0.5);
  EXPECT_DOUBLE_EQ(OverlapOf(half, hundred).of_first, 1);
  EXPECT_DOUBLE_EQ(OverlapOf(hundred, other).of_first, 0);
  EXPECT_EQ(OverlapOf(ValueSketch(), hundred).compared, 0);
}

TEST(ValueSketch, RepeatedValuesCountOnce) {
  ValueSketch sketch;
  for (int i = 0; i < 20'000; ++i) sketch.Add(static_cast<std::uint64_t>(i % 10));
  sketch.Finish();
  EXPECT_EQ(sketch.Distinct(), 10);
}

// Four standard errors around the truth: 1 / sqrt(4096) of the number of values, sqrt(p(1-p)/n) of a share.
TEST(ValueSketch, ManyValuesAreEstimatedWithinWhatTheirSizeAllows) {
  const ValueSketch many = SketchOf(0, 200'000), some = SketchOf(150'000, 350'000);
  EXPECT_FALSE(many.is_whole());
  EXPECT_EQ(many.hashes().size(), ValueSketch::kHashesMax);
  EXPECT_NEAR(static_cast<double>(many.Distinct()), 200'000, 4 * 200'000 / 64.0);
  const SketchOverlap overlap = OverlapOf(many, some);
  EXPECT_GT(overlap.compared, 3'000);
  EXPECT_NEAR(overlap.of_first, 0.25, 4 * std::sqrt(0.25 * 0.75 / static_cast<double>(overlap.compared)));
}

TEST(ValueSketch, AFieldInsideAMuchLargerOneIsRecognized) {
  const ValueSketch small = SketchOf(1'000, 21'000), large = SketchOf(0, 200'000);
  EXPECT_DOUBLE_EQ(OverlapOf(small, large).of_first, 1);
}

TEST(ValueSketch, ItsBytesAreReadBackAndDamageIsNoticed) {
  const ValueSketch sketch = SketchOf(0, 10'000);
  const Bytes bytes = sketch.ToBytes();
  EXPECT_EQ(ValueSketch::FromBytes(bytes)->hashes(), sketch.hashes());
  EXPECT_EQ(ValueSketch::FromBytes(BytesView(bytes).first(9)).error().code(), "flows.sketch_damaged");
  Bytes turned(bytes.rbegin(), bytes.rend());
  EXPECT_EQ(ValueSketch::FromBytes(turned).error().code(), "flows.sketch_damaged");
}

TEST(ValueHash, AnotherKeyGivesOtherHashes) {
  EXPECT_NE(ValueHash(Key::Random()).Of("ana@example.org"), ValueHash(Key::Random()).Of("ana@example.org"));
}

// Known answers, made with `printf 'pepperana@example.org' | sha256sum` and its like, and with `openssl dgst -hmac`.
TEST(HashedWith, IsWhatTheCompanysProgramsWrite) {
  const auto hashed = [](SaltedHash hash) {
    return HashedWith({.id = "1", .hash = hash, .salt = SecretString("pepper")}, "ana@example.org");
  };
  EXPECT_EQ(hashed(SaltedHash::kSaltThenValue), "0469b5958adea241c0ce5c697666fc26c64ec689628479d3a4fe7a4f8d502001");
  EXPECT_EQ(hashed(SaltedHash::kValueThenSalt), "b30ecdf569a8ea6cfbb956fc40a0ef8ad75cad3c32748a1fef83f8964453bf7a");
  EXPECT_EQ(hashed(SaltedHash::kHmac), "dcb5e7bb39eb8149030695d31652094ad901a32cfa88f565a58b371ec1d90383");
}

TEST(ValueSketch, PartsTogetherAreTheSketchOfTheWhole) {
  ValueSketch whole, merged;
  std::vector<ValueSketch> parts(3);
  for (std::uint64_t i = 0; i < 30'000; ++i) {
    const std::uint64_t hash = (i % 20'000 + 1) * 0x9E3779B97F4A7C15ULL;
    whole.Add(hash);
    parts[i % 3].Add(hash);
  }
  whole.Finish();
  for (ValueSketch& part : parts) {
    part.Finish();
    merged.Merge(part);
  }
  EXPECT_EQ(merged.hashes(), whole.hashes());
  EXPECT_FALSE(merged.is_whole());
}

}  // namespace
}  // namespace privity
