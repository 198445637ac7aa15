#include "identity/permission.h"

#include <algorithm>
#include <iterator>

#include "base/invariant.h"

namespace privity {
namespace {

bool IsPermissionName(std::string_view name) {
  const std::size_t dot = name.find('.');
  if (dot == std::string_view::npos || dot == 0 || dot + 1 == name.size()) return false;
  return std::ranges::count(name, '.') == 1 &&
         std::ranges::all_of(name, [](char c) { return (c >= 'a' && c <= 'z') || c == '_' || c == '.'; });
}

// Version 8 UUIDs (RFC 9562 section 5.8): fixed numbers, so that files and scripts can name a built-in role.
RoleId FixedRoleId(char last) {
  const auto id = RoleId::Parse(std::string("00000000-0000-8000-8000-00000000000") + last);
  Invariant(id.ok(), "a fixed role id is a UUID");
  return *id;
}

const std::array<BuiltInRoleInfo, kBuiltInRoles.size()>& BuiltInRoleTable() {
  static const std::array<BuiltInRoleInfo, kBuiltInRoles.size()> table = {{
      {BuiltInRole::kAdministrator, FixedRoleId('1'), "administrator",
       "Holds every permission: sets up, invites and manages everybody else."},
      {BuiltInRole::kPrivacyOfficer, FixedRoleId('2'), "privacy_officer",
       "Runs the privacy program: register, requests, incidents, reviews, evidence."},
      {BuiltInRole::kLegal, FixedRoleId('3'), "legal", "Advises: reads the program and its evidence, handles cases."},
      {BuiltInRole::kEngineer, FixedRoleId('4'), "engineer",
       "Connects stores, runs jobs and calls Privity from programs."},
      {BuiltInRole::kAuditor, FixedRoleId('5'), "auditor", "Reads everything that is evidence, changes nothing."},
      {BuiltInRole::kEmployee, FixedRoleId('6'), "employee",
       "Does the tasks that are assigned: training, attestations, reports."},
  }};
  return table;
}

}  // namespace

PermissionSet::PermissionSet(std::initializer_list<std::string_view> names)
    : PermissionSet(std::vector<std::string>(names.begin(), names.end())) {}

PermissionSet::PermissionSet(std::vector<std::string> names) {
  std::ranges::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  names_ = std::make_shared<const std::vector<std::string>>(std::move(names));
}

const std::vector<std::string>& PermissionSet::names() const {
  static const std::vector<std::string> none;
  return names_ != nullptr ? *names_ : none;
}

bool PermissionSet::Has(std::string_view name) const {
  const auto at = std::ranges::lower_bound(names(), name, {}, [](const std::string& n) { return std::string_view(n); });
  return at != names().end() && *at == name;
}

std::optional<std::string> PermissionSet::FirstMissing(const PermissionSet& others) const {
  for (const std::string& name : others.names()) {
    if (!Has(name)) return name;
  }
  return std::nullopt;
}

PermissionSet PermissionSet::Union(const PermissionSet& other) const {
  std::vector<std::string> both;
  std::ranges::set_union(names(), other.names(), std::back_inserter(both));
  return PermissionSet(std::move(both));
}

PermissionSet PermissionSet::Intersection(const PermissionSet& other) const {
  std::vector<std::string> common;
  std::ranges::set_intersection(names(), other.names(), std::back_inserter(common));
  return PermissionSet(std::move(common));
}

Status RequireWithin(const PermissionSet& granted, const PermissionSet& grantor) {
  if (const auto missing = grantor.FirstMissing(granted)) {
    return Error("identity.grant_exceeds_own", {{"permission", *missing}});
  }
  return Ok();
}

void PermissionRegistry::Register(std::span<const PermissionInfo> permissions) {
  for (const PermissionInfo& permission : permissions) {
    Invariant(IsPermissionName(permission.name), "a permission is named <words>.<words>");
    const bool fresh = permissions_.emplace(permission.name, permission).second;
    Invariant(fresh, "a permission is registered once");
  }
}

bool PermissionRegistry::Holds(BuiltInRole role, std::string_view name) const {
  const auto at = permissions_.find(name);
  return at != permissions_.end() && at->second.roles.Has(role);
}

PermissionSet PermissionRegistry::Of(BuiltInRole role) const {
  std::vector<std::string> names;
  for (const auto& [name, permission] : permissions_) {
    if (permission.roles.Has(role)) names.emplace_back(name);
  }
  return PermissionSet(std::move(names));
}

Result<PermissionSet> PermissionRegistry::Parse(const std::vector<std::string>& names) const {
  for (const std::string& name : names) {
    // The name came from outside: it is repeated only when it has the form of one.
    if (!Knows(name))
      return Error("identity.permission_unknown", {{"permission", IsPermissionName(name) ? name : "?"}});
  }
  return PermissionSet(names);
}

PermissionSet PermissionRegistry::Known(std::vector<std::string> names) const {
  std::erase_if(names, [&](const std::string& name) { return !Knows(name); });
  return PermissionSet(std::move(names));
}

const BuiltInRoleInfo& InfoOf(BuiltInRole role) {
  return BuiltInRoleTable()[static_cast<std::size_t>(role)];
}

std::optional<BuiltInRole> FindBuiltInRole(const RoleId& id) {
  for (const BuiltInRoleInfo& info : BuiltInRoleTable()) {
    if (info.id == id) return info.role;
  }
  return std::nullopt;
}

}  // namespace privity
