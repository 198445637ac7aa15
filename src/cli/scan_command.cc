#include "cli/scan_command.h"

#include <charconv>

#include "base/durable_file.h"
#include "cli/local_commands.h"
#include "cli/password_file.h"
#include "cli/render.h"
#include "connect/connector.h"
#include "connect/http/service_description.h"
#include "detect/detector.h"
#include "net/any_address.h"
#include "net/resolver.h"
#include "scan/scan.h"

namespace privity {
namespace {

constexpr std::int64_t kSampleMax = 100'000;
constexpr std::size_t kServiceBytesMax = 4 << 20;

Result<std::int64_t> NumberOf(const Invocation& invocation, const std::string& option, std::int64_t otherwise,
                              std::int64_t maximum) {
  if (!invocation.Has(option)) return otherwise;
  const std::string text = invocation.Value(option);
  std::int64_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure == std::errc() && end == text.data() + text.size() && number >= 1 && number <= maximum) return number;
  return Error("cli.value_invalid",
               {{"option", "--" + option}, {"expected", "a number from 1 to " + std::to_string(maximum)}});
}

Result<ConnectionUrl> UrlOf(const Invocation& invocation, const CommandWorld& world) {
  PRIVITY_TRY(ConnectionUrl url, ConnectionUrl::Parse(invocation.Value("store")));
  if (!invocation.Has("password-file")) return url;
  PRIVITY_TRY(SecretString password, PasswordFrom("password-file", invocation, world));
  return url.WithPassword(std::move(password));
}

// Prints JSON as it comes, or keeps the rows of one table.
class PrintingSink final : public ScanSink {
 public:
  PrintingSink(const CommandWorld& world, bool is_json) : world_(world), is_json_(is_json) {}

  Status Take(const ScannedField& field) override {
    if (is_json_) {
      world_.print(ToJson(field) + "\n");
    } else {
      rows_.push_back(ToJsonValue(field));
    }
    return Ok();
  }
  void Unread(const Error& error) override { world_.explain(error); }
  void PrintTable() {
    if (is_json_) return;
    world_.print(Render(Json::ArrayOf(std::move(rows_)), {.is_terminal = world_.is_terminal, .width = world_.width},
                        "Nothing found."));
  }

 private:
  const CommandWorld& world_;
  const bool is_json_;
  Json::Items rows_;
};

// The descriptions of the program, and one that is being tried.
Result<PackCatalog> ServicesOf(const Invocation& invocation) {
  std::vector<PackFile> files = BuiltInPackFiles("services/");
  if (invocation.Has("service")) {
    const std::string path = invocation.Value("service");
    PRIVITY_TRY(const Bytes text, ReadFile(path, kServiceBytesMax));
    files.push_back({.path = path, .text = std::string(AsText(text)), .installed = true});
  }
  return PackCatalog::Load({ServiceKind()}, files);
}

Result<int> RunScan(const Invocation& invocation, const CommandWorld& world) {
  PRIVITY_TRY(const ConnectionUrl url, UrlOf(invocation, world));
  PRIVITY_TRY(const std::int64_t records_max, NumberOf(invocation, "sample", ScanOptions{}.records_max, kSampleMax));
  PRIVITY_TRY(const std::int64_t jobs, NumberOf(invocation, "jobs", kScanJobs, kScanJobsMax));
  const SystemResolver resolver;
  PRIVITY_TRY(const PackCatalog services, ServicesOf(invocation));
  const auto packs = [&]() -> const PackCatalog& { return services; };
  const std::string library = DuckDbLibraryOf(invocation);
  const auto open = [&](const std::stop_token& stop) {
    return OpenConnector(url, {.addresses = AnyAddress(), .packs = packs, .duckdb_library = library, .stop = stop},
                         resolver);
  };
  PRIVITY_TRY(const auto store, open({}));
  PRIVITY_TRY(const auto detector, DetectorOf(invocation));
  PrintingSink sink(world, invocation.Has("json"));
  const auto summary =
      Scan(*store, *detector, {.records_max = records_max, .jobs = ScanJobsOf(store->kind(), static_cast<int>(jobs))},
           sink, open);
  if (!summary.ok()) {
    world.explain(summary.error());
    return exit_code::kFound;
  }
  sink.PrintTable();
  return summary->unread == 0 ? exit_code::kDone : exit_code::kFound;
}

}  // namespace

void AddScanCommand(const CommandWorld& world, Command& root) {
  Command& scan = root.Child("scan", "Find the personal data in a store, without a server");
  scan.description =
      "Reads a sample of every table or file and prints a row for each field: store, collection, field, declared type, "
      "category (a Fideslang key, or none), confidence, the reason, and how many distinct values were judged. Nothing "
      "is written to the store, and no value is printed or kept. What could not be read is named on standard error, "
      "and the exit code is then 2.\n\n"
      "A password in the address can be seen in the list of processes; give it in a file instead.";
  scan.arguments = {{.name = "store",
                     .description = "sqlite:///path, postgresql://user@host/database, mysql://user@host/database, "
                                    "file:///folder, api://host/service and others."}};
  scan.options = {
      {.name = "sample", .value_name = "N", .description = "Records to look at in each collection (1000)."},
      {.name = "jobs",
       .value_name = "N",
       .description = "Tables that are read at the same time, where the store allows it (4)."},
      {.name = "password-file", .value_name = "FILE", .description = "Holds the password; - for standard input."},
      {.name = "service", .value_name = "FILE", .description = "A description of the service that api:// names."},
      DetectorsOption()};
  scan.examples = {{"privity scan sqlite:///srv/shop.db", "A database in a file"},
                   {"privity scan postgresql://reader@db.example.org/shop --password-file reader.txt --json",
                    "One JSON object a line, for other programs"}};
  scan.run = [&world](const Invocation& invocation) {
    const auto result = RunScan(invocation, world);
    if (result.ok()) return *result;
    world.explain(result.error());
    return exit_code::kUsage;
  };
}

}  // namespace privity
