#include "rights/request_import.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rights/testing/rights_test_base.h"

namespace privity {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

class RequestImportTest : public RightsTestBase {
 protected:
  Result<RequestImport> Import(const std::string& table, bool preview = false) {
    return ImportRequests(store(), rights(), staff_, table, preview);
  }
  std::int64_t Requests() { return Count("rights_request"); }
};
PRIVITY_ON_EVERY_STORE(RequestImportTest);

constexpr const char* kTwo =
    "\xEF\xBB\xBFlaw,right,email,name,id:customer_number,received_at\r\n"
    "eu-gdpr,access,ada@example.org,\"Example, \"\"Ada\"\"\",C-17,2026-01-02T10:00:00Z\r\n"
    "\r\n"
    "eu-gdpr,erasure,bo@example.org,,,\r\n";

TEST_P(RequestImportTest, EveryLineBecomesARequest) {
  const RequestImport report = Import(kTwo).value();
  EXPECT_THAT(report.problems, IsEmpty());
  EXPECT_EQ(report.lines, 2);
  EXPECT_EQ(report.made, 2);
  ASSERT_THAT(report.requests, SizeIs(2));
  const RightsRequest first = Now(report.requests[0]);
  EXPECT_EQ(first.channel, RequestChannel::kImport);
  EXPECT_EQ(first.received_at, ParseInstant("2026-01-02T10:00:00Z").value());
  const auto content = Write([&](WriteTx& tx) { return rights().Content(tx, staff_, report.requests[0]); }).value();
  EXPECT_EQ(content.name, "Example, \"Ada\"");
  EXPECT_THAT(content.identifiers, testing::ElementsAre(Identifier{"customer_number", "C-17"}));
  EXPECT_EQ(Now(report.requests[1]).right, Right::kErasure);
}

TEST_P(RequestImportTest, APreviewTriesEverythingAndKeepsNothing) {
  const RequestImport report = Import(kTwo, true).value();
  EXPECT_THAT(report.problems, IsEmpty());
  EXPECT_EQ(report.lines, 2);
  EXPECT_EQ(report.made, 0);
  EXPECT_EQ(Requests(), 0);
}

TEST_P(RequestImportTest, OneWrongLineAndNothingIsMade) {
  const RequestImport report = Import(
                                   "law,right,email\n"
                                   "eu-gdpr,access,ada@example.org\n"
                                   "eu-gdpr,acces,bo@example.org\n"
                                   "mars,access,cy@example.org\n"
                                   "eu-gdpr,access,nobody\n"
                                   ",access,dee@example.org\n")
                                   .value();
  EXPECT_EQ(report.made, 0);
  EXPECT_EQ(Requests(), 0);
  std::vector<std::string> told;
  for (const ImportProblem& each : report.problems) told.push_back(std::to_string(each.line) + " " + each.column);
  EXPECT_THAT(told, testing::ElementsAre("3 right", "4 law", "5 email", "6 law"));
}

TEST_P(RequestImportTest, WhatIsNoTableIsRefusedAsAWhole) {
  EXPECT_TRUE(Import("law,right\neu-gdpr,access\n").error().Is("rights.import_header")) << "no address";
  EXPECT_TRUE(Import("law,right,email,shoe_size\n").error().Is("rights.import_header"));
  EXPECT_TRUE(Import("law,right,email,email\n").error().Is("rights.import_header"));
  EXPECT_TRUE(Import("law,right,email\neu-gdpr,access\n").error().Is("rights.import_form"));
  EXPECT_TRUE(Import("law,right,email\n\"eu-gdpr,access,ada@example.org\n").error().Is("rights.import_form"));
  EXPECT_TRUE(Import("law,right,email\neu-gdpr,access,\"ada\"@example.org\n").error().Is("rights.import_form"));
  EXPECT_TRUE(Import(std::string(kImportBytesMax + 1, 'x')).error().Is("rights.import_too_large"));
  EXPECT_EQ(Requests(), 0);
}

}  // namespace
}  // namespace privity
