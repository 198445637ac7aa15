// The detector over any bytes: spans lie in the text, in order and apart; each is explained; patterns of detector files
// match within their bounds; and every column of a table gets a judgement, whatever it is called and holds.
#include "base/utf8.h"
#include "detect/detector.h"
#include "detect/internal/letters.h"
#include "detect/internal/pattern.h"
#include "fuzz/fuzz_target.h"

namespace privity {
namespace {

std::int64_t CodePointsOf(std::string_view text) {
  std::int64_t count = 0;
  for (std::size_t at = 0; at < text.size(); at += detect::ReadCodePoint(text, at).bytes) ++count;
  return count;
}

void CheckSpans(std::string_view text) {
  static const auto detector = Detector::BuiltIn().value();
  const std::int64_t length = CodePointsOf(text);
  const auto explained = detector->Explain(text);
  std::int64_t end = 0;
  for (const ExplainedSpan& found : explained) {
    FUZZ_CHECK(end <= found.span.start && found.span.start < found.span.end && found.span.end <= length);
    FUZZ_CHECK(found.span.confidence >= 0 && found.span.confidence <= 1);
    FUZZ_CHECK(!found.evidence.empty());
    end = found.span.end;
  }
  FUZZ_CHECK(detector->Text(text).size() == explained.size());
}

// The first line as a pattern, over the rest.
void CheckPattern(std::string_view input) {
  const auto line = std::min(input.find('\n'), input.size());
  const auto pattern = detect::Pattern::Parse(input.substr(0, line));
  if (!pattern.ok() || pattern->items().size() > 64) return;
  const std::string_view text = input.substr(line);
  detect::Pattern::Ends ends;
  pattern->MatchPrefix(text, ends);
  for (std::size_t i = 0; i < ends.count; ++i) {
    FUZZ_CHECK(ends.at[i] <= text.size() && ends.at[i] >= pattern->bytes_min() && ends.at[i] <= pattern->bytes_max());
    FUZZ_CHECK(i == 0 || ends.at[i - 1] < ends.at[i]);
    FUZZ_CHECK(pattern->Matches(text.substr(0, ends.at[i])));
  }
}

std::vector<std::string> PartsOf(std::string_view text, char border) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= text.size();) {
    const auto end = std::min(text.find(border, at), text.size());
    parts.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

// Lines of cells apart by `;`: the first says what the columns are called.
void CheckTable(std::string_view input) {
  constexpr std::size_t kColumnsMax = 32;
  static const auto detector = Detector::BuiltIn().value();
  const std::vector<std::string> lines = PartsOf(input, '\n');
  std::vector<std::string> names = PartsOf(lines.front(), ';');
  if (names.size() > kColumnsMax) names.resize(kColumnsMax);
  std::vector<ColumnContext> table;
  for (const std::string& name : names)
    table.push_back({.field = {.collection = "rows", .field = name, .neighbours = names}});
  for (std::size_t row = 1; row < lines.size(); ++row) {
    const std::vector<std::string> cells = PartsOf(lines[row], ';');
    for (std::size_t i = 0; i < cells.size() && i < table.size(); ++i) table[i].values.push_back(cells[i]);
  }
  const std::vector<ColumnJudgement> judged = detector->Columns(table);
  FUZZ_CHECK(judged.size() == table.size());
  for (const ColumnJudgement& column : judged) {
    FUZZ_CHECK(column.confidence >= 0 && column.confidence <= 1);
    FUZZ_CHECK(column.detector.empty() == (column.category == kNoCategory));
    FUZZ_CHECK(column.distinct_values <= static_cast<std::int64_t>(lines.size()));
  }
}

}  // namespace

PRIVITY_FUZZ_TARGET(detect) {
  if (input.size() > 16 << 10) return;
  CheckSpans(input);
  CheckPattern(input);
  CheckTable(input);
}

}  // namespace privity
