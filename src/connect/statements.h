// Statements of our own in an SQL server, for whoever prepares a database there. They are run as they are: nothing that
// came from outside may stand in them.
#pragma once

#include <string>
#include <vector>

#include "connect/connector.h"

namespace privity {

// Each in turn, each by itself, until one is refused. Errors are those of a connector's calls, their place `place`;
// connect.kind_unknown for a scheme other than PostgreSQL's and MariaDB's. Blocks; one thread for a database.
Status RunStatements(const ConnectionUrl& url, const ConnectOptions& options, const Resolver& resolver,
                     const std::string& place, const std::vector<std::string>& statements);

}  // namespace privity
