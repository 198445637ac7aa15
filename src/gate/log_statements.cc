#include "gate/log_statements.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/utf8.h"
#include "gate/internal/code_tokens.h"
#include "gate/internal/logger_names.h"
#include "gate/internal/source_languages.h"

namespace privity {
namespace {

using namespace gate_internal;

constexpr int kDepthMax = 64;  // brackets in a statement inside each other
constexpr std::size_t kNameBytesMax = 200;
constexpr std::size_t kLabelLookedAtBytes = 80;

constexpr std::array<std::pair<std::string_view, SourceLanguage>, 33> kEndings = {{
    {".py", SourceLanguage::kPython},
    {".js", SourceLanguage::kJavaScript},
    {".jsx", SourceLanguage::kJavaScript},
    {".mjs", SourceLanguage::kJavaScript},
    {".cjs", SourceLanguage::kJavaScript},
    {".ts", SourceLanguage::kJavaScript},
    {".tsx", SourceLanguage::kJavaScript},
    {".mts", SourceLanguage::kJavaScript},
    {".cts", SourceLanguage::kJavaScript},
    {".java", SourceLanguage::kJava},
    {".kt", SourceLanguage::kKotlin},
    {".kts", SourceLanguage::kKotlin},
    {".go", SourceLanguage::kGo},
    {".cs", SourceLanguage::kCSharp},
    {".rb", SourceLanguage::kRuby},
    {".rake", SourceLanguage::kRuby},
    {".php", SourceLanguage::kPhp},
    {".rs", SourceLanguage::kRust},
    {".c", SourceLanguage::kC},
    {".h", SourceLanguage::kC},
    {".cc", SourceLanguage::kC},
    {".hh", SourceLanguage::kC},
    {".cpp", SourceLanguage::kC},
    {".hpp", SourceLanguage::kC},
    {".cxx", SourceLanguage::kC},
    {".hxx", SourceLanguage::kC},
    {".c++", SourceLanguage::kC},
    {".ipp", SourceLanguage::kC},
    {".inl", SourceLanguage::kC},
    {".tcc", SourceLanguage::kC},
    {".m", SourceLanguage::kC},
    {".mm", SourceLanguage::kC},
    {".phtml", SourceLanguage::kPhp},
}};

bool IsUpper(char character) {
  return character >= 'A' && character <= 'Z';
}

bool IsNamePart(char character) {
  const auto byte = static_cast<unsigned char>(character);
  return byte >= 0x80 || byte == '_' || byte == '-' || (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
         (byte >= 'a' && byte <= 'z');
}

bool IsDigit(char character) {
  return character >= '0' && character <= '9';
}

// A name as keys have them: "email", "user.email", "x-api-key".
bool IsKeyText(std::string_view text) {
  return !text.empty() && text.size() <= kNameBytesMax && !IsDigit(text.front()) &&
         std::all_of(text.begin(), text.end(), [](char each) { return IsNamePart(each) || each == '.'; });
}

std::string_view WithoutEnd(std::string_view text, std::string_view characters) {
  while (!text.empty() && characters.find(text.back()) != std::string_view::npos) text.remove_suffix(1);
  return text;
}

// What a text calls the value behind it: "email" for "email=", ", email: " and "user email='". Not for "Invalid email:
// ", which is a sentence.
std::string_view LabelBefore(std::string_view text) {
  if (text.size() > kLabelLookedAtBytes) text.remove_prefix(text.size() - kLabelLookedAtBytes);
  text = WithoutEnd(text, " '\"[(<\\");
  if (text.ends_with('>')) text.remove_suffix(1);  // =>
  if (!text.ends_with('=') && !text.ends_with(':')) return {};
  const bool is_assigned = text.back() == '=';
  text = WithoutEnd(text, "=: '\"");
  std::size_t begin = text.size();
  while (begin > 0 && IsNamePart(text[begin - 1])) --begin;
  const std::string_view label = text.substr(begin);
  const std::string_view before = WithoutEnd(text.substr(0, begin), " '\"");
  const bool is_first = before.empty() ||
                        std::string_view(",;([{|&?/<").find(before.back()) != std::string_view::npos ||
                        before.ends_with("\\n");
  return label.size() > 1 && IsKeyText(label) && (is_first || is_assigned) ? label : std::string_view();
}

// What a format calls the values that take its holes, one after the other: `%s`, `{}`, `{Email}`. Where texts take
// variables by name, those holes are filled already.
std::vector<std::string_view> HoleLabels(std::string_view text, bool names_in_texts) {
  std::vector<std::string_view> labels;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text.substr(at, 2) == "%%" || text.substr(at, 2) == "{{") {
      ++at;
    } else if (text[at] == '%') {
      std::size_t end = at + 1;
      while (end < text.size() && std::string_view("-+ #0123456789.*hlLqjzt").find(text[end]) != std::string_view::npos)
        ++end;
      const bool is_hole = end < text.size() && IsNamePart(text[end]);
      if (is_hole) labels.push_back(LabelBefore(text.substr(0, at)));
      if (is_hole) at = end;
    } else if (text[at] == '{') {
      const std::size_t end = std::min(text.find_first_of("}{", at + 1), text.size());
      if (end == text.size() || text[end] == '{') continue;
      std::string_view name = text.substr(at + 1, end - at - 1);
      name = name.substr(0, name.find_first_of(":,!"));
      if (name.starts_with('@')) name.remove_prefix(1);
      if (!IsKeyText(name)) {
        labels.push_back(LabelBefore(text.substr(0, at)));
      } else if (!names_in_texts) {
        labels.push_back(name);
      }
      at = end;
    }
  }
  return labels;
}

std::string_view WithoutGet(std::string_view name) {
  for (const std::string_view verb : {"get", "Get"}) {
    if (!name.starts_with(verb)) continue;
    std::string_view rest = name.substr(verb.size());
    if (rest.starts_with('_')) return rest.substr(1);
    if (!rest.empty() && IsUpper(rest.front())) return rest;
  }
  return name;
}

class LogReader {
 public:
  LogReader(std::string_view source, const SourceRules& rules)
      : source_(source), rules_(rules), tokens_(TokenizeCode(source, rules.code)), closing_(tokens_.size(), 0) {
    MatchBrackets();
  }

