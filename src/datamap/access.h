// Who can reach which personal data, and through what: the grants, roles and memberships that connected stores state,
// and the permissions of their files, as the newest scans saw them.
//
// An access point is one principal at one place (a whole store, a schema, a table, a column), directly or through the
// roles and groups it belongs to. Principals are accounts of the store, not people of the register.
//
// Reading only; callable from many threads. Errors: datamap.cursor_invalid.
#pragma once

#include "datamap/model.h"
#include "datamap/world.h"

namespace privity {

struct AccessPointTag {};
using AccessPointId = Id<AccessPointTag>;

struct AccessPoint {
  AccessPointId id{};
  SystemId system{};
  std::string system_name{};
  PrincipalKind principal_kind = PrincipalKind::kUser;
  std::string principal{};             // "" for everyone
  std::string dataset{};               // "" with an empty collection: the whole store
  std::string collection{};            // "": all of the dataset
  std::string field{};                 // "": all of them
  std::vector<std::string> through{};  // outermost role first; none when granted directly
  std::vector<Privilege> privileges{};
  std::int64_t personal_fields = 0;  // that are reached here
  std::int64_t special_fields = 0;
  std::vector<std::string> categories{};
  std::optional<Instant> last_used_at{};     // by an account, as far as the store's log tells
  std::optional<Instant> use_known_since{};  // from when on
  Freshness freshness = Freshness::kStale;
  Instant first_seen_at{};
  Instant last_seen_at{};
  std::optional<Instant> gone_at{};
  ScanId first_scan{};
  ScanId last_scan{};
};
PRIVITY_DESCRIBE(AccessPoint, (id, system, system_name, principal_kind, principal, dataset, collection, field, through,
                               privileges, personal_fields, special_fields, categories, last_used_at, use_known_since,
                               freshness, first_seen_at, last_seen_at, gone_at, first_scan, last_scan))
std::vector<FieldNote> FieldNotes(const AccessPoint*);

struct AccessFilter {
  std::optional<SystemId> system{};
  std::optional<PrincipalKind> principal_kind{};
  std::optional<std::string> principal{};  // exactly that one
  std::string q{};                         // part of the principal's name
  std::optional<Privilege> privilege{};
  std::string category{};  // where it is reached, or one below it
  bool personal = false;   // where any is reached
  bool special = false;    // where what GDPR Art. 9(1) and 10 single out is reached
  bool gone = false;
  // Granted to an account for longer than so many days, and not used in them although the store's log was read.
  std::optional<std::chrono::days> unused_for{};
  std::optional<AccessPointId> after{};
  int limit = 50;
};
struct AccessPage {
  std::vector<AccessPoint> items;
  std::optional<std::string> next;
};

// All that one principal reaches in one system.
struct AccessSummary {
  SystemId system{};
  std::string system_name{};
  PrincipalKind principal_kind = PrincipalKind::kUser;
  std::string principal{};
  bool whole_store = false;  // has a right to all of it, as administrators have
  std::vector<Privilege> privileges{};
  std::int64_t personal_fields = 0;
  std::int64_t special_fields = 0;
  std::vector<std::string> categories{};
};
PRIVITY_DESCRIBE(AccessSummary, (system, system_name, principal_kind, principal, whole_store, privileges,
                                 personal_fields, special_fields, categories))
std::vector<FieldNote> FieldNotes(const AccessSummary*);

// A system of which it is not known, or not as a whole, who can reach it.
struct AccessGap {
  SystemId system{};
  std::string system_name{};
  StoredProblem problem{};
};
PRIVITY_DESCRIBE(AccessGap, (system, system_name, problem))

class AccessPoints {
 public:
  static constexpr std::size_t kOfSystemMax = 100'000;  // a scan takes so many; more are a gap
  static constexpr std::size_t kSummariesMax = 2'000;

  // Oldest first.
  Result<AccessPage> List(ReadTx& tx, const AccessFilter& filter) const;
  // Those who reach personal data, the most special categories first; at most kSummariesMax. `after`, `limit` and
  // `gone` of the filter do not matter.
  Result<std::vector<AccessSummary>> Summaries(ReadTx& tx, const AccessFilter& filter) const;
  // As the newest scans found, by name.
  Result<std::vector<AccessGap>> Gaps(ReadTx& tx) const;
};

}  // namespace privity
