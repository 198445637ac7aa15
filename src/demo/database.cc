#include "demo/database.h"

#include <algorithm>
#include <vector>

#include "connect/connector.h"
#include "connect/statements.h"
#include "demo/company.h"
#include "demo/internal/rows.h"
#include "net/any_address.h"

namespace privity {
namespace {

using demo_internal::Day;
using demo_internal::InsertInto;
using demo_internal::Tuple;

constexpr int kTickets = 24;
constexpr int kMembers = 36;
constexpr const char* kPlace = "the demonstration's tables";

struct Table {
  std::string name;
  std::string columns;
  std::vector<std::string> tuples = {};
};

// Whoever refers to a table stands behind it.
using Tables = std::vector<Table>;

Tables SupportDesk() {
  Table tickets{.name = "lakeside_tickets",
                .columns =
                    "id INTEGER PRIMARY KEY, requester_email VARCHAR(120) NOT NULL, subject VARCHAR(200), "
                    "opened_on DATE"};
  Table messages{.name = "lakeside_messages",
                 .columns =
                     "id INTEGER PRIMARY KEY, ticket_id INTEGER NOT NULL REFERENCES lakeside_tickets(id), "
                     "body TEXT"};
  for (int i = 0; i < kTickets; ++i) {
    const DemoCustomer writer = DemoPerson(2 * i);
    const std::string id = std::to_string(i + 1);
    tickets.tuples.push_back(Tuple({id, writer.email, "Where is parcel " + id, Day(2026, i)}));
    messages.tuples.push_back(Tuple({id, id, "Please call me on " + writer.phone + ". " + writer.name}));
  }
  return {tickets, messages};
}

Tables LoyaltyProgramme() {
  Table members{.name = "lakeside_members",
                .columns =
                    "id INTEGER PRIMARY KEY, full_name VARCHAR(120), email VARCHAR(120) NOT NULL UNIQUE, "
                    "phone VARCHAR(40), birth_date DATE"};
  Table visits{.name = "lakeside_visits",
               .columns =
                   "id INTEGER PRIMARY KEY, member_id INTEGER NOT NULL, visited_on DATE, points INTEGER, "
                   "FOREIGN KEY (member_id) REFERENCES lakeside_members(id)"};
  for (int i = 0; i < kMembers; ++i) {
    const DemoCustomer member = DemoPerson(i);
    const std::string id = std::to_string(i + 1);
    members.tuples.push_back(Tuple({id, member.name, member.email, member.phone, Day(1960 + i, i)}));
    visits.tuples.push_back(Tuple({id, id, Day(2026, i), std::to_string(10 * (i % 7 + 1))}));
  }
  return {members, visits};
}

bool IsMariaDb(const ConnectionUrl& database) {
  return database.scheme() == "mysql" || database.scheme() == "mariadb";
}

Tables TablesOf(const ConnectionUrl& database) {
  return IsMariaDb(database) ? LoyaltyProgramme() : SupportDesk();
}

ConnectOptions Writing() {
  return {.writing_granted = true, .addresses = AnyAddress()};
}

Status RefuseTakenNames(const ConnectionUrl& database, const Resolver& resolver, const Tables& tables) {
  PRIVITY_TRY(const auto store, OpenConnector(database, Writing(), resolver));
  PRIVITY_TRY(const Description description, store->Describe());
  for (const Collection& collection : description.collections) {
    const auto is_named = [&](const Table& table) { return table.name == collection.name.name; };
    if (std::ranges::any_of(tables, is_named)) return Error("demo.tables_exist", {{"store", database.Label()}});
  }
  return Ok();
}

}  // namespace

std::string DemoDatabaseName(const ConnectionUrl& database) {
  return IsMariaDb(database) ? "Demo loyalty programme" : "Demo support desk";
}

Status WriteDemoTables(const ConnectionUrl& database, const Resolver& resolver) {
  const Tables tables = TablesOf(database);
  PRIVITY_TRY_VOID(RefuseTakenNames(database, resolver, tables));
  std::vector<std::string> statements;
  for (const Table& table : tables) {
    statements.push_back("CREATE TABLE " + table.name + " (" + table.columns + ")");
    statements.push_back(InsertInto(table.name, table.tuples));
  }
  const Status written = RunStatements(database, Writing(), resolver, kPlace, statements);
  if (!written.ok()) (void)RemoveDemoTables(database, resolver);  // each statement stood by itself
  return written;
}

Status RemoveDemoTables(const ConnectionUrl& database, const Resolver& resolver) {
  std::vector<std::string> statements;
  for (const Table& table : TablesOf(database)) {
    statements.insert(statements.begin(), "DROP TABLE IF EXISTS " + table.name);
  }
  return RunStatements(database, Writing(), resolver, kPlace, statements);
}

}  // namespace privity
