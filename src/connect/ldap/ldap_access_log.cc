#include "connect/ldap/ldap_access_log.h"

#include <algorithm>
#include <map>

#include "connect/ldap/access_rules.h"

namespace privity::connect_internal {
namespace {

constexpr const char* kLog = "cn=accesslog";
constexpr std::int64_t kLinesMax = 20'000;  // that are held at once

std::string ValueOf(const LdapEntry& entry, std::string_view name) {
  const LdapAttribute* attribute = entry.Find(name);
  return attribute == nullptr || attribute->values.empty() ? "" : attribute->values[0];
}

// A line of the log, without what was asked for or changed.
struct Line {
  std::string end;  // "20260310093000.000123Z"
  std::string type;
  std::string result;
  std::string who;
  std::string dn;
  bool is_of_one = false;  // entry
  std::string filter_class;
  bool found_something = true;
};

// Of "(&(objectClass=person)(uid=ada))", person: what every entry that is found belongs to. "" where the filter does
// not say.
std::string ClassInFilter(std::string_view filter) {
  constexpr std::string_view kNeedle = "(objectclass=";
  std::string lower(filter);
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  const bool is_conjunction = lower.starts_with("(&") || lower.starts_with(kNeedle);
  const std::size_t at = lower.find(kNeedle);
  const bool may_differ = lower.find("(|") != std::string::npos || lower.find("(!") != std::string::npos;
  if (!is_conjunction || at == std::string::npos || may_differ) return "";
  const std::size_t begin = at + kNeedle.size();
  const std::string name(filter.substr(begin, filter.find(')', begin) - begin));
  return name.find('*') == std::string::npos ? name : "";
}

Line LineOf(const LdapEntry& entry) {
  const std::string scope = ValueOf(entry, "reqScope");
  return {.end = ValueOf(entry, "reqEnd"),
          .type = ValueOf(entry, "reqType"),
          .result = ValueOf(entry, "reqResult"),
          .who = NormalDn(ValueOf(entry, "reqAuthzID")),
          .dn = NormalDn(ValueOf(entry, "reqDN")),
          .is_of_one = scope.empty() || scope == "base",
          .filter_class = ClassInFilter(ValueOf(entry, "reqFilter")),
          .found_something = ValueOf(entry, "reqEntries") != "0"};
}

Result<Instant> TimeOf(const std::string& text) {
  if (text.size() < 15) return Error("base.instant_invalid");
  const auto part = [&](std::size_t at, std::size_t length) { return text.substr(at, length); };
  return ParseInstant(part(0, 4) + "-" + part(4, 2) + "-" + part(6, 2) + "T" + part(8, 2) + ":" + part(10, 2) + ":" +
                      part(12, std::string::npos));
}

class Telling {
 public:
  Telling(LdapSession& session, const LdapAccessSource& source) : session_(session), source_(source) {}

  Status Tell(const Line& line, const Connector::OnAccess& take) {
    const auto at = TimeOf(line.end);
    if (!at.ok()) return Ok();
    AccessEvent event{.at = *at, .principal = line.who, .use = AccessUse::kSignInRefused};
    if (line.type == "bind") {
      event.principal = line.dn;
      return line.result == "49" ? take(event) : Ok();  // invalidCredentials
    }
    const bool reads = line.type == "search" || line.type == "compare";
    const bool writes = line.type == "add" || line.type == "modify" || line.type == "delete" || line.type == "modrdn";
    const bool succeeded = line.result == "0" || line.type == "compare";  // which answers by its result
    if ((!reads && !writes) || !succeeded || !line.found_something || !IsHere(line)) return Ok();
    event.use = reads ? AccessUse::kRead : AccessUse::kWrite;
    PRIVITY_TRY(event.collection.name, line.is_of_one ? ClassAt(line.dn) : ClassNamed(line.filter_class));
    return take(event);
  }

 private:
  bool IsHere(const Line& line) const {
    const std::string base = NormalDn(source_.base);
    return IsWithin(line.dn, {.scope = DnScope::kSubtree, .dn = base}) ||
           (!line.is_of_one && IsWithin(base, {.scope = DnScope::kSubtree, .dn = line.dn}));
  }

