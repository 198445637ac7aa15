#include "detect/internal/said_rules.h"

#include <algorithm>

#include "detect/internal/letters.h"
#include "detect/internal/secret_values.h"

namespace privity::detect {
namespace {

constexpr double kSaid = 0.65;
constexpr double kPlateSaid = 0.8;    // more than of the postal code that its last groups may be
constexpr double kNumberSaid = 0.45;  // less than of one that is known by its form or by a label
constexpr std::size_t kValueBytesMax = 48;

// "no. 4471", "(4471", ": *0451"; what else stands there ends the sentence.
bool GoesOn(const Scan& scan, std::size_t left) {
  if (left + 1 >= scan.tokens.size() || scan.tokens[left + 1].line_before) return false;
  std::string_view between = scan.Between(left);
  constexpr std::string_view kDegree = "\u00B0";  // "N.\u00B0 118"
  if (between.starts_with(kDegree)) between.remove_prefix(kDegree.size());
  if (between.starts_with('.') && between.substr(1).starts_with(kDegree)) between.remove_prefix(kDegree.size() + 1);
  constexpr std::size_t kSignsMax = 3;
  if (between.ends_with(" _")) between.remove_suffix(1);  // a name may begin with it
  return between.size() <= kSignsMax && between.find_first_not_of(" .,:(#*\"'") == between.npos;
}

bool HasSign(std::string_view between) {
  return between.find_first_of(":#*") != between.npos;
}

// Whether a digit stands within reach of the lead, or a sign that only names of accounts have, as behind few.
bool MayHoldValue(const Scan& scan, std::size_t lead, bool of_account) {
  constexpr std::size_t kWordsMax = 8;
  const std::size_t end = std::min(scan.tokens.size(), lead + 1 + kWordsMax);
  for (std::size_t i = lead + 1; i < end && !scan.tokens[i].line_before; ++i) {
    if (scan.tokens[i].digits > 0) return true;
    const std::string_view between = scan.Between(i - 1);
    if (of_account && between.size() == 1 && IsOneOf(between[0], "_.-")) return true;
  }
  return false;
}

// "goes by", "my ID"; elsewhere these words lead to anything.
bool MayLead(const SaidVocabulary& words, const Scan& scan, std::size_t lead) {
  constexpr std::uint32_t kBy = WordHash("by"), kId = WordHash("id");
  const std::uint32_t word = scan.tokens[lead].hash;
  const std::string_view before = lead > 0 ? scan.Between(lead - 1) : std::string_view(" ");
  if (before.empty() || IsOneOf(before.back(), "_-./@:&?$")) return false;
  if (word != kBy && word != kId) return true;
  return lead > 0 && (word == kBy ? words.goes : words.whose).contains(scan.tokens[lead - 1].hash);
}

struct Traits {
  std::size_t digits = 0, lower = 0, upper = 0, signs = 0;
  std::size_t letters() const { return lower + upper; }
};

Traits TraitsOf(std::string_view value) {
  Traits traits;
  for (const char c : value) {
    traits.digits += IsAsciiDigit(c);
    traits.lower += IsAsciiLower(c);
    traits.upper += IsAsciiUpper(c);
    traits.signs += !IsAsciiAlnum(c);
  }
  return traits;
}

// Up to the next space, quote or bracket, without the sign that ends a sentence.
std::string_view RunFrom(const Scan& scan, std::size_t begin, std::string_view ends) {
  const std::string_view text = scan.text.substr(begin, kValueBytesMax);
  std::size_t end = 0;
  while (end < text.size() && static_cast<unsigned char>(text[end]) > 0x20 && ends.find(text[end]) == ends.npos) ++end;
  while (end > 0 && IsOneOf(text[end - 1], ".,:;!?-")) --end;
  scan.steps += end;
  return text.substr(0, end);
}

bool IsAllUpperOrDigits(const Token& token) {
  return token.ascii && !token.has_lower;
}

}  // namespace

SaidRules::SaidRules(const std::vector<std::shared_ptr<const DetectorFile>>& files, const SaidVocabulary& words)
    : words_(words) {
  const auto lead = [&](Lead kind, const std::vector<std::string>& to_it) {
    for (const std::string& word : to_it) {
      leads_.push_back(WordHash(Fold(word)));
      kinds_[leads_.back()] = kind;
    }
  };
  lead(Lead::kPassword, words.password);
  lead(Lead::kCode, words.code);
  lead(Lead::kAccount, words.account);
  lead(Lead::kNetwork, words.network);
  lead(Lead::kPlate, words.plate);
  lead(Lead::kVehicle, words.vehicle);
  lead(Lead::kNumber, words.number);
  lead(Lead::kHealth, words.health);
  lead(Lead::kNational, words.national_id);
  lead(Lead::kLicence, words.licence);
  for (const auto& file : files) {
    const std::string& id = file->pack.id;
    if (id == "password") secret_ = file.get();
    if (id == "username") username_ = file.get();
    if (id == "vehicle") vehicle_ = file.get();
    if (id == "unique-id") number_ = file.get();
    if (id == "medical-record") health_ = file.get();
    if (id == "national-id") national_ = file.get();
    if (id == "driving-licence") licence_ = file.get();
  }
}

void SaidRules::Report(std::size_t begin, std::size_t size, const DetectorFile* file, double score,
                       std::vector<detect::Find>& finds) const {
  if (file == nullptr) return;
  finds.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + size), file, score});
}

