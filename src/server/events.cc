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

Result<std::shared_ptr<EventChannel>> EventHub::Subscribe(ReadTx& tx, const Caller& caller,
                                                          std::string_view last_event_id) {
  for (const auto& channel : TakeOver()) channel->Close();
  auto channel = std::make_shared<EventChannel>();
  const bool added = subscribers_.With([&](auto& all) {
    const auto same =
        std::count_if(all.begin(), all.end(), [&](const Subscriber& one) { return one.caller.actor == caller.actor; });
    if (static_cast<std::size_t>(same) >= kStreamsPerPrincipalMax) return false;
    all.push_back({channel, caller, clock_.Monotonic() + kStreamLife});
    return true;
  });
  if (!added) return Error("server.too_many_streams");
  PRIVITY_TRY_VOID(Replay(tx, caller, last_event_id, *channel));
  return channel;
}

// Ends with an id of this moment, so that a client which hears nothing more knows where it stands.
Status EventHub::Replay(ReadTx& tx, const Caller& caller, std::string_view last_event_id, EventChannel& channel) const {
  const NewsId now = news_->Now();
  const auto last = NewsId::Parse(last_event_id);
  if (last.ok() && !news_->Reaches(*last)) {
    channel.Send("events.missed", "{}");
  } else if (last.ok()) {
    PRIVITY_TRY(const auto items, news_->After(tx, News::Before(*last), kReplayedMax + 1));
    const bool too_many = items.size() > kReplayedMax;
    if (too_many) channel.Send("events.missed", "{}");
    for (const NewsItem& item : items) {
      if (!too_many && item.audience.Includes(caller)) channel.Send(item.name, item.data, item.id.ToString());
    }
  }
  channel.Send("events.open", "{}", now.ToString());
  return Ok();
}

void EventHub::Publish(const NewsItem& item) {
  for (const auto& channel : TakeOver()) channel->Close();
  std::vector<std::shared_ptr<EventChannel>> listeners;
  subscribers_.With([&](auto& all) {
    for (const Subscriber& one : all) {
      if (item.audience.Includes(one.caller)) listeners.push_back(one.channel);
    }
  });
  for (const auto& channel : listeners) channel->Send(item.name, item.data, item.id.ToString());
}

std::size_t EventHub::streams() const {
  return subscribers_.With([](const auto& all) {
    return static_cast<std::size_t>(
        std::count_if(all.begin(), all.end(), [](const Subscriber& one) { return !one.channel->closed(); }));
  });
}

}  // namespace privity
