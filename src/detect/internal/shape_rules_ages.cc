// Ages: behind a word for them, before years, months and days, in brackets and between commas.
#include "detect/internal/shape_rules.h"

#include <algorithm>
#include <string>

#include "detect/internal/letters.h"
#include "detect/internal/shape_cues.h"

namespace privity::detect {

// "52-jähriger", "23-jarige", "35-letniego", "81-årig": the word behind the hyphen, or `at`. What is of such years and
// nobody, "40-jähriges Jubiläum", is told by its gender or its noun.
std::size_t ShapeRules::BehindYearsOld(const Scan& scan, std::size_t at) const {
  if (at + 1 >= scan.tokens.size() || !scan.IsBetween(at, '-') || scan.tokens[at].size() > 2) return at;
  const Token& next = scan.tokens[at + 1];
  constexpr std::uint32_t kBytesMax = 16;
  if (!next.word() || next.size() > kBytesMax) return at;
  const std::string word = Fold(scan.Of(next));
  if (word.ends_with("es") ||
      std::ranges::none_of(words_.ages.stems_of_years, [&](const std::string& stem) { return word.starts_with(stem); }))
    return at;
  const bool of_thing = at + 2 < scan.tokens.size() && words_.ages.things_of_years.contains(scan.tokens[at + 2].hash);
  return of_thing ? at : at + 1;
}

// "un homme de 61 ans", "aveva 89 anni", "j'ai 17 ans": of a number before years of French or Italian; elsewhere they
// are how long something went on.
bool ShapeRules::IsAgeOfSomebody(const Scan& scan, std::size_t at) const {
  static const WordSet kOf({"de", "di", "d"});
  if (at == 0 || !scan.tokens[at].all_digits()) return false;
  if (words_.ages.has_years.contains(scan.tokens[at - 1].hash)) return true;
  return at > 1 && kOf.contains(scan.tokens[at - 1].hash) && words_.ages.somebody.contains(scan.tokens[at - 2].hash);
}

// "Carmela Iannone (88 ans)", "Leon (8 J.)": in brackets behind somebody; behind a word for how long it is none.
bool ShapeRules::IsAgeInBrackets(const Scan& scan, std::size_t at) const {
  if (at == 0 || at + 1 >= scan.tokens.size() || !scan.Between(at - 1).ends_with('(') || !scan.IsBetween(at, ' '))
    return false;
  const std::string_view after = scan.text.substr(scan.tokens[at + 1].end, 2);
  const bool closed = after.starts_with(')') || after == ".)";
  return closed && words_.ages.units_in_brackets.contains(scan.tokens[at + 1].hash) &&
         scan.tokens[at - 1].upper_first && !words_.ages.spans.contains(scan.tokens[at - 1].hash);
}

// Whether what stands right beside a number says anything of an age: as it does beside few.
bool ShapeRules::MayBeAge(const Scan& scan, const Places& places, std::size_t place) const {
  const Places::Word* const word = places.words.data() + place;
  const std::size_t at = word->token;
  const Token* const token = scan.tokens.data() + at;
  const char* const text = scan.text.data();
  if (!token->all_digits()) {
    if (!IsAsciiDigit(text[token->begin])) return false;
    if (IsOneOf(text[token->end - 1], "aosy")) return true;  // "67a", "34yo", "34yrs", "34y"
  }
  if (At(scan.text, token->end) == '-' && token->size() <= 2 && BehindYearsOld(scan, at) > at) return true;
  if (place + 1 < places.words.size() && word[1].token == at + 1 && word[1].cue != nullptr &&
      (word[1].cue->years || word[1].cue->life))
    return true;
  if (at == 0) return false;
  if (At(scan.text, token->end) == ' ' && At(scan.text, token->end + 1u) == 'a' && IsAgeCutShort(scan, at)) return true;
  if (text[token->begin - 1] == '(' && IsAgeInBrackets(scan, at)) return true;
  if (token->begin > 1 && text[token->begin - 2] == ',' && text[token->begin - 1] == ' ') return true;
  if (token[-1].hash == kWordOf) return true;
  return place > 0 && word[-1].token + 1 == at && word[-1].cue != nullptr && word[-1].cue->age;
}

// "34 years old", "34-year-old", "aged 34", "edad: 34 años", "34 Jahre alt"; "a patient of 3 months" in Spanish. The
// span holds the years ("34", "34 años"), not what stands around them.
void ShapeRules::FindAge(const Scan& scan, const Places& places, std::size_t place, std::vector<Find>& finds) const {
  const std::size_t at = places.words[place].token;
  const Token& token = scan.tokens[at];
  const std::string_view text = scan.Of(token);
  const auto is = [&](std::size_t i, bool ShapeCue::*kind) {
    const ShapeCue* cue = CueOf(places, place, i);
    return cue != nullptr && cue->*kind;
  };
  if (const std::size_t word = BehindYearsOld(scan, at); word > at)
    return Report(token.begin, scan.tokens[word].end, age_, 0.85, finds);
  if (IsAgeCutShort(scan, at)) {
    const std::uint32_t end = token.all_digits() ? scan.tokens[at + 1].end : token.end;
    const bool sentence_goes_on =
        At(scan.text, end) == '.' &&
        (At(scan.text, end + 1u) == ',' || (At(scan.text, end + 1u) == ' ' && !IsAsciiUpper(At(scan.text, end + 2u))));
    return Report(token.begin, end + (sentence_goes_on ? 1u : 0u), age_, 0.6, finds);
  }
  const bool of_somebody = IsAgeInBrackets(scan, at) || IsAgeOfSomebody(scan, at);
  const bool glued =
      text.size() > token.digits &&
      (text.substr(token.digits) == "yo" || text.substr(token.digits) == "yrs" || text.substr(token.digits) == "y");
  const bool after =
      at > 0 && token.all_digits() && token.begin - scan.tokens[at - 1].end <= 4 &&
      (is(at - 1, &ShapeCue::age) || (at > 1 && scan.tokens[at - 1].hash == kWordOf && is(at - 2, &ShapeCue::age)));
  const bool next_is_near = at + 1 < scan.tokens.size() && scan.tokens[at + 1].begin - token.end <= 1;
  const bool years_follow = next_is_near && is(at + 1, &ShapeCue::years);
  const bool of_a_child = next_is_near && is(at + 1, &ShapeCue::life) && IsAgeOfAChild(scan, at);
  const bool behind_comma = at > 1 && scan.text[token.begin - 1] == ' ' && scan.Between(at - 1) == ", ";
  if (!glued && !after && !years_follow && !of_a_child && !behind_comma && !of_somebody) return;    // as most
  if (after && next_is_near && words_.ages.other_units.contains(scan.tokens[at + 1].hash)) return;  // "ETA 36 min"
  const int years = Small(text.substr(0, token.digits));
  if (token.digits > 3 || years < 0 || years > 120 || !IsAsciiDigit(text[0])) return;
  if (At(scan.text, token.end) == '%') return;
  const bool old = years_follow && at + 2 < scan.tokens.size() &&
                   (words_.ages.old.contains(scan.tokens[at + 2].hash) ||
                    (at + 3 < scan.tokens.size() && words_.ages.old.contains(scan.tokens[at + 3].hash)));
  const bool alone =
      years_follow && words_.ages.years_alone.contains(scan.tokens[at + 1].hash) && !IsSpanOfTime(scan, at);
  const bool in_a_row = behind_comma && (IsAgeBetweenCommas(scan, at) || IsAgeBehindSex(scan, at));
  const bool said = of_somebody && (years_follow || IsAgeInBrackets(scan, at));
  if (!glued && !after && !old && !alone && !of_a_child && !in_a_row && !said) return;
  const bool with_unit = next_is_near && words_.ages.units_of_ages.contains(scan.tokens[at + 1].hash);
  const std::size_t last = with_unit ? BehindYearsAndMonths(scan, at + 1) : at;
  Report(token.begin, scan.tokens[last].end, age_, after || old ? 0.85 : 0.6, finds);
}

// "8 años y 4 meses", "5 años 2 meses": the last token of an age whose unit is this one.
std::size_t ShapeRules::BehindYearsAndMonths(const Scan& scan, std::size_t unit) const {
  static const WordSet kAnd({"y", "et", "e"});
  if (!words_.ages.years_before_months.contains(scan.tokens[unit].hash)) return unit;
  std::size_t at = unit + 1;
  if (at < scan.tokens.size() && kAnd.contains(scan.tokens[at].hash)) ++at;
  if (at + 1 >= scan.tokens.size() || !scan.IsBetween(at - 1, ' ') || !scan.IsBetween(at, ' ')) return unit;
  const bool months = scan.tokens[at].all_digits() && scan.tokens[at].size() <= 2 &&
                      words_.ages.months.contains(scan.tokens[at + 1].hash);
  return months ? at + 1 : unit;
}

// "desde hace 20 años", "10 años de evolución": how long something went on.
bool ShapeRules::IsSpanOfTime(const Scan& scan, std::size_t at) const {
  const bool of = at > 1 && scan.tokens[at - 1].hash == kWordOfRomance;
  if (of && words_.ages.anybody.contains(scan.tokens[at - 2].hash)) return true;  // "mayores de 65 años"
  static const WordSet kThose({"los", "las"});                                    // "a partir de los 60 años"
  if (at > 2 && kThose.contains(scan.tokens[at - 1].hash) && scan.tokens[at - 2].hash == kWordOfRomance &&
      words_.ages.anybody.contains(scan.tokens[at - 3].hash))
    return true;
  constexpr std::uint32_t kAbout = WordHash("unos");
  const bool about = at > 1 && scan.tokens[at - 1].hash == kAbout && scan.tokens[at - 2].hash == kWordOfRomance;
  if (at > 0 && !about && words_.ages.for_how_long.contains(scan.tokens[at - 1].hash)) return true;
  for (std::size_t i = at + 2; i < scan.tokens.size() && i <= at + 3; ++i) {
    if (words_.ages.of_how_long.contains(scan.tokens[i].hash)) return true;
  }
  return false;
}

// "Varón, 61 a.", "47 a; 92 kg", "mujer 67a,": years cut short, in reports in Spanish.
bool ShapeRules::IsAgeCutShort(const Scan& scan, std::size_t at) const {
  const Token& token = scan.tokens[at];
  const bool glued = token.size() == token.digits + 1u && scan.text[token.end - 1] == 'a';
  if (token.digits == 0 || token.digits > 2 || (!glued && !token.all_digits())) return false;
  const std::string_view rest = scan.text.substr(glued ? token.end - 1 : token.end, 3);
  const std::string_view unit = glued || rest.empty() ? rest : rest.substr(1);
  if (!unit.starts_with('a') || unit.size() < 2 || !IsOneOf(unit[1], ".,;)\n")) return false;
  if (at == 0) return false;
  const std::string_view before = scan.Between(at - 1);
  return words_.ages.before_short_years.contains(scan.tokens[at - 1].hash) ||
         (!glued && (before == ", " || before == "; " || before == " / "));
}

// "Paciente de 3 meses", "recién nacida de 12 días", "4 meses de edad": of a number before such a unit.
bool ShapeRules::IsAgeOfAChild(const Scan& scan, std::size_t at) const {
  const bool who = at > 1 && scan.tokens[at - 1].hash == WordHash("de") &&
                   words_.ages.small_patients.contains(scan.tokens[at - 2].hash);
  const bool life = at + 3 < scan.tokens.size() && scan.tokens[at + 2].hash == WordHash("de") &&
                    words_.ages.of_life.contains(scan.tokens[at + 3].hash);
  return who || life;
}

// "Patient: Ilse Wassermann, female, 79"; a comma and a space stand before it, as below.
bool ShapeRules::IsAgeBehindSex(const Scan& scan, std::size_t at) const {
  const Token& token = scan.tokens[at];
  if (!token.all_digits() || token.size() > 3) return false;
  const char after = At(scan.text, token.end);
  const bool ends = after == '\0' || IsOneOf(after, ",;.)\n\r");
  return ends && !IsAsciiDigit(At(scan.text, token.end + 1u)) && words_.ages.sexes.contains(scan.tokens[at - 1].hash) &&
         scan.text[token.begin] != '0';
}

// "Astrid Haugen, 54, of …", "I'm Astrid, 54, …", "Denise Mazzanti, 29 anni, …"
bool ShapeRules::IsAgeBetweenCommas(const Scan& scan, std::size_t at) const {
  const Token& token = scan.tokens[at];
  if (!token.all_digits() || token.size() != 2) return false;
  const Token& name = scan.tokens[at - 1];
  const Token& given = scan.tokens[at - 2];
  const bool named = name.digits == 0 && name.upper_first && given.digits == 0 &&
                     (given.upper_first || words_.ages.oneself.contains(given.hash));
  const bool unit = at + 1 < scan.tokens.size() && scan.Between(at) == " " &&
                    words_.ages.units_between_commas.contains(scan.tokens[at + 1].hash);
  const std::uint32_t end = unit ? scan.tokens[at + 1].end : token.end;
  return named && scan.Between(at - 2) == " " && MonthOf(name) == 0 && At(scan.text, end) == ',' &&
         At(scan.text, end + 1u) == ' ' && !IsAsciiDigit(At(scan.text, end + 2u)) && scan.text[token.begin] != '0';
}

}  // namespace privity::detect
