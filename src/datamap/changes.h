// What scans found different from what the register said, and what people say of it.
//
// A decision on a change of a field becomes the field's verdict. It is remembered with its reason and who gave it,
// stands over rescans, and the field comes up again only when its data changes: its declared type, or evidence for
// another category than the verdict was given on. A change of a field that is gone can be acknowledged only, which is
// to confirm.
//
// Each call decides all of the changes it is given, or none. Callable from many threads. Errors: datamap.change_unknown
// (404), datamap.change_decided, datamap.change_superseded, datamap.change_of_collection, datamap.change_is_gone,
// datamap.change_not_decided, datamap.change_decided_since (409), datamap.category_unknown, datamap.cursor_invalid.
#pragma once

#include "datamap/model.h"
#include "datamap/world.h"

namespace privity {

struct ChangeFilter {
  std::optional<SystemId> system{};
  std::optional<ConnectionId> connection{};
  std::optional<ScanId> scan{};
  std::optional<FieldId> field{};
  std::optional<ChangeKind> kind{};
  std::optional<ChangeState> state{};
  std::string category{};                    // before or now, and all below it
  bool special = false;                      // only what GDPR Art. 9(1) and 10 single out
  std::optional<double> confidence_from{};   // 0 to 1, inclusive
  std::optional<double> confidence_below{};  // 0 to 1, exclusive
  std::optional<ChangeId> before{};
  int limit = 50;
};
struct ChangePage {
  std::vector<MapChange> items;
  std::optional<std::string> next;
};

// How many there are. The four that begin with `open` count what waits for a decision.
struct ChangeCounts {
  std::int64_t open = 0;
  std::int64_t open_added = 0;
  std::int64_t open_changed = 0;
  std::int64_t open_gone = 0;
  std::int64_t open_special = 0;
  std::int64_t confirmed = 0;
  std::int64_t rejected = 0;
  std::int64_t recategorized = 0;
};
PRIVITY_DESCRIBE(ChangeCounts,
                 (open, open_added, open_changed, open_gone, open_special, confirmed, rejected, recategorized))
std::vector<FieldNote> FieldNotes(const ChangeCounts*);

// What the scan saw is right.
struct ChangeConfirmation {
  std::vector<ChangeId> changes{};
  std::string reason{};
};
PRIVITY_DESCRIBE(ChangeConfirmation, (changes, reason))
std::vector<FieldNote> FieldNotes(const ChangeConfirmation*);

// These fields hold no personal data.
struct ChangeRejection {
  std::vector<ChangeId> changes{};
  std::string reason{};
};
PRIVITY_DESCRIBE(ChangeRejection, (changes, reason))
std::vector<FieldNote> FieldNotes(const ChangeRejection*);

// These fields hold personal data of this category.
struct ChangeRecategorization {
  std::vector<ChangeId> changes{};
  std::string category{};
  std::string reason{};
};
PRIVITY_DESCRIBE(ChangeRecategorization, (changes, category, reason))
std::vector<FieldNote> FieldNotes(const ChangeRecategorization*);

struct ChangeUndoing {
  std::vector<ChangeId> changes{};
};
PRIVITY_DESCRIBE(ChangeUndoing, (changes))
std::vector<FieldNote> FieldNotes(const ChangeUndoing*);

// What one field holds, whatever was said of it before.
struct FieldDecision {
  std::string category{};  // `none`: no personal data
  std::string reason{};
};
PRIVITY_DESCRIBE(FieldDecision, (category, reason))
std::vector<FieldNote> FieldNotes(const FieldDecision*);

class Changes {
 public:
  static constexpr std::size_t kDecidedAtOnceMax = 500;

  explicit Changes(const DatamapWorld& world) : world_(world) {}

  // The newest first.
  Result<ChangePage> List(ReadTx& tx, const ChangeFilter& filter) const;
  // Whatever their state and kind; `before` and `limit` do not matter either.
  Result<ChangeCounts> Count(ReadTx& tx, const ChangeFilter& filter) const;
  Result<MapChange> Get(ReadTx& tx, const ChangeId& id) const;

  Result<std::vector<MapChange>> Confirm(WriteTx& tx, const Caller& caller, const ChangeConfirmation& what) const;
  Result<std::vector<MapChange>> Reject(WriteTx& tx, const Caller& caller, const ChangeRejection& what) const;
  Result<std::vector<MapChange>> Recategorize(WriteTx& tx, const Caller& caller,
                                              const ChangeRecategorization& what) const;
  // Decides the newest change of the field, and takes the decision that it has back first. datamap.field_unknown,
  // datamap.change_is_gone.
  Status DecideField(WriteTx& tx, const Caller& caller, const FieldId& field, const FieldDecision& what) const;
  // They wait for a decision again, and their fields have the verdict of before.
  Result<std::vector<MapChange>> Undo(WriteTx& tx, const Caller& caller, const ChangeUndoing& what) const;

 private:
  const DatamapWorld& world_;
};

}  // namespace privity
