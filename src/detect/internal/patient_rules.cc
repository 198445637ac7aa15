#include "detect/internal/patient_rules.h"

#include "detect/internal/letters.h"

namespace privity::detect {
namespace {

constexpr double kNoted = 0.7;
constexpr std::uint32_t kYearsMax = 120;

// The years with which a token begins, or none.
std::uint32_t Years(const Scan& scan, const Token& token) {
  if (token.digits == 0 || token.digits > 3) return kYearsMax + 1;
  std::uint32_t years = 0;
  for (const char c : scan.Of(token).substr(0, token.digits)) {
    if (!IsAsciiDigit(c)) return kYearsMax + 1;
    years = years * 10 + static_cast<std::uint32_t>(c - '0');
  }
  return years == 0 ? kYearsMax + 1 : years;
}

bool IsSex(std::string_view text) {
  return text == "F" || text == "M";
}

bool IsSexInSmallLetters(std::string_view text) {
  return text == "f" || text == "m";
}

bool BeginsLine(const Scan& scan, std::size_t at) {
  return at == 0 || scan.tokens[at].line_before;
}

}  // namespace

PatientRules::PatientRules(const std::vector<std::shared_ptr<const DetectorFile>>& files,
                           const PatientVocabulary& words)
    : words_(words) {
  for (const auto& file : files) {
    if (file->pack.id == "age") age_ = file.get();
    if (file->pack.id == "gender-word") gender_ = file.get();
  }
}

// Words of a doctor's note on this line, near a token.
bool PatientRules::IsNote(const Scan& scan, std::size_t at) const {
  constexpr std::size_t kWordsAround = 12;
  std::size_t from = at, end = at + 1;
  while (from > 0 && at - from < kWordsAround && !scan.tokens[from].line_before) --from;
  while (end < scan.tokens.size() && end - at <= kWordsAround && !scan.tokens[end].line_before) ++end;
  for (std::size_t i = from; i < end; ++i) {
    if (words_.notes.contains(scan.tokens[i].hash)) return true;
  }
  return false;
}

// What befell somebody, or a comma, behind the token: in a note, "a 5m fall" is a length.
bool PatientRules::GoesOnAsNote(const Scan& scan, std::size_t at) const {
  if (at + 1 >= scan.tokens.size() || !IsNote(scan, at)) return false;
  constexpr std::uint32_t kWith = WordHash("with");
  const std::uint32_t behind = scan.tokens[at + 1].hash;
  return scan.Between(at) == ", " || (scan.IsBetween(at, ' ') && (behind == kWith || words_.befell.contains(behind)));
}

// At the head of a line, behind "Pt is a" and "Assessment:", or between a name's comma and what befell them: "John
// Smith, 45F admitted with".
bool PatientRules::MayBegin(const Scan& scan, std::size_t at) const {
  if (BeginsLine(scan, at) || scan.Between(at - 1) == ": " || words_.before.contains(scan.tokens[at - 1].hash))
    return true;
  return scan.Between(at - 1) == ", " && scan.tokens[at - 1].upper_first && at + 1 < scan.tokens.size() &&
         scan.Between(at) == " " && words_.befell.contains(scan.tokens[at + 1].hash);
}

// Of most numbers neither what goes on with them nor what follows can be a sex, or years before it.
bool PatientRules::MaySaySex(const Scan& scan, std::size_t at) const {
  const Token* const token = scan.tokens.data() + at;
  return !token->all_digits() || (at + 1 < scan.tokens.size() &&
                                  (token[1].size() == 1 || (token[1].word() && words_.years.contains(token[1].hash))));
}

void PatientRules::Report(std::uint32_t begin, std::uint32_t end, const DetectorFile* file,
                          std::vector<detect::Find>& finds) const {
  if (file != nullptr) finds.push_back({begin, end, file, kNoted});
}

std::size_t PatientRules::Find(const Scan& scan, std::size_t at, std::vector<detect::Find>& finds) const {
  const Token& token = scan.tokens[at];
  if (token.digits == 0) return IsSex(scan.Of(token)) ? FindAgeBehindSex(scan, at, finds) : at;
  return token.size() <= 5 && MaySaySex(scan, at) ? FindSexBehindAge(scan, at, finds) : at;
}

// "45F", "83 F", "29yo F", "78 y/o M", "34m presents"
std::size_t PatientRules::FindSexBehindAge(const Scan& scan, std::size_t at, std::vector<detect::Find>& finds) const {
  const Token& token = scan.tokens[at];
  if (Years(scan, token) > kYearsMax) return at;
  const std::string_view unit = scan.Of(token).substr(token.digits);
  const std::uint32_t years_end = token.begin + token.digits;
  if (IsSex(unit) || IsSexInSmallLetters(unit)) {
    if (!MayBegin(scan, at) || !(IsSex(unit) ? IsNote(scan, at) : GoesOnAsNote(scan, at))) return at;
    Report(token.begin, years_end, age_, finds);
    Report(years_end, token.end, gender_, finds);
    return at + 1;
  }
  // "Mr. Appadurai, 81/M, Malayali"
  if (unit.empty() && at > 0 && at + 1 < scan.tokens.size() && IsSex(scan.Of(scan.tokens[at + 1])) &&
      scan.IsBetween(at, '/') && scan.Between(at - 1) == ", " && scan.tokens[at - 1].upper_first) {
    Report(token.begin, token.end, age_, finds);
    Report(scan.tokens[at + 1].begin, scan.tokens[at + 1].end, gender_, finds);
    return at + 2;
  }
  std::size_t sex = at + 1;
  while (sex < scan.tokens.size() && sex < at + 4 && words_.years.contains(scan.tokens[sex].hash)) ++sex;
  const bool said = sex > at + 1 || unit == "yo" || unit == "y";
  if (!said && !unit.empty()) return at;
  if (sex >= scan.tokens.size() || scan.tokens[sex].line_before) return at;
  const std::string_view letter = scan.Of(scan.tokens[sex]);
  if (!IsSex(letter) && !(IsSexInSmallLetters(letter) && GoesOnAsNote(scan, sex))) return at;
  const std::string_view before = scan.Between(sex - 1);
  if (before != " " && !(said && before == ". ")) return at;
  if (!said && (!MayBegin(scan, at) || !IsNote(scan, at))) return at;
  Report(token.begin, years_end, age_, finds);
  Report(scan.tokens[sex].begin, scan.tokens[sex].end, gender_, finds);
  return sex + 1;
}

// "F/54, known diabetic", "M, 61, smoker"
std::size_t PatientRules::FindAgeBehindSex(const Scan& scan, std::size_t at, std::vector<detect::Find>& finds) const {
  if (at + 1 >= scan.tokens.size()) return at;
  if (at > 0 && scan.Between(at - 1) == ", " && scan.tokens[at - 1].upper_first && scan.Between(at) == ", " &&
      words_.birth.contains(scan.tokens[at + 1].hash)) {  // "Lorna Whitlow, F, DOB 05/22/1958"
    Report(scan.tokens[at].begin, scan.tokens[at].end, gender_, finds);
    return at + 1;
  }
  if (!MayBegin(scan, at)) return at;
  const Token &sex = scan.tokens[at], &age = scan.tokens[at + 1];
  const std::string_view between = scan.Between(at);
  if ((between != "/" && between != ", ") || !age.all_digits() || Years(scan, age) > kYearsMax) return at;
  if (!IsNote(scan, at)) return at;
  Report(sex.begin, sex.end, gender_, finds);
  Report(age.begin, age.end, age_, finds);
  return at + 2;
}

}  // namespace privity::detect
