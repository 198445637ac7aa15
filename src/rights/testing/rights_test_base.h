// The casework on every store: keys, ledger, packs and an outbox, and whoever fulfils as a double that a test steers.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "base/log.h"
#include "jobs/schedule.h"
#include "jobs/worker.h"
#include "net/testing/fake_http.h"
#include "packs/holidays.h"
#include "rights/identity_documents.h"
#include "rights/portal.h"
#include "store/testing/test_store.h"

namespace privity {

// Remembers what it was asked for. What a real one would report, the test reports.
class FakeFulfilment final : public Fulfilment {
 public:
  Status StartPlan(WriteTx&, const RightsRequestId& request, const Caller&) override {
    planned.push_back(request);
    return Ok();
  }
  Status StartExecution(WriteTx&, const RightsRequestId& request, const std::string& digest, const Caller&) override {
    started.push_back(request.ToString() + " " + digest);
    return Ok();
  }
  Status Cancel(WriteTx&, const RightsRequestId& request, const Caller&) override {
    cancelled.push_back(request);
    return Ok();
  }
  Status Forget(WriteTx&, const RightsRequestId& request) override {
    forgotten.push_back(request);
    return Ok();
  }
  std::vector<RightsRequestId> planned, cancelled, forgotten;
  std::vector<std::string> started;
};

class RightsTestBase : public StoreTest {
 protected:
  std::vector<Migration> Migrations() const override;
  void SetUp() override;
  void TearDown() override;

  RightsRequests& rights() { return *rights_; }
  IdentityDocuments& documents() { return *documents_; }
  FileStore& files() { return *files_; }
  Portal& portal() { return *portal_; }
  const TextGateway& texts() { return *texts_; }
  const OwnTexts& own_texts() const { return *own_texts_; }
  // What was posted to the outside, and how it answers: 204 unless a test says otherwise.
  const FakeHttp& outside() const { return outside_; }
  void AnswerOutside(int status) { outside_status_ = status; }
  void SetPortalAddress(std::string origin) { portal_address_.Set(std::move(origin)); }
  // Codes can be texted from now on, to all numbers or those with these beginnings.
  void SwitchTextsOn(std::vector<std::string> prefixes = {});
  RightsWorld world();
  PersonKeys& person_keys() { return *person_keys_; }
  FakeFulfilment& fulfilment() { return fulfilment_; }
  Caller Person() const;  // of the company; another one each time

  template <class Fn>
  auto Write(Fn fn) {
    clock().Advance(std::chrono::milliseconds(2));
    return store().Write(fn);
  }
  template <class Fn>
  auto Read(Fn fn) {
    return store().Read(fn);
  }

  static NewRightsRequest Asked(Right right, std::string email = "ada@example.org", std::string law = "eu-gdpr");
  RightsRequest Made(const NewRightsRequest& request);
  RightsRequest Now(const RightsRequestId& id);
  Result<RightsRequest> Move(const RightsRequestId& id, RequestStep step, std::string note = "");
  // Somebody saw a passport.
  RightsRequest Proven(const RightsRequestId& id);
  // Planned, approved and being carried out.
  RightsRequest Running(const RightsRequestId& id);
  Status Report(const RightsRequestId& id, FulfilmentStage stage);
  Result<Mandate> MandateFor(const RightsRequestId& id);

  // Runs the jobs that are due, except sending mail.
  void RunJobs();
  // One run of a job of that kind, with what it came to.
  Status RunJob(const std::string& kind, const JobHandler& handler);
  // The code of the newest letter, or "" when none was written.
  std::string CodeInTheMail();
  std::int64_t Count(const std::string& table);
  // Every text and byte column of the room's tables, one after another.
  std::string WholeTables();
  std::vector<std::string> Recorded();

  const Caller staff_ = Person();

 private:
  ActionRegistry actions_;
  std::unique_ptr<KeyHome> key_home_;
  std::unique_ptr<PersonKeys> person_keys_;
  std::unique_ptr<FileStore> files_;
  std::unique_ptr<Ledger> ledger_;
  std::unique_ptr<JobQueue> jobs_;
  std::unique_ptr<Schedules> schedules_;
  std::unique_ptr<SystemResolver> resolver_;
  std::unique_ptr<OwnTexts> own_texts_;
  std::unique_ptr<Mailer> mailer_;
  std::unique_ptr<OrganizationSettings> organization_;
  std::unique_ptr<RightsRequests> rights_;
  std::unique_ptr<IdentityDocuments> documents_;
  std::unique_ptr<TextGateway> texts_;
  std::unique_ptr<Portal> portal_;
  ConsoleAddress portal_address_;
  FakeFulfilment fulfilment_;
  int outside_status_ = 204;
  const FakeHttp outside_{[this](const OutboundRequest& request) -> Result<OutboundResponse> {
    return OutboundResponse{.status = outside_status_, .url = request.url};
  }};
};

}  // namespace privity
