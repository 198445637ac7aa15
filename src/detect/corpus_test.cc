// The corpus under tests/corpora/detect, and the figures that may not fall.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>

#include "base/json.h"
#include "base/utf8.h"
#include "detect/detector.h"
#include "detect/evaluation.h"

namespace privity {
namespace {

constexpr double kMayFall = 0.01;  // one point

struct Sentence {
  std::string text;
  Json::Items spans;
};

// "[[email:ana@example.org]]" marks what is to be found.
Sentence ParseSentence(std::string_view line) {
  Sentence sentence;
  while (!line.empty()) {
    const auto open = line.find("[[");
    sentence.text += line.substr(0, open);
    if (open == line.npos) break;
    const auto colon = line.find(':', open);
    const auto close = line.find("]]", open);
    const std::string_view marked = line.substr(colon + 1, close - colon - 1);
    const auto start = static_cast<std::int64_t>(CountCharacters(sentence.text));
    sentence.text += marked;
    sentence.spans.push_back(Json::Object({{"start", start},
                                           {"end", start + static_cast<std::int64_t>(CountCharacters(marked))},
                                           {"entity", line.substr(open + 2, colon - open - 2)}}));
    line.remove_prefix(close + 2);
  }
  return sentence;
}

TEST(Corpus, FiguresDoNotFall) {
  std::ifstream sentences("tests/corpora/detect/sentences.txt");
  ASSERT_TRUE(sentences) << "runs in the root of the source tree";
  const auto detector = Detector::BuiltIn().value();
  std::stringstream labelled;
  std::stringstream found;
  int id = 0;
  for (std::string line; std::getline(sentences, line);) {
    if (line.empty() || line.starts_with('#')) continue;
    Sentence sentence = ParseSentence(line);
    labelled << ToJson(Json::Object({{"id", ++id}, {"spans", Json::ArrayOf(sentence.spans)}})) << '\n';
    found << ToJson(Json::Object({{"id", id}, {"spans", ToJsonValue(detector->Text(sentence.text))}})) << '\n';
  }
  const Evaluation evaluation = EvaluateSpans(labelled, found).value();
  std::ifstream floors("tests/corpora/detect/figures.tsv");
  std::map<std::string, double> known;
  for (std::string name, value; std::getline(floors, name, '\t') && std::getline(floors, value);) {
    known[name] = std::stod(value);
  }
  ASSERT_FALSE(known.empty());
  for (const EntityScore& score : evaluation.scores) {
    if (!known.contains(score.entity)) continue;
    EXPECT_GE(score.overlap_f1, known[score.entity] - kMayFall) << score.entity;
  }
  EXPECT_LE(static_cast<double>(evaluation.impersonal_texts_hit), known["impersonal_texts_hit"]);
}

}  // namespace
}  // namespace privity
