// Mailboxes that programs deliver to: what is not the message stays as it is, and nobody is taken by surprise.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "connect/connector.h"
#include "connect/mail/mbox_file.h"
#include "connect/testing/ground.h"

namespace privity {
namespace {

using testing::ElementsAre;

constexpr const char* kFrom = "From MAILER Thu Jan  1 00:00:00 2026\n";

class Mbox : public testing::Test {
 protected:
  void Write(const std::string& content) { std::ofstream(Path(), std::ios::binary) << content; }
  std::string Content() {
    std::ostringstream content;
    content << std::ifstream(Path(), std::ios::binary).rdbuf();
    return content.str();
  }
  std::string Path() const { return folder_.path() + "/ana"; }
  std::unique_ptr<Connector> Open() {
    return OpenConnector(ConnectionUrl::Parse("mbox://" + Path()).value(), {.writing_granted = true}, resolver_)
        .value();
  }
  std::vector<std::optional<std::string>> Bodies() {
    const auto store = Open();
    KeepingSink sink;
    EXPECT_TRUE(store->Stream(store->Describe().value().collections.at(0), {}, sink).ok());
    return sink.Values("body");
  }
  std::string Delete(const std::string& key, const std::vector<FieldValue>& expected = {}) {
    const auto store = Open();
    const auto outcome = store->Delete(store->Describe().value().collections.at(0), {{"@message", key}}, expected);
    if (!outcome.ok()) return std::string(outcome.error().code());
    return *outcome == WriteOutcome::kDone ? "done" : "already done";
  }

 private:
  TestFolder folder_;
  SystemResolver resolver_;
};

TEST_F(Mbox, AMessageBeginsBehindAnEmptyLineOnly) {
  Write(std::string(kFrom) + "Subject: a\n\nHello\nFrom here on\n>From there\n>>From afar\nnot\nFrom this\n\n" + kFrom +
        "Subject: b\n\ntwo\n");
  EXPECT_THAT(Bodies(), ElementsAre("Hello\nFrom here on\nFrom there\n>From afar\nnot\nFrom this\n", "two\n"));
}

TEST_F(Mbox, LinesMayEndInBothWays) {
  Write("From x\r\nSubject: a\r\n\r\none\r\n\r\nFrom x\r\nSubject: b\r\n\r\ntwo\r\n\r\n");
  EXPECT_THAT(Bodies(), ElementsAre("one\r\n", "two\r\n"));
}

TEST_F(Mbox, DeletingTakesEveryCopyAndNoOtherByte) {
  const std::string ada = std::string(kFrom) + "Message-ID: <1@example.org>\nFrom: <ada@example.org>\n\nhi\n\n";
  const std::string bo = std::string(kFrom) + "Message-ID: <2@example.org>\nStatus: RO\n\n>From me\n\n";
  Write(ada + bo + ada);
  EXPECT_EQ(Delete("1@example.org", {{"from_email", "ada@example.org"}}), "done");
  EXPECT_EQ(Content(), bo);
  EXPECT_EQ(Delete("1@example.org", {{"from_email", "ada@example.org"}}), "already done");
}

TEST_F(Mbox, WhatBorrowedTheNameOfAnotherMessageStays) {
  const std::string ada = std::string(kFrom) + "Message-ID: <1@example.org>\nFrom: <ada@example.org>\n\nhi\n\n";
  const std::string eve = std::string(kFrom) + "Message-ID: <1@example.org>\nFrom: <eve@example.org>\n\nhi\n\n";
  Write(ada + eve);
  EXPECT_EQ(Delete("1@example.org", {{"from_email", "ada@example.org"}}), "connect.changed");
  EXPECT_EQ(Content(), ada + eve);
}

TEST_F(Mbox, AMailboxThatIsBeingDeliveredToIsBusy) {
  Write(std::string(kFrom) + "Message-ID: <1@example.org>\n\nhi\n\n");
  const std::string before = Content();
  std::ofstream(Path() + ".lock").flush();
  EXPECT_EQ(Delete("1@example.org"), "connect.busy");
  EXPECT_EQ(Content(), before);
  std::filesystem::remove(Path() + ".lock");
  EXPECT_EQ(Delete("1@example.org"), "done");
  EXPECT_FALSE(std::filesystem::exists(Path() + ".lock")) << "and our own lock is gone";
}

TEST_F(Mbox, WhatIsNoMailboxIsNamed) {
  Write("Dear diary\n");
  const auto described = Open()->Describe().value();
  ASSERT_EQ(described.unread.size(), 1u);
  EXPECT_EQ(described.unread[0].code(), "connect.damaged");
  EXPECT_EQ(described.unread[0].Parameter("place"), "ana");
}

}  // namespace
}  // namespace privity
