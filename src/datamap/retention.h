// How long personal data may be kept: a period, what it begins with, and why (GDPR Art. 5(1)(e), 30(1)(f)).
//
// Value types. Days are those of UTC.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "base/type_table.h"

namespace privity {

enum class RetentionUnit { kDays, kMonths, kYears };
PRIVITY_DESCRIBE_ENUM(RetentionUnit, kDays, kMonths, kYears)

// What the period begins with.
enum class RetentionStart {
  kCollected,  // the data came in
  kTransaction,
  kLastUsed,
  kRelationshipEnded,  // the contract, the account, the employment
  kOther,              // what the ground says
};
PRIVITY_DESCRIBE_ENUM(RetentionStart, kCollected, kTransaction, kLastUsed, kRelationshipEnded, kOther)

struct Retention {
  std::int64_t period = 1;
  RetentionUnit unit = RetentionUnit::kYears;
  RetentionStart start = RetentionStart::kCollected;
  bool from_year_end = false;  // not from the day itself: from the end of its calendar year, as commercial law has it
  std::string ground{};        // which law, which contract, which need
  bool operator==(const Retention&) const = default;
};
PRIVITY_DESCRIBE(Retention, (period, unit, start, from_year_end, ground))
std::vector<FieldNote> FieldNotes(const Retention*);

// What began before this day has been kept longer than it may be. A month that has no such day ends with its last one.
std::chrono::sys_days OldestKept(const Retention& retention, std::chrono::sys_days today);

}  // namespace privity