  LogStatements Read() {
    for (std::size_t at = 0; at < tokens_.size();) {
      const std::size_t end = IsHead(at) && !IsDefined(at) ? ReadStatement(at) : 0;
      at = end > at ? end : at + 1;
    }
    FindPlaces();
    return std::move(found_);
  }

 private:
  struct Range {
    std::size_t begin = 0;
    std::size_t end = 0;     // behind the last
    bool has_pairs = false;  // arguments are names and values by turns, from the first on
  };

  // What `user.email`, `user.getEmail()`, `str(x)` come to.
  struct Chain {
    std::size_t end = 0;
    std::string_view owner = {};
    std::string_view name = {};
    std::size_t place = 0;
    bool is_value = true;       // not what an unknown function returns
    bool is_looked_up = false;  // by a text
    Range inner = {};           // the arguments that come out again
  };

  // ---- tokens ----
  std::string_view Text(std::size_t at) const {
    return at < tokens_.size() ? source_.substr(tokens_[at].begin, tokens_[at].size) : std::string_view();
  }
  bool Is(std::size_t at, CodeTokenKind kind) const { return at < tokens_.size() && tokens_[at].kind == kind; }
  bool IsWord(std::size_t at) const { return Is(at, CodeTokenKind::kWord); }
  bool IsText(std::size_t at) const { return Is(at, CodeTokenKind::kText); }
  bool IsSign(std::size_t at, char sign) const {
    return Is(at, CodeTokenKind::kSign) && source_[tokens_[at].begin] == sign;
  }
  // Two signs with nothing between them.
  bool AreSigns(std::size_t at, char first, char second) const {
    return IsSign(at, first) && IsSign(at + 1, second) && tokens_[at + 1].begin == tokens_[at].begin + 1;
  }
  bool Opens(std::size_t at) const { return at < tokens_.size() && closing_[at] > 0; }

