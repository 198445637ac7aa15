#include "fulfil/internal/key_users.h"

#include <algorithm>
#include <array>

namespace privity {
namespace {

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return lower;
}

// "key_id", "data_key"; not "key_version".
bool IsCalledKey(std::string_view name) {
  constexpr std::array<std::string_view, 5> kEndings = {"key", "key_id", "keyid", "key_ref", "kid"};
  const std::string lower = Lower(name);
  return std::ranges::any_of(kEndings, [&](std::string_view ending) { return lower.ends_with(ending); });
}

bool IsIn(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}
bool IsReference(const MappedCollection& mapped, const std::string& field) {
  return std::ranges::any_of(mapped.references,
                             [&](const MappedReference& reference) { return IsIn(reference.fields, field); });
}

// What is compared with a value of another kind is refused by some stores.
bool IsNumber(const Field& field) {
  constexpr std::array<std::string_view, 4> kNumbers = {"int", "num", "dec", "serial"};
  const std::string type = Lower(field.declared_type);
  return std::ranges::any_of(kNumbers, [&](std::string_view word) { return type.find(word) != std::string::npos; });
}

class KeyUsers {
 public:
  KeyUsers(RecordFinder& finder, Walk& walk, const std::vector<FoundRow>& rows, const IsTheirs& is_theirs,
           std::int64_t theirs_beside)
      : finder_(finder), walk_(walk), rows_(rows), is_theirs_(is_theirs), theirs_beside_(theirs_beside) {}

  Status Look() {
    for (std::size_t i = 0; i < walk_.records.size(); ++i) {
      const std::size_t keys = walk_.records[i].collection;
      if (finder_.Mapped(keys).key_field.empty() || walk_.records[i].stays) continue;
      const std::string& key = finder_.Mapped(keys).key_field;
      if (CanAskFor(keys, key)) PRIVITY_TRY_VOID(LookForUsers(i, keys, {key}, key));
      for (std::size_t sealed = 0; sealed < finder_.size(); ++sealed) {
        const bool is_sealed = std::ranges::any_of(finder_.Mapped(sealed).fields, [&](const MappedField& field) {
          return field.sealed_by == finder_.Mapped(keys).id;
        });
        if (!is_sealed || sealed == keys) continue;
        for (const Field& field : finder_.Mapped(keys).shape.fields) {
          PRIVITY_TRY(const bool tells, TellsApart(i, field.name));
          if (tells) PRIVITY_TRY_VOID(LookForUsers(i, sealed, FieldsThatName(i, field, sealed), field.name));
        }
      }
    }
    return Ok();
  }

 private:
  // Records that are not theirs and have, in one of `fields`, what the key record at `position` has in `named`.
  Status LookForUsers(std::size_t position, std::size_t collection, const std::vector<std::string>& fields,
                      const std::string& named) {
    const std::size_t keys = walk_.records[position].collection;
    const std::optional<std::string>& value = finder_.Value(keys, rows_[position], named);
    // One more than theirs: somebody else's is among as many.
    const std::int64_t limit =
        std::ranges::count(walk_.records, collection, &FoundRecord::collection) + theirs_beside_ + 1;
    for (const std::string& field : fields) {
      if (!value || value->empty()) continue;
      PRIVITY_TRY(const std::vector<FoundRow> rows, finder_.Find(collection, {{field, *value}}, limit));
      const auto others =
          std::ranges::count_if(rows, [&](const FoundRow& row) { return !is_theirs_(collection, row); });
      const bool saw_all = static_cast<std::int64_t>(rows.size()) < limit && finder_.CanBeRead(collection);
      if (others == 0 && saw_all) continue;
      walk_.records[position].stays = true;
      if (others == 0) continue;
      walk_.boundaries.push_back({.from = finder_.Mapped(collection).id,
                                  .to = finder_.Mapped(keys).id,
                                  .fields = {field},
                                  .reason = BoundaryReason::kOthersReferToIt,
                                  .count = others});
    }
    return Ok();
  }

  bool IsKey(std::size_t collection, const std::string& field) const {
    return finder_.Mapped(collection).shape.key == std::vector{field};
  }

  // Whether others could name the key record at `position` by this field of it: its key, or a number of keys that no
  // other record has.
  Result<bool> TellsApart(std::size_t position, const std::string& field) {
    const std::size_t keys = walk_.records[position].collection;
    const std::optional<std::string>& value = finder_.Value(keys, rows_[position], field);
    if (field == finder_.Mapped(keys).key_field || !value || value->empty()) return false;
    if (IsKey(keys, field)) return true;
    if (!IsCalledKey(field) || !CanAskFor(keys, field)) return false;
    PRIVITY_TRY(const std::vector<FoundRow> rows, finder_.Find(keys, {{field, *value}}, 2));
    return rows.size() == 1;
  }

  // The fields of sealed records that name the key record at `position` by its field `named`: by their own name, or as
  // all records of the person say. References of the map were followed already.
  std::vector<std::string> FieldsThatName(std::size_t position, const Field& named, std::size_t sealed) const {
    const std::size_t keys = walk_.records[position].collection;
    const MappedCollection& mapped = finder_.Mapped(sealed);
    const std::optional<std::string>& value = finder_.Value(keys, rows_[position], named.name);
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
      if (finder_.Value(collection, rows_[i], field) != value) return false;
      any = true;
    }
    return any && value.has_value();
  }

  // Bytes are not looked for by their value.
  bool CanAskFor(std::size_t collection, const std::string& name) const {
    constexpr std::array<std::string_view, 3> kBytes = {"blob", "bytea", "binary"};
    const auto& fields = finder_.Mapped(collection).shape.fields;
    const auto field = std::ranges::find(fields, name, &Field::name);
    if (field == fields.end()) return false;
    const std::string type = Lower(field->declared_type);
    return std::ranges::none_of(kBytes, [&](std::string_view word) { return type.find(word) != std::string::npos; });
  }

  RecordFinder& finder_;
  Walk& walk_;
  const std::vector<FoundRow>& rows_;
  const IsTheirs& is_theirs_;
  const std::int64_t theirs_beside_;
};

}  // namespace

Status LookForKeyUsers(RecordFinder& finder, Walk& walk, const std::vector<FoundRow>& rows, const IsTheirs& is_theirs,
                       std::int64_t theirs_beside) {
  return KeyUsers(finder, walk, rows, is_theirs, theirs_beside).Look();
}

}  // namespace privity
