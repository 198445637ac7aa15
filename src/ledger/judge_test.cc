// What Privity exports is judged by programs that share no code with it (tests/judges/ledger, Go's sumdb/tlog and
// sumdb/note).
#include <gmock/gmock.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "ledger/export.h"
#include "ledger/reader.h"
#include "ledger/testing/ledger_test_base.h"
#include "ledger/verify.h"
#include "ledger/witness_sink.h"

namespace privity {
namespace {

struct Ran {
  int status = -1;
  std::string output;
};

// Quoting is simple because no argument of ours contains a quote.
Ran Execute(const std::string& program, const std::vector<std::string>& arguments,
            const std::string& input_file = "/dev/null") {
  std::string command = program;
  for (const std::string& argument : arguments) command += " '" + argument + "'";
  FILE* const pipe = popen((command + " < '" + input_file + "' 2>&1").c_str(), "r");
  Ran ran;
  if (pipe == nullptr) return ran;
  char chunk[4096];
  while (const std::size_t got = fread(chunk, 1, sizeof chunk, pipe)) ran.output.append(chunk, got);
  const int status = pclose(pipe);
  ran.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return ran;
}

class JudgeTest : public LedgerTestBase {
 protected:
  void SetUp() override {
    // Built once for all tests of this program.
    static const TempDirectory programs;
    static const Ran built = Execute("tests/judges/ledger/run", {"build", programs.path()});
    programs_ = programs.path();
    LedgerTestBase::SetUp();
    if (built.status == 77) GTEST_SKIP() << "the judge cannot be built here: " << built.output;
    ASSERT_EQ(built.status, 0) << built.output;
  }
  Ran RunJudge(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"-key", Verifier()});
    return Execute(programs_ + "/judge", arguments);
  }
  std::string Path(const std::string& name) const { return directory_.path() + "/" + name; }
  void Save(const std::string& name, std::string_view text) {
    std::ofstream(Path(name), std::ios::binary | std::ios::trunc) << text;
  }
  std::string Export() {
    FolderTarget target = FolderTarget::Create(Path("export")).value();
    EXPECT_TRUE(ExportLedger(store(), target).ok());
    return Path("export");
  }
  std::string Verifier() { return sequencer().verifiers()->newest().ToString(); }

  std::string programs_;

 private:
  TempDirectory directory_;
};
INSTANTIATE_TEST_SUITE_P(, JudgeTest, testing::Values(Dialect::kSqlite), DialectName);

// The long runs (`./dev soak`) ask for 10,000 changes; then the tree has three levels of tiles, too.
const char* const kAsked = std::getenv("PRIVITY_LEDGER_MUTATIONS");

TEST_P(JudgeTest, AcceptsAnExportAndNoticesEveryRandomChange) {
  RecordMany(260);
  Sequence();
  const std::string mutations = kAsked == nullptr ? "1000" : kAsked;
  const Ran ran = RunJudge({"-mutations", mutations, Export()});
  EXPECT_EQ(ran.status, 0) << ran.output;
  EXPECT_EQ(ran.output, "ok: 260 entries in 7 files, " + mutations + " random changes noticed\n");
}

TEST_P(JudgeTest, AcceptsAnExportOfEveryLevel) {
  RecordMany(kAsked == nullptr ? 2'000 : 66'000);
  Sequence();
  const std::string folder = Export();
  const Ran ran = RunJudge({folder});
  EXPECT_EQ(ran.status, 0) << ran.output;
  EXPECT_TRUE(VerifyExport(folder, sequencer().verifiers().value()).value().whole());
}

TEST_P(JudgeTest, AcceptsAnExportUnderTheNewKeyAndTheOneBefore) {
  RecordMany(3);
  Sequence();
  const SigningKey next = SigningKey::FromSeed(Key::FromBytes(Bytes(32)).value());
  const auto sequencer = Sequencer::Create(ledger(),
                                           [&] {
                                             return std::vector{next, TestKey()};
                                           },
                                           {.origin = "example.org/privity"}, {});
  RecordMany(4);
  ASSERT_TRUE((*sequencer)->RunOnce().ok());
  const std::string folder = Export();
  const NoteVerifiers verifiers = (*sequencer)->verifiers().value();
  for (const NoteVerifier& verifier : verifiers.all()) {
    const Ran ran = Execute(programs_ + "/judge", {"-key", verifier.ToString(), folder});
    EXPECT_EQ(ran.status, 0) << ran.output;
    EXPECT_TRUE(VerifyExport(folder, verifier)->whole());
  }
}

TEST_P(JudgeTest, RefusesAnotherKey) {
  RecordMany(3);
  Sequence();
  const std::string other = NoteVerifier::Create("example.org/privity", NoteKeyType::kEd25519,
                                                 SigningKey::FromSeed(Key::FromBytes(Bytes(32)).value()).verify_key())
                                .value()
                                .ToString();
  EXPECT_EQ(Execute(programs_ + "/judge", {"-key", other, Export()}).status, 1);
}

