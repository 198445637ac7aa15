#include "fulfil/walk.h"

#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "base/utf8.h"

namespace privity {
namespace {

constexpr std::size_t kSampleValueBytesMax = 200;
constexpr std::string_view kEmployee = "employee";
constexpr std::string_view kName = "user.name";
constexpr std::string_view kFirstName = "user.name.first";
constexpr std::string_view kLastName = "user.name.last";
constexpr std::size_t kNamesMax = 20;
constexpr std::array<std::string_view, 3> kWriters = {"from_email", "sender_email", "reply_to_email"};
constexpr std::array<std::string_view, 3> kReceivers = {"to_email", "cc_email", "bcc_email"};

bool IsName(const MappedField& field) {
  return field.category == kName || field.category == kFirstName || field.category == kLastName;
}

// The fields of a collection that the walk needs: key, references in both directions, identifiers.
struct Node {
  const MappedCollection* mapped = nullptr;
  std::vector<std::string> relevant;
  struct Incoming {
    std::size_t from;  // collection
    const MappedReference* reference;
  };
  std::vector<Incoming> incoming;

  void Need(const std::string& field) {
    if (std::ranges::find(relevant, field) == relevant.end()) relevant.push_back(field);
  }
};

struct Row {
  std::vector<std::optional<std::string>> values{};  // as Node::relevant
  std::vector<NamedValue> more{};                    // of fields that come several times in a document
  std::vector<NamedValue> sample{};
};

// Keeps of each record what the walk needs.
class RowSink : public RecordSink {
 public:
  explicit RowSink(const Node& node) : node_(node) {}

  Status Take(Record record) override {
    Row row{.values = std::vector<std::optional<std::string>>(node_.relevant.size())};
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

  std::vector<Row> rows;
  std::int64_t skipped = 0;

 protected:
  NamedValue Shown(const FieldCell& cell) const {
    NamedValue shown{.field = std::string(cell.field)};
    if (cell.kind == CellKind::kNull) return shown;
    const MappedField* field = node_.mapped->Find(cell.field);
    const bool is_known_harmless = field != nullptr && !field->category.empty() &&
                                   !IsPersonalCategory(field->category) && field->identifier.empty();
    const bool is_short = cell.kind == CellKind::kText && cell.bytes.size() <= kSampleValueBytesMax;
    shown.value = is_known_harmless && is_short ? std::string(cell.bytes) : Masked(cell.bytes);
    return shown;
  }
  const Node& node_;
};

// Keeps the lines of a text of which the test holds.
class LineSink final : public RowSink {
 public:
  using Test = std::function<bool(std::string_view line)>;
  LineSink(const Node& node, Test test, std::size_t most) : RowSink(node), test_(std::move(test)), most_(most) {}

  Status Take(Record record) override {
    const auto holds = [&](const FieldCell& cell) { return test_(cell.bytes); };
    return rows.size() <= most_ && std::ranges::any_of(record, holds) ? RowSink::Take(record) : Ok();
  }

 private:
  const Test test_;
  const std::size_t most_;
};

// What may become the person's once more of them is known.
struct Candidate {
  // Holds an identifier; refers to a record of theirs; is referred to by one.
  enum class Kind { kNamed, kChild, kParent };
  Kind kind;
  std::size_t collection;
  std::size_t record = 0;                      // of the person, from which it was seen; not of what an identifier named
  const MappedReference* reference = nullptr;  // likewise
  std::string field{};                         // that holds the identifier
  Row row{};                                   // of what is named, and of a child
  std::vector<FieldValue> target{};            // of a parent: how it is found
  BoundaryReason reason = BoundaryReason::kAnotherPersonsRecord;
};

class Walking {
 public:
  Walking(const SubjectMap& map, OpenStores& stores, std::span<const SubjectIdentifier> proven,
          const WalkLimits& limits)
      : map_(map), stores_(stores), limits_(limits) {
    walk_.identifiers.assign(proven.begin(), proven.end());
    Prepare();
  }

  Result<Walk> Run() {
    PRIVITY_TRY_VOID(ReadTexts());
    bool goes_on = true;
    while (goes_on) {
      PRIVITY_TRY_VOID(AskForIdentifiers());
      PRIVITY_TRY_VOID(Drain());
      PRIVITY_TRY(goes_on, Settle());
      goes_on = goes_on || asked_ < walk_.identifiers.size();
    }
    PRIVITY_TRY_VOID(TakeLinesByName());
    Conclude();
    PRIVITY_TRY_VOID(LookAtKeys());
    return std::move(walk_);
  }

