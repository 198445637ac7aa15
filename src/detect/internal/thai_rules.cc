#include "detect/internal/thai_rules.h"

#include <algorithm>
#include <array>

#include "detect/internal/letters.h"

namespace privity::detect {
namespace {

constexpr double kAddressed = 0.7;
constexpr std::size_t kNameBytesMin = 6, kNameBytesMax = 60;  // of one word; a letter has three

// "Mr", "Mrs", "Miss", "Khun", boy, girl, doctor; the longer before those that they begin with.
constexpr std::array<std::string_view, 12> kForms = {"นางสาว", "เด็กชาย", "เด็กหญิง", "น.ส.", "ด.ช.", "ด.ญ.",
                                                     "นาย",    "นาง",    "คุณ",     "ดร.",  "นพ.",  "พญ."};
// What follows one of them within a word: prime minister, employer, agent, nurse, model, quality, property, value.
constexpr std::array<std::string_view, 26> kWithinWords = {
    "กรัฐมนตรี", "กเทศมนตรี", "ก",    "หน้า", "จ้าง",  "ทุน",    "อำเภอ",   "ท่า", "พยาบาล", "แบบ", "ฟ้า", "เอก", "งาม",
    "ไทย",     "ภาพ",      "สมบัติ", "ค่า",  "ธรรม", "ลักษณะ", "ประโยชน์", "วุฒิ", "แม่",     "พ่อ",  "ครู", "หมอ", "ลูกค้า"};

// The end of the Thai letters that begin at `at`.
std::size_t EndOfThai(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    const CodePoint c = ReadCodePoint(text, at);
    if (c.value < 0x0E01 || c.value > 0x0E4E) break;
    at += c.bytes;
  }
  return at;
}

bool IsName(std::size_t begin, std::size_t end) {
  return end - begin >= kNameBytesMin && end - begin <= kNameBytesMax;
}

}  // namespace

ThaiRules::ThaiRules(const std::vector<std::shared_ptr<const DetectorFile>>& files) {
  for (const auto& file : files) {
    if (file->pack.id == "full-name") person_ = file.get();
  }
}

bool ThaiRules::MayBegin(const Scan& scan, const Token& token) {
  const std::string_view first = scan.text.substr(token.begin, 2);
  return first == "\xE0\xB8" || first == "\xE0\xB9";
}

std::size_t ThaiRules::Find(const Scan& scan, std::size_t at, std::vector<detect::Find>& finds) const {
  const std::size_t begin = scan.tokens[at].begin;
  const std::string_view text = scan.text.substr(begin, 3 * kNameBytesMax);
  const auto form = std::find_if(kForms.begin(), kForms.end(), [&](std::string_view f) { return text.starts_with(f); });
  if (person_ == nullptr || form == kForms.end()) return at;
  const bool spaced = text.substr(form->size()).starts_with(' ');
  const std::size_t given = form->size() + (spaced ? 1 : 0);
  const std::size_t given_end = EndOfThai(text, given);
  const std::string_view word = text.substr(given, given_end - given);
  const bool within = !spaced && !form->ends_with('.') &&
                      std::any_of(kWithinWords.begin(), kWithinWords.end(), [&](std::string_view w) {
                        return word.starts_with(w) && (w.size() > 3 || word == w);
                      });
  if (within || !IsName(given, given_end) || !text.substr(given_end).starts_with(' ')) return at;
  const std::size_t surname_end = EndOfThai(text, given_end + 1);
  if (!IsName(given_end + 1, surname_end)) return at;
  finds.push_back({static_cast<std::uint32_t>(begin + given), static_cast<std::uint32_t>(begin + surname_end), person_,
                   kAddressed});
  std::size_t next = at + 1;
  while (next < scan.tokens.size() && scan.tokens[next].begin < begin + surname_end) ++next;
  return next;
}

}  // namespace privity::detect
