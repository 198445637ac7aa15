// Access rules of OpenLDAP's slapd, as cn=config keeps them (olcAccess), and who they let do what: slapd.access(5).
//
//   {0}to attrs=userPassword by self write by anonymous auth by * none
//   {1}to dn.subtree="ou=people,dc=example,dc=org" by group.exact="cn=staff,dc=example,dc=org" read by users search
//
// Rules are tried in their order; the first that covers an entry's attribute decides, and in it the first `by` that
// names the one who asks. Where a rule covers only part of the entries (a filter, a regular expression, a value, the
// attributes of an object class) it may apply or not: then both are allowed for, so that access is never understated.
//
// Value types and pure functions. Nothing of an entry's values is looked at.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace privity::connect_internal {

// What access comes down to; search and compare, which show no values, are left out.
struct LdapAccess {
  bool read = false;
  bool add = false;     // values; to `children`, entries below
  bool remove = false;  // likewise
  bool operator==(const LdapAccess&) const = default;
};

// A distinguished name, or the part of a tree below one. Names are compared without letter case and spaces.
enum class DnScope { kAny, kBase, kOne, kSubtree, kChildren, kPattern };
struct DnRange {
  DnScope scope = DnScope::kAny;
  std::string dn{};
};

enum class LdapWho {
  kEveryone,   // `*` and `anonymous`: whoever does not log in
  kUsers,      // whoever logs in
  kDn,         // an account, or those of a part of the tree
  kGroup,      // the members that an entry lists
  kSelf,       // everybody to their own entry
  kCondition,  // addresses, sets, values of the entry: as it is written
};
struct LdapSubject {
  LdapWho who = LdapWho::kEveryone;
  DnRange dn{};                    // of kDn and kGroup
  std::string member_attribute{};  // of kGroup
  std::string text{};              // of kCondition
  bool operator==(const LdapSubject& other) const;
};

struct LdapBy {
  LdapSubject subject{};
  bool only_anonymous = false;  // does not name those who log in
  std::optional<LdapAccess> set{};
  LdapAccess give{}, take{};  // `+r`, `-w`
  enum class Then { kStop, kContinue, kBreak } then = Then::kStop;
};

struct LdapRule {
  DnRange dn{};
  std::vector<std::string> attributes{};  // lower case; empty: all of them
  bool is_partial = false;                // a filter, a value, an object class: covers only some
  std::vector<LdapBy> by{};
};

// None for what is no rule.
std::optional<LdapRule> ParseLdapRule(std::string_view text);
// In the order of their numbers. What is no rule is left out, and `is_whole` is false.
std::vector<LdapRule> ParseLdapRules(const std::vector<std::string>& values, bool& is_whole);

std::string NormalDn(std::string_view dn);
bool IsWithin(std::string_view dn, const DnRange& range);  // kPattern: never

// Whether `subject` is meant when a rule says `by`; groups know their members.
using IsMember = std::function<bool(const std::string& dn, const LdapSubject& group)>;

// What `subject` may do with `attribute` ("entry" and "children" are those of slapd) of the entry `dn`. Without any
// rule, everybody reads.
LdapAccess AccessOf(const std::vector<LdapRule>& rules, const LdapSubject& subject, const std::string& dn,
                    const std::string& attribute, const IsMember& is_member);

}  // namespace privity::connect_internal
