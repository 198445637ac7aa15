// The command line's verbs for the API, made from the route table: each route is a command, its path parameters are
// arguments, its query and body members are options. A secret member is read from a file, never from the command line,
// which others can see.
#pragma once

#include <chrono>
#include <functional>
#include <memory>

#include "cli/api_client.h"
#include "cli/command.h"
#include "server/route_table.h"

namespace privity {

// Where a command's words go, and whom it asks: replaced by tests.
struct CommandWorld {
  std::function<Result<std::unique_ptr<ApiClient>>(const Invocation&)> connect;
  std::function<void(std::string_view)> print;     // standard output
  std::function<void(std::string_view)> complain;  // standard error
  std::function<void(const Error&)> explain;       // an error of our own, in words, to standard error
  std::function<Result<std::string>(const std::string& path)> read_file;  // "-": standard input
  std::function<void(std::chrono::milliseconds)> wait;                    // until something is asked again
  bool is_terminal = false;
  int width = 100;
};

// Adds a command for every route that has one. `routes` and `world` outlive the tree.
void AddRemoteCommands(const RouteTable& routes, const CommandWorld& world, Command& root);

// The request that an invocation of the route's command means. Errors: cli.value_invalid{option, expected},
// cli.option_missing{option}, and those of `read_file`.
Result<ApiRequest> RequestOf(const Route& route, const Invocation& invocation, const CommandWorld& world);

// Sends it, follows pages with --all, prints the answer or the problem. The exit code.
int RunRemote(const Route& route, const Invocation& invocation, const CommandWorld& world);

// Three lines for a problem that a server answered, and the exit code that belongs to its status.
std::string ProblemText(const Json& problem, int status);
int ExitCodeOf(int status);
// Says what a server refused, or what kept it from being asked. The exit code.
int Refused(const ApiAnswer& answer, const Invocation& invocation, const CommandWorld& world);
int Failed(const Error& error, const CommandWorld& world);

}  // namespace privity
