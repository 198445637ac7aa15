// How each person wants to be told: per kind of notification in the console alone, by mail too, or not at all.
//
// What concerns the security of an account cannot be turned off: whoever took over a session must not be able to
// silence the word of it. Callable from many threads.
#pragma once

#include <vector>

#include "identity/caller.h"
#include "ledger/ledger.h"
#include "store/store.h"

namespace privity {

enum class NoticeKind {
  kTasks,        // tasks of mine
  kJobs,         // background jobs that I started
  kOperation,    // what administrators must look at
  kSecurity,     // sign-ins and credentials of mine
  kInvitations,  // people whom I invited
  kRequests,     // rights requests of mine, and those that nobody has taken
};
PRIVITY_DESCRIBE_ENUM(NoticeKind, kTasks, kJobs, kOperation, kSecurity, kInvitations, kRequests)

enum class Delivery { kConsole, kMail, kNone };  // kMail: in the console, and a copy by mail
PRIVITY_DESCRIBE_ENUM(Delivery, kConsole, kMail, kNone)

struct NoticeChoice {
  NoticeKind kind = NoticeKind::kTasks;
  Delivery delivery = Delivery::kConsole;
};
PRIVITY_DESCRIBE(NoticeChoice, (kind, delivery))

struct NoticeChoiceList {
  std::vector<NoticeChoice> items;
};
PRIVITY_DESCRIBE(NoticeChoiceList, (items))
std::vector<FieldNote> FieldNotes(const NoticeChoiceList*);

class NoticeChoices {
 public:
  explicit NoticeChoices(Ledger& ledger) : ledger_(ledger) {}

  // Every kind, in the order of NoticeKind: what the person chose, else the default (security and operation by mail).
  // workspace.no_person for a caller that is none.
  Result<NoticeChoiceList> List(ReadTx& tx, const Caller& caller) const;
  Result<Delivery> Of(ReadTx& tx, const UserId& user, NoticeKind kind) const;
  // Changes the kinds that are named. workspace.no_person, workspace.security_notices_stay.
  Result<NoticeChoiceList> Put(WriteTx& tx, const Caller& caller, const NoticeChoiceList& choices) const;

 private:
  Ledger& ledger_;
};

}  // namespace privity
