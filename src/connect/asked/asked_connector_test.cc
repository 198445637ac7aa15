// Systems of last resort: nobody is asked while a request is planned, an order is placed once, only a plain answer
// counts, and nothing is ever claimed to have been looked at.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/guarded.h"
#include "connect/person_order.h"
#include "connect/testing/ground.h"
#include "net/testing/scripted_server.h"
#include "net/webhook.h"

namespace privity {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* kSecret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

class FakeDesk final : public OrderDesk {
 public:
  Status Place(const PersonOrder& order, OrderMedium medium, const std::string& to, const std::string& place) override {
    placed.push_back(std::string(EnumText(medium)) + " " + order.id + " " + to + place);
    for (const OrderedChange& each : order.changes) {
      changes.push_back(each.what + ": " + each.before.value_or("null") + " to " + each.after.value_or("null"));
    }
    return Ok();
  }
  Result<OrderAnswer> Look(const PersonOrder&) override { return answer; }
  Status Answered(const PersonOrder& order, OrderOutcome outcome, std::int64_t evidence) override {
    answered.push_back(order.id + " " + std::string(EnumText(outcome)) + " " + std::to_string(evidence));
    return Ok();
  }
  Result<std::vector<KeptOrder>> Of(const std::string&) override { return std::vector<KeptOrder>(); }

  OrderAnswer answer{};
  std::vector<std::string> placed;
  std::vector<std::string> answered;
  std::vector<std::string> changes;
};

// Keeps the files, too.
class FilesSink final : public RecordSink {
 public:
  Status Take(Record) override { return Ok(); }
  void Skip(Error) override {}
  Status TakeFile(const HandedFile& file) override {
    std::string& content = files[file.name];
    // In pieces of two bytes.
    while (true) {
      const auto piece = file.read(static_cast<std::int64_t>(content.size()), 2).value();
      if (piece.Reveal().empty()) break;
      content += AsText(BytesView(piece.Reveal()));
    }
    EXPECT_EQ(static_cast<std::int64_t>(content.size()), file.size_bytes);
    return Ok();
  }
  std::map<std::string, std::string> files;
};

class AskedStore : public testing::Test {
 protected:
  std::unique_ptr<Connector> Open(const std::string& address, std::shared_ptr<const PersonOrder> order = {}) {
    ConnectOptions options{.writing_granted = true,
                           .addresses = {.allowed_networks = {*Network::Parse("127.0.0.0/8")}},
                           .order = std::move(order)};
    options.silence_timeout = std::chrono::milliseconds(200);
    return OpenConnector(ConnectionUrl::Parse(address).value(), options, resolver_).value();
  }
  std::shared_ptr<const PersonOrder> Order(OrderAct act, bool may_place = true) {
    return std::make_shared<const PersonOrder>(PersonOrder{.id = "order-1",
                                                           .request = "request-1",
                                                           .store = "store-1",
                                                           .system = "Archive",
                                                           .act = act,
                                                           .identifiers = {{"email", "ana@example.org"}},
                                                           .may_place = may_place,
                                                           .desk = &desk_});
  }
  static Collection Held(Connector& store) { return store.Describe()->collections.at(0); }
  // What becomes of an erasure.
  static std::string Erased(Connector& store) {
    const auto done = store.Delete(Held(store), {{"asked_about", "person"}}, {{"email", "ana@example.org"}});
    return done.ok() ? "done" : done.error().code();
  }
  static std::string Read(Connector& store, KeepingSink& sink) {
    const Status read = store.Find(Held(store), {{"asked_about", "person"}}, 1, sink);
    return read.ok() ? "read" : read.error().code();
  }

