// Packs: the facts that laws, taxonomies and playbooks give, as cited and versioned YAML files rather than as code.
//
//   pack:
//     kind: holiday_calendar           # which schema the rest of the file follows
//     id: de                           # together with kind and version: what this pack is
//     version: 2026.1
//     title: Public holidays in Germany
//     valid_from: 1991-01-01           # optional: in force from this day on
//     sources:
//       - {title: "Einigungsvertrag, Art. 2 Abs. 2", url: "https://…", read_on: 2026-11-24}
//   country: DE                        # everything else: the members of the kind
//
// Every kind is a described struct with a member `pack`; the room that understands it registers it.
// docs/formats/pack.md has the details.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "base/result.h"
#include "base/type_table.h"
#include "base/yaml.h"

namespace privity {

// "2026.1": numbers separated by dots, compared number by number.
class PackVersion {
 public:
  static constexpr std::string_view kTextForm = "pack_version";
  PackVersion() = default;                                  // "0"
  static Result<PackVersion> Parse(std::string_view text);  // packs.version_invalid
  std::string ToString() const;
  auto operator<=>(const PackVersion&) const = default;

 private:
  std::vector<std::int64_t> numbers_ = {0};
};

// How near to the law a source is.
enum class SourceKind {
  kText,       // the statute or the official text of the rule
  kRegulator,  // an authority's own page or guide
  kSecondary,  // somebody's summary
  kOwn         // the author's knowledge; no text was opened
};
PRIVITY_DESCRIBE_ENUM(SourceKind, kText, kRegulator, kSecondary, kOwn)

struct PackSource {
  std::string title;
  std::optional<std::string> url;
  std::optional<Date> read_on;      // when a person last compared the pack with it
  std::optional<std::string> note;  // what remains uncertain
  std::optional<std::string> id;    // by which facts of the pack cite it
  std::optional<SourceKind> kind;
};
PRIVITY_DESCRIBE(PackSource, (title, url, read_on, note, id, kind))
inline std::vector<FieldNote> FieldNotes(const PackSource*) {
  return {{.name = "title", .min_length = 1, .max_length = 300},
          {.name = "url", .format = "uri"},
          {.name = "id", .format = "slug", .max_length = 64}};
}

struct PackHeader {
  std::string kind;
  std::string id;
  PackVersion version;
  std::string title;
  std::optional<Date> valid_from;
  std::vector<PackSource> sources;
};
PRIVITY_DESCRIBE(PackHeader, (kind, id, version, title, valid_from, sources))
inline std::vector<FieldNote> FieldNotes(const PackHeader*) {
  return {{.name = "kind", .format = "name"},
          {.name = "id", .format = "slug", .max_length = 64},
          {.name = "title", .min_length = 1, .max_length = 200},
          {.name = "sources", .min_length = 1}};
}

// One pack that has been read: the header, the object of its kind, and the text that both came from.
struct Pack {
  PackHeader header;
  std::shared_ptr<const void> object;  // shared by all who looked it up; never changed
  const TypeInfo* type = nullptr;
  std::string path;
  std::string text;
  bool installed = false;  // from the data directory, not from the program
};

// What a check of a kind may ask for when it refuses: where a value stands.
class PackPlaces {
 public:
  PackPlaces(std::string path, YamlPlaces places) : path_(std::move(path)), places_(std::move(places)) {}
  // packs.invalid{file, line, column, problem} for the value at a JSON pointer ("/holidays/3/on").
  Error Invalid(const std::string& pointer, std::string problem) const;

 private:
  std::string path_;
  YamlPlaces places_;
};

struct PackKind {
  std::string name;
  const TypeInfo* type = nullptr;
  std::shared_ptr<void> (*make)() = nullptr;
  const PackHeader& (*header)(const void*) = nullptr;
  // What the schema cannot say ("the month has no such day"). May be empty.
  std::function<Status(const void*, const PackPlaces&)> check;
};

// T is described and has a member `PackHeader pack`.
template <class T>
PackKind MakePackKind(std::string name, std::function<Status(const T&, const PackPlaces&)> check = {}) {
  PackKind kind{.name = std::move(name),
                .type = &TypeOf<T>(),
                .make = [] { return std::static_pointer_cast<void>(std::make_shared<T>()); },
                .header = [](const void* object) -> const PackHeader& { return static_cast<const T*>(object)->pack; },
                .check = {}};
  if (check) {
    kind.check = [check](const void* object, const PackPlaces& places) {
      return check(*static_cast<const T*>(object), places);
    };
  }
  return kind;
}

// Reads one file. Errors: base.yaml_* and base.value_* with file, line and column; packs.kind_unknown{file, kind,
// nearest}; packs.header_missing{file}; packs.invalid.
Result<Pack> ReadPack(const std::vector<PackKind>& kinds, std::string_view path, std::string_view text);

}  // namespace privity
