// Directories (LDAPv3, RFC 4511): ldap://cn=reader,dc=example,dc=org@ldap.example.org/dc=example,dc=org, user and path
// being distinguished names; ldaps:// with TLS from the first byte. Over ldap:// StartTLS (RFC 4513) is required to
// other machines unless `sslmode` says otherwise; the certificate is checked for the name unless it says so, too.
//
// A collection is an object class: the entries that are structurally of it, as the directory says, or whose last object
// class it is. The key is the distinguished name ("dn"), the fields are the attributes, which may come several times;
// object classes themselves are left out. Results are read in pages (RFC 2696).
//
// Values are changed one by one: an attribute with several values loses or exchanges the one that was expected.
#pragma once

#include "connect/connector.h"

namespace privity {

const ConnectorKind& LdapKind();

}  // namespace privity
