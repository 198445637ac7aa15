// The one reader of described types. A Source hands it the pieces of a document (JSON text, YAML events); the decoder
// knows the type table, the notes and the errors. Instantiated once per Source, in json.cc and yaml.cc.
//
// A Source has:
//   Shape Peek();                              what comes next, without taking it
//   bool TakeNull(); bool TakeBool(bool&);     false, taking nothing, when something else comes
//   bool TakeNumber(std::string_view&);        a number as written; the view lives until the next call
//   bool TakeText(std::string_view&);          a text; the view lives until the next call
//   bool BeginArray(); bool NextElement();     NextElement and NextMember are false at the end, which they take
//   bool BeginObject(); bool NextMember(std::string_view& key);
//   bool failed();                             the document itself is wrong; every call above then answers false
//   Error TakeError();                         why it failed
//   Error AddPlace(Error);                     where the value last taken or looked at stands
#pragma once

#include <algorithm>
#include <bitset>
#include <charconv>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "base/internal/text_rules.h"
#include "base/json.h"
#include "base/type_table.h"
#include "base/utf8.h"

namespace privity::internal {

enum class Shape { kNull, kBool, kNumber, kText, kArray, kObject, kNothing };

enum class Missing { kRefused, kKeepsDefault };

template <class Source>
class Decoder {
 public:
  Decoder(Source& source, Missing missing) : source_(source), missing_(missing) {}

  Status Decode(const TypeInfo& type, void* out, const FieldNote* note = nullptr) {
    if (Value(type, out, note)) return Ok();
    if (source_.failed()) return source_.TakeError();
    std::string path;
    for (auto segment = path_.rbegin(); segment != path_.rend(); ++segment) path += "/" + EscapePointer(*segment);
    return std::move(*error_).With("path", path.empty() ? "/" : path);
  }

 private:
  static constexpr std::size_t kFieldsMax = 256;
  static constexpr std::size_t kFirstRoom = 8;  // most arrays and objects fit without growing

  bool Fail(Error error) {
    if (!error_ && !source_.failed()) error_ = source_.AddPlace(std::move(error));
    return false;
  }
  bool FailAt(std::string_view segment, Error error) {
    Fail(std::move(error));
    return Outward(segment);
  }
  // The path is put together on the way out of an error, so that a good document pays nothing for it.
  bool Outward(std::string_view segment) {
    path_.push_back(ShownName(segment));
    return false;
  }
  bool WrongType(const char* expected) { return Fail(Error("base.value_wrong_type", {{"expected", expected}})); }

  bool Value(const TypeInfo& type, void* out, const FieldNote* note) {
    switch (type.kind) {
      case TypeKind::kBool:
        return source_.TakeBool(*static_cast<bool*>(out)) || WrongType("boolean");
      case TypeKind::kInt:
        return Integer(type, out, note);
      case TypeKind::kDouble:
        return Double(*static_cast<double*>(out), note);
      case TypeKind::kString:
      case TypeKind::kInstant:
      case TypeKind::kBytes:
      case TypeKind::kText:
      case TypeKind::kSecret:
      case TypeKind::kEnum:
        return Text(type, out, note);
      case TypeKind::kJson:
        return Any(*static_cast<Json*>(out));
      case TypeKind::kOptional:
        if (source_.TakeNull()) {
          type.optional->reset(out);
          return true;
        }
        return Value(*type.element, type.optional->emplace(out), note);
      case TypeKind::kVector:
        return Vector(type, out, note);
      case TypeKind::kMap:
        return Map(type, out, note);
      case TypeKind::kStruct:
        return Struct(type.structure(), out);
    }
    return false;
  }

  bool Integer(const TypeInfo& type, void* out, const FieldNote* note) {
    std::string_view digits;
    if (!source_.TakeNumber(digits)) return WrongType("integer");
    if (!type.is_signed && type.size_bytes == 8) {
      std::uint64_t number = 0;
      if (!ParseWhole(digits, number)) return WrongType("integer");
      StoreInteger(type, static_cast<std::int64_t>(number), out);
      return true;
    }
    std::int64_t number = 0;
    if (!ParseWhole(digits, number)) return WrongType("integer");
    const int bits = static_cast<int>(type.size_bytes) * 8;
    const std::int64_t highest =
        static_cast<std::int64_t>(~std::uint64_t{0} >> (64 - bits) >> (type.is_signed ? 1 : 0));
    const std::int64_t lowest = type.is_signed ? -highest - 1 : 0;
    if (!InRange(number, std::max(lowest, note != nullptr ? note->minimum.value_or(lowest) : lowest),
                 std::min(highest, note != nullptr ? note->maximum.value_or(highest) : highest))) {
      return false;
    }
    StoreInteger(type, number, out);
    return true;
  }

