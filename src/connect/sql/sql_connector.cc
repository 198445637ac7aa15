#include "connect/sql/sql_connector.h"

#include <algorithm>
#include <charconv>

#include "base/clock.h"
#include "connect/internal/record_values.h"

namespace privity {
namespace {

using connect_internal::CheckWritable;
using connect_internal::ValueOf;

// Counts what arrives and keeps nothing.
class CountingSink final : public RecordSink {
 public:
  Status Take(Record) override {
    ++count_;
    return Ok();
  }
  void Skip(Error) override {}
  std::int64_t count() const { return count_; }

 private:
  std::int64_t count_ = 0;
};

// The one number that a statement answers.
class NumberSink final : public RecordSink {
 public:
  Status Take(Record record) override {
    const std::string_view text = record.empty() ? std::string_view() : record[0].bytes;
    std::from_chars(text.data(), text.data() + text.size(), number_);
    return Ok();
  }
  void Skip(Error) override {}
  std::int64_t number() const { return number_; }

 private:
  std::int64_t number_ = 0;
};

}  // namespace

std::string SqlDialect::Quote(std::string_view identifier) const {
  std::string out(1, quote);
  for (const char c : identifier) {
    if (c == quote) out += quote;
    out += c;
  }
  return out += quote;
}

std::string SqlDialect::Table(const CollectionName& name) const {
  return name.space.empty() ? Quote(name.name) : Quote(name.space) + "." + Quote(name.name);
}

// A WHERE clause under construction, with its parameters.
class SqlConnector::Condition {
 public:
  explicit Condition(const SqlDialect& dialect, SqlParameters parameters = {})
      : dialect_(dialect), parameters_(std::move(parameters)) {}

  void Equals(const std::vector<FieldValue>& values) {
    for (const FieldValue& each : values) {
      const std::string column = dialect_.Quote(each.field);
      And(each.value ? dialect_.equals(column, Bind(each.value)) : column + " IS NULL");
    }
  }
  void IsText(const std::vector<FieldValue>& values) {
    for (const FieldValue& each : values) And(dialect_.is_text(dialect_.Quote(each.field), Bind(each.value)));
  }
  std::string Bind(const std::optional<std::string>& value) {
    parameters_.push_back(value);
    return dialect_.placeholder(static_cast<int>(parameters_.size()));
  }
  const std::string& text() const { return text_; }
  const SqlParameters& parameters() const { return parameters_; }

 private:
  void And(const std::string& term) { text_ += (text_.empty() ? " WHERE " : " AND ") + term; }

