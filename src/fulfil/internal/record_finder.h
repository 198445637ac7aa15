// Asks the stores for records of mapped collections, and keeps of each what tells whose it is: the fields of its key,
// of references in both directions, of identifiers and names, and of keys of sealed fields.
//
// What does not answer stands in `not_read`, and is an empty answer; CanBeRead tells the two apart. Collections are
// positions in SubjectMap::collections. Not for several threads at once. Map and stores outlive it.
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fulfil/walk.h"

namespace privity {

struct FoundRow {
  std::vector<std::optional<std::string>> values{};  // of the fields that matter, in their order
  std::vector<NamedValue> more{};                    // of fields that come several times in a document
  std::vector<NamedValue> sample{};                  // every field, as a person may see it: personal values are masked
};

// A reference of the map, seen from the collection that it leads to.
struct IncomingReference {
  std::size_t from = 0;
  const MappedReference* reference = nullptr;
};

class RecordFinder {
 public:
  using LineTest = std::function<bool(std::string_view line)>;

  RecordFinder(const SubjectMap& map, OpenStores& stores);

  std::size_t size() const { return nodes_.size(); }
  const MappedCollection& Mapped(std::size_t collection) const { return map_.collections[collection]; }
  std::optional<std::size_t> PositionOf(const CollectionPlace& id) const;
  std::span<const IncomingReference> IncomingTo(std::size_t collection) const { return nodes_[collection].incoming; }
  bool IsText(std::size_t collection) const;

  // Of a field that matters: the first value, null when there is none; all of them.
  const std::optional<std::string>& Value(std::size_t collection, const FoundRow& row, std::string_view field) const;
  std::vector<std::string> AllValues(std::size_t collection, const FoundRow& row, std::string_view field) const;
  // Values of `fields` under the names of `named`. None when one of them is null: such a reference refers to nothing.
  std::optional<std::vector<FieldValue>> Values(std::size_t collection, const FoundRow& row,
                                                const std::vector<std::string>& fields,
                                                const std::vector<std::string>& named) const;
  std::vector<NamedValue> KeyOf(std::size_t collection, const FoundRow& row) const;
  // Tells the record from all others.
  std::string IdentityOf(std::size_t collection, const FoundRow& row) const;

  // At most `limit` records with these values. Error: connect.cancelled.
  Result<std::vector<FoundRow>> Find(std::size_t collection, const std::vector<FieldValue>& match, std::int64_t limit);
  // The lines of a text of which the test holds, a few more than `limit` at most.
  Result<std::vector<FoundRow>> LinesOf(std::size_t collection, const LineTest& test, std::int64_t limit);

  bool CanBeRead(std::size_t collection) const;
  const std::vector<NotRead>& not_read() const { return not_read_; }

 private:
  struct Node {
    std::vector<std::string> relevant;
    std::vector<IncomingReference> incoming;
    void Need(const std::string& field);
  };
  class Rows;
  class Lines;
  bool MayNameKeys(std::size_t collection) const;
  Result<std::vector<FoundRow>> NotReadable(CollectionPlace place, const Error& error);
  void Note(NotRead note);

  const SubjectMap& map_;
  OpenStores& stores_;
  std::vector<Node> nodes_;
  std::vector<NotRead> not_read_;
};

// Whether the field holds a name of a person, whole or in part.
bool IsName(const MappedField& field);

// Of mailboxes: the fields that say who wrote, and to whom.
inline constexpr std::array<std::string_view, 3> kWriters = {"from_email", "sender_email", "reply_to_email"};
inline constexpr std::array<std::string_view, 3> kReceivers = {"to_email", "cc_email", "bcc_email"};

}  // namespace privity
