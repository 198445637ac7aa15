// Tells listeners of the console when jobs move on. Jobs may run in other processes, so what the store says is asked
// once a second, and only while somebody listens.
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <thread>

#include "app/application.h"
#include "server/events.h"

namespace privity::internal {

class JobNews {
 public:
  JobNews(Application& application, EventHub& events);
  ~JobNews();
  void Stop();

 private:
  void Run(const std::stop_token& stop);
  void Look();

  Application& application_;
  EventHub& events_;
  std::map<JobId, std::string> told_;  // the newest jobs, as last published
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::jthread thread_;
};

}  // namespace privity::internal
