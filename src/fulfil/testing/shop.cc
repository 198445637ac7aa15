#include "fulfil/testing/shop.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>

namespace privity {
namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows Query(const std::string& path, const std::string& sql) {
  sqlite3* db = nullptr;
  EXPECT_EQ(sqlite3_open(path.c_str(), &db), SQLITE_OK);
  Rows rows;
  char* problem = nullptr;
  const auto each = [](void* out, int count, char** values, char**) {
    std::vector<std::string> row;
    for (int i = 0; i < count; ++i) row.emplace_back(values[i] == nullptr ? "NULL" : values[i]);
    static_cast<Rows*>(out)->push_back(std::move(row));
    return 0;
  };
  EXPECT_EQ(sqlite3_exec(db, sql.c_str(), each, &rows, &problem), SQLITE_OK) << (problem == nullptr ? "" : problem);
  sqlite3_free(problem);
  sqlite3_close(db);
  return rows;
}

}  // namespace

TestShop::TestShop(const std::string& script) {
  Run(script);
}

void TestShop::Run(const std::string& script) const {
  Query(Path(), script);
}

std::vector<std::string> TestShop::Column(const std::string& sql) const {
  std::vector<std::string> values;
  for (const auto& row : Query(Path(), sql)) values.push_back(row.front());
  return values;
}

std::vector<std::string> TestShop::Rows() const {
  std::vector<std::string> out;
  for (const std::string& table : Column("SELECT name FROM sqlite_schema WHERE type = 'table'")) {
    for (const auto& row : Query(Path(), "SELECT * FROM \"" + table + "\"")) {
      std::string line = table;
      for (const std::string& value : row) line += "|" + value;
      out.push_back(line);
    }
  }
  std::ranges::sort(out);
  return out;
}

StoreOpener TestDatasets::Opener() const {
  return [this](const std::string& dataset, StoreAccess access) -> Result<std::unique_ptr<Connector>> {
    PRIVITY_TRY(const ConnectionUrl url, ConnectionUrl::Parse(urls_.at(dataset)));
    return OpenConnector(url,
                         {.writing_granted = access == StoreAccess::kWrite,
                          .addresses = {.allowed_networks = {*Network::Parse("127.0.0.0/8")}}},
                         resolver_);
  };
}

SubjectMap TestDatasets::Map() const {
  SubjectMap map;
  for (const auto& [name, url] : urls_) {
    const auto store = Opener()(name, StoreAccess::kRead);
    if (!store.ok()) continue;
    const auto description = (*store)->Describe();
    EXPECT_TRUE(description.ok()) << description.error().DebugString();
    if (!description.ok()) continue;
    for (MappedCollection& collection : MapOf(name, *description)) map.collections.push_back(std::move(collection));
  }
  return map;
}

MappedCollection& In(SubjectMap& map, const std::string& dataset, const std::string& name) {
  const auto found = std::ranges::find_if(map.collections, [&](const MappedCollection& each) {
    return each.id.dataset == dataset && each.id.name == name;
  });
  Invariant(found != map.collections.end(), "the test names a collection that is there");
  return *found;
}

void Annotate(SubjectMap& map, const std::string& dataset, const std::string& collection, MappedField field) {
  In(map, dataset, collection).fields.push_back(std::move(field));
}

std::string Counted(const SubjectMap& map, const Walk& walk) {
  std::map<std::size_t, int> counts;
  for (const FoundRecord& record : walk.records) ++counts[record.collection];
  std::string out;
  for (const auto& [collection, count] : counts) {
    const CollectionPlace& id = map.collections[collection].id;
    out += (out.empty() ? "" : " ") + id.dataset + "." + id.name + "=" + std::to_string(count);
  }
  return out;
}

std::vector<std::string> Bounds(const Walk& walk) {
  std::vector<std::string> out;
  for (const Boundary& each : walk.boundaries) {
    out.push_back(each.from.name + "." + each.fields.front() + "->" + each.to.name + ":" +
                  std::string(EnumText(each.reason)) + " x" + std::to_string(each.count));
  }
  std::ranges::sort(out);
  return out;
}

}  // namespace privity
