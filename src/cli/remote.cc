#include "cli/remote.h"

#include <fcntl.h>

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "base/durable_file.h"
#include "base/id.h"
#include "cli/render.h"
#include "http/query.h"
#include "words/terminal_text.h"

namespace privity {
namespace {

std::string WithDashes(std::string_view name) {
  std::string out(name);
  std::replace(out.begin(), out.end(), '_', '-');
  return out;
}

const TypeInfo& Inner(const TypeInfo& type) {
  return type.kind == TypeKind::kOptional ? *type.element : type;
}

bool MayBeMissing(const FieldInfo& field) {
  return field.type->kind == TypeKind::kOptional || (field.note != nullptr && field.note->defaulted);
}

bool IsReadOnly(const FieldInfo& field) {
  return field.note != nullptr && field.note->read_only;
}

std::string ValueName(const TypeInfo& type) {
  switch (Inner(type).kind) {
    case TypeKind::kInt:
    case TypeKind::kDouble:
      return "N";
    case TypeKind::kBool:
      return "yes|no";
    case TypeKind::kInstant:
      return "TIME";
    case TypeKind::kSecret:
      return "FILE";
    case TypeKind::kVector:
      return ValueName(*Inner(type).element);
    case TypeKind::kStruct:
    case TypeKind::kMap:
    case TypeKind::kJson:
      return "JSON";
    case TypeKind::kEnum:
      return "WORD";
    case TypeKind::kString:
    case TypeKind::kBytes:
    case TypeKind::kText:
    case TypeKind::kOptional:
      return "TEXT";
  }
  return "TEXT";
}

std::vector<std::string> ChoicesOf(const TypeInfo& type) {
  const TypeInfo& inner = Inner(type);
  if (inner.kind == TypeKind::kVector) return ChoicesOf(*inner.element);
  if (inner.kind == TypeKind::kBool) return {"yes", "no"};
  std::vector<std::string> choices;
  if (inner.kind == TypeKind::kEnum) {
    for (const auto& enumerator : inner.enumerators()) choices.push_back(enumerator.text);
  }
  return choices;
}

// `--url` says of every command which server it asks.
std::string OptionName(const FieldInfo& field) {
  if (field.name == "url") return "to-url";
  return WithDashes(field.name) + (Inner(*field.type).kind == TypeKind::kSecret ? "-file" : "");
}

// `required` is not asked of the parser: the whole body may come from a file instead.
Option OptionOf(const FieldInfo& field) {
  Option option{.name = OptionName(field), .value_name = ValueName(*field.type)};
  if (field.note != nullptr) option.description = field.note->description;
  option.choices = ChoicesOf(*field.type);
  option.repeated = Inner(*field.type).kind == TypeKind::kVector;
  if (!MayBeMissing(field)) option.description += (option.description.empty() ? "" : " ") + std::string("Needed.");
  return option;
}

std::vector<std::string> Split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t end = text.find(separator);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::vector<std::string> CommandPath(const Route& route) {
  if (!route.info.command.empty()) return Split(route.info.command, ' ');
  std::vector<std::string> path = Split(route.info.id, '.');
  for (auto& word : path) word = WithDashes(word);
  return path;
}

std::vector<std::string> PathParameters(const Route& route) {
  std::vector<std::string> names;
  for (const auto& segment : Split(route.info.path, '/')) {
    if (segment.starts_with('{')) names.push_back(segment.substr(1, segment.size() - 2));
  }
  return names;
}

Error ValueInvalid(std::string_view option, std::string_view expected) {
  return Error("cli.value_invalid", {{"option", "--" + std::string(option)}, {"expected", std::string(expected)}});
}

// The text of one option as the JSON that its type takes. What the type itself refuses, the server says better.
Result<Json> JsonOf(const TypeInfo& type, const std::string& text, std::string_view option) {
  switch (type.kind) {
    case TypeKind::kBool:
      return Json(text == "yes");
    case TypeKind::kInt: {
      std::int64_t number = 0;
      const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
      if (problem != std::errc() || end != text.data() + text.size()) return ValueInvalid(option, "a whole number");
      return Json(number);
    }
    case TypeKind::kDouble:
    case TypeKind::kStruct:
    case TypeKind::kMap:
    case TypeKind::kJson: {
      auto json = ParseJson(text);
      if (!json.ok()) return ValueInvalid(option, type.kind == TypeKind::kDouble ? "a number" : "JSON");
      return json;
    }
    case TypeKind::kString:
    case TypeKind::kInstant:
    case TypeKind::kBytes:
    case TypeKind::kText:
    case TypeKind::kSecret:
    case TypeKind::kEnum:
    case TypeKind::kOptional:
    case TypeKind::kVector:
      break;
  }
  return Json(text);
}

Result<Json> FieldJson(const FieldInfo& field, const Invocation& invocation, const CommandWorld& world) {
  const std::string option = OptionName(field);
  const TypeInfo& type = Inner(*field.type);
  if (type.kind == TypeKind::kSecret) {
    PRIVITY_TRY(std::string secret, world.read_file(invocation.Value(option)));
    // Editors end a file with a new line that is not part of the secret.
    if (secret.ends_with('\n')) secret.pop_back();
    return Json(std::move(secret));
  }
  if (type.kind != TypeKind::kVector) return JsonOf(type, invocation.Value(option), option);
  Json list = Json::Array();
  for (const auto& value : invocation.Values(option)) {
    PRIVITY_TRY(Json item, JsonOf(*type.element, value, option));
    list.Push(std::move(item));
  }
  return list;
}

Result<Json> BodyOf(const Route& route, const Invocation& invocation, const CommandWorld& world) {
  Json body = Json::Object();
  if (invocation.Has("body-file")) {
    PRIVITY_TRY(const std::string text, world.read_file(invocation.Value("body-file")));
    auto parsed = ParseJson(text);
    if (!parsed.ok() || parsed->members() == nullptr) return ValueInvalid("body-file", "a file with a JSON object");
    body = *std::move(parsed);
  }
  for (const auto& field : route.body->structure().fields()) {
    if (IsReadOnly(field)) continue;
    if (invocation.Has(OptionName(field))) {
      PRIVITY_TRY(Json value, FieldJson(field, invocation, world));
      body.Set(field.name, std::move(value));
    } else if (!MayBeMissing(field) && !body.Has(field.name)) {
      return Error("cli.option_missing", {{"option", "--" + OptionName(field)}});
    }
  }
  return body;
}

Result<std::string> PathOf(const Route& route, const Invocation& invocation) {
  std::string path;
  for (const auto& segment : Split(route.info.path.substr(1), '/')) {
    path += '/';
    path += segment.starts_with('{') ? PercentEncode(invocation.Value(segment.substr(1, segment.size() - 2))) : segment;
  }
  std::string query;
  if (route.query != nullptr) {
    for (const auto& field : route.query->structure().fields()) {
      for (auto value : invocation.Values(OptionName(field))) {
        if (Inner(*field.type).kind == TypeKind::kBool) value = value == "yes" ? "true" : "false";
        query += (query.empty() ? "?" : "&") + std::string(field.name) + "=" + PercentEncode(value);
      }
    }
  }
  return path + query;
}

bool Changes(const Route& route) {
  return route.info.method == "PUT" || route.info.method == "PATCH" || route.info.method == "DELETE";
}

Command CommandOf(const Route& route, const CommandWorld& world) {
  Command command{.name = CommandPath(route).back(), .summary = std::string(route.info.summary)};
  command.description = route.info.description;
  for (const auto& name : PathParameters(route)) command.arguments.push_back({.name = name});
  if (route.query != nullptr) {
    for (const auto& field : route.query->structure().fields()) command.options.push_back(OptionOf(field));
  }
  if (route.is_page()) command.options.push_back({.name = "all", .description = "Every page, not only the first."});
  if (route.body != nullptr) {
    for (const auto& field : route.body->structure().fields()) {
      if (!IsReadOnly(field)) command.options.push_back(OptionOf(field));
    }
    command.options.push_back(
        {.name = "body-file",
         .value_name = "FILE",
         .description = "The whole request as a JSON object; - is standard input. Options override its members."});
  }
  if (route.takes_upload) {
    command.options.push_back(
        {.name = "file", .value_name = "FILE", .description = "What to send, with its name.", .required = true});
  }
  if (Changes(route)) {
    command.options.push_back(
        {.name = "if-version",
         .value_name = "N",
         .description = "Only if the thing still has this version; without it, whatever its version."});
  }
  if (route.answer_kind == AnswerKind::kRaw) {
    command.options.push_back({.name = "output",
                               .value_name = "FILE",
                               .description = "Where to write the answer; standard output without it."});
  }
  command.run = [&route, &world](const Invocation& invocation) { return RunRemote(route, invocation, world); };
  return command;
}

// What a group of commands offers, where nothing better is said: their names.
void DescribeGroup(Command& group) {
  if (!group.summary.empty()) return;
  for (Command& child : group.children) {
    DescribeGroup(child);
    group.summary += (group.summary.empty() ? "" : ", ") + child.name;
  }
}

// A file under its final name only when all of it has arrived.
class Download {
 public:
  explicit Download(std::filesystem::path path) : path_(std::move(path)), part_(path_.string() + ".part") {}

