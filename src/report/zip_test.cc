#include "report/testing/zip_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

namespace privity {
namespace {

std::string Zip(const std::vector<std::pair<std::string, std::string>>& files) {
  std::string out;
  ZipWriter writer(
      [&out](BytesView bytes) {
        out += AsText(bytes);
        return Ok();
      },
      ParseInstant("2026-03-10T09:30:00Z").value());
  for (const auto& [name, content] : files) EXPECT_TRUE(writer.Add(name, AsBytes(content)).ok()) << name;
  EXPECT_TRUE(writer.Finish().ok());
  return out;
}

// Every entry's name and content, or the error that ended the reading.
Result<std::vector<std::pair<std::string, std::string>>> Unzip(std::string_view zip, const ZipLimits& limits = {}) {
  PRIVITY_TRY(ZipReader reader, ZipReader::Open(AsBytes(zip), limits));
  std::vector<std::pair<std::string, std::string>> files;
  for (;;) {
    PRIVITY_TRY(const auto entry, reader.Next());
    if (!entry) return files;
    PRIVITY_TRY(const Bytes content, reader.ReadAll());
    files.emplace_back(entry->name, AsText(content));
  }
}

// The archive with one name replaced by another of the same length, in the local header and in the directory.
std::string Renamed(std::string zip, std::string_view from, std::string_view to) {
  EXPECT_EQ(from.size(), to.size());
  for (auto at = zip.find(from); at != zip.npos; at = zip.find(from, at + 1)) zip.replace(at, from.size(), to);
  return zip;
}

TEST(Zip, WhatIsWrittenIsReadBackInOrderWithUtf8Names) {
  const std::vector<std::pair<std::string, std::string>> files = {
      {"package/data.json", "{}"}, {"package/Übersicht – 日本.txt", std::string(100'000, 'a')}, {"empty", ""}};
  const auto read = Unzip(Zip(files));
  ASSERT_TRUE(read.ok()) << read.error().DebugString();
  EXPECT_EQ(*read, files);
}

TEST(Zip, TheSameContentGivesTheSameBytes) {
  EXPECT_EQ(Zip({{"a", "x"}, {"b", "y"}}), Zip({{"a", "x"}, {"b", "y"}}));
}

TEST(Zip, AnEntryInPiecesEqualsTheWhole) {
  std::string out;
  ZipWriter writer(
      [&out](BytesView bytes) {
        out += AsText(bytes);
        return Ok();
      },
      Instant());
  ASSERT_TRUE(writer.Begin("a").ok());
  for (const char* piece : {"one ", "", "two ", "three"}) ASSERT_TRUE(writer.Write(AsBytes(piece)).ok());
  ASSERT_TRUE(writer.End().ok());
  ASSERT_TRUE(writer.Finish().ok());
  EXPECT_EQ(Unzip(out).value().at(0).second, "one two three");
}

TEST(Zip, AnEmptyArchiveIsAnArchive) {
  EXPECT_TRUE(Unzip(Zip({})).value().empty());
}

TEST(Zip, NamesThatLeaveTheFolderAreNeitherWrittenNorRead) {
  std::string out;
  ZipWriter writer([](BytesView) { return Ok(); }, Instant());
  for (const char* name : {"", "/etc/passwd", "../up", "a/../b", "a//b", "a/", "./a", "C:x", "a\\b", "a\nb", "\xff"}) {
    EXPECT_FALSE(IsSafeZipName(name)) << name;
    EXPECT_TRUE(writer.Add(name, {}).error().Is("report.zip_name")) << name;
  }
  EXPECT_TRUE(writer.Add("twice", {}).ok());
  EXPECT_TRUE(writer.Add("twice", {}).error().Is("report.zip_name"));
  const std::string good = Zip({{"aaaaaa", "x"}});
  for (const char* name : {"/aaaaa", "../aaa", "a/../b", "a//aaa", "..\\aaa", "a\naaaa", "./aaaa"}) {
    const auto files = Unzip(Renamed(good, "aaaaaa", name));
    ASSERT_FALSE(files.ok()) << name << " was read as " << files->at(0).first;
    EXPECT_TRUE(files.error().Is("report.zip_name")) << name;
  }
}

// Old Windows programs wrote them so; libarchive mends it, and the mended name is the one that is checked.
TEST(Zip, ABackslashIsReadAsASlash) {
  EXPECT_EQ(Unzip(Renamed(Zip({{"aaaaaa", "x"}}), "aaaaaa", "a\\aaaa")).value().at(0).first, "a/aaaa");
}

TEST(Zip, ABombStopsAtTheLimitThatItBreaks) {
  const std::string zeros(20'000'000, '\0');
  const std::string bomb = Zip({{"zeros", zeros}});
  ASSERT_LT(bomb.size(), 100'000u);
  EXPECT_EQ(Unzip(bomb).error().Parameter("limit"), "ratio");
  EXPECT_EQ(Unzip(bomb, {.total_bytes_max = 5'000'000, .ratio_max = 10'000}).error().Parameter("limit"), "total_bytes");
  EXPECT_EQ(Unzip(Zip({{"a", ""}, {"b", ""}, {"c", ""}}), {.entries_max = 2}).error().Parameter("limit"), "entries");
  EXPECT_EQ(Unzip(Zip({{"a/b/c/d", "x"}}), {.depth_max = 3}).error().Parameter("limit"), "depth");
  EXPECT_TRUE(Unzip(Zip({{"a/b/c", "x"}}), {.depth_max = 3}).ok());
}

// Many entries, each small: it is the sum that counts.
TEST(Zip, TheLimitOnTheTotalCountsAllEntriesTogether) {
  std::vector<std::pair<std::string, std::string>> files;
  for (int i = 0; i < 20; ++i) files.emplace_back("f" + std::to_string(i), std::string(1000, 'x'));
  EXPECT_EQ(Unzip(Zip(files), {.total_bytes_max = 19'999}).error().Parameter("limit"), "total_bytes");
  EXPECT_TRUE(Unzip(Zip(files), {.total_bytes_max = 20'000}).ok());
}

TEST(Zip, AnArchiveInsideAnArchiveIsJustAFile) {
  const std::string inner = Zip({{"inner", "x"}});
  EXPECT_EQ(Unzip(Zip({{"outer.zip", inner}})).value().at(0).second, inner);
}

// Cut and changed everywhere: an error or other content, but never a crash and never the old content under a broken
// checksum.
TEST(Zip, DamageIsNoticed) {
  const std::string zip = Zip({{"a", "some content that is long enough to be changed"}});
  for (std::size_t size = 0; size < zip.size(); size += 7) {
    const auto files = Unzip(std::string_view(zip).substr(0, size));
    EXPECT_TRUE(!files.ok() || files->empty()) << size;
  }
  std::string changed = zip;
  changed[60] = static_cast<char>(changed[60] ^ 1);
  EXPECT_TRUE(Unzip(changed).error().Is("report.zip_damaged"));
  EXPECT_TRUE(Unzip("not a zip").error().Is("report.zip_damaged"));
}

}  // namespace
}  // namespace privity
