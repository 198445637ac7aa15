#include "server/metrics.h"

#include <algorithm>
#include <string>

#include "base/json.h"

namespace privity {
namespace {

const std::vector<double> kSecondBounds = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                           0.1,    0.25,  0.5,    1,     2.5,  5,     10};

void AppendEscaped(std::string_view text, std::string& out) {
  for (const char c : text) {
    if (c == '\\' || c == '"') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
}

std::string Number(double value) {
  std::string text;
  AppendJsonNumber(value, text);
  return text;
}

}  // namespace

void MetricsWriter::Head(std::string_view name, std::string_view help, std::string_view type) {
  if (last_name_ == name) return;
  last_name_ = name;
  text_.append("# HELP ").append(name).append(" ").append(help).append("\n");
  text_.append("# TYPE ").append(name).append(" ").append(type).append("\n");
}

void MetricsWriter::Line(std::string_view name, std::string_view suffix, Labels labels, std::string_view bound,
                         double value) {
  text_.append(name).append(suffix);
  char before = '{';
  const auto label = [&](std::string_view key, std::string_view text) {
    text_ += before;
    text_.append(key).append("=\"");
    AppendEscaped(text, text_);
    text_ += '"';
    before = ',';
  };
  for (const auto& [key, text] : labels) label(key, text);
  if (!bound.empty()) label("le", bound);
  if (before == ',') text_ += '}';
  text_.append(" ").append(Number(value)).append("\n");
}

void MetricsWriter::Counter(std::string_view name, std::string_view help, double value, Labels labels) {
  Head(name, help, "counter");
  Line(name, "", labels, "", value);
}

void MetricsWriter::Gauge(std::string_view name, std::string_view help, double value, Labels labels) {
  Head(name, help, "gauge");
  Line(name, "", labels, "", value);
}

void MetricsWriter::Histogram(std::string_view name, std::string_view help, const std::vector<double>& bounds,
                              const std::vector<std::uint64_t>& counts, double sum, Labels labels) {
  Head(name, help, "histogram");
  std::uint64_t total = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    total += counts[i];
    Line(name, "_bucket", labels, i < bounds.size() ? Number(bounds[i]) : "+Inf", static_cast<double>(total));
  }
  Line(name, "_sum", labels, "", sum);
  Line(name, "_count", labels, "", static_cast<double>(total));
}

void Metrics::AddSource(std::function<void(MetricsWriter&)> source) {
  sources_.With([&](auto& sources) { sources.push_back(std::move(source)); });
}

void Metrics::Observe(std::string_view route, int status, std::chrono::nanoseconds duration) {
  const double seconds = std::chrono::duration<double>(duration).count();
  const auto bucket = static_cast<std::size_t>(std::lower_bound(kSecondBounds.begin(), kSecondBounds.end(), seconds) -
                                               kSecondBounds.begin());
  routes_.With([&](auto& routes) {
    auto at = routes.find(route);
    if (at == routes.end()) {
      at = routes.emplace(std::string(route), PerRoute()).first;
      at->second.buckets.resize(kSecondBounds.size() + 1);
    }
    ++at->second.by_class[static_cast<std::size_t>(std::clamp(status / 100, 0, 5))];
    ++at->second.buckets[bucket];
    at->second.seconds += seconds;
  });
}

void Metrics::CountProblem(std::string_view code) {
  problems_.With([&](auto& problems) {
    const auto at = problems.find(code);
    if (at == problems.end()) {
      problems.emplace(std::string(code), 1);
    } else {
      ++at->second;
    }
  });
}

std::string Metrics::Text() const {
  MetricsWriter writer;
  for (const auto& [code, count] : problems_.With([](const auto& all) { return all; })) {
    writer.Counter("privity_problems_total", "Refusals and failures by the code of their error.",
                   static_cast<double>(count), {{"code", code}});
  }
  const auto routes = routes_.With([](const auto& all) { return all; });
  for (const auto& [route, counts] : routes) {
    for (std::size_t i = 1; i < counts.by_class.size(); ++i) {
      if (counts.by_class[i] == 0) continue;
      writer.Counter("privity_http_requests_total", "Answered requests by operation and class of status.",
                     static_cast<double>(counts.by_class[i]),
                     {{"operation", route}, {"status", std::to_string(i) + "xx"}});
    }
  }
  for (const auto& [route, counts] : routes) {
    writer.Histogram("privity_http_request_duration_seconds",
                     "Time from the complete header to the answer, including the wait for a worker.", kSecondBounds,
                     counts.buckets, counts.seconds, {{"operation", route}});
  }
  const auto sources = sources_.With([](const auto& all) { return all; });
  for (const auto& source : sources) source(writer);
  return writer.text();
}

}  // namespace privity
