// `privity detect`: personal data in files of lines, without a server.
#include <fstream>
#include <iostream>
#include <sstream>

#include "base/json.h"
#include "cli/local_commands.h"
#include "cli/render.h"
#include "detect/detector.h"
#include "detect/evaluation.h"
#include "detect/streams.h"

namespace privity {
namespace {

using StreamVerb = Result<StreamCounts> (*)(const Detector&, std::istream&, std::ostream&, const WarningSink&);

Result<int> RunStream(const Invocation& invocation, const CommandWorld& world, StreamVerb verb) {
  PRIVITY_TRY(const auto detector, DetectorOf(invocation));
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

Result<int> Evaluate(const Invocation& invocation, const CommandWorld& world) {
  std::ifstream labelled(invocation.Value("labelled"), std::ios::binary);
  if (!labelled) return Error("detect.input", {{"file", invocation.Value("labelled")}});
  std::ifstream found(invocation.Value("found"), std::ios::binary);
  if (!found) return Error("detect.input", {{"file", invocation.Value("found")}});
  PRIVITY_TRY(const Evaluation evaluation, EvaluateSpans(labelled, found));
  const Json value = ToJsonValue(evaluation);
  if (invocation.Has("json")) {
    world.print(ToJson(value) + "\n");
  } else {
    world.print(Render(Json::Object({{"items", value["scores"]}}),
                       {.is_terminal = world.is_terminal, .width = world.width}, ""));
    world.print(std::to_string(evaluation.impersonal_texts_hit) + " of " + std::to_string(evaluation.impersonal_texts) +
                " texts without labels hit\n");
  }
  return exit_code::kDone;
}

void AddEvaluation(const CommandWorld& world, Command& detect) {
  Command& eval = detect.Child("eval", "Compare what was found with what was labelled");
  eval.description =
      "Both files hold JSON lines {\"id\", \"spans\"}, as `privity detect text` writes them. Prints precision, recall, "
      "F1 and "
      "F2 for each entity, for exact and for overlapping spans, and how many texts without labels were hit.";
  eval.options = {{.name = "labelled", .value_name = "FILE", .description = "What is there.", .required = true},
                  {.name = "found", .value_name = "FILE", .description = "What was found.", .required = true}};
  eval.examples = {{"privity detect eval --labelled gold.jsonl --found spans.jsonl", "A line for each entity"}};
  eval.run = [&world](const Invocation& invocation) {
    const auto result = Evaluate(invocation, world);
    if (result.ok()) return *result;
    world.explain(result.error());
    return exit_code::kFailed;
  };
}

// ---- explain ------------------------------------------------------------------------------------------------------

constexpr std::size_t kExplainedBytesMax = 1u << 20;

std::string Spoken(const std::vector<Evidence>& evidence) {
  ColumnJudgement judgement;
  judgement.evidence = evidence;
  return judgement.Reason();
}

Json ExplainedText(const Detector& detector, std::string_view text) {
  Json::Items items;
  for (const ExplainedSpan& explained : detector.Explain(text)) items.push_back(ToJsonValue(explained));
  return Json::Object({{"items", Json::ArrayOf(std::move(items))}});
}

// One line for each find, without the evidence's members.
Json Shown(const Json& explained) {
  Json::Items rows;
  for (const Json& item : *explained["items"].items()) {
    std::vector<Evidence> evidence;
    for (const Json& part : *item["evidence"].items()) {
      const auto read = FromJsonValue<Evidence>(part);
      if (read.ok()) evidence.push_back(*read);
    }
    rows.push_back(Json::Object({{"start", item["span"]["start"]},
                                 {"end", item["span"]["end"]},
                                 {"entity", item["span"]["entity"]},
                                 {"category", item["span"]["category"]},
                                 {"confidence", item["span"]["confidence"]},
                                 {"rule", item["rule"]},
                                 {"reason", Spoken(evidence)}}));
  }
  return Json::Object({{"items", Json::ArrayOf(std::move(rows))}});
}

Result<std::vector<std::string>> ValuesIn(const std::string& path) {
  std::vector<std::string> values;
  if (path.empty()) return values;
  PRIVITY_TRY(const std::string text, ReadConfigFile(path, kExplainedBytesMax));
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) values.push_back(line);
  return values;
}

Result<Json> ExplainedColumn(const Detector& detector, const Invocation& invocation) {
  ColumnContext column{.field = {.system = invocation.Value("system"),
                                 .collection = invocation.Value("collection"),
                                 .field = invocation.Value("field"),
                                 .declared_type = invocation.Value("type"),
                                 .neighbours = invocation.Values("beside")}};
  PRIVITY_TRY(column.values, ValuesIn(invocation.Value("values")));
  return ToJsonValue(detector.Column(column));
}

Result<int> Explain(const Invocation& invocation, const CommandWorld& world) {
  PRIVITY_TRY(const auto detector, DetectorOf(invocation));
  const std::string file = invocation.Value("text");
  if (file.empty() == invocation.Value("field").empty()) return Error("detect.explain_what");
  Json value;
  if (file.empty()) {
    PRIVITY_TRY(value, ExplainedColumn(*detector, invocation));
  } else {
    PRIVITY_TRY(const std::string text, ReadConfigFile(file, kExplainedBytesMax));
    value = ExplainedText(*detector, text);
  }
  const bool json = invocation.Has("json");
  const Json& shown = json || file.empty() ? value : Shown(value);
  world.print(json
                  ? ToJson(value) + "\n"
                  : Render(shown, {.is_terminal = world.is_terminal, .width = world.width}, "Nothing is found in it."));
  return exit_code::kDone;
}

void AddExplain(const CommandWorld& world, Command& detect) {
  Command& explain = detect.Child("explain", "Say why a text or a column is taken for personal data");
  explain.description =
      "Of a text: each find with its rule, the source of the rule, check digits and what chance passes, words near it "
      "and labels. Of a column: its category with every piece of evidence and its weight: the name, the collection, "
      "the other fields, the declared type, and how many distinct values fit. No value is printed.";
  explain.options = {
      {.name = "text", .value_name = "FILE", .description = "A text of up to 1 MiB."},
      {.name = "field", .value_name = "NAME", .description = "A column instead; dots lead into documents."},
      {.name = "collection", .value_name = "NAME", .description = "Where the column stands."},
      {.name = "system", .value_name = "NAME", .description = "And in which system."},
      {.name = "type", .value_name = "TYPE", .description = "Its declared type."},
      {.name = "beside", .value_name = "NAME", .description = "Another field of the collection.", .repeated = true},
      {.name = "values", .value_name = "FILE", .description = "Sampled values, one a line."},
      DetectorsOption()};
  explain.examples = {{"privity detect explain --text note.txt", "What is found in a note, and by which rule"},
                      {"privity detect explain --collection customers --field email_verified --type boolean --json",
                       "Why a column is personal, or is not"}};
  explain.run = [&world](const Invocation& invocation) {
    const auto result = Explain(invocation, world);
    if (result.ok()) return *result;
    world.explain(result.error());
    return exit_code::kFailed;
  };
}

void AddStreamVerb(const CommandWorld& world, Command& verb, StreamVerb run) {
  verb.options = {
      {.name = "in", .value_name = "FILE", .description = "What to read; - is standard input.", .required = true},
      {.name = "out", .value_name = "FILE", .description = "What to write; - is standard output.", .required = true},
      DetectorsOption()};
  verb.run = [&world, run](const Invocation& invocation) {
    const auto result = RunStream(invocation, world, run);
    if (result.ok()) return *result;
    world.explain(result.error());
    return exit_code::kFailed;
  };
}

}  // namespace

void AddDetectCommands(const CommandWorld& world, Command& root) {
  Command& detect = root.Child("detect", "Find personal data in text, documents and names of columns");
  Command& text = detect.Child("text", "Find personal data in lines of text");
  text.description =
      "Reads JSON lines {\"id\", \"text\", \"lang\"} and writes {\"id\", \"spans\"}; offsets count Unicode code "
      "points, "
      "the end is exclusive. A line that cannot be read is named and left out; the exit code is then 2.";
  text.examples = {{"privity detect text --in notes.jsonl --out spans.jsonl", "One line of spans for each text"}};
  AddStreamVerb(world, text, DetectTextLines);
  Command& fields = detect.Child("fields", "Tell which columns hold personal data, by their names");
  fields.description =
      "Reads tab-separated lines with the header id, system, collection, field, declared_type and writes id, category, "
      "confidence, reason. The category is a Fideslang key, or none.";
  fields.examples = {{"privity detect fields --in columns.tsv --out judged.tsv", "One line for each column"}};
  AddStreamVerb(world, fields, DetectFieldLines);
  AddExplain(world, detect);
  AddDetectDocuments(world, detect);
  AddEvaluation(world, detect);
}

}  // namespace privity
