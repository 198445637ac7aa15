#include "detect/internal/shape_rules.h"

#include <algorithm>
#include <bit>
#include <unordered_map>

#include "detect/internal/letters.h"
#include "detect/internal/machine.h"
#include "detect/internal/shape_cues.h"

namespace privity::detect {
namespace {

// Whether an address of a network may begin with a token that has such a sign behind it: digits before a dot and
// another; digits as base 16 has them before a colon, two of them before a hyphen, and more behind it or another colon.
bool MayBeginAddress(std::string_view text, const Token& token) {
  const char sign = text[token.end], next = At(text, token.end + 1u);
  constexpr std::uint32_t kHexGroup = 4;
  if (sign == '.' && token.size() < kHexGroup) return token.all_digits() && IsAsciiDigit(next);
  if (sign == '.' && text.substr(token.end, kHexGroup + 2).find('.', 1) != kHexGroup + 1) return false;
  if (sign == '-' && token.size() != 2) return false;
  const std::string_view word = text.substr(token.begin, token.size());
  return (next == ':' || IsAsciiAlnum(next)) &&
         std::ranges::all_of(word, [](char c) { return IsOneOf(c, "0123456789abcdefABCDEF"); });
}

// Whether anything may begin with a token that has digits. Behind the signs of a longer number only what a word
// follows, or a decimal: "192.0.2.1" begins once.
bool MayBeginAtNumber(const Scan& scan, std::size_t at) {
  const Token* const token = scan.tokens.data() + at;
  const char* const text = scan.text.data();
  if (!IsAsciiDigit(text[token->begin])) return false;
  const bool goes_on = at > 0 && token[-1].end + 1 == token->begin && IsOneOf<".-/_">(text[token->begin - 1]);
  if (!goes_on || !token->all_digits()) return true;
  const bool has_next = at + 1 < scan.tokens.size();
  if (has_next && token[1].word()) return true;
  const bool may_be_degrees = token[-1].digits == 0 || (has_next && token[1].size() >= kPlacesOfDegreesMin);
  return At(scan.text, token->end) == '.' && may_be_degrees;
}

}  // namespace

ShapeRules::ShapeRules(const std::vector<std::shared_ptr<const DetectorFile>>& files, const GazetteerFile& gazetteer,
                       const Vocabulary& words)
    : words_(words), cues_(ShapeCues(words)), cue_words_(cues_, [](const ShapeCue&) { return true; }) {
  for (const std::string& word : gazetteer.before_year) before_year_.Insert(WordHash(Fold(word)));
  for (const std::string& word : gazetteer.of_a_life) of_a_life_.Insert(WordHash(Fold(word)));
  std::unordered_map<std::string_view, const DetectorFile*> by_id;
  for (const auto& file : files) by_id.emplace(file->pack.id, file.get());
  const auto file = [&](std::string_view id) -> const DetectorFile* {
    const auto found = by_id.find(id);
    return found == by_id.end() ? nullptr : found->second;
  };
  email_ = file("email");
  url_ = file("url");
  ip_ = file("ip-address");
  device_ = file("mac-address");
  date_ = file("date");
  birth_date_ = file("birth-date");
  age_ = file("age");
  phone_ = file("phone");
  postal_code_ = file("postcode");
  coordinates_ = file("coordinates");
  password_ = file("password");
  credentials_ = file("credentials");
}

void ShapeRules::Report(std::size_t begin, std::size_t end, const DetectorFile* file, double score,
                        std::vector<Find>& finds) const {
  if (file == nullptr) return;
  finds.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), file, score});
}

// Within six words before, or two after.
bool ShapeRules::WordNear(const Scan& scan, std::size_t token, const WordSet& words) const {
  const Token* const tokens = scan.tokens.data();
  const std::size_t first = token > 6 ? token - 6 : 0;
  const std::size_t last = std::min(scan.tokens.size(), token + 3);
  for (std::size_t i = first; i < last; ++i) {
    if (words.contains(tokens[i].hash)) return true;
  }
  return false;
}

// One look at each token; most are nothing to any of the rules.
void ShapeRules::ReadPlaces(const Scan& scan, Places& places) const {
  const Token* const tokens = scan.tokens.data();
  for (std::size_t first = 0; first < scan.tokens.size(); first += TokenBits::kTokens) {
    const TokenBits& bits = scan.bits.data()[first / TokenBits::kTokens];
    const std::size_t count = std::min(scan.tokens.size() - first, TokenBits::kTokens);
    for (std::uint64_t left = bits.addresses; left != 0; left &= left - 1) {
      const std::size_t i = first + static_cast<std::size_t>(std::countr_zero(left));
      const std::uint32_t begin = tokens[i].begin;
      if (begin > 0 && IsOneOf<".-_:">(scan.text.data()[begin - 1])) continue;  // of a longer one
      if (MayBeginAddress(scan.text, tokens[i])) places.addresses.Add(static_cast<std::uint32_t>(i));
    }
    const std::uint64_t known = cue_words_.Among(tokens + first, count);
    for (std::uint64_t left = bits.marked | known; left != 0; left &= left - 1) {
      const std::size_t i = first + static_cast<std::size_t>(std::countr_zero(left));
      if (tokens[i].digits > 0) {
        if (MayBeginAtNumber(scan, i)) places.words.Add({static_cast<std::uint32_t>(i), nullptr});
      } else if ((known & left & -left) != 0 || EndsAsCues(scan, tokens[i])) {
        ReadCue(scan, static_cast<std::uint32_t>(i), places);
      }
    }
  }
}

