// What a program in the box can do, and what it cannot: with the shell, which would do anything.
#include "documents/internal/sandbox.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <linux/landlock.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace privity::documents_internal {
namespace {

Result<BoxedOutput> Shell(const std::string& command, std::string_view input = "") {
  return RunBoxed({.path = "/bin/bash",
                   .arguments = {"-c", command},
                   .environment = {"WORD=here"},
                   .memory_bytes_max = 96 << 20,
                   .output_bytes_max = 1000,
                   .seconds_max = 60},
                  input);
}

bool HasLandlock() {
  return syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION) > 0;
}

TEST(Sandbox, AProgramReadsItsInputAndAnswers) {
  const auto output = Shell("echo $WORD; cat", "words");
  ASSERT_TRUE(output.ok());
  EXPECT_EQ(output->text, "here\nwords");
  EXPECT_FALSE(output->was_cut);
}

TEST(Sandbox, AProgramSeesNothingOfOurEnvironment) {
  ASSERT_EQ(setenv("PRIVITY_SECRET_WORD", "shown", 1), 0);
  EXPECT_EQ(Shell("echo \"[$PRIVITY_SECRET_WORD]\"")->text, "[]\n");
}

TEST(Sandbox, AProgramWritesNoFile) {
  const std::string path = testing::TempDir() + "/privity-box-" + std::to_string(getpid());
  EXPECT_FALSE(Shell("set -e; echo words > " + path + "; cat " + path).ok());
  unlink(path.c_str());
}

TEST(Sandbox, AProgramOpensNoSocket) {
  EXPECT_FALSE(Shell("exec 3<>/dev/udp/127.0.0.1/9").ok());  // no partner is needed: outside of a box it succeeds
}

TEST(Sandbox, AProgramReadsNoFileOfAnybody) {
  if (!HasLandlock()) GTEST_SKIP() << "this kernel has no Landlock";
  EXPECT_FALSE(Shell("cat /etc/passwd").ok());
}

// In a child, since it cannot be taken back.
TEST(Sandbox, AProgramOfOursOpensItsInputAndNothingElse) {
  if (!HasLandlock()) GTEST_SKIP() << "this kernel has no Landlock";
  const int input = memfd_create("input", 0);
  const std::string path = "/proc/self/fd/" + std::to_string(input);
  const pid_t child = fork();
  if (child == 0) {
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || open("/usr/lib", O_RDONLY) < 0) _exit(1);
    if (!CloseFiles()) _exit(2);
    if (open("/usr/lib", O_RDONLY) >= 0 || open("/proc/self/status", O_RDONLY) >= 0) _exit(3);
    _exit(open(path.c_str(), O_RDONLY) >= 0 ? 0 : 4);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(WEXITSTATUS(status), 0);
  close(input);
}

TEST(Sandbox, EndlessOutputIsCut) {
  const auto output = Shell("while true; do echo words; done");
  ASSERT_TRUE(output.ok());
  EXPECT_TRUE(output->was_cut);
  EXPECT_EQ(output->text.size(), 1000u);
}

TEST(Sandbox, TooMuchMemoryEndsIt) {
  EXPECT_FALSE(
      Shell("set -e; x=$(head -c 120000000 /dev/zero | tr '\\0' a); echo ${#x} >&2; [ ${#x} = 120000000 ]").ok());
}

TEST(Sandbox, AProgramThatFailsOrIsMissingIsNamed) {
  EXPECT_TRUE(Shell("exit 3").error().Is("documents.helper"));
  const auto missing = RunBoxed({.path = "/nowhere/at/all", .arguments = {}}, "");
  EXPECT_TRUE(missing.error().Is("documents.helper_missing"));
  EXPECT_EQ(missing.error().Parameter("program"), "/nowhere/at/all");
}

}  // namespace
}  // namespace privity::documents_internal
