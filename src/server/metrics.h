// Numbers for Prometheus, in its text format (version 0.0.4). Labels hold names of the program only: never a value of a
// request.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/guarded.h"

namespace privity {

// Writes one answer. Values of one name are written one after another.
class MetricsWriter {
 public:
  using Labels = std::initializer_list<std::pair<std::string_view, std::string_view>>;

  // Names in base units, counters ending in _total: "privity_http_requests_total".
  void Counter(std::string_view name, std::string_view help, double value, Labels labels = {});
  void Gauge(std::string_view name, std::string_view help, double value, Labels labels = {});
  // `counts[i]` observations were at most `bounds[i]`, the last of `counts` the rest; not cumulative.
  void Histogram(std::string_view name, std::string_view help, const std::vector<double>& bounds,
                 const std::vector<std::uint64_t>& counts, double sum, Labels labels = {});
  const std::string& text() const { return text_; }

 private:
  void Head(std::string_view name, std::string_view help, std::string_view type);
  void Line(std::string_view name, std::string_view suffix, Labels labels, std::string_view bound, double value);
  std::string text_;
  std::string last_name_;
};

// Safe to call from many threads.
class Metrics {
 public:
  // Rooms add what they count; called when the metrics are read, on a worker thread.
  void AddSource(std::function<void(MetricsWriter&)> source);

  // One answered request. `route` is an operation id or one of the fixed words for what is no route.
  void Observe(std::string_view route, int status, std::chrono::nanoseconds duration);

  // One refusal or failure, by the code of its error.
  void CountProblem(std::string_view code);

  std::string Text() const;

 private:
  struct PerRoute {
    std::array<std::uint64_t, 6> by_class{};  // index: status / 100
    std::vector<std::uint64_t> buckets;
    double seconds = 0;
  };
  Guarded<std::map<std::string, PerRoute, std::less<>>> routes_;
  Guarded<std::map<std::string, std::uint64_t, std::less<>>> problems_;
  Guarded<std::vector<std::function<void(MetricsWriter&)>>> sources_;
};

}  // namespace privity
