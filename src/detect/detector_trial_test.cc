// A company's own detector files.
#include "detect/detector_trial.h"

#include <gtest/gtest.h>

namespace privity {
namespace {

std::string CustomerNumber(const std::string& pattern, const std::string& examples) {
  return "pack:\n  kind: detector\n  id: acme-customer\n  version: 2026.1\n  title: Customer number of Acme\n"
         "  sources:\n    - title: Acme's handbook\n"
         "entity: other_id\ncategory: user.unique_id\n"
         "text:\n  shape: token\n  patterns: ['" +
         pattern + "']\nexamples: [" + examples + "]\ncounter_examples: [\"part ACMX-12\"]\n";
}

TEST(OwnDetectors, AreUsedBesideThoseInTheProgram) {
  const auto detector = DetectorWith(
      {{.path = "acme.yaml", .text = CustomerNumber("ACM-[0-9]{6}", "\"order of ACM-204118\""), .installed = true}});
  ASSERT_TRUE(detector.ok()) << detector.error().code();
  const auto spans = (*detector)->Text("order of ACM-204118 for ana@example.org");
  ASSERT_EQ(spans.size(), 2u);
  EXPECT_EQ(spans[0].detector, "acme-customer");
  EXPECT_EQ(spans[1].detector, "email");
}

TEST(OwnDetectors, FindWhatStandsBehindTheirLabels) {
  const std::string file =
      "pack:\n  kind: detector\n  id: acme-reader\n  version: 2026.1\n  title: Reader of Acme\n"
      "  sources:\n    - title: Acme's handbook\n"
      "entity: other_id\ncategory: user.unique_id\n"
      "fields:\n  names: [reader card]\n  labels: [leihkarte der bücherei, читательский билет]\n";
  const auto detector = DetectorWith({{.path = "acme.yaml", .text = file, .installed = true}});
  ASSERT_TRUE(detector.ok()) << detector.error().code();
  for (const char* text : {"Leihkarte der Bücherei: B-204118", "читательский билет № 204118"}) {
    const auto spans = (*detector)->Text(text);
    ASSERT_EQ(spans.size(), 1u) << text;
    EXPECT_EQ(spans[0].detector, "acme-reader");
  }
}

TEST(OwnDetectors, AreHeldToTheirExamples) {
  const auto detector = DetectorWith(
      {{.path = "acme.yaml", .text = CustomerNumber("ACM-[0-9]{6}", "\"order of BCM-204118\""), .installed = true}});
  ASSERT_TRUE(detector.ok());
  const auto& files = (*detector)->files();
  const auto own =
      std::find_if(files.begin(), files.end(), [](const auto& f) { return f->pack.id == "acme-customer"; });
  const auto misses = TryExamples(**detector, **own);
  ASSERT_EQ(misses.size(), 1u);
  EXPECT_EQ(misses[0].kind, ExampleKind::kExample);
  EXPECT_EQ(misses[0].example, "order of BCM-204118");
}

TEST(OwnDetectors, AWrongFileIsRefusedWithItsPlace) {
  EXPECT_EQ(DetectorWith({{.path = "acme.yaml", .text = "pack: [", .installed = true}}).error().Parameter("file"),
            "acme.yaml");
  const auto pattern =
      DetectorWith({{.path = "acme.yaml", .text = CustomerNumber("ACM-(a|b)+", "\"ACM-a\""), .installed = true}});
  EXPECT_EQ(pattern.error().code(), "detect.pattern");
  EXPECT_EQ(pattern.error().Parameter("detector"), "acme-customer");
}

// Nested repeats are what makes other engines slow; there is no way to write one.
TEST(OwnDetectors, NoPatternIsSlow) {
  const auto detector = DetectorWith(
      {{.path = "acme.yaml", .text = CustomerNumber("a{1,512}a{1,512}a{1,512}b", "\"aaab\""), .installed = true}});
  ASSERT_TRUE(detector.ok()) << detector.error().code();
  EXPECT_TRUE((*detector)->Text(std::string(100'000, 'a')).empty());
}

TEST(OwnDetectors, WhoWouldHoldUpAScanIsRefusedByName) {
  std::string pattern;
  for (int i = 0; i < 40; ++i) pattern += "[a-z]+";
  const auto detector =
      DetectorWith({{.path = "acme.yaml", .text = CustomerNumber(pattern, "\"aaab\""), .installed = true}});
  ASSERT_FALSE(detector.ok());
  EXPECT_EQ(detector.error().code(), "detect.too_slow");
  EXPECT_EQ(detector.error().Parameter("detector"), "acme-customer");
  EXPECT_EQ(detector.error().Parameter("pattern"), pattern);
}

}  // namespace
}  // namespace privity
