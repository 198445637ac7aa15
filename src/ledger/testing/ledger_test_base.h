// A ledger on every store, with a sequencer that runs when the test says so.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "crypto/key_home.h"
#include "keys/person_keys.h"
#include "ledger/internal/rows.h"
#include "ledger/ledger.h"
#include "ledger/reader.h"
#include "ledger/sequencer.h"
#include "store/testing/test_store.h"

namespace privity {

class LedgerTestBase : public StoreTest {
 protected:
  std::vector<Migration> Migrations() const override;
  void SetUp() override;
  void TearDown() override;

  static SigningKey TestKey();
  Ledger& ledger() { return *ledger_; }
  Sequencer& sequencer() { return *sequencer_; }
  LedgerReader& reader() { return *reader_; }
  std::unique_ptr<Sequencer> NewSequencer(std::vector<CheckpointSink*> sinks);

  // A ledger that can name data subjects; opens a key home in the test's directory.
  Ledger& LedgerWithKeys();
  PersonKeys& person_keys() { return *person_keys_; }

  // Actions of another room, for its tests.
  void AlsoRegister(std::span<const ActionInfo> actions) { actions_.Register(actions); }

  // A valid entry about "thing-<number>".
  static Entry Created(int number);
  // So many entries in one transaction.
  void RecordMany(int count);
  // Sequences and signs; the size of the tree.
  std::uint64_t Sequence();
  // The leaves in the order of their index.
  std::vector<std::string> Leaves();
  std::string NewestNote();
  std::int64_t Count(std::string_view sql);
  // What somebody with the database's password might do.
  void Damage(std::string_view script);

 private:
  ActionRegistry actions_;
  std::unique_ptr<Ledger> ledger_;
  std::unique_ptr<KeyHome> key_home_;
  std::unique_ptr<PersonKeys> person_keys_;
  std::unique_ptr<Ledger> ledger_with_keys_;
  std::unique_ptr<LedgerReader> reader_;
  std::unique_ptr<Sequencer> sequencer_;
};

}  // namespace privity
