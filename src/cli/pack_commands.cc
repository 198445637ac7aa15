// Packs without a server: check files, compare them, and see what a bundle holds before it is trusted.
#include <filesystem>

#include "app/application.h"
#include "cli/local_commands.h"
#include "cli/render.h"
#include "packs/bundle.h"

namespace privity {
namespace {

constexpr std::size_t kPackBytesMax = 4u << 20;
constexpr std::size_t kKeyFileBytesMax = 4096;

int Explained(const CommandWorld& world, const Result<int>& result) {
  if (result.ok()) return *result;
  world.explain(result.error());
  return exit_code::kFailed;
}

void PrintItems(const CommandWorld& world, const Invocation& invocation, Json items, std::string_view when_empty) {
  const Json value = Json::Object({{"items", std::move(items)}});
  world.print(invocation.Has("json")
                  ? ToJson(value) + "\n"
                  : Render(value, {.is_terminal = world.is_terminal, .width = world.width}, std::string(when_empty)));
}

Result<std::vector<PackFile>> FilesAt(const std::string& path) {
  if (std::filesystem::is_directory(path)) return ReadPackFiles(path);
  PRIVITY_TRY(std::string text, ReadConfigFile(path, kPackBytesMax));
  return std::vector<PackFile>{{.path = path, .text = std::move(text), .installed = true}};
}

// What `validate` was asked about: the files and folders named, else what is installed.
Result<std::vector<PackFile>> FilesOf(const Invocation& invocation) {
  if (!invocation.Has("path")) {
    PRIVITY_TRY(const LoadedConfiguration loaded, ConfigurationOf(invocation));
    return ReadPackFiles(InstalledPacksDirectory(loaded.configuration.data_directory));
  }
  std::vector<PackFile> files;
  for (const std::string& path : invocation.Values("path")) {
    PRIVITY_TRY(std::vector<PackFile> more, FilesAt(path));
    std::move(more.begin(), more.end(), std::back_inserter(files));
  }
  return files;
}

// Every finding is told, not only the first. As at a start, the packs must also fit those built in.
Result<int> CheckPacks(const CommandWorld& world, std::vector<PackFile> files) {
  const std::vector<Error> errors = ValidatePackFiles(PackKinds(), files);
  for (const Error& error : errors) world.explain(error);
  if (!errors.empty()) return exit_code::kFailed;
  std::vector<PackFile> all = BuiltInPackFiles();
  std::move(files.begin(), files.end(), std::back_inserter(all));
  PRIVITY_TRY_VOID(PackCatalog::Load(PackKinds(), all));
  return exit_code::kDone;
}

Json PathsOf(const std::vector<PackFile>& files) {
  Json::Items items;
  for (const PackFile& file : files) items.push_back(Json::Object({{"file", file.path}}));
  return Json::ArrayOf(std::move(items));
}

Result<int> Validate(const Invocation& invocation, const CommandWorld& world) {
  PRIVITY_TRY(const std::vector<PackFile> files, FilesOf(invocation));
  PRIVITY_TRY(const int code, CheckPacks(world, files));
  if (code == exit_code::kDone) PrintItems(world, invocation, PathsOf(files), "No packs there.");
  return code;
}

Result<int> Diff(const Invocation& invocation, const CommandWorld& world) {
  std::vector<Pack> packs;
  for (const char* side : {"before", "after"}) {
    const std::string path = invocation.Value(side);
    PRIVITY_TRY(const std::string text, ReadConfigFile(path, kPackBytesMax));
    PRIVITY_TRY(packs.emplace_back(), ReadPack(PackKinds(), path, text));
  }
  if (packs[0].type != packs[1].type) {
    return Error("packs.kinds_differ", {{"before", packs[0].header.kind}, {"after", packs[1].header.kind}});
  }
  const std::vector<PackDifference> differences = DiffPacks(packs[0], packs[1]);
  PrintItems(world, invocation, ToJsonValue(differences), "They say the same.");
  return differences.empty() ? exit_code::kDone : exit_code::kFound;
}

// The key as text, or a file that holds it.
Result<VerifyKey> KeyOf(const std::string& option) {
  std::string text = option;
  if (std::filesystem::exists(option)) {
    PRIVITY_TRY(text, ReadConfigFile(option, kKeyFileBytesMax));
    text.erase(text.find_last_not_of(" \r\n") + 1);
  }
  PRIVITY_TRY(const Bytes bytes, Base64Decode(text));
  return VerifyKey::FromBytes(bytes);
}

Result<int> Verify(const Invocation& invocation, const CommandWorld& world) {
  PRIVITY_TRY(const VerifyKey key, KeyOf(invocation.Value("key")));
  PRIVITY_TRY(const std::string bytes, world.read_file(invocation.Value("bundle")));
  PRIVITY_TRY(const PackBundle bundle, OpenPackBundle(bytes, std::span(&key, 1)));
  PRIVITY_TRY(const int code, CheckPacks(world, bundle.files));
  if (code == exit_code::kDone) PrintItems(world, invocation, PathsOf(bundle.files), "The bundle is empty.");
  return code;
}

}  // namespace

void AddPackCommands(const CommandWorld& world, Command& root) {
  Command& packs = root.Child("packs", "The law as data: cited, versioned files");
  Command& validate = packs.Child("validate", "Check pack files and say where they are wrong");
  validate.arguments = {{.name = "path",
                         .description = "Files and folders; without one, what is installed in the data directory.",
                         .required = false,
                         .repeated = true}};
  validate.examples = {{"privity packs validate de.yaml", "Before it is installed"}};
  validate.run = [&world](const Invocation& i) { return Explained(world, Validate(i, world)); };

  Command& diff = packs.Child("diff", "What changes from one pack file to another");
  diff.description = "Exit code 2 when they differ.";
  diff.arguments = {{.name = "before", .description = "A pack file."},
                    {.name = "after", .description = "Another one."}};
  diff.examples = {{"privity packs diff de-2026.1.yaml de-2026.2.yaml", "What an update brings"}};
  diff.run = [&world](const Invocation& i) { return Explained(world, Diff(i, world)); };

  Command& verify = packs.Child("verify", "Check who signed a pack bundle, and every pack in it");
  verify.arguments = {{.name = "bundle", .description = "The bundle's file; - is standard input."}};
  verify.options = {{.name = "key",
                     .value_name = "KEY",
                     .description = "The publisher's key from elsewhere, base64, or a file that holds it.",
                     .required = true}};
  verify.examples = {{"privity packs verify autumn.packs --key publisher.key", "Before its packs are installed"}};
  verify.run = [&world](const Invocation& i) { return Explained(world, Verify(i, world)); };
}

}  // namespace privity
