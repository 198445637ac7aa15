// The type table: a struct described once gives its JSON, YAML, columns, configuration and API schema.
//
//   enum class Basis { kConsent, kContract };
//   PRIVITY_DESCRIBE_ENUM(Basis, kConsent, kContract)             // JSON spelling: "consent", "contract"
//
//   struct Purpose { PurposeId id; std::string name; std::optional<Basis> basis; };
//   PRIVITY_DESCRIBE(Purpose, (id, name, basis))
//   inline std::vector<FieldNote> FieldNotes(const Purpose*) {    // optional; directly after the description
//     return {{.name = "name", .description = "What the data is used for.", .min_length = 1, .max_length = 200}};
//   }
//
// Both macros stand at namespace scope, in the namespace of the type, directly after it. Templates only fill the table;
// the engines that read it (json.cc, yaml.cc, ...) are ordinary code, so describing ten structs costs a file little.
//
// A member may be: bool, an integer, double, std::string, Instant, Bytes (base64), Secret<std::string>, Secret<Bytes>,
// Json, a described struct or enum, any class with `static Result<T> Parse(std::string_view)` and `std::string
// ToString() const` (Id<Tag>, Date, EmailAddress...), and std::optional, std::vector or std::map<std::string, ...> of
// those. Anything else does not compile. A Secret is read but never written: encoders leave the member out. Personal<T>
// is refused altogether: whoever discloses personal data reveals it into a struct made for that.
//
// Tables live as long as the program and may be read from many threads.
#pragma once

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <boost/describe/enumerators.hpp>
#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/result.h"
#include "base/secret.h"

namespace privity {

class Json;
struct TypeInfo;

enum class TypeKind : std::uint8_t {
  kBool,
  kInt,  // any width; see size_bytes and is_signed
  kDouble,
  kString,   // std::string, UTF-8
  kInstant,  // RFC 3339 in text, microseconds in columns
  kBytes,    // base64 in text
  kText,     // a class with Parse and ToString
  kSecret,   // Secret<std::string>, or Secret<Bytes> spelled in base64
  kEnum,
  kJson,  // any JSON value
  kOptional,
  kVector,
  kMap,  // std::map<std::string, element>
  kStruct,
};

// What the type alone does not say about a member. Limits are enforced whenever a value is decoded; everything is shown
// in the API schema, the command line's help and `config check`.
struct FieldNote {
  std::string_view name;
  std::string_view description = {};
  std::string_view example = {};
  std::string_view format = {};  // a named form of text, one of base/text_format.h: "email", "uri", "slug"...
  std::optional<std::size_t> min_length = {};  // characters of a text, items of a vector, entries of a map; inclusive
  std::optional<std::size_t> max_length = {};
  std::optional<std::int64_t> minimum = {};  // of a number; inclusive
  std::optional<std::int64_t> maximum = {};
  bool defaulted = false;  // may be missing: then the struct's own default value stands
  bool read_only = false;  // answered, never accepted: a request that carries it is refused
};

struct FieldInfo {
  std::string_view name;
  std::size_t offset = 0;
  const TypeInfo* type = nullptr;
  const FieldNote* note = nullptr;  // null when the member has none

  const void* In(const void* object) const { return static_cast<const std::byte*>(object) + offset; }
  void* In(void* object) const { return static_cast<std::byte*>(object) + offset; }
};

// Not copied: `fields` points into `notes`.
class StructInfo {
 public:
  StructInfo(std::string_view name, std::vector<FieldInfo> fields, std::vector<FieldNote> notes);
  StructInfo(const StructInfo&) = delete;
  StructInfo& operator=(const StructInfo&) = delete;

  std::string_view name() const { return name_; }
  const std::vector<FieldInfo>& fields() const { return fields_; }
  // Positions in `fields` in the order of RFC 8785 (names by UTF-16 code units).
  const std::vector<std::size_t>& canonical_order() const { return canonical_order_; }
  // The position of a member, or fields().size(). `hint` is where it is looked for first.
  std::size_t Find(std::string_view member, std::size_t hint = 0) const;

