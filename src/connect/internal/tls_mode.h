// How a connection over a network is protected: the parameter `sslmode` of an address, in PostgreSQL's words for every
// kind of store.
#pragma once

#include "connect/connection_url.h"
#include "connect/connector.h"
#include "net/resolver.h"

namespace privity::connect_internal {

enum class TlsMode {
  kDisable,     // never encrypted
  kPrefer,      // encrypted if the server offers it, whoever it is
  kRequire,     // encrypted, whoever the server is
  kVerifyCa,    // and its certificate comes from a trusted authority
  kVerifyFull,  // and names the host of the address
};

// "verify-full"
const char* TlsModeName(TlsMode mode);

// What the authorities are read from when ConnectOptions::ca_file names none.
std::string AuthoritiesFile(const ConnectOptions& options);

// Whether all addresses are of this machine: what stays on it may go unencrypted.
bool IsThisMachine(const CheckedTarget& target);

// Without the parameter kPrefer to this machine, and kVerifyFull to any other. connect.url_invalid.
Result<TlsMode> TlsModeOf(const ConnectionUrl& url, bool is_this_machine);

}  // namespace privity::connect_internal
