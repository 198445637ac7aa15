#include "store/store.h"

#include "store/internal/check_values.h"

namespace privity {

namespace {

using store_internal::CheckValues;

// The store whose transaction this thread is running now. Asking the same store again from inside would wait for
// itself.
thread_local const Store* store_in_use = nullptr;

class InUse {
 public:
  explicit InUse(const Store* store) : before_(store_in_use) { store_in_use = store; }
  ~InUse() { store_in_use = before_; }

 private:
  const Store* before_;
};

// Runs the caller's function and turns what it throws into an error, keeping foreign exceptions for the calling thread.
template <class Tx, class Fn>
Status RunGuarded(const Store* store, Tx& tx, const Fn& fn, std::exception_ptr& thrown) {
  const InUse in_use(store);
  thrown = nullptr;
  try {
    return fn(tx);
  } catch (const BadColumn& bad) {
    return Error("store.corrupt", {{"column", std::to_string(bad.column())}});
  } catch (...) {
    thrown = std::current_exception();
    return Error("store.function_threw");
  }
}

}  // namespace

Status ReadTx::Remember(Status status) {
  if (!status.ok() && !failure_) failure_ = status.error();
  return status;
}

Status ReadTx::Run(std::string_view sql, const SqlValues& params, const EachRow* each, std::int64_t* changed) {
  Invariant(!walking_, "a transaction was used inside its own ForEach");
  if (failure_) return *failure_;
  if (Status checked = CheckValues(params); !checked.ok()) return Remember(std::move(checked));
  walking_ = each != nullptr;
  // An error from `each` is the caller's, not the transaction's.
  std::optional<Error> from_each;
  const EachRow watched = [&](Row row) -> Status {
    Status status = (*each)(std::move(row));
    if (!status.ok()) from_each = status.error();
    return status;
  };
  Status status = DoRun(sql, params, each != nullptr ? &watched : nullptr, changed);
  walking_ = false;
  if (from_each) return *std::move(from_each);
  return Remember(std::move(status));
}

Result<std::vector<Row>> ReadTx::Query(std::string_view sql, const SqlValues& params) {
  std::vector<Row> rows;
  PRIVITY_TRY_VOID(ForEach(sql, params, [&](Row row) {
    rows.push_back(std::move(row));
    return Ok();
  }));
  return rows;
}

Result<std::optional<Row>> ReadTx::QueryOne(std::string_view sql, const SqlValues& params) {
  std::optional<Row> first;
  PRIVITY_TRY_VOID(ForEach(sql, params, [&](Row row) {
    if (!first) first = std::move(row);
    return Ok();
  }));
  return first;
}

Status ReadTx::ForEach(std::string_view sql, const SqlValues& params, const EachRow& each) {
  return Run(sql, params, &each, nullptr);
}

Result<std::int64_t> WriteTx::Execute(std::string_view sql, const SqlValues& params) {
  std::int64_t changed = 0;
  PRIVITY_TRY_VOID(Run(sql, params, nullptr, &changed));
  return changed;
}

Status WriteTx::ExecuteMany(std::string_view sql, std::span<const SqlValues> rows) {
  if (failure()) return *failure();
  for (const SqlValues& row : rows) PRIVITY_TRY_VOID(Remember(CheckValues(row)));
  return Remember(DoRunMany(sql, rows));
}

Status WriteTx::InsertRows(std::string_view table, std::span<const std::string_view> columns,
                           std::span<const SqlValues> rows) {
  if (failure()) return *failure();
  for (const SqlValues& row : rows) {
    Invariant(row.size() == columns.size(), "InsertRows wants a value for each column");
    PRIVITY_TRY_VOID(Remember(CheckValues(row)));
  }
  return Remember(DoInsertRows(table, columns, rows));
}

Status WriteTx::ExecuteScript(std::string_view sql) {
  if (failure()) return *failure();
  return Remember(DoRunScript(sql));
}

Status Store::RunRead(const ReadFn& fn) {
  Invariant(store_in_use != this, "Read inside Read or Write of the same store");
  std::exception_ptr thrown;
  Status status = DoRead([&](ReadTx& tx) -> Status {
    Status own = RunGuarded(this, tx, fn, thrown);
    if (own.ok() && tx.failure()) return *tx.failure();
    return own;
  });
  if (thrown) std::rethrow_exception(thrown);
  return status;
}

Status Store::RunWrite(const WriteFn& fn, const WriteOptions& options) {
  Invariant(store_in_use != this, "Write inside Read or Write of the same store");
  std::exception_ptr thrown;
  Callbacks committed;
  Status status = DoWrite(
      [&](WriteTx& tx) -> Status {
        Status own = RunGuarded(this, tx, fn, thrown);
        if (own.ok() && tx.failure()) return *tx.failure();
        return own;
      },
      options, &committed);
  if (thrown) std::rethrow_exception(thrown);
  if (status.ok()) {
    for (const auto& then : committed) then();
  }
  return status;
}

Status Store::Probe() {
  return Write(
      [](WriteTx& tx) -> Status {
        PRIVITY_TRY_VOID(tx.Execute("UPDATE store_probe SET count = count + 1"));
        return Ok();
      },
      {.isolation = WriteOptions::Isolation::kReadCommitted, .timeout = std::nullopt});
}

}  // namespace privity
