#include "server/openapi.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <vector>

#include "base/json_schema.h"
#include "words/catalog.h"

namespace privity {
namespace {

// RFC 9457, as words/problem.h writes it.
struct Problem {
  std::string type;
  std::string title;
  int status = 0;
  std::string detail;
  std::optional<std::string> instance;
  std::string code;
  std::string why;
  std::string mend;
  std::map<std::string, std::string> parameters;
};
PRIVITY_DESCRIBE(Problem, (type, title, status, detail, instance, code, why, mend, parameters))
std::vector<FieldNote> FieldNotes(const Problem*) {
  return {{.name = "type",
           .description = "Names the kind of problem; one for each code.",
           .example = "/problems/store.full"},
          {.name = "title", .description = "The name of the status."},
          {.name = "status", .description = "The HTTP status.", .minimum = 400, .maximum = 599},
          {.name = "detail", .description = "What happened."},
          {.name = "instance", .description = "The request's id, which the server's log has too."},
          {.name = "code", .description = "Stable; for programs.", .example = "store.full"},
          {.name = "why", .description = "The reason."},
          {.name = "mend", .description = "What the reader can do about it."},
          {.name = "parameters", .description = "The facts that the sentences are made of."}};
}

Json Reference(std::string_view kind, std::string_view name) {
  return Json::Object({{"$ref", "#/components/" + std::string(kind) + "/" + std::string(name)}});
}

Json Content(std::string_view media_type, Json schema) {
  return Json::Object({{media_type, Json::Object({{"schema", std::move(schema)}})}});
}

std::string_view GroupOf(std::string_view id) {
  return id.substr(0, id.find('.'));
}

// What a group of routes is about stands in the catalog, as every sentence does.
Json TagOf(std::string_view group) {
  return Json::Object(
      {{"name", group}, {"description", Catalog::BuiltIn().Text("en", "server.group_" + std::string(group))}});
}

class Document {
 public:
  explicit Document(const RouteTable& routes) : routes_(routes) {}

  Json Make(const OpenApiInfo& info) {
    Json paths = Json::Object();
    for (const auto& route : routes_.routes()) AddPath(paths, *route);
    Json tags = Json::Array();
    for (const std::string_view group : groups_) tags.Push(TagOf(group));
    Json problem = schemas_.Of(TypeOf<Problem>());
    Json components = Json::Object();
    components.Set("securitySchemes", SecuritySchemes());
    components.Set("parameters", SharedParameters());
    components.Set("responses", Json::Object({{"Problem", ProblemResponse(std::move(problem))}}));
    components.Set("schemas", schemas_.components());
    for (auto& [name, schema] : lists_) components.Set("schemas", WithMember(components["schemas"], name, schema));
    return Json::Object(
        {{"openapi", "3.1.0"},
         {"info", Json::Object({{"title", info.title},
                                {"version", info.version},
                                {"description", info.description},
                                {"contact", Json::Object({{"name", "The operator of this installation"}})},
                                {"license", Json::Object({{"name", "Apache-2.0"}, {"identifier", "Apache-2.0"}})}})},
         {"tags", std::move(tags)},
         {"paths", std::move(paths)},
         {"components", std::move(components)}});
  }

 private:
  static Json WithMember(Json object, const std::string& name, const Json& value) {
    object.Set(name, value);
    return object;
  }

  static Json SecuritySchemes() {
    return Json::Object(
        {{"session",
          Json::Object({{"type", "apiKey"},
                        {"in", "cookie"},
                        {"name", "__Host-privity"},
                        {"description",
                         "Set by signing in (`privity` on plain loopback). A change carries `X-Privity-CSRF` with the "
                         "session's csrf_token, too."}})},
         {"token", Json::Object({{"type", "http"}, {"scheme", "bearer"}, {"description", "An API token, `pvt_…`."}})}});
  }

  // Those that a route refers to.
  Json SharedParameters() const {
    Json used = Json::Object();
    const Json all = AllSharedParameters();
    for (const auto& [name, parameter] : *all.members()) {
      if (shared_.contains(name)) used.Set(name, parameter);
    }
    return used;
  }

