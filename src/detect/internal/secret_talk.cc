// Passwords and keys that people write to each other.
#include "detect/internal/secret_finders.h"

#include <algorithm>

#include "detect/internal/letters.h"
#include "detect/internal/secret_values.h"
#include "detect/internal/word_set.h"

namespace privity::detect::led {

// "creds: admin / …", "credentials are hugo:…", "log in with hugo / …", "imap: hugo@example.org / …".
void FindLogin(const Scan& scan, const Line& line, std::string_view name, Secrets& secrets) {
  static const WordSet kOfAccounts({"creds", "credentials", "login", "logins", "auth", "zugang", "zugangsdaten"});
  constexpr std::size_t kAheadMax = 80;
  if (name == "log" && !line.text.starts_with(" in ")) return;
  const std::string_view ahead = line.text.substr(0, kAheadMax);
  const bool of_account = kOfAccounts.contains(FoldedWordHash(name)), slash = ahead.find('/') != ahead.npos;
  for (const std::string_view sign : {" / ", ":", "/"}) {
    if (sign != " / " && !of_account) return;
    if (sign != ":" && !slash) continue;  // as most
    for (auto at = ahead.find(sign); at != ahead.npos; at = ahead.find(sign, at + 1)) {
      const std::size_t begin = at + sign.size();
      const LedSecret value = line.ValueAt(begin);
      if (at > 0 && IsAsciiAlnum(ahead[at - 1]) && At(ahead, begin) != ' ' && IsPasswordForSure(Of(scan, value)))
        return secrets.push_back(value);
    }
  }
}

// "the admin password is still …", "changed the password from … to …", "temporary password Qm7-Vt2-Kx9 must …".
void FindSaidPassword(const Scan& scan, std::size_t at, const Line& line, Secrets& secrets) {
  static const WordSet kBefore({"is", "still", "now", "again", "currently", "lautet", "ist", "es", "est"});
  static const WordSet kOfChange({"from", "to", "von", "auf", "de", "a"});
  constexpr std::size_t kWordsMax = 8, kBytesBefore = 32;
  const auto is_changed = [&] {
    const std::string_view before = Before(scan, at, kBytesBefore);
    return before.find("hange") != before.npos || before.find("set ") != before.npos;
  };
  const auto leads_on = [&](const LedSecret& last) {
    const std::uint32_t word = FoldedWordHash(Of(scan, last));
    return kBefore.contains(word) || (kOfChange.contains(word) && is_changed());
  };
  LedSecret last{line.begin, line.begin};
  WordReader words(line);
  for (std::size_t i = 0; i < kWordsMax; ++i) {
    const LedSecret value = words.Next();
    if (value.begin == value.end) return;
    if (IsPasswordForSure(Of(scan, value)) && (i == 0 ? At(line.text, 0) == ' ' : leads_on(last)))
      secrets.push_back(value);
    last = value;
  }
}

// "here's the token btw …", "deepgram key …", "Unseal Key 1: …", "private key (hex): 0x…"; and "… is the admin key".
void FindSaidKey(const Scan& scan, std::size_t at, const Line& line, Secrets& secrets) {
  static const WordSet kBetween(
      {"is", "was", "btw", "here", "now", "again", "for", "prod", "hex", "1", "2", "3", "4", "5"});
  static const WordSet kNoKey({"public", "primary", "foreign", "site", "cache", "partition", "commit", "session",
                               "client", "host", "sort", "publishable", "invalid", "peer", "verify", "old", "did"});
  if (at > 0 && kNoKey.contains(scan.tokens[at - 1].hash)) return;
  if (!IsOneOf(At(line.text, 0), " :=\"'")) return;
  constexpr std::size_t kWordsMax = 4, kBytesMin = 20;
  WordReader words(line);
  for (std::size_t i = 0; i < kWordsMax; ++i) {
    LedSecret value = words.Next();
    std::string_view text = Of(scan, value);
    while (text.size() > 1 && IsOneOf(text.front(), "(=:")) {
      text.remove_prefix(1);
      ++value.begin;
    }
    if (IsRandomRun(text, kBytesMin) && (i > 0 || At(line.text, 0) != ' ' || !IsUuid(text)))
      return secrets.push_back({value.begin, value.end});
    while (!text.empty() && IsOneOf(text.back(), "):,")) text.remove_suffix(1);
    if (!text.empty() && text != "=" && text != ":" && !kBetween.contains(FoldedWordHash(text))) break;
    if (value.begin >= line.begin + line.text.size()) break;
  }
  constexpr std::size_t kBytesBefore = 160, kWordsBefore = 24, kBytesBetween = 40, kNear = 50;
  constexpr std::uint32_t kIs = WordHash("is");
  const Token* const word = scan.tokens.data() + at;
  bool is_near = false;
  for (std::size_t i = 1; i <= std::min(at, kWordsBefore) && word->begin - (word - i)->begin <= kNear; ++i)
    is_near = is_near || (word - i)->hash == kIs;
  if (!is_near) return;  // as most
  const std::string_view before = Before(scan, at, kBytesBefore);
  for (const std::string_view is : {" is the ", " is our ", " is my ", " is your "}) {
    const std::size_t far = before.size() - std::min(before.size(), is.size() + kBytesBetween);
    const auto found = before.substr(far).rfind(is);
    if (found == before.npos) continue;
    const std::size_t end = far + found;
    const auto space = before.rfind(' ', end - 1);
    const std::size_t begin = space == before.npos ? 0 : space + 1;
    const std::size_t first = scan.tokens[at].begin - before.size();
    if (end > begin && IsRandomRun(before.substr(begin, end - begin), kBytesMin))
      secrets.push_back({first + begin, first + end});
  }
}

// "TOTP seed: MSOO V3TJ 2IJI K2LN", "authenticator setup key …", "app password: abcd efgh ijkl mnop": groups of four.
void FindGroups(const Line& line, Secrets& secrets) {
  constexpr std::size_t kAheadMax = 64, kGroup = 4, kGroupsMin = 4, kRunMin = 16, kRunMax = 56;
  const auto is_base32 = [](char c) { return IsAsciiLetter(c) || (c >= '2' && c <= '7'); };
  for (std::size_t at = 0; at < std::min(line.text.size(), kAheadMax); ++at) {
    if (!IsOneOf(At(line.text, at), " :=\"'")) continue;
    const std::size_t begin = at + 1;
    std::size_t end = begin, groups = 0;
    const auto run = [&](std::size_t from) {
      std::size_t i = from;
      while (i < line.text.size() && is_base32(line.text[i])) ++i;
      return i - from;
    };
    const std::size_t whole = run(begin);
    while ((groups == 0 ? whole : run(end)) == kGroup) {
      ++groups;
      end += kGroup;
      if (!IsOneOf(At(line.text, end), " -") || run(end + 1) != kGroup) break;
      ++end;
    }
    const bool one = whole >= kRunMin && whole <= kRunMax;
    if (!one && groups < kGroupsMin) continue;  // as nearly all
    if (one) end = begin + whole;
    const Mix mix(line.text.substr(begin, end - begin));
    const bool mixed = mix.upper != mix.lower && mix.digit;
    const bool app = !mix.upper && !mix.digit && groups == kGroupsMin && begin > 1 && line.text[begin - 2] == ':';
    if ((one && mixed) || (groups >= kGroupsMin && (mixed || app)))
      return secrets.push_back({line.begin + begin, line.begin + end, true});
  }
}

// "Your backup codes: 4f8a-91bc, 77de-02aa".
void FindCodes(const Scan& scan, std::size_t at, const Line& line, Secrets& secrets) {
  static const WordSet kKinds({"backup", "recovery", "rescue", "emergency"});
  constexpr std::size_t kWordsMax = 12, kBytesMin = 8;
  if (at == 0 || !kKinds.contains(scan.tokens[at - 1].hash)) return;
  const Line lines{scan.text.substr(line.begin, kLineBytesMax), line.begin};
  WordReader words(lines);
  for (std::size_t i = 0; i < kWordsMax; ++i) {
    const LedSecret value = words.Next();
    const std::string_view text = Of(scan, value);
    const bool code = text.size() >= kBytesMin && Mix(text).digit && Mix(text).letter() &&
                      std::ranges::all_of(text, [](char c) { return IsAsciiAlnum(c) || c == '-'; });
    if (code) secrets.push_back(value);
  }
}

// "PUK: 84736251", "passcode 482193": digits alone.
void FindDigits(const Scan& scan, const Line& line, Secrets& secrets) {
  constexpr std::size_t kDigitsMin = 6, kDigitsMax = 10;
  std::size_t at = 0;
  while (IsOneOf(At(line.text, at), ":= ")) ++at;
  const LedSecret value = line.ValueAt(at);
  const std::string_view text = Of(scan, value);
  if (at > 0 && text.size() >= kDigitsMin && text.size() <= kDigitsMax && std::ranges::all_of(text, IsAsciiDigit))
    secrets.push_back(value);
}

// "root/…", "admin:…@10.0.0.8".
void FindOfRoot(const Scan& scan, const Line& line, Secrets& secrets) {
  if (!IsOneOf(At(line.text, 0), ":/")) return;
  LedSecret value = line.ValueAt(1);
  value.end = std::min(value.end, value.begin + std::min(Of(scan, value).find('@'), Of(scan, value).size()));
  const std::string_view text = Of(scan, value);
  const bool sign = text.find_first_of(line.text[0] == ':' ? "!#$%&*?+." : "!#$%&*?+") != text.npos;
  if (IsPasswordForSure(text) && sign && text.find(':') == text.npos) secrets.push_back(value);
}

}  // namespace privity::detect::led
