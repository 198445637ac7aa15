#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include "app/application.h"
#include "base/buffered_log.h"
#include "cli/local_commands.h"
#include "server/service.h"

namespace privity {
namespace {

constexpr std::chrono::seconds kDrainMax{20};

struct Ready {
  std::int64_t pid = 0;
  std::string console_url;
  std::string public_url;
  std::optional<std::string> setup_url;
};
PRIVITY_DESCRIBE(Ready, (pid, console_url, public_url, setup_url))

// Blocks SIGTERM and SIGINT in this thread and in those made after it; Wait() takes one.
class StopSignals {
 public:
  StopSignals() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGTERM);
    sigaddset(&signals_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
    signal(SIGPIPE, SIG_IGN);
  }
  void Wait() const {
    int signal = 0;
    sigwait(&signals_, &signal);
  }

 private:
  sigset_t signals_;
};

// Each connection takes a descriptor. The soft limit of most shells and units (1,024) is there for select(2), which
// nothing here calls; without more, a thousand idle clients would lock out all others.
void RaiseDescriptorLimit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  (void)setrlimit(RLIMIT_NOFILE, &limit);
}

Result<std::unique_ptr<Application>> OpenApplication(const LoadedConfiguration& loaded, const Clock& clock,
                                                     const Logger& log) {
  PRIVITY_TRY(ApplicationOptions options, OptionsOf(loaded));
  options.door_migrations = ServerMigrations();
  return Application::Open(options, clock, log);
}

ListenerOptions ListenerOf(std::string name, const ListenerConfiguration& listener) {
  ListenerOptions options{.name = std::move(name), .address = listener.listen, .tls = {}};
  if (!listener.tls_certificate.empty()) {
    options.tls = TlsFiles{.certificate_path = listener.tls_certificate, .key_path = listener.tls_key};
  }
  options.allow_plain_beyond_loopback = listener.behind_tls_proxy;
  return options;
}

ServiceOptions ServiceOptionsOf(const Configuration& configuration, const Logger& log) {
  ServiceOptions options{.console = ListenerOf("console", configuration.console),
                         .console_url = configuration.console.url,
                         .portal = ListenerOf("public", configuration.portal),
                         .http = {}};
  options.http.limits.connections_max = static_cast<std::size_t>(configuration.limits.connections);
  options.http.limits.connections_per_address_max =
      static_cast<std::size_t>(configuration.limits.connections_per_address);
  options.http.worker_threads_max = static_cast<unsigned>(configuration.limits.worker_threads);
  options.http.trusted_proxies = configuration.trusted_proxies;
  options.http.on_notice = [log](const Error& error) { log.Warning("http.notice", {{"error", error}}); };
  return options;
}

// The log goes where the configuration says; kept for the length of the run.
struct Log {
  std::unique_ptr<LogSink> place;
  std::unique_ptr<BufferedLogSink> sink;  // so that no request waits for the place
  std::optional<Logger> logger;
};

Result<Log> OpenLog(const LogConfiguration& configuration, const Clock& clock) {
  Log log;
  if (configuration.file.empty()) {
    log.place = std::make_unique<StderrLogSink>();
  } else {
    PRIVITY_TRY(log.place, FileLogSink::Open(configuration.file));
  }
  log.sink = std::make_unique<BufferedLogSink>(*log.place, clock);
  log.logger.emplace(*log.sink, clock, configuration.level);
  return log;
}

void Announce(const Ready& ready, const Invocation& invocation, const CommandWorld& world) {
  if (invocation.Has("ready-json")) {
    world.print(ToJson(ready) + "\n");
    return;
  }
  world.print("Privity is ready.\n  Console  " + ready.console_url + "\n");
  if (!ready.public_url.empty()) world.print("  Portal   " + ready.public_url + "\n");
  if (ready.setup_url)
    world.print("\nFirst run: open this link within 30 minutes to make the first administrator.\n  " +
                *ready.setup_url + "\n");
}

Result<int> Serve(const Invocation& invocation, const CommandWorld& world) {
  RaiseDescriptorLimit();
  const StopSignals signals;
  PRIVITY_TRY(const LoadedConfiguration loaded, ConfigurationOf(invocation));
  const SystemClock clock;
  PRIVITY_TRY(const Log log, OpenLog(loaded.configuration.log, clock));
  PRIVITY_TRY(const auto application, OpenApplication(loaded, clock, *log.logger));
  PRIVITY_TRY(const auto service, Service::Start(*application, application->identity(),
                                                 ServiceOptionsOf(loaded.configuration, *log.logger)));
  application->console_address().Set(service->console_url());
  const std::string& portal = loaded.configuration.portal.url;
  application->portal_address().Set(portal.empty() ? service->public_url() : portal);
  application->StartBackground();
  PRIVITY_TRY(auto setup_url, application->SetupUrl());
  Announce({.pid = getpid(),
            .console_url = service->console_url(),
            .public_url = service->public_url(),
            .setup_url = std::move(setup_url)},
           invocation, world);
  signals.Wait();
  log.logger->Info("app.stopping", {});
  service->Stop(kDrainMax);
  return exit_code::kDone;
}

Result<int> Work(const Invocation& invocation, const CommandWorld& world) {
  const StopSignals signals;
  PRIVITY_TRY(const LoadedConfiguration loaded, ConfigurationOf(invocation));
  if (loaded.configuration.database.url.empty()) return Error("cli.work_needs_postgres");
  const SystemClock clock;
  PRIVITY_TRY(const Log log, OpenLog(loaded.configuration.log, clock));
  PRIVITY_TRY(const auto application, OpenApplication(loaded, clock, *log.logger));
  // Letters from here lead to the console that the servers have.
  const ListenerConfiguration& console = loaded.configuration.console;
  application->console_address().Set(console.url.empty() ? UrlOf(ListenerOf("console", console), console.listen)
                                                         : console.url);
  application->portal_address().Set(loaded.configuration.portal.url);
  application->StartBackground();
  if (!invocation.Has("quiet")) world.print("Working. Stop with Ctrl-C.\n");
  signals.Wait();
  return exit_code::kDone;
}

int Explained(const Result<int>& result, const CommandWorld& world) {
  if (result.ok()) return *result;
  world.explain(result.error());
  return exit_code::kFailed;
}

}  // namespace

int RunServe(const Invocation& invocation, const CommandWorld& world) {
  return Explained(Serve(invocation, world), world);
}
int RunWork(const Invocation& invocation, const CommandWorld& world) {
  return Explained(Work(invocation, world), world);
}

}  // namespace privity
