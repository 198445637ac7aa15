#include "connect/ldap/ldap_connector.h"

#include <ldap.h>
#include <strings.h>

#include <algorithm>
#include <map>
#include <random>

#include "connect/internal/address_parts.h"
#include "connect/internal/cells.h"
#include "connect/internal/record_values.h"
#include "connect/ldap/ldap_access_log.h"
#include "connect/ldap/ldap_grants.h"
#include "connect/ldap/ldap_session.h"

namespace privity {
namespace {

using connect_internal::CheckWritable;
using connect_internal::CutCell;
using connect_internal::HasValues;
using connect_internal::LdapAttribute;
using connect_internal::LdapChange;
using connect_internal::LdapEntry;
using connect_internal::LdapFilterText;
using connect_internal::LdapSearch;
using connect_internal::LdapSession;
using connect_internal::TextCell;
using connect_internal::ValueOf;

constexpr std::string_view kKeyField = "dn";
constexpr std::string_view kClassField = "objectClass";
constexpr std::string_view kStructuralField = "structuralObjectClass";
constexpr std::int64_t kDescribedEntriesMax = 200'000;
constexpr std::int64_t kFieldEntriesMax = 500;  // of one class
constexpr std::int64_t kSampledEntriesMax = 200'000;

// As the directory says, or the last object class that the entry names.
std::string ClassOf(const LdapEntry& entry) {
  for (const std::string_view field : {kStructuralField, kClassField}) {
    const LdapAttribute* attribute = entry.Find(field);
    if (attribute != nullptr && !attribute->values.empty()) return attribute->values.back();
  }
  return "";
}

// Cells borrow from the entry.
void FillCells(const LdapEntry& entry, std::size_t cell_bytes_max, std::vector<FieldCell>& cells) {
  cells.assign(1, TextCell(kKeyField, entry.dn));
  for (const LdapAttribute& attribute : entry.attributes) {
    if (attribute.name == kClassField || attribute.name == kStructuralField) continue;
    for (const std::string& value : attribute.values) {
      cells.push_back(TextCell(attribute.name, value));
      CutCell(cell_bytes_max, cells.back());
    }
  }
}

class LdapConnector final : public Connector {
 public:
  LdapConnector(const ConnectionUrl& url, const ConnectOptions& options, const Resolver& resolver)
      : Connector(LdapKind(), url.Label()),
        url_(url),
        base_(url.path().substr(1)),
        options_(options),
        resolver_(resolver) {}

  Result<StoreSheet> Probe() override;
  Result<Description> Describe() override;
  Status Sample(const Collection& collection, const SampleLimits& limits, RecordSink& sink) override;
  Status Stream(const Collection& collection, const StreamRange& range, RecordSink& sink) override;
  Status Find(const Collection& collection, const std::vector<FieldValue>& match, std::int64_t records_max,
              RecordSink& sink) override;
  Result<WriteOutcome> Insert(const Collection& collection, const std::vector<FieldValue>& values) override;
  Result<WriteOutcome> Update(const Collection& collection, const std::vector<FieldValue>& key,
                              const std::vector<FieldValue>& expected, const std::vector<FieldValue>& changes) override;
  Result<WriteOutcome> Delete(const Collection& collection, const std::vector<FieldValue>& key,
                              const std::vector<FieldValue>& expected) override;
  Result<StoreGrants> Grants() override;
  Result<AccessReading> ReadAccess(const std::string& cursor, std::int64_t lines_max, const OnAccess& take) override;

 private:
  Status Open();
  // The entries of a class, further narrowed by `filter`; connect.missing when the class has none at all.
  Status Walk(const Collection& collection, const std::string& filter, const LdapSession::OnEntry& on_entry);
  Status AddFields(Collection& collection);
  Result<std::string> DnIn(const Collection& collection, const std::vector<FieldValue>& key) const;
  Result<std::optional<LdapEntry>> Read(const std::string& dn, const std::string& place);
  Error Changed(const std::string& place) const {
    return Error("connect.changed", {{"store", label()}, {"collection", place}});
  }

