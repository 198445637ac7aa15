#include "detect/internal/pattern.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace privity::detect {
namespace {

constexpr int kCountMax = 512;

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  Result<std::vector<Pattern::Item>> Items() {
    const Pattern::Class digits = Range('0', '9');
    std::vector<Pattern::Item> items;
    while (at_ < text_.size()) {
      Pattern::Item item;
      PRIVITY_TRY(item.accepts, Atom());
      PRIVITY_TRY_VOID(Count(item));
      item.any_digit = (digits & ~item.accepts).none();
      items.push_back(item);
    }
    if (items.empty()) return Problem("it is empty");
    return items;
  }

 private:
  Error Problem(std::string_view what) const {
    return Error("detect.pattern", {{"problem", std::string(what) + " at character " + std::to_string(at_ + 1)}});
  }

  static Pattern::Class Range(char from, char to) {
    Pattern::Class accepts;
    for (int c = static_cast<unsigned char>(from); c <= static_cast<unsigned char>(to); ++c) accepts.set(c);
    return accepts;
  }

  static Pattern::Class Escaped(char c) {
    if (c == 'd') return Range('0', '9');
    if (c == 'w') return Range('0', '9') | Range('a', 'z') | Range('A', 'Z') | Range('_', '_');
    return Range(c, c);
  }

  Result<Pattern::Class> Atom() {
    const char c = text_[at_++];
    if (c == '[') return Set();
    if (c == '.') return Pattern::Class().set();
    if (c == '\\') {
      if (at_ == text_.size()) return Problem("a character is missing after the backslash");
      return Escaped(text_[at_++]);
    }
    static constexpr std::string_view kSpecial = "()|^$?*+{}]";
    if (kSpecial.find(c) != kSpecial.npos) return Problem("groups, alternatives and anchors are not supported");
    return Range(c, c);
  }

  Result<Pattern::Class> Set() {
    Pattern::Class accepts;
    const bool negated = at_ < text_.size() && text_[at_] == '^';
    if (negated) ++at_;
    while (at_ < text_.size() && text_[at_] != ']') {
      char from = text_[at_++];
      if (from == '\\' && at_ < text_.size()) {
        accepts |= Escaped(text_[at_++]);
      } else if (at_ + 1 < text_.size() && text_[at_] == '-' && text_[at_ + 1] != ']') {
        accepts |= Range(from, text_[at_ + 1]);
        at_ += 2;
      } else {
        accepts |= Range(from, from);
      }
    }
    if (at_ == text_.size()) return Problem("the closing ] is missing");
    ++at_;
    return negated ? ~accepts : accepts;
  }

  Status Count(Pattern::Item& item) {
    if (at_ == text_.size()) return Ok();
    const char c = text_[at_];
    if (c == '?' || c == '*') item.min = 0;
    if (c == '+' || c == '*') item.max = kCountMax;
    if (c == '?' || c == '*' || c == '+') ++at_;
    if (c != '{') return Ok();
    ++at_;
    PRIVITY_TRY(item.min, Number());
    item.max = item.min;
    if (at_ < text_.size() && text_[at_] == ',') {
      ++at_;
      item.max = kCountMax;
      if (at_ < text_.size() && text_[at_] != '}') {
        PRIVITY_TRY(item.max, Number());
      }
    }
    if (at_ == text_.size() || text_[at_] != '}') return Problem("the closing } is missing");
    ++at_;
    return item.min <= item.max ? Ok() : Problem("the second count is below the first");
  }

