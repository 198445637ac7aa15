#include "datamap/internal/activity_gaps.h"

#include <algorithm>

namespace privity {
namespace {

bool Names(const ActivityRequest& activity, PartyRole role) {
  return std::ranges::any_of(activity.parties, [&](const ActivityParty& party) {
    return party.role == role && !party.name.empty() && !party.contact.empty();
  });
}

bool IsWhole(const ActivityTransfer& transfer) {
  return !transfer.destination.empty() && !transfer.safeguards.empty();
}

bool HasBasis(const ActivityPurpose& purpose) {
  return purpose.basis.has_value();
}

// One thing that the law asks for.
struct Duty {
  std::string_view member;
  std::string_view article;
  bool is_met;
};

std::vector<ActivityGap> Unmet(std::initializer_list<Duty> duties) {
  std::vector<ActivityGap> gaps;
  for (const Duty& duty : duties) {
    if (!duty.is_met) gaps.push_back({.member = std::string(duty.member), .article = std::string(duty.article)});
  }
  return gaps;
}

std::vector<ActivityGap> OfController(const ActivityRequest& activity, const Taxonomy& taxonomy) {
  const bool is_special = std::ranges::any_of(
      activity.data_categories, [&](const std::string& category) { return taxonomy.IsSpecial(category); });
  return Unmet({
      {"parties", "GDPR Art. 30(1)(a)", Names(activity, PartyRole::kController)},
      {"purposes", "GDPR Art. 30(1)(b)", !activity.purposes.empty()},
      {"subject_categories", "GDPR Art. 30(1)(c)", !activity.subject_categories.empty()},
      {"data_categories", "GDPR Art. 30(1)(c)", !activity.data_categories.empty()},
      {"recipients", "GDPR Art. 30(1)(d)", !activity.recipients.empty()},
      {"transfers", "GDPR Art. 30(1)(e)", std::ranges::all_of(activity.transfers, IsWhole)},
      {"retention", "GDPR Art. 30(1)(f)", !activity.retention.empty() || !activity.retention_rules.empty()},
      {"security", "GDPR Art. 30(1)(g)", !activity.security.empty()},
      {"purposes.basis", "GDPR Art. 6(1)", std::ranges::all_of(activity.purposes, HasBasis)},
      {"special_condition", "GDPR Art. 9(2)", !is_special || activity.special_condition.has_value()},
  });
}

std::vector<ActivityGap> OfProcessor(const ActivityRequest& activity) {
  return Unmet({
      {"parties", "GDPR Art. 30(2)(a)",
       Names(activity, PartyRole::kProcessor) && Names(activity, PartyRole::kController)},
      {"description", "GDPR Art. 30(2)(b)", !activity.description.empty()},
      {"transfers", "GDPR Art. 30(2)(c)", std::ranges::all_of(activity.transfers, IsWhole)},
      {"security", "GDPR Art. 30(2)(d)", !activity.security.empty()},
  });
}

}  // namespace

std::vector<ActivityGap> GapsOf(const ActivityRequest& activity, const Taxonomy& taxonomy) {
  return activity.role == ActivityRole::kController ? OfController(activity, taxonomy) : OfProcessor(activity);
}

}  // namespace privity
