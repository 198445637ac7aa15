#include "cli/code_commands.h"

#include "base/id.h"
#include "cli/render.h"

namespace privity {
namespace {

constexpr std::size_t kFileBytesMax = 4 << 20;

// Sends the file; the answer, or the exit code of what was said instead.
struct Answered {
  std::optional<Json> plan;
  int code = exit_code::kDone;
};

Answered Send(const Invocation& invocation, const CommandWorld& world, const std::string& path) {
  const std::string name = invocation.Value("file");
  const auto content = world.read_file(name);
  if (!content.ok()) return {{}, Failed(content.error(), world)};
  if (content->size() > kFileBytesMax) {
    return {{}, Failed(Error("cli.value_invalid", {{"option", "FILE"}, {"expected", "a file of up to 4 MiB"}}), world)};
  }
  const auto client = world.connect(invocation);
  if (!client.ok()) return {{}, Failed(client.error(), world)};
  const auto answer =
      (*client)->Send({.method = "POST",
                       .path = path,
                       .body = Json::Object({{"content", *content}, {"name", name.substr(name.rfind('/') + 1)}}),
                       .idempotency_key = Uuid::NewV4().ToString()});
  if (!answer.ok()) return {{}, Failed(answer.error(), world)};
  if (!answer->ok()) return {{}, Refused(*answer, invocation, world)};
  return {answer->body};
}

std::size_t CountOf(const Json& plan, const char* member) {
  const auto* items = plan[member].items();
  return items == nullptr ? 0 : items->size();
}

// Problems go to standard error with their lines: they are passed over, and somebody has to know.
void Print(const Invocation& invocation, const CommandWorld& world, const Json& plan, const char* when_empty) {
  if (invocation.Has("json")) return world.print(ToJson(plan) + "\n");
  if (const auto* problems = plan["problems"].items()) {
    for (const Json& problem : *problems) {
      world.complain(invocation.Value("file") + ":" + std::to_string(problem["line"].IntegerOr(0)) + ": " +
                     problem["kind"].StringOr("") + ": " + problem["place"].StringOr("") + "\n");
    }
  }
  if (invocation.Has("quiet")) return;
  world.print(Render(plan["changes"], {.is_terminal = world.is_terminal, .width = world.width}, when_empty));
}

int RunPlan(const Invocation& invocation, const CommandWorld& world) {
  const Answered answered = Send(invocation, world, "/v1/map/plan");
  if (!answered.plan) return answered.code;
  Print(invocation, world, *answered.plan, "The register says what the file says.");
  return CountOf(*answered.plan, "changes") > 0 ? exit_code::kFound : exit_code::kDone;
}

int RunApply(const Invocation& invocation, const CommandWorld& world) {
  const Answered answered = Send(invocation, world, "/v1/map/apply");
  if (!answered.plan) return answered.code;
  Print(invocation, world, *answered.plan, "Nothing to change.");
  return exit_code::kDone;
}

}  // namespace

void AddCodeCommands(const CommandWorld& world, Command& root) {
  const std::vector<Argument> file = {{.name = "file",
                                       .description = "YAML as `privity export` writes it; - for "
                                                      "standard input."}};
  Command& plan = root.Child("plan", "What a file would change in the register");
  plan.description =
      "Compares a file with the register, prints a row for each difference and changes nothing. What the register "
      "cannot take (a table that no scan has seen, a category that is none) is named with its line. The exit code is 2 "
      "when there are changes, 0 when there are none.";
  plan.arguments = file;
  plan.examples = {{"privity plan map.yaml", "Before a merge, in continuous integration"}};
  plan.run = [&world](const Invocation& invocation) { return RunPlan(invocation, world); };

  Command& apply = root.Child("apply", "Make the register say what a file says");
  apply.description =
      "Makes the changes that `privity plan` lists, all of them or none. What the file leaves out stays as it is.";
  apply.arguments = file;
  apply.examples = {{"privity apply map.yaml", "After the merge"}};
  apply.run = [&world](const Invocation& invocation) { return RunApply(invocation, world); };
}

}  // namespace privity
