#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/testing/test_store.h"
#include "workspace/news.h"
#include "workspace/notice_choices.h"
#include "workspace/notifications.h"
#include "workspace/saved_views.h"
#include "workspace/search.h"
#include "workspace/word_index.h"
#include "workspace/workspace.h"

namespace privity {
namespace {

using testing::ElementsAre;

class WorkspaceTest : public StoreTest {
 protected:
  std::vector<Migration> Migrations() const override {
    auto all = LedgerMigrations();
    for (auto& migration : WorkspaceMigrations()) all.push_back(std::move(migration));
    return all;
  }
  void SetUp() override {
    StoreTest::SetUp();
    if (IsSkipped()) return;
    actions_.Register(WorkspaceActions());
    ledger_ = std::make_unique<Ledger>(store(), actions_, clock());
    ada_ = Person();
    ben_ = Person();
  }
  void TearDown() override {
    ledger_.reset();
    StoreTest::TearDown();
  }
  Caller Person() {
    Caller caller;
    caller.user = UserId::New(clock());
    caller.actor = {.kind = ActorKind::kUser, .id = caller.user->ToString()};
    return caller;
  }
  Ledger& ledger() { return *ledger_; }
  SavedViews views() { return {*ledger_, clock()}; }
  Notifications notifications() { return {news_, clock()}; }
  Result<SavedView> Create(const Caller& caller, const NewSavedView& view) {
    return store().Write([&](WriteTx& tx) { return views().Create(tx, caller, view); });
  }
  std::vector<std::string> NamesFor(const Caller& caller, std::string_view screen = "") {
    std::vector<std::string> names;
    for (const auto& view : store().Read([&](ReadTx& tx) { return views().List(tx, caller, screen); }).value())
      names.push_back(view.name);
    return names;
  }
  Result<std::optional<NotificationId>> Post(const Caller& to, std::string text, std::string key = {}) {
    clock().Advance(std::chrono::seconds(1));
    return store().Write([&](WriteTx& tx) {
      return notifications().Post(tx, {.user = *to.user, .text = std::move(text), .unique_key = std::move(key)});
    });
  }
  std::vector<std::string> TextsFor(const Caller& caller, bool unread_only) {
    std::vector<std::string> texts;
    const auto page = store().Read([&](ReadTx& tx) { return notifications().List(tx, caller, unread_only, {}, 10); });
    for (const auto& item : page.value().items) texts.push_back(item.text);
    return texts;
  }
  Caller ada_, ben_;
  News news_{clock()};

