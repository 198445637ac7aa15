#include "detect/internal/name_words.h"

#include <unordered_set>

#include "detect/internal/word_set.h"

namespace privity::detect {

bool IsParticle(std::string_view word) {
  static const std::unordered_set<std::string_view> kParticles = {"van", "von", "de",  "der", "den", "la", "le",
                                                                  "di",  "da",  "del", "dos", "das", "du", "bin",
                                                                  "al",  "el",  "ter", "ten", "zu",  "af", "y"};
  return kParticles.contains(word);
}

bool IsSmallWord(const Token& token) {
  return token.word() && !token.has_upper && token.size() > 1;
}

bool IsNoName(const Token& token) {
  static const WordSet kNoNames(
      {"the",     "a",       "an",     "our",   "my",      "your",   "his",   "her",      "their", "its",
       "this",    "that",    "each",   "any",   "every",   "no",     "some",  "all",      "one",   "parent",
       "holding", "issuing", "new",    "other", "such",    "same",   "in",    "at",       "from",  "to",
       "for",     "by",      "with",   "of",    "type",    "blood",  "group", "grade",    "class", "section",
       "part",    "model",   "series", "size",  "version", "figure", "table", "appendix", "tipo",  "typ",
       "contact", "call",    "visit",  "ask",   "see",     "dear",   "hi",    "hello",    "join",  "why"});
  return kNoNames.contains(token.hash);
}

}  // namespace privity::detect