TEST_P(JudgeTest, AcceptsProofsOfEntriesAndOfGrowth) {
  RecordMany(200);
  Sequence();
  Save("old", NewestNote());
  RecordMany(177);
  clock().Advance(std::chrono::minutes(1));
  Sequence();
  Save("new", NewestNote());
  for (const std::uint64_t index : {0U, 255U, 256U, 376U}) {
    Save("proof", reader().ProofFile(index).value());
    Save("entry", reader().Prove(index)->leaf);
    const Ran ran = RunJudge({"-proof", Path("proof"), "-entry", Path("entry")});
    EXPECT_EQ(ran.status, 0) << index << ": " << ran.output;
  }
  Save("entry", reader().Prove(1)->leaf);
  EXPECT_EQ(RunJudge({"-proof", Path("proof"), "-entry", Path("entry")}).status, 1);
  std::string lines;
  const std::vector<TreeHash> hashes = reader().ProveConsistency(200, 377).value();
  for (const TreeHash& hash : hashes) lines += FormatHash(hash) + "\n";
  Save("consistency", lines);
  const std::vector<std::string> growth = {"-old",      Path("old"),    "-new",
                                           Path("new"), "-consistency", Path("consistency")};
  const Ran ran = RunJudge(growth);
  EXPECT_EQ(ran.status, 0) << ran.output;
  Save("consistency", lines.substr(45));
  EXPECT_EQ(RunJudge(growth).status, 1);
}

class WitnessTest : public JudgeTest {
 protected:
  static constexpr const char* kSeed = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

  WitnessSink NewWitness() {
    std::string key = Execute(programs_ + "/witness", {"-seed", kSeed, "-print-key"}).output;
    key.pop_back();
    return WitnessSink(NoteVerifier::Parse(key).value(), [this](const std::string& body) -> Result<WitnessAnswer> {
      Save("request", body);
      const Ran ran = Execute(programs_ + "/witness", {"-log", Verifier(), "-seed", kSeed, "-state", Path("state")},
                              Path("request"));
      if (ran.status != 0) return Error("test.witness_failed", {{"output", ran.output}});
      ++requests_;
      const std::size_t line = ran.output.find('\n'), space = ran.output.find(' ');
      return WitnessAnswer{.status = std::stoi(ran.output.substr(0, space)),
                           .content_type = ran.output.substr(space + 1, line - space - 1),
                           .body = ran.output.substr(line + 1)};
    });
  }
  int requests_ = 0;
};
INSTANTIATE_TEST_SUITE_P(, WitnessTest, testing::Values(Dialect::kSqlite), DialectName);

TEST_P(WitnessTest, CosignsWhatContinuesAndRefusesAFork) {
  WitnessSink witness = NewWitness();
  const auto log = NewSequencer({&witness});
  for (const int count : {3, 300}) {
    RecordMany(count);
    ASSERT_TRUE(log->RunOnce().ok());
    const Status published = log->PublishOnce();
    ASSERT_TRUE(published.ok()) << published.error().DebugString();
  }
  EXPECT_EQ(requests_, 2);
  EXPECT_TRUE(witness.receipt()->starts_with(NewestNote()));

  // A restart: the witness says which size it knows, and gets the proof from there.
  WitnessSink again = NewWitness();
  RecordMany(5);
  const auto restarted = NewSequencer({&again});
  ASSERT_TRUE(restarted->RunOnce().ok());
  const Status published = restarted->PublishOnce();
  ASSERT_TRUE(published.ok()) << published.error().DebugString();
  EXPECT_EQ(requests_, 4);

  // The whole ledger is replaced by another of the same key: signed correctly, and refused.
  Damage(
      "DELETE FROM ledger_entry; DELETE FROM ledger_tile; DELETE FROM ledger_checkpoint; UPDATE ledger_head SET size = "
      "0");
  RecordMany(400);
  const auto forked = NewSequencer({&again});
  ASSERT_TRUE(forked->RunOnce().ok());
  EXPECT_EQ(forked->PublishOnce().error().code(), "ledger.forked");
  EXPECT_EQ(ledger().Record(Created(1)).error().DebugString(), "ledger.halted{cause=ledger.forked}");
}

TEST_P(WitnessTest, RemembersALongerLedger) {
  WitnessSink witness = NewWitness();
  RecordMany(10);
  const auto log = NewSequencer({&witness});
  ASSERT_TRUE(log->RunOnce().ok());
  ASSERT_TRUE(log->PublishOnce().ok());
  Damage(
      "DELETE FROM ledger_entry; DELETE FROM ledger_tile; DELETE FROM ledger_checkpoint; UPDATE ledger_head SET size = "
      "0");
  RecordMany(4);
  WitnessSink again = NewWitness();
  const auto shorter = NewSequencer({&again});
  ASSERT_TRUE(shorter->RunOnce().ok());
  EXPECT_EQ(shorter->PublishOnce().error().code(), "ledger.rolled_back");
}

TEST_P(WitnessTest, DoesNotTrustAnAnswerWithoutItsSignature) {
  const NoteVerifier key =
      NoteVerifier::Create("witness.example/w1", NoteKeyType::kCosignature, TestKey().verify_key()).value();
  WitnessSink witness(key, [](const std::string&) {
    return Result<WitnessAnswer>(WitnessAnswer{200, "text/plain", ""});
  });
  RecordMany(1);
  const auto log = NewSequencer({&witness});
  ASSERT_TRUE(log->RunOnce().ok());
  EXPECT_EQ(log->PublishOnce().error().code(), "ledger.sink_failed");
  EXPECT_FALSE(witness.receipt().has_value());
}

}  // namespace
}  // namespace privity