  FakeDesk desk_;
  SystemResolver resolver_;
};

TEST_F(AskedStore, WithoutAnOrderItIsOnlyDescribed) {
  for (const char* address : {"manual:///shelf", "email://desk@processor.example.org", "webhook://127.0.0.1/hook"}) {
    const auto store = Open(address);
    KeepingSink sink;
    EXPECT_TRUE(store->Sample(Held(*store), {}, sink).ok()) << address;
    EXPECT_TRUE(sink.records.empty());
    EXPECT_EQ(store->Stream(Held(*store), {}, sink).error().code(), "connect.only_asked");
    EXPECT_EQ(store->Find(Held(*store), {{"email", "ana@example.org"}}, 1, sink).error().code(), "connect.only_asked");
    EXPECT_EQ(Erased(*store), "connect.only_asked");
    EXPECT_EQ(store->Update(Held(*store), {{"asked_about", "person"}}, {}, {}).error().code(), "connect.only_asked");
  }
}

TEST_F(AskedStore, WhilePlannedThereIsOneRecordAndNobodyIsAsked) {
  const auto store = Open("manual:///shelf", Order(OrderAct::kErasure, false));
  KeepingSink sink;
  ASSERT_TRUE(store->Find(Held(*store), {{"email", "ana@example.org"}}, 10, sink).ok());
  EXPECT_THAT(sink.Values("email"), ElementsAre("ana@example.org"));
  EXPECT_EQ(Erased(*store), "connect.only_asked") << "a plan changes nothing";
  EXPECT_TRUE(desk_.placed.empty());
}

TEST_F(AskedStore, APersonsTaskDecidesAndAnErasureIsNeverLookedAt) {
  const auto store = Open("email://desk@processor.example.org", Order(OrderAct::kErasure));
  EXPECT_EQ(Erased(*store), "connect.awaits_answer");
  EXPECT_THAT(desk_.placed, ElementsAre("letter order-1 desk@processor.example.org"));
  desk_.answer = {.outcome = OrderOutcome::kDone};
  EXPECT_EQ(Erased(*store), "done");
  desk_.answer = {.outcome = OrderOutcome::kRefused};
  EXPECT_EQ(Erased(*store), "connect.answer_refused");
  KeepingSink sink;
  EXPECT_EQ(Read(*store, sink), "connect.only_asked");
}

TEST_F(AskedStore, WhatAPersonWroteIsWhatIsHeld) {
  const auto store = Open("manual:///shelf%204", Order(OrderAct::kAccess));
  KeepingSink sink;
  EXPECT_EQ(Read(*store, sink), "connect.awaits_answer");
  EXPECT_THAT(desk_.placed, ElementsAre("task order-1 shelf 4"));
  desk_.answer = {.outcome = OrderOutcome::kDone, .texts = {"A form of 1998"}};
  EXPECT_EQ(Read(*store, sink), "read");
  EXPECT_THAT(sink.Values("answer"), ElementsAre("A form of 1998"));
  EXPECT_EQ(Erased(*store), "connect.only_asked") << "nobody ordered that";
}

TEST_F(AskedStore, FilesThatAreHandedInCome) {
  const auto store = Open("manual:///shelf", Order(OrderAct::kPortability));
  const std::string form = "%PDF-1.7 a form";
  desk_.answer = {.outcome = OrderOutcome::kDone,
                  .files = {{.name = "form.pdf",
                             .size_bytes = static_cast<std::int64_t>(form.size()),
                             .read = [form](std::int64_t offset, std::size_t bytes) -> Result<SecretBytes> {
                               const std::string piece = form.substr(static_cast<std::size_t>(offset), bytes);
                               const BytesView view = AsBytes(piece);
                               return SecretBytes(Bytes(view.begin(), view.end()));
                             }}}};
  FilesSink sink;
  ASSERT_TRUE(store->Find(Held(*store), {{"asked_about", "person"}}, 1, sink).ok());
  EXPECT_THAT(sink.files, ElementsAre(testing::Pair("form.pdf", form)));
}

TEST_F(AskedStore, AChangeIsOrderedAsItWasApproved) {
  const auto store = Open("email://desk@processor.example.org", Order(OrderAct::kCorrection));
  const auto change = [&] {
    const auto done = store->Update(Held(*store), {{"asked_about", "person"}},
                                    {{"email", "ana@example.org"}, {"user.contact.email", "ann@example.org"}},
                                    {{"user.contact.email", "ana@example.org"}, {"user.name", "Ana"}});
    return done.ok() ? "done" : done.error().code();
  };
  EXPECT_EQ(change(), "connect.awaits_answer");
  EXPECT_THAT(desk_.changes,
              ElementsAre("user.contact.email: ann@example.org to ana@example.org", "user.name: null to Ana"));
  desk_.answer = {.outcome = OrderOutcome::kDone};
  EXPECT_EQ(change(), "done");
  EXPECT_EQ(Erased(*store), "connect.only_asked") << "nobody ordered that";
  for (const OrderAct act : {OrderAct::kAccess, OrderAct::kErasure}) {
    const auto other = Open("email://desk@processor.example.org", Order(act));
    const auto changed = other->Update(Held(*other), {}, {}, {});
    EXPECT_EQ(changed.error().code(), "connect.only_asked") << EnumText(act);
  }
}

TEST_F(AskedStore, WithoutGrantedWritingNothingIsOrderedAway) {
  ConnectOptions reading{.order = Order(OrderAct::kErasure)};
  const auto store = OpenConnector(ConnectionUrl::Parse("manual:///shelf").value(), reading, resolver_).value();
  EXPECT_EQ(Erased(*store), "connect.read_only");
  EXPECT_TRUE(desk_.placed.empty());
}

class AskedProgram : public AskedStore {
 protected:
  std::string Address() const {
    return "webhook://:" + std::string(kSecret) + "@127.0.0.1:" + std::to_string(server_.port()) + "/hook";
  }
  void Reply(const std::string& reply) {
    reply_.With([&](std::string& now) { now = reply; });
  }