  static char Opening(char closing) { return closing == ')' ? '(' : closing == ']' ? '[' : '{'; }

  // Closing brackets that nothing opens, and opening ones that nothing closes, count for nothing.
  void MatchBrackets() {
    std::vector<std::uint32_t> open;
    std::array<std::size_t, 256> open_of{};  // by the bracket; 'h' for holes
    const auto kind_of = [&](std::size_t at) {
      return static_cast<unsigned char>(tokens_[at].kind == CodeTokenKind::kHole ? 'h' : source_[tokens_[at].begin]);
    };
    for (std::size_t at = 0; at < tokens_.size(); ++at) {
      const bool is_hole_end = tokens_[at].kind == CodeTokenKind::kHoleEnd;
      if (tokens_[at].kind == CodeTokenKind::kHole || IsSign(at, '(') || IsSign(at, '[') || IsSign(at, '{')) {
        open.push_back(static_cast<std::uint32_t>(at));
        ++open_of[kind_of(at)];
      } else if (is_hole_end || IsSign(at, ')') || IsSign(at, ']') || IsSign(at, '}')) {
        const auto wanted = static_cast<unsigned char>(is_hole_end ? 'h' : Opening(source_[tokens_[at].begin]));
        while (open_of[wanted] > 0) {
          const std::uint32_t begin = open.back();
          open.pop_back();
          --open_of[kind_of(begin)];
          if (kind_of(begin) != wanted) continue;
          closing_[begin] = static_cast<std::uint32_t>(at);
          break;
        }
      }
    }
  }

  // The word behind `.`, `?.`, `!.`, `!!.`, `->`, `?->`, `&.` or `::`; 0 when none of them stands here.
  std::size_t Member(std::size_t at) const {
    if (IsSign(at, '!') && IsSign(at + 1, '!')) ++at;
    if (IsSign(at, '!') || IsSign(at, '?') || IsSign(at, '&')) {
      if (!IsSign(at + 1, '.') && !AreSigns(at + 1, '-', '>')) return 0;
      ++at;
    }
    const std::size_t word = IsSign(at, '.') ? at + 1 : AreSigns(at, '-', '>') || AreSigns(at, ':', ':') ? at + 2 : 0;
    return word > 0 && IsWord(word) ? word : 0;
  }

  // A word that no other owns.
  bool IsHead(std::size_t at) const {
    if (!IsWord(at)) return false;
    if (at == 0) return true;
    return !IsSign(at - 1, '.') && !(at >= 2 && (AreSigns(at - 2, '-', '>') || AreSigns(at - 2, ':', ':')));
  }

  // ---- statements ----
  // The end of the statement that begins here; 0 when none does.
  std::size_t ReadStatement(std::size_t head) {
    std::vector<Range> ranges;
    bool has_logger = false;
    bool has_level = false;
    std::size_t at = head;
    for (std::size_t word = head; word > 0 || at == head; word = Member(at)) {
      const std::string_view name = Text(word);
      at = word + 1;
      const bool is_level = has_logger && (IsLevel(name) || IsOneLetterLevel(head, name));
      if (rules_.has_macros && IsSign(at, '!') && Opens(at + 1) && IsLevel(name)) {
        return Finish(head, closing_[at + 1] + 1, {{at + 2, closing_[at + 1]}});
      }
      if (IsSign(at, '(') && Opens(at)) {
        const Range arguments = {at + 1, closing_[at], !is_level};
        at = closing_[at] + 1;
        if (rules_.has_streams && IsLogStream(name) && AreSigns(at, '<', '<')) {
          const std::size_t end = StreamEnd(at);
          return Finish(head, end, {{at, end}});
        }
        if (!has_logger && IsLogFunction(name)) {
          return HasBody(at) ? at : Finish(head, at, {{arguments.begin, arguments.end}});
        }
        if (has_logger) ranges.push_back(arguments);
        has_level = has_level || is_level;
      }
      if (is_level && rules_.takes_blocks && IsSign(at, '{') && Opens(at)) {
        ranges.push_back({at + 1, closing_[at]});
        at = closing_[at] + 1;
        has_level = true;
      }
      if (is_level && !has_level && rules_.calls_without_brackets && BeginsArgument(at)) {
        const std::size_t end = LineEnd(at);
        return Finish(head, end, {{at, end}});
      }
      if (IsSign(at, '[') && Opens(at)) at = closing_[at] + 1;
      has_logger = has_logger || IsLogger(name);
    }
    return has_level && !HasBody(at) ? Finish(head, at, ranges) : 0;
  }

