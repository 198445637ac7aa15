// Why a rule has found what it has found.
#include "detect/internal/text_rules.h"

#include <algorithm>
#include <cstdio>
#include <string>

#include "detect/internal/letters.h"
#include "detect/internal/short_text.h"
#include "detect/internal/text_evidence.h"

namespace privity::detect {

void TextRules::Explain(const Scan& scan, const Find& find, std::vector<Evidence>& evidence) const {
  for (std::uint16_t rule = 0; rule < rules_.size(); ++rule) {
    if (rules_[rule].file != find.detector) continue;
    const TextRule& text = *rules_[rule].file->text;
    if (text.shape == TextShape::kNumber) ExplainNumber(scan, find, rule, evidence);
    if (text.shape == TextShape::kToken) {
      evidence.push_back({EvidenceKind::kForm, "begins and goes on as such keys do", kTokenScore});
      if (rules_[rule].validator != nullptr)
        evidence.push_back({EvidenceKind::kCheckDigit, std::string(rules_[rule].validator->name), 0});
    }
    if (text.shape == TextShape::kWord)
      evidence.push_back({EvidenceKind::kForm, "a word of the detector's list", kWordScore});
    const std::string words = ContextWords(scan, find, rule);
    if (!words.empty()) {
      evidence.push_back({EvidenceKind::kContextWord, words, text.shape == TextShape::kNumber ? kContext : 0});
    }
  }
}

void TextRules::ExplainNumber(const Scan& scan, const Find& find, std::uint16_t rule,
                              std::vector<Evidence>& evidence) const {
  const std::string_view value = scan.text.substr(find.begin, find.end - find.begin);
  ShortText compact;
  for (const char c : value) {
    if (IsAsciiAlnum(c)) compact.Add(c >= 'a' && c <= 'z' ? static_cast<char>(c - 0x20) : c);
  }
  for (const std::uint16_t index : numbers_by_rule_[rule]) {
    const NumberPattern& pattern = numbers_[index];
    if (!pattern.pattern.Matches(compact.view())) continue;
    const bool digits_only = std::all_of(compact.view().begin(), compact.view().end(), IsAsciiDigit);
    const double bits = kForBit * std::min(kBitsMax, digits_only ? pattern.digit_bits : pattern.bits);
    evidence.push_back(
        {EvidenceKind::kForm, "its " + std::to_string(compact.view().size()) + " letters and digits", kBase + bits});
    if (const Validator* validator = rules_[rule].validator; validator != nullptr) {
      char chance[32];
      std::snprintf(chance, sizeof chance, " (chance passes %.2g%%)", validator->chance * 100);
      evidence.push_back({EvidenceKind::kCheckDigit, std::string(validator->name) + chance, 0});
    }
    const auto& layouts = rules_[rule].file->text->layouts;
    if (std::find(layouts.begin(), layouts.end(), LayoutOf(value)) != layouts.end()) {
      evidence.push_back({EvidenceKind::kForm, "grouped as people write it", kLayoutLoose});
    }
    return;
  }
}

// The words near it that speak for the rule, "" for none.
std::string TextRules::ContextWords(const Scan& scan, const Find& find, std::uint16_t rule) const {
  std::string words;
  const std::size_t first = scan.TokenAt(find.begin), end = scan.TokenAt(find.end);
  const std::size_t from = first > kContextBefore ? first - kContextBefore : 0;
  const std::size_t to = std::min(scan.tokens.size(), end + kContextAfter);
  for (std::size_t i = from; i < to; ++i) {
    if (i >= first && i < end) continue;
    const auto* known = ContextAt(scan, i);
    if (known == nullptr || std::find(known->begin(), known->end(), rule) == known->end()) continue;
    if (!words.empty()) words += ", ";
    words += Fold(scan.Of(scan.tokens[i]));
  }
  return words;
}

Evidence WhatIsSeen(const DetectorFile& file) {
  switch (file.entity) {
    case Entity::kPerson:
    case Entity::kLocation:
    case Entity::kOrganization:
    case Entity::kAddress:
      return {EvidenceKind::kNameModel, "spelling, lists of names and the words around it", 0};
    default:
      return {EvidenceKind::kForm, "written as such things are", 0};
  }
}

}  // namespace privity::detect
