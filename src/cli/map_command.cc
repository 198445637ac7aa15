#include "cli/map_command.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/id.h"
#include "cli/local_commands.h"
#include "cli/render.h"
#include "connect/connection_url.h"
#include "http/query.h"
#include "net/address.h"

namespace privity {
namespace {

constexpr std::chrono::milliseconds kAskEvery{200};

// A store as it was given: its address without the password, and the password.
struct GivenStore {
  ConnectionUrl url;
  std::string address;
  std::string name;
};

// "postgresql://reader@host/shop" of "postgresql://reader:secret@host/shop".
std::string WithoutPassword(const std::string& text) {
  const std::size_t begin = text.find("://");
  if (begin == std::string::npos) return text;
  const std::size_t end = text.find('/', begin + 3);
  const std::size_t at = text.rfind('@', end);
  if (at == std::string::npos || at < begin) return text;
  const std::size_t colon = text.find(':', begin + 3);
  return colon < at ? text.substr(0, colon) + text.substr(at) : text;
}

// "shop" of "postgresql://db.example.org/shop" and of "sqlite:///srv/shop.db".
std::string NameOf(const ConnectionUrl& url) {
  std::string path = url.path();
  while (path.ends_with('/')) path.pop_back();
  const std::string last = path.substr(path.rfind('/') + 1);
  const std::string stem = last.substr(0, last.find('.', 1));
  return stem.empty() ? url.Label() : stem;
}

// The networks that a store's address is in by itself: whoever names it by hand means it.
std::vector<std::string> NetworksOf(const ConnectionUrl& url) {
  if (url.host() == "localhost") return {"127.0.0.0/8", "::1/128"};
  for (const char* length : {"/32", "/128"}) {
    const std::string network = url.host() + length;
    const bool is_v6 = url.host().find(':') != std::string::npos;
    if (is_v6 == (std::string_view(length) == "/128") && Network::Parse(network).ok()) return {network};
  }
  return {};
}

Json ListOf(const std::vector<std::string>& texts) {
  Json list = Json::Array();
  for (const std::string& text : texts) list.Push(Json(text));
  return list;
}

// Asks step by step. The first step that is refused has been explained and left its exit code.
class Mapping {
 public:
  Mapping(const Invocation& invocation, ApiClient& client, const CommandWorld& world)
      : invocation_(invocation), client_(client), world_(world) {}

  int Run() {
    for (const std::string& text : invocation_.Values("stores")) {
      if (!Connect(text)) return code_;
    }
    for (const auto& [name, system] : systems_) {
      if (!ScanSystem(name, system)) return code_;
    }
    const auto graph = Ask("GET", GraphPath(), {});
    if (!graph) return code_;
    Print(*graph);
    return code_;
  }

 private:
  std::optional<Json> Ask(const std::string& method, const std::string& path, std::optional<Json> body) {
    const auto answer = client_.Send({.method = method,
                                      .path = path,
                                      .body = std::move(body),
                                      .idempotency_key = method == "POST" ? Uuid::NewV4().ToString() : std::string()});
    if (!answer.ok()) code_ = Failed(answer.error(), world_);
    if (answer.ok() && !answer->ok()) code_ = Refused(*answer, invocation_, world_);
    return answer.ok() && answer->ok() ? std::optional(answer->body) : std::nullopt;
  }

  bool Stop(const Error& error) {
    code_ = Failed(error, world_);
    return false;
  }

  Result<GivenStore> Given(const std::string& text) {
    PRIVITY_TRY(ConnectionUrl url, ConnectionUrl::Parse(text));
    if (invocation_.Has("password-file")) {
      PRIVITY_TRY(std::string password, world_.read_file(invocation_.Value("password-file")));
      password.erase(password.find_last_not_of("\r\n") + 1);
      url = url.WithPassword(SecretString(std::move(password)));
    }
    const std::string name = invocation_.Has("name") ? invocation_.Value("name") : NameOf(url);
    return GivenStore{std::move(url), WithoutPassword(text), name};
  }

