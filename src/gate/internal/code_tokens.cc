#include "gate/internal/code_tokens.h"

#include <algorithm>
#include <array>

namespace privity::gate_internal {
namespace {

constexpr std::size_t kHoleDepthMax = 32;
constexpr std::size_t kCharacterBytesMax = 12;  // between its quotes
// Behind these a slash begins a regular expression.
constexpr std::array<std::string_view, 12> kBeforeRegex = {"return", "typeof", "case", "in", "of",     "if",
                                                           "elsif",  "when",   "and",  "or", "unless", "not"};

bool IsLetter(char character) {
  const auto byte = static_cast<unsigned char>(character);
  return byte >= 0x80 || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') || byte == '_';
}

bool IsWordByte(char character) {
  return IsLetter(character) || (character >= '0' && character <= '9') || character == '$';
}

class CodeTokenizer {
 public:
  CodeTokenizer(std::string_view source, const CodeRules& rules) : source_(source), rules_(rules) {
    for (const StringForm& form : rules.strings)
      begins_string_[static_cast<unsigned char>(form.opening.front())] = true;
  }

  std::vector<CodeToken> Run() {
    if (rules_.has_markup) SkipMarkup();
    while (at_ < source_.size()) {
      if (InString()) {
        StepInString();
      } else {
        Step();
      }
    }
    return std::move(tokens_);
  }

 private:
  // A string that is not closed yet, and the code in a hole of it.
  struct Open {
    const StringForm* form;
    bool in_hole = false;
    int brackets = 0;  // open ones in the hole
  };

  bool InString() const { return !open_.empty() && !open_.back().in_hole; }
  bool StartsWith(std::string_view words) const { return source_.substr(at_, words.size()) == words; }
  char At(std::size_t place) const { return place < source_.size() ? source_[place] : '\0'; }
  std::size_t LineEnd() const { return std::min(source_.find('\n', at_), source_.size()); }

  void Add(CodeTokenKind kind, std::size_t begin, std::size_t end) {
    tokens_.push_back({kind, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end - begin)});
  }
  void Take(CodeTokenKind kind, std::size_t bytes) {
    const std::size_t end = std::min(at_ + bytes, source_.size());
    Add(kind, at_, end);
    at_ = end;
  }

  void Step() {
    const char next = source_[at_];
    if (next == '\n') return TakeLineEnd();
    if (next == ' ' || (next >= '\t' && next <= '\r')) return void(++at_);
    if (SkipComment() || OpenString() || TakeCharacter() || TakeRegex()) return;
    if (IsWordByte(next)) return TakeWord();
    if (rules_.has_markup && StartsWith("?>")) return SkipMarkup();
    if (!open_.empty() && CloseHole(next)) return;
    Take(CodeTokenKind::kSign, 1);
  }

  void TakeLineEnd() {
    // A hole ends with the line on which its string has to end.
    while (!open_.empty() && !open_.back().form->has_many_lines) {
      Add(CodeTokenKind::kHoleEnd, at_, at_);
      open_.pop_back();
    }
    if (rules_.has_line_ends) Add(CodeTokenKind::kLineEnd, at_, at_ + 1);
    ++at_;
  }

  void TakeWord() {
    std::size_t end = at_ + 1;
    while (end < source_.size() && IsWordByte(source_[end])) ++end;
    Take(CodeTokenKind::kWord, end - at_);
  }

  void SkipMarkup() {
    at_ = std::min(source_.find("<?", at_), source_.size());
    at_ = std::min(at_ + 2, source_.size());
    if (StartsWith("php")) at_ += 3;
  }

  bool SkipComment() {
    const bool is_line = StartsWith(rules_.line_comment) ||
                         (!rules_.other_line_comment.empty() && StartsWith(rules_.other_line_comment));
    if (is_line) {
      at_ = LineEnd();
      return true;
    }
    if (!rules_.has_block_comments || !StartsWith("/*")) return false;
    std::size_t depth = 0;
    do {
      const bool is_opening = StartsWith("/*") && (depth == 0 || rules_.has_nested_comments);
      const bool is_closing = !is_opening && StartsWith("*/");
      depth += is_opening ? 1 : 0;
      depth -= is_closing ? 1 : 0;
      at_ += is_opening || is_closing ? 2 : 1;
    } while (depth > 0 && at_ < source_.size());
    at_ = std::min(at_, source_.size());
    return true;
  }

