// For client libraries whose own check of a server's name cannot be relied on: whether a certificate is for a host.
//
// RFC 9525: by its subject alternative names; the common name counts only when there is none. A wildcard stands for one
// whole label. That an authority signed the certificate is the library's business.
#pragma once

#include <string>

#include "base/bytes.h"

namespace privity {

// `certificate` is X.509 in DER; `host` a name in lower case, or an address. False for what is no certificate.
bool IsCertificateFor(BytesView certificate, const std::string& host);

}  // namespace privity
