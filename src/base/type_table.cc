#include "base/type_table.h"

#include <algorithm>
#include <cstring>
#include <numeric>

#include "base/utf8.h"

namespace privity {
namespace {

template <class Narrow>
std::int64_t Load(const void* value) {
  Narrow narrow;
  std::memcpy(&narrow, value, sizeof narrow);
  return static_cast<std::int64_t>(narrow);
}

}  // namespace

StructInfo::StructInfo(std::string_view name, std::vector<FieldInfo> fields, std::vector<FieldNote> notes)
    : name_(name), fields_(std::move(fields)), notes_(std::move(notes)), canonical_order_(fields_.size()) {
  for (const FieldNote& note : notes_) {
    const std::size_t at = Find(note.name);
    Invariant(at < fields_.size(), "a FieldNote names a member that the struct does not describe");
    fields_[at].note = &note;
  }
  std::iota(canonical_order_.begin(), canonical_order_.end(), std::size_t{0});
  std::ranges::sort(canonical_order_, LessByUtf16, [&](std::size_t i) { return fields_[i].name; });
}

std::size_t StructInfo::Find(std::string_view member, std::size_t hint) const {
  if (hint < fields_.size() && fields_[hint].name == member) return hint;
  const auto at = std::ranges::find(fields_, member, &FieldInfo::name);
  return static_cast<std::size_t>(at - fields_.begin());
}

std::int64_t LoadInteger(const TypeInfo& type, const void* value) {
  switch (type.size_bytes) {
    case 1:
      return type.is_signed ? Load<std::int8_t>(value) : Load<std::uint8_t>(value);
    case 2:
      return type.is_signed ? Load<std::int16_t>(value) : Load<std::uint16_t>(value);
    case 4:
      return type.is_signed ? Load<std::int32_t>(value) : Load<std::uint32_t>(value);
    default:
      return Load<std::int64_t>(value);
  }
}

void StoreInteger(const TypeInfo& type, std::int64_t number, void* value) {
  // The low bytes of a two's complement number are the narrower number; little-endian machines have them first.
  static_assert(std::endian::native == std::endian::little);
  std::memcpy(value, &number, type.size_bytes);
}

std::string_view EnumeratorText(const TypeInfo& type, const void* value) {
  const auto& enumerators = type.enumerators();
  const auto at = std::ranges::find(enumerators, LoadInteger(type, value), &Enumerator::value);
  return at == enumerators.end() ? std::string_view() : at->text;
}

Result<std::int64_t> ParseEnumerator(const TypeInfo& type, std::string_view text) {
  const auto& enumerators = type.enumerators();
  const auto at = std::ranges::find(enumerators, text, &Enumerator::text);
  if (at != enumerators.end()) return at->value;
  std::string accepted;
  for (const auto& e : enumerators) accepted += (accepted.empty() ? "" : ", ") + e.text;
  return Error("base.enum_unknown", {{"accepted", accepted}});
}

bool IsSecret(const TypeInfo& type) {
  return type.kind == TypeKind::kSecret || (type.kind == TypeKind::kOptional && IsSecret(*type.element));
}

namespace type_table_detail {

const TextAccess kSecretStringAccess = {nullptr, [](std::string_view text, void* value) {
                                          *static_cast<SecretString*>(value) = SecretString(std::string(text));
                                          return true;
                                        }};

const TextAccess kSecretBytesAccess = {nullptr, [](std::string_view text, void* value) {
                                         auto bytes = Base64Decode(text);
                                         if (!bytes.ok()) return false;
                                         *static_cast<SecretBytes*>(value) = SecretBytes(*std::move(bytes));
                                         return true;
                                       }};

std::string SpellEnumerator(std::string_view name) {
  Invariant(name.size() > 1 && name[0] == 'k', "an enumerator is called kName");
  std::string out;
  for (const char c : name.substr(1)) {
    const bool upper = c >= 'A' && c <= 'Z';
    if (upper && !out.empty()) out += '_';
    out += upper ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out;
}

}  // namespace type_table_detail
}  // namespace privity
