#include "identity/internal/normal_text.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "base/invariant.h"

namespace privity {
namespace {

icu::UnicodeString Normalize(const icu::Normalizer2* (*instance)(UErrorCode&), std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = instance(status);
  Invariant(U_SUCCESS(status) != 0, "ICU carries its normalization data");
  const auto source = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  icu::UnicodeString normal = normalizer->normalize(source, status);
  Invariant(U_SUCCESS(status) != 0, "normalization fails only without memory");
  return normal;
}

std::string ToUtf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

}  // namespace

std::string Nfkc(std::string_view text) {
  return ToUtf8(Normalize(icu::Normalizer2::getNFKCInstance, text));
}

std::string FoldName(std::string_view text) {
  icu::UnicodeString folded = Normalize(icu::Normalizer2::getNFKCCasefoldInstance, text);
  return ToUtf8(folded.trim());
}

}  // namespace privity
