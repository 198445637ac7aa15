#include "documents/document.h"

#include <archive.h>
#include <archive_entry.h>
#include <gtest/gtest.h>

#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/json.h"
#include "documents/document_scan.h"

namespace privity {
namespace {

// Everything a document says, as lines "path|part|text" and "path|part|row 2: a,b"; and what was not read.
class Listener final : public DocumentSink {
 public:
  Status Text(const DocumentPlace& place, std::string_view text) override {
    texts.push_back(place.path + "|" + place.part + "|" + std::string(text));
    return Ok();
  }
  Status Row(const DocumentPlace& place, const DocumentRow& row) override {
    std::string line = place.path + "|" + place.part + "|row " + std::to_string(row.number) + ":";
    for (std::size_t each = 0; each < row.cells.size(); ++each) line += " " + row.names[each] + "=" + row.cells[each];
    texts.push_back(line);
    return Ok();
  }
  void Unread(const Error& error) override {
    unread.push_back(error.code() + " " + std::string(error.Parameter("place")) + " " +
                     std::string(error.Parameter("limit")));
  }

  std::vector<std::string> texts;
  std::vector<std::string> unread;
};

using Lines = std::vector<std::string>;

Listener Read(std::string_view name, std::string_view bytes, DocumentOptions options = {}) {
  Listener listener;
  EXPECT_TRUE(DocumentReader(std::move(options)).ReadBytes(name, bytes, listener).ok());
  return listener;
}

struct Entry {
  std::string name;
  std::string content;
  std::string link_to = {};
};

std::string Archive(const std::vector<Entry>& entries, int (*format)(archive*), int (*filter)(archive*) = nullptr) {
  std::string out(32 << 20, '\0');
  std::size_t used = 0;
  archive* writer = archive_write_new();
  format(writer);
  if (filter != nullptr) filter(writer);
  archive_write_set_bytes_in_last_block(writer, 1);
  archive_write_open_memory(writer, out.data(), out.size(), &used);
  for (const Entry& each : entries) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, each.name.c_str());
    archive_entry_set_filetype(entry, each.link_to.empty() ? AE_IFREG : AE_IFLNK);
    if (!each.link_to.empty()) archive_entry_set_symlink(entry, each.link_to.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(each.content.size()));
    archive_entry_set_perm(entry, 0600);
    archive_write_header(writer, entry);
    archive_write_data(writer, each.content.data(), each.content.size());
    archive_entry_free(entry);
  }
  archive_write_close(writer);
  archive_write_free(writer);
  out.resize(used);
  return out;
}

std::string Zip(const std::vector<Entry>& entries) {
  return Archive(entries, archive_write_set_format_zip);
}
std::string Tar(const std::vector<Entry>& entries, int (*filter)(archive*)) {
  return Archive(entries, archive_write_set_format_pax_restricted, filter);
}
std::string Compressed(const std::string& content, int (*filter)(archive*)) {
  return Archive({{"data", content}}, archive_write_set_format_raw, filter);
}

constexpr std::string_view kWord = "<w:document xmlns:w='w'><w:body>";

TEST(Documents, WordSaysItsParagraphsHeadersAndComments) {
  const std::string document =
      Zip({{"[Content_Types].xml", "<Types/>"},
           {"word/document.xml", std::string(kWord) +
                                     "<w:p><w:r><w:t>Write to ana</w:t></w:r><w:r><w:t>@example.org</w:t></w:r></w:p>"
                                     "<w:p><w:r><w:t>Second</w:t><w:tab/><w:t>line</w:t><w:instrText>PAGE</"
                                     "w:instrText></w:r></w:p></w:body></w:document>"},
           {"word/header1.xml", "<w:hdr xmlns:w='w'><w:p><w:r><w:t>Head &amp; all</w:t></w:r></w:p></w:hdr>"},
           {"word/media/image1.png", "\x89PNG"}});
  const Listener said = Read("a.docx", document);
  EXPECT_EQ(said.texts, (Lines{"a.docx|body|Write to ana@example.org\nSecond\tline", "a.docx|header 1|Head & all"}));
  EXPECT_TRUE(said.unread.empty());
}

