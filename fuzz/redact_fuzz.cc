// Redaction of any bytes. The first byte says as what they are read: `t` text, `c` CSV, `j` lines of JSON. What is
// written can be read again, and of a text only the spans that are named have changed.
#include <sstream>

#include "base/utf8.h"
#include "fuzz/fuzz_target.h"
#include "redact/redact_streams.h"

namespace privity {
namespace {

std::shared_ptr<const Detector> BuiltIn() {
  static const auto detector = Detector::BuiltIn().value();
  return detector;
}

const Redactor& Labels() {
  static const Redactor redactor = Redactor::Create(BuiltIn(), {}, std::nullopt).value();
  return redactor;
}

RedactionCounts Redact(RedactionInput kind, const std::string& text, std::string& redacted) {
  std::istringstream in(text);
  std::ostringstream out;
  const auto counts = RedactStream(Labels(), kind, in, out, [](const Error&) {});
  FUZZ_CHECK(counts.ok());
  redacted = std::move(out).str();
  return *counts;
}

// A mask has a sign for each character.
void CheckText(std::string_view text) {
  static const Redactor masks = Redactor::Create(BuiltIn(), {.manner = RedactionManner::kMask}, std::nullopt).value();
  const RedactedText masked = masks.Text(text);
  std::int64_t end = 0;
  for (const RedactedSpan& span : masked.replaced) {
    FUZZ_CHECK(end <= span.start && span.start < span.end);
    end = span.end;
  }
  if (masked.replaced.empty()) FUZZ_CHECK(masked.text == text);
  if (IsUtf8(text)) FUZZ_CHECK(CountCharacters(masked.text) == CountCharacters(text));
}

}  // namespace

PRIVITY_FUZZ_TARGET(redact) {
  if (input.empty() || input.size() > 8 << 10) return;
  const std::string text(input.substr(1));
  const RedactionInput kind = input.front() == 'c'   ? RedactionInput::kCsv
                              : input.front() == 'j' ? RedactionInput::kJsonl
                                                     : RedactionInput::kText;
  std::string once, twice;
  Redact(kind, text, once);
  FUZZ_CHECK(Redact(kind, once, twice).left_out == 0);
  if (kind == RedactionInput::kText) CheckText(text);
}

}  // namespace privity
