#include "base/json.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>

#include "base/internal/decoder.h"
#include "base/internal/json_source.h"
#include "base/internal/text_rules.h"
#include "base/utf8.h"

namespace privity {
namespace {

// The largest integer that every reader keeps exactly (RFC 8259 section 6, RFC 7493 section 2.2).
constexpr std::int64_t kSafeIntegerMax = (std::int64_t{1} << 53) - 1;

enum class Form { kPlain, kCanonical };

// Writes text straight from memory, without a tree between.
class Writer {
 public:
  explicit Writer(Form form) : form_(form) { out_.reserve(kUsualBytes); }

  void Value(const TypeInfo& type, const void* value);
  void Value(const Json& json);

  std::string TakeText() { return std::move(out_); }
  // The path of the first value that has no canonical form, or "".
  const std::string& problem() const { return problem_; }

 private:
  void Integer(const TypeInfo& type, const void* value);
  void Integer(std::int64_t number);
  void Double(double number);
  void Vector(const TypeInfo& type, const void* vector);
  void Map(const TypeInfo& type, const void* map);
  void Struct(const StructInfo& info, const void* object);
  void Members(const Json::Members& members);
  template <class WriteValue>
  void Member(std::string_view key, bool& first, WriteValue write_value);
  template <class WriteValue>
  void At(std::string_view segment, WriteValue write_value);
  void NotCanonical();

  static constexpr std::size_t kUsualBytes = 480;  // enough for most values, so that they are written without growing

