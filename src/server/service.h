// The running server: both listeners and the local socket over one Application.
//
// The console listener has the console's page and the whole API; the public listener has what people outside the
// company may reach, and nothing else: separate tables, separate cookies. The Unix socket `privity.sock` in the data
// directory (0600) has the console's API for the operator of this machine.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/application.h"
#include "http/http_server.h"
#include "server/api_handler.h"
#include "server/events.h"
#include "server/openapi.h"
#include "server/route_table.h"
#include "server/routes/routes.h"

namespace privity {

namespace internal {
class NewsFeed;
}

// The migrations of all rooms and of the server itself.
std::vector<Migration> AllMigrations();

// `application` may be null, for documents (server/routes/routes.h).
RouteTable ConsoleRoutes(Application* application, const DoorParts& parts = {});
RouteTable PublicRoutes(Application* application);
OpenApiInfo ApiDocumentInfo();
OpenApiInfo PublicApiDocumentInfo();

std::string SocketPath(const std::string& data_directory);
// Where browsers reach a listener that is bound to `address`, when nothing else is configured.
std::string UrlOf(const ListenerOptions& options, const std::string& address);

struct ServiceOptions {
  ListenerOptions console;  // without handler
  std::string console_url;  // where browsers reach it, when that is not the listener's own address (a proxy, a name)
  ListenerOptions portal;   // without handler; an empty address: no public listener
  HttpOptions http;
};

class Service {
 public:
  // Listens when it returns. Application and authenticator outlive it. Errors: those of HttpServer::Start,
  // server.permission_unregistered.
  static Result<std::unique_ptr<Service>> Start(Application& application, Authenticator& authenticator,
                                                const ServiceOptions& options);
  ~Service();

  std::string console_url() const { return console_url_; }
  std::string public_url() const { return public_url_; }  // "" without a public listener

  // Accepts nothing new and lets running requests finish.
  void Stop(std::chrono::milliseconds grace);

 private:
  explicit Service(Application& application);
  void CountWhatRuns();

  Application& application_;
  Metrics metrics_;
  EventHub events_;
  RouteTable console_routes_, public_routes_;
  IdempotencyKeys idempotency_keys_;
  std::unique_ptr<Assets> console_assets_, portal_assets_;
  std::unique_ptr<ApiHandler> console_, public_;
  std::unique_ptr<HttpServer> http_;
  std::unique_ptr<internal::NewsFeed> news_feed_;
  std::string console_url_, public_url_;
};

}  // namespace privity