  template <class Number>
  static bool ParseWhole(std::string_view digits, Number& number) {
    const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return failure == std::errc() && end == digits.data() + digits.size();
  }

  template <class Number>
  bool InRange(Number number, Number minimum, Number maximum) {
    const auto spell = [](Number limit) { return std::to_string(static_cast<std::int64_t>(limit)); };
    if (number < minimum) return Fail(Error("base.value_too_small", {{"minimum", spell(minimum)}}));
    if (number > maximum) return Fail(Error("base.value_too_large", {{"maximum", spell(maximum)}}));
    return true;
  }

  bool Double(double& out, const FieldNote* note) {
    std::string_view digits;
    if (!source_.TakeNumber(digits)) return WrongType("number");
    const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
    if (failure != std::errc() || end != digits.data() + digits.size() || !std::isfinite(out))
      return WrongType("number");
    if (note == nullptr) return true;
    return InRange(out, note->minimum ? static_cast<double>(*note->minimum) : out,
                   note->maximum ? static_cast<double>(*note->maximum) : out);
  }

  bool LengthFits(std::size_t length, const FieldNote* note) {
    if (note == nullptr) return true;
    if (note->min_length && length < *note->min_length) {
      return Fail(Error("base.value_too_short", {{"minimum", std::to_string(*note->min_length)}}));
    }
    if (note->max_length && length > *note->max_length) {
      return Fail(Error("base.value_too_long", {{"maximum", std::to_string(*note->max_length)}}));
    }
    return true;
  }

  bool Text(const TypeInfo& type, void* out, const FieldNote* note) {
    std::string_view text;
    if (!source_.TakeText(text)) return WrongType("text");
    if (text.find('\0') != std::string_view::npos) return Fail(Error("base.value_wrong_format", {{"format", "text"}}));
    if (note != nullptr && (note->min_length || note->max_length) && !LengthFits(CountCharacters(text), note))
      return false;
    if (note != nullptr && !note->format.empty() && !MatchesTextFormat(note->format, text)) {
      return Fail(Error("base.value_wrong_format", {{"format", std::string(note->format)}}));
    }
    if (auto stored = StoreText(type, text, out); !stored.ok()) return Fail(std::move(stored).error());
    return true;
  }

  bool Vector(const TypeInfo& type, void* out, const FieldNote* note) {
    if (!source_.BeginArray()) return WrongType("array");
    type.vector->clear(out);
    const FieldNote* element_note = note != nullptr && !note->format.empty() ? note : nullptr;
    const FieldNote of_element =
        element_note != nullptr ? FieldNote{.name = note->name, .format = note->format} : FieldNote{};
    std::size_t index = 0;
    for (; source_.NextElement(); ++index) {
      if (!Value(*type.element, type.vector->append(out), element_note != nullptr ? &of_element : nullptr)) {
        return Outward(std::to_string(index));
      }
    }
    return !source_.failed() && LengthFits(index, note);
  }

  bool Map(const TypeInfo& type, void* out, const FieldNote* note) {
    if (!source_.BeginObject()) return WrongType("object");
    type.map->clear(out);
    std::string_view key;
    while (source_.NextMember(key)) {
      void* value = type.map->insert(out, key);
      const std::string name(key);
      if (value == nullptr) return FailAt(name, Error("base.value_repeated"));
      if (name.find('\0') != std::string::npos) return Fail(Error("base.value_wrong_format", {{"format", "text"}}));
      if (!Value(*type.element, value, nullptr)) return Outward(name);
    }
    return !source_.failed() && LengthFits(type.map->size(out), note);
  }

