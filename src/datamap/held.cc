#include "datamap/held.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/json.h"
#include "datamap/activities.h"

namespace privity {
namespace {

std::string SecondLevel(const std::string& category) {
  const std::size_t first = category.find('.');
  return first == std::string::npos ? category : category.substr(0, category.find('.', first + 1));
}

bool IsWithin(const std::string& one, const std::string& other) {
  return one == other || one.starts_with(other + ".");
}

bool IsAbout(const ActivityRequest& activity, const std::string& category) {
  return std::ranges::any_of(activity.data_categories, [&](const std::string& named) {
    return IsWithin(named, category) || IsWithin(category, named);
  });
}

}  // namespace

Result<std::vector<HeldCategory>> HeldCategories(ReadTx& tx) {
  PRIVITY_TRY(const auto rows,
              tx.Query("SELECT DISTINCT category FROM datamap_field WHERE is_personal AND gone_at IS NULL"));
  std::map<std::string, std::set<std::string>> held;
  for (const auto& row : rows) held[SecondLevel(row.Get<std::string>(0))];
  PRIVITY_TRY(const auto activities,
              tx.Query("SELECT content FROM datamap_activity WHERE role = $1 AND ended_at IS NULL",
                       {EnumText(ActivityRole::kController)}));
  for (const auto& row : activities) {
    PRIVITY_TRY(const ActivityRequest activity, FromJson<ActivityRequest>(row.Get<std::string>(0)));
    for (auto& [category, purposes] : held) {
      if (!IsAbout(activity, category)) continue;
      for (const ActivityPurpose& purpose : activity.purposes) purposes.insert(purpose.purpose);
    }
  }
  std::vector<HeldCategory> all;
  for (const auto& [category, purposes] : held) all.push_back({category, {purposes.begin(), purposes.end()}});
  return all;
}

}  // namespace privity
