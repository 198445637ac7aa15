// A log sink that keeps its lines, for tests. Safe to use from many threads.
#pragma once

#include <string>
#include <vector>

#include "base/guarded.h"
#include "base/log.h"

namespace privity {

class CapturedLog final : public LogSink {
 public:
  void Write(LogLevel, std::string_view line) override {
    lines_.With([&](auto& lines) { lines.emplace_back(line); });
  }
  std::vector<std::string> lines() const {
    return lines_.With([](const auto& lines) { return lines; });
  }
  std::string text() const {
    std::string all;
    for (const auto& line : lines()) all += line;
    return all;
  }

 private:
  Guarded<std::vector<std::string>> lines_;
};

}  // namespace privity
