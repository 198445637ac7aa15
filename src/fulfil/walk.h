// Finds a person's records in every store, starting from what was proven about them, and takes nobody else along.
//
// A record belongs to the person when a field of it holds one of their identifiers, or when it refers to a record of
// theirs; a record that theirs refers to belongs to them only if it holds personal data and nothing else refers to it.
// The walk stops at a boundary, which is shown and never touched:
// - at a record of a collection of people that is not theirs, in either direction;
// - at a record that also refers to somebody else of the same kind. Of a customer and the employee who served them, the
//   record is the customer's;
// - at a record that others refer to as well, and at one without personal data;
// - at a message that they did not write and that went to others besides them;
// - at a reference that a person said is not to be followed. Of a text, each line that names them is theirs, and stays;
//   one that says nothing of them but their full name, or a number that was not proven, is where the text names nobody
//   else by an address.
// A key of sealed fields that somebody else uses as well stays, too: where no reference of the map tells, records that
// are not theirs are looked for which name the key record, and other key records with the same key. In doubt it is
// used. From their own record in a collection of people, identifiers of that dataset are learned (a customer number),
// never addresses or telephone numbers: these are to be proven. For texts, these are learned there all the same, and
// their names.
//
// Cost: one Find for each identifier and each reference of each record that belongs to the person; nothing grows with
// what the stores hold beside that, as far as their fields have indexes. Memory: the fields that matter of the person's
// records, at most `records_max`. Nothing is written.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "connect/connector.h"
#include "fulfil/identifier.h"
#include "fulfil/subject_map.h"

namespace privity {

enum class StoreAccess { kRead, kWrite };
// Opens a dataset of the map. Its connectors serve one thread.
using StoreOpener = std::function<Result<std::unique_ptr<Connector>>(const std::string& dataset, StoreAccess access)>;

// Connectors opened when first asked for, one for each dataset. One that is lost stays lost.
class OpenStores {
 public:
  OpenStores(const StoreOpener& opener, StoreAccess access) : opener_(opener), access_(access) {}
  Result<Connector*> Get(const std::string& dataset);
  // From now on Get answers this error.
  void Lose(const std::string& dataset, const Error& error);

 private:
  const StoreOpener& opener_;
  const StoreAccess access_;
  std::map<std::string, std::unique_ptr<Connector>> open_;
  std::map<std::string, Error> lost_;
};

// After these the store as a whole does not answer, and asking for the next collection would only wait again.
bool IsLost(const Error& error);

// A value that may be null, spelled for JSON.
struct NamedValue {
  std::string field{};
  std::optional<std::string> value{};
  bool operator==(const NamedValue&) const = default;
};
PRIVITY_DESCRIBE(NamedValue, (field, value))
std::vector<FieldValue> ToFieldValues(std::span<const NamedValue> values);

struct FoundRecord {
  std::vector<NamedValue> key{};         // empty where the collection has none
  std::vector<NamedValue> link{};        // the values by which it belongs to the person, as the store spells them
  bool stays = false;                    // a record that is not theirs refers to it: it cannot be deleted
  std::vector<std::size_t> refers_to{};  // positions in Walk::records
  std::size_t collection = 0;            // position in SubjectMap::collections
};

enum class BoundaryReason {
  kAnotherPersonsRecord,
  kRefersToAnotherPerson,
  kOthersReferToIt,
  kNothingPersonal,
  kNotFollowed,    // a person said that this reference does not tell whose a record is
  kOnlyTheirName,  // a line says their full name and nothing that was proven, in a text that is not about them alone
};
PRIVITY_DESCRIBE_ENUM(BoundaryReason, kAnotherPersonsRecord, kRefersToAnotherPerson, kOthersReferToIt, kNothingPersonal,
                      kNotFollowed, kOnlyTheirName)

// Where the walk stopped: `count` references between `from` and `to`, by `fields` of the collection that refers.
struct Boundary {
  CollectionPlace from{};
  CollectionPlace to{};
  std::vector<std::string> fields{};
  BoundaryReason reason = BoundaryReason::kAnotherPersonsRecord;
  std::int64_t count = 0;
};
PRIVITY_DESCRIBE(Boundary, (from, to, fields, reason, count))

// Records of the person that refer to something that is not there.
struct MissingReference {
  CollectionPlace from{};
  CollectionPlace to{};
  std::vector<std::string> fields{};
  std::int64_t count = 0;
};
PRIVITY_DESCRIBE(MissingReference, (from, to, fields, count))

// What could not be asked, with the code of the error. An empty name: the dataset as a whole.
struct NotRead {
  CollectionPlace collection{};
  std::string code{};
  bool operator==(const NotRead&) const = default;
};
PRIVITY_DESCRIBE(NotRead, (collection, code))

struct Walk {
  std::vector<FoundRecord> records;
  // A few records of each collection as a person may see them before anything happens: personal values are masked.
  std::map<std::size_t, std::vector<std::vector<NamedValue>>> samples;
  std::vector<SubjectIdentifier> identifiers;  // the proven ones, then those that were learned
  std::vector<std::string> names;              // full ones, as their own records spell them
  // Addresses and telephone numbers of their own records that nobody proved: others may have them, too, so that nothing
  // is looked for by them but in texts that are theirs.
  std::vector<SubjectIdentifier> contacts;
  std::vector<Boundary> boundaries;
  std::vector<MissingReference> missing;
  std::vector<NotRead> not_read;
  // Collections of people in which one identifier named several records: a person must look whether these are one.
  std::vector<CollectionPlace> ambiguous;
};

struct WalkLimits {
  std::int64_t records_max = 100'000;
  std::size_t samples_max = 3;  // of each collection
};

// Errors: fulfil.too_many_records{records_max}, connect.cancelled. A store that does not answer is no error: it
// stands in Walk::not_read.
Result<Walk> WalkSubject(const SubjectMap& map, OpenStores& stores, std::span<const SubjectIdentifier> proven,
                         const WalkLimits& limits = {});

// "a***@e***" for an address, "J***" for a name: the first character of each part, and nothing of short values.
std::string Masked(std::string_view value);

}  // namespace privity
