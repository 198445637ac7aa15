#include "detect/internal/span_choice.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "detect/internal/letters.h"

namespace privity::detect {
namespace {

// Longer finds explain more of the text; an address of mail beats the name in it. Of two kinds of numbers that fit
// alike, the one that a country issues says more.
double Strength(const Find& find) {
  constexpr double kOfACountry = 0.001;
  return find.score + 0.004 * std::min<double>(find.end - find.begin, 60) + (find.labelled ? 0.3 : 0) +
         (find.detector->country ? kOfACountry : 0);
}

// An address of a page says little of anybody; a value that it carries may open something, or name somebody.
bool IsCarriedBy(const Find& page, const Find& find, std::string_view text) {
  const Entity entity = find.detector->entity;
  return page.detector->entity == Entity::kUrl && find.begin > page.begin && text[find.begin - 1] == '=' &&
         (entity == Entity::kSecret || entity == Entity::kEmail);
}

// Walks the text once, forward.
class CodePoints {
 public:
  explicit CodePoints(std::string_view text) : text_(text) {}
  std::int64_t At(std::size_t byte) {
    while (byte_ < byte) {
      std::uint64_t eight;
      if (byte_ + sizeof eight <= byte) {
        std::memcpy(&eight, text_.data() + byte_, sizeof eight);
        if ((eight & 0x8080808080808080u) == 0) {  // each byte is a code point
          byte_ += sizeof eight;
          count_ += sizeof eight;
          continue;
        }
      }
      byte_ += ReadCodePoint(text_, byte_).bytes;
      ++count_;
    }
    return count_;
  }

 private:
  std::string_view text_;
  std::size_t byte_ = 0;
  std::int64_t count_ = 0;
};

}  // namespace

void ChooseFinds(std::string_view text, std::vector<Find>& finds) {
  std::sort(finds.begin(), finds.end(), [](const Find& a, const Find& b) {
    return a.begin != b.begin ? a.begin < b.begin : Strength(a) > Strength(b);
  });
  std::size_t chosen = 0;
  for (const Find& find : finds) {
    // Earlier choices end in ascending order, so only the last can overlap.
    Find* const last = chosen == 0 ? nullptr : &finds[chosen - 1];
    if (last == nullptr || find.begin >= last->end) {
      finds[chosen++] = find;
    } else if (IsCarriedBy(*last, find, text) || Strength(find) > Strength(*last)) {
      *last = find;
    }
  }
  finds.resize(chosen);
}

std::vector<TextSpan> SpansOf(std::string_view text, const std::vector<Find>& finds) {
  CodePoints points(text);
  std::vector<TextSpan> spans;
  spans.reserve(finds.size());
  for (const Find& find : finds) {
    const std::int64_t start = points.At(find.begin);
    spans.push_back({.start = start,
                     .end = points.At(find.end),
                     .entity = find.detector->entity,
                     .category = find.detector->category,
                     .detector = find.detector->pack.id,
                     .confidence = std::round(find.score * 100) / 100});
  }
  return spans;
}

}  // namespace privity::detect
