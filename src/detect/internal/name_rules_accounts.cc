// Names of accounts that sentences tell.
#include "detect/internal/name_rules.h"

#include "detect/internal/letters.h"
#include "detect/internal/name_words.h"

namespace privity::detect {
namespace {

constexpr double kAccount = 0.6;

}  // namespace

// "my username is tfennimore", "log in as tfennimore": small letters that are no word, behind what leads to the name of
// an account. The token behind it, or `at`.
std::size_t NameRules::FindAccountName(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  static const WordSet kIs({"is", "was"});
  constexpr std::uint32_t kIn = WordHash("in"), kAs = WordHash("as"), kBytesMin = 5;
  const std::size_t n = scan.tokens.size();
  const auto next_is = [&](std::size_t i) { return i + 1 < n && scan.IsBetween(i, ' '); };
  std::size_t value = 0;
  if (words_.accounts.named.contains(scan.tokens[at].hash) && next_is(at) && kIs.contains(scan.tokens[at + 1].hash))
    value = at + 2;
  std::size_t as = words_.accounts.enters.contains(scan.tokens[at].hash) && next_is(at) ? at + 1 : n;
  if (as < n && scan.tokens[as].hash == kIn && next_is(as)) ++as;
  if (as < n && scan.tokens[as].hash == kAs) value = as + 1;
  if (value == 0 || value >= n || !scan.IsBetween(value - 1, ' ')) return at;
  const Token& name = scan.tokens[value];
  if (!name.ascii || name.has_upper || !name.has_lower || name.size() < kBytesMin) return at;
  if (words_.accounts.of_systems.contains(name.hash) ||
      (tagger_.model().ListsOf(name.hash) & (kCommonWord | kEveryday)) != 0)
    return at;
  const std::string_view behind = scan.text.substr(name.end, 2);
  const bool ends = behind.empty() || IsOneOf(behind[0], " ,;)!?\n") ||
                    (behind[0] == '.' && (behind.size() == 1 || IsOneOf(behind[1], " \n")));
  if (!ends) return at;
  Report(scan, value, value, username_, kAccount, finds);
  return value + 1;
}

}  // namespace privity::detect
