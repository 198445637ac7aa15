// What the collections of one system say of each other's names: which fields are the key of a row elsewhere.
//
// A field refers to the rows of a collection when it is called like the field with which that one begins, if this says
// more than that it is a key ("w_num" of `w_watcher`), or like the collection with a word for keys behind it
// ("smith_id" of `smiths`, "kunde_nr" of `kunden`); or where a foreign key says so.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "detect/detector.h"

namespace privity {

// Immutable once made: read from many threads.
class SystemView {
 public:
  struct Rows {
    std::string collection;
    double people = 0;  // 1: rows are people; 0: nobody knows; -1: rows are things
  };
  struct Collection {
    std::string space;
    Rows rows;
    std::vector<std::string> words;  // its name's, folded; without those that say nothing
    std::vector<std::string> fields;
    std::map<std::string, CollectionKey> references;  // foreign keys: of a field, the collection that it refers to
  };
  // Of all fields, as each collection by itself is judged.
  struct Counts {
    std::size_t fields = 0;
    std::size_t personal = 0;
    std::size_t secrets = 0;  // of these, what opens a door
  };
  struct Reference {
    const Rows* rows = nullptr;  // null: the field refers to none
    bool by_key = false;         // a word for keys says so, or the name of the key itself
    bool declared = false;       // a foreign key says so

    // What the model is told of it: 0 for none.
    std::uint32_t sign() const;
    bool to_people() const { return rows != nullptr && by_key && rows->people >= 1; }
  };

  SystemView(std::vector<Collection> collections, const Counts& counts);

  Reference ReferenceOf(const CollectionKey& place, const std::string& field) const;
  // What it is about, by how much of it is somebody's; of a few fields nothing is known.
  enum class About { kUnknown, kThings, kPeople, kSigningIn };
  About about() const;

 private:
  using ByName = std::unordered_map<std::string, Rows>;

  static void Keep(ByName& known, const std::string& name, const Rows& rows);
  void AddKey(const Collection& collection);
  void AddForeignKeys(std::span<const Collection> collections);

  Counts counts_;
  ByName by_key_, by_name_;
  std::map<std::pair<CollectionKey, std::string>, Rows> by_foreign_key_;  // of the collection and the field
};

}  // namespace privity
