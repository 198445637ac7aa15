#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <sstream>

#include "detect/detector.h"
#include "detect/internal/field_model.h"
#include "detect/internal/identifier_words.h"
#include "detect/internal/letters.h"
#include "detect/streams.h"

namespace privity {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const Detector& BuiltIn() {
  static const auto detector = Detector::BuiltIn().value();
  return *detector;
}

std::string CategoryOf(std::string collection, std::string field, std::string type = "") {
  return BuiltIn()
      .Field({.collection = std::move(collection), .field = std::move(field), .declared_type = std::move(type)})
      .category;
}

TEST(FieldNames, AreReadInEverySpelling) {
  for (const std::string name : {"first_name", "FirstName", "firstname", "FIRST_NAME", "fname", "cust_first_name",
                                 "Vorname", "prénom", "first-name"}) {
    EXPECT_EQ(CategoryOf("customers", name, "varchar(50)"), "user.name.first") << name;
  }
  for (const std::string name :
       {"dateofbirth", "birthDate", "DOB", "fecha_nacimiento", "geb_datum", "data_di_nascita"}) {
    EXPECT_EQ(CategoryOf("persons", name, "date"), "user.demographic.date_of_birth") << name;
  }
}

TEST(FieldNames, ANameBelongsToAPersonOnlyInACollectionOfPeople) {
  EXPECT_EQ(CategoryOf("customers", "name", "text"), "user.name");
  EXPECT_EQ(CategoryOf("products", "name", "text"), "none");
  EXPECT_EQ(CategoryOf("migrations", "name", "text"), "none");
  const auto judged = BuiltIn().Field(
      {.collection = "t1", .field = "name", .declared_type = "text", .neighbours = {"email", "birth_date", "name"}});
  EXPECT_EQ(judged.category, "user.name") << judged.Reason();
}

TEST(FieldNames, WhoeverDidItIsToldByTheVerbBeforeBy) {
  for (const std::string name :
       {"paired_by", "stamped_by", "frozen_by", "set_by", "pesado_por", "timbrato_da", "gewogen_von", "gewogen_door"}) {
    EXPECT_EQ(CategoryOf("visits", name), "user.unique_id") << name;
  }
  for (const std::string name : {"sorted_by", "powered_by", "accredited_by", "grouped_by", "standby", "nearby"}) {
    EXPECT_EQ(CategoryOf("visits", name), "none") << name;
  }
  EXPECT_EQ(CategoryOf("vehicles", "assigned_driver"), "user.name");
}

// Failures that users of other tools reported (DETECTION hints): the type or a further word vetoes the name.
TEST(FieldNames, WhatIsSaidAboutAThingIsNotTheThing) {
  EXPECT_EQ(CategoryOf("users", "email_verified", "boolean"), "none");
  EXPECT_EQ(CategoryOf("users", "email_verified", "tinyint"), "none");
  EXPECT_EQ(CategoryOf("users", "email_count", "int"), "none");
  EXPECT_EQ(CategoryOf("courses", "academic_year_code", "text"), "none");
  EXPECT_EQ(CategoryOf("scenarios", "scenario_code", "text"), "none");
  EXPECT_EQ(CategoryOf("lab", "acid_level", "numeric"), "none");
  EXPECT_EQ(CategoryOf("users", "password_changed_at", "timestamp"), "none");
  EXPECT_EQ(CategoryOf("customers", "address_id", "int"), "none");
  EXPECT_EQ(CategoryOf("country", "country", "varchar"), "none");
}

TEST(FieldNames, NestedDocumentsGiveTheirWords) {
  EXPECT_EQ(CategoryOf("charges", "billing_details.address.line1", "string"), "user.contact.address.street");
  EXPECT_EQ(CategoryOf("charges", "billing_details.name", "string"), "user.name");
  EXPECT_EQ(CategoryOf("orders", "product.name", "string"), "none");
}

// A row of an order, a charge or a visit names a person and is none.
TEST(FieldNames, WhatHappenedIsNoPerson) {
  const std::vector<std::string> order = {"id", "name", "email", "customer.first_name", "customer.last_name"};
  const auto of_order = [&](std::string field) {
    return BuiltIn().Field({.collection = "orders", .field = std::move(field), .neighbours = order}).category;
  };
  EXPECT_EQ(of_order("id"), "none");
  EXPECT_EQ(of_order("name"), "none");
  EXPECT_EQ(of_order("status"), "none");
  EXPECT_EQ(of_order("email"), "user.contact.email");
  EXPECT_EQ(of_order("customer.first_name"), "user.name.first");
  EXPECT_EQ(of_order("customer_id"), "user.unique_id");
}

TEST(FieldNames, EventsWithAPersonAndADeviceTellWhereSomebodyWas) {
  const std::vector<std::string> event = {"user_id", "ip_address", "city", "os_version"};
  const auto of_event = [&](std::string field) {
    return BuiltIn().Field({.collection = "events", .field = std::move(field), .neighbours = event}).category;
  };
  EXPECT_EQ(of_event("ip_address"), "user.device.ip_address");
  EXPECT_EQ(of_event("os_version"), "user.device");
  EXPECT_EQ(of_event("city"), "user.location");
}

TEST(FieldNames, DocumentsThatSayNothingLetTheirFieldsSpeak) {
  EXPECT_EQ(CategoryOf("contacts", "properties.firstname"), "user.name.first");
  EXPECT_EQ(CategoryOf("responses", "contact.phone_number.value"), "user.contact.phone_number");
  EXPECT_EQ(CategoryOf("users", "photo.height"), "none");
}

TEST(FieldNames, SystemsThatRunOthersHoldFewPersons) {
  EXPECT_EQ(CategoryOf("nodes", "address"), "none");
  EXPECT_EQ(CategoryOf("dag_runs", "pid"), "none");
  EXPECT_EQ(CategoryOf("regions", "city_name"), "none");
  EXPECT_EQ(CategoryOf("settings", "support_email"), "none");
  EXPECT_EQ(CategoryOf("realm", "verify_email"), "none");
  EXPECT_EQ(CategoryOf("merge_requests", "assignee_id"), "user.unique_id");
}

TEST(FieldNames, SpecialCategoriesAndCredentialsAreFound) {
  EXPECT_EQ(CategoryOf("employees", "religion", "varchar"), "user.demographic.religious_belief");
  EXPECT_EQ(CategoryOf("employees", "gewerkschaft", "varchar"), "user.demographic.political_opinion");
  EXPECT_EQ(CategoryOf("patients", "blood_type", "char(3)"), "user.health_and_medical");
  EXPECT_EQ(CategoryOf("users", "encrypted_password", "varchar"), "user.authorization.password");
  EXPECT_EQ(CategoryOf("oauth_clients", "client_secret", "varchar"), "user.authorization.credentials");
  EXPECT_EQ(CategoryOf("applicants", "criminal_record", "text"), "user.criminal_history");
}

// No list has them: they are told by the words that are known.
TEST(FieldNames, ShortFormsAreToldByTheirBeginningOrTheirConsonants) {
  EXPECT_EQ(CategoryOf("members", "relig"), "user.demographic.religious_belief");
  EXPECT_EQ(CategoryOf("members", "psspt_nmbr"), "none") << "no word has these consonants";
  EXPECT_EQ(CategoryOf("members", "srnm"), "user.name.last");
  EXPECT_EQ(CategoryOf("members", "childrensnames"), "user.childrens");
}

TEST(FieldNames, AreReadInTheOrderOfOtherLanguages) {
  for (const std::string name : {"fecha_nacimiento", "fec_nacim", "data_nasc", "dogum_tarihi", "tgl_lahir"}) {
    EXPECT_EQ(CategoryOf("personas", name), "user.demographic.date_of_birth") << name;
  }
  EXPECT_EQ(CategoryOf("mitglieder", "strasse_hausnr"), "user.contact.address.street");
  EXPECT_EQ(CategoryOf("musteriler", "soyadi"), "user.name.last");
  EXPECT_EQ(CategoryOf("pacientes", "num_cuenta"), "user.financial.bank_account");
}

TEST(FieldNames, WhoDidItIsAPersonAndWhenIsNot) {
  EXPECT_EQ(CategoryOf("invoices", "approved_by"), "user.unique_id");
  EXPECT_EQ(CategoryOf("orders", "last_modified_by_email"), "user.contact.email");
  EXPECT_EQ(CategoryOf("users", "approved_at"), "none");
  EXPECT_EQ(CategoryOf("users", "last_login"), "none");
  EXPECT_EQ(CategoryOf("users", "user_registered"), "none");
}

TEST(FieldNames, WhereNobodyIsALatitudeIsNobodys) {
  const auto of = [](std::vector<std::string> fields) {
    return BuiltIn().Field({.collection = "t7", .field = "latitude", .neighbours = std::move(fields)}).category;
  };
  EXPECT_EQ(of({"latitude", "longitude", "label", "opening_hours", "rating"}), "none");
  EXPECT_EQ(of({"latitude", "longitude", "label", "rider_id", "rating"}), "user.location.precise");
  const std::vector<std::string> address = {"address_id", "address", "district", "postal_code", "phone"};
  EXPECT_EQ(BuiltIn().Field({.collection = "address", .field = "phone", .neighbours = address}).category,
            "user.contact.phone_number");
}

TEST(FieldNames, SomeWordsSayItOnlyWhereTheyAreAtHome) {
  EXPECT_EQ(BuiltIn().Field({.system = "clinic", .collection = "medications", .field = "route"}).category,
            "user.health_and_medical");
  EXPECT_EQ(CategoryOf("buses", "route"), "none");
  EXPECT_EQ(CategoryOf("students", "bus_route"), "none");
}

std::string CategoryOfValues(std::vector<std::string> values) {
  return BuiltIn().Column({.field = {.collection = "t1", .field = "c1"}, .values = std::move(values)}).category;
}

TEST(Values, AMedicineIsSomebodysWithItsDose) {
  EXPECT_EQ(CategoryOfValues({"Ramipril", "Bisoprolol", "Pantoprazol", "Simvastatin", "Atorvastatin"}), "none");
  EXPECT_EQ(CategoryOfValues({"Metformin 500 mg", "Lisinopril 10 mg", "Atorvastatin 20 mg", "Sertraline 50 mg"}),
            "user.health_and_medical");
  EXPECT_EQ(CategoryOfValues({"Manchester United", "Norwich City FC", "Everton", "Leeds United"}), "none");
}

std::vector<std::string> CategoriesOf(std::string collection, const std::vector<std::string>& names) {
  std::vector<FieldContext> fields;
  for (const std::string& name : names) fields.push_back({.collection = collection, .field = name});
  std::vector<std::string> categories;
  for (const ColumnJudgement& judged : BuiltIn().Fields(fields)) categories.push_back(judged.category);
  return categories;
}

// "lon" is a salary in Swedish and a longitude elsewhere, "cap" a postal code in Italian and a limit elsewhere.
TEST(FieldNames, AreReadInTheLanguageOfTheirCollection) {
  EXPECT_THAT(CategoriesOf("register", {"efternamn", "fornamn", "kon", "lon", "tfn"}),
              ElementsAre("user.name.last", "user.name.first", "user.demographic.gender", "user.financial",
                          "user.contact.phone_number"));
  EXPECT_THAT(CategoriesOf("anagrafica", {"cognome", "indir", "cap", "dt_nasc", "cell"}),
              ElementsAre("user.name.last", "user.contact.address.street", "user.contact.address.postal_code",
                          "user.demographic.date_of_birth", "user.contact.phone_number"));
  EXPECT_THAT(CategoriesOf("quotas", {"name", "lon", "cap", "kon"}), testing::Each("none"));
  EXPECT_EQ(
      CategoriesOf("顧客", {"氏名", "生年月日", "電話番号", "登録日"}),
      (std::vector<std::string>{"user.name", "user.demographic.date_of_birth", "user.contact.phone_number", "none"}));
}

TEST(FieldNames, PeopleAreCalledByTheirRoles) {
  EXPECT_THAT(CategoriesOf("work_orders", {"order_no", "machine", "inspector", "foreman_badge", "started_at"}),
              ElementsAre("none", "none", "user.name", "user.unique_id", "none"));
  EXPECT_EQ(CategoryOf("parts", "weld_count"), "none") << "no welder";
}

TEST(FieldNames, WhereATrackedDriverWasIsPersonal) {
  EXPECT_THAT(CategoriesOf("vehicle_positions", {"driver_id", "lat", "lng", "speed"}),
              ElementsAre("user.unique_id", "user.location.precise", "user.location.precise", "none"));
  EXPECT_EQ(CategoriesOf("stations", {"station_id", "lat", "lng", "height"})[1], "none");
}

TEST(FieldNames, OfDirectoriesAreShort) {
  EXPECT_EQ(CategoriesOf("inetOrgPerson", {"cn", "sn", "l", "uid", "ou", "objectClass"})[1], "user.name.last");
  EXPECT_EQ(CategoriesOf("posixAccount", {"uid", "gecos", "homeDirectory", "loginShell"})[1], "user.name");
  EXPECT_EQ(CategoriesOf("certificates", {"cn", "sn", "not_before", "not_after"})[1], "none");
}

TEST(FieldNames, AnAddressOfAClientIsSomebodysWhereverItStands) {
  EXPECT_EQ(CategoriesOf("query_log", {"ts", "client_ip", "qname", "qtype", "rcode"})[1], "user.device.ip_address");
  EXPECT_EQ(CategoriesOf("hosts", {"hostid", "ip_address", "status", "rack"})[1], "none");
}

TEST(ColumnValues, AreToldByTheirVocabulary) {
  EXPECT_EQ(CategoryOfValues({"Catholic", "Hindu", "Muslim", "none"}), "user.demographic.religious_belief");
  EXPECT_EQ(CategoryOfValues({"verheiratet", "ledig", "verwitwet"}), "user.demographic.marital_status");
  EXPECT_EQ(CategoryOfValues({"E11.9", "J45.909", "F32.1", "M54.5"}), "user.health_and_medical");
  EXPECT_EQ(CategoryOfValues({"A+", "O-", "AB+", "B-"}), "user.health_and_medical");
  EXPECT_EQ(CategoryOfValues({"Chronic bronchitis", "Type 2 diabetes", "Migraine", "Hay fever"}),
            "user.health_and_medical");
  EXPECT_EQ(CategoryOfValues({"gay", "heterosexual", "bisexual"}), "user.demographic.sexual_orientation");
  EXPECT_EQ(CategoryOfValues({"A+", "A", "A-", "B+", "B", "C+", "C"}), "none") << "grades";
  EXPECT_EQ(CategoryOfValues({"single", "album", "compilation", "live"}), "none") << "kinds of records";
  EXPECT_EQ(CategoryOfValues({"US", "DE", "FR", "GB", "CA"}), "none") << "codes of countries, some of them of states";
}

TEST(FieldNames, KeysReferToPeopleByWhateverWordATableHas) {
  for (const std::string name : {"owner_ref", "assignee_uuid", "guardian_ref", "author_id", "participant_guid"}) {
    EXPECT_EQ(CategoryOf("pages", name), "user.unique_id") << name;
  }
  EXPECT_EQ(CategoryOf("books", "author_id"), "none");  // the author of a book is none of the users
  EXPECT_EQ(CategoryOf("orders", "invoice_ref"), "none");
  EXPECT_EQ(CategoryOf("articles", "author_id"), "user.unique_id");
  // A booking's name record at an airline, a personal number in Sweden.
  EXPECT_EQ(CategoryOf("passengers", "pnr"), "user.unique_id");
  EXPECT_EQ(CategoryOf("patienter", "pnr"), "user.government_id.national_identification_number");
}

// Fields that tell only together what the rows are.
TEST(FieldNames, OfOneTableTellWhatTheOthersMean) {
  const auto category = [](const std::string& collection, const std::string& field,
                           std::vector<std::string> neighbours) {
    return BuiltIn().Field({.collection = collection, .field = field, .neighbours = std::move(neighbours)}).category;
  };
  const std::vector<std::string> halves = {"id", "first", "last", "email"};
  EXPECT_EQ(category("users", "last", halves), "user.name.last");
  EXPECT_EQ(category("pages", "last", {"first", "last", "total", "next"}), "none");
  const std::vector<std::string> machines = {"agent_id", "hostname", "os", "slots", "last_contact", "ip"};
  for (const std::string name : {"agent_id", "os", "last_contact"}) {
    EXPECT_EQ(category("agents", name, machines), "none") << name;
  }
  const std::vector<std::string> audit = {"aud_user", "aud_action", "aud_date", "aud_resource", "aud_server"};
  EXPECT_EQ(category("audit_trail", "aud_user", audit), "user.account.username");
  EXPECT_EQ(category("checkout_log", "user", {"feature", "version", "user", "host", "count"}), "user.account.username");
}

TEST(ColumnValues, OfNumbersOfThingsAreNobodys) {
  EXPECT_EQ(CategoryOfValues({"410.399.624", "734.816.473", "507.803.523", "310.267.965", "118.200.417"}), "none");
  EXPECT_EQ(CategoryOfValues({"245-8667-510", "920-4989-546", "350-7203-555", "112-9544-231", "670-1182-903"}), "none");
  EXPECT_EQ(CategoryOfValues({"555-0142-101", "(212) 555-0142", "212-555-0199", "646-555-0110", "718-555-0123"}),
            "user.contact.phone_number");
  // Printed as IMEIs are, each with its check digit.
  EXPECT_EQ(CategoryOfValues({"49-015420-323751-8", "35-693803-564380-9", "01-234567-890123-7", "86-123402-345678-6",
                              "99-000112-345678-2"}),
            "user.device.device_id");
}

TEST(ColumnValues, OfThingsThatPeopleAreCalledAfterAreNobodys) {
  EXPECT_EQ(CategoryOfValues({"Oak", "Maple", "Birch", "Willow", "Hazel", "Rowan"}), "none");
  EXPECT_EQ(CategoryOfValues({"Rose", "Lily", "Daisy", "Iris", "Violet", "Jasmine"}), "none");
  EXPECT_EQ(CategoryOfValues({"Tesla Model 3", "Volvo XC60", "Ford Fiesta", "Renault Zoe"}), "none");
  EXPECT_EQ(CategoryOfValues({"Ruby", "Anna", "Jasmine", "Karen", "Ingrid", "Amber", "Paula"}), "user.name.first");
}

TEST(ColumnValues, OfManyScriptsAreNames) {
  EXPECT_EQ(CategoryOfValues({"Somchai Jaidee", "Nattapong Srisuk", "Siriporn Thongchai", "Wichai Saelim"}),
            "user.name");
  const std::string bengali = CategoryOfValues({"মোহাম্মদ রহিম", "ফাতেমা খাতুন", "আব্দুল হোসেন", "শারমিন আক্তার"});
  EXPECT_TRUE(bengali.starts_with("user.name")) << bengali;
  EXPECT_TRUE(CategoryOfValues({"አበበ ገመቹ", "ሰላም ታደሰ", "ዮሐንስ ኃይሌ", "ሄለን መኮንን", "ፍቅርተ አሰፋ"}).starts_with("user.name"));
  EXPECT_TRUE(CategoryOfValues({"ဦးအောင်ကျော်", "ဒေါ်ခင်မြတ်နိုး", "ဒေါက်တာ စိုးမိုး", "ကိုမင်းသူ"}).starts_with("user.name"));
  EXPECT_TRUE(CategoryOfValues({"សុខ សុភា", "ចាន់ ដារ៉ា", "ម៉ៅ វិសាល", "ឡុង រតនា"}).starts_with("user.name"));
}

TEST(ColumnValues, OfEastAsiaAreAddressesAndTowns) {
  EXPECT_EQ(CategoryOfValues({"北京市朝阳区建国路88号", "上海市浦东新区世纪大道100号", "广州市天河区体育西路5号",
                              "深圳市南山区科技园南路12号", "杭州市西湖区文三路90号"}),
            "user.contact.address.street");
  EXPECT_EQ(
      CategoryOfValues({"서울특별시 강남구 테헤란로 152", "부산광역시 해운대구 센텀로 45",
                        "경기도 성남시 분당구 판교로 235", "대구광역시 중구 동성로 12", "인천광역시 남동구 예술로 7"}),
      "user.contact.address.street");
  EXPECT_EQ(CategoryOfValues({"杭州市", "成都市", "武汉市", "南京市", "西安市"}), "user.contact.address.city");
}

// Digits alone say nothing; beside streets they are postal codes, unless they have a name of their own.
TEST(ColumnValues, OfOneColumnAreToldByTheOthers) {
  const std::vector<std::string> streets = {"Lindenstraße 5", "Am Bahnhof 12", "Kirchweg 7", "Rosengasse 3",
                                            "Bergallee 21"};
  const std::vector<std::string> digits = {"80331", "20095", "50667", "44109", "70173"};
  const auto second = [&](std::string name) {
    const std::vector<ColumnContext> columns = {
        {.field = {.collection = "t", .field = "c1"}, .values = streets},
        {.field = {.collection = "t", .field = std::move(name)}, .values = digits}};
    return BuiltIn().Columns(columns)[1];
  };
  EXPECT_EQ(second("c2").category, "user.contact.address.postal_code") << second("c2").Reason();
  EXPECT_EQ(second("stock").category, "none");
  EXPECT_EQ(CategoryOfValues(digits), "none");
}

TEST(ColumnValues, SayWhatTheyAreByTheirWriting) {
  EXPECT_EQ(CategoryOfValues({"SW1A 1AA", "M1 1AE", "EC1A 1BB", "B33 8TH", "CR2 6XH"}),
            "user.contact.address.postal_code");
  EXPECT_EQ(CategoryOfValues({"01067", "10115", "80331", "04109", "20095", "60311"}),
            "user.contact.address.postal_code");
  EXPECT_EQ(CategoryOfValues({"10067", "10115", "80331", "24109", "20095", "60311"}), "none") << "numbers";
  EXPECT_EQ(CategoryOfValues({"Ojalaranta 94", "Heikkikaari 2", "Jannelinja 748", "Emiliakaari 906", "Sinikkapolku 3"}),
            "user.contact.address.street");
  EXPECT_EQ(CategoryOfValues({"90210-1234", "10001-2201", "60614-0031"}), "user.contact.address.postal_code");
  EXPECT_EQ(CategoryOfValues({"J. de Boer", "A.C. Smit", "F. el Khatib", "P. Bakker"}), "user.name");
  EXPECT_EQ(CategoryOfValues({"@foodie_nyc", "@k.tanaka", "@lisamarie", "@the_real_bob"}), "user.account.username");
  EXPECT_EQ(CategoryOfValues({"Room 12", "Room 14", "Room 3", "Room 7", "Room 21", "Room 22"}), "none");
  EXPECT_EQ(CategoryOfValues({"North Ellaview", "Port Bram", "Lake Ottoside", "Quillville", "New Tessa"}),
            "user.contact.address.city");
}

TEST(ColumnValues, OfJapaneseErasAreDatesAndVersionsAreNone) {
  EXPECT_EQ(CategoryOfValues({"S61.10.11", "S48.3.7", "H3.12.25", "S55.1.30", "H11.7.2"}),
            "user.demographic.date_of_birth");
  EXPECT_EQ(CategoryOfValues({"S61.0.11", "S48.13.7", "H3.12.0", "S55.1.32", "H11.7"}), "none") << "versions";
}

// A name that many rows have is one name.
TEST(ColumnValues, CountOnceHoweverOftenTheyStandThere) {
  const std::vector<std::string> once = {"Dr. Heike Stadtfeld", "pump station north", "valve 7 replaced",
                                         "cable tray",          "filter housing",     "spare gasket set"};
  std::vector<std::string> often = once;
  often.insert(often.end(), 60, once.front());
  EXPECT_EQ(CategoryOfValues(once), "none");
  EXPECT_EQ(CategoryOfValues(often), "none");
}

TEST(ColumnValues, ANoteOnOnePersonThatManyRowsHaveIsOneNote) {
  const std::vector<std::string> once = {
      "Please call Dr. Heike Stadtfeld at +49 30 2093 5512 before the valve is opened",
      "Valve replaced, pressure tested at six bar, no leak was found today",
      "Filter housing cleaned, the gasket set was swapped for the spare one",
      "Cable tray refastened, two brackets were bent and had to be straightened",
      "Pump runs quieter since the bearing was greased, next look in the spring"};
  std::vector<std::string> often = once;
  often.insert(often.end(), 60, once.front());
  EXPECT_EQ(CategoryOfValues(once), "none");
  EXPECT_EQ(CategoryOfValues(often), "none");
}

TEST(ColumnValues, SexesHaveOtherLettersInOtherLanguages) {
  EXPECT_EQ(CategoryOfValues({"K", "M", "K", "K", "M"}), "user.demographic.gender");
  EXPECT_EQ(CategoryOfValues({"M", "V", "V", "X"}), "user.demographic.gender");
  EXPECT_EQ(CategoryOfValues({"S", "M", "L"}), "none");
  EXPECT_EQ(CategoryOfValues({"A", "K", "M"}), "none");
}

TEST(ColumnValues, WordsForSexesAreNoAnswers) {
  EXPECT_EQ(CategoryOfValues({"male", "female"}), "user.demographic.gender");
  EXPECT_EQ(CategoryOfValues({"M", "F", "X"}), "user.demographic.gender");
  EXPECT_EQ(CategoryOfValues({"t", "f"}), "none");
  EXPECT_EQ(CategoryOfValues({"yes", "no", "unknown"}), "none");
  EXPECT_EQ(CategoryOfValues({"m", "d"}), "none");
}

TEST(ColumnValues, FirmsAreNoPersonsThoughTheyAreCalledSo) {
  EXPECT_EQ(CategoryOfValues({"Schneider & Vogel", "Hoffmann GmbH", "Lehmann und Brandt", "Zimmermann KG",
                              "Köhler, Krüger und Co", "Baumgartner AG"}),
            "none");
}

TEST(ColumnValues, NotesArePersonalWhenTheySpeakOfSomebody) {
  EXPECT_THAT(CategoryOfValues({"Called Ms Ana Ruiz about the invoice, she writes from ana.ruiz@example.org again.",
                                "Please answer to tom.keller@example.org before the end of the week.",
                                "Maria Lopez asked for a copy; send it to maria.lopez@example.org please."}),
              testing::StartsWith("user."));
  EXPECT_EQ(CategoryOfValues({"The valve was replaced and the pressure measured again after an hour of rest.",
                              "Restarted the service twice because the queue had grown too long over night.",
                              "Checked the belt; it is worn and should be ordered anew within this month."}),
            "none");
}

TEST(ColumnValues, NotesThatSayOfSomebodyWhatIsSpecialAreOfThatKind) {
  const std::vector<std::string> health = {"She was diagnosed with asthma as a child and takes metformin since 2019.",
                                           "Talked to Ms Ana Ruiz, who is pregnant and stays at home until March.",
                                           "He asked for a quieter room because of his migraine, as last year."};
  EXPECT_EQ(CategoryOfValues(health), "user.health_and_medical");
  EXPECT_EQ(CategoryOfValues({"Sie ist Mitglied der Gewerkschaft und war mit ihr beim Streik vor dem Tor.",
                              "Er ist im Betriebsrat und fragt, wann ihm die Stunden bezahlt werden.",
                              "Rückruf bei Frau Keller wegen der neuen Tische in der Kantine im Haus."}),
            "user.demographic.political_opinion");
  // Goods: nobody is ill.
  EXPECT_EQ(CategoryOfValues({"Box with a lock and two lids, keeps things cool, room for 20 pens of insulin.",
                              "Cushion of foam, washable at 60 degrees, for wheelchair and office chair alike.",
                              "Cuff with a large display, measures blood pressure within thirty seconds."}),
            "none");
  ColumnContext noted{.field = {.system = "", .collection = "t", .field = "comment", .declared_type = "text"},
                      .values = health};
  EXPECT_EQ(BuiltIn().Column(noted).category, "user.health_and_medical") << "what is said counts more than the name";
}

TEST(ColumnValues, PlacesWhereNothingStandsCountForNothing) {
  EXPECT_EQ(CategoryOfValues({"DE89370400440532013000", "unbekannt", "GB29NWBK60161331926819", "k.A.", "brak danych",
                              "-", "FR1420041010050500013M02606", "なし", "NL91ABNA0417164300", "nincs", "???", "yok"}),
            "user.financial.bank_account");
  EXPECT_EQ(CategoryOfValues({"4111 1111 1111 1111", "5555 5555 5555 4444", "**** **** **** 0027",
                              "6011 1111 1111 1117", "XXXX XXXX XXXX 7712"}),
            "user.financial.credit_card")
      << "what is masked in the way of cards is one";
  EXPECT_EQ(CategoryOfValues({"N.N.", "unknown", "n/a", "-", "none", "tbd"}), "none");
  EXPECT_EQ(CategoryOfValues({"yes", "no", "n/a", "no", "yes"}), "none");
}

TEST(ColumnValues, LabelsNotesAndQuotesStandAroundNumbers) {
  EXPECT_EQ(CategoryOfValues({"PESEL 60031307912", "\"44090459913\"", "77011735173?", "42021468517 (żona)",
                              "nr 44040390280 nowy", "67012792642;"}),
            "user.government_id.national_identification_number");
  EXPECT_EQ(CategoryOfValues({"privat: k.weber@mail.example", "anna.kurz@post.example", "b.lang@firm.example (alt)",
                              "mailto:t.otto@web.example"}),
            "user.contact.email");
  EXPECT_EQ(CategoryOfValues({"Annas Tablet cf:29:e1:2b:a8:d9", "7d:4e:c5:8f:be:b5", "b9:86:ce:f7:27:bd (alt)"}),
            "user.device.device_id");
}

TEST(ColumnValues, AFewForeignCellsRefuteNoCheckDigits) {
  EXPECT_EQ(CategoryOfValues({"60031307912", "44090459913", "77011735173", "42021468517", "44040390280", "67012792642",
                              "AB 1234567", "4409", "Gdańsk"}),
            "user.government_id.national_identification_number");
  EXPECT_EQ(CategoryOfValues({"59 9351 8190 9378 6579 7543 2319", "35487574911862527601895559",
                              "PL40 7971 1471 0497 4650 7529 1703", "58 4236 6712 7684 2684 6563 2122", "gotówka"}),
            "user.financial.bank_account");
}

// Half of them identity cards of citizens, half of foreigners.
TEST(ColumnValues, SeveralKindsOfOneBranchAreOfThatBranch) {
  EXPECT_TRUE(CategoryOfValues({"60031307912", "850310-1233", "44090459913", "131052-308T", "77011735173",
                                "42021468517", "010203A9035", "760422-9877"})
                  .starts_with("user.government_id"));
}

TEST(ColumnValues, NumbersOfOrganizationsAreNobodys) {
  EXPECT_EQ(CategoryOfValues({"16.655.764/0001-55", "39.673.100/0001-14", "16.252.221/0001-97", "84.714.297/0001-47",
                              "27.874.421/0001-06", "48.870.700/0001-63"}),
            "none");
  EXPECT_EQ(CategoryOfValues({"30-24063972-2", "30-14840397-6", "30-28142407-2", "30-13952451-5", "30-29156684-3"}),
            "none");
  EXPECT_EQ(CategoryOfValues({"33 68 4961 237-7", "33 68 4961 238-5", "336849612393 abgestellt", "33 68 4961 240-1",
                              "33 68 4961 241-9"}),
            "none")
      << "wagons";
  EXPECT_EQ(CategoryOfValues({"20-28799114-3", "20-37384656-3", "20-32884213-1", "20-16064171-2", "20-13457975-8"}),
            "user.government_id");
  EXPECT_EQ(CategoryOfValues({"10.0.0.0/8", "192.168.1.0/24", "172.16.4.0/22", "10.44.0.0/16", "192.0.2.0/28"}),
            "none");
}

TEST(ColumnValues, DatesOfBirthAreWrittenInWordsAndByOtherCalendars) {
  EXPECT_EQ(CategoryOfValues({"3. Jan. 1968", "12.02.1947 in Ulm", "May 6, 1936", "00.00.1938", "1988. július 4.",
                              "17.9.1991", "geb. 16.04.2004"}),
            "user.demographic.date_of_birth");
  EXPECT_EQ(CategoryOfValues({"۱۳۵۸/۰۴/۱۲", "1362/11/30", "۱۳۲۷/۱۲/۲۹", "1375/05/18", "1349/07/22"}),
            "user.demographic.date_of_birth");
  EXPECT_EQ(CategoryOfValues({"2045/03/12", "२०५२-११-३०", "2060/01/09", "2042/07/21", "2055/12/02", "1961-08-15"}),
            "user.demographic.date_of_birth");
  EXPECT_EQ(CategoryOfValues({"昭和52年4月18日", "昭和60.1.1", "S39.11.3", "1988/07/22", "H13.5.30"}),
            "user.demographic.date_of_birth");
  EXPECT_EQ(CategoryOfValues({"2024-01-12", "2023-05-06", "2025-11-30", "2022-02-01", "2024-08-15"}), "none");
}

TEST(ColumnValues, TelephonesAreGroupedByOnesAndNotByOthers) {
  EXPECT_EQ(CategoryOfValues({"13817720456", "+86 152 0098 6541", "138 0011 9927(微信)", "+86 186 2337 0345",
                              "15900000001", "021 5511 9034"}),
            "user.contact.phone_number");
  EXPECT_EQ(CategoryOfValues({"13817720456", "15200986541", "13800119927", "18623370345", "15900000001"}), "none")
      << "numbers of eleven digits";
}

TEST(ColumnValues, EmployersStandBesideWhatHasNone) {
  EXPECT_EQ(CategoryOfValues({"Kuhn & Partner GmbH", "arbeitslos", "Rentnerin", "Weber KG", "Stadt Emden, Bauhof"}),
            "user.workplace");
  EXPECT_EQ(
      CategoryOfValues({"Kuhn & Partner GmbH", "Weber KG", "Lang und Söhne", "Otto Brandt AG", "Holzbau Remm GmbH"}),
      "none");
}

TEST(ColumnValues, PostalCodesAreWrittenApartByOnesAndNotByOthers) {
  EXPECT_EQ(CategoryOfValues({"01310-200", "50030230", "88.015-310", "72145-334", "40020-110", "30130170"}),
            "user.contact.address.postal_code");
}

TEST(ColumnValues, PlacesCalledAfterPeopleAreNobodys) {
  EXPECT_EQ(CategoryOfValues({"anna_2.jpg", "max_front.png", "ben_old.jpeg", "lena_01.gif", "tom_b.pdf"}), "none");
  EXPECT_EQ(CategoryOfValues({"Collège Victor Hugo", "Stade Maurice Thorez", "Piscine Alfred Nakache",
                              "Médiathèque Simone Signoret", "Gymnase Jean Jaurès"}),
            "none");
}

TEST(ColumnValues, ShortNotesArePersonalWhenMostSpeakOfSomebody) {
  EXPECT_EQ(CategoryOfValues({"lost her job in March", "wife will pick it up", "Tochter hat Vollmacht für alles",
                              "vive con su hija mayor", "annesi vefat etmiş, taksit istiyor", "ring after six only"}),
            "user.content.private");
  EXPECT_EQ(
      CategoryOfValues({"My Brother the Lighthouse Keeper", "Her Father's House by the Sea",
                        "The Daughter of the Second Mate", "A Son of Two Long Winters", "Mother Said It Would Rain"}),
      "none")
      << "titles";
  EXPECT_EQ(CategoryOfValues({"printer on floor two jams", "VPN slow since the update", "door three does not close",
                              "licence runs out in May", "heating of room six cold"}),
            "none");
}

TEST(ColumnValues, VocabulariesHaveShortFormsAndManyLanguages) {
  EXPECT_EQ(CategoryOfValues({"led.", "gesch.", "verh. seit 1988", "VH", "getr. lebend", "verwitwet"}),
            "user.demographic.marital_status");
  EXPECT_EQ(CategoryOfValues({"18-24", "25-34", "65+", "under 18", "35 to 44"}), "user.demographic.age_range");
  EXPECT_EQ(CategoryOfValues({"deutsch", "türkisch", "Österreicherin", "ukr.", "staatenlos"}), "user.demographic");
  EXPECT_EQ(CategoryOfValues({"DEM", "REP", "NPA", "undecided", "strong Democrat"}),
            "user.demographic.political_opinion");
  EXPECT_EQ(CategoryOfValues({"nada consta", "mandado em aberto", "tornozeleira até 03/25", "estelionato 2x"}),
            "user.criminal_history");
  EXPECT_EQ(CategoryOfValues({"Homme", "F", "Mme", "femme", "M.", "non binaire", "Masculin"}),
            "user.demographic.gender");
  EXPECT_EQ(CategoryOfValues({"cadeirante", "baixa visão", "surda", "Síndrome de Down", "TDAH c/ laudo"}),
            "user.health_and_medical");
  EXPECT_EQ(CategoryOfValues({"主任", "看護師", "営業部 課長", "派遣", "代表取締役"}), "user.job_title");
  EXPECT_EQ(CategoryOfValues({"_fbp=fb.1.1711437897872.490883247", "fb.1.1722002732128.8154660758",
                              "_hjid=678528c6-c2d9-465a-8bfc-1ff1acd40d23"}),
            "user.device.cookie_id");
  EXPECT_EQ(CategoryOfValues({"eggs", "milk", "cheddar", "bananas", "flour"}), "none");
  EXPECT_EQ(CategoryOfValues({"S", "M", "L", "XL"}), "none");
}

TEST(ColumnValues, AFewDecideAndMoreAreLookedAtWhereTheyDoNot) {
  std::vector<std::string> clear, mixed;
  for (int i = 0; i < 1000; ++i) {
    clear.push_back("person" + std::to_string(i) + "@example.org");
    mixed.push_back(i % 2 == 0 ? clear.back() : "none " + std::to_string(i));
  }
  const auto judged = BuiltIn().Column({.field = {.collection = "t1", .field = "c1"}, .values = clear});
  EXPECT_EQ(judged.category, "user.contact.email");
  EXPECT_EQ(judged.distinct_values, 64);
  EXPECT_EQ(BuiltIn().Column({.field = {.collection = "t1", .field = "c1"}, .values = mixed}).distinct_values, 256);
}

TEST(FieldNames, EveryJudgementSaysWhy) {
  const auto judged = BuiltIn().Field({.collection = "customers", .field = "email", .declared_type = "text"});
  EXPECT_THAT(judged.Reason(), HasSubstr("name_cue email +0.80"));
  EXPECT_EQ(judged.detector, "email");
}

// What no rule knows is told by fields that are called alike elsewhere, in a collection that they could be of.
TEST(FieldNames, WhatOthersCalledSoHoldIsToldAmongOthersOnly) {
  const std::vector<std::string> patients = {"patient_nr", "voornaam", "achternaam", "geb", "bsn", "klacht"};
  const auto told = BuiltIn().Field({.collection = "patient", .field = "klacht", .neighbours = patients});
  EXPECT_EQ(told.category, "user.health_and_medical");
  EXPECT_THAT(told.Reason(), ::testing::StartsWith("similar_names "));
  EXPECT_EQ(CategoryOf("patient", "klacht"), "none");
  const std::vector<std::string> streams = {"shard", "offset", "klacht", "retention", "partition"};
  EXPECT_EQ(BuiltIn().Field({.collection = "streams", .field = "klacht", .neighbours = streams}).category, "none");
}

// Where nobody else is, a name that says whose it is stays somebody's, and the evidence tells what likeness added.
TEST(FieldNames, LikenessIsAnEvidenceOfItsOwn) {
  const std::vector<std::string> rows = {"id", "metric", "unit", "user_email", "window", "resolution"};
  const auto judged = BuiltIn().Field({.collection = "rollup", .field = "user_email", .neighbours = rows});
  const auto likeness = std::ranges::find(judged.evidence, EvidenceKind::kSimilarNames, &Evidence::kind);
  ASSERT_NE(likeness, judged.evidence.end());
  EXPECT_LE(std::abs(likeness->weight), 0.2);
  EXPECT_EQ(judged.category, "user.contact.email") << judged.Reason();
}

TEST(FieldNames, ANumberThatNamesSomebodyIsTheirKey) {
  EXPECT_EQ(CategoryOf("users", "supervisor", "int"), "user.unique_id");
  EXPECT_EQ(CategoryOf("users", "supervisor", "varchar(80)"), "user.name");
  EXPECT_EQ(CategoryOf("employees", "company", "varchar(80)"), "user.workplace");
  EXPECT_EQ(CategoryOf("employees", "company", "int"), "none");
  EXPECT_EQ(CategoryOf("users", "name", "int"), "none");
}

TEST(FieldNames, HashesStandAsShortBytes) {
  EXPECT_EQ(CategoryOf("users", "password", "varbinary(64)"), "user.authorization.password");
  EXPECT_EQ(CategoryOf("users", "password", "tinyblob"), "user.authorization.password");
  EXPECT_EQ(CategoryOf("users", "username", "varbinary(255)"), "user.account.username");
}

TEST(FieldNames, AStateIsAnAddressesOnlyBesideATown) {
  EXPECT_EQ(BuiltIn()
                .Field({.collection = "subscribers",
                        .field = "state",
                        .neighbours = {"first_name", "email", "created", "plan", "state"}})
                .category,
            "none");
  EXPECT_EQ(BuiltIn()
                .Field({.collection = "subscribers",
                        .field = "state",
                        .neighbours = {"first_name", "email", "street", "city", "state"}})
                .category,
            "user.contact.address.state");
}

TEST(FieldModel, FilesThatAreNoneAreRefused) {
  using detect::FieldModel;
  EXPECT_EQ(FieldModel::Parse("").error().code(), "detect.field_model");
  EXPECT_EQ(FieldModel::Parse(std::string(5000, 'x')).error().code(), "detect.field_model");
  detect::FieldModelHead head{
      .magic = {}, .signs = 4, .rows = 2, .detectors = 2, .scale = 1, .nets = 1, .net_rows = 8, .names_bytes = 4};
  std::ranges::copy(FieldModel::kMagic, head.magic.begin());
  const auto file = [&](std::string_view names) {
    const std::size_t weights = 4 + 2 * 2 + detect::FieldNet::BytesOf(8, 3);
    return std::string(reinterpret_cast<const char*>(&head), sizeof head) + std::string(weights, '\1') +
           std::string(names);
  };
  EXPECT_TRUE(FieldModel::Parse(file("a\nb\n")).ok());
  EXPECT_FALSE(FieldModel::Parse(file("a\nb")).ok()) << "cut short";
  EXPECT_FALSE(FieldModel::Parse(file("ab\n\n") + "x").ok()) << "too long";
  EXPECT_FALSE(FieldModel::Parse(file("abc\n")).ok()) << "a name is missing";
  head.signs = 3;
  EXPECT_FALSE(FieldModel::Parse(file("a\nb\n")).ok()) << "no power of two";
  head.signs = 4;
  head.nets = 2;
  EXPECT_FALSE(FieldModel::Parse(file("a\nb\n")).ok()) << "a net is missing";
}

// Nothing but a few weights: what they make of four signs of a part, and of none.
TEST(FieldNet, PartsAreAddedUpAndLayersBend) {
  using detect::FieldNet;
  constexpr std::size_t kRows = 2;
  std::string bytes(FieldNet::BytesOf(kRows, 1), '\0');
  const FieldNet::Head head{.rows = 1, .first = 1, .second = 1, .outputs = 1};
  std::memcpy(bytes.data(), &head, sizeof head);
  const std::size_t rows = sizeof head, first = rows + kRows * FieldNet::kDims, second = first + FieldNet::kFirst,
                    output = second + FieldNet::kSecond;
  bytes[rows + FieldNet::kDims] = 4;                        // the first number of the second sign
  bytes[first] = 2;                                         // counts twice for the first unit;
  bytes[first + FieldNet::kFirst - FieldNet::kHidden] = 1;  // one is always there
  bytes[first + FieldNet::kFirst - FieldNet::kHidden + 1] = 3;
  bytes[second + 5] = 1;
  bytes[second + FieldNet::kHidden + 5] = -1;
  bytes[output + 5] = 1;
  bytes[output + FieldNet::kHidden] = 7;
  const FieldNet net(bytes, kRows, 1);
  const auto judged = [&](const std::vector<std::uint32_t>& signs) {
    FieldNet::Layer layer = net.Start();
    net.Add(signs, layer);
    return net.Output(0, net.Second(layer));
  };
  const std::uint32_t of_words = 1 | static_cast<std::uint32_t>(detect::NetPart::kWords) << FieldNet::kPartShift;
  EXPECT_FLOAT_EQ(judged({}), 7) << "1 - 3 is below zero";
  EXPECT_FLOAT_EQ(judged({of_words, of_words, of_words, of_words}), 7 + 17 - 3) << "16 by the root of 4, twice";
  EXPECT_FLOAT_EQ(judged({1}), 7) << "of no part";
}

TEST(FieldNames, HostileNamesAreJudgedToo) {
  for (const std::string& name : {std::string(100'000, 'a'), std::string("\xff\xfe\x80"), std::string("a\0b", 3),
                                  std::string("'; DROP TABLE x;--"), std::string("\u202Eemail"), std::string()}) {
    EXPECT_FALSE(CategoryOf(name, name, name).empty());
  }
}

// What other fields stand beside a field decides whose it is.
TEST(FieldNames, AnimalsAndProgramsAreNobody) {
  const auto beside = [](std::string collection, std::string field, std::vector<std::string> neighbours) {
    neighbours.push_back(field);
    return BuiltIn()
        .Field({.collection = std::move(collection), .field = std::move(field), .neighbours = std::move(neighbours)})
        .category;
  };
  EXPECT_EQ(beside("patients", "sex", {"species", "breed", "owner_phone"}), "none");
  EXPECT_EQ(beside("patients", "sex", {"first_name", "last_name", "diagnosis"}), "user.demographic.gender");
  EXPECT_EQ(beside("patients", "owner_first", {"species", "breed", "owner_phone"}), "user.name.first");
  EXPECT_EQ(beside("consents", "client_id", {"scope", "redirect_uri", "subject", "granted_at"}), "none");
  EXPECT_EQ(beside("cluster_agents", "name", {"id", "project_id", "version", "created_at"}), "none");
  EXPECT_EQ(beside("deeds", "grantor_name", {"customer_email", "deed_no", "signed_on", "parcel"}), "user.name");
  EXPECT_EQ(beside("sites", "container_name", {"customer_email", "site_no", "opened_on", "parcel"}), "none");
}

TEST(FieldNames, PartsOfNamesEndTheNameOfAField) {
  EXPECT_EQ(CategoryOf("cases", "pupil_last", "text"), "user.name.last");
  EXPECT_EQ(CategoryOf("cases", "pupil_first_order", "text"), "none");
}

TEST(FieldNames, TokensThatFindACartAgainLetNobodyIn) {
  EXPECT_EQ(CategoryOf("orders", "cart_token", "text"), "none");
  EXPECT_EQ(CategoryOf("abandoned_checkouts", "token", "text"), "none");
  EXPECT_EQ(CategoryOf("orders", "access_token", "text"), "user.authorization.credentials");
  EXPECT_EQ(CategoryOf("visits", "visit_id", "text"), "none");
}

TEST(ColumnTypes, AreToldApartWhateverTheStoreCallsThem) {
  EXPECT_EQ(CategoryOf("customers", "email", "INT"), "none");
  EXPECT_EQ(CategoryOf("customers", "email", "CHARACTER VARYING(255)"), "user.contact.email");
  EXPECT_EQ(CategoryOf("customers", "birth_date", "timestamp with time zone"), "user.demographic.date_of_birth");
}

TEST(Letters, FoldTakesAccentsOff) {
  EXPECT_EQ(detect::Fold("Código Straße ŁÓDŹ"), "codigo strasse lodz");
  EXPECT_EQ(detect::Fold("ΑΒΓ Имя"), "αβγ имя");
}

std::string FieldsOf(const std::string& in, std::vector<std::string>* warnings = nullptr) {
  std::istringstream input(in);
  std::ostringstream output;
  const auto counts = DetectFieldLines(BuiltIn(), input, output, [&](const Error& warning) {
    if (warnings != nullptr) warnings->push_back(warning.DebugString());
  });
  return counts.ok() ? output.str() : counts.error().DebugString();
}

TEST(FieldLines, AnswerInTheOrderOfTheInput) {
  const std::string out = FieldsOf(
      "id\tsystem\tcollection\tfield\tdeclared_type\n"
      "7\tshop\tcustomers\temail\ttext\r\n"
      "8\tshop\tproducts\tprice\tnumeric\n"
      "9\tshop\tcustomers\tpassword\ttext");
  EXPECT_THAT(out, testing::StartsWith("id\tcategory\tconfidence\treason\n7\tuser.contact.email\t0."));
  EXPECT_THAT(out, HasSubstr("\n8\tnone\t1.00\tno cue\n9\tuser.authorization.password\t"));
}

TEST(FieldLines, NameBrokenLinesAndReadOn) {
  std::vector<std::string> warnings;
  const std::string out = FieldsOf(
      "id\tfield\n1\temail\n2\n3\t" + std::string(kFieldLineBytesMax, 'x') + "\n4\tphon\xff_number\n5\tphone_number\n",
      &warnings);
  EXPECT_THAT(warnings, ElementsAre(HasSubstr("line_columns{line=3"), HasSubstr("line_too_long{line=4"),
                                    HasSubstr("line_repaired{line=5")));
  EXPECT_THAT(out, HasSubstr("\n5\tuser.contact.phone_number\t"));
}

TEST(FieldLines, WithoutAHeaderAreRefused) {
  EXPECT_EQ(FieldsOf("a\tb\n1\t2\n"), "detect.header{missing=id}");
  EXPECT_EQ(FieldsOf(""), "detect.header{missing=id}");
}

}  // namespace
}  // namespace privity
