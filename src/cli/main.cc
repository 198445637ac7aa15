// The program `privity`: parses the command line, runs one command, answers with its exit code.
#include <unistd.h>

#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <iterator>
#include <thread>

#include "cli/local_commands.h"
#include "cli/render.h"
#include "documents/parquet_helper.h"
#include "server/service.h"
#include "words/problem.h"

namespace privity {
namespace {

constexpr std::size_t kInputBytesMax = 64 << 20;

void Write(std::FILE* out, std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), out);
  std::fflush(out);
}

// LANG=de_DE.UTF-8 speaks German where the catalog does.
std::string Language() {
  for (const char* variable : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(variable);
    if (value != nullptr && *value != '\0') {
      const std::string text(value);
      return Catalog::BuiltIn().Negotiate(text.substr(0, text.find_first_of("_.")));
    }
  }
  return "en";
}

Result<std::string> ReadInput(const std::string& path) {
  if (path != "-") return ReadConfigFile(path, kInputBytesMax);
  std::cin >> std::noskipws;
  return std::string(std::istream_iterator<char>(std::cin), {});
}

Result<ApiTarget> TargetOf(const Invocation& invocation) {
  ApiTarget target{.url = invocation.Value("url"), .ca_file = invocation.Value("ca-file")};
  if (target.url.empty()) {
    PRIVITY_TRY(const LoadedConfiguration loaded, ConfigurationOf(invocation));
    target.socket_path = SocketPath(loaded.configuration.data_directory);
    return target;
  }
  if (invocation.Has("token-file")) {
    PRIVITY_TRY(std::string token, ReadInput(invocation.Value("token-file")));
    token.erase(token.find_last_not_of(" \r\n") + 1);
    target.token = SecretString(std::move(token));
  } else if (const char* token = std::getenv("PRIVITY_TOKEN")) {
    target.token = SecretString(token);
  }
  return target;
}

CommandWorld RealWorld() {
  const Terminal terminal = Terminal::OfStandardOutput();
  return {.connect = [](const Invocation& invocation) -> Result<std::unique_ptr<ApiClient>> {
            PRIVITY_TRY(const ApiTarget target, TargetOf(invocation));
            return ApiClient::Create(target);
          },
          .print = [](std::string_view text) { Write(stdout, text); },
          .complain = [](std::string_view text) { Write(stderr, text); },
          .explain = [](const Error& error) { Write(stderr, TerminalLines(error, Catalog::BuiltIn(), Language())); },
          .read_file = ReadInput,
          .wait = [](std::chrono::milliseconds time) { std::this_thread::sleep_for(time); },
          .is_terminal = terminal.is_terminal,
          .width = terminal.width};
}

int Run(std::vector<std::string> words) {
  if (!words.empty() && words.front() == "--version") words.front() = "version";  // as people ask every program
  const CommandWorld world = RealWorld();
  const RouteTable routes = ConsoleRoutes(nullptr);
  Command root{
      .name = "privity",
      .summary = "Manage customers' data and their privacy",
      .description =
          "Privity finds personal data, maps it, protects it, decides who may use it, answers the people it is about, "
          "and "
          "proves all of it. `privity serve` runs it; every other command asks the server on this data directory, or "
          "the one that --url names."};
  AddLocalCommands(world, routes, root);
  AddRemoteCommands(routes, world, root);

  const auto parsed = ParseCommandLine(root, GlobalOptions(), words);
  if (!parsed.ok()) {
    world.explain(parsed.error());
    return exit_code::kUsage;
  }
  if (parsed->wants_help || !parsed->command->run) {
    world.print(HelpText(root, GlobalOptions(), parsed->path, world.width));
    return parsed->wants_help || parsed->path.empty() ? exit_code::kDone : exit_code::kUsage;
  }
  return parsed->command->run(parsed->invocation);
}

}  // namespace
}  // namespace privity

int main(int argc, char** argv) {
  if (privity::IsParquetHelper(argc, argv)) return privity::RunParquetHelper(argc, argv);
  std::setlocale(LC_CTYPE, "C.UTF-8");
  return privity::Run(std::vector<std::string>(argv + 1, argv + argc));
}
