// Names of accounts: behind their label in a sentence, in lines of logs, and behind an @.
#include "detect/internal/label_rules.h"

#include <algorithm>

#include "detect/internal/letters.h"

namespace privity::detect {

// "My username is tofu_baron88": a value that is no word of a sentence.
bool LabelRules::FindNamedUser(const Scan& scan, std::size_t last, std::vector<Find>& finds) const {
  const Token& value = scan.tokens[last + 2];
  const DetectorFile* file = scan.Between(last + 1) == " " ? LabelEndingAt(scan, last, false) : nullptr;
  if (file == nullptr || file->entity != Entity::kUsername) return false;
  const std::size_t size = UsernameEnd(scan.text.substr(value.begin, kValueBytesMax), true);
  const std::string_view name = scan.text.substr(value.begin, size);
  if (size < 4 || name.find_first_of("_0123456789") == name.npos || name.find('@') != name.npos) return false;
  Report(scan, value.begin, size, file, kLabelled, finds);
  return true;
}

// "user jdoe_1987 logged in", "login failed for maria.lopez": who did it, in a line of a log.
void LabelRules::FindUserInLog(const Scan& scan, std::size_t word, std::vector<Find>& finds) const {
  constexpr std::size_t kWordsBefore = 3;
  if (username_ == nullptr || word + 1 >= scan.tokens.size() || scan.Between(word) != " ") return;
  const std::size_t begin = scan.tokens[word + 1].begin;
  const std::size_t size = UsernameEnd(scan.text.substr(begin, kValueBytesMax), true);
  const std::string_view name = scan.text.substr(begin, size);
  if (size < 4 || !IsAsciiLetter(name[0]) || name.find('@') != name.npos ||
      name.find_first_of("_.0123456789") == name.npos)
    return;
  const std::size_t next = scan.TokenAt(static_cast<std::uint32_t>(begin + size));
  bool told = false;
  if (scan.tokens[word].hash == kUser) {
    told = next < scan.tokens.size() && words_.deeds.contains(scan.tokens[next].hash);
  } else {
    for (std::size_t i = word - std::min(word, kWordsBefore); i < word; ++i)
      told |= words_.attempts.contains(scan.tokens[i].hash);
  }
  if (told) Report(scan, begin, size, username_, kLabelled, finds);
}

// Behind an @: "@kate_m" near a word that speaks of networks of people or among words of a sentence; elsewhere it is
// code, or a package.
void LabelRules::FindHandle(const Scan& scan, std::size_t first, std::vector<Find>& finds) const {
  constexpr std::size_t kWordsAround = 6;
  const std::size_t begin = scan.tokens[first].begin;
  if (handle_ == nullptr) return;
  if (begin > 1 && (IsWordByte(scan.text[begin - 2]) || IsOneOf(scan.text[begin - 2], "._-+/"))) return;
  const std::size_t size = UsernameEnd(scan.text.substr(begin, kValueBytesMax), true);
  if (size < 2 || scan.text.substr(begin, size).find('@') != scan.text.npos) return;
  const std::size_t end = scan.TokenAt(static_cast<std::uint32_t>(begin + size));
  const bool alone =
      size >= 3 && !annotations_.contains(scan.tokens[first].hash) && !IsOneOf(At(scan.text, begin + size), "/({=");
  const std::size_t from = first - std::min(first, kWordsAround);
  for (std::size_t i = from; i < std::min(end + kWordsAround, scan.tokens.size()); ++i) {
    if (i >= first && i < end) continue;
    const bool beside = alone && i + 2 >= first && i < end + 2 && of_sentences_.contains(scan.tokens[i].hash);
    if (beside || networks_.contains(scan.tokens[i].hash)) return Report(scan, begin, size, handle_, kLabelled, finds);
  }
}

}  // namespace privity::detect
