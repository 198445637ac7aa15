// Passwords that programs hand over: as arguments of calls, typed into fields, sent to others.
#include "detect/internal/secret_finders.h"

#include <algorithm>

#include "detect/internal/letters.h"
#include "detect/internal/secret_values.h"

namespace privity::detect::led {

// `connect("db", "app", "…")`, `auth=("ops", "…")`, `createHmac("sha256", "…")`: the quoted argument that is a
// password, from the argument `from` on.
void FindArgument(const Scan& scan, const Line& line, std::size_t from, Secrets& secrets) {
  constexpr std::size_t kArgumentsMax = 6, kKeyBytes = 40;
  std::size_t at = 0;
  while (IsOneOf(At(line.text, at), "= ")) ++at;
  if (at > 3 || At(line.text, at) != '(') return;
  ++at;
  for (std::size_t i = 0; i < kArgumentsMax && at < line.text.size(); ++i) {
    while (At(line.text, at) == ' ') ++at;
    const bool quoted = IsOneOf(At(line.text, at), "\"'") || IsOneOf(At(line.text, at + 1), "\"'");
    const LedSecret value = line.ValueAt(at);
    const std::string_view text = Of(scan, value);
    const bool is = from > 1 ? IsPasswordForSure(text) : MayBePassword(text) && !NamesAlgorithm(text);
    if (i >= from && quoted && is && text.find_first_of(text.size() < kKeyBytes ? " /@" : " @") == text.npos)
      return secrets.push_back(value);
    at = quoted ? value.end - line.begin : at;
    while (at < line.text.size() && !IsOneOf(line.text[at], ",)")) ++at;
    if (At(line.text, at) != ',') return;
    ++at;
  }
}

// `cy.get('#pw').type("…")`, `find_element(By.ID, "password").send_keys("…")`: of a field for passwords.
void FindTyped(const Scan& scan, std::size_t at, const Line& line, Secrets& secrets) {
  constexpr std::size_t kBytesBefore = 80;
  if (At(line.text, std::min(line.text.find_first_not_of("= "), line.text.size())) != '(') return;  // as most
  const std::string before = Fold(Before(scan, at, kBytesBefore));
  if (before.find("pass") == before.npos && before.find("pw") == before.npos) return;
  FindArgument(scan, line, 0, secrets);
}

// "app:…@tcp(db:3306)/crm", as programs in Go write it.
void FindBeforeProtocol(const Scan& scan, std::size_t at, const Line& line, Secrets& secrets) {
  constexpr std::size_t kBytesBefore = 80;
  if (At(line.text, 0) != '(' || !Before(scan, at, 1).ends_with('@')) return;
  const std::string_view before = Before(scan, at, kBytesBefore);
  const auto colon = before.rfind(':');
  if (colon == before.npos) return;
  const std::size_t first = scan.tokens[at].begin - before.size();
  const LedSecret value{first + colon + 1, scan.tokens[at].begin - 1u, true};
  if (MayBePassword(Of(scan, value))) secrets.push_back(value);
}

// `send "…\r"` of expect.
void FindSent(const Scan& scan, const Line& line, Secrets& secrets) {
  if (!IsOneOf(At(line.text, 1), "\"-") || At(line.text, 0) != ' ') return;
  LedSecret value = line.ValueAt(line.text.starts_with(" -- ") ? 3 : 0);
  const auto ends = Of(scan, value).find("\\r");
  if (ends == std::string_view::npos) return;
  value.end = value.begin + ends;
  if (MayBePassword(Of(scan, value)) && Of(scan, value).find(' ') == std::string_view::npos) secrets.push_back(value);
}

// ConvertTo-SecureString "…" -AsPlainText -Force
void FindPlainText(const Scan& scan, const Line& line, Secrets& secrets) {
  const auto given = line.text.find(" --value ");  // of a parameter store
  if (given != line.text.npos && MayBePassword(Of(scan, line.ValueAt(given + 8))))
    return secrets.push_back(line.ValueAt(given + 8));
  if (line.text.find("-AsPlainText") == line.text.npos) return;
  const auto quote = line.text.find_first_of("\"'");
  if (quote != line.text.npos && MayBePassword(Of(scan, line.ValueAt(quote)))) secrets.push_back(line.ValueAt(quote));
}

}  // namespace privity::detect::led
