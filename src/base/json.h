// JSON (RFC 8259) of described types, its canonical form (RFC 8785), and Json, a value of any shape.
//
//   std::string text = ToJson(purpose);
//   PRIVITY_TRY(auto purpose, FromJson<Purpose>(text));
//
// Reading is strict: unknown and repeated members are refused, a member that is neither optional nor `defaulted` must
// be there, integers must fit, text must be UTF-8 without U+0000 and keep the limits of its FieldNote. An empty
// optional may be missing or null when read, and is left out when written. Secrets are read and never written.
// Functions are safe to call from many threads.
//
// Errors, each with `path` (JSON pointer, "/" for the whole), `place` ("line:column"), `line` and `column`:
//   base.json_syntax, base.json_too_large, base.json_too_deep (these three without path),
//   base.value_wrong_type{expected}, base.value_unknown_member{nearest}, base.value_missing, base.value_repeated,
//   base.value_not_accepted{accepted}, base.value_wrong_format{format}, base.value_too_small{minimum},
//   base.value_too_large{maximum}, base.value_too_short{minimum}, base.value_too_long{maximum}, base.value_read_only.
// None of them carries the value itself.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"
#include "base/type_table.h"

namespace privity {

// A JSON value of any shape, for what has no struct: details of a ledger entry, a job's payload, a foreign document.
// Objects keep the order in which members were set. A whole number outside int64 is read as a double. A value type.
//
//   Json details = Json::Object({{"rows", 12}, {"tables", Json::Array({"customer", "rental"})}});
//   if (const std::string* name = details["name"].string()) ...
class Json {
 public:
  struct Member;
  using Items = std::vector<Json>;
  using Members = std::vector<Member>;

  Json();                                                     // null
  Json(std::nullptr_t);                                       // NOLINT: implicit by design, as are the others
  Json(double value);                                         // NOLINT: NaN and infinities are written as null
  Json(std::string value);                                    // NOLINT
  Json(std::string_view value);                               // NOLINT
  Json(const char* value);                                    // NOLINT
  Json(std::same_as<bool> auto value) : Json(Flag{value}) {}  // NOLINT: not from pointers
  template <std::integral T>
  requires(!std::same_as<T, bool>) Json(T value) : Json(Whole{static_cast<std::int64_t>(value)}) {  // NOLINT
    Invariant(std::in_range<std::int64_t>(value), "a Json integer is an int64");
  }
  Json(const Json&);
  Json(Json&&) noexcept;
  Json& operator=(const Json&);
  Json& operator=(Json&&) noexcept;
  ~Json();
  static Json Object(std::initializer_list<std::pair<std::string_view, Json>> members = {});
  static Json Array(std::initializer_list<Json> items = {});
  static Json ArrayOf(Items items);

  bool is_null() const { return std::holds_alternative<std::monostate>(value_); }
  // Each is null when the value has another shape.
  const bool* boolean() const { return std::get_if<bool>(&value_); }
  const std::int64_t* integer() const { return std::get_if<std::int64_t>(&value_); }
  const std::string* string() const { return std::get_if<std::string>(&value_); }
  const Items* items() const { return std::get_if<Items>(&value_); }
  const Members* members() const { return std::get_if<Members>(&value_); }
  Items* items() { return std::get_if<Items>(&value_); }
  Members* members() { return std::get_if<Members>(&value_); }
  std::optional<double> number() const;  // integers too

  // A member of an object; a null value when it is absent or this is no object.
  const Json& operator[](std::string_view key) const;
  bool Has(std::string_view key) const { return Find(key) != nullptr; }
  const Json* Find(std::string_view key) const;
  // The value at an RFC 6901 pointer, or null.
  const Json* At(std::string_view pointer) const;
  // What a lenient reader takes when the shape is another.
  std::string StringOr(std::string_view fallback) const;
  std::int64_t IntegerOr(std::int64_t fallback) const;
  bool BooleanOr(bool fallback) const;

  // Makes this an object (or array) if it is null. Set replaces a member of that name in its place.
  Json& Set(std::string_view key, Json value);
  Json& Push(Json value);
  bool Remove(std::string_view key);

  bool operator==(const Json&) const;  // objects: whatever the order of members

 private:
  struct Flag {
    bool value;
  };
  struct Whole {
    std::int64_t value;
  };
  explicit Json(Flag flag);
  explicit Json(Whole whole);

  std::variant<std::monostate, bool, std::int64_t, double, std::string, Items, Members> value_;
};

struct Json::Member {
  std::string key;
  Json value;
  bool operator==(const Member&) const = default;
};

struct JsonLimits {
  std::size_t size_bytes_max = 16 << 20;
  std::size_t depth_max = 64;  // arrays and objects inside each other
};

// The engines behind the templates below. DecodeJson fills `out`, an object of that type in its default state; after an
// error it is half filled.
std::string EncodeJson(const TypeInfo& type, const void* value);
Result<std::string> EncodeCanonicalJson(const TypeInfo& type, const void* value);
Status DecodeJson(const TypeInfo& type, std::string_view text, void* out, const JsonLimits& limits);

template <class T>
std::string ToJson(const T& value) {
  static_assert(TypeOf<T>().kind != TypeKind::kSecret, "a Secret is never written");
  return EncodeJson(TypeOf<T>(), &value);
}

// RFC 8785: one spelling for equal values, to hash and sign. base.json_not_canonical{path}: an integer outside +-(2^53
// - 1) or a number that is not finite, which other readers would change; spell such a value as text.
template <class T>
Result<std::string> ToCanonicalJson(const T& value) {
  static_assert(TypeOf<T>().kind != TypeKind::kSecret, "a Secret is never written");
  return EncodeCanonicalJson(TypeOf<T>(), &value);
}

template <class T>
Result<T> FromJson(std::string_view text, const JsonLimits& limits = {}) {
  T value{};
  PRIVITY_TRY_VOID(DecodeJson(TypeOf<T>(), text, &value, limits));
  return value;
}

inline Result<Json> ParseJson(std::string_view text, const JsonLimits& limits = {}) {
  return FromJson<Json>(text, limits);
}

// Between described types and values of any shape; the same rules as through text.
Json ToJsonValue(const TypeInfo& type, const void* value);
template <class T>
Json ToJsonValue(const T& value) {
  return ToJsonValue(TypeOf<T>(), &value);
}
template <class T>
Result<T> FromJsonValue(const Json& json) {
  return FromJson<T>(ToJson(json));
}

// Appends `text` as a JSON string, with quotes. Control characters are escaped; everything else stays UTF-8.
void AppendJsonString(std::string_view text, std::string& out);
// Appends a number as ECMAScript prints it (RFC 8785 section 3.2.2.3), the shortest text that reads back as the same
// double.
void AppendJsonNumber(double number, std::string& out);

}  // namespace privity