  bool OpenString() {
    if (rules_.has_raw_delimiters && TakeRawString()) return true;
    if (!begins_string_[static_cast<unsigned char>(source_[at_])]) return false;
    for (const StringForm& form : rules_.strings) {
      if (!StartsWith(form.opening)) continue;
      if (form.holes == Holes::kNone) return TakePlainString(form);
      if (open_.size() >= kHoleDepthMax) return false;
      at_ += form.opening.size();
      open_.push_back({&form});
      return true;
    }
    return false;
  }

  // Without holes. A quote that nothing closes on its line is a sign: the line may be no program at all.
  bool TakePlainString(const StringForm& form) {
    if (at_ < no_closing_before_[static_cast<unsigned char>(form.closing.front())]) return false;
    const std::size_t begin = at_ + form.opening.size();
    std::size_t end = begin;
    while (end < source_.size() && (form.has_many_lines || source_[end] != '\n')) {
      if (form.has_escapes && source_[end] == '\\') {
        end += 2;
      } else if (source_.substr(end, form.closing.size()) != form.closing) {
        ++end;
      } else if (form.is_doubled && source_.substr(end + 1, 1) == form.closing) {
        end += 2;
      } else {
        Add(CodeTokenKind::kText, begin, end);
        at_ = end + form.closing.size();
        return true;
      }
    }
    end = std::min(end, source_.size());
    if (!form.has_many_lines) {
      no_closing_before_[static_cast<unsigned char>(form.closing.front())] = end;
      return false;
    }
    Add(CodeTokenKind::kText, begin, std::max(begin, end));
    at_ = source_.size();
    return true;
  }

  bool TakeRawString() {
    if (!StartsWith("R\"")) return false;
    const std::size_t bracket =
        source_.substr(0, at_ + 20).find('(', at_ + 2);  // a delimiter has 16 characters at most
    if (bracket == std::string_view::npos) return false;
    const std::string closing = ")" + std::string(source_.substr(at_ + 2, bracket - at_ - 2)) + "\"";
    const std::size_t end = std::min(source_.find(closing, bracket), source_.size());
    Add(CodeTokenKind::kText, bracket + 1, std::max(end, bracket + 1));
    at_ = std::min(end + closing.size(), source_.size());
    return true;
  }

  bool TakeCharacter() {
    if (!rules_.has_characters || source_[at_] != '\'') return false;
    std::size_t end = at_ + 1;
    if (At(end) == '\\') end += 2;
    while (end < source_.size() && end - at_ <= kCharacterBytesMax && source_[end] != '\'' && source_[end] != '\n')
      ++end;
    const bool is_one =
        source_[at_ + 1 < source_.size() ? at_ + 1 : at_] == '\\' || end - at_ <= 5;  // UTF-8 has 4 at most
    if (At(end) != '\'' || !is_one || !IsOneCharacter(source_.substr(at_ + 1, end - at_ - 1))) return false;
    Add(CodeTokenKind::kText, at_ + 1, end);
    at_ = end + 1;
    return true;
  }

  // Not the 'a, 'b of lifetimes.
  static bool IsOneCharacter(std::string_view text) {
    if (text.starts_with('\\')) return true;
    return std::count_if(text.begin(), text.end(), [](char byte) { return (byte & 0xC0) != 0x80; }) == 1;
  }

  bool TakeRegex() {
    if (!rules_.has_regexes || source_[at_] != '/' || at_ < no_regex_before_ || !MayBeRegex()) return false;
    bool in_class = false;
    for (std::size_t end = at_ + 1; end < source_.size() && source_[end] != '\n'; ++end) {
      if (source_[end] == '\\') {
        ++end;
      } else if (source_[end] == '/' && !in_class) {
        Add(CodeTokenKind::kText, at_, at_);
        at_ = end + 1;
        return true;
      } else if (source_[end] == '[' || source_[end] == ']') {
        in_class = source_[end] == '[';
      }
    }
    no_regex_before_ = LineEnd();
    return false;
  }

  bool MayBeRegex() const {
    if (tokens_.empty()) return true;
    const CodeToken& before = tokens_.back();
    const std::string_view text = source_.substr(before.begin, before.size);
    if (before.kind == CodeTokenKind::kWord) {
      return std::find(kBeforeRegex.begin(), kBeforeRegex.end(), text) != kBeforeRegex.end();
    }
    return before.kind == CodeTokenKind::kLineEnd || before.kind == CodeTokenKind::kHole ||
           (before.kind == CodeTokenKind::kSign && text != ")" && text != "]" && text != "}");
  }

