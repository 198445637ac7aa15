#include "server/events.h"

#include <algorithm>

namespace privity {

std::vector<std::shared_ptr<EventChannel>> EventHub::TakeOver() {
  const auto now = clock_.Monotonic();
  return subscribers_.With([&](auto& all) {
    std::vector<std::shared_ptr<EventChannel>> over;
    std::erase_if(all, [&](const Subscriber& one) {
      if (one.ends_at <= now) over.push_back(one.channel);
      return one.ends_at <= now || one.channel->closed();
    });
    return over;
  });
}

Result<std::shared_ptr<EventChannel>> EventHub::Subscribe(const Caller& caller) {
  for (const auto& channel : TakeOver()) channel->Close();
  auto channel = std::make_shared<EventChannel>();
  const bool added = subscribers_.With([&](auto& all) {
    const auto same =
        std::count_if(all.begin(), all.end(), [&](const Subscriber& one) { return one.actor == caller.actor; });
    if (static_cast<std::size_t>(same) >= kStreamsPerPrincipalMax) return false;
    all.push_back({channel, caller.actor, caller.user, caller.permissions, clock_.Monotonic() + kStreamLife});
    return true;
  });
  if (!added) return Error("server.too_many_streams");
  return channel;
}

void EventHub::Publish(const EventAudience& audience, std::string_view name, const Json& data) {
  for (const auto& channel : TakeOver()) channel->Close();
  std::vector<std::shared_ptr<EventChannel>> listeners;
  subscribers_.With([&](auto& all) {
    for (const Subscriber& one : all) {
      if (!audience.permission.empty() && !one.permissions.Has(audience.permission)) continue;
      if (audience.person && audience.person != one.user) continue;
      listeners.push_back(one.channel);
    }
  });
  if (listeners.empty()) return;
  const std::string text = ToJson(data);
  for (const auto& channel : listeners) channel->Send(name, text);
}

std::size_t EventHub::streams() const {
  return subscribers_.With([](const auto& all) {
    return static_cast<std::size_t>(
        std::count_if(all.begin(), all.end(), [](const Subscriber& one) { return !one.channel->closed(); }));
  });
}

}  // namespace privity
