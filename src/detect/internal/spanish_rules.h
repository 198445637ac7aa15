// What forms, reports and letters in Spanish name otherwise than running text: values behind the heads of their fields,
// institutions from their first word to their last, towns behind "natural de", ages and sexes cut short; and what in
// such texts looks like somebody's and is not. Runs behind all other finders, on what they have found.
#pragma once

#include <memory>
#include <vector>

#include "detect/internal/job_rules.h"
#include "detect/internal/name_model.h"
#include "detect/internal/text_rules.h"
#include "detect/internal/word_set.h"

namespace privity::detect {

class SpanishRules {
 public:
  // Borrows the model and the jobs.
  SpanishRules(const NameModel& model, const JobRules& jobs, const GazetteerFile& gazetteer,
               const std::vector<std::shared_ptr<const DetectorFile>>& files);

  // Of a text in Spanish: adds to its finds, sets their borders right, and drops some.
  void Mend(const Scan& scan, std::vector<Find>& finds) const;

 private:
  // What a word may begin: bits.
  enum Lead : std::uint32_t {
    kPersonHead = 1,          // "Paciente:"
    kOrganizationHead = 2,    // "Obra social:"
    kWhenceHead = 4,          // "Procedencia:", of an institution or of a ward
    kPlaceHead = 8,           // "Localidad:"
    kSexHead = 16,            // "Sexo"
    kCodeHead = 32,           // "CP"
    kOtherHead = 64,          // "Teléfono"
    kHouse = 128,             // "Hospital"
    kShortHouse = 256,        // "CEIP", in capitals
    kBody = 512,              // "IMSS", which is an institution alone
    kFrom = 1024,             // "natural", "vecina"
    kOfStreet = 2048,         // "Barriada"
    kRelative = 4096,         // "Padre" where it begins a sentence
    kSex = 8192,              // "Mujer" likewise
    kFormerly = 16384,        // "antiguo" minero
    kDayWord = 1 << 15,       // "treinta" de junio
    kProfessional = 1 << 16,  // la "psicóloga" de Juana
    kNobodys = 1 << 17,       // "Ante" mí
    kNationNumber = 1 << 18,  // "DUI"
    kTaxNumber = 1 << 19,     // "RFC"
    kHealthNumber = 1 << 20,  // "NSS"
    kCaseNumber = 1 << 21     // "CUIJ"
  };
  static constexpr std::uint32_t kNumberHead = kNationNumber | kTaxNumber | kHealthNumber | kCaseNumber;
  static constexpr std::uint32_t kHead =
      kPersonHead | kOrganizationHead | kWhenceHead | kPlaceHead | kSexHead | kCodeHead | kOtherHead;

  // The tokens [first, end) of a text and the finds that begin in them.
  struct Part {
    std::size_t first = 0, end = 0;
  };

