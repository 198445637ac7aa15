// Programs as tokens, by the few rules in which their languages differ. What a string takes from the program, as `${…}`
// does, stands between kHole and kHoleEnd as tokens of its own; a kText stands before and behind each hole.
//
// Nothing here fails: what is not closed ends with its line, or with the source where it may have many lines. Linear in
// the source; bytes that are no UTF-8 are letters.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace privity::gate_internal {

enum class CodeTokenKind : std::uint8_t {
  kWord,     // letters, digits, _, $ and everything beyond ASCII
  kText,     // a string, or a piece of one
  kSign,     // one byte
  kHole,     // the text is what opens it
  kHoleEnd,  // likewise
  kLineEnd,  // only where the rules want them
};

// Which part of the source a token is: small, for there are as many as bytes in the worst of sources.
struct CodeToken {
  CodeTokenKind kind;
  std::uint32_t begin;  // bytes
  std::uint32_t size;
};

enum class Holes : std::uint8_t {
  kNone,
  kBraces,        // {x}, {x:format}; {{ is a brace
  kDollarBraces,  // ${x}
  kDollarNames,   // ${x} and $x
  kPhp,           // {$x}, ${x}, $x, $x->y and $x[y]
  kHashBraces,    // #{x}
};

struct StringForm {
  std::string_view opening;
  std::string_view closing;
  Holes holes = Holes::kNone;
  bool has_escapes = true;      // a backslash and what follows it
  bool has_many_lines = false;  // otherwise it ends with its line
  bool is_doubled = false;      // "" stands for one quote
};

struct CodeRules {
  std::span<const StringForm> strings;  // the longest openings first
  std::string_view line_comment;
  std::string_view other_line_comment = {};
  bool has_block_comments = true;  // /* */
  bool has_nested_comments = false;
  bool has_characters = false;      // 'x', which is no string
  bool has_regexes = false;         // /…/
  bool has_raw_delimiters = false;  // R"x(…)x" of C++
  bool has_markup = false;          // code only between <? and ?>
  bool has_line_ends = false;
};

// The source has fewer than 4 GiB.
std::vector<CodeToken> TokenizeCode(std::string_view source, const CodeRules& rules);

}  // namespace privity::gate_internal
