#include "law/regulation.h"

#include <algorithm>
#include <set>

namespace privity {
namespace {

const PackSource* FindSource(const Regulation& regulation, std::string_view id) {
  for (const PackSource& source : regulation.pack.sources) {
    if (source.id == id) return &source;
  }
  return nullptr;
}

// Walks all facts of a regulation and says of the first one what is wrong.
class Checker {
 public:
  Checker(const Regulation& regulation, const PackPlaces& places) : regulation_(regulation), places_(places) {}

  Status Run() const {
    PRIVITY_TRY_VOID(CheckSources());
    const RequestRules& requests = regulation_.requests;
    PRIVITY_TRY_VOID(Cited(regulation_.authority, "/authority"));
    PRIVITY_TRY_VOID(Cited(regulation_.calendar, "/calendar"));
    PRIVITY_TRY_VOID(Facts(regulation_.applies_when, "/applies_when"));
    PRIVITY_TRY_VOID(Facts(regulation_.rights, "/rights"));
    PRIVITY_TRY_VOID(Facts(requests.acknowledge, "/requests/acknowledge"));
    PRIVITY_TRY_VOID(Facts(requests.answer, "/requests/answer"));
    PRIVITY_TRY_VOID(AllCited(requests.extension, "/requests/extension"));
    PRIVITY_TRY_VOID(AllCited(requests.pause, "/requests/pause"));
    PRIVITY_TRY_VOID(AllCited(requests.identity, "/requests/identity"));
    PRIVITY_TRY_VOID(Facts(requests.agents, "/requests/agents"));
    PRIVITY_TRY_VOID(Facts(requests.refusal_grounds, "/requests/refusal_grounds"));
    PRIVITY_TRY_VOID(Facts(requests.others, "/requests/others"));
    PRIVITY_TRY_VOID(Facts(requests.fees, "/requests/fees"));
    PRIVITY_TRY_VOID(Facts(requests.remedies, "/requests/remedies"));
    if (requests.records) PRIVITY_TRY_VOID(Cited(*requests.records, "/requests/records"));
    PRIVITY_TRY_VOID(Facts(requests.other, "/requests/other"));
    PRIVITY_TRY_VOID(CheckAnswers());
    return CheckExtensions();
  }

 private:
  Status CheckSources() const {
    std::set<std::string> ids;
    for (std::size_t i = 0; i < regulation_.pack.sources.size(); ++i) {
      const PackSource& source = regulation_.pack.sources[i];
      const std::string at = "/pack/sources/" + std::to_string(i);
      if (!source.id || !source.kind) return places_.Invalid(at, "a source of a regulation has an id and a kind");
      if (!ids.insert(*source.id).second) return places_.Invalid(at + "/id", "two sources have this id");
    }
    return Ok();
  }

  template <class Fact>
  Status Cited(const Fact& fact, const std::string& at) const {
    if (FindSource(regulation_, fact.cite.source) != nullptr) return Ok();
    return places_.Invalid(at + "/cite/source", "the pack has no source of this id");
  }

  template <class Fact>
  Status AllCited(const std::vector<Fact>& facts, const std::string& at) const {
    for (std::size_t i = 0; i < facts.size(); ++i) PRIVITY_TRY_VOID(Cited(facts[i], at + "/" + std::to_string(i)));
    return Ok();
  }

  template <class Fact>
  Status Facts(const std::vector<Fact>& facts, const std::string& at) const {
    std::set<std::string> ids;
    for (std::size_t i = 0; i < facts.size(); ++i) {
      if (ids.insert(facts[i].id).second) continue;
      return places_.Invalid(at + "/" + std::to_string(i) + "/id", "two facts of this list have this id");
    }
    return AllCited(facts, at);
  }

  Status CheckAnswers() const {
    for (std::size_t i = 0; i < regulation_.rights.size(); ++i) {
      const auto& right = regulation_.rights[i].right;
      if (!right || RuleFor(regulation_.requests.answer, *right) != nullptr) continue;
      return places_.Invalid("/rights/" + std::to_string(i), "no period says until when it is to be answered");
    }
    return Ok();
  }

  // Of each right that both are about. Months and days are compared at their shortest and longest.
  Status CheckExtensions() const {
    const auto& rules = regulation_.requests.extension;
    for (std::size_t i = 0; i < rules.size(); ++i) {
      if (!rules[i].total) continue;
      for (const LegalRight& right : regulation_.rights) {
        if (!right.right || RuleFor(rules, *right.right) != &rules[i]) continue;
        const DutyPeriod* const answer = RuleFor(regulation_.requests.answer, *right.right);
        if (answer->period.unit == rules[i].total->unit && answer->period.value < rules[i].total->value) continue;
        return places_.Invalid("/requests/extension/" + std::to_string(i) + "/total",
                               "it is the whole period from the start: longer than that of the answer, in its unit");
      }
    }
    return Ok();
  }

