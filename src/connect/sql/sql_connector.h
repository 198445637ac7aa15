// What the stores that speak SQL have in common: finding, and idempotent compare-and-set writing. Each engine brings
// its own spelling (SqlDialect), its own way to run a statement, and its own strengths for sampling and streaming.
#pragma once

#include <string>
#include <vector>

#include "connect/connector.h"

namespace privity {

struct SqlDialect {
  char quote;  // around identifiers; doubled inside
  // The n-th parameter, from 1.
  std::string (*placeholder)(int number);
  // Whether the column equals the parameter as a value of the column's type; may use an index. Neither is null.
  std::string (*equals)(const std::string& column, const std::string& parameter);
  // Whether the column's text is byte for byte the parameter, or both are null: what was read still stands.
  std::string (*is_text)(const std::string& column, const std::string& parameter);
  // Whether the column's date or time lies before the parameter, a day as "2026-03-01" (UTC); may use an index. "" when
  // columns of the declared type hold no dates.
  std::string (*is_older)(const Field& field, const std::string& column, const std::string& parameter);
  // What begins a transaction; "" where the engine behind it is not known.
  std::string_view begin = {};

  std::string Quote(std::string_view identifier) const;
  std::string Table(const CollectionName& name) const;
};

using SqlParameters = std::vector<std::optional<std::string>>;

class SqlConnector : public Connector {
 public:
  Status Find(const Collection& collection, const std::vector<FieldValue>& match, std::int64_t records_max,
              RecordSink& sink) override;
  Result<WriteOutcome> Insert(const Collection& collection, const std::vector<FieldValue>& values) override;
  Result<WriteOutcome> Update(const Collection& collection, const std::vector<FieldValue>& key,
                              const std::vector<FieldValue>& expected, const std::vector<FieldValue>& changes) override;
  Result<WriteOutcome> Delete(const Collection& collection, const std::vector<FieldValue>& key,
                              const std::vector<FieldValue>& expected) override;
  Result<WriteOutcome> Move(const Collection& collection, const CollectionName& target,
                            const std::vector<FieldValue>& key, const std::vector<FieldValue>& expected) override;
  Result<std::int64_t> CountOlder(const Collection& collection, const std::string& field, std::chrono::sys_days day,
                                  const std::string& filled) override;

 protected:
  SqlConnector(const ConnectorKind& kind, const ConnectionUrl& url, const ConnectOptions& options,
               const SqlDialect& dialect)
      : Connector(kind, url.Label()), url_(url), options_(options), dialect_(dialect) {}

  // Runs one statement; its rows go to `sink` with the names of `collection`'s fields. Answers how many rows a change
  // touched. `place` names the collection in errors.
  virtual Result<std::int64_t> Run(const std::string& sql, const SqlParameters& parameters,
                                   const Collection& collection, RecordSink& sink) = 0;

  // "a", "b", "c": the columns of a collection, in order.
  std::string Columns(const Collection& collection) const;
  std::string Place(const Collection& collection) const { return collection.name.name; }

  // Marks are "identity:position"; positions are whole numbers of any size.
  static MarkVerdict CompareMarks(std::string_view now, std::string_view earlier);

  const ConnectionUrl& url() const { return url_; }
  const ConnectOptions& options() const { return options_; }
  const SqlDialect& dialect() const { return dialect_; }

 private:
  class Condition;
  Status CheckKey(const Collection& collection, const std::vector<FieldValue>& key) const;
  Result<std::int64_t> Change(const std::string& sql, const SqlParameters& parameters, const Collection& collection);
  Result<bool> Exists(const Collection& collection, const std::vector<FieldValue>& key,
                      const std::vector<FieldValue>& as);
  Result<std::int64_t> MoveRows(const Collection& collection, const Collection& there,
                                const std::vector<FieldValue>& key, const std::vector<FieldValue>& expected);

  const ConnectionUrl url_;
  const ConnectOptions options_;
  const SqlDialect& dialect_;
};

}  // namespace privity
