#include "execution/people.h"

#include <gtest/gtest.h>

namespace privity {
namespace {

const std::vector<MappedField> kNamed = {{.name = "name", .category = "user.name"},
                                         {.name = "email", .category = "user.contact.email"}};

TEST(PeopleTest, GoesByTheNameOfTheCollectionInSeveralLanguagesAndSpellings) {
  for (const char* name : {"customer", "Customers", "crm_contacts", "app.UserAccounts", "Kunden", "clientes", "klant",
                           "export/customers.csv", "users_2024"}) {
    EXPECT_EQ(SubjectKindOf(name, kNamed), "customer") << name;
  }
  for (const char* name : {"Employee", "staff", "sales_rep", "Mitarbeiter", "empleados"}) {
    EXPECT_EQ(SubjectKindOf(name, kNamed), "employee") << name;
  }
}

TEST(PeopleTest, WhatHappensToPeopleIsNoPerson) {
  for (const char* name : {"orders", "CustomerOrder", "invoice", "Rechnungen", "support_tickets", "address"}) {
    EXPECT_EQ(SubjectKindOf(name, kNamed), "") << name;
  }
}

TEST(PeopleTest, ANameOfNoLanguageIsJudgedByWhatIsSaidOfThePerson) {
  EXPECT_EQ(SubjectKindOf("klienci", kNamed), "");
  std::vector<MappedField> more = kNamed;
  more.push_back({.name = "data_urodzenia", .category = "user.demographic.date_of_birth"});
  EXPECT_EQ(SubjectKindOf("klienci", more), "customer");
}

TEST(PeopleTest, WithoutPersonalFieldsNothingIsAPerson) {
  EXPECT_EQ(SubjectKindOf("customer", {}), "");
  const std::vector<MappedField> codes = {{.name = "code", .category = "none"}};
  EXPECT_EQ(SubjectKindOf("account", codes), "");
}

}  // namespace
}  // namespace privity
