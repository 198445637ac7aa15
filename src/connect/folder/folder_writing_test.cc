// Records of files, changed and deleted: what is not the record stays as it is, to the byte.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/file.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "connect/connector.h"
#include "connect/folder/file_rewrite.h"
#include "connect/testing/ground.h"

namespace privity {
namespace {

namespace fs = std::filesystem;

class FolderWriting : public testing::Test {
 protected:
  void Write(const std::string& name, const std::string& content) {
    std::ofstream(Path(name), std::ios::binary) << content;
  }
  std::string Content(const std::string& name) {
    std::ostringstream content;
    content << std::ifstream(Path(name), std::ios::binary).rdbuf();
    return content.str();
  }
  std::string Path(const std::string& name) const { return folder_.path() + "/" + name; }
  std::unique_ptr<Connector> Open(const std::string& parameters = "") {
    const auto url = ConnectionUrl::Parse("file://" + folder_.path() + parameters).value();
    return OpenConnector(url, {.writing_granted = true}, resolver_).value();
  }
  Collection Described(Connector& store, const std::string& name) {
    for (Collection& collection : store.Describe().value().collections) {
      if (collection.name.name == name) return collection;
    }
    ADD_FAILURE() << "no collection " << name;
    return {};
  }
  std::string Update(const std::string& name, const std::string& id, const std::vector<FieldValue>& changes) {
    const auto store = Open();
    const auto outcome = store->Update(Described(*store, name), {{"id", id}}, {}, changes);
    return outcome.ok() ? Content(name) : outcome.error().DebugString();
  }
  std::string Delete(const std::string& name, const std::string& id) {
    const auto store = Open();
    const auto outcome = store->Delete(Described(*store, name), {{"id", id}}, {});
    return outcome.ok() ? Content(name) : outcome.error().DebugString();
  }
  std::size_t Files() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_.path()), fs::directory_iterator()));
  }

 private:
  TestFolder folder_;
  SystemResolver resolver_;
};

TEST_F(FolderWriting, OtherRowsOfATableStayToTheByte) {
  const std::string odd = "\xEF\xBB\xBFid;\"the \"\"note\"\"\";email\r\n 1 ;\"a;\r\nb\";x\n\n";
  Write("a.csv", odd + "2;\"say \"\"hi\"\"\";b@example.org\r\n\"3\";c;d");
  EXPECT_EQ(Update("a.csv", "2", {{"email", "new;one"}}), odd + "2;\"say \"\"hi\"\"\";\"new;one\"\r\n\"3\";c;d");
  EXPECT_EQ(Update("a.csv", "2", {{"the \"note\"", "\"q\""}, {"email", std::nullopt}}),
            odd + "2;\"\"\"q\"\"\";\"\"\r\n\"3\";c;d");
  EXPECT_EQ(Update("a.csv", "3", {{"email", "e"}}), odd + "2;\"\"\"q\"\"\";\"\"\r\n\"3\";c;e");
  EXPECT_EQ(Delete("a.csv", "2"), odd + "\"3\";c;e");
  EXPECT_EQ(Delete("a.csv", "3"), odd);
  EXPECT_EQ(Files(), 1u) << "nothing is left beside it";
}

TEST_F(FolderWriting, OtherDocumentsStayToTheByte) {
  const std::string lines = "{ \"id\":1, \"n\":1.0 }\n\n";
  Write("a.jsonl", lines + "{\"id\": 2, \"big\": 12345678901234567890, \"name\":\"Ana\"}\r\n{\"id\":3}");
  EXPECT_EQ(Update("a.jsonl", "2", {{"name", "x"}}),
            lines + "{\"id\": 2, \"big\": 12345678901234567890, \"name\":\"x\"}\r\n{\"id\":3}");
  EXPECT_EQ(Delete("a.jsonl", "2"), lines + "{\"id\":3}");
}

