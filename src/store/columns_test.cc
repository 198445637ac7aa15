#include "store/columns.h"

#include <gmock/gmock.h>

#include "store/testing/test_store.h"

namespace privity {

struct ShelfTag {};
using ShelfId = Id<ShelfTag>;
enum class ShelfKind { kOpen, kLocked };
PRIVITY_DESCRIBE_ENUM(ShelfKind, kOpen, kLocked)
struct Shelf {
  ShelfId id;
  ShelfKind kind = ShelfKind::kOpen;
  bool is_full = false;
  double height = 0;
  std::int64_t books = 0;
  Instant built_at{};
  Bytes seal = {};
  std::vector<std::string> labels = {};
  std::optional<std::string> note = {};
  bool operator==(const Shelf&) const = default;
};
PRIVITY_DESCRIBE(Shelf, (id, kind, is_full, height, books, built_at, seal, labels, note))

namespace {

class StructRows : public StoreTest {
 protected:
  std::vector<Migration> Migrations() const override {
    return {{.room = "test", .version = 1, .name = "shelf", .sql = R"sql(
      CREATE TABLE shelf(id text PRIMARY KEY, kind text NOT NULL, is_full boolean NOT NULL, height double precision NOT NULL,
        books bigint NOT NULL, built_at bigint NOT NULL, seal bytea NOT NULL, labels text NOT NULL, note text))sql"}};
  }
};

TEST_P(StructRows, ComeBackAsTheyWentIn) {
  const Shelf full{ShelfId::NewRandom(), ShelfKind::kLocked,           true,       3,     7,
                   clock().Now(),        {std::byte{0}, std::byte{9}}, {"a", "ü"}, "note"};
  const Shelf bare{.id = ShelfId::NewRandom()};
  const auto all = store().Write([&](WriteTx& tx) -> Result<std::vector<Shelf>> {
    PRIVITY_TRY_VOID(InsertStruct(tx, "shelf", full));
    PRIVITY_TRY_VOID(InsertStruct(tx, "shelf", bare));
    return SelectStructs<Shelf>(tx, "FROM shelf ORDER BY books DESC");
  });
  ASSERT_TRUE(all.ok()) << all.error().DebugString();
  EXPECT_THAT(*all, testing::ElementsAre(full, bare));
  const auto none =
      store().Read([](ReadTx& tx) { return SelectStruct<Shelf>(tx, "FROM shelf WHERE books = $1", {99}); });
  EXPECT_EQ(none.value(), std::nullopt);
}

TEST_P(StructRows, AValueThatDoesNotFitIsDamage) {
  ASSERT_TRUE(store()
                  .Write([&](WriteTx& tx) -> Status {
                    PRIVITY_TRY_VOID(InsertStruct(tx, "shelf", Shelf{.id = ShelfId::NewRandom()}));
                    PRIVITY_TRY_VOID(tx.Execute("UPDATE shelf SET kind = 'glass'"));
                    return Ok();
                  })
                  .ok());
  const auto read = store().Read([](ReadTx& tx) { return SelectStruct<Shelf>(tx, "FROM shelf"); });
  EXPECT_EQ(read.error().DebugString(), "store.corrupt{column=kind}");
}

PRIVITY_ON_EVERY_STORE(StructRows);

}  // namespace
}  // namespace privity
