// Which of the values that a log statement writes are personal data: by their names and owners, never by the words of
// the message.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>

#include "detect/detector.h"
#include "gate/log_statements.h"

namespace privity {

struct LoggedData {
  std::string collection;  // the owner; may be empty
  std::string field;
  std::string category;
  double confidence = 0;
  std::string reason;
};

// Remembers what it was asked. Not for many threads at once. The detector outlives it.
class LoggedDataJudge {
 public:
  explicit LoggedDataJudge(const Detector& detector) : detector_(detector) {}

  std::optional<LoggedData> Judge(const LoggedValue& value);

 private:
  std::optional<LoggedData> JudgeName(const std::string& owner, const std::string& name);

  const Detector& detector_;
  std::unordered_map<std::string, std::optional<LoggedData>> known_;
};

// Whether the category is one that nobody may log, whatever was declared.
bool IsCredential(std::string_view category);

}  // namespace privity