 private:
  std::string_view name_;
  std::vector<FieldInfo> fields_;
  std::vector<FieldNote> notes_;
  std::vector<std::size_t> canonical_order_;
};

struct Enumerator {
  std::string text;
  std::int64_t value = 0;
};

struct OptionalAccess {
  const void* (*get)(const void* optional);  // null when empty
  void* (*emplace)(void* optional);          // a fresh default value
  void (*reset)(void* optional);
};

struct VectorAccess {
  std::size_t (*size)(const void* vector);
  const void* (*at)(const void* vector, std::size_t index);
  void* (*append)(void* vector);  // a fresh default element; stays valid until the next append
  void (*clear)(void* vector);
};

struct MapAccess {
  std::size_t (*size)(const void* map);
  void (*visit)(const void* map, void* context, void (*each)(void* context, const std::string& key, const void* value));
  void* (*insert)(void* map, std::string_view key);  // a fresh default value; null when the key is there already
  void (*clear)(void* map);
};

struct TextAccess {
  std::string (*format)(const void* value);  // null for a Secret
  bool (*parse)(std::string_view text, void* value);
};

struct TypeInfo {
  TypeKind kind;
  std::string_view name = {};  // struct and enum: as in C++; text: its form, for example "uuid"
  std::size_t size_bytes = 0;  // integers and enums
  bool is_signed = false;
  const TypeInfo* element = nullptr;  // of optional, vector, map
  const OptionalAccess* optional = nullptr;
  const VectorAccess* vector = nullptr;
  const MapAccess* map = nullptr;
  const TextAccess* text = nullptr;
  const StructInfo& (*structure)() = nullptr;
  const std::vector<Enumerator>& (*enumerators)() = nullptr;
};

// Integers and enums of any width, as one.
std::int64_t LoadInteger(const TypeInfo& type, const void* value);
void StoreInteger(const TypeInfo& type, std::int64_t number, void* value);
// The spelling of an enumerator, or "" when the value has no name.
std::string_view EnumeratorText(const TypeInfo& type, const void* value);
// Whether values of this type are left out by encoders: a Secret, or an optional one.
bool IsSecret(const TypeInfo& type);

namespace type_table_detail {

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};
template <class T>
struct IsMap : std::false_type {};
template <class T>
struct IsMap<std::map<std::string, T>> : std::true_type {};

template <class T>
concept HasTextForm = requires(const T& value, std::string_view text) {
  { T::Parse(text) } -> std::same_as<Result<T>>;
  { value.ToString() } -> std::same_as<std::string>;
};
template <class T>
concept Described = boost::describe::has_describe_members<T>::value && !std::is_enum_v<T>;
template <class T>
concept DescribedEnum = std::is_enum_v<T> && boost::describe::has_describe_enumerators<T>::value;
template <class T>
concept HasNotes = requires(const T* type) {
  { FieldNotes(type) } -> std::same_as<std::vector<FieldNote>>;
};

template <class T>
inline constexpr OptionalAccess kOptionalAccess = {
    [](const void* optional) -> const void* {
      const auto& value = *static_cast<const std::optional<T>*>(optional);
      return value ? std::addressof(*value) : nullptr;
    },
    [](void* optional) -> void* { return std::addressof(static_cast<std::optional<T>*>(optional)->emplace()); },
    [](void* optional) { static_cast<std::optional<T>*>(optional)->reset(); }};

template <class T>
inline constexpr VectorAccess kVectorAccess = {
    [](const void* vector) { return static_cast<const std::vector<T>*>(vector)->size(); },
    [](const void* vector, std::size_t index) -> const void* {
      return std::addressof((*static_cast<const std::vector<T>*>(vector))[index]);
    },
    [](void* vector) -> void* { return std::addressof(static_cast<std::vector<T>*>(vector)->emplace_back()); },
    [](void* vector) { static_cast<std::vector<T>*>(vector)->clear(); }};

template <class T>
inline constexpr MapAccess kMapAccess = {
    [](const void* map) { return static_cast<const std::map<std::string, T>*>(map)->size(); },
    [](const void* map, void* context, void (*each)(void*, const std::string&, const void*)) {
      for (const auto& [key, value] : *static_cast<const std::map<std::string, T>*>(map)) {
        each(context, key, std::addressof(value));
      }
    },
    [](void* map, std::string_view key) -> void* {
      const auto [at, fresh] = static_cast<std::map<std::string, T>*>(map)->try_emplace(std::string(key));
      return fresh ? std::addressof(at->second) : nullptr;
    },
    [](void* map) { static_cast<std::map<std::string, T>*>(map)->clear(); }};

template <class T>
inline constexpr TextAccess kTextAccess = {[](const void* value) { return static_cast<const T*>(value)->ToString(); },
                                           [](std::string_view text, void* value) {
                                             auto parsed = T::Parse(text);
                                             if (!parsed.ok()) return false;
                                             *static_cast<T*>(value) = *std::move(parsed);
                                             return true;
                                           }};

extern const TextAccess kSecretStringAccess;
extern const TextAccess kSecretBytesAccess;

template <class T>
constexpr std::string_view TextFormName() {
  if constexpr (requires { T::kTextForm; }) {
    return T::kTextForm;
  } else {
    return "text";
  }
}

std::string SpellEnumerator(std::string_view name);

template <class T>
const std::vector<Enumerator>& EnumeratorsOf() {
  static const std::vector<Enumerator> enumerators = [] {
    std::vector<Enumerator> out;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto d) {
      out.push_back({SpellEnumerator(d.name), static_cast<std::int64_t>(d.value)});
    });
    return out;
  }();
  return enumerators;
}

template <class T>
const StructInfo& StructOf();

template <class T>
consteval TypeInfo MakeTypeInfo();

}  // namespace type_table_detail

template <class T>
inline constexpr TypeInfo kTypeInfo = type_table_detail::MakeTypeInfo<T>();

template <class T>
constexpr const TypeInfo& TypeOf() {
  return kTypeInfo<T>;
}

