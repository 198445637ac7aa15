// What the rules of shapes share: words that something begins with, ends with or stands beside, and small readings of a
// text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "detect/internal/letters.h"
#include "detect/internal/token_scan.h"
#include "detect/internal/vocabulary.h"
#include "detect/internal/word_set.h"

namespace privity::detect {

// What may begin with a word, or end with it, or stand beside it.
struct ShapeCue {
  bool begins = false;  // something may
  int month = 0;
  bool day_of_week = false;
  bool password = false;
  bool secret = false;
  bool key = false;            // "api key"
  bool private_key = false;    // BEGIN
  bool query = false;          // opens a page, behind "?" or "&"
  bool of_sentence = false;    // "cookie", "authorization": settings or a key follow
  bool two_arguments = false;  // a name and a password in brackets behind it
  bool phrase = false;         // "seed phrase": words follow
  bool wifi = false;           // of a code that is scanned
  bool thin = false;           // of Oracle's addresses
  bool putty = false;          // of a file of its keys
  bool pin = false;
  bool leads = false;  // to a secret, as secret_leads.h has it
  bool www = false;
  bool top_domain = false;
  bool login = false;    // "Basic", docker's "auth": a name and a password in base64 behind it
  bool command = false;  // a program that is given a password as an option
  bool at_sign = false;  // "at": an address that is written in words
  bool phone = false;    // names a telephone number
  bool number = false;   // "il mio numero"
  bool age = false;      // a number behind it is one
  bool years = false;    // a number before it may be one
  bool life = false;     // likewise of a child: months, days
};

WordMap<ShapeCue> ShapeCues(const Vocabulary& words);

// What the name of a program ends with says what it is, "dbPassword": null for others.
const ShapeCue* CueOfEnding(const WordMap<ShapeCue>& cues, const Scan& scan, const Token& token);
// False of most that have no such ending.
inline bool EndsAsCues(const Scan& scan, const Token& token) {
  return IsOneOf<"dnt">(scan.text.data()[token.end - 1u]);
}

// 1 to 12, 0 for others.
int MonthOf(const Token& token);
// Of four digits at most; -1 for others.
int Small(std::string_view digits);

// Whether the characters stand there: of those that the program names, a comparison of numbers.
inline bool StandsAt(std::string_view text, std::size_t at, std::string_view characters) {
  return text.size() >= at + characters.size() &&
         std::memcmp(text.data() + at, characters.data(), characters.size()) == 0;
}

inline constexpr std::uint32_t kJapaneseFirst = 3;       // digits of a postal code before its hyphen
inline constexpr std::uint32_t kPlacesOfDegreesMin = 4;  // some ten meters
inline constexpr std::size_t kPhoneDigitsMin = 7, kPhoneDigitsMax = 15;
// The first bytes of what may stand between two groups of a telephone number.
inline constexpr CharSet kFirstBetweenPhone(" -./()\xC2\xE2");
inline constexpr std::uint32_t kWordOf = WordHash("of"), kWordThe = WordHash("the"), kWordOfRomance = WordHash("de");

}  // namespace privity::detect