  // In the code of a hole: its end, or the format behind the colon.
  bool CloseHole(char next) {
    Open& top = open_.back();
    if (next == '(' || next == '[' || next == '{') ++top.brackets;
    if (next == ':' && top.brackets == 0 && top.form->holes == Holes::kBraces) {
      while (at_ < source_.size() && source_[at_] != '}' && source_[at_] != '\n') ++at_;
      return true;
    }
    if (next == '}' && top.brackets == 0) {
      Take(CodeTokenKind::kHoleEnd, 1);
      top.in_hole = false;
      return true;
    }
    if ((next == ')' || next == ']' || next == '}') && top.brackets > 0) --top.brackets;
    return false;
  }

  // One piece of a string, and the hole or the end behind it.
  void StepInString() {
    const StringForm& form = *open_.back().form;
    const std::size_t begin = at_;
    while (at_ < source_.size()) {
      if (!form.has_many_lines && source_[at_] == '\n') return EndString(begin, 0);
      if (form.has_escapes && source_[at_] == '\\') {
        at_ = std::min(at_ + 2, source_.size());
      } else if (StartsWith(form.closing)) {
        if (!form.is_doubled || At(at_ + 1) != form.closing.front()) return EndString(begin, form.closing.size());
        at_ += 2;
      } else if (form.holes == Holes::kBraces && (StartsWith("{{") || StartsWith("}}"))) {
        at_ += 2;
      } else if (const std::size_t opening = HoleOpening(form.holes); opening > 0) {
        Add(CodeTokenKind::kText, begin, at_);
        Take(CodeTokenKind::kHole, opening);
        open_.back().in_hole = true;
        open_.back().brackets = 0;
        return;
      } else if (IsBareName(form.holes)) {
        Add(CodeTokenKind::kText, begin, at_);
        return TakeBareName(form.holes);
      } else {
        ++at_;
      }
    }
    EndString(begin, 0);
  }

  void EndString(std::size_t begin, std::size_t closing_bytes) {
    Add(CodeTokenKind::kText, begin, at_);
    at_ += closing_bytes;
    open_.pop_back();
  }

  std::size_t HoleOpening(Holes holes) const {
    switch (holes) {
      case Holes::kNone:
        return 0;
      case Holes::kBraces:
        return source_[at_] == '{' ? 1 : 0;
      case Holes::kDollarBraces:
      case Holes::kDollarNames:
        return StartsWith("${") ? 2 : 0;
      case Holes::kPhp:
        return StartsWith("{$") ? 1 : StartsWith("${") ? 2 : 0;
      case Holes::kHashBraces:
        return StartsWith("#{") ? 2 : 0;
    }
    return 0;
  }

  bool IsBareName(Holes holes) const {
    return (holes == Holes::kDollarNames || holes == Holes::kPhp) && source_[at_] == '$' && IsLetter(At(at_ + 1));
  }

  void TakeBareName(Holes holes) {
    Add(CodeTokenKind::kHole, at_, at_);
    ++at_;
    TakeName();
    if (holes == Holes::kPhp && StartsWith("->") && IsLetter(At(at_ + 2))) {
      Take(CodeTokenKind::kSign, 1);
      Take(CodeTokenKind::kSign, 1);
      TakeName();
    } else if (holes == Holes::kPhp && StartsWith("[") && IsLetter(At(at_ + 1))) {
      Take(CodeTokenKind::kSign, 1);
      std::size_t end = at_;
      while (end < source_.size() && IsWordByte(source_[end])) ++end;
      Take(CodeTokenKind::kText, end - at_);
      if (StartsWith("]")) Take(CodeTokenKind::kSign, 1);
    }
    Add(CodeTokenKind::kHoleEnd, at_, at_);
  }

  void TakeName() {
    std::size_t end = at_;
    while (end < source_.size() && IsWordByte(source_[end]) && source_[end] != '$') ++end;
    Take(CodeTokenKind::kWord, end - at_);
  }

  std::string_view source_;
  const CodeRules& rules_;
  std::size_t at_ = 0;
  std::vector<CodeToken> tokens_;
  std::vector<Open> open_;
  std::array<bool, 256> begins_string_{};
  // Where the line ends on which a quote was not closed: it is not looked for there again.
  std::array<std::size_t, 256> no_closing_before_{};
  std::size_t no_regex_before_ = 0;
};

}  // namespace

std::vector<CodeToken> TokenizeCode(std::string_view source, const CodeRules& rules) {
  return CodeTokenizer(source, rules).Run();
}

}  // namespace privity::gate_internal
