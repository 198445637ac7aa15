#include "advisor/findings.h"

#include <algorithm>
#include <map>
#include <set>

namespace privity {
namespace {

constexpr int kPage = 200;
constexpr double kDuplicateShareMin = 0.9;

// Categories by whose values people are told apart.
constexpr const char* kNaming[] = {"user.contact.email", "user.contact.phone_number", "user.unique_id",
                                   "user.government_id", "user.account.username"};

bool IsBelow(std::string_view category, std::string_view above) {
  return category == above || (category.starts_with(above) && category.substr(above.size()).starts_with('.'));
}

bool NamesPeople(const DataField& field) {
  return std::ranges::any_of(kNaming, [&](const char* key) { return IsBelow(field.category, key); });
}

// The register as the rules need it: personal fields by collection, and what surrounds them.
struct Ground {
  std::map<CollectionId, DataCollection> collections;
  std::map<CollectionId, std::vector<DataField>> fields;
  std::vector<Activity> activities;
  std::vector<Suggestion> suggestions;
  std::vector<AccessSummary> access;
  std::vector<AccessPoint> unused;  // to special categories
  std::vector<Stewardship> overdue;
  Instant now{};
};

Status TakeFields(ReadTx& tx, const Datamap& datamap, Ground& ground) {
  for (FieldFilter filter{.personal = true, .limit = kPage};;) {
    PRIVITY_TRY(FieldPage page, datamap.facts().Fields(tx, filter));
    for (DataField& field : page.items) ground.fields[field.collection].push_back(std::move(field));
    if (!page.next) break;
    filter.after = *page.next;
  }
  for (const auto& [id, fields] : ground.fields) {
    PRIVITY_TRY(DataCollection collection, datamap.facts().Collection(tx, id));
    ground.collections.emplace(id, std::move(collection));
  }
  return Ok();
}

Status TakeRest(ReadTx& tx, const Datamap& datamap, const Flows& flows, Ground& ground) {
  for (ActivityFilter filter{.limit = kPage};;) {
    PRIVITY_TRY(ActivityPage page, datamap.activities().List(tx, filter));
    std::ranges::move(page.items, std::back_inserter(ground.activities));
    if (!page.next) break;
    PRIVITY_TRY(filter.after, ActivityId::Parse(*page.next));
  }
  for (SuggestionFilter filter{.limit = kPage};;) {
    PRIVITY_TRY(SuggestionPage page, flows.List(tx, filter));
    std::ranges::move(page.items, std::back_inserter(ground.suggestions));
    if (!page.next) break;
    PRIVITY_TRY(filter.after, SuggestionId::Parse(*page.next));
  }
  PRIVITY_TRY(ground.access, datamap.access().Summaries(tx, {}));
  for (AccessFilter filter{.special = true, .unused_for = kUnusedDays, .limit = kPage};;) {
    PRIVITY_TRY(AccessPage page, datamap.access().List(tx, filter));
    std::ranges::move(page.items, std::back_inserter(ground.unused));
    if (!page.next) break;
    PRIVITY_TRY(filter.after, AccessPointId::Parse(*page.next));
  }
  for (StewardshipFilter filter{.overdue = true, .limit = kPage};;) {
    PRIVITY_TRY(StewardshipPage page, datamap.stewardships().List(tx, filter));
    std::ranges::move(page.items, std::back_inserter(ground.overdue));
    if (!page.next) break;
    filter.after = *page.next;
  }
  return Ok();
}

// The records of the collection, and the people among them by the field whose values repeat least.
struct Extent {
  std::optional<std::int64_t> records;
  std::optional<std::int64_t> people;
};

Extent ExtentOf(const DataCollection& collection, const std::vector<DataField>& fields) {
  Extent extent{.records = collection.estimated_records, .people = {}};
  if (!extent.records) return extent;
  double share = 0;
  for (const DataField& field : fields) {
    if (!NamesPeople(field) || field.filled_records == 0) continue;
    share = std::max(share, static_cast<double>(field.distinct_values) / static_cast<double>(field.filled_records));
  }
  if (share > 0) extent.people = static_cast<std::int64_t>(share * static_cast<double>(*extent.records) + 0.5);
  return extent;
}

class Looking {
 public:
  explicit Looking(const Ground& ground) : ground_(ground) {}

