#include "detect/internal/vocabulary.h"

#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <set>

namespace privity::detect {
namespace {

using WordsByLanguage = std::map<std::string, std::vector<std::string>>;

void Fill(const WordsByLanguage& languages, WordSet& set) {
  for (const auto& [language, words] : languages) set.InsertAll(words);
}

void Fill(const WordsByLanguage& languages, std::vector<std::string>& all) {
  for (const auto& [language, words] : languages) all.insert(all.end(), words.begin(), words.end());
}

void Fill(const WordsByLanguage& languages, SpelledWords& words) {
  Fill(languages, words.spelled);
  words.InsertAll(words.spelled);
}

template <class T, class Visit>
void VisitMembers(T& object, const Visit& visit) {
  boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>(
      [&](auto member) { visit(std::string(member.name), object.*member.pointer); });
}

template <class Sets>
Status ReadSets(const VocabularyFile& file, Sets& sets) {
  std::set<std::string> asked_for;
  Status status = Ok();
  VisitMembers(sets, [&](const std::string& name, auto& set) {
    asked_for.insert(name);
    const auto words = file.sets.find(name);
    if (words != file.sets.end()) return Fill(words->second, set);
    if (status.ok()) status = Error("detect.set_missing", {{"pack", file.pack.id}, {"set", name}});
  });
  for (const auto& [name, words] : file.sets) {
    if (status.ok() && !asked_for.contains(name))
      status = Error("detect.set_unknown", {{"pack", file.pack.id}, {"set", name}});
  }
  return status;
}

}  // namespace

Result<Vocabulary> ReadVocabulary(const PackCatalog& catalog, Date day) {
  Vocabulary vocabulary;
  Status status = Ok();
  VisitMembers(vocabulary, [&](const std::string& pack, auto& sets) {
    if (!status.ok()) return;
    const auto file = catalog.Get<VocabularyFile>("vocabulary", pack, day);
    status = file.ok() ? ReadSets(**file, sets) : Status(file.error());
  });
  PRIVITY_TRY_VOID(std::move(status));
  return vocabulary;
}

}  // namespace privity::detect
