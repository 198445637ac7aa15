// `privity detectors`: what is looked for, and a company's own files tried before they are installed.
#include <algorithm>
#include <filesystem>

#include "app/application.h"
#include "cli/local_commands.h"
#include "cli/render.h"
#include "detect/detector_trial.h"

namespace privity {
namespace {

constexpr std::size_t kDetectorBytesMax = 1u << 20;

Result<std::vector<PackFile>> FilesAt(const std::vector<std::string>& paths) {
  std::vector<PackFile> files;
  for (const std::string& path : paths) {
    if (std::filesystem::is_directory(path)) {
      PRIVITY_TRY(std::vector<PackFile> more, ReadPackFiles(path));
      std::move(more.begin(), more.end(), std::back_inserter(files));
    } else {
      PRIVITY_TRY(std::string text, ReadConfigFile(path, kDetectorBytesMax));
      files.push_back({.path = path, .text = std::move(text), .installed = true});
    }
  }
  return files;
}

void Print(const CommandWorld& world, const Invocation& invocation, const Json& value, std::string_view when_empty) {
  world.print(invocation.Has("json")
                  ? ToJson(value) + "\n"
                  : Render(value, {.is_terminal = world.is_terminal, .width = world.width}, std::string(when_empty)));
}

Result<int> ListAll(const Invocation& invocation, const CommandWorld& world) {
  PRIVITY_TRY(const auto detector, DetectorOf(invocation));
  Json::Items items;
  for (const auto& file : detector->files()) {
    items.push_back(Json::Object({{"id", file->pack.id},
                                  {"title", file->pack.title},
                                  {"entity", EnumText(file->entity)},
                                  {"category", file->category},
                                  {"country", file->country.value_or("")}}));
  }
  Print(world, invocation, Json::Object({{"items", Json::ArrayOf(std::move(items))}}), "No detectors.");
  return exit_code::kDone;
}

Result<int> ShowOne(const Invocation& invocation, const CommandWorld& world) {
  PRIVITY_TRY(const auto detector, DetectorOf(invocation));
  const std::string id = invocation.Value("id");
  const auto& files = detector->files();
  const auto found = std::find_if(files.begin(), files.end(), [&](const auto& file) { return file->pack.id == id; });
  if (found == files.end()) return Error("detect.detector_unknown", {{"detector", id}});
  Print(world, invocation, ToJsonValue(**found), "");
  return exit_code::kDone;
}

Result<int> TryFiles(const Invocation& invocation, const CommandWorld& world) {
  PRIVITY_TRY(const std::vector<PackFile> files, FilesAt(invocation.Values("path")));
  const std::vector<Error> errors = ValidatePackFiles(DetectorPackKinds(), files);
  for (const Error& error : errors) world.explain(error);
  if (!errors.empty()) return exit_code::kFailed;
  PRIVITY_TRY(const auto detector, DetectorWith(files));
  Json::Items misses;
  for (const PackFile& own : files) {
    PRIVITY_TRY(const Pack pack, ReadPack(DetectorPackKinds(), own.path, own.text));
    for (const auto& file : detector->files()) {
      if (file->pack.id != pack.header.id) continue;
      for (const TrialMiss& miss : TryExamples(*detector, *file)) misses.push_back(ToJsonValue(miss));
    }
  }
  const bool all_well = misses.empty();
  Print(world, invocation, Json::Object({{"items", Json::ArrayOf(std::move(misses))}}),
        "Every example came out as its file says.");
  return all_well ? exit_code::kDone : exit_code::kFound;
}

using Verb = Result<int> (*)(const Invocation&, const CommandWorld&);

void Run(const CommandWorld& world, Command& command, Verb verb) {
  command.run = [&world, verb](const Invocation& invocation) {
    const auto result = verb(invocation, world);
    if (result.ok()) return *result;
    world.explain(result.error());
    return exit_code::kFailed;
  };
}

}  // namespace

Option DetectorsOption() {
  return {.name = "detectors",
          .value_name = "PATH",
          .description = "A file or folder of your own detectors, used beside those in the program.",
          .repeated = true};
}

Result<std::shared_ptr<const Detector>> DetectorOf(const Invocation& invocation) {
  PRIVITY_TRY(std::vector<PackFile> files, FilesAt(invocation.Values("detectors")));
  return DetectorWith(std::move(files));
}

void AddDetectorCommands(const CommandWorld& world, Command& root) {
  Command& detectors = root.Child("detectors", "See what is looked for, and try detectors of your own");
  Command& list = detectors.Child("list", "Every detector: its kind, category and country");
  list.options = {DetectorsOption()};
  list.examples = {{"privity detectors list --json", "All of them, for other programs"}};
  Run(world, list, ListAll);
  Command& show = detectors.Child("show", "One detector whole: patterns, check digits, words, sources, examples");
  show.arguments = {{.name = "id", .description = "As `privity detectors list` names it."}};
  show.options = {DetectorsOption()};
  show.examples = {{"privity detectors show iban", "Where its rule comes from"}};
  Run(world, show, ShowOne);
  Command& test = detectors.Child("test", "Check detector files and try their examples");
  test.description =
      "A wrong file is refused with its line and what to mend. Examples that come out otherwise than their file says "
      "are "
      "listed; the exit code is then 2. A file that passes is put to use with `privity packs`, or by a command's "
      "--detectors.";
  test.arguments = {{.name = "path", .description = "Files or folders of *.yaml.", .repeated = true}};
  test.examples = {{"privity detectors test customer-number.yaml", "Before it is installed"}};
  Run(world, test, TryFiles);
}

}  // namespace privity
