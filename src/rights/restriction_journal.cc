#include "rights/restriction_journal.h"

#include <algorithm>
#include <utility>

#include "base/durable_file.h"
#include "base/json.h"

namespace privity {
namespace {

constexpr std::string_view kEnding = ".json";
constexpr std::size_t kEntryBytesMax = std::size_t{64} << 10;

Error Failed(const std::filesystem::path& path, const char* operation, const std::error_code& failure) {
  return Error("base.file_failed", {{"path", path.string()}, {"operation", operation}, {"reason", failure.message()}});
}

}  // namespace

std::filesystem::path RestrictionJournal::PathOf(const RestrictionId& id) const {
  return directory_ / (id.ToString() + std::string(kEnding));
}

Status RestrictionJournal::Remember(const RememberedRestriction& restriction) const {
  std::error_code failure;
  const bool is_new = std::filesystem::create_directories(directory_, failure);
  if (is_new && !failure) std::filesystem::permissions(directory_, std::filesystem::perms::owner_all, failure);
  if (failure) return Failed(directory_, "make", failure);
  return WriteFileDurably(PathOf(restriction.id), AsBytes(ToJson(restriction)));
}

Result<std::vector<RememberedRestriction>> RestrictionJournal::Entries() const {
  std::error_code failure;
  std::vector<RememberedRestriction> entries;
  if (!std::filesystem::exists(directory_, failure) && !failure) return entries;
  for (std::filesystem::directory_iterator at(directory_, failure), end; !failure && at != end; at.increment(failure)) {
    if (at->path().extension() != kEnding) continue;
    PRIVITY_TRY(const Bytes bytes, ReadFile(at->path(), kEntryBytesMax));
    auto entry = FromJson<RememberedRestriction>(AsText(bytes));
    if (!entry.ok()) return Error("rights.journal_damaged", {{"file", at->path().filename().string()}});
    entries.push_back(std::move(*entry));
  }
  if (failure) return Failed(directory_, "list", failure);
  std::ranges::sort(entries, {}, [](const RememberedRestriction& each) { return each.id.ToString(); });
  return entries;
}

Status RestrictionJournal::Forget(const RestrictionId& id) const {
  std::error_code failure;
  if (!std::filesystem::exists(PathOf(id), failure))
    return failure ? Failed(PathOf(id), "find", failure) : Status(Ok());
  return RemoveFileDurably(PathOf(id));
}

}  // namespace privity
