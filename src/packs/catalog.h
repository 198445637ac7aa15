// All packs of this installation: those built into the program and those installed in the data directory.
//
// Packs are told apart by kind, id and version. Of several versions of one pack, the one for a day is the highest whose
// `valid_from` is not after that day, wherever it came from; so an installed pack replaces a built-in one by carrying a
// higher version. The same version twice with different content is refused: nobody could tell which one was meant.
//
// Immutable after Load; safe to use from many threads. Pointers live as long as their holder keeps them.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "packs/pack.h"

namespace privity {

struct PackFile {
  std::string path;  // as shown in errors: "holidays/de.yaml"
  std::string text;
  bool installed = false;
};

// The packs in the program whose path begins so: "holidays/"; all of them for "".
std::vector<PackFile> BuiltInPackFiles(std::string_view folder = "");
// Every *.yaml below a directory, sorted by path; nothing when the directory does not exist. packs.unreadable{file}.
Result<std::vector<PackFile>> ReadPackFiles(const std::string& directory);

// One line of `privity packs list`.
struct PackSummary {
  std::string kind;
  std::string id;
  std::string version;
  std::string title;
  std::optional<Date> valid_from;
  bool installed = false;
  bool in_force = false;  // the one that the given day gets
  std::int64_t sources = 0;
};
PRIVITY_DESCRIBE(PackSummary, (kind, id, version, title, valid_from, installed, in_force, sources))

// One difference between two packs: a JSON pointer with the values before and after ("" when absent), as JSON.
struct PackDifference {
  std::string path;
  std::string before;
  std::string after;
  bool operator==(const PackDifference&) const = default;
};
PRIVITY_DESCRIBE(PackDifference, (path, before, after))

class PackCatalog {
 public:
  // The first file that is wrong ends it; `ValidatePackFiles` names all of them. packs.conflict{pack, file, other},
  // errors of ReadPack.
  static Result<PackCatalog> Load(std::vector<PackKind> kinds, const std::vector<PackFile>& files);

  // The object of the pack that is in force on a day. packs.unknown{pack, nearest}; packs.not_in_force{pack, day}.
  template <class T>
  Result<std::shared_ptr<const T>> Get(std::string_view kind, std::string_view id, Date day) const {
    PRIVITY_TRY(const Pack* pack, Find(kind, id, day));
    Invariant(pack->type == &TypeOf<T>(), "the kind is registered with this type");
    return std::static_pointer_cast<const T>(pack->object);
  }
  Result<const Pack*> Find(std::string_view kind, std::string_view id, Date day) const;
  // packs.unknown, also for a version that is not there.
  Result<const Pack*> FindVersion(std::string_view kind, std::string_view id, const PackVersion& version) const;

  // The ids of a kind, sorted.
  std::vector<std::string> Ids(std::string_view kind) const;
  // All packs by kind, id and version.
  std::vector<PackSummary> List(Date day) const;

 private:
  using Versions = std::map<PackVersion, Pack>;
  std::map<std::string, std::map<std::string, Versions, std::less<>>, std::less<>> packs_;  // kind, id, version
};

// Every file that cannot be read, each with its error; empty when all is well.
std::vector<Error> ValidatePackFiles(const std::vector<PackKind>& kinds, const std::vector<PackFile>& files);

// What changes from one pack to another of the same kind, in the order of the document. Items of a list are told apart
// by their `id` or `name` where all have one, otherwise by position.
std::vector<PackDifference> DiffPacks(const Pack& before, const Pack& after);

}  // namespace privity
