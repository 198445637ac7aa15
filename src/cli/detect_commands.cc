// `privity detect`: personal data in files of lines, without a server.
#include <fstream>
#include <iostream>

#include "cli/local_commands.h"
#include "detect/detector.h"
#include "detect/streams.h"

namespace privity {
namespace {

using StreamVerb = Result<StreamCounts> (*)(const Detector&, std::istream&, std::ostream&, const WarningSink&);

Result<int> RunStream(const Invocation& invocation, const CommandWorld& world, StreamVerb verb) {
  PRIVITY_TRY(const auto detector, Detector::BuiltIn());
  std::ios::sync_with_stdio(false);
  std::ifstream in_file;
  std::ofstream out_file;
  const std::string in = invocation.Value("in");
  const std::string out = invocation.Value("out");
  if (in != "-") in_file.open(in, std::ios::binary);
  if (in != "-" && !in_file) return Error("detect.input", {{"file", in}});
  if (out != "-") out_file.open(out, std::ios::binary | std::ios::trunc);
  if (out != "-" && !out_file) return Error("detect.output", {{"file", out}});
  const auto warn = [&](const Error& warning) { world.explain(warning); };
  const auto counts = verb(*detector, in == "-" ? std::cin : in_file, out == "-" ? std::cout : out_file, warn);
  if (!counts.ok()) return Error(counts.error()).With("file", out);
  if (out != "-" && !invocation.Has("quiet")) {
    world.complain(std::to_string(counts->lines) + " lines, " + std::to_string(counts->found) + " found, " +
                   std::to_string(counts->left_out) + " left out\n");
  }
  return counts->left_out == 0 ? exit_code::kDone : exit_code::kFound;
}

void AddStreamVerb(const CommandWorld& world, Command& verb, StreamVerb run) {
  verb.options = {
      {.name = "in", .value_name = "FILE", .description = "What to read; - is standard input.", .required = true},
      {.name = "out", .value_name = "FILE", .description = "What to write; - is standard output.", .required = true}};
  verb.run = [&world, run](const Invocation& invocation) {
    const auto result = RunStream(invocation, world, run);
    if (result.ok()) return *result;
    world.explain(result.error());
    return exit_code::kFailed;
  };
}

}  // namespace

void AddDetectCommands(const CommandWorld& world, Command& root) {
  Command& detect = root.Child("detect", "Find personal data");
  Command& fields = detect.Child("fields", "Tell which columns hold personal data, by their names");
  fields.description =
      "Reads tab-separated lines with the header id, system, collection, field, declared_type and writes id, category, "
      "confidence, reason. The category is a Fideslang key, or none.";
  fields.examples = {{"privity detect fields --in columns.tsv --out judged.tsv", "One line for each column"}};
  AddStreamVerb(world, fields, DetectFieldLines);
}

}  // namespace privity
