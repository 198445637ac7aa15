// Orders to systems of last resort (connect/person_order.h), kept in the store of Privity.
//
// An order is remembered, with its entry in the ledger, before anybody outside learns of it. A task is for whoever
// manages tasks, linked to the request; it names the system and what is to be done, never the person or a value:
// whoever may do it finds them in the request. A letter names the person and exactly what is to be changed, and who
// sends it, in the language of the organization.
//
// Safe to call from many threads; blocks; never call inside a transaction.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "connect/person_order.h"
#include "files/file_store.h"
#include "identity/caller.h"
#include "ledger/ledger.h"
#include "mail/mailer.h"
#include "settings/organization.h"
#include "store/migration.h"
#include "store/store.h"
#include "tasks/tasks.h"
#include "words/catalog.h"

namespace privity {

std::vector<Migration> OrdersMigrations();
std::span<const ActionInfo> OrdersActions();
std::vector<MailTemplate> OrdersMailTemplates();

struct OrdersWorld {
  Store& store;
  Ledger& ledger;
  FileStore& files;
  const Tasks& tasks;
  const Mailer& mailer;
  const OrganizationSettings& organization;
  const Catalog& words;
  Caller machine;  // Privity itself, who opens tasks
  const Clock& clock;
};

class Orders final : public OrderDesk {
 public:
  // Of the tasks that it makes.
  static constexpr std::string_view kTaskKind = "store_order";

  explicit Orders(const OrdersWorld& world) : world_(world) {}

  // mail.not_configured, mail.address_invalid: a letter that cannot be sent is not placed.
  Status Place(const PersonOrder& order, OrderMedium medium, const std::string& to, const std::string& place) override;
  Result<OrderAnswer> Look(const PersonOrder& order) override;
  Status Answered(const PersonOrder& order, OrderOutcome outcome, std::int64_t evidence) override;
  Result<std::vector<KeptOrder>> Of(const std::string& request) override;
  Result<std::vector<KeptOrder>> Of(ReadTx& tx, const std::string& request) const;

 private:
  struct Kept;
  Result<std::optional<Kept>> Find(ReadTx& tx, const std::string& id) const;
  Result<Task> MakeTask(WriteTx& tx, const PersonOrder& order, OrderMedium medium, const std::string& place) const;
  std::string WordsOf(const std::string& language, const PersonOrder& order) const;
  Status PostLetter(WriteTx& tx, const PersonOrder& order, const std::string& to) const;
  Result<OrderAnswer> AnswerOf(ReadTx& tx, const PersonOrder& order, const TaskId& task, std::int64_t& evidence) const;
  Result<Entry> EntryOf(Literal action, const PersonOrder& order) const;

  const OrdersWorld world_;
};

}  // namespace privity