 private:
  ActionRegistry actions_;
  std::unique_ptr<Ledger> ledger_;
};
PRIVITY_ON_EVERY_STORE(WorkspaceTest);

TEST_P(WorkspaceTest, SharedViewsAreSeenByOthersAndChangedByTheirOwner) {
  ASSERT_TRUE(Create(ada_, {.screen = "users", .name = "mine", .query = "q=a"}).ok());
  const auto shared = Create(ada_, {.screen = "users", .name = "ours", .query = "q=b", .shared = true});
  ASSERT_TRUE(shared.ok());
  EXPECT_THAT(NamesFor(ada_), ElementsAre("mine", "ours"));
  EXPECT_THAT(NamesFor(ben_), ElementsAre("ours"));
  EXPECT_THAT(NamesFor(ben_, "tasks"), ElementsAre());

  const auto takeover = store().Write([&](WriteTx& tx) {
    return views().Replace(tx, ben_, shared->id, {.screen = "users", .name = "stolen", .query = ""});
  });
  EXPECT_EQ(takeover.error().code(), "workspace.view_unknown");
  const auto removal = store().Write([&](WriteTx& tx) { return views().Delete(tx, ben_, shared->id); });
  EXPECT_EQ(removal.error().code(), "workspace.view_unknown");
  EXPECT_TRUE(store().Write([&](WriteTx& tx) { return views().Delete(tx, ada_, shared->id); }).ok());
  EXPECT_THAT(NamesFor(ben_), ElementsAre());
}

TEST_P(WorkspaceTest, ANameStandsOnceForEachPersonAndScreen) {
  ASSERT_TRUE(Create(ada_, {.screen = "users", .name = "mine", .query = ""}).ok());
  EXPECT_EQ(Create(ada_, {.screen = "users", .name = "mine", .query = ""}).error().code(), "workspace.name_taken");
  EXPECT_TRUE(Create(ada_, {.screen = "tasks", .name = "mine", .query = ""}).ok());
  EXPECT_TRUE(Create(ben_, {.screen = "users", .name = "mine", .query = ""}).ok());
}

TEST_P(WorkspaceTest, OnlyPeopleKeepViews) {
  Caller operator_caller;
  operator_caller.actor = {.kind = ActorKind::kOperator, .id = "uid-0"};
  EXPECT_EQ(Create(operator_caller, {.screen = "users", .name = "x", .query = ""}).error().code(),
            "workspace.no_person");
}

TEST_P(WorkspaceTest, NotificationsAreReadByWhomTheyAreFor) {
  ASSERT_TRUE(Post(ada_, "tasks.assigned_to_you").ok());
  ASSERT_TRUE(Post(ada_, "jobs.failed").ok());
  EXPECT_THAT(TextsFor(ada_, true), ElementsAre("jobs.failed", "tasks.assigned_to_you"));
  EXPECT_THAT(TextsFor(ben_, true), ElementsAre());

  const auto page = store().Read([&](ReadTx& tx) { return notifications().List(tx, ada_, true, {}, 1); }).value();
  ASSERT_TRUE(page.next_before.has_value());
  EXPECT_EQ(
      store().Write([&](WriteTx& tx) { return notifications().MarkRead(tx, ben_, page.items[0].id); }).error().code(),
      "workspace.notification_unknown");
  ASSERT_TRUE(store().Write([&](WriteTx& tx) { return notifications().MarkRead(tx, ada_, page.items[0].id); }).ok());
  EXPECT_THAT(TextsFor(ada_, true), ElementsAre("tasks.assigned_to_you"));
  EXPECT_THAT(TextsFor(ada_, false), ElementsAre("jobs.failed", "tasks.assigned_to_you"));
  EXPECT_EQ(store().Write([&](WriteTx& tx) { return notifications().MarkAllRead(tx, ada_); }).value(), 1);
}

TEST_P(WorkspaceTest, TheSameNewsIsToldOnce) {
  ASSERT_TRUE(Post(ada_, "jobs.failed", "job:1").ok());
  ASSERT_TRUE(Post(ada_, "jobs.failed", "job:1").ok());
  ASSERT_TRUE(Post(ben_, "jobs.failed", "job:1").ok());
  EXPECT_EQ(TextsFor(ada_, true).size(), 1u);
  EXPECT_EQ(TextsFor(ben_, true).size(), 1u);
}

TEST_P(WorkspaceTest, OldNewsIsSwept) {
  ASSERT_TRUE(Post(ada_, "read").ok());
  ASSERT_TRUE(store().Write([&](WriteTx& tx) { return notifications().MarkAllRead(tx, ada_); }).ok());
  ASSERT_TRUE(Post(ada_, "unread").ok());
  const auto sweep = [&] { return store().Write([&](WriteTx& tx) { return notifications().Sweep(tx); }).value(); };
  EXPECT_EQ(sweep(), 0);
  clock().Advance(Notifications::kKeptAfterReading + std::chrono::hours(1));
  EXPECT_EQ(sweep(), 1);
  clock().Advance(Notifications::kKeptUnread);
  EXPECT_EQ(sweep(), 1);
}

TEST_P(WorkspaceTest, NewsOfOneTopicTakeThePlaceOfOlderOnes) {
  const auto publish = [&](std::string_view topic, int done) {
    clock().Advance(std::chrono::milliseconds(5));
    ASSERT_TRUE(store()
                    .Write([&](WriteTx& tx) {
                      return news_.Publish(tx, {.permission = "jobs.read"}, "jobs.progress", topic,
                                           Json::Object({{"done", done}}));
                    })
                    .ok());
  };
  const auto after = [&](const NewsId& id) {
    std::vector<std::string> data;
    for (const auto& item : store().Read([&](ReadTx& tx) { return news_.After(tx, id, 10); }).value()) {
      data.push_back(item.data);
    }
    return data;
  };
  const NewsId begin = news_.Now();
  publish("one", 1);
  publish("two", 1);
  clock().Advance(std::chrono::milliseconds(5));
  const NewsId middle = news_.Now();
  publish("one", 2);
  EXPECT_THAT(after(begin), ElementsAre(R"({"done":1})", R"({"done":2})"));
  EXPECT_THAT(after(middle), ElementsAre(R"({"done":2})"));
  EXPECT_LT(News::Before(middle), begin) << "a reader looks back over the overlap";

  EXPECT_TRUE(news_.Reaches(middle));
  clock().Advance(News::kKept + std::chrono::seconds(1));
  EXPECT_FALSE(news_.Reaches(middle));
  EXPECT_EQ(store().Write([&](WriteTx& tx) { return news_.Sweep(tx); }).value(), 2);
}

TEST_P(WorkspaceTest, NewsReachTheirAudienceAlone) {
  Caller reader = ada_;
  reader.permissions = PermissionSet({"jobs.read"});
  EXPECT_TRUE((NewsAudience{.permission = "jobs.read"}).Includes(reader));
  EXPECT_FALSE((NewsAudience{.permission = "jobs.read"}).Includes(ben_));
  EXPECT_TRUE((NewsAudience{.person = ada_.user}).Includes(reader));
  EXPECT_FALSE((NewsAudience{.person = ada_.user}).Includes(ben_));
}

TEST_P(WorkspaceTest, EachPersonChoosesHowToBeToldPerKind) {
  NoticeChoices choices(ledger());
  const auto put = [&](NoticeKind kind, Delivery delivery) {
    return store().Write([&](WriteTx& tx) { return choices.Put(tx, ada_, {.items = {{kind, delivery}}}); });
  };
  const auto of = [&](const Caller& caller, NoticeKind kind) {
    return store().Read([&](ReadTx& tx) { return choices.Of(tx, *caller.user, kind); }).value();
  };
  EXPECT_EQ(of(ada_, NoticeKind::kTasks), Delivery::kConsole);
  EXPECT_EQ(of(ada_, NoticeKind::kSecurity), Delivery::kMail);
  ASSERT_TRUE(put(NoticeKind::kTasks, Delivery::kNone).ok());
  EXPECT_EQ(of(ada_, NoticeKind::kTasks), Delivery::kNone);
  EXPECT_EQ(of(ben_, NoticeKind::kTasks), Delivery::kConsole);
  EXPECT_EQ(put(NoticeKind::kSecurity, Delivery::kNone).error().code(), "workspace.security_notices_stay");
  EXPECT_TRUE(put(NoticeKind::kSecurity, Delivery::kConsole).ok());
}

TEST_P(WorkspaceTest, WordsFindWhatTheyBeginForWhomItWasPut) {
  const WordIndex index;
  const auto put = [&](std::string id, std::vector<std::string> readers, std::string_view text) {
    ASSERT_TRUE(store()
                    .Write([&](WriteTx& tx) {
                      return index.Put(
                          tx, {.kind = "task", .id = std::move(id), .readers = std::move(readers), .text = text});
                    })
                    .ok());
  };
  const auto find = [&](std::string_view reader, std::string_view question, int limit = 10) {
    return store().Read([&](ReadTx& tx) { return index.Find(tx, "task", reader, question, limit); }).value();
  };
  put("1", {"all", "ada"}, "Straße nach Köln");
  put("2", {"all"}, "Strand and straw");
  EXPECT_THAT(find("all", "STR"), ElementsAre("2", "1"));
  EXPECT_THAT(find("all", "str", 1), ElementsAre("2"));
  EXPECT_THAT(find("all", "strasse"), ElementsAre("1")) << "case folding writes ß as ss";
  EXPECT_THAT(find("all", "kö str"), ElementsAre("1"));
  EXPECT_THAT(find("all", "ölln"), ElementsAre()) << "words are found by their beginnings";
  EXPECT_THAT(find("all", "% _"), ElementsAre());
  EXPECT_THAT(find("ada", "str"), ElementsAre("1"));
  EXPECT_THAT(find("ben", "str"), ElementsAre());
  put("1", {"all"}, "Elsewhere");
  EXPECT_THAT(find("all", "str"), ElementsAre("2")) << "putting takes the place of what was there";
  EXPECT_THAT(find("ada", "else"), ElementsAre());
}

TEST_P(WorkspaceTest, SearchGivesEachCallerWhatHeMaySee) {
  Search search;
  search.Add("users.read", [](ReadTx&, const Caller&, std::string_view text, int) -> Result<std::vector<SearchHit>> {
    return std::vector<SearchHit>{
        {.kind = "user", .id = "1", .title = std::string(text), .detail = "", .link = "/users/1"}};
  });
  const auto found = [&](const Caller& caller, std::string_view text) {
    return store().Read([&](ReadTx& tx) { return search.Find(tx, caller, text, 5); }).value();
  };
  ada_.permissions = PermissionSet({"users.read"});
  ASSERT_EQ(found(ada_, "  ada ").size(), 1u);
  EXPECT_EQ(found(ada_, "  ada ")[0].title, "ada");
  EXPECT_TRUE(found(ada_, "   ").empty());
  EXPECT_TRUE(found(ben_, "ada").empty());
}

}  // namespace
}  // namespace privity
