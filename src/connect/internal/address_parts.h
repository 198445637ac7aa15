// The parts of addresses that several kinds share, worded once.
#pragma once

#include "connect/connector.h"

namespace privity::connect_internal {

inline AddressPart HostPart() {
  return {.name = "host", .label = "connect.part_host", .help = "connect.part_host_help", .needed = true};
}
inline AddressPart PortPart() {
  return {.name = "port", .label = "connect.part_port", .help = "connect.part_port_help"};
}
inline AddressPart UserPart(bool needed = false) {
  return {.name = "user", .label = "connect.part_user", .help = "connect.part_user_help", .needed = needed};
}
inline AddressPart PasswordPart(std::string_view label = "connect.part_password") {
  return {.name = "password", .label = label, .help = "connect.part_password_help"};
}
inline AddressPart EncryptionPart(std::vector<std::string_view> modes = {"require", "verify-full", "disable"}) {
  return {.name = "sslmode",
          .label = "connect.part_sslmode",
          .help = "connect.part_sslmode_help",
          .choices = std::move(modes)};
}
// The first is the one that a form begins with.
inline AddressPart SchemePart(std::vector<std::string_view> schemes) {
  return {.name = "scheme",
          .label = "connect.part_scheme",
          .help = "connect.part_scheme_help",
          .needed = true,
          .choices = std::move(schemes)};
}
inline AddressPart DatabasePart() {
  return {.name = "path", .label = "connect.part_database"};
}
// A place of Privity's own machine.
inline AddressPart LocalPathPart() {
  return {.name = "path", .label = "connect.part_path", .help = "connect.part_path_help", .needed = true};
}

}  // namespace privity::connect_internal
