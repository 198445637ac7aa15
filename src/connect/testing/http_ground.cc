#include <gtest/gtest.h>

#include <algorithm>
#include <charconv>

#include "base/guarded.h"
#include "base/json.h"
#include "connect/http/http_connector.h"
#include "connect/http/service_description.h"
#include "connect/testing/grounds.h"
#include "net/testing/scripted_server.h"

namespace privity {
namespace {

constexpr const char* kToken = "right-4711";
constexpr std::size_t kPageItems = 500;
constexpr std::size_t kPageBytes = 4 << 20;

std::string Decoded(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    unsigned value = 0;
    if (text[at] == '%') {
      std::from_chars(text.data() + at + 1, text.data() + at + 3, value, 16);
      at += 2;
    }
    out += text[at] == '%' || value != 0 ? static_cast<char>(value) : text[at];
  }
  return out;
}

// A request as the server of the tests sees it.
struct Asked {
  explicit Asked(const std::string& request) {
    const std::size_t space = request.find(' ');
    method = request.substr(0, space);
    std::string_view target = std::string_view(request).substr(space + 1);
    target = target.substr(0, target.find(' '));
    std::string_view path = target.substr(0, target.find('?'));
    std::string_view pairs = path.size() == target.size() ? std::string_view() : target.substr(path.size() + 1);
    while (!path.empty()) {
      path.remove_prefix(1);
      parts.push_back(Decoded(path.substr(0, path.find('/'))));
      path.remove_prefix(std::min(path.size(), path.find('/')));
    }
    while (!pairs.empty()) {
      const std::string_view pair = pairs.substr(0, pairs.find('&'));
      query[Decoded(pair.substr(0, pair.find('=')))] = Decoded(pair.substr(pair.find('=') + 1));
      pairs.remove_prefix(std::min(pairs.size(), pair.size() + 1));
    }
    is_signed_in = request.find(std::string("Authorization: Bearer ") + kToken + "\r\n") != std::string::npos;
    body = request.substr(request.find("\r\n\r\n") + 4);
  }
  std::string method;
  std::vector<std::string> parts;
  std::map<std::string, std::string> query;
  bool is_signed_in = false;
  std::string body;
};

// A service that holds its objects in memory, described as the pack says.
class HttpGround final : public Ground {
 public:
  HttpGround() : server_([this](const std::string& request) { return Answer(Asked(request)); }) { Load(); }

  const ConnectorKind& kind() const override { return HttpKind(); }
  std::string Url() const override { return UrlOf(kToken, port()); }
  void Prepare(ConnectOptions& options) override {
    options.packs = [this]() -> const PackCatalog& { return *packs_; };
  }
  void Make(const Made& made) override {
    Objects objects;
    for (const RowValues& row : made.rows) {
      Json object = Json::Object();
      for (std::size_t i = 0; i < row.size(); ++i) object.Set(made.fields[i], row[i] ? Json(*row[i]) : Json());
      objects.push_back(std::move(object));
    }
    held_.With([&](auto& held) { held[made.name] = std::move(objects); });
    fields_[made.name] = made.fields;
    Load();
  }
  void Drop(const std::string& name) override {
    held_.With([&](auto& held) { held.erase(name); });
  }
  void Revoke(const std::string& name) override {
    revoked_.With([&](auto& revoked) { revoked = name; });
  }
  bool has_free_names() const override { return false; }
  bool has_references() const override { return false; }

  bool is_remote() const override { return true; }
  std::string UrlWithPassword(const std::string& password) const override { return UrlOf(password, port()); }
  std::string UrlThroughPort(int port) const override { return UrlOf(kToken, port); }
  int port() const override { return server_.port(); }

 private:
  using Objects = std::vector<Json>;

  static std::string UrlOf(const std::string& token, int port) {
    return "api://:" + token + "@127.0.0.1:" + std::to_string(port) + "/ground";
  }

