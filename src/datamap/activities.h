// The record of processing activities: what the controller, or the processor on behalf of others, does with personal
// data (GDPR Art. 30).
//
// Every version of an activity is kept with who wrote it and when, also after the activity has ended. What the law asks
// for and an activity does not say is named with its article. Callable from many threads. Errors:
// datamap.activity_unknown (404), datamap.activity_name_taken, datamap.activity_ended (409), datamap.changed_meanwhile
// (412), datamap.category_unknown, datamap.activity_system_unknown, datamap.custom_field_twice (400),
// datamap.cursor_invalid.
#pragma once

#include "datamap/model.h"
#include "datamap/retention.h"
#include "datamap/world.h"

namespace privity {

struct ActivityTag {};
using ActivityId = Id<ActivityTag>;

// For whom it is recorded: GDPR Art. 30(1) or 30(2).
enum class ActivityRole { kController, kProcessor };
PRIVITY_DESCRIBE_ENUM(ActivityRole, kController, kProcessor)

// Those whose name and contact details the record holds: GDPR Art. 30(1)(a) and 30(2)(a).
enum class PartyRole { kController, kJointController, kProcessor, kRepresentative, kDataProtectionOfficer };
PRIVITY_DESCRIBE_ENUM(PartyRole, kController, kJointController, kProcessor, kRepresentative, kDataProtectionOfficer)

struct ActivityParty {
  PartyRole role = PartyRole::kController;
  std::string name{};
  std::string contact{};
};
PRIVITY_DESCRIBE(ActivityParty, (role, name, contact))
std::vector<FieldNote> FieldNotes(const ActivityParty*);

// GDPR Art. 6(1)(a) to (f), in this order.
enum class LawfulBasis {
  kConsent,
  kContract,
  kLegalObligation,
  kVitalInterests,
  kPublicTask,
  kLegitimateInterests,
};
PRIVITY_DESCRIBE_ENUM(LawfulBasis, kConsent, kContract, kLegalObligation, kVitalInterests, kPublicTask,
                      kLegitimateInterests)

struct ActivityPurpose {
  std::string purpose{};
  std::optional<LawfulBasis> basis{};
  std::string explanation{};  // which law, which interest
};
PRIVITY_DESCRIBE(ActivityPurpose, (purpose, basis, explanation))
std::vector<FieldNote> FieldNotes(const ActivityPurpose*);

// GDPR Art. 9(2)(a) to (j), in this order: why special categories may be processed.
enum class SpecialCondition {
  kExplicitConsent,
  kEmploymentAndSocialSecurity,
  kVitalInterests,
  kNotForProfitBody,
  kMadePublic,
  kLegalClaims,
  kSubstantialPublicInterest,
  kHealthAndSocialCare,
  kPublicHealth,
  kArchivingResearchStatistics,
};
PRIVITY_DESCRIBE_ENUM(SpecialCondition, kExplicitConsent, kEmploymentAndSocialSecurity, kVitalInterests,
                      kNotForProfitBody, kMadePublic, kLegalClaims, kSubstantialPublicInterest, kHealthAndSocialCare,
                      kPublicHealth, kArchivingResearchStatistics)

// To a third country or an international organization: GDPR Art. 30(1)(e), 30(2)(c).
struct ActivityTransfer {
  std::string destination{};  // the country, or the organization
  std::string recipient{};
  std::string safeguards{};  // of Chapter V: an adequacy decision, standard clauses, those of Art. 49(1)
};
PRIVITY_DESCRIBE(ActivityTransfer, (destination, recipient, safeguards))
std::vector<FieldNote> FieldNotes(const ActivityTransfer*);

// How long data of some categories may be kept: GDPR Art. 30(1)(f).
struct ActivityRetention {
  std::vector<std::string> data_categories{};  // Fideslang keys; empty: all of the activity's
  Retention rule{};
};
PRIVITY_DESCRIBE(ActivityRetention, (data_categories, rule))
std::vector<FieldNote> FieldNotes(const ActivityRetention*);

// What people write. Categories of data are Fideslang keys.
struct ActivityRequest {
  ActivityRole role = ActivityRole::kController;
  std::string name{};
  std::string description{};  // for a processor: the categories of processing
  std::vector<ActivityParty> parties{};
  std::vector<ActivityPurpose> purposes{};
  std::vector<std::string> subject_categories{};
  std::vector<std::string> data_categories{};
  std::optional<SpecialCondition> special_condition{};
  std::vector<std::string> recipients{};
  std::vector<ActivityTransfer> transfers{};
  std::string retention{};
  std::vector<ActivityRetention> retention_rules{};  // the same as data
  std::string security{};
  std::vector<SystemId> systems{};
  std::optional<UserId> steward{};           // keeps this record true
  std::vector<CustomField> custom_fields{};  // each name once
};
PRIVITY_DESCRIBE(ActivityRequest,
                 (role, name, description, parties, purposes, subject_categories, data_categories, special_condition,
                  recipients, transfers, retention, retention_rules, security, systems, steward, custom_fields))
std::vector<FieldNote> FieldNotes(const ActivityRequest*);

// What the law asks for and the activity does not say.
struct ActivityGap {
  std::string member{};   // of ActivityRequest
  std::string article{};  // "GDPR Art. 30(1)(b)"
};
PRIVITY_DESCRIBE(ActivityGap, (member, article))

struct Activity {
  ActivityId id{};
  ActivityRequest content{};                // with the systems that the register still has
  std::vector<SystemId> removed_systems{};  // that were named and are no longer there
  std::vector<ActivityGap> gaps{};
  Actor changed_by{};
  Instant created_at{};
  Instant changed_at{};
  std::optional<Instant> ended_at{};
  std::int64_t version = 1;
};
PRIVITY_DESCRIBE(Activity, (id, content, removed_systems, gaps, changed_by, created_at, changed_at, ended_at, version))
std::vector<FieldNote> FieldNotes(const Activity*);

struct ActivityVersion {
  std::int64_t version = 1;
  ActivityRequest content{};
  Actor by{};
  Instant at{};
};
PRIVITY_DESCRIBE(ActivityVersion, (version, content, by, at))

struct ActivityFilter {
  std::optional<ActivityRole> role{};
  std::string q{};  // part of the name
  bool incomplete = false;
  bool ended = false;  // also those
  std::optional<ActivityId> after{};
  int limit = 50;
};
struct ActivityPage {
  std::vector<Activity> items;
  std::optional<std::string> next;
};

class Activities {
 public:
  explicit Activities(const DatamapWorld& world) : world_(world) {}

