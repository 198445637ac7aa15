#include "mail/mailer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/testing/captured_log.h"
#include "net/testing/smtp_test_server.h"
#include "store/testing/test_store.h"

namespace privity {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using namespace std::chrono_literals;

Catalog Words() {
  const EmbeddedFile files[] = {
      {"de/shop.json", "", "",
       R"({"text":{"mail_hello_subject":"Willkommen bei {organization}","mail_hello_text":"Hallo {name},\n\n{link}\n\nGruß"}})",
       "", ""},
      {"en/shop.json", "", "",
       R"({"text":{"mail_hello_subject":"Welcome to {organization}","mail_hello_text":"Hello {name},\n\n{link}\n\nThe link works once."}})",
       "", ""}};
  return Catalog::Load(files).value();
}

const MailTemplate kHello = {.key = "shop.mail_hello", .variables = {"name", "organization"}, .links = {"link"}};
const MailVariables kVariables = {
    {"name", "Anna"}, {"organization", "Example Trading"}, {"link", "https://example.org/invitation#token=abc"}};

TEST(RenderMail, FillsTheBlanksInTheReadersLanguage) {
  const Catalog words = Words();
  const RenderedMail mail = RenderMail(words, kHello, "de", kVariables).value();
  EXPECT_EQ(mail.subject, "Willkommen bei Example Trading");
  EXPECT_EQ(mail.text, "Hallo Anna,\n\nhttps://example.org/invitation#token=abc\n\nGruß\n");
  EXPECT_THAT(mail.html, HasSubstr("<html lang=\"de\">"));
  EXPECT_THAT(mail.html, HasSubstr("<a href=\"https://example.org/invitation#token=abc\""));
  EXPECT_EQ(RenderMail(words, kHello, "fr", kVariables)->subject, "Welcome to Example Trading");
}

// CVE-2024-45053's family: each of these ran as code or became markup in somebody's template engine.
TEST(RenderMail, AValueIsTextWhateverItLooksLike) {
  for (const std::string evil :
       {"{{7*7}}", "${7*7}", "{% for x in y %}", "<%= 7*7 %>", "#{7*7}", "{name}", "{0}", "{link}",
        "'{'{organization}'}'", "{x, plural, other {#}}", "<script>alert(1)</script>",
        "<a href=\"https://evil.example\">x</a>", "\"><img src=x onerror=alert(1)>", "&lt;", "%s%n"}) {
    MailVariables variables = kVariables;
    variables["name"] = evil;
    const RenderedMail mail = RenderMail(Words(), kHello, "en", variables).value();
    EXPECT_THAT(mail.text, HasSubstr("Hello " + evil + ","));
    EXPECT_THAT(mail.html, Not(testing::AnyOf(HasSubstr("<script"), HasSubstr("<img"), HasSubstr("evil.example\">"),
                                              HasSubstr("49"))));
  }
}

TEST(RenderMail, AValueCannotBeginAParagraphOrAHeader) {
  MailVariables variables = kVariables;
  variables["name"] = "Anna,\n\nhttps://evil.example/\n\n";
  variables["organization"] = "Example\r\nBcc: victim@example.org";
  const RenderedMail mail = RenderMail(Words(), kHello, "en", variables).value();
  EXPECT_EQ(mail.subject, "Welcome to Example  Bcc: victim@example.org");
  EXPECT_THAT(mail.text, HasSubstr("Hello Anna,  https://evil.example/  ,\n\n"));
  EXPECT_THAT(mail.html, Not(HasSubstr("href=\"https://evil.example")));
}

TEST(RenderMail, OnlyListedBlanksExistAndLinksAreWebAddresses) {
  const auto error = [](MailVariables variables) {
    return RenderMail(Words(), kHello, "en", variables).error().DebugString();
  };
  MailVariables variables = kVariables;
  variables["password"] = "x";
  EXPECT_EQ(error(variables), "mail.variable_unknown{template=shop.mail_hello, variable=password}");
  variables = kVariables;
  variables.erase("name");
  EXPECT_EQ(error(variables), "mail.variable_missing{template=shop.mail_hello, variable=name}");
  for (const char* link : {"javascript:alert(1)", "data:text/html,x", "https://user@example.org/",
                           "https://example.org/ x", "https://example.org/#a\"b", "//example.org", ""}) {
    variables = kVariables;
    variables["link"] = link;
    EXPECT_EQ(error(variables), "mail.link_invalid{template=shop.mail_hello, variable=link}") << link;
  }
}

TEST(CheckMailTemplates, FindsWordsThatAskForMoreThanThereIs) {
  EXPECT_THAT(CheckMailTemplates(Words(), std::vector{kHello}), IsEmpty());
  EXPECT_THAT(
      CheckMailTemplates(Words(), std::vector{MailTemplate{
                                      .key = "shop.mail_hello", .variables = {"organization"}, .links = {"link"}}}),
      ElementsAre("de: shop.mail_hello_text asks for name", "en: shop.mail_hello_text asks for name"));
  EXPECT_THAT(CheckMailTemplates(Catalog::BuiltIn(), std::vector{TestMailTemplate()}), IsEmpty());
}

class MailerTest : public StoreTest {
 protected:
  std::vector<Migration> Migrations() const override {
    std::vector<Migration> all = JobsMigrations();
    for (Migration& migration : MailMigrations()) all.push_back(std::move(migration));
    return all;
  }

