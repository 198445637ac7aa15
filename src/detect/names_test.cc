// The tagger of names and its model.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <fstream>
#include <thread>

#include "detect/detector.h"
#include "detect/internal/letters.h"
#include "detect/internal/name_doubt.h"
#include "detect/internal/name_tagger.h"
#include "detect/testing/span_text.h"

namespace privity {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

// "entity:text" of the names in a text.
std::vector<std::string> Names(const std::string& text) {
  static const auto detector = Detector::BuiltIn().value();
  std::vector<std::string> found;
  for (const TextSpan& span : detector->Text(text)) {
    const bool name = span.entity == Entity::kPerson || span.entity == Entity::kLocation ||
                      span.entity == Entity::kOrganization || span.entity == Entity::kAddress;
    if (!name) continue;
    found.push_back(std::string(EnumText(span.entity)) + ":" + TextOf(span, text));
  }
  return found;
}

TEST(Names, ThatStandInNoListAreFoundByWhatStandsAroundThem) {
  EXPECT_THAT(Names("Dear Mr. Zorvandik, thank you for your letter."), ElementsAre("person:Zorvandik"));
  EXPECT_THAT(Names("Patient: Quellinde Orvastro, seen on Monday."), ElementsAre("person:Quellinde Orvastro"));
  EXPECT_THAT(Names("Nombre: Xilander.\nApellidos: Brunquero Ostavia."), Contains("person:Xilander"));
}

TEST(Names, BeginBehindTitlesAndAreNoHeadsOfColumns) {
  EXPECT_THAT(Names("Herr Dr. med. Jan-Peter Brandt hat am 01.02.2021 unterschrieben."),
              ElementsAre("person:Jan-Peter Brandt"));
  EXPECT_THAT(Names("Frau Dr. rer. nat. Ilse Brandt hat angerufen."), ElementsAre("person:Ilse Brandt"));
  EXPECT_THAT(Names("name,email,ssn,salary\n"), IsEmpty());
}

TEST(Names, OfMakesAndDishesAreNobodysWherePeopleAreNotSpokenOf) {
  EXPECT_THAT(Names("Calvin Klein jeans and a Ralph Lauren polo shirt"), Not(Contains(testing::StartsWith("person"))));
  EXPECT_THAT(Names("two cups of Earl Grey and a Tom Collins"), Not(Contains(testing::StartsWith("person"))));
  EXPECT_THAT(Names("Calvin Klein said that he would call again"), ElementsAre("person:Calvin Klein"));
  EXPECT_THAT(Names("Dear Mr Tom Collins, thank you"), Contains("person:Tom Collins"));
}

TEST(Names, OfThingsCalledAfterSomebodyAreNobodys) {
  for (const std::string text : {"The Doppler effect explains the change in pitch", "Rose gold plated earrings",
                                 "Use the Dijkstra algorithm when all weights are positive"})
    EXPECT_THAT(Names(text), IsEmpty()) << text;
  EXPECT_THAT(Names("I met the Kaufmann family."), ElementsAre("person:Kaufmann"));
}

TEST(Names, OfThingsAreToldByTheWordsAround) {
  for (const std::string text :
       {"The Nyquist rate is twice the highest frequency of the signal", "Gibson SG, cherry red, minor scratches",
        "Use Pandas to read the file and Jinja to render it", "Zapatillas Joma, talla 42, blancas",
        "The Markov chain converges slowly", "Cooper tyres 225/45 R17, set of four"})
    EXPECT_THAT(Names(text), Not(Contains(testing::StartsWith("person")))) << text;
  EXPECT_THAT(Names("Oliver Grant bought a Dyson fan and two Bosch drills."), Contains("person:Oliver Grant"));
  EXPECT_THAT(Names("The library was written by Tomasz Zielinski in 2009."), Contains("person:Tomasz Zielinski"));
  EXPECT_THAT(Names("Coach Petersen says practice is cancelled"), Contains("person:Petersen"));
  EXPECT_THAT(Names("Gift for Chloe: blue scarf, size M, wrapped"), Contains("person:Chloe"));
}

TEST(Names, BeginWithTheirInitials) {
  EXPECT_THAT(Names("J. Ruiz called about it."), ElementsAre("person:J. Ruiz"));
  EXPECT_THAT(Names("J. R. Tolmie wrote it."), ElementsAre("person:J. R. Tolmie"));
  EXPECT_THAT(Names("O'Connor asked for a copy of her file."), ElementsAre("person:O'Connor"));
}

TEST(Names, OfManyCountriesAreWhole) {
  EXPECT_THAT(Names("Fatimah binti Hassan asked for leave."), ElementsAre("person:Fatimah binti Hassan"));
  EXPECT_THAT(Names("Witness: Ravi a/l Subramaniam"), ElementsAre("person:Ravi a/l Subramaniam"));
  EXPECT_THAT(Names("Ban Ki-moon opened the meeting."), ElementsAre("person:Ban Ki-moon"));
  EXPECT_THAT(Names("Kim Min-jae joined the support team in May."), ElementsAre("person:Kim Min-jae"));
  EXPECT_THAT(Names("Barack Obama was born in Honolulu."), Contains("person:Barack Obama"));
  EXPECT_THAT(Names("Kære Mathilde Østergaard, tak for din mail."), ElementsAre("person:Mathilde Østergaard"));
  EXPECT_THAT(Names("Klient Wiesław Bąk prosi o kontakt."), ElementsAre("person:Wiesław Bąk"));
  EXPECT_THAT(Names("Blue Bin Bags, pack of ten"), IsEmpty());
  EXPECT_THAT(Names("Kunde Anton Reisinger kündigt."), ElementsAre("person:Anton Reisinger"));
}

TEST(Names, InThaiStandBehindTheirFormOfAddress) {
  EXPECT_THAT(Names("คุณวิภา แสงทอง ชำระเงินแล้ว"), ElementsAre("person:วิภา แสงทอง"));
  EXPECT_THAT(Names("น.ส. พิมพ์ชนก ทองคำ ลงชื่อ"), ElementsAre("person:พิมพ์ชนก ทองคำ"));
  for (const std::string text : {"นายกรัฐมนตรี กล่าวเปิดงาน", "คุณภาพ สินค้าดีมาก", "นางพยาบาล ประจำแผนก"})
    EXPECT_THAT(Names(text), IsEmpty()) << text;
}

TEST(Names, AnAddressBeginsBehindItsOwnerAndEndsBeforeTheNext) {
  EXPECT_THAT(Names("Amara Nwosu, 14 Adeola Odeku Street, Lagos"),
              ElementsAre("person:Amara Nwosu", "address:14 Adeola Odeku Street, Lagos"));
  EXPECT_THAT(Names("She moved from 12 Elm Road, Leeds LS6 2AB to 4 Dock Street, Hull HU1 3EE."),
              ElementsAre("address:12 Elm Road, Leeds LS6 2AB", "address:4 Dock Street, Hull HU1 3EE"));
  EXPECT_THAT(Names("Elle habite 12 rue Pasteur à 33000 Bordeaux."),
              ElementsAre("address:12 rue Pasteur à 33000 Bordeaux"));
  EXPECT_THAT(
      Names("Cégep de Rimouski\n60, rue de l'Évêché Ouest, Rimouski (Québec) G5L 4H6"),
      ElementsAre("organization:Cégep de Rimouski", "address:60, rue de l'Évêché Ouest, Rimouski (Québec) G5L 4H6"));
  EXPECT_THAT(Names("Changed: 9 Church Lane, Ely CB7 4AU -> 21 Meadow Way, Soham CB7 5DX."),
              ElementsAre("address:9 Church Lane, Ely CB7 4AU", "address:21 Meadow Way, Soham CB7 5DX"));
  EXPECT_THAT(Names("Lim Wei Ling, 10 Tampines Street 65, Singapore 520110"),
              ElementsAre("person:Lim Wei Ling", "address:10 Tampines Street 65, Singapore 520110"));
  EXPECT_THAT(Names("Офис переехал на Тверскую улицу, 16."), ElementsAre("address:Тверскую улицу, 16"));
  EXPECT_THAT(Names("Victoria House, 12 Mill Lane, Norwich NR3 1AA"), Not(Contains(::testing::HasSubstr("person:"))));
}

TEST(Names, CountsAndNumbersOfDoctorsAreNoAddresses) {
  for (const std::string text :
       {"Order: 2x Caesar salad, 1x lemonade", "Pedido: 3x tacos al pastor, 1x agua", "(núm. colegiado 29 29 04417)",
        "smoker, BP 150/90.", "Grey Wagtail 2, Song Thrush 5, Blue Tit 12, Robin 4",
        "Blend: Merlot 35, Syrah 10.5, Petit Verdot 25", "Ames 12, Basel 7, Turin 31, Gorizia 9 this week."})
    EXPECT_THAT(Names(text), Not(Contains(testing::StartsWith("address")))) << text;
}

TEST(Names, AStreetAmongCountsIsAnAddress) {
  EXPECT_THAT(Names("We moved to Mill Lane 12, Flat 3, Ely 4 years ago."), Contains(testing::StartsWith("address")));
}

TEST(Names, WhoWasNamedWholeIsNamedByTheSurnameLater) {
  EXPECT_THAT(Names("The claim of Niamh Culhane was refused. By then Culhane had moved."),
              ElementsAre("person:Niamh Culhane", "person:Culhane"));
}

TEST(Names, SurnamesACommaAndAGivenNameAreOnePerson) {
  EXPECT_THAT(Names("Paciente: GARCIA LOPEZ, MARIA DEL PILAR."), ElementsAre("person:GARCIA LOPEZ, MARIA DEL PILAR"));
}

TEST(Names, InSpanishAreReadWithBothSurnamesAndInEitherOrder) {
  EXPECT_THAT(Names("Ha llegado Hugo Larrea San Millán a la consulta de la mañana."),
              ElementsAre("person:Hugo Larrea San Millán"));
  EXPECT_THAT(Names("Hoja de anestesia del paciente: Zurbano Iraola, Koldo; varón de 47 años."),
              ElementsAre("person:Zurbano Iraola, Koldo"));
  EXPECT_THAT(Names("Remitido por la Dra. M. Ángeles Royo al servicio."), ElementsAre("person:M. Ángeles Royo"));
  EXPECT_THAT(Names("[10:02] Puri: buenas, soy la de la cita de las 12"), ElementsAre("person:Puri"));
}

TEST(Names, WhomSignsScalesAndMedicinesAreCalledAfterIsNobodyInAReport) {
  EXPECT_THAT(Names("El paciente presenta Lasègue negativo y Killip I en la consulta."), IsEmpty());
  EXPECT_THAT(Names("Se realizan las maniobras de Ortolani y Barlow en cada revisión."), IsEmpty());
  EXPECT_THAT(Names("Cierre con Vicryl y grapas en la piel del paciente."), IsEmpty());
  EXPECT_THAT(Names("La paciente consulta con la Dra. Killip por la tarde."), ElementsAre("person:Killip"));
}

TEST(Names, ATitleMakesNobodyOfGoodsAndWorks) {
  EXPECT_THAT(Names("Captain Morgan with ginger ale"), IsEmpty());
  EXPECT_THAT(Names("Don Quixote is the first modern novel"), IsEmpty());
  EXPECT_THAT(Names("Please give way to Mr Poole and his dog."), ElementsAre("person:Poole"));
}

TEST(Names, ALetterWithItsDotStandsForASurname) {
  EXPECT_THAT(Names("HR file note: met Siobhan D. re leave"), ElementsAre("person:Siobhan D."));
}

TEST(Names, SpanishInstitutionsHaveAllTheirWords) {
  EXPECT_THAT(Names("Se remite al Juzgado de Primera Instancia n.º 4 de Badajoz."),
              ElementsAre("organization:Juzgado de Primera Instancia n.º 4 de Badajoz"));
  EXPECT_THAT(Names("Control en la consulta de Cardiología del Hospital Virgen del Rosell."),
              ElementsAre("organization:Hospital Virgen del Rosell"));
}

TEST(Names, AnAddressHasItsTownAndItsFlat) {
  EXPECT_THAT(Names("Vive en la calle Ancha 27, 3.º B, con su hija."), Contains("address:calle Ancha 27, 3.º B"));
  EXPECT_THAT(Names("En la Ctra. de Toledo, km 12,5, vive el señor."), Contains("address:Ctra. de Toledo, km 12,5"));
  EXPECT_THAT(Names("He moved to 7 Orchard Street, Nottingham."), ElementsAre("address:7 Orchard Street, Nottingham"));
  EXPECT_THAT(Names("Pani Nowak, ul. Polna 12/4, 00-625 Warszawa"), Contains(::testing::HasSubstr("ul. Polna 12/4")));
  EXPECT_THAT(Names("Vive en la Avda. de Galicia 31, 4º izda., desde 2019."),
              Contains(::testing::EndsWith("4º izda.")));
  EXPECT_THAT(Names("Domicilio: Calle Mayor 12, piso 3, dpto. B. Llamar antes."),
              Contains(::testing::EndsWith("dpto. B")));
}

TEST(Names, ACompanyHasAllOfItsWords) {
  EXPECT_THAT(Names("It is run by Merriweather Capital Partners LLP."),
              ElementsAre("organization:Merriweather Capital Partners LLP"));
}

TEST(Names, CompaniesAndClubsEndWithWhatTheyDo) {
  EXPECT_THAT(Names("an account at Northgate Credit Union"), Contains("organization:Northgate Credit Union"));
  EXPECT_THAT(Names("treasurer of the St Brendan's Rowing Club"), Contains("organization:St Brendan's Rowing Club"));
  EXPECT_THAT(Names("Contact Pemberton Dental Group at noon"), Contains("organization:Pemberton Dental Group"));
  for (const std::string text : {"Trade Union", "Saoirse Mulcahy of Night Club"})
    EXPECT_THAT(Names(text), ::testing::Not(Contains(::testing::HasSubstr("organization:")))) << text;
}

TEST(Names, PartnersWhoTradeTogetherAreACompany) {
  EXPECT_THAT(Names("My invoice for Hill, Moore & Ochoa is open"), Contains("organization:Hill, Moore & Ochoa"));
  EXPECT_THAT(Names("She has a job at Hill, Moore and Ochoa now"), Contains("organization:Hill, Moore and Ochoa"));
  EXPECT_THAT(Names("I had lunch with Hill, Moore and Ochoa today"),
              ElementsAre("person:Hill", "person:Moore", "person:Ochoa"));
}

TEST(Names, PartnersAreToldByWhatIsSaidOfThem) {
  for (const std::string text :
       {"Hill, Moore and Ochoa is located in Leeds", "He quit Hill, Moore and Ochoa in May",
        "I think Dana Whitfield works at Hill, Moore and Ochoa now",
        "Dana Whitfield\nHill, Moore and Ochoa\n12 Elm Street", "My parcel from Hill, Moore and Ochoa never came"})
    EXPECT_THAT(Names(text), Contains("organization:Hill, Moore and Ochoa")) << text;
  EXPECT_THAT(Names("He quit Moore-Ochoa in May"), Contains("organization:Moore-Ochoa"));
  EXPECT_THAT(Names("We have shops at Lisbon, Dublin and Oslo"),
              ::testing::Not(Contains(::testing::HasSubstr("organization:"))));
}

TEST(Names, BehindAtAWordThatNoListKnowsIsWhereSomebodyIs) {
  EXPECT_THAT(Names("Dana Whitfield left it at Tesco, she says"), Contains("organization:Tesco"));
}

TEST(Names, AreJoinedOnALineAndBesideWhomTheyHead) {
  EXPECT_THAT(Names("Fennimore, Tobias\n12 Elm Street"), Contains("person:Fennimore, Tobias"));
  EXPECT_THAT(Names("Bluefern Energy CEO Dana Whitfield resigned"), Contains("organization:Bluefern Energy"));
}

TEST(Names, StreetsOfRareKindsStandWhereAddressesDo) {
  EXPECT_THAT(Names("Come to 93854 Benson Roads tomorrow"), Contains("address:93854 Benson Roads"));
  EXPECT_THAT(Names("we meet at 3 Coates gateway"), Contains("address:3 Coates gateway"));
  EXPECT_THAT(Names("Ship it to 417 Harlow Rapids Suite 12"), Contains("address:417 Harlow Rapids Suite 12"));
  EXPECT_THAT(Names("Ship it to 417 Harlow Rapids, Dunmore, NE 60722"),
              Contains("address:417 Harlow Rapids, Dunmore, NE 60722"));
  EXPECT_THAT(Names("Send it to PSC 1204, Box 560, APO AE 09123"), Contains("address:PSC 1204, Box 560, APO AE 09123"));
  EXPECT_THAT(Names("Send it to USS Halden, FPO AP 96601"), Contains("address:USS Halden, FPO AP 96601"));
  for (const std::string text : {"3 Forest Green tiles", "at 5 Golden Keys each", "Unit 12 Box"})
    EXPECT_THAT(Names(text), ::testing::Not(Contains(::testing::HasSubstr("address:")))) << text;
}

TEST(Names, OfTownsThatNoListHasAreToldByTheirForm) {
  EXPECT_THAT(Names("Dana Whitfield, 40, comes from Harrowstead."), Contains("location:Harrowstead"));
  EXPECT_THAT(Names("Dana Whitfield lives in Port Amalia."), Contains("location:Port Amalia"));
}

TEST(Names, CompaniesHaveTheLegalFormsOfTheirCountries) {
  for (const char* company :
       {"Aceites del Sur S.A.", "Zakłady Ursynów Sp. z o.o.", "Costruzioni Generali S.p.A.", "Svenska Papperbruket AB",
        "Tanaka Precision Co., Ltd.", "Molinos Cordilleranos S.A. de C.V.", "Sauer & Söhne GmbH & Co. KG",
        "Hartwell Foods Inc.", "Αφοί Γεωργίου Α.Ε.", "ООО «Северный ветер»"}) {
    EXPECT_THAT(Names("A contract with " + std::string(company) + " about parts"),
                Contains("organization:" + std::string(company)));
  }
  for (const char* text : {"Type AB is rare", "DO AS I SAY", "The holding SA", "Table 4 SE"}) {
    EXPECT_THAT(Names(text), ::testing::Not(Contains(::testing::HasSubstr("organization:")))) << text;
  }
}

TEST(Names, WordsOfCodeAreNone) {
  EXPECT_THAT(Names("const FindRow& row = TableReader::Open(HashMap_, MaxRows);"), IsEmpty());
}

TEST(Names, EndInCapitalsWhereTheyEndOtherwise) {
  EXPECT_THAT(Names("THE PARCEL FOR MS TANVIR WENT TO 15 QUARRY CLOSE"), Contains("person:TANVIR"));
  EXPECT_THAT(Names("OK SO BRANDON FROM TIDEWATER PLUMBING LLC IS COMING"),
              Contains("organization:TIDEWATER PLUMBING LLC"));
  EXPECT_THAT(Names("FROM 12 ELM ROAD, LEEDS LS6 2AB TO 4 DOCK STREET, HULL HU1 3EE"),
              ElementsAre("address:12 ELM ROAD, LEEDS LS6 2AB", "address:4 DOCK STREET, HULL HU1 3EE"));
  EXPECT_THAT(Names("from 12 elm road, leeds ls6 2ab to 4 dock street, hull hu1 3ee"),
              ElementsAre("address:12 elm road, leeds ls6 2ab", "address:4 dock street, hull hu1 3ee"));
}

TEST(Names, AreFoundInEveryCase) {
  for (const std::string& text : {std::string("Yesterday Laura Schneider moved to Hamburg"),
                                  std::string("YESTERDAY LAURA SCHNEIDER MOVED TO HAMBURG"),
                                  std::string("yesterday laura schneider moved to hamburg")}) {
    EXPECT_EQ(Names(text).size(), 2u) << text;
  }
}

TEST(Names, OfCompaniesInSmallLettersAreToldByTheirForm) {
  EXPECT_THAT(Names("invoice from larkspur foods ltd"), ElementsAre("organization:larkspur foods ltd"));
  EXPECT_THAT(Names("ein vertrag mit rheinmark energie gmbh & co. kg"),
              Contains("organization:rheinmark energie gmbh & co. kg"));
  EXPECT_THAT(Names("signed by officine taranto s.r.l. in march"), Contains("organization:officine taranto s.r.l."));
  for (const std::string text : {"how do i register an llc", "is this the ltd one", "do as i say", "weighs 20 kg"})
    EXPECT_THAT(Names(text), Not(Contains(::testing::HasSubstr("organization:")))) << text;
}

TEST(Names, OfStreetsInSmallLettersHaveANumberBesideThem) {
  EXPECT_THAT(Names("the van is outside 4 tannery lane"), Contains("address:4 tannery lane"));
  EXPECT_THAT(Names("send it to 51 quarry close please"), Contains("address:51 quarry close"));
  EXPECT_THAT(Names("depot: 6 bay street, bridgetown, barbados"),
              Contains("address:6 bay street, bridgetown, barbados"));
  EXPECT_THAT(Names("hij woont op lindenlaan 7"), Contains("address:lindenlaan 7"));
  for (const std::string text :
       {"a 6 mile road race", "keep the last 2 tabs close", "offering 5 new colours", "page 12"})
    EXPECT_THAT(Names(text), Not(Contains(::testing::HasSubstr("address:")))) << text;
}

TEST(Names, InSmallLettersAreWholeAsTheyAreWithCapitals) {
  EXPECT_THAT(Names("our contact there is hwang in-beom."), Contains("person:hwang in-beom"));
  EXPECT_THAT(Names("APPT NOTES: MEI-LING CHOW ALLERGIC TO PENICILLIN"), Contains("person:MEI-LING CHOW"));
  EXPECT_THAT(Names("leave it with grandma joan please"), Contains("person:grandma joan"));
  EXPECT_THAT(Names("simone biles withdrew from the final."), Contains("person:simone biles"));
  EXPECT_THAT(Names("katarzyna soldered the board to it"), Not(Contains("person:katarzyna soldered")));
  EXPECT_THAT(Names("falei com a mãe do rafael hoje."), Not(Contains("person:rafael hoje")));
  EXPECT_THAT(Names("oma war immer so-so."), IsEmpty());
}

TEST(Names, BehindTitlesCutShortNeedNoCapital) {
  EXPECT_THAT(Names("ask rev. thackeray about it"), Contains("person:thackeray"));
  EXPECT_THAT(Names("a dr. oetker pizza"), Not(Contains("person:oetker")));
}

TEST(Names, AreFoundInTablesAndSettings) {
  EXPECT_THAT(Names("customer_name=Oluwaseun Adeyemi"), ElementsAre("person:Oluwaseun Adeyemi"));
  EXPECT_THAT(Names("{\"firstName\": \"Katarzyna\", \"city\": \"Gdynia\"}"), Contains("person:Katarzyna"));
  EXPECT_THAT(Names("Hannah Vogel;Leipzig;4711"), Contains("person:Hannah Vogel"));
}

TEST(Names, OfWorksFontsAndButtonsAreNobodys) {
  for (const std::string& text :
       {std::string("Font: Times New Roman, 12 pt"), std::string("Click File, then Export, then Next."),
        std::string("Rich Text, Bill Rate, May Day"), std::string("Add to Cart Checkout My Account"),
        std::string("Monday to Friday, 9:00 to 17:00"), std::string("Sehr geehrte Damen und Herren,"),
        std::string("Status: Active"), std::string("WARN Connection refused, retrying in 30 ms")}) {
    EXPECT_THAT(Names(text), Not(Contains(::testing::StartsWith("person:")))) << text;
  }
}

TEST(NameModel, FilesThatAreNoneAreRefused) {
  using detect::NameModel;
  EXPECT_EQ(NameModel::Parse("").error().code(), "detect.name_model");
  EXPECT_EQ(NameModel::Parse(std::string(5000, 'x')).error().code(), "detect.name_model");
  detect::NameModelHead head{.magic = {}, .word_slots = 4, .features = 1, .scale = 1};
  std::memcpy(head.magic.data(), NameModel::kMagic.data(), head.magic.size());
  std::string bytes(reinterpret_cast<const char*>(&head), sizeof head);
  bytes.resize(sizeof head + 4 * 6 + sizeof(detect::NameTransitions) + detect::kNameLanes);
  EXPECT_TRUE(NameModel::Parse(bytes).ok());
  EXPECT_FALSE(NameModel::Parse(bytes + "x").ok());
  for (std::size_t i = 0; i < 16; ++i) bytes[sizeof head + i] = 1;  // no empty slot: a search would not end
  EXPECT_FALSE(NameModel::Parse(bytes).ok());
}

TEST(Names, AreBelievedWhereOnlyPeopleDoWhatIsSaid) {
  EXPECT_THAT(Names("Grace Hopper coined the term after a moth was found."), Contains("person:Grace Hopper"));
  EXPECT_THAT(Names("Tariq complained about the noise of the fridge"), Contains("person:Tariq"));
  EXPECT_THAT(Names("Camila knitted the scarf, merino, 2 skeins"), Contains("person:Camila"));
}

TEST(Names, ArePartedAndGoOnInSmallLettersAsPeopleType) {
  EXPECT_THAT(Names("Thank you Joan & Kevin Choi for the ride"),
              ::testing::AllOf(Contains("person:Joan"), Contains("person:Kevin Choi")));
  EXPECT_THAT(Names("omg Travis scott is on stage!!"), Contains("person:Travis scott"));
}

TEST(Names, OfMakesAndProgramsAreDoubtedInGoodsAndNotInPosts) {
  EXPECT_THAT(Names("Two pints of Samuel Smith and a bowl of olives"), IsEmpty());
  EXPECT_THAT(Names("omg samuel!! Samuel Smith just walked past us lol"), Contains("person:Samuel Smith"));
}

TEST(Names, OfInstitutionsEndWithWhatTheyAreOf) {
  EXPECT_THAT(Names("The picture hangs in the National Gallery of Scotland."),
              Contains("organization:National Gallery of Scotland"));
  EXPECT_THAT(
      Names("Members of the Labour Party and the Academy of Arts and Sciences met."),
      ::testing::AllOf(Contains("organization:Labour Party"), Contains("organization:Academy of Arts and Sciences")));
  EXPECT_THAT(Names("the World Health Organization (WHO) met"),
              ::testing::AllOf(Contains("organization:World Health Organization"), Contains("organization:WHO")));
  EXPECT_THAT(Names("La Universidad de Salamanca abre mañana."), Contains("organization:Universidad de Salamanca"));
  EXPECT_THAT(Names("Museum tickets at half price, the new Party Department, the Trust (TBA)"), IsEmpty());
}

TEST(NameDoubt, FilesThatAreNoneAreRefused) {
  using detect::NameDoubt;
  detect::NameDoubtHead head{.magic = {}, .features = 4, .scale = 1};
  std::memcpy(head.magic.data(), NameDoubt::kMagic.data(), head.magic.size());
  const auto with = [](const detect::NameDoubtHead& made, std::size_t bytes) {
    return std::string(reinterpret_cast<const char*>(&made), sizeof made) + std::string(bytes, '\1');
  };
  EXPECT_TRUE(NameDoubt::Parse(with(head, 4)).ok());
  EXPECT_FALSE(NameDoubt::Parse("").ok());
  EXPECT_FALSE(NameDoubt::Parse(with(head, 3)).ok());
  EXPECT_FALSE(NameDoubt::Parse(with(head, 5)).ok());
  head.known.fill(2);
  EXPECT_TRUE(NameDoubt::Parse(with(head, 4 + 12 * 4)).ok());
  EXPECT_FALSE(NameDoubt::Parse(with(head, 4 + 11 * 4)).ok());
  head.known[0] = 0xFFFFFFFF;  // a sum that would not fit
  EXPECT_FALSE(NameDoubt::Parse(with(head, 4)).ok());
  head = {.magic = head.magic, .features = 3, .scale = 1};
  EXPECT_FALSE(NameDoubt::Parse(with(head, 3)).ok());
  head = {.magic = {}, .features = 4, .scale = 1};
  EXPECT_FALSE(NameDoubt::Parse(with(head, 4)).ok());
}

TEST(NameModel, InTheProgramHasWeightsForEveryTag) {
  const auto& model = detect::NameModel::BuiltIn();
  EXPECT_GT(model.scale(), 0);
  std::array<bool, detect::kNameTags> weighed{};
  for (std::uint32_t feature = 0; feature < 65536; ++feature) {
    for (std::size_t tag = 0; tag < detect::kNameTags; ++tag) weighed[tag] |= model.WeightsOf(feature)[tag] != 0;
  }
  EXPECT_THAT(weighed, ::testing::Each(true));
}

// Letter by letter, for eight words at once, as the model was trained: short words, long ones and other letters.
TEST(PassageTraits, HashSpellingsAsWordsAreHashed) {
  const std::string text = "a bc Def Ruiz Keller José Łódź " + std::string(50, 'x') + "y 12 O'Brien Ξένια и Straße";
  detect::Scan scan;
  detect::ScanText(text, scan);
  std::vector<std::uint16_t> lists;
  detect::ReadLists(scan, detect::NameModel::BuiltIn(), lists);
  detect::PassageTraits traits;
  const std::size_t words = scan.tokens.size();
  traits.Begin(scan, 0, words);
  traits.Read(scan, 0, words, lists);
  detect::HashSpellings(traits, 0, words);
  for (std::size_t i = 0; i < words; ++i) {
    const detect::Token& token = scan.tokens[i];
    const auto hash_of = [&](std::uint32_t kind, std::string_view part) {
      return token.digits > 0 ? 0 : detect::MixedHash(kind, detect::WordHash(part));
    };
    constexpr std::size_t kCounted = 40;  // bytes of a long word
    const std::string_view written = scan.Of(token);
    const std::string word = detect::Fold(written.substr(0, kCounted));
    const auto end = [&](std::size_t bytes) { return word.substr(word.size() - std::min(bytes, word.size())); };
    EXPECT_EQ(traits.At(detect::PassageTraits::kPrefix, i), hash_of(11, word.substr(0, 3))) << written;
    EXPECT_EQ(traits.At(detect::PassageTraits::kSuffix2, i), hash_of(12, end(2))) << written;
    EXPECT_EQ(traits.At(detect::PassageTraits::kSuffix3, i), hash_of(13, end(3))) << written;
    EXPECT_EQ(traits.At(detect::PassageTraits::kSuffix4, i), hash_of(14, end(4))) << written;
  }
}

TEST(Names, OfSpanishHousesMayGoOnWithASmallWord) {
  EXPECT_THAT(Names("El paciente se aloja con su hija en el Hotel los Sauces desde el lunes por la tarde."),
              Contains("organization:Hotel los Sauces"));
}

// The tagger keeps a thread's memory from one text to the next.
TEST(Names, AreFoundBehindATextOfAThreadThatHasNone) {
  std::vector<std::string> none, some;
  std::thread([&] {
    none = Names("it goes on and on");
    some = Names("Dear Mr. Zorvandik, thank you for your letter.");
  }).join();
  EXPECT_THAT(none, IsEmpty());
  EXPECT_THAT(some, ElementsAre("person:Zorvandik"));
}

// Names that the tagger is sure of, as "kind first-last".
std::vector<std::string> SureNames(const detect::NameTagger& tagger, const detect::Scan& scan) {
  constexpr float kSure = 0.6f;
  std::vector<detect::TaggedName> names;
  tagger.FindAll(scan, names);
  std::vector<std::string> sure;
  for (const detect::TaggedName& name : names) {
    if (name.kind == detect::NameKind::kOther || name.probability < kSure) continue;
    sure.push_back(std::to_string(static_cast<int>(name.kind)) + " " + std::to_string(name.first) + "-" +
                   std::to_string(name.last));
  }
  return sure;
}

// Most words are passed over to be fast. Whoever tags them all finds next to nothing more.
TEST(Names, HardlyAnyIsLostBecauseOnlyLikelyWordsAreTagged) {
  constexpr double kLostMax = 0.04;
  const detect::NameTagger likely(detect::NameModel::BuiltIn());
  const detect::NameTagger all(detect::NameModel::BuiltIn(), detect::TaggedWords::kAll);
  detect::Scan scan;
  double found = 0, lost = 0;
  for (const char* corpus : {"texts_many", "texts_trades", "mixed_en", "clinical_es", "sentences"}) {
    std::ifstream file(std::string("tests/corpora/detect/") + corpus + ".txt");
    ASSERT_TRUE(file) << "runs in the root of the source tree";
    for (std::string line; std::getline(file, line);) {
      std::string text;  // without its marks
      for (std::size_t at = 0; at < line.size();) {
        const bool mark = line.compare(at, 2, "[[") == 0;
        if (mark) at = line.find(':', at) + 1;
        const bool ends = !mark && line.compare(at, 2, "]]") == 0;
        if (ends) at += 2;
        if (!mark && !ends) text += line[at++];
      }
      detect::ScanText(text, scan);
      const auto with_gate = SureNames(likely, scan);
      for (const std::string& name : SureNames(all, scan)) {
        ++found;
        lost += std::find(with_gate.begin(), with_gate.end(), name) == with_gate.end();
      }
    }
  }
  EXPECT_GT(found, 400);
  EXPECT_LE(lost / found, kLostMax) << lost << " of " << found;
}

}  // namespace
}  // namespace privity
