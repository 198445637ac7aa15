// Where a value stands that something gives to the word before it: `password = "…"`, `"apiKey": {"value": "…"}`,
// "das Passwort für den Zugang lautet …".
#pragma once

#include <cstddef>
#include <string_view>

#include "detect/internal/token_scan.h"

namespace privity::detect {

// What a word names to which values are given. Of several, the first counts.
struct NamedSecret {
  bool password = false;
  bool secret = false;    // "token", "apiKey"
  bool key = false;       // "api key", "private_key"
  bool constant = false;  // "VIRUSTOTAL_KEY", "X-Acme-Key": whoever's key it is

  bool any() const { return password || secret || key || constant; }
};

// How a value is given.
struct GivenValue {
  std::size_t begin = 0;  // bytes
  std::size_t end = 0;    // `begin`: there is none
  char quote = '\0';      // that it stands in
  bool said = false;      // in a sentence, which goes on with words as well
  bool defined = false;   // define('AUTH_KEY', '…')
};

// To the token `at`.
GivenValue ValueGivenTo(const Scan& scan, std::size_t at, const NamedSecret& named);

// "the password for the guests is", "das Passwort für den Zugang lautet", "pw on the staging box:": the place behind,
// or 0.
std::size_t BehindSentence(const Scan& scan, std::size_t word);

}  // namespace privity::detect
