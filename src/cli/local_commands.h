// Verbs that need no server: they start one, look at files, or verify evidence offline.
#pragma once

#include "app/configuration.h"
#include "cli/command.h"
#include "cli/remote.h"
#include "detect/detector.h"

namespace privity {

// Options that every command takes.
std::vector<Option> GlobalOptions();

// The configuration that this invocation means: file, environment, --data and --set.
Result<LoadedConfiguration> ConfigurationOf(const Invocation& invocation);
// The setting stores.duckdb_library; "" where none of it can be read, for a command that needs no server wants no
// configuration either.
std::string DuckDbLibraryOf(const Invocation& invocation);

// serve, work, restore, migrate, config, detect, packs, demo, openapi, completion, man, version, help; offline parts of
// ledger and backup. `world`, `root` and `routes` outlive the tree.
void AddLocalCommands(const CommandWorld& world, const RouteTable& routes, Command& root);

// `privity detect`: lines of text and names of columns.
void AddDetectCommands(const CommandWorld& world, Command& root);
// `privity detect documents`.
void AddDetectDocuments(const CommandWorld& world, Command& detect);
void AddRedactCommand(const CommandWorld& world, Command& root);
// `privity detectors`.
void AddDetectorCommands(const CommandWorld& world, Command& root);
// --detectors PATH, for every command that looks for personal data.
Option DetectorsOption();
Result<std::shared_ptr<const Detector>> DetectorOf(const Invocation& invocation);
// packs validate, diff, verify.
void AddPackCommands(const CommandWorld& world, Command& root);

// `privity serve` and `privity work`: until SIGTERM or SIGINT, then drain.
int RunServe(const Invocation& invocation, const CommandWorld& world);
int RunWork(const Invocation& invocation, const CommandWorld& world);

}  // namespace privity
