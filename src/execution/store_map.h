// The connected stores as an erasure or a package needs them: what the stores say of themselves now (collections, keys,
// types, foreign keys), together with what the register knows of their fields and
// the references that people stated, also from one store to another. A foreign key that a person said not to follow
// tells no more whose a record is, and still decides what can be deleted: the store insists on it. What people decided
// of collections and fields (execution/rules.h) stands against what their names and categories say.
//
// A dataset of the map is a system of the register, by its name. E-mail addresses and telephone numbers are identifiers
// everywhere; the key of a collection of people (execution/people.h) is one of its own, "shop.customer".
//
// Threads: every method may be called from many; they block while the stores answer.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "connect/person_order.h"
#include "datamap/datamap.h"
#include "execution/rules.h"
#include "fulfil/plan.h"
#include "fulfil/walk.h"
#include "store/store.h"

namespace privity {

// A field that a store's own programs heed, and what sets it.
struct StoreFlag {
  Right right = Right::kRestriction;
  std::string purpose{};  // "": any
  FlagField field{};
};

struct MappedStores {
  SubjectMap map{};
  std::map<std::string, bool> writable{};  // whether the connection may change records
  std::vector<StoreFlag> flags{};
  std::vector<NotRead> not_read{};  // stores that did not answer; collections that no scan has seen yet
  std::int64_t stores = 0;          // that were asked
};

class StoreMap {
 public:
  // Both outlive it.
  StoreMap(Store& store, const Datamap& datamap, const HandlingRules& rules)
      : store_(store), datamap_(datamap), rules_(rules) {}

  // Asks every connected store what it holds. Errors: connect.cancelled, those of the store of Privity.
  Result<MappedStores> Read(const std::stop_token& stop) const;
  // What the store of a system is called in the map. datamap.connection_unknown.
  Result<std::string> DatasetOf(const SystemId& system) const;
  // Outlived by this. For writing, a store whose connection does not grant it is opened for reading. A system that is
  // no longer connected: datamap.connection_unknown.
  // `order`: what systems of last resort are asked for; its id, store and system are those of each in turn. None: they
  // are not asked.
  StoreOpener Opener(std::stop_token stop, std::optional<PersonOrder> order = {}) const;

 private:
  Result<std::vector<Connection>> Connected() const;
  Result<std::unique_ptr<Connector>> Open(const Connection& connection, StoreAccess access, std::stop_token stop,
                                          std::shared_ptr<const PersonOrder> order = {}) const;
  Status Annotate(const Connection& connection, std::span<MappedCollection> collections,
                  std::vector<NotRead>& not_read) const;
  // Answers those that name another collection as their target.
  Result<std::vector<HandlingRule>> ApplyRulesOf(const Connection& connection, std::span<MappedCollection> collections,
                                                 MappedStores& out) const;
  Status ApplyReferences(std::span<const Connection> connected, SubjectMap& map) const;

  Store& store_;
  const Datamap& datamap_;
  const HandlingRules& rules_;
};

}  // namespace privity
