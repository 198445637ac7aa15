// Stores with people in them, for tests: SQLite files made from a script, and what stands in them afterwards.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/json.h"
#include "connect/testing/ground.h"
#include "fulfil/walk.h"
#include "net/resolver.h"

namespace privity {

// A store of the map: an SQLite file, made by `script`.
class TestShop {
 public:
  explicit TestShop(const std::string& script);
  std::string Url() const { return "sqlite://" + Path(); }
  std::string Path() const { return folder_.path() + "/shop.db"; }
  void Run(const std::string& script) const;
  // The first column of every row.
  std::vector<std::string> Column(const std::string& sql) const;
  // Every row of every table, one a line, sorted: to be compared before and after.
  std::vector<std::string> Rows() const;
  // Whether every foreign key leads somewhere.
  bool KeysHold() const { return Column("SELECT \"table\" FROM pragma_foreign_key_check").empty(); }

 private:
  TestFolder folder_;
};

// The datasets of a test by name, opened by their addresses.
class TestDatasets {
 public:
  void Add(const std::string& name, const std::string& url) { urls_[name] = url; }
  StoreOpener Opener() const;
  // The collections of all datasets, with their foreign keys.
  SubjectMap Map() const;

 private:
  std::map<std::string, std::string> urls_;
  SystemResolver resolver_;
};

// The collection of that name in the map.
MappedCollection& In(SubjectMap& map, const std::string& dataset, const std::string& name);
void Annotate(SubjectMap& map, const std::string& dataset, const std::string& collection, MappedField field);

// How many records of each collection a walk found: "shop.invoice=2 shop.customer=1", in the order of the map.
std::string Counted(const SubjectMap& map, const Walk& walk);
// "customer.store_id->store:others_refer_to_it x1", sorted.
std::vector<std::string> Bounds(const Walk& walk);

}  // namespace privity
