#include "app/key_care.h"

#include <gtest/gtest.h>

#include "app/application.h"
#include "base/testing/captured_log.h"
#include "base/testing/manual_clock.h"
#include "ledger/verify.h"
#include "store/testing/test_store.h"

namespace privity {
namespace {

class KeyCareTest : public testing::TestWithParam<Dialect> {
 protected:
  void SetUp() override {
    if (!TestPlace::Available(GetParam())) GTEST_SKIP() << "PRIVITY_TEST_POSTGRES is not set";
    place_ = std::make_unique<TestPlace>(GetParam());
    auto opened = Application::Open({.data_directory = home_.path() + "/data",
                                     .key_home_directory = home_.path() + "/keys",
                                     .postgres = place_->options().postgres},
                                    clock_, log_);
    ASSERT_TRUE(opened.ok()) << opened.error().DebugString();
    application_ = *std::move(opened);
  }
  Application& application() { return *application_; }
  const KeyCare& care() { return application_->key_care(); }
  ManualClock& clock() { return clock_; }
  Caller Operator() const {
    return {.actor = {ActorKind::kOperator, "uid-0"},
            .user = {},
            .session = {},
            .proved_at = {},
            .permissions = {},
            .request_id = "req-1",
            .address = "unix"};
  }
  Caller PersonWhoProved(Duration ago) {
    Caller caller = Operator();
    caller.actor = {ActorKind::kUser, UserId::NewRandom().ToString()};
    caller.session = SessionId::NewRandom();
    caller.proved_at = clock_.Now() - ago;
    return caller;
  }
  template <class Fn>
  auto Write(Fn fn) {
    return application_->store().Write(fn);
  }
  // Runs what is due, as the program's worker would.
  Status RunDue() {
    Worker worker(application_->store(), application_->jobs(), application_->schedules(), clock_, log_,
                  {{std::string(KeyCare::kPersonJob), [this](JobContext& job) { return care().RunPerson(job); }}});
    const auto ran = worker.RunDue();
    return ran.ok() ? Ok() : Status(ran.error());
  }
  std::int64_t Entries(std::string_view action) {
    return application_->store()
        .Read([&](ReadTx& tx) { return tx.QueryOne("SELECT count(*) FROM ledger_staged WHERE action = $1", {action}); })
        .value()
        ->Get<std::int64_t>(0);
  }
  std::string TextOf(const FileId& id) {
    const auto reader = application_->store().Read([&](ReadTx& tx) { return application_->files().Read(tx, id); });
    if (!reader.ok()) return reader.error().code();
    const auto bytes = reader->Read(0, 100);
    return bytes.ok() ? std::string(AsText(bytes->Reveal())) : bytes.error().code();
  }
  FileId Keep(const SubjectId& about, std::string_view text) {
    FileWriter writer = application_->files().Create({.about = about}).value();
    EXPECT_TRUE(writer.Write(AsBytes(text)).ok());
    const FinishedFile file = writer.Finish().value();
    EXPECT_TRUE(Write([&](WriteTx& tx) { return application_->files().Keep(tx, file); }).ok());
    return file.id;
  }

