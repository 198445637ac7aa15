// Those to whom personal data is disclosed (GDPR Art. 4(9)), as the record of processing names them: Art. 30(1)(d) and
// (e), 30(2)(c).
//
// Activities name recipients by their name; each name once. An activity that names somebody who has no record yet makes
// one, as a category of recipients. A recipient that gets another name gets it in every activity. Every version is kept
// with who wrote it and when. Callable from many threads. Errors: datamap.recipient_unknown (404),
// datamap.recipient_name_taken, datamap.recipient_named, datamap.recipient_removed (409), datamap.changed_meanwhile
// (412), datamap.custom_field_twice (400), datamap.cursor_invalid, and those of Activities::Update.
#pragma once

#include "datamap/activities.h"

namespace privity {

struct RecipientTag {};
using RecipientId = Id<RecipientTag>;

enum class RecipientKind {
  kCompany,
  kGroupCompany,     // of the same group of undertakings
  kPublicAuthority,  // see Art. 4(9) for those that are no recipients
  kPerson,
  kCategory,  // "parcel services": Art. 30(1)(d) allows to name categories
};
PRIVITY_DESCRIBE_ENUM(RecipientKind, kCompany, kGroupCompany, kPublicAuthority, kPerson, kCategory)

// What they are for this processing: GDPR Art. 4(7), 4(8), 26.
enum class RecipientRole { kProcessor, kController, kJointController };
PRIVITY_DESCRIBE_ENUM(RecipientRole, kProcessor, kController, kJointController)

struct RecipientTransfer {
  std::string destination{};  // the third country, or the international organization
  std::string safeguards{};   // of GDPR Chapter V
};
PRIVITY_DESCRIBE(RecipientTransfer, (destination, safeguards))
std::vector<FieldNote> FieldNotes(const RecipientTransfer*);

struct RecipientRequest {
  std::string name{};
  RecipientKind kind = RecipientKind::kCompany;
  std::optional<RecipientRole> role{};
  std::string country{};
  std::string contact{};
  std::string description{};
  std::vector<RecipientTransfer> transfers{};
  std::optional<UserId> steward{};
  std::vector<CustomField> custom_fields{};
};
PRIVITY_DESCRIBE(RecipientRequest, (name, kind, role, country, contact, description, transfers, steward, custom_fields))
std::vector<FieldNote> FieldNotes(const RecipientRequest*);

struct Recipient {
  RecipientId id{};
  RecipientRequest content{};
  std::vector<std::string> activities{};  // that name them and are done
  Actor changed_by{};
  Instant created_at{};
  Instant changed_at{};
  std::optional<Instant> removed_at{};
  std::int64_t version = 1;
};
PRIVITY_DESCRIBE(Recipient, (id, content, activities, changed_by, created_at, changed_at, removed_at, version))
std::vector<FieldNote> FieldNotes(const Recipient*);

struct RecipientVersion {
  std::int64_t version = 1;
  RecipientRequest content{};
  Actor by{};
  Instant at{};
};
PRIVITY_DESCRIBE(RecipientVersion, (version, content, by, at))

struct RecipientFilter {
  std::string q{};  // part of the name
  std::optional<RecipientRole> role{};
  std::string after{};  // a name
  int limit = 50;
};
struct RecipientPage {
  std::vector<Recipient> items;
  std::optional<std::string> next;
};

class Recipients {
 public:
  // `activities` outlives it.
  Recipients(const DatamapWorld& world, const Activities& activities) : world_(world), activities_(activities) {}

  // By name.
  Result<RecipientPage> List(ReadTx& tx, const RecipientFilter& filter) const;
  Result<Recipient> Get(ReadTx& tx, const RecipientId& id) const;
  // The newest first, the last 500.
  Result<std::vector<RecipientVersion>> History(ReadTx& tx, const RecipientId& id) const;
  Result<Recipient> Create(WriteTx& tx, const Caller& caller, const RecipientRequest& request) const;
  Result<Recipient> Update(WriteTx& tx, const Caller& caller, const RecipientId& id, const RecipientRequest& request,
                           std::optional<std::int64_t> expected_version) const;
  // Of whom no activity that is done says anything. They leave the list; their history stays.
  Status Remove(WriteTx& tx, const Caller& caller, const RecipientId& id,
                std::optional<std::int64_t> expected_version) const;

 private:
  const DatamapWorld& world_;
  const Activities& activities_;
};

}  // namespace privity