  // `void log_error(…)`, `def log_error(…)`: behind a word on the same line that is no part of an expression.
  bool IsDefined(std::size_t head) const {
    if (head == 0 || !IsWord(head - 1) || IsKeyword(Text(head - 1))) return IsDefiningWord(head);
    const std::size_t end = tokens_[head - 1].begin + tokens_[head - 1].size;
    return source_.substr(end, tokens_[head].begin - end).find('\n') == std::string_view::npos;
  }

  bool IsDefiningWord(std::size_t head) const {
    static constexpr std::array<std::string_view, 6> kDefining = {"def", "function", "fn", "func", "void", "static"};
    return head > 0 && std::find(kDefining.begin(), kDefining.end(), Text(head - 1)) != kDefining.end();
  }

  // Behind the brackets of a method's definition, where no block can be an argument.
  bool HasBody(std::size_t at) const { return !rules_.takes_blocks && IsSign(at, '{'); }

  bool IsOneLetterLevel(std::size_t head, std::string_view name) const {
    return rules_.has_one_letter_levels && name.size() == 1 &&
           std::string_view("vdiwe").find(name) != std::string_view::npos &&
           (Text(head) == "Log" || Text(head) == "Timber");
  }

  bool BeginsArgument(std::size_t at) const {
    return IsText(at) || IsWord(at) || IsSign(at, ':') || IsSign(at, '@') || IsSign(at, '[');
  }

  // In a language whose statements end with their lines, if these do not end as if something followed.
  std::size_t LineEnd(std::size_t at) const {
    while (at < tokens_.size()) {
      if (Opens(at)) {
        at = closing_[at] + 1;
        continue;
      }
      const bool goes_on = IsSign(at - 1, ',') || IsSign(at - 1, '+') || IsSign(at - 1, '\\') || IsSign(at - 1, '.');
      if (Is(at, CodeTokenKind::kLineEnd) && !goes_on) break;
      if (IsSign(at, ';') || IsSign(at, '}') || IsSign(at, ')')) break;
      ++at;
    }
    return at;
  }

  std::size_t StreamEnd(std::size_t at) const {
    while (at < tokens_.size() && !IsSign(at, ';') && !IsSign(at, '{') && !IsSign(at, '}')) {
      at = Opens(at) ? closing_[at] + 1 : at + 1;
    }
    return std::min(at, tokens_.size());
  }

  std::size_t Finish(std::size_t head, std::size_t end, const std::vector<Range>& ranges) {
    ++found_.count;
    statement_ = head;
    for (const Range& range : ranges) Arguments(range, {}, 0);
    return end;
  }

  // ---- arguments and expressions ----
  std::size_t ArgumentEnd(std::size_t at, std::size_t end) const {
    while (at < end && !IsSign(at, ',')) at = Opens(at) ? closing_[at] + 1 : at + 1;
    return std::min(at, end);
  }