  bool Struct(const StructInfo& info, void* out) {
    Invariant(info.fields().size() <= kFieldsMax, "a described struct has at most 256 members");
    if (!source_.BeginObject()) return WrongType("object");
    std::bitset<kFieldsMax> seen;
    std::string_view key;
    std::size_t next = 0;
    while (source_.NextMember(key)) {
      const std::size_t at = info.Find(key, next);
      if (at == info.fields().size()) {
        return FailAt(key, Error("base.value_unknown_member", {{"nearest", NearestMember(info, key)}}));
      }
      const FieldInfo& field = info.fields()[at];
      if (seen[at]) return FailAt(field.name, Error("base.value_repeated"));
      if (field.note != nullptr && field.note->read_only) return FailAt(field.name, Error("base.value_read_only"));
      if (!Value(*field.type, field.In(out), field.note)) return Outward(field.name);
      seen.set(at);
      next = at + 1;
    }
    return !source_.failed() && NothingMissing(info, seen);
  }

  bool NothingMissing(const StructInfo& info, const std::bitset<kFieldsMax>& seen) {
    if (missing_ == Missing::kKeepsDefault) return true;
    for (std::size_t i = 0; i < info.fields().size(); ++i) {
      const FieldInfo& field = info.fields()[i];
      const bool may_be_missing = field.type->kind == TypeKind::kOptional ||
                                  (field.note != nullptr && (field.note->defaulted || field.note->read_only));
      if (!seen[i] && !may_be_missing) return FailAt(field.name, Error("base.value_missing"));
    }
    return true;
  }

  bool Any(Json& out) {
    switch (source_.Peek()) {
      case Shape::kNull:
        out = Json();
        return source_.TakeNull();
      case Shape::kBool: {
        bool value = false;
        if (!source_.TakeBool(value)) return false;
        out = Json(value);
        return true;
      }
      case Shape::kNumber:
        return AnyNumber(out);
      case Shape::kText: {
        std::string_view text;
        if (!source_.TakeText(text)) return false;
        if (text.find('\0') != std::string_view::npos)
          return Fail(Error("base.value_wrong_format", {{"format", "text"}}));
        out = Json(text);
        return true;
      }
      case Shape::kArray:
        return AnyArray(out);
      case Shape::kObject:
        return AnyObject(out);
      case Shape::kNothing:
        return WrongType("value");
    }
    return false;
  }

  bool AnyNumber(Json& out) {
    std::string_view digits;
    if (!source_.TakeNumber(digits)) return false;
    if (std::int64_t whole = 0; ParseWhole(digits, whole)) {
      out = Json(whole);
      return true;
    }
    double number = 0;
    const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (failure != std::errc() || !std::isfinite(number)) return WrongType("number");
    out = Json(number);
    return true;
  }

  bool AnyArray(Json& out) {
    if (!source_.BeginArray()) return false;
    out = Json::Array();
    Json::Items& items = *out.items();
    items.reserve(kFirstRoom);
    while (source_.NextElement()) {
      if (!Any(items.emplace_back())) return Outward(std::to_string(items.size() - 1));
    }
    return !source_.failed();
  }

  bool AnyObject(Json& out) {
    if (!source_.BeginObject()) return false;
    out = Json::Object();
    Json::Members& members = *out.members();
    members.reserve(kFirstRoom);
    std::string_view key;
    while (source_.NextMember(key)) {
      members.push_back({std::string(key), Json()});
      if (key.find('\0') != std::string_view::npos) return Fail(Error("base.value_wrong_format", {{"format", "text"}}));
      if (!Any(members.back().value)) return Outward(members.back().key);
    }
    return !source_.failed() && NoneRepeated(members);
  }

  bool NoneRepeated(const Json::Members& members) {
    constexpr std::size_t kFew = 12;  // comparing all pairs costs less than sorting up to about here
    if (members.size() <= kFew) {
      for (std::size_t i = 1; i < members.size(); ++i) {
        for (std::size_t k = 0; k < i; ++k) {
          if (members[i].key == members[k].key) return FailAt(members[i].key, Error("base.value_repeated"));
        }
      }
      return true;
    }
    std::vector<std::string_view> keys;
    keys.reserve(members.size());
    for (const auto& member : members) keys.push_back(member.key);
    std::ranges::sort(keys);
    const auto twin = std::ranges::adjacent_find(keys);
    return twin == keys.end() || FailAt(*twin, Error("base.value_repeated"));
  }

  Source& source_;
  Missing missing_;
  std::optional<Error> error_;
  std::vector<std::string> path_;  // innermost first
};

}  // namespace privity::internal
