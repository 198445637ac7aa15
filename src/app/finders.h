// What the one search (workspace/search.h) finds, room by room, each for whom its permission lets see it.
//
// Tasks and people are found by the words of their titles and names through an index that is kept with every change (it
// listens to the ledger); short lists and what is known by an id or a name of the program are looked through as they
// are, and so are the names in the data map, until enough of them are found.
//
// Callable from many threads once added. Everything in FinderRooms outlives it.
#pragma once

#include "identity/identity.h"
#include "jobs/job_queue.h"
#include "jobs/schedule.h"
#include "jobs/worker.h"
#include "ledger/ledger.h"
#include "ledger/reader.h"
#include "settings/organization.h"
#include "tasks/tasks.h"
#include "words/catalog.h"
#include "workspace/search.h"
#include "workspace/word_index.h"

namespace privity {

class Datamap;

struct FinderRooms {
  Store& store;
  const Catalog& catalog;
  const Identity& identity;
  const Tasks& tasks;
  const JobQueue& jobs;
  const Schedules& schedules;
  const LedgerReader& ledger;
  const ActionRegistry& actions;
  const OrganizationSettings& organization;
  const Datamap& datamap;
  std::vector<std::string> job_kinds;
};

class Finders {
 public:
  // Fills the index of an installation that comes from before there was one.
  static constexpr std::string_view kFillJob = "workspace.fill_index";

  explicit Finders(FinderRooms rooms) : rooms_(std::move(rooms)) {}

  void AddTo(Search& search) const;
  // For Ledger::Listen: keeps the index.
  Status OnEntry(WriteTx& tx, const Entry& entry) const;
  // Enqueues kFillJob when there are people and no index.
  Status FillWhenEmpty(WriteTx& tx) const;
  Status Fill(JobContext& context) const;

 private:
  using Hits = Result<std::vector<SearchHit>>;
  Hits FindUsers(ReadTx& tx, std::string_view text, int limit) const;
  Hits FindRoles(ReadTx& tx, std::string_view text, int limit) const;
  Hits FindTokens(ReadTx& tx, const Caller& caller, std::string_view text, int limit) const;
  Hits FindTasks(ReadTx& tx, const Caller& caller, std::string_view text, int limit) const;
  Hits FindJobs(ReadTx& tx, std::string_view text, int limit) const;
  Hits FindSchedules(ReadTx& tx, std::string_view text, int limit) const;
  Hits FindEntries(ReadTx& tx, std::string_view text, int limit) const;
  Hits FindSettings(ReadTx& tx, std::string_view text, int limit) const;
  Hits FindSystems(ReadTx& tx, std::string_view text, int limit) const;
  Hits FindCollections(ReadTx& tx, std::string_view text, int limit) const;
  Hits FindFields(ReadTx& tx, std::string_view text, int limit) const;
  Hits FindActivities(ReadTx& tx, std::string_view text, int limit) const;
  Hits FindScreens(ReadTx& tx, const Caller& caller, std::string_view text, int limit) const;
  Result<std::string> Words(ReadTx& tx, std::string_view key) const;
  Status PutTask(WriteTx& tx, const Task& task) const;
  Status PutUser(WriteTx& tx, const User& user) const;
  Caller System() const;

  const FinderRooms rooms_;
  const WordIndex index_ = {};
};

}  // namespace privity