  std::vector<AdviceFinding> Look() {
    for (const auto& [id, fields] : ground_.fields) {
      const DataCollection& collection = ground_.collections.at(id);
      for (const DataField& field : fields) LookAtField(field, collection, fields);
      LookForPurpose(collection, fields);
      LookForReaders(collection, fields);
    }
    for (const Stewardship& place : ground_.overdue) LookAtAge(place);
    for (const Suggestion& suggestion : ground_.suggestions) LookAtDuplicate(suggestion);
    for (const AccessSummary& summary : ground_.access) LookAtAccess(summary);
    LookForUsers();
    return std::move(findings_);
  }

 private:
  static AdviceFinding Of(AdviceKind kind, const DataCollection& collection, const std::vector<DataField>& all) {
    const Extent extent = ExtentOf(collection, all);
    return {.kind = kind,
            .system = collection.system,
            .dataset = collection.dataset,
            .collection = collection.name,
            .records = extent.records,
            .people = extent.people};
  }
  static AdviceFinding AboutAll(AdviceKind kind, const DataCollection& collection,
                                const std::vector<DataField>& fields) {
    AdviceFinding finding = Of(kind, collection, fields);
    std::set<std::string> categories;
    for (const DataField& field : fields) {
      categories.insert(field.category);
      finding.is_special = finding.is_special || field.is_special;
    }
    finding.categories.assign(categories.begin(), categories.end());
    finding.fields = static_cast<std::int64_t>(fields.size());
    return finding;
  }
  static void About(AdviceFinding& finding, const DataField& field) {
    finding.field = field.name;
    finding.categories = {field.category};
    finding.is_special = field.is_special;
    finding.fields = 1;
  }

  // The heads of a letter are those of all letters: nobody asks for them, and nobody can leave them out.
  static bool HasChosenFields(const DataCollection& collection) {
    return collection.shape == CollectionShape::kTable || collection.shape == CollectionShape::kView ||
           collection.shape == CollectionShape::kDocuments;
  }

  void LookAtField(const DataField& field, const DataCollection& collection, const std::vector<DataField>& all) {
    if (field.sampled_records < kAdviceSampleMin || !HasChosenFields(collection)) return;
    const bool is_empty = field.filled_records == 0;
    const bool is_constant = field.filled_records >= kAdviceSampleMin && field.distinct_values == 1;
    if (!is_empty && !is_constant) return;
    AdviceFinding finding = Of(is_empty ? AdviceKind::kEmptyField : AdviceKind::kConstantField, collection, all);
    About(finding, field);
    findings_.push_back(std::move(finding));
  }

  bool HasPurpose(const DataField& field) const {
    return std::ranges::any_of(ground_.activities, [&](const Activity& activity) {
      const auto& systems = activity.content.systems;
      if (std::ranges::find(systems, field.system) == systems.end()) return false;
      return std::ranges::any_of(activity.content.data_categories,
                                 [&](const std::string& key) { return IsBelow(field.category, key); });
    });
  }

  // One for the collection: its fields are asked for together.
  void LookForPurpose(const DataCollection& collection, const std::vector<DataField>& fields) {
    AdviceFinding finding = Of(AdviceKind::kWithoutPurpose, collection, fields);
    std::set<std::string> categories;
    for (const DataField& field : fields) {
      if (HasPurpose(field)) continue;
      ++finding.fields;
      categories.insert(field.category);
      finding.is_special = finding.is_special || field.is_special;
    }
    if (finding.fields == 0) return;
    finding.categories.assign(categories.begin(), categories.end());
    findings_.push_back(std::move(finding));
  }

  void LookForReaders(const DataCollection& collection, const std::vector<DataField>& fields) {
    if (!collection.no_reads_since || ground_.now - *collection.no_reads_since < kIdleDays) return;
    AdviceFinding finding = AboutAll(AdviceKind::kNeverRead, collection, fields);
    finding.since = collection.no_reads_since;
    findings_.push_back(std::move(finding));
  }

  // Also of fields and collections in which no personal data was found: somebody said that they are not to be kept.
  void LookAtAge(const Stewardship& place) {
    AdviceFinding finding{.kind = AdviceKind::kKeptTooLong,
                          .system = place.system,
                          .dataset = place.dataset,
                          .collection = place.collection_name};
    const auto fields = ground_.fields.find(place.collection);
    if (fields != ground_.fields.end()) {
      finding = AboutAll(AdviceKind::kKeptTooLong, ground_.collections.at(place.collection), fields->second);
      const auto one = std::ranges::find(fields->second, place.field_name, &DataField::name);
      if (place.field && one != fields->second.end()) About(finding, *one);
      // As large a part of the people as of the records.
      const bool has_share = finding.people && finding.records && *finding.records > 0;
      if (has_share) {
        const double share = static_cast<double>(*place.overdue->records) / static_cast<double>(*finding.records);
        finding.people = static_cast<std::int64_t>(std::min(share, 1.0) * static_cast<double>(*finding.people) + 0.5);
      }
    }
    finding.field = place.field_name;
    finding.records = place.overdue->records;
    finding.since = place.overdue->before;
    findings_.push_back(std::move(finding));
  }

