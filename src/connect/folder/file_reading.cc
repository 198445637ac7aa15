#include "connect/folder/file_reading.h"

#include <algorithm>
#include <cstring>

namespace privity::connect_internal {
namespace {

// A record that is longer cannot be told from a file that is broken.
constexpr std::size_t kRecordBytesMax = 64 << 20;

}  // namespace

Status FileReading::Run(const OnRecord& on_record, const OnProblem& on_problem) {
  if (extent_.offset > 0) {
    file_.Seek(extent_.offset);
    PRIVITY_TRY_VOID(SkipLine());
  }
  std::vector<FieldCell> cells;
  while (true) {
    const FileFormat::Step step = format_.Take(text_.data() + at_, text_.size() - at_, is_end_, cells);
    if (step.found == FileFormat::Found::kMore || (at_ == text_.size() && !is_end_)) {
      PRIVITY_TRY_VOID(More(on_problem));
      continue;
    }
    if (at_ == text_.size()) return Ok();
    if (step.found == FileFormat::Found::kRecord) {
      record_bytes_ = step.consumed;
      PRIVITY_TRY(const bool goes_on, on_record(cells));
      if (!goes_on) return Ok();
    }
    if (step.found == FileFormat::Found::kMalformed) on_problem(line_, step.problem);
    Consume(step.consumed);
    if (read_ > extent_.bytes_max) return Ok();
  }
}

// Reads at least as much again as is waiting, so that a long record is looked through a few times only.
Status FileReading::More(const OnProblem& on_problem) {
  text_.erase(0, at_);
  at_ = 0;
  if (text_.size() > kRecordBytesMax) {
    on_problem(line_, "a record of more than 64 MiB");
    Consume(std::min(text_.find('\n'), text_.size() - 1) + 1);
    return Ok();
  }
  const std::size_t wanted = 2 * text_.size() + 1;
  while (text_.size() < wanted && !is_end_) {
    PRIVITY_TRY(const bool more, file_.Append(text_));
    is_end_ = !more;
  }
  return Ok();
}

void FileReading::Consume(std::size_t size) {
  const char* at = text_.data() + at_;
  const char* const end = at + size;
  while ((at = static_cast<const char*>(std::memchr(at, '\n', static_cast<std::size_t>(end - at)))) != nullptr) {
    ++line_;
    ++at;
  }
  at_ += size;
  read_ += size;
}

Status FileReading::SkipLine() {
  std::size_t newline = std::string::npos;
  while ((newline = text_.find('\n')) == std::string::npos && !is_end_) {
    text_.clear();
    PRIVITY_TRY(const bool more, file_.Append(text_));
    is_end_ = !more;
  }
  at_ = newline == std::string::npos ? text_.size() : newline + 1;
  return Ok();
}

}  // namespace privity::connect_internal
