// Who did what in a directory, by the log that OpenLDAP's overlay "accesslog" keeps (slapo-accesslog(5)) in a database
// of its own, cn=accesslog.
#pragma once

#include <functional>
#include <string>

#include "connect/ldap/ldap_session.h"

namespace privity::connect_internal {

struct LdapAccessSource {
  const std::string& store;
  const std::string& base;
  const Description& description;
  // The class of an entry, "" when it is not there.
  std::function<Result<std::string>(const std::string& dn)> class_at;
};

struct LdapAccessPart {
  const std::string& cursor;
  std::int64_t lines_max;
};

// A search below an entry is said to be in no single collection, unless its filter names a class that stands for one.
// The overlay tells no addresses; of a change it is not looked at what was changed. Errors: those of
// LdapSession::Search, connect.access_not_logged, connect.access_log_hidden.
Result<AccessReading> ReadLdapAccess(LdapSession& session, const LdapAccessSource& source, const LdapAccessPart& part,
                                     const Connector::OnAccess& take);

}  // namespace privity::connect_internal
