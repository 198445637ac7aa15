#include "server/internal/job_news.h"

namespace privity::internal {
namespace {

constexpr std::chrono::seconds kLookEvery{1};
constexpr int kNewestJobs = 50;

Json NewsOf(const JobInfo& job) {
  Json news = Json::Object({{"id", job.id.ToString()},
                            {"kind", job.kind},
                            {"state", EnumText(job.state)},
                            {"progress_done", job.progress_done}});
  if (job.progress_total) news.Set("progress_total", *job.progress_total);
  return news;
}

}  // namespace

JobNews::JobNews(Application& application, EventHub& events)
    : application_(application), events_(events), thread_([this](const std::stop_token& stop) { Run(stop); }) {}

JobNews::~JobNews() {
  Stop();
}

void JobNews::Stop() {
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
}

void JobNews::Run(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    wake_.wait_for(lock, stop, kLookEvery, [] { return false; });
    if (!stop.stop_requested() && events_.streams() > 0) Look();
  }
}

// What cannot be read now is read at the next look.
void JobNews::Look() {
  const auto page =
      application_.store().Read([&](ReadTx& tx) { return application_.jobs().List(tx, {}, "", kNewestJobs); });
  if (!page.ok()) return;
  std::map<JobId, std::string> now;
  for (const JobInfo& job : page->items) {
    const Json news = NewsOf(job);
    std::string text = ToJson(news);
    const auto told = told_.find(job.id);
    if (told == told_.end() || told->second != text)
      events_.Publish({"jobs.read", std::nullopt}, "jobs.progress", news);
    now.emplace(job.id, std::move(text));
  }
  told_ = std::move(now);
}

}  // namespace privity::internal
