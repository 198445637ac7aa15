#include "detect/internal/company_numbers.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string>

#include "detect/internal/letters.h"

namespace privity::detect {
namespace {

bool IsOfOrganizations(const Find& find) {
  return find.detector->text && find.detector->text->of_organizations;
}

bool IsOfRegister(const Find& find) {
  return find.detector->entity == Entity::kTaxId || IsOfOrganizations(find);
}

bool IsCompany(const Find& find) {
  return find.detector->entity == Entity::kOrganization;
}

// "sp. z o.o." as "spzoo", with the spaces if they are asked for.
std::string WithoutSigns(std::string_view name, bool spaces) {
  std::string folded = Fold(name);
  std::erase_if(folded, [&](char c) { return IsOneOf(c, ".,/-&") || (c == ' ' && !spaces); });
  return folded;
}

// Some of the finds, by where they begin.
template <typename IsOne>
std::vector<Find> Sorted(const std::vector<Find>& finds, const IsOne& is_one) {
  std::vector<Find> some;
  std::ranges::copy_if(finds, std::back_inserter(some), is_one);
  std::ranges::sort(some, {}, &Find::begin);
  return some;
}

// Whether somebody stands where neither a company nor its number does: "SARL Moulin Neuf" may read like a name, and the
// number have the form of a person's in another country.
bool AnySpokenOf(const std::vector<Find>& finds) {
  const std::vector<Find> companies =
      Sorted(finds, [](const Find& find) { return IsCompany(find) || IsOfRegister(find); });
  auto next = companies.begin();
  std::uint32_t theirs_until = 0;
  return std::ranges::any_of(Sorted(finds, TellsOfSomebody), [&](const Find& find) {
    for (; next != companies.end() && next->begin < find.end; ++next) theirs_until = std::max(theirs_until, next->end);
    return theirs_until <= find.begin;
  });
}

// Whether the text from a number's end to a company's beginning has hardly more than another number and its short name:
// no label, no cell, no word of a sentence.
bool GoesOnWith(std::string_view between) {
  constexpr std::size_t kBetweenMax = 24;
  return between.size() <= kBetweenMax &&
         std::ranges::none_of(between, [](char c) { return IsOneOf(c, "\n\t:=|;") || (c >= 'a' && c <= 'z'); });
}

}  // namespace

CompanyNumbers::CompanyNumbers(const GazetteerFile& gazetteer) {
  for (const std::string& form : gazetteer.company_forms) {
    forms_.Insert(WordHash(WithoutSigns(form, false)));
    beginnings_.Insert(WordHash(WithoutSigns(form, false)));
  }
  for (const std::string& form : gazetteer.company_beginnings) beginnings_.Insert(WordHash(Fold(form)));
}

bool CompanyNumbers::HasLegalForm(std::string_view name) const {
  const std::string words = WithoutSigns(name, true);
  if (beginnings_.contains(WordHash(std::string_view(words).substr(0, words.find(' '))))) return true;
  std::string last;  // words, from the end on
  for (std::size_t end = words.size(); end > 0;) {
    const std::size_t space = words.rfind(' ', end - 1), begin = space == words.npos ? 0 : space + 1;
    last.insert(0, words, begin, end - begin);
    if (forms_.contains(WordHash(last))) return true;
    end = space == words.npos ? 0 : space;
  }
  return false;
}

void CompanyNumbers::Drop(std::string_view text, std::vector<Find>& finds) const {
  if (std::ranges::none_of(finds, IsCompany) || std::ranges::none_of(finds, IsOfRegister)) return;
  if (AnySpokenOf(finds)) return;
  const std::vector<Find> companies = Sorted(finds, IsCompany);
  // Taxes of people are as often paid where a company is named: they are its own beside one with a legal form.
  const auto may_be_of = [&](const Find& number, const Find& company) {
    return IsOfOrganizations(number) || HasLegalForm(text.substr(company.begin, company.end - company.begin));
  };
  std::erase_if(finds, [&](const Find& find) {
    if (!IsOfRegister(find)) return false;
    const auto behind = std::ranges::lower_bound(companies, find.end, {}, &Find::begin);
    return behind != companies.end() && GoesOnWith(text.substr(find.end, behind->begin - find.end)) &&
           may_be_of(find, *behind);
  });
}

}  // namespace privity::detect
