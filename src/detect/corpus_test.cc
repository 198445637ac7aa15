// The corpus under tests/corpora/detect, and the figures that may not fall.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>

#include "base/json.h"
#include "base/utf8.h"
#include "detect/detector.h"
#include "detect/evaluation.h"
#include "detect/testing/labelled_schemas.h"

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

// One text a line; \n in it ends a line of the text.
std::vector<Sentence> Sentences(const std::string& name) {
  std::ifstream file("tests/corpora/detect/" + name + ".txt");
  EXPECT_TRUE(file) << "runs in the root of the source tree";
  std::vector<Sentence> sentences;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.starts_with('#')) continue;
    for (auto at = line.find("\\n"); at != line.npos; at = line.find("\\n", at)) line.replace(at, 2, "\n");
    sentences.push_back(ParseSentence(line));
  }
  return sentences;
}

using Figures = std::map<std::string, double>;

const Detector& BuiltIn() {
  static const auto detector = Detector::BuiltIn().value();
  return *detector;
}

double F1(double right, double found, double labelled) {
  return right == 0 ? 0 : 2 * right / (found + labelled);
}

void MeasureTexts(const std::string& name, Figures& figures) {
  std::stringstream labelled;
  std::stringstream found;
  int id = 0;
  for (const Sentence& sentence : Sentences(name)) {
    labelled << ToJson(Json::Object({{"id", ++id}, {"spans", Json::ArrayOf(sentence.spans)}})) << '\n';
    found << ToJson(Json::Object({{"id", id}, {"spans", ToJsonValue(BuiltIn().Text(sentence.text))}})) << '\n';
  }
  const Evaluation evaluation = EvaluateSpans(labelled, found).value();
  double exact = 0, spans = 0, finds = 0;
  for (const EntityScore& score : evaluation.scores) {
    figures[name + "." + score.entity + ".overlap_f1"] = score.overlap_f1;
    if (score.entity == "any") {
      figures[name + ".any.overlap_f2"] = score.overlap_f2;
      continue;
    }
    exact += static_cast<double>(score.exact);
    spans += static_cast<double>(score.labelled);
    finds += static_cast<double>(score.found);
  }
  figures[name + ".typed_exact_f1"] = F1(exact, finds, spans);
  figures[name + ".impersonal_texts_clean"] =
      1 - static_cast<double>(evaluation.impersonal_texts_hit) /
              static_cast<double>(std::max<std::int64_t>(1, evaluation.impersonal_texts));
}

// What a redaction would cover, of texts as they are and with their ASCII letters in capitals or in small ones: the
// share of labelled spans of which no letter or digit stays.
void MeasureCover(const std::string& name, Figures& figures) {
  const std::map<std::string, int (*)(int)> spellings = {{"covered", [](int c) { return c; }},
                                                         {"covered_in_capitals", [](int c) { return std::toupper(c); }},
                                                         {"covered_in_small", [](int c) { return std::tolower(c); }}};
  for (const auto& [figure, spell] : spellings) {
    double labelled = 0, covered = 0;
    for (const Sentence& sentence : Sentences(name)) {
      std::string text = sentence.text;
      for (char& c : text) {
        if (static_cast<unsigned char>(c) < 0x80) c = static_cast<char>(spell(c));
      }
      const std::vector<TextSpan> spans = BuiltIn().Text(text);
      for (const Json& marked : sentence.spans) {
        const std::int64_t end = marked["end"].IntegerOr(0);
        std::int64_t at = marked["start"].IntegerOr(0);
        for (const TextSpan& span : spans) {                      // in the order of the text
          if (span.start <= at + 1) at = std::max(at, span.end);  // a space between two finds
        }
        ++labelled;
        covered += at >= end;
      }
    }
    figures[name + "." + figure] = covered / labelled;
  }
}

// Whether a number of this kind is somebody's.
bool IsIdentifier(Entity entity) {
  switch (entity) {
    case Entity::kPhone:
    case Entity::kDeviceId:
    case Entity::kCreditCard:
    case Entity::kBankAccount:
    case Entity::kNationalId:
    case Entity::kTaxId:
    case Entity::kPassport:
    case Entity::kDrivingLicence:
    case Entity::kHealthId:
    case Entity::kVehicle:
    case Entity::kCrypto:
    case Entity::kOtherId:
      return true;
    default:
      return false;
  }
}

