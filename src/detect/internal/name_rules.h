// Names of people, places and organizations, and street addresses in free text: by the trained tagger, and where it is
// silent by forms of address before capital words and by the shape of streets.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "detect/internal/job_rules.h"
#include "detect/internal/name_borders.h"
#include "detect/internal/name_doubt.h"
#include "detect/internal/name_tagger.h"
#include "detect/internal/patient_rules.h"
#include "detect/internal/people_rules.h"
#include "detect/internal/row_rules.h"
#include "detect/internal/spanish_rules.h"
#include "detect/internal/text_rules.h"
#include "detect/internal/thai_rules.h"
#include "detect/internal/vocabulary.h"
#include "detect/internal/word_set.h"

namespace privity::detect {

class NameRules {
 public:
  // Borrows the words and the models.
  NameRules(const GazetteerFile& gazetteer, const Vocabulary& vocabulary, const NameModel& model,
            const NameDoubt& doubt, const std::vector<std::shared_ptr<const DetectorFile>>& files);

  void FindAll(const Scan& scan, std::vector<Find>& finds) const;
  // What a whole value may be: a given name, a surname, both, a place, a street, a job, the name of an account. "Paris"
  // is more than one of them; the other values of its column tell.
  void KindsOfValue(const Scan& scan, std::vector<const DetectorFile*>& kinds) const;
  // Of its first words, many are those that every Spanish sentence has.
  bool IsSpanish(const Scan& scan) const;

 private:
  // What may begin with a word, or go on with it: bits. Most words lead to nothing.
  enum Lead : std::uint8_t {
    kHonorific = 1,
    kBeforeStreet = 2,         // "calle"
    kCompanyBeginning = 4,     // "ООО"
    kSmallForm = 8,            // of a company, by its first word, that tells without a capital letter: "ltd"
    kBeginsSmall = 16,         // these, where they have no capital letter
    kSaid = 32,                // what a sentence says of somebody
    kInsideOrganization = 64,  // may stand behind the first word of an organization, small as it is
    kSpanishHouse = 128        // "Hotel" of "Hotel los Sauces": what stands behind it in Spanish may be any small word
  };

  // How many words of a value are of which kind.
  struct ValueWords {
    std::size_t given = 0, surnames = 0, names = 0, places = 0, jobs = 0, capitals = 0;
    bool organization = false;
    bool digits = false;
  };

