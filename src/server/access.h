// Who may call a route. There is no default: a route without it does not compile.
#pragma once

#include <string_view>

namespace privity {

class Access {
 public:
  enum class Kind { kPublic, kSignedIn, kBrowser, kPermission, kPermissionOrLocal, kOperator };

  // Anybody; no credentials are looked at. For signing in, health, the public documents.
  static constexpr Access Public() { return Access(Kind::kPublic, {}); }
  // Whoever presents a session, a token or the local socket; what he may do is up to the handler (his own account).
  static constexpr Access SignedIn() { return Access(Kind::kSignedIn, {}); }
  // A person who sits at a browser: no token, no operator. For what a stolen token must not do, such as changing a
  // password.
  static constexpr Access Browser() { return Access(Kind::kBrowser, {}); }
  // Whoever holds the permission ("users.write"). It must be registered, or the program does not start.
  static constexpr Access Permission(std::string_view name) { return Access(Kind::kPermission, name); }
  // As Permission, and whoever asks from this machine itself without a proxy in between. For a monitor beside the
  // server.
  static constexpr Access PermissionOrLocal(std::string_view name) { return Access(Kind::kPermissionOrLocal, name); }
  // The operator of this machine, on the local socket.
  static constexpr Access Operator() { return Access(Kind::kOperator, {}); }

  constexpr Kind kind() const { return kind_; }
  constexpr std::string_view permission() const { return permission_; }

 private:
  constexpr Access(Kind kind, std::string_view permission) : kind_(kind), permission_(permission) {}
  Kind kind_;
  std::string_view permission_;
};

}  // namespace privity
