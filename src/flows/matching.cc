#include "flows/matching.h"

#include <algorithm>

#include "flows/forms.h"

namespace privity {
namespace {

constexpr std::int64_t kDistinctMin = 5;  // fewer values are equal by chance
constexpr std::int64_t kComparedMin = 5;
constexpr double kShareMin = 0.6;    // first names of any two groups of people overlap by half
constexpr double kUniqueMin = 0.95;  // of the values that are pointed at: the rest are mistakes of the store

const ValueSketch* FormOf(const SketchedField& field, const std::string& form) {
  const auto found = field.forms.find(form);
  return found == field.forms.end() ? nullptr : &found->second;
}

double ShareOf(const SketchedField& from, const char* from_form, const SketchedField& to, const std::string& to_form) {
  const ValueSketch* const first = FormOf(from, from_form);
  const ValueSketch* const second = FormOf(to, to_form);
  if (first == nullptr || second == nullptr) return 0;
  const SketchOverlap overlap = OverlapOf(*first, *second);
  return overlap.compared >= kComparedMin ? overlap.of_first : 0;
}

bool IsUnique(const SketchedField& field) {
  const ValueSketch* const same = FormOf(field, "same");
  return same != nullptr && static_cast<double>(same->Distinct()) >= kUniqueMin * static_cast<double>(field.filled);
}

// "customer" of "Customers", "customers.csv" and "CUSTOMER"; "address" of "addresses" and "address".
std::string Singular(std::string_view name) {
  std::string word = Folded(name.substr(0, name.find('.', 1)));
  std::erase_if(word, [](char c) { return c == '_' || c == '-' || c == ' '; });
  if (word.ends_with("sses")) return word.substr(0, word.size() - 2);
  if (word.size() > 3 && word.ends_with("ies")) return word.substr(0, word.size() - 3) + "y";
  if (word.size() > 2 && word.ends_with('s') && !word.ends_with("ss")) word.pop_back();
  return word;
}

std::string Plain(std::string_view name) {
  std::string word = Folded(name);
  std::erase_if(word, [](char c) { return c == '_' || c == '-' || c == ' '; });
  return word;
}

}  // namespace

bool IsComparable(std::string_view declared_type) {
  const std::string type = Folded(declared_type);
  for (const char* word : {"date", "time", "float", "double", "real", "numeric", "decimal", "money", "bool", "year",
                           "bit", "interval", "json", "xml", "blob", "bytea", "binary"}) {
    if (type.find(word) != std::string::npos) return false;
  }
  return true;
}

bool NamesAgree(const ReferencePlace& from, const ReferencePlace& to) {
  const std::string pointing = Plain(from.fields.at(0));
  const std::string pointed = Plain(to.fields.at(0));
  const std::string target = Singular(to.collection);
  if (pointed == "id") return pointing == target + "id" || pointing == target;
  // "customer_id" in both, where the second is the key of customers.
  return pointing == pointed && pointed == target + "id";
}

bool PointsRather(const SketchedField& from, const SketchedField& to) {
  const auto is_named = [](const SketchedField& pointing, const SketchedField& pointed) {
    return Plain(pointing.place.fields.at(0)).find(Singular(pointed.place.collection)) != std::string::npos;
  };
  const bool there = is_named(from, to);
  const bool back = is_named(to, from);
  return there == back ? from.filled >= to.filled : there;
}

std::optional<FlowMatch> MatchOf(const SketchedField& from, const SketchedField& to) {
  const ValueSketch* const values = FormOf(from, "same");
  if (values == nullptr || values->Distinct() < kDistinctMin || !IsUnique(to)) return std::nullopt;
  if ((from.is_dense || to.is_dense) && !NamesAgree(from.place, to.place)) return std::nullopt;
  if (const double share = ShareOf(from, "same", to, "same"); share >= kShareMin) {
    return FlowMatch{.form = FlowForm::kSame, .share = share};
  }
  if (const double share = ShareOf(from, "folded", to, "folded"); share >= kShareMin) {
    return FlowMatch{.form = FlowForm::kLetterCase, .share = share};
  }
  for (const auto& [form, sketch] : to.forms) {
    if (!form.starts_with("salt:")) continue;
    if (const double share = ShareOf(from, "folded", to, form); share >= kShareMin) {
      const std::size_t end = form.find(':', 5);
      return FlowMatch{.form = FlowForm::kHashed, .salt = form.substr(5, end - 5), .share = share};
    }
  }
  return std::nullopt;
}

}  // namespace privity