void ShapeRules::ReadCue(const Scan& scan, std::uint32_t at, Places& places) const {
  const Token& token = scan.tokens[at];
  const ShapeCue* cue = cues_.FindKnown(token.hash);
  if (cue == nullptr) cue = CueOfEnding(cues_, scan, token);
  if (cue == nullptr) return;
  if (cue->www && At(scan.text, token.end) == '.') places.domains.Add(at);
  // "text 07700 900123", but not the key of JSON.
  constexpr std::uint32_t kText = WordHash("text");
  if (token.hash == kText && At(scan.text, token.end) == '"') return;
  const bool known = !places.domains.empty() && places.domains[places.domains.size() - 1] + 1 == at;
  if (cue->top_domain && at > 0 && !known) places.domains.Add(at - 1);
  places.words.Add({at, cue});
}

// What may begin with a token that has digits. What stands beside it is looked at first: a sign tells most apart.
PRIVITY_INLINED void ShapeRules::FindAtNumber(const Scan& scan, const Places& places, std::size_t place, Taken& taken,
                                              std::vector<Find>& finds) const {
  const std::size_t at = places.words[place].token;
  const Token* const token = scan.tokens.data() + at;
  const bool has_next = at + 1 < scan.tokens.size(), all_digits = token->all_digits();
  const char after = At(scan.text, token->end);
  if (token->digits <= 4) {
    const bool may_begin_date = IsOneOf<"-/.">(after) ||
                                (token->begin > 0 && scan.text.data()[token->begin - 1] == ' ') ||
                                (token->digits <= 2 && has_next && token[1].word());
    if (may_begin_date && at >= taken.dates)
      taken.dates = std::max(taken.dates, FindDateAtNumber(scan, places, place, finds));
    if (token->digits <= 3 && MayBeAge(scan, places, place)) FindAge(scan, places, place, finds);
  }
  if (after == '.' && has_next && token[1].size() >= kPlacesOfDegreesMin) FindCoordinates(scan, at, finds);
  if (after == '-' && token->size() == kJapaneseFirst) FindJapaneseCode(scan, at, finds);
  if (!all_digits) return;
  const bool goes_on = has_next && token[1].all_digits() && IsOneOf<kFirstBetweenPhone>(after);
  if ((goes_on || token->size() >= kPhoneDigitsMin) && token->begin >= taken.phones && at >= taken.dates) {
    const std::size_t before = finds.size();
    FindPhone(scan, places, place, finds);
    if (finds.size() > before) taken.phones = finds.back().end;
  }
}

void ShapeRules::FindAll(const Scan& scan, std::vector<Find>& finds) const {
  Places places;
  ReadPlaces(scan, places);
  FindEmails(scan, finds);
  FindUrls(scan, places, finds);
  FindNetworkAddresses(scan, places, finds);
  std::size_t key_ends = 0;
  Taken taken;
  for (std::size_t place = 0; place < places.words.size(); ++place) {
    const auto [i, cue] = places.words[place];
    if (cue == nullptr) {
      FindAtNumber(scan, places, place, taken, finds);
      continue;
    }
    if (!cue->begins) continue;
    const Token& token = scan.tokens[i];
    if (i >= taken.dates && cue->month > 0) taken.dates = std::max(taken.dates, FindWrittenDate(scan, i, finds));
    if (cue->day_of_week) taken.dates = std::max(taken.dates, FindDayOfWeek(scan, i, finds));
    if (cue->private_key) FindPrivateKey(scan, token, key_ends, finds);
    if (cue->password || cue->secret || cue->key) FindAssignment(scan, i, *cue, finds);
    if (cue->login) FindEncodedLogin(scan, token, finds);
    if (cue->at_sign) FindSpelledEmail(scan, i, finds);
    if (cue->command) FindOptionOf(scan, token, finds);
    if (cue->query) FindKeyOfQuery(scan, token, finds);
    if (cue->of_sentence) FindInHeader(scan, token, finds);
    if (cue->two_arguments) FindSecondArgument(scan, token, finds);
    if (cue->phrase) FindSeedPhrase(scan, i, finds);
    if (cue->wifi) FindWifiCode(scan, token, finds);
    if (cue->thin) FindOracleLogin(scan, token, finds);
    if (cue->putty) FindPuttyKey(scan, token, finds);
    if (cue->pin) FindPin(scan, i, finds);
    if (cue->leads) FindLed(scan, i, finds);
  }
}

// What is known of a token, which stands at a place of the words or near it; null for nothing.
const ShapeCue* ShapeRules::CueOf(const Places& places, std::size_t place, std::size_t token) {
  std::size_t i = place;
  while (i > 0 && places.words[i].token > token) --i;
  while (i + 1 < places.words.size() && places.words[i].token < token) ++i;
  return places.words[i].token == token ? places.words[i].cue : nullptr;
}

// Within six words before, or two after.
bool ShapeRules::IsCueNear(const Places& places, std::size_t place, bool ShapeCue::*kind) {
  constexpr std::size_t kBefore = 6, kAfter = 2;
  const auto& words = places.words;
  const auto is_of_kind = [&](std::size_t i) { return words[i].cue != nullptr && words[i].cue->*kind; };
  const std::size_t at = words[place].token;
  for (std::size_t i = place; i > 0 && words[i - 1].token + kBefore >= at; --i) {
    if (is_of_kind(i - 1)) return true;
  }
  for (std::size_t i = place + 1; i < words.size() && words[i].token <= at + kAfter; ++i) {
    if (is_of_kind(i)) return true;
  }
  return false;
}

}  // namespace privity::detect
