#include "demo/company.h"

#include <sqlite3.h>

#include <array>
#include <memory>

#include "base/durable_file.h"
#include "base/json.h"
#include "demo/internal/rows.h"

namespace privity {
namespace {

namespace fs = std::filesystem;
using demo_internal::Day;
using demo_internal::Digits;
using demo_internal::InsertInto;
using demo_internal::Tuple;

constexpr std::array kFirstNames = {"Nora",   "Emil",   "Sofia", "Jonas", "Amara", "Lukas", "Priya",
                                    "Marta",  "Oskar",  "Elif",  "Henri", "Clara", "Mateo", "Ingrid",
                                    "Samuel", "Yasmin", "Felix", "Olga",  "Noah",  "Zoe"};
constexpr std::array kLastNames = {"Lindqvist", "Okafor", "Berger", "Duarte", "Novak", "Moreau",  "Haas",  "Keller",
                                   "Rossi",     "Winter", "Sato",   "Larsen", "Weiss", "Fischer", "Nguyen"};
constexpr std::array kCities = {"Ulm", "Lyon", "Bern", "Leeds", "Porto", "Graz"};
constexpr std::array kProducts = {"Tent for two", "Trail shoes", "Head torch", "Rain jacket", "Camping stove"};
constexpr std::array kTrips = {"Alpine huts", "River by canoe", "Winter camp"};
constexpr std::array kMedicalNotes = {"Asthma, carries an inhaler", "Allergic to nuts", "Knee operated last year"};
constexpr int kContacts = 40;  // of the customers, in the CRM
constexpr int kEvents = 240;
constexpr int kLetters = 6;
// Whoever wrote to the desk; among them are those whose requests the demonstration files.
constexpr std::array kWriters = {0, 7, 12, 21, 30, 33, 5, 14, 26, 41, 48, 55};
constexpr int kMails = 2 * kWriters.size();
constexpr mode_t kFileMode = 0600;

// Rows are added as SQL text: every value in them is one of the constants above.
constexpr const char* kShopSchema = R"sql(
PRAGMA foreign_keys = ON;
BEGIN;
CREATE TABLE customers (id INTEGER PRIMARY KEY, full_name TEXT NOT NULL, email TEXT NOT NULL UNIQUE, phone TEXT,
                        date_of_birth TEXT);
CREATE TABLE addresses (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers(id), street TEXT,
                        postcode TEXT, city TEXT);
CREATE TABLE products (id INTEGER PRIMARY KEY, title TEXT NOT NULL, price_cents INTEGER NOT NULL);
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers(id),
                     placed_on TEXT NOT NULL);
CREATE TABLE order_lines (id INTEGER PRIMARY KEY, order_id INTEGER NOT NULL REFERENCES orders(id),
                          product_id INTEGER NOT NULL REFERENCES products(id), quantity INTEGER NOT NULL);
CREATE TABLE trip_bookings (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers(id),
                            trip TEXT NOT NULL, starts_on TEXT NOT NULL, medical_notes TEXT);
CREATE INDEX addresses_of ON addresses (customer_id);
CREATE INDEX orders_of ON orders (customer_id);
CREATE INDEX lines_of ON order_lines (order_id);
CREATE INDEX trips_of ON trip_bookings (customer_id);
)sql";

std::string Lower(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return text;
}

// One row as a statement.
std::string Row(const std::string& table, std::initializer_list<std::string> values) {
  return InsertInto(table, {Tuple(values)}) + ";\n";
}

