#include "server/service.h"

#include <filesystem>

#include "server/internal/news_feed.h"
#include "server/routes/routes.h"
#include "words/catalog.h"

namespace privity {

// The built pages (web/dist, web/dist-portal); empty in a build without them.
std::span<const EmbeddedFile> EmbeddedConsole();
std::span<const EmbeddedFile> EmbeddedPortal();

namespace {

ListenerOptions WithHandler(ListenerOptions options, HttpHandler& handler) {
  options.handler = &handler;
  return options;
}

void WriteHttpNumbers(const HttpCounters& counters, MetricsWriter& writer) {
  const auto number = [](std::uint64_t value) { return static_cast<double>(value); };
  writer.Counter("privity_http_connections_total", "Accepted connections.", number(counters.connections_accepted));
  writer.Counter("privity_http_connections_refused_total", "Connections over a limit.",
                 number(counters.connections_refused));
  writer.Gauge("privity_http_connections", "Open connections.", number(counters.connections_open));
  writer.Counter("privity_http_refused_total", "Requests that the transport refused.", number(counters.refused));
  writer.Counter("privity_http_timeouts_total", "Requests that did not arrive in time.", number(counters.timed_out));
  writer.Counter("privity_http_received_bytes_total", "Bytes received.", number(counters.bytes_received));
  writer.Counter("privity_http_sent_bytes_total", "Bytes sent.", number(counters.bytes_sent));
  writer.Gauge("privity_http_workers_busy", "Worker threads at work.", number(counters.workers_busy));
  writer.Gauge("privity_http_requests_waiting", "Requests that wait for a worker.",
               number(counters.workers_waiting_requests));
}

void WriteJobNumbers(const JobCounts& counts, Instant now, MetricsWriter& writer) {
  const std::pair<std::string_view, std::int64_t> states[] = {{"queued", counts.queued},
                                                              {"running", counts.running},
                                                              {"waiting", counts.waiting},
                                                              {"paused", counts.paused},
                                                              {"failed", counts.failed}};
  for (const auto& [state, count] : states) {
    writer.Gauge("privity_jobs", "Jobs that are not finished, by state.", static_cast<double>(count),
                 {{"state", state}});
  }
  const Duration waits = counts.oldest_due_at ? now - *counts.oldest_due_at : Duration(0);
  writer.Gauge("privity_jobs_oldest_due_seconds", "For how long the job that waits longest could have run.",
               std::chrono::duration<double>(std::max(waits, Duration(0))).count());
}

}  // namespace

std::vector<Migration> AllMigrations() {
  std::vector<Migration> all = Application::Migrations();
  for (auto& migration : ServerMigrations()) all.push_back(std::move(migration));
  return all;
}

RouteTable ConsoleRoutes(Application* application, const DoorParts& parts) {
  RouteTable routes;
  AddSystemRoutes(routes, application, parts.metrics);
  AddIdentityRoutes(routes, application);
  AddTaskRoutes(routes, application);
  AddPlaybookRoutes(routes, application);
  AddIdentityProviderRoutes(routes, application);
  AddSettingsRoutes(routes, application);
  AddWorkspaceRoutes(routes, application);
  AddBackupRoutes(routes, application);
  AddKeyRoutes(routes, application);
  AddConnectionRoutes(routes, application);
  AddMapRoutes(routes, application);
  AddPackRoutes(routes, application);
  AddLawRoutes(routes, application);
  AddRightsRoutes(routes, application);
  AddRequestTextRoutes(routes, application);
  AddRestrictionRoutes(routes, application);
  AddAgentRoutes(routes, application);
  AddIntakeRoutes(routes, application);
  AddErasureRoutes(routes, application);
  AddRedactionRoutes(routes, application);
  AddSupportRoutes(routes, application, parts.metrics);
  AddJobRoutes(routes, application);
  AddLedgerRoutes(routes, application);
  AddEventRoutes(routes, parts.events);
  return routes;
}

RouteTable PublicRoutes(Application* application) {
  RouteTable routes;
  AddAliveRoute(routes);
  AddPortalRoutes(routes, application);
  AddPortalLinkRoute(routes, application);
  AddProtocolRoutes(routes, application);
  return routes;
}

OpenApiInfo ApiDocumentInfo() {
  return {.title = "Privity",
          .description = "The console's API. Everything that a screen can do, a route does.",
          .version = std::string(kProgramVersion)};
}

OpenApiInfo PublicApiDocumentInfo() {
  return {.title = "Privity portal",
          .description = "What people outside the company reach at the public listener.",
          .version = std::string(kProgramVersion)};
}

// A browser on this machine says "localhost": passkeys are bound to a name, never to an address (WebAuthn,
// section 5.1.2).
std::string UrlOf(const ListenerOptions& options, const std::string& address) {
  constexpr std::string_view kLoopback = "127.0.0.1:";
  const std::string place = address.starts_with(kLoopback) ? "localhost:" + address.substr(kLoopback.size()) : address;
  return (options.tls ? "https://" : "http://") + place;
}

std::string SocketPath(const std::string& data_directory) {
  return (std::filesystem::path(data_directory) / "privity.sock").string();
}

Service::Service(Application& application)
    : application_(application),
      events_(application.clock(), &application.news()),
      console_routes_(ConsoleRoutes(&application, {&events_, &metrics_})),
      public_routes_(PublicRoutes(&application)),
      idempotency_keys_(application.clock()) {}

Service::~Service() = default;

Result<std::unique_ptr<Service>> Service::Start(Application& application, Authenticator& authenticator,
                                                const ServiceOptions& options) {
  std::unique_ptr<Service> service(new Service(application));
  PRIVITY_TRY_VOID(service->console_routes_.CheckPermissions(application.permissions()));
  PRIVITY_TRY_VOID(service->public_routes_.CheckPermissions(application.permissions()));
  const ApiParts parts{.store = application.store(),
                       .authenticator = authenticator,
                       .idempotency_keys = service->idempotency_keys_,
                       .metrics = service->metrics_,
                       .catalog = Catalog::BuiltIn(),
                       .log = application.log(),
                       .clock = application.clock(),
                       .decisions = &application.decisions()};
  service->console_assets_ = std::make_unique<Assets>(EmbeddedConsole());
  service->console_ =
      std::make_unique<ApiHandler>("console", service->console_routes_, service->console_assets_.get(), parts);
  service->portal_assets_ = std::make_unique<Assets>(EmbeddedPortal());
  service->public_ =
      std::make_unique<ApiHandler>("public", service->public_routes_, service->portal_assets_.get(), parts);

  const std::string socket = SocketPath(application.options().data_directory);
  std::vector<ListenerOptions> listeners = {
      WithHandler(options.console, *service->console_),
      {.name = "local", .address = "unix:" + socket, .handler = service->console_.get(), .tls = {}}};
  if (!options.portal.address.empty()) listeners.push_back(WithHandler(options.portal, *service->public_));
  PRIVITY_TRY(service->http_, HttpServer::Start(options.http, std::move(listeners), application.clock()));
  const auto addresses = service->http_->addresses();
  service->console_url_ = options.console_url.empty() ? UrlOf(options.console, addresses[0]) : options.console_url;
  if (!options.portal.address.empty()) service->public_url_ = UrlOf(options.portal, addresses[2]);
  service->CountWhatRuns();
  service->news_feed_ = std::make_unique<internal::NewsFeed>(application, service->events_);
  return service;
}

void Service::CountWhatRuns() {
  metrics_.AddSource([this](MetricsWriter& writer) { WriteHttpNumbers(http_->counters(), writer); });
  metrics_.AddSource([this](MetricsWriter& writer) {
    const auto counts = application_.store().Read([&](ReadTx& tx) { return application_.jobs().Count(tx); });
    if (counts.ok()) WriteJobNumbers(*counts, application_.clock().Now(), writer);
  });
  metrics_.AddSource([this](MetricsWriter& writer) {
    writer.Gauge("privity_build_info", "The running version.", 1, {{"version", kProgramVersion}});
    writer.Gauge("privity_event_streams", "Open event streams.", static_cast<double>(events_.streams()));
  });
}

void Service::Stop(std::chrono::milliseconds grace) {
  if (news_feed_) news_feed_->Stop();
  http_->Stop(grace);
}

}  // namespace privity
