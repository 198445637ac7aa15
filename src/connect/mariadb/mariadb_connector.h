// MariaDB and MySQL: mysql://reader@db.example.org:3306/shop. Encrypted, with the name in the certificate checked,
// unless the server is on this machine or `sslmode` says otherwise (verify-ca checks the name, too). Without a database
// in the address every database that the user sees is described.
//
// The restore mark is InnoDB's position in its log: it notices when a physical backup has come back, not when older
// rows were loaded into the same server.
#pragma once

#include "connect/connector.h"

namespace privity {

const ConnectorKind& MariaDbKind();

}  // namespace privity
