#include "tasks/task.h"

namespace privity {

std::vector<FieldNote> FieldNotes(const TaskLink*) {
  return {
      {.name = "kind", .description = "What the task is about.", .example = "user", .min_length = 1, .max_length = 60},
      {.name = "id", .description = "Which one.", .min_length = 1, .max_length = 128}};
}

std::vector<FieldNote> FieldNotes(const TaskContent*) {
  return {{.name = "title",
           .description = "What to do, in one line.",
           .example = "Renew the contract with the mail provider",
           .min_length = 1,
           .max_length = 200},
          {.name = "description", .description = "What else to know.", .max_length = 10'000, .defaulted = true},
          {.name = "assignee", .description = "Who does it; nobody yet when absent."},
          {.name = "due", .description = "Until when."},
          {.name = "evidence_needed", .description = "Whether it can be done without evidence.", .defaulted = true}};
}

std::vector<FieldNote> FieldNotes(const NewTask*) {
  return {{.name = "kind",
           .description = "What sort of task: a machine word that lists filter by.",
           .example = "task",
           .min_length = 1,
           .max_length = 60,
           .defaulted = true},
          {.name = "link", .description = "The thing that it is about."},
          {.name = "content", .description = "What its creator and managers may change later."}};
}

std::vector<FieldNote> FieldNotes(const NewPlaybookRun*) {
  return {{.name = "name",
           .description = "For what it is started: the titles of its tasks begin with it.",
           .example = "New shop system",
           .min_length = 1,
           .max_length = 80},
          {.name = "assignee", .description = "Who does all of it; nobody yet when absent."}};
}

std::vector<FieldNote> FieldNotes(const NewTaskEvidence*) {
  return {{.name = "text", .description = "What was done, in words.", .min_length = 1, .max_length = 10'000}};
}

std::vector<FieldNote> FieldNotes(const NewTaskComment*) {
  return {{.name = "text", .description = "The comment.", .min_length = 1, .max_length = 10'000}};
}

}  // namespace privity
