// Holds the catalog against the source: no error without words, no words without an error, no word that an error cannot
// fill, no language with holes. Reads src/ below the working directory, which CTest sets to the repository.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "words/catalog.h"

namespace privity {
namespace {

struct Site {
  std::string code;
  std::string file;
  std::set<std::string> parameters;
};

struct Source {
  std::vector<Site> sites;         // where an Error is made from a literal code
  std::set<std::string> literals;  // every "word.word" in quotes
  std::set<std::string> added;     // parameters that callers add with With("name", …)
};

std::string ReadFile(const std::filesystem::path& path) {
  std::stringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

// The text from `begin` up to the parenthesis or brace that closes the call.
std::string Arguments(const std::string& text, std::size_t begin) {
  int depth = 1;
  std::size_t at = begin;
  bool quoted = false;
  for (; at < text.size() && depth > 0; ++at) {
    const char c = text[at];
    if (quoted) {
      if (c == '\\') ++at;
      quoted = c != '"';
    } else if (c == '"') {
      quoted = true;
    } else if (c == '(' || c == '{') {
      ++depth;
    } else if (c == ')' || c == '}') {
      --depth;
    }
  }
  return text.substr(begin, at - begin);
}

void ReadSource(const std::filesystem::path& path, Source& source) {
  static const std::regex kError(R"re((?:^|[^.>\w])Error(?:\s+\w+)?\s*[({]\s*"([a-z0-9_]+\.[a-z0-9_]+)")re");
  static const std::regex kLiteral(R"re("([a-z0-9_]+\.[a-z0-9_]+)")re");
  static const std::regex kParameter(R"re(\{\s*"([a-z0-9_]+)"\s*,)re");
  static const std::regex kWith(R"re(\bWith\(\s*"([a-z0-9_]+)")re");
  const std::string text = ReadFile(path);
  const std::sregex_iterator end;
  for (std::sregex_iterator at(text.begin(), text.end(), kError); at != end; ++at) {
    Site site{.code = (*at)[1], .file = path.string(), .parameters = {}};
    const std::string arguments = Arguments(text, static_cast<std::size_t>(at->position() + at->length()));
    for (std::sregex_iterator p(arguments.begin(), arguments.end(), kParameter); p != end; ++p)
      site.parameters.insert((*p)[1]);
    source.sites.push_back(std::move(site));
  }
  for (std::sregex_iterator at(text.begin(), text.end(), kLiteral); at != end; ++at) source.literals.insert((*at)[1]);
  for (std::sregex_iterator at(text.begin(), text.end(), kWith); at != end; ++at) source.added.insert((*at)[1]);
}

const Source& TheSource() {
  static const Source source = [] {
    Source read;
    for (const auto& entry : std::filesystem::recursive_directory_iterator("src")) {
      const std::string path = entry.path().string();
      const bool code = path.ends_with(".cc") || path.ends_with(".h");
      if (code && !path.ends_with("_test.cc") && path.find("/testing/") == std::string::npos) ReadSource(path, read);
    }
    return read;
  }();
  return source;
}

std::set<std::string> ArgumentNames(const std::string& pattern) {
  std::set<std::string> names;
  for (const auto& argument : PatternArguments(pattern).value()) names.insert(argument.substr(0, argument.find(':')));
  return names;
}

const std::vector<std::string> kParts = {".what", ".why", ".mend"};

// A broken words file would end the program at the catalog's first use; here it is named.
class Coverage : public testing::Test {
 protected:
  void SetUp() override {
    const auto loaded = Catalog::LoadBuiltIn();
    ASSERT_TRUE(loaded.ok()) << loaded.error().DebugString();
  }
};

TEST_F(Coverage, TheSourceIsRead) {
  EXPECT_GT(TheSource().sites.size(), 20u) << "run from the repository's root";
  EXPECT_TRUE(TheSource().literals.contains("base.json_syntax"));
}

TEST_F(Coverage, EveryErrorHasWords) {
  const auto& words = Catalog::BuiltIn().PatternsOf("en");
  for (const Site& site : TheSource().sites) {
    EXPECT_TRUE(words.statuses.contains(site.code))
        << site.file << " makes " << site.code << ", which words/en has no words for";
  }
}

TEST_F(Coverage, EveryParameterInTheWordsIsGiven) {
  const auto& words = Catalog::BuiltIn().PatternsOf("en");
  for (const Site& site : TheSource().sites) {
    if (!words.statuses.contains(site.code)) continue;
    for (const auto& part : kParts) {
      for (const auto& name : ArgumentNames(words.errors.at(site.code + part))) {
        EXPECT_TRUE(site.parameters.contains(name) || TheSource().added.contains(name))
            << site.file << " makes " << site.code << " without {" << name << "}, which its words show";
      }
    }
  }
}

TEST_F(Coverage, NoWordsWithoutAnError) {
  for (const auto& [code, status] : Catalog::BuiltIn().PatternsOf("en").statuses) {
    if (code.starts_with("console.")) continue;  // made in web/, where its own test looks
    EXPECT_TRUE(TheSource().literals.contains(code)) << "words/en describes " << code << ", which nothing in src makes";
  }
}

std::map<std::string, std::vector<std::string>> AllArguments(const std::map<std::string, std::string>& patterns) {
  std::map<std::string, std::vector<std::string>> arguments;
  for (const auto& [key, pattern] : patterns) arguments[key] = PatternArguments(pattern).value();
  return arguments;
}

std::string RoomOf(const std::string& key) {
  return key.substr(0, key.find('.'));
}

std::set<std::string> RoomsOf(const std::map<std::string, std::string>& patterns) {
  std::set<std::string> rooms;
  for (const auto& [key, pattern] : patterns) rooms.insert(RoomOf(key));
  return rooms;
}

// What English has in those rooms.
std::map<std::string, std::vector<std::string>> ArgumentsIn(const std::set<std::string>& rooms,
                                                            const std::map<std::string, std::string>& patterns) {
  auto arguments = AllArguments(patterns);
  std::erase_if(arguments, [&](const auto& entry) { return !rooms.contains(RoomOf(entry.first)); });
  return arguments;
}

// A room is in a language whole or not at all, and the errors of all rooms are one whole: a problem never changes its
// language from one code to the next.
TEST_F(Coverage, EveryLanguageHasEveryKeyOfItsRoomsWithTheSameArguments) {
  const Catalog& catalog = Catalog::BuiltIn();
  const auto& english = catalog.PatternsOf("en");
  for (const auto& language : catalog.languages()) {
    const auto& other = catalog.PatternsOf(language);
    EXPECT_EQ(AllArguments(other.texts), ArgumentsIn(RoomsOf(other.texts), english.texts)) << language;
    if (!other.errors.empty()) {
      EXPECT_EQ(AllArguments(other.errors), AllArguments(english.errors)) << language;
    }
  }
}

TEST_F(Coverage, WhatDataSubjectsReadIsThereInFourLanguages) {
  for (const char* language : {"de", "en", "es", "fr"}) {
    const auto rooms = RoomsOf(Catalog::BuiltIn().PatternsOf(language).texts);
    for (const char* room : {"portal", "rights"}) EXPECT_TRUE(rooms.contains(room)) << language << " lacks " << room;
  }
}

}  // namespace
}  // namespace privity
