// Values behind their labels, in the forms in which people and programs write them.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "base/type_table.h"
#include "detect/detector.h"
#include "detect/testing/span_text.h"

namespace privity {
namespace {

struct Labelled {
  const char* text;
  const char* value;
  Entity entity;
};

std::string Found(const std::string& text, Entity entity) {
  const auto detector = Detector::BuiltIn();
  std::string found;
  for (const TextSpan& span : (*detector)->Text(text)) {
    if (span.entity != entity) continue;
    found += (found.empty() ? "" : "|") + TextOf(span, text);
  }
  return found;
}

TEST(Labels, ValuesBehindThemAreFound) {
  static constexpr Labelled kRows[] = {
      {"user=jdoe42 action=login", "jdoe42", Entity::kUsername},
      {"failed login for user=jkowalczyk from 10.0.0.1", "jkowalczyk", Entity::kUsername},
      {"Employee ID: E-44821", "E-44821", Entity::kOtherId},
      {"Policy number: HX-99182734", "HX-99182734", Entity::kOtherId},
      {"Geburtsort: Adana", "Adana", Entity::kLocation},
      {"Username: mkowalski Password: x", "mkowalski", Entity::kUsername},
      {"{\"username\": \"night_owl\"}", "night_owl", Entity::kUsername},
      {"Sexo: Mujer Fecha: ayer", "Mujer", Entity::kGender},
      {"Kundennummer: KD-2041883", "KD-2041883", Entity::kOtherId},
      {"Beruf: Krankenschwester", "Krankenschwester", Entity::kJobTitle},
      {"Estado civil: casada", "casada", Entity::kDemographic},
      {"<job_title>Site engineer</job_title>", "Site engineer", Entity::kJobTitle},
      {"The passport number is C01X00T47.", "C01X00T47", Entity::kPassport},
      {"Customer number K-20931 called", "K-20931", Entity::kOtherId},
      {"Driver's license number: D123-4567-8901", "D123-4567-8901", Entity::kDrivingLicence},
      {"patientNumber=8812-44", "8812-44", Entity::kHealthId},
      {"'last_name': 'quispe mamani'", "quispe mamani", Entity::kPerson},
  };
  for (const Labelled& row : kRows) EXPECT_EQ(Found(row.text, row.entity), row.value) << row.text;
}

TEST(Labels, ValuesAreFoundWhereTheyAreSaidInPassing) {
  static constexpr Labelled kRows[] = {
      {"i think the pw was Biscuit2014 but it says wrong", "Biscuit2014", Entity::kSecret},
      {"ok so the wifi is purpleotter77, dont give it away", "purpleotter77", Entity::kSecret},
      {"and her PIN for the safe was 0907", "0907", Entity::kSecret},
      {"The door code is 4471# and nobody is in.", "4471#", Entity::kSecret},
      {"Dog in home. Gate *0451.", "*0451", Entity::kSecret},
      {"The lockbox code is 3-1-4-9.", "3-1-4-9", Entity::kSecret},
      {"my handle on the forum is rust_goblin", "rust_goblin", Entity::kUsername},
      {"He goes by tixplug.mcr on insta.", "tixplug.mcr", Entity::kUsername},
      {"IG: _bakedby.sunniva_ owes us refunds.", "_bakedby.sunniva_", Entity::kUsername},
      {"the white van, reg KX19 ZVD", "KX19 ZVD", Entity::kVehicle},
      {"it's about plate 221-D-40417.", "221-D-40417", Entity::kVehicle},
      {"Toyota Prius, EA 4182 KB, is yours.", "EA 4182 KB", Entity::kVehicle},
      {"our member, membership no ATW 077143", "ATW 077143", Entity::kOtherId},
      {"Prisoner A4418CK asks for a move.", "A4418CK", Entity::kOtherId},
  };
  for (const Labelled& row : kRows) EXPECT_EQ(Found(row.text, row.entity), row.value) << row.text;
}

TEST(Labels, WhatASentenceGoesOnWithIsNotSaid) {
  for (const std::string text :
       {"The password is required and must be long.", "password SHA256 hashed", "GitHub Actions v2.0 is out",
        "user created_at DESC", "ORDER BY created_at", "the alarm is on at 0730", "error code 4471",
        "the Ford F 150 and the Mercedes C220 CDI", "case 2 of 3 in 2019", "PIN 560034 Bengaluru"}) {
    for (const Entity entity : {Entity::kSecret, Entity::kUsername, Entity::kVehicle, Entity::kOtherId})
      EXPECT_EQ(Found(text, entity), "") << text;
  }
}

TEST(Labels, ColumnsOfATableAreRead) {
  const std::string table =
      "first_name;last_name;username;job title\n"
      "Wanjiru;Kamau;wkamau;Field nurse\n"
      "Teuila;Faleolo;tfaleolo;Welder\n";
  EXPECT_EQ(Found(table, Entity::kUsername), "wkamau|tfaleolo");
  EXPECT_EQ(Found(table, Entity::kJobTitle), "Field nurse|Welder");
  EXPECT_EQ(Found(table, Entity::kPerson), "Wanjiru|Kamau|Teuila|Faleolo");
}

// Types, prose and empty values behind what looks like a label.
TEST(Labels, PapersBesideANameMakeATableOfPeople) {
  EXPECT_EQ(Found("id,full_name,dob,nhs_no,gp_code\n88,Lane,1961-07-30,4262349152,Y02494", Entity::kHealthId),
            "4262349152");
}

TEST(Labels, WhatIsNoValueIsLeftAlone) {
  for (const char* text : {"username: string, optional", "username: choose one that you can remember",
                           "username = account.name()", "gender: null", "job title: required", "user::create(1)",
                           "http://user:8080/x", "postal code: none", "customer number: unknown", "a;b;c\n1;2;3\n"}) {
    const auto detector = Detector::BuiltIn();
    const auto spans = (*detector)->Text(text);
    const bool labelled = std::any_of(spans.begin(), spans.end(), [](const TextSpan& span) {
      return span.entity == Entity::kUsername || span.entity == Entity::kGender || span.entity == Entity::kJobTitle ||
             span.entity == Entity::kOtherId || span.entity == Entity::kPostalCode;
    });
    EXPECT_FALSE(labelled) << text;
  }
}

// "National", "identity", "tax" stand in the files of some countries, and people everywhere write them.
TEST(Labels, WordsForAKindOfNumberSpeakForEveryCountrys) {
  static constexpr Labelled kRows[] = {
      {"national id: 44051401359", "44051401359", Entity::kNationalId},
      {"ID number: 7503305044089", "7503305044089", Entity::kNationalId},
      {"My national ID is 44051401359.", "44051401359", Entity::kNationalId},
      {"Personal number: 8112289874", "8112289874", Entity::kNationalId},
      {"His tax identification number, 86095742719, was on the form.", "86095742719", Entity::kTaxId},
      {"Numero de identificacao fiscal 501964843", "501964843", Entity::kTaxId},
      {"health insurance number: A123456780", "A123456780", Entity::kHealthId},
  };
  for (const Labelled& row : kRows) EXPECT_EQ(Found(row.text, row.entity), row.value) << row.text;
}

TEST(Labels, HandlesAreFoundWhereNetworksOfPeopleAreSpokenOf) {
  EXPECT_EQ(Found("Follow @kate_m on Instagram.", Entity::kUsername), "kate_m");
  EXPECT_EQ(Found("Twitter: @maria_dev, GitHub: @mdev", Entity::kUsername), "maria_dev|mdev");
  for (const char* text : {"@Override public void run()", "npm install @types/node", "@media (min-width: 10em)",
                           "kate@example.org wrote on Instagram"}) {
    EXPECT_EQ(Found(text, Entity::kUsername), "") << text;
  }
}

TEST(Labels, HandlesAreFoundAmongWordsOfASentence) {
  EXPECT_EQ(Found("thanks @nina_b and @orlando72 for coming", Entity::kUsername), "nina_b|orlando72");
  EXPECT_EQ(Found("My username is tofu_baron88 and I cannot log in", Entity::kUsername), "tofu_baron88");
  EXPECT_EQ(Found("The username is not known", Entity::kUsername), "");
  EXPECT_EQ(Found("@media (max-width: 600px) and @import or @types/node", Entity::kUsername), "");
  EXPECT_EQ(Found("see @deprecated and @param for the tags", Entity::kUsername), "");
}

TEST(Labels, AccountsAreFoundInLinesOfLogs) {
  EXPECT_EQ(Found("user jdoe_1987 logged in from 192.0.2.4", Entity::kUsername), "jdoe_1987");
  EXPECT_EQ(Found("login failed for maria.lopez (id=17)", Entity::kUsername), "maria.lopez");
  EXPECT_EQ(Found("username: frosty#4471", Entity::kUsername), "frosty#4471");
  for (const char* text :
       {"the user guide v2.1", "user interface logged", "session for 12.5 minutes", "password for the vault"}) {
    EXPECT_EQ(Found(text, Entity::kUsername), "") << text;
  }
}

TEST(Labels, AnAddressInAQueryIsFoundAsItIsEncoded) {
  EXPECT_EQ(Found("GET /join?name=x&email=ana%40example.com&ok=1", Entity::kEmail), "ana%40example.com");
}

TEST(Labels, AreReadInScriptsWithoutCapitals) {
  EXPECT_EQ(Found("ชื่อ: สมชาย ใจดี", Entity::kPerson), "สมชาย ใจดี");
  EXPECT_EQ(Found("নাম: ফাতেমা খাতুন", Entity::kPerson), "ফাতেমা খাতুন");
  EXPECT_EQ(Found("नाम: सुनील यादव\nफोन: ...", Entity::kPerson), "सुनील यादव");
}

TEST(Labels, CompaniesAreKnownByHowTheyEnd) {
  EXPECT_EQ(Found("The meeting with Acme Corporation is on Tuesday.", Entity::kOrganization), "Acme Corporation");
  for (const char* text : {"The Parent Company shall pay.", "Limited Company shares", "Insurance Company"}) {
    EXPECT_EQ(Found(text, Entity::kOrganization), "") << text;
  }
}

TEST(Labels, NumbersBehindThemAreFoundInManyLanguages) {
  static constexpr Labelled kRows[] = {
      {"病历号：0092528729", "0092528729", Entity::kHealthId},
      {"聯絡電話：9089 8361", "9089 8361", Entity::kPhone},
      {"携帯番号：09012345678", "09012345678", Entity::kPhone},
      {"הטלפון שלי, טלפון נייד: 0541234567", "0541234567", Entity::kPhone},
      {"मोबाइल नंबर 9876543210", "9876543210", Entity::kPhone},
      {"číslo občianskeho preukazu EA123456", "EA123456", Entity::kNationalId},
      {"лична карта № 642935781", "642935781", Entity::kNationalId},
      {"Α.Δ.Τ. ΑΚ 400326", "ΑΚ 400326", Entity::kNationalId},
      {"D.N.I. 27.345.678", "27.345.678", Entity::kNationalId},
      {"C.C. No. 52.418.907", "52.418.907", Entity::kNationalId},
      {"namba ya NIDA: 19900101-12345-00001-20", "19900101-12345-00001-20", Entity::kNationalId},
      {"nr rej. WPI 4N72K", "WPI 4N72K", Entity::kVehicle},
      {"р/с 40817810099910004312", "40817810099910004312", Entity::kBankAccount},
  };
  for (const Labelled& row : kRows) EXPECT_EQ(Found(row.text, row.entity), row.value) << row.text;
}

TEST(Labels, BentAndShortFormsOfTheirWordsSpeakForNumbersToo) {
  static constexpr Labelled kRows[] = {
      {"Adóazonosítóm: 8417263519", "8417263519", Entity::kTaxId},
      {"κινητό του γιου: 6973 795702", "6973 795702", Entity::kPhone},
      {"CDL 63713630 TX", "63713630", Entity::kDrivingLicence},
      {"Vairuotojo pažymėjimas 96170074", "96170074", Entity::kDrivingLicence},
      {"số tài khoản Vietcombank của em gái: 0071074814354", "0071074814354", Entity::kBankAccount},
      {"num_ss: 28 84110954 60", "28 84110954 60", Entity::kHealthId},
      {"conta poupança certa é 34270012-5", "34270012-5", Entity::kBankAccount},
      {"Fahrzeug M-TV 835 steht im Hof", "M-TV 835", Entity::kVehicle},
      {"MMSI 249919730, IMO 8771722", "", Entity::kPhone},
      {"송장번호 3978-3153-9086", "", Entity::kNationalId},
  };
  for (const Labelled& row : kRows) EXPECT_EQ(Found(row.text, row.entity), row.value) << row.text;
}

TEST(Labels, ANumberIsNotRefutedByTheLabelOfTheOneBefore) {
  EXPECT_EQ(Found("Ihre Steuernummer 21/815/08150 und Kundennummer 4477123 liegen vor.", Entity::kOtherId), "4477123");
}

TEST(Labels, AnAddressEndsWhereTheTelephoneIsNamed) {
  const std::string text = "wohnhaft Lindenallee 12a, 50968 Aachen, Tel. 0221 4710815";
  EXPECT_EQ(Found(text, Entity::kPhone), "0221 4710815");
  EXPECT_EQ(Found(text, Entity::kAddress), "Lindenallee 12a, 50968 Aachen");
}

TEST(Labels, NumbersInCellsOfARowAreWhole) {
  EXPECT_EQ(Found("Grace Hopper,grace@example.org,536-90-4399,120000", Entity::kNationalId), "536-90-4399");
  EXPECT_EQ(Found("Summe 12345,67 und 1,234,567", Entity::kNationalId), "");
}

TEST(Labels, AWrongNumberIsNoAddress) {
  EXPECT_EQ(Found("SSN 078-05-1120", Entity::kAddress), "");
}

// The Spanish DNI's letter for 12345678 is Z.
TEST(Labels, ANumberThatItsCheckDigitRefutesIsNone) {
  EXPECT_EQ(Found("DNI: 12345678Z", Entity::kNationalId), "12345678Z");
  EXPECT_EQ(Found("DNI: 12345678A", Entity::kNationalId), "");
}

}  // namespace
}  // namespace privity
