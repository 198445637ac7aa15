// The routes, resource by resource. Each function adds its own to a listener's table.
//
// `application` may be null: then the table serves the API document and the command line, and no handler is ever
// called. So handlers keep the pointer and look at it only when they run.
#pragma once

#include "server/route_table.h"

namespace privity {

class Application;

void AddSettingsRoutes(RouteTable& routes, Application* application);
void AddWorkspaceRoutes(RouteTable& routes, Application* application);
void AddBackupRoutes(RouteTable& routes, Application* application);

}  // namespace privity
