// News for the people who have the console open: progress of jobs, notifications. One stream each (GET /v1/events),
// server-sent events of the form {"event": name, "data": JSON}.
//
// An event is a hint to look again, not the truth: who misses one (a reconnect, another process) asks the API. So
// events hold ids and states, never content.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/guarded.h"
#include "base/json.h"
#include "http/message.h"
#include "identity/caller.h"

namespace privity {

// Who hears of an event: holders of a permission, or one person.
struct EventAudience {
  std::string permission;        // empty: anybody signed in
  std::optional<UserId> person;  // only this one
};

// Safe to call from many threads.
class EventHub {
 public:
  // A stream older than this gets nothing more and is closed, so that the browser connects again and is authenticated
  // again: what somebody no longer may hear ends with it.
  static constexpr std::chrono::minutes kStreamLife{10};
  static constexpr std::size_t kStreamsPerPrincipalMax = 16;

  explicit EventHub(const Clock& clock) : clock_(clock) {}

  // server.too_many_streams (429).
  Result<std::shared_ptr<EventChannel>> Subscribe(const Caller& caller);
  // `name` is "<things>.<what>": "jobs.progress".
  void Publish(const EventAudience& audience, std::string_view name, const Json& data);
  std::size_t streams() const;

 private:
  struct Subscriber {
    std::shared_ptr<EventChannel> channel;  // shared with the connection
    Actor actor;
    std::optional<UserId> user;
    PermissionSet permissions;
    std::chrono::steady_clock::time_point ends_at;
  };
  // Takes out what is closed or over; the over ones are returned, to be closed outside of the lock.
  std::vector<std::shared_ptr<EventChannel>> TakeOver();

  const Clock& clock_;
  Guarded<std::vector<Subscriber>> subscribers_;
};

}  // namespace privity
