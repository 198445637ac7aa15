// `privity gate`: schemas and log statements against what is declared, without a server.
#include "cli/gate_command.h"

#include "app/application.h"
#include "base/json.h"
#include "cli/local_commands.h"
#include "gate/gate_report.h"

namespace privity {
namespace {

Result<int> RunGateCommand(const Invocation& invocation, const CommandWorld& world) {
  PRIVITY_TRY(const auto detector, DetectorOf(invocation));
  PRIVITY_TRY(const GateReport report,
              RunGate(invocation.Values("path"), {.declarations = invocation.Values("fides")}, *detector));
  if (invocation.Has("sarif")) {
    world.print(ToJson(GateSarif(report, Catalog::BuiltIn(), "en", kProgramVersion)) + "\n");
  } else if (invocation.Has("json")) {
    world.print(ToJson(GateJson(report)) + "\n");
  } else {
    world.print(GateText(report, Catalog::BuiltIn(), "en"));
  }
  for (const Error& error : report.unread) world.explain(error);
  if (!report.unread.empty()) return exit_code::kFound;
  return report.findings.empty() ? exit_code::kDone : exit_code::kFailed;
}

}  // namespace

void AddGateCommand(const CommandWorld& world, Command& root) {
  Command& gate =
      root.Child("gate", "Fail a build when a schema adds personal data without a purpose, or a log writes it");
  gate.description =
      "Reads SQL migrations, Prisma schemas, Django models and migrations, Rails schemas and migrations, JSON Schema, "
      "OpenAPI and Protobuf files, log statements of programs (Python, JavaScript, TypeScript, Java, Kotlin, Go, C#, "
      "Ruby, PHP, Rust, C, C++), and Fideslang YAML (datasets and systems). Prints file, line and column of every "
      "field "
      "that looks personal and is not declared with a category and a use, of every personal value that goes to a log "
      "and is in no dataset of logs, and of every credential that does. `privity:ignore REASON` in a comment on the "
      "line, or on the line above it, ignores one.\n\n"
      "The exit code is 0 when there is nothing, 1 when there are findings, and 2 when something could not be read.";
  gate.arguments = {{.name = "path", .description = "A schema or a program, or a folder of them.", .repeated = true}};
  gate.options = {{.name = "fides",
                   .value_name = "PATH",
                   .description = "Fideslang YAML, a file or a folder, besides what stands under the paths.",
                   .repeated = true},
                  {.name = "sarif", .description = "Print SARIF 2.1.0."},
                  DetectorsOption()};
  gate.examples = {
      {"privity gate .", "Everything in this tree"},
      {"privity gate db/migrations --fides .fides --sarif > gate.sarif", "For a tool that shows findings"}};
  gate.run = [&world](const Invocation& invocation) {
    const auto result = RunGateCommand(invocation, world);
    if (result.ok()) return *result;
    world.explain(result.error());
    return exit_code::kFound;
  };
}

}  // namespace privity