  // The name before a value, and where the value begins: `email=x`, `email: x`, `"email": x`, `'email' => x`.
  std::pair<std::string_view, std::size_t> Key(std::size_t at, std::size_t end) const {
    std::size_t behind = 0;
    if (rules_.has_symbols && IsSign(at, ':') && IsWord(at + 1) && AreSigns(at + 2, '=', '>'))
      return {Text(at + 1), at + 4};
    const bool is_compared = IsSign(at + 2, '=') || IsSign(at + 2, '~');
    if (IsWord(at) && IsSign(at + 1, '=') && !is_compared && !IsSign(at + 2, '>')) behind = at + 2;
    if ((IsWord(at) || IsText(at)) && IsSign(at + 1, ':') && !IsSign(at + 2, ':')) behind = at + 2;
    if (IsText(at) && AreSigns(at + 1, '=', '>')) behind = at + 3;
    if (IsText(at) && IsWord(at + 1) && Text(at + 1) == "to") behind = at + 2;
    if (behind == 0 || behind >= end || !IsKeyText(Text(at))) return {{}, at};
    return {Text(at), behind};
  }

  bool AreTexts(std::size_t at, std::size_t end) const {
    while (at < end && IsText(at)) ++at;
    return at == end;
  }

  void Arguments(const Range& range, std::string_view label, int depth) {
    if (depth > kDepthMax) return;
    std::vector<std::string_view> holes;
    std::size_t hole = 0;
    bool has_text = range.has_pairs;
    std::string_view called;  // by the argument before
    for (std::size_t at = range.begin; at < range.end;) {
      const std::size_t end = ArgumentEnd(at, range.end);
      auto [name, begin] = Key(at, end);
      if (name.empty()) name = !called.empty() ? called : hole < holes.size() ? holes[hole++] : label;
      called = {};
      if (begin == at && AreTexts(at, end) && at < end) {
        if (has_text && IsKeyText(Text(at))) called = Text(at);
        if (!has_text) {
          holes = HoleLabels(Text(at), rules_.names_in_texts);
          hole = 0;
          if (holes.empty()) called = LabelBefore(Text(end - 1));
        }
        has_text = true;
        for (; at < end; ++at) NamesInText(at);
      } else {
        Expression({begin, end}, name, depth + 1);
      }
      at = end + 1;
    }
  }

  // "{email}" in a macro of Rust.
  void NamesInText(std::size_t at) {
    if (!rules_.names_in_texts) return;
    const std::string_view text = Text(at);
    for (std::size_t open = text.find('{'); open < text.size(); open = text.find('{', open)) {
      if (text.substr(open, 2) == "{{") {
        open += 2;
        continue;
      }
      const std::size_t end = text.find_first_of("}{:", open + 1);
      if (end == std::string_view::npos) return;
      const std::string_view name = text.substr(open + 1, end - open - 1);
      if (text[end] != '{' && IsKeyText(name)) Add({}, name, {}, tokens_[at].begin + open + 1);
      open = end;
    }
  }

  void Expression(const Range& range, std::string_view label, int depth) {
    if (depth > kDepthMax) return;
    std::string_view near = label;  // what is right before calls the value so
    for (std::size_t at = range.begin; at < range.end;) {
      if (IsText(at)) {
        at = ReadText(at, range, near, depth);
      } else if (Is(at, CodeTokenKind::kHole) && Opens(at)) {
        Expression({at + 1, closing_[at]}, near, depth + 1);
        at = closing_[at] + 1;
      } else if (Opens(at)) {
        at = ReadGroup(at, range, near, depth);
      } else if (rules_.has_symbols && IsSign(at, ':') && IsWord(at + 1) && !IsSign(at - 1, ':')) {
        at += 2;
      } else if (IsWord(at)) {
        at = ReadWord(at, range, near, depth);
      } else {
        ++at;
      }
    }
  }

