#include "gate/internal/ignore_comments.h"

#include <algorithm>

namespace privity::gate_internal {
namespace {

constexpr std::string_view kMark = "privity:ignore";
constexpr std::size_t kReasonBytesMax = 500;

// Where the comment begins that ends right before `end`; npos when the mark stands in no comment.
std::size_t CommentBegin(std::string_view before) {
  while (before.ends_with(' ')) before.remove_suffix(1);
  for (const std::string_view opening : {"--", "//", "/*", "#", "*"}) {
    if (before.ends_with(opening)) return before.size() - opening.size();
  }
  return std::string_view::npos;
}

std::string_view Trimmed(std::string_view text) {
  text = text.substr(0, text.find("*/"));
  while (text.ends_with(' ') || text.ends_with('\r') || text.ends_with('\t')) text.remove_suffix(1);
  while (text.starts_with(' ') || text.starts_with(':') || text.starts_with('\t')) text.remove_prefix(1);
  return text;
}

}  // namespace

std::optional<std::string> IgnoreReason(std::string_view words) {
  const std::size_t mark = words.find(kMark);
  if (mark == std::string_view::npos) return std::nullopt;
  return std::string(Trimmed(words.substr(mark + kMark.size())).substr(0, kReasonBytesMax));
}

IgnoreComments::IgnoreComments(std::string_view text) {
  int number = 1;
  for (std::size_t begin = 0; begin < text.size(); ++number) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    ReadLine(text.substr(begin, end - begin), number);
    begin = end + 1;
  }
}

void IgnoreComments::ReadLine(std::string_view line, int number) {
  const std::size_t mark = line.find(kMark);
  if (mark == std::string_view::npos) return;
  const std::size_t comment = CommentBegin(line.substr(0, mark));
  if (comment == std::string_view::npos) return;
  const std::string reason = *IgnoreReason(line.substr(mark));
  if (reason.empty()) return without_reason_.push_back(number);
  const bool is_alone = line.substr(0, comment).find_first_not_of(" \t") == std::string_view::npos;
  reasons_[is_alone ? number + 1 : number] = reason;
}

std::optional<std::string> IgnoreComments::ReasonAt(int line) const {
  const auto reason = reasons_.find(line);
  return reason == reasons_.end() ? std::nullopt : std::optional(reason->second);
}

}  // namespace privity::gate_internal