  // A store that is connected already keeps its connection.
  bool Connect(const std::string& text) {
    const auto given = Given(text);
    if (!given.ok()) return Stop(given.error());
    const auto known = Ask("GET", "/v1/connections", {});
    if (!known) return false;
    std::set<std::string> names;
    if (const auto* items = (*known)["items"].items()) {
      for (const Json& each : *items) {
        names.insert(each["name"].StringOr(""));
        if (each["address"].StringOr("") != given->address) continue;
        systems_.emplace_back(each["name"].StringOr(""), each["system"].StringOr(""));
        return true;
      }
    }
    return Create(*given, names);
  }

  bool Create(const GivenStore& given, const std::set<std::string>& names) {
    std::string name = given.name;
    for (int number = 2; names.contains(name); ++number) name = given.name + " " + std::to_string(number);
    std::vector<std::string> networks = invocation_.Values("network");
    std::ranges::copy(NetworksOf(given.url), std::back_inserter(networks));
    Json body = Json::Object({{"name", name}, {"address", given.address}, {"networks", ListOf(networks)}});
    if (!given.url.password().empty()) body.Set("password", Json(std::string(given.url.password().Reveal())));
    const auto made = Ask("POST", "/v1/connections", std::move(body));
    if (!made) return false;
    systems_.emplace_back(name, (*made)["system"].StringOr(""));
    // The store says what it is; why it does not answer is said by the scan.
    return Ask("POST", "/v1/connections/" + (*made)["id"].StringOr("") + "/test", {}).has_value();
  }

  bool ScanSystem(const std::string& name, const std::string& system) {
    const auto started = Ask("POST", "/v1/scans", Json::Object({{"system", system}}));
    if (!started) return false;
    const std::string path = "/v1/scans/" + (*started)["id"].StringOr("");
    while (true) {
      const auto scan = Ask("GET", path, {});
      if (!scan) return false;
      const std::string state = (*scan)["state"].StringOr("");
      if (state != "waiting" && state != "running") {
        Report(name, *scan, state);
        return true;
      }
      world_.wait(kAskEvery);
    }
  }

  void Report(const std::string& name, const Json& scan, const std::string& state) {
    if (state != "complete") code_ = exit_code::kFound;
    if (invocation_.Has("quiet")) return;
    const auto count = [&](const char* member) { return std::to_string(scan[member].IntegerOr(0)); };
    world_.complain(name + ": " + state + ", " + count("collections_done") + " tables and files, " + count("fields") +
                    " fields, " + count("personal_fields") + " with personal data, " + count("gaps") + " gaps\n");
  }

  std::string GraphPath() const {
    std::string path = "/v1/map/graph?special=" + std::string(invocation_.Has("special") ? "true" : "false");
    if (invocation_.Has("category")) path += "&category=" + PercentEncode(invocation_.Value("category"));
    return path;
  }

  void Print(const Json& graph) const {
    if (invocation_.Has("json")) return world_.print(ToJson(graph) + "\n");
    if (invocation_.Has("dot")) return world_.print(DotOf(graph));
    world_.print(Render(TableOf(graph), {.is_terminal = world_.is_terminal, .width = world_.width},
                        "The map is empty: name a store, such as sqlite:///srv/shop.db."));
  }

  // A row for each system, with its categories by the number of their fields.
  static Json TableOf(const Json& graph) {
    std::map<std::string, std::vector<std::pair<std::int64_t, std::string>>> held;
    for (const Json& edge : *graph["edges"].items()) {
      if (edge["kind"].StringOr("") != "holds") continue;
      held[edge["from"].StringOr("")].emplace_back(-edge["count"].IntegerOr(0), edge["to"].StringOr(""));
    }
    Json::Items rows;
    for (const Json& node : *graph["nodes"].items()) {
      if (node["kind"].StringOr("") != "system") continue;
      auto& categories = held[node["id"].StringOr("")];
      std::ranges::sort(categories);
      std::string text;
      for (const auto& [count, key] : categories) {
        text += (text.empty() ? "" : ", ") + key + " " + std::to_string(-count);
      }
      rows.push_back(Json::Object({{"system", node["name"]},
                                   {"on", node["group"]},
                                   {"collections", node["collections"]},
                                   {"fields", node["fields"]},
                                   {"personal", node["personal_fields"]},
                                   {"special", node["special_fields"]},
                                   {"categories", text}}));
    }
    return Json::ArrayOf(std::move(rows));
  }

