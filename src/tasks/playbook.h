// Work that is always the same, written down once: the pack kind `playbook`, steps in order, each with what shows that
// it was done. Starting one makes a task of every step (tasks/tasks.h).
//
// A playbook cites what it was written after like every pack; what the law demands stands in packs of the law.
// docs/formats/pack.md has the members, docs/guides/add-a-playbook.md says how to write one.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "base/type_table.h"
#include "packs/pack.h"
#include "packs/period.h"

namespace privity {

inline constexpr int kPlaybookStepsMax = 50;

struct PlaybookStep {
  std::string id = {};
  std::string title = {};
  std::string description = {};
  std::optional<PeriodRule> due = {};   // from the start of the playbook; none: no date
  std::vector<std::string> after = {};  // ids of steps further up: it waits until they are done
  bool evidence_needed = false;
};
PRIVITY_DESCRIBE(PlaybookStep, (id, title, description, due, after, evidence_needed))
std::vector<FieldNote> FieldNotes(const PlaybookStep*);

struct Playbook {
  PackHeader pack;
  std::string description = {};
  std::vector<PlaybookStep> steps;
};
PRIVITY_DESCRIBE(Playbook, (pack, description, steps))
std::vector<FieldNote> FieldNotes(const Playbook*);

// Refuses, besides what the types say, a step whose id occurred before and one that waits for no step above it: so no
// step can wait for itself, not even by a detour.
PackKind PlaybookKind();

// The last minute in which a step is in time, so that people read the day that is meant; nothing without a due period.
std::optional<Instant> DueOf(const PlaybookStep& step, Instant start, const WorkingDays& working_days,
                             const TimeZone& zone);

}  // namespace privity
