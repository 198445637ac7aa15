#include "fulfil/walk.h"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "base/utf8.h"
#include "fulfil/internal/key_users.h"
#include "fulfil/internal/record_finder.h"

namespace privity {
namespace {

constexpr std::string_view kEmployee = "employee";
constexpr std::string_view kFirstName = "user.name.first";
constexpr std::string_view kLastName = "user.name.last";
constexpr std::size_t kNamesMax = 20;
constexpr std::size_t kContactsMax = 20;

// What may become the person's once more of them is known.
struct Candidate {
  // Holds an identifier; refers to a record of theirs; is referred to by one.
  enum class Kind { kNamed, kChild, kParent };
  Kind kind;
  std::size_t collection;
  std::size_t record = 0;                      // of the person, from which it was seen; not of what an identifier named
  const MappedReference* reference = nullptr;  // likewise
  std::string field{};                         // that holds the identifier
  FoundRow row{};                              // of what is named, and of a child
  std::vector<FieldValue> target{};            // of a parent: how it is found
  BoundaryReason reason = BoundaryReason::kAnotherPersonsRecord;
};

class Walking {
 public:
  Walking(const SubjectMap& map, OpenStores& stores, std::span<const SubjectIdentifier> proven,
          const WalkLimits& limits)
      : map_(map), finder_(map, stores), limits_(limits) {
    walk_.identifiers.assign(proven.begin(), proven.end());
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
    const auto is_theirs = [&](std::size_t collection, const FoundRow& row) { return IsOwned(collection, row); };
    PRIVITY_TRY_VOID(LookForKeyUsers(finder_, walk_, rows_, is_theirs));
    walk_.not_read = finder_.not_read();
    return std::move(walk_);
  }

 private:
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

  bool IsOwned(std::size_t collection, const FoundRow& row) const {
    return seen_.contains(finder_.IdentityOf(collection, row));
  }

  Error TooMany() const {
    return Error("fulfil.too_many_records", {{"records_max", std::to_string(limits_.records_max)}});
  }

  // A text has no fields to ask by. Each line that names the person by what is proven is theirs, and stays: it may say
  // more, of others as well.
  Status ReadTexts() {
    const auto names_them = [&](std::string_view line) { return !MentionsIn(line, walk_.identifiers).empty(); };
    for (std::size_t i = 0; i < finder_.size(); ++i) {
      if (!finder_.IsText(i)) continue;
      PRIVITY_TRY(std::vector<FoundRow> rows, finder_.LinesOf(i, names_them, limits_.records_max));
      PRIVITY_TRY_VOID(AcceptLines(i, std::move(rows)));
    }
    return Ok();
  }

  Status AcceptLines(std::size_t collection, std::vector<FoundRow> rows) {
    if (static_cast<std::int64_t>(rows.size()) > limits_.records_max) return TooMany();
    const std::string& field = finder_.Mapped(collection).shape.fields.front().name;
    for (FoundRow& row : rows) {
      const std::size_t position = walk_.records.size();
      std::vector<NamedValue> link = {{field, finder_.Value(collection, row, field)}};
      PRIVITY_TRY_VOID(Accept(collection, std::move(row), std::move(link), ""));
      if (position < walk_.records.size()) walk_.records[position].stays = true;
    }
    return Ok();
  }

  // Lines with their full name, or a number of theirs, and nothing that was proven: theirs in a text that names them by
  // what is proven, and nobody else by an address; otherwise shown, and nobody's to touch.
  Status TakeLinesByName() {
    if (walk_.names.empty() && walk_.contacts.empty()) return Ok();
    const auto says_it = [&](std::string_view line) {
      return !FullNamesIn(line, walk_.names).empty() || !MentionsIn(line, walk_.contacts).empty();
    };
    for (std::size_t i = 0; i < finder_.size(); ++i) {
      if (!finder_.IsText(i)) continue;
      PRIVITY_TRY(std::vector<FoundRow> rows, finder_.LinesOf(i, says_it, limits_.records_max));
      std::erase_if(rows, [&](const FoundRow& row) { return IsOwned(i, row); });
      if (rows.empty()) continue;
      PRIVITY_TRY(const bool is_theirs, NamesThemAlone(i));
      if (is_theirs) {
        PRIVITY_TRY_VOID(AcceptLines(i, std::move(rows)));
        continue;
      }
      const MappedCollection& mapped = finder_.Mapped(i);
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
        const bool is_theirs = IsAmong(walk_.identifiers, space, value) || IsAmong(walk_.contacts, space, value);
        another = another || (space == "email" && !is_theirs);
      });
      return another;
    };
    PRIVITY_TRY(const std::vector<FoundRow> rows, finder_.LinesOf(collection, names_another, limits_.records_max));
    return rows.empty() && finder_.CanBeRead(collection);
  }

