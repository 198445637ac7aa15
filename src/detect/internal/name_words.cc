#include "detect/internal/name_words.h"

#include "detect/internal/word_set.h"

namespace privity::detect {

bool IsParticle(const Token& token) {
  static const WordSet words{std::span(kParticles)};
  return token.ascii && !token.has_upper && words.contains(token.hash);
}

bool IsNoName(const Token& token) {
  static const WordSet kNoNames(
      {"the",     "a",         "an",      "our",    "my",      "your",    "his",   "her",      "their", "its",
       "this",    "that",      "each",    "any",    "every",   "no",      "some",  "all",      "one",   "parent",
       "holding", "issuing",   "new",     "other",  "such",    "same",    "in",    "at",       "from",  "to",
       "for",     "by",        "with",    "of",     "type",    "blood",   "group", "grade",    "class", "section",
       "part",    "model",     "series",  "size",   "version", "figure",  "table", "appendix", "tipo",  "typ",
       "contact", "call",      "visit",   "ask",    "see",     "dear",    "hi",    "hello",    "join",  "why",
       "trabaja", "trabajaba", "trabajo", "labora", "expone",  "solicita"});
  return kNoNames.contains(token.hash);
}

}  // namespace privity::detect
