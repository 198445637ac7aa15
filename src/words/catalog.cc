#include "words/catalog.h"

#include <unicode/fmtable.h>
#include <unicode/localematcher.h>
#include <unicode/locid.h>
#include <unicode/messagepattern.h>
#include <unicode/msgfmt.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

#include "base/json.h"
#include "words/pattern.h"

namespace privity {

std::span<const EmbeddedFile> EmbeddedWords();

// The shape of a words file.
struct ErrorEntry {
  std::string what;
  std::string why;
  std::string mend;
  std::optional<int> status;
};
PRIVITY_DESCRIBE(ErrorEntry, (what, why, mend, status))
inline std::vector<FieldNote> FieldNotes(const ErrorEntry*) {
  return {{.name = "what", .min_length = 1},
          {.name = "why", .min_length = 1},
          {.name = "mend", .min_length = 1},
          {.name = "status", .minimum = 200, .maximum = 599}};
}

struct WordsFile {
  std::map<std::string, ErrorEntry> errors;
  std::map<std::string, std::string> text;
};
PRIVITY_DESCRIBE(WordsFile, (errors, text))
inline std::vector<FieldNote> FieldNotes(const WordsFile*) {
  return {{.name = "errors", .defaulted = true}, {.name = "text", .defaulted = true}};
}

namespace {

constexpr int kDefaultStatus = 400;

icu::UnicodeString FromUtf8(std::string_view text) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

std::string ToUtf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

std::optional<std::int64_t> WholeNumber(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

bool IsNumeric(UMessagePatternArgType type) {
  return type == UMSGPAT_ARG_TYPE_PLURAL || type == UMSGPAT_ARG_TYPE_SELECTORDINAL || type == UMSGPAT_ARG_TYPE_CHOICE ||
         type == UMSGPAT_ARG_TYPE_SIMPLE;
}

const char* KindName(UMessagePatternArgType type) {
  switch (type) {
    case UMSGPAT_ARG_TYPE_NONE:
      return "none";
    case UMSGPAT_ARG_TYPE_SIMPLE:
      return "number";
    case UMSGPAT_ARG_TYPE_CHOICE:
      return "choice";
    case UMSGPAT_ARG_TYPE_PLURAL:
      return "plural";
    case UMSGPAT_ARG_TYPE_SELECT:
      return "select";
    case UMSGPAT_ARG_TYPE_SELECTORDINAL:
      return "ordinal";
  }
  return "none";
}

template <class Visit>
void VisitArguments(const icu::MessagePattern& pattern, Visit visit) {
  for (std::int32_t i = 0; i < pattern.countParts(); ++i) {
    const auto& part = pattern.getPart(i);
    if (part.getType() != UMSGPAT_PART_TYPE_ARG_START) continue;
    visit(ToUtf8(pattern.getSubstring(pattern.getPart(i + 1))), part.getArgType());
  }
}

// Fills a pattern. What is no valid pattern, or cannot be filled, is shown as it stands: half an answer beats none.
std::string Format(std::string_view language, const std::string& pattern, std::span<const WordsParameter> parameters) {
  if (pattern.find_first_of("{'") == std::string::npos) return pattern;
  UErrorCode status = U_ZERO_ERROR;
  const icu::Locale locale =
      icu::Locale::forLanguageTag(icu::StringPiece(language.data(), static_cast<int>(language.size())), status);
  const icu::MessageFormat format(FromUtf8(pattern), locale, status);
  if (U_FAILURE(status)) return pattern;
  std::vector<icu::UnicodeString> names;
  std::vector<icu::Formattable> values;
  for (const auto& [name, value] : parameters) {
    names.push_back(FromUtf8(name));
    if (const auto* text = std::get_if<std::string>(&value)) {
      values.emplace_back(FromUtf8(*text));
    } else if (const auto* whole = std::get_if<std::int64_t>(&value)) {
      values.emplace_back(*whole);
    } else {
      values.emplace_back(std::get<double>(value));
    }
  }
  icu::UnicodeString out;
  format.format(names.data(), values.data(), static_cast<std::int32_t>(names.size()), out, status);
  return U_SUCCESS(status) ? ToUtf8(out) : pattern;
}

// The parameters of an error are texts; those that the pattern counts with become numbers.
std::vector<WordsParameter> ParametersFor(const std::string& pattern, const Error& error) {
  std::set<std::string> counted;
  UErrorCode status = U_ZERO_ERROR;
  const icu::MessagePattern parsed(FromUtf8(pattern), nullptr, status);
  if (U_SUCCESS(status)) {
    VisitArguments(parsed, [&](const std::string& name, UMessagePatternArgType type) {
      if (IsNumeric(type)) counted.insert(name);
    });
  }
  std::vector<WordsParameter> parameters;
  for (const auto& [name, value] : error.parameters()) {
    const auto number = counted.contains(name) ? WholeNumber(value) : std::nullopt;
    if (number) {
      parameters.push_back({name, *number});
    } else {
      parameters.push_back({name, value});
    }
  }
  return parameters;
}

// "pt-BR", then "pt", then "en".
std::vector<std::string> Fallbacks(std::string_view language) {
  std::vector<std::string> chain;
  while (!language.empty()) {
    chain.emplace_back(language);
    const std::size_t hyphen = language.rfind('-');
    language = hyphen == std::string_view::npos ? "" : language.substr(0, hyphen);
  }
  if (chain.empty() || chain.back() != "en") chain.emplace_back("en");
  return chain;
}

// Most have no argument: nothing of them can be wrong, and every start would read thousands.
Status CheckPattern(const std::string& file, const std::string& key, const std::string& pattern) {
  if (pattern.find_first_of("{}'") == std::string::npos) return Ok();
  if (const auto arguments = PatternArguments(pattern); !arguments.ok()) {
    return Error("words.catalog_invalid",
                 {{"file", file}, {"key", key}, {"problem", std::string(arguments.error().Parameter("problem"))}});
  }
  return Ok();
}

Status AddFile(const std::string& file, const std::string& room, const WordsFile& words, Catalog::Patterns& patterns) {
  for (const auto& [name, entry] : words.errors) {
    const std::string code = room + "." + name;
    const std::pair<const char*, const std::string&> parts[] = {
        {".what", entry.what}, {".why", entry.why}, {".mend", entry.mend}};
    for (const auto& [part, pattern] : parts) {
      PRIVITY_TRY_VOID(CheckPattern(file, code + part, pattern));
      patterns.errors[code + part] = pattern;
    }
    patterns.statuses[code] = entry.status.value_or(kDefaultStatus);
  }
  for (const auto& [name, pattern] : words.text) {
    PRIVITY_TRY_VOID(CheckPattern(file, room + "." + name, pattern));
    if (!patterns.texts.emplace(room + "." + name, pattern).second) {
      return Error("words.catalog_invalid",
                   {{"file", file}, {"key", room + "." + name}, {"problem", "another file of the room has it, too"}});
    }
  }
  return Ok();
}

}  // namespace

Result<std::vector<std::string>> PatternArguments(std::string_view pattern) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::MessagePattern parsed(FromUtf8(pattern), nullptr, status);
  if (U_FAILURE(status)) return Error("words.pattern_invalid", {{"problem", u_errorName(status)}});
  std::set<std::string> arguments;
  VisitArguments(parsed, [&](const std::string& name, UMessagePatternArgType type) {
    arguments.insert(name + ":" + KindName(type));
  });
  return std::vector<std::string>(arguments.begin(), arguments.end());
}

const Catalog& Catalog::BuiltIn() {
  static const Catalog catalog = [] {
    auto loaded = LoadBuiltIn();
    Invariant(loaded.ok(), "the words in the binary are those that the tests of src/words accepted");
    return *std::move(loaded);
  }();
  return catalog;
}

Result<Catalog> Catalog::LoadBuiltIn() {
  return Load(EmbeddedWords());
}

Result<Catalog> Catalog::Load(std::span<const EmbeddedFile> files) {
  Catalog catalog;
  catalog.languages_["en"];
  for (const auto& file : files) {
    const std::string path(file.path);
    const std::size_t slash = path.find('/');
    if (slash == std::string::npos || !path.ends_with(".json")) {
      return Error("words.catalog_invalid", {{"file", path}, {"key", ""}, {"problem", "not <language>/<room>.json"}});
    }
    auto words = FromJson<WordsFile>(file.bytes);
    if (!words.ok()) return std::move(words).error().With("file", path);
    const std::string room = path.substr(slash + 1, path.find('.', slash) - slash - 1);
    PRIVITY_TRY_VOID(AddFile(path, room, *words, catalog.languages_[path.substr(0, slash)]));
  }
  return catalog;
}

std::vector<std::string> Catalog::languages() const {
  std::vector<std::string> names;
  for (const auto& [name, patterns] : languages_) names.push_back(name);
  return names;
}

std::string Catalog::Negotiate(std::string_view accept_language) const {
  UErrorCode status = U_ZERO_ERROR;
  icu::LocaleMatcher::Builder builder;
  for (const auto& [name, patterns] : languages_) {
    if (name == "en" || !patterns.errors.empty()) {
      builder.addSupportedLocale(icu::Locale::forLanguageTag(name, status));
    }
  }
  const icu::Locale english = icu::Locale::getEnglish();
  builder.setDefaultLocale(&english);
  const icu::LocaleMatcher matcher = builder.build(status);
  const icu::Locale* best = matcher.getBestMatchForListString(
      icu::StringPiece(accept_language.data(), static_cast<std::int32_t>(accept_language.size())), status);
  if (U_FAILURE(status) || best == nullptr) return "en";
  return best->toLanguageTag<std::string>(status);
}

const std::string* Catalog::Find(std::map<std::string, std::string> Patterns::*kind, std::string_view language,
                                 std::string_view key) const {
  for (const std::string& candidate : Fallbacks(language)) {
    const auto patterns = languages_.find(candidate);
    if (patterns == languages_.end()) continue;
    const auto& all = patterns->second.*kind;
    if (const auto found = all.find(std::string(key)); found != all.end()) return &found->second;
  }
  return nullptr;
}

std::string Catalog::Text(std::string_view language, std::string_view key,
                          std::initializer_list<WordsParameter> parameters) const {
  return Text(language, key, std::span(parameters.begin(), parameters.size()));
}

std::string Catalog::Text(std::string_view language, std::string_view key,
                          std::span<const WordsParameter> parameters) const {
  const std::string* pattern = Find(&Patterns::texts, language, key);
  return pattern != nullptr ? Format(language, *pattern, parameters) : std::string(key);
}

ErrorWords Catalog::Words(const Error& error, std::string_view language) const {
  const auto part = [&](const char* name) {
    const std::string* pattern = Find(&Patterns::errors, language, error.code() + name);
    return pattern != nullptr ? Format(language, *pattern, ParametersFor(*pattern, error)) : std::string();
  };
  ErrorWords words{.what = part(".what"), .why = part(".why"), .mend = part(".mend"), .status = kDefaultStatus};
  if (words.what.empty()) words.what = error.code();
  const auto& statuses = PatternsOf("en").statuses;
  if (const auto status = statuses.find(error.code()); status != statuses.end()) words.status = status->second;
  return words;
}

const Catalog::Patterns& Catalog::PatternsOf(std::string_view language) const {
  static const Patterns none;
  const auto found = languages_.find(language);
  return found != languages_.end() ? found->second : none;
}

Result<std::string> FillPattern(std::string_view language, const std::string& pattern,
                                std::span<const WordsParameter> parameters) {
  const auto arguments = PatternArguments(pattern);
  if (!arguments.ok()) return arguments.error();
  return Format(language, pattern, parameters);
}

}  // namespace privity
