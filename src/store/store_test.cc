// What every back end promises. Each test runs on SQLite and on PostgreSQL.
#include "store/store.h"

#include <gmock/gmock.h>

#include <atomic>
#include <cmath>
#include <limits>
#include <set>
#include <stdexcept>
#include <thread>

#include "store/testing/test_store.h"

namespace privity {
namespace {

struct PersonTag {};
using PersonId = Id<PersonTag>;

const Bytes kSomeBytes(10, std::byte{7});

class StoreContract : public StoreTest {
 protected:
  std::vector<Migration> Migrations() const override {
    return {{.room = "test", .version = 1, .name = "tables", .sql = R"sql(
      CREATE TABLE note(id bigint PRIMARY KEY, text text NOT NULL, CONSTRAINT note_short CHECK(length(text) < 1000));
      CREATE TABLE tag(note_id bigint NOT NULL REFERENCES note(id), name text NOT NULL);
      CREATE UNIQUE INDEX tag_once ON tag(note_id, name);
      CREATE TABLE value(id bigint PRIMARY KEY, b boolean, i bigint, d double precision, t text, y bytea);
    )sql"}};
  }

  Status Insert(std::int64_t id, std::string text = "x") {
    return store().Write([&](WriteTx& tx) -> Status {
      PRIVITY_TRY_VOID(tx.Execute("INSERT INTO note(id, text) VALUES($1, $2)", {id, text}));
      return Ok();
    });
  }

  std::int64_t Count(std::string_view sql = "SELECT count(*) FROM note") {
    auto row = store().Read([&](ReadTx& tx) { return tx.QueryOne(sql); });
    EXPECT_TRUE(row.ok()) << row.error().DebugString();
    return row.ok() ? (*row)->Get<std::int64_t>(0) : -1;
  }
};

TEST_P(StoreContract, AGenerationEndsWithEveryChangeAndWithNothingElse) {
  if (store().dialect() == Dialect::kPostgres) {
    EXPECT_FALSE(store().Generation()) << "another process may change the data unseen";
    return;
  }
  const auto first = store().Generation();
  ASSERT_TRUE(first);
  EXPECT_EQ(Count(), 0);
  ASSERT_TRUE(store().Write([](WriteTx& tx) { return tx.Query("SELECT id FROM note"); }).ok());
  EXPECT_EQ(store().Generation(), first);
  std::set<std::optional<std::uint64_t>> seen = {first};
  for (std::int64_t id = 1; id <= 5; ++id) {
    ASSERT_TRUE(Insert(id).ok());
    EXPECT_TRUE(seen.insert(store().Generation()).second) << id;
  }
  EXPECT_FALSE(seen.contains(std::nullopt));
}

// What was read at a generation that is still the same is what an answered write left behind.
TEST_P(StoreContract, WhatWasReadAtTheSameGenerationStillHolds) {
  if (!store().Generation()) GTEST_SKIP() << "this store tells no generation";
  ASSERT_TRUE(Insert(1, "0").ok());
  std::atomic<int> answered = 0;
  std::jthread writer([&](const std::stop_token& stop) {
    for (int n = 1; !stop.stop_requested(); ++n) {
      ASSERT_TRUE(store()
                      .Write([&](WriteTx& tx) {
                        return tx.Execute("UPDATE note SET text = $1 WHERE id = 1", {std::to_string(n)});
                      })
                      .ok());
      answered = n;
    }
  });
  std::optional<std::uint64_t> known_at;
  int known = 0, held = 0;
  while (held < 200) {
    const int at_least = answered;
    if (const auto generation = store().Generation(); generation && generation == known_at) {
      EXPECT_GE(known, at_least);
      ++held;
      continue;
    }
    known_at = store().Generation();
    const auto row = store().Read([](ReadTx& tx) { return tx.QueryOne("SELECT text FROM note WHERE id = 1"); });
    known = std::stoi((*row)->Get<std::string>(0));
  }
}

TEST_P(StoreContract, KeepsEveryKindOfValue) {
  const PersonId id = PersonId::NewRandom();
  const Bytes blob = {std::byte{0}, std::byte{0xFF}, std::byte{0}};
  constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
  const Instant instant = FromMicros(1'772'000'000'123'456);
  const std::vector<SqlValues> rows = {
      {1, true, kMax, 0.1, "Zoë 🦊 \u0301 ' \" \\ %", blob},
      {2, false, std::numeric_limits<std::int64_t>::min(), std::numeric_limits<double>::infinity(), "", Bytes{}},
      {3, nullptr, nullptr, nullptr, nullptr, nullptr},
      {4, std::optional<bool>(), instant, -0.0, id, std::optional<Bytes>()},
      {5, true, 5, 5e-324, std::string(100'000, 'x'), Bytes(100'000, std::byte{7})},
  };
  ASSERT_TRUE(store()
                  .Write([&](WriteTx& tx) {
                    return tx.ExecuteMany("INSERT INTO value(id, b, i, d, t, y) VALUES($1, $2, $3, $4, $5, $6)", rows);
                  })
                  .ok());
  const auto read = store().Read([](ReadTx& tx) { return tx.Query("SELECT b, i, d, t, y FROM value ORDER BY id"); });
  ASSERT_TRUE(read.ok()) << read.error().DebugString();
  ASSERT_EQ(read->size(), 5u);
  const Row& first = (*read)[0];
  EXPECT_TRUE(first.Get<bool>(0));
  EXPECT_EQ(first.Get<std::int64_t>(1), kMax);
  EXPECT_EQ(first.Get<double>(2), 0.1);
  EXPECT_EQ(first.Get<std::string>(3), "Zoë 🦊 \u0301 ' \" \\ %");
  EXPECT_EQ(first.Get<Bytes>(4), blob);
  const Row& second = (*read)[1];
  EXPECT_FALSE(second.Get<bool>(0));
  EXPECT_EQ(second.Get<std::int64_t>(1), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(second.Get<double>(2), std::numeric_limits<double>::infinity());
  EXPECT_EQ(second.Get<std::string>(3), "");
  EXPECT_EQ(second.Get<std::optional<Bytes>>(4), Bytes{});  // empty is not NULL
  for (std::size_t column = 0; column < 5; ++column) EXPECT_TRUE((*read)[2].IsNull(column));
  EXPECT_EQ((*read)[3].Get<Instant>(1), instant);
  EXPECT_EQ((*read)[3].Get<PersonId>(3), id);
  EXPECT_FALSE(std::signbit((*read)[3].Get<double>(2)));  // -0.0 is kept as 0.0
  EXPECT_EQ((*read)[4].Get<double>(2), 5e-324);
  EXPECT_EQ((*read)[4].Get<std::string>(3).size(), 100'000u);
  EXPECT_EQ((*read)[4].Get<Bytes>(4), Bytes(100'000, std::byte{7}));
}

TEST_P(StoreContract, RefusesValuesThatOneBackEndCouldNotKeep) {
  struct Case {
    std::string name;
    SqlValue value;
    std::string problem;
  };
  for (const Case& c : {Case{"not a number", std::nan(""), "nan"}, Case{"U+0000", std::string("a\0b", 3), "nul"},
                        Case{"a lone byte", "\xFF", "not_utf8"}, Case{"overlong", "\xC0\xAF", "not_utf8"},
                        Case{"a surrogate", "\xED\xA0\x80", "not_utf8"}, Case{"cut off", "\xE2\x82", "not_utf8"}}) {
    const auto status = store().Write([&](WriteTx& tx) {
      return tx.Execute("INSERT INTO value(id, t) VALUES($1, $2)", {1, c.value});
    });
    ASSERT_FALSE(status.ok()) << c.name;
    EXPECT_EQ(status.error().DebugString(), "store.value_refused{parameter=$2, problem=" + c.problem + "}") << c.name;
  }
}

TEST_P(StoreContract, FindsParametersByNumberNotByPlace) {
  const auto row = store().Read([](ReadTx& tx) {
    return tx.QueryOne("SELECT CAST($2 AS text), CAST($1 AS bigint), CAST($2 AS text)", {7, "seven"});
  });
  ASSERT_TRUE(row.ok()) << row.error().DebugString();
  EXPECT_EQ((*row)->Get<std::string>(0), "seven");
  EXPECT_EQ((*row)->Get<std::int64_t>(1), 7);
  EXPECT_EQ((*row)->Get<std::string>(2), "seven");
}

TEST_P(StoreContract, TellsHowManyRowsChanged) {
  for (int i = 1; i <= 3; ++i) ASSERT_TRUE(Insert(i).ok());
  const auto changed =
      store().Write([](WriteTx& tx) { return tx.Execute("UPDATE note SET text = 'y' WHERE id > $1", {1}); });
  EXPECT_EQ(changed.value(), 2);
  const auto none = store().Write([](WriteTx& tx) { return tx.Execute("DELETE FROM note WHERE id = $1", {9}); });
  EXPECT_EQ(none.value(), 0);
  const auto kept = store().Write(
      [](WriteTx& tx) { return tx.Execute("INSERT INTO note(id, text) VALUES(1, 'z') ON CONFLICT(id) DO NOTHING"); });
  EXPECT_EQ(kept.value(), 0);
}

TEST_P(StoreContract, ReturnsWhatWasInserted) {
  const auto row = store().Write([](WriteTx& tx) {
    return tx.QueryOne("INSERT INTO note(id, text) VALUES($1, $2) RETURNING text", {1, "returned"});
  });
  EXPECT_EQ(row.value()->Get<std::string>(0), "returned");
  EXPECT_EQ(Count(), 1);
}

TEST_P(StoreContract, InsertsInBulkWhatStatementsWouldKeep) {
  constexpr std::string_view kColumns[] = {"id", "b", "i", "d", "t", "y"};
  const std::string awkward = "tab\there\nline\rreturn\\backslash \\N \\. end";
  std::vector<SqlValues> rows = {{1, true, -1, 0.5, awkward, Bytes{std::byte{0}, std::byte{'\\'}, std::byte{10}}},
                                 {2, false, nullptr, nullptr, "", Bytes{}},
                                 {3, nullptr, 7, -std::numeric_limits<double>::infinity(), "\\N", nullptr}};
  for (int i = 4; i <= 3'000; ++i) rows.push_back({i, true, i, 1.0 / i, "row", kSomeBytes});
  ASSERT_TRUE(store().Write([&](WriteTx& tx) { return tx.InsertRows("value", kColumns, rows); }).ok());
  const auto read =
      store().Read([](ReadTx& tx) { return tx.Query("SELECT b, i, d, t, y FROM value WHERE id <= 3 ORDER BY id"); });
  EXPECT_EQ((*read)[0].Get<std::string>(3), awkward);
  EXPECT_EQ((*read)[0].Get<Bytes>(4), (Bytes{std::byte{0}, std::byte{'\\'}, std::byte{10}}));
  EXPECT_EQ((*read)[1].Get<std::optional<std::string>>(3), "");
  EXPECT_EQ((*read)[1].Get<std::optional<Bytes>>(4), Bytes{});
  EXPECT_TRUE((*read)[1].IsNull(1));
  EXPECT_EQ((*read)[2].Get<std::string>(3), "\\N");
  EXPECT_EQ((*read)[2].Get<double>(2), -std::numeric_limits<double>::infinity());
  EXPECT_EQ(Count("SELECT count(*) FROM value"), 3'000);
}

TEST_P(StoreContract, ManyRowsAreInsertedAllOrNone) {
  std::vector<SqlValues> rows;
  for (int i = 0; i < 600; ++i) rows.push_back({i == 400 ? 7 : i, "x"});  // one twice
  const auto many =
      store().Write([&](WriteTx& tx) { return tx.ExecuteMany("INSERT INTO note(id, text) VALUES($1, $2)", rows); });
  EXPECT_EQ(many.error().DebugString(), "store.conflict{kind=unique, constraint=note.id}");
  constexpr std::string_view kColumns[] = {"id", "text"};
  const auto bulk = store().Write([&](WriteTx& tx) { return tx.InsertRows("note", kColumns, rows); });
  EXPECT_EQ(bulk.error().DebugString(), "store.conflict{kind=unique, constraint=note.id}");
  EXPECT_EQ(Count(), 0);
  EXPECT_TRUE(Insert(1).ok());  // the connection is as good as before
}

TEST_P(StoreContract, AnErrorUndoesTheWholeChange) {
  const Status status = store().Write([](WriteTx& tx) -> Status {
    PRIVITY_TRY_VOID(tx.Execute("INSERT INTO note(id, text) VALUES(1, 'x')"));
    return Error("test.no");
  });
  EXPECT_EQ(status.error().code(), "test.no");
  EXPECT_EQ(Count(), 0);
}

TEST_P(StoreContract, AnExceptionUndoesTheChangeAndReachesTheCaller) {
  EXPECT_THROW((void)store().Write([](WriteTx& tx) -> Status {
    PRIVITY_TRY_VOID(tx.Execute("INSERT INTO note(id, text) VALUES(1, 'x')"));
    throw std::runtime_error("bug");
  }),
               std::runtime_error);
  EXPECT_EQ(Count(), 0);
  EXPECT_TRUE(Insert(1).ok());
}

TEST_P(StoreContract, AFailedStatementCannotBeOverlooked) {
  ASSERT_TRUE(Insert(1).ok());
  const Status status = store().Write([](WriteTx& tx) -> Status {
    (void)tx.Execute("INSERT INTO note(id, text) VALUES(2, 'x')");
    (void)tx.Execute("INSERT INTO note(id, text) VALUES(1, 'again')");  // refused, and its error dropped
    (void)tx.Execute("INSERT INTO note(id, text) VALUES(3, 'x')");
    return Ok();
  });
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code(), "store.conflict");
  EXPECT_EQ(Count(), 1);
}

TEST_P(StoreContract, NamesTheConstraintThatRefusedAndNeverTheValue) {
  ASSERT_TRUE(Insert(1).ok());
  ASSERT_TRUE(store().Write([](WriteTx& tx) { return tx.Execute("INSERT INTO tag VALUES(1, 'secret-tag')"); }).ok());
  struct Case {
    std::string sql;
    std::string kind;
    std::string constraint;
  };
  for (const Case& c : {Case{"INSERT INTO note(id, text) VALUES(1, 'secret-text')", "unique", "note.id"},
                        Case{"INSERT INTO tag VALUES(1, 'secret-tag')", "unique", "tag.note_id, tag.name"},
                        Case{"INSERT INTO note(id) VALUES(2)", "not_null", "note.text"}}) {
    const auto status = store().Write([&](WriteTx& tx) { return tx.Execute(c.sql); });
    ASSERT_FALSE(status.ok()) << c.sql;
    EXPECT_EQ(status.error().DebugString(), "store.conflict{kind=" + c.kind + ", constraint=" + c.constraint + "}");
  }
  const auto check = store().Write(
      [&](WriteTx& tx) { return tx.Execute("INSERT INTO note(id, text) VALUES(2, $1)", {std::string(1000, 's')}); });
  EXPECT_EQ(check.error().DebugString(), "store.conflict{kind=check, constraint=note_short}");
  const auto foreign = store().Write([&](WriteTx& tx) { return tx.Execute("INSERT INTO tag VALUES(99, 'x')"); });
  EXPECT_EQ(foreign.error().Parameter("kind"), "foreign_key");
}

TEST_P(StoreContract, AWrongStatementIsOurBugAndSaysSo) {
  const auto status =
      store().Read([](ReadTx& tx) { return tx.Query("SELECT absent FROM nowhere WHERE id = $1", {1}); });
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code(), "store.statement_refused");
  EXPECT_EQ(status.error().Parameter("statement"), "SELECT absent FROM nowhere WHERE id = $1");
  EXPECT_THAT(std::string(status.error().Parameter("problem")), testing::HasSubstr("nowhere"));
}

TEST_P(StoreContract, AWrongColumnTypeIsDamage) {
  ASSERT_TRUE(Insert(1).ok());
  const auto status = store().Read([](ReadTx& tx) -> Result<std::int64_t> {
    PRIVITY_TRY(const auto row, tx.QueryOne("SELECT text FROM note"));
    return row->Get<std::int64_t>(0);
  });
  EXPECT_EQ(status.error().DebugString(), "store.corrupt{column=0}");
}

TEST_P(StoreContract, ReadingCannotChange) {
  const auto status =
      store().Read([](ReadTx& tx) { return tx.Query("INSERT INTO note(id, text) VALUES(1, 'x') RETURNING id"); });
  EXPECT_FALSE(status.ok());
  EXPECT_EQ(Count(), 0);
}

TEST_P(StoreContract, AReadSeesOneMoment) {
  ASSERT_TRUE(Insert(1).ok());
  const auto counts = store().Read([&](ReadTx& tx) -> Result<std::pair<std::int64_t, std::int64_t>> {
    PRIVITY_TRY(const auto before, tx.QueryOne("SELECT count(*) FROM note"));
    std::thread([&] { EXPECT_TRUE(Insert(2).ok()); }).join();
    PRIVITY_TRY(const auto after, tx.QueryOne("SELECT count(*) FROM note"));
    return std::pair(before->Get<std::int64_t>(0), after->Get<std::int64_t>(0));
  });
  EXPECT_EQ(counts.value(), std::pair(std::int64_t{1}, std::int64_t{1}));
  EXPECT_EQ(Count(), 2);
}

TEST_P(StoreContract, WalksALargeAnswerRowByRowAndStopsWhenTold) {
  std::vector<SqlValues> rows;
  for (int i = 0; i < 5'000; ++i) rows.push_back({i, "x"});
  ASSERT_TRUE(store()
                  .Write([&](WriteTx& tx) { return tx.ExecuteMany("INSERT INTO note(id, text) VALUES($1, $2)", rows); })
                  .ok());
  std::int64_t sum = 0;
  ASSERT_TRUE(store()
                  .Read([&](ReadTx& tx) {
                    sum = 0;
                    return tx.ForEach("SELECT id FROM note", {}, [&](Row row) {
                      sum += row.Get<std::int64_t>(0);
                      return Ok();
                    });
                  })
                  .ok());
  EXPECT_EQ(sum, 4'999 * 5'000 / 2);
  int seen = 0;
  const Status stopped = store().Read([&](ReadTx& tx) -> Status {
    seen = 0;
    const Status walk = tx.ForEach("SELECT id FROM note ORDER BY id", {}, [&](Row) -> Status {
      if (++seen == 3) return Error("test.enough");
      return Ok();
    });
    EXPECT_EQ(walk.error().code(), "test.enough");
    PRIVITY_TRY(const auto row, tx.QueryOne("SELECT count(*) FROM note"));  // the transaction goes on
    EXPECT_EQ(row->Get<std::int64_t>(0), 5'000);
    return walk;
  });
  EXPECT_EQ(stopped.error().code(), "test.enough");
  EXPECT_EQ(seen, 3);
}

TEST_P(StoreContract, ManyWritersLoseNothing) {
  constexpr int kWriters = 64;
  constexpr int kEach = 5;
  ASSERT_TRUE(store().Write([](WriteTx& tx) { return tx.Execute("INSERT INTO value(id, i) VALUES(1, 0)"); }).ok());
  std::atomic<int> failed = 0;
  std::vector<std::thread> writers;
  for (int writer = 0; writer < kWriters; ++writer) {
    writers.emplace_back([&, writer] {
      for (int n = 0; n < kEach; ++n) {
        const Status status = Insert(writer * kEach + n);
        if (!status.ok()) ++failed;
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(Count(), kWriters * kEach);
}

TEST_P(StoreContract, ReadThenWriteIsSerializable) {
  // Without serializability two threads read the same number and one increment is lost.
  ASSERT_TRUE(store().Write([](WriteTx& tx) { return tx.Execute("INSERT INTO value(id, i) VALUES(1, 0)"); }).ok());
  constexpr int kThreads = 4;
  constexpr int kEach = 10;
  std::atomic<int> succeeded = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&] {
      for (int n = 0; n < kEach; ++n) {
        const Status status = store().Write([&](WriteTx& tx) -> Status {
          PRIVITY_TRY(const auto row, tx.QueryOne("SELECT i FROM value WHERE id = 1"));
          PRIVITY_TRY_VOID(tx.Execute("UPDATE value SET i = $1 WHERE id = 1", {row->Get<std::int64_t>(0) + 1}));
          return Ok();
        });
        if (status.ok()) ++succeeded;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(Count("SELECT i FROM value WHERE id = 1"), succeeded);
  EXPECT_EQ(succeeded, kThreads * kEach);
}

TEST_P(StoreContract, OneFailingWriterDoesNotTouchItsNeighbors) {
  constexpr int kWriters = 32;
  std::atomic<int> wrong = 0;
  std::vector<std::thread> writers;
  for (int i = 0; i < kWriters; ++i) {
    writers.emplace_back([&, i] {
      const Status status = store().Write([&](WriteTx& tx) -> Status {
        PRIVITY_TRY_VOID(tx.Execute("INSERT INTO note(id, text) VALUES($1, 'x')", {i}));
        if (i % 2 == 1) return Error("test.odd");
        return Ok();
      });
      if (status.ok() != (i % 2 == 0)) ++wrong;
    });
  }
  for (std::thread& writer : writers) writer.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(Count(), kWriters / 2);
  EXPECT_EQ(Count("SELECT count(*) FROM note WHERE id % 2 = 1"), 0);
}

TEST_P(StoreContract, WhatWasAnsweredIsThereAfterReopening) {
  ASSERT_TRUE(Insert(1, "kept").ok());
  Reopen();
  EXPECT_EQ(Count("SELECT count(*) FROM note WHERE text = 'kept'"), 1);
}

TEST_P(StoreContract, CallsBackAfterTheCommitOnly) {
  int called = 0;
  std::int64_t seen = -1;
  const auto write = [&](bool succeed) {
    return store().Write([&, succeed](WriteTx& tx) -> Status {
      tx.OnCommit([&] {
        ++called;
        seen = Count();
      });
      PRIVITY_TRY_VOID(tx.Execute("INSERT INTO note(id, text) VALUES(1, 'x')"));
      if (!succeed) return Error("test.no");
      return Ok();
    });
  };
  EXPECT_FALSE(write(false).ok());
  EXPECT_EQ(called, 0);
  EXPECT_TRUE(write(true).ok());
  EXPECT_EQ(called, 1);
  EXPECT_EQ(seen, 1);
}

TEST_P(StoreContract, ProbesByWriting) {
  EXPECT_TRUE(store().Probe().ok());
}

PRIVITY_ON_EVERY_STORE(StoreContract);

}  // namespace
}  // namespace privity