  Form form_;
  std::string out_;
  std::vector<std::string_view> path_;  // only kept for the canonical form
  std::string problem_;
};

void Writer::Value(const TypeInfo& type, const void* value) {
  switch (type.kind) {
    case TypeKind::kBool:
      out_ += *static_cast<const bool*>(value) ? "true" : "false";
      return;
    case TypeKind::kInt:
      return Integer(type, value);
    case TypeKind::kDouble:
      return Double(*static_cast<const double*>(value));
    case TypeKind::kString:
      return AppendJsonString(*static_cast<const std::string*>(value), out_);
    case TypeKind::kEnum:
      return AppendJsonString(EnumeratorText(type, value), out_);
    case TypeKind::kInstant:
    case TypeKind::kBytes:
    case TypeKind::kText:
      return AppendJsonString(internal::FormatText(type, value), out_);
    case TypeKind::kSecret:
      return FailInvariant("a Secret is never written");
    case TypeKind::kJson:
      return Value(*static_cast<const Json*>(value));
    case TypeKind::kOptional:
      if (const void* inside = type.optional->get(value)) return Value(*type.element, inside);
      out_ += "null";
      return;
    case TypeKind::kVector:
      return Vector(type, value);
    case TypeKind::kMap:
      return Map(type, value);
    case TypeKind::kStruct:
      return Struct(type.structure(), value);
  }
}

void Writer::Value(const Json& json) {
  if (const auto* boolean = json.boolean()) {
    out_ += *boolean ? "true" : "false";
  } else if (const auto* integer = json.integer()) {
    Integer(*integer);
  } else if (const auto* text = json.string()) {
    AppendJsonString(*text, out_);
  } else if (const auto* items = json.items()) {
    out_ += '[';
    for (std::size_t i = 0; i < items->size(); ++i) {
      if (i != 0) out_ += ',';
      Value((*items)[i]);
    }
    out_ += ']';
  } else if (const auto* members = json.members()) {
    Members(*members);
  } else if (const auto number = json.number()) {
    Double(*number);
  } else {
    out_ += "null";
  }
}

void Writer::NotCanonical() {
  if (form_ != Form::kCanonical || !problem_.empty()) return;
  for (const std::string_view segment : path_) problem_ += "/" + internal::EscapePointer(internal::ShownName(segment));
  if (problem_.empty()) problem_ = "/";
}

void Writer::Integer(std::int64_t number) {
  if (number > kSafeIntegerMax || number < -kSafeIntegerMax) NotCanonical();
  std::array<char, 24> digits;
  out_.append(digits.data(), std::to_chars(digits.begin(), digits.end(), number).ptr);
}

void Writer::Integer(const TypeInfo& type, const void* value) {
  const std::int64_t number = LoadInteger(type, value);
  if (type.is_signed || number >= 0) return Integer(number);
  NotCanonical();  // an unsigned number above the largest int64
  out_ += std::to_string(static_cast<std::uint64_t>(number));
}

void Writer::Double(double number) {
  if (!std::isfinite(number)) {
    NotCanonical();
    out_ += "null";
    return;
  }
  AppendJsonNumber(number, out_);
}

void Writer::Vector(const TypeInfo& type, const void* vector) {
  out_ += '[';
  const std::size_t size = type.vector->size(vector);
  for (std::size_t i = 0; i < size; ++i) {
    if (i != 0) out_ += ',';
    Value(*type.element, type.vector->at(vector, i));
  }
  out_ += ']';
}

template <class WriteValue>
void Writer::At(std::string_view segment, WriteValue write_value) {
  if (form_ == Form::kCanonical) path_.push_back(segment);
  write_value();
  if (form_ == Form::kCanonical) path_.pop_back();
}

template <class WriteValue>
void Writer::Member(std::string_view key, bool& first, WriteValue write_value) {
  if (!first) out_ += ',';
  first = false;
  AppendJsonString(key, out_);
  out_ += ':';
  At(key, write_value);
}

void Writer::Map(const TypeInfo& type, const void* map) {
  using Entry = std::pair<std::string_view, const void*>;
  std::vector<Entry> entries;
  entries.reserve(type.map->size(map));
  type.map->visit(map, &entries, [](void* context, const std::string& key, const void* value) {
    static_cast<std::vector<Entry>*>(context)->emplace_back(key, value);
  });
  if (form_ == Form::kCanonical) std::ranges::sort(entries, LessByUtf16, &Entry::first);
  bool first = true;
  out_ += '{';
  for (const auto& [key, value] : entries) {
    Member(key, first, [&, inside = value] { Value(*type.element, inside); });
  }
  out_ += '}';
}

void Writer::Struct(const StructInfo& info, const void* object) {
  bool first = true;
  out_ += '{';
  for (std::size_t i = 0; i < info.fields().size(); ++i) {
    const FieldInfo& field = info.fields()[form_ == Form::kCanonical ? info.canonical_order()[i] : i];
    const TypeInfo* type = field.type;
    const void* value = field.In(object);
    if (IsSecret(*type)) continue;
    if (type->kind == TypeKind::kOptional) {
      value = type->optional->get(value);
      if (value == nullptr) continue;
      type = type->element;
    }
    out_ += first ? "\"" : ",\"";
    first = false;
    out_ += field.name;  // an identifier of C++: nothing in it is escaped
    out_ += "\":";
    At(field.name, [&] { Value(*type, value); });
  }
  out_ += '}';
}

void Writer::Members(const Json::Members& members) {
  bool first = true;
  out_ += '{';
  if (form_ == Form::kPlain) {
    for (const auto& member : members) Member(member.key, first, [&] { Value(member.value); });
  } else {
    std::vector<const Json::Member*> order;
    order.reserve(members.size());
    for (const auto& member : members) order.push_back(&member);
    std::ranges::sort(order, LessByUtf16, [](const auto* m) { return std::string_view(m->key); });
    for (const auto* member : order) Member(member->key, first, [&] { Value(member->value); });
  }
  out_ += '}';
}

constexpr bool IsEscaped(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
}

constexpr std::uint64_t EightOf(std::uint64_t byte) {
  return byte * 0x0101'0101'0101'0101;
}

// Whether one of eight bytes is escaped, asked of all eight at once. For a byte below 0x80, `byte - limit` takes the
// top bit exactly when byte < limit, and a byte equals another when their difference is below 1; a borrow can only add
// a false alarm above a byte that is one itself, so the answer for the whole is exact.
bool AnyEscaped(std::uint64_t eight) {
  const auto below = [](std::uint64_t bytes, std::uint64_t limit) { return (bytes - EightOf(limit)) & ~bytes; };
  return ((below(eight, 0x20) | below(eight ^ EightOf('"'), 1) | below(eight ^ EightOf('\\'), 1)) & EightOf(0x80)) != 0;
}

// The position of the first escaped character from `at` on, or the size.
std::size_t FindEscaped(std::string_view text, std::size_t at) {
  for (std::uint64_t eight = 0; at + sizeof eight <= text.size(); at += sizeof eight) {
    std::memcpy(&eight, text.data() + at, sizeof eight);
    if (AnyEscaped(eight)) break;
  }
  while (at < text.size() && !IsEscaped(text[at])) ++at;
  return at;
}

// RFC 8785 section 3.2.2.2: the two-letter escapes where JSON has one, \u00xx for the other control characters.
void AppendEscape(char c, std::string& out) {
  constexpr std::string_view kShort = "\b\f\n\r\t\"\\";
  constexpr std::string_view kNames = "bfnrt\"\\";
  out += '\\';
  if (const std::size_t i = kShort.find(c); i != std::string_view::npos) {
    out += kNames[i];
  } else {
    out += "u00";
    out += c >= 0x10 ? '1' : '0';
    out += "0123456789abcdef"[c & 15];
  }
}

}  // namespace

void AppendJsonString(std::string_view text, std::string& out) {
  out += '"';
  for (std::size_t begin = 0;;) {
    const std::size_t end = FindEscaped(text, begin);
    out.append(text, begin, end - begin);
    if (end == text.size()) break;
    AppendEscape(text[end], out);
    begin = end + 1;
  }
  out += '"';
}

// ECMA-262 Number::toString, radix 10, over the shortest digits that std::to_chars finds.
void AppendJsonNumber(double number, std::string& out) {
  if (number == 0) {
    out += '0';  // minus zero too
    return;
  }
  std::array<char, 32> buffer;
  const char* end = std::to_chars(buffer.begin(), buffer.end(), number, std::chars_format::scientific).ptr;
  std::string_view text(buffer.data(), end);
  if (text.front() == '-') {
    out += '-';
    text.remove_prefix(1);
  }
  const std::size_t e = text.find('e');
  int exponent = 0;
  const char* exponent_begin = text.data() + e + (text[e + 1] == '+' ? 2 : 1);
  std::from_chars(exponent_begin, end, exponent);
  std::string digits(1, text[0]);
  if (e > 2) digits += text.substr(2, e - 2);
  const int count = static_cast<int>(digits.size());
  const int point = exponent + 1;  // how many digits stand before the decimal point
  if (count <= point && point <= 21) {
    out += digits + std::string(static_cast<std::size_t>(point - count), '0');
  } else if (0 < point && point <= 21) {
    out += digits.insert(static_cast<std::size_t>(point), ".");
  } else if (-6 < point && point <= 0) {
    out += "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
  } else {
    if (count > 1) digits.insert(1, ".");
    out += digits + (exponent < 0 ? "e-" : "e+") + std::to_string(std::abs(exponent));
  }
}

std::string EncodeJson(const TypeInfo& type, const void* value) {
  Writer writer(Form::kPlain);
  writer.Value(type, value);
  return writer.TakeText();
}

Result<std::string> EncodeCanonicalJson(const TypeInfo& type, const void* value) {
  Writer writer(Form::kCanonical);
  writer.Value(type, value);
  if (!writer.problem().empty()) return Error("base.json_not_canonical", {{"path", writer.problem()}});
  return writer.TakeText();
}

Status DecodeJson(const TypeInfo& type, std::string_view text, void* out, const JsonLimits& limits) {
  internal::JsonSource source(text, limits);
  internal::Decoder decoder(source, internal::Missing::kRefused);
  PRIVITY_TRY_VOID(decoder.Decode(type, out));
  if (!source.AtEnd()) return source.TakeError();
  return Ok();
}

Json ToJsonValue(const TypeInfo& type, const void* value) {
  auto json = ParseJson(EncodeJson(type, value), {.size_bytes_max = std::string::npos, .depth_max = 1000});
  Invariant(json.ok(), "what EncodeJson writes is JSON: its texts are UTF-8 without U+0000");
  return *std::move(json);
}

// Out of line: Member is complete only here, and every file that includes json.h is spared the variant's code.
Json::Json() = default;
Json::Json(std::nullptr_t) {}
Json::Json(double value) : value_(value) {}
Json::Json(std::string value) : value_(std::move(value)) {}
Json::Json(std::string_view value) : value_(std::string(value)) {}
Json::Json(const char* value) : value_(std::string(value)) {}
Json::Json(Flag flag) : value_(flag.value) {}
Json::Json(Whole whole) : value_(whole.value) {}
Json::Json(const Json&) = default;
Json::Json(Json&&) noexcept = default;
Json& Json::operator=(const Json&) = default;
Json& Json::operator=(Json&&) noexcept = default;
Json::~Json() = default;

Json Json::Object(std::initializer_list<std::pair<std::string_view, Json>> members) {
  Json json;
  json.value_ = Members();
  for (const auto& [key, value] : members) json.Set(key, value);
  return json;
}

Json Json::Array(std::initializer_list<Json> items) {
  return ArrayOf(Items(items));
}

Json Json::ArrayOf(Items items) {
  Json json;
  json.value_ = std::move(items);
  return json;
}

std::optional<double> Json::number() const {
  if (const auto* whole = integer()) return static_cast<double>(*whole);
  if (const auto* fraction = std::get_if<double>(&value_)) return *fraction;
  return std::nullopt;
}

const Json* Json::Find(std::string_view key) const {
  const Members* all = members();
  if (all == nullptr) return nullptr;
  const auto at = std::ranges::find(*all, key, &Member::key);
  return at == all->end() ? nullptr : &at->value;
}

const Json& Json::operator[](std::string_view key) const {
  static const Json null;
  const Json* found = Find(key);
  return found != nullptr ? *found : null;
}

const Json* Json::At(std::string_view pointer) const {
  const Json* at = this;
  while (!pointer.empty() && at != nullptr) {
    if (pointer.front() != '/') return nullptr;
    pointer.remove_prefix(1);
    const std::string_view token = pointer.substr(0, pointer.find('/'));
    pointer.remove_prefix(token.size());
    if (const Items* list = at->items()) {
      std::size_t index = 0;
      const auto [end, failure] = std::from_chars(token.data(), token.data() + token.size(), index);
      const bool whole = failure == std::errc() && end == token.data() + token.size();
      at = whole && index < list->size() ? &(*list)[index] : nullptr;
    } else if (const Members* all = at->members()) {
      const auto found =
          std::ranges::find_if(*all, [&](const Member& m) { return internal::EscapePointer(m.key) == token; });
      at = found == all->end() ? nullptr : &found->value;
    } else {
      at = nullptr;
    }
  }
  return at;
}

std::string Json::StringOr(std::string_view fallback) const {
  return std::string(string() != nullptr ? *string() : fallback);
}
std::int64_t Json::IntegerOr(std::int64_t fallback) const {
  return integer() != nullptr ? *integer() : fallback;
}
bool Json::BooleanOr(bool fallback) const {
  return boolean() != nullptr ? *boolean() : fallback;
}

Json& Json::Set(std::string_view key, Json value) {
  if (is_null()) value_ = Members();
  Members* all = members();
  Invariant(all != nullptr, "only an object has members");
  const auto at = std::ranges::find(*all, key, &Member::key);
  if (at != all->end()) {
    at->value = std::move(value);
  } else {
    all->push_back({std::string(key), std::move(value)});
  }
  return *this;
}

Json& Json::Push(Json value) {
  if (is_null()) value_ = Items();
  Invariant(items() != nullptr, "only an array has items");
  items()->push_back(std::move(value));
  return *this;
}

bool Json::Remove(std::string_view key) {
  Members* all = members();
  return all != nullptr && std::erase_if(*all, [&](const Member& member) { return member.key == key; }) != 0;
}

bool Json::operator==(const Json& other) const {
  const Members* mine = members();
  const Members* theirs = other.members();
  if (mine == nullptr || theirs == nullptr) return value_ == other.value_;
  return mine->size() == theirs->size() && std::ranges::all_of(*mine, [&](const Member& member) {
           const Json* value = other.Find(member.key);
           return value != nullptr && *value == member.value;
         });
}

}  // namespace privity
