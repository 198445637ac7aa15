// How the values of one column are written, taken together: the signs between digits and letters, and how many ways
// of writing there are, tell of telephones, plates and accounts that no plan, list or check digit knows; and of numbers
// that are counted up or are those of goods.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace privity::detect {

class WrittenColumn {
 public:
  enum class Kind { kNone, kPhones, kPlates, kBankAccounts, kChassisNumbers, kResidentNumbers };

  void Read(std::string_view value);  // each distinct one

  Kind Tell() const;
  // What is grouped like telephones is a quantity, a number of goods, or counted up with zeros before it.
  bool RefutesPhones() const;
  // The letters are those of a series, "RAL 6021", "TBX-117": each plate has its own.
  bool RefutesPlates() const;
  // "5.30.74" among "5.3.7": versions, some of which could be dates.
  bool RefutesDates() const;
  // Numbers of books have a check digit as those of the National Health Service do, which begin with a 4, a 6 or a 7.
  bool ArePatients() const;
  // "100200300", "100200307": numbers that follow one another have the digits of a date and a check digit by chance.
  bool AreCounted() const;

 private:
  // Of a telephone or of what looks like one.
  struct Digits {
    std::size_t values = 0;
    std::size_t with_signs = 0;       // a plus, brackets or an extension
    std::size_t with_extensions = 0;  // "x5045", "ext. 12"
    std::size_t long_enough = 0;      // as numbers are that are not only local
    std::size_t low_first = 0;        // without a sign before it, a first digit that numbering plans leave out
    std::size_t padded = 0;           // "0000058739"
    std::size_t thousands = 0, short_thousands = 0;
    std::map<std::string, std::size_t> ways = {};
    std::set<std::size_t> lengths = {};  // in digits
  };
  struct Plates {
    std::size_t values = 0, of_few_runs = 0, of_some_runs = 0, in_groups = 0, bytes = 0, letters = 0;
    std::size_t shortest = 0, longest = 0;
    std::size_t of_digits = 0;                       // no letter
    std::map<std::string, std::size_t> orders = {};  // of letters and digits, without signs
    std::map<std::string, std::size_t> series = {};  // letters
  };

  void ReadPhone(std::string_view value);
  void ReadPlate(std::string_view value);
  bool ArePhones() const;
  bool ArePlainPhones() const;
  bool ArePlates() const;
  bool Most(std::size_t count, double share) const {
    return static_cast<double>(count) >= share * static_cast<double>(values_);
  }

  std::size_t all_ = 0;
  std::size_t values_ = 0;  // with digits: words among them say nothing
  std::size_t accounts_ = 0, chassis_numbers_ = 0, resident_numbers_ = 0, goods_ = 0, no_dates_ = 0, patients_ = 0;
  std::vector<std::string> plain_ = {};  // values of digits alone
  Digits phones_ = {};
  Plates plates_ = {};
};

}  // namespace privity::detect
