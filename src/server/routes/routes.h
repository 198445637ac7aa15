// The routes, resource by resource. Each function adds its own to a listener's table.
//
// `application` may be null: then the table serves the API document and the command line, and no handler is ever
// called. So handlers keep the pointer and look at it only when they run.
#pragma once

#include "server/events.h"
#include "server/metrics.h"
#include "server/paging.h"
#include "server/route_table.h"

namespace privity {

class Application;

// What routes of the server itself use besides the application; null in a table that only describes, too.
struct DoorParts {
  EventHub* events = nullptr;
  Metrics* metrics = nullptr;
};

void AddSystemRoutes(RouteTable& routes, Application* application, Metrics* metrics);
void AddAliveRoute(RouteTable& routes);
void AddJobRoutes(RouteTable& routes, Application* application);
void AddLedgerRoutes(RouteTable& routes, Application* application);
void AddEventRoutes(RouteTable& routes, EventHub* events);

void AddIdentityRoutes(RouteTable& routes, Application* application);
void AddTaskRoutes(RouteTable& routes, Application* application);
void AddPlaybookRoutes(RouteTable& routes, Application* application);
void AddIdentityProviderRoutes(RouteTable& routes, Application* application);
void AddSettingsRoutes(RouteTable& routes, Application* application);
void AddWorkspaceRoutes(RouteTable& routes, Application* application);
void AddBackupRoutes(RouteTable& routes, Application* application);
void AddPackRoutes(RouteTable& routes, Application* application);
void AddLawRoutes(RouteTable& routes, Application* application);
void AddRightsRoutes(RouteTable& routes, Application* application);
void AddRequestTextRoutes(RouteTable& routes, Application* application);
void AddErasureRoutes(RouteTable& routes, Application* application);
void AddRestrictionRoutes(RouteTable& routes, Application* application);
void AddAgentRoutes(RouteTable& routes, Application* application);
void AddIntakeRoutes(RouteTable& routes, Application* application);
// Of the public listener.
void AddPortalRoutes(RouteTable& routes, Application* application);
void AddPortalLinkRoute(RouteTable& routes, Application* application);
void AddProtocolRoutes(RouteTable& routes, Application* application);
void AddRedactionRoutes(RouteTable& routes, Application* application);
void AddSupportRoutes(RouteTable& routes, Application* application, Metrics* metrics);
void AddKeyRoutes(RouteTable& routes, Application* application);
void AddMapRoutes(RouteTable& routes, Application* application);
void AddConnectionRoutes(RouteTable& routes, Application* application);

}  // namespace privity
