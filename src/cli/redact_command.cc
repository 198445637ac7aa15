// `privity redact`: a file without its personal data, without a server.
#include <fstream>
#include <iostream>

#include "app/application.h"
#include "base/json.h"
#include "cli/local_commands.h"
#include "redact/redact_streams.h"

namespace privity {
namespace {

constexpr std::size_t kKeyFileBytesMax = 4096;

Result<std::optional<Key>> KeyOf(const Invocation& invocation) {
  if (!invocation.Has("key-file")) return std::optional<Key>();
  PRIVITY_TRY(std::string text, ReadConfigFile(invocation.Value("key-file"), kKeyFileBytesMax));
  while (text.ends_with('\n') || text.ends_with('\r') || text.ends_with(' ')) text.pop_back();
  const auto bytes = HexDecode(text);
  if (!bytes.ok() || bytes->size() != Key::kBytes) {
    return Error("redact.key_file", {{"file", invocation.Value("key-file")}});
  }
  PRIVITY_TRY(Key key, Key::FromBytes(*bytes));
  return std::optional<Key>(std::move(key));
}

Result<Redactor> RedactorOf(const Invocation& invocation) {
  RedactionOptions options;
  PRIVITY_TRY(options.manner, ParseEnum<RedactionManner>(invocation.Value("manner")));
  for (const std::string& kind : invocation.Values("only")) {
    const auto entity = ParseEnum<Entity>(kind);
    if (!entity.ok()) return Error("redact.kind_unknown", {{"kind", kind}});
    options.only.push_back(*entity);
  }
  PRIVITY_TRY(auto key, KeyOf(invocation));
  PRIVITY_TRY(auto detector, DetectorOf(invocation));
  return Redactor::Create(std::move(detector), std::move(options), std::move(key));
}

Result<int> Redact(const Invocation& invocation, const CommandWorld& world) {
  PRIVITY_TRY(const RedactionInput input, ParseEnum<RedactionInput>(invocation.Value("as")));
  PRIVITY_TRY(const Redactor redactor, RedactorOf(invocation));
  std::ios::sync_with_stdio(false);
  const std::string in = invocation.Value("in");
  const std::string out = invocation.Value("out");
  std::ifstream in_file;
  std::ofstream out_file;
  if (in != "-") in_file.open(in, std::ios::binary);
  if (in != "-" && !in_file) return Error("detect.input", {{"file", in}});
  if (out != "-") out_file.open(out, std::ios::binary | std::ios::trunc);
  if (out != "-" && !out_file) return Error("detect.output", {{"file", out}});
  const auto warn = [&](const Error& warning) { world.explain(warning); };
  const auto counts = RedactStream(redactor, input, in == "-" ? std::cin : in_file,
                                   out == "-" ? static_cast<std::ostream&>(std::cout) : out_file, warn);
  if (!counts.ok()) return Error(counts.error()).With("file", out);
  if (out != "-") {
    world.print(invocation.Has("json") ? ToJson(*counts) + "\n"
                                       : std::to_string(counts->replaced) + " replaced, " +
                                             std::to_string(counts->left_out) + " records left out\n");
  }
  return counts->left_out == 0 ? exit_code::kDone : exit_code::kFound;
}

}  // namespace

void AddRedactCommand(const CommandWorld& world, Command& root) {
  Command& redact = root.Child("redact", "Write a file without its personal data");
  redact.description =
      "Finds personal data in text, CSV or JSON Lines and writes the rest. `label` writes [email], `mask` covers "
      "letters "
      "and digits, `pseudonym` writes the same email-4f0a91c27d for the same value, `format` keeps letters letters and "
      "digits digits. The last two need a key: 64 hexadecimal digits in a file; whoever has it can try values.\n\n"
      "What is not found stays. A record that cannot be read is named and not written; the exit code is then 2.";
  redact.options = {
      {.name = "in", .value_name = "FILE", .description = "What to read; - is standard input.", .required = true},
      {.name = "out", .value_name = "FILE", .description = "What to write; - is standard output.", .required = true},
      {.name = "as",
       .value_name = "FORM",
       .description = "What the file holds.",
       .choices = {"text", "csv", "jsonl"},
       .required = true},
      {.name = "manner",
       .value_name = "MANNER",
       .description = "What stands in the place of a value.",
       .choices = {"label", "mask", "pseudonym", "format"},
       .required = true},
      {.name = "key-file", .value_name = "FILE", .description = "The key of pseudonyms, 64 hexadecimal digits."},
      {.name = "only",
       .value_name = "KIND",
       .description = "Replace only this kind, such as email or person.",
       .repeated = true},
      DetectorsOption()};
  redact.examples = {
      {"privity redact --in mail.txt --out clean.txt --as text --manner label", "Every find as [kind]"},
      {"privity redact --in customers.csv --out clean.csv --as csv --manner pseudonym --key-file redact.key",
       "Equal values stay equal"}};
  redact.run = [&world](const Invocation& invocation) {
    const auto result = Redact(invocation, world);
    if (result.ok()) return *result;
    world.explain(result.error());
    return exit_code::kFailed;
  };
}

}  // namespace privity
