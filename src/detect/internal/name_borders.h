// Sets right where the tagger's names begin and end, by forms that it has hardly learned: "Siti binti Ahmad", "Ban
// Ki-moon", two addresses with "to" between them, somebody's name before their address.
#pragma once

#include <vector>

#include "detect/internal/name_tagger.h"
#include "detect/internal/vocabulary.h"

namespace privity::detect {

// Whether all that stands around a word is in capitals as it is: then they tell nothing.
bool IsShouted(const Scan& scan, std::size_t at);

class NameBorders {
 public:
  // Borrows both.
  NameBorders(const NameModel& lists, const BorderVocabulary& words) : lists_(&lists), words_(words) {}

  // Names in the order of the text, before and after.
  void Mend(const Scan& scan, std::vector<TaggedName>& names) const;

  // The token behind an address and the code of its town or state.
  std::size_t BehindCode(const Scan& scan, const TaggedName& address) const;

 private:
  std::uint16_t ListsOf(const Scan& scan, std::size_t at) const;
  bool MayBeNamed(const Scan& scan, std::size_t at) const;
  bool MayBeNamedInSmallLetters(const Scan& scan, std::size_t at) const;
  bool BeginsName(const Scan& scan, std::size_t at, const TaggedName& name) const;
  bool MaySplitBehind(const Scan& scan, const TaggedName& address, std::size_t at) const;
  std::size_t OwnerEnd(const Scan& scan, const TaggedName& address) const;
  bool IsOwner(const Scan& scan, const std::vector<TaggedName>& before, const TaggedName& address) const;
  void EndLaterInSmallLetters(const Scan& scan, std::vector<TaggedName>& names) const;
  void AddPatronyms(const Scan& scan, std::vector<TaggedName>& names) const;
  void AddSyllables(const Scan& scan, std::vector<TaggedName>& names) const;
  void TrimShouted(const Scan& scan, std::vector<TaggedName>& names) const;
  void BeginEarlier(const Scan& scan, std::vector<TaggedName>& names) const;
  bool GoesOnSmall(const Scan& scan, std::size_t at) const;
  void PartPersons(const Scan& scan, std::vector<TaggedName>& names) const;
  void PartAddresses(const Scan& scan, std::vector<TaggedName>& names) const;

  const NameModel* lists_;
  const BorderVocabulary& words_;
};

}  // namespace privity::detect