 private:
  void Prepare() {
    nodes_.resize(map_.collections.size());
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      nodes_[i].mapped = &map_.collections[i];
      for (const std::string& field : nodes_[i].mapped->shape.key) nodes_[i].Need(field);
      for (const MappedField& field : nodes_[i].mapped->fields) {
        if (!field.identifier.empty() || IsName(field)) nodes_[i].Need(field.name);
      }
      if (IsText(i)) nodes_[i].Need(nodes_[i].mapped->shape.fields.front().name);
      if (MayNameKeys(i)) {
        for (const Field& field : nodes_[i].mapped->shape.fields) nodes_[i].Need(field.name);
      }
      if (nodes_[i].mapped->shape.shape == CollectionShape::kMessages) {
        for (const std::string_view field : kWriters) nodes_[i].Need(std::string(field));
        for (const std::string_view field : kReceivers) nodes_[i].Need(std::string(field));
      }
    }
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      for (const MappedReference& reference : nodes_[i].mapped->references) {
        for (const std::string& field : reference.fields) nodes_[i].Need(field);
        const std::optional<std::size_t> target = PositionOf(reference.target);
        if (!target) continue;
        for (const std::string& field : reference.target_fields) nodes_[*target].Need(field);
        nodes_[*target].incoming.push_back({i, &reference});
      }
    }
  }

  std::optional<std::size_t> PositionOf(const CollectionPlace& id) const {
    const MappedCollection* found = map_.Find(id);
    if (found == nullptr) return std::nullopt;
    return static_cast<std::size_t>(found - map_.collections.data());
  }

