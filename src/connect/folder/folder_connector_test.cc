// What folders of files promise beyond what every kind does.
#include "connect/folder/folder_connector.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "connect/testing/ground.h"

namespace privity {
namespace {

using testing::ElementsAre;
using testing::UnorderedElementsAre;
using Values = std::vector<std::optional<std::string>>;

class FolderTest : public testing::Test {
 protected:
  void Write(const std::string& name, const std::string& content) {
    const std::filesystem::path path = folder_.path() + "/" + name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << content;
  }
  std::unique_ptr<Connector> Open() {
    return OpenConnector(ConnectionUrl::Parse("file://" + folder_.path()).value(), {}, resolver_).value();
  }
  Collection Described(const std::string& name) {
    const Description description = Open()->Describe().value();
    for (const Collection& collection : description.collections) {
      if (collection.name.name == name) return collection;
    }
    ADD_FAILURE() << "no collection " << name;
    return {};
  }
  std::vector<std::string> FieldsOf(const std::string& name) {
    std::vector<std::string> names;
    for (const Field& field : Described(name).fields) names.push_back(field.name);
    return names;
  }
  KeepingSink Streamed(const std::string& name) {
    KeepingSink sink;
    const Status status = Open()->Stream(Described(name), {}, sink);
    EXPECT_TRUE(status.ok()) << status.error().DebugString();
    return sink;
  }
  std::vector<std::string> Unread() {
    std::vector<std::string> codes;
    for (const Error& error : Open()->Describe().value().unread) {
      codes.push_back(error.code() + " " + std::string(error.Parameter("place")));
    }
    return codes;
  }
  const std::string& path() const { return folder_.path(); }

