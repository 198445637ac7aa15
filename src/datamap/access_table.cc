#include "datamap/access_table.h"

#include "report/table.h"

namespace privity {
namespace {

constexpr std::string_view kLanguage = "en";
constexpr int kPage = 200;

std::string Joined(const std::vector<std::string>& texts, std::string_view between) {
  std::string joined;
  for (const std::string& text : texts) joined += (joined.empty() ? "" : std::string(between)) + text;
  return joined;
}

std::vector<Cell> CellsOf(const AccessPoint& point) {
  std::vector<std::string> privileges;
  for (const Privilege privilege : point.privileges) privileges.emplace_back(EnumText(privilege));
  return {point.system_name,
          std::string(EnumText(point.principal_kind)),
          point.principal,
          point.dataset,
          point.collection,
          point.field,
          Joined(privileges, ", "),
          Joined(point.through, " > "),
          point.personal_fields,
          point.special_fields,
          Joined(point.categories, ", "),
          point.last_used_at ? Cell(*point.last_used_at) : Cell(),
          std::string(EnumText(point.freshness)),
          point.first_seen_at,
          point.last_seen_at};
}

}  // namespace

Status WriteAccessTable(ReadTx& tx, const Catalog& catalog, const AccessPoints& access, AccessFilter filter,
                        const ByteSink& sink) {
  const auto csv = MakeCsvWriter(sink);
  std::vector<TableColumn> columns;
  for (const char* key : {"system", "principal_kind", "principal", "dataset", "collection", "field", "privileges",
                          "through", "personal_fields", "special_fields", "categories", "last_used_at", "freshness",
                          "first_seen_at", "last_seen_at"}) {
    columns.push_back({.title = catalog.Text(kLanguage, "datamap.access_" + std::string(key))});
  }
  PRIVITY_TRY_VOID(csv->Begin(columns));
  for (filter.limit = kPage;;) {
    PRIVITY_TRY(const AccessPage page, access.List(tx, filter));
    for (const AccessPoint& point : page.items) PRIVITY_TRY_VOID(csv->Row(CellsOf(point)));
    if (!page.next) return csv->Finish();
    PRIVITY_TRY(filter.after, AccessPointId::Parse(*page.next));
  }
}

}  // namespace privity