// Of numbers, whatever their kind: finds that cover seven tenths of a marked one, and lines without one that have none.
void MeasureIdentifiers(const std::string& name, Figures& figures) {
  constexpr double kOverlap = 0.7;
  double labelled = 0, found = 0, recalled = 0, right = 0, decoys = 0, hit = 0;
  for (const Sentence& sentence : Sentences(name)) {
    std::vector<TextSpan> spans = BuiltIn().Text(sentence.text);
    std::erase_if(spans, [&](const TextSpan& span) {
      return !IsIdentifier(span.entity) && std::ranges::none_of(sentence.spans, [&](const Json& marked) {
        return marked["entity"].StringOr("") == EnumText(span.entity);
      });
    });
    const auto overlaps = [](const TextSpan& span, const Json& marked) {
      const std::int64_t start = marked["start"].IntegerOr(0), end = marked["end"].IntegerOr(0);
      const auto common = static_cast<double>(std::min(span.end, end) - std::max(span.start, start));
      return common >= kOverlap * static_cast<double>(std::max(span.end - span.start, end - start));
    };
    for (const Json& marked : sentence.spans) {
      ++labelled;
      recalled += std::ranges::any_of(spans, [&](const TextSpan& span) { return overlaps(span, marked); });
    }
    for (const TextSpan& span : spans) {
      ++found;
      right += std::ranges::any_of(sentence.spans, [&](const Json& marked) { return overlaps(span, marked); });
    }
    decoys += sentence.spans.empty();
    hit += sentence.spans.empty() && !spans.empty();
  }
  figures[name + ".decoys_clean"] = 1 - hit / decoys;
  if (labelled == 0) return;
  const double precision = right / found, recall = recalled / labelled;
  figures[name + ".f1"] = 2 * precision * recall / (precision + recall);
  figures[name + ".precision"] = precision;
  figures[name + ".recall"] = recall;
}

// By lines: whether one with a secret has a find, and one without has none.
void MeasureSecrets(const std::string& name, Figures& figures) {
  double labelled = 0, decoys = 0, right = 0, hit = 0;
  for (const Sentence& sentence : Sentences(name)) {
    const auto spans = BuiltIn().Text(sentence.text);
    const bool found =
        std::any_of(spans.begin(), spans.end(), [](const TextSpan& span) { return span.entity == Entity::kSecret; });
    const bool is = !sentence.spans.empty();
    labelled += is;
    decoys += !is;
    right += is && found;
    hit += !is && found;
  }
  figures[name + ".f1"] = F1(right, right + hit, labelled);
  figures[name + ".recall"] = right / labelled;
  figures[name + ".decoys_clean"] = 1 - hit / decoys;
}

// The second level of a category: "user.contact" of "user.contact.email"; "none" for what is not personal.
std::string Branch(const std::string& category) {
  const auto second = category.find('.', category.find('.') + 1);
  return category.substr(0, second);
}

struct Counted {
  double labelled = 0, found = 0, both = 0, branch = 0, impersonal = 0, hit = 0;

  void Add(const std::string& label, const std::string& judged) {
    const bool is = label != kNoCategory, says = judged != kNoCategory;
    labelled += is;
    found += says;
    both += is && says;
    branch += is && Branch(label) == Branch(judged);
    impersonal += !is;
    hit += !is && says;
  }
  void Write(const std::string& name, Figures& figures) const {
    figures[name + ".impersonal_clean"] = 1 - hit / impersonal;
    if (labelled == 0) return;
    figures[name + ".personal_f1"] = F1(both, found, labelled);
    figures[name + ".personal_precision"] = both / found;
    figures[name + ".personal_recall"] = both / labelled;
    figures[name + ".branch_f1"] = F1(branch, found, labelled);
  }
};

void MeasureSchemas(const std::string& name, Figures& figures) {
  std::ifstream file("tests/corpora/detect/" + name + ".txt");
  EXPECT_TRUE(file);
  Counted counted;
  std::vector<LabelledTable> tables = ReadLabelledSchemas(file);
  ShowSystems(tables, [](const auto& system, const auto& collections) { return BuiltIn().View(system, collections); });
  for (const LabelledTable& table : tables) {
    const auto judged = BuiltIn().Fields(table.fields);
    for (std::size_t i = 0; i < judged.size(); ++i) counted.Add(table.labels[i], judged[i].category);
  }
  counted.Write(name, figures);
}

