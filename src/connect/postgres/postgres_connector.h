// PostgreSQL: postgresql://reader@db.example.org:5432/shop?sslmode=verify-full. Encrypted, with
// the name in the certificate checked, unless the server is on this machine or `sslmode` says otherwise;
// `host=/run/postgresql` as a parameter takes the local socket.
//
// Samples are drawn by the server, block by block; streams are COPY, divided by blocks. The restore mark is the
// server's own position in its log: it notices when a physical backup or an older replica has taken over, not when
// older rows were loaded into the same server.
#pragma once

#include "connect/connector.h"

namespace privity {

const ConnectorKind& PostgresKind();

}  // namespace privity
