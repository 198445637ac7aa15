#include "settings/portal_face.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/bytes.h"
#include "settings/testing/settings_test_base.h"

namespace privity {
namespace {

TEST(Contrast, IsThatOfWcag) {
  EXPECT_NEAR(ContrastOf("#000000", "#ffffff").value(), 21.0, 0.001);
  EXPECT_NEAR(ContrastOf("#ffffff", "#ffffff").value(), 1.0, 0.001);
  // The two grays that stand on either side of 4.5:1 on white, as every checker of contrast says.
  EXPECT_GE(ContrastOf("#767676", "#ffffff").value(), 4.5);
  EXPECT_LT(ContrastOf("#777777", "#ffffff").value(), 4.5);
}

class PortalFaceTest : public SettingsTestBase {
 protected:
  void SetUp() override {
    SettingsTestBase::SetUp();
    if (IsSkipped()) return;
    faces_ = std::make_unique<PortalFaces>(*ledger_, clock());
  }
  void TearDown() override {
    faces_.reset();
    SettingsTestBase::TearDown();
  }
  Result<PortalFace> Put(const PortalFace& face, std::optional<std::int64_t> expected = {}) {
    return store().Write([&](WriteTx& tx) {
      return faces_->Put(tx, {.kind = ActorKind::kOperator, .id = "uid-0"}, "r1", face, expected);
    });
  }
  PortalFace Get() {
    return store().Read([&](ReadTx& tx) { return faces_->Get(tx); }).value();
  }
  std::string Refusal(const PortalFace& face) {
    const auto put = Put(face);
    return put.ok() ? "" : put.error().code();
  }

 private:
  std::unique_ptr<PortalFaces> faces_;
};
PRIVITY_ON_EVERY_STORE(PortalFaceTest);

// Plain but for one member.
template <class Member, class Value>
PortalFace With(Member PortalFace::*member, Value value) {
  PortalFace face;
  face.*member = std::move(value);
  return face;
}

std::string Picture(std::string_view kind, std::string_view bytes) {
  return "data:" + std::string(kind) + ";base64," + Base64Encode(AsBytes(bytes));
}
constexpr std::string_view kPng = "\x89PNG\r\n\x1a\n and more";

TEST_P(PortalFaceTest, IsPlainUntilSomebodySetsIt) {
  EXPECT_EQ(Get().version, 0);
  EXPECT_FALSE(Get().show_holdings);
}

TEST_P(PortalFaceTest, KeepsWhatWasPut) {
  const PortalFace face{.name = "Example Shop",
                        .accent = "#155b4c",
                        .accent_dark = "#8ac4b4",
                        .logo = Picture("image/png", kPng),
                        .show_holdings = true};
  const auto put = Put(face);
  ASSERT_TRUE(put.ok()) << put.error().DebugString();
  EXPECT_EQ(ToJson(Get()), ToJson(*put));
  EXPECT_EQ(Get().version, 1);
  EXPECT_EQ(Put(face, 0).error().code(), "settings.changed_meanwhile");
}

TEST_P(PortalFaceTest, RefusesColorsThatAreHardToRead) {
  EXPECT_EQ(Refusal(With(&PortalFace::accent, "#777777")), "settings.color_faint");
  EXPECT_EQ(Refusal(With(&PortalFace::accent, "#767676")), "");
  EXPECT_EQ(Refusal(With(&PortalFace::accent_dark, "#767676")), "settings.color_faint")
      << "each on the surface of its own theme";
  for (const char* color : {"green", "#12345", "#12345g", "#-12345", "#+12345", "1234567"}) {
    EXPECT_EQ(Refusal(With(&PortalFace::accent, color)), "settings.color_invalid") << color;
  }
}

TEST_P(PortalFaceTest, RefusesPicturesThatCouldAct) {
  EXPECT_EQ(Refusal(With(&PortalFace::logo, Picture("image/svg+xml", "<svg/>"))), "settings.logo_invalid");
  EXPECT_EQ(Refusal(With(&PortalFace::logo, Picture("image/png", "<svg/>       "))), "settings.logo_invalid")
      << "not what it says";
  EXPECT_EQ(Refusal(With(&PortalFace::logo, "https://example.org/logo.png")), "settings.logo_invalid");
  EXPECT_EQ(Refusal(With(&PortalFace::logo, "data:image/png;base64,%%%")), "settings.logo_invalid");
  const std::string large = std::string(kPng) + std::string(kPortalLogoBytesMax, 'x');
  EXPECT_EQ(Refusal(With(&PortalFace::logo, Picture("image/png", large))), "settings.logo_invalid");
  EXPECT_EQ(Refusal(With(&PortalFace::logo, Picture("image/webp", "RIFF1234WEBPVP8 "))), "");
}

}  // namespace
}  // namespace privity