// Right behind the lead and the words that name a value, and behind the next "is" within a few words.
std::array<std::optional<SaidRules::Place>, 2> SaidRules::PlacesBehind(const Scan& scan, std::size_t lead) const {
  constexpr std::size_t kWordsMax = 7;
  std::array<std::optional<Place>, 2> places;
  std::size_t at = lead;
  Place place;
  while (GoesOn(scan, at)) {
    place.said = place.said || HasSign(scan.Between(at));
    ++at;
    if (!words_.links.contains(scan.tokens[at].hash) && !words_.value_names.contains(scan.tokens[at].hash)) {
      place.token = at;
      places[0] = place;
      break;
    }
    place.said = true;
  }
  bool linked = false;
  for (std::size_t i = lead; GoesOn(scan, i) && i - lead < kWordsMax; ++i) {
    const std::string_view between = scan.Between(i);
    if (between == ", " || between == ". ") break;
    if (HasSign(between)) linked = true;
    const bool link = words_.links.contains(scan.tokens[i + 1].hash);
    if (linked && !link) {
      places[1] = Place{i + 1, true};
      break;
    }
    linked = linked || link;
  }
  if (places[0] && places[1] && places[0]->token == places[1]->token) places[1].reset();
  return places;
}

// "rust_goblin", "tracyb79", "suki.l", "bogdan-ilie-dev": letters, and a digit or a sign that no word has.
bool SaidRules::IsAccountName(std::string_view name) const {
  const Traits traits = TraitsOf(name);
  constexpr std::size_t kBytesMin = 4, kLettersMin = 3;
  if (name.size() < kBytesMin || traits.letters() < kLettersMin || (!IsAsciiLetter(name[0]) && name[0] != '_'))
    return false;
  if (traits.upper > 0 && traits.lower == 0) return false;
  if (!std::ranges::all_of(name, [](char c) { return IsAsciiAlnum(c) || IsOneOf(c, "._-"); })) return false;
  const bool underscore = name.find('_') != name.npos;
  const auto dot = name.rfind('.');
  const bool dotted = dot != name.npos && !words_.file_endings.contains(WordHash(name.substr(dot + 1)));
  const bool hyphens = std::ranges::count(name, '-') >= 2 && traits.upper == 0;
  const std::string_view last = name.substr(name.find_last_of("-._") + 1);  // the whole, where it has no sign
  const Traits of_last = TraitsOf(last);
  const bool inside =
      traits.digits == 1 && traits.upper == 0 && !IsAsciiDigit(name.back()) && traits.signs == 0 && name.size() > 5;
  const bool digits = inside || (of_last.digits >= 2 && of_last.letters() >= 2 && IsAsciiDigit(name.back()));
  return underscore || (dot == name.npos ? digits || hyphens : dotted && traits.upper <= 1);
}

void SaidRules::Find(const Scan& scan, std::size_t lead, std::vector<detect::Find>& finds) const {
  const Lead* const kind = kinds_.Find(scan.tokens[lead].hash);
  if (kind == nullptr || !MayLead(words_, scan, lead)) return;
  const bool of_account = *kind == Lead::kAccount || *kind == Lead::kNetwork;
  if (!MayHoldValue(scan, lead, of_account)) return;
  for (const std::optional<Place>& place : PlacesBehind(scan, lead)) {
    if (!place) continue;
    const std::size_t before = finds.size();
    switch (*kind) {
      case Lead::kPassword:
        FindSecret(scan, lead, place->token, place->said, finds);
        break;
      case Lead::kCode:
        FindCode(scan, lead, place->token, place->said, finds);
        break;
      case Lead::kAccount:
      case Lead::kNetwork:
        FindAccount(scan, lead, place->token, *kind == Lead::kAccount || place->said, finds);
        break;
      case Lead::kPlate:
      case Lead::kVehicle:
        FindPlate(scan, place->token, *kind == Lead::kPlate, finds);
        break;
      case Lead::kNumber:
        FindNumber(scan, lead, place->token, place->said, number_, finds);
        break;
      case Lead::kHealth:
        FindNumber(scan, lead, place->token, place->said, health_, finds);
        break;
      case Lead::kNational:
        FindNumber(scan, lead, place->token, place->said, national_, finds);
        break;
      case Lead::kLicence:
        FindNumber(scan, lead, place->token, place->said, licence_, finds);
        break;
    }
    if (finds.size() > before) return;
  }
}

