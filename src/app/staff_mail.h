// Letters to the people of the company, through the mailer's outbox: identity's door for invitations and new passwords.
#pragma once

#include <vector>

#include "identity/world.h"
#include "mail/mailer.h"

namespace privity {

// The words are at app.mail_invitation_* and app.mail_password_reset_*.
std::vector<MailTemplate> StaffMailTemplates();

// The mailer outlives it.
class StaffMail final : public StaffPost {
 public:
  explicit StaffMail(const Mailer& mailer) : mailer_(mailer) {}
  bool Delivers() const override { return mailer_.is_configured(); }
  Status Post(WriteTx& tx, const StaffLetter& letter) override;

 private:
  const Mailer& mailer_;
};

}  // namespace privity