  const std::optional<std::string>& Value(std::size_t collection, const Row& row, const std::string& field) const {
    const std::vector<std::string>& relevant = nodes_[collection].relevant;
    return row.values[static_cast<std::size_t>(std::ranges::find(relevant, field) - relevant.begin())];
  }
  // Nothing when one of them is null: such a reference refers to nothing.
  std::optional<std::vector<FieldValue>> Values(std::size_t collection, const Row& row,
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

  static std::string IndexKey(std::size_t collection, const std::vector<FieldValue>& values) {
    std::string key = std::to_string(collection);
    for (const FieldValue& each : values) {
      key += '\0' + each.field + '\0' + std::to_string(each.value->size()) + ':' + *each.value;
    }
    return key;
  }
  // The person's record that has these values, if there is one.
  std::optional<std::size_t> Owned(std::size_t collection, const std::vector<FieldValue>& values) const {
    const auto found = index_.find(IndexKey(collection, values));
    if (found == index_.end()) return std::nullopt;
    return found->second;
  }

  std::string IdentityOf(std::size_t collection, const Row& row) const {
    const Collection& shape = nodes_[collection].mapped->shape;
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
  bool IsOwned(std::size_t collection, const Row& row) const { return seen_.contains(IdentityOf(collection, row)); }

  Result<std::vector<Row>> Find(std::size_t collection, const std::vector<FieldValue>& match, std::int64_t limit) {
    const MappedCollection& mapped = *nodes_[collection].mapped;
    const Result<Connector*> store = stores_.Get(mapped.id.dataset);
    if (!store.ok()) return NotReadable({.dataset = mapped.id.dataset}, store.error());
    RowSink sink(nodes_[collection]);
    const Status found = (*store)->Find(mapped.shape, match, limit, sink);
    if (!found.ok()) {
      if (IsLost(found.error())) stores_.Lose(mapped.id.dataset, found.error());
      return NotReadable(IsLost(found.error()) ? CollectionPlace{.dataset = mapped.id.dataset} : mapped.id,
                         found.error());
    }
    if (sink.skipped > 0) Note({mapped.id, "connect.malformed"});
    return std::move(sink.rows);
  }
  Result<std::vector<Row>> NotReadable(CollectionPlace place, const Error& error) {
    if (error.Is("connect.cancelled")) return error;
    Note({std::move(place), error.code()});
    return std::vector<Row>();
  }
  void Note(NotRead note) {
    if (std::ranges::find(walk_.not_read, note) == walk_.not_read.end()) walk_.not_read.push_back(std::move(note));
  }
  Error TooMany() const {
    return Error("fulfil.too_many_records", {{"records_max", std::to_string(limits_.records_max)}});
  }

  bool IsText(std::size_t collection) const {
    const Collection& shape = nodes_[collection].mapped->shape;
    return shape.shape == CollectionShape::kText && !shape.fields.empty();
  }

  // A text has no fields to ask by. Each line that names the person by what is proven is theirs, and stays: it may say
  // more, of others as well.
  Status ReadTexts() {
    const auto names_them = [&](std::string_view line) { return !MentionsIn(line, walk_.identifiers).empty(); };
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      if (!IsText(i)) continue;
      PRIVITY_TRY(std::vector<Row> rows, LinesOf(i, names_them));
      PRIVITY_TRY_VOID(AcceptLines(i, std::move(rows)));
    }
    return Ok();
  }

  Status AcceptLines(std::size_t collection, std::vector<Row> rows) {
    if (static_cast<std::int64_t>(rows.size()) > limits_.records_max) return TooMany();
    const std::string& field = nodes_[collection].mapped->shape.fields.front().name;
    for (Row& row : rows) {
      const std::size_t position = walk_.records.size();
      std::vector<NamedValue> link = {{field, Value(collection, row, field)}};
      PRIVITY_TRY_VOID(Accept(collection, std::move(row), std::move(link), ""));
      if (position < walk_.records.size()) walk_.records[position].stays = true;
    }
    return Ok();
  }

  // Lines with their full name and nothing that was proven: theirs in a text that names them by what is proven, and
  // nobody else by an address; otherwise shown, and nobody's to touch.
  Status TakeLinesByName() {
    const auto says_it = [&](std::string_view line) { return !FullNamesIn(line, walk_.names).empty(); };
    for (std::size_t i = 0; i < nodes_.size() && !walk_.names.empty(); ++i) {
      if (!IsText(i)) continue;
      PRIVITY_TRY(std::vector<Row> rows, LinesOf(i, says_it));
      std::erase_if(rows, [&](const Row& row) { return IsOwned(i, row); });
      if (rows.empty()) continue;
      PRIVITY_TRY(const bool is_theirs, NamesThemAlone(i));
      if (is_theirs) {
        PRIVITY_TRY_VOID(AcceptLines(i, std::move(rows)));
        continue;
      }
      const MappedCollection& mapped = *nodes_[i].mapped;
      walk_.boundaries.push_back({.from = mapped.id,
                                  .to = mapped.id,
                                  .fields = {mapped.shape.fields.front().name},
                                  .reason = BoundaryReason::kOnlyTheirName,
                                  .count = static_cast<std::int64_t>(rows.size())});
    }
    return Ok();
  }

  Result<bool> NamesThemAlone(std::size_t collection) {
    if (owned_[collection] == 0) return false;
    const auto names_another = [&](std::string_view line) {
      bool another = false;
      ForEachMentionable(line, [&](std::string_view space, std::string_view value) {
        another = another || (space == "email" && !IsAmong(walk_.identifiers, space, value));
      });
      return another;
    };
    PRIVITY_TRY(const std::vector<Row> rows, LinesOf(collection, names_another));
    return rows.empty() && CanBeRead(nodes_[collection].mapped->id);
  }

  Result<std::vector<Row>> LinesOf(std::size_t collection, const LineSink::Test& test) {
    const MappedCollection& mapped = *nodes_[collection].mapped;
    const Result<Connector*> store = stores_.Get(mapped.id.dataset);
    if (!store.ok()) return NotReadable({.dataset = mapped.id.dataset}, store.error());
    LineSink sink(nodes_[collection], test, static_cast<std::size_t>(limits_.records_max));
    const Status read = (*store)->Stream(mapped.shape, {}, sink);
    if (!read.ok() && IsLost(read.error())) stores_.Lose(mapped.id.dataset, read.error());
    if (!read.ok()) return NotReadable(mapped.id, read.error());
    if (sink.skipped > 0) Note({mapped.id, "connect.malformed"});
    return std::move(sink.rows);
  }

  // Every identifier that was not asked for yet, in every field that may hold it.
  Status AskForIdentifiers() {
    for (; asked_ < walk_.identifiers.size(); ++asked_) {
      const SubjectIdentifier identifier = walk_.identifiers[asked_];
      for (std::size_t i = 0; i < nodes_.size(); ++i) {
        for (const MappedField& field : nodes_[i].mapped->fields) {
          if (field.identifier != identifier.space || IsText(i)) continue;
          PRIVITY_TRY_VOID(Ask(i, field.name, identifier));
        }
      }
    }
    return Ok();
  }

  Status Ask(std::size_t collection, const std::string& field, const SubjectIdentifier& identifier) {
    std::set<std::string> people;
    for (const std::string& spelling : SpellingsOf(identifier)) {
      PRIVITY_TRY(std::vector<Row> rows, Find(collection, {{field, spelling}}, limits_.records_max + 1));
      for (Row& row : rows) {
        people.insert(IdentityOf(collection, row));
        Candidate candidate{
            .kind = Candidate::Kind::kNamed, .collection = collection, .field = field, .row = std::move(row)};
        PRIVITY_TRY(const bool is_theirs, TakeNamed(candidate));
        if (!is_theirs) pending_.push_back(std::move(candidate));
      }
    }
    if (!nodes_[collection].mapped->subject.empty() && people.size() > 1) {
      walk_.ambiguous.push_back(nodes_[collection].mapped->id);
    }
    return Ok();
  }

  Result<bool> TakeNamed(Candidate& candidate) {
    if (IsOwned(candidate.collection, candidate.row)) return true;
    candidate.reason = BoundaryReason::kRefersToAnotherPerson;
    if (RefersToAnother(candidate.collection, candidate.row, "")) return false;
    const std::vector<NamedValue> link = {{candidate.field, TheirValue(candidate)}};
    PRIVITY_TRY_VOID(Accept(candidate.collection, candidate.row, link, nodes_[candidate.collection].mapped->subject));
    return true;
  }

  // Whether the record points at a person who is not the one looked for. Employees do not count in what is about a
  // customer: `kind` is the kind of person through whom the record was reached, "" when by an identifier.
  bool RefersToAnother(std::size_t collection, const Row& row, const std::string& kind) const {
    const MappedCollection& mapped = *nodes_[collection].mapped;
    for (const MappedReference& reference : mapped.references) {
      const std::optional<std::size_t> target = PositionOf(reference.target);
      if (!target || reference.is_ignored || nodes_[*target].mapped->subject.empty()) continue;
      if (nodes_[*target].mapped->subject == kEmployee && kind != kEmployee) continue;
      if (!mapped.subject.empty()) continue;  // a person may refer to others and is still themselves
      const auto values = Values(collection, row, reference.fields, reference.target_fields);
      if (values && !Owned(*target, *values)) return true;
    }
    if (mapped.shape.shape == CollectionShape::kMessages) return !IsTheirMessage(collection, row);
    return HoldsAnotherIdentifier(collection, row);
  }

  std::vector<std::string> AllValues(std::size_t collection, const Row& row, std::string_view field) const {
    std::vector<std::string> all;
    if (const auto& first = Value(collection, row, std::string(field))) all.push_back(*first);
    for (const NamedValue& each : row.more) {
      if (each.field == field) all.push_back(*each.value);
    }
    return all;
  }

  // Of the values of the field that holds an identifier, the one by which the record is theirs.
  std::optional<std::string> TheirValue(const Candidate& candidate) const {
    const std::string& space = nodes_[candidate.collection].mapped->Find(candidate.field)->identifier;
    for (std::string& value : AllValues(candidate.collection, candidate.row, candidate.field)) {
      if (IsAmong(walk_.identifiers, space, value)) return std::move(value);
    }
    return Value(candidate.collection, candidate.row, candidate.field);
  }

  // They wrote it, or it went to nobody else.
  bool IsTheirMessage(std::size_t collection, const Row& row) const {
    const auto values_of = [&](std::span<const std::string_view> fields) {
      std::vector<std::string> all;
      for (const std::string_view field : fields)
        std::ranges::move(AllValues(collection, row, field), std::back_inserter(all));
      return all;
    };
    const auto is_theirs = [&](const std::string& address) { return IsAmong(walk_.identifiers, "email", address); };
    const std::vector<std::string> receivers = values_of(kReceivers);
    return std::ranges::any_of(values_of(kWriters), is_theirs) ||
           (!receivers.empty() && std::ranges::all_of(receivers, is_theirs));
  }

  // Two values of one space, and one of them names somebody else. A list in a person's own record is all theirs.
  bool HoldsAnotherIdentifier(std::size_t collection, const Row& row) const {
    const bool is_person = !nodes_[collection].mapped->subject.empty();
    return std::ranges::any_of(nodes_[collection].mapped->fields, [&](const MappedField& field) {
      if (field.identifier.empty()) return false;
      const auto is_theirs = [&](const std::string& value) {
        return IsAmong(walk_.identifiers, field.identifier, value);
      };
      const bool names_another =
          std::ranges::any_of(AllValues(collection, row, field.name),
                              [&](const std::string& value) { return !value.empty() && !is_theirs(value); });
      return names_another && std::ranges::any_of(nodes_[collection].mapped->fields, [&](const MappedField& other) {
               return other.identifier == field.identifier && !(is_person && &other == &field) &&
                      std::ranges::any_of(AllValues(collection, row, other.name), is_theirs);
             });
    });
  }

  Status Accept(std::size_t collection, Row row, std::vector<NamedValue> link, const std::string& kind) {
    if (!seen_.insert(IdentityOf(collection, row)).second) return Ok();
    if (static_cast<std::int64_t>(walk_.records.size()) == limits_.records_max) return TooMany();
    const std::size_t position = walk_.records.size();
    FoundRecord record{.link = std::move(link), .collection = collection};
    for (const std::string& field : nodes_[collection].mapped->shape.key) {
      record.key.push_back({field, Value(collection, row, field)});
    }
    for (const Node::Incoming& incoming : nodes_[collection].incoming) {
      const std::vector<std::string>& fields = incoming.reference->target_fields;
      if (const auto values = Values(collection, row, fields, fields)) {
        index_.try_emplace(IndexKey(collection, *values), position);
      }
    }
    auto& samples = walk_.samples[collection];
    if (samples.size() < limits_.samples_max) samples.push_back(std::move(row.sample));
    row.sample.clear();
    Learn(collection, row);
    walk_.records.push_back(std::move(record));
    rows_.push_back(std::move(row));
    kinds_.push_back(kind);
    ++owned_[collection];
    return Ok();
  }

  // A person's own record tells their number in that dataset, and their names.
  void Learn(std::size_t collection, const Row& row) {
    const MappedCollection& mapped = *nodes_[collection].mapped;
    if (mapped.subject.empty()) return;
    LearnNames(collection, row);
    for (const MappedField& field : mapped.fields) {
      if (field.identifier.empty() || IsGlobalSpace(field.identifier) || RefersToPeople(mapped, field.name)) continue;
      const std::optional<std::string>& value = Value(collection, row, field.name);
      if (!value || value->empty() || IsAmong(walk_.identifiers, field.identifier, *value)) continue;
      walk_.identifiers.push_back({field.identifier, *value});
    }
  }
  void LearnNames(std::size_t collection, const Row& row) {
    std::vector<std::string> names;
    std::vector<std::string> first;
    std::vector<std::string> last;
    for (const MappedField& field : nodes_[collection].mapped->fields) {
      if (!IsName(field)) continue;
      auto& kind = field.category == kFirstName ? first : field.category == kLastName ? last : names;
      std::ranges::move(AllValues(collection, row, field.name), std::back_inserter(kind));
    }
    for (const std::string& given : first) {
      for (const std::string& family : last) names.push_back(given + " " + family);
    }
    for (std::string& name : names) {
      const bool is_known = std::ranges::find(walk_.names, name) != walk_.names.end();
      if (!is_known && walk_.names.size() < kNamesMax && IsUtf8(name)) walk_.names.push_back(std::move(name));
    }
  }
  bool RefersToPeople(const MappedCollection& mapped, const std::string& field) const {
    return std::ranges::any_of(mapped.references, [&](const MappedReference& reference) {
      const MappedCollection* target = map_.Find(reference.target);
      return target != nullptr && !target->subject.empty() &&
             std::ranges::find(reference.fields, field) != reference.fields.end();
    });
  }

  Status Drain() {
    for (; drained_ < walk_.records.size(); ++drained_) {
      PRIVITY_TRY_VOID(Descend(drained_));
      Ascend(drained_);
    }
    return Ok();
  }

  // To the records that refer to this one.
  Status Descend(std::size_t position) {
    const std::size_t collection = walk_.records[position].collection;
    for (const Node::Incoming& incoming : nodes_[collection].incoming) {
      const MappedReference& reference = *incoming.reference;
      const auto match = Values(collection, rows_[position], reference.target_fields, reference.fields);
      if (!match) continue;
      PRIVITY_TRY(std::vector<Row> rows, Find(incoming.from, *match, limits_.records_max + 1));
      if (static_cast<std::int64_t>(rows.size()) > limits_.records_max) return TooMany();
      for (Row& row : rows) {
        if (IsOwned(incoming.from, row)) continue;
        Candidate candidate{.kind = Candidate::Kind::kChild,
                            .collection = incoming.from,
                            .record = position,
                            .reference = &reference,
                            .row = std::move(row)};
        PRIVITY_TRY(const bool is_theirs, TakeChild(candidate));
        if (!is_theirs) pending_.push_back(std::move(candidate));
        if (static_cast<std::int64_t>(pending_.size()) > limits_.records_max) return TooMany();
      }
    }
    return Ok();
  }

  // Whether the record that refers to theirs is theirs as well.
  Result<bool> TakeChild(Candidate& candidate) {
    const MappedCollection& mapped = *nodes_[candidate.collection].mapped;
    const std::size_t parent = walk_.records[candidate.record].collection;
    const bool is_of_person = !nodes_[parent].mapped->subject.empty();
    const std::string kind = is_of_person ? nodes_[parent].mapped->subject : kinds_[candidate.record];
    if (IsOwned(candidate.collection, candidate.row)) return true;
    if (candidate.reference->is_ignored) {
      candidate.reason = BoundaryReason::kNotFollowed;
      return false;
    }
    // The same key in both: the rest of one record, not another person.
    const bool is_extension =
        is_of_person && !mapped.shape.key.empty() && mapped.shape.key == candidate.reference->fields;
    if (!mapped.subject.empty() && !is_extension) {
      candidate.reason = BoundaryReason::kAnotherPersonsRecord;
      return false;
    }
    if (RefersToAnother(candidate.collection, candidate.row, kind) && !is_extension) {
      candidate.reason = BoundaryReason::kRefersToAnotherPerson;
      return false;
    }
    std::vector<NamedValue> link;
    for (const std::string& field : candidate.reference->fields) {
      link.push_back({field, Value(candidate.collection, candidate.row, field)});
    }
    PRIVITY_TRY_VOID(Accept(candidate.collection, candidate.row, std::move(link), kind));
    return true;
  }

  // To the records that this one refers to.
  void Ascend(std::size_t position) {
    const std::size_t collection = walk_.records[position].collection;
    for (const MappedReference& reference : nodes_[collection].mapped->references) {
      const auto target = PositionOf(reference.target);
      if (!target) continue;
      auto values = Values(collection, rows_[position], reference.fields, reference.target_fields);
      if (!values || Owned(*target, *values)) continue;
      pending_.push_back({.kind = Candidate::Kind::kParent,
                          .collection = *target,
                          .record = position,
                          .reference = &reference,
                          .target = std::move(*values)});
    }
  }

  // Looks again at what was not theirs. Returns whether something now is.
  Result<bool> Settle() {
    const std::size_t before = walk_.records.size();
    std::vector<Candidate> waiting = std::move(pending_);
    pending_.clear();
    for (Candidate& candidate : waiting) {
      PRIVITY_TRY(const bool is_settled, Take(candidate));
      if (!is_settled) pending_.push_back(std::move(candidate));
    }
    return walk_.records.size() != before;
  }

  Result<bool> Take(Candidate& candidate) {
    switch (candidate.kind) {
      case Candidate::Kind::kNamed:
        return TakeNamed(candidate);
      case Candidate::Kind::kChild:
        return TakeChild(candidate);
      case Candidate::Kind::kParent:
        return TakeParent(candidate);
    }
    return false;
  }

  Result<bool> TakeParent(Candidate& candidate) {
    const MappedCollection& mapped = *nodes_[candidate.collection].mapped;
    if (Owned(candidate.collection, candidate.target)) return true;
    candidate.reason = BoundaryReason::kNotFollowed;
    if (candidate.reference->is_ignored) return false;
    candidate.reason = BoundaryReason::kAnotherPersonsRecord;
    if (!mapped.subject.empty()) return false;
    candidate.reason = BoundaryReason::kNothingPersonal;
    if (!mapped.HasPersonalData()) return false;
    candidate.reason = BoundaryReason::kOthersReferToIt;
    PRIVITY_TRY(const bool others, OthersReferTo(candidate));
    if (others) return false;
    PRIVITY_TRY(std::vector<Row> rows, Find(candidate.collection, candidate.target, 2));
    if (rows.size() != 1) {
      if (rows.empty() && CanBeRead(mapped.id)) Miss(candidate);
      return true;
    }
    std::vector<NamedValue> link;
    for (const FieldValue& each : candidate.target) link.push_back({each.field, each.value});
    PRIVITY_TRY_VOID(Accept(candidate.collection, std::move(rows.front()), std::move(link), kinds_[candidate.record]));
    return true;
  }

  bool CanBeRead(const CollectionPlace& id) const {
    return std::ranges::none_of(walk_.not_read, [&](const NotRead& note) {
      return note.collection == id || note.collection == CollectionPlace{.dataset = id.dataset};
    });
  }

  // In doubt they do: a collection that cannot be read may hold somebody who does.
  Result<bool> OthersReferTo(const Candidate& candidate) {
    for (const Node::Incoming& incoming : nodes_[candidate.collection].incoming) {
      std::vector<FieldValue> match;
      for (std::size_t i = 0; i < incoming.reference->target_fields.size(); ++i) {
        const auto value =
            std::ranges::find(candidate.target, incoming.reference->target_fields[i], &FieldValue::field);
        if (value != candidate.target.end()) match.push_back({incoming.reference->fields[i], value->value});
      }
      // A reference to other fields of it than the one at hand names.
      if (match.size() != incoming.reference->target_fields.size()) return true;
      PRIVITY_TRY(const std::vector<Row> rows, Find(incoming.from, match, owned_[incoming.from] + 1));
      if (!CanBeRead(nodes_[incoming.from].mapped->id)) return true;
      if (std::ranges::any_of(rows, [&](const Row& row) { return !IsOwned(incoming.from, row); })) return true;
    }
    return false;
  }

  void Miss(const Candidate& candidate) {
    const CollectionPlace& from = nodes_[walk_.records[candidate.record].collection].mapped->id;
    const CollectionPlace& to = nodes_[candidate.collection].mapped->id;
    for (MissingReference& each : walk_.missing) {
      if (each.from == from && each.to == to && each.fields == candidate.reference->fields) {
        ++each.count;
        return;
      }
    }
    walk_.missing.push_back({from, to, candidate.reference->fields, 1});
  }

  // `what`: counted once.
  void Bound(Boundary boundary, const std::string& what) {
    if (!bounded_.insert(what + '\0' + std::string(EnumText(boundary.reason))).second) return;
    for (Boundary& each : walk_.boundaries) {
      if (each.from == boundary.from && each.to == boundary.to && each.fields == boundary.fields &&
          each.reason == boundary.reason) {
        ++each.count;
        return;
      }
    }
    boundary.count = 1;
    walk_.boundaries.push_back(std::move(boundary));
  }

  // What is still pending is not theirs.
  void Conclude() {
    for (const Candidate& candidate : pending_) {
      if (candidate.kind == Candidate::Kind::kNamed) {
        const CollectionPlace& place = nodes_[candidate.collection].mapped->id;
        Bound({.from = place, .to = place, .fields = {candidate.field}, .reason = candidate.reason},
              IdentityOf(candidate.collection, candidate.row));
        continue;
      }
      const bool is_child = candidate.kind == Candidate::Kind::kChild;
      FoundRecord& record = walk_.records[candidate.record];
      const CollectionPlace& theirs = nodes_[record.collection].mapped->id;
      const CollectionPlace& other = nodes_[candidate.collection].mapped->id;
      if (is_child) record.stays = true;
      Bound({.from = is_child ? other : theirs,
             .to = is_child ? theirs : other,
             .fields = candidate.reference->fields,
             .reason = candidate.reason},
            std::to_string(candidate.record) + (is_child ? IdentityOf(candidate.collection, candidate.row) : "") +
                candidate.reference->fields.front());
    }
    for (std::size_t i = 0; i < walk_.records.size(); ++i) {
      const std::size_t collection = walk_.records[i].collection;
      for (const MappedReference& reference : nodes_[collection].mapped->references) {
        const auto target = PositionOf(reference.target);
        if (!target) continue;
        const auto values = Values(collection, rows_[i], reference.fields, reference.target_fields);
        const auto owned = values ? Owned(*target, *values) : std::nullopt;
        if (owned && *owned != i) walk_.records[i].refers_to.push_back(*owned);
      }
    }
  }

  // Holds keys, or values that are sealed under keys: what else stands in its records may name a key.
  bool MayNameKeys(std::size_t collection) const {
    const MappedCollection& mapped = map_.collections[collection];
    return !mapped.key_field.empty() || std::ranges::any_of(mapped.fields, [](const MappedField& field) {
      return field.strategy == Strategy::kCryptoShred;
    });
  }

  // A key of theirs that somebody else uses stays, also where no reference of the map tells: records of others are
  // looked for that name it, and other records with the same key. In doubt there are some.
  Status LookAtKeys() {
    for (std::size_t i = 0; i < walk_.records.size(); ++i) {
      const std::size_t keys = walk_.records[i].collection;
      if (nodes_[keys].mapped->key_field.empty() || walk_.records[i].stays) continue;
      const std::string& key = nodes_[keys].mapped->key_field;
      if (CanAskFor(keys, key)) PRIVITY_TRY_VOID(LookForUsers(i, keys, {key}, key));
      for (std::size_t sealed = 0; sealed < nodes_.size(); ++sealed) {
        const bool is_sealed = std::ranges::any_of(nodes_[sealed].mapped->fields, [&](const MappedField& field) {
          return field.sealed_by == nodes_[keys].mapped->id;
        });
        if (!is_sealed || sealed == keys) continue;
        for (const Field& field : nodes_[keys].mapped->shape.fields) {
          PRIVITY_TRY(const bool tells, TellsApart(i, field.name));
          if (tells) PRIVITY_TRY_VOID(LookForUsers(i, sealed, FieldsThatName(i, field, sealed), field.name));
        }
      }
    }
    return Ok();
  }

  // Records that are not theirs and have, in one of `fields`, what the key record at `position` has in `named`.
  Status LookForUsers(std::size_t position, std::size_t collection, const std::vector<std::string>& fields,
                      const std::string& named) {
    const std::size_t keys = walk_.records[position].collection;
    const std::optional<std::string>& value = Value(keys, rows_[position], named);
    for (const std::string& field : fields) {
      if (!value || value->empty()) continue;
      PRIVITY_TRY(const std::vector<Row> rows, Find(collection, {{field, *value}}, owned_[collection] + 1));
      const auto others = std::ranges::count_if(rows, [&](const Row& row) { return !IsOwned(collection, row); });
      if (others == 0 && CanBeRead(nodes_[collection].mapped->id)) continue;
      walk_.records[position].stays = true;
      if (others == 0) continue;
      walk_.boundaries.push_back({.from = nodes_[collection].mapped->id,
                                  .to = nodes_[keys].mapped->id,
                                  .fields = {field},
                                  .reason = BoundaryReason::kOthersReferToIt,
                                  .count = others});
    }
    return Ok();
  }

  bool IsKey(std::size_t collection, const std::string& field) const {
    return nodes_[collection].mapped->shape.key == std::vector{field};
  }
  // "key_id", "data_key"; not "key_version".
  static bool IsCalledKey(std::string_view name) {
    constexpr std::array<std::string_view, 5> kEndings = {"key", "key_id", "keyid", "key_ref", "kid"};
    const std::string lower = Lower(name);
    return std::ranges::any_of(kEndings, [&](std::string_view ending) { return lower.ends_with(ending); });
  }

  // Whether others could name the key record at `position` by this field of it: its key, or a number of keys that no
  // other record has.
  Result<bool> TellsApart(std::size_t position, const std::string& field) {
    const std::size_t keys = walk_.records[position].collection;
    const std::optional<std::string>& value = Value(keys, rows_[position], field);
    if (field == nodes_[keys].mapped->key_field || !value || value->empty()) return false;
    if (IsKey(keys, field)) return true;
    if (!IsCalledKey(field) || !CanAskFor(keys, field)) return false;
    PRIVITY_TRY(const std::vector<Row> rows, Find(keys, {{field, *value}}, 2));
    return rows.size() == 1;
  }

  // The fields of sealed records that name the key record at `position` by its field `named`: by their own name, or as
  // all records of the person say. References of the map were followed already.
  std::vector<std::string> FieldsThatName(std::size_t position, const Field& named, std::size_t sealed) const {
    const std::size_t keys = walk_.records[position].collection;
    const MappedCollection& mapped = *nodes_[sealed].mapped;
    const std::optional<std::string>& value = Value(keys, rows_[position], named.name);
    std::vector<std::string> names;
    for (const Field& field : mapped.shape.fields) {
      const MappedField* const known = mapped.Find(field.name);
      // Of a collection that is sealed as a whole, nothing tells which of its fields are.
      const bool is_sealed = known != nullptr && known->strategy == Strategy::kCryptoShred && !mapped.is_sealed;
      const bool is_other = is_sealed || IsIn(mapped.shape.key, field.name) || IsReference(mapped, field.name);
      if (is_other || !CanAskFor(sealed, field.name) || IsNumber(field) != IsNumber(named)) continue;
      const bool same_name = field.name == named.name && field.name != "id";
      const bool by_key = IsKey(keys, named.name) && (IsCalledKey(field.name) || AllSay(sealed, field.name, value));
      if (same_name || by_key) names.push_back(field.name);
    }
    return names;
  }

  // At least one record of the person, and each of them.
  bool AllSay(std::size_t collection, const std::string& field, const std::optional<std::string>& value) const {
    bool any = false;
    for (std::size_t i = 0; i < walk_.records.size(); ++i) {
      if (walk_.records[i].collection != collection) continue;
      if (Value(collection, rows_[i], field) != value) return false;
      any = true;
    }
    return any && value.has_value();
  }

  static bool IsIn(const std::vector<std::string>& names, const std::string& name) {
    return std::ranges::find(names, name) != names.end();
  }
  static bool IsReference(const MappedCollection& mapped, const std::string& field) {
    return std::ranges::any_of(mapped.references,
                               [&](const MappedReference& reference) { return IsIn(reference.fields, field); });
  }
  // Bytes are not looked for by their value.
  bool CanAskFor(std::size_t collection, const std::string& name) const {
    constexpr std::array<std::string_view, 3> kBytes = {"blob", "bytea", "binary"};
    const auto& fields = nodes_[collection].mapped->shape.fields;
    const auto field = std::ranges::find(fields, name, &Field::name);
    if (field == fields.end()) return false;
    const std::string type = Lower(field->declared_type);
    return std::ranges::none_of(kBytes, [&](std::string_view word) { return type.find(word) != std::string::npos; });
  }
  // What is compared with a value of another kind is refused by some stores.
  static bool IsNumber(const Field& field) {
    constexpr std::array<std::string_view, 4> kNumbers = {"int", "num", "dec", "serial"};
    const std::string type = Lower(field.declared_type);
    return std::ranges::any_of(kNumbers, [&](std::string_view word) { return type.find(word) != std::string::npos; });
  }
  static std::string Lower(std::string_view text) {
    std::string lower(text);
    for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return lower;
  }

  const SubjectMap& map_;
  OpenStores& stores_;
  const WalkLimits limits_;
  std::vector<Node> nodes_;
  Walk walk_;
  std::vector<Row> rows_;                      // as Walk::records
  std::vector<std::string> kinds_;             // as Walk::records: through which kind of person they were reached
  std::map<std::size_t, std::int64_t> owned_;  // how many records of each collection
  std::unordered_set<std::string> seen_;
  std::unordered_set<std::string> bounded_;
  std::unordered_map<std::string, std::size_t> index_;
  std::vector<Candidate> pending_;
  std::size_t asked_ = 0;
  std::size_t drained_ = 0;
};

}  // namespace

Result<Connector*> OpenStores::Get(const std::string& dataset) {
  if (const auto lost = lost_.find(dataset); lost != lost_.end()) return lost->second;
  if (const auto open = open_.find(dataset); open != open_.end()) return open->second.get();
  auto opened = opener_(dataset, access_);
  if (!opened.ok()) {
    lost_.emplace(dataset, opened.error());
    return opened.error();
  }
  return open_.emplace(dataset, std::move(*opened)).first->second.get();
}

void OpenStores::Lose(const std::string& dataset, const Error& error) {
  lost_.emplace(dataset, error);
}

bool IsLost(const Error& error) {
  return error.Is("connect.unreachable") || error.Is("connect.login") || error.Is("connect.tls") ||
         error.Is("connect.timeout") || error.Is("connect.dropped") || error.Is("connect.busy") ||
         error.Is("connect.database_missing") || error.Is("connect.awaits_answer") || error.code().starts_with("net.");
}

std::vector<FieldValue> ToFieldValues(std::span<const NamedValue> values) {
  std::vector<FieldValue> out;
  for (const NamedValue& each : values) out.push_back({each.field, each.value});
  return out;
}

std::string Masked(std::string_view value) {
  constexpr std::string_view kStars = "***";
  constexpr std::size_t kShownFrom = 3;
  if (!IsUtf8(value) || CountCharacters(value) < kShownFrom) return std::string(kStars);
  const auto first = [](std::string_view text) {
    std::size_t bytes = 1;
    while (bytes < text.size() && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80) ++bytes;
    return text.substr(0, bytes);
  };
  std::string out = std::string(first(value)) + std::string(kStars);
  const std::size_t at = value.find('@');
  if (at != std::string_view::npos && at + 1 < value.size()) {
    out += '@' + std::string(first(value.substr(at + 1))) + std::string(kStars);
  }
  return out;
}

Result<Walk> WalkSubject(const SubjectMap& map, OpenStores& stores, std::span<const SubjectIdentifier> proven,
                         const WalkLimits& limits) {
  return Walking(map, stores, proven, limits).Run();
}

}  // namespace privity
