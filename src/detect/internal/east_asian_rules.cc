#include "detect/internal/east_asian_rules.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "detect/internal/letters.h"

namespace privity::detect {
namespace {

constexpr double kNamed = 0.75;
constexpr double kAddressed = 0.7;
constexpr double kAddress = 0.75;
constexpr double kDate = 0.85;
constexpr std::size_t kGivenMax = 3;
constexpr std::size_t kAddressTokensMax = 16;
constexpr std::size_t kSurnameMax = 3;

// Words that a name follows, in this token or the next.
constexpr std::array<std::string_view, 28> kBeforeNames = {
    "我叫",   "名叫",   "姓名", "名字",   "患者",   "病人", "客户", "联系人", "收件人", "申请人",
    "负责人", "持卡人", "本人", "聯絡人", "收件者", "客戶", "氏名", "お名前", "担当者", "申込者",
    "契約者", "이름은", "이름", "성명",   "성함",   "고객", "환자", "신청인"};
// Forms of address, which follow a name, and where somebody lives.
constexpr std::array<std::string_view, 15> kAfterNames = {
    "先生", "女士", "小姐", "同学", "老师", "様", "さん", "さま", "님", "씨", "大夫", "殿", "住在", "家住", "居住在"};
// What an address follows.
constexpr std::array<std::string_view, 16> kBeforeAddresses = {"居住在", "住在",   "家住", "地址是", "地址", "住址",
                                                               "位于",   "寄到",   "送到", "搬到",   "现居", "住所は",
                                                               "住所",   "주소는", "주소", "在"};

bool IsOneOfLetters(char32_t c, std::u32string_view letters) {
  return letters.find(c) != letters.npos;
}
// Provinces, towns and districts; streets, blocks and houses.
bool IsDistrict(char32_t c) {
  return IsOneOfLetters(c, U"省市区县縣都府県郡시도구군");
}
bool IsStreet(char32_t c) {
  return IsOneOfLetters(c, U"路街道巷弄镇鎮乡村町丁目番동읍면로길");
}
bool IsHouse(char32_t c) {
  return IsOneOfLetters(c, U"号號室楼樓栋幢层層单元座丁目番地호층동번지");
}
// What no given name holds and often follows one.
bool EndsName(char32_t c) {
  return IsOneOfLetters(c, U"是在的住于於和与與说說様はがをにのと氏从到来去这那我你他她已将人们們");
}
bool IsHangul(char32_t c) {
  return c >= 0xAC00;
}

bool StandsAt(const Scan& scan, std::uint32_t byte, std::string_view word) {
  return scan.text.compare(byte, word.size(), word) == 0;
}

std::size_t CountLetters(std::string_view word) {
  std::size_t n = 0;
  for (std::size_t at = 0; at < word.size(); at += ReadCodePoint(word, at).bytes) ++n;
  return n;
}

}  // namespace

EastAsianRules::EastAsianRules(const NameModel& model, const std::vector<std::shared_ptr<const DetectorFile>>& files)
    : model_(model) {
  for (const auto& file : files) {
    const std::string& id = file->pack.id;
    if (id == "full-name") person_ = file.get();
    if (id == "street-address") street_ = file.get();
    if (id == "date") date_ = file.get();
    if (id == "age") age_ = file.get();
  }
}

void EastAsianRules::ReadLetters(const Scan& scan, std::size_t token, Letters& letters) const {
  letters.clear();
  for (std::uint32_t at = scan.tokens[token].begin; at < scan.tokens[token].end;) {
    const CodePoint c = ReadCodePoint(scan.text, at);
    letters.push_back({c.value, at});
    at += c.bytes;
  }
  letters.push_back({0, scan.tokens[token].end});  // where the last one ends
  scan.steps += letters.size();
}

bool EastAsianRules::IsSurname(const Scan& scan, const Letters& letters, std::size_t first, std::size_t end) const {
  const std::string_view word = scan.text.substr(letters[first].begin, letters[end].begin - letters[first].begin);
  return (model_.ListsOf(WordHash(word)) & kSurname) != 0;
}

// The longest surname that begins at a letter; `first` when none does.
std::size_t EastAsianRules::SurnameEnd(const Scan& scan, const Letters& letters, std::size_t first) const {
  for (std::size_t n = std::min(kSurnameMax, letters.size() - 1 - first); n > 0; --n) {
    if (IsSurname(scan, letters, first, first + n)) return first + n;
  }
  return first;
}

// The letter behind a name that begins at `first`, or `first`.
std::size_t EastAsianRules::NameEnd(const Scan& scan, const Letters& letters, std::size_t first) const {
  const std::size_t surname = SurnameEnd(scan, letters, first), last = letters.size() - 1;
  if (surname == first) return first;
  const bool japanese = surname - first >= 2;
  const std::size_t given = japanese ? kGivenMax : 2;
  std::size_t end = surname;
  const auto addressed = [&](std::size_t at) {
    return std::ranges::any_of(kAfterNames, [&](auto word) { return StandsAt(scan, letters[at].begin, word); });
  };
  while (end < last && end - surname < given && !EndsName(letters[end].value) && !addressed(end)) ++end;
  return end == surname && !japanese ? first : end;
}

void EastAsianRules::FindNameFrom(const Scan& scan, std::size_t token, const Letters& letters, std::size_t first,
                                  std::vector<Find>& finds) const {
  const std::size_t end = NameEnd(scan, letters, first);
  if (end == first) return;
  std::uint32_t until = letters[end].begin;
  // "佐藤 美咲": surname and given name apart.
  const bool ends_token = end + 1 == letters.size();
  if (ends_token && token + 1 < scan.tokens.size() && scan.Between(token) == " " && !IsHangul(letters[first].value)) {
    Letters next;
    ReadLetters(scan, token + 1, next);
    if (next.size() - 1 <= kGivenMax && IsEastAsian(next[0].value)) until = scan.tokens[token + 1].end;
  }
  finds.push_back({letters[first].begin, until, person_, kNamed});
}

// The name at the begin of a token.
void EastAsianRules::FindNameIn(const Scan& scan, std::size_t token, std::vector<Find>& finds) const {
  Letters letters;
  ReadLetters(scan, token, letters);
  if (IsEastAsian(letters[0].value)) FindNameFrom(scan, token, letters, 0, finds);
}

void EastAsianRules::FindNames(const Scan& scan, std::size_t token, const Letters& letters,
                               std::vector<Find>& finds) const {
  static constexpr std::array<std::string_view, 8> kSigns = {":", "：", ": ", "： ", " ", "", "「", "|"};
  const std::size_t n = letters.size() - 1;
  for (std::size_t i = 0; i < n; ++i) {
    const auto stands = [&](std::string_view word) { return StandsAt(scan, letters[i].begin, word); };
    if (const auto cue = std::ranges::find_if(kBeforeNames, stands); cue != kBeforeNames.end()) {
      std::size_t first = i + CountLetters(*cue);
      while (first < n && IsOneOfLetters(letters[first].value, U"是为為は")) ++first;
      if (first < n) FindNameFrom(scan, token, letters, first, finds);
      const bool next = first == n && token + 1 < scan.tokens.size();
      if (next && std::ranges::find(kSigns, scan.Between(token)) != kSigns.end()) FindNameIn(scan, token + 1, finds);
    }
    const auto address = std::ranges::find_if(kAfterNames, stands);
    if (address == kAfterNames.end()) continue;
    for (std::size_t length = std::min<std::size_t>(i, 5); length >= 2; --length) {
      if (NameEnd(scan, letters, i - length) != i) continue;
      finds.push_back({letters[i - length].begin, letters[i].begin, person_, kAddressed});
      break;
    }
    // "박서준 님": apart.
    const bool apart = i == 0 && token > 0 && scan.Between(token - 1) == " ";
    if (!apart || !IsHangul(letters[0].value)) continue;
    Letters before;
    ReadLetters(scan, token - 1, before);
    if (before.size() - 1 <= 4 && IsEastAsian(before[0].value) && NameEnd(scan, before, 0) == before.size() - 1)
      finds.push_back({before[0].begin, before.back().begin, person_, kAddressed});
  }
}

// "서울 강남구": in short form a Korean province or town does not say that it is one.
bool EastAsianRules::IsTownInShort(const Scan& scan, std::size_t token, const Letters& letters) const {
  constexpr std::size_t kLetters = 2;
  const bool may_be = letters.size() - 1 == kLetters && IsHangul(letters[0].value) && token + 1 < scan.tokens.size();
  if (!may_be || scan.Between(token) != " ") return false;
  Letters next;
  ReadLetters(scan, token + 1, next);
  return next.size() > kLetters && IsHangul(next[0].value) && IsDistrict(next[next.size() - 2].value);
}

// The token behind an address that begins in this one, or the token itself.
std::size_t EastAsianRules::FindAddress(const Scan& scan, std::size_t token, const Letters& letters,
                                        std::vector<Find>& finds) const {
  std::size_t districts = 0, streets = 0, numbers = 0, end = token;
  std::uint32_t until = 0;
  const bool begins = IsTownInShort(scan, token, letters) ||
                      std::ranges::any_of(letters, [](const Letter& letter) { return IsDistrict(letter.value); });
  if (!begins) return token;
  for (std::size_t i = token; i < scan.tokens.size() && i < token + kAddressTokensMax; ++i) {
    if (i > token) {
      const std::string_view between = scan.Between(i - 1);
      if (between != "" && between != "-" && between != " " && between != "−") break;
    }
    if (scan.tokens[i].all_digits()) {
      if (scan.tokens[i].size() > 4) break;
      if (districts > 0) {
        ++numbers;
        until = scan.tokens[i].end;
        end = i + 1;
      }
      continue;
    }
    Letters own;
    ReadLetters(scan, i, own);
    if (!IsEastAsian(own[0].value)) break;
    if (numbers > 0) {  // "100号", "12층", and what follows the house is no more of it
      std::size_t house = 0;
      while (house + 1 < own.size() && IsHouse(own[house].value)) ++house;
      if (house == 0) break;
      until = own[house].begin;
      end = i + 1;
      if (house + 1 < own.size()) break;
      continue;
    }
    for (std::size_t k = 1; k + 1 < own.size(); ++k) {
      // In Korean each part is a word and ends with what it is.
      if (IsHangul(own[k].value) && k + 2 != own.size()) continue;
      districts += IsDistrict(own[k].value);
      streets += IsStreet(own[k].value);
    }
  }
  if (districts == 0 || districts + streets < 2 || numbers == 0) return token;
  std::size_t begin = 0;
  for (std::size_t i = 0; i + 1 < letters.size() && !IsDistrict(letters[i].value); ++i) {
    for (const std::string_view cue : kBeforeAddresses) {
      if (StandsAt(scan, letters[i].begin, cue)) begin = std::max(begin, i + CountLetters(cue));
    }
  }
  if (begin + 1 >= letters.size()) return token;
  finds.push_back({letters[begin].begin, until, street_, kAddress});
  return end;
}

// "2023年4月12日", "5月10日", "2023년 4월 12일"; "56岁", "34세".
void EastAsianRules::FindDateOrAge(const Scan& scan, std::size_t token, const Letters& letters,
                                   std::vector<Find>& finds) const {
  if (token == 0 || !scan.tokens[token - 1].all_digits() || scan.Between(token - 1) != "") return;
  const auto digits_before = [&](std::size_t at) { return at > 0 ? scan.tokens[at - 1].size() : 0; };
  if (IsOneOfLetters(letters[0].value, U"岁歲歳才세") && digits_before(token) <= 3) {
    const bool said = letters[0].value != U'才' || letters.size() == 2;  // 才 is a word of its own in Chinese
    if (said) finds.push_back({scan.tokens[token - 1].begin, letters[1].begin, age_, kDate});
    return;
  }
  if (!IsOneOfLetters(letters[0].value, U"日일号") || digits_before(token) > 2) return;
  const auto is_unit = [&](std::size_t at, std::u32string_view units) {
    return IsOneOfLetters(ReadCodePoint(scan.text, scan.tokens[at].begin).value, units);
  };
  if (token < 3 || !is_unit(token - 2, U"月월") || !scan.tokens[token - 3].all_digits()) return;
  std::size_t first = token - 3;
  if (token >= 5 && is_unit(token - 4, U"年년") && digits_before(token - 4) == 4 && scan.tokens[token - 5].all_digits())
    first = token - 5;
  finds.push_back({scan.tokens[first].begin, letters[1].begin, date_, kDate});
}

void EastAsianRules::FindAll(const Scan& scan, std::vector<Find>& finds) const {
  if (scan.east_asian.empty() || person_ == nullptr || street_ == nullptr || date_ == nullptr || age_ == nullptr)
    return;
  Letters letters;
  std::size_t address_until = 0;
  for (const std::uint32_t token : scan.east_asian) {
    ReadLetters(scan, token, letters);
    FindDateOrAge(scan, token, letters, finds);
    if (token >= address_until) {
      const std::size_t end = FindAddress(scan, token, letters, finds);
      if (end > token) address_until = end;
    }
    FindNames(scan, token, letters, finds);
  }
}

}  // namespace privity::detect
