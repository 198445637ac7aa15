// Who asks: the first argument of every call into a domain room.
//
// The server makes one Caller for each request (identity/authenticator.h) and checks the route's permission once; the
// room checks what only it can know, whether this caller may touch this object. A value type.
#pragma once

#include <optional>
#include <string>

#include "base/clock.h"
#include "base/id.h"
#include "identity/permission.h"
#include "ledger/entry.h"

namespace privity {

struct UserTag {};
using UserId = Id<UserTag>;
struct SessionTag {};
using SessionId = Id<SessionTag>;
struct TokenTag {};
using TokenId = Id<TokenTag>;

struct Caller {
  Actor actor{};                       // for the ledger
  std::optional<UserId> user{};        // the person: signed in, or the owner of the token; none for operator and system
  std::optional<SessionId> session{};  // set when the person sits at a browser
  // When that person last proved to be there, by password, code or passkey. Sensitive acts want this to be recent.
  std::optional<Instant> proved_at{};
  PermissionSet permissions{};
  std::string request_id{};
  std::string address{};  // where the request came from; "unix" for the operator

  bool May(std::string_view permission) const { return permissions.Has(permission); }
};

// Privity itself, acting for nobody (a scheduled job). It holds every permission of `registry`.
inline Caller SystemCaller(const PermissionRegistry& registry, std::string room) {
  return {.actor = {ActorKind::kSystem, std::move(room)}, .permissions = registry.All()};
}

// Whoever asks about their own data, from `address` where it is known. The ledger never says who it is, and no
// permission is theirs.
inline Caller SubjectCaller(std::string address = {}) {
  return {.actor = {ActorKind::kSubject, ""}, .address = std::move(address)};
}

}  // namespace privity