  void Start(SmtpTestOptions options) {
    server_ = SmtpTestServer::Start(options);
    if (server_ == nullptr) return;
    StartWith(server_->Address());
  }

  void StartWith(std::variant<SmtpServer, LetterFolder> way) {
    MailSettings settings{.way = std::move(way),
                          .from = Mailbox::Create("privity@example.org", "Example Trading").value()};
    mailer_ = std::make_unique<Mailer>(store(), queue_, words_, resolver_, clock(), std::vector{kHello}, settings,
                                       [this](WriteTx&, const MailInfo& info) {
                                         outcomes_.push_back(info.state);
                                         return Ok();
                                       });
    worker_ = std::make_unique<Worker>(store(), queue_, schedules_, clock(), Logger(log_, clock(), LogLevel::kDebug),
                                       JobHandlers{{std::string(Mailer::kJobKind), mailer_->Handler()}});
  }

  MailId Enqueue(std::optional<std::string> unique_key = {}) {
    return store()
        .Write([&](WriteTx& tx) {
          return mailer_->Enqueue(tx, {.template_key = "shop.mail_hello",
                                       .language = "en",
                                       .to = Mailbox::Create("anna@example.org", "Anna Ž.").value(),
                                       .variables = kVariables,
                                       .unique_key = unique_key});
        })
        .value();
  }

  MailInfo Info(MailId id) {
    return store().Read([&](ReadTx& tx) { return mailer_->Get(tx, id); }).value();
  }

  // Everything that the table holds of a letter, as one text.
  std::string Stored(MailId id) {
    return store()
        .Read([&](ReadTx& tx) -> Result<std::string> {
          PRIVITY_TRY(const auto row,
                      tx.QueryOne("SELECT COALESCE(address, '') || COALESCE(name, '') || COALESCE(variables, '') || "
                                  "recipient FROM mail_message WHERE id = $1",
                                  {id}));
          return row->Get<std::string>(0);
        })
        .value();
  }

