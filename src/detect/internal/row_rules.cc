#include "detect/internal/row_rules.h"

#include <algorithm>

#include "detect/internal/letters.h"

namespace privity::detect {
namespace {

constexpr std::size_t kTokensAround = 40;

bool IsName(const Find& find) {
  switch (find.detector->entity) {
    case Entity::kPerson:
    case Entity::kLocation:
    case Entity::kOrganization:
      return true;
    default:
      return false;
  }
}

// What things have, too; all else tells of somebody.
bool IsOfAnything(const Find& find) {
  return IsName(find) || find.detector->entity == Entity::kUrl || find.detector->entity == Entity::kDemographic;
}

bool IsAnd(const Token& token) {
  static const WordSet kAnd({"and", "or", "y", "e", "o", "und", "oder", "et", "ou", "i", "en", "og", "och"});
  return !token.has_upper && kAnd.contains(token.hash);
}

bool IsArticle(const Token& token) {
  static const WordSet kArticles({"the", "a",   "an",  "la",  "el",  "los", "las",  "il", "lo",
                                  "le",  "les", "der", "die", "das", "ein", "eine", "de", "het",
                                  "os",  "as",  "o",   "un",  "una", "une", "du",   "del"});
  return !token.has_upper && kArticles.contains(token.hash);
}

bool IsBeing(const Token& token) {
  static const WordSet kBeing({"is", "are", "was", "were"});
  return kBeing.contains(token.hash);
}

bool IsSignOfRow(std::string_view between) {
  return between == ", " || between == "; " || between == " / ";
}

}  // namespace

// Whether a sentence, a line or a heading ends before the token.
bool RowRules::EndsBefore(const Scan& scan, std::size_t at) const {
  constexpr std::uint32_t kShortBytes = 2;  // "op. 118"
  if (at == 0 || at >= scan.tokens.size() || scan.tokens[at].line_before) return true;
  const std::string_view between = scan.Between(at - 1);
  if (between.find(": ") != between.npos || between.find("? ") != between.npos || between.find("! ") != between.npos)
    return true;
  return between.find(". ") != between.npos && scan.tokens[at - 1].size() > kShortBytes;
}

RowRules::Row RowRules::RowAround(const Scan& scan, std::size_t at) const {
  Row row;
  row.first = at;
  while (!EndsBefore(scan, row.first) && at - row.first < kTokensAround) --row.first;
  row.end = at + 1;
  while (!EndsBefore(scan, row.end) && row.end - at < kTokensAround) ++row.end;
  Item item{row.first, row.first};
  for (std::size_t i = row.first; i < row.end; ++i) {
    const bool sign = i > row.first && IsSignOfRow(scan.Between(i - 1));
    if ((sign || IsAnd(scan.tokens[i])) && item.end > item.first) {
      row.items.push_back(item);
      item = {i, i};
    }
    if (item.first == i && (IsAnd(scan.tokens[i]) || IsArticle(scan.tokens[i])) && i + 1 < row.end)
      item.first = item.end = i + 1;
    else
      item.end = i + 1;
  }
  if (item.end > item.first) row.items.push_back(item);
  return row;
}

bool RowRules::TellsOfPeople(const Scan& scan, const Row& row) const {
  return std::any_of(scan.tokens.begin() + static_cast<std::ptrdiff_t>(row.first),
                     scan.tokens.begin() + static_cast<std::ptrdiff_t>(row.end), [&](const Token& token) {
                       constexpr std::uint32_t kI = WordHash("i");
                       return people_->contains(token.hash) && (token.hash != kI || token.has_upper);
                     });
}

// At least as many items are called like nobody as hold a find, and hardly one is said in small letters.
bool RowRules::IsOfThings(const Scan& scan, Row& row, const Find& asked, const std::vector<Find>& finds) const {
  constexpr std::size_t kItemsMin = 3, kWordsMax = 6, kLongWordsMax = 8;
  const std::size_t things_min = asked.detector->entity == Entity::kAddress ? 3 : 2;
  if (row.items.size() < kItemsMin || TellsOfPeople(scan, row)) return false;
  const std::uint32_t begin = scan.tokens[row.first].begin, end = scan.tokens[row.end - 1].end;
  for (const Find& find : finds) {
    if (find.detector == nullptr || find.begin >= end || find.end <= begin) continue;
    if (!IsOfAnything(find) && find.detector->entity != Entity::kAddress) return false;
    for (Item& item : row.items) {
      const std::uint32_t item_begin = scan.tokens[item.first].begin;
      item.named = item.named || (find.begin < scan.tokens[item.end - 1].end && find.end > item_begin);
      item.begins = item.begins || find.begin == item_begin;
    }
  }
  std::size_t things = 0, named = 0, like = 0, small = 0;
  for (const Item& item : row.items) {
    const Token& first = scan.tokens[item.first];
    const bool one = item.end == item.first + 1;
    if (one && (first.all_digits() || first.size() == 1)) return false;  // a row of a table about somebody
    if (item.end - item.first > (item.begins ? kLongWordsMax : kWordsMax)) return false;  // a sentence
    const bool like_person = one && IsNameOfPeople(first);
    if (item.named)
      ++named;
    else if (like_person)
      ++like;
    else if (first.upper_first || first.digits > 0)
      ++things;
    else
      ++small;
  }
  return things >= things_min && things >= named && things >= like && small * 2 <= things;
}

// "Berlin, Erkner": a listed town that is the whole item.
bool RowRules::IsTownAlone(const Scan& scan, const Row& row, const Find& find) const {
  if (find.detector->entity != Entity::kLocation) return false;
  const std::size_t first = scan.TokenAt(find.begin), end = scan.TokenAt(find.end);
  const bool whole =
      std::ranges::any_of(row.items, [&](const Item& item) { return item.first == first && item.end == end; });
  return whole && (model_->ListsOf(scan.tokens[first].hash) & (kTown | kCountry)) != 0;
}

// A given name and a surname, and nothing of the item behind them.
bool RowRules::IsWholePerson(const Scan& scan, const Find& find) const {
  const std::size_t first = scan.TokenAt(find.begin), end = scan.TokenAt(find.end);
  if (find.detector->entity != Entity::kPerson || end < first + 2 || end > scan.tokens.size()) return false;
  const bool listed = (model_->ListsOf(scan.tokens[first].hash) & kGivenName) != 0 &&
                      (model_->ListsOf(scan.tokens[end - 1].hash) & kSurname) != 0;
  const bool goes_on = end < scan.tokens.size() && scan.IsBetween(end - 1, ' ') && !IsAnd(scan.tokens[end]);
  return listed && !goes_on;
}

// "basil 'Genovese'": what stands alone in single quotes is called so, and nobody.
bool RowRules::IsQuoted(const Scan& scan, const Find& find) {
  const std::string_view before = scan.text.substr(0, find.begin), behind = scan.text.substr(find.end);
  const std::size_t at = scan.TokenAt(find.begin);
  if (at == 0 || (scan.Between(at - 1) != " '" && scan.Between(at - 1) != " \u2018")) return false;  // "name: 'Ana'"
  const bool plain = before.ends_with("'") && behind.starts_with("'") && !behind.starts_with("'s");
  const bool curly = !before.ends_with("'") && behind.starts_with("\u2019");
  return plain || curly;
}

// "Sjögren's", with nothing that is somebody's behind it: two of them are diseases, shops or makes.
bool RowRules::IsOnePossessive(const Scan& scan, const Find& find) {
  const std::size_t end = scan.TokenAt(find.end);
  if (find.detector->entity != Entity::kPerson || end >= scan.tokens.size() || scan.Of(scan.tokens[end]) != "s")
    return false;
  if (end == 0 || !scan.IsBetween(end - 1, '\'')) return false;
  return end + 1 == scan.tokens.size() || !scan.IsBetween(end, ' ') || IsAnd(scan.tokens[end + 1]) ||
         IsBeing(scan.tokens[end + 1]);
}

// "Black Forest 8 slices, Sachertorte 12, Opera 10": parts with a name and a number of their own, and no postal code.
bool RowRules::IsOfGoods(const Scan& scan, const Find& address) const {
  constexpr std::size_t kNumberedMin = 3;
  std::size_t streets = 0;
  constexpr std::uint32_t kCodeDigits = 5;
  const std::size_t first = scan.TokenAt(address.begin), end = std::min(scan.TokenAt(address.end), scan.tokens.size());
  std::size_t numbered = 0;
  bool named = false;  // the part begins with a capital letter, and no number stood in it yet
  for (std::size_t i = first; i < end; ++i) {
    const Token& token = scan.tokens[i];
    if (token.digits >= kCodeDigits) return false;
    streets += (model_->ListsOf(token.hash) & kStreetWord) != 0;
    const bool begins = i == first || IsSignOfRow(scan.Between(i - 1));
    if (begins) {
      named = token.upper_first;
    } else if (named && token.digits > 0) {
      ++numbered;
      named = false;
    }
  }
  return numbered >= kNumberedMin + (streets > 0);
}

void RowRules::DropThings(const Scan& scan, std::vector<Find>& finds) const {
  constexpr std::size_t kFindsMax = 64;  // a long text tells of somebody, and its rows are compared with all finds
  if (finds.empty() || finds.size() > kFindsMax) return;
  std::vector<const Find*> things;
  const auto possessives = std::ranges::count_if(
      finds, [&](const Find& find) { return find.detector != nullptr && IsOnePossessive(scan, find); });
  for (const Find& find : finds) {
    const bool address = find.detector != nullptr && find.detector->entity == Entity::kAddress;
    if (find.detector == nullptr || (!IsName(find) && !address)) continue;
    const std::size_t at = scan.TokenAt(find.begin);
    if (at >= scan.tokens.size()) continue;
    const bool of_two = possessives > 1 && IsOnePossessive(scan, find);
    if (of_two || IsQuoted(scan, find) || (address && IsOfGoods(scan, find))) {
      things.push_back(&find);
      continue;
    }
    if (find.detector->entity == Entity::kLocation) continue;
    Row row = RowAround(scan, at);
    if (IsTownAlone(scan, row, find)) continue;
    if (IsOfThings(scan, row, find, finds) && !IsWholePerson(scan, find)) things.push_back(&find);
  }
  if (things.empty()) return;
  std::vector<Find> left;
  left.reserve(finds.size());
  for (const Find& find : finds) {
    if (std::ranges::find(things, &find) == things.end()) left.push_back(find);
  }
  finds = std::move(left);
}

}  // namespace privity::detect
