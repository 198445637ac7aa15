// JSON: what is read prints as JSON that reads back the same; canonical text is a fixed point; and Boost.JSON, an
// independent reader, accepts all that ours accepts.
#include <boost/json.hpp>

#include "base/id.h"
#include "base/json.h"
#include "fuzz/fuzz_target.h"

namespace privity {
namespace {

enum class Kind { kOne, kTwo };
PRIVITY_DESCRIBE_ENUM(Kind, kOne, kTwo)

struct Inner {
  std::int16_t small = 0;
  std::uint64_t large = 0;
  double number = 0;
  bool flag = false;
};
PRIVITY_DESCRIBE(Inner, (small, large, number, flag))

struct Outer {
  std::string name;
  std::optional<std::string> note;
  Kind kind = Kind::kOne;
  Uuid id;
  Instant at;
  Bytes bytes;
  std::vector<Inner> list;
  std::map<std::string, Inner> map;
  Json any;
};
PRIVITY_DESCRIBE(Outer, (name, note, kind, id, at, bytes, list, map, any))
inline std::vector<FieldNote> FieldNotes(const Outer*) {
  return {{.name = "note", .format = "email", .max_length = 50},
          {.name = "id", .defaulted = true},
          {.name = "at", .defaulted = true},
          {.name = "bytes", .defaulted = true},
          {.name = "list", .defaulted = true},
          {.name = "map", .defaulted = true},
          {.name = "any", .defaulted = true}};
}

bool BoostAccepts(std::string_view text) {
  boost::json::parse_options options;
  options.max_depth = 64;
  boost::json::error_code failure;
  boost::json::parse(text, failure, {}, options);
  return !failure;
}

}  // namespace

PRIVITY_FUZZ_TARGET(json) {
  const auto json = ParseJson(input);
  if (json.ok()) {
    FUZZ_CHECK(BoostAccepts(input));
    const std::string text = ToJson(*json);
    const auto again = ParseJson(text, {.size_bytes_max = text.size()});
    FUZZ_CHECK(again.ok());
    FUZZ_CHECK(ToJson(*again) == text);
    if (const auto canonical = ToCanonicalJson(*json); canonical.ok()) {
      const auto reread = ParseJson(*canonical, {.size_bytes_max = canonical->size()});
      FUZZ_CHECK(reread.ok());
      FUZZ_CHECK(ToCanonicalJson(*reread).value() == *canonical);
    }
  } else if (json.error().Is("base.json_syntax")) {
    FUZZ_CHECK(!BoostAccepts(input));
  }
  if (const auto outer = FromJson<Outer>(input); outer.ok()) {
    const auto again = FromJson<Outer>(ToJson(*outer));
    FUZZ_CHECK(again.ok());
    FUZZ_CHECK(ToJson(*again) == ToJson(*outer));
  }
}

}  // namespace privity
