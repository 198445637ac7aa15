// What must be known about the stores to answer a person: which collections there are, which of their fields hold
// personal data or identify people, how records refer to each other, and what must be kept on which ground.
//
// The register of the data map is one source of it; a test writes one by hand. Value types.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/type_table.h"
#include "connect/connector.h"

namespace privity {

// What becomes of a value when its person is erased.
enum class Strategy {
  kDelete,        // the whole record, or the whole file
  kNull,          // no value
  kMask,          // a fixed value of the field's type
  kPseudonymize,  // a random text, the same within one erasure; for what must be unique and not null
  kHash,          // a keyed hash whose key is destroyed when the erasure ends
  kRedact,        // the person's identifiers inside of a text
  kCryptoShred,   // stays, sealed under a key of this person alone that is destroyed (MappedField::sealed_by)
  kKeep,          // stays, on a ground
  kReplace,       // another value takes its place: a correction, a flag; never of an erasure
};
PRIVITY_DESCRIBE_ENUM(Strategy, kDelete, kNull, kMask, kPseudonymize, kHash, kRedact, kCryptoShred, kKeep, kReplace)

// Where the values of a field come from. Portability gives only what the person provided (GDPR Art. 20(1)): what they
// stated, and what was observed of their use of the service; not what was derived from it (WP 242 rev.01, p. 9-10).
enum class DataSource { kProvided, kObserved, kDerived };
PRIVITY_DESCRIBE_ENUM(DataSource, kProvided, kObserved, kDerived)

// A dataset is one connected store. Ordered, comparable.
struct CollectionPlace {
  std::string dataset{};
  std::string space{};
  std::string name{};
  auto operator<=>(const CollectionPlace&) const = default;
};
PRIVITY_DESCRIBE(CollectionPlace, (dataset, space, name))

struct MappedField {
  std::string name;
  std::string category{};  // a Fideslang key; "" or "none": nothing personal
  // Whose numbers or addresses its values are: "email" and "phone" mean the same everywhere; any other space belongs
  // to one dataset ("shop.customer"), so that customer 5 of one system is never taken for customer 5 of another.
  std::string identifier{};
  std::optional<Strategy> strategy{};  // instead of what follows from category and type
  std::string keep_ground{};           // the duty by which it must stay; "" for none
  std::optional<DataSource> source{};  // as stated; otherwise what follows from the category
  // Of kCryptoShred: the collection whose records hold the keys under which the values are sealed.
  std::optional<CollectionPlace> sealed_by{};
};

// What a store can do to single records of a collection, when it may be changed at all.
enum class RecordChanges {
  kNone,
  kDeletion,  // whole, or not at all: messages of a mailbox
  kAll,
};

struct MappedReference {
  std::vector<std::string> fields{};
  CollectionPlace target{};
  std::vector<std::string> target_fields{};
  // A person said that it does not tell whose a record is. The store insists on it all the same: it is not followed,
  // and still decides what can be deleted and in which order.
  bool is_ignored = false;
};

struct MappedCollection {
  CollectionPlace id{};
  Collection shape{};
  // Each record is a person of this kind, a Fideslang data subject: "customer", "employee". "": records are no people.
  std::string subject{};
  std::string keep_ground{};  // the duty by which every record must stay (GDPR Art. 17(3)(b))
  RecordChanges changes = RecordChanges::kAll;
  std::vector<MappedField> fields{};
  std::vector<MappedReference> references{};  // foreign keys, and declared ones, also into other datasets
  // Its records are all sealed, and stay as they are once the key is destroyed: a store that only appends.
  bool is_sealed = false;
  // The field of each record that holds the key of one person's sealed fields; "": its records are no keys.
  std::string key_field{};
  // Of the same shape and in the same dataset: where records go that are restricted (GDPR Art. 18), and come back from.
  std::optional<CollectionPlace> quarantine{};

  const MappedField* Find(std::string_view field) const;
  bool HasPersonalData() const;
};

struct SubjectMap {
  std::vector<MappedCollection> collections{};
  const MappedCollection* Find(const CollectionPlace& id) const;
};

// The collections of a store with its foreign keys, nothing annotated yet. Views are left out: they hold nothing.
std::vector<MappedCollection> MapOf(const std::string& dataset, const Description& description);

// Whether values under this category are personal data.
bool IsPersonalCategory(std::string_view category);

// Whether the person may take the values of this field with them: as stated of it; else personal data of any category
// except numbers that the company gave them. In doubt they are left out.
bool IsPortable(const MappedField& field);

}  // namespace privity