std::string ShopRowsOf(int number) {
  const DemoCustomer customer = DemoPerson(number);
  const std::string id = std::to_string(number + 1);
  std::string rows =
      Row("customers", {id, customer.name, customer.email, customer.phone, Day(1960 + number % 40, number)});
  rows +=
      Row("addresses", {id, id, "Lake Road " + id, Digits(10'000 + 137 * number, 5), kCities[number % kCities.size()]});
  if (number % 3 == 0) {
    const std::size_t trip = static_cast<std::size_t>(number / 3);
    rows += Row("trip_bookings", {std::to_string(trip + 1), id, kTrips[trip % kTrips.size()], Day(2026, 2 * number),
                                  kMedicalNotes[trip / 2 % kMedicalNotes.size()]});
  }
  for (int i = 0; i < number % 3 + 1; ++i) {
    const std::string order = std::to_string(3 * number + i + 1);
    rows += Row("orders", {order, id, Day(2026, number + i)});
    rows +=
        Row("order_lines", {order, order, std::to_string((number + i) % kProducts.size() + 1), std::to_string(i + 1)});
  }
  return rows;
}

std::string ShopScript() {
  std::string script = kShopSchema;
  for (std::size_t i = 0; i < kProducts.size(); ++i) {
    script += Row("products", {std::to_string(i + 1), kProducts[i], std::to_string(1990 + 500 * i)});
  }
  for (int number = 0; number < kDemoCustomers; ++number) script += ShopRowsOf(number);
  return script + "COMMIT;\n";
}

Status WriteShop(const fs::path& path) {
  sqlite3* opened = nullptr;
  const int failure = sqlite3_open_v2(path.c_str(), &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
  const std::unique_ptr<sqlite3, int (*)(sqlite3*)> shop(opened, sqlite3_close_v2);
  if (failure == SQLITE_OK && sqlite3_exec(opened, ShopScript().c_str(), nullptr, nullptr, nullptr) == SQLITE_OK) {
    return Ok();
  }
  return Error("demo.shop_failed", {{"problem", sqlite3_errmsg(opened)}});
}

std::string Contacts() {
  std::string text = "id,full_name,email,phone,newsletter\n";
  for (int number = 0; number < kContacts; ++number) {
    const DemoCustomer customer = DemoPerson(number);
    text += "C-" + Digits(number + 1, 4) + "," + customer.name + "," + customer.email + "," + customer.phone + "," +
            (number % 3 == 0 ? "no" : "yes") + "\n";
  }
  return text;
}

std::string Calls() {
  std::string text = "id,email,called_on,note\n";
  for (int number = 0; number < kContacts; number += 4) {
    const DemoCustomer customer = DemoPerson(number);
    text += "T-" + Digits(number + 1, 4) + "," + customer.email + "," + Day(2026, number) + ",Asked when the " +
            Lower(kProducts[number % kProducts.size()]) + " arrives\n";
  }
  return text;
}

// RFC 5737: 192.0.2.0/24 is nobody's.
std::string Events() {
  constexpr std::array kActions = {"signed_in", "looked_at", "put_in_basket", "ordered"};
  std::string text;
  for (int i = 0; i < kEvents; ++i) {
    const int number = i * 7 % kDemoCustomers;
    const Json user = Json::Object({{"id", number + 1}, {"email", DemoPerson(number).email}});
    text += ToJson(Json::Object({{"id", "E-" + Digits(i + 1, 5)},
                                 {"at", Day(2026, i) + "T" + Digits(i % 24, 2) + ":15:00Z"},
                                 {"action", kActions[static_cast<std::size_t>(i) % kActions.size()]},
                                 {"user", user},
                                 {"ip_address", "192.0.2." + std::to_string(number + 1)}})) +
            "\n";
  }
  return text;
}

std::string Letter(int number) {
  const DemoCustomer customer = DemoPerson(number * 5);
  return std::string(kDemoCompany) + ", customer service\n\nDear " + customer.name +
         ",\n\nthank you for your call. The " + Lower(kProducts[static_cast<std::size_t>(number) % kProducts.size()]) +
         " is being repaired. We shall write to " + customer.email + " or call " + customer.phone +
         " as soon as it is on its way.\n\nWith kind regards\nYour service desk\n";
}

// A question of a customer, or what the desk answered; every sixth answer went to two customers.
std::string Mail(int number) {
  const DemoCustomer writer = DemoPerson(kWriters[static_cast<std::size_t>(number / 2)]);
  const bool is_answer = number % 2 == 1;
  const std::string desk = std::string(kDemoCompany) + " <help@lakeside.example>";
  const std::string customer = writer.name + " <" + writer.email + ">";
  const std::string product = Lower(kProducts[static_cast<std::size_t>(number / 2) % kProducts.size()]);
  const DemoCustomer other = DemoPerson(kDemoCustomers - 1 - number);
  const std::string copy = number % 12 == 11 ? "Cc: " + other.name + " <" + other.email + ">\r\n" : "";
  return "Message-ID: <" + Digits(number + 1, 4) + "@lakeside.example>\r\nDate: " + Digits(number + 1, 2) +
         " Jan 2026 09:15:00 +0000\r\nFrom: " + (is_answer ? desk : customer) +
         "\r\nTo: " + (is_answer ? customer : desk) + "\r\n" + copy + "Subject: " + (is_answer ? "Re: " : "") + "The " +
         product + "\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" +
         (is_answer
              ? "Dear " + writer.name + ",\r\n\r\nthe " + product + " left us today.\r\n"
              : "Where is the " + product + "? My number is " + writer.phone + ".\r\n\r\n" + writer.name + "\r\n");
}

// Every file but the shop, by its path in the folder.
std::vector<std::pair<std::string, std::string>> TextFiles() {
  std::vector<std::pair<std::string, std::string>> files = {
      {"crm/contacts.csv", Contacts()}, {"crm/calls.csv", Calls()}, {"events/2026.jsonl", Events()}};
  for (int number = 0; number < kLetters; ++number) {
    files.emplace_back("documents/letter-" + Digits(number + 1, 2) + ".txt", Letter(number));
  }
  for (int number = 0; number < kMails; ++number) {
    files.emplace_back("support/cur/" + Digits(number + 1, 4) + ".lakeside:2,S", Mail(number));
  }
  return files;
}

// That hold nothing else, innermost first.
constexpr std::array kFolders = {"crm", "events", "documents", "support/cur", "support/new", "support/tmp", "support"};

Status Failed(const fs::path& path, const std::error_code& failure) {
  return Error("base.file_failed", {{"path", path.string()}, {"operation", "demo"}, {"problem", failure.message()}});
}

Status RemoveIfEmpty(const fs::path& folder) {
  std::error_code failure;
  if (!fs::exists(folder, failure) || !fs::is_empty(folder, failure)) return failure ? Failed(folder, failure) : Ok();
  fs::remove(folder, failure);
  return failure ? Failed(folder, failure) : Ok();
}

}  // namespace

DemoCustomer DemoPerson(int number) {
  // Twenty first names and fifteen last names give 60 different pairs before they repeat.
  const std::string first = kFirstNames[static_cast<std::size_t>(number) % kFirstNames.size()];
  const std::string last = kLastNames[static_cast<std::size_t>(number) % kLastNames.size()];
  return {.name = first + " " + last,
          .email = Lower(first) + "." + Lower(last) + "@example.org",
          .phone = "+1 202 555 01" + Digits(number, 2)};
}

std::vector<DemoStore> DemoStores(const fs::path& folder) {
  return {{.name = "Demo shop", .scheme = "sqlite", .place = folder / "shop.db"},
          {.name = "Demo CRM", .scheme = "file", .place = folder / "crm"},
          {.name = "Demo event logs", .scheme = "file", .place = folder / "events"},
          {.name = "Demo documents", .scheme = "file", .place = folder / "documents"},
          {.name = "Demo support mailbox", .scheme = "maildir", .place = folder / "support"}};
}

Status WriteDemoStores(const fs::path& folder) {
  std::error_code failure;
  fs::create_directories(folder.parent_path(), failure);
  if (failure) return Failed(folder.parent_path(), failure);
  if (!fs::create_directory(folder, failure)) {
    return failure ? Failed(folder, failure) : Status(Error("demo.exists", {{"folder", folder.string()}}));
  }
  fs::permissions(folder, fs::perms::owner_all, failure);
  if (failure) return Failed(folder, failure);
  for (const char* name : kFolders) {
    fs::create_directories(folder / name, failure);
    if (failure) return Failed(folder / name, failure);
  }
  PRIVITY_TRY_VOID(WriteShop(folder / "shop.db"));
  for (const auto& [name, text] : TextFiles()) {
    PRIVITY_TRY_VOID(WriteFileDurably(folder / name, AsBytes(text), kFileMode));
  }
  return Ok();
}

Status RemoveDemoStores(const fs::path& folder) {
  PRIVITY_TRY_VOID(RemoveFileDurably(folder / "shop.db"));
  for (const auto& [name, text] : TextFiles()) {
    PRIVITY_TRY_VOID(RemoveFileDurably(folder / name));
  }
  for (const char* name : kFolders) {
    PRIVITY_TRY_VOID(RemoveIfEmpty(folder / name));
  }
  return RemoveIfEmpty(folder);
}

}  // namespace privity
