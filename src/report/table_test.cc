#include "report/table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <limits>

#include "report/testing/zip_reader.h"

namespace privity {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

ByteSink Into(std::string& out) {
  return [&out](BytesView bytes) {
    out += AsText(bytes);
    return Ok();
  };
}

std::string Csv(const std::vector<std::string>& titles, const std::vector<std::vector<Cell>>& rows) {
  std::string out;
  const auto writer = MakeCsvWriter(Into(out));
  std::vector<TableColumn> columns;
  for (const auto& title : titles) columns.push_back({.title = title});
  EXPECT_TRUE(writer->Begin(columns).ok());
  for (const auto& row : rows) EXPECT_TRUE(writer->Row(row).ok());
  EXPECT_TRUE(writer->Finish().ok());
  EXPECT_TRUE(out.starts_with("\xef\xbb\xbf"));
  return out.substr(3);
}

TEST(Csv, QuotesOnlyWhatRfc4180Says) {
  EXPECT_EQ(Csv({"a", "b"}, {{"x", "y,z"}, {"say \"hi\"", "two\r\nlines"}, {"", "ü"}}),
            "a,b\r\nx,\"y,z\"\r\n\"say \"\"hi\"\"\",\"two\r\nlines\"\r\n,ü\r\n");
}

TEST(Csv, WritesEachKindInOneUnambiguousForm) {
  EXPECT_EQ(
      Csv({"a", "b", "c", "d", "e", "f"}, {{std::int64_t{-5}, -2.5, true, Date(std::chrono::sys_days(2026y / 3 / 10)),
                                            ParseInstant("2026-03-10T09:30:00Z").value(), Cell()},
                                           {std::numeric_limits<std::int64_t>::max(), 0.1, false,
                                            Date(std::chrono::sys_days(800y / 12 / 25)), Instant(), 1e20}}),
      "a,b,c,d,e,f\r\n-5,-2.5,true,2026-03-10,2026-03-10T09:30:00Z,\r\n"
      "9223372036854775807,0.1,false,0800-12-25,1970-01-01T00:00:00Z,100000000000000000000\r\n");
}

TEST(Csv, ATextThatASpreadsheetCouldRunGetsAnApostrophe) {
  for (const std::string text :
       {"=1+1", "+49 30 1234", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", "\uff1d1", "\uff0b1", "\uff0d1", "\uff20A"}) {
    EXPECT_THAT(Csv({"a"}, {{text}}), HasSubstr("'" + text)) << text;
  }
  EXPECT_THAT(Csv({"=cmd"}, {}), testing::StartsWith("'=cmd"));
}

TEST(Csv, OtherTextStaysAsItIs) {
  for (const std::string text : {"a=b", "a@example.org", "1-2", "'quoted", "#N/A", "(=1)", "", "–5"}) {
    EXPECT_EQ(Csv({"a", "b"}, {{text, "x"}}), "a,b\r\n" + text + ",x\r\n");
  }
}

TEST(Csv, ARowWithOneEmptyFieldIsNotAnEmptyLine) {
  EXPECT_EQ(Csv({"a"}, {{Cell()}}), "a\r\n\"\"\r\n");
}

TEST(Csv, NamesThePlaceOfWhatItRefusesAndNotTheText) {
  std::string out;
  const auto writer = MakeCsvWriter(Into(out));
  ASSERT_TRUE(writer->Begin({{.title = "a"}, {.title = "b"}}).ok());
  EXPECT_EQ(writer->Row(std::vector<Cell>{"x"}).error().DebugString(), "report.row_width{row=1}");
  EXPECT_EQ(writer->Row(std::vector<Cell>{"x", "\xff\xfe"}).error().DebugString(),
            "report.text_invalid{row=2, column=2}");
}

TEST(Csv, TheSinksErrorIsTheWritersError) {
  const auto writer = MakeCsvWriter([](BytesView) -> Status { return Error("test.full"); });
  EXPECT_TRUE(writer->Begin({{.title = "a"}}).error().Is("test.full"));
}

class XlsxTest : public testing::Test {
 protected:
  void SetUp() override {
    char pattern[] = "/tmp/privity-report-XXXXXX";
    ASSERT_NE(mkdtemp(pattern), nullptr);
    directory_ = pattern;
  }
  void TearDown() override {
    EXPECT_TRUE(std::filesystem::is_empty(directory_)) << "the rows on their way are removed";
    std::filesystem::remove_all(directory_);
  }

  std::unique_ptr<TableWriter> Make(std::string sheet_name = "People") {
    return MakeXlsxWriter({.sheet_name = std::move(sheet_name), .temporary_directory = directory_}, Into(out_));
  }

  std::string Part(const std::string& name) const {
    auto reader = ZipReader::Open(AsBytes(out_)).value();
    while (const auto entry = reader.Next().value()) {
      if (entry->name == name) return std::string(AsText(reader.ReadAll().value()));
    }
    return "no part called " + name;
  }

  std::string directory_;
  std::string out_;
};

TEST_F(XlsxTest, TextStaysTextAlsoWhenItLooksLikeAFormula) {
  const auto writer = Make();
  ASSERT_TRUE(writer->Begin({{.title = "name"}, {.title = "note"}}).ok());
  ASSERT_TRUE(writer->Row(std::vector<Cell>{"=1+1", "<b>&\x01"}).ok());
  ASSERT_TRUE(writer->Finish().ok());
  const std::string sheet = Part("xl/worksheets/sheet1.xml");
  EXPECT_THAT(sheet, HasSubstr("t=\"inlineStr\"><is><t>=1+1</t></is>"));
  EXPECT_THAT(sheet, HasSubstr("&lt;b&gt;&amp;_x0001_"));
  EXPECT_THAT(sheet, Not(HasSubstr("<f>")));
}

TEST_F(XlsxTest, KindsBecomeNumbersAndWhatANumberCannotHoldStaysText) {
  const auto writer = Make();
  ASSERT_TRUE(writer->Begin({{.title = "a"}, {.title = "b"}, {.title = "c"}, {.title = "d"}, {.title = "e"}}).ok());
  ASSERT_TRUE(writer
                  ->Row(std::vector<Cell>{std::int64_t{42}, 2.5, true, Date(std::chrono::sys_days(2026y / 3 / 10)),
                                          ParseInstant("2026-03-10T12:00:00Z").value()})
                  .ok());
  ASSERT_TRUE(writer
                  ->Row(std::vector<Cell>{(std::int64_t{1} << 53) + 1, std::numeric_limits<double>::infinity(), Cell(),
                                          Date(std::chrono::sys_days(1850y / 1 / 1)), Cell()})
                  .ok());
  ASSERT_TRUE(writer->Finish().ok());
  const std::string sheet = Part("xl/worksheets/sheet1.xml");
  EXPECT_THAT(sheet, HasSubstr("<c r=\"A2\"><v>42</v></c><c r=\"B2\"><v>2.5</v></c><c r=\"C2\" t=\"b\"><v>1</v></c>"));
  EXPECT_THAT(sheet, HasSubstr("<v>46091</v>"));    // 2026-03-10 counted from 1899-12-30
  EXPECT_THAT(sheet, HasSubstr("<v>46091.5</v>"));  // noon
  EXPECT_THAT(sheet, HasSubstr("9007199254740993"));
  EXPECT_THAT(sheet, HasSubstr("1850-01-01"));
  EXPECT_THAT(sheet, HasSubstr("inf"));
}

TEST_F(XlsxTest, TheSameRowsGiveTheSameFile) {
  for (int i = 0; i < 2; ++i) {
    const auto writer = Make();
    ASSERT_TRUE(writer->Begin({{.title = "a"}}).ok());
    ASSERT_TRUE(writer->Row(std::vector<Cell>{"x"}).ok());
    ASSERT_TRUE(writer->Finish().ok());
  }
  EXPECT_EQ(out_.substr(0, out_.size() / 2), out_.substr(out_.size() / 2));
}

TEST_F(XlsxTest, AnUnusableSheetNameIsMendedAndATooLongCellRefused) {
  const auto writer = Make("a/b:c*[d]?\\ a name that is much too long");
  ASSERT_TRUE(writer->Begin({{.title = "a"}}).ok());
  EXPECT_TRUE(writer->Row(std::vector<Cell>{std::string(32'767, 'x')}).ok());
  EXPECT_EQ(writer->Row(std::vector<Cell>{std::string(32'768, 'x')}).error().DebugString(),
            "report.cell_too_long{row=2, column=1, characters_max=32767}");
  EXPECT_TRUE(writer->Row(std::vector<Cell>{std::string("a\0b", 3)}).error().Is("report.text_invalid"));
  ASSERT_TRUE(writer->Finish().ok());
  EXPECT_THAT(Part("xl/workbook.xml"), HasSubstr("name=\"a b c  d    a name that is much\""));
}

TEST_F(XlsxTest, AMissingTemporaryDirectoryIsAnErrorAndAnAbandonedWriterLeavesNothing) {
  std::string out;
  EXPECT_TRUE(MakeXlsxWriter({.temporary_directory = directory_ + "/absent"}, Into(out))
                  ->Begin({{.title = "a"}})
                  .error()
                  .Is("report.io"));
  const auto writer = Make();
  ASSERT_TRUE(writer->Begin({{.title = "a"}}).ok());
  ASSERT_TRUE(writer->Row(std::vector<Cell>{"abandoned"}).ok());
}

}  // namespace
}  // namespace privity
