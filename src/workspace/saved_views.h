// Views that people keep: a screen of the console with its filters, order and columns, under a name.
//
// A view is its owner's; a shared one is seen by everybody who can sign in and changed by its owner alone. What a view
// shows is still decided by the viewer's own permissions: it holds the question, never the answer. Callable from many
// threads.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/type_table.h"
#include "identity/caller.h"
#include "ledger/ledger.h"
#include "store/migration.h"
#include "store/store.h"

namespace privity {

struct SavedViewTag {};
using SavedViewId = Id<SavedViewTag>;

struct NewSavedView {
  std::string screen;  // "users": which list it belongs to
  std::string name;
  std::string query;  // of the console's address, without "?": "state=active&sort=name"
  bool shared = false;
};
PRIVITY_DESCRIBE(NewSavedView, (screen, name, query, shared))
std::vector<FieldNote> FieldNotes(const NewSavedView*);

struct SavedView {
  SavedViewId id;
  std::string screen;
  std::string name;
  std::string query;
  bool shared = false;
  bool mine = false;
  Instant changed_at{};
};
PRIVITY_DESCRIBE(SavedView, (id, screen, name, query, shared, mine, changed_at))

class SavedViews {
 public:
  static constexpr int kPerOwnerMax = 200;

  SavedViews(Ledger& ledger, const Clock& clock) : ledger_(ledger), clock_(clock) {}

  // The caller's own and the shared ones, by name. `screen` "" means all screens.
  Result<std::vector<SavedView>> List(ReadTx& tx, const Caller& caller, std::string_view screen) const;
  // Errors: workspace.no_person (an operator or the system keeps no views), workspace.name_taken,
  // workspace.too_many_views.
  Result<SavedView> Create(WriteTx& tx, const Caller& caller, const NewSavedView& view) const;
  // workspace.view_unknown: there is none, or it is another person's (the two are not told apart).
  Result<SavedView> Replace(WriteTx& tx, const Caller& caller, const SavedViewId& id, const NewSavedView& view) const;
  Status Delete(WriteTx& tx, const Caller& caller, const SavedViewId& id) const;

 private:
  Status Record(WriteTx& tx, const Caller& caller, std::string_view action, const SavedViewId& id, bool shared) const;

  Ledger& ledger_;
  const Clock& clock_;
};

}  // namespace privity