// The spelling of an enumerator ("in_progress"), and back: base.enum_unknown{accepted}.
template <type_table_detail::DescribedEnum E>
std::string_view EnumText(E value) {
  return EnumeratorText(TypeOf<E>(), &value);
}
Result<std::int64_t> ParseEnumerator(const TypeInfo& type, std::string_view text);
template <type_table_detail::DescribedEnum E>
Result<E> ParseEnum(std::string_view text) {
  PRIVITY_TRY(const std::int64_t value, ParseEnumerator(TypeOf<E>(), text));
  return static_cast<E>(value);
}

namespace type_table_detail {

template <class T>
const StructInfo& StructOf() {
  static const StructInfo info = [] {
    // Offsets come from a real object: described structs are default-constructible.
    const T example{};
    std::vector<FieldInfo> fields;
    boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>([&](auto d) {
      using Member = std::remove_cvref_t<decltype(example.*d.pointer)>;
      const auto* begin = reinterpret_cast<const std::byte*>(std::addressof(example));
      const auto* member = reinterpret_cast<const std::byte*>(std::addressof(example.*d.pointer));
      fields.push_back({d.name, static_cast<std::size_t>(member - begin), &kTypeInfo<Member>, nullptr});
    });
    std::vector<FieldNote> notes;
    if constexpr (HasNotes<T>) notes = FieldNotes(static_cast<const T*>(nullptr));
    return StructInfo(PrivityTypeName(static_cast<const T*>(nullptr)), std::move(fields), std::move(notes));
  }();
  return info;
}

template <class T>
consteval TypeInfo MakeTypeInfo() {
  if constexpr (std::is_same_v<T, bool>) {
    return {.kind = TypeKind::kBool};
  } else if constexpr (std::is_integral_v<T>) {
    return {.kind = TypeKind::kInt, .size_bytes = sizeof(T), .is_signed = std::is_signed_v<T>};
  } else if constexpr (std::is_same_v<T, double>) {
    return {.kind = TypeKind::kDouble};
  } else if constexpr (std::is_same_v<T, std::string>) {
    return {.kind = TypeKind::kString};
  } else if constexpr (std::is_same_v<T, Instant>) {
    return {.kind = TypeKind::kInstant, .name = "date-time"};
  } else if constexpr (std::is_same_v<T, Bytes>) {
    return {.kind = TypeKind::kBytes, .name = "base64"};
  } else if constexpr (std::is_same_v<T, SecretString>) {
    return {.kind = TypeKind::kSecret, .name = "secret", .text = &kSecretStringAccess};
  } else if constexpr (std::is_same_v<T, SecretBytes>) {
    return {.kind = TypeKind::kSecret, .name = "base64", .text = &kSecretBytesAccess};
  } else if constexpr (std::is_same_v<T, Json>) {
    return {.kind = TypeKind::kJson};
  } else if constexpr (IsOptional<T>::value) {
    using Element = typename T::value_type;
    return {.kind = TypeKind::kOptional, .element = &kTypeInfo<Element>, .optional = &kOptionalAccess<Element>};
  } else if constexpr (IsVector<T>::value) {
    using Element = typename T::value_type;
    static_assert(!std::is_same_v<Element, bool>, "std::vector<bool> has no elements to point at");
    static_assert(kTypeInfo<Element>.kind != TypeKind::kSecret, "a Secret stands alone, so that it can be left out");
    return {.kind = TypeKind::kVector, .element = &kTypeInfo<Element>, .vector = &kVectorAccess<Element>};
  } else if constexpr (IsMap<T>::value) {
    using Element = typename T::mapped_type;
    static_assert(kTypeInfo<Element>.kind != TypeKind::kSecret, "a Secret stands alone, so that it can be left out");
    return {.kind = TypeKind::kMap, .element = &kTypeInfo<Element>, .map = &kMapAccess<Element>};
  } else if constexpr (DescribedEnum<T>) {
    return {.kind = TypeKind::kEnum,
            .name = PrivityTypeName(static_cast<const T*>(nullptr)),
            .size_bytes = sizeof(T),
            .is_signed = std::is_signed_v<std::underlying_type_t<T>>,
            .enumerators = &EnumeratorsOf<T>};
  } else if constexpr (HasTextForm<T>) {
    return {.kind = TypeKind::kText, .name = TextFormName<T>(), .text = &kTextAccess<T>};
  } else {
    static_assert(Described<T>,
                  "describe the struct with PRIVITY_DESCRIBE; base/type_table.h lists what a member may be");
    return {
        .kind = TypeKind::kStruct, .name = PrivityTypeName(static_cast<const T*>(nullptr)), .structure = &StructOf<T>};
  }
}

}  // namespace type_table_detail
}  // namespace privity

#define PRIVITY_DESCRIBE_NAME_(Type)                                         \
  [[maybe_unused]] constexpr std::string_view PrivityTypeName(const Type*) { \
    return #Type;                                                            \
  }
#define PRIVITY_DESCRIBE(Struct, members)    \
  BOOST_DESCRIBE_STRUCT(Struct, (), members) \
  PRIVITY_DESCRIBE_NAME_(Struct)
#define PRIVITY_DESCRIBE_ENUM(Enum, ...) \
  BOOST_DESCRIBE_ENUM(Enum, __VA_ARGS__) \
  PRIVITY_DESCRIBE_NAME_(Enum)