std::string Excel(const std::string& rows) {
  return Zip(
      {{"xl/workbook.xml",
        "<workbook xmlns:r='r'><sheets><sheet name='People' sheetId='1' r:id='rId7'/></sheets></workbook>"},
       {"xl/_rels/workbook.xml.rels",
        "<Relationships><Relationship Id='rId7' Target='worksheets/sheet1.xml'/></Relationships>"},
       {"xl/sharedStrings.xml", "<sst><si><t>email</t></si><si><r><t>ana@</t></r><r><t>example.org</t></r></si></sst>"},
       {"xl/worksheets/sheet1.xml", "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"}});
}

TEST(Documents, ExcelSaysTheRowsOfItsSheets) {
  const Listener said =
      Read("a.xlsx", Excel("<row r='1'><c r='A1' t='inlineStr'><is><t>id</t></is></c><c r='C1' t='s'><v>0</v></c></row>"
                           "<row r='4'><c r='A4'><v>7</v></c><c r='C4' t='s'><v>1</v></c></row>"));
  EXPECT_EQ(said.texts, (Lines{"a.xlsx|sheet People|row 1: id=id = email=email",
                               "a.xlsx|sheet People|row 4: id=7 = email=ana@example.org"}));
}

TEST(Documents, PowerPointAndOpenDocumentSayTheirSlidesAndTables) {
  EXPECT_EQ(Read("a.pptx", Zip({{"ppt/presentation.xml", "<p/>"},
                                {"ppt/slides/slide2.xml",
                                 "<p:sld xmlns:p='p' xmlns:a='a'><a:p><a:r><a:t>Hello</a:t></a:r></a:p></p:sld>"}}))
                .texts,
            (Lines{"a.pptx|slide 2|Hello"}));
  const std::string names = "<office:document-content xmlns:office='o' xmlns:text='t' xmlns:table='b'><office:body>";
  EXPECT_EQ(
      Read("a.odt", Zip({{"content.xml", names + "<office:text><text:p>One</text:p><text:p>T<text:s/>wo</text:p></"
                                                 "office:text></office:body></office:document-content>"}}))
          .texts,
      (Lines{"a.odt|body|One\nT wo"}));
  EXPECT_EQ(
      Read("a.ods", Zip({{"content.xml",
                          names + "<office:spreadsheet><table:table table:name='S'><table:table-row "
                                  "table:number-rows-repeated='2'><table:table-cell "
                                  "table:number-columns-repeated='900'/></table:table-row>"
                                  "<table:table-header-rows><table:table-row><table:table-cell><text:p>phone</text:p></"
                                  "table:table-cell></table:table-row></table:table-header-rows>"
                                  "</table:table></office:spreadsheet></office:body></office:document-content>"}}))
          .texts,
      (Lines{"a.ods|sheet S|row 3: phone=phone"}));
}

TEST(Documents, XmlEntitiesAreNeverFollowed) {
  const Listener said = Read(
      "a.docx",
      Zip({{"word/document.xml",
            "<!DOCTYPE w [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'><!ENTITY c SYSTEM 'file:///etc/passwd'>]>" +
                std::string(kWord) + "<w:p><w:t>x&b;&c;</w:t></w:p></w:body></w:document>"}}));
  EXPECT_EQ(said.texts, (Lines{"a.docx|body|x&b;&c;"}));
}

