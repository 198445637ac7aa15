// The detector over any bytes: spans lie in the text, in order and apart; each is explained; and patterns of detector
// files match within their bounds.
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

}  // namespace

PRIVITY_FUZZ_TARGET(detect) {
  if (input.size() > 16 << 10) return;
  CheckSpans(input);
  CheckPattern(input);
}

}  // namespace privity
