// News for the people who have the console open: progress of jobs, notifications. One stream each (GET /v1/events),
// server-sent events of the form {"event": name, "data": JSON, "id": place in time}.
//
// An event is a hint to look again, not the truth: it holds ids and states, never content. What happened is read from
// the store (workspace/news.h), so that a stream at one process tells what another process did. A client that connects
// again with Last-Event-ID hears what it missed, some of it twice; when that is too long ago or too much, the event
// `events.missed` tells it to look at everything again.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/guarded.h"
#include "http/message.h"
#include "identity/caller.h"
#include "workspace/news.h"

namespace privity {

// Safe to call from many threads.
class EventHub {
 public:
  // A stream older than this gets nothing more and is closed, so that the browser connects again and is authenticated
  // again: what somebody no longer may hear ends with it.
  static constexpr std::chrono::minutes kStreamLife{10};
  static constexpr std::size_t kStreamsPerPrincipalMax = 16;
  static constexpr int kReplayedMax = 500;

  EventHub(const Clock& clock, const News* news) : clock_(clock), news_(news) {}

  // A new stream for this caller, which begins behind `last_event_id` ("" or one that is none: now).
  // server.too_many_streams (429).
  Result<std::shared_ptr<EventChannel>> Subscribe(ReadTx& tx, const Caller& caller, std::string_view last_event_id);
  void Publish(const NewsItem& item);
  std::size_t streams() const;

 private:
  struct Subscriber {
    std::shared_ptr<EventChannel> channel;  // shared with the connection
    Caller caller;
    std::chrono::steady_clock::time_point ends_at;
  };
  // Takes out what is closed or over; the over ones are returned, to be closed outside of the lock.
  std::vector<std::shared_ptr<EventChannel>> TakeOver();
  Status Replay(ReadTx& tx, const Caller& caller, std::string_view last_event_id, EventChannel& channel) const;

  const Clock& clock_;
  const News* const news_;
  Guarded<std::vector<Subscriber>> subscribers_;
};

}  // namespace privity
