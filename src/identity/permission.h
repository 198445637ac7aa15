// What somebody may do: permissions, the roles that are built in, and the one rule of granting.
//
// A permission is a registered name, "<things>.<verb>". Each room lists its own in a table that also says which
// built-in roles hold them, so that the whole authorization of Privity can be read in a few tables:
//
//   constexpr PermissionInfo kPermissions[] = {
//       {"users.read", "See the people who can sign in.", {BuiltInRole::kPrivacyOfficer, BuiltInRole::kAuditor}},
//   };
//
// The administrator holds every permission; it needs no mention. Roles that a company makes itself are data
// (identity/people.h). The route table names the permission of each route, and the server checks it in one place.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/result.h"

namespace privity {

enum class BuiltInRole : std::uint8_t { kAdministrator, kPrivacyOfficer, kLegal, kEngineer, kAuditor, kEmployee };

inline constexpr std::array kBuiltInRoles = {BuiltInRole::kAdministrator, BuiltInRole::kPrivacyOfficer,
                                             BuiltInRole::kLegal,         BuiltInRole::kEngineer,
                                             BuiltInRole::kAuditor,       BuiltInRole::kEmployee};

// Everybody who can sign in holds it.
struct Everybody {};
inline constexpr Everybody kEverybody;

// A set of built-in roles; the administrator is always in it.
class RoleSet {
 public:
  constexpr RoleSet(std::initializer_list<BuiltInRole> roles) {
    for (const BuiltInRole role : roles) bits_ |= Bit(role);
  }
  constexpr RoleSet(Everybody) : bits_(0xFF) {}  // NOLINT: implicit by design
  constexpr bool Has(BuiltInRole role) const { return (bits_ & Bit(role)) != 0; }

 private:
  static constexpr std::uint8_t Bit(BuiltInRole role) { return std::uint8_t(1U << static_cast<unsigned>(role)); }
  std::uint8_t bits_ = Bit(BuiltInRole::kAdministrator);
};

struct PermissionInfo {
  std::string_view name;     // "users.write"
  std::string_view summary;  // one English sentence for whoever puts a role together
  RoleSet roles;             // who holds it without a role of the company's own
};

// A value type: names in order, each once. Copies share the names.
class PermissionSet {
 public:
  PermissionSet() = default;
  PermissionSet(std::initializer_list<std::string_view> names);
  explicit PermissionSet(std::vector<std::string> names);

  bool Has(std::string_view name) const;
  bool HasAll(const PermissionSet& others) const { return !FirstMissing(others).has_value(); }
  // The first of `others` that is not in this set.
  std::optional<std::string> FirstMissing(const PermissionSet& others) const;
  PermissionSet Union(const PermissionSet& other) const;
  PermissionSet Intersection(const PermissionSet& other) const;

  const std::vector<std::string>& names() const;
  bool empty() const { return names().empty(); }
  bool operator==(const PermissionSet& other) const { return names() == other.names(); }

 private:
  std::shared_ptr<const std::vector<std::string>> names_;  // owned by the copies together; null: none
};

// The one rule of granting: nobody hands out, takes away or takes over what he does not hold himself. Every path that
// makes or changes a principal asks here, with what that principal holds before and after. Errors:
// identity.grant_exceeds_own{permission} (403).
Status RequireWithin(const PermissionSet& granted, const PermissionSet& grantor);

// All permissions of this program. Filled while the application is built, then only read: safe to use from many
// threads.
class PermissionRegistry {
 public:
  // A name of another form ("<words>.<words>", a-z and _) or known already is an Invariant.
  void Register(std::span<const PermissionInfo> permissions);

  bool Knows(std::string_view name) const { return permissions_.contains(name); }
  // Whether `name` is registered and `role` holds it.
  bool Holds(BuiltInRole role, std::string_view name) const;
  PermissionSet Of(BuiltInRole role) const;
  PermissionSet All() const { return Of(BuiltInRole::kAdministrator); }
  // Refuses names that are not registered: identity.permission_unknown{permission}.
  Result<PermissionSet> Parse(const std::vector<std::string>& names) const;
  // Leaves out names that are not registered any more (a role written by a newer or older program).
  PermissionSet Known(std::vector<std::string> names) const;
  // In the order of their names.
  const std::map<std::string_view, PermissionInfo>& permissions() const { return permissions_; }

 private:
  std::map<std::string_view, PermissionInfo> permissions_;
};

struct RoleTag {};
using RoleId = Id<RoleTag>;

struct BuiltInRoleInfo {
  BuiltInRole role;
  RoleId id;                     // the same in every installation
  std::string_view name;         // "administrator"
  std::string_view description;  // one English sentence
};
const BuiltInRoleInfo& InfoOf(BuiltInRole role);
std::optional<BuiltInRole> FindBuiltInRole(const RoleId& id);

}  // namespace privity
