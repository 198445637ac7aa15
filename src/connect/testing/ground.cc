#include "connect/testing/ground.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <regex>

namespace privity {
namespace {

constexpr unsigned kNobody = 65534;

}  // namespace

ServerWideSetting::ServerWideSetting(const std::string& server)
    : file_(::open(SaidOf(server, "ca").c_str(), O_RDONLY | O_CLOEXEC)) {
  EXPECT_EQ(::flock(file_, LOCK_EX), 0) << "of what locks settings of " << server;
}

ServerWideSetting::~ServerWideSetting() {
  ::close(file_);
}

std::string SaidOf(const std::string& server, const std::string& key) {
  std::smatch match;
  EXPECT_TRUE(std::regex_search(server, match, std::regex("(^| )" + key + "=([^ ]+)"))) << key;
  return match[2];
}

TestFolder::TestFolder() {
  path_ = (std::filesystem::temp_directory_path() / "privity-connect-XXXXXX").string();
  EXPECT_NE(mkdtemp(path_.data()), nullptr);
  std::filesystem::permissions(path_, std::filesystem::perms(0755));
}

TestFolder::~TestFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

AsOrdinaryUser::AsOrdinaryUser() {
  if (geteuid() == 0) {
    previous_ = geteuid();
    EXPECT_EQ(seteuid(kNobody), 0);
  } else {
    previous_ = geteuid();
  }
}

AsOrdinaryUser::~AsOrdinaryUser() {
  EXPECT_EQ(seteuid(previous_), 0);
}

Status KeepingSink::Take(Record record) {
  auto& kept = records.emplace_back();
  for (const FieldCell& cell : record) {
    kept.push_back({std::string(cell.field), cell.kind, std::string(cell.bytes), cell.is_cut});
  }
  return Ok();
}

std::vector<std::optional<std::string>> KeepingSink::Values(std::string_view field) const {
  std::vector<std::optional<std::string>> values;
  for (const auto& record : records) {
    for (const TakenCell& cell : record) {
      if (cell.field != field) continue;
      values.push_back(cell.kind == CellKind::kNull ? std::nullopt : std::optional(cell.bytes));
    }
  }
  return values;
}

void ResetPeakMemory() {
  std::ofstream("/proc/self/clear_refs") << "5";
}

std::size_t PeakMemoryBytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::stoull(line.substr(6)) << 10;
  }
  ADD_FAILURE() << "no VmHWM in /proc/self/status";
  return 0;
}

}  // namespace privity
