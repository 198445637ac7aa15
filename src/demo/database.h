// The tables of Lakeside Outfitters in a database that a person names: a support desk in PostgreSQL, a loyalty
// programme in MariaDB or MySQL. Their names begin with "lakeside_".
//
//   PRIVITY_TRY_VOID(WriteDemoTables(url, resolver));
//
// DemoPerson(0) stands in both. The content depends on nothing. Calls block; one thread for a database.
#pragma once

#include <string>

#include "base/result.h"
#include "connect/connection_url.h"
#include "net/resolver.h"

namespace privity {

// "Demo support desk", or "Demo loyalty programme".
std::string DemoDatabaseName(const ConnectionUrl& database);

// Makes all tables, or none. demo.tables_exist{store} when one of these names is taken, and the errors of RunStatements
// (connect/statements.h).
Status WriteDemoTables(const ConnectionUrl& database, const Resolver& resolver);

// Removes these tables; what is gone already is no error. The errors of RunStatements.
Status RemoveDemoTables(const ConnectionUrl& database, const Resolver& resolver);

}  // namespace privity
