// Databases that speak SQL, through unixODBC: odbc://reader@db.example.org/shop?driver=PostgreSQL%20Unicode
//
// The driver is one that is installed on this machine (odbcinst.ini) and known here (odbc/odbc_profile.h). It reaches
// its server through a relay to the checked address, and never looks a name up by itself.
#pragma once

#include "connect/connector.h"

namespace privity {

const ConnectorKind& OdbcKind();

}  // namespace privity