  // A text, what is done with it, and what it calls the value behind it.
  std::size_t ReadText(std::size_t at, const Range& range, std::string_view& near, int depth) {
    const std::string_view text = Text(at);
    NamesInText(at);
    if (const std::string_view label = LabelBefore(text); !label.empty()) near = label;
    ++at;
    if (const std::size_t method = Member(at); method > 0 && IsSign(method + 1, '(') && Opens(method + 1)) {
      const std::size_t end = closing_[method + 1];
      if (IsTransparent(Text(method))) Formatted(text, {method + 2, end}, depth);
      return end + 1;
    }
    if (!IsSign(at, '%') || at + 1 >= range.end) return at;
    if (IsSign(at + 1, '(') && Opens(at + 1)) {
      Formatted(text, {at + 2, closing_[at + 1]}, depth);
      return closing_[at + 1] + 1;
    }
    const std::vector<std::string_view> holes = HoleLabels(text, rules_.names_in_texts);
    near = holes.empty() ? std::string_view() : holes.front();
    return at + 1;
  }

  // Values for the holes of a text before them.
  void Formatted(std::string_view text, const Range& values, int depth) {
    const std::vector<std::string_view> holes = HoleLabels(text, rules_.names_in_texts);
    std::size_t hole = 0;
    for (std::size_t at = values.begin; at < values.end;) {
      const std::size_t end = ArgumentEnd(at, values.end);
      auto [name, begin] = Key(at, end);
      if (name.empty() && hole < holes.size()) name = holes[hole++];
      Expression({begin, end}, name, depth + 1);
      at = end + 1;
    }
  }

  std::size_t ReadGroup(std::size_t at, const Range& range, std::string_view& near, int depth) {
    const std::size_t behind = closing_[at] + 1;
    if (IsSign(at, '(') && Member(behind) > 0) {  // (x as User).email
      const Chain chain = ReadChain(at, behind, range.end);
      return UseChain(at, chain, range, near, depth);
    }
    if (IsAsked(at, behind, range)) return behind;
    const bool is_list = !IsSign(at, '(') || ArgumentEnd(at + 1, closing_[at]) < closing_[at];
    if (is_list) {
      Arguments({at + 1, closing_[at], IsSign(at, '{')}, near, depth + 1);
    } else {
      Expression({at + 1, closing_[at]}, near, depth + 1);
    }
    near = {};
    return behind;
  }

  std::size_t ReadWord(std::size_t at, const Range& range, std::string_view& near, int depth) {
    const std::string_view word = Text(at);
    const bool is_statement = word == "if" || word == "while" || word == "for" || word == "switch" || word == "catch";
    if (is_statement && IsSign(at + 1, '(') && Opens(at + 1)) return closing_[at + 1] + 1;
    if (IsKeyword(word) && Member(at + 1) == 0) return at + 1;
    return UseChain(at, ReadChain(at, at + 1, range.end), range, near, depth);
  }

  std::size_t UseChain(std::size_t at, const Chain& chain, const Range& range, std::string_view& near, int depth) {
    const std::string_view label = std::exchange(near, {});
    if (IsAsked(at, chain.end, range)) return chain.end;
    if (chain.inner.end > 0) {
      Arguments(chain.inner, label, depth + 1);
    } else if (chain.is_value) {
      const bool is_owned_by_head = chain.owner == Text(at);
      const std::string_view head = is_owned_by_head      ? chain.owner
                                    : chain.end == at + 1 ? chain.name
                                                          : std::string_view();
      const bool is_static =
          !rules_.classes_hold_objects && !chain.is_looked_up && !head.empty() && IsUpper(head.front());
      Add(chain.owner, chain.name, label, tokens_[chain.place].begin, is_static, chain.is_looked_up);
    }
    return chain.end;
  }

  // Whether the statement shows only what a question about the value comes to: compared, negated, a condition, a type.
  bool IsAsked(std::size_t begin, std::size_t end, const Range& range) const {
    return (begin > range.begin && IsAskedBefore(begin - 1)) || (end < range.end && IsAskedBehind(end, range.end));
  }