  // Every identifier that was not asked for yet, in every field that may hold it.
  Status AskForIdentifiers() {
    for (; asked_ < walk_.identifiers.size(); ++asked_) {
      const SubjectIdentifier identifier = walk_.identifiers[asked_];
      for (std::size_t i = 0; i < finder_.size(); ++i) {
        for (const MappedField& field : finder_.Mapped(i).fields) {
          if (field.identifier != identifier.space || finder_.IsText(i)) continue;
          PRIVITY_TRY_VOID(Ask(i, field.name, identifier));
        }
      }
    }
    return Ok();
  }

  Status Ask(std::size_t collection, const std::string& field, const SubjectIdentifier& identifier) {
    std::set<std::string> people;
    for (const std::string& spelling : SpellingsOf(identifier)) {
      PRIVITY_TRY(std::vector<FoundRow> rows, finder_.Find(collection, {{field, spelling}}, limits_.records_max + 1));
      for (FoundRow& row : rows) {
        people.insert(finder_.IdentityOf(collection, row));
        Candidate candidate{
            .kind = Candidate::Kind::kNamed, .collection = collection, .field = field, .row = std::move(row)};
        PRIVITY_TRY(const bool is_theirs, TakeNamed(candidate));
        if (!is_theirs) pending_.push_back(std::move(candidate));
      }
    }
    if (!finder_.Mapped(collection).subject.empty() && people.size() > 1) {
      walk_.ambiguous.push_back(finder_.Mapped(collection).id);
    }
    return Ok();
  }

  Result<bool> TakeNamed(Candidate& candidate) {
    if (IsOwned(candidate.collection, candidate.row)) return true;
    candidate.reason = BoundaryReason::kRefersToAnotherPerson;
    if (RefersToAnother(candidate.collection, candidate.row, "")) return false;
    const std::vector<NamedValue> link = {{candidate.field, TheirValue(candidate)}};
    PRIVITY_TRY_VOID(Accept(candidate.collection, candidate.row, link, finder_.Mapped(candidate.collection).subject));
    return true;
  }

  // Whether the record points at a person who is not the one looked for. Employees do not count in what is about a
  // customer: `kind` is the kind of person through whom the record was reached, "" when by an identifier.
  bool RefersToAnother(std::size_t collection, const FoundRow& row, const std::string& kind) const {
    const MappedCollection& mapped = finder_.Mapped(collection);
    for (const MappedReference& reference : mapped.references) {
      const std::optional<std::size_t> target = finder_.PositionOf(reference.target);
      if (!target || reference.is_ignored || finder_.Mapped(*target).subject.empty()) continue;
      if (finder_.Mapped(*target).subject == kEmployee && kind != kEmployee) continue;
      if (!mapped.subject.empty()) continue;  // a person may refer to others and is still themselves
      const auto values = finder_.Values(collection, row, reference.fields, reference.target_fields);
      if (values && !Owned(*target, *values)) return true;
    }
    if (mapped.shape.shape == CollectionShape::kMessages) return !IsTheirMessage(collection, row);
    return HoldsAnotherIdentifier(collection, row);
  }

  // Of the values of the field that holds an identifier, the one by which the record is theirs.
  std::optional<std::string> TheirValue(const Candidate& candidate) const {
    const std::string& space = finder_.Mapped(candidate.collection).Find(candidate.field)->identifier;
    for (std::string& value : finder_.AllValues(candidate.collection, candidate.row, candidate.field)) {
      if (IsAmong(walk_.identifiers, space, value)) return std::move(value);
    }
    return finder_.Value(candidate.collection, candidate.row, candidate.field);
  }

  // They wrote it, or it went to nobody else.
  bool IsTheirMessage(std::size_t collection, const FoundRow& row) const {
    const auto values_of = [&](std::span<const std::string_view> fields) {
      std::vector<std::string> all;
      for (const std::string_view field : fields)
        std::ranges::move(finder_.AllValues(collection, row, field), std::back_inserter(all));
      return all;
    };
    const auto is_theirs = [&](const std::string& address) { return IsAmong(walk_.identifiers, "email", address); };
    const std::vector<std::string> receivers = values_of(kReceivers);
    return std::ranges::any_of(values_of(kWriters), is_theirs) ||
           (!receivers.empty() && std::ranges::all_of(receivers, is_theirs));
  }

