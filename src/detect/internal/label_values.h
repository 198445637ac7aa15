// What values look like behind their labels and in the cells of tables: how many bytes of a text are one.
#pragma once

#include <cstddef>
#include <string_view>

#include "detect/detector_file.h"
#include "detect/internal/letters.h"
#include "detect/internal/vocabulary.h"

namespace privity::detect {

// What a value of an entity looks like.
enum class ValueForm { kNone, kNumber, kWord, kName, kPhrase, kPostalCode, kAge, kLine };

ValueForm FormOf(const DetectorFile& file);

inline bool IsWordByte(char c) {
  return IsAsciiAlnum(c) || static_cast<unsigned char>(c) >= 0x80;
}
std::size_t CountDigits(std::string_view text);
// "AK", "МЕ".
bool AreFewCapitals(std::string_view word);
// Groups of letters and digits with single signs between them; a group without digits ends it, but for a short first.
std::size_t NumberEnd(std::string_view text);
// The name of an account; `alone`: nothing but the value stands there.
std::size_t UsernameEnd(std::string_view text, bool alone);

class LabelValues {
 public:
  // Borrows `words`.
  explicit LabelValues(const LabelVocabulary& words) : words_(words) {}

  // How many bytes of `text` are such a value; 0 for none.
  std::size_t End(const DetectorFile& file, std::string_view text, bool alone) const;
  std::size_t PlateEnd(std::string_view text) const;
  std::size_t TitleEnd(std::string_view text) const;

 private:
  bool SaysNothing(std::string_view value) const;

  const LabelVocabulary& words_;
};

}  // namespace privity::detect
