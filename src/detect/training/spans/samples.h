// What the trainer of spans learns from: of each word of a text its signs and its tag.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "detect/internal/detector_parts.h"

namespace privity::detect {

struct SpanSample {
  std::int64_t of = 0;                            // texts that were made of the same one
  std::vector<std::vector<std::uint32_t>> signs;  // of each word
  std::vector<std::uint8_t> tags;
};

// Of the texts of a file, as main.cc says, those in Spanish; appended.
void AddSamples(const std::string& path, const DetectorParts& parts, std::mt19937& random,
                std::vector<SpanSample>& all);
// What only one text shows, and those made of it, would be learned by heart.
void DropRareSigns(std::vector<SpanSample>& samples);

}  // namespace privity::detect
