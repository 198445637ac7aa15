#include "base/durable_file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>

namespace privity {
namespace {

class DurableFile : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "privity-file-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    directory_ = name;
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }
  std::filesystem::path directory_;
};

TEST_F(DurableFile, ReadsWhatWasWrittenAndReplacesItWhole) {
  const auto path = directory_ / "file";
  ASSERT_TRUE(WriteFileDurably(path, AsBytes("a longer first content")).ok());
  ASSERT_TRUE(WriteFileDurably(path, AsBytes("second")).ok());
  EXPECT_EQ(AsText(*ReadFile(path, 100)), "second");
  EXPECT_FALSE(std::filesystem::exists(directory_ / "file.new"));
  struct stat about;
  ASSERT_EQ(stat(path.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0600u);
}

TEST_F(DurableFile, SaysWhichFileAndWhy) {
  EXPECT_EQ(ReadFile(directory_ / "absent", 1).error(),
            Error("base.file_missing", {{"path", (directory_ / "absent").string()}}));
  ASSERT_TRUE(WriteFileDurably(directory_ / "file", AsBytes("12345")).ok());
  EXPECT_EQ(ReadFile(directory_ / "file", 4).error().code(), "base.file_too_large");
  EXPECT_EQ(ReadFile(directory_, 100).error().code(), "base.file_failed");
  EXPECT_EQ(WriteFileDurably(directory_ / "no" / "such", {}).error().code(), "base.file_missing");
}

TEST_F(DurableFile, NeverFollowsASymbolicLink) {
  ASSERT_TRUE(WriteFileDurably(directory_ / "target", AsBytes("secret")).ok());
  std::filesystem::create_symlink(directory_ / "target", directory_ / "link");
  EXPECT_EQ(ReadFile(directory_ / "link", 100).error().code(), "base.file_failed");
}

TEST_F(DurableFile, RemovesOnceAndForAll) {
  const auto path = directory_ / "file";
  ASSERT_TRUE(WriteFileDurably(path, {}).ok());
  EXPECT_TRUE(RemoveFileDurably(path).ok());
  EXPECT_FALSE(std::filesystem::exists(path));
  EXPECT_TRUE(RemoveFileDurably(path).ok());
}

TEST_F(DurableFile, ReadsAndWritesInTheMiddle) {
  const auto path = directory_ / "file";
  const FileHandle file = *OpenFile(path, O_RDWR | O_CREAT);
  ASSERT_TRUE(WriteAt(file, path, 3, AsBytes("defg")).ok());
  ASSERT_TRUE(WriteAt(file, path, 0, AsBytes("abc")).ok());
  ASSERT_TRUE(SyncFile(file, path).ok());
  EXPECT_EQ(AsText(*ReadAt(file, path, 2, 3)), "cde");
  EXPECT_EQ(AsText(*ReadAt(file, path, 5, 10)), "fg");
}

}  // namespace
}  // namespace privity