  Result<std::string> ClassAt(const std::string& dn) {
    const auto known = classes_.find(dn);
    if (known != classes_.end()) return known->second;
    PRIVITY_TRY(std::string name, source_.class_at(dn));
    return classes_.emplace(dn, Described(name)).first->second;
  }

  // A class, as long as no entry of a class below it belongs to it, too.
  Result<std::string> ClassNamed(const std::string& name) {
    const std::string known = Described(name);
    if (known.empty()) return known;
    const auto before = alone_.find(known);
    if (before != alone_.end()) return before->second ? known : "";
    bool is_alone = true;
    const LdapSearch search{.base = source_.base,
                            .filter = "(&(objectClass=" + LdapFilterText(known) +
                                      ")(!(structuralObjectClass=" + LdapFilterText(known) + ")))",
                            .attributes = {"1.1"}};
    PRIVITY_TRY_VOID(session_.Search(search, source_.base, [&](const LdapEntry&) -> Result<bool> {
      is_alone = false;
      return false;
    }));
    alone_.emplace(known, is_alone);
    return is_alone ? known : "";
  }

  // As the description spells it; "" for another.
  std::string Described(const std::string& name) const {
    for (const Collection& collection : source_.description.collections) {
      if (NormalDn(collection.name.name) == NormalDn(name)) return collection.name.name;
    }
    return "";
  }

  LdapSession& session_;
  const LdapAccessSource& source_;
  std::map<std::string, std::string> classes_;  // by entry
  std::map<std::string, bool> alone_;
};

bool IsHidden(const Status& read) {
  return !read.ok() && (read.error().Is("connect.missing") || read.error().Is("connect.permission"));
}

// Whether there is a log, and it may be read.
Status CheckLog(LdapSession& session, const std::string& store) {
  bool is_kept = false;
  const LdapSearch root{.base = "", .below = false, .attributes = {"namingContexts"}};
  PRIVITY_TRY_VOID(session.Search(root, "root", [&](const LdapEntry& entry) -> Result<bool> {
    const LdapAttribute* contexts = entry.Find("namingContexts");
    is_kept = contexts != nullptr &&
              std::ranges::any_of(contexts->values, [](const std::string& dn) { return NormalDn(dn) == kLog; });
    return true;
  }));
  if (!is_kept) {
    return Error("connect.access_not_logged",
                 {{"store", store}, {"place", kLog}, {"setting", "overlay accesslog, logops reads writes session"}});
  }
  bool is_shown = false;
  const Status read = session.Search({.base = kLog, .below = false}, kLog, [&](const LdapEntry&) -> Result<bool> {
    is_shown = true;
    return true;
  });
  if (!read.ok() && !IsHidden(read)) return read;
  if (is_shown) return Ok();
  return Error("connect.access_log_hidden", {{"store", store}, {"place", kLog}, {"right", kLog}});
}

}  // namespace

Result<AccessReading> ReadLdapAccess(LdapSession& session, const LdapAccessSource& source, const LdapAccessPart& part,
                                     const Connector::OnAccess& take) {
  PRIVITY_TRY_VOID(CheckLog(session, source.store));
  const std::string& cursor = part.cursor;
  AccessReading reading{.cursor = cursor, .is_continuous = cursor.empty()};
  const auto lines_max = static_cast<std::size_t>(std::min(part.lines_max, kLinesMax));
  std::vector<Line> lines;
  const std::string since = cursor.empty() ? "" : "(reqEnd>=" + LdapFilterText(cursor) + ")";
  const LdapSearch search{
      .base = kLog,
      .filter = "(&(objectClass=auditObject)" + since + ")",
      .attributes = {"reqEnd", "reqType", "reqResult", "reqAuthzID", "reqDN", "reqScope", "reqFilter", "reqEntries"}};
  PRIVITY_TRY_VOID(session.Search(search, kLog, [&](const LdapEntry& entry) -> Result<bool> {
    Line line = LineOf(entry);
    if (line.end == cursor) {
      reading.is_continuous = true;
      return true;
    }
    reading.cursor = std::max(reading.cursor, line.end);
    lines.push_back(std::move(line));
    reading.is_all = lines.size() < lines_max;
    return reading.is_all;
  }));
  Telling telling(session, source);
  for (const Line& line : lines) PRIVITY_TRY_VOID(telling.Tell(line, take));
  return reading;
}

}  // namespace privity::connect_internal
