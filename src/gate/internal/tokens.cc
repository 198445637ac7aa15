#include "gate/internal/tokens.h"

#include <algorithm>

namespace privity::gate_internal {
namespace {

char Lower(char character) {
  return character >= 'A' && character <= 'Z' ? static_cast<char>(character + 32) : character;
}

bool IsWordByte(char character) {
  const auto byte = static_cast<unsigned char>(character);
  return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') ||
         byte == '_' || byte == '$';
}

class Tokenizer {
 public:
  Tokenizer(std::string_view source, const TokenRules& rules) : source_(source), rules_(rules) {}

  std::vector<Token> Run() {
    while (at_ < source_.size()) Step();
    return std::move(tokens_);
  }

 private:
  bool StartsWith(std::string_view words) const { return source_.substr(at_).starts_with(words); }

  // Past so many bytes, counting lines and columns.
  void Advance(std::size_t bytes) {
    for (const std::size_t end = std::min(at_ + bytes, source_.size()); at_ < end; ++at_) {
      const auto byte = static_cast<unsigned char>(source_[at_]);
      if (byte == '\n') {
        ++line_;
        column_ = 1;
      } else if ((byte & 0xC0) != 0x80) {
        ++column_;
      }
    }
  }

  void Add(TokenKind kind, std::string_view text, std::size_t bytes) {
    tokens_.push_back({kind, line_, column_, text});
    Advance(bytes);
  }

  void Step() {
    const char next = source_[at_];
    if (next == '\n' && rules_.line_ends) return Add(TokenKind::kLineEnd, source_.substr(at_, 1), 1);
    if (next == ' ' || (next >= '\t' && next <= '\r')) return Advance(1);
    if (SkipComment() || TakeQuoted()) return;
    if (!IsWordByte(next)) return Add(TokenKind::kSign, source_.substr(at_, 1), 1);
    const auto begin = source_.begin() + static_cast<std::ptrdiff_t>(at_);
    const auto size = static_cast<std::size_t>(std::find_if_not(begin, source_.end(), IsWordByte) - begin);
    Add(TokenKind::kWord, source_.substr(at_, size), size);
  }

  bool SkipComment() {
    for (const std::string_view mark : rules_.line_comments) {
      if (!StartsWith(mark)) continue;
      Advance(std::min(source_.find('\n', at_), source_.size()) - at_);
      return true;
    }
    if (!rules_.block_comments || !StartsWith("/*")) return false;
    SkipBlockComment();
    return true;
  }

  void SkipBlockComment() {
    std::size_t depth = 0;
    do {
      if (StartsWith("/*") && (depth == 0 || rules_.nested_comments)) {
        ++depth;
        Advance(2);
      } else if (StartsWith("*/")) {
        --depth;
        Advance(2);
      } else {
        Advance(1);
      }
    } while (depth > 0 && at_ < source_.size());
  }

  bool TakeQuoted() {
    const char quote = source_[at_];
    if (rules_.dollar_quotes && quote == '$' && TakeDollarQuoted()) return true;
    if (rules_.bracket_names && quote == '[') return TakeUpTo(TokenKind::kName, 1, "]");
    if (rules_.name_quotes.find(quote) != std::string_view::npos) return TakeString(TokenKind::kName, quote, false);
    if (rules_.text_quotes.find(quote) == std::string_view::npos) return false;
    const std::string triple(3, quote);
    if (rules_.triple_quotes && StartsWith(triple)) return TakeUpTo(TokenKind::kText, 3, triple);
    return TakeString(TokenKind::kText, quote, rules_.backslash_escapes);
  }

  bool TakeUpTo(TokenKind kind, std::size_t opening_bytes, std::string_view closing) {
    const std::size_t begin = at_ + opening_bytes;
    const std::size_t end = std::min(source_.find(closing, begin), source_.size());
    Add(kind, source_.substr(begin, end - begin), end + closing.size() - at_);
    return true;
  }

  // $$ or $tag$. A word before it makes the dollar a part of that word, which is no quote.
  bool TakeDollarQuoted() {
    const std::size_t tag_end = source_.find('$', at_ + 1);
    if (tag_end == std::string_view::npos) return false;
    const std::string_view mark = source_.substr(at_, tag_end + 1 - at_);
    if (!std::all_of(mark.begin(), mark.end(), IsWordByte)) return false;
    return TakeUpTo(TokenKind::kText, mark.size(), mark);
  }

  bool TakeString(TokenKind kind, char quote, bool has_escapes) {
    std::size_t end = at_ + 1;
    while (end < source_.size()) {
      const bool is_doubled = rules_.doubled_quotes && source_.substr(end + 1).starts_with(quote);
      if (source_[end] == quote && !is_doubled) break;
      end += (source_[end] == '\\' && has_escapes) || source_[end] == quote ? 2 : 1;
    }
    end = std::min(end, source_.size());
    Add(kind, source_.substr(at_ + 1, end - at_ - 1), end + 1 - at_);
    return true;
  }

  std::string_view source_;
  const TokenRules& rules_;
  std::size_t at_ = 0;
  int line_ = 1;
  int column_ = 1;
  std::vector<Token> tokens_;
};

const Token& NoToken() {
  static const Token none;
  return none;
}

}  // namespace

bool Token::IsWord(std::string_view word) const {
  return kind == TokenKind::kWord && std::equal(text.begin(), text.end(), word.begin(), word.end(),
                                                [](char a, char b) { return Lower(a) == Lower(b); });
}

std::vector<Token> Tokenize(std::string_view source, const TokenRules& rules) {
  return Tokenizer(source, rules).Run();
}

const Token& TokenReader::Peek(std::size_t ahead) const {
  return at_ + ahead < tokens_.size() ? tokens_[at_ + ahead] : NoToken();
}

const Token& TokenReader::Take() {
  return AtEnd() ? NoToken() : tokens_[at_++];
}

const Token& TokenReader::Last() const {
  return at_ > 0 ? tokens_[at_ - 1] : NoToken();
}

bool TokenReader::TakeWord(std::string_view word) {
  if (!Peek().IsWord(word)) return false;
  ++at_;
  return true;
}

bool TokenReader::TakeSign(char sign) {
  if (!Peek().IsSign(sign)) return false;
  ++at_;
  return true;
}

bool TokenReader::TakeWords(std::initializer_list<std::string_view> words) {
  std::size_t ahead = 0;
  for (const std::string_view word : words) {
    if (!Peek(ahead++).IsWord(word)) return false;
  }
  at_ += ahead;
  return true;
}

void TokenReader::Skip() {
  int depth = 0;
  do {
    const Token& token = Take();
    if (token.IsSign('(') || token.IsSign('[') || token.IsSign('{')) ++depth;
    if (token.IsSign(')') || token.IsSign(']') || token.IsSign('}')) --depth;
  } while (depth > 0 && !AtEnd());
}

void TokenReader::SkipLine() {
  while (!AtEnd() && Take().kind != TokenKind::kLineEnd) {
  }
}

std::string SourceBetween(const Token& first, const Token& last) {
  return {first.text.data(), last.text.data() + last.text.size()};
}

}  // namespace privity::gate_internal
