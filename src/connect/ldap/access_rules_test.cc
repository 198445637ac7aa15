#include "connect/ldap/access_rules.h"

#include <gmock/gmock.h>

namespace privity::connect_internal {
namespace {

constexpr const char* kAnna = "uid=anna,ou=people,dc=example,dc=org";
constexpr const char* kBen = "uid=ben,ou=people,dc=example,dc=org";

const LdapSubject kNobody{};
const LdapSubject kSomebody{.who = LdapWho::kUsers};
LdapSubject Account(const std::string& dn) {
  return {.who = LdapWho::kDn, .dn = {.scope = DnScope::kBase, .dn = dn}};
}

// "r", "a" and "d" of what `subject` may do with an attribute of Anna's entry; Ben is the only member of groups.
std::string May(const std::vector<std::string>& rules, const LdapSubject& subject, const std::string& attribute,
                const std::string& dn = kAnna) {
  bool is_whole = false;
  const auto parsed = ParseLdapRules(rules, is_whole);
  EXPECT_TRUE(is_whole);
  const LdapAccess access =
      AccessOf(parsed, subject, dn, attribute, [](const std::string& who, const LdapSubject&) { return who == kBen; });
  return std::string(access.read ? "r" : "") + (access.add ? "a" : "") + (access.remove ? "d" : "");
}

TEST(LdapAccessRules, WithoutRulesEverybodyReads) {
  EXPECT_EQ(May({}, kNobody, "mail"), "r");
}

TEST(LdapAccessRules, WhatNoRuleCoversIsClosed) {
  EXPECT_EQ(May({"to attrs=mail by * read"}, kNobody, "mail"), "r");
  EXPECT_EQ(May({"to attrs=mail by * read"}, kNobody, "sn"), "");
}

TEST(LdapAccessRules, TheFirstThatFitsDecides) {
  const std::vector<std::string> rules = {
      "{2}to * by users read by * none",
      "{0}to attrs=userPassword,shadowLastChange by self write by anonymous auth by * none",
      R"({1}to dn.subtree="ou=People, dc=Example,dc=org" attrs=mail by group.exact="cn=staff,dc=example,dc=org" write)"
      R"( by * none)"};
  EXPECT_EQ(May(rules, kSomebody, "userPassword"), "");
  EXPECT_EQ(May(rules, kSomebody, "sn"), "r");
  EXPECT_EQ(May(rules, kNobody, "sn"), "");
  EXPECT_EQ(May(rules, kSomebody, "mail"), "");
  EXPECT_EQ(May(rules, Account(kBen), "mail"), "rad") << "through the group";
  EXPECT_EQ(May(rules, Account(kBen), "mail", "cn=x,ou=others,dc=example,dc=org"), "r") << "another part of the tree";
}

TEST(LdapAccessRules, AccountsAndPartsOfTheTreeAreTold) {
  const std::vector<std::string> rules = {
      R"(to * by dn.base="uid=ben,ou=people,dc=example,dc=org" write by dn.children="ou=people,dc=example,dc=org" read)"};
  EXPECT_EQ(May(rules, Account(kBen), "mail"), "rad");
  EXPECT_EQ(May(rules, Account(kAnna), "mail"), "r");
  EXPECT_EQ(May(rules, Account("ou=people,dc=example,dc=org"), "mail"), "");
  EXPECT_EQ(May(rules, kSomebody, "mail"), "");
}

TEST(LdapAccessRules, WhatMayOrMayNotApplyIsAllowedForBothWays) {
  EXPECT_EQ(May({"to filter=(hidden=TRUE) by * none", "to * by * read"}, kNobody, "mail"), "r");
  EXPECT_EQ(May({"to filter=(public=TRUE) by * read", "to * by * none"}, kNobody, "mail"), "r");
  EXPECT_EQ(May({R"(to dn.regex="^uid=.*$" by * write)", "to * by * none"}, kNobody, "mail"), "rad");
  EXPECT_EQ(May({"to attrs=@inetOrgPerson by * read", "to * by * none"}, kNobody, "mail"), "r");
}

TEST(LdapAccessRules, LettersAndControlsMeanWhatTheManualSays) {
  EXPECT_EQ(May({"to * by * =rscxd"}, kNobody, "mail"), "r");
  EXPECT_EQ(May({"to * by users read continue by dn.base=\"" + std::string(kBen) + "\" +a"}, Account(kBen), "mail"),
            "ra");
  EXPECT_EQ(May({"to * by users read continue by * -r"}, kSomebody, "mail"), "");
  EXPECT_EQ(May({"to * by * read break", "to attrs=mail by * +w", "to * by * none"}, kNobody, "mail"), "rad");
  EXPECT_EQ(May({"to * by * read break"}, kNobody, "mail"), "r");
  EXPECT_EQ(May({"to attrs=member by users selfwrite by * none"}, kSomebody, "member"), "") << "their own name only";
}

TEST(LdapAccessRules, ConditionsAreToldAsTheyAreWritten) {
  bool is_whole = false;
  const auto rules = ParseLdapRules({"to * by peername.ip=10.0.0.0%255.0.0.0 read by users ssf=128 write"}, is_whole);
  ASSERT_EQ(rules.size(), 1U);
  ASSERT_EQ(rules[0].by.size(), 2U);
  EXPECT_EQ(rules[0].by[0].subject.text, "peername.ip=10.0.0.0%255.0.0.0");
  EXPECT_EQ(rules[0].by[1].subject.text, "users ssf=128");
  EXPECT_EQ(May({"to * by users ssf=128 write"}, kSomebody, "mail"), "");
  EXPECT_EQ(May({"to * by users ssf=128 write"}, rules[0].by[1].subject, "mail"), "rad");
}

TEST(LdapAccessRules, WhatIsNoRuleIsSaid) {
  for (const char* text : {"", "to", "by * read", "from * by * read", "to nothing-known by * read", "to * by"}) {
    bool is_whole = true;
    EXPECT_TRUE(ParseLdapRules({text}, is_whole).empty()) << text;
    EXPECT_FALSE(is_whole) << text;
  }
}

TEST(LdapNames, AreComparedWithoutCaseAndSpaces) {
  EXPECT_EQ(NormalDn("UID = Anna , ou=People,  dc=example,dc=org "), "uid=anna,ou=people,dc=example,dc=org");
  EXPECT_TRUE(IsWithin(kAnna, {.scope = DnScope::kOne, .dn = "ou=people,dc=example,dc=org"}));
  EXPECT_FALSE(IsWithin(kAnna, {.scope = DnScope::kOne, .dn = "dc=example,dc=org"}));
  EXPECT_FALSE(IsWithin("uid=anna,xou=people,dc=example,dc=org",
                        {.scope = DnScope::kSubtree, .dn = "ou=people,dc=example,dc=org"}));
}

}  // namespace
}  // namespace privity::connect_internal
