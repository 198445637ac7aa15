// The pack kind `regulation`: what one law says, as data. docs/formats/pack.md has every member with an example.
//
// Every fact names its article and its source. Whether it may be relied on follows from both (IsUncertain): a fact that
// nobody compared with the law or with a regulator's own words is shown as uncertain, wherever it is shown.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "base/type_table.h"
#include "law/right.h"
#include "packs/pack.h"
#include "packs/period.h"

namespace privity {

enum class Confidence { kHigh, kMedium, kLow };
PRIVITY_DESCRIBE_ENUM(Confidence, kHigh, kMedium, kLow)

// Where a fact comes from.
struct Citation {
  std::string article;  // "Art. 12(3)", in the law's own way of counting
  std::string source;   // id of one of the pack's sources
  Confidence confidence = Confidence::kHigh;
};
PRIVITY_DESCRIBE(Citation, (article, source, confidence))
std::vector<FieldNote> FieldNotes(const Citation*);

// A fact that people read.
struct LegalFact {
  std::string id;
  std::string text;
  Citation cite;
};
PRIVITY_DESCRIBE(LegalFact, (id, text, cite))
std::vector<FieldNote> FieldNotes(const LegalFact*);

struct LegalRight {
  std::string id;                      // as the law's facts call it: "know_access"
  std::optional<Right> right;          // which request claims it; none: no request does (to be informed, compensation)
  std::string name;                    // what the law calls it
  std::optional<std::string> purpose;  // of an objection that is against just this purpose: "sale"
  std::optional<std::string> note;
  Citation cite;
};
PRIVITY_DESCRIBE(LegalRight, (id, right, name, purpose, note, cite))
std::vector<FieldNote> FieldNotes(const LegalRight*);

// When the clock of a period begins.
enum class ClockStart {
  kReceived,   // the request reached the controller; whatever verification takes
  kIdentified  // that, or later the proof of identity that was needed, or a fee (UK GDPR Art. 12A)
};
PRIVITY_DESCRIBE_ENUM(ClockStart, kReceived, kIdentified)

// Until when something is to be done. `rights` empty: for all of them.
struct DutyPeriod {
  std::string id;
  std::vector<Right> rights;
  PeriodRule period;
  ClockStart from = ClockStart::kReceived;
  std::optional<std::string> qualifier;  // "without undue delay"
  Citation cite;
};
PRIVITY_DESCRIBE(DutyPeriod, (id, rights, period, from, qualifier, cite))
std::vector<FieldNote> FieldNotes(const DutyPeriod*);

// One extension. `total` is the whole period from the start, never something added to a rolled day; none when the law
// only wants the person to be told the new date.
struct ExtensionRule {
  std::vector<Right> rights;
  std::optional<PeriodRule> total;
  std::string conditions;
  Citation cite;
};
PRIVITY_DESCRIBE(ExtensionRule, (rights, total, conditions, cite))
std::vector<FieldNote> FieldNotes(const ExtensionRule*);

// The clock stands while the person is asked what is meant, days of asking and of answer included.
struct PauseRule {
  std::vector<Right> rights;
  std::string conditions;
  Citation cite;
};
PRIVITY_DESCRIBE(PauseRule, (rights, conditions, cite))
std::vector<FieldNote> FieldNotes(const PauseRule*);

enum class IdentityLevel {
  kNone,        // verification is not allowed, or not needed
  kReasonable,  // one proof: a code to a known address, an answer that only the person knows
  kHigh         // more than one, or a person looked at a document
};
PRIVITY_DESCRIBE_ENUM(IdentityLevel, kNone, kReasonable, kHigh)

struct IdentityRule {
  std::vector<Right> rights;
  IdentityLevel level = IdentityLevel::kReasonable;
  std::string text;
  Citation cite;
};
PRIVITY_DESCRIBE(IdentityRule, (rights, level, text, cite))
std::vector<FieldNote> FieldNotes(const IdentityRule*);

// Why a request may be refused, wholly or in part.
struct RefusalGround {
  std::string id;
  std::vector<Right> rights;
  std::string text;
  Citation cite;
};
PRIVITY_DESCRIBE(RefusalGround, (id, rights, text, cite))
std::vector<FieldNote> FieldNotes(const RefusalGround*);

// Why an answer stops at what is about somebody else.
struct OthersRule {
  std::string id;
  std::vector<Right> rights;
  std::string text;
  Citation cite;
};
PRIVITY_DESCRIBE(OthersRule, (id, rights, text, cite))
std::vector<FieldNote> FieldNotes(const OthersRule*);

struct RequestRules {
  std::vector<DutyPeriod> acknowledge;
  std::vector<DutyPeriod> answer;
  std::vector<ExtensionRule> extension;
  std::vector<PauseRule> pause;
  std::vector<IdentityRule> identity;
  std::vector<LegalFact> agents;  // who else may ask, and what may be asked of them
  std::vector<RefusalGround> refusal_grounds;
  std::vector<OthersRule> others;
  std::vector<LegalFact> fees;
  std::vector<LegalFact> remedies;    // what a refused person is told; one at least
  std::optional<DutyPeriod> records;  // how long requests are to be kept on record
  std::vector<LegalFact> other;       // format, publication of figures
};
PRIVITY_DESCRIBE(RequestRules, (acknowledge, answer, extension, pause, identity, agents, refusal_grounds, others, fees,
                                remedies, records, other))
std::vector<FieldNote> FieldNotes(const RequestRules*);

// Whose public holidays count.
struct CalendarRule {
  std::optional<std::string> place;  // always this one ("US-CA"); none: where the controller is, as it says itself
  Citation cite;
};
PRIVITY_DESCRIBE(CalendarRule, (place, cite))
std::vector<FieldNote> FieldNotes(const CalendarRule*);

// Parts for breach and consent are added when the rooms that read them are there.
struct Regulation {
  PackHeader pack;
  std::string short_name;           // "EU GDPR"
  std::vector<std::string> places;  // ISO 3166-1 or 3166-2 codes in which people hold these rights
  Date compiled;                    // when the facts were put together; a source's read_on is nearer where it is known
  LegalFact authority;
  std::vector<LegalFact> applies_when;
  std::vector<LegalRight> rights;
  CalendarRule calendar;
  RequestRules requests;
};
PRIVITY_DESCRIBE(Regulation, (pack, short_name, places, compiled, authority, applies_when, rights, calendar, requests))
std::vector<FieldNote> FieldNotes(const Regulation*);

// Refuses a source that is not in the pack, two facts of one id in one list, a claimable right without a period to
// answer it, and an extension that is not longer than the period.
PackKind RegulationKind();

// Not to be relied on before somebody has read the article: the source is neither the law nor a regulator, or the
// author was not sure.
bool IsUncertain(const Regulation& regulation, const Citation& cite);
// The pack's source; it is there, the kind's check saw to that.
const PackSource& SourceOf(const Regulation& regulation, const Citation& cite);
// When the fact was last compared with its source.
Date DateOf(const Regulation& regulation, const Citation& cite);

// The first rule of a list that is about this right, or null.
template <class Rule>
const Rule* RuleFor(const std::vector<Rule>& rules, Right right) {
  for (const Rule& rule : rules) {
    if (rule.rights.empty()) return &rule;
    for (const Right named : rule.rights) {
      if (named == right) return &rule;
    }
  }
  return nullptr;
}

// Whether somebody can claim it under this law.
bool Grants(const Regulation& regulation, Right right);
// In the order of the enumeration.
std::vector<Right> ClaimableRights(const Regulation& regulation);

}  // namespace privity
