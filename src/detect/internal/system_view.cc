#include "detect/internal/system_view.h"

#include <algorithm>
#include <map>
#include <unordered_set>

#include "detect/internal/identifier_words.h"

namespace privity {
namespace {

using detect::IdentifierWords;
using Tokens = std::span<const std::string>;

bool IsKeyWord(const std::string& word) {
  static const std::unordered_set<std::string_view> kWords = {
      "id",  "ids",   "uuid",   "guid",   "uid",     "ref",    "refs",   "reference", "fk",   "pk",
      "sk",  "oid",   "no",     "nr",     "num",     "nbr",    "number", "key",       "code", "cd",
      "cod", "ident", "nummer", "numero", "kennung", "codigo", "codice", "clave"};
  return kWords.contains(word);
}

// "kunden" and "kunde", "smiths" and "smith", "clienti" and "cliente" share it.
std::string Stem(std::string_view word) {
  constexpr std::size_t kBytesMin = 3;
  constexpr std::string_view kEndings = "aeions";
  if (word.ends_with("ies")) return std::string(word.substr(0, word.size() - 3)) + "y";
  while (word.size() > kBytesMin && kEndings.find(word.back()) != kEndings.npos) word.remove_suffix(1);
  return std::string(word);
}

std::string Joined(Tokens tokens) {
  std::string name;
  for (const std::string& token : tokens) name += token + ' ';
  return name;
}

std::string JoinedStems(Tokens tokens) {
  std::string name;
  for (const std::string& token : tokens) name += Stem(token) + ' ';
  return name;
}

Tokens WithoutKeyWords(Tokens tokens) {
  while (!tokens.empty() && IsKeyWord(tokens.back())) tokens = tokens.first(tokens.size() - 1);
  return tokens;
}

// The last ones: a name of thousands is nobody's key, and each of its endings is looked up.
std::vector<std::string> TokensOf(std::string_view field) {
  constexpr std::size_t kTokensMax = 8;
  if (const auto dot = field.rfind('.'); dot != field.npos) field.remove_prefix(dot + 1);
  std::vector<std::string> tokens = IdentifierWords::Tokens(field);
  if (tokens.size() > kTokensMax) tokens.erase(tokens.begin(), tokens.end() - kTokensMax);
  return tokens;
}

// "iq" of `IQ_SUBJECT`, `IQ_REALM` and most others: how a product writes itself before its names.
std::string PrefixOf(const std::vector<SystemView::Collection>& collections) {
  constexpr std::size_t kCollectionsMin = 3;
  constexpr double kShare = 0.6;
  std::map<std::string_view, std::size_t> counts;
  for (const auto& collection : collections) {
    if (collection.words.size() > 1) ++counts[collection.words.front()];
  }
  const auto most = std::ranges::max_element(counts, {}, [](const auto& count) { return count.second; });
  const bool shared = most != counts.end() && most->second >= kCollectionsMin &&
                      static_cast<double>(most->second) >= kShare * static_cast<double>(collections.size());
  return shared ? std::string(most->first) : std::string();
}

}  // namespace

std::uint32_t SystemView::Reference::sign() const {
  if (rows == nullptr) return 0;
  constexpr std::uint32_t kLevels = 8;
  return static_cast<std::uint32_t>(rows->people * 2 + 3) + (by_key ? kLevels : 0);  // 1 to 5 of the first eight
}

SystemView::SystemView(std::vector<Collection> collections, const Counts& counts) : counts_(counts) {
  const std::string prefix = PrefixOf(collections);
  for (Collection& collection : collections) {
    Tokens words = collection.words;
    if (words.size() > 1 && words.front() == prefix) words = words.subspan(1);
    // `smith_smith`, of the module `smith`.
    if (words.size() == 2 && words[0] == words[1]) words = words.subspan(1);
    if (!words.empty()) Keep(by_name_, JoinedStems(words), collection.rows);
    AddKey(collection);
  }
  AddForeignKeys(collections);
}

// Two collections of the same name or key: people, where one of them has them.
void SystemView::Keep(ByName& known, const std::string& name, const Rows& rows) {
  const auto [place, is_new] = known.emplace(name, rows);
  if (!is_new && place->second.people < rows.people) place->second = rows;
}

// The first field, as schemas begin, where its name ends as keys do and is no mere `id`. A collection of nothing but
// keys joins others, and has none of its own.
void SystemView::AddKey(const Collection& collection) {
  if (collection.fields.empty()) return;
  const auto is_key = [](const std::string& field) {
    const std::vector<std::string> tokens = TokensOf(field);
    return tokens.size() > 1 && IsKeyWord(tokens.back());
  };
  if (collection.fields.size() > 1 && std::ranges::all_of(collection.fields, is_key)) return;
  const std::vector<std::string> key = TokensOf(collection.fields.front());
  const std::size_t own = WithoutKeyWords(key).size();
  if (own > 0 && own < key.size()) Keep(by_key_, Joined(key), collection.rows);
}

SystemView::About SystemView::about() const {
  constexpr std::size_t kFieldsMin = 30;
  constexpr double kPersonalMin = 0.12, kSecretsMin = 0.015;
  if (counts_.fields < kFieldsMin) return About::kUnknown;
  const auto share = [&](std::size_t count) {
    return static_cast<double>(count) / static_cast<double>(counts_.fields);
  };
  if (share(counts_.personal) < kPersonalMin) return About::kThings;
  return share(counts_.secrets) < kSecretsMin ? About::kPeople : About::kSigningIn;
}

void SystemView::AddForeignKeys(std::span<const Collection> collections) {
  std::map<CollectionKey, const Rows*> called;
  for (const Collection& collection : collections)
    called.emplace(CollectionKey{collection.space, collection.rows.collection}, &collection.rows);
  for (const Collection& collection : collections) {
    for (const auto& [field, target] : collection.references) {
      const auto found = called.find(target);
      if (found == called.end()) continue;
      by_foreign_key_.emplace(std::pair(CollectionKey{collection.space, collection.rows.collection}, field),
                              *found->second);
    }
  }
}

SystemView::Reference SystemView::ReferenceOf(const CollectionKey& place, const std::string& field) const {
  const auto declared = by_foreign_key_.find({place, field});
  if (declared != by_foreign_key_.end()) return {.rows = &declared->second, .by_key = true, .declared = true};
  const std::vector<std::string> tokens = TokensOf(field);
  const Tokens all = tokens;
  for (std::size_t begin = 0; begin + 1 < all.size(); ++begin) {
    const auto found = by_key_.find(Joined(all.subspan(begin)));
    if (found != by_key_.end()) return {.rows = &found->second, .by_key = true};
  }
  const Tokens own = WithoutKeyWords(all);
  for (std::size_t begin = 0; begin < own.size(); ++begin) {
    const auto found = by_name_.find(JoinedStems(own.subspan(begin)));
    if (found != by_name_.end()) return {.rows = &found->second, .by_key = own.size() < all.size()};
  }
  return {};
}

}  // namespace privity
