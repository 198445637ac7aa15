#include "datamap/held.h"

#include <set>

namespace privity {
namespace {

std::string SecondLevel(const std::string& category) {
  const std::size_t first = category.find('.');
  return first == std::string::npos ? category : category.substr(0, category.find('.', first + 1));
}

}  // namespace

Result<std::vector<std::string>> HeldCategories(ReadTx& tx) {
  PRIVITY_TRY(const auto rows,
              tx.Query("SELECT DISTINCT category FROM datamap_field WHERE is_personal AND gone_at IS NULL"));
  std::set<std::string> held;
  for (const auto& row : rows) held.insert(SecondLevel(row.Get<std::string>(0)));
  return std::vector<std::string>(held.begin(), held.end());
}

}  // namespace privity
