#include "gate/declarations.h"

#include <algorithm>

#include "detect/taxonomy.h"
#include "gate/internal/logger_names.h"

namespace privity {
namespace {

constexpr int kFieldDepthMax = 32;

std::vector<std::string> Texts(const Json& list) {
  std::vector<std::string> texts;
  if (list.items() == nullptr) return texts;
  for (const Json& item : *list.items()) {
    if (item.string() != nullptr) texts.push_back(*item.string());
  }
  return texts;
}

// Without case and underscores; of dotted names each part.
std::string Comparable(std::string_view name) {
  std::string out;
  for (const char character : name) {
    if (character == '_' || character == '-' || character == ' ') continue;
    out += character >= 'A' && character <= 'Z' ? static_cast<char>(character + 32) : character;
  }
  return out;
}

std::string ComparableCollection(std::string_view name) {
  std::string out = Comparable(name.substr(name.rfind('.') + 1));
  if (out.ends_with("ies")) return out.substr(0, out.size() - 3) + "y";
  if (out.ends_with("s") && !out.ends_with("ss")) out.pop_back();
  return out;
}

std::string KeyOf(std::string_view collection, std::string_view field) {
  return ComparableCollection(collection) + "\n" + Comparable(field);
}

bool Covers(std::string_view declared, std::string_view category) {
  return category.starts_with(declared) && (category.size() == declared.size() || category[declared.size()] == '.');
}

bool IsOfLogs(std::string_view dataset) {
  const std::vector<std::string> words = gate_internal::WordsOfName(dataset);
  return std::any_of(words.begin(), words.end(),
                     [](const std::string& word) { return word == "log" || word == "logs"; });
}

std::vector<std::string> OwnOr(const Json& holder, const std::vector<std::string>& inherited) {
  auto own = Texts(holder["data_categories"]);
  return own.empty() ? inherited : own;
}

}  // namespace

bool Declarations::IsDeclarations(const Json& document) {
  return document["dataset"].items() != nullptr || document["system"].items() != nullptr;
}

void Declarations::Add(const Json& document) {
  if (const Json::Items* datasets = document["dataset"].items()) {
    for (const Json& dataset : *datasets) AddDataset(dataset);
  }
  if (const Json::Items* systems = document["system"].items()) {
    for (const Json& system : *systems) AddSystem(system);
  }
}

void Declarations::AddDataset(const Json& dataset) {
  ++dataset_count_;
  const std::string key = dataset["fides_key"].StringOr("");
  const auto inherited = Texts(dataset["data_categories"]);
  if (dataset["collections"].items() == nullptr) return;
  for (const Json& collection : *dataset["collections"].items()) {
    AddFields(collection["fields"], key, collection["name"].StringOr("") + "\n", OwnOr(collection, inherited), 0);
  }
}

void Declarations::AddFields(const Json& fields, const std::string& dataset, const std::string& prefix,
                             const std::vector<std::string>& inherited, int depth) {
  if (fields.items() == nullptr || depth > kFieldDepthMax) return;
  for (const Json& field : *fields.items()) {
    const std::string path = prefix + field["name"].StringOr("");
    const std::size_t split = path.find('\n');
    const auto categories = OwnOr(field, inherited);
    if (IsOfLogs(dataset)) {
      for (const std::string& category : categories) logged_.emplace(dataset, category);
    }
    fields_.emplace(KeyOf(path.substr(0, split), path.substr(split + 1)), Field{dataset, categories});
    AddFields(field["fields"], dataset, path + ".", categories, depth + 1);
  }
}

void Declarations::AddSystem(const Json& system) {
  if (system["privacy_declarations"].items() == nullptr) return;
  const auto of_system = Texts(system["dataset_references"]);
  for (const Json& declaration : *system["privacy_declarations"].items()) {
    // The register's own file (`privity export`) has the activity's name there and no data_use.
    if (declaration["data_use"].StringOr(declaration["name"].StringOr("")).empty()) continue;
    const auto own = Texts(declaration["dataset_references"]);
    const auto& datasets = own.empty() ? of_system : own;
    uses_.push_back({{datasets.begin(), datasets.end()}, Texts(declaration["data_categories"])});
  }
}

Standing Declarations::Of(std::string_view collection, std::string_view field) const {
  const auto [begin, end] = fields_.equal_range(KeyOf(collection, field));
  Standing best = Standing::kUndeclared;
  for (auto each = begin; each != end; ++each) {
    const Standing standing = Of(each->second);
    if (standing == Standing::kDeclared) return standing;
    if (best == Standing::kUndeclared || standing == Standing::kNoPurpose) best = standing;
  }
  return best;
}

Standing Declarations::Of(const Field& field) const {
  if (field.categories.empty()) return Standing::kUncategorized;
  const auto may_stay = [&](const std::string& category) {
    return !IsPersonal(category) || HasUse(category, field.dataset);
  };
  return std::all_of(field.categories.begin(), field.categories.end(), may_stay) ? Standing::kDeclared
                                                                                 : Standing::kNoPurpose;
}

Standing Declarations::InLogs(std::string_view category) const {
  Standing best = Standing::kUndeclared;
  for (const auto& [dataset, declared] : logged_) {
    if (!Covers(declared, category)) continue;
    if (HasUse(category, dataset)) return Standing::kDeclared;
    best = Standing::kNoPurpose;
  }
  return best;
}

bool Declarations::HasUse(std::string_view category, const std::string& dataset) const {
  return std::any_of(uses_.begin(), uses_.end(), [&](const Use& use) {
    const bool speaks_of_it = use.datasets.empty() || use.datasets.contains(dataset);
    return speaks_of_it && std::any_of(use.categories.begin(), use.categories.end(),
                                       [&](const std::string& declared) { return Covers(declared, category); });
  });
}

}  // namespace privity