 private:
  TempDirectory home_;
  std::unique_ptr<TestPlace> place_;
  ManualClock clock_;
  CapturedLog sink_;
  Logger log_{sink_, clock_};
  std::unique_ptr<Application> application_;
};

PRIVITY_ON_EVERY_STORE(KeyCareTest);

TEST_P(KeyCareTest, APersonsNewKeysOpenWhatTheOldOnesSealed) {
  const SubjectId subject = SubjectId::NewRandom();
  const FileId file = Keep(subject, "a letter");
  ASSERT_TRUE(Write([&](WriteTx& tx) { return care().BeginPerson(tx, Operator(), subject); }).ok());
  ASSERT_TRUE(RunDue().ok());
  const auto key =
      application().store().Read([&](ReadTx& tx) { return application().person_keys().Load(tx, subject); });
  ASSERT_TRUE(key.ok()) << key.error().DebugString();
  EXPECT_EQ(key->version(), 2u);
  EXPECT_EQ(TextOf(file), "a letter");
  EXPECT_EQ(*application().key_home().ActiveBucketVersion(KeyHome::BucketOf(subject.uuid())), 2u);
  EXPECT_EQ(Entries("app.keys.person_rotation_ordered"), 1);
  EXPECT_EQ(Entries("app.keys.person_rotated"), 1);
}

TEST_P(KeyCareTest, APersonWhoIsUnknownOrErasedGetsNoKeys) {
  const auto begin = [&](const SubjectId& subject) {
    return Write([&](WriteTx& tx) { return care().BeginPerson(tx, Operator(), subject); }).error().code();
  };
  EXPECT_EQ(begin(SubjectId::NewRandom()), "keys.subject_unknown");
  const SubjectId erased = SubjectId::NewRandom();
  Keep(erased, "a letter");
  ASSERT_TRUE(application().person_keys().Shred(erased).ok());
  EXPECT_EQ(begin(erased), "keys.subject_shredded");
  EXPECT_EQ(Entries("app.keys.person_rotation_ordered"), 0);
}

TEST_P(KeyCareTest, WhoeverSitsAtABrowserProvesToBeThereFirst) {
  const Caller stale = PersonWhoProved(std::chrono::minutes(16));
  EXPECT_EQ(care().RotateRoot(stale).error().code(), "identity.proof_needed");
  EXPECT_EQ(Write([&](WriteTx& tx) { return care().BeginBuckets(tx, stale); }).error().code(), "identity.proof_needed");
  EXPECT_EQ(Entries("app.keys.root_change_begun"), 0);
  const auto rotated = care().RotateRoot(PersonWhoProved(std::chrono::minutes(1)));
  ASSERT_TRUE(rotated.ok()) << rotated.error().DebugString();
  EXPECT_EQ(rotated->version, 2);
  EXPECT_EQ(Entries("app.keys.root_change_begun"), 1);
  EXPECT_EQ(Entries("app.keys.root_changed"), 1);
}

TEST_P(KeyCareTest, ANewSigningKeyCountsWithTheNextCheckpointAndTheLedgerStaysWhole) {
  const std::string first = application().sequencer().verifiers()->newest().ToString();
  const auto rotated = care().RotateNamed(Operator(), "ledger.signing");
  ASSERT_TRUE(rotated.ok()) << rotated.error().DebugString();
  EXPECT_EQ(rotated->version, 2);
  EXPECT_EQ(rotated->state, "active");
  EXPECT_EQ(Entries("app.keys.named_rotation_begun"), 1);
  EXPECT_EQ(Entries("app.keys.named_rotated"), 1);
  clock().Advance(std::chrono::seconds(1));
  ASSERT_TRUE(application().sequencer().RunOnce().ok());
  const NoteVerifiers verifiers = application().sequencer().verifiers().value();
  ASSERT_EQ(verifiers.all().size(), 2u);
  EXPECT_EQ(verifiers.all()[1].ToString(), first);
  const auto note = application().ledger_reader().NewestCheckpoint().value();
  for (const NoteVerifier& verifier : verifiers.all()) EXPECT_TRUE(OpenCheckpoint(*note, verifier).ok());
  EXPECT_TRUE(VerifyLedger(application().store(), verifiers, clock())->whole());
}

TEST_P(KeyCareTest, OnlyNamedKeysThatKnowVersionsAreReplaced) {
  for (const char* const name : {"session.mac", "bucket/1", "", "no such key"}) {
    EXPECT_EQ(care().RotateNamed(Operator(), name).error().code(), "app.named_key_unknown") << name;
  }
  EXPECT_EQ(care().RotateNamed(PersonWhoProved(std::chrono::minutes(16)), "backup").error().code(),
            "identity.proof_needed");
  EXPECT_EQ(Entries("app.keys.named_rotation_begun"), 0);
  EXPECT_EQ(care().RotateNamed(PersonWhoProved(std::chrono::minutes(1)), "backup")->version, 1)
      << "none was made before the first backup";
}

TEST_P(KeyCareTest, ARootKeyThatCannotBeMadeLeavesTheOldOneAndAnOutcomeThatSaysSo) {
  KeyHomeConfiguration to;
  to.root_key = RootKeyPlace::kCredential;
  EXPECT_EQ(care().MoveRoot(Operator(), to).error().code(), "app.root_key_setting_needed");
  EXPECT_EQ(Entries("app.keys.root_change_begun"), 0);
  to.credential = "/nowhere/credential";
  EXPECT_EQ(care().MoveRoot(Operator(), to).error().code(), "base.file_missing");
  EXPECT_EQ(Entries("app.keys.root_changed"), 1);
  const auto state = application().store().Read([&](ReadTx& tx) { return care().Show(tx); });
  ASSERT_TRUE(state.ok());
  EXPECT_EQ(state->root.source, RootKeyPlace::kFile);
  EXPECT_EQ(state->root.version, 1);
}

}  // namespace
}  // namespace privity