  const Regulation& regulation_;
  const PackPlaces& places_;
};

FieldNote ShortText(std::string_view name, std::string_view description) {
  return {.name = name, .description = description, .min_length = 1, .max_length = 1000};
}
FieldNote FactId() {
  return {.name = "id", .description = "Names the fact within its list.", .format = "name", .max_length = 60};
}
FieldNote ForRights() {
  return {.name = "rights", .description = "The rights it is about; none: all.", .defaulted = true};
}

}  // namespace

std::vector<FieldNote> FieldNotes(const Citation*) {
  return {{.name = "article", .description = "In the law's own way of counting.", .min_length = 1, .max_length = 200},
          {.name = "source", .description = "One of the pack's sources.", .format = "slug", .max_length = 64},
          {.name = "confidence", .description = "How sure the author is.", .defaulted = true}};
}
std::vector<FieldNote> FieldNotes(const LegalFact*) {
  return {FactId(), ShortText("text", "The fact, in the pack's own words.")};
}
std::vector<FieldNote> FieldNotes(const LegalRight*) {
  return {
      FactId(),
      ShortText("name", "What the law calls it."),
      {.name = "purpose", .description = "The one purpose that it is against.", .format = "slug", .max_length = 64}};
}
std::vector<FieldNote> FieldNotes(const DutyPeriod*) {
  return {FactId(), ForRights(), {.name = "from", .description = "When its clock begins.", .defaulted = true}};
}
std::vector<FieldNote> FieldNotes(const ExtensionRule*) {
  return {ForRights(), ShortText("conditions", "When it may be taken.")};
}
std::vector<FieldNote> FieldNotes(const PauseRule*) {
  return {ForRights(), ShortText("conditions", "When the clock stands.")};
}
std::vector<FieldNote> FieldNotes(const IdentityRule*) {
  return {ForRights(), ShortText("text", "What may be asked for.")};
}
std::vector<FieldNote> FieldNotes(const RefusalGround*) {
  return {FactId(), ForRights(), ShortText("text", "The ground, in the pack's own words.")};
}
std::vector<FieldNote> FieldNotes(const OthersRule*) {
  return {FactId(), ForRights(), ShortText("text", "Why it stops there, in the pack's own words.")};
}
std::vector<FieldNote> FieldNotes(const RequestRules*) {
  return {{.name = "acknowledge", .defaulted = true},   {.name = "answer", .min_length = 1},
          {.name = "extension", .defaulted = true},     {.name = "pause", .defaulted = true},
          {.name = "identity", .min_length = 1},        {.name = "agents", .defaulted = true},
          {.name = "refusal_grounds", .min_length = 1}, {.name = "others", .defaulted = true},
          {.name = "fees", .defaulted = true},          {.name = "remedies", .min_length = 1},
          {.name = "other", .defaulted = true}};
}
std::vector<FieldNote> FieldNotes(const CalendarRule*) {
  return {{.name = "place", .description = "Whose public holidays count.", .max_length = 6}};
}
std::vector<FieldNote> FieldNotes(const Regulation*) {
  return {ShortText("short_name", "As people say it."),
          {.name = "places", .description = "ISO 3166 codes of where people hold these rights.", .min_length = 1},
          {.name = "rights", .min_length = 1}};
}

PackKind RegulationKind() {
  return MakePackKind<Regulation>("regulation", [](const Regulation& regulation, const PackPlaces& places) {
    return Checker(regulation, places).Run();
  });
}

const PackSource& SourceOf(const Regulation& regulation, const Citation& cite) {
  const PackSource* const source = FindSource(regulation, cite.source);
  Invariant(source != nullptr, "the check of the kind refuses a fact whose source is not in the pack");
  return *source;
}

bool IsUncertain(const Regulation& regulation, const Citation& cite) {
  const SourceKind kind = SourceOf(regulation, cite).kind.value_or(SourceKind::kOwn);
  const bool read = kind == SourceKind::kText || kind == SourceKind::kRegulator;
  return !read || cite.confidence != Confidence::kHigh;
}

Date DateOf(const Regulation& regulation, const Citation& cite) {
  return SourceOf(regulation, cite).read_on.value_or(regulation.compiled);
}

bool Grants(const Regulation& regulation, Right right) {
  return std::ranges::any_of(regulation.rights, [&](const LegalRight& granted) { return granted.right == right; });
}

std::vector<Right> ClaimableRights(const Regulation& regulation) {
  std::set<Right> rights;
  for (const LegalRight& granted : regulation.rights) {
    if (granted.right) rights.insert(*granted.right);
  }
  return {rights.begin(), rights.end()};
}

}  // namespace privity