  Catalog words_ = Words();
  SystemResolver resolver_;
  JobQueue queue_{clock()};
  Schedules schedules_{queue_, clock()};
  CapturedLog log_;
  std::unique_ptr<SmtpTestServer> server_;
  std::unique_ptr<Mailer> mailer_;
  std::unique_ptr<Worker> worker_;
  std::vector<MailState> outcomes_;
};

#define START(...)    \
  Start(__VA_ARGS__); \
  if (server_ == nullptr) GTEST_SKIP() << "needs python3-aiosmtpd for /usr/bin/python3, and openssl"

TEST_P(MailerTest, ALetterArrivesAndNothingPersonalStays) {
  START({});
  const MailId id = Enqueue();
  EXPECT_THAT(Stored(id), testing::AllOf(HasSubstr("anna@example.org"), HasSubstr("token=abc")));
  ASSERT_EQ(worker_->RunDue().value(), 1);
  const ReceivedMail mail = server_->Next().value();
  EXPECT_THAT(mail.to, ElementsAre("anna@example.org"));
  EXPECT_TRUE(mail.tls);
  EXPECT_THAT(mail.data, HasSubstr("Subject: Welcome to Example Trading\r\n"));
  EXPECT_THAT(mail.data, HasSubstr("Message-ID: <" + id.ToString() + "@example.org>\r\n"));
  const MailInfo info = Info(id);
  EXPECT_EQ(info.state, MailState::kSent);
  EXPECT_EQ(info.reply, 250);
  EXPECT_EQ(Stored(id), "a•••@example.org");
  EXPECT_THAT(outcomes_, ElementsAre(MailState::kSent));
}

TEST_P(MailerTest, ALetterIntoAFolderIsAFileForItsOwnerAloneAndWaitsForRoom) {
  const TempDirectory directory;
  const std::filesystem::path folder = std::filesystem::path(directory.path()) / "letters";
  StartWith(LetterFolder{folder});
  const MailId id = Enqueue();
  std::ofstream(folder) << "a file stands where the folder should be";
  ASSERT_EQ(worker_->RunDue().value(), 1);
  EXPECT_EQ(Info(id).state, MailState::kDeferred);
  std::filesystem::remove(folder);
  clock().Advance(1h);
  ASSERT_EQ(worker_->RunDue().value(), 1);
  const std::filesystem::path file = folder / (id.ToString() + ".eml");
  std::ifstream letter(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator(letter), {}};
  EXPECT_THAT(text, testing::AllOf(HasSubstr("Subject: Welcome to Example Trading\r\n"), HasSubstr("#token")));
  EXPECT_EQ(std::filesystem::status(file).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  EXPECT_EQ(Info(id).state, MailState::kSent);
  EXPECT_EQ(Stored(id), "a•••@example.org");
}

TEST_P(MailerTest, GreylistingIsWaitedForAndTheMessageKeepsItsId) {
  START({.replies = {"rcpt=451 4.7.1 Greylisted|ok"}});
  const MailId id = Enqueue();
  ASSERT_EQ(worker_->RunDue().value(), 1);
  EXPECT_EQ(Info(id).state, MailState::kDeferred);
  EXPECT_EQ(Info(id).error, "net.smtp_deferred");
  EXPECT_EQ(Info(id).enhanced, "4.7.1");
  EXPECT_EQ(worker_->RunDue().value(), 0) << "not before its time";
  clock().Advance(1min);
  ASSERT_EQ(worker_->RunDue().value(), 1);
  EXPECT_EQ(Info(id).state, MailState::kSent);
  EXPECT_EQ(Info(id).attempts, 2);
  EXPECT_EQ(Info(id).error, std::nullopt);
  EXPECT_THAT(server_->Next()->data, HasSubstr(id.ToString()));
}

TEST_P(MailerTest, ALastingRefusalEndsAtOnceStaysVisibleAndCanBeTriedAgain) {
  START({.replies = {"rcpt=550 5.1.1 anna@example.org unknown|ok"}});
  const MailId id = Enqueue();
  ASSERT_EQ(worker_->RunDue().value(), 1);
  EXPECT_EQ(Info(id).state, MailState::kFailed);
  EXPECT_EQ(Info(id).reply, 550);
  EXPECT_THAT(outcomes_, ElementsAre(MailState::kFailed));
  clock().Advance(48h);
  EXPECT_EQ(worker_->RunDue().value(), 0);
  EXPECT_EQ(store().Read([&](ReadTx& tx) { return mailer_->List(tx, MailState::kFailed, {}, 10); })->size(), 1u);
  ASSERT_TRUE(store().Write([&](WriteTx& tx) { return mailer_->TryAgain(tx, id); }).ok());
  ASSERT_EQ(worker_->RunDue().value(), 1);
  EXPECT_EQ(Info(id).state, MailState::kSent);
  EXPECT_TRUE(store().Write([&](WriteTx& tx) { return mailer_->TryAgain(tx, id); }).error().Is("mail.not_failed"));
  EXPECT_THAT(log_.text(), Not(HasSubstr("anna")));
}

TEST_P(MailerTest, AConnectionCutDuringTheMessageIsTriedAgainUnderTheSameId) {
  START({.replies = {"data=drop|ok"}});
  const MailId id = Enqueue();
  ASSERT_EQ(worker_->RunDue().value(), 1);
  EXPECT_EQ(Info(id).error, "net.protocol_error");
  clock().Advance(1min);
  ASSERT_EQ(worker_->RunDue().value(), 1);
  EXPECT_EQ(Info(id).state, MailState::kSent);
  EXPECT_THAT(server_->Next()->data, HasSubstr("Message-ID: <" + id.ToString()));
}

TEST_P(MailerTest, AServerThatStaysAwayEndsInAVisibleFailure) {
  START({.replies = {"mail=451 4.3.2 not now"}});
  const MailId id = Enqueue();
  int attempts = 0;
  while (Info(id).state != MailState::kFailed && attempts < 100) {
    clock().Advance(2h);
    attempts += worker_->RunDue().value();
  }
  EXPECT_EQ(attempts, 58);
  EXPECT_EQ(Info(id).error, "net.smtp_deferred");
  EXPECT_THAT(outcomes_, ElementsAre(MailState::kFailed));
}

TEST_P(MailerTest, AUniqueKeyQueuesOneLetter) {
  START({});
  const MailId id = Enqueue("invitation/7");
  EXPECT_EQ(Enqueue("invitation/7"), id);
  EXPECT_NE(Enqueue("invitation/8"), id);
  EXPECT_EQ(worker_->RunDue().value(), 2);
  EXPECT_EQ(Enqueue("invitation/7"), id);
  EXPECT_EQ(worker_->RunDue().value(), 0);
}

TEST_P(MailerTest, ALetterWhoseTransactionFailsIsNeverSent) {
  START({});
  const Status status = store().Write([&](WriteTx& tx) -> Status {
    PRIVITY_TRY_VOID(mailer_->Enqueue(tx, {.template_key = "shop.mail_hello",
                                           .language = "en",
                                           .to = Mailbox::Create("anna@example.org").value(),
                                           .variables = kVariables}));
    return Error("test.rolled_back");
  });
  EXPECT_TRUE(status.error().Is("test.rolled_back"));
  EXPECT_EQ(worker_->RunDue().value(), 0);
}

TEST_P(MailerTest, WhatCannotBeWrittenIsRefusedWhenItIsQueued) {
  START({});
  const auto enqueue = [&](const Mailer& mailer, const std::string& key, const MailVariables& variables) {
    return store()
        .Write([&](WriteTx& tx) {
          return mailer.Enqueue(tx, {.template_key = key,
                                     .language = "en",
                                     .to = Mailbox::Create("anna@example.org").value(),
                                     .variables = variables});
        })
        .error()
        .code();
  };
  EXPECT_EQ(enqueue(*mailer_, "shop.mail_absent", kVariables), "mail.template_unknown");
  EXPECT_EQ(enqueue(*mailer_, "shop.mail_hello", {}), "mail.variable_missing");
  const Mailer without(store(), queue_, words_, resolver_, clock(), {kHello}, std::nullopt);
  EXPECT_EQ(enqueue(without, "shop.mail_hello", kVariables), "mail.not_configured");
}

TEST_P(MailerTest, ListsByPageAndDropsWhatEndedLongAgo) {
  START({});
  std::vector<MailId> ids;
  for (int i = 0; i < 3; ++i) {
    ids.push_back(Enqueue());
    clock().Advance(1s);
  }
  const auto page = [&](std::optional<MailId> before) {
    return store().Read([&](ReadTx& tx) { return mailer_->List(tx, {}, before, 2); }).value();
  };
  EXPECT_EQ(page({}).at(0).id, ids[2]);
  ASSERT_EQ(page(ids[1]).size(), 1u);
  EXPECT_EQ(page(ids[1]).at(0).id, ids[0]);
  EXPECT_EQ(worker_->RunDue().value(), 3);
  const auto drop = [&] {
    return store().Write([&](WriteTx& tx) { return mailer_->Drop(tx, clock().Now()); }).value();
  };
  EXPECT_EQ(drop(), 0);
  clock().Advance(1s);
  EXPECT_EQ(drop(), 3);
  EXPECT_TRUE(page({}).empty());
}

PRIVITY_ON_EVERY_STORE(MailerTest);

}  // namespace
}  // namespace privity
