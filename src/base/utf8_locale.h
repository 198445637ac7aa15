// Libraries that turn text into the thread's locale and back (libarchive) keep only ASCII in "C", to which this program
// keeps.
#pragma once

#include <locale.h>

namespace privity {

// While it stands, the calling thread's characters are UTF-8. Ends on the thread on which it began.
class Utf8Locale {
 public:
  Utf8Locale() : locale_(newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)), before_(uselocale(locale_)) {}
  ~Utf8Locale() {
    uselocale(before_);
    if (locale_ != nullptr) freelocale(locale_);
  }
  Utf8Locale(const Utf8Locale&) = delete;
  Utf8Locale& operator=(const Utf8Locale&) = delete;

 private:
  locale_t locale_;
  locale_t before_;
};

}  // namespace privity