  const DataField* Find(const ReferencePlace& place) const {
    for (const auto& [id, fields] : ground_.fields) {
      for (const DataField& field : fields) {
        if (field.system == place.system && field.dataset == place.dataset &&
            field.collection_name == place.collection && field.name == place.fields.at(0)) {
          return &field;
        }
      }
    }
    return nullptr;
  }

  void LookAtDuplicate(const Suggestion& suggestion) {
    if (suggestion.share < kDuplicateShareMin) return;
    const DataField* const copy = Find(suggestion.from);
    if (copy == nullptr || Find(suggestion.to) == nullptr) return;
    AdviceFinding finding =
        Of(AdviceKind::kDuplicatedField, ground_.collections.at(copy->collection), ground_.fields.at(copy->collection));
    About(finding, *copy);
    finding.other = suggestion.to_name + ": " + suggestion.to.collection + "." + suggestion.to.fields.at(0);
    findings_.push_back(std::move(finding));
  }

  void LookAtAccess(const AccessSummary& summary) {
    const auto may = [&](Privilege privilege) {
      return std::ranges::find(summary.privileges, privilege) != summary.privileges.end();
    };
    if (summary.principal_kind != PrincipalKind::kEveryone) {
      if (summary.whole_store && may(Privilege::kRead) && summary.special_fields > 0) {
        AddAccess(AdviceKind::kReachesAll, summary);
      }
      return;
    }
    if (may(Privilege::kRead)) {
      AddAccess(summary.special_fields > 0 ? AdviceKind::kEveryoneReadsSpecial : AdviceKind::kEveryoneReads, summary);
    }
    if (may(Privilege::kInsert) || may(Privilege::kUpdate) || may(Privilege::kDelete)) {
      AddAccess(AdviceKind::kEveryoneChanges, summary);
    }
  }

  // One for an account in a system, whatever it reaches and through what.
  void LookForUsers() {
    std::map<std::pair<SystemId, std::string>, AdviceFinding> of;
    for (const AccessPoint& point : ground_.unused) {
      AdviceFinding& finding = of[{point.system, point.principal}];
      finding.kind = AdviceKind::kUnusedAccess;
      finding.system = point.system;
      finding.principal = point.principal;
      finding.is_special = true;
      finding.fields += point.special_fields;
      if (point.last_used_at)
        finding.since = std::max(finding.since.value_or(*point.last_used_at), *point.last_used_at);
      for (const std::string& category : point.categories) {
        if (std::ranges::find(finding.categories, category) == finding.categories.end()) {
          finding.categories.push_back(category);
        }
      }
    }
    for (auto& [account, finding] : of) findings_.push_back(std::move(finding));
  }

  void AddAccess(AdviceKind kind, const AccessSummary& summary) {
    findings_.push_back({.kind = kind,
                         .system = summary.system,
                         .principal = summary.principal,
                         .categories = summary.categories,
                         .is_special = summary.special_fields > 0,
                         .fields = summary.personal_fields});
  }

  const Ground& ground_;
  std::vector<AdviceFinding> findings_;
};

}  // namespace

std::vector<FieldNote> FieldNotes(const AdviceFinding*) {
  return {
      {.name = "principal", .description = "Of access; empty for everyone."},
      {.name = "fields", .description = "With personal data that it is about."},
      {.name = "records", .description = "Estimated."},
      {.name = "people", .description = "Estimated from how often a sample repeats what names a person."},
      {.name = "other", .description = "Where a duplicate stands."},
      {.name = "since",
       .description = "Of what nobody reads, since when; of access that is not used, when it was used last; of what is "
                      "kept too long, the day before which it began."}};
}

Result<std::vector<AdviceFinding>> FindingsIn(ReadTx& tx, const Datamap& datamap, const Flows& flows) {
  Ground ground;
  ground.now = datamap.world().clock.Now();
  PRIVITY_TRY_VOID(TakeFields(tx, datamap, ground));
  PRIVITY_TRY_VOID(TakeRest(tx, datamap, flows, ground));
  return Looking(ground).Look();
}

}  // namespace privity