  // The oldest first.
  Result<ActivityPage> List(ReadTx& tx, const ActivityFilter& filter) const;
  Result<Activity> Get(ReadTx& tx, const ActivityId& id) const;
  // The newest first, the last 500.
  Result<std::vector<ActivityVersion>> History(ReadTx& tx, const ActivityId& id) const;
  Result<Activity> Create(WriteTx& tx, const Caller& caller, const ActivityRequest& request) const;
  Result<Activity> Update(WriteTx& tx, const Caller& caller, const ActivityId& id, const ActivityRequest& request,
                          std::optional<std::int64_t> expected_version) const;
  // In every activity that is done and names `before`.
  Status RenameRecipient(WriteTx& tx, const Caller& caller, const std::string& before, const std::string& now) const;
  // It is no longer done. It leaves the list and the register; its history stays.
  Status End(WriteTx& tx, const Caller& caller, const ActivityId& id,
             std::optional<std::int64_t> expected_version) const;

 private:
  Status RequireSound(ReadTx& tx, const ActivityRequest& request, const std::optional<ActivityId>& self) const;
  Status SaveVersion(WriteTx& tx, const Caller& caller, const ActivityId& id, std::int64_t version,
                     const std::string& content) const;

  const DatamapWorld& world_;
};

}  // namespace privity
