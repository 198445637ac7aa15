#include "server/route_table.h"

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "base/text_hash.h"

namespace privity {
namespace {

// Takes the first segment and its slash from `path`; nothing is left after the last one.
std::string_view TakeSegment(std::optional<std::string_view>& path) {
  const std::size_t slash = path->find('/');
  const std::string_view segment = path->substr(0, slash);
  path = slash == std::string_view::npos ? std::nullopt : std::optional(path->substr(slash + 1));
  return segment;
}

std::vector<std::string_view> Segments(std::string_view path) {
  std::vector<std::string_view> segments;
  for (std::optional rest(path.substr(1)); rest;) segments.push_back(TakeSegment(rest));
  return segments;
}

bool IsParameter(std::string_view segment) {
  return segment.starts_with('{') && segment.ends_with('}');
}
std::string_view NameOf(std::string_view parameter) {
  return parameter.substr(1, parameter.size() - 2);
}

bool HasMember(const TypeInfo* type, std::string_view name) {
  if (type == nullptr) return false;
  const StructInfo& info = type->structure();
  return info.Find(name) < info.fields().size();
}

// What the types alone cannot make sure of.
void CheckShape(const Route& route) {
  const auto segments = Segments(route.info.path);
  const auto parameters = static_cast<std::size_t>(std::count_if(segments.begin(), segments.end(), IsParameter));
  Invariant(parameters == (route.path == nullptr ? 0 : route.path->structure().fields().size()),
            "a route's path has one parameter for each member of its Path");
  for (const std::string_view segment : segments) {
    Invariant(!IsParameter(segment) || HasMember(route.path, NameOf(segment)),
              "a path parameter is a member of the route's Path");
  }
  Invariant(!route.is_page() || (HasMember(route.query, "cursor") && HasMember(route.query, "limit")),
            "the query of a list has the members cursor and limit");
  Invariant(!route.info.summary.empty(), "a route has a summary");
}

}  // namespace

struct RouteTable::Node {
  std::unordered_map<std::string, std::unique_ptr<Node>, TextHash, std::equal_to<>> children;
  std::unique_ptr<Node> parameter;
  std::string_view parameter_name;
  std::map<std::string_view, const Route*> routes;  // by method
};

RouteTable::RouteTable() : root_(std::make_unique<Node>()) {}
RouteTable::~RouteTable() = default;
RouteTable::RouteTable(RouteTable&&) noexcept = default;

void RouteTable::AddRoute(Route route) {
  CheckShape(route);
  Invariant(FindById(route.info.id) == nullptr, "two routes have one id");
  auto owned = std::make_unique<const Route>(std::move(route));
  Node* node = root_.get();
  for (const std::string_view segment : Segments(owned->info.path)) {
    std::unique_ptr<Node>& next = IsParameter(segment) ? node->parameter : node->children[std::string(segment)];
    if (!next) next = std::make_unique<Node>();
    if (IsParameter(segment)) {
      Invariant(node->parameter_name.empty() || node->parameter_name == NameOf(segment),
                "a place in a path has one parameter name in all routes");
      node->parameter_name = NameOf(segment);
    }
    node = next.get();
  }
  const bool is_new = node->routes.emplace(owned->info.method, owned.get()).second;
  Invariant(is_new, "two routes have one method and path");
  routes_.push_back(std::move(owned));
}

Status RouteTable::CheckPermissions(const PermissionRegistry& registry) const {
  for (const auto& route : routes_) {
    const Access& access = route->info.access;
    if (!access.permission().empty() && !registry.Knows(access.permission())) {
      return Error("server.permission_unregistered",
                   {{"route", std::string(route->info.id)}, {"permission", std::string(access.permission())}});
    }
  }
  return Ok();
}

RouteMatch RouteTable::Find(std::string_view method, std::string_view path) const {
  RouteMatch match;
  if (!path.starts_with('/')) return match;
  const Node* node = root_.get();
  for (std::optional rest(path.substr(1)); rest;) {
    const std::string_view segment = TakeSegment(rest);
    const auto child = node->children.find(segment);
    if (child != node->children.end()) {
      node = child->second.get();
      continue;
    }
    auto value = PercentDecode(segment);
    if (!node->parameter || segment.empty() || !value) return {};
    match.path.emplace_back(node->parameter_name, *std::move(value));
    node = node->parameter.get();
  }
  const auto route = node->routes.find(method == "HEAD" ? "GET" : method);
  if (route != node->routes.end()) {
    match.route = route->second;
    return match;
  }
  for (const auto& [name, unused] : node->routes) {
    match.allowed.emplace_back(name);
    if (name == "GET") match.allowed.emplace_back("HEAD");
  }
  if (!match.allowed.empty()) match.allowed.emplace_back("OPTIONS");
  return match;
}

const Route* RouteTable::FindById(std::string_view id) const {
  const auto route = std::find_if(routes_.begin(), routes_.end(), [&](const auto& one) { return one->info.id == id; });
  return route == routes_.end() ? nullptr : route->get();
}

}  // namespace privity
