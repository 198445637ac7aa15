// Companies by the legal form that they end or begin with, and by what they do.
#include "detect/internal/name_rules.h"

#include <array>
#include <span>

#include "detect/internal/letters.h"
#include "detect/internal/name_borders.h"
#include "detect/internal/name_words.h"

namespace privity::detect {

// The last token of the longest legal form that begins with this one, or scan.tokens.size().
std::size_t NameRules::FormEnd(const Scan& scan, std::size_t at) const {
  const auto forms = company_forms_.find(scan.tokens[at].hash);
  std::size_t last = scan.tokens.size(), longest = 0;
  if (forms == company_forms_.end()) return last;
  const std::uint32_t begin = scan.tokens[at].begin;
  for (const std::string& form : forms->second) {
    if (form.size() <= longest || !scan.text.substr(begin).starts_with(form)) continue;
    std::size_t end = at;
    while (end < scan.tokens.size() && scan.tokens[end].end < begin + form.size()) ++end;
    if (end == scan.tokens.size() || scan.tokens[end].end != begin + form.size()) continue;  // "SAS" in "SASSARI"
    longest = form.size();
    last = end;
  }
  return last;
}

// A last dot belongs to a form that has others, "S.A.", and to a short one within a sentence: "Hartwell Foods Inc. in".
void NameRules::ReportCompany(const Scan& scan, std::size_t first, std::size_t last, bool dotted,
                              std::vector<Find>& finds) const {
  Report(scan, first, last, organization_, kCompany, finds);
  const std::uint32_t end = scan.tokens[last].end;
  if (organization_ == nullptr || !scan.text.substr(end).starts_with('.')) return;
  const std::string_view behind = scan.text.substr(end + 1, 2);
  constexpr std::uint32_t kLimitada = WordHash("ltda");
  const bool within = scan.tokens[last].hash == kLimitada ||
                      (behind.size() == 2 && (behind[0] == ',' || (behind[0] == ' ' && !IsAsciiUpper(behind[1]))));
  if (dotted || within) ++finds.back().end;
}

// In "PHYSIO AT HARBOUR HEALTH PTY LTD" the words say where the company begins, for the capitals do not.
bool NameRules::GoesBeforeCompany(const Scan& scan, std::size_t at) const {
  return words_.companies.before_companies.contains(scan.tokens[at].hash) && IsShouted(scan, at);
}

// The token after a company that begins here by a name and ends by what companies are called, or `at`: "Acme
// Corporation", "Kuhn & Söhne GmbH", "Aceites del Sur S.A.", not "The Parent Company", "Type AB", "DO AS".
std::size_t NameRules::FindCompany(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  static const WordSet kBetween{std::span(kInsideCompanies)};
  constexpr std::size_t kWordsMax = 8, kBareFormBytesMax = 2;
  if (!IsCapital(scan, at) || IsNoName(scan.tokens[at]) || scan.tokens[at].size() < 2) return at;
  bool named = false, small = false;
  for (std::size_t i = at; i < scan.tokens.size() && i - at < kWordsMax; ++i) {
    const Token& token = scan.tokens[i];
    const std::string_view before = i == at ? " " : scan.Between(i - 1);
    if (before.size() > 3 || before.find('\n') != before.npos) return at;
    const bool behind_comma = before == ", ";
    if (!behind_comma && before != " & " && i > at && !Joined(scan, i - 1)) return at;
    const std::size_t last = named ? FormEnd(scan, i) : scan.tokens.size();
    if (last < scan.tokens.size()) {
      const bool dotted = last > i && scan.text.substr(token.end, 1) == ".";
      const bool bare = last == i && token.size() <= kBareFormBytesMax;
      if (bare && scan.text.substr(token.end).starts_with('-')) return at;  // "Expediente AS-2023-004417"
      if (!bare || small) {
        ReportCompany(scan, at, last, dotted, finds);
        return last + 1;
      }
    }
    if (behind_comma) return at;
    const bool connects = i > at && (kBetween.contains(token.hash) || IsParticle(token));
    if ((!IsCapital(scan, i) && !connects) || GoesBeforeCompany(scan, i)) return at;
    if (named && company_endings_.contains(token.hash)) {
      if (wards_.contains(scan.tokens[at].hash)) return at;  // "Oftalmología del Hospital" is a part of one
      ReportCompany(scan, at, i, false, finds);
      return i + 1;
    }
    small = small || (!connects && token.has_lower);
    const bool of_many = organizations_.contains(token.hash) || company_endings_.contains(token.hash);
    named = named || !(of_many || connects || IsNoName(token));
  }
  return at;
}

// "invoice from larkspur foods ltd": in small letters only the form tells of a company, so it is read backwards, to a
// word that stands before one. Of one word in between, no dictionary may know it: "register an llc", "our uk ltd".
std::size_t NameRules::FindCompanyInSmallLetters(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  constexpr std::size_t kWordsMax = 4;
  if (at == 0 || scan.tokens[at].has_upper) return at;
  const std::size_t last = FormEnd(scan, at);
  if (last == scan.tokens.size()) return at;
  std::size_t first = at;
  bool unknown = false;
  while (first > 0 && at - first < kWordsMax) {
    const Token& word = scan.tokens[first - 1];
    const std::string_view between = scan.Between(first - 1);
    if (between != " " && between != " & " && (between != ", " || first < at)) break;
    if (!IsSmallWord(word) || IsNoName(word) || words_.companies.before_small_companies.contains(word.hash)) break;
    if (between == " " && words_.companies.before_companies.contains(word.hash)) break;
    if (!finds.empty() && word.begin < finds.back().end) break;
    unknown = unknown || (tagger_.model().ListsOf(word.hash) & kCommonWord) == 0;
    --first;
  }
  if (first == at || (!unknown && at - first < 2)) return at;
  ReportCompany(scan, first, last, last > at && scan.text.substr(scan.tokens[at].end, 1) == ".", finds);
  return last + 1;
}

// "ООО «Северный ветер»", "UAB Baltijos langai": some languages say the form first.
std::size_t NameRules::FindCompanyBehindForm(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  constexpr std::size_t kQuotedBytesMax = 80;
  const Token& form = scan.tokens[at];
  if (form.has_lower || at + 1 >= scan.tokens.size()) return at;
  const std::string_view between = scan.Between(at);
  if (between == " ") {
    if (!IsCapital(scan, at + 1)) return at;
    const std::size_t end = RunEnd(scan, at + 1);
    ReportCompany(scan, at, end - 1, false, finds);
    return end;
  }
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kQuotes = {
      {{" «", "»"}, {" „", "“"}, {" “", "”"}, {" \"", "\""}}};
  for (const auto& [open, close] : kQuotes) {
    if (between != open) continue;
    const std::uint32_t begin = scan.tokens[at + 1].begin;
    const std::size_t end = scan.text.substr(begin, kQuotedBytesMax).find(close);
    if (end == std::string_view::npos) continue;
    Report(scan, at, at, organization_, kCompany, finds);
    if (organization_ != nullptr) finds.back().end = begin + static_cast<std::uint32_t>(end + close.size());
    return scan.TokenAt(begin + static_cast<std::uint32_t>(end));
  }
  return at;
}

// "Northgate Credit Union", "St Brendan's Rowing Club": what a company or a club does stands last. Headings have such
// words, too ("Travel Insurance"), so a word that is in no dictionary must be before.
std::size_t NameRules::FindByTrade(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  constexpr std::uint32_t kPrimary = WordHash("primary");
  if (!IsCapital(scan, at) || IsNoName(scan.tokens[at])) return at;
  bool unusual = false;
  std::size_t end = at;
  for (std::size_t i = at; i < scan.tokens.size() && i < at + kNameWordsMax; ++i) {
    const Token& token = scan.tokens[i];
    if (i > at && scan.Between(i - 1) != " & " && !Joined(scan, i - 1)) break;
    const bool of_somebody = i > at && scan.Between(i - 1) != " " && scan.Of(token) == "s";
    if (of_somebody || (i > at && IsParticle(token))) continue;
    if (!IsCapital(scan, i) || GoesBeforeCompany(scan, i)) break;
    const bool primary_key = token.hash == kPrimary && !token.has_lower;
    if (unusual && ((words_.companies.trades.contains(token.hash) && !primary_key) ||
                    (i > at + 1 && scan.IsBetween(i - 1, ' ') &&
                     words_.companies.trades_of_two.contains(HashOfWords(scan, i - 1, i)))))
      end = i + 1;
    unusual = unusual || !IsListed(token, kCommonWord | kEveryday | kCalendarWord);
  }
  if (end > at) Report(scan, at, end - 1, organization_, kCompany, finds);
  return end;
}

}  // namespace privity::detect
