#include "fulfil/internal/record_finder.h"

#include <algorithm>

namespace privity {
namespace {

constexpr std::size_t kSampleValueBytesMax = 200;

}  // namespace

void RecordFinder::Node::Need(const std::string& field) {
  if (std::ranges::find(relevant, field) == relevant.end()) relevant.push_back(field);
}

// Keeps of each record what matters.
class RecordFinder::Rows : public RecordSink {
 public:
  Rows(const MappedCollection& mapped, const Node& node) : mapped_(mapped), node_(node) {}

  Status Take(Record record) override {
    FoundRow row{.values = std::vector<std::optional<std::string>>(node_.relevant.size())};
    for (const FieldCell& cell : record) {
      const auto at = std::ranges::find(node_.relevant, cell.field);
      if (at != node_.relevant.end() && cell.kind != CellKind::kNull) {
        std::optional<std::string>& value = row.values[static_cast<std::size_t>(at - node_.relevant.begin())];
        if (value) row.more.push_back({*at, std::string(cell.bytes)});
        if (!value) value = std::string(cell.bytes);
      }
      row.sample.push_back(Shown(cell));
    }
    rows.push_back(std::move(row));
    return Ok();
  }
  void Skip(Error) override { ++skipped; }

  std::vector<FoundRow> rows;
  std::int64_t skipped = 0;

 private:
  NamedValue Shown(const FieldCell& cell) const {
    NamedValue shown{.field = std::string(cell.field)};
    if (cell.kind == CellKind::kNull) return shown;
    const MappedField* field = mapped_.Find(cell.field);
    const bool is_known_harmless = field != nullptr && !field->category.empty() &&
                                   !IsPersonalCategory(field->category) && field->identifier.empty();
    const bool is_short = cell.kind == CellKind::kText && cell.bytes.size() <= kSampleValueBytesMax;
    shown.value = is_known_harmless && is_short ? std::string(cell.bytes) : Masked(cell.bytes);
    return shown;
  }
  const MappedCollection& mapped_;
  const Node& node_;
};

// Keeps the lines of a text of which the test holds.
class RecordFinder::Lines final : public Rows {
 public:
  Lines(const MappedCollection& mapped, const Node& node, const LineTest& test, std::int64_t limit)
      : Rows(mapped, node), test_(test), limit_(limit) {}

  Status Take(Record record) override {
    const auto holds = [&](const FieldCell& cell) { return test_(cell.bytes); };
    const bool has_room = static_cast<std::int64_t>(rows.size()) <= limit_;
    return has_room && std::ranges::any_of(record, holds) ? Rows::Take(record) : Ok();
  }

 private:
  const LineTest& test_;
  const std::int64_t limit_;
};

RecordFinder::RecordFinder(const SubjectMap& map, OpenStores& stores)
    : map_(map), stores_(stores), nodes_(map.collections.size()) {
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    const MappedCollection& mapped = Mapped(i);
    for (const std::string& field : mapped.shape.key) nodes_[i].Need(field);
    for (const MappedField& field : mapped.fields) {
      if (!field.identifier.empty() || IsName(field)) nodes_[i].Need(field.name);
    }
    if (IsText(i)) nodes_[i].Need(mapped.shape.fields.front().name);
    if (MayNameKeys(i)) {
      for (const Field& field : mapped.shape.fields) nodes_[i].Need(field.name);
    }
    if (mapped.shape.shape == CollectionShape::kMessages) {
      for (const std::string_view field : kWriters) nodes_[i].Need(std::string(field));
      for (const std::string_view field : kReceivers) nodes_[i].Need(std::string(field));
    }
  }
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    for (const MappedReference& reference : Mapped(i).references) {
      for (const std::string& field : reference.fields) nodes_[i].Need(field);
      const std::optional<std::size_t> target = PositionOf(reference.target);
      if (!target) continue;
      for (const std::string& field : reference.target_fields) nodes_[*target].Need(field);
      nodes_[*target].incoming.push_back({i, &reference});
    }
  }
}

// Holds keys, or values that are sealed under keys: what else stands in its records may name a key.
bool RecordFinder::MayNameKeys(std::size_t collection) const {
  const MappedCollection& mapped = Mapped(collection);
  return !mapped.key_field.empty() || std::ranges::any_of(mapped.fields, [](const MappedField& field) {
    return field.strategy == Strategy::kCryptoShred;
  });
}

std::optional<std::size_t> RecordFinder::PositionOf(const CollectionPlace& id) const {
  const MappedCollection* found = map_.Find(id);
  if (found == nullptr) return std::nullopt;
  return static_cast<std::size_t>(found - map_.collections.data());
}