  Status Write(std::string_view piece) {
    if (!file_.is_open()) {
      PRIVITY_TRY(file_, OpenFile(part_, O_WRONLY | O_CREAT | O_TRUNC));
    }
    PRIVITY_TRY_VOID(WriteAt(file_, part_, offset_, AsBytes(piece)));
    offset_ += piece.size();
    return Ok();
  }
  Status Keep() {
    if (!file_.is_open()) PRIVITY_TRY_VOID(Write(""));
    PRIVITY_TRY_VOID(SyncFile(file_, part_));
    std::error_code failure;
    std::filesystem::rename(part_, path_, failure);
    return failure ? Status(FileError(path_, "rename")) : Ok();
  }
  // What arrived was the words of a refusal.
  std::string TakeRefusal() {
    const auto text = ReadFile(part_, kRefusalBytesMax);
    std::error_code ignored;
    std::filesystem::remove(part_, ignored);
    return text.ok() ? std::string(AsText(*text)) : std::string();
  }

 private:
  static constexpr std::size_t kRefusalBytesMax = 1 << 20;
  const std::filesystem::path path_, part_;
  FileHandle file_;
  std::uint64_t offset_ = 0;
};

int RunDownload(ApiClient& client, ApiRequest request, const Invocation& invocation, const CommandWorld& world) {
  Download download(invocation.Value("output"));
  request.on_body = [&](std::string_view piece) { return download.Write(piece); };
  auto answer = client.Send(request);
  if (!answer.ok()) {
    (void)download.TakeRefusal();
    return Failed(answer.error(), world);
  }
  if (!answer->ok()) {
    answer->text = download.TakeRefusal();
    if (auto problem = ParseJson(answer->text); problem.ok()) answer->body = *std::move(problem);
    return Refused(*answer, invocation, world);
  }
  const Status kept = download.Keep();
  return kept.ok() ? exit_code::kDone : Failed(kept.error(), world);
}

void Show(const Route& route, const ApiAnswer& answer, const Invocation& invocation, const CommandWorld& world) {
  if (invocation.Has("json") || route.answer_kind == AnswerKind::kRaw) {
    world.print(answer.text);
    if (!answer.text.ends_with('\n') && !answer.text.empty()) world.print("\n");
    return;
  }
  world.print(Render(Spelled(answer.body), {.is_terminal = world.is_terminal, .width = world.width}, "Nothing found."));
  if (!answer.next_path.empty() && world.is_terminal) world.complain("There is more: --all shows every page.\n");
}

// A check lists what does not fit as `findings`: with any, a script that called it must not go on.
bool HasFindings(const Json& answer) {
  const Json::Items* const findings = answer["findings"].items();
  return findings != nullptr && !findings->empty();
}

}  // namespace

int Refused(const ApiAnswer& answer, const Invocation& invocation, const CommandWorld& world) {
  world.complain(invocation.Has("json") ? answer.text + "\n" : ProblemText(answer.body, answer.status));
  return ExitCodeOf(answer.status);
}

int Failed(const Error& error, const CommandWorld& world) {
  world.explain(error);
  return error.Is("cli.server_unreachable") ? exit_code::kUnavailable : exit_code::kUsage;
}

Result<ApiRequest> RequestOf(const Route& route, const Invocation& invocation, const CommandWorld& world) {
  ApiRequest request{.method = std::string(route.info.method), .path = {}};
  PRIVITY_TRY(request.path, PathOf(route, invocation));
  if (route.body != nullptr) {
    PRIVITY_TRY(request.body, BodyOf(route, invocation, world));
  }
  if (route.takes_upload) request.body_file = invocation.Value("file");
  if (route.keeps_idempotency_keys()) request.idempotency_key = Uuid::NewV4().ToString();
  if (Changes(route)) {
    request.if_match = invocation.Has("if-version") ? "\"v" + invocation.Value("if-version") + "\"" : "*";
  }
  return request;
}

std::string ProblemText(const Json& problem, int status) {
  const std::string what =
      problem["detail"].StringOr(problem["title"].StringOr("The server answered " + std::to_string(status) + "."));
  std::string text = Harmless(what) + "\n";
  for (const char* member : {"why", "mend"}) {
    if (const auto* line = problem[member].string()) text += "  " + Harmless(*line) + "\n";
  }
  return text;
}

int ExitCodeOf(int status) {
  if (status == 401 || status == 403) return exit_code::kForbidden;
  if (status == 502 || status == 503 || status == 504) return exit_code::kUnavailable;
  return exit_code::kFailed;
}

int RunRemote(const Route& route, const Invocation& invocation, const CommandWorld& world) {
  auto request = RequestOf(route, invocation, world);
  if (!request.ok()) return Failed(request.error(), world);
  auto client = world.connect(invocation);
  if (!client.ok()) return Failed(client.error(), world);

  if (invocation.Has("output")) return RunDownload(**client, *std::move(request), invocation, world);
  auto answer = (*client)->Send(*request);
  if (!answer.ok()) return Failed(answer.error(), world);
  if (!answer->ok()) return Refused(*answer, invocation, world);
  while (invocation.Has("all") && !answer->next_path.empty()) {
    auto next = (*client)->Send({.path = answer->next_path});
    if (!next.ok()) return Failed(next.error(), world);
    if (!next->ok()) return Refused(*next, invocation, world);
    for (const Json& item : *next->body["items"].items()) answer->body.members()->front().value.Push(item);
    answer->next_path = next->next_path;
    answer->text = ToJson(answer->body);
  }
  if (!invocation.Has("quiet")) Show(route, *answer, invocation, world);
  return HasFindings(answer->body) ? exit_code::kFound : exit_code::kDone;
}

void AddRemoteCommands(const RouteTable& routes, const CommandWorld& world, Command& root) {
  for (const auto& route : routes.routes()) {
    if (route->info.command == "-") continue;
    const std::vector<std::string> path = CommandPath(*route);
    Command* at = &root;
    for (std::size_t i = 0; i + 1 < path.size(); ++i) at = &at->Child(path[i]);
    Command command = CommandOf(*route, world);
    Command& place = at->Child(path.back());
    command.children = std::move(place.children);
    place = std::move(command);
  }
  for (Command& group : root.children) DescribeGroup(group);
}

}  // namespace privity
