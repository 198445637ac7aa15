// The rooms below the routes, at work under faults: people and their keys, sealed files, shreds, rotations,
// jobs, letters.
//
//   room_work work FOLDER SMTP_PORT THREADS   works until it is killed, or its standard input ends
//   room_work script FOLDER SMTP_PORT         every act a few times in one thread, then one round that must succeed;
//                                             says "finished" and waits
//   room_work judge FOLDER SMTP_PORT          reads what earlier runs said, and says what does not hold
//
// Says "begun ACT NUMBER [IDS]" before and "done ACT NUMBER [IDS]" after each act, a line each: an act that is begun
// and not done may have happened or not, but never by half. tests/support/rooms.ts starts it and remembers what it
// said.
#include <unistd.h>

#include <atomic>
#include <iostream>
#include <map>
#include <set>
#include <sstream>
#include <thread>

#include "app/application.h"
#include "base/random.h"
#include "ledger/verify.h"

namespace privity {
namespace {

constexpr const char* kJobKind = "faults.count";
constexpr std::chrono::seconds kJudgeWaitsMax{60};
constexpr const char* kNamedKey = "faults.named";

void Say(const std::string& line) {
  const std::string whole = line + "\n";
  (void)!write(STDOUT_FILENO, whole.data(), whole.size());  // one call, so that a kill never cuts a line
}

class Silent final : public LogSink {
 public:
  void Write(LogLevel, std::string_view) override {}
};

std::vector<Migration> OwnTables() {
  return {{.room = "faults", .version = 1, .name = "what the fault runs keep", .sql = R"sql(
    CREATE TABLE faults_records (subject text PRIMARY KEY, sealed bytea NOT NULL);
    CREATE TABLE faults_jobs (job text PRIMARY KEY, runs bigint NOT NULL);
  )sql"}};
}

std::string TextOf(std::int64_t number) {
  return "What person " + std::to_string(number) + " told us";
}

// From a few bytes to several chunks.
Bytes ContentOf(std::int64_t number) {
  Bytes content(static_cast<std::size_t>(number * 7'919 % 200'000), std::byte{0});
  for (std::size_t i = 0; i < content.size(); ++i)
    content[i] = static_cast<std::byte>(i * 31 + static_cast<std::size_t>(number));
  return content;
}

// All rooms over one folder.
class Rooms {
 public:
  static Result<std::unique_ptr<Rooms>> Open(const std::string& folder, std::uint16_t smtp_port) {
    std::unique_ptr<Rooms> rooms(new Rooms());
    PRIVITY_TRY(const Mailbox from, Mailbox::Create("privity@example.org"));
    ApplicationOptions options{.data_directory = folder + "/data", .key_home_directory = folder + "/keys"};
    options.door_migrations = OwnTables();
    SmtpServer server{.host = "127.0.0.1", .port = smtp_port, .encryption = SmtpEncryption::kNone};
    PRIVITY_TRY(const Network loopback, Network::Parse("127.0.0.0/8"));
    server.addresses.allowed_networks = {loopback};
    options.mail = MailSettings{.way = std::move(server), .from = from};
    PRIVITY_TRY(rooms->app_, Application::Open(options, rooms->clock_, rooms->log_));
    rooms->StartWorker();
    return rooms;
  }
  ~Rooms() {
    worker_thread_.request_stop();
    if (worker_thread_.joinable()) worker_thread_.join();
  }

  Application& app() { return *app_; }
  Store& store() { return app_->store(); }
  const Clock& clock() const { return clock_; }

 private:
  Rooms() = default;
  // A job counts itself in the transaction that ends it, so exactly once.
  void StartWorker() {
    app_->sequencer().Start();
    JobHandlers handlers = {{kJobKind,
                             [this](JobContext& context) {
                               return store().Write([&](WriteTx& tx) -> Status {
                                 PRIVITY_TRY_VOID(tx.Execute(
                                     "INSERT INTO faults_jobs (job, runs) VALUES ($1, 1) ON CONFLICT (job) DO "
                                     "UPDATE SET runs = faults_jobs.runs + 1",
                                     {context.id()}));
                                 return context.CompleteIn(tx);
                               });
                             }},
                            {std::string(Mailer::kJobKind), app_->mailer().Handler()}};
    worker_ = std::make_unique<Worker>(store(), app_->jobs(), app_->schedules(), clock_, log_, std::move(handlers));
    worker_thread_ = std::jthread([this](const std::stop_token& stop) { worker_->Run(stop); });
  }

  const SystemClock clock_;
  Silent sink_;
  const Logger log_{sink_, clock_};
  std::unique_ptr<Application> app_;
  std::unique_ptr<Worker> worker_;
  std::jthread worker_thread_;
};

// One person's life, act by act.
class Life {
 public:
  Life(Rooms& rooms, std::int64_t number)
      : rooms_(rooms), number_(number), subject_(SubjectId::NewRandom()), removed_later_(FileId()) {}

  // The first error of an act that was refused; the other acts are tried all the same.
  Status Live() {
    Status first = Ok();
    for (const auto act : {&Life::Appear, &Life::KeepFileAbout, &Life::KeepFileAlone, &Life::Queue, &Life::Post,
                           &Life::RotatePerson, &Life::RotateHome, &Life::RemoveFile, &Life::Leave}) {
      const Status status = (this->*act)();
      if (!status.ok() && first.ok()) first = status;
    }
    return first;
  }

 private:
  template <class Fn>
  Status Act(const char* act, const std::string& ids, Fn fn) {
    const std::string what = std::string(" ") + act + " " + std::to_string(number_);
    Say("begun" + what + (ids.empty() ? "" : " " + ids));
    const Result<std::string> more = fn();
    if (!more.ok()) {
      Say("refused" + what + " " + more.error().code());
      return more.error();
    }
    Say("done" + what + (ids.empty() ? "" : " " + ids) + (more->empty() ? "" : " " + *more));
    return Ok();
  }

  Status Appear() {
    return Act("person", subject_.ToString(), [&]() -> Result<std::string> {
      return rooms_.store().Write([&](WriteTx& tx) -> Result<std::string> {
        PRIVITY_TRY(const PersonKey key, keys().Ensure(tx, subject_));
        PRIVITY_TRY_VOID(SaveRecord(tx, key));
        return "";
      });
    });
  }

  Status SaveRecord(WriteTx& tx, const PersonKey& key) {
    PRIVITY_TRY(Bytes sealed, key.Seal(AsBytes(TextOf(number_)), {"faults", subject_.ToString(), "text"}));
    PRIVITY_TRY_VOID(tx.Execute(
        "INSERT INTO faults_records (subject, sealed) VALUES ($1, $2) ON CONFLICT (subject) DO UPDATE SET sealed = "
        "excluded.sealed",
        {subject_, std::move(sealed)}));
    return Ok();
  }

  Result<FileId> KeepFile(const NewFile& file) {
    PRIVITY_TRY(FileWriter writer, files().Create(file));
    PRIVITY_TRY_VOID(writer.Write(ContentOf(number_)));
    PRIVITY_TRY(const FinishedFile finished, writer.Finish());
    PRIVITY_TRY_VOID(rooms_.store().Write([&](WriteTx& tx) { return files().Keep(tx, finished); }));
    return finished.id;
  }
  Status KeepFileAbout() {
    return Act("file-about", subject_.ToString(), [&]() -> Result<std::string> {
      PRIVITY_TRY(const FileId id, KeepFile({.about = subject_}));
      return id.ToString();
    });
  }
  Status KeepFileAlone() {
    return Act("file", "", [&]() -> Result<std::string> {
      PRIVITY_TRY(removed_later_, KeepFile({}));
      return removed_later_.ToString();
    });
  }

  Status Queue() {
    return Act("job", "", [&]() -> Result<std::string> {
      PRIVITY_TRY(const JobId id, rooms_.store().Write([&](WriteTx& tx) {
        return rooms_.app().jobs().Enqueue(tx, {.kind = kJobKind});
      }));
      return id.ToString();
    });
  }

  Status Post() {
    const std::string address = "person-" + subject_.ToString() + "@example.org";
    return Act("letter", address, [&]() -> Result<std::string> {
      PRIVITY_TRY(const Mailbox to, Mailbox::Create(address));
      PRIVITY_TRY(const MailId id, rooms_.store().Write([&](WriteTx& tx) {
        return rooms_.app().mailer().Enqueue(tx, {.template_key = "mail.test",
                                                  .language = "en",
                                                  .to = to,
                                                  .variables = {{"organization", "Example Trading"}},
                                                  .unique_key = address});
      }));
      return id.ToString();
    });
  }

  Status RotatePerson() {
    return Act("rotate-person", subject_.ToString(), [&]() -> Result<std::string> {
      const Status rotated = rooms_.store().Write([&](WriteTx& tx) { return RotateIn(tx); });
      if (!rotated.ok()) return rotated.error();
      const Status retired = rooms_.store().Write([&](WriteTx& tx) { return keys().RetireOldVersions(tx, subject_); });
      if (!retired.ok()) return retired.error();
      return "";
    });
  }
  Status RotateIn(WriteTx& tx) {
    PRIVITY_TRY_VOID(keys().Rotate(tx, subject_));
    PRIVITY_TRY(const PersonKey key, keys().Load(tx, subject_));
    PRIVITY_TRY_VOID(SaveRecord(tx, key));
    return files().ResealKeys(tx, subject_);
  }

  // Now and then: whoever changes the key home waits for everybody else who does.
  Status RotateHome() {
    const Status bucket = number_ % 3 == 0 ? Act("rotate-bucket", "", [&] { return RotateBucket(); }) : Ok();
    const Status named = number_ % 3 == 0 ? Act("rotate-named", "", [&] { return RotateNamed(); }) : Ok();
    const Status root = number_ % 5 == 0 ? Act("rotate-root", "", [&] { return RotateRoot(); }) : Ok();
    return !bucket.ok() ? bucket : !named.ok() ? named : root;
  }
  Result<std::string> RotateBucket() {
    const std::uint32_t bucket = KeyHome::BucketOf(subject_.uuid());
    PRIVITY_TRY_VOID(keys().RotateBuckets(std::span(&bucket, 1)));
    return "";
  }
  Result<std::string> RotateNamed() {
    PRIVITY_TRY_VOID(home().Named(kNamedKey));
    PRIVITY_TRY(const std::uint32_t version, home().RotateNamed(kNamedKey));
    if (version > 2) PRIVITY_TRY_VOID(home().DestroyNamed(kNamedKey, version - 2));  // slots are few
    return std::to_string(version);
  }
  Result<std::string> RotateRoot() {
    PRIVITY_TRY_VOID(home().RotateRoot(RootKeySource::File()));
    return "";
  }

  Status RemoveFile() {
    if (removed_later_.is_nil()) return Ok();
    return Act("remove-file", removed_later_.ToString(), [&]() -> Result<std::string> {
      PRIVITY_TRY_VOID(rooms_.store().Write([&](WriteTx& tx) { return files().Remove(tx, removed_later_); }));
      PRIVITY_TRY_VOID(files().Sweep());
      return "";
    });
  }

  // Three people of four.
  Status Leave() {
    if (number_ % 4 == 2) return Ok();
    return Act("shred", subject_.ToString(), [&]() -> Result<std::string> {
      PRIVITY_TRY_VOID(keys().Shred(subject_));
      PRIVITY_TRY_VOID(rooms_.store().Write([&](WriteTx& tx) { return files().RemoveAllAbout(tx, subject_); }));
      return "";
    });
  }

  PersonKeys& keys() { return rooms_.app().person_keys(); }
  FileStore& files() { return rooms_.app().files(); }
  KeyHome& home() { return rooms_.app().key_home(); }

  Rooms& rooms_;
  const std::int64_t number_;
  const SubjectId subject_;
  FileId removed_later_;
};

std::int64_t NewNumber() {
  return static_cast<std::int64_t>(RandomBelow(1'000'000'000));
}

// --- The judge ---

struct Said {
  bool done = false;
  std::int64_t number = 0;
  std::vector<std::string> ids;
};

class Judge {
 public:
  Judge(Rooms& rooms, std::istream& lines) : rooms_(rooms) {
    for (std::string line; std::getline(lines, line);) {
      std::istringstream words(line);
      Said said;
      std::string verb, act;
      words >> verb >> act >> said.number;
      if (verb != "begun" && verb != "done") continue;
      for (std::string id; words >> id;) said.ids.push_back(id);
      said.done = verb == "done";
      said_[act].push_back(said);
      if (act == "shred") (said.done ? shredded_ : perhaps_shredded_).insert(said.ids.at(0));
      if (act == "remove-file") (said.done ? removed_ : perhaps_removed_).insert(said.ids.at(0));
    }
  }

  Result<int> Run() {
    PRIVITY_TRY_VOID(People());
    PRIVITY_TRY_VOID(Files());
    PRIVITY_TRY_VOID(NamedKeys());
    PRIVITY_TRY_VOID(JobsAndLetters());
    PRIVITY_TRY(const VerifyReport report,
                VerifyLedger(rooms_.store(), rooms_.app().sequencer().verifiers().value(), rooms_.clock()));
    for (const Finding& finding : report.findings) Violation("the ledger does not verify: " + ToJson(finding));
    PRIVITY_TRY_VOID(rooms_.app().files().Sweep());
    return violations_;
  }

 private:
  void Violation(const std::string& words) {
    ++violations_;
    std::cerr << words << "\n";
  }
  std::vector<Said> Done(const char* act) const {
    std::vector<Said> done;
    const auto found = said_.find(act);
    if (found == said_.end()) return done;
    for (const Said& said : found->second) {
      if (said.done) done.push_back(said);
    }
    return done;
  }

  Status People() {
    for (const Said& said : Done("person")) {
      const std::string& id = said.ids.at(0);
      PRIVITY_TRY(const SubjectId subject, SubjectId::Parse(id));
      const Result<std::string> text = rooms_.store().Read([&](ReadTx& tx) -> Result<std::string> {
        PRIVITY_TRY(const auto row, tx.QueryOne("SELECT sealed FROM faults_records WHERE subject = $1", {subject}));
        if (!row) return Error("faults.record_lost");
        PRIVITY_TRY(const PersonKey key, rooms_.app().person_keys().Load(tx, subject));
        PRIVITY_TRY(const SecretBytes opened, key.Open(row->Get<Bytes>(0), {"faults", id, "text"}));
        return std::string(AsText(opened.Reveal()));
      });
      const bool gone = !text.ok() && text.error().Is("keys.subject_shredded");
      if (shredded_.contains(id) && !gone) Violation("a shredded person is not gone: " + id);
      if (gone && !perhaps_shredded_.contains(id)) Violation("a person was shredded unasked: " + id);
      if (!gone && (!text.ok() || *text != TextOf(said.number))) {
        Violation("a person's record does not open: " + id + " " +
                  (text.ok() ? "other text" : text.error().DebugString()));
      }
    }
    return Ok();
  }

  Status Files() {
    for (const Said& said : Done("file")) PRIVITY_TRY_VOID(OneFile(said, said.ids.at(0), ""));
    for (const Said& said : Done("file-about")) PRIVITY_TRY_VOID(OneFile(said, said.ids.at(1), said.ids.at(0)));
    return Ok();
  }
  Status OneFile(const Said& said, const std::string& id, const std::string& subject) {
    PRIVITY_TRY(const FileId file, FileId::Parse(id));
    const Result<FileReader> reader =
        rooms_.store().Read([&](ReadTx& tx) { return rooms_.app().files().Read(tx, file); });
    const bool gone =
        !reader.ok() && (reader.error().Is("files.unknown") || reader.error().Is("keys.subject_shredded"));
    if (gone) {
      if (!perhaps_removed_.contains(id) && !perhaps_shredded_.contains(subject)) Violation("a file is lost: " + id);
      return Ok();
    }
    if (removed_.contains(id) || shredded_.contains(subject)) Violation("a removed file is still there: " + id);
    if (!reader.ok()) {
      Violation("a file cannot be read: " + id + " " + reader.error().DebugString());
      return Ok();
    }
    const Bytes wanted = ContentOf(said.number);
    const Result<SecretBytes> content = reader->Read(0, wanted.size() + 1);
    if (!content.ok() || content->Reveal() != wanted) Violation("a file holds something else: " + id);
    return Ok();
  }

  Status NamedKeys() {
    std::uint32_t newest = 0;
    for (const Said& said : Done("rotate-named")) {
      newest = std::max(newest, static_cast<std::uint32_t>(std::stoul(said.ids.at(0))));
    }
    if (newest == 0) return Ok();
    PRIVITY_TRY(const VersionedKey active, rooms_.app().key_home().Named(kNamedKey));
    if (active.version < newest) Violation("a rotation of a named key is lost");
    if (!rooms_.app().key_home().NamedVersion(kNamedKey, active.version).ok()) Violation("a named key does not open");
    return Ok();
  }

  // Jobs run and letters leave by themselves; so wait for what was acknowledged.
  Status JobsAndLetters() {
    const auto until = std::chrono::steady_clock::now() + kJudgeWaitsMax;
    std::size_t missing = 1;
    while (missing > 0 && std::chrono::steady_clock::now() < until) {
      PRIVITY_TRY(const std::size_t jobs, UnfinishedJobs());
      PRIVITY_TRY(const std::size_t letters, UnsentLetters());
      missing = jobs + letters;
      if (missing > 0) std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    if (missing > 0) Violation(std::to_string(missing) + " acknowledged jobs or letters were never done");
    PRIVITY_TRY(const auto twice, rooms_.store().Read([](ReadTx& tx) {
      return tx.QueryOne("SELECT count(*) FROM faults_jobs WHERE runs > 1");
    }));
    if (twice->Get<std::int64_t>(0) > 0) Violation("a job's result was saved twice");
    return Ok();
  }
  Result<std::size_t> UnfinishedJobs() {
    return rooms_.store().Read([&](ReadTx& tx) -> Result<std::size_t> {
      std::size_t missing = 0;
      for (const Said& said : Done("job")) {
        PRIVITY_TRY(const auto row, tx.QueryOne("SELECT 1 FROM faults_jobs WHERE job = $1", {said.ids.at(0)}));
        if (!row) ++missing;
      }
      return missing;
    });
  }
  Result<std::size_t> UnsentLetters() {
    return rooms_.store().Read([&](ReadTx& tx) -> Result<std::size_t> {
      std::size_t missing = 0;
      for (const Said& said : Done("letter")) {
        PRIVITY_TRY(const MailId id, MailId::Parse(said.ids.at(1)));
        PRIVITY_TRY(const MailInfo letter, rooms_.app().mailer().Get(tx, id));
        if (letter.state != MailState::kSent) ++missing;
      }
      return missing;
    });
  }

  Rooms& rooms_;
  std::map<std::string, std::vector<Said>> said_;
  std::set<std::string> shredded_, perhaps_shredded_, removed_, perhaps_removed_;
  int violations_ = 0;
};

// --- The commands ---

// Answers each byte, so that whoever asks knows that all earlier lines have arrived.
void WaitForTheEnd() {
  for (char byte; read(STDIN_FILENO, &byte, 1) > 0;) Say("here");
}

int Work(Rooms& rooms, int threads) {
  Say("ready");
  std::vector<std::jthread> workers;
  for (int i = 0; i < threads; ++i) {
    workers.emplace_back([&](const std::stop_token& stop) {
      while (!stop.stop_requested()) (void)Life(rooms, NewNumber()).Live();
    });
  }
  WaitForTheEnd();
  return 0;
}

// After the fault has passed the rooms work again, without a restart, within a minute.
int Script(Rooms& rooms) {
  Say("ready");
  for (std::int64_t number = 1; number <= 3; ++number) (void)Life(rooms, number * 15).Live();
  const auto until = std::chrono::steady_clock::now() + kJudgeWaitsMax;
  Status last = Life(rooms, NewNumber()).Live();
  while (!last.ok() && std::chrono::steady_clock::now() < until) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    last = Life(rooms, NewNumber()).Live();
  }
  Say(last.ok() ? "finished" : "stuck " + last.error().DebugString());
  WaitForTheEnd();
  return last.ok() ? 0 : 1;
}

int Main(const std::string& command, const std::string& folder, std::uint16_t port, int threads) {
  const auto rooms = Rooms::Open(folder, port);
  if (!rooms.ok()) {
    std::cerr << rooms.error().DebugString() << "\n";
    return 3;
  }
  if (command == "work") return Work(**rooms, threads);
  if (command == "script") return Script(**rooms);
  const Result<int> violations = Judge(**rooms, std::cin).Run();
  if (!violations.ok()) std::cerr << violations.error().DebugString() << "\n";
  return violations.ok() && *violations == 0 ? 0 : 1;
}

}  // namespace
}  // namespace privity

int main(int count, char** words) {
  if (count < 4) return 2;
  return privity::Main(words[1], words[2], static_cast<std::uint16_t>(std::stoi(words[3])),
                       count > 4 ? std::stoi(words[4]) : 1);
}
