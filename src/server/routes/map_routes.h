// The routes of the data map, by topic. AddMapRoutes adds all of them.
#pragma once

#include "datamap/model.h"
#include "server/routes/routes.h"

namespace privity {

// Of the routes that are about one of them.
struct CollectionPath {
  CollectionId id;
};
PRIVITY_DESCRIBE(CollectionPath, (id))
struct FieldPath {
  FieldId id;
};
PRIVITY_DESCRIBE(FieldPath, (id))

void AddChangeRoutes(RouteTable& routes, Application* application);
void AddReferenceRoutes(RouteTable& routes, Application* application);
void AddActivityRoutes(RouteTable& routes, Application* application);
void AddRecipientRoutes(RouteTable& routes, Application* application);
void AddGraphRoutes(RouteTable& routes, Application* application);
void AddAccessRoutes(RouteTable& routes, Application* application);
void AddDataFlowRoutes(RouteTable& routes, Application* application);
void AddFlowRoutes(RouteTable& routes, Application* application);
void AddAdviceRoutes(RouteTable& routes, Application* application);
void AddStewardshipRoutes(RouteTable& routes, Application* application);
void AddCodeRoutes(RouteTable& routes, Application* application);

}  // namespace privity