TEST(Documents, XmlThatIsVeryDeepIsRead) {
  std::string deep(kWord);
  for (int each = 0; each < 200'000; ++each) deep += "<w:a>";
  deep += "<w:t>bottom</w:t>";
  for (int each = 0; each < 200'000; ++each) deep += "</w:a>";
  DocumentOptions options;
  options.limits.ratio_max = 10'000;
  EXPECT_EQ(Read("a.docx", Zip({{"word/document.xml", deep + "</w:body></w:document>"}}), options).texts,
            (Lines{"a.docx|body|bottom"}));
}

TEST(Documents, DamagedXmlIsNamedAndTheRestIsRead) {
  const Listener said =
      Read("a.docx", Zip({{"word/document.xml", std::string(kWord) + "<w:p><w:t>half"},
                          {"word/footer1.xml", "<w:ftr xmlns:w='w'><w:p><w:t>Foot</w:t></w:p></w:ftr>"}}));
  EXPECT_EQ(said.unread, (Lines{"documents.damaged a.docx "}));
  EXPECT_EQ(said.texts, (Lines{"a.docx|footer 1|Foot"}));
}

constexpr std::string_view kMail =
    "From: =?utf-8?B?QW5hIER1YXJ0ZQ==?= <ana@example.org>\r\n"
    "Subject: =?iso-8859-1?Q?Gr=FC=DFe?= =?iso-8859-1?Q?_to_all?=\r\n"
    "MIME-Version: 1.0\r\n"
    "Content-Type: multipart/mixed; boundary=\"b1\"\r\n\r\n"
    "nobody reads this\r\n"
    "--b1\r\nContent-Type: multipart/alternative; boundary=b2\r\n\r\n"
    "--b2\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    "Caf=E9 at =\r\nnoon\r\n"
    "--b2\r\nContent-Type: text/html\r\n\r\n<style>p{}</style><p>Bold &amp; <b>b</b></p>\r\n--b2--\r\n"
    "--b1\r\nContent-Type: application/octet-stream; name=x\r\nContent-Disposition: attachment; "
    "filename*=utf-8''caf%C3%A9.csv\r\n"
    "Content-Transfer-Encoding: base64\r\n\r\nYSxi\r\nCjEsMg==\r\n"
    "--b1--\r\nnor this\r\n";

TEST(Documents, AMessageSaysItsHeadersItsBodiesAndItsAttachments) {
  const Listener said = Read("a.eml", kMail);
  EXPECT_EQ(said.texts,
            (Lines{"a.eml|header from|Ana Duarte <ana@example.org>", "a.eml|header subject|Grüße to all",
                   "a.eml|body|Café at noon\r\n", "a.eml|body|\n\nBold & \nb\n\n\r\n", "a.eml!café.csv||a,b\n1,2"}));
}

TEST(Documents, AMessageIsToldFromALetter) {
  EXPECT_EQ(Read("letter.txt", "To: Ana\nPhone: 555\n\nHello\n").texts,
            (Lines{"letter.txt||To: Ana\nPhone: 555\n\nHello\n"}));
  EXPECT_EQ(Read("message", "To: Ana\nMessage-ID: <1@example.org>\nX-Phone: 555\n\nHello\n").texts,
            (Lines{"message|header to|Ana", "message|header x-phone|555", "message|body|Hello\n"}));
}

TEST(Documents, AMessageThatBreaksOffIsReadUpToThere) {
  const Listener said = Read("a.eml", kMail.substr(0, kMail.find("noon")));
  EXPECT_EQ(said.texts.back(), "a.eml|body|Café at ");
}

TEST(Documents, ABoxSaysEachOfItsMessages) {
  const Listener said = Read("in.mbox", "From a Mon\nSubject: One\n\nhello\n\nFrom b Tue\nSubject: Two\n\nbody\n");
  EXPECT_EQ(said.texts, (Lines{"in.mbox!message 1|header subject|One", "in.mbox!message 1|body|hello",
                               "in.mbox!message 2|header subject|Two", "in.mbox!message 2|body|body\n"}));
}

TEST(Documents, ArchivesAreReadInEachOther) {
  const std::string inner =
      Tar({{"deep/note.txt", "hello"}, {"link", "", "/etc/passwd"}}, archive_write_add_filter_zstd);
  const Listener said = Read("all.zip", Zip({{"inner.tar.zst", inner},
                                             {"../../slip.txt", "slipped"},
                                             {"n.txt.gz", Compressed("single", archive_write_add_filter_gzip)}}));
  EXPECT_EQ(said.texts, (Lines{"all.zip!inner.tar.zst!deep/note.txt||hello", "all.zip!../../slip.txt||slipped",
                               "all.zip!n.txt.gz!n.txt||single"}));
  EXPECT_TRUE(said.unread.empty());
}

TEST(Documents, BombsStopAtTheirLimitsAndTheRestIsRead) {
  const std::string zeros = Compressed(std::string(8 << 20, '0'), archive_write_add_filter_gzip);
  const Listener by_ratio = Read("all.zip", Zip({{"bomb.gz", zeros}, {"note.txt", "after"}}));
  EXPECT_EQ(by_ratio.unread, (Lines{"documents.limit all.zip!bomb.gz ratio"}));
  EXPECT_EQ(by_ratio.texts, (Lines{"all.zip!note.txt||after"}));

  std::string nested = "core";
  for (int each = 0; each < 12; ++each) nested = Zip({{"n", nested}});
  EXPECT_EQ(Read("n.zip", nested).unread, (Lines{"documents.limit n.zip!n!n!n!n!n!n!n!n!n depth"}));

  DocumentOptions few;
  few.limits.entries_max = 2;
  const Listener by_count = Read("a.zip", Zip({{"1", "one"}, {"2", "two"}, {"3", "three"}, {"4", "four"}}), few);
  EXPECT_EQ(by_count.texts.size(), 2u);
  EXPECT_EQ(by_count.unread.size(), 1u);

  DocumentOptions small;
  small.limits.total_bytes_max = 1000;
  EXPECT_EQ(Read("a.zip", Zip({{"1", std::string(900, 'a')}, {"2", std::string(900, 'b')}}), small).unread,
            (Lines{"documents.limit a.zip bytes"}));
}

TEST(Documents, BrokenArchivesAndUnknownKindsAreNamed) {
  std::string zip = Zip({{"a.txt", std::string(1000, 'x')}});
  zip.resize(zip.size() / 2);
  EXPECT_EQ(Read("a.zip", zip).unread, (Lines{"documents.damaged a.zip "}));
  EXPECT_EQ(Read("a.bin", std::string("\x7F"
                                      "ELF\0\0\1\2\3\4",
                                      10))
                .unread,
            (Lines{"documents.kind_unknown a.bin "}));
}

TEST(Documents, DumpsSayTheirRowsUnderTheNamesOfTheirColumns) {
  EXPECT_EQ(Read("pg.sql",
                 "COPY public.people (id, email) FROM stdin;\n1\tana@example.org\n2\t\\N\n\\.\nINSERT INTO \"t\" "
                 "VALUES (1, 'it''s', NULL, now());\n")
                .texts,
            (Lines{"pg.sql|table people|row 1: id=1 email=ana@example.org",
                   "pg.sql|table people|row 2: id=2 email=", "pg.sql|table t|row 1: =1 =it's = =now()"}));
  EXPECT_EQ(Read("my.sql",
                 "CREATE TABLE `p` (\n  `id` int(11) NOT NULL DEFAULT '0',\n  `note` text, PRIMARY KEY (`id`)\n);\n-- "
                 "it's\nINSERT INTO `p` VALUES (1,'a\\'b; c'),(2,_utf8mb4'd');\n")
                .texts,
            (Lines{"my.sql|table p|row 1: id=1 note=a'b; c", "my.sql|table p|row 2: id=2 note=d"}));
}

TEST(Documents, TextIsReadInItsCharset) {
  EXPECT_EQ(Read("a.txt", "\xEF\xBB\xBFplain").texts, (Lines{"a.txt||plain"}));
  EXPECT_EQ(Read("a.txt", std::string("\xFF\xFEh\0i\0", 6)).texts, (Lines{"a.txt||hi"}));
  EXPECT_EQ(Read("a.txt",
                 "M\xFCller wohnt in der Stra\xDF"
                 "e und schreibt an die Beh\xF6rde")
                .texts,
            (Lines{"a.txt||Müller wohnt in der Straße und schreibt an die Behörde"}));
}

// Two pages, hand-made: poppler mends the missing table of objects.
constexpr std::string_view kPdf =
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R 6 0 R]/Count 2>>endobj\n"
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>endobj\n"
    "4 0 obj<</Length 46>>stream\nBT /F 12 Tf 20 200 Td (ana@example.org) Tj ET\nendstream endobj\n"
    "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
    "6 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Resources<</Font<</F 5 0 R>>>>/Contents 7 0 R>>endobj\n"
    "7 0 obj<</Length 42>>stream\nBT /F 12 Tf 20 200 Td (second page) Tj ET\nendstream endobj\n"
    "trailer<</Root 1 0 R>>\n%%EOF\n";

bool HasProgram(const char* path) {
  return access(path, X_OK) == 0;
}

TEST(Documents, PdfSaysItsPages) {
  if (!HasProgram("/usr/bin/pdftotext")) GTEST_SKIP() << "pdftotext (poppler-utils) is not installed";
  const Listener said = Read("a.pdf", kPdf);
  ASSERT_EQ(said.texts.size(), 2u) << (said.unread.empty() ? "" : said.unread[0]);
  EXPECT_TRUE(said.texts[0].starts_with("a.pdf|page 1|ana@example.org"));
  EXPECT_TRUE(said.texts[1].starts_with("a.pdf|page 2|second page"));
}

TEST(Documents, APdfThatIsNoneIsNamed) {
  if (!HasProgram("/usr/bin/pdftotext")) GTEST_SKIP() << "pdftotext (poppler-utils) is not installed";
  EXPECT_EQ(Read("a.pdf", "%PDF-1.4\nnothing of the kind").unread, (Lines{"documents.helper a.pdf "}));
}

TEST(Documents, PicturesAreReadOnlyWhereThatIsWanted) {
  using namespace std::string_view_literals;
  const std::string_view picture = "\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0"sv;
  EXPECT_TRUE(Read("a.png", picture).unread.empty());
  EXPECT_EQ(Read("a.png", picture, {.reads_pictures = true}).unread.size(), 1u);
}

// A page of the PDF as a scanner would give it.
std::string PictureOf(std::string_view pdf, const std::string& page) {
  const std::string base = testing::TempDir() + "/privity-picture-" + std::to_string(getpid());
  FILE* drawing = popen(("pdftoppm -q -png -r 220 -singlefile -f " + page + " - " + base).c_str(), "w");
  if (drawing == nullptr) return "";
  fwrite(pdf.data(), 1, pdf.size(), drawing);
  pclose(drawing);
  std::ifstream file(base + ".png", std::ios::binary);
  std::string picture{std::istreambuf_iterator<char>(file), {}};
  std::filesystem::remove(base + ".png");
  return picture;
}

TEST(Documents, ATextInAPictureIsReadWhereThatIsWanted) {
  if (!HasProgram("/usr/bin/tesseract") || !HasProgram("/usr/bin/pdftoppm"))
    GTEST_SKIP() << "tesseract (tesseract-ocr) or pdftoppm (poppler-utils) is not installed";
  const Listener said = Read("mail.png", PictureOf(kPdf, "2"), {.reads_pictures = true});
  ASSERT_EQ(said.texts.size(), 1u) << (said.unread.empty() ? "" : said.unread[0]);
  EXPECT_TRUE(said.texts[0].starts_with("mail.png|picture|second page")) << said.texts[0];
}

void AppendBigEndian(std::uint32_t value, std::string& out) {
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 0xFF);
}

