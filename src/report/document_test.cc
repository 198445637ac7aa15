#include "report/document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

namespace privity {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

ByteSink Into(std::string& out) {
  return [&out](BytesView bytes) {
    out += AsText(bytes);
    return Ok();
  };
}

DocumentTable LongTable(int rows) {
  DocumentTable table{.caption = "Processing activities",
                      .columns = {{.title = "Number"}, {.title = "Purpose", .share = 3}},
                      .rows = {}};
  for (int i = 1; i <= rows; ++i) table.rows.push_back({"row " + std::to_string(i), "Delivery of orders"});
  return table;
}

std::string Html(const std::function<Status(DocumentWriter&)>& write, const DocumentInfo& info = {.title = "T"}) {
  std::string out;
  const auto writer = MakeHtmlWriter(info, Into(out));
  const Status status = write(*writer);
  EXPECT_TRUE(status.ok()) << status.error().DebugString();
  EXPECT_TRUE(writer->Finish().ok());
  return out;
}

TEST(Html, EverythingIsTextAndNothingMarkup) {
  const std::string hostile = "</td></table><script>alert(1)</script><img src=x onerror='a'>\"&\x01";
  const std::string html = Html(
      [&](DocumentWriter& writer) -> Status {
        PRIVITY_TRY_VOID(writer.Heading(1, hostile));
        PRIVITY_TRY_VOID(writer.Paragraph(hostile));
        PRIVITY_TRY_VOID(writer.List(std::vector<std::string>{hostile}));
        PRIVITY_TRY_VOID(writer.Link(hostile, "https://example.org/?a=1&b=2"));
        return writer.Table({.caption = hostile, .columns = {{.title = hostile}}, .rows = {{hostile}}});
      },
      {.title = hostile, .language = "en\" onload=\"x"});
  EXPECT_THAT(html, AllOf(Not(HasSubstr("<script")), Not(HasSubstr("<img")), Not(HasSubstr("\" onload")),
                          Not(HasSubstr("\x01"))));
  EXPECT_THAT(html, HasSubstr("&lt;script&gt;alert(1)&lt;/script&gt;"));
  EXPECT_THAT(html, HasSubstr("href=\"https://example.org/?a=1&amp;b=2\""));
}

TEST(Html, TablesHaveACaptionAndColumnHeadersAndTheLanguageItsDirection) {
  const std::string html =
      Html([](DocumentWriter& writer) { return writer.Table(LongTable(1)); }, {.title = "T", .language = "ar"});
  EXPECT_THAT(html, HasSubstr("<html lang=\"ar\" dir=\"rtl\">"));
  EXPECT_THAT(html, HasSubstr("<caption dir=\"auto\">Processing activities</caption>"));
  EXPECT_THAT(html, HasSubstr("<th scope=\"col\" dir=\"auto\">Purpose</th>"));
  EXPECT_THAT(html, HasSubstr("default-src 'none'"));
}

template <class Make>
void RefusesWhatCannotBeShown(Make make) {
  std::string out;
  const auto writer = make({.title = "T"}, Into(out));
  for (const char* url : {"javascript:alert(1)", "data:text/html,x", "HTTPS://x\"", "https://x y", "https://x'",
                          "vbscript:x", "/relative", ""}) {
    EXPECT_TRUE(writer->Link("x", url).error().Is("report.link_refused")) << url;
  }
  EXPECT_TRUE(writer->Paragraph("\xff").error().Is("report.text_invalid"));
  EXPECT_EQ(
      writer->Table({.caption = "c", .columns = {{.title = "a"}}, .rows = {{"x"}, {"x", "y"}}}).error().DebugString(),
      "report.row_width{row=2}");
  EXPECT_EQ(writer->Table({.caption = "c", .columns = {{.title = "a"}}, .rows = {{"\xff"}}}).error().DebugString(),
            "report.text_invalid{row=1, column=1}");
}

TEST(Html, RefusesScriptLinksAndBrokenText) {
  RefusesWhatCannotBeShown(&MakeHtmlWriter);
}
TEST(Pdf, RefusesScriptLinksAndBrokenText) {
  RefusesWhatCannotBeShown(&MakePdfWriter);
}

// What poppler and qpdf, which we did not write, say of a file of ours.
class PdfTest : public testing::Test {
 protected:
  void SetUp() override {
    if (std::system("command -v pdfinfo pdftotext pdffonts qpdf >/dev/null 2>&1") != 0) {
      GTEST_SKIP() << "needs pdfinfo, pdftotext, pdffonts (poppler-utils) and qpdf";
    }
    char pattern[] = "/tmp/privity-pdf-XXXXXX";
    ASSERT_NE(mkdtemp(pattern), nullptr);
    directory_ = pattern;
  }
  void TearDown() override {
    if (!directory_.empty()) std::filesystem::remove_all(directory_);
  }

  void Write(const std::function<Status(DocumentWriter&)>& write, const DocumentInfo& info) {
    bytes_.clear();
    const auto writer = MakePdfWriter(info, Into(bytes_));
    const Status status = write(*writer);
    ASSERT_TRUE(status.ok()) << status.error().DebugString();
    ASSERT_TRUE(writer->Finish().ok());
    std::ofstream(directory_ + "/a.pdf", std::ios::binary) << bytes_;
  }

  std::string Ask(const std::string& before, const std::string& after = "") const {
    std::FILE* pipe = popen((before + " " + directory_ + "/a.pdf " + after + " 2>&1").c_str(), "r");
    std::string said;
    for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) said += static_cast<char>(c);
    const int code = pclose(pipe);
    return code == 0 ? said : "exit code " + std::to_string(code) + ": " + said;
  }

  std::string directory_;
  std::string bytes_;
};