TEST_F(FolderWriting, ADocumentLeavesAListWithItsComma) {
  Write("a.json", "[\n  {\"id\": 1},\n  {\"id\": 2, \"t\": \"],\"},\n  {\"id\": 3}\n]\n");
  EXPECT_EQ(Delete("a.json", "2"), "[\n  {\"id\": 1},\n  {\"id\": 3}\n]\n");
  EXPECT_EQ(Delete("a.json", "3"), "[\n  {\"id\": 1}\n]\n");
  EXPECT_EQ(Delete("a.json", "1"), "[\n  \n]\n");
}

TEST_F(FolderWriting, AKeyNamesOneRecordOrNone) {
  Write("a.csv", "customer,email\n7,a@example.org\n8,b@example.org\n8,c@example.org\n");
  EXPECT_TRUE(Described(*Open(), "a.csv").key.empty());
  const auto store = Open("?key=customer");
  const Collection table = Described(*store, "a.csv");
  EXPECT_THAT(table.key, testing::ElementsAre("customer"));
  EXPECT_EQ(store->Delete(table, {{"customer", "8"}}, {}).error().code(), "connect.no_key");
  EXPECT_EQ(store->Delete(table, {{"email", "a@example.org"}}, {}).error().code(), "connect.no_key");
  EXPECT_EQ(store->Delete(table, {{"customer", "7"}}, {}).value(), WriteOutcome::kDone);
  EXPECT_EQ(Content("a.csv"), "customer,email\n8,b@example.org\n8,c@example.org\n");
}

TEST_F(FolderWriting, WhatCannotBeWrittenBackAsItWasIsRefused) {
  Write("latin.csv", "id,name\n1,Zo\xEB\n");
  Write("broken.txt", std::string("\xFF\xFEr\0i\0n\0g\0 \0\0\xD8 \0A\0n\0a\0", 22));
  Write("list.jsonl", "{\"id\":1,\"mails\":[\"a@example.org\"]}\n");
  EXPECT_THAT(Update("latin.csv", "1", {{"name", "\u0141ucja"}}), testing::StartsWith("connect.refused"))
      << "windows-1252 has no such letter";
  const auto store = Open();
  EXPECT_EQ(
      store->Update(Described(*store, "broken.txt"), {{"text", "ring  Ana"}}, {}, {{"text", "ring"}}).error().code(),
      "connect.refused")
      << "half of a pair of UTF-16";
  EXPECT_THAT(Update("list.jsonl", "1", {{"mails", "x"}}), testing::StartsWith("connect.refused"));
  EXPECT_THAT(Update("list.jsonl", "2", {{"mails", "x"}}), testing::StartsWith("connect.changed"));
  EXPECT_EQ(Content("latin.csv"), "id,name\n1,Zo\xEB\n");
}

// The bytes of the file, and where they stand in it, are those of its own encoding.
TEST_F(FolderWriting, FilesInOtherEncodingsStayInThem) {
  Write("latin.csv", "id,name,city\r\n1,Zo\xEB,K\xF6ln\r\n2,Ana \x80,M\xFCnchen\r\n3,\x81,x\r\n");
  EXPECT_EQ(Update("latin.csv", "2", {{"name", "J\u00FCrgen"}}),
            "id,name,city\r\n1,Zo\xEB,K\xF6ln\r\n2,J\xFCrgen,M\xFCnchen\r\n3,\x81,x\r\n");
  EXPECT_EQ(Delete("latin.csv", "1"), "id,name,city\r\n2,J\xFCrgen,M\xFCnchen\r\n3,\x81,x\r\n");
  const auto wide = [](std::u16string_view text, bool is_big) {
    std::string bytes;
    for (const char16_t unit : text) {
      const char high = static_cast<char>(unit >> 8);
      const char low = static_cast<char>(unit & 0xFF);
      bytes += is_big ? high : low;
      bytes += is_big ? low : high;
    }
    return bytes;
  };
  for (const bool is_big : {false, true}) {
    SCOPED_TRACE(is_big);
    const std::string name = is_big ? "big.txt" : "little.txt";
    Write(name, wide(u"\uFEFF\U0001F600 f\u00FCr \u0141ucja\r\nring Ana \U0001F600!\nbye", is_big));
    const auto store = Open();
    EXPECT_EQ(store
                  ->Redact(Described(*store, name), {{"text", "ring Ana \U0001F600!"}}, "text", "ring Ana \U0001F600!",
                           {{5, 8}}, "[\u2026]")
                  .value(),
              WriteOutcome::kDone);
    EXPECT_EQ(Content(name), wide(u"\uFEFF\U0001F600 f\u00FCr \u0141ucja\r\nring [\u2026] \U0001F600!\nbye", is_big));
  }
}

