#include "workspace/notice_choices.h"

#include <array>

namespace privity {
namespace {

constexpr std::array kKinds = {NoticeKind::kTasks,    NoticeKind::kJobs,        NoticeKind::kOperation,
                               NoticeKind::kSecurity, NoticeKind::kInvitations, NoticeKind::kRequests};

Delivery DefaultOf(NoticeKind kind) {
  const bool urgent = kind == NoticeKind::kSecurity || kind == NoticeKind::kOperation;
  return urgent ? Delivery::kMail : Delivery::kConsole;
}

Result<UserId> PersonOf(const Caller& caller) {
  if (caller.user) return *caller.user;
  return Error("workspace.no_person");
}

}  // namespace

std::vector<FieldNote> FieldNotes(const NoticeChoiceList*) {
  return {{.name = "items",
           .description = "How to be told, per kind. Kinds that are not named stay as they are.",
           .max_length = kKinds.size()}};
}

Result<Delivery> NoticeChoices::Of(ReadTx& tx, const UserId& user, NoticeKind kind) const {
  PRIVITY_TRY(const auto row,
              tx.QueryOne("SELECT delivery FROM workspace_notice_choice WHERE user_id = $1 AND kind = $2",
                          {user, EnumText(kind)}));
  if (!row) return DefaultOf(kind);
  return ParseEnum<Delivery>(row->Get<std::string>(0));
}

Result<NoticeChoiceList> NoticeChoices::List(ReadTx& tx, const Caller& caller) const {
  PRIVITY_TRY(const UserId user, PersonOf(caller));
  NoticeChoiceList list;
  for (const NoticeKind kind : kKinds) {
    PRIVITY_TRY(const Delivery delivery, Of(tx, user, kind));
    list.items.push_back({kind, delivery});
  }
  return list;
}

Result<NoticeChoiceList> NoticeChoices::Put(WriteTx& tx, const Caller& caller, const NoticeChoiceList& choices) const {
  PRIVITY_TRY(const UserId user, PersonOf(caller));
  for (const NoticeChoice& choice : choices.items) {
    if (choice.kind == NoticeKind::kSecurity && choice.delivery == Delivery::kNone) {
      return Error("workspace.security_notices_stay");
    }
    PRIVITY_TRY_VOID(
        tx.Execute("INSERT INTO workspace_notice_choice(user_id, kind, delivery) VALUES($1, $2, $3) "
                   "ON CONFLICT(user_id, kind) DO UPDATE SET delivery = excluded.delivery",
                   {user, EnumText(choice.kind), EnumText(choice.delivery)}));
  }
  Entry entry{.action = "workspace.notices.changed",
              .actor = caller.actor,
              .object_kind = "user",
              .object_id = user.ToString(),
              .request_id = caller.request_id};
  entry.details.Add("kinds", static_cast<std::int64_t>(choices.items.size()));
  PRIVITY_TRY_VOID(ledger_.Append(tx, entry));
  return List(tx, caller);
}

}  // namespace privity