  bool IsAskedBefore(std::size_t at) const {
    if (IsWord(at)) {
      static constexpr std::array<std::string_view, 12> kAsking = {
          "not", "if", "unless", "is", "in", "typeof", "sizeof", "instanceof", "as", "when", "while", "new"};
      return std::find(kAsking.begin(), kAsking.end(), Text(at)) != kAsking.end();
    }
    if (IsSign(at, '!')) return true;
    if (at == 0) return false;
    if (IsSign(at, '='))
      return IsSign(at - 1, '=') || IsSign(at - 1, '!') || IsSign(at - 1, '<') || IsSign(at - 1, '>');
    if (IsSign(at, '<')) return !IsSign(at - 1, '<');
    return IsSign(at, '>') && !IsSign(at - 1, '>') && !IsSign(at - 1, '-') && !IsSign(at - 1, '=');
  }

  bool IsAskedBehind(std::size_t at, std::size_t end) const {
    if (IsWord(at)) {
      static constexpr std::array<std::string_view, 6> kAsking = {"is", "in", "not", "and", "instanceof", "between"};
      return std::find(kAsking.begin(), kAsking.end(), Text(at)) != kAsking.end();
    }
    if (IsSign(at, '=')) return at + 1 < end;  // compared, assigned, the parameter of a function
    if (IsSign(at, '{')) return true;          // the type of what is made
    if (AreSigns(at, '!', '=') || AreSigns(at, '-', '>') || AreSigns(at, '&', '&')) return true;
    if (IsSign(at, '<') || IsSign(at, '>')) return !IsSign(at + 1, source_[tokens_[at].begin]);
    return IsSign(at, '?') && at + 1 < end && !IsSign(at + 1, ':') && !IsSign(at + 1, '?') && !IsSign(at + 1, ')');
  }

  // From a word or a group on, as far as members, calls and subscripts go.
  Chain ReadChain(std::size_t head, std::size_t at, std::size_t end) const {
    Chain chain;
    chain.place = head;
    if (IsWord(head)) chain.name = Text(head);
    while (at < end) {
      const std::size_t word = Member(at);
      const std::size_t bracket = word > 0 ? word + 1 : at;
      const bool is_called = IsSign(bracket, '(') && Opens(bracket) && closing_[bracket] < end;
      if (word > 0 && word < end) {
        const bool is_changed = is_called && !AreTexts(bracket + 1, closing_[bracket]) && !IsFallback(Text(word));
        const bool is_same =
            (!chain.name.empty() || chain.inner.end > 0) && IsTail(Text(word)) && !is_changed && !IsLookupCall(word);
        if (!is_same) chain = {.owner = chain.name, .name = Text(word), .place = word};
        at = is_same && is_called ? closing_[bracket] + 1 : bracket;
      } else if (is_called) {
        Call(chain, {at + 1, closing_[at]});
        at = closing_[at] + 1;
      } else if (IsSign(at, '[') && Opens(at) && closing_[at] < end) {
        Subscript(chain, {at + 1, closing_[at]});
        at = closing_[at] + 1;
      } else if (IsSign(at, '!') && !IsSign(at + 1, '=')) {
        ++at;
      } else {
        break;
      }
    }
    chain.end = std::min(at, end);
    return chain;
  }

  bool IsLookupCall(std::size_t word) const {
    return IsLookup(Text(word)) && IsSign(word + 1, '(') && IsText(word + 2) && IsKeyText(Text(word + 2));
  }

  void Call(Chain& chain, const Range& arguments) const {
    const bool is_message = IsFormatting(chain.name) && ArgumentEnd(arguments.begin, arguments.end) < arguments.end;
    const bool is_looked_up =
        IsLookup(chain.name) && !is_message && IsText(arguments.begin) && IsKeyText(Text(arguments.begin));
    if (arguments.begin == arguments.end) {
      chain.name = WithoutGet(chain.name);
    } else if (is_looked_up) {
      chain.name = Text(arguments.begin);
      chain.place = arguments.begin;
      chain.is_looked_up = true;
    } else if (IsTransparent(chain.name)) {
      chain.inner = {arguments.begin, arguments.end, !IsFormatting(chain.name)};
    } else if (WithoutGet(chain.name) != chain.name) {
      chain.name = WithoutGet(chain.name);
    } else {
      chain.is_value = false;
    }
  }