bool RecordFinder::IsText(std::size_t collection) const {
  const Collection& shape = Mapped(collection).shape;
  return shape.shape == CollectionShape::kText && !shape.fields.empty();
}

const std::optional<std::string>& RecordFinder::Value(std::size_t collection, const FoundRow& row,
                                                      std::string_view field) const {
  const std::vector<std::string>& relevant = nodes_[collection].relevant;
  return row.values[static_cast<std::size_t>(std::ranges::find(relevant, field) - relevant.begin())];
}

std::vector<std::string> RecordFinder::AllValues(std::size_t collection, const FoundRow& row,
                                                 std::string_view field) const {
  std::vector<std::string> all;
  if (const auto& first = Value(collection, row, field)) all.push_back(*first);
  for (const NamedValue& each : row.more) {
    if (each.field == field) all.push_back(*each.value);
  }
  return all;
}

std::optional<std::vector<FieldValue>> RecordFinder::Values(std::size_t collection, const FoundRow& row,
                                                            const std::vector<std::string>& fields,
                                                            const std::vector<std::string>& named) const {
  std::vector<FieldValue> values;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const std::optional<std::string>& value = Value(collection, row, fields[i]);
    if (!value) return std::nullopt;
    values.push_back({named[i], value});
  }
  if (values.empty()) return std::nullopt;
  return values;
}

std::vector<NamedValue> RecordFinder::KeyOf(std::size_t collection, const FoundRow& row) const {
  std::vector<NamedValue> key;
  for (const std::string& field : Mapped(collection).shape.key) key.push_back({field, Value(collection, row, field)});
  return key;
}

std::string RecordFinder::IdentityOf(std::size_t collection, const FoundRow& row) const {
  const Collection& shape = Mapped(collection).shape;
  std::string identity = std::to_string(collection);
  const auto add = [&](const std::optional<std::string>& value) {
    identity += value ? '\0' + std::to_string(value->size()) + ':' + *value : std::string("\0-", 2);
  };
  if (!shape.key.empty()) {
    for (const std::string& field : shape.key) add(Value(collection, row, field));
  } else {
    for (const auto& value : row.values) add(value);
    for (const NamedValue& each : row.sample) add(each.value);
  }
  return identity;
}

Result<std::vector<FoundRow>> RecordFinder::Find(std::size_t collection, const std::vector<FieldValue>& match,
                                                 std::int64_t limit) {
  const MappedCollection& mapped = Mapped(collection);
  const Result<Connector*> store = stores_.Get(mapped.id.dataset);
  if (!store.ok()) return NotReadable({.dataset = mapped.id.dataset}, store.error());
  Rows sink(mapped, nodes_[collection]);
  const Status found = (*store)->Find(mapped.shape, match, limit, sink);
  if (!found.ok()) {
    if (IsLost(found.error())) stores_.Lose(mapped.id.dataset, found.error());
    return NotReadable(IsLost(found.error()) ? CollectionPlace{.dataset = mapped.id.dataset} : mapped.id,
                       found.error());
  }
  if (sink.skipped > 0) Note({mapped.id, "connect.malformed"});
  return std::move(sink.rows);
}

Result<std::vector<FoundRow>> RecordFinder::LinesOf(std::size_t collection, const LineTest& test, std::int64_t limit) {
  const MappedCollection& mapped = Mapped(collection);
  const Result<Connector*> store = stores_.Get(mapped.id.dataset);
  if (!store.ok()) return NotReadable({.dataset = mapped.id.dataset}, store.error());
  Lines sink(mapped, nodes_[collection], test, limit);
  const Status read = (*store)->Stream(mapped.shape, {}, sink);
  if (!read.ok() && IsLost(read.error())) stores_.Lose(mapped.id.dataset, read.error());
  if (!read.ok()) return NotReadable(mapped.id, read.error());
  if (sink.skipped > 0) Note({mapped.id, "connect.malformed"});
  return std::move(sink.rows);
}

Result<std::vector<FoundRow>> RecordFinder::NotReadable(CollectionPlace place, const Error& error) {
  if (error.Is("connect.cancelled")) return error;
  Note({std::move(place), error.code()});
  return std::vector<FoundRow>();
}

void RecordFinder::Note(NotRead note) {
  if (std::ranges::find(not_read_, note) == not_read_.end()) not_read_.push_back(std::move(note));
}

bool RecordFinder::CanBeRead(std::size_t collection) const {
  const CollectionPlace& id = Mapped(collection).id;
  return std::ranges::none_of(not_read_, [&](const NotRead& note) {
    return note.collection == id || note.collection == CollectionPlace{.dataset = id.dataset};
  });
}

bool IsName(const MappedField& field) {
  return field.category == "user.name" || field.category == "user.name.first" || field.category == "user.name.last";
}

}  // namespace privity
