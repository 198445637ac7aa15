#include "connect/ldap/ldap_grants.h"

#include <algorithm>
#include <map>
#include <set>

#include "connect/ldap/access_rules.h"

namespace privity::connect_internal {
namespace {

constexpr const char* kConfiguration = "cn=config";
constexpr const char* kRightToRules = "olcDatabase, olcSuffix, olcAccess, olcRootDN";
constexpr std::int64_t kEntriesMax = 200'000;
constexpr std::size_t kPlacesMax = 50;     // of one class: entries of different parents that stand for all
constexpr std::size_t kMembersMax = 2000;  // of one group

struct Database {
  std::vector<LdapRule> rules{};
  std::string root{};  // an account that no rule binds
  bool is_whole = true;
};

const std::vector<std::string>& ValuesOf(const LdapEntry& entry, std::string_view name) {
  static const std::vector<std::string> none;
  const LdapAttribute* attribute = entry.Find(name);
  return attribute == nullptr ? none : attribute->values;
}

// The rules of the database that holds `base`, and behind them those of all databases.
Result<std::optional<Database>> ReadRules(LdapSession& session, const std::string& base) {
  std::optional<Database> found;
  std::size_t longest = 0;
  std::vector<std::string> own, common;
  const LdapSearch search{.base = kConfiguration,
                          .filter = "(olcDatabase=*)",
                          .attributes = {"olcDatabase", "olcSuffix", "olcAccess", "olcRootDN"}};
  const Status read = session.Search(search, kConfiguration, [&](const LdapEntry& entry) -> Result<bool> {
    const auto& names = ValuesOf(entry, "olcDatabase");
    if (!names.empty() && names[0].ends_with("frontend")) common = ValuesOf(entry, "olcAccess");
    for (const std::string& text : ValuesOf(entry, "olcSuffix")) {
      const std::string suffix = NormalDn(text);
      if (!IsWithin(NormalDn(base), {.scope = DnScope::kSubtree, .dn = suffix}) || suffix.size() < longest) continue;
      longest = suffix.size();
      found.emplace();
      own = ValuesOf(entry, "olcAccess");
      const auto& root = ValuesOf(entry, "olcRootDN");
      if (!root.empty()) found->root = NormalDn(root[0]);
    }
    return true;
  });
  const bool is_hidden = !read.ok() && (read.error().Is("connect.missing") || read.error().Is("connect.permission"));
  if (is_hidden || (read.ok() && !found)) return std::nullopt;
  if (!read.ok()) return read.error();
  bool common_is_whole = true;
  found->rules = ParseLdapRules(own, found->is_whole);
  for (LdapRule& rule : ParseLdapRules(common, common_is_whole)) found->rules.push_back(std::move(rule));
  found->is_whole = found->is_whole && common_is_whole;
  return found;
}

std::string ParentOf(const std::string& dn) {
  for (std::size_t i = 0; i < dn.size(); ++i) {
    if (dn[i] == '\\') ++i;
    if (i < dn.size() && dn[i] == ',') return dn.substr(i + 1);
  }
  return "";
}

// Of each class, names of entries that stand for those with the same parent.
using Places = std::map<std::string, std::map<std::string, std::string>>;

Result<Places> FindPlaces(LdapSession& session, const std::string& base,
                          const std::function<std::string(const LdapEntry&)>& class_of) {
  Places places;
  std::int64_t seen = 0;
  const LdapSearch search{.base = base, .attributes = {"objectClass", "structuralObjectClass"}};
  PRIVITY_TRY_VOID(session.Search(search, base, [&](const LdapEntry& entry) -> Result<bool> {
    auto& of_class = places[class_of(entry)];
    const std::string dn = NormalDn(entry.dn);
    if (of_class.size() < kPlacesMax) of_class.emplace(ParentOf(dn), dn);
    return ++seen < kEntriesMax;
  }));
  return places;
}

// Accounts by the groups that rules name, as the directory lists them; a group that cannot be read has none.
class Groups {
 public:
  Status Read(LdapSession& session, const LdapSubject& group) {
    if (group.dn.scope != DnScope::kBase || members_.contains(KeyOf(group))) return Ok();
    std::vector<std::string>& members = members_[KeyOf(group)];
    const LdapSearch search{.base = group.dn.dn, .below = false, .attributes = {group.member_attribute}};
    const Status read = session.Search(search, group.dn.dn, [&](const LdapEntry& entry) -> Result<bool> {
      members = ValuesOf(entry, group.member_attribute);
      members.resize(std::min(members.size(), kMembersMax));
      return true;
    });
    const bool is_hidden = !read.ok() && (read.error().Is("connect.missing") || read.error().Is("connect.permission"));
    return is_hidden ? Ok() : read;
  }
  const std::vector<std::string>& Of(const LdapSubject& group) const {
    static const std::vector<std::string> none;
    const auto found = members_.find(KeyOf(group));
    return found == members_.end() ? none : found->second;
  }
  bool Has(const std::string& dn, const LdapSubject& group) const {
    return std::ranges::any_of(Of(group), [&](const std::string& member) { return NormalDn(member) == dn; });
  }

