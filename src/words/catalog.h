// Every sentence that people read, by language: words/<language>/<room>.json, built into the binary.
//
//   { "errors": { "full": { "what": "…", "why": "Writing {path} failed.", "mend": "…", "status": 503 } },
//     "text":   { "rows_found": "{count, plural, one {# row} other {# rows}}" } }
//
// Patterns are ICU MessageFormat. Error "store.full" stands at errors.full of store.json, text "store.rows_found" at
// text.rows_found. A language may lack what English has ("pt-BR" asks "pt", then "en"); English is complete, which the
// tests of this room hold against the source. Parameters are put in as they are, never read as patterns.
//
// Immutable after Load; safe to use from many threads.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/embedded.h"
#include "base/error.h"
#include "base/result.h"

namespace privity {

// A named value for a text. Numbers are written as the language writes them; whatever is neither (dates, sizes) comes
// as text that words/format.h made.
struct WordsParameter {
  std::string_view name;
  std::variant<std::string, std::int64_t, double> value;
};

struct ErrorWords {
  std::string what;  // what happened
  std::string why;
  std::string mend;  // what the reader can do about it
  int status = 400;  // HTTP
};

class Catalog {
 public:
  // The words in the binary.
  static const Catalog& BuiltIn();
  static Result<Catalog> LoadBuiltIn();  // anew; errors as Load
  // Files named "<language>/<room>.json", or "<language>/<room>.<part>.json" of a room in parts.
  // words.catalog_invalid{file, problem}, base.json_*, base.value_*.
  static Result<Catalog> Load(std::span<const EmbeddedFile> files);

  // Sorted; "en" is among them.
  std::vector<std::string> languages() const;
  // The best language for an Accept-Language header (RFC 9110 section 12.5.4) of those that can say every error; "en"
  // when none fits. A language may have only the rooms that data subjects read, and no errors.
  std::string Negotiate(std::string_view accept_language) const;

  // `key` is "<room>.<name>". A key that English lacks too is answered with the key itself.
  std::string Text(std::string_view language, std::string_view key,
                   std::initializer_list<WordsParameter> parameters = {}) const;
  std::string Text(std::string_view language, std::string_view key, std::span<const WordsParameter> parameters) const;
  // A code without words is answered with the code as `what`.
  ErrorWords Words(const Error& error, std::string_view language) const;

  // For tests and tools: every key of a language ("store.full.what" for errors, "store.rows_found" for text) with its
  // pattern.
  struct Patterns {
    std::map<std::string, std::string> errors;
    std::map<std::string, std::string> texts;
    std::map<std::string, int> statuses;  // by code
  };
  const Patterns& PatternsOf(std::string_view language) const;

 private:
  const std::string* Find(std::map<std::string, std::string> Patterns::*kind, std::string_view language,
                          std::string_view key) const;
  std::map<std::string, Patterns, std::less<>> languages_;
};

// The named arguments of an ICU pattern, sorted, each with its kind: "count:plural", "path:none".
// words.pattern_invalid{problem}.
Result<std::vector<std::string>> PatternArguments(std::string_view pattern);

}  // namespace privity
