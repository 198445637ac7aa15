#include "app/letter_box.h"

#include "base/json.h"
#include "connect/mail/letters.h"

namespace privity {
namespace {

// As it is kept between two readings.
struct Mark {
  std::int64_t validity = 0;
  std::int64_t next_uid = 1;
};
PRIVITY_DESCRIBE(Mark, (validity, next_uid))

}  // namespace

Result<std::unique_ptr<Connector>> ConnectedLetterBox::Open(ReadTx& tx, const Uuid& connection,
                                                            const std::stop_token& stop) const {
  auto opened = datamap_().connections().Open(tx, ConnectionId(connection), StoreUse::kRead, stop);
  const bool is_unknown = !opened.ok() && opened.error().Is("datamap.connection_unknown");
  if (is_unknown || (opened.ok() && AsLetterReader(**opened) == nullptr)) return Error("rights.mailbox_unknown");
  return opened;
}

Status ConnectedLetterBox::Check(ReadTx& tx, const Uuid& connection) {
  PRIVITY_TRY_VOID(Open(tx, connection, {}));
  return Ok();
}

Result<std::string> ConnectedLetterBox::Read(const Uuid& connection, const std::string& folder,
                                             const std::optional<std::string>& mark, std::int64_t at_most,
                                             const std::function<Status(IncomingLetter)>& on_letter,
                                             const std::stop_token& stop) {
  std::optional<MailboxMark> behind;
  if (mark) {
    PRIVITY_TRY(const Mark kept, FromJson<Mark>(*mark));
    behind = MailboxMark{.validity = kept.validity, .next_uid = kept.next_uid};
  }
  PRIVITY_TRY(const auto store, datamap_().world().store.Read([&](ReadTx& tx) { return Open(tx, connection, stop); }));
  const auto hand_on = [&](const MailLetter& letter) {
    return on_letter({.id = letter.id,
                      .from = letter.from,
                      .from_name = letter.from_name,
                      .subject = letter.subject,
                      .text = letter.text,
                      .attachments = letter.attachments,
                      .is_automatic = letter.is_automatic,
                      .is_cut = letter.is_cut});
  };
  PRIVITY_TRY(const MailboxMark reached, AsLetterReader(*store)->ReadLetters(folder, behind, at_most, hand_on));
  return ToJson(Mark{.validity = reached.validity, .next_uid = reached.next_uid});
}

}  // namespace privity
