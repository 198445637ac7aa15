#include "gate/internal/source_languages.h"

#include <array>

namespace privity::gate_internal {
namespace {

constexpr StringForm Braced(std::string_view opening, std::string_view closing, bool has_many_lines) {
  return {.opening = opening, .closing = closing, .holes = Holes::kBraces, .has_many_lines = has_many_lines};
}

constexpr StringForm kQuoted = {"\"", "\""};
constexpr StringForm kSingleQuoted = {"'", "'"};
constexpr StringForm kTripleQuoted = {.opening = "\"\"\"", .closing = "\"\"\"", .has_many_lines = true};
constexpr StringForm kBackquoted = {.opening = "`", .closing = "`", .has_escapes = false, .has_many_lines = true};

constexpr StringForm kPythonStrings[] = {
    Braced("f\"\"\"", "\"\"\"", true),
    Braced("F\"\"\"", "\"\"\"", true),
    Braced("rf\"\"\"", "\"\"\"", true),
    Braced("fr\"\"\"", "\"\"\"", true),
    Braced("f'''", "'''", true),
    Braced("F'''", "'''", true),
    Braced("rf'''", "'''", true),
    Braced("fr'''", "'''", true),
    Braced("f\"", "\"", false),
    Braced("F\"", "\"", false),
    Braced("rf\"", "\"", false),
    Braced("fr\"", "\"", false),
    Braced("f'", "'", false),
    Braced("F'", "'", false),
    Braced("rf'", "'", false),
    Braced("fr'", "'", false),
    kTripleQuoted,
    {.opening = "'''", .closing = "'''", .has_many_lines = true},
    kQuoted,
    kSingleQuoted,
};
constexpr StringForm kJavaScriptStrings[] = {
    kQuoted,
    kSingleQuoted,
    {.opening = "`", .closing = "`", .holes = Holes::kDollarBraces, .has_many_lines = true},
};
constexpr StringForm kJavaStrings[] = {kTripleQuoted, kQuoted};
constexpr StringForm kKotlinStrings[] = {
    {.opening = "\"\"\"",
     .closing = "\"\"\"",
     .holes = Holes::kDollarNames,
     .has_escapes = false,
     .has_many_lines = true},
    {.opening = "\"", .closing = "\"", .holes = Holes::kDollarNames},
};
constexpr StringForm kGoStrings[] = {kQuoted, kBackquoted};
constexpr StringForm kCSharpStrings[] = {
    Braced("$\"\"\"", "\"\"\"", true),
    kTripleQuoted,
    {.opening = "$@\"",
     .closing = "\"",
     .holes = Holes::kBraces,
     .has_escapes = false,
     .has_many_lines = true,
     .is_doubled = true},
    {.opening = "@$\"",
     .closing = "\"",
     .holes = Holes::kBraces,
     .has_escapes = false,
     .has_many_lines = true,
     .is_doubled = true},
    {.opening = "@\"", .closing = "\"", .has_escapes = false, .has_many_lines = true, .is_doubled = true},
    Braced("$\"", "\"", false),
    kQuoted,
};
constexpr StringForm kRubyStrings[] = {
    {.opening = "\"", .closing = "\"", .holes = Holes::kHashBraces},
    kSingleQuoted,
};
constexpr StringForm kPhpStrings[] = {
    {.opening = "\"", .closing = "\"", .holes = Holes::kPhp},
    kSingleQuoted,
};
constexpr StringForm kRustStrings[] = {
    {.opening = "r##\"", .closing = "\"##", .has_escapes = false, .has_many_lines = true},
    {.opening = "r#\"", .closing = "\"#", .has_escapes = false, .has_many_lines = true},
    {.opening = "r\"", .closing = "\"", .has_escapes = false, .has_many_lines = true},
    kQuoted,
};
constexpr StringForm kCStrings[] = {kQuoted};

constexpr SourceRules kPython = {.code = {.strings = kPythonStrings, .line_comment = "#", .has_block_comments = false}};
constexpr SourceRules kJavaScript = {
    .code = {.strings = kJavaScriptStrings, .line_comment = "//", .has_regexes = true}};
constexpr SourceRules kJava = {.code = {.strings = kJavaStrings, .line_comment = "//", .has_characters = true},
                               .has_one_letter_levels = true};
constexpr SourceRules kKotlin = {
    .code = {.strings = kKotlinStrings, .line_comment = "//", .has_nested_comments = true, .has_characters = true},
    .takes_blocks = true,
    .has_one_letter_levels = true};
constexpr SourceRules kGo = {.code = {.strings = kGoStrings, .line_comment = "//", .has_characters = true}};
constexpr SourceRules kCSharp = {.code = {.strings = kCSharpStrings, .line_comment = "//", .has_characters = true},
                                 .classes_hold_objects = true};
constexpr SourceRules kRuby = {.code = {.strings = kRubyStrings,
                                        .line_comment = "#",
                                        .has_block_comments = false,
                                        .has_regexes = true,
                                        .has_line_ends = true},
                               .calls_without_brackets = true,
                               .takes_blocks = true,
                               .has_symbols = true};
constexpr SourceRules kPhp = {
    .code = {.strings = kPhpStrings, .line_comment = "//", .other_line_comment = "#", .has_markup = true}};
constexpr SourceRules kRust = {
    .code = {.strings = kRustStrings, .line_comment = "//", .has_nested_comments = true, .has_characters = true},
    .has_macros = true,
    .names_in_texts = true};
constexpr SourceRules kC = {
    .code = {.strings = kCStrings, .line_comment = "//", .has_characters = true, .has_raw_delimiters = true},
    .has_streams = true};

}  // namespace

const SourceRules& RulesOf(SourceLanguage language) {
  switch (language) {
    case SourceLanguage::kPython:
      return kPython;
    case SourceLanguage::kJavaScript:
      return kJavaScript;
    case SourceLanguage::kJava:
      return kJava;
    case SourceLanguage::kKotlin:
      return kKotlin;
    case SourceLanguage::kGo:
      return kGo;
    case SourceLanguage::kCSharp:
      return kCSharp;
    case SourceLanguage::kRuby:
      return kRuby;
    case SourceLanguage::kPhp:
      return kPhp;
    case SourceLanguage::kRust:
      return kRust;
    case SourceLanguage::kC:
      return kC;
  }
  return kC;
}

}  // namespace privity::gate_internal