// "pw was Biscuit2014", "the wifi is purpleotter77": letters with digits or signs among them.
void SaidRules::FindSecret(const Scan& scan, std::size_t lead, std::size_t first, bool said,
                           std::vector<detect::Find>& finds) const {
  constexpr std::size_t kBytesMin = 6;
  const std::string_view value = RunFrom(scan, scan.tokens[first].begin, "\"'`,;<>()[]{}=/");
  const Traits traits = TraitsOf(value);
  if (value.size() < kBytesMin || traits.letters() < 2 || traits.digits == 0 || LooksMadeUp(value)) return;
  if (PointsElsewhere(value)) return;
  if (traits.upper > 0 && traits.lower == 0) return;  // "SHA256"
  if (!said && !words_.short_passwords.contains(scan.tokens[lead].hash)) return;
  Report(scan.tokens[first].begin, value.size(), secret_, kSaid, finds);
}

// "her PIN for the safe was 0907", "the door code is 4471#", "Gate *0451", "gate code (C1402Y)".
void SaidRules::FindCode(const Scan& scan, std::size_t lead, std::size_t first, bool said,
                         std::vector<detect::Find>& finds) const {
  constexpr std::uint32_t kCode = WordHash("code"), kPin = WordHash("pin"), kCombo = WordHash("combo");
  constexpr std::size_t kDigitsMin = 4, kDigitsMax = 8, kPostalDigits = 6;
  const Token& word = scan.tokens[lead];
  if (word.hash == kCode &&
      (lead == 0 || scan.Between(lead - 1) != " " || !words_.opened.contains(scan.tokens[lead - 1].hash)))
    return;
  std::size_t begin = scan.tokens[first].begin;
  bool sign = false;
  if (begin > 0 && IsOneOf(scan.text[begin - 1], "*#")) {
    --begin;
    sign = true;
  }
  std::size_t last = first, digits = scan.tokens[first].digits;
  // "3-1-4-9", "8 3 1 6"
  const std::size_t group = word.hash == kCombo ? 2 : 1;
  while (scan.tokens[first].size() <= group && last + 1 < scan.tokens.size() && scan.tokens[last + 1].size() <= group &&
         scan.tokens[last + 1].all_digits() && (scan.IsBetween(last, ' ') || scan.IsBetween(last, '-'))) {
    ++last;
    digits += scan.tokens[last].digits;
  }
  std::size_t end = scan.tokens[last].end;
  if (end < scan.text.size() && IsOneOf(scan.text[end], "*#")) {
    ++end;
    sign = true;
  }
  const bool only_digits = scan.tokens[first].all_digits();
  const bool mixed = !only_digits && IsAllUpperOrDigits(scan.tokens[first]) && scan.tokens[first].digits >= 2;
  if ((!only_digits && !mixed) || digits < (mixed ? 2 : kDigitsMin) || digits > kDigitsMax) return;
  if (mixed && word.hash != kCode && !(said && word.hash == kPin)) return;
  if (word.hash == kPin && digits == kPostalDigits && !said) return;  // of a town in India
  const bool sure = word.hash == kPin || word.hash == kCode || word.hash == kCombo;
  if (!sign && !said && !sure) return;
  const char behind = end < scan.text.size() ? scan.text[end] : ' ';
  if (IsOneOf(behind, "%:/") || IsAsciiAlnum(behind)) return;
  Report(begin, end - begin, secret_, kSaid, finds);
}

// "my handle on the forum is rust_goblin", "Vinted seller name is lornat_closet", "goes by tixplug.mcr".
void SaidRules::FindAccount(const Scan& scan, std::size_t lead, std::size_t first, bool named,
                            std::vector<detect::Find>& finds) const {
  std::size_t begin = scan.tokens[first].begin;
  if (begin > 0 && scan.text[begin - 1] == '_') --begin;
  if (begin > 0 && !IsOneOf(scan.text[begin - 1], " (:\"'")) return;
  const std::string_view before = scan.Between(first - 1);
  if (!before.empty() && IsOneOf(before.front(), ",(")) return;
  const std::string_view name = RunFrom(scan, begin, "\"'`,;<>()[]{}=/:@");
  if (!IsAccountName(name)) return;
  const std::string_view behind = scan.text.substr(begin + name.size(), 2);
  if (behind.starts_with('(') || behind.starts_with('=') || behind == "::" || behind == "->") return;
  // Behind `user` in code stands `row.id`, and `created_at`.
  const Traits traits = TraitsOf(name);
  if (words_.of_programs.contains(scan.tokens[lead].hash) && traits.digits == 0 && traits.upper == 0) return;
  if (traits.signs == 0 && !named) return;
  Report(begin, name.size(), username_, kSaid, finds);
}