  static std::string Quoted(const std::string& text) {
    std::string quoted = "\"";
    for (const char c : text) {
      if (c == '"' || c == '\\') quoted += '\\';
      quoted += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    return quoted + "\"";
  }

  // Graphviz: systems as boxes, categories as ellipses, those that the law singles out drawn bold.
  static std::string DotOf(const Json& graph) {
    std::string dot = "digraph privity {\n  rankdir=LR;\n";
    for (const Json& node : *graph["nodes"].items()) {
      const bool is_category = node["kind"].StringOr("") == "category";
      dot += "  " + Quoted(node["id"].StringOr("")) + " [label=" + Quoted(node["name"].StringOr("")) +
             (is_category ? ", shape=ellipse" : ", shape=box") +
             (node["special_fields"].IntegerOr(0) > 0 ? ", style=bold" : "") + "];\n";
    }
    for (const Json& edge : *graph["edges"].items()) {
      dot += "  " + Quoted(edge["from"].StringOr("")) + " -> " + Quoted(edge["to"].StringOr("")) +
             " [label=" + Quoted(std::to_string(edge["count"].IntegerOr(0))) +
             (edge["kind"].StringOr("") == "holds" ? "" : ", style=dashed") + "];\n";
    }
    return dot + "}\n";
  }

  const Invocation& invocation_;
  ApiClient& client_;
  const CommandWorld& world_;
  std::vector<std::pair<std::string, std::string>> systems_;  // name and id, to be looked through
  int code_ = exit_code::kDone;
};

int RunMap(const Invocation& invocation, const CommandWorld& world) {
  const auto client = world.connect(invocation);
  if (!client.ok()) return Failed(client.error(), world);
  return Mapping(invocation, **client, world).Run();
}

}  // namespace

void AddMapCommand(const CommandWorld& world, Command& root) {
  Command& map = root.Child("map", "Connect stores, look them through, and show the data map");
  map.description =
      "Connects each store that is named and not connected yet, looks it through, waits for the end, and prints the "
      "map "
      "of all systems: a row for each, with the categories of personal data in it and the number of fields that hold "
      "them. Without a store the map is shown as it is. A store's own address is allowed for its connection; others of "
      "the company's network that its name leads to are given with --network.\n\n"
      "The exit code is 2 when something of a store could not be read; `privity scans gaps` names it. A password in an "
      "address can be seen in the list of processes; give it in a file instead.";
  map.arguments = {{.name = "stores",
                    .description = "sqlite:///path, postgresql://user@host/database, mysql://user@host/database, "
                                   "redis://host, file:///folder.",
                    .required = false,
                    .repeated = true}};
  map.options = {
      {.name = "name", .value_name = "TEXT", .description = "What the system is called; else what its address says."},
      {.name = "password-file", .value_name = "FILE", .description = "Holds the password; - for standard input."},
      {.name = "network",
       .value_name = "CIDR",
       .description = "A network that the connection may reach, such as 10.0.0.0/8.",
       .repeated = true},
      {.name = "category", .value_name = "KEY", .description = "Only what holds it, such as user.contact."},
      {.name = "special", .description = "Only what GDPR Art. 9(1) and 10 single out."},
      {.name = "dot", .description = "Print a graph for Graphviz."}};
  map.examples = {{"privity map sqlite:///srv/shop.db file:///srv/exports", "Two stores, from nothing to the map"},
                  {"privity map postgresql://reader@10.0.0.5/shop --password-file reader.txt", "A server"},
                  {"privity map --dot | dot -Tsvg > map.svg", "The map as it stands, drawn"}};
  map.run = [&world](const Invocation& invocation) { return RunMap(invocation, world); };
}

}  // namespace privity