void AppendPngChunk(std::string_view type_and_data, std::string& out) {
  AppendBigEndian(static_cast<std::uint32_t>(type_and_data.size() - 4), out);
  out += type_and_data;
  AppendBigEndian(static_cast<std::uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(type_and_data.data()),
                                                   static_cast<uInt>(type_and_data.size()))),
                  out);
}

// 30 GB of pixels in a few bytes: the box ends it, and it is named.
TEST(Documents, APictureThatUnpacksToTooMuchIsNamed) {
  if (!HasProgram("/usr/bin/tesseract")) GTEST_SKIP() << "tesseract (tesseract-ocr) is not installed";
  std::string header = "IHDR", picture = "\x89PNG\r\n\x1A\n";
  for (int side = 0; side < 2; ++side) AppendBigEndian(100'000, header);
  header += std::string("\x08\x02\0\0\0", 5);
  AppendPngChunk(header, picture);
  std::array<Bytef, 1000> packed;
  const std::string row(100'000, '\0');
  uLongf size = packed.size();
  ASSERT_EQ(compress(packed.data(), &size, reinterpret_cast<const Bytef*>(row.data()), row.size()), Z_OK);
  AppendPngChunk("IDAT" + std::string(reinterpret_cast<const char*>(packed.data()), size), picture);
  AppendPngChunk("IEND", picture);
  const Listener said = Read("a.png", picture, {.reads_pictures = true});
  EXPECT_TRUE(said.texts.empty());
  EXPECT_EQ(said.unread, (Lines{"documents.helper a.png "}));
}

TEST(Documents, FindingsSayPlaceAndCategoryAndNeverAValue) {
  const std::string folder = testing::TempDir() + "/privity-documents-" + std::to_string(getpid());
  std::filesystem::create_directories(folder);
  const auto write = [&](const std::string& name, std::string_view bytes) {
    FILE* file = fopen((folder + "/" + name).c_str(), "wb");
    fwrite(bytes.data(), 1, bytes.size(), file);
    fclose(file);
  };
  write("a.eml", kMail);
  write(
      "b.xlsx",
      Excel(
          "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='inlineStr'><is><t>status</t></is></c></row>"
          "<row r='2'><c r='A2' t='s'><v>1</v></c><c r='B2' t='inlineStr'><is><t>ask bo@example.org</t></is></c></row>"
          "<row r='3'><c r='B3' t='inlineStr'><is><t>came late</t></is></c></row>"
          "<row r='4'><c r='B4' t='inlineStr'><is><t>wants blue ones</t></is></c></row>"
          "<row r='5'><c r='B5' t='inlineStr'><is><t>paid at once</t></is></c></row>"));
  write("c.bin", std::string_view("\x7F"
                                  "ELF\0\1\2\3",
                                  8));
  std::vector<DocumentFinding> found;
  std::vector<std::string> unread;
  const auto counts = ScanDocuments(
      {folder}, **Detector::BuiltIn(), {},
      [&](const DocumentFinding& finding) -> Status {
        found.push_back(finding);
        return Ok();
      },
      [&](const Error& error) { unread.push_back(error.code()); });
  std::filesystem::remove_all(folder);
  ASSERT_TRUE(counts.ok());
  EXPECT_EQ(counts->files, 3);
  EXPECT_EQ(unread, (Lines{"documents.kind_unknown"}));
  const auto has = [&](const auto& is_it) { return std::any_of(found.begin(), found.end(), is_it); };
  EXPECT_TRUE(has([](const DocumentFinding& f) {
    return f.path.ends_with("/a.eml") && f.part == "header from" && f.entity == "email" && f.start == 12 && f.end == 27;
  }));
  EXPECT_TRUE(has([](const DocumentFinding& f) {
    return f.path.ends_with("/b.xlsx") && f.part == "sheet People" && f.cell == "A" && f.field == "email" &&
           f.category == "user.contact.email";
  }));
  EXPECT_TRUE(has([](const DocumentFinding& f) { return f.cell == "B2" && f.entity == "email" && f.start == 4; }));
  for (const DocumentFinding& each : found) EXPECT_EQ(ToJson(each).find("@"), std::string::npos) << ToJson(each);
}

}  // namespace
}  // namespace privity
