// The grounds that there are; each is made in its own file.
#pragma once

#include "connect/testing/ground.h"

namespace privity {

GroundKind SqliteGroundKind();
GroundKind PostgresGroundKind();
GroundKind MariaDbGroundKind();
GroundKind OdbcPostgresGroundKind();
GroundKind OdbcMariaDbGroundKind();
GroundKind RedisGroundKind();
GroundKind LdapGroundKind();
GroundKind MboxGroundKind();
GroundKind MaildirGroundKind();
GroundKind ImapGroundKind();
GroundKind S3GroundKind();
GroundKind HttpGroundKind();
GroundKind CsvGroundKind();
GroundKind JsonLinesGroundKind();

}  // namespace privity
