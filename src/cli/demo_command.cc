#include "cli/demo_command.h"

#include <filesystem>

#include "base/durable_file.h"
#include "base/id.h"
#include "cli/local_commands.h"
#include "cli/render.h"
#include "demo/company.h"
#include "http/query.h"

namespace privity {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds kAskEvery{200};
constexpr std::size_t kListBytesMax = 1 << 20;
// What was made, so that it can be taken away again: {"connections": [{id, system}], "requests": [id]}.
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
  Demonstration(fs::path folder, ApiClient& client, const CommandWorld& world)
      : folder_(std::move(folder)), client_(client), world_(world) {}

  Result<Json> Create() {
    PRIVITY_TRY_VOID(Ask("GET", "/v1/connections", {}));  // nothing is written for a server that would not take it
    PRIVITY_TRY_VOID(WriteDemoStores(folder_));
    PRIVITY_TRY_VOID(SaveList());
    Json items = Json::Array();
    for (const DemoStore& store : DemoStores(folder_)) {
      PRIVITY_TRY(Json row, Connect(store));
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
    if (const auto* requests = made["requests"].items()) {
      for (const Json& id : *requests) PRIVITY_TRY_VOID(EndRequest(id.StringOr("")));
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
                              .idempotency_key = method == "POST" ? Uuid::NewV4().ToString() : std::string()}));
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
    const std::string text =
        ToJson(Json::Object({{"connections", Json::ArrayOf(connections_)}, {"requests", Json::ArrayOf(requests_)}}));
    return WriteFileDurably(folder_ / kListName, AsBytes(text));
  }

  Result<Json> Connect(const DemoStore& store) {
    PRIVITY_TRY(const Json made,
                Ask("POST", "/v1/connections",
                    Json::Object({{"name", store.name}, {"address", AddressOf(store)}, {"writing_granted", true}})));
    connections_.push_back(Json::Object({{"id", made["id"]}, {"system", made["system"]}}));
    PRIVITY_TRY_VOID(SaveList());
    PRIVITY_TRY(const Json scan, Ask("POST", "/v1/scans", Json::Object({{"system", made["system"]}})));
    const std::string id = scan["id"].StringOr("");
    PRIVITY_TRY_VOID(AwaitJob(id, store.name));
    PRIVITY_TRY(const Json ended, Ask("GET", "/v1/scans/" + id, {}));
    const std::string fields = std::to_string(ended["personal_fields"].IntegerOr(0)) + " fields with personal data";
    return Json::Object({{"kind", "store"}, {"name", store.name}, {"state", fields}, {"id", made["id"]}});
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
  ApiClient& client_;
  const CommandWorld& world_;
  Json::Items connections_, requests_;
};

Result<int> CreateDemo(const Invocation& invocation, const CommandWorld& world) {
  PRIVITY_TRY(const fs::path folder, FolderOf(invocation));
  PRIVITY_TRY(const auto client, world.connect(invocation));
  const auto made = Demonstration(folder, *client, world).Create();
  if (!made.ok()) return made.error();
  if (invocation.Has("quiet")) return exit_code::kDone;
  world.print(invocation.Has("json")
                  ? ToJson(*made) + "\n"
                  : Render(*made, {.is_terminal = world.is_terminal, .width = world.width}, "Nothing found."));
  return exit_code::kDone;
}

Result<int> RemoveDemo(const Invocation& invocation, const CommandWorld& world) {
  PRIVITY_TRY(const fs::path folder, FolderOf(invocation));
  PRIVITY_TRY(const auto client, world.connect(invocation));
  PRIVITY_TRY_VOID(Demonstration(folder, *client, world).Remove());
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
       .description = "Where its stores are; beside the data directory, with -demo at the end, when absent."}};
  Command& create = demo.Child("create", "Make its stores, connect them, look through them, and file requests");
  create.description =
      "Writes a SQLite shop, a CRM as CSV files, event logs as JSON Lines and letters as text, all about sixty "
      "invented "
      "customers; connects and scans them on the running server, and files rights requests that stand in several "
      "states. The customer of the first request stands in every store. Prints a row for each store and request.";
  create.options = options;
  create.examples = {{"privity demo create", "Into the server on this data directory"},
                     {"privity demo create --folder /srv/lakeside --json", "Somewhere else, for a script"}};
  create.run = Run(CreateDemo, world);

  Command& remove = demo.Child("remove", "Take all of it away again");
  remove.description =
      "Ends the demonstration's requests (the ledger keeps that they were; what they say is destroyed on schedule), "
      "removes its connections and systems from the register, and deletes the files that it wrote.";
  remove.options = options;
  remove.examples = {{"privity demo remove", "What `privity demo create` made"}};
  remove.run = Run(RemoveDemo, world);
}

}  // namespace privity
