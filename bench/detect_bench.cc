// Detection in text and columns: the whole, its parts alone, Vectorscan with the patterns of the same rules, and a pass
// that only reads the bytes, over the same text in the same run. Rounds alternate; the median counts. Two libraries
// from npm (detect_peers.mjs) read every 45th of the same texts: more would take an hour. Then columns of 1,000 values
// each, and how the time of one endless line grows with its length.
//
// The text is mixed: the repository's own documents and sources (prose and code that name nearly nobody), and invented
// customers as CSV, log lines and letters.
#include <hs/hs.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <vector>

#include "base/invariant.h"
#include "detect/detector.h"
#include "detect/internal/name_rules.h"
#include "detect/internal/shape_rules.h"
#include "detect/internal/text_rules.h"

namespace privity {
namespace {

using std::chrono::steady_clock;
constexpr int kRounds = 5;
constexpr std::size_t kTextBytes = 2000;  // of one text, as a message or a cell of notes
constexpr std::size_t kMixedBytes = 12 << 20;

double SecondsOf(const std::function<void()>& work) {
  timespec begin{}, end{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &begin);
  work();
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
  return static_cast<double>(end.tv_sec - begin.tv_sec) + 1e-9 * static_cast<double>(end.tv_nsec - begin.tv_nsec);
}

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Prose and code: what lies in the repository, in the order of its paths.
std::string Repository() {
  std::vector<std::filesystem::path> paths;
  for (const char* folder : {"docs", "src", "packs"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
      const auto extension = entry.path().extension();
      if (extension == ".md" || extension == ".cc" || extension == ".yaml") paths.push_back(entry.path());
    }
  }
  std::ranges::sort(paths);
  std::string text;
  for (const auto& path : paths) text += ReadFile(path);
  return text;
}

// Invented people: published test numbers, counted up.
std::string Customers(std::size_t bytes) {
  static constexpr const char* kGiven[] = {"Ana", "Thomas", "Mira", "Pierre", "Lucía", "Hans", "Giulia", "Joana"};
  static constexpr const char* kSurname[] = {"Ruiz", "Wright", "Keller", "Dubois", "Vega", "Schmidt", "Rossi", "Alves"};
  static constexpr const char* kCity[] = {"Boston", "Berlin", "Madrid", "Lyon", "Milano", "Porto", "Utrecht", "Leeds"};
  std::string text = "id;name;email;phone;birth_date;iban;card;ip;city\n";
  char line[512];
  for (unsigned n = 0; text.size() < bytes; ++n) {
    const char* given = kGiven[n % 8];
    const char* surname = kSurname[n / 8 % 8];
    const char* city = kCity[n / 64 % 8];
    switch (n % 4) {
      case 0:
      case 1:
        std::snprintf(line, sizeof line,
                      "%u;%s %s;user%u@example.org;+49 30 %07u;%04u-%02u-%02u;DE89370400440532013000;4111111111111111;"
                      "192.0.2.%u;%s\n",
                      100000 + n, given, surname, n, n * 7919 % 10000000, 1950 + n % 55, 1 + n % 12, 1 + n % 28,
                      n % 256, city);
        break;
      case 2:
        std::snprintf(line, sizeof line,
                      "2026-11-%02uT10:%02u:%02uZ INFO request handled method=GET path=/v1/orders/%u status=200 "
                      "duration_ms=%u client=198.51.100.%u\n",
                      1 + n % 28, n % 60, n % 60, n, n % 400, n % 256);
        break;
      default:
        std::snprintf(line, sizeof line,
                      "Dear %s %s, your order %u has left our house in %s and should reach you within three days. If "
                      "anything is missing, please write to help@example.org or call (415) 555-0%03u.\n",
                      given, surname, n, city, n % 200);
    }
    text += line;
  }
  return text;
}

std::vector<std::string_view> Pieces(std::string_view text) {
  std::vector<std::string_view> pieces;
  while (!text.empty()) {
    auto end = text.size() <= kTextBytes ? text.size() : text.find('\n', kTextBytes);
    end = end == text.npos ? text.size() : std::min(end + 1, text.size());
    pieces.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return pieces;
}

struct Contender {
  const char* name;
  std::function<std::size_t(std::string_view)> look;
  std::vector<double> rates = {};
  std::size_t found = 0;
};

void Compare(const char* what, std::string_view text, std::vector<Contender> contenders) {
  const auto pieces = Pieces(text);
  for (int round = 0; round < kRounds; ++round) {
    for (Contender& contender : contenders) {
      contender.found = 0;
      const double seconds = SecondsOf([&] {
        for (const std::string_view piece : pieces) contender.found += contender.look(piece);
      });
      contender.rates.push_back(static_cast<double>(text.size()) / 1e6 / seconds);
    }
  }
  std::printf("%s, %.1f MB in texts of %zu bytes\n", what, static_cast<double>(text.size()) / 1e6, kTextBytes);
  for (Contender& contender : contenders) {
    std::ranges::sort(contender.rates);
    std::printf("  %-34s %9.1f MB/s  %zu found\n", contender.name, contender.rates[kRounds / 2], contender.found);
  }
}

// The patterns of all detector files as regular expressions of Vectorscan: no check digits, no words near them, only
// ends of matches. What an engine of patterns alone would give.
class Vectorscan {
 public:
  explicit Vectorscan(const Detector& detector) {
    std::vector<std::string> patterns;
    for (const auto& file : detector.files()) {
      if (!file->text) continue;
      for (const std::string& pattern : file->text->patterns) patterns.push_back("\\b" + pattern + "\\b");
    }
    std::vector<const char*> expressions;
    std::vector<unsigned> flags(patterns.size(), HS_FLAG_DOTALL), ids(patterns.size());
    for (const std::string& pattern : patterns) expressions.push_back(pattern.c_str());
    hs_compile_error_t* error = nullptr;
    const double seconds = SecondsOf([&] {
      hs_compile_multi(expressions.data(), flags.data(), ids.data(), static_cast<unsigned>(patterns.size()),
                       HS_MODE_BLOCK, nullptr, &database_, &error);
    });
    Invariant(error == nullptr && hs_alloc_scratch(database_, &scratch_) == HS_SUCCESS,
              "Vectorscan takes the patterns");
    std::printf("Vectorscan: %zu patterns compiled in %.1f s\n", patterns.size(), seconds);
  }

  std::size_t Count(std::string_view text) const {
    std::size_t found = 0;
    const auto count = [](unsigned, unsigned long long, unsigned long long, unsigned, void* sum) {
      ++*static_cast<std::size_t*>(sum);
      return 0;
    };
    hs_scan(database_, text.data(), static_cast<unsigned>(text.size()), 0, scratch_, count, &found);
    return found;
  }

 private:
  hs_database_t* database_ = nullptr;
  hs_scratch_t* scratch_ = nullptr;
};

std::vector<Contender> Contenders(const Detector& detector) {
  static const Vectorscan vectorscan(detector);
  const auto catalog = PackCatalog::Load(DetectorPackKinds(), BuiltInDetectorFiles()).value();
  const auto gazetteer = catalog.Get<GazetteerFile>("gazetteer", "names", Date::FromYearMonthDay(2026, 1, 1).value());
  static const detect::ShapeRules shapes(detector.files(), **gazetteer);
  static const auto rules = detect::TextRules::Build(detector.files(), **gazetteer);
  static const detect::NameTagger tagger(detect::NameModel::BuiltIn());
  static detect::Scan scan;
  static std::vector<detect::Find> finds;
  return {{"whole detector", [&](std::string_view text) { return detector.Text(text).size(); }},
          {"structured kinds and secrets",
           [](std::string_view text) {
             finds.clear();
             detect::ScanText(text, scan);
             rules->FindAll(scan, finds);
             shapes.FindAll(scan, finds);
             return finds.size();
           }},
          {"  words and numbers alone",
           [](std::string_view text) {
             detect::ScanText(text, scan);
             return scan.tokens.size();
           }},
          {"  numbers and secrets alone",
           [](std::string_view text) {
             finds.clear();
             detect::ScanText(text, scan);
             rules->FindAll(scan, finds);
             return finds.size();
           }},
          {"Vectorscan, the same patterns", [](std::string_view text) { return vectorscan.Count(text); }},
          {"tagger alone",
           [](std::string_view text) {
             static std::vector<detect::TaggedName> names;
             names.clear();
             detect::ScanText(text, scan);
             tagger.FindAll(scan, names);
             return names.size();
           }},
          {"reading the bytes alone", [](std::string_view text) {
             std::size_t ats = 0;
             for (const char c : text) ats += c == '@';
             return ats;
           }}};
}

// Every 45th of the texts, a NUL after each, for detect_peers.mjs.
void CompareWithNpm(std::string_view text) {
  const std::filesystem::path path = std::filesystem::temp_directory_path() / "privity-detect-peers.txt";
  std::ofstream out(path, std::ios::binary);
  const auto pieces = Pieces(text);
  for (std::size_t i = 0; i < pieces.size(); i += 45) out << pieces[i] << '\0';
  out.close();
  std::fflush(stdout);
  const int code = std::system(("node bench/detect_peers.mjs " + path.string()).c_str());
  std::filesystem::remove(path);
  if (code != 0) std::printf("  peers from npm: not measured; `./dev bench detect` installs them\n");
}

// Columns of invented values, each of 1,000 distinct ones: mail, names, numbers of cards, dates, amounts, words.
std::vector<ColumnContext> ColumnsOf1000() {
  static constexpr const char* kForms[] = {"user%u@example.org", "Ana %u Ruiz", "4111 1111 1111 %04u",
                                           "%04u-%02u-%02u",     "%u.90 EUR",   "part %u of the shelf"};
  std::vector<ColumnContext> columns;
  for (const char* form : kForms) {
    ColumnContext column{.field = {.collection = "t1", .field = "c1"}, .values = {}};
    char value[64];
    for (unsigned n = 0; n < 1000; ++n) {
      if (form[1] == '0') {
        std::snprintf(value, sizeof value, form, 1990 + n / 336, 1 + n / 28 % 12, 1 + n % 28);  // another day each
      } else {
        std::snprintf(value, sizeof value, form, n);
      }
      column.values.emplace_back(value);
    }
    columns.push_back(std::move(column));
  }
  return columns;
}

void CompareColumns(const Detector& detector) {
  const std::vector<ColumnContext> columns = ColumnsOf1000();
  std::vector<double> rates;
  std::size_t personal = 0;
  for (int round = 0; round < kRounds; ++round) {
    const double seconds = SecondsOf([&] {
      for (const ColumnContext& column : columns) personal += detector.Column(column).category != kNoCategory;
    });
    rates.push_back(static_cast<double>(columns.size()) / seconds);
  }
  std::ranges::sort(rates);
  std::printf("columns of 1,000 values: %.0f a second, %zu of %zu personal\n", rates[kRounds / 2], personal / kRounds,
              columns.size());
}

// Linear is a factor of ten for ten times the bytes.
void CompareOneLine(const Detector& detector, std::string line) {
  std::ranges::replace(line, '\n', ' ');
  while (line.size() < (100u << 20)) line += line;
  double before = 0;
  for (const std::size_t bytes : {std::size_t{10} << 20, std::size_t{100} << 20}) {
    const double seconds = SecondsOf([&] { detector.Text(std::string_view(line).substr(0, bytes)); });
    std::printf("one line of %zu MB: %.1f s, %.1f MB/s", bytes >> 20, seconds,
                static_cast<double>(bytes) / 1e6 / seconds);
    std::printf(before > 0 ? ", %.1f times the time of a tenth\n" : "\n", seconds / std::max(before, 1e-9));
    before = seconds;
  }
}

// Before the peers have taken any.
void PrintResident(const Detector& detector, std::string_view text, std::size_t bytes_held) {
  for (const std::string_view piece : Pieces(text)) detector.Text(piece);
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf("resident at most: %ld MB, %zu MB of text included\n", usage.ru_maxrss / 1024, bytes_held >> 20);
}

void Run() {
  const double start = SecondsOf([] { Invariant(Detector::BuiltIn().ok(), "the packs in the program are sound"); });
  const auto detector = *Detector::BuiltIn();
  std::printf("start of the detector: %.1f ms of processor time\n", start * 1e3);
  std::string prose = Repository();
  prose.resize(std::min(prose.size(), kMixedBytes * 7 / 10));
  const std::string customers = Customers(kMixedBytes * 3 / 10);
  PrintResident(*detector, customers, prose.size() + customers.size());
  Compare("prose and code", prose, Contenders(*detector));
  Compare("customers, logs and letters", customers, Contenders(*detector));
  Compare("both", prose + customers, Contenders(*detector));
  CompareWithNpm(prose + customers);
  CompareColumns(*detector);
  CompareOneLine(*detector, prose + customers);
}

}  // namespace
}  // namespace privity

int main() {
  privity::Run();
}
