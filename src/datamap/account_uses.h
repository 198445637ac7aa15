// Who used what in the connected stores, as their own logs tell: which account, how, where and from which address, for
// the first time and the last. Events are summed up as they are read; what an account did at one moment is not kept.
//
// Accounts may be those of people: what was used last more than kKeptFor ago is forgotten with the next reading.
//
// Reading only; callable from many threads. Errors: datamap.cursor_invalid.
#pragma once

#include "datamap/model.h"
#include "datamap/world.h"

namespace privity {

struct AccountUseTag {};
using AccountUseId = Id<AccountUseTag>;

struct AccountUse {
  AccountUseId id{};
  SystemId system{};
  std::string system_name{};
  std::string principal{};
  AccessUse use = AccessUse::kOther;
  std::string dataset{};
  std::string collection{};
  std::string from_address{};
  Instant first_used_at{};
  Instant last_used_at{};
  std::int64_t events = 0;
};
PRIVITY_DESCRIBE(AccountUse, (id, system, system_name, principal, use, dataset, collection, from_address, first_used_at,
                              last_used_at, events))
std::vector<FieldNote> FieldNotes(const AccountUse*);

struct AccountUseFilter {
  std::optional<SystemId> system{};
  std::string q{};  // part of the account's name
  std::optional<AccessUse> use{};
  std::string collection{};
  std::optional<AccountUseId> after{};
  int limit = 50;
};
struct AccountUsePage {
  std::vector<AccountUse> items;
  std::optional<std::string> next;
};

// How far the log of a system was read.
struct UseLogState {
  SystemId system{};
  std::string system_name{};
  std::optional<Instant> since{};
  std::optional<Instant> read_at{};
  std::optional<StoredProblem> problem{};
};
PRIVITY_DESCRIBE(UseLogState, (system, system_name, since, read_at, problem))
std::vector<FieldNote> FieldNotes(const UseLogState*);

class AccountUses {
 public:
  static constexpr std::chrono::days kKeptFor{400};

  // Oldest first.
  Result<AccountUsePage> List(ReadTx& tx, const AccountUseFilter& filter) const;
  // Of every system that was scanned since its log is asked for, by name.
  Result<std::vector<UseLogState>> States(ReadTx& tx) const;
};

}  // namespace privity