 private:
  static std::string KeyOf(const LdapSubject& group) { return group.member_attribute + " " + group.dn.dn; }

  std::map<std::string, std::vector<std::string>> members_;
};

// Somebody whom rules name, as a Grant has them.
struct Asker {
  LdapSubject subject{};
  std::string name{};
  PrincipalKind kind = PrincipalKind::kUser;
  std::vector<std::string> through{};
};

std::string ScopeText(DnScope scope) {
  switch (scope) {
    case DnScope::kOne:
      return "dn.one=";
    case DnScope::kSubtree:
      return "dn.subtree=";
    case DnScope::kChildren:
      return "dn.children=";
    case DnScope::kPattern:
      return "dn.regex=";
    case DnScope::kAny:
    case DnScope::kBase:
      return "";
  }
  return "";
}

std::optional<Asker> AskerOf(const LdapSubject& subject) {
  switch (subject.who) {
    case LdapWho::kEveryone:
      return Asker{.subject = subject, .kind = PrincipalKind::kEveryone};
    case LdapWho::kUsers:
      return Asker{.subject = subject, .name = "users", .kind = PrincipalKind::kGroup};
    case LdapWho::kDn: {
      const bool is_one = subject.dn.scope == DnScope::kBase;
      return Asker{.subject = subject,
                   .name = ScopeText(subject.dn.scope) + subject.dn.dn,
                   .kind = is_one ? PrincipalKind::kUser : PrincipalKind::kGroup};
    }
    case LdapWho::kGroup:
      return Asker{.subject = subject, .name = subject.dn.dn, .kind = PrincipalKind::kGroup};
    case LdapWho::kCondition:
      return Asker{.subject = subject, .name = subject.text, .kind = PrincipalKind::kGroup};
    case LdapWho::kSelf:
      return std::nullopt;
  }
  return std::nullopt;
}

class Telling {
 public:
  Telling(const Database& database, const Description& description, const Places& places, const Groups& groups)
      : database_(database), description_(description), places_(places), groups_(groups) {}

  std::vector<Grant> Tell(const std::vector<Asker>& askers) {
    if (!database_.root.empty()) {
      for (const Privilege privilege : {Privilege::kRead, Privilege::kInsert, Privilege::kUpdate, Privilege::kDelete}) {
        grants_.push_back({.principal = database_.root, .privilege = privilege});
      }
    }
    for (const Collection& collection : description_.collections) {
      const auto places = places_.find(collection.name.name);
      if (places == places_.end()) continue;
      for (const Asker& asker : askers) TellOf(asker, collection, places->second);
    }
    return std::move(grants_);
  }

