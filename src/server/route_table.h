// All routes of one listener.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "identity/permission.h"
#include "server/route.h"

namespace privity {

struct RouteMatch {
  const Route* route = nullptr;
  QueryParameters path;              // decoded
  std::vector<std::string> allowed;  // methods of this path, when there is no route of the method asked for; else empty
};

// Filled while the application is built, then only read: safe to use from many threads.
class RouteTable {
 public:
  RouteTable();
  ~RouteTable();
  RouteTable(RouteTable&&) noexcept;

  // A path or id that is taken, a path parameter without a member of its name (or the other way round), or a page
  // without `cursor` and `limit` is our own bug and ends the program.
  template <class Fn>
  void Add(RouteInfo info, Fn handler) {
    AddRoute(MakeRoute(info, std::move(handler)));
  }
  void AddRoute(Route route);

  // Every permission that a route names is registered; otherwise server.permission_unregistered{route, permission}.
  Status CheckPermissions(const PermissionRegistry& registry) const;

  // HEAD finds the route of GET. Nothing found: route null and allowed empty. A path that cannot be decoded finds
  // nothing.
  RouteMatch Find(std::string_view method, std::string_view path) const;
  // By operation id; null when there is none.
  const Route* FindById(std::string_view id) const;

  // In the order in which they were added.
  std::span<const std::unique_ptr<const Route>> routes() const { return routes_; }

 private:
  struct Node;
  std::vector<std::unique_ptr<const Route>> routes_;
  std::unique_ptr<Node> root_;
};

}  // namespace privity
