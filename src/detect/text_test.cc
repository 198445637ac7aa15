#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <sstream>
#include <streambuf>
#include <utility>

#include "detect/detector.h"
#include "detect/detector_trial.h"
#include "detect/internal/check_digits.h"
#include "detect/internal/pattern.h"
#include "detect/internal/validators.h"
#include "detect/streams.h"
#include "detect/testing/span_text.h"

namespace privity {
namespace {

using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Not;

const Detector& BuiltIn() {
  static const auto detector = Detector::BuiltIn().value();
  return *detector;
}

// "entity:text" of each find.
std::vector<std::string> Found(const std::string& text) {
  return FoundIn(BuiltIn(), text);
}

bool Finds(const std::string& text, const std::string& detector) {
  const auto spans = BuiltIn().Text(text);
  return std::any_of(spans.begin(), spans.end(), [&](const TextSpan& span) { return span.detector == detector; });
}

TEST(Examples, OfEveryDetectorFileComeOutAsTheFileSays) {
  for (const auto& file : BuiltIn().files()) {
    for (const TrialMiss& miss : TryExamples(BuiltIn(), *file)) {
      ADD_FAILURE() << miss.detector << ": " << EnumText(miss.kind) << ": " << miss.example << ": " << miss.found;
    }
  }
}

TEST(Sources, OfEveryDetectorSayWhereItsFormComesFrom) {
  static constexpr std::array<std::string_view, 6> kVague = {
      "written by the project", "common knowledge", "internet", "wikipedia", "various", "unknown"};
  for (const auto& file : BuiltIn().files()) {
    ASSERT_FALSE(file->pack.sources.empty()) << file->pack.id;
    for (const PackSource& source : file->pack.sources) {
      EXPECT_GE(source.title.size(), 5u) << file->pack.id;
      for (const std::string_view vague : kVague) {
        const bool begins = source.title.size() >= vague.size() &&
                            std::equal(vague.begin(), vague.end(), source.title.begin(),
                                       [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? b | 0x20 : b); });
        EXPECT_FALSE(begins) << file->pack.id << ": " << source.title;
      }
    }
  }
}

TEST(Text, NumbersOfCompaniesAreNobodys) {
  const auto has_tax_id = testing::Contains(testing::StartsWith("tax_id:"));
  for (const char* text :
       {"NIP 784-301-91-58, Hurtownia Dąb sp. z o.o.", "KRS 0000727334, NIP 784-301-91-58, Hurtownia Dąb sp. z o.o.",
        "CUIT 30-84187031-6 La Esquina S.R.L.", "Company number 34306474, registered in England and Wales"}) {
    EXPECT_THAT(Found(text), testing::Not(has_tax_id)) << text;
  }
  // Where somebody is spoken of it may say whom they trade as.
  EXPECT_THAT(Found("NIP 784-301-91-58, Hurtownia Dąb sp. z o.o., PESEL 44051401359"), has_tax_id);
}

TEST(Text, NumbersOfThingsAreNobodys) {
  for (const char* text :
       {"Batch no. 20260417-03", "FedEx 7489 2049 1124", "Rechnung Nr. 2026/11/0482", "ISBN: 0-306-40615-2",
        "USPS 9400 1000 0000 0000 0000 00", "trace_id=4bf92f3577b34da6a3ce929d0e0e4736", "instance/i-0abcd1234ef567890",
        "SKU 88-20391-C, 12 in stock"}) {
    EXPECT_THAT(Found(text), IsEmpty()) << text;
  }
  EXPECT_THAT(Found("order for IBAN DE89 3704 0044 0532 0130 00"),
              ElementsAre("bank_account:DE89 3704 0044 0532 0130 00"));
}

// Valid by a check digit of some country, and told otherwise by what stands around them.
TEST(Text, ANumberInAPathARunOrBehindItsOwnWordIsNobodys) {
  for (const char* text :
       {"/img/655886625283.jpg", "GET /items/976153278?v=1", "2813 3422 1698 3804 voucher", "CHG8747800 scheduled",
        "ledger account 302794 cost center 71098", "customs MRN 24DE97492277240571", "ts=1765952003704883",
        "pipeline 949501214 stage 6", "주문번호 20745765280"}) {
    EXPECT_THAT(Found(text), IsEmpty()) << text;
  }
}

TEST(Text, ANumberMoreWordsSpeakAgainstIsNone) {
  EXPECT_THAT(Found("Steuer-Identifikationsnummer 60532893943"),
              Not(Contains(HasSubstr("tax_id:"))));  // its check digit is wrong
  EXPECT_THAT(Found("Son numéro de sécurité sociale est le 2 88 06 59 211 253 88."), IsEmpty());
}

TEST(Text, ALongNumberWithASureCheckStandsAgainstOtherWords) {
  EXPECT_THAT(Found("Überweisung auf GR71 0110 1250 1176 9130 2185 998 bis Monatsende."),
              ElementsAre("bank_account:GR71 0110 1250 1176 9130 2185 998"));
  EXPECT_THAT(Found("P536848(4)"), ElementsAre("national_id:P536848(4)"));
}

TEST(Text, FindsWhatHasAForm) {
  EXPECT_THAT(Found("Write to ana.ruiz@example.org or call +34 612 345 678."),
              ElementsAre("email:ana.ruiz@example.org", "phone:+34 612 345 678"));
  EXPECT_THAT(Found("IBAN DE89 3704 0044 0532 0130 00"), ElementsAre("bank_account:DE89 3704 0044 0532 0130 00"));
  EXPECT_THAT(Found("host 192.0.2.17 and 2001:db8::1"), ElementsAre("ip:192.0.2.17", "ip:2001:db8::1"));
  EXPECT_THAT(Found("paid with 4111 1111 1111 1111"), ElementsAre("credit_card:4111 1111 1111 1111"));
}

TEST(Text, FourNumbersOfAVersionAreNoAddress) {
  for (const char* text : {"upgrade openssl from 3.0.2.15 to 3.0.2.18", "Android 14.0.0.203", "see chapter 4.8.2.7",
                           "anything below 10.1.12.0 should be upgraded"}) {
    EXPECT_THAT(Found(text), IsEmpty()) << text;
  }
  EXPECT_THAT(Found("android client 203.0.113.9 connected"), ElementsAre("ip:203.0.113.9"));
}

TEST(Text, DatesAreWrittenInManyLanguages) {
  struct Written {
    const char* text;
    const char* date;
  };
  static constexpr Written kRows[] = {
      {"дата рождения: 12 марта 1985 г.", "12 марта 1985"},
      {"doğum tarihi 12 Mart 1985", "12 Mart 1985"},
      {"født 12. marts 1985", "12. marts 1985"},
      {"născut la 12 martie 1985", "12 martie 1985"},
      {"szül. 1985. március 12.", "1985. március 12"},
      {"gimė 1985 m. kovo 12 d.", "1985 m. kovo 12"},
      {"dzimis 1985. gada 12. martā", "1985. gada 12. martā"},
      {"जन्म तिथि 12 मार्च 1985", "12 मार्च 1985"},
      {"γεννήθηκε στις 12 Μαρτίου 1985", "12 Μαρτίου 1985"},
  };
  for (const Written& row : kRows) EXPECT_THAT(Found(row.text), Contains("date:" + std::string(row.date))) << row.text;
}

TEST(Text, WhatANumberIsCalledIsNobody) {
  for (const char* text : {"Fødselsnummer (11 siffer): 140588", "Reisepass-Nr. 44718", "Davčna številka: 8817"}) {
    EXPECT_THAT(Found(text), Not(Contains(HasSubstr("person:")))) << text;
  }
}

TEST(Text, NumbersOfThingsAreNoAddress) {
  for (const char* text : {"Artikelnummer 403.912.58, Regalfach 27, Ebene 3", "RAL 7016, NCS S 7005-R80B, 2 coats",
                           "Folio 149214-B, lote 09/24, caducidad 18 meses"}) {
    EXPECT_THAT(Found(text), Not(Contains(HasSubstr("address:")))) << text;
  }
}

TEST(Text, AnAddressMayBeWrittenInWords) {
  EXPECT_THAT(Found("write to ana dot ruiz at example dot co dot uk please"),
              ElementsAre("email:ana dot ruiz at example dot co dot uk"));
  EXPECT_THAT(Found("ana.ruiz [at] example [dot] org"), ElementsAre("email:ana.ruiz [at] example [dot] org"));
  EXPECT_THAT(Found("schreib an ruiz (at) web.de"), ElementsAre("email:ruiz (at) web.de"));
  EXPECT_THAT(Found("we were at home dot dot dot"), IsEmpty());
  EXPECT_THAT(Found("look at example.org"), Not(Contains(HasSubstr("email:"))));
}

TEST(Text, DegreesStandInAPairOrBehindTheirNames) {
  EXPECT_THAT(Found("at 48.20849, 16.37208"), ElementsAre("location:48.20849, 16.37208"));
  EXPECT_THAT(Found("48.20849° N, 16.37208° E"), ElementsAre("location:48.20849° N, 16.37208"));
  EXPECT_THAT(Found(R"({"lat": 48.20849, "lng": -16.37208})"), ElementsAre("location:48.20849", "location:-16.37208"));
  EXPECT_THAT(Found("ratio 0.48209 long 199.37208"), IsEmpty());
}

TEST(Text, ABracketThatClosesElsewhereIsNoneOfANumber) {
  EXPECT_THAT(Found("call (609) 555-0143"), ElementsAre("phone:(609) 555-0143"));
  EXPECT_THAT(Found("her line (609-555-0143) is busy"), ElementsAre("phone:609-555-0143"));
}

TEST(Text, ATelephoneMayGoOnWithABranch) {
  EXPECT_THAT(Found("ask at 001-671-322-5195x50450."), ElementsAre("phone:001-671-322-5195x50450"));
  EXPECT_THAT(Found("(476)334-7648x6054"), ElementsAre("phone:(476)334-7648x6054"));
  EXPECT_THAT(Found("dial 748.033.2712 x514"), ElementsAre("phone:748.033.2712 x514"));
  EXPECT_THAT(Found("she texted me from 0171 5550133"), ElementsAre("phone:0171 5550133"));
  EXPECT_THAT(Found("tiles of 300-200-12x50"), IsEmpty());
}

TEST(Text, TheNameOfAnAccountMayBeSmallLettersThatAreNoWord) {
  EXPECT_THAT(Found("My username is tfennimore, please reset it"), ElementsAre("username:tfennimore"));
  EXPECT_THAT(Found("I can't log in as tfennimore anymore"), ElementsAre("username:tfennimore"));
  for (const std::string text : {"The username is required", "You are logged in as administrator"})
    EXPECT_THAT(Found(text), IsEmpty()) << text;
}

TEST(Text, AShortYearMayStandBehindADay) {
  EXPECT_THAT(Found("He left on 24 May 05."), ElementsAre("date:24 May 05"));
  EXPECT_THAT(Found("by 30 Dec 14 to Leeds"), Contains("date:30 Dec 14"));
  EXPECT_THAT(Found("On 5 May 12 people came"), Contains("date:5 May"));
}

TEST(Text, APostIsFoundBehindWhoTakesIt) {
  EXPECT_THAT(Found("He quit to become a truck driver."), Contains("job_title:truck driver"));
  EXPECT_THAT(Found("She studied law before joining Hill, Moore and Ochoa as a paralegal."),
              Contains("job_title:paralegal"));
  EXPECT_THAT(Found("Dana Whitfield\nEngineer, biomedical\nLeeds"), Contains("job_title:Engineer, biomedical"));
  EXPECT_THAT(Found("He was promoted to sales manager."), Contains("job_title:sales manager"));
  EXPECT_THAT(Found("Dana Whitfield has been named managing director."), Contains("job_title:managing director"));
  EXPECT_THAT(Found("She was Vice President of Sales there"), Not(Contains("job_title:Vice President")));
  EXPECT_THAT(Found("Prices became a driver of growth."), Not(Contains(HasSubstr("job_title:"))));
}

TEST(Text, AJobIsFoundBesideANameAndBehindTheWork) {
  EXPECT_THAT(Found("She works as a night nurse."), ElementsAre("job_title:night nurse"));
  EXPECT_THAT(Found("Mr Gandy, 49, HGV driver, is on the ward."), Contains("job_title:HGV driver"));
  EXPECT_THAT(Found("El paciente, de 54 años, minero durante 30 años, fuma."), Contains("job_title:minero"));
  EXPECT_THAT(Found("Trabaja en este centro como conserje desde el lunes."), Contains("job_title:conserje"));
  EXPECT_THAT(Found("El conserje abrirá el portal a las ocho."), IsEmpty());
  EXPECT_THAT(Found("Ask our sous-chef, Emre Aydın."), Contains("job_title:sous-chef"));
  EXPECT_THAT(Found("Nurse Petronella Khumalo said so."), Contains("job_title:Nurse"));
  EXPECT_THAT(Found("Our Managing Director Fergus Lyle flies today."), Contains("job_title:Managing Director"));
  EXPECT_THAT(Found("Ludmila Hrubá | Head of Compliance | Brno"), Contains("job_title:Head of Compliance"));
  EXPECT_THAT(Found("Fergus O'Dowd\nSenior Account Manager\nDublin"), Contains("job_title:Senior Account Manager"));
  EXPECT_THAT(Found("The painter Ana Ruiz lives here."), Not(Contains(HasSubstr("job_title:"))));
  EXPECT_THAT(Found("Maria Keller, site engineer, called."),
              ElementsAre("person:Maria Keller", "job_title:site engineer"));
  EXPECT_THAT(Found("This serves as a guide for any buyer."), IsEmpty());
}

TEST(Text, AJobIsFoundWhereASentenceSaysWhoseItIs) {
  EXPECT_THAT(Found("I'm a retired bus driver from Leeds."), Contains("job_title:bus driver"));
  EXPECT_THAT(Found("My line manager Ana Ruiz has done nothing."), Contains("job_title:line manager"));
  EXPECT_THAT(Found("Ana Ruiz came. She's the duty dispatcher."), Contains("job_title:duty dispatcher"));
  EXPECT_THAT(Found("I am a Kenyan hairdresser here in Haifa."), Contains("job_title:hairdresser"));
  EXPECT_THAT(Found("Social worker Lorraine Abbott to visit."), Contains("job_title:Social worker"));
  EXPECT_THAT(Found("The skipper, Mr Boyle, was asleep."), Contains("job_title:skipper"));
  EXPECT_THAT(Found("Ana Ruiz had been employed as a fish filleter in Oban."), Contains("job_title:fish filleter"));
  EXPECT_THAT(Found("Dad informed by Ana Ruiz (room leader)."), Contains("job_title:room leader"));
  EXPECT_THAT(Found("I'm a nurse."), IsEmpty()) << "nobody's";
  for (const std::string text :
       {"The printer is a driver problem, Ana Ruiz said.", "Ask your doctor or pharmacist in Leeds.",
        "Ana Ruiz moved our package manager to pnpm.", "The baker uses flour from Leeds.",
        "Press the nurse call button in Leeds."}) {
    EXPECT_THAT(Found(text), Not(Contains(HasSubstr("job_title:")))) << text;
  }
}

TEST(Text, CompaniesAreFoundBehindWhatSomebodyIsThere) {
  EXPECT_THAT(Found("I am a junior actuary with Umkhonto Life in East London."),
              Contains("organization:Umkhonto Life"));
  EXPECT_THAT(Found("Ana Ruiz worked as sous chef at the Copper Kettle."), Contains("organization:Copper Kettle"));
  EXPECT_THAT(Found("Ana Ruiz works nights for Brightmoor Foods."), Contains("organization:Brightmoor Foods"));
  EXPECT_THAT(Found("My daughter is at St Brigid's Primary."), Contains("organization:St Brigid's Primary"));
  EXPECT_THAT(Found("Edna was in Fairhaven Nursing Home."), Contains("organization:Fairhaven Nursing Home"));
  for (const std::string text : {"Ana Ruiz works with Maria.", "The job runs on Monday.", "id INTEGER PRIMARY KEY",
                                 "Ana Ruiz worked as a nurse in Leeds."})
    EXPECT_THAT(Found(text), Not(Contains(HasSubstr("organization:")))) << text;
}

TEST(Text, AJobStandsBeforeRetiredAndBehindAsAtTheHeadOfASentence) {
  EXPECT_THAT(Found("Varón de 81 años, exfumador, agricultor jubilado, que vive solo."),
              Contains("job_title:agricultor"));
  EXPECT_THAT(Found("Paciente de 32 años, ama de casa."), Contains("job_title:ama de casa"));
  EXPECT_THAT(Found("As a midwife in Blantyre, she delivers two babies a day."), Contains("job_title:midwife"));
  EXPECT_THAT(Found("Ana Ruiz was hired as its head of compliance."), Contains("job_title:head of compliance"));
  EXPECT_THAT(Found("As a result of the test, the head of the table is empty."), IsEmpty());
}

TEST(Text, AnAddressHoldsItsFlatAndItsBracket) {
  EXPECT_THAT(Found("she lives at flat 3B, 221 Baker Street now"), Contains("address:flat 3B, 221 Baker Street"));
  EXPECT_THAT(Found("vive in via Garibaldi 7, 16124 Genova (GE)."),
              Contains("address:via Garibaldi 7, 16124 Genova (GE)"));
  EXPECT_THAT(Found("Episodio: 20194587. Cama: 312-B. Planta 3."), Not(Contains(HasSubstr("address:"))));
}

TEST(Text, NamesThatAProgramCallsAreNobodys) {
  EXPECT_THAT(Found("assertEquals(expected, Bob.hey(1))"), IsEmpty());
  EXPECT_THAT(Found(".nav { max-width: 600px }"), IsEmpty());
}

TEST(Text, WhatALineSaysOfThePeopleItNames) {
  EXPECT_THAT(Found("Imogen Tsai (29) was appointed"), ElementsAre("person:Imogen Tsai", "age:29"));
  EXPECT_THAT(Found("Chidi, 11, and his sister Adaeze, 8, are insured"), IsSupersetOf({"age:11", "age:8"}));
  EXPECT_THAT(Found("Grandma Pearline turns 90 on Sunday"), Contains("age:90"));
  EXPECT_THAT(Found("At 19, Tereza Nováková joined the club"), Contains("age:19"));
  EXPECT_THAT(Found("I'm 34, living in Dakar"), Contains("age:34"));
  EXPECT_THAT(Found("The call came at 02:40 and woke Joanne Ellis."), Contains("date:02:40"));
  EXPECT_THAT(Found("Joanne Ellis lands at 9:40 pm, her bus leaves 11.15 p.m."),
              IsSupersetOf({"date:9:40 pm", "date:11.15 p.m"}));
  EXPECT_THAT(Found("Joanne Ellis rented it from 2017 to 2021."), IsSupersetOf({"date:2017", "date:2021"}));
  for (const std::string text :
       {"The shop opens at 09:30", "The train leaves at 9:40 pm", "From 2017 to 2021 sales fell", "I'm 10 minutes late",
        "Joanne Ellis ordered item 4, 11, 12 and 13", "Joanne Ellis is 10 minutes late",
        "Joanne Ellis paid 2100 to 2000 people", "Joanne Ellis runs build 8.30 at 10.15"})
    EXPECT_THAT(Found(text), Not(Contains(AnyOf(HasSubstr("age:"), HasSubstr("date:"))))) << text;
}

TEST(Text, SomebodyIsNamedBesideWhoTheyAre) {
  EXPECT_THAT(Found("I'm asking for my stepson, Rafferty, who is new."), Contains("person:Rafferty"));
  EXPECT_THAT(Found("Leave it with the concierge (Anatoly), please."), Contains("person:Anatoly"));
  EXPECT_THAT(Found("Is it here? \u2013 Anoushka"), Contains("person:Anoushka"));
  EXPECT_THAT(Found("Claimant Hodan Jama was heard."), Contains("person:Hodan Jama"));
  EXPECT_THAT(Found("Bed 2 Mr Gandy, 49, HGV driver."), Contains("person:Gandy"));
  for (const std::string text : {"Thx, see you.", "Her NINO is PB 90 31 17 A.", "Sale ends soon \u2013 Monday"})
    EXPECT_THAT(Found(text), Not(Contains(testing::ContainsRegex("person:(Thx|NINO|Monday)")))) << text;
}

TEST(Text, HowSomebodyLivesIsFoundWhereASentenceTellsIt) {
  EXPECT_THAT(Found("Ana Ruiz called. She is divorced and lives alone."), Contains("demographic:divorced"));
  EXPECT_THAT(Found("Ana Ruiz, widowed, from Leeds."), Contains("demographic:widowed"));
  EXPECT_THAT(Found("My son is gay, Ana Ruiz said."), Contains("demographic:gay"));
  for (const std::string text : {"Ana Ruiz booked a single room.", "Ana Ruiz said he is single handed.", "I'm single."})
    EXPECT_THAT(Found(text), Not(Contains(HasSubstr("demographic:")))) << text;
}

TEST(Text, AnAgeIsFoundWhereASentenceTellsIt) {
  EXPECT_THAT(Found("Ana Ruiz called. She's only seventeen."), Contains("age:seventeen"));
  EXPECT_THAT(Found("Ana Ruiz and her nan, who is eighty-three, use it."), Contains("age:eighty-three"));
  EXPECT_THAT(Found("Ana Ruiz's mother (88) was found."), Contains("age:88"));
  EXPECT_THAT(Found("Ana Ruiz comes with a son of 7."), Contains("age:7"));
  EXPECT_THAT(Found("Ana Ruiz has children aged 9, 7 and 5."),
              testing::AllOf(Contains("age:9"), Contains("age:7"), Contains("age:5")));
  EXPECT_THAT(Found("Ana Ruiz met a man in his fifties."), Contains("age:fifties"));
  EXPECT_THAT(Found("Ana Ruiz saw him, tall, mid 40s, in black."), Contains("age:mid 40s"));
  EXPECT_THAT(Found("Ana Ruiz, 81/M, is here."), Contains("age:81"));
  for (const std::string text :
       {"I was twelve.", "Ana Ruiz sang in the late 90s.", "Ana Ruiz said he is 38 minutes late.",
        "Ana Ruiz has a set of 7.", "Ana Ruiz was one of ten.", "Ana Ruiz said it is ten."})
    EXPECT_THAT(Found(text), Not(Contains(HasSubstr("age:")))) << text;
}

TEST(Text, AnAgeStandsBehindTheSex) {
  EXPECT_THAT(Found("Patient: Ilse Wassermann, female, 79, admitted today"), Contains("age:79"));
  EXPECT_THAT(Found("plug, male, 12-pin"), IsEmpty());
  EXPECT_THAT(Found("Vittima: Denise Mazzanti, 29 anni, ricoverata"), Contains("age:29 anni"));
}

TEST(Text, DoctorsNoteAgeAndSexWithoutASpace) {
  EXPECT_THAT(Found("45F with chest pain, onset 2 hours ago."), IsSupersetOf({"age:45", "gender:F"}));
  EXPECT_THAT(Found("Assessment: 83 F w/ hip fracture after fall."), IsSupersetOf({"age:83", "gender:F"}));
  EXPECT_THAT(Found("78 y/o M found on floor by daughter."), IsSupersetOf({"age:78", "gender:M"}));
  EXPECT_THAT(Found("Patient John Smith, 45F admitted with chest pain"), IsSupersetOf({"age:45", "gender:F"}));
  EXPECT_THAT(Found("F/54, known diabetic, HbA1c 8.1 %."), IsSupersetOf({"age:54", "gender:F"}));
  EXPECT_THAT(Found("34m presents with fever and cough."), IsSupersetOf({"age:34", "gender:m"}));
  EXPECT_THAT(Found("29yo f with migraine"), IsSupersetOf({"age:29", "gender:f"}));
  for (const std::string text :
       {"Low of 45F tonight, high near 67F.", "Bake at 350F for 25 minutes, then 300F.",
        "Room 19M is closed, use 45F instead.", "Cable 10M, connector F, part 32F-118.", "patient after a 5m fall",
        "swam 50m with no pain", "a 25m pool", "Cold Monday, 45F with rain and a fever of red leaves"})
    EXPECT_THAT(Found(text), Not(Contains(HasSubstr("age:")))) << text;
}

TEST(Text, AnAddressEndsBeforeAnotherNumberAndIsNoSeat) {
  EXPECT_THAT(Found("Kerkstraat 5 bis, 3511 AB Utrecht, klantnr 88213"),
              Contains("address:Kerkstraat 5 bis, 3511 AB Utrecht"));
  EXPECT_THAT(Found("flight BA117 LHR-JFK, seat 14C"), Not(Contains(HasSubstr("address:"))));
}

TEST(Text, AMeasureIsNoAddress) {
  EXPECT_THAT(Found("Display, 128 GB, IP68, USB-C 3.2"), IsEmpty());
  EXPECT_THAT(Found("Min 4 °C, max 11 °C, humidity 82 %"), IsEmpty());
}

TEST(Text, AddressesOfEveryMachineAreNobodys) {
  EXPECT_THAT(Found("listening on 0.0.0.0:80 and 127.0.0.1:8080, mask 255.255.255.0"), IsEmpty());
  EXPECT_THAT(Found("from 203.0.113.7"), ElementsAre("ip:203.0.113.7"));
}

TEST(Text, LawsAreCalledAfterSomebody) {
  EXPECT_THAT(Found("Newton's second law: force equals mass times acceleration."), IsEmpty());
}

TEST(Text, AJobFollowsAnAgeAndStandsBeforeTheWordForTrade) {
  EXPECT_THAT(Found("Desmond Achterberg, 58, a bus driver from Leeds, was found."), Contains("job_title:bus driver"));
  EXPECT_THAT(Found("Paciente de 54 anos, chatarrero, sin alergias."), Contains("job_title:chatarrero"));
  EXPECT_THAT(Found("El paciente, fontanero de profesion, acude hoy."), Contains("job_title:fontanero"));
  EXPECT_THAT(Found("El manual del fontanero cumple 54 ediciones, fontanero incluido."),
              Not(Contains(HasSubstr("job_title"))));
}

TEST(Text, ASurnameInCapitalsStandsBeforeTheCommaOfAGivenName) {
  EXPECT_THAT(Found("WEXCOMBE, JOHN Q  MRN 00482913"), ElementsAre("person:WEXCOMBE, JOHN Q", "health_id:00482913"));
  EXPECT_THAT(Found("Attending: SMITH, ALICE MD"), ElementsAre("person:SMITH, ALICE"));
  EXPECT_THAT(Found("HELLO, JOHN"), ElementsAre("person:JOHN"));
  EXPECT_THAT(Found("ISBN 978-3-16-148410-0"), IsEmpty());
}

TEST(Text, ADateBehindAnAbbreviationIsNoNumberWithLetters) {
  EXPECT_THAT(Found("DOB 01/02/1975  MRN 00482913"), ElementsAre("date:01/02/1975", "health_id:00482913"));
}

TEST(Text, AnEnglishMonthMayBeWrittenSmall) {
  EXPECT_THAT(Found("born june 5, 1998 in"), Contains("date:june 5, 1998"));
  EXPECT_THAT(Found("hired in april 2020"), Contains("date:april 2020"));
  EXPECT_THAT(Found("they march 4 abreast"), IsEmpty());
  EXPECT_THAT(Found("since may 4th, 2021"), Contains("date:may 4th, 2021"));
  EXPECT_THAT(Found("seit oktober 2011 dort"), Contains("date:oktober 2011"));
  EXPECT_THAT(Found("they set 2020 chairs out"), IsEmpty());
}

TEST(Text, AYearAloneIsADateOnlyInALife) {
  EXPECT_THAT(Found("She moved to the coast in 2014."), ElementsAre("date:2014"));
  EXPECT_THAT(Found("Fue operado de apendicitis en 1998."), ElementsAre("date:1998"));
  EXPECT_THAT(Found("In 2019 sales rose by 12 percent; in 2020 they fell."), IsEmpty());
  EXPECT_THAT(Found("He has seen it in 2000-fold detail."), IsEmpty());
}

TEST(Text, SexAndRelativesAreFoundInReports) {
  EXPECT_THAT(Found("a 34-year-old male with chest pain"), ElementsAre("age:34", "gender:male"));
  EXPECT_THAT(Found("The male connector fits the female socket."), IsEmpty());
  EXPECT_THAT(Found("Acude con su hermana."), ElementsAre("family:hermana"));
}

TEST(Text, ADayOfTheWeekIsOneDayBehindAPreposition) {
  EXPECT_THAT(Found("Please come on Friday."), ElementsAre("date:Friday"));
  EXPECT_THAT(Found("See you Tues 3:30pm, bring the papers"), ElementsAre("date:Tues 3:30pm"));
  EXPECT_THAT(Found("Open Monday to Friday, closed in August"), IsEmpty());
  EXPECT_THAT(Found("It begins on the last Sunday of March."), IsEmpty());
}

TEST(Text, AJobIsFoundBesideWhereSomebodyIsFromAndBeforeANameInSmallLetters) {
  const struct {
    const char *text, *find;
  } kRows[] = {{"Wanjiru Kimathi, a Kenyan nurse of 34, has worked nights.", "job_title:nurse"},
               {"Wanjiru Kimathi, a Kenyan nurse of 34, has worked nights.", "demographic:Kenyan"},
               {"A Filipino caregiver from Iloilo won the raffle.", "job_title:caregiver"},
               {"Ana Ruiz is our agronomist and Ben Cole left.", "job_title:agronomist"},
               {"Ana Ruiz, 46, bus driver: \"I saw nothing.\"", "job_title:bus driver"},
               {"Ana Ruiz (VP of Sales) leaves today.", "job_title:VP of Sales"},
               {"Ask line manager Stuart Birtwhistle.", "job_title:line manager"},
               {"Varón de 33 años, soy celador en Vigo.", "job_title:celador"},
               {"Vive con su esposo, pescador artesanal, y dos hijos.", "job_title:pescador artesanal"},
               {"Taxista de 58 años, divorciado, con tos.", "job_title:Taxista"},
               {"The applicant, a Turkish-born baker, opened his shop.", "job_title:baker"},
               {"Ana Ruiz is a Russian translator who lives in Haifa.", "job_title:translator"},
               {"Renuncio al cargo de auxiliar de bodega.", "job_title:auxiliar de bodega"}};
  for (const auto& row : kRows) EXPECT_THAT(Found(row.text), Contains(std::string(row.find))) << row.text;
  EXPECT_THAT(Found("Her English teacher Ana Ruiz called."), Contains("job_title:English teacher"));
  EXPECT_THAT(Found("A German watchmaker opened a new factory."), IsEmpty());
}

TEST(Text, NumbersStandBehindTheirSignInSpanish) {
  for (const std::string text :
       {"su solicitud n.º REC-2290 para", "su solicitud nº REC-2290 para", "su solicitud N.° REC-2290 para"})
    EXPECT_THAT(Found(text), Contains("other_id:REC-2290")) << text;
  EXPECT_THAT(Found("El n.º de expediente AT/2023/77180 es suyo."), Contains("other_id:AT/2023/77180"));
  EXPECT_THAT(Found("expediente 1611/2056"), IsEmpty());
}

TEST(Text, YearsAndStatusFollowANameAndItsVerb) {
  EXPECT_THAT(Found("My father, Cornelius van Tonder, is 79, a widower, and can't read."), Contains("age:79"));
  EXPECT_THAT(Found("My father, Cornelius van Tonder, is 79, a widower, and can't read."),
              Contains("demographic:widower"));
  EXPECT_THAT(Found("Edad: 8 años y 4 meses."), Contains("age:8 años y 4 meses"));
  EXPECT_THAT(Found("It shows 6/120 Nicholson St, Fitzroy North VIC 3068, but no more."),
              Contains("address:6/120 Nicholson St, Fitzroy North VIC 3068"));
}

TEST(Text, WhatIsNotedOfSomebodyIsNoAddress) {
  EXPECT_THAT(Found("TA 118/62, FC 74, tranquilo."), IsEmpty());
  EXPECT_THAT(Found("Policy 7714-AUT-09, Lamar Dupree called."), Not(Contains(HasSubstr("address:"))));
  EXPECT_THAT(Found("Paciente: Ruiz Díaz, Norma Beatriz. DNI"), Contains("person:Ruiz Díaz, Norma Beatriz"));
  EXPECT_THAT(Found("Fractura de Colles derecha."), IsEmpty());
}

TEST(Text, DatesAreWrittenAsPeopleWriteThem) {
  const struct {
    const char *text, *date;
  } kRows[] = {{"with us since June 2017 and", "June 2017"},
               {"taught until June '88.", "June '88"},
               {"we stayed 12\u201315 Oct.", "12\u201315 Oct"},
               {"absent from 4th to 7th July.", "4th to 7th July"},
               {"taxi on sat 24th please", "sat 24th"},
               {"found on Sunday the 17th.", "Sunday the 17th"},
               {"script on Mon 13/11.", "Mon 13/11"},
               {"she left on 14/6 and", "14/6"},
               {"i paid on the 23rd", "the 23rd"},
               {"signed this 6th day of November 2024", "6th day of November 2024"},
               {"she left on nov 8th.", "nov 8th"},
               {"both on Sunday the 2nd of March", "Sunday the 2nd of March"},
               {"Cita: viernes 21.", "viernes 21"},
               {"is on Sat, 13 Apr.", "Sat, 13 Apr"}};
  for (const auto& row : kRows) EXPECT_THAT(Found(row.text), Contains("date:" + std::string(row.date))) << row.text;
  for (const std::string text : {"support on 24/7 basis", "on the 5th floor", "mix 1/2 cup", "expires 04/28",
                                 "we sat 2 hours in the sun 10 times", "step 3/4 done"})
    EXPECT_THAT(Found(text), IsEmpty()) << text;
}

TEST(Text, AnIsoTimeBelongsToItsDate) {
  EXPECT_THAT(Found("last seen 2024-05-01T22:14:09Z."), ElementsAre("date:2024-05-01T22:14:09Z"));
  EXPECT_THAT(Found("born 2024-05-01T22:14:09.125+02:00, a boy"),
              testing::Contains("date:2024-05-01T22:14:09.125+02:00"));
  EXPECT_THAT(Found("seen at 2024-05-01T22:14"), ElementsAre("date:2024-05-01T22:14"));
}

TEST(Text, TheTimeOfALogLineIsNobodys) {
  EXPECT_THAT(Found("ERROR 2024-03-01 12:44:09 worker-7 retry 3/5 failed"), IsEmpty());
  EXPECT_THAT(Found("level=warn ts=2024-05-01T10:00:00Z msg=slow"), IsEmpty());
  EXPECT_THAT(Found("time=\"2024-05-01T10:00:00Z\" level=warning"), IsEmpty());
  EXPECT_THAT(Found("Mar 11 08:23:02 gw1 kernel: eth0: link up"), IsEmpty());
  EXPECT_THAT(Found("Mar 11 we met again"), ElementsAre("date:Mar 11"));
  EXPECT_THAT(Found("born 2024-03-01 12:44:09"), ElementsAre("date:2024-03-01"));
}

TEST(Text, ANumberWithAWrongCheckDigitIsNothing) {
  EXPECT_THAT(Found("IBAN DE89 3704 0044 0532 0130 01"), IsEmpty());
  EXPECT_THAT(Found("Visa 4111 1111 1111 1112"), IsEmpty());
  EXPECT_THAT(Found("PESEL 44051401358"), IsEmpty());
  EXPECT_THAT(Found("DNI 12345678A"), IsEmpty());
}

TEST(Text, NamesAreFoundInEveryCase) {
  EXPECT_THAT(Found("Yesterday Sarah Johnson signed."), ElementsAre("person:Sarah Johnson"));
  EXPECT_THAT(Found("SARAH JOHNSON SIGNED"), ElementsAre(HasSubstr("person:SARAH JOHNSON")));
  EXPECT_THAT(Found("ask sarah johnson about it"), ElementsAre("person:sarah johnson"));
  EXPECT_THAT(Found("Dr. Okonkwo was there"), ElementsAre("honorific:Dr.", "person:Okonkwo"));
}

// Failures that users of other tools reported.
TEST(Text, LookAlikesAreLeftAlone) {
  for (const std::string& text :
       {std::string("-0.96 of 96c in log line 2231"), std::string("the INTRODUCTORY chapter, A1 and H1"),
        std::string("rich text, bill rate and times new roman"), std::string("scenario_code SCN-125, acid_level 4.2"),
        std::string("academic year code 1999/2000"), std::string("version 10.2.3 build 4711"),
        std::string("for (int i = 0; i < 10; ++i) total += rows[i];")}) {
    EXPECT_THAT(Found(text), IsEmpty()) << text;
  }
}

// What words near it call something else is no telephone, and what they call by a format is not of another form.
TEST(Text, ANumberNamedOtherwiseIsNoTelephone) {
  EXPECT_THAT(Found("TFN: 999 999 999"), IsEmpty());
  EXPECT_THAT(Found("EIN: 07-1144442"), IsEmpty());
  EXPECT_THAT(Found("SSN: 1112-23333"), IsEmpty());
  EXPECT_THAT(Found("Phone: 999 999 999"), ElementsAre("phone:999 999 999"));
}

TEST(Text, ATelephoneMayStandBehindTheCommaOfACell) {
  EXPECT_THAT(Found("id,phone\n1,916-555-0133,42"), ElementsAre("phone:916-555-0133"));
  EXPECT_THAT(Found("in all 1,916 555 0133 of them"), IsEmpty());
}

TEST(Text, SecretsStandBehindTheNameOfTheirValueAndBehindOptions) {
  EXPECT_THAT(Found("{\"name\": \"API_TOKEN\", \"value\": \"k3J9fmQ2xLz81Vb7Tt0Pp4Wc\"}"),
              ElementsAre("secret:k3J9fmQ2xLz81Vb7Tt0Pp4Wc"));
  EXPECT_THAT(Found("- name: DB_PASSWORD\n  value: hT7kq29sLm!"), ElementsAre("secret:hT7kq29sLm!"));
  EXPECT_THAT(Found("deploy --password hT7kq29sLm!"), ElementsAre("secret:hT7kq29sLm!"));
  EXPECT_THAT(Found("mot de passe : V74qtg!7R9Mn"), ElementsAre("secret:V74qtg!7R9Mn"));
  for (const std::string decoy :
       {"- name: DB_PASSWORD\n  valueFrom: {secretKeyRef: {name: db1, key: pw2}}", "deploy --password-stdin < file1",
        "deploy --password $DB_PASS1", "une passe : 12places", "password: !vault prod/db1"})
    EXPECT_THAT(Found(decoy), Not(Contains(HasSubstr("secret:")))) << decoy;
}

// Tokens of identity providers have claims of a kilobyte: what is left over would be told.
TEST(Text, ALongTokenIsFoundToItsEnd) {
  std::string claims, signature;
  for (int i = 0; i < 1200; ++i) claims += "aZ3kQ9xT7bLmR2w"[i * i % 15];
  for (int i = 0; i < 683; ++i) signature += "P5sD8fGhJ1kLcVb"[i * i % 15];
  const std::string token = "eyJhbGciOiJSUzI1NiJ9.eyJ" + claims + "." + signature;
  EXPECT_THAT(Found("sent " + token + " back"), ElementsAre("secret:" + token));
}

TEST(Text, AKeyMayStandBetweenSignsThatAreNoAsciiAndBesideEastAsianLetters) {
  const std::string key = "ghp_16C7e42F292c6912E7710c838347Ae178B4a";
  for (const std::string& text :
       {"\u201C" + key + "\u201D", "\u5BC6\u94A5\uFF1A" + key + "\u3002", "token " + key + "\u3067\u3059"})
    EXPECT_THAT(Found(text), Contains("secret:" + key)) << text;
  EXPECT_THAT(Found("token " + key + "\u0436"), Not(Contains("secret:" + key)));
}

TEST(Text, SecretsAreFoundAndDecoysAreNot) {
  EXPECT_THAT(Found("password = os.environ[\"DB_PASSWORD\"]"), IsEmpty());
  EXPECT_THAT(Found("postgres://user:password@localhost:5432/db"), ElementsAre(testing::StartsWith("url:")));
  EXPECT_THAT(Found("machine ftp login books password 9KcAorFE6B76"), ElementsAre("secret:9KcAorFE6B76"));

  EXPECT_TRUE(Finds("password = \"hunter2!Zebra\"", "password"));
  EXPECT_TRUE(Finds("postgres://app:s3cr3tPazz@db.example.org/app", "credentials"));
  EXPECT_THAT(Found("password = \"changeme\""), IsEmpty());
  EXPECT_THAT(Found("api_key: your-api-key-here"), IsEmpty());
  EXPECT_THAT(Found("key AKIAIOSFODNN7EXAMPLE"), IsEmpty());
  EXPECT_THAT(Found("commit 3f786850e387550fdab836ed7e6dc881de23001b"), IsEmpty());
}

TEST(Text, PasswordsAreFoundBehindTheirNamesInManyLanguages) {
  for (const char* name : {"Şifre", "heslo", "пароль", "motdepasse", "jelszó"})
    EXPECT_THAT(Found(std::string(name) + ": HIlp9HAJg37"), ElementsAre("secret:HIlp9HAJg37")) << name;
  EXPECT_THAT(Found("Пароль должен быть не короче 12 символов."), IsEmpty());
}

TEST(Text, WhatAnAddressOfAPageCarriesIsFoundInIt) {
  EXPECT_THAT(Found("https://api.example.com/v1?api_key=9fK2mQ7pLx83Zr5TnW1c&page=2"),
              ElementsAre("secret:9fK2mQ7pLx83Zr5TnW1c"));
  EXPECT_THAT(Found("jdbc:mysql://db:3306/app?user=root&password=Winter2023!"), Contains("secret:Winter2023!"));
  EXPECT_THAT(Found("https://example.com/u?email=ana.ruiz@example.org"), ElementsAre("email:ana.ruiz@example.org"));
  EXPECT_THAT(Found("https://example.com/about/team"), ElementsAre("url:https://example.com/about/team"));
  EXPECT_THAT(Found("ftp://anonymous@ftp.example.org/pub"), Not(Contains(HasSubstr("email:"))));
  EXPECT_THAT(Found("MONGO_URI is set"), IsEmpty());
}

TEST(Text, APasswordMayHoldTheSignThatPartsAForm) {
  EXPECT_THAT(Found("DB_PASSWORD=Tr0ub4dor&3x9!kq"), ElementsAre("secret:Tr0ub4dor&3x9!kq"));
  EXPECT_THAT(Found("password=hunter2x&page=3"), ElementsAre("secret:hunter2x"));
}

TEST(Text, PasswordsOfCommandsAndOfEncodedLoginsAreFound) {
  EXPECT_THAT(Found("curl -u rosa:Tj4kfpw92x https://ci.example.net/job"), Contains("secret:Tj4kfpw92x"));
  EXPECT_THAT(Found("sshpass -p Tj4kfpw92x ssh deploy@host"), Contains("secret:Tj4kfpw92x"));
  EXPECT_THAT(Found("mysql -u app -pTj4kfpw92x crm"), Contains("secret:Tj4kfpw92x"));
  EXPECT_THAT(Found("docker login -u ci -p Tj4kfpw92x hub.example.net"), Contains("secret:Tj4kfpw92x"));
  EXPECT_THAT(Found("docker run -p 8080:80a1b2 app"), IsEmpty());
  EXPECT_THAT(Found("curl -u $CI_USER:$CI_PASS1 https://ci.example.net"), Not(Contains(HasSubstr("secret"))));
  EXPECT_THAT(Found("Authorization: Basic cm9zYTpUajRrZnB3OTJ4"), ElementsAre("secret:cm9zYTpUajRrZnB3OTJ4"));
  EXPECT_THAT(Found("Basic knowledge of accounting"), IsEmpty());
  EXPECT_THAT(Found("Endpoint=https://shop.example.net:443/;AccountKey=6Wj9KfzjsQGMrb9hImBLK777pzNk8cL6j5IXAAjlsHg="),
              Contains("secret:6Wj9KfzjsQGMrb9hImBLK777pzNk8cL6j5IXAAjlsHg="));
}

TEST(Text, AConstantThatEndsWithKeyHoldsOneUnlessItOpensNothing) {
  EXPECT_THAT(Found("VIRUSTOTAL_KEY=d159e8489b0ac35e5fa870d0a7ba07a2"),
              ElementsAre("secret:d159e8489b0ac35e5fa870d0a7ba07a2"));
  EXPECT_THAT(Found("CACHE_KEY=d159e8489b0ac35e5fa870d0a7ba07a2"), IsEmpty());
  EXPECT_THAT(Found("SORT_KEY=created_at"), IsEmpty());
}

TEST(Numbers, AreWrittenApartFromTheLettersOfTheirCountry) {
  EXPECT_THAT(Found("PT 501 964 843"), ElementsAre("tax_id:PT 501 964 843"));
  EXPECT_THAT(Found("FI 20774740"), ElementsAre("tax_id:FI 20774740"));
  EXPECT_THAT(Found("PT 501 964 844"), IsEmpty());
}

TEST(Text, OffsetsCountCodePoints) {
  const auto spans = BuiltIn().Text("Größe 😀: ana@example.org");
  ASSERT_EQ(spans.size(), 1u);
  EXPECT_EQ(spans[0].start, 9);
  EXPECT_EQ(spans[0].end, 24);
}

TEST(Text, IsLinearOnOneEndlessLine) {
  for (const std::string& unit :
       {std::string("1234 "), std::string("a@"), std::string("12-"), std::string("Ana "), std::string("::"),
        std::string("-----BEGIN "), std::string("key="), std::string("://"), std::string("www."), std::string("a.com."),
        std::string("M1"), std::string("\xff")}) {
    std::string line;
    while (line.size() < (1 << 20)) line += unit;
    EXPECT_LE(BuiltIn().Text(line).size(), line.size());
  }
}

TEST(Patterns, KnowWhetherTheirMatchesAreAllThoseOfAnother) {
  const auto within = [](const char* inner, const char* outer) {
    return detect::Pattern::Parse(inner).value().IsWithin(detect::Pattern::Parse(outer).value());
  };
  EXPECT_TRUE(within("[1-9][0-9]{8}", "[0-9]{9}"));
  EXPECT_TRUE(within("[0-9]{9}", "[0-9]{2,36}"));
  EXPECT_TRUE(within("DE[0-9]{9}", "[A-Z]{2}[0-9A-Z]+"));
  EXPECT_TRUE(within("[0-9]{17,18}", "[0-9]{2,36}"));
  EXPECT_FALSE(within("[0-9]{9}", "[1-9][0-9]{8}"));
  EXPECT_FALSE(within("[0-9]{9}", "[0-9]{10,11}"));
  EXPECT_FALSE(within("[0-9A-Z]{9}", "[0-9]{9}"));
  EXPECT_FALSE(within("[0-9]{1,9}", "[0-9]{2,36}"));
}

TEST(Patterns, AreRefusedWithTheirProblem) {
  using detect::Pattern;
  EXPECT_EQ(Pattern::Parse("(a|b)").error().code(), "detect.pattern");
  EXPECT_EQ(Pattern::Parse("[a-z").error().code(), "detect.pattern");
  EXPECT_EQ(Pattern::Parse("a{3").error().code(), "detect.pattern");
  EXPECT_EQ(Pattern::Parse("a{5,2}").error().code(), "detect.pattern");
  EXPECT_TRUE(Pattern::Parse("ab?c{2,3}[0-9]+").value().Matches("accc17"));
  EXPECT_FALSE(Pattern::Parse("ab?c{2,3}[0-9]+").value().Matches("abc17"));
  EXPECT_TRUE(Pattern::Parse("a{1,3}a{2}[ab]*b").value().Matches("aaab"));
  EXPECT_FALSE(Pattern::Parse("a{1,3}a{2}[ab]*b").value().Matches("aab"));
}

// ISO 7064, ISO 13616 and Verhoeff's own examples.
TEST(CheckDigits, AgreeWithTheirStandards) {
  EXPECT_TRUE(detect::Luhn("79927398713"));
  EXPECT_FALSE(detect::Luhn("79927398710"));
  EXPECT_TRUE(detect::Verhoeff("2363"));
  EXPECT_TRUE(detect::Mod11_10("07945"));
  EXPECT_TRUE(detect::FindValidator("iban")->accepts("GB29NWBK60161331926819"));
  EXPECT_FALSE(detect::IsDay(2025, 2, 29));
  EXPECT_TRUE(detect::IsDay(2024, 2, 29));
}

std::string TextLines(const std::string& in, std::vector<std::string>* warnings) {
  std::istringstream input(in);
  std::ostringstream output;
  const auto counts = DetectTextLines(BuiltIn(), input, output,
                                      [&](const Error& warning) { warnings->push_back(warning.DebugString()); });
  return counts.ok() ? output.str() : counts.error().DebugString();
}

TEST(TextLines, AnswerEachLineAndNameTheBrokenOnes) {
  std::vector<std::string> warnings;
  const std::string out = TextLines(
      "{\"id\": 1, \"text\": \"ana@example.org\", \"lang\": \"es\"}\n"
      "not json\n{\"id\": 3}\n{\"id\": \"4\", \"text\": \"a\\u0000 b@example.org\"}\n{\"id\": 5, \"text\": \"x \xff "
      "c@example.org\"}\n",
      &warnings);
  EXPECT_THAT(out,
              HasSubstr(R"({"id":1,"spans":[{"start":0,"end":15,"entity":"email","category":"user.contact.email",)"));
  EXPECT_THAT(out, HasSubstr(R"({"id":"4","spans":[{"start":3,"end":16,)"));
  EXPECT_THAT(out, HasSubstr(R"({"id":5,"spans":[{"start":4,)"));
  EXPECT_THAT(warnings, ElementsAre(HasSubstr("line_not_json{line=2"), HasSubstr("line_no_text{line=3"),
                                    HasSubstr("line_repaired{line=5")));
}

// One line of `blocks` times 64 KiB, then `tail`: a stream that nobody holds in memory.
class LongLine final : public std::streambuf {
 public:
  LongLine(std::size_t blocks, std::string tail) : blocks_(blocks), tail_(std::move(tail)) {}

