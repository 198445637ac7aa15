// The part of a text that a span names: spans count code points.
#pragma once

#include <string>
#include <string_view>

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

}  // namespace privity