  static Json AllSharedParameters() {
    return Json::Object(
        {{"IdempotencyKey",
          Json::Object({{"name", "Idempotency-Key"},
                        {"in", "header"},
                        {"description",
                         "A text of your own for this request, 16 to 128 characters, best random. Sent again within 24 "
                         "hours with the "
                         "same request, nothing happens twice and the answer is the same."},
                        {"schema", Json::Object({{"type", "string"}, {"minLength", 16}, {"maxLength", 128}})}})},
         {"ContentDisposition",
          Json::Object(
              {{"name", "Content-Disposition"},
               {"in", "header"},
               {"required", true},
               {"description", "What the file is called: `attachment; filename*=UTF-8''letter.pdf` (RFC 6266)."},
               {"schema", Json::Object({{"type", "string"}})}})},
         {"IfMatch", Json::Object({{"name", "If-Match"},
                                   {"in", "header"},
                                   {"required", true},
                                   {"description", "The ETag of the version that you saw, or `*`."},
                                   {"schema", Json::Object({{"type", "string"}})}})},
         {"IfNoneMatch", Json::Object({{"name", "If-None-Match"},
                                       {"in", "header"},
                                       {"description", "The ETag that you have; 304 when it is still current."},
                                       {"schema", Json::Object({{"type", "string"}})}})}});
  }

  static Json ProblemResponse(Json schema) {
    return Json::Object({{"description", "Refused or failed: what, why, and how to mend it (RFC 9457)."},
                         {"content", Content("application/problem+json", std::move(schema))}});
  }

  void AddPath(Json& paths, const Route& route) {
    const std::string path(route.info.path);
    Json item = paths[path].is_null() ? Json::Object() : paths[path];
    std::string method(route.info.method);
    std::transform(method.begin(), method.end(), method.begin(), [](unsigned char c) { return std::tolower(c); });
    item.Set(method, Operation(route));
    paths.Set(path, std::move(item));
  }

  Json Operation(const Route& route) {
    const RouteInfo& info = route.info;
    groups_.insert(GroupOf(info.id));
    std::string description(info.description.empty() ? std::string(info.summary) + "." : std::string(info.description));
    if (!info.access.permission().empty())
      description.append(" Permission: `").append(info.access.permission()).append("`.");
    Json operation = Json::Object({{"operationId", info.id},
                                   {"tags", Json::Array({Json(GroupOf(info.id))})},
                                   {"summary", info.summary},
                                   {"description", description},
                                   {"security", Security(info.access)}});
    if (Json parameters = Parameters(route); !parameters.items()->empty())
      operation.Set("parameters", std::move(parameters));
    if (route.body != nullptr) {
      operation.Set("requestBody", Json::Object({{"required", true},
                                                 {"content", Content("application/json", schemas_.Of(*route.body))}}));
    }
    if (route.takes_upload) {
      operation.Set("requestBody",
                    Json::Object({{"required", true}, {"content", Content("application/octet-stream", FileSchema())}}));
    }
    if (route.info.takes_text) {
      operation.Set(
          "requestBody",
          Json::Object({{"required", true}, {"content", Content("text/plain", Json::Object({{"type", "string"}}))}}));
    }
    operation.Set("responses", Responses(route));
    return operation;
  }

  // OpenAPI 3.1 section 4.8.14.1: bytes of any kind.
  static Json FileSchema() { return Json::Object({{"type", "string"}, {"format", "binary"}}); }

  static Json Security(const Access& access) {
    const Json session = Json::Object({{"session", Json::Array()}});
    const Json token = Json::Object({{"token", Json::Array()}});
    switch (access.kind()) {
      case Access::Kind::kPublic:
        return Json::Array();
      case Access::Kind::kBrowser:
        return Json::Array({session});
      case Access::Kind::kPermissionOrLocal:
        return Json::Array({session, token, Json::Object()});
      case Access::Kind::kSignedIn:
      case Access::Kind::kPermission:
      case Access::Kind::kOperator:
        break;
    }
    return Json::Array({session, token});
  }

