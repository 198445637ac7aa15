#include "server/service.h"

#include <filesystem>

#include "server/routes/routes.h"
#include "words/catalog.h"

namespace privity {

// The console's built page (web/dist); empty in a build without it.
std::span<const EmbeddedFile> EmbeddedConsole();

namespace {

ListenerOptions WithHandler(ListenerOptions options, HttpHandler& handler) {
  options.handler = &handler;
  return options;
}

// A browser on this machine says "localhost": passkeys are bound to a name, never to an address (WebAuthn, section 5.1.2).
std::string UrlOf(const ListenerOptions& options, const std::string& address) {
  constexpr std::string_view kLoopback = "127.0.0.1:";
  const std::string place = address.starts_with(kLoopback) ? "localhost:" + address.substr(kLoopback.size()) : address;
  return (options.tls ? "https://" : "http://") + place;
}

}  // namespace

std::vector<Migration> AllMigrations() {
  std::vector<Migration> all = Application::Migrations();
  for (auto& migration : ServerMigrations()) all.push_back(std::move(migration));
  return all;
}

RouteTable ConsoleRoutes(Application* application) {
  RouteTable routes;
  AddSettingsRoutes(routes, application);
  AddWorkspaceRoutes(routes, application);
  AddBackupRoutes(routes, application);
  return routes;
}

RouteTable PublicRoutes(Application*) {
  return RouteTable();
}

OpenApiInfo ApiDocumentInfo() {
  return {.title = "Privity",
          .description = "The console's API. Everything that a screen can do, a route does.",
          .version = std::string(kProgramVersion)};
}

std::string SocketPath(const std::string& data_directory) {
  return (std::filesystem::path(data_directory) / "privity.sock").string();
}

Service::Service(Application& application)
    : application_(application),
      console_routes_(ConsoleRoutes(&application)),
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
                       .clock = application.clock()};
  service->console_assets_ = std::make_unique<Assets>(EmbeddedConsole());
  service->console_ =
      std::make_unique<ApiHandler>("console", service->console_routes_, service->console_assets_.get(), parts);
  service->public_ = std::make_unique<ApiHandler>("public", service->public_routes_, nullptr, parts);

  const std::string socket = SocketPath(application.options().data_directory);
  std::vector<ListenerOptions> listeners = {
      WithHandler(options.console, *service->console_),
      {.name = "local", .address = "unix:" + socket, .handler = service->console_.get(), .tls = {}}};
  if (!options.portal.address.empty()) listeners.push_back(WithHandler(options.portal, *service->public_));
  PRIVITY_TRY(service->http_, HttpServer::Start(options.http, std::move(listeners), application.clock()));
  const auto addresses = service->http_->addresses();
  service->console_url_ = options.console_url.empty() ? UrlOf(options.console, addresses[0]) : options.console_url;
  if (!options.portal.address.empty()) service->public_url_ = UrlOf(options.portal, addresses[2]);
  return service;
}

void Service::Stop(std::chrono::milliseconds grace) {
  http_->Stop(grace);
}

}  // namespace privity
