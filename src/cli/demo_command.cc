#include "cli/demo_command.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>

#include "base/durable_file.h"
#include "base/id.h"
#include "cli/local_commands.h"
#include "cli/password_file.h"
#include "cli/render.h"
#include "demo/company.h"
#include "demo/database.h"
#include "demo/records.h"
#include "http/query.h"
#include "net/resolver.h"

namespace privity {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds kAskEvery{200};
constexpr std::size_t kListBytesMax = 1 << 20;
constexpr std::chrono::milliseconds kResolveTimeout{5'000};
// What was made, so that it can be taken away again: {"connections": [{id, system}], "records": [path], "requests":
// [id], "databases": [option]}.
constexpr const char* kListName = "demo.json";

struct DemoStep {
  std::string path;  // below the request
  Json body;
};

struct DemoCase {
  int customer;
  const char* right;
  const char* details;
  std::vector<DemoStep> steps = {};
};

DemoStep Proof() {
  return {"proofs", Json::Object({{"method", "knowledge"}, {"note", "Named the last order on the telephone."}})};
}

// In several states. The first is to play with: its person stands in every store.
std::vector<DemoCase> Cases() {
  return {{0, "access", "What do you hold about me?", {Proof()}},
          {7, "erasure", "Please delete my account."},
          {12, "erasure", "Delete everything.", {Proof()}},
          {21,
           "access",
           "A copy of my data, please.",
           {Proof(), {"extension", Json::Object({{"text", "Your data stands in many stores; we need more time."}})}}},
          {30,
           "erasure",
           "Delete my invoices.",
           {Proof(),
            {"refusal", Json::Object({{"ground", "legal_obligation"}, {"text", "Invoices are kept for ten years."}})}}},
          {33,
           "objection",
           "No advertising.",
           {{"moves", Json::Object({{"step", "withdraw"}, {"note", "By telephone."}})}}}};
}

// A database that the invocation names.
struct DemoDatabase {
  std::string option;   // "postgresql"
  std::string address;  // as written
  ConnectionUrl url;    // with its password
};

constexpr std::array<std::pair<const char*, const char*>, 2> kDatabaseOptions = {
    {{"postgresql", "postgresql"}, {"mariadb", "mysql"}}};

Result<DemoDatabase> DatabaseOf(const std::string& option, const std::string& scheme, const Invocation& invocation,
                                const CommandWorld& world) {
  PRIVITY_TRY(ConnectionUrl url, ConnectionUrl::Parse(invocation.Value(option)));
  if (url.scheme() != scheme || url.host().empty() || !url.password().empty()) {
    const std::string expected = scheme + "://user@host/database, the password in --" + option + "-password-file";
    return Error("cli.value_invalid", {{"option", "--" + option}, {"expected", expected}});
  }
  const std::string file = option + "-password-file";
  if (invocation.Has(file)) {
    PRIVITY_TRY(SecretString password, PasswordFrom(file, invocation, world));
    url = url.WithPassword(std::move(password));
  }
  return DemoDatabase{.option = option, .address = invocation.Value(option), .url = std::move(url)};
}

Result<std::vector<DemoDatabase>> DatabasesOf(const Invocation& invocation, const CommandWorld& world) {
  std::vector<DemoDatabase> databases;
  for (const auto& [option, scheme] : kDatabaseOptions) {
    if (!invocation.Has(option)) continue;
    PRIVITY_TRY(DemoDatabase database, DatabaseOf(option, scheme, invocation, world));
    databases.push_back(std::move(database));
  }
  return databases;
}

Result<fs::path> FolderOf(const Invocation& invocation) {
  if (invocation.Has("folder")) return fs::absolute(invocation.Value("folder")).lexically_normal();
  PRIVITY_TRY(const LoadedConfiguration loaded, ConfigurationOf(invocation));
  fs::path data = fs::absolute(loaded.configuration.data_directory).lexically_normal();
  if (data.filename().empty()) data = data.parent_path();
  return data.string() + "-demo";
}

std::string AddressOf(const DemoStore& store) {
  std::string address = store.scheme + "://";
  for (const auto& part : store.place.relative_path()) address += "/" + PercentEncode(part.string());
  return address;
}

// A server, asked step by step, and the list of what it has made.
class Demonstration {
 public:
  Demonstration(fs::path folder, std::vector<DemoDatabase> databases, ApiClient& client, const CommandWorld& world)
      : folder_(std::move(folder)), databases_(std::move(databases)), client_(client), world_(world) {}

  Result<Json> Create() {
    PRIVITY_TRY_VOID(Ask("GET", "/v1/connections", {}));  // nothing is written for a server that would not take it
    PRIVITY_TRY_VOID(WriteDemoStores(folder_));
    PRIVITY_TRY_VOID(SaveList());
    PRIVITY_TRY_VOID(NameOrganization());
    for (const DemoDatabase& database : databases_) {
      PRIVITY_TRY_VOID(WriteDemoTables(database.url, resolver_));
      made_in_.push_back(database.option);
      PRIVITY_TRY_VOID(SaveList());
    }
    Json items = Json::Array();
    for (const DemoStore& store : DemoStores(folder_)) {
      PRIVITY_TRY(Json row, Connect(Json::Object({{"name", store.name}, {"address", AddressOf(store)}})));
      items.Push(std::move(row));
    }
    for (const DemoDatabase& database : databases_) {
      PRIVITY_TRY(Json connection, ConnectionTo(database));
      PRIVITY_TRY(Json row, Connect(std::move(connection)));
      items.Push(std::move(row));
    }
    for (const DemoRecord& record : DemoRecords(systems_)) {
      PRIVITY_TRY(Json row, Enter(record));
      items.Push(std::move(row));
    }
    for (const DemoCase& each : Cases()) {
      PRIVITY_TRY(Json row, Claim(each));
      items.Push(std::move(row));
    }
    return Json::Object({{"items", std::move(items)}});
  }

  Status Remove() {
    if (!fs::exists(folder_)) return Error("demo.absent", {{"folder", folder_.string()}});
    PRIVITY_TRY(const Json made, ReadList());
    PRIVITY_TRY_VOID(RemoveTables(made));
    if (const auto* requests = made["requests"].items()) {
      for (const Json& id : *requests) PRIVITY_TRY_VOID(EndRequest(id.StringOr("")));
    }
    if (const auto* records = made["records"].items()) {
      for (const Json& path : *records) PRIVITY_TRY_VOID(Delete(path.StringOr("")));
    }
    if (const auto* connections = made["connections"].items()) {
      for (const Json& each : *connections) {
        PRIVITY_TRY_VOID(Delete("/v1/connections/" + each["id"].StringOr("")));
        PRIVITY_TRY_VOID(Delete("/v1/systems/" + each["system"].StringOr("")));
      }
    }
    PRIVITY_TRY_VOID(RemoveFileDurably(folder_ / kListName));
    return RemoveDemoStores(folder_);
  }

 private:
  static Error Refusal(const std::string& step, const ApiAnswer& answer) {
    return Error("demo.step_refused", {{"step", step}, {"problem", answer.body["detail"].StringOr(answer.text)}});
  }

  Result<Json> Ask(const std::string& method, const std::string& path, Json body) {
    PRIVITY_TRY(const ApiAnswer answer,
                client_.Send({.method = method,
                              .path = path,
                              .body = method == "GET" ? std::nullopt : std::optional<Json>(std::move(body)),
                              .idempotency_key = method == "POST" ? Uuid::NewV4().ToString() : std::string(),
                              .if_match = method == "PUT" ? "*" : ""}));
    if (!answer.ok()) return Refusal(method + " " + path, answer);
    return answer.body;
  }

  // What is gone already needs no removing.
  Status Delete(const std::string& path) {
    PRIVITY_TRY(const ApiAnswer answer, client_.Send({.method = "DELETE", .path = path, .if_match = "*"}));
    return answer.ok() || answer.status == 404 ? Ok() : Status(Refusal("DELETE " + path, answer));
  }

  // Nothing when making it ended before there was a list.
  Result<Json> ReadList() const {
    const auto list = ReadFile(folder_ / kListName, kListBytesMax);
    if (!list.ok()) return list.error().Is("base.file_missing") ? Result<Json>(Json()) : list.error();
    return ParseJson(AsText(*list));
  }

  Status SaveList() {
    const std::string text = ToJson(Json::Object({{"connections", Json::ArrayOf(connections_)},
                                                  {"records", Json::ArrayOf(records_)},
                                                  {"requests", Json::ArrayOf(requests_)},
                                                  {"databases", Json::ArrayOf(made_in_)}}));
    return WriteFileDurably(folder_ / kListName, AsBytes(text));
  }

  // Letters and portal speak in the name of somebody: of this company, until the set-up names another.
  Status NameOrganization() {
    PRIVITY_TRY(const Json organization, Ask("GET", "/v1/settings/organization", {}));
    if (!organization["name"].StringOr("").empty()) return Ok();
    PRIVITY_TRY_VOID(Ask("PUT", "/v1/settings/organization",
                         Json::Object({{"name", std::string(kDemoCompany)},
                                       {"time_zone", organization["time_zone"]},
                                       {"language", organization["language"]}})));
    return Ok();
  }

  // First of all, while nothing else is removed: the addresses and passwords must be given again.
  Status RemoveTables(const Json& made) {
    const auto* options = made["databases"].items();
    if (options == nullptr) return Ok();
    for (const Json& option : *options) {
      const auto named = std::ranges::find(databases_, option.StringOr(""), &DemoDatabase::option);
      if (named == databases_.end()) return Error("demo.database_needed", {{"option", "--" + option.StringOr("")}});
      PRIVITY_TRY_VOID(RemoveDemoTables(named->url, resolver_));
    }
    return Ok();
  }

  // Its server's addresses are the only ones beside the public that the connection may use.
  Result<Json> ConnectionTo(const DemoDatabase& database) {
    PRIVITY_TRY(const auto addresses, resolver_.Resolve(database.url.host(), kResolveTimeout));
    Json networks = Json::Array();
    for (const IpAddress& address : addresses) networks.Push(address.ToString());
    return Json::Object({{"name", DemoDatabaseName(database.url)},
                         {"address", database.address},
                         {"password", database.url.password().Reveal()},
                         {"networks", std::move(networks)}});
  }

  Result<Json> Connect(Json connection) {
    const std::string name = connection["name"].StringOr("");
    connection.Set("writing_granted", true);
    PRIVITY_TRY(const Json made, Ask("POST", "/v1/connections", std::move(connection)));
    connections_.push_back(Json::Object({{"id", made["id"]}, {"system", made["system"]}}));
    PRIVITY_TRY_VOID(SaveList());
    systems_.emplace(name, made["system"]);
    PRIVITY_TRY_VOID(Ask("POST", "/v1/connections/" + made["id"].StringOr("") + "/test", Json::Object({})));
    PRIVITY_TRY(const Json scan, Ask("POST", "/v1/scans", Json::Object({{"system", made["system"]}})));
    const std::string id = scan["id"].StringOr("");
    PRIVITY_TRY_VOID(AwaitJob(id, name));
    PRIVITY_TRY(const Json ended, Ask("GET", "/v1/scans/" + id, {}));
    const std::string fields = std::to_string(ended["personal_fields"].IntegerOr(0)) + " fields with personal data";
    return Json::Object({{"kind", "store"}, {"name", name}, {"state", fields}, {"id", made["id"]}});
  }

  Result<Json> Enter(const DemoRecord& record) {
    PRIVITY_TRY(const Json made, Ask("POST", record.path, record.body));
    records_.push_back(record.path + "/" + made["id"].StringOr(""));
    PRIVITY_TRY_VOID(SaveList());
    const char* kind = record.path == "/v1/flows" ? "flow" : "activity";
    return Json::Object({{"kind", kind}, {"name", record.name}, {"state", "recorded"}, {"id", made["id"]}});
  }

  Status AwaitJob(const std::string& id, const std::string& store) {
    while (true) {
      PRIVITY_TRY(const Json job, Ask("GET", "/v1/jobs/" + id, {}));
      const std::string state = job["state"].StringOr("");
      if (state == "succeeded") return Ok();
      if (state == "failed" || state == "cancelled") {
        return Error("demo.scan_failed", {{"store", store}, {"state", state}});
      }
      world_.wait(kAskEvery);
    }
  }

  Result<Json> Claim(const DemoCase& each) {
    const DemoCustomer person = DemoPerson(each.customer);
    const Json content = Json::Object({{"name", person.name}, {"email", person.email}, {"details", each.details}});
    PRIVITY_TRY(Json request, Ask("POST", "/v1/rights/requests",
                                  Json::Object({{"law", "eu-gdpr"}, {"right", each.right}, {"content", content}})));
    const std::string id = request["id"].StringOr("");
    requests_.push_back(request["id"]);
    PRIVITY_TRY_VOID(SaveList());
    for (const DemoStep& step : each.steps) {
      PRIVITY_TRY(request, Ask("POST", "/v1/rights/requests/" + id + "/" + step.path, step.body));
    }
    return Json::Object(
        {{"kind", "request"}, {"name", std::string(each.right)}, {"state", request["state"]}, {"id", request["id"]}});
  }

  // Evidence is not unmade: a request is withdrawn where it is open, then closed, and its content is destroyed on
  // schedule. Whoever worked on it meanwhile may have ended it in another way.
  Status EndRequest(const std::string& id) {
    for (const char* step : {"withdraw", "close"}) {
      const std::string path = "/v1/rights/requests/" + id + "/moves";
      const Json move = Json::Object({{"step", step}, {"note", "The demonstration was removed."}});
      PRIVITY_TRY(
          const ApiAnswer answer,
          client_.Send({.method = "POST", .path = path, .body = move, .idempotency_key = Uuid::NewV4().ToString()}));
      if (!answer.ok() && answer.status != 404 && answer.status != 409) return Refusal("POST " + path, answer);
    }
    return Ok();
  }

  const fs::path folder_;
  const std::vector<DemoDatabase> databases_;
  ApiClient& client_;
  const CommandWorld& world_;
  const SystemResolver resolver_;
  std::map<std::string, Json> systems_;  // of the register, by the names of their stores
  Json::Items connections_, records_, requests_, made_in_;
};

Result<int> CreateDemo(const Invocation& invocation, const CommandWorld& world) {
  PRIVITY_TRY(const fs::path folder, FolderOf(invocation));
  PRIVITY_TRY(std::vector<DemoDatabase> databases, DatabasesOf(invocation, world));
  PRIVITY_TRY(const auto client, world.connect(invocation));
  const auto made = Demonstration(folder, std::move(databases), *client, world).Create();
  if (!made.ok()) return made.error();
  if (invocation.Has("quiet")) return exit_code::kDone;
  world.print(invocation.Has("json")
                  ? ToJson(*made) + "\n"
                  : Render(*made, {.is_terminal = world.is_terminal, .width = world.width}, "Nothing found."));
  return exit_code::kDone;
}

Result<int> RemoveDemo(const Invocation& invocation, const CommandWorld& world) {
  PRIVITY_TRY(const fs::path folder, FolderOf(invocation));
  PRIVITY_TRY(std::vector<DemoDatabase> databases, DatabasesOf(invocation, world));
  PRIVITY_TRY(const auto client, world.connect(invocation));
  PRIVITY_TRY_VOID(Demonstration(folder, std::move(databases), *client, world).Remove());
  return exit_code::kDone;
}

std::function<int(const Invocation&)> Run(Result<int> (*act)(const Invocation&, const CommandWorld&),
                                          const CommandWorld& world) {
  return [act, &world](const Invocation& invocation) {
    const auto result = act(invocation, world);
    if (result.ok()) return *result;
    world.explain(result.error());
    return result.error().Is("cli.server_unreachable") ? exit_code::kUnavailable : exit_code::kFailed;
  };
}

}  // namespace

void AddDemoCommand(const CommandWorld& world, Command& root) {
  Command& demo = root.Child("demo", "A company that does not exist, to try Privity with");
  const std::vector<Option> options = {
      {.name = "folder",
       .value_name = "DIR",
       .description = "Where its stores are; beside the data directory, with -demo at the end, when absent."},
      {.name = "postgresql",
       .value_name = "URL",
       .description = "A database for its support desk, in tables that begin with lakeside_.",
       .environment = "PRIVITY_DEMO_POSTGRESQL"},
      {.name = "postgresql-password-file", .value_name = "FILE", .description = "Holds the password of that user."},
      {.name = "mariadb",
       .value_name = "URL",
       .description = "A database for its loyalty programme, likewise.",
       .environment = "PRIVITY_DEMO_MARIADB"},
      {.name = "mariadb-password-file", .value_name = "FILE", .description = "Holds the password of that user."}};
  Command& create = demo.Child("create", "Make its stores, connect them, look through them, and file requests");
  create.description =
      "Writes a SQLite shop, a CRM as CSV files, event logs as JSON Lines, letters as text and a support "
      "mailbox, all about sixty invented customers, and where you name databases a support desk in PostgreSQL and a "
      "loyalty programme in "
      "MariaDB; connects and scans them on the running server, and files rights requests that stand in several "
      "states. An organization without a name gets the company's. The customer of the first request stands in every "
      "store. Prints a row for each store and request.";
  create.options = options;
  create.examples = {
      {"privity demo create", "Into the server on this data directory"},
      {"privity demo create --folder /srv/lakeside --json", "Somewhere else, for a script"},
      {"privity demo create --postgresql postgresql://me@127.0.0.1/try --mariadb mysql://me@127.0.0.1/try",
       "With tables in two database servers, too"}};
  create.run = Run(CreateDemo, world);

  Command& remove = demo.Child("remove", "Take all of it away again");
  remove.description =
      "Ends the demonstration's requests (the ledger keeps that they were; what they say is destroyed on schedule), "
      "removes its connections and systems from the register, and deletes the files and tables that it wrote. "
      "Databases are named again as when they were made.";
  remove.options = options;
  remove.examples = {{"privity demo remove", "What `privity demo create` made"}};
  remove.run = Run(RemoveDemo, world);
}

}  // namespace privity