  const SqlDialect& dialect_;
  SqlParameters parameters_;
  std::string text_;
};

std::string SqlConnector::Columns(const Collection& collection) const {
  std::string list;
  for (const Field& field : collection.fields) {
    list += (list.empty() ? "" : ", ") + (field.is_readable ? dialect_.Quote(field.name) : "NULL");
  }
  return list;
}

Status SqlConnector::Find(const Collection& collection, const std::vector<FieldValue>& match, std::int64_t records_max,
                          RecordSink& sink) {
  Invariant(!match.empty(), "Find is asked for something");
  Condition where(dialect_);
  where.Equals(match);
  const std::string sql = "SELECT " + Columns(collection) + " FROM " + dialect_.Table(collection.name) + where.text() +
                          " LIMIT " + std::to_string(records_max);
  PRIVITY_TRY_VOID(Run(sql, where.parameters(), collection, sink));
  return Ok();
}

Result<std::int64_t> SqlConnector::CountOlder(const Collection& collection, const std::string& field,
                                              std::chrono::sys_days day, const std::string& filled) {
  const auto declared = std::ranges::find(collection.fields, field, &Field::name);
  const Error missing("connect.missing", {{"store", label()}, {"place", Place(collection)}});
  if (declared == collection.fields.end()) return missing;
  Condition parameter(dialect_);
  const std::string bound = parameter.Bind(FormatInstant(Instant(day)).substr(0, 10));
  const std::string older = dialect_.is_older(*declared, dialect_.Quote(field), bound);
  if (older.empty())
    return Error("connect.not_a_date", {{"store", label()}, {"place", Place(collection)}, {"field", field}});
  const std::string and_filled = filled.empty() ? "" : " AND " + dialect_.Quote(filled) + " IS NOT NULL";
  const Collection answer{.name = collection.name, .fields = {{.name = "count"}}};
  NumberSink number;
  PRIVITY_TRY_VOID(Run("SELECT count(*) FROM " + dialect_.Table(collection.name) + " WHERE " + older + and_filled,
                       parameter.parameters(), answer, number));
  return number.number();
}

MarkVerdict SqlConnector::CompareMarks(std::string_view now, std::string_view earlier) {
  const std::size_t now_colon = now.rfind(':');
  const std::size_t earlier_colon = earlier.rfind(':');
  if (earlier.substr(0, earlier_colon) != now.substr(0, now_colon)) return MarkVerdict::kOtherStore;
  const std::string_view a = now.substr(now_colon + 1);
  const std::string_view b = earlier.substr(earlier_colon + 1);
  const bool is_older = a.size() != b.size() ? a.size() < b.size() : a < b;
  return is_older ? MarkVerdict::kOlder : MarkVerdict::kLater;
}

Status SqlConnector::CheckKey(const Collection& collection, const std::vector<FieldValue>& key) const {
  const bool complete =
      !collection.key.empty() && key.size() == collection.key.size() &&
      std::ranges::all_of(collection.key, [&](const std::string& field) { return ValueOf(key, field) != nullptr; });
  if (complete) return Ok();
  return Error("connect.no_key", {{"store", label()}, {"collection", Place(collection)}});
}

Result<std::int64_t> SqlConnector::Change(const std::string& sql, const SqlParameters& parameters,
                                          const Collection& collection) {
  CountingSink nothing;
  return Run(sql, parameters, collection, nothing);
}

Result<bool> SqlConnector::Exists(const Collection& collection, const std::vector<FieldValue>& key,
                                  const std::vector<FieldValue>& as) {
  Condition where(dialect_);
  where.Equals(key);
  where.IsText(as);
  CountingSink found;
  PRIVITY_TRY_VOID(Run("SELECT " + dialect_.Quote(key.front().field) + " FROM " + dialect_.Table(collection.name) +
                           where.text() + " LIMIT 1",
                       where.parameters(), collection, found));
  return found.count() > 0;
}

Result<WriteOutcome> SqlConnector::Insert(const Collection& collection, const std::vector<FieldValue>& values) {
  PRIVITY_TRY_VOID(CheckWritable(options_, label()));
  std::vector<FieldValue> key;
  for (const std::string& field : collection.key) {
    if (const FieldValue* value = ValueOf(values, field)) key.push_back(*value);
  }
  PRIVITY_TRY_VOID(CheckKey(collection, key));
  Condition row(dialect_);
  std::string columns;
  std::string parameters;
  for (const FieldValue& each : values) {
    columns += (columns.empty() ? "" : ", ") + dialect_.Quote(each.field);
    parameters += (parameters.empty() ? "" : ", ") + row.Bind(each.value);
  }
  const auto inserted =
      Change("INSERT INTO " + dialect_.Table(collection.name) + " (" + columns + ") VALUES (" + parameters + ")",
             row.parameters(), collection);
  if (inserted.ok()) return WriteOutcome::kDone;
  if (!inserted.error().Is("connect.refused")) return inserted.error();
  PRIVITY_TRY(const bool same, Exists(collection, key, values));
  if (same) return WriteOutcome::kAlreadyDone;
  PRIVITY_TRY(const bool other, Exists(collection, key, {}));
  if (other) return Error("connect.changed", {{"store", label()}, {"collection", Place(collection)}});
  return inserted.error();
}

Result<WriteOutcome> SqlConnector::Update(const Collection& collection, const std::vector<FieldValue>& key,
                                          const std::vector<FieldValue>& expected,
                                          const std::vector<FieldValue>& changes) {
  PRIVITY_TRY_VOID(CheckWritable(options_, label()));
  PRIVITY_TRY_VOID(CheckKey(collection, key));
  Condition where(dialect_);
  std::string set;
  for (const FieldValue& change : changes) {
    set += (set.empty() ? " SET " : ", ") + dialect_.Quote(change.field) + " = " + where.Bind(change.value);
  }
  where.Equals(key);
  where.IsText(expected);
  // Asked first: a change that is there already is not made twice, and triggers do not fire twice.
  PRIVITY_TRY(const bool done, Exists(collection, key, changes));
  if (done) return WriteOutcome::kAlreadyDone;
  PRIVITY_TRY(const std::int64_t rows,
              Change("UPDATE " + dialect_.Table(collection.name) + set + where.text(), where.parameters(), collection));
  if (rows > 0) return WriteOutcome::kDone;
  return Error("connect.changed", {{"store", label()}, {"collection", Place(collection)}});
}

Result<WriteOutcome> SqlConnector::Delete(const Collection& collection, const std::vector<FieldValue>& key,
                                          const std::vector<FieldValue>& expected) {
  PRIVITY_TRY_VOID(CheckWritable(options_, label()));
  PRIVITY_TRY_VOID(CheckKey(collection, key));
  Condition where(dialect_);
  where.Equals(key);
  where.IsText(expected);
  PRIVITY_TRY(const std::int64_t rows,
              Change("DELETE FROM " + dialect_.Table(collection.name) + where.text(), where.parameters(), collection));
  if (rows > 0) return WriteOutcome::kDone;
  PRIVITY_TRY(const bool there, Exists(collection, key, {}));
  if (!there) return WriteOutcome::kAlreadyDone;
  return Error("connect.changed", {{"store", label()}, {"collection", Place(collection)}});
}

// Both rows or neither: copied and deleted in one transaction. How many.
Result<std::int64_t> SqlConnector::MoveRows(const Collection& collection, const Collection& there,
                                            const std::vector<FieldValue>& key,
                                            const std::vector<FieldValue>& expected) {
  Condition where(dialect_);
  where.Equals(key);
  where.IsText(expected);
  const std::string rows = " FROM " + dialect_.Table(collection.name) + where.text();
  const std::string columns = Columns(collection);
  PRIVITY_TRY(const std::int64_t copied,
              Change("INSERT INTO " + dialect_.Table(there.name) + " (" + columns + ") SELECT " + columns + rows,
                     where.parameters(), there));
  PRIVITY_TRY(const std::int64_t deleted, Change("DELETE" + rows, where.parameters(), collection));
  if (copied != deleted) return Error("connect.changed", {{"store", label()}, {"collection", Place(collection)}});
  return deleted;
}

Result<WriteOutcome> SqlConnector::Move(const Collection& collection, const CollectionName& target,
                                        const std::vector<FieldValue>& key, const std::vector<FieldValue>& expected) {
  if (dialect_.begin.empty()) return Connector::Move(collection, target, key, expected);
  PRIVITY_TRY_VOID(CheckWritable(options_, label()));
  PRIVITY_TRY_VOID(CheckKey(collection, key));
  Collection there = collection;
  there.name = target;
  PRIVITY_TRY_VOID(Change(std::string(dialect_.begin), {}, collection));
  const Result<std::int64_t> moved = MoveRows(collection, there, key, expected);
  const bool is_done = moved.ok() && *moved > 0;
  const auto ended = Change(is_done ? "COMMIT" : "ROLLBACK", {}, collection);
  if (!moved.ok()) return moved.error();
  if (!ended.ok()) return ended.error();
  if (is_done) return WriteOutcome::kDone;
  PRIVITY_TRY(const bool is_here, Exists(collection, key, {}));
  PRIVITY_TRY(const bool is_there, Exists(there, key, expected));
  if (!is_here && is_there) return WriteOutcome::kAlreadyDone;
  return Error("connect.changed", {{"store", label()}, {"collection", Place(collection)}});
}

}  // namespace privity
