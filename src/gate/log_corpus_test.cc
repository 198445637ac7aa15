// The statements under tests/corpora/gate, and the figures that may not fall.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

#include "gate/logged_data.h"

namespace privity {
namespace {

constexpr const char* kFigures = "tests/corpora/gate/figures.tsv";

struct Line {
  std::string language;
  std::vector<std::string> expected;  // "email"; "!password" for a credential
  std::string statement;
};

std::vector<Line> ReadCorpus(const std::string& name) {
  std::vector<Line> lines;
  std::ifstream file("tests/corpora/gate/" + name + ".txt");
  for (std::string text; std::getline(file, text);) {
    if (text.empty() || text.starts_with('#')) continue;
    const std::size_t first = text.find(" | ");
    const std::size_t second = text.find(" | ", first + 3);
    Line line{text.substr(0, first), {}, text.substr(second + 3)};
    std::istringstream expected(text.substr(first + 3, second - first - 3));
    for (std::string each; std::getline(expected, each, ',');) {
      if (each != "-") line.expected.push_back(each);
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

SourceLanguage LanguageOf(const std::string& name) {
  static const std::map<std::string, std::string> kEndings = {
      {"python", ".py"}, {"js", ".js"},   {"ts", ".ts"},   {"java", ".java"}, {"kotlin", ".kt"}, {"go", ".go"},
      {"csharp", ".cs"}, {"ruby", ".rb"}, {"php", ".php"}, {"rust", ".rs"},   {"cpp", ".cc"},    {"c", ".c"}};
  return *SourceLanguageOf("a" + kEndings.at(name));
}

std::string Comparable(std::string_view name) {
  std::string out;
  for (const char each : name) {
    if (each != '_') out += each >= 'A' && each <= 'Z' ? static_cast<char>(each + 32) : each;
  }
  return out;
}

// Whether what was found is what was expected: `recipientEmail` is `email`.
bool IsSame(const LoggedData& found, std::string expected) {
  const bool is_credential = expected.starts_with('!');
  if (is_credential) expected.erase(0, 1);
  const std::string a = Comparable(found.field);
  const std::string b = Comparable(expected);
  const bool is_named_so = a.find(b) != std::string::npos || b.find(a) != std::string::npos;
  return is_named_so && is_credential == IsCredential(found.category);
}

struct Counts {
  double right = 0;
  double found = 0;
  double expected = 0;
  double quiet_lines = 0;
  double quiet_lines_hit = 0;
};

std::vector<LoggedData> Find(const Line& line, LoggedDataJudge& judge) {
  const std::string source = (line.language == "php" ? "<?php " : "") + line.statement + "\n";
  const auto statements = ReadLogStatements(LanguageOf(line.language), source, "a");
  std::vector<LoggedData> found;
  for (const LoggedValue& value : statements->values) {
    if (auto data = judge.Judge(value)) found.push_back(*data);
  }
  return found;
}

Counts Measure(const std::string& name) {
  LoggedDataJudge judge(**Detector::BuiltIn());
  Counts counts;
  for (const Line& line : ReadCorpus(name)) {
    const std::vector<LoggedData> found = Find(line, judge);
    const auto is_found = [&](const std::string& expected) {
      return std::any_of(found.begin(), found.end(), [&](const LoggedData& each) { return IsSame(each, expected); });
    };
    const auto right = std::count_if(line.expected.begin(), line.expected.end(), is_found);
    counts.right += static_cast<double>(right);
    counts.found += static_cast<double>(found.size());
    counts.expected += static_cast<double>(line.expected.size());
    counts.quiet_lines += line.expected.empty() ? 1 : 0;
    counts.quiet_lines_hit += line.expected.empty() && !found.empty() ? 1 : 0;
    const bool is_wrong = right != std::ssize(line.expected) || found.size() != line.expected.size();
    if (std::getenv("PRIVITY_SHOW_WRONG") != nullptr && is_wrong && name == "log_statements") {
      std::string names;
      for (const LoggedData& each : found) names += each.field + " " + each.category + "; ";
      std::cout << line.language << ": " << line.statement << "\n    found " << names << "\n";
    }
  }
  return counts;
}

TEST(LogCorpus, NoFigureFalls) {
  std::map<std::string, double> now;
  for (const std::string name : {"log_statements", "log_statements_held_out", "log_statements_last"}) {
    const Counts counts = Measure(name);
    ASSERT_GT(counts.expected, 20) << name;
    now[name + ".precision"] = counts.right / counts.found;
    now[name + ".recall"] = counts.right / counts.expected;
    now[name + ".quiet_left_alone"] = 1 - counts.quiet_lines_hit / counts.quiet_lines;
  }
  if (std::getenv("PRIVITY_WRITE_FIGURES") != nullptr) {
    std::ofstream file(kFigures);
    for (const auto& [name, figure] : now) file << name << "\t" << std::to_string(figure).substr(0, 5) << "\n";
  }
  std::ifstream file(kFigures);
  std::string name;
  double before = 0;
  std::size_t count = 0;
  for (; file >> name >> before; ++count) EXPECT_GE(now.at(name), before - 0.01) << name;
  EXPECT_EQ(count, now.size());
}

}  // namespace
}  // namespace privity