  void Subscript(Chain& chain, const Range& key) const {
    const bool is_symbol =
        rules_.has_symbols && key.end == key.begin + 2 && IsSign(key.begin, ':') && IsWord(key.begin + 1);
    if ((key.end == key.begin + 1 && IsText(key.begin)) || is_symbol) {
      chain = {.owner = chain.name, .name = Text(key.end - 1), .place = key.end - 1, .is_looked_up = true};
      return;
    }
    for (std::size_t at = key.begin; at < key.end; at = Opens(at) ? closing_[at] + 1 : at + 1) {
      if (IsSign(at, ':') || AreSigns(at, '.', '.')) chain.is_value = false;  // a slice is a part
    }
  }

  // ---- what is found ----
  void Add(std::string_view owner, std::string_view name, std::string_view label, std::size_t offset,
           bool is_static = false, bool is_looked_up = false) {
    if (owner.starts_with('$')) owner.remove_prefix(1);
    if (name.starts_with('$')) name.remove_prefix(1);
    if (name.empty() || IsDigit(name.front())) return;
    for (const std::string_view each : {owner, name, label}) {
      if (each.size() > kNameBytesMax || !IsUtf8(each)) return;
    }
    if (offsets_.size() > kLoggedValuesMax) return;
    offsets_.push_back({offset, tokens_[statement_].begin});
    found_.values.push_back(
        {std::string(owner), std::string(name), std::string(label), 0, 0, 0, is_static, is_looked_up});
  }

  // Lines and columns, in one walk over the source.
  void FindPlaces() {
    std::vector<std::size_t> order(offsets_.size());
    for (std::size_t each = 0; each < order.size(); ++each) order[each] = each;
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return offsets_[a].first < offsets_[b].first; });
    std::vector<LoggedValue> values;
    int line = 1;
    int column = 1;
    std::size_t at = 0;
    int statement_line = 1;
    std::size_t statement_at = 0;
    for (const std::size_t each : order) {
      const auto [offset, statement] = offsets_[each];
      for (; statement_at < statement; ++statement_at) statement_line += source_[statement_at] == '\n' ? 1 : 0;
      for (; at < offset; ++at) {
        column = source_[at] == '\n' ? 1 : column + ((source_[at] & 0xC0) != 0x80 ? 1 : 0);
        line += source_[at] == '\n' ? 1 : 0;
      }
      values.push_back(std::move(found_.values[each]));
      values.back().line = line;
      values.back().column = column;
      values.back().statement_line = statement_line;
    }
    found_.values = std::move(values);
  }

  std::string_view source_;
  const SourceRules& rules_;
  std::vector<CodeToken> tokens_;
  std::vector<std::uint32_t> closing_;  // of an opening bracket its closing one, 0 of everything else
  std::size_t statement_ = 0;
  std::vector<std::pair<std::size_t, std::size_t>> offsets_;  // of the values and their statements
  LogStatements found_;
};

}  // namespace

std::optional<SourceLanguage> SourceLanguageOf(std::string_view file_name) {
  for (const auto& [ending, language] : kEndings) {
    if (file_name.ends_with(ending)) return language;
  }
  return std::nullopt;
}

Result<LogStatements> ReadLogStatements(SourceLanguage language, std::string_view source, std::string_view file_name) {
  const std::string file(file_name);
  if (source.size() > kSourceBytesMax) {
    return Error("gate.too_large", {{"file", file}, {"maximum", std::to_string(kSourceBytesMax)}});
  }
  if (source.find('\0') != std::string_view::npos) return Error("gate.not_text", {{"file", file}});
  LogStatements statements = LogReader(source, RulesOf(language)).Read();
  if (statements.values.size() > kLoggedValuesMax) {
    return Error("gate.too_many_fields", {{"file", file}, {"maximum", std::to_string(kLoggedValuesMax)}});
  }
  return statements;
}

}  // namespace privity