 private:
  int_type underflow() override {
    if (blocks_ == 0 && tail_.empty()) return traits_type::eof();
    std::string& next = blocks_ > 0 ? block_ : last_;
    if (blocks_ > 0) {
      --blocks_;
    } else {
      last_ = std::exchange(tail_, {});
    }
    setg(next.data(), next.data(), next.data() + next.size());
    return traits_type::to_int_type(next.front());
  }

  std::size_t blocks_;
  std::string block_ = std::string(64 << 10, 'a');
  std::string tail_, last_;
};

long ResidentMegabytesMax() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

TEST(TextLines, ALineOfAGigabyteIsNamedAndTakesNoMemoryBeyondTheLongestLine) {
  LongLine source(16 << 10, "\n{\"id\": 2, \"text\": \"ana@example.org\"}\n");
  std::istream input(&source);
  std::ostringstream output;
  std::vector<std::string> warnings;
  BuiltIn();
  const long before = ResidentMegabytesMax();
  const auto counts = DetectTextLines(BuiltIn(), input, output,
                                      [&](const Error& warning) { warnings.push_back(warning.DebugString()); });
  ASSERT_TRUE(counts.ok());
  EXPECT_THAT(warnings, ElementsAre(HasSubstr("line_too_long{line=1")));
  EXPECT_THAT(output.str(), HasSubstr(R"({"id":2,"spans":[{"start":0,"end":15,)"));
  EXPECT_LT(ResidentMegabytesMax() - before, 3 * static_cast<long>(kTextLineBytesMax >> 20));
}

ColumnJudgement Judged(std::string field, std::vector<std::string> values, std::string collection = "t") {
  return BuiltIn().Column(
      {.field = {.collection = std::move(collection), .field = std::move(field)}, .values = std::move(values)});
}

TEST(Columns, ValuesSpeakWhereTheHeaderSaysNothing) {
  EXPECT_EQ(Judged("c7", {"ana@example.org", "ben@example.org", "cy@example.com", "dee@example.net"}).category,
            "user.contact.email");
  EXPECT_EQ(Judged("c8", {"DE89370400440532013000", "GB29NWBK60161331926819", "FR1420041010050500013M02606",
                          "NL91ABNA0417164300"})
                .category,
            "user.financial.bank_account");
  EXPECT_EQ(Judged("c9", {"4711", "4712", "4713", "4714", "4715"}).category, "none");
  EXPECT_EQ(Judged("c10", {"red", "green", "blue", "yellow"}).category, "none");
}

TEST(Columns, ValuesVetoTheName) {
  EXPECT_EQ(Judged("email", {"0", "1"}, "users").category, "none");
  EXPECT_EQ(Judged("email", {"often", "never", "weekly", "daily"}, "users").category, "none");
}

TEST(Columns, LanguagesAreCalledAsNationsAre) {
  const std::vector<std::string> words = {"English", "Italian", "Japanese", "Mandarin", "French", "German"};
  EXPECT_EQ(Judged("name", words, "language").category, "none");
  EXPECT_EQ(Judged("name", words, "cuisines").category, "none");
  EXPECT_EQ(Judged("nationality", words, "patients").category, "user.demographic");
}

TEST(Columns, NamesAmongWorksAreThoseOfTheirMakersAndALookupListIsNobodys) {
  const std::vector<std::string> names = {"Anna Martin", "John Smith", "Maria Garcia", "Peter Wagner", "David Jones"};
  EXPECT_EQ(Judged("composed", names, "tracks").category, "none");
  EXPECT_EQ(Judged("composed", names, "bookings").category, "user.name");
  EXPECT_EQ(Judged("customer_2", names, "products").category, "user.name");
  const std::vector<std::string> places = {"Argentina", "Austria", "Brazil", "Canada", "Chile", "China"};
  EXPECT_EQ(Judged("country", places, "country").category, "none");
  EXPECT_EQ(Judged("country", places, "customers").category, "user.contact.address.country");
}

// Was read beyond its end: a number and a word of streets, and no name behind it.
TEST(Columns, ValuesMayEndWhereAStreetWouldGoOn) {
  EXPECT_EQ(Judged("c1", {"12 Rue", "7 Rue", "3 Calle", "Rue", "12"}).category, "none");
  EXPECT_EQ(Judged("c1", {"12 rue Victor Hugo", "7 rue Pasteur", "3 rue Jean Moulin", "18 rue Gambetta"}).category,
            "user.contact.address.street");
}

TEST(Columns, ARepeatedValueCountsOnce) {
  EXPECT_EQ(Judged("c1", std::vector<std::string>(500, "ana@example.org")).distinct_values, 1);
  EXPECT_EQ(Judged("c1", std::vector<std::string>(500, "ana@example.org")).category, "none");
}

// Vectors of the registries' own rules; the last digit of each second number is wrong.
TEST(Numbers, HaveTheCheckDigitOfTheirCountry) {
  const auto found = [](std::string text) { return !Detector::BuiltIn().value()->Text(text).empty(); };
  EXPECT_TRUE(found("RUT: 12.531.909-2"));  // Chile, Registro Civil
  EXPECT_FALSE(found("RUT: 12.531.909-3"));
  EXPECT_TRUE(found("NUIT: 400339910"));  // Mozambique, Autoridade Tributária
  EXPECT_FALSE(found("NUIT: 400339911"));
  EXPECT_TRUE(found("TIN: C0000803561"));  // Ghana, GRA
  EXPECT_FALSE(found("TIN: C0000803562"));
  EXPECT_TRUE(found("VAT: OM1100006083"));  // Oman
  EXPECT_FALSE(found("VAT: OM1100006084"));
  EXPECT_TRUE(found("UEN: S16FC0121D"));  // Singapore, ACRA
  EXPECT_FALSE(found("UEN: S16FC0121E"));
  EXPECT_FALSE(found("CPJ: 3-534-123559"));   // Costa Rica: no such class
  EXPECT_FALSE(found("CNP: 1630615993454"));  // Romania: no such county
}

TEST(Text, RelativesAndStatusCountWhereSomebodyIsSpokenOf) {
  EXPECT_THAT(Found("Unsere Tochter Mathilda Reimer ist krank, ihr Bruder holt die Hausaufgaben."),
              AllOf(Contains("family:Tochter"), Contains("family:Bruder")));
  EXPECT_THAT(Found("Ninon Le Goff sera absente, sa grand-mère est malade."), Contains("family:grand-mère"));
  EXPECT_THAT(Found("Purificación Sanz, de 82 años, viuda, vive sola."), Contains("demographic:viuda"));
  EXPECT_THAT(Found("La madre naturaleza es sabia."), IsEmpty());
  EXPECT_THAT(Found("Anna Keller moved to the time zone by mere chance."), Not(Contains(HasSubstr("family:"))));
  EXPECT_THAT(Found("Una receta peruana, sencilla, con lima."), IsEmpty());
}

TEST(Text, YearsOfSomebodyAreNotHowLongSomethingWentOn) {
  EXPECT_THAT(Found("Le corps d'un homme de 61 ans"), Contains("age:61 ans"));
  EXPECT_THAT(Found("Ein 52-jähriger Landwirt wurde verletzt."), Contains("age:52-jähriger"));
  EXPECT_THAT(Found("Plainte de Mme Carmela Iannone (88 ans)"), Contains("age:88 ans"));
  EXPECT_THAT(Found("Ein 10-jähriger Vertrag"), IsEmpty());
  EXPECT_THAT(Found("une Garantie (5 ans) pour tous"), Not(Contains(HasSubstr("age:"))));
}

TEST(Text, NumbersOfCompaniesAndOfOtherCountriesAreNotSomebodys) {
  EXPECT_THAT(Found("NIP: 523-301-04-65"), Contains("tax_id:523-301-04-65"));
  EXPECT_THAT(Found("NIP firmy: 523-301-04-65"), IsEmpty());
  EXPECT_THAT(Found("kmkr: 216436507"), Contains("tax_id:216436507"));
  EXPECT_THAT(Found("VAT: GB 216436507"), IsEmpty());
}

TEST(Text, WhatIsAFirmsIsNoNumberOfAnotherKind) {
  for (const char* text : {"ЕИК 121212122 „Балкан Строй“ ООД", "NIP spółki 784-301-91-58",
                           "SIRET de l'établissement : 326 430 477 00025", "NIP firmy 784-301-91-58"}) {
    EXPECT_THAT(Found(text), Not(Contains(HasSubstr("_id:")))) << text;
  }
  EXPECT_THAT(Found("SIRET 160 697 165 00019, siège social à Nantes"), Not(Contains(HasSubstr("national_id:"))));
}

// A format with a check digit is named, and the number has its form and fails it.
TEST(Text, ANumberThatFailsTheNamedFormatIsOfNoOther) {
  for (const char* text :
       {"C.F. DBRTGN78D45A944N", "Steuer-ID 10 458 367 528", "kennitala 150964-8574 er röng",
        "cédula 1355939406 Ecuador", "ЈМБГ 1503985717897", "numer rachunku 77 1140 2004 0000 3205 9928 4991",
        "RUT 16.148.732-K", "tajszáma 966 835 118", "NHS 632-701-0863", "Medicare card 4653 36822 1",
        "naf 477986886257"}) {
    EXPECT_THAT(Found(text), Not(Contains(AnyOf(HasSubstr("_id:"), HasSubstr("phone:"), HasSubstr("bank_account:")))))
        << text;
  }
}

// Letters with dots between them are the word that they spell.
TEST(Text, AFormatIsNamedWithDots) {
  EXPECT_THAT(Found("N.I.F. 40359267V"), ElementsAre("national_id:40359267V"));
  EXPECT_THAT(Found("Α.Φ.Μ. 130867107"), ElementsAre("tax_id:130867107"));
  EXPECT_THAT(Found("O.I.B. 33392005961"), ElementsAre("national_id:33392005961"));
  for (const char* text : {"N.I.F. 40359267W", "Α.Φ.Μ. 130867108", "R.U.T.: 16.148.732-1", "C.F.: CNTCHR83T41D969E",
                           "r. č.: 780124/3542", "C.U.R.P. BOXW310820HNERXN08"}) {
    EXPECT_THAT(Found(text), IsEmpty()) << text;
  }
}

TEST(Text, TheRestOfAnIbanIsNoAccount) {
  for (const char* text :
       {"compte BE48 3190 0711 4927", "bank account NL48 ABNA 0390 6970 44", "rekeningnummer: BE 40 3200 7115 4927"}) {
    EXPECT_THAT(Found(text), IsEmpty()) << text;
  }
}

TEST(Text, AWordBetweenANameAndItsNumberHidesNoWrongCheckDigit) {
  EXPECT_THAT(Found("my NHS number is: 943-586-5072"), IsEmpty());
  EXPECT_THAT(Found("my NHS number is: 943-476-5870"), ElementsAre("health_id:943-476-5870"));
}

TEST(Text, ANumberCutFromALongerOneIsNone) {
  EXPECT_THAT(Found("cuenta 5717 2517 41 0071062207"), Not(Contains(HasSubstr("bank_account:41"))));
  EXPECT_THAT(Found("RIB 30004 00823 00012345678 19"), ElementsAre("bank_account:30004 00823 00012345678 19"));
}

TEST(Text, ANumberThatCostsNothingIsAServices) {
  for (const char* text : {"Hotline: 0800 882 44 60", "our service desk 1-800-467-7829", "llame al 900 262 233",
                           "代表電話 0120-362-683（通話無料）"}) {
    EXPECT_THAT(Found(text), IsEmpty()) << text;
  }
  EXPECT_THAT(Found("her cell is 1-800-467-7829"), ElementsAre("phone:1-800-467-7829"));
  EXPECT_THAT(Found("ring 0801 882 44 60"), ElementsAre("phone:0801 882 44 60"));
}

// A Peruvian DNI has a check digit behind its eight, which people leave out.
TEST(Text, MoreWordsForAFormatOfAnotherLengthSayNothing) {
  EXPECT_THAT(Found("su DNI (RENIEC) es 41234567"), Contains("national_id:41234567"));
}

// The word for "number" names no country's identity number.
TEST(Text, AnArabicAccountIsNotRefutedByTheWordForNumber) {
  EXPECT_THAT(Found("رقم الحساب: 1234567890123"), ElementsAre("bank_account:1234567890123"));
}

TEST(Text, AFormOfZerosIsNobodys) {
  EXPECT_THAT(Found("le numéro 0 00 00 00 000 000 00"), IsEmpty());
}

TEST(Text, ALabelInAnEastAsianSentenceLeadsToItsNumber) {
  EXPECT_THAT(Found("お客様の運転免許証番号は306768093556、有効期限"), ElementsAre("driving_licence:306768093556"));
  EXPECT_THAT(Found("我的身份证号码是110105198806178115"), ElementsAre("national_id:110105198806178115"));
}

TEST(Text, APlateMayBeWrittenSmallBehindItsWord) {
  EXPECT_THAT(Found("Kennzeichen m-ab 1234 ist weg"), Contains("vehicle:m-ab 1234"));
  EXPECT_THAT(Found("kenteken 12-abc-3 is gestolen"), Contains("vehicle:12-abc-3"));
}

TEST(Text, WhatOnlyRoutersAndFormsWriteIsFound) {
  EXPECT_THAT(Found("arp entry 9c52.d094.2ef5"), ElementsAre("device_id:9c52.d094.2ef5"));
  EXPECT_THAT(Found("broadcast ff:ff:ff:ff:ff:ff"), IsEmpty());
  EXPECT_THAT(Found("sort: 29-85-25, acct"), Contains("bank_account:29-85-25"));
  EXPECT_THAT(Found("NI number MK 65 34 72 C"), Contains("national_id:MK 65 34 72 C"));
  EXPECT_THAT(Found("MK 65 34 72 C"), Contains("national_id:MK 65 34 72 C"));
}

TEST(Secrets, StandInSentencesCommandsAndHeaders) {
  const auto secret = [](const std::string& text) { return Contains(HasSubstr("secret:" + text)); };
  EXPECT_THAT(Found("Das Passwort für den VPN-Zugang lautet y0FckPwEq2R7X"), secret("y0FckPwEq2R7X"));
  EXPECT_THAT(Found("the password for guests is written on the wall"), IsEmpty());
  EXPECT_THAT(Found("redis-cli -h cache -a NMwQ2p_z9kDsXM PING"), secret("NMwQ2p_z9kDsXM"));
  EXPECT_THAT(Found("val dbPassword: String = \"2EwM185Vd3Ypx\""), secret("2EwM185Vd3Ypx"));
  EXPECT_THAT(Found("nextPageToken: XUhBj8xjy5ezYurC0IcWNbZPvis61CN7SSGG4U"), IsEmpty());
  EXPECT_THAT(Found("Cookie: theme=dark; PHPSESSID=st7wf5t47dmupkbi75f76slgz6"), secret("st7wf5t47dmupkbi75f76slgz6"));
  EXPECT_THAT(Found("WIFI:T:WPA;S:Guests;P:Letmein99;;"), secret("Letmein99"));
  EXPECT_THAT(Found("seed phrase: bonus cricket silver echo cinnamon genius bamboo oblige hobby kitten pottery clever"),
              secret("bonus cricket"));
  EXPECT_THAT(Found("\"password\": \"Passwort\","), IsEmpty());
  EXPECT_THAT(Found("password=getUserPassword"), IsEmpty());
  EXPECT_THAT(Found("mi clave es Viking797x"), secret("Viking797x"));
  EXPECT_THAT(Found("ssh to the host, pw Viking797x"), secret("Viking797x"));
  EXPECT_THAT(Found("builder.setPassword(\"Viking797x\")"), secret("Viking797x"));
  EXPECT_THAT(Found("the password is written on the wall"), IsEmpty());
  EXPECT_THAT(Found("password Base64"), IsEmpty());
}

TEST(Secrets, StandWhereCommandsDevicesCallsAndPeopleGiveThem) {
  const auto text_of = [](std::string_view value) { return Contains("secret:" + std::string(value)); };
  for (const auto& [text, value] : std::initializer_list<std::pair<const char*, const char*>>{
           {"snowsql -a kd93 -u LOADER -p 'Hum4mel.flug' -q 'select 1'", "Hum4mel.flug"},
           {"sqlplus scott/T1gerlily9@//ora1:1521/ORCL", "T1gerlily9"},
           {"echo \"root:Chp4sswd.x\" | chpasswd", "Chp4sswd.x"},
           {"net user hugo Sommer!25 /add", "Sommer!25"},
           {"vault operator unseal XlCLipZcbXMmXtiIV0xSqVYxB9el0IofIkfhF7dVPffC",
            "XlCLipZcbXMmXtiIV0xSqVYxB9el0IofIkfhF7dVPffC"},
           {"crypto isakmp key Tunnel.vor.77 address 203.0.113.9", "Tunnel.vor.77"},
           {"snmp-server user mon grp v3 auth sha Snmp.auth1 priv aes 128 Snmp.priv1", "Snmp.priv1"},
           {"pymysql.connect(\"db1\", \"app\", \"py.Pass.9\", \"crm\")", "py.Pass.9"},
           {"crypto.createHmac('sha256', 'mein-geheimes-wort-77')", "mein-geheimes-wort-77"},
           {"creds: admin / P4pierkorb", "P4pierkorb"},
           {"2FA seed for the registrar: JBSW Y3DP EHPK 3PXP", "JBSW Y3DP EHPK 3PXP"},
           {"here's the token btw j9BqrUXa2dh2DhisLt7VFzrCkMtc2s5s", "j9BqrUXa2dh2DhisLt7VFzrCkMtc2s5s"},
           {"ConvertTo-SecureString 'Ahorn.77' -AsPlainText -Force", "Ahorn.77"},
           {"wpa_passphrase=drei kleine Igel", "drei kleine Igel"},
           {"pass: Igel-herbst3", "Igel-herbst3"}})
    EXPECT_THAT(Found(text), text_of(value)) << text;
  EXPECT_THAT(Found("https://chat.lan/hooks/f6cm2w2q8pzw2lzrswp63cwav6"), Contains(HasSubstr("secret:https://")));
  for (const char* const decoy :
       {"docker run -u app -p 8080:80/tcp nginx", "mysql -u root -p warehouse_2024",
        "crypto.createHmac('sha256', 'sha512')", "kubectl get secret my-app-credentials-2024 -o yaml",
        "password: vault:secret/data/crm1#pw", "https://docs.lan/webhooks/getting-started-with-hooks",
        "existingSecret: postgres-credentials-2024", "assert token == expected_token_v2",
        "$pwd = Read-Host -AsSecureString"})
    EXPECT_THAT(Found(decoy), Not(Contains(HasSubstr("secret:")))) << decoy;
}

TEST(Explanation, NamesRuleCheckDigitAndContextWithoutTheValue) {
  const auto explained = Detector::BuiltIn().value()->Explain("Su NIF es 12345678Z.");
  ASSERT_EQ(explained.size(), 1u);
  EXPECT_EQ(explained[0].span.detector, "es-dni");
  EXPECT_FALSE(explained[0].source.empty());
  std::string said;
  for (const Evidence& part : explained[0].evidence)
    said += std::string(EnumText(part.kind)) + " " + part.detail + "\n";
  EXPECT_NE(said.find("check_digit"), said.npos) << said;
  EXPECT_NE(said.find("context_word nif"), said.npos) << said;
  EXPECT_EQ(said.find("12345678"), said.npos) << said;
}

}  // namespace
}  // namespace privity
