// Roles: those that are built in (identity/permission.h), and those that a company makes itself, as data.
//
// A change of a role takes effect with the next request of whoever holds it. A role can be made or changed only within
// what the caller holds himself, before and after. Errors, besides those of the store and the ledger:
// identity.role_unknown (404), identity.role_built_in (409), identity.role_name_taken (409), identity.role_in_use
// (409), identity.changed_meanwhile (412), identity.permission_unknown, identity.grant_exceeds_own (403),
// identity.proof_needed (403).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/type_table.h"
#include "identity/caller.h"
#include "identity/world.h"

namespace privity {

struct Role {
  RoleId id;
  std::string name;
  std::string description;
  bool built_in = false;
  std::vector<std::string> permissions;
  std::int64_t version = 0;
};
PRIVITY_DESCRIBE(Role, (id, name, description, built_in, permissions, version))

struct RoleRequest {
  std::string name;
  std::string description;
  std::vector<std::string> permissions;
};
PRIVITY_DESCRIBE(RoleRequest, (name, description, permissions))
std::vector<FieldNote> FieldNotes(const RoleRequest*);

class Roles {
 public:
  explicit Roles(const IdentityWorld& world) : world_(world) {}

  // Built-in roles first, then by name. There are tens of roles, not thousands: one answer holds all.
  Result<std::vector<Role>> List(ReadTx& tx, const std::optional<std::string>& q) const;
  Result<Role> Get(ReadTx& tx, const RoleId& id) const;
  Result<Role> Create(WriteTx& tx, const Caller& caller, const RoleRequest& request) const;
  Result<Role> Update(WriteTx& tx, const Caller& caller, const RoleId& id, const RoleRequest& request,
                      std::optional<std::int64_t> expected_version) const;
  // Only when nobody holds it.
  Status Delete(WriteTx& tx, const Caller& caller, const RoleId& id,
                std::optional<std::int64_t> expected_version) const;

 private:
  const IdentityWorld& world_;
};

}  // namespace privity
