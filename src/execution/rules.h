// What people of the company decided of how requests treat a collection or a field, with their reason: which records
// are people, what must be kept on which ground, what becomes of a value, which field the store's programs heed, and
// what the person provided themselves. Every plan that is made from then on reads them; plans that are there do not
// change.
//
// One rule of a kind (and right) for each place; a new one takes the place of the earlier, which stays in the history.
// Threads: every method may be called from many. Errors besides those named: the store's, the ledger's.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "datamap/datamap.h"
#include "fulfil/subject_map.h"
#include "identity/permission.h"
#include "law/right.h"
#include "ledger/ledger.h"
#include "store/store.h"

namespace privity {

struct HandlingRuleTag {};
using HandlingRuleId = Id<HandlingRuleTag>;

enum class HandlingRuleKind {
  kPeople,    // of a collection: "customer", "employee", or "none" when its records are no people
  kKeep,      // the ground on which all of it stays when a person is erased (GDPR Art. 17(3)); a legal hold
  kStrategy,  // of a field: "null", "mask", "pseudonymize", "hash", "redact"; "crypto_shred", also of a collection that
              // is sealed as a whole: the target holds the keys, one for each person
  kFlag,      // of a field: the value that is set for `right`, which the store's own programs heed
  kSource,    // "provided", "observed" or "derived": what a portability package may hold
  kQuarantine,  // of a collection: the target, of the same fields and in the same place, is where restricted records go
};
PRIVITY_DESCRIBE_ENUM(HandlingRuleKind, kPeople, kKeep, kStrategy, kFlag, kSource, kQuarantine)

struct HandlingRuleContent {
  SystemId system{};
  std::string dataset{};
  std::string collection{};
  std::string field{};  // "": the collection as a whole
  HandlingRuleKind kind = HandlingRuleKind::kKeep;
  std::string value{};
  std::optional<Right> right{};  // of kFlag
  std::string reason{};
  std::string
      article{};  // of kKeep: what the law says, "AO § 147(3)"; stands behind the ground in plans and certificates
  std::string purpose{};  // of kFlag: set only by objections and withdrawals about it, "sale"; "": by all
  // Of crypto_shred and kQuarantine: another collection; of keys, the field that holds them, and perhaps another
  // system.
  std::optional<SystemId> target_system{};
  std::string target_dataset{};
  std::string target_collection{};
  std::string target_field{};
};
PRIVITY_DESCRIBE(HandlingRuleContent, (system, dataset, collection, field, kind, value, right, reason, article, purpose,
                                       target_system, target_dataset, target_collection, target_field))
std::vector<FieldNote> FieldNotes(const HandlingRuleContent*);

struct HandlingRule {
  HandlingRuleId id{};
  HandlingRuleContent content{};
  Actor by{};
  Instant since{};
  std::optional<Instant> ended_at{};
};
PRIVITY_DESCRIBE(HandlingRule, (id, content, by, since, ended_at))

struct HandlingRuleFilter {
  std::optional<SystemId> system{};
  std::optional<HandlingRuleKind> kind{};
  bool ended = false;  // also those
  std::optional<HandlingRuleId> after{};
  int limit = 50;
};
struct HandlingRulePage {
  std::vector<HandlingRule> items;  // oldest first
  std::optional<std::string> next;
};

std::span<const PermissionInfo> ExecutionPermissions();

class HandlingRules {
 public:
  // All outlive it.
  HandlingRules(Ledger& ledger, const Datamap& datamap, const Clock& clock)
      : ledger_(ledger), datamap_(datamap), clock_(clock) {}

  // execution.rule_invalid{kind, accepted}; execution.rule_place_unknown: the register has no such collection or field;
  // execution.rule_shape{field}: the quarantine lacks one.
  Result<HandlingRule> Set(WriteTx& tx, const Caller& caller, const HandlingRuleContent& content) const;
  // execution.rule_unknown, also for one that was ended.
  Result<HandlingRule> Get(ReadTx& tx, const HandlingRuleId& id) const;
  Result<HandlingRulePage> List(ReadTx& tx, const HandlingRuleFilter& filter) const;
  Status End(WriteTx& tx, const Caller& caller, const HandlingRuleId& id) const;
  // Those in force for a system.
  Result<std::vector<HandlingRule>> Of(ReadTx& tx, const SystemId& system) const;

 private:
  Status CheckPlaces(ReadTx& tx, const HandlingRuleContent& content) const;
  Result<std::vector<std::string>> FieldsOf(ReadTx& tx, const SystemId& system, const std::string& dataset,
                                            const std::string& collection) const;
  Status Finish(WriteTx& tx, const HandlingRuleId& id) const;
  Status Record(WriteTx& tx, std::string_view action, const Caller& caller, const HandlingRule& rule) const;

  Ledger& ledger_;
  const Datamap& datamap_;
  const Clock& clock_;
};

// Writes the rules into what the map knows of a collection, whose fields are those of the register.
void ApplyRules(std::span<const HandlingRule> rules, MappedCollection& collection);

}  // namespace privity