  void Load() {
    std::string text =
        "pack: {kind: service, id: ground, version: 1, title: Ground, sources: [{title: Of the test}]}\n"
        "verified: true\nproduct: Ground\nbase: /v1\nsign_in: {method: bearer}\nprobe: {path: /me}\ncollections:\n";
    std::map<std::string, std::vector<std::string>> fields = fields_;
    if (fields.empty()) fields["nothing"] = {"id"};
    for (const auto& [name, of] : fields) {
      text += " - {name: " + name + ", list: {path: /" + name +
              ", items: data.items}, paging: {style: cursor, parameter: "
              "after, next: data.next}, get: {path: \"/" +
              name + "/{key}\", item: one}, update: {method: PATCH, path: \"/" + name +
              "/{key}\"}, deletion: {method: DELETE, path: \"/" + name + "/{key}\"},\n   find: [{field: " + of.back() +
              ", call: {path: /" + name + ", query: {" + of.back() +
              ": \"{value}\"}, items: data.items}}],\n   fields: [";
      for (const std::string& field : of) text += "{name: " + field + ", type: string, writes: " + field + "}, ";
      text += "]}\n";
    }
    auto packs = PackCatalog::Load({ServiceKind()}, {{"ground.yaml", text}});
    ASSERT_TRUE(packs.ok()) << packs.error().DebugString();
    packs_ = std::make_unique<PackCatalog>(std::move(*packs));
  }

  std::string Answer(const Asked& asked) {
    if (!asked.is_signed_in) return HttpAnswer(401, "{}");
    if (asked.parts.at(1) == "me") return HttpAnswer(200, "{\"me\": true}");
    if (revoked_.With([&](auto& revoked) { return revoked == asked.parts[1]; })) return HttpAnswer(403, "{}");
    return held_.With([&](auto& held) {
      const auto objects = held.find(asked.parts[1]);
      if (objects == held.end()) return HttpAnswer(404, "{}");
      return asked.parts.size() == 2 ? Page(objects->second, asked) : One(objects->second, asked);
    });
  }
  static std::string Page(const Objects& objects, const Asked& asked) {
    const auto after = asked.query.find("after");
    std::size_t at = after == asked.query.end() ? 0 : std::stoul(after->second);
    std::string items;
    for (std::size_t taken = 0; at < objects.size() && taken < kPageItems && items.size() < kPageBytes; ++at) {
      const bool matches = std::ranges::all_of(asked.query, [&](const auto& wanted) {
        return wanted.first == "after" || objects[at][wanted.first].StringOr("") == wanted.second;
      });
      if (!matches) continue;
      ++taken;
      items += (items.empty() ? "" : ",") + ToJson(objects[at]);
    }
    const std::string next = at < objects.size() ? ", \"next\": " + std::to_string(at) : "";
    return HttpAnswer(200, "{\"data\": {\"items\": [" + items + "]" + next + "}}");
  }
  static std::string One(Objects& objects, const Asked& asked) {
    const auto object =
        std::ranges::find_if(objects, [&](const Json& each) { return each["id"].StringOr("") == asked.parts[2]; });
    if (object == objects.end()) return HttpAnswer(404, "{}");
    if (asked.method == "DELETE") {
      objects.erase(object);
      return HttpAnswer(204, "");
    }
    if (asked.method == "PATCH") {
      const Json changes = ParseJson(asked.body).value();
      for (const Json::Member& member : *changes.members()) object->Set(member.key, member.value);
    }
    Json one = Json::Object();
    one.Set("one", *object);
    return HttpAnswer(200, ToJson(one));
  }

  std::map<std::string, std::vector<std::string>> fields_;
  std::unique_ptr<PackCatalog> packs_;
  Guarded<std::map<std::string, Objects>> held_;
  Guarded<std::string> revoked_;
  ScriptedServer server_;  // last: it answers from all of these
};

}  // namespace

GroundKind HttpGroundKind() {
  return {.name = "http", .why_absent = "", .make = []() -> std::unique_ptr<Ground> {
            return std::make_unique<HttpGround>();
          }};
}

}  // namespace privity