 private:
  LdapAccess Access(const Asker& asker, const std::string& dn, const std::string& attribute) const {
    return AccessOf(database_.rules, asker.subject, dn, attribute,
                    [this](const std::string& who, const LdapSubject& group) { return groups_.Has(who, group); });
  }

  void TellOf(const Asker& asker, const Collection& collection, const std::map<std::string, std::string>& places) {
    std::map<Privilege, std::set<std::string>> fields;
    for (const auto& [parent, dn] : places) {
      const LdapAccess entry = Access(asker, dn, "entry");
      const LdapAccess below = Access(asker, parent, "children");
      for (const Field& field : collection.fields) {
        // An entry is shown only to whoever may read it as a whole, too; its name comes with it.
        const std::string attribute = field.name.substr(0, field.name.find(';'));
        const LdapAccess access = attribute == "dn" ? entry : Access(asker, dn, attribute);
        if (entry.read && access.read) fields[Privilege::kRead].insert(field.name);
        if (access.add && access.remove) fields[Privilege::kUpdate].insert(field.name);
        if (entry.add && below.add) fields[Privilege::kInsert].insert(field.name);
        if (entry.remove && below.remove) fields[Privilege::kDelete].insert(field.name);
      }
    }
    for (const auto& [privilege, names] : fields) {
      const bool is_all = names.size() == collection.fields.size();
      for (const std::string& name : is_all ? std::set<std::string>{""} : names) {
        grants_.push_back({.principal = asker.name,
                           .principal_kind = asker.kind,
                           .collection = collection.name,
                           .field = name,
                           .privilege = privilege,
                           .through = asker.through});
      }
    }
  }

  const Database& database_;
  const Description& description_;
  const Places& places_;
  const Groups& groups_;
  std::vector<Grant> grants_;
};

// Everybody whom the rules name, each once, and the members of groups.
Result<std::vector<Asker>> AskersOf(LdapSession& session, const Database& database, Groups& groups) {
  std::vector<Asker> askers = {*AskerOf({.who = LdapWho::kEveryone}), *AskerOf({.who = LdapWho::kUsers})};
  for (const LdapRule& rule : database.rules) {
    for (const LdapBy& by : rule.by) {
      const auto asker = AskerOf(by.subject);
      const bool is_known = !asker || std::ranges::any_of(askers, [&](const Asker& each) {
        return each.through.empty() && each.subject == asker->subject;
      });
      if (is_known) continue;
      askers.push_back(*asker);
      if (by.subject.who != LdapWho::kGroup) continue;
      PRIVITY_TRY_VOID(groups.Read(session, by.subject));
      for (const std::string& member : groups.Of(by.subject)) {
        const std::string dn = NormalDn(member);
        askers.push_back({.subject = {.who = LdapWho::kDn, .dn = {.scope = DnScope::kBase, .dn = dn}},
                          .name = dn,
                          .through = {by.subject.dn.dn}});
      }
    }
  }
  return askers;
}

}  // namespace

Result<StoreGrants> ReadLdapGrants(LdapSession& session, const std::string& store, const std::string& base,
                                   const Description& description,
                                   const std::function<std::string(const LdapEntry&)>& class_of) {
  PRIVITY_TRY(const auto database, ReadRules(session, base));
  if (!database) {
    return StoreGrants{.grants = {},
                       .unread = Error("connect.grants_hidden",
                                       {{"store", store}, {"place", kConfiguration}, {"right", kRightToRules}})};
  }
  if (!database->is_whole) return Error("connect.rules_not_understood", {{"store", store}, {"place", kConfiguration}});
  PRIVITY_TRY(const Places places, FindPlaces(session, base, class_of));
  Groups groups;
  PRIVITY_TRY(const auto askers, AskersOf(session, *database, groups));
  return StoreGrants{Telling(*database, description, places, groups).Tell(askers)};
}

}  // namespace privity::connect_internal
