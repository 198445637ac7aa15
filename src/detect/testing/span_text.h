// What a detector finds in a text, as tests compare it: the part of the text that a span names, for spans count code
// points.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "detect/detector.h"
#include "detect/internal/letters.h"

namespace privity {

inline std::string TextOf(const TextSpan& span, std::string_view text) {
  std::size_t begin = 0;
  for (std::int64_t i = 0; i < span.start; ++i) begin += detect::ReadCodePoint(text, begin).bytes;
  std::size_t end = begin;
  for (std::int64_t i = span.start; i < span.end; ++i) end += detect::ReadCodePoint(text, end).bytes;
  return std::string(text.substr(begin, end - begin));
}

// "entity:text" of each find in a text.
inline std::vector<std::string> FoundIn(const Detector& detector, std::string_view text) {
  std::vector<std::string> found;
  for (const TextSpan& span : detector.Text(text))
    found.push_back(std::string(EnumText(span.entity)) + ":" + TextOf(span, text));
  return found;
}

}  // namespace privity
