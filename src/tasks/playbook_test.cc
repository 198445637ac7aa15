#include "tasks/playbook.h"

#include <gmock/gmock.h>

#include "packs/catalog.h"

namespace privity {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

Result<Pack> Read(const std::string& steps) {
  return ReadPack({PlaybookKind()}, "moving.yaml",
                  "pack: {kind: playbook, id: moving, version: 2026.1, title: Moving, sources: [{title: Our own}]}\n"
                  "description: When the office moves.\nsteps:\n" +
                      steps);
}

TEST(Playbook, EveryOneInTheProgramIsSound) {
  const auto files = BuiltInPackFiles("playbooks/");
  EXPECT_GE(files.size(), 4U);
  EXPECT_THAT(ValidatePackFiles({PlaybookKind()}, files), IsEmpty());
}

TEST(Playbook, AStepWaitsOnlyForStepsFurtherUp) {
  EXPECT_TRUE(Read("  - {id: a, title: A}\n  - {id: b, title: B, after: [a]}\n").ok());
  const struct {
    const char* what;
    const char* steps;
    const char* line;
  } kWrong[] = {
      {"further down", "  - {id: a, title: A, after: [b]}\n  - {id: b, title: B}\n", "4"},
      {"itself", "  - {id: a, title: A}\n  - {id: b, title: B, after: [b]}\n", "5"},
      {"not there", "  - {id: a, title: A}\n  - {id: b, title: B, after: [a, c]}\n", "5"},
      {"the same id twice", "  - {id: a, title: A}\n  - {id: a, title: B}\n", "5"},
  };
  for (const auto& row : kWrong) {
    SCOPED_TRACE(row.what);
    const auto read = Read(row.steps);
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(read.error().code(), "packs.invalid");
    EXPECT_EQ(read.error().Parameter("line"), row.line);
  }
}

TEST(Playbook, WithoutStepsOrWithAnUnknownMemberIsNone) {
  EXPECT_FALSE(Read("  []\n").ok());
  EXPECT_THAT(Read("  - {id: a, title: A, role: legal}\n").error().DebugString(), HasSubstr("role"));
}

// A step due in days is due until the last minute of its day in the organization's time zone; one due in hours, then.
TEST(Playbook, AStepIsDueOnTheDayThatPeopleRead) {
  const TimeZone berlin = TimeZone::Parse("Europe/Berlin").value();
  const Instant friday = ParseInstant("2026-11-27T23:30:00Z").value();  // Saturday, 00:30, in Berlin
  const auto due = [&](std::int64_t value, PeriodUnit unit) {
    return FormatInstant(*DueOf({.due = PeriodRule{.value = value, .unit = unit}}, friday, WorkingDays(), berlin));
  };
  EXPECT_EQ(due(3, PeriodUnit::kCalendarDays), "2026-12-01T22:59:00Z");
  EXPECT_EQ(due(1, PeriodUnit::kBusinessDays), "2026-11-30T22:59:00Z");
  EXPECT_EQ(due(72, PeriodUnit::kHours), "2026-11-30T23:30:00Z");
  EXPECT_FALSE(DueOf({}, friday, WorkingDays(), berlin));
}

}  // namespace
}  // namespace privity