  // name_rules.cc: the order of all, and what a rule may begin with.
  void FindByRules(const Scan& scan, std::vector<Find>& finds) const;
  std::size_t FindAtNumber(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  std::size_t FindAtWord(const Scan& scan, std::size_t at, std::uint8_t leads, std::vector<Find>& finds) const;
  static bool BeginsSmall(const Scan& scan, const Token& token, std::uint8_t leads);
  static bool MayBeStreet(const Scan& scan, std::size_t at, std::uint8_t leads);
  bool MayBeOrganization(const Scan& scan, std::size_t at, std::uint8_t leads) const;
  std::uint8_t LeadsOf(const Token& token) const {
    const std::uint8_t* const leads = leads_.Find(token.hash);
    return leads == nullptr ? 0 : *leads;
  }
  std::size_t FindAtCapital(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  std::size_t FindSaid(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  static bool IsCapital(const Scan& scan, std::size_t at) {
    return at < scan.tokens.size() && scan.tokens.data()[at].digits == 0 && scan.tokens.data()[at].upper_first;
  }
  bool Joined(const Scan& scan, std::size_t left) const;
  std::size_t RunEnd(const Scan& scan, std::size_t first) const;
  bool IsListed(const Token& token, std::uint16_t list) const;
  bool IsUnusual(const Token& token) const;
  bool IsGiven(const Token& token) const;
  bool IsSurname(const Scan& scan, const Token& token) const;
  void Report(const Scan& scan, std::size_t first, std::size_t last, const DetectorFile* file, double score,
              std::vector<Find>& finds) const;

  // name_rules_doubted.cc
  bool IsAddressed(const Scan& scan, std::size_t first) const;
  bool IsReceiver(const Scan& scan, std::size_t at) const;
  bool IsListedPlace(const Scan& scan, const TaggedName& name) const;
  bool IsThing(Surroundings& surroundings, const TaggedName& name, const WordSet& of_whole_names) const;
  double LeastOfPerson(const Scan& scan, const TaggedName& name) const;
  bool SpeaksOfPeople(const Scan& scan, const TaggedName& name, bool titled = false) const;
  bool IsWrittenAsName(const Scan& scan, const TaggedName& name) const;
  void BelieveSome(Surroundings& surroundings, bool spanish, const std::vector<TaggedName>& less_likely,
                   std::vector<TaggedName>& tagged) const;
  void DropThings(Surroundings& surroundings, std::vector<TaggedName>& tagged) const;

  // name_rules_settled.cc
  const DetectorFile* Settled(const Scan& scan, const TaggedName& name) const;
  bool IsEponym(const Scan& scan, const TaggedName& name) const;
  bool IsEponymOfReports(const Scan& scan, const TaggedName& name) const;
  bool IsEponymBefore(const Scan& scan, std::size_t last) const;
  bool IsInstitution(const Scan& scan, const TaggedName& name) const;
  bool IsTitleOfJob(const Scan& scan, const TaggedName& name) const;
  bool IsHyphenatedWord(const Scan& scan, const TaggedName& name) const;
  bool IsTitled(const Scan& scan, const TaggedName& name) const;
  bool IsCalledAfter(const Scan& scan, const TaggedName& name) const;
  bool IsFirm(const Scan& scan, const TaggedName& name) const;
  bool EndsAsPerson(const Scan& scan, const TaggedName& name) const;
  bool IsWard(const Scan& scan, std::size_t first) const;
  std::size_t WithoutArticle(const Scan& scan, const TaggedName& name) const;
  bool IsWordForNumber(const Scan& scan, const TaggedName& name) const;

  // name_rules_persons.cc
  std::uint32_t BehindLastInitial(const Scan& scan, const TaggedName& name, std::uint32_t end) const;
  bool IsSurnameFirst(const Scan& scan, const TaggedName& surname, const TaggedName& given) const;
  void PartPeople(const Scan& scan, std::vector<TaggedName>& tagged) const;
  bool IsKin(const Token& token) const;
  static bool IsMaria(const Scan& scan, std::size_t at);
  static bool IsNicknamed(const Scan& scan, const TaggedName& before, const TaggedName& name);
  void JoinSurnameFirst(const Scan& scan, std::vector<TaggedName>& tagged) const;
  void CompleteSurnameFirst(const Scan& scan, std::size_t from, std::size_t to, TaggedName& name) const;
  void RecallSurnames(const Scan& scan, std::vector<TaggedName>& tagged) const;
  std::size_t WithoutTitle(const Scan& scan, const TaggedName& name) const;
  void ReportTitle(const Scan& scan, std::size_t first, std::vector<Find>& finds) const;
  std::size_t FindAddressed(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  std::size_t FindIntroduced(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;

  // name_rules_addresses.cc
  bool IsListOfCounts(const Scan& scan, const TaggedName& name) const;
  bool IsNoAddress(const Scan& scan, const TaggedName& name) const;
  std::size_t WithoutContact(const Scan& scan, const TaggedName& name) const;
  static bool OpensBracket(const Scan& scan, const TaggedName& name);
  static bool OpensQuote(const Scan& scan, const TaggedName& name);
  bool IsItsTown(const Scan& scan, std::size_t street_last, std::size_t town) const;
  void ReportCodeBefore(const Scan& scan, std::size_t town, std::vector<Find>& finds) const;
  std::size_t FindTownBehind(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  std::size_t WithFlat(const Scan& scan, std::size_t last) const;
  bool ReportInParts(const Scan& scan, const TaggedName& name, std::vector<Find>& finds) const;
  bool ReportCodeAndTown(const Scan& scan, const TaggedName& name, std::vector<Find>& finds) const;
  bool ReportByLines(const Scan& scan, const TaggedName& name, std::vector<Find>& finds) const;
  std::size_t WithKindOfStreet(const Scan& scan, std::size_t first) const;

  // name_rules_streets.cc
  static std::size_t WithPartOfKilometre(const Scan& scan, std::size_t last);
  std::size_t FindStreet(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  std::size_t WithCanadianTown(const Scan& scan, std::size_t last) const;
  std::size_t FindStreetInSmallLetters(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  std::size_t StreetEndInSmallLetters(const Scan& scan, std::size_t number) const;
  std::size_t WithTownInSmallLetters(const Scan& scan, std::size_t last) const;
  std::size_t FindFurtherStreet(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  std::size_t BehindUnit(const Scan& scan, std::size_t end) const;
  std::size_t WithTownAndCode(const Scan& scan, std::size_t last) const;
  std::size_t FindMilitaryPost(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  std::size_t FindTownByForm(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  bool EndsAsStreet(std::string_view word) const;
  bool CountsThings(const Scan& scan, const TaggedName& name) const;

  // name_rules_companies.cc
  std::size_t FormEnd(const Scan& scan, std::size_t at) const;
  void ReportCompany(const Scan& scan, std::size_t first, std::size_t last, bool dotted,
                     std::vector<Find>& finds) const;
  bool GoesBeforeCompany(const Scan& scan, std::size_t at) const;
  std::size_t FindCompany(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  std::size_t FindCompanyInSmallLetters(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  std::size_t FindCompanyBehindForm(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  std::size_t FindByTrade(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;

  // name_rules_institutions.cc
  std::size_t BehindOf(const Scan& scan, std::size_t at) const;
  std::size_t FindInstitutionOf(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  std::size_t BodyEnd(const Scan& scan, std::size_t first, std::size_t last, bool behind_the) const;
  static bool IsShortFor(const Scan& scan, std::size_t first, std::size_t at);
  std::size_t CompanyEnd(const Scan& scan, std::size_t first) const;
  std::size_t FindInstitution(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  std::size_t FindInstitutionAndPlace(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;

  // name_rules_employers.cc
  std::size_t FindEmployer(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  void FindFirmOfHead(const Scan& scan, std::size_t name, std::vector<Find>& finds) const;
  std::size_t FindHouseBehindAt(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  std::size_t FindWhereWorking(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  std::size_t LastPartner(const Scan& scan, std::size_t first) const;
  std::size_t LastOfTwoPartners(const Scan& scan, std::size_t first) const;
  std::size_t FindPartners(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;

  // name_rules_accounts.cc
  std::size_t FindAccountName(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;

  // name_rules_spanish.cc
  bool IsCalledAsPerson(const Scan& scan, const TaggedName& name) const;
  bool IsSpelledAsPerson(const Scan& scan, const TaggedName& name) const;
  std::size_t BehindSecondSurname(const Scan& scan, const TaggedName& name) const;
  std::size_t SurnamesBefore(const Scan& scan, std::size_t given) const;
  void MendSpanish(const Scan& scan, std::vector<TaggedName>& tagged) const;
  bool IsTownOfPapers(const Scan& scan, const TaggedName& name) const;
  bool IsTownBetweenSigns(const Scan& scan, std::size_t at) const;
  static bool IsRowOfInitials(const Scan& scan, std::size_t at);
  void FindUntagged(const Scan& scan, const std::vector<TaggedName>& tagged, std::vector<TaggedName>& found) const;
  bool IsHeadOfSentence(const Scan& scan, const TaggedName& name) const;
  static bool HoldsSmallWord(const Scan& scan, const TaggedName& name);
  bool IsOfPaper(const Scan& scan, const TaggedName& name) const;
  static std::size_t WithInitial(const Scan& scan, std::size_t first);
  static bool EndsAsInitials(const Scan& scan, const TaggedName& name);
  std::size_t FindSpeaker(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;
  bool IsNumberedInReport(const Scan& scan, const TaggedName& name) const;
  std::size_t FindSpanishInstitution(const Scan& scan, std::size_t at, std::vector<Find>& finds) const;

  // name_rules_values.cc
  bool IsHandle(const Scan& scan) const;
  bool IsInitialsName(const Scan& scan) const;
  bool IsEastAsianName(std::string_view text) const;
  ValueWords CountWords(const Scan& scan) const;
  void KindsByTagger(const Scan& scan, const ValueWords& words, std::vector<const DetectorFile*>& kinds) const;

  static constexpr double kCompany = 0.6;

  const Vocabulary& words_;
  const WordSet& greetings_;  // of these
  WordSet honorifics_, street_after_, street_before_, further_streets_, town_beginnings_, flats_, organizations_,
      institutions_, institution_ends_, given_words_, surname_words_, demonyms_, company_endings_;
  WordSet things_;        // before numbers of things: "lot", "shelf"
  WordSet number_words_;  // before numbers of people: "karta", "Davčna"
  WordSet called_after_;  // by the hash of their words
  WordSet matters_, eponyms_, wards_;
  WordMap<std::uint8_t> leads_;
  std::vector<std::string> street_endings_, town_endings_, surname_endings_;
  std::unordered_map<std::uint32_t, std::vector<std::string>> company_forms_;  // by the hash of their first word
  NameTagger tagger_;
  NameBorders borders_;
  PatientRules patients_;
  ThaiRules thai_;
  PeopleRules people_;
  JobRules jobs_;
  SpanishRules spanish_;
  RowRules rows_;
  const NameDoubt* doubt_;
  const DetectorFile* person_ = nullptr;
  const DetectorFile* given_ = nullptr;
  const DetectorFile* surname_ = nullptr;
  const DetectorFile* place_ = nullptr;
  const DetectorFile* city_ = nullptr;
  const DetectorFile* organization_ = nullptr;
  const DetectorFile* street_ = nullptr;
  const DetectorFile* title_ = nullptr;
  const DetectorFile* postal_code_ = nullptr;
  const DetectorFile* username_ = nullptr;
};

}  // namespace privity::detect
