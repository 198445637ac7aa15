// Every input that fuzzing ever found, run through its target. Reads fuzz/corpus below the working directory, which
// CTest sets to the repository.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "fuzz/fuzz_target.h"

namespace privity::fuzz {
namespace {

class Replay : public testing::TestWithParam<Target> {};

TEST_P(Replay, TheCorpusBreaksNoPromise) {
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator("fuzz/corpus/" + GetParam().name)) {
    std::stringstream input;
    input << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    SCOPED_TRACE(entry.path());
    GetParam().run(input.str());
    ++files;
  }
  EXPECT_GT(files, 0);
}

INSTANTIATE_TEST_SUITE_P(Targets, Replay, testing::ValuesIn(Targets()),
                         [](const auto& target) { return target.param.name; });

}  // namespace
}  // namespace privity::fuzz