  Json Parameters(const Route& route) {
    Json parameters = Json::Array();
    AddParameters(parameters, route.path, "path");
    AddParameters(parameters, route.query, "query");
    if (route.takes_upload) parameters.Push(Shared("ContentDisposition"));
    if (route.keeps_idempotency_keys()) parameters.Push(Shared("IdempotencyKey"));
    if (route.info.needs_version) parameters.Push(Shared("IfMatch"));
    if (route.answer_has_fields && route.info.method == "GET") parameters.Push(Shared("IfNoneMatch"));
    return parameters;
  }

  Json Shared(const char* name) {
    shared_.insert(name);
    return Reference("parameters", name);
  }

  void AddParameters(Json& parameters, const TypeInfo* type, std::string_view in) {
    if (type == nullptr) return;
    for (const FieldInfo& field : type->structure().fields()) {
      const bool optional = field.type->kind == TypeKind::kOptional;
      const bool is_list = field.type->kind == TypeKind::kVector;
      const bool defaulted = field.note != nullptr && field.note->defaulted;
      Json schema = schemas_.Of(optional ? *field.type->element : *field.type);
      Json parameter =
          Json::Object({{"name", field.name}, {"in", in}, {"required", !optional && !is_list && !defaulted}});
      if (field.note != nullptr) {
        if (!field.note->description.empty()) parameter.Set("description", field.note->description);
        if (field.note->minimum) schema.Set("minimum", *field.note->minimum);
        if (field.note->maximum) schema.Set("maximum", *field.note->maximum);
        if (field.note->max_length) schema.Set("maxLength", *field.note->max_length);
        if (field.note->min_length) schema.Set("minLength", *field.note->min_length);
      }
      parameter.Set("schema", std::move(schema));
      parameters.Push(std::move(parameter));
    }
  }

  Json Responses(const Route& route) {
    Json success = Json::Object({{"description", route.answer_kind == AnswerKind::kNothing ? "Done." : "The answer."}});
    Json headers = Json::Object();
    const auto header = [&](std::string_view name, std::string_view description) {
      headers.Set(name, Json::Object({{"description", description}, {"schema", Json::Object({{"type", "string"}})}}));
    };
    if (route.is_page()) header("Link", "With rel=\"next\" when there is another page (RFC 8288).");
    if (route.answer_has_fields) header("ETag", "The version of what is answered.");
    if (route.success_status() == 201) header("Location", "Where the new thing is.");
    if (!headers.members()->empty()) success.Set("headers", std::move(headers));
    switch (route.answer_kind) {
      case AnswerKind::kNothing:
        break;
      case AnswerKind::kValue:
        success.Set("content", Content("application/json", schemas_.Of(*route.answer)));
        break;
      case AnswerKind::kPage:
      case AnswerKind::kList:
        success.Set("content", Content("application/json", ListOf(*route.answer)));
        break;
      case AnswerKind::kRaw:
        success.Set("content", Content(route.info.media_type, Json::Object({{"type", "string"}})));
        break;
    }
    Json responses = Json::Object({{std::to_string(route.success_status()), std::move(success)}});
    if (route.answer_has_fields && route.info.method == "GET") {
      responses.Set("304", Json::Object({{"description", "Not changed since the version in If-None-Match."}}));
    }
    responses.Set("4XX", Reference("responses", "Problem"));
    responses.Set("5XX", Reference("responses", "Problem"));
    return responses;
  }

  Json ListOf(const TypeInfo& item) {
    const std::string name = std::string(item.name) + "List";
    lists_[name] = Json::Object(
        {{"type", "object"},
         {"required", Json::Array({"items"})},
         {"properties", Json::Object({{"items", Json::Object({{"type", "array"}, {"items", schemas_.Of(item)}})}})}});
    return Reference("schemas", name);
  }

  const RouteTable& routes_;
  JsonSchemas schemas_;
  std::map<std::string, Json> lists_;
  std::set<std::string_view> groups_;
  std::set<std::string> shared_;
};

}  // namespace

Json OpenApiDocument(const RouteTable& routes, const OpenApiInfo& info) {
  return Document(routes).Make(info);
}

}  // namespace privity
