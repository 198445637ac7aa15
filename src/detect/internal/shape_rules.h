// Finds whose form is too rich for a pattern: addresses of mail and network, dates, ages, telephone numbers, places on
// the globe, assignments of secrets. Each reports under the detector file that describes it; without that file it is
// off.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "detect/internal/place_memory.h"
#include "detect/internal/shape_cues.h"
#include "detect/internal/text_rules.h"
#include "detect/internal/vocabulary.h"
#include "detect/internal/word_set.h"

namespace privity::detect {

// Whether a day, the name of a month and a year begin there: "12 марта 1985".
bool BeginsWrittenDate(const Scan& scan, std::size_t at);

// Numbers that cost the caller nothing, or that firms pay for, are a service's and nobody's: 0800 and 0808 in most of
// Europe, 00800 of every country (ITU-T E.169.1), 900 to 902 in Spain, 0120 and 0800 in Japan. Of digits in groups.
bool IsServiceNumber(std::string_view groups);

class ShapeRules {
 public:
  // Borrows the words.
  ShapeRules(const std::vector<std::shared_ptr<const DetectorFile>>& files, const GazetteerFile& gazetteer,
             const Vocabulary& words);

  void FindAll(const Scan& scan, std::vector<Find>& finds) const;

 private:
  // The tokens of a text at which something may begin, each list ascending.
  struct Places {
    struct Word {
      std::uint32_t token = 0;
      const ShapeCue* cue = nullptr;  // null: it has digits
    };
    PlaceMemory memory;
    PlaceMemory::List<Word> words = memory.Make<Word>();
    PlaceMemory::List<std::uint32_t> domains = memory.Make<std::uint32_t>();    // before a top domain, or www
    PlaceMemory::List<std::uint32_t> addresses = memory.Make<std::uint32_t>();  // short ones with a sign behind them
  };

  // Up to where dates and telephone numbers have been found.
  struct Taken {
    std::size_t dates = 0;     // tokens
    std::uint32_t phones = 0;  // bytes
  };

  void Report(std::size_t begin, std::size_t end, const DetectorFile* file, double score,
              std::vector<Find>& finds) const;
  bool WordNear(const Scan& scan, std::size_t token, const WordSet& words) const;

  void FindEmails(const Scan& scan, std::vector<Find>& finds) const;
  void FindEncodedEmail(const Scan& scan, std::size_t sign, std::vector<Find>& finds) const;
  void FindSpelledEmail(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  void ReadPlaces(const Scan& scan, Places& places) const;
  void ReadCue(const Scan& scan, std::uint32_t token, Places& places) const;
  void FindUrls(const Scan& scan, const Places& places, std::vector<Find>& finds) const;
  bool IsDayOfWeek(const Token& token) const;
  bool IsVersion(const Scan& scan, std::size_t first) const;
  void ReportIpV4(const Scan& scan, std::size_t first, std::size_t end, std::vector<Find>& finds) const;
  void FindNetworkAddresses(const Scan& scan, const Places& places, std::vector<Find>& finds) const;
  static const ShapeCue* CueOf(const Places& places, std::size_t place, std::size_t token);
  static bool IsCueNear(const Places& places, std::size_t place, bool ShapeCue::*kind);
  void FindAtNumber(const Scan& scan, const Places& places, std::size_t place, Taken& taken,
                    std::vector<Find>& finds) const;
  std::size_t FindDateAtNumber(const Scan& scan, const Places& places, std::size_t place,
                               std::vector<Find>& finds) const;
  static bool IsMonthBehind(const Places& places, std::size_t place);
  std::size_t FindDate(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  std::size_t FindWrittenDate(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  static std::size_t EndOfIsoTime(const Scan& scan, std::size_t day_and_hour);
  void ReportDate(const Scan& scan, std::size_t first, std::size_t last, double score, std::vector<Find>& finds) const;
  std::size_t FindDayOfMonth(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  std::size_t FindYear(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  std::size_t FindDayOfWeek(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  bool IsLogStamp(const Scan& scan, std::size_t at) const;
  bool IsLineStamp(const Scan& scan, std::size_t month) const;
  bool MayBeAge(const Scan& scan, const Places& places, std::size_t place) const;
  std::size_t BehindYearsOld(const Scan& scan, std::size_t at) const;
  bool IsAgeOfSomebody(const Scan& scan, std::size_t at) const;
  bool IsAgeCutShort(const Scan& scan, std::size_t at) const;
  bool IsAgeInBrackets(const Scan& scan, std::size_t at) const;
  std::size_t BehindYearsAndMonths(const Scan& scan, std::size_t unit) const;
  bool IsMonthOfSomebody(const Scan& scan, std::size_t at) const;
  std::size_t FindDayAndMonth(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  void FindAge(const Scan& scan, const Places& places, std::size_t place, std::vector<Find>& finds) const;
  bool IsSpanOfTime(const Scan& scan, std::size_t at) const;
  bool IsAgeOfAChild(const Scan& scan, std::size_t at) const;
  bool IsAgeBetweenCommas(const Scan& scan, std::size_t at) const;
  bool IsAgeBehindSex(const Scan& scan, std::size_t at) const;
  void FindPhone(const Scan& scan, const Places& places, std::size_t place, std::vector<Find>& finds) const;
  void FindCoordinates(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  void FindAssignment(const Scan& scan, std::size_t at, const ShapeCue& cue, std::vector<Find>& finds) const;
  void FindEncodedLogin(const Scan& scan, const Token& word, std::vector<Find>& finds) const;
  void FindKeyOfQuery(const Scan& scan, const Token& word, std::vector<Find>& finds) const;
  void FindInHeader(const Scan& scan, const Token& word, std::vector<Find>& finds) const;
  void FindSecondArgument(const Scan& scan, const Token& word, std::vector<Find>& finds) const;
  void FindSeedPhrase(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  void FindWifiCode(const Scan& scan, const Token& word, std::vector<Find>& finds) const;
  void FindOracleLogin(const Scan& scan, const Token& word, std::vector<Find>& finds) const;
  void FindPuttyKey(const Scan& scan, const Token& word, std::vector<Find>& finds) const;
  void FindLed(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  void FindPin(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  void FindJapaneseCode(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  void FindOptionOf(const Scan& scan, const Token& program, std::vector<Find>& finds) const;
  void FindPrivateKey(const Scan& scan, const Token& begin, std::size_t& ends, std::vector<Find>& finds) const;

  const Vocabulary& words_;
  WordMap<ShapeCue> cues_;
  WordTable cue_words_;
  WordSet before_year_, of_a_life_;
  const DetectorFile* email_;
  const DetectorFile* url_;
  const DetectorFile* ip_;
  const DetectorFile* device_;
  const DetectorFile* date_;
  const DetectorFile* birth_date_;
  const DetectorFile* age_;
  const DetectorFile* phone_;
  const DetectorFile* postal_code_;
  const DetectorFile* coordinates_;
  const DetectorFile* password_;
  const DetectorFile* credentials_;
};

}  // namespace privity::detect
