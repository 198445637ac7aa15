#include "tasks/playbook.h"

#include <set>

namespace privity {
namespace {

constexpr std::string_view kKind = "playbook";

Status CheckPlaybook(const Playbook& playbook, const PackPlaces& places) {
  std::set<std::string_view> above;
  for (std::size_t i = 0; i < playbook.steps.size(); ++i) {
    const PlaybookStep& step = playbook.steps[i];
    const std::string place = "/steps/" + std::to_string(i);
    for (std::size_t j = 0; j < step.after.size(); ++j) {
      if (above.contains(step.after[j])) continue;
      return places.Invalid(place + "/after/" + std::to_string(j), "no step further up has this id");
    }
    if (!above.insert(step.id).second) return places.Invalid(place + "/id", "a step further up has this id");
  }
  return Ok();
}

}  // namespace

std::vector<FieldNote> FieldNotes(const PlaybookStep*) {
  return {{.name = "id", .description = "Names the step within its playbook.", .format = "slug", .max_length = 60},
          {.name = "title", .description = "What to do, in one line.", .min_length = 1, .max_length = 110},
          {.name = "description", .description = "What else to know.", .max_length = 4000, .defaulted = true},
          {.name = "due", .description = "Until when, counted from the start of the playbook."},
          {.name = "after", .description = "Steps further up that come first.", .defaulted = true},
          {.name = "evidence_needed", .description = "Whether it can be done without evidence.", .defaulted = true}};
}

std::vector<FieldNote> FieldNotes(const Playbook*) {
  return {{.name = "description", .description = "When to start it.", .min_length = 1, .max_length = 2000},
          {.name = "steps", .min_length = 1, .max_length = kPlaybookStepsMax}};
}

PackKind PlaybookKind() {
  return MakePackKind<Playbook>(std::string(kKind), CheckPlaybook);
}

std::optional<Instant> DueOf(const PlaybookStep& step, Instant start, const WorkingDays& working_days,
                             const TimeZone& zone) {
  if (!step.due) return std::nullopt;
  const DueMoment due = Due(start, *step.due, working_days, zone);
  return due.day ? due.at - std::chrono::minutes(1) : due.at;
}

}  // namespace privity
