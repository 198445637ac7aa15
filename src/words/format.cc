#include "words/format.h"

#include <unicode/datefmt.h>
#include <unicode/smpdtfmt.h>
#include <unicode/timezone.h>

#include <memory>

namespace privity {
namespace {

icu::Locale LocaleOf(std::string_view language) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::StringPiece tag(language.data(), static_cast<std::int32_t>(language.size()));
  return icu::Locale::forLanguageTag(tag, status);
}

icu::DateFormat::EStyle StyleOf(DateStyle style) {
  switch (style) {
    case DateStyle::kShort:
      return icu::DateFormat::kShort;
    case DateStyle::kMedium:
      return icu::DateFormat::kMedium;
    case DateStyle::kLong:
      return icu::DateFormat::kLong;
    case DateStyle::kFull:
      return icu::DateFormat::kFull;
  }
  return icu::DateFormat::kMedium;
}

std::string Format(icu::DateFormat& format, std::string_view zone_name, Instant instant) {
  format.adoptTimeZone(icu::TimeZone::createTimeZone(
      icu::UnicodeString::fromUTF8(icu::StringPiece(zone_name.data(), static_cast<std::int32_t>(zone_name.size())))));
  icu::UnicodeString text;
  format.format(static_cast<UDate>(std::chrono::floor<std::chrono::milliseconds>(instant).time_since_epoch().count()),
                text);
  std::string out;
  text.toUTF8String(out);
  return out;
}

}  // namespace

std::string FormatDateFor(std::string_view language, Date date, DateStyle style) {
  const std::unique_ptr<icu::DateFormat> format(
      icu::DateFormat::createDateInstance(StyleOf(style), LocaleOf(language)));
  return Format(*format, "UTC", Instant(date.days()));
}

std::string FormatDateTimeFor(std::string_view language, Instant instant, const TimeZone& zone, DateStyle style) {
  const std::unique_ptr<icu::DateFormat> format(
      icu::DateFormat::createDateTimeInstance(StyleOf(style), icu::DateFormat::kShort, LocaleOf(language)));
  // CLDR's short time has no zone: append it, so that a reader elsewhere is not misled.
  if (auto* pattern = dynamic_cast<icu::SimpleDateFormat*>(format.get())) {
    icu::UnicodeString text;
    pattern->toPattern(text);
    pattern->applyPattern(text + " z");
  }
  return Format(*format, zone.ToString(), instant);
}

}  // namespace privity