  // Two values of one space, and one of them names somebody else. A list in a person's own record is all theirs.
  bool HoldsAnotherIdentifier(std::size_t collection, const FoundRow& row) const {
    const bool is_person = !finder_.Mapped(collection).subject.empty();
    return std::ranges::any_of(finder_.Mapped(collection).fields, [&](const MappedField& field) {
      if (field.identifier.empty()) return false;
      const auto is_theirs = [&](const std::string& value) {
        return IsAmong(walk_.identifiers, field.identifier, value);
      };
      const bool names_another =
          std::ranges::any_of(finder_.AllValues(collection, row, field.name),
                              [&](const std::string& value) { return !value.empty() && !is_theirs(value); });
      return names_another && std::ranges::any_of(finder_.Mapped(collection).fields, [&](const MappedField& other) {
               return other.identifier == field.identifier && !(is_person && &other == &field) &&
                      std::ranges::any_of(finder_.AllValues(collection, row, other.name), is_theirs);
             });
    });
  }

  Status Accept(std::size_t collection, FoundRow row, std::vector<NamedValue> link, const std::string& kind) {
    if (!seen_.insert(finder_.IdentityOf(collection, row)).second) return Ok();
    if (static_cast<std::int64_t>(walk_.records.size()) == limits_.records_max) return TooMany();
    const std::size_t position = walk_.records.size();
    for (const IncomingReference& incoming : finder_.IncomingTo(collection)) {
      const std::vector<std::string>& fields = incoming.reference->target_fields;
      if (const auto values = finder_.Values(collection, row, fields, fields)) {
        index_.try_emplace(IndexKey(collection, *values), position);
      }
    }
    auto& samples = walk_.samples[collection];
    if (samples.size() < limits_.samples_max) samples.push_back(std::move(row.sample));
    row.sample.clear();
    Learn(collection, row);
    walk_.records.push_back({.key = finder_.KeyOf(collection, row), .link = std::move(link), .collection = collection});
    rows_.push_back(std::move(row));
    kinds_.push_back(kind);
    ++owned_[collection];
    return Ok();
  }