// "demographic.gender ES poll.answers.sexo<tab>mujer|hombre": the label, the country or language, and in some files the
// collection and the field, with or without a system; then the values.
void MeasureColumns(const std::string& name, Figures& figures) {
  std::ifstream file("tests/corpora/detect/" + name + ".txt");
  EXPECT_TRUE(file);
  Counted counted;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#')) continue;
    std::istringstream head(line.substr(0, line.find('\t')));
    std::string label, country, place = "t1.c1";
    head >> label >> country >> place;
    const auto field = place.rfind('.'), collection = place.rfind('.', field - 1);
    ColumnContext column{
        .field = {.collection = place.substr(collection + 1, field - collection - 1), .field = place.substr(field + 1)},
        .values = {}};
    if (collection != place.npos) column.field.system = place.substr(0, collection);
    std::istringstream values(line.substr(line.find('\t') + 1));
    for (std::string value; std::getline(values, value, '|');) column.values.push_back(value);
    counted.Add(label == kNoCategory ? label : "user." + label, BuiltIn().Column(column).category);
  }
  counted.Write(name, figures);
}

// "contact.phone_number c2<tab>+36 30 417 2208|...": the columns of a table, judged together; an empty line ends it.
void MeasureTables(const std::string& name, Figures& figures) {
  std::ifstream file("tests/corpora/detect/" + name + ".txt");
  EXPECT_TRUE(file);
  Counted counted;
  std::vector<std::string> labels;
  std::vector<ColumnContext> columns;
  const auto judge = [&] {
    const std::vector<ColumnJudgement> judged = BuiltIn().Columns(columns);
    for (std::size_t i = 0; i < judged.size(); ++i)
      counted.Add(labels[i] == kNoCategory ? labels[i] : "user." + labels[i], judged[i].category);
    labels.clear();
    columns.clear();
  };
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#')) continue;
    if (line.empty()) {
      judge();
      continue;
    }
    std::istringstream head(line.substr(0, line.find('\t'))), values(line.substr(line.find('\t') + 1));
    ColumnContext column{.field = {.collection = "t1"}, .values = {}};
    head >> labels.emplace_back() >> column.field.field;
    for (std::string value; std::getline(values, value, '|');) column.values.push_back(value);
    columns.push_back(std::move(column));
  }
  judge();
  counted.Write(name, figures);
}

using Measure = void (*)(const std::string& name, Figures& figures);

// Every file of the folder and how it is measured, which its name says.
std::map<std::string, Measure> Corpora() {
  static constexpr std::array<std::pair<std::string_view, Measure>, 10> kKinds = {
      {{"texts_", MeasureTexts},
       {"sentences", MeasureTexts},
       {"clinical_es", MeasureTexts},
       {"mixed_en", MeasureTexts},
       {"schema", MeasureSchemas},
       {"columns_tables", MeasureTables},
       {"columns", MeasureColumns},
       {"identifiers", MeasureIdentifiers},
       {"numbers_of_things", MeasureIdentifiers},
       {"secrets", MeasureSecrets}}};
  std::map<std::string, Measure> corpora;
  for (const auto& file : std::filesystem::directory_iterator("tests/corpora/detect")) {
    if (file.path().extension() != ".txt") continue;
    const std::string name = file.path().stem().string();
    const auto kind = std::ranges::find_if(kKinds, [&](const auto& known) { return name.starts_with(known.first); });
    if (kind == kKinds.end()) {
      ADD_FAILURE() << name << ": nothing says how it is measured";
    } else {
      corpora.emplace(name, kind->second);
    }
  }
  return corpora;
}

// The figures as last measured stand in one place, tests/corpora/detect/figures.tsv; docs/accuracy.md speaks of them.
// After a change for the better, PRIVITY_WRITE_FIGURES=1 writes them anew.
TEST(Corpus, FiguresDoNotFall) {
  Figures figures;
  for (const auto& [name, measure] : Corpora()) measure(name, figures);
  for (const std::string name :
       {"mixed_en", "texts_trades", "texts_held_out", "texts_requests", "texts_requests_held_out", "texts_borders",
        "texts_borders_held_out", "texts_reports", "texts_reports_held_out", "texts_spelled", "texts_spelled_held_out"})
    MeasureCover(name, figures);
  const std::string path = "tests/corpora/detect/figures.tsv";
  if (std::getenv("PRIVITY_WRITE_FIGURES") != nullptr) {
    std::ofstream out(path);
    for (const auto& [name, value] : figures)
      out << name << '\t' << std::fixed << std::setprecision(3) << value << '\n';
  }
  std::ifstream floors(path);
  std::size_t compared = 0;
  for (std::string name, value; std::getline(floors, name, '\t') && std::getline(floors, value); ++compared) {
    ASSERT_TRUE(figures.contains(name)) << name << " is not measured any more";
    EXPECT_GE(figures[name], std::stod(value) - kMayFall) << name;
  }
  EXPECT_EQ(compared, figures.size()) << "a figure is measured and not kept: run with PRIVITY_WRITE_FIGURES=1";
}

}  // namespace
}  // namespace privity
