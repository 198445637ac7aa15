// A small company over the whole application, for tests: Ada, its first administrator, and Ben, who works on tasks.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <optional>

#include "app/application.h"
#include "base/testing/captured_log.h"
#include "base/testing/manual_clock.h"
#include "store/testing/test_store.h"

namespace privity {

class CompanyTest : public testing::Test {
 protected:
  void SetUp() override { SetUpCompany({}); }

  void SetUpCompany(std::optional<MailSettings> mail) {
    Open(std::move(mail));
    application_->console_address().Set("http://localhost:8470");
    ada_ = SetUpAda();
    ben_ = NewPerson({"tasks.use", "workspace.use"});
  }
  // Also again: as a restart does.
  void Open(std::optional<MailSettings> mail = {}) {
    application_.reset();
    ApplicationOptions options{.data_directory = home_.path() + "/data", .key_home_directory = home_.path() + "/keys"};
    options.mail = std::move(mail);
    application_ = Application::Open(options, clock_, log_).value();
  }
  // Somebody who can sign in, as if invited long ago: without letter, notice or entry.
  Caller NewPerson(PermissionSet permissions) {
    const UserId id = UserId::New(clock_);
    const Status made = application_->store().Write([&](WriteTx& tx) -> Status {
      PRIVITY_TRY_VOID(tx.Execute(
          "INSERT INTO identity_user (id, email, email_key, name, name_key, state, password_stands_alone, epoch, "
          "created_at, version) VALUES ($1, $2, $2, '', '', 'active', true, 0, $3, 1)",
          {id, id.ToString() + "@example.org", clock_.Now()}));
      return Ok();
    });
    EXPECT_TRUE(made.ok()) << made.error().DebugString();
    return Person(id, std::move(permissions));
  }
  Caller Person(const UserId& id, PermissionSet permissions) {
    Caller caller;
    caller.user = id;
    caller.actor = {.kind = ActorKind::kUser, .id = id.ToString()};
    caller.permissions = std::move(permissions);
    caller.proved_at = clock_.Now();
    return caller;
  }
  static TaskContent Content(std::string title, const std::optional<UserId>& assignee,
                             std::optional<Instant> due = {}) {
    return {.title = std::move(title), .description = "", .assignee = assignee, .due = due};
  }

  static constexpr const char* kPassword = "seven small boats sail at noon";
  TempDirectory home_;
  ManualClock clock_;
  CapturedLog sink_;
  Logger log_{sink_, clock_};
  std::unique_ptr<Application> application_;
  Caller ada_, ben_;
  std::string device_cookie_;  // of the browser in which Ada set the company up

 private:
  Caller SetUpAda() {
    const std::string link = application_->SetupUrl().value().value();
    const auto done = application_->identity().sign_in().CompleteSetup(
        Visitor(), {.token = SecretString(link.substr(link.find("token=") + 6)),
                    .organization = "Example Trading",
                    .time_zone = TimeZone(),
                    .name = "Ada Example",
                    .email = "ada@example.org",
                    .password = SecretString(kPassword)});
    device_cookie_ = done.value().device_cookie->Reveal();
    Caller ada = Person(*done->view.user_id, application_->permissions().All());
    ada.session = done->session.id;
    return ada;
  }
};

}  // namespace privity