 private:
  TestFolder folder_;
  SystemResolver resolver_;
};

TEST_F(FolderTest, DocumentsAreReadByTheLinesOfTheirText) {
  Write("page.html", "<p>Write to <b>ana@example.org</b></p>");
  Write("mail.eml",
        "Subject: List\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
        "Content-Disposition: attachment; filename=list.csv\nContent-Transfer-Encoding: base64\n\n"
        "Ym9AZXhhbXBsZS5vcmc=\n--b--\n");
  EXPECT_EQ(Streamed("page.html").Values("text"), (Values{"Write to ", "ana@example.org"}));
  EXPECT_EQ(Streamed("mail.eml").Values("text"), (Values{"List", "bo@example.org"}));
  EXPECT_EQ(Described("mail.eml").shape, CollectionShape::kText);
}

TEST_F(FolderTest, ADocumentThatCannotBeReadIsNamed) {
  Write("broken.zip", "PK\x03\x04 and nothing of the kind");
  EXPECT_THAT(Unread(), ElementsAre("documents.damaged broken.zip"));
}

std::string Utf16(const std::string& ascii, bool is_big_endian) {
  std::string out = is_big_endian ? "\xFE\xFF" : "\xFF\xFE";
  for (const char c : ascii) out += is_big_endian ? std::string{'\0', c} : std::string{c, '\0'};
  return out;
}

TEST_F(FolderTest, EveryEncodingBecomesUtf8) {
  Write("utf8.csv", "id,name\n1,Zoë\n");
  Write("marked.csv", "\xEF\xBB\xBFid,name\n1,Zoë\n");
  Write("western.csv", "id,name\n1,Zo\xEB \x80\n");
  Write("little.csv", Utf16("id,name\n1,Zoe\n", false));
  Write("big.csv", Utf16("id,name\n1,Zoe\n", true));
  EXPECT_EQ(Streamed("utf8.csv").Values("name"), (Values{"Zoë"}));
  EXPECT_EQ(Streamed("marked.csv").Values("id"), (Values{"1"}));
  EXPECT_EQ(Streamed("western.csv").Values("name"), (Values{"Zoë €"}));
  EXPECT_EQ(Streamed("little.csv").Values("name"), (Values{"Zoe"}));
  EXPECT_EQ(Streamed("big.csv").Values("name"), (Values{"Zoe"}));
}

TEST_F(FolderTest, EveryDelimiterIsFound) {
  Write("semicolon.csv", "id;name, first;note\n1;\"a;b\";c\n");
  Write("tabs.tsv", "id\tname\n1\ta,b;c\n");
  Write("pipes.csv", "id|name\r\n1|a\r\n");
  EXPECT_THAT(FieldsOf("semicolon.csv"), ElementsAre("id", "name, first", "note"));
  EXPECT_EQ(Streamed("semicolon.csv").Values("name, first"), (Values{"a;b"}));
  EXPECT_EQ(Streamed("tabs.tsv").Values("name"), (Values{"a,b;c"}));
  EXPECT_EQ(Streamed("pipes.csv").Values("name"), (Values{"a"}));
}

TEST_F(FolderTest, AFileWithoutAHeaderLosesNoRecord) {
  Write("plain.csv", "1,ada@example.org\n2,bo@example.org\n");
  EXPECT_THAT(FieldsOf("plain.csv"), ElementsAre("column_1", "column_2"));
  EXPECT_EQ(Streamed("plain.csv").Values("column_2"), (Values{"ada@example.org", "bo@example.org"}));
}

TEST_F(FolderTest, RepeatedAndMissingColumnNamesAreToldApart) {
  Write("names.csv", "name,,name\na,b,c\n");
  EXPECT_THAT(FieldsOf("names.csv"), ElementsAre("name", "column_2", "name_3"));
}

TEST_F(FolderTest, MalformedRowsAreNamedByFileAndLineAndTheRestIsRead) {
  Write("rows.csv", "id,name\n1,a\n2,b,c\n3,\"d\"x\n4,\"e\nf\"\n5\n6,\"open\n7,g\n");
  const KeepingSink sink = Streamed("rows.csv");
  EXPECT_EQ(sink.Values("id"), (Values{"1", "4", "7"}));
  std::vector<std::string> places;
  for (const Error& error : sink.skipped) {
    EXPECT_EQ(error.code(), "connect.malformed");
    places.emplace_back(error.Parameter("place"));
  }
  EXPECT_THAT(places, ElementsAre("rows.csv:3", "rows.csv:4", "rows.csv:7", "rows.csv:8"));
}

TEST_F(FolderTest, DocumentsAreReadByTheirPaths) {
  Write("people.json",
        R"([{"name": "Ana", "phones": [{"number": "1"}, {"number": "2"}], "age": 41, "vip": true, "note": null},
            {"name": "Bo", "address": {"city": "Lyon"}}])");
  EXPECT_THAT(FieldsOf("people.json"), ElementsAre("name", "phones.number", "age", "vip", "note", "address.city"));
  const KeepingSink sink = Streamed("people.json");
  EXPECT_EQ(sink.records.size(), 2u);
  EXPECT_EQ(sink.Values("phones.number"), (Values{"1", "2"}));
  EXPECT_EQ(sink.Values("age"), (Values{"41"}));
  EXPECT_EQ(sink.Values("note"), (Values{std::nullopt}));
  EXPECT_EQ(sink.Values("address.city"), (Values{"Lyon"}));
}

TEST_F(FolderTest, ALineThatIsNotJsonIsNamedAndTheRestIsRead) {
  Write("lines.jsonl", "{\"a\": 1}\n{\"a\": \n\n{\"a\": 3}");
  const KeepingSink sink = Streamed("lines.jsonl");
  EXPECT_EQ(sink.Values("a"), (Values{"1", "3"}));
  ASSERT_EQ(sink.skipped.size(), 1u);
  EXPECT_EQ(sink.skipped[0].Parameter("place"), "lines.jsonl:2");
}

TEST_F(FolderTest, TextIsReadByLinesAndAnEndlessOneInPieces) {
  Write("notes/mail.txt", "first\r\n\nsecond");
  Write("endless.log", std::string(300'000, 'x'));
  EXPECT_EQ(Streamed("notes/mail.txt").Values("text"), (Values{"first", "second"}));
  std::size_t size = 0;
  for (const auto& piece : Streamed("endless.log").Values("text")) {
    EXPECT_LE(piece->size(), 64u << 10);
    size += piece->size();
  }
  EXPECT_EQ(size, 300'000u);
}

TEST_F(FolderTest, WhatIsNotReadIsNamed) {
  Write("photo.png", "\x89PNG");
  Write("binary.csv", std::string("a\0b\n", 4));
  Write("good.csv", "id\n1\n");
  ASSERT_EQ(mkfifo((path() + "/pipe.csv").c_str(), 0600), 0);
  EXPECT_THAT(Unread(), ElementsAre("connect.file_not_read binary.csv", "connect.file_not_read photo.png",
                                    "connect.file_not_read pipe.csv"));
}

TEST_F(FolderTest, LinksAreNotFollowedAndOnlyThoseThatLoseSomethingAreNamed) {
  Write("inner/good.csv", "id\n1\n");
  std::filesystem::create_symlink(path() + "/inner/good.csv", path() + "/same.csv");
  std::filesystem::create_directory_symlink("..", path() + "/inner/up");
  std::filesystem::create_symlink("loop.csv", path() + "/loop.csv");
  std::filesystem::create_symlink("/etc/hostname", path() + "/outside.txt");
  EXPECT_THAT(Unread(),
              UnorderedElementsAre("connect.link_not_followed loop.csv", "connect.link_not_followed outside.txt"));
  EXPECT_EQ(Open()->Describe().value().collections.size(), 1u);
}

TEST_F(FolderTest, UnreadableFilesAndFoldersAreNamedAndTheRestIsRead) {
  Write("good.csv", "id\n1\n");
  Write("closed.csv", "id\n1\n");
  Write("inner/hidden.csv", "id\n1\n");
  std::filesystem::permissions(path() + "/closed.csv", std::filesystem::perms::none);
  std::filesystem::permissions(path() + "/inner", std::filesystem::perms::none);
  const AsOrdinaryUser ordinary;
  EXPECT_THAT(Unread(), ElementsAre("connect.permission closed.csv", "connect.permission inner"));
  EXPECT_EQ(Open()->Describe().value().collections.size(), 1u);
}

TEST_F(FolderTest, ALargeFileIsSampledFromAllOverIt) {
  std::string content = "id,value\n";
  for (int i = 100'000; i < 300'000; ++i) content += std::to_string(i) + "," + std::string(50, 'v') + "\n";
  Write("large.csv", content);
  KeepingSink sink;
  ASSERT_TRUE(Open()->Sample(Described("large.csv"), {.records_max = 320}, sink).ok());
  const auto ids = sink.Values("id");
  EXPECT_EQ(ids.size(), 320u);
  EXPECT_GT(std::ranges::max(ids), "280000");
  EXPECT_TRUE(sink.skipped.empty());
}

}  // namespace
}  // namespace privity