// Groups of capital letters and of digits: "KX19 ZVD", "EA 4182 KB", "221-D-40417". Behind a car that is no plate but a
// model: "A4 2019", "C220 CDI".
void SaidRules::FindPlate(const Scan& scan, std::size_t first, bool named, std::vector<detect::Find>& finds) const {
  constexpr std::size_t kGroupsMax = 4, kSizeMin = 5, kSizeMax = 9;
  std::size_t last = first, size = 0, digits = 0;
  std::string form;  // "A" for each group of letters, "9" of digits, "M" of both
  for (std::size_t i = first; i < scan.tokens.size() && i < first + kGroupsMax; ++i) {
    const Token& token = scan.tokens[i];
    if (!IsAllUpperOrDigits(token) || token.size() > 7 || size + token.size() > kSizeMax) break;
    if (i > first && !scan.IsBetween(i - 1, ' ') && !scan.IsBetween(i - 1, '-')) break;
    if (token.word() && token.size() > (named ? 4u : 3u)) break;
    size += token.size();
    digits += token.digits;
    if (!form.empty() && form.back() == '9' && token.all_digits() && !scan.IsBetween(i - 1, '-')) break;
    form += token.word() ? 'A' : token.all_digits() ? '9' : 'M';
    last = i;
  }
  if (size < kSizeMin || digits < 2 || digits == size) return;
  if (!named) {
    const std::string_view head = scan.Of(scan.tokens[first]);
    const bool british = form == "MA" && head.size() == 4 && IsAsciiUpper(head[1]) && IsAsciiDigit(head[2]) &&
                         scan.tokens[last].size() == 3;
    const bool three = form == "A9A" && scan.tokens[first + 1].size() >= 3;
    const bool hyphened = form == "A99" || form == "9A9";
    const bool indian = form == "A9A9";
    const bool malaysian = form == "A9" && scan.tokens[first].size() == 3 && scan.tokens[last].size() == 4 &&
                           !IsOneOf(scan.text[scan.tokens[last].begin], "12");  // "GTI 2015"
    if (!british && !three && !hyphened && !indian && !malaysian) return;
  }
  Report(scan.tokens[first].begin, scan.tokens[last].end - scan.tokens[first].begin, vehicle_, kPlateSaid, finds);
}

// "membership no ATW 077143", "Prisoner A4418CK", "claim HH/993021/B".
void SaidRules::FindNumber(const Scan& scan, std::size_t lead, std::size_t first, bool said, const DetectorFile* file,
                           std::vector<detect::Find>& finds) const {
  constexpr std::size_t kGroupsMax = 6, kLettersMax = 4, kBytesMin = 4;
  std::size_t end_token = first;
  Traits traits;
  bool spaced = false;
  for (std::size_t i = first; i < scan.tokens.size() && i < first + kGroupsMax; ++i) {
    const Token& token = scan.tokens[i];
    if (!IsAllUpperOrDigits(token) || (token.word() && token.size() > kLettersMax)) break;
    if (i > first) {
      const std::string_view between = scan.Between(i - 1);
      if (between.size() != 1 || !IsOneOf(between[0], " -/.")) break;
      const bool label = between == " " && token.word() && scan.text.substr(token.end).starts_with(".\u00BA");
      if (label || (between == " " && token.word() && token.size() > 1)) break;  // "0077-338190 N.\u00BA tarjeta"
      spaced = spaced || between == " ";
    }
    const Traits more = TraitsOf(scan.Of(token));
    traits.digits += more.digits;
    traits.upper += more.upper;
    end_token = i + 1;
  }
  if (end_token == first || traits.digits < 3 || traits.digits + traits.upper < kBytesMin) return;
  const std::size_t begin = scan.tokens[first].begin, end = scan.tokens[end_token - 1].end;
  constexpr std::size_t kDigitsSure = 5;
  constexpr std::uint32_t kFile = WordHash("expediente");
  constexpr std::uint32_t kCase = WordHash("case");
  if (!said && (spaced || (scan.tokens[lead].hash == kFile && traits.upper == 0) || scan.tokens[lead].hash == kCase ||
                (traits.upper == 0 && traits.digits < kDigitsSure)))
    return;
  Report(begin, end - begin, file, kNumberSaid, finds);
}

}  // namespace privity::detect
