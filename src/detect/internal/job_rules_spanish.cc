// Trades as reports and letters in Spanish tell them: "minero jubilado", "de 54 años, chatarrero".
#include "detect/internal/job_rules.h"

#include "detect/internal/letters.h"

namespace privity::detect {

// "albañil de profesión", "minero jubilado", "de 54 años, chatarrero", "ama de casa": how Spanish reports name
// somebody's trade.
std::size_t JobRules::FindTrade(const Scan& scan, std::size_t at, std::vector<detect::Find>& finds) const {
  constexpr std::uint32_t kTrade = WordHash("profesion"), kAge = WordHash("edad"), kDe = WordHash("de");
  const auto is_job = [&](std::size_t i) { return IsJob(scan.tokens[i].hash); };
  const auto report = [&](std::size_t trade) {
    Report(scan, trade, trade + 1, kJob, finds);
    return at + 1;
  };
  if (scan.tokens[at].hash == kTrade && at >= 2 && scan.tokens[at - 1].hash == kDe && is_job(at - 2))
    return report(at - 2);
  const bool said_before =
      at >= 1 && scan.tokens[at - 1].hash == kDe && at + 1 < scan.tokens.size() && scan.IsBetween(at, ' ');
  if (scan.tokens[at].hash == kTrade && said_before && is_job(at + 1)) {  // "de profesión carpintero"
    const std::size_t end = BehindOfWhat(scan, at + 2);
    Report(scan, at + 1, end, kJob, finds);
    return end;
  }
  if (const std::size_t end = FindOwnTrade(scan, at, finds); end > at) return end;
  if (words_.retired.contains(scan.tokens[at].hash) && at >= 1 && scan.Between(at - 1) == " " && is_job(at - 1))
    return report(at - 1);
  constexpr std::uint32_t kMistress = WordHash("ama"), kHouse = WordHash("casa");
  if (scan.tokens[at].hash == kMistress && at + 2 < scan.tokens.size() && scan.tokens[at + 1].hash == kDe &&
      scan.tokens[at + 2].hash == kHouse) {
    Report(scan, at, at + 3, kJob, finds);
    return at + 3;
  }
  if (const std::size_t end = FindSetOffTrade(scan, at, finds); end > at) return end;
  if (!words_.years.contains(scan.tokens[at].hash) || scan.tokens[at].hash == kDe || at == 0) return at;
  const bool behind_years = scan.tokens[at - 1].all_digits() || scan.tokens[at].hash == kAge;
  constexpr std::size_t kWordsBetween = 4;  // "66 años de edad, casado, agricultor en"
  for (std::size_t i = at; behind_years && i + 1 < scan.tokens.size() && i < at + kWordsBetween; ++i) {
    const std::string_view between = scan.Between(i);
    if (between != ", " && between != "., " && between != " ") return at;
    if (between == " " || !is_job(i + 1)) continue;
    const std::size_t end = BehindOfWhat(scan, i + 2);
    const bool said_again = end + 1 < scan.tokens.size() && scan.tokens[end + 1].hash == kTrade;
    const std::string_view after = scan.text.substr(scan.tokens[end - 1].end, 1);
    const bool ends = after.empty() || IsOneOf(after[0], ",.;)\n");
    const bool goes_on = end < scan.tokens.size() &&
                         (GoesOnBehind(scan.tokens[end]) || words_.behind_in_reports.contains(scan.tokens[end].hash));
    if (said_again || (!ends && !goes_on)) return at;
    Report(scan, i + 1, end, kJob, finds);
    return end;
  }
  return at;
}

// "soy celador", "al cargo de asistente de bodega", "su esposo, guardia civil,", "Taxista de 58 años": what reports and
// letters in Spanish say somebody does. The token behind it, or `at`.
std::size_t JobRules::FindOwnTrade(const Scan& scan, std::size_t at, std::vector<detect::Find>& finds) const {
  constexpr std::uint32_t kSoy = WordHash("soy"), kDe = WordHash("de"), kYears = WordHash("anos");
  const Token& token = scan.tokens[at];
  const auto is_job = [&](std::size_t i) { return i < scan.tokens.size() && IsJob(scan.tokens[i].hash); };
  std::size_t first = at;
  if (token.hash == kSoy && scan.IsBetween(at, ' ')) {
    first = at + 1;
  } else if (words_.posts.contains(token.hash)) {
    if (at + 2 >= scan.tokens.size() || scan.tokens[at + 1].hash != kDe) return at;
    first = at + 2;
  } else if (is_job(at) && at > 0 && words_.relatives.contains(scan.tokens[at - 1].hash)) {
    if (scan.Between(at - 1) != ", " && scan.Between(at - 1) != " (") return at;
  } else {
    const bool years = is_job(at) && token.upper_first && at + 3 < scan.tokens.size() &&
                       scan.tokens[at + 1].hash == kDe && scan.tokens[at + 2].all_digits() &&
                       scan.tokens[at + 3].hash == kYears;
    if (!years) return at;
    Report(scan, at, at + 1, kJob, finds);
    return at + 1;
  }
  if (!is_job(first)) return at;
  const std::size_t end = BehindOfWhat(scan, first + 1);
  Report(scan, first, end, kJob, finds);
  return end;
}

// Whether a word near a trade says that somebody is spoken of, in its line.
bool JobRules::IsOfSomebody(const Scan& scan, std::size_t at, std::size_t end) const {
  constexpr std::size_t kBefore = 14, kBehind = 8;
  for (std::size_t i = at; i > 0 && at - i < kBefore && !scan.tokens[i].line_before; --i) {
    if (words_.of_somebody.contains(scan.tokens[i - 1].hash)) return true;
  }
  for (std::size_t i = end; i < scan.tokens.size() && i < end + kBehind && !scan.tokens[i].line_before; ++i) {
    if (words_.of_somebody.contains(scan.tokens[i].hash)) return true;
  }
  return false;
}

// "DNI 11398270C, electricista.", "Peluquera, dolor de hombro", "fue maestra rural", "su hijo y celador": a trade
// between signs, or behind what somebody is, where the line speaks of somebody. The token behind it, or `at`.
std::size_t JobRules::FindSetOffTrade(const Scan& scan, std::size_t at, std::vector<detect::Find>& finds) const {
  static const WordSet kIs({"es", "fue", "era", "siendo", "sido"});
  constexpr std::uint32_t kAnd = WordHash("y");
  const Token& token = scan.tokens[at];
  if (!IsJob(token.hash) || words_.relatives.contains(token.hash) || (token.has_upper && !token.has_lower)) return at;
  const char last = scan.text[token.end - 1];
  if (!IsOneOf(last, "aoerlnz")) return at;
  const std::string_view before = at == 0 || token.line_before ? "\n" : scan.Between(at - 1);
  const bool begins = before == "\n" || before.ends_with(". ");
  bool led = false;
  if (before == " ") {
    const Token& word = scan.tokens[at - 1];
    const bool and_of_two = word.hash == kAnd && at >= 2 && scan.IsBetween(at - 2, ' ') &&
                            (words_.relatives.contains(scan.tokens[at - 2].hash) || IsJob(scan.tokens[at - 2].hash));
    led = kIs.contains(word.hash) || and_of_two;
  }
  const bool set_off =
      before == ", " || before == ": " || before == " / " || before == "; " || before == " (" || begins;
  if (!led && !set_off) return at;
  if (begins != token.upper_first && (begins || before == ", ")) return at;
  const std::size_t end = BehindOfWhat(scan, at + 1);
  const std::string_view behind = scan.text.substr(scan.tokens[end - 1].end, 2);
  const bool ends = behind.empty() || IsOneOf(behind[0], ",.;)\n") || behind == " /";
  const bool goes_on =
      end < scan.tokens.size() && scan.IsBetween(end - 1, ' ') && words_.behind_trades.contains(scan.tokens[end].hash);
  constexpr std::uint32_t kReport = WordHash("parte");
  const bool label =
      goes_on && end + 1 < scan.tokens.size() && scan.text.substr(scan.tokens[end + 1].end).starts_with(':');
  if (words_.grown.contains(token.hash) || token.hash == kReport || label) return at;
  if ((!ends && !goes_on) || !IsOfSomebody(scan, at, end)) return at;
  Report(scan, at, end, kJob, finds);
  return end;
}

}  // namespace privity::detect