  // spanish_rules.cc: fields and institutions.
  void MendPart(const Scan& scan, const Part& part, std::vector<Find>& finds) const;
  std::uint32_t LeadsOf(const Token& token) const {
    const std::uint32_t* const leads = leads_.Find(token.hash);
    return leads == nullptr ? 0 : *leads;
  }
  std::uint16_t ListsOf(const Token& token) const { return model_->ListsOf(token.hash); }
  bool IsGiven(const Token& token) const;
  bool IsHeadOfField(const Scan& scan, std::size_t at, bool colons) const;
  bool IsFormWithoutColons(const Scan& scan, const Part& part) const;
  std::size_t FieldEnd(const Scan& scan, std::size_t first, bool colons) const;
  std::size_t NameEnd(const Scan& scan, std::size_t first, std::size_t end) const;
  void FindField(const Scan& scan, std::size_t head, bool colons, std::vector<Find>& finds) const;
  void FindPersonOfField(const Scan& scan, std::size_t first, std::size_t end, std::vector<Find>& finds) const;
  void FindOrganizationOfField(const Scan& scan, std::size_t first, std::size_t end, bool of_house,
                               std::vector<Find>& finds) const;
  std::size_t HouseEnd(const Scan& scan, std::size_t at) const;
  void FindHouse(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  void Put(const Scan& scan, std::size_t first, std::size_t last, const DetectorFile* file, double score,
           std::vector<Find>& finds) const;

  // spanish_rules_said.cc: where somebody is from, how old and of which sex, what they did, relatives.
  void FindWhence(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  void FindBeginOfSentence(const Scan& scan, std::size_t at, std::uint32_t leads, std::vector<Find>& finds) const;
  void FindAgeCutShort(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  void FindSexLetter(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  void FindFormerTrade(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  void FindTradeOfLine(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  void FindUnion(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  void FindJourney(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  void FindParents(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  void FindNamedRelative(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  void FindDay(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  void FindSpelledDate(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  void JoinDays(const Scan& scan, std::vector<Find>& finds) const;
  void FindMaskedNumber(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  void FindTownBehind(const Scan& scan, std::vector<Find>& finds) const;
  void FindAddress(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;

  // spanish_rules_people.cc: people by what they are in a case or a hospital, and who is seen for their work.
  void FindPersonOfRole(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  void FindPersonOfTrade(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  void FindSurnamesFirst(const Scan& scan, std::size_t comma, std::vector<Find>& finds) const;
  void FindResident(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  void FindInitials(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  void FindTitled(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  void FindTradeBehind(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  void FindRelative(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  void FindProfessional(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  void PartCouples(const Scan& scan, std::vector<Find>& finds) const;
  void MendTrade(const Scan& scan, Find& find) const;
  bool BeginsSentenceOnly(const Scan& scan, const Find& find) const;

  // spanish_rules_numbers.cc: numbers behind their heads, days without a year, ages in words or without a unit.
  void FindNumberOfHead(const Scan& scan, std::size_t at, std::uint32_t leads, std::vector<Find>& finds) const;
  void FindDayOfMonth(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  void FindSpelledAge(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  void FindAgesBehindPeople(const Scan& scan, std::vector<Find>& finds) const;
  void FindTown(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  void FindPlaceInCountry(const Scan& scan, std::size_t country, std::vector<Find>& finds) const;
  void FindPlacesBeforeDates(const Scan& scan, std::vector<Find>& finds) const;

  // spanish_rules_extents.cc: where finds begin and end, and which are none.
  void CutAtHeads(const Scan& scan, bool colons, std::vector<Find>& finds) const;
  void MendPerson(const Scan& scan, Find& find) const;
  void JoinSurnamesFirst(const Scan& scan, std::vector<Find>& finds) const;
  void MendPlace(const Scan& scan, Find& find) const;
  void MendOrganization(const Scan& scan, Find& find) const;
  void MendAddress(const Scan& scan, Find& find) const;
  void MendEndOfAddress(const Scan& scan, Find& find) const;
  void MendNumber(const Scan& scan, Find& find) const;
  void MendSex(const Scan& scan, Find& find) const;
  void PartRelatives(const Scan& scan, std::vector<Find>& finds) const;
  void PartAddresses(const Scan& scan, std::vector<Find>& finds) const;
  void FindCodeBehind(const Scan& scan, std::vector<Find>& finds) const;
  void PartPlaces(const Scan& scan, std::vector<Find>& finds) const;
  bool IsNobodysPerson(const Scan& scan, const Find& find) const;
  static bool IsLaw(const Scan& scan, const Find& find);
  bool IsNobodysNumber(const Scan& scan, const Find& find) const;
  void DropWhatNobodyIs(const Scan& scan, const Part& part, std::vector<Find>& finds) const;

  const NameModel* model_;
  const JobRules* jobs_;
  WordMap<std::uint32_t> leads_;
  WordSet of_many_houses_, given_words_, wards_, eponyms_, flats_;
  const DetectorFile* person_ = nullptr;
  const DetectorFile* place_ = nullptr;
  const DetectorFile* organization_ = nullptr;
  const DetectorFile* street_ = nullptr;
  const DetectorFile* postal_code_ = nullptr;
  const DetectorFile* gender_ = nullptr;
  const DetectorFile* age_ = nullptr;
  const DetectorFile* date_ = nullptr;
  const DetectorFile* family_ = nullptr;
  const DetectorFile* national_ = nullptr;
  const DetectorFile* marital_ = nullptr;
  const DetectorFile* tax_ = nullptr;
  const DetectorFile* health_ = nullptr;
  const DetectorFile* other_ = nullptr;
};

}  // namespace privity::detect
