#include "server/route.h"

#include <algorithm>
#include <charconv>

#include "base/text_format.h"
#include "base/utf8.h"
#include "http/conditional.h"
#include "http/content.h"
#include "server/paging.h"

namespace privity {
namespace {

template <class Number>
bool ParseNumber(std::string_view text, Number& number) {
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  return !text.empty() && problem == std::errc() && end == text.data() + text.size();
}

bool FitsInteger(const TypeInfo& type, std::int64_t number) {
  if (type.size_bytes == 8) return type.is_signed || number >= 0;
  const std::int64_t bits = static_cast<std::int64_t>(type.size_bytes) * 8;
  const std::int64_t minimum = type.is_signed ? -(std::int64_t{1} << (bits - 1)) : 0;
  const std::int64_t maximum = type.is_signed ? (std::int64_t{1} << (bits - 1)) - 1 : (std::int64_t{1} << bits) - 1;
  return number >= minimum && number <= maximum;
}

// What a parameter's text was expected to be, when it is not: "" when it is.
std::string_view Parse(const TypeInfo& type, std::string_view text, void* out) {
  switch (type.kind) {
    case TypeKind::kBool:
      *static_cast<bool*>(out) = text == "true";
      return text == "true" || text == "false" ? "" : "true or false";
    case TypeKind::kInt: {
      std::int64_t number = 0;
      if (!ParseNumber(text, number) || !FitsInteger(type, number)) return "a whole number";
      StoreInteger(type, number, out);
      return "";
    }
    case TypeKind::kDouble:
      return ParseNumber(text, *static_cast<double*>(out)) ? "" : "a number";
    case TypeKind::kString:
      *static_cast<std::string*>(out) = text;
      return "";
    case TypeKind::kInstant: {
      const auto instant = ParseInstant(text);
      if (!instant) return "an instant such as 2026-03-10T09:30:00Z";
      *static_cast<Instant*>(out) = *instant;
      return "";
    }
    case TypeKind::kText:
      return type.text->parse(text, out) ? "" : type.name;
    case TypeKind::kEnum: {
      const auto value = ParseEnumerator(type, text);
      if (!value) return "one of the listed words";
      StoreInteger(type, *value, out);
      return "";
    }
    case TypeKind::kOptional:
      return Parse(*type.element, text, type.optional->emplace(out));
    case TypeKind::kVector:
      return Parse(*type.element, text, type.vector->append(out));
    case TypeKind::kBytes:
    case TypeKind::kSecret:
    case TypeKind::kJson:
    case TypeKind::kMap:
    case TypeKind::kStruct:
      break;
  }
  Invariant(false, "a parameter is a plain value, an optional or a list of plain values");
  return "";
}

// The limits of a FieldNote, as base/json.h holds them for members.
std::string_view Breaks(const FieldNote& note, const FieldInfo& field, const void* out, std::string_view text) {
  const TypeInfo& type = field.type->kind == TypeKind::kOptional ? *field.type->element : *field.type;
  if (type.kind == TypeKind::kInt) {
    const void* value = field.type->kind == TypeKind::kOptional ? field.type->optional->get(out) : out;
    const std::int64_t number = LoadInteger(type, value);
    if (note.minimum && number < *note.minimum) return "a larger number";
    if (note.maximum && number > *note.maximum) return "a smaller number";
  }
  if (type.kind == TypeKind::kString) {
    const std::size_t length = CountCharacters(text);
    if (note.min_length && length < *note.min_length) return "a longer text";
    if (note.max_length && length > *note.max_length) return "a shorter text";
  }
  return "";
}

Error Invalid(std::string_view where, std::string_view name, std::string_view expected) {
  return Error("server.parameter_invalid",
               {{"where", std::string(where)}, {"name", std::string(name)}, {"expected", std::string(expected)}});
}

}  // namespace

namespace route_detail {

Status DecodeParameters(const TypeInfo& type, const QueryParameters& parameters, std::string_view where, void* out) {
  const StructInfo& info = type.structure();
  std::vector<bool> seen(info.fields().size(), false);
  for (const auto& [name, text] : parameters) {
    const std::size_t at = info.Find(name);
    if (at == info.fields().size())
      return Error("server.parameter_unknown", {{"where", std::string(where)}, {"name", name}});
    const FieldInfo& field = info.fields()[at];
    if (seen[at] && field.type->kind != TypeKind::kVector) return Invalid(where, field.name, "given once");
    seen[at] = true;
    std::string_view expected = Parse(*field.type, text, field.In(out));
    if (expected.empty() && field.note != nullptr) expected = Breaks(*field.note, field, field.In(out), text);
    if (!expected.empty()) return Invalid(where, field.name, expected);
  }
  for (std::size_t i = 0; i < seen.size(); ++i) {
    const FieldInfo& field = info.fields()[i];
    const bool may_miss = field.type->kind == TypeKind::kOptional || field.type->kind == TypeKind::kVector ||
                          (field.note != nullptr && field.note->defaulted);
    if (!seen[i] && !may_miss) return Invalid(where, field.name, "present");
  }
  return Ok();
}

}  // namespace route_detail

int Route::success_status() const {
  if (info.status != 0) return info.status;
  return answer_kind == AnswerKind::kNothing ? 204 : 200;
}

Result<std::optional<std::int64_t>> CallContext::ExpectedVersion() const {
  const std::string field = request_->headers.Joined("If-Match");
  if (field.empty()) return Error("server.precondition_required");
  const auto condition = ParseEntityTagCondition(field);
  if (condition && condition->any) return std::optional<std::int64_t>();
  std::int64_t version = 0;
  if (!condition || condition->tags.size() != 1 || condition->tags[0].weak ||
      !condition->tags[0].text.starts_with('v') ||
      !ParseNumber(std::string_view(condition->tags[0].text).substr(1), version)) {
    return Error("server.precondition_failed");
  }
  return std::optional<std::int64_t>(version);
}

Result<std::string> CallContext::FileName() const {
  auto name = AttachmentName(request_->headers.Get("Content-Disposition"));
  if (!name) return Error("server.file_name_invalid");
  return *std::move(name);
}

std::vector<FieldNote> PagingNotes() {
  return {{.name = "cursor",
           .description = "Where the page begins: the value in the `Link` to the next page.",
           .max_length = 1024},
          {.name = "limit",
           .description = "How many items a page has at most.",
           .minimum = 1,
           .maximum = kPageLimitMax,
           .defaulted = true}};
}

Result<std::optional<std::string>> PositionOf(const std::optional<std::string>& cursor) {
  if (!cursor) return std::optional<std::string>();
  const auto bytes = Base64UrlDecode(*cursor);
  if (!bytes) return Error("server.cursor_invalid");
  return std::optional<std::string>(AsText(*bytes));
}

std::string CursorAt(std::string_view position) {
  return Base64UrlEncode(AsBytes(position));
}

}  // namespace privity