  Result<int> Number() {
    int number = 0;
    const auto [end, error] = std::from_chars(text_.data() + at_, text_.data() + text_.size(), number);
    if (error != std::errc() || number < 0 || number > kCountMax) return Problem("a count from 0 to 512 is expected");
    at_ = static_cast<std::size_t>(end - text_.data());
    return number;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

Result<Pattern> Pattern::Parse(std::string_view text) {
  Pattern pattern;
  PRIVITY_TRY(pattern.items_, Reader(text).Items());
  bool literal = true;
  std::size_t ends = 1;  // places that the items so far may end at
  for (const Item& item : pattern.items_) {
    pattern.steps_max_ += ends + std::min(kTextBytesMax, ends + static_cast<std::size_t>(item.max));
    ends = std::min(kTextBytesMax, ends + static_cast<std::size_t>(item.max - item.min));
    pattern.varying_ += item.min != item.max;
    pattern.bytes_min_ += static_cast<std::size_t>(item.min);
    pattern.bytes_max_ += static_cast<std::size_t>(item.max);
    literal = literal && item.accepts.count() == 1 && item.min == item.max;
    if (literal)
      pattern.literal_prefix_.append(static_cast<std::size_t>(item.min), static_cast<char>(item.accepts._Find_first()));
  }
  return pattern;
}

// Of a pattern with one item of several counts at most, which the text's length tells.
template <bool of_digits>
bool Pattern::MatchesInStep(std::string_view text) const {
  std::size_t at = 0;
  for (const Item& item : items_) {
    const std::size_t more = item.min == item.max ? 0 : text.size() - bytes_min_;
    if (of_digits && item.any_digit) {
      at += static_cast<std::size_t>(item.min) + more;
      continue;
    }
    for (const std::size_t end = at + static_cast<std::size_t>(item.min) + more; at < end; ++at) {
      if (!item.accepts[static_cast<unsigned char>(text[at])]) return false;
    }
  }
  return true;
}

bool Pattern::Matches(std::string_view text) const {
  if (!HasLength(text.size())) return false;
  if (varying_ <= 1) return MatchesInStep<false>(text);
  const Item& last = items_.back();
  if (last.min > 0 && !last.accepts[static_cast<unsigned char>(text.back())]) return false;
  Ends ends;
  MatchPrefix(text, ends);
  return ends.count > 0 && ends.at[ends.count - 1] == text.size();
}

bool Pattern::MatchesDigits(std::string_view digits) const {
  return varying_ <= 1 ? HasLength(digits.size()) && MatchesInStep<true>(digits) : Matches(digits);
}

bool Pattern::IsWithin(const Pattern& other) const {
  const auto within = [](const Item& a, const Item& b) { return (a.accepts & ~b.accepts).none(); };
  const bool one_by_one = std::ranges::equal(items_, other.items_, [&](const Item& a, const Item& b) {
    return within(a, b) && a.min >= b.min && a.max <= b.max;
  });
  if (one_by_one || bytes_min_ != bytes_max_) return one_by_one;
  std::vector<const Item*> places;  // an item for each character of a match
  for (const Item& item : items_) places.insert(places.end(), static_cast<std::size_t>(item.max), &item);
  std::vector<bool> reached(places.size() + 1);  // after the items of `other` so far
  reached[0] = true;
  for (const Item& item : other.items_) {
    std::vector<bool> next(places.size() + 1);
    for (std::size_t from = 0; from <= places.size(); ++from) {
      if (!reached[from]) continue;
      for (std::size_t count = 0, at = from;; ++count, ++at) {
        if (count >= static_cast<std::size_t>(item.min)) next[at] = true;
        if (count == static_cast<std::size_t>(item.max) || at == places.size() || !within(*places[at], item)) break;
      }
    }
    reached = std::move(next);
  }
  return reached[places.size()];
}

namespace {

// `at` goes on over as many characters as the item takes, or stays.
bool ReadExactly(const Pattern::Item& item, std::string_view text, std::uint16_t& at) {
  const std::size_t end = at + static_cast<std::size_t>(item.max);
  if (end > text.size()) return false;
  for (std::size_t i = at; i < end; ++i) {
    if (!item.accepts[static_cast<unsigned char>(text[i])]) return false;
  }
  at = static_cast<std::uint16_t>(end);
  return true;
}

}  // namespace

// Positions reached after each item; a class run gives a stretch of them.
void Pattern::MatchPrefix(std::string_view text, Ends& ends) const {
  text = text.substr(0, kTextBytesMax);
  ends.at[0] = 0;
  ends.count = 1;
  Ends reached;
  for (const Item& item : items_) {
    if (ends.count == 1 && item.min == item.max) {  // as nearly all items are
      if (!ReadExactly(item, text, ends.at[0])) ends.count = 0;
      if (ends.count == 0) return;
      continue;
    }
    reached.count = 0;
    std::size_t at = 0;  // up to here the class is known to go on from the place before: no character is asked twice
    for (std::size_t i = 0; i < ends.count; ++i) {
      const std::size_t from = ends.at[i];
      const std::size_t last = std::min(text.size(), from + static_cast<std::size_t>(item.max));
      at = std::max(at, from);
      while (at < last && item.accepts[static_cast<unsigned char>(text[at])]) ++at;
      std::size_t first = from + static_cast<std::size_t>(item.min);
      if (reached.count > 0) first = std::max<std::size_t>(first, reached.at[reached.count - 1] + 1u);
      for (std::size_t end = first; end <= at; ++end) reached.at[reached.count++] = static_cast<std::uint16_t>(end);
    }
    std::copy_n(reached.at.begin(), reached.count, ends.at.begin());
    ends.count = reached.count;
    if (ends.count == 0) return;
  }
}

}  // namespace privity::detect