  Guarded<std::string> reply_{HttpAnswer(202, "")};
  ScriptedServer server_{
      [this](const std::string&) { return reply_.With([](const std::string& now) { return now; }); }};
};

// The value of a header of a request, however its name is written.
std::string HeaderOf(const std::string& request, const std::string& name) {
  const std::size_t at = request.find(name + ": ");
  return at == std::string::npos
             ? ""
             : request.substr(at + name.size() + 2, request.find("\r\n", at) - at - name.size() - 2);
}

TEST_F(AskedProgram, IsCalledByASignedMessageThatNamesTheOrder) {
  const auto store = Open(Address(), Order(OrderAct::kErasure));
  EXPECT_EQ(Erased(*store), "connect.awaits_answer");
  const std::string request = server_.requests().at(0);
  const std::string body = request.substr(request.find("\r\n\r\n") + 4);
  const WebhookSecret secret = WebhookSecret::Parse(SecretString(kSecret)).value();
  const WebhookHeaders headers{HeaderOf(request, "webhook-id"), HeaderOf(request, "webhook-timestamp"),
                               HeaderOf(request, "webhook-signature")};
  EXPECT_TRUE(VerifyWebhook(std::span(&secret, 1), headers, body, SystemClock().Now()).ok()) << request;
  EXPECT_THAT(body, HasSubstr(R"("type":"person.erasure")"));
  EXPECT_THAT(body, HasSubstr(R"("order":"order-1")"));
  EXPECT_THAT(body, HasSubstr("ana@example.org"));
  EXPECT_THAT(desk_.placed, ElementsAre("call order-1 "));
}

TEST_F(AskedProgram, OnlyAPlainAnswerCounts) {
  struct Row {
    std::string reply;
    const char* becomes;
  };
  const auto store = Open(Address(), Order(OrderAct::kErasure));
  for (const Row& row :
       {Row{HttpAnswer(200, R"({"status":"done"})"), "done"},
        Row{HttpAnswer(200, R"({"status":"not_held"})"), "connect.changed"},
        Row{HttpAnswer(200, R"({"status":"waiting"})"), "connect.awaits_answer"},
        Row{HttpAnswer(200, R"({"status":"refused"})"), "connect.answer_refused"},
        Row{HttpAnswer(200, R"({"status":"Done"})"), "connect.answer_unclear"},
        Row{HttpAnswer(200, R"({"ok":true})"), "connect.answer_unclear"},
        Row{HttpAnswer(204, ""), "connect.answer_unclear"}, Row{HttpAnswer(200, "not JSON"), "connect.answer_unclear"},
        Row{HttpAnswer(302, "", "Location: http://127.0.0.1/\r\n"), "connect.failed"},
        Row{HttpAnswer(400, ""), "connect.failed"}, Row{HttpAnswer(401, ""), "connect.login"},
        Row{HttpAnswer(410, ""), "connect.database_missing"}, Row{HttpAnswer(500, ""), "connect.unreachable"},
        Row{HttpAnswer(503, ""), "connect.busy"}}) {
    Reply(row.reply);
    EXPECT_EQ(Erased(*store), row.becomes) << row.reply;
  }
  EXPECT_THAT(desk_.answered, ElementsAre("order-1 done 0", "order-1 not_held 0", "order-1 refused 0"));
}

TEST_F(AskedProgram, RecordsOfAnAccessAreCellsByTheirPaths) {
  const auto store = Open(Address(), Order(OrderAct::kAccess));
  Reply(HttpAnswer(200, R"({"status":"done","records":[{"address":{"city":"Ulm"}},{"note":"x"}]})"));
  KeepingSink sink;
  EXPECT_EQ(Read(*store, sink), "read");
  EXPECT_THAT(sink.Values("address.city"), ElementsAre("Ulm"));
  EXPECT_EQ(sink.records.size(), 2u);
  Reply(HttpAnswer(200, R"({"status":"done","records":["x"]})"));
  EXPECT_EQ(Read(*store, sink), "connect.answer_unclear");
}

TEST_F(AskedProgram, FilesOfAnAccessComeInTheAnswer) {
  const auto store = Open(Address(), Order(OrderAct::kAccess));
  Reply(HttpAnswer(
      200, R"({"status":"done","files":[{"name":"../a b.txt","content":"aGVsbG8="},{"name":"none","content":""}]})"));
  FilesSink sink;
  ASSERT_TRUE(store->Find(Held(*store), {{"asked_about", "person"}}, 1, sink).ok());
  EXPECT_THAT(sink.files, ElementsAre(testing::Pair("../a b.txt", "hello"), testing::Pair("none", "")));
  EXPECT_THAT(desk_.answered, ElementsAre("order-1 done 2"));
  KeepingSink none;
  for (const char* files : {R"(["x"])", R"([{"name":"x"}])", R"([{"name":"","content":"aGVsbG8="}])",
                            R"([{"name":"x","content":"no base64"}])", R"({"name":"x"})"}) {
    Reply(HttpAnswer(200, std::string(R"({"status":"done","files":)") + files + "}"));
    EXPECT_EQ(Read(*store, none), "connect.answer_unclear") << files;
  }
}

TEST_F(AskedProgram, AChangeIsCalledForWithItsValues) {
  const auto store = Open(Address(), Order(OrderAct::kCorrection));
  Reply(HttpAnswer(200, R"({"status":"done"})"));
  const auto done =
      store->Update(Held(*store), {{"asked_about", "person"}}, {{"user.name", "Anna"}}, {{"user.name", "Ana"}});
  ASSERT_TRUE(done.ok()) << done.error().DebugString();
  const std::string request = server_.requests().at(0);
  EXPECT_THAT(request, HasSubstr(R"("type":"person.correction")"));
  EXPECT_THAT(request, HasSubstr(R"("changes":[{"what":"user.name","before":"Anna","after":"Ana"}])"));
}

TEST_F(AskedProgram, ASecretThatIsNoneAndAnAddressThatIsClosedAreRefused) {
  const auto unsigned_store = Open("webhook://:short@127.0.0.1:" + std::to_string(server_.port()) + "/hook");
  EXPECT_EQ(unsigned_store->Probe().error().code(), "net.webhook_secret_invalid");
  const auto closed = OpenConnector(ConnectionUrl::Parse(Address()).value(), {}, resolver_).value();
  EXPECT_EQ(closed->Probe().error().code(), "net.address_refused");
  EXPECT_TRUE(server_.requests().empty());
}

}  // namespace
}  // namespace privity
