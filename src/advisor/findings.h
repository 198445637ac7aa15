// What a register has that should not be so. Reading only; the same register gives the same findings.
#pragma once

#include <string>
#include <vector>

#include "datamap/datamap.h"
#include "flows/flows.h"

namespace privity {

enum class AdviceKind {
  // Minimization: GDPR Art. 5(1)(c).
  kEmptyField,       // personal data is asked for, and no record of the sample has any
  kConstantField,    // every record of the sample has the same value
  kDuplicatedField,  // its values stand elsewhere, too
  kNeverRead,        // nobody but Privity has read the collection for kIdleDays, as the store counts
  kKeptTooLong,      // records are older than people said they may be: GDPR Art. 5(1)(e)
  kWithoutPurpose,   // no processing activity names the system with this category: GDPR Art. 5(1)(b), 30
  // Access: GDPR Art. 25(2), 32.
  kEveryoneReadsSpecial,
  kEveryoneReads,
  kEveryoneChanges,
  kReachesAll,    // an account may read the whole store, special categories too
  kUnusedAccess,  // an account may reach special categories, and did not for a long time
};
PRIVITY_DESCRIBE_ENUM(AdviceKind, kEmptyField, kConstantField, kDuplicatedField, kNeverRead, kKeptTooLong,
                      kWithoutPurpose, kEveryoneReadsSpecial, kEveryoneReads, kEveryoneChanges, kReachesAll,
                      kUnusedAccess)

struct AdviceFinding {
  AdviceKind kind = AdviceKind::kEmptyField;
  SystemId system{};
  std::string dataset{};     // "" of access
  std::string collection{};  // "" of access
  std::string field{};       // "" of access, and of a collection without purpose
  std::string principal{};   // of access; "" for everyone
  std::vector<std::string> categories{};
  bool is_special = false;
  std::int64_t fields = 0;                // with personal data that it is about
  std::optional<std::int64_t> records{};  // estimated
  std::optional<std::int64_t> people{};   // estimated from how often the sample repeats what names a person
  std::string other{};                    // where a duplicate stands: "CRM: contacts.mail"
  // Of what nobody reads: since when. Of access that is not used: when it was last. Of what is kept too long: the day
  // before which it began, as its beginning.
  std::optional<Instant> since{};
};

PRIVITY_DESCRIBE(AdviceFinding, (kind, system, dataset, collection, field, principal, categories, is_special, fields,
                                 records, people, other, since))
std::vector<FieldNote> FieldNotes(const AdviceFinding*);

// Samples of fewer records say nothing of what is empty or constant.
inline constexpr std::int64_t kAdviceSampleMin = 20;

// A shorter time without readers says nothing: much is read once a month.
inline constexpr std::chrono::days kIdleDays{35};
// Nor does a shorter one without an account: much work comes once a quarter.
inline constexpr std::chrono::days kUnusedDays{100};

Result<std::vector<AdviceFinding>> FindingsIn(ReadTx& tx, const Datamap& datamap, const Flows& flows);

}  // namespace privity