// A line goes by what it says; those that say the same are one.
TEST_F(FolderWriting, OtherLinesOfATextStayToTheByte) {
  Write("notes.txt", "\xEF\xBB\xBFring Ana\r\n\nring Bo \nring Ana\nring Ana again\nring Ana");
  const auto store = Open();
  const Collection notes = Described(*store, "notes.txt");
  EXPECT_THAT(notes.key, testing::ElementsAre("text"));
  const auto redact = [&] { return store->Redact(notes, {{"text", "ring Ana"}}, "text", "ring Ana", {{5, 8}}, "[…]"); };
  EXPECT_EQ(redact().value(), WriteOutcome::kDone);
  EXPECT_EQ(Content("notes.txt"), "\xEF\xBB\xBFring […]\r\n\nring Bo \nring […]\nring Ana again\nring […]");
  EXPECT_EQ(redact().value(), WriteOutcome::kAlreadyDone);
  EXPECT_EQ(store->Update(notes, {{"text", "ring Bo "}}, {}, {{"text", "two\nlines"}}).error().code(),
            "connect.refused");
  EXPECT_EQ(store->Delete(notes, {{"text", "ring […]"}}, {}).value(), WriteOutcome::kDone);
  EXPECT_EQ(Content("notes.txt"), "\xEF\xBB\xBF\nring Bo \nring Ana again\n");
}

TEST_F(FolderWriting, ADocumentIsReadAndNeverWritten) {
  Write("a.html", "<p>ring Ana</p>");
  Write("a.txt", "ring Ana");
  const auto store = Open();
  EXPECT_FALSE(store->Can(Capability::kUpdate, Described(*store, "a.html")));
  EXPECT_TRUE(store->Can(Capability::kUpdate, Described(*store, "a.txt")));
}

TEST_F(FolderWriting, AFileThatChangedMeanwhileIsLeftAlone) {
  Write("a.csv", "id\n1\n");
  const auto rewrite = connect_internal::FileRewrite::Begin(Path("a.csv"), "a.csv");
  ASSERT_TRUE(rewrite.ok());
  Write("a.csv", "id\n1\n2\n");
  EXPECT_EQ(rewrite->Replace(3, 5, "").error().code(), "connect.changed");
  EXPECT_EQ(Content("a.csv"), "id\n1\n2\n");
  EXPECT_EQ(Files(), 1u);
}

TEST_F(FolderWriting, AFileThatSomebodyHoldsIsBusy) {
  Write("a.csv", "id\n1\n");
  const auto held = connect_internal::FileRewrite::Begin(Path("a.csv"), "a.csv");
  ASSERT_TRUE(held.ok());
  EXPECT_THAT(Delete("a.csv", "1"), testing::StartsWith("connect.busy"));
}

TEST_F(FolderWriting, TheFileKeepsItsModeAndALinkIsNotWrittenThrough) {
  Write("a.csv", "id\n1\n2\n");
  fs::permissions(Path("a.csv"), fs::perms(0640));
  EXPECT_EQ(Delete("a.csv", "1"), "id\n2\n");
  EXPECT_EQ(fs::status(Path("a.csv")).permissions(), fs::perms(0640));
  fs::create_symlink(Path("a.csv"), Path("link.csv"));
  const auto store = Open();
  Collection link = Described(*store, "a.csv");
  link.name.name = "link.csv";
  EXPECT_FALSE(store->Delete(link, {{"id", "2"}}, {}).ok());
  EXPECT_EQ(Content("a.csv"), "id\n2\n");
}

}  // namespace
}  // namespace privity
