// The small parsers: what each accepts prints back to something that reads as the same value.
#include "base/bytes.h"
#include "base/calendar.h"
#include "base/clock.h"
#include "base/id.h"
#include "base/text_format.h"
#include "base/utf8.h"
#include "fuzz/fuzz_target.h"
#include "words/catalog.h"

namespace privity {

PRIVITY_FUZZ_TARGET(text_forms) {
  if (const auto instant = ParseInstant(input); instant.ok()) {
    // 0001-01-01T00:00:00+01:00 is accepted and lies before the years that can be printed.
    const auto again = ParseInstant(FormatInstant(*instant));
    FUZZ_CHECK(!again.ok() || *again == *instant);
  }
  if (const auto date = Date::Parse(input); date.ok()) FUZZ_CHECK(date->ToString() == input);
  if (const auto zone = TimeZone::Parse(input); zone.ok()) FUZZ_CHECK(TimeZone::Parse(zone->ToString()).ok());
  if (const auto uuid = Uuid::Parse(input); uuid.ok()) FUZZ_CHECK(Uuid::Parse(uuid->ToString()).value() == *uuid);
  if (const auto bytes = HexDecode(input); bytes.ok()) FUZZ_CHECK(HexDecode(HexEncode(*bytes)).value() == *bytes);
  if (const auto bytes = Base64Decode(input); bytes.ok()) FUZZ_CHECK(Base64Encode(*bytes) == input);
  if (const auto bytes = Base64UrlDecode(input); bytes.ok()) FUZZ_CHECK(Base64UrlEncode(*bytes) == input);
  for (const char* format :
       {"slug", "name", "email", "uri", "host", "listen", "language", "country", "time_zone", "line"}) {
    MatchesTextFormat(format, input);
  }
  if (IsUtf8(input)) {
    FUZZ_CHECK(CountCharacters(input) <= input.size());
    const auto arguments = PatternArguments(input);
    FUZZ_CHECK(!arguments.ok() || arguments->size() <= input.size());
  }
  const auto languages = Catalog::BuiltIn().languages();
  const std::string chosen = Catalog::BuiltIn().Negotiate(input);
  FUZZ_CHECK(std::find(languages.begin(), languages.end(), chosen) != languages.end());
}

}  // namespace privity