TEST_F(PdfTest, IsTaggedTitledAndSound) {
  Write(
      [](DocumentWriter& writer) -> Status {
        PRIVITY_TRY_VOID(writer.Heading(1, "Certificate"));
        PRIVITY_TRY_VOID(writer.Heading(2, "What was done"));
        PRIVITY_TRY_VOID(writer.Paragraph("All records were erased."));
        PRIVITY_TRY_VOID(writer.List(std::vector<std::string>{"first", "second"}));
        PRIVITY_TRY_VOID(writer.Link("How to verify", "https://example.org/verify"));
        return writer.Table(LongTable(2));
      },
      {.title = "Certificate of erasure", .language = "en-GB"});
  EXPECT_THAT(Ask("qpdf --check"), HasSubstr("No syntax or stream encoding errors"));
  EXPECT_THAT(Ask("pdfinfo"),
              AllOf(HasSubstr("Title:           Certificate of erasure"), HasSubstr("Tagged:          yes")));
  EXPECT_THAT(Ask("qpdf --qdf", "-"),
              AllOf(HasSubstr("/Lang (en-GB)"), HasSubstr("/DisplayDocTitle true"), HasSubstr("/Outlines")));
  const std::string structure = Ask("pdfinfo -struct-text");
  for (const char* part :
       {"  H1 (block)\n    \"Certificate\"", "  H2 (block)\n    \"What was done\"",
        "  P (block)\n    \"All records were erased.\"", "  L (block)\n    LI (block)\n      \"• first\"",
        "Link (inline)", "TH\n        \"Purpose\"", "TD\n        \"row 2\""}) {
    EXPECT_THAT(structure, HasSubstr(part));
  }
  EXPECT_THAT(Ask("pdfinfo -url"), HasSubstr("https://example.org/verify"));
}

TEST_F(PdfTest, ATableBreaksAcrossPagesRepeatsItsHeaderAndLosesNoRow) {
  Write([](DocumentWriter& writer) { return writer.Table(LongTable(200)); }, {.title = "Register"});
  const std::string text = Ask("pdftotext -layout", "-");
  for (int i = 1; i <= 200; ++i) EXPECT_THAT(text, HasSubstr("row " + std::to_string(i) + " "));
  const auto pages = std::count(text.begin(), text.end(), '\f');
  EXPECT_GT(pages, 3);
  std::ptrdiff_t headers = 0;
  for (auto at = text.find("Number"); at != text.npos; at = text.find("Number", at + 1)) ++headers;
  EXPECT_EQ(headers, pages);
  // The repeated headers are for the eye: to a screen reader the table has one.
  const std::string structure = Ask("pdfinfo -struct-text");
  EXPECT_EQ(structure.find("\"Number\""), structure.rfind("\"Number\""));
}

TEST_F(PdfTest, ACellLongerThanAPageGoesOnOverleaf) {
  std::string words;
  for (int i = 1; i <= 2500; ++i) words += "w" + std::to_string(i) + " ";
  Write(
      [&](DocumentWriter& writer) {
        return writer.Table(
            {.caption = "c", .columns = {{.title = "Text"}, {.title = "Other"}}, .rows = {{words, "short"}}});
      },
      {.title = "Long"});
  const std::string text = Ask("pdftotext", "-");
  for (int i = 1; i <= 2500; i += 50) EXPECT_NE(text.find("w" + std::to_string(i)), text.npos) << i;
  EXPECT_THAT(text, HasSubstr("w2500"));
  EXPECT_THAT(Ask("qpdf --check"), HasSubstr("No syntax"));
}

TEST_F(PdfTest, ParagraphsFlowOverPagesWithTitleAndNumberAtTheFoot) {
  Write(
      [](DocumentWriter& writer) -> Status {
        for (int i = 0; i < 120; ++i)
          PRIVITY_TRY_VOID(writer.Paragraph("A paragraph that says something, number " + std::to_string(i) + "."));
        return Ok();
      },
      {.title = "Report of reports"});
  const std::string text = Ask("pdftotext -layout", "-");
  const auto pages = std::count(text.begin(), text.end(), '\f');
  EXPECT_GT(pages, 2);
  EXPECT_THAT(text, HasSubstr("number 119."));
  EXPECT_THAT(Ask("pdfinfo -struct-text"), Not(HasSubstr("Report of reports")));
}

TEST_F(PdfTest, ShowsSeveralScriptsWithEmbeddedFonts) {
  Write(
      [](DocumentWriter& writer) -> Status {
        PRIVITY_TRY_VOID(writer.Paragraph("Žluťoučký kůň · Überschrift · Ωμέγα · Личные данные"));
        PRIVITY_TRY_VOID(writer.Paragraph("حماية البيانات الشخصية"));
        return writer.Paragraph("הגנת מידע אישי");
      },
      {.title = "Сертификат", .language = "ar"});
  EXPECT_THAT(Ask("pdftotext", "-"),
              AllOf(HasSubstr("Žluťoučký kůň"), HasSubstr("Ωμέγα"), HasSubstr("Личные данные"), HasSubstr("מידע")));
  EXPECT_THAT(Ask("pdfinfo"), HasSubstr("Сертификат"));
  const std::string fonts = Ask("pdffonts");
  EXPECT_THAT(fonts, HasSubstr(" yes yes yes"));  // embedded, subset, with a map to Unicode
  EXPECT_THAT(fonts, Not(HasSubstr(" no  ")));
}

TEST_F(PdfTest, TheSameContentGivesTheSameFile) {
  const auto write = [](DocumentWriter& writer) { return writer.Table(LongTable(3)); };
  Write(write, {.title = "T"});
  const std::string first = bytes_;
  Write(write, {.title = "T"});
  EXPECT_EQ(first, bytes_);
}

}  // namespace
}  // namespace privity
