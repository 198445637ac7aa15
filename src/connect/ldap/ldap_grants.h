// Who may do what with the entries of a directory, by the access rules of its server.
#pragma once

#include <optional>

#include "connect/ldap/ldap_session.h"

namespace privity::connect_internal {

// Where the server shows its rules (cn=config, as OpenLDAP keeps them) to nobody but its administrators, or has none of
// that form, there are none, and StoreGrants::unread says so. `description`: the collections and fields to be told of.
// Access of everybody to their own entry is left out. Errors: those of LdapSession::Search,
// connect.rules_not_understood.
Result<StoreGrants> ReadLdapGrants(LdapSession& session, const std::string& store, const std::string& base,
                                   const Description& description,
                                   const std::function<std::string(const LdapEntry&)>& class_of);

}  // namespace privity::connect_internal
