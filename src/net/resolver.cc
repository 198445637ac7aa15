#include "net/resolver.h"

#include <netdb.h>
#include <netinet/in.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstring>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace privity {
namespace {

constexpr int kLookupsMax = 32;

std::atomic<int> lookups_running{0};

// Owned by the caller, who waits, and by the look-up's thread, which may outlive the wait.
struct Lookup {
  std::mutex mutex;
  std::condition_variable done;
  std::optional<std::vector<IpAddress>> addresses;
};

std::optional<IpAddress> FromSockaddr(const sockaddr* address) {
  if (address->sa_family == AF_INET) {
    std::array<std::uint8_t, 4> bytes;
    std::memcpy(bytes.data(), &reinterpret_cast<const sockaddr_in*>(address)->sin_addr, bytes.size());
    return IpAddress::V4(bytes);
  }
  if (address->sa_family == AF_INET6) {
    std::array<std::uint8_t, 16> bytes;
    std::memcpy(bytes.data(), &reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr, bytes.size());
    return IpAddress::V6(bytes);
  }
  return std::nullopt;
}

std::vector<IpAddress> AskSystem(const std::string& host) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* list = nullptr;
  std::vector<IpAddress> found;
  if (getaddrinfo(host.c_str(), nullptr, &hints, &list) != 0) return found;
  for (const addrinfo* entry = list; entry != nullptr; entry = entry->ai_next) {
    const auto address = FromSockaddr(entry->ai_addr);
    if (address && std::find(found.begin(), found.end(), *address) == found.end()) found.push_back(*address);
  }
  freeaddrinfo(list);
  return found;
}

}  // namespace

Result<std::vector<IpAddress>> SystemResolver::Resolve(const std::string& host,
                                                       std::chrono::milliseconds timeout) const {
  if (lookups_running.fetch_add(1) >= kLookupsMax) {
    lookups_running.fetch_sub(1);
    return Error("net.resolver_busy", {{"host", host}});
  }
  const auto lookup = std::make_shared<Lookup>();
  std::thread([lookup, host] {
    auto found = AskSystem(host);
    const std::lock_guard lock(lookup->mutex);
    lookup->addresses = std::move(found);
    lookup->done.notify_one();
    lookups_running.fetch_sub(1);
  }).detach();
  std::unique_lock lock(lookup->mutex);
  if (!lookup->done.wait_for(lock, timeout, [&] { return lookup->addresses.has_value(); })) {
    return Error("net.timeout", {{"host", host}, {"phase", "resolve"}});
  }
  if (lookup->addresses->empty()) return Error("net.name_unknown", {{"host", host}});
  return std::move(*lookup->addresses);
}

Result<CheckedTarget> CheckTarget(const Resolver& resolver, const std::string& host, std::uint16_t port,
                                  const AddressPolicy& policy, std::chrono::milliseconds timeout) {
  PRIVITY_TRY_VOID(policy.CheckHost(host));
  CheckedTarget target{.host = host, .port = port};
  if (const auto literal = IpAddress::Parse(host); literal.ok()) {
    target.addresses = {*literal};
  } else {
    PRIVITY_TRY(target.addresses, resolver.Resolve(host, timeout));
  }
  for (const IpAddress& address : target.addresses) PRIVITY_TRY_VOID(policy.CheckAddress(host, address));
  return target;
}

}  // namespace privity
