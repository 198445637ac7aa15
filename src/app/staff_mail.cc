#include "app/staff_mail.h"

#include "words/format.h"

namespace privity {
namespace {

constexpr std::string_view kInvitation = "app.mail_invitation";
constexpr std::string_view kPasswordReset = "app.mail_password_reset";

}  // namespace

std::vector<MailTemplate> StaffMailTemplates() {
  std::vector<MailTemplate> templates;
  for (const std::string_view key : {kInvitation, kPasswordReset}) {
    templates.push_back({.key = std::string(key), .variables = {"organization", "name", "until"}, .links = {"link"}});
  }
  return templates;
}

Status StaffMail::Post(WriteTx& tx, const StaffLetter& letter) {
  Invariant(letter.kind != LinkKind::kSetup, "a set-up link is printed, never mailed");
  const std::string& language = letter.organization.language;
  PRIVITY_TRY(Mailbox to, Mailbox::Create(letter.to_address, letter.to_name));
  PRIVITY_TRY_VOID(mailer_.Enqueue(
      tx, {.template_key = std::string(letter.kind == LinkKind::kInvitation ? kInvitation : kPasswordReset),
           .language = language,
           .to = std::move(to),
           .variables = {{"organization", letter.organization.name},
                         {"name", letter.to_name},
                         {"until", FormatDateTimeFor(language, letter.expires_at, letter.organization.time_zone,
                                                     DateStyle::kLong)},
                         {"link", letter.link.Reveal()}}}));
  return Ok();
}

}  // namespace privity