  const ConnectionUrl url_;
  const std::string base_;
  const ConnectOptions options_;
  const Resolver& resolver_;
  std::unique_ptr<LdapSession> session_;
};

Status LdapConnector::Open() {
  if (session_ && !session_->is_lost()) return Ok();
  PRIVITY_TRY(session_, LdapSession::Open(url_, options_, resolver_));
  return Ok();
}

// Vendors may keep silent in the root entry; the protocol's version is always known.
Result<StoreSheet> LdapConnector::Probe() {
  PRIVITY_TRY_VOID(Open());
  StoreSheet sheet{.product = "LDAP", .version = "3", .encrypted = session_->is_encrypted()};
  const LdapSearch root{.base = "", .below = false, .attributes = {"vendorName", "vendorVersion"}};
  PRIVITY_TRY_VOID(session_->Search(root, "root", [&](const LdapEntry& entry) -> Result<bool> {
    for (const auto& [name, text] : {std::pair{"vendorName", &sheet.product}, {"vendorVersion", &sheet.version}}) {
      const LdapAttribute* attribute = entry.Find(name);
      if (attribute != nullptr && !attribute->values.empty()) *text = attribute->values[0];
    }
    return true;
  }));
  return sheet;
}

Result<Description> LdapConnector::Describe() {
  PRIVITY_TRY_VOID(Open());
  std::map<std::string, std::int64_t> classes;
  std::int64_t seen = 0;
  const LdapSearch search{.base = base_, .attributes = {std::string(kClassField), std::string(kStructuralField)}};
  const Status walked = session_->Search(search, base_, [&](const LdapEntry& entry) -> Result<bool> {
    if (const std::string name = ClassOf(entry); !name.empty()) ++classes[name];
    return ++seen < kDescribedEntriesMax;
  });
  if (!walked.ok() && walked.error().Is("connect.missing")) {
    return Error("connect.database_missing", {{"store", label()}});
  }
  if (!walked.ok()) return walked.error();
  Description description;
  for (const auto& [name, count] : classes) {
    Collection collection{.name = {"", name},
                          .shape = CollectionShape::kDocuments,
                          .fields = {{.name = std::string(kKeyField), .nullable = false}},
                          .key = {std::string(kKeyField)}};
    PRIVITY_TRY_VOID(AddFields(collection));
    description.collections.push_back(std::move(collection));
  }
  if (seen == kDescribedEntriesMax) {
    description.unread.push_back(Error("connect.entries_not_seen", {{"store", label()}, {"place", base_}}));
  }
  return description;
}

Status LdapConnector::AddFields(Collection& collection) {
  std::int64_t seen = 0;
  const LdapSearch search{
      .base = base_, .filter = "(objectClass=" + LdapFilterText(collection.name.name) + ")", .names_only = true};
  return session_->Search(search, collection.name.name, [&](const LdapEntry& entry) -> Result<bool> {
    for (const LdapAttribute& attribute : entry.attributes) {
      const bool is_known = attribute.name == kClassField || std::ranges::find(collection.fields, attribute.name,
                                                                               &Field::name) != collection.fields.end();
      if (!is_known) collection.fields.push_back({.name = attribute.name});
    }
    return ++seen < kFieldEntriesMax;
  });
}

Status LdapConnector::Walk(const Collection& collection, const std::string& filter,
                           const LdapSession::OnEntry& on_entry) {
  PRIVITY_TRY_VOID(Open());
  const std::string& name = collection.name.name;
  const LdapSearch search{.base = base_,
                          .filter = "(&(objectClass=" + LdapFilterText(name) + ")" + filter + ")",
                          .attributes = {"*", std::string(kStructuralField)}};
  bool is_there = false;
  PRIVITY_TRY_VOID(session_->Search(search, name, [&](const LdapEntry& entry) -> Result<bool> {
    if (strcasecmp(ClassOf(entry).c_str(), name.c_str()) != 0) return true;
    is_there = true;
    return on_entry(entry);
  }));
  if (is_there || !filter.empty()) return Ok();
  return Error("connect.missing", {{"store", label()}, {"place", name}});
}

Status LdapConnector::Stream(const Collection& collection, const StreamRange&, RecordSink& sink) {
  std::vector<FieldCell> cells;
  return Walk(collection, "", [&](const LdapEntry& entry) -> Result<bool> {
    FillCells(entry, options_.cell_bytes_max, cells);
    PRIVITY_TRY_VOID(sink.Take(cells));
    return true;
  });
}

// Entries come in the order in which they were made: each of those that are walked through is as likely to be kept as
// any other (reservoir), by the same lots each time.
Status LdapConnector::Sample(const Collection& collection, const SampleLimits& limits, RecordSink& sink) {
  std::vector<LdapEntry> kept;
  std::minstd_rand lots(1);
  std::int64_t seen = 0;
  const auto keep = [&](const LdapEntry& entry) -> Result<bool> {
    ++seen;
    const bool has_room = std::cmp_less(kept.size(), limits.records_max);
    const auto at = has_room ? seen - 1 : static_cast<std::int64_t>(lots() % static_cast<std::uint64_t>(seen));
    if (!has_room && at >= limits.records_max) return true;
    LdapEntry cut = entry;
    for (LdapAttribute& attribute : cut.attributes) {
      for (std::string& value : attribute.values) value.resize(std::min(value.size(), limits.cell_bytes_max + 4));
    }
    if (has_room) kept.emplace_back();
    kept[static_cast<std::size_t>(at)] = std::move(cut);
    return seen < kSampledEntriesMax;
  };
  PRIVITY_TRY_VOID(Walk(collection, "", keep));
  std::vector<FieldCell> cells;
  for (const LdapEntry& entry : kept) {
    FillCells(entry, limits.cell_bytes_max, cells);
    PRIVITY_TRY_VOID(sink.Take(cells));
  }
  return Ok();
}

// The directory finds by its own rules for equality, which often ignore case; what is not the same is left out here.
Status LdapConnector::Find(const Collection& collection, const std::vector<FieldValue>& match, std::int64_t records_max,
                           RecordSink& sink) {
  Invariant(!match.empty(), "Find is asked for something");
  std::int64_t found = 0;
  std::vector<FieldCell> cells;
  const auto take = [&](const LdapEntry& entry) -> Result<bool> {
    FillCells(entry, options_.cell_bytes_max, cells);
    if (!HasValues(cells, match)) return true;
    PRIVITY_TRY_VOID(sink.Take(cells));
    return ++found < records_max;
  };
  if (const FieldValue* key = ValueOf(match, kKeyField); key != nullptr && key->value) {
    PRIVITY_TRY(const auto entry, Read(*key->value, collection.name.name));
    if (!entry || strcasecmp(ClassOf(*entry).c_str(), collection.name.name.c_str()) != 0) return Ok();
    PRIVITY_TRY_VOID(take(*entry));
    return Ok();
  }
  std::string filter;
  for (const FieldValue& each : match) {
    const std::string field = LdapFilterText(each.field);
    filter += each.value ? "(" + field + "=" + LdapFilterText(*each.value) + ")" : "(!(" + field + "=*))";
  }
  return Walk(collection, filter, take);
}

Result<std::string> LdapConnector::DnIn(const Collection& collection, const std::vector<FieldValue>& key) const {
  const FieldValue* dn = ValueOf(key, kKeyField);
  const std::string below = "," + base_;
  const bool is_inside = dn != nullptr && dn->value && dn->value->size() > below.size() &&
                         strcasecmp(dn->value->c_str() + (dn->value->size() - below.size()), below.c_str()) == 0;
  if (is_inside) return *dn->value;
  return Error("connect.no_key", {{"store", label()}, {"collection", collection.name.name}});
}

Result<std::optional<LdapEntry>> LdapConnector::Read(const std::string& dn, const std::string& place) {
  PRIVITY_TRY_VOID(Open());
  std::optional<LdapEntry> read;
  const LdapSearch search{.base = dn, .below = false, .attributes = {"*", std::string(kStructuralField)}};
  const Status found = session_->Search(search, place, [&](const LdapEntry& entry) -> Result<bool> {
    read = entry;
    return true;
  });
  if (!found.ok() && !found.error().Is("connect.missing")) return found.error();
  return read;
}

Result<WriteOutcome> LdapConnector::Insert(const Collection& collection, const std::vector<FieldValue>& values) {
  const std::string& place = collection.name.name;
  PRIVITY_TRY_VOID(CheckWritable(options_, label()));
  PRIVITY_TRY(const std::string dn, DnIn(collection, values));
  PRIVITY_TRY(const auto before, Read(dn, place));
  if (before) {
    std::vector<FieldCell> cells;
    FillCells(*before, options_.cell_bytes_max, cells);
    return HasValues(cells, values) ? Result<WriteOutcome>(WriteOutcome::kAlreadyDone) : Changed(place);
  }
  LdapEntry entry{.dn = dn, .attributes = {{std::string(kClassField), {place}}}};
  for (const FieldValue& each : values) {
    if (each.field != kKeyField && each.value) entry.attributes.push_back({each.field, {*each.value}});
  }
  // What the name says of the entry stands in it, too (RFC 4511 section 4.7).
  LDAPDN parts = nullptr;
  if (ldap_str2dn(dn.c_str(), &parts, LDAP_DN_FORMAT_LDAPV3) == LDAP_SUCCESS && parts != nullptr) {
    for (LDAPAVA** part = parts[0]; part != nullptr && *part != nullptr; ++part) {
      std::string name((*part)->la_attr.bv_val, (*part)->la_attr.bv_len);
      std::string value((*part)->la_value.bv_val, (*part)->la_value.bv_len);
      if (entry.Find(name) == nullptr) entry.attributes.push_back({std::move(name), {std::move(value)}});
    }
    ldap_dnfree(parts);
  }
  PRIVITY_TRY_VOID(session_->Add(entry, place));
  return WriteOutcome::kDone;
}

Result<WriteOutcome> LdapConnector::Update(const Collection& collection, const std::vector<FieldValue>& key,
                                           const std::vector<FieldValue>& expected,
                                           const std::vector<FieldValue>& changes) {
  const std::string& place = collection.name.name;
  PRIVITY_TRY_VOID(CheckWritable(options_, label()));
  PRIVITY_TRY(const std::string dn, DnIn(collection, key));
  PRIVITY_TRY(const auto entry, Read(dn, place));
  if (!entry) return Changed(place);
  std::vector<FieldCell> cells;
  FillCells(*entry, options_.cell_bytes_max, cells);
  if (HasValues(cells, changes)) return WriteOutcome::kAlreadyDone;
  if (!HasValues(cells, expected)) return Changed(place);
  std::vector<LdapChange> modifications;
  for (const FieldValue& change : changes) {
    LdapChange& modification = modifications.emplace_back(LdapChange{.attribute = change.field});
    const FieldValue* one = ValueOf(expected, change.field);
    const LdapAttribute* attribute = entry->Find(change.field);
    if (one != nullptr && one->value) {
      modification.before = {*one->value};
    } else if (attribute != nullptr) {
      modification.before = attribute->values;
    }
    if (change.value) modification.after = {*change.value};
  }
  PRIVITY_TRY_VOID(session_->Modify(dn, modifications, place));
  return WriteOutcome::kDone;
}

Result<WriteOutcome> LdapConnector::Delete(const Collection& collection, const std::vector<FieldValue>& key,
                                           const std::vector<FieldValue>& expected) {
  const std::string& place = collection.name.name;
  PRIVITY_TRY_VOID(CheckWritable(options_, label()));
  PRIVITY_TRY(const std::string dn, DnIn(collection, key));
  PRIVITY_TRY(const auto entry, Read(dn, place));
  if (!entry) return WriteOutcome::kAlreadyDone;
  std::vector<FieldCell> cells;
  FillCells(*entry, options_.cell_bytes_max, cells);
  if (!HasValues(cells, expected)) return Changed(place);
  PRIVITY_TRY_VOID(session_->Delete(dn, place));
  return WriteOutcome::kDone;
}

Result<StoreGrants> LdapConnector::Grants() {
  PRIVITY_TRY(const Description description, Describe());
  return connect_internal::ReadLdapGrants(*session_, label(), base_, description, ClassOf);
}

Result<AccessReading> LdapConnector::ReadAccess(const std::string& cursor, std::int64_t lines_max,
                                                const OnAccess& take) {
  PRIVITY_TRY(const Description description, Describe());
  // By class, since that is what its collections are; one that is gone is not told.
  const auto class_at = [this](const std::string& dn) -> Result<std::string> {
    PRIVITY_TRY(const auto entry, Read(dn, dn));
    return entry ? ClassOf(*entry) : "";
  };
  return connect_internal::ReadLdapAccess(*session_, {label(), base_, description, class_at}, {cursor, lines_max},
                                          take);
}

}  // namespace

const ConnectorKind& LdapKind() {
  using namespace connect_internal;
  static const ConnectorKind kind = {
      .name = "LDAP",
      .title = "connect.kind_ldap",
      .schemes = {"ldap", "ldaps"},
      .parts = {SchemePart({"ldaps", "ldap"}),
                HostPart(),
                PortPart(),
                {.name = "path", .label = "connect.part_base", .help = "connect.part_base_help", .needed = true},
                {.name = "user", .label = "connect.part_bind_name", .help = "connect.part_bind_name_help"},
                PasswordPart(),
                EncryptionPart()},
      .sheet = {.cannot = {{Capability::kEstimate, "connect.cannot_not_counted"},
                           {Capability::kSplit, "connect.cannot_one_cursor"},
                           {Capability::kDeleteObject, "connect.cannot_no_objects"},
                           {Capability::kCountOlder, "connect.cannot_count_older"},
                           {Capability::kReadCounts, "connect.cannot_no_read_counts"},
                           {Capability::kRestoreMark, "connect.cannot_no_position"}}},
      .open = [](const ConnectionUrl& url, const ConnectOptions& options,
                 const Resolver& resolver) -> Result<std::unique_ptr<Connector>> {
        if (url.host().empty() || url.path().size() < 2) {
          return Error("connect.url_invalid", {{"problem", "no host or no base, as in ldap://host/dc=example,dc=org"}});
        }
        return std::unique_ptr<Connector>(std::make_unique<LdapConnector>(url, options, resolver));
      },
  };
  return kind;
}

}  // namespace privity
