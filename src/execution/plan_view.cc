#include "execution/plan_view.h"

#include <algorithm>

namespace privity {
namespace {

std::int64_t DeletedIn(const PlannedCollection& collection) {
  if (!collection.not_covered.empty() || !collection.keep_ground.empty()) return 0;
  return std::ranges::count_if(collection.records,
                               [&](const PlannedRecord& record) { return IsDeleted(collection, record); });
}

std::vector<PlannedReplacement> ReplacementsIn(const PlannedCollection& collection) {
  std::vector<PlannedReplacement> out;
  for (const PlannedField& field : collection.fields) {
    if (field.strategy != Strategy::kReplace) continue;
    const auto records = std::ranges::count_if(collection.records, [&](const PlannedRecord& record) {
      return std::ranges::find(record.changes, field.name, &PlannedChange::field) != record.changes.end();
    });
    if (records > 0) out.push_back({.field = field.name, .records = records});
  }
  return out;
}

// What nobody's data stands in, or several share, is no other person.
bool IsAnotherPerson(const Boundary& boundary) {
  switch (boundary.reason) {
    case BoundaryReason::kAnotherPersonsRecord:
    case BoundaryReason::kRefersToAnotherPerson:
      return true;
    case BoundaryReason::kOthersReferToIt:
    case BoundaryReason::kNothingPersonal:
    case BoundaryReason::kNotFollowed:
    case BoundaryReason::kOnlyTheirName:
      return false;
  }
  return false;
}

// Nothing is done to them: a duty keeps all, or nothing can be changed there.
std::int64_t KeptIn(const PlannedCollection& collection) {
  const bool is_kept = !collection.keep_ground.empty() || !collection.not_covered.empty();
  return is_kept ? static_cast<std::int64_t>(collection.records.size()) : 0;
}

}  // namespace

std::vector<FieldNote> FieldNotes(const PlannedPart*) {
  return {
      {.name = "deleted",
       .description = "Of these records, when the plan is that of an erasure; the others lose their personal fields."},
      {.name = "keep_ground", .description = "The duty by which all of them stay; empty for none."},
      {.name = "not_covered",
       .description =
           "Why nothing can be changed here: `no_key`, `cannot_write`, `referred_to`, `no_quarantine`, `cannot_move`; "
           "empty when it can."},
      {.name = "is_sealed", .description = "All of them stay as they are: the key that opens them is destroyed."},
      {.name = "not_shredded",
       .description = "Why the key of sealed fields is not destroyed, and they are erased as any others: "
                      "`key_not_found`, `key_of_others`, `key_needed`, `key_kept`, `key_not_writable`."},
      {.name = "moves_to", .description = "Of a restriction: where these records go until it is lifted."},
      {.name = "samples", .description = "A few records; personal values are masked."},
      {.name = "replacements",
       .description = "Of a correction or of flags: in how many records which field is replaced."}};
}

std::vector<FieldNote> FieldNotes(const ExecutionPlan*) {
  return {{.name = "digest", .description = "Names exactly this plan: approve it by this."},
          {.name = "boundaries", .description = "References at which the walk stopped, and why."},
          {.name = "not_read",
           .description = "Stores and collections that could not be asked, with the code of the error."},
          {.name = "act",
           .description =
               "erase: records go or lose fields, when the request is to erase; change: single values are replaced."},
          {.name = "edits", .description = "What people decided about this plan."},
          {.name = "ambiguous", .description = "Where one identifier named the records of several people."}};
}

ExecutionPlan ViewOf(const ErasurePlan& plan, std::string digest, Instant planned_at) {
  ExecutionPlan view{.digest = std::move(digest),
                     .act = plan.act,
                     .planned_at = planned_at,
                     .boundaries = plan.boundaries,
                     .missing = plan.missing,
                     .not_read = plan.not_read,
                     .ambiguous = plan.ambiguous,
                     .edits = plan.edits};
  for (const PlannedCollection& collection : plan.collections) {
    view.parts.push_back({.collection = collection.id,
                          .records = static_cast<std::int64_t>(collection.records.size()),
                          .deleted = DeletedIn(collection),
                          .keep_ground = collection.keep_ground,
                          .not_covered = collection.not_covered,
                          .fields = collection.fields,
                          .samples = collection.samples,
                          .replacements = ReplacementsIn(collection),
                          .is_sealed = collection.is_sealed.value_or(false),
                          .not_shredded = collection.not_shredded,
                          .moves_to = collection.moves_to});
  }
  return view;
}

PlanSummary SummaryOf(const ErasurePlan& plan, std::string digest, std::int64_t stores) {
  PlanSummary summary{.digest = std::move(digest), .stores = stores};
  summary.collections = static_cast<std::int64_t>(plan.collections.size());
  for (const PlannedCollection& collection : plan.collections) {
    summary.records += static_cast<std::int64_t>(collection.records.size());
    summary.kept += KeptIn(collection);
  }
  for (const Boundary& boundary : plan.boundaries) summary.boundaries += IsAnotherPerson(boundary) ? boundary.count : 0;
  summary.stores_missing =
      std::ranges::count_if(plan.not_read, [](const NotRead& note) { return note.collection.name.empty(); });
  return summary;
}

}  // namespace privity
