// Source text as tokens, by the few rules in which the languages of schemas differ.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace privity::gate_internal {

enum class TokenKind {
  kWord,     // letters, digits, _, $ and everything beyond ASCII
  kName,     // an identifier in quotes; the text is what stands between them
  kText,     // a string, likewise
  kSign,     // one character
  kLineEnd,  // only where the rules want them
  kEnd,      // behind the last token
};

// Borrows from the source.
struct Token {
  TokenKind kind = TokenKind::kEnd;
  int line = 1;
  int column = 1;  // code points
  std::string_view text = {};

  bool IsSign(char sign) const { return kind == TokenKind::kSign && text.front() == sign; }
  bool IsName() const { return kind == TokenKind::kWord || kind == TokenKind::kName; }
  // ASCII case does not count.
  bool IsWord(std::string_view word) const;
};

struct TokenRules {
  std::vector<std::string_view> line_comments = {};
  bool block_comments = false;   // /* */
  bool nested_comments = false;  // PostgreSQL counts them
  std::string_view text_quotes = "\"'";
  std::string_view name_quotes = {};
  bool bracket_names = false;     // [name]
  bool backslash_escapes = true;  // in texts
  bool doubled_quotes = false;    // '' stands for one
  bool triple_quotes = false;     // """ … """
  bool dollar_quotes = false;     // $tag$ … $tag$
  bool line_ends = false;
};

// An open comment or string ends with the source.
std::vector<Token> Tokenize(std::string_view source, const TokenRules& rules);

// Walks over tokens; behind the last one it stays at kEnd.
class TokenReader {
 public:
  explicit TokenReader(std::span<const Token> tokens) : tokens_(tokens) {}

  const Token& Peek(std::size_t ahead = 0) const;
  const Token& Take();
  // What was taken last; kEnd before the first.
  const Token& Last() const;
  bool AtEnd() const { return at_ >= tokens_.size(); }
  bool TakeWord(std::string_view word);
  bool TakeSign(char sign);
  // Past all of these words, in this order, or past none.
  bool TakeWords(std::initializer_list<std::string_view> words);
  // Past one token, or past everything up to the bracket that closes this one: ( [ {.
  void Skip();
  void SkipLine();
  std::size_t position() const { return at_; }
  void Return(std::size_t position) { at_ = position; }

 private:
  std::span<const Token> tokens_;
  std::size_t at_ = 0;
};

// What stands from the first of these tokens to the last, quotes left out.
std::string SourceBetween(const Token& first, const Token& last);

}  // namespace privity::gate_internal