  // A person's own record tells their number in that dataset, and their names.
  void Learn(std::size_t collection, const FoundRow& row) {
    const MappedCollection& mapped = finder_.Mapped(collection);
    if (mapped.subject.empty()) return;
    LearnNames(collection, row);
    LearnContacts(collection, row);
    for (const MappedField& field : mapped.fields) {
      if (field.identifier.empty() || IsGlobalSpace(field.identifier) || RefersToPeople(mapped, field.name)) continue;
      const std::optional<std::string>& value = finder_.Value(collection, row, field.name);
      if (!value || value->empty() || IsAmong(walk_.identifiers, field.identifier, *value)) continue;
      walk_.identifiers.push_back({field.identifier, *value});
    }
  }
  void LearnNames(std::size_t collection, const FoundRow& row) {
    std::vector<std::string> names;
    std::vector<std::string> first;
    std::vector<std::string> last;
    for (const MappedField& field : finder_.Mapped(collection).fields) {
      if (!IsName(field)) continue;
      auto& kind = field.category == kFirstName ? first : field.category == kLastName ? last : names;
      std::ranges::move(finder_.AllValues(collection, row, field.name), std::back_inserter(kind));
    }
    for (const std::string& given : first) {
      for (const std::string& family : last) names.push_back(given + " " + family);
    }
    for (std::string& name : names) {
      const bool is_known = std::ranges::find(walk_.names, name) != walk_.names.end();
      if (!is_known && walk_.names.size() < kNamesMax && IsUtf8(name)) walk_.names.push_back(std::move(name));
    }
  }
  // Of two addresses in a record, one may be somebody's who looks after them.
  void LearnContacts(std::size_t collection, const FoundRow& row) {
    const std::vector<MappedField>& fields = finder_.Mapped(collection).fields;
    const bool has_one_address = std::ranges::count(fields, "email", &MappedField::identifier) == 1;
    for (const MappedField& field : fields) {
      if (field.identifier != "phone" && (field.identifier != "email" || !has_one_address)) continue;
      for (std::string& value : finder_.AllValues(collection, row, field.name)) {
        const bool is_known = value.empty() || IsAmong(walk_.identifiers, field.identifier, value) ||
                              IsAmong(walk_.contacts, field.identifier, value);
        if (!is_known && walk_.contacts.size() < kContactsMax) {
          walk_.contacts.push_back({field.identifier, std::move(value)});
        }
      }
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
    for (const IncomingReference& incoming : finder_.IncomingTo(collection)) {
      const MappedReference& reference = *incoming.reference;
      const auto match = finder_.Values(collection, rows_[position], reference.target_fields, reference.fields);
      if (!match) continue;
      PRIVITY_TRY(std::vector<FoundRow> rows, finder_.Find(incoming.from, *match, limits_.records_max + 1));
      if (static_cast<std::int64_t>(rows.size()) > limits_.records_max) return TooMany();
      for (FoundRow& row : rows) {
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
    const MappedCollection& mapped = finder_.Mapped(candidate.collection);
    const std::size_t parent = walk_.records[candidate.record].collection;
    const bool is_of_person = !finder_.Mapped(parent).subject.empty();
    const std::string kind = is_of_person ? finder_.Mapped(parent).subject : kinds_[candidate.record];
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
      link.push_back({field, finder_.Value(candidate.collection, candidate.row, field)});
    }
    PRIVITY_TRY_VOID(Accept(candidate.collection, candidate.row, std::move(link), kind));
    return true;
  }

  // To the records that this one refers to.
  void Ascend(std::size_t position) {
    const std::size_t collection = walk_.records[position].collection;
    for (const MappedReference& reference : finder_.Mapped(collection).references) {
      const auto target = finder_.PositionOf(reference.target);
      if (!target) continue;
      auto values = finder_.Values(collection, rows_[position], reference.fields, reference.target_fields);
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
    const MappedCollection& mapped = finder_.Mapped(candidate.collection);
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
    PRIVITY_TRY(std::vector<FoundRow> rows, finder_.Find(candidate.collection, candidate.target, 2));
    if (rows.size() != 1) {
      if (rows.empty() && finder_.CanBeRead(candidate.collection)) Miss(candidate);
      return true;
    }
    std::vector<NamedValue> link;
    for (const FieldValue& each : candidate.target) link.push_back({each.field, each.value});
    PRIVITY_TRY_VOID(Accept(candidate.collection, std::move(rows.front()), std::move(link), kinds_[candidate.record]));
    return true;
  }

  // In doubt they do: a collection that cannot be read may hold somebody who does.
  Result<bool> OthersReferTo(const Candidate& candidate) {
    for (const IncomingReference& incoming : finder_.IncomingTo(candidate.collection)) {
      std::vector<FieldValue> match;
      for (std::size_t i = 0; i < incoming.reference->target_fields.size(); ++i) {
        const auto value =
            std::ranges::find(candidate.target, incoming.reference->target_fields[i], &FieldValue::field);
        if (value != candidate.target.end()) match.push_back({incoming.reference->fields[i], value->value});
      }
      // A reference to other fields of it than the one at hand names.
      if (match.size() != incoming.reference->target_fields.size()) return true;
      PRIVITY_TRY(const std::vector<FoundRow> rows, finder_.Find(incoming.from, match, owned_[incoming.from] + 1));
      if (!finder_.CanBeRead(incoming.from)) return true;
      if (std::ranges::any_of(rows, [&](const FoundRow& row) { return !IsOwned(incoming.from, row); })) return true;
    }
    return false;
  }

  void Miss(const Candidate& candidate) {
    const CollectionPlace& from = finder_.Mapped(walk_.records[candidate.record].collection).id;
    const CollectionPlace& to = finder_.Mapped(candidate.collection).id;
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
        const CollectionPlace& place = finder_.Mapped(candidate.collection).id;
        Bound({.from = place, .to = place, .fields = {candidate.field}, .reason = candidate.reason},
              finder_.IdentityOf(candidate.collection, candidate.row));
        continue;
      }
      const bool is_child = candidate.kind == Candidate::Kind::kChild;
      FoundRecord& record = walk_.records[candidate.record];
      const CollectionPlace& theirs = finder_.Mapped(record.collection).id;
      const CollectionPlace& other = finder_.Mapped(candidate.collection).id;
      if (is_child) record.stays = true;
      Bound({.from = is_child ? other : theirs,
             .to = is_child ? theirs : other,
             .fields = candidate.reference->fields,
             .reason = candidate.reason},
            std::to_string(candidate.record) +
                (is_child ? finder_.IdentityOf(candidate.collection, candidate.row) : "") +
                candidate.reference->fields.front());
    }
    for (std::size_t i = 0; i < walk_.records.size(); ++i) {
      const std::size_t collection = walk_.records[i].collection;
      for (const MappedReference& reference : finder_.Mapped(collection).references) {
        const auto target = finder_.PositionOf(reference.target);
        if (!target) continue;
        const auto values = finder_.Values(collection, rows_[i], reference.fields, reference.target_fields);
        const auto owned = values ? Owned(*target, *values) : std::nullopt;
        if (owned && *owned != i) walk_.records[i].refers_to.push_back(*owned);
      }
    }
  }

  const SubjectMap& map_;
  RecordFinder finder_;
  const WalkLimits limits_;
  Walk walk_;
  std::vector<FoundRow> rows_;                 // as Walk::records
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
