#include "connect/http/service_description.h"

#include <algorithm>
#include <set>

#include "base/clock.h"

namespace privity {
namespace {

Date Today() {
  return Date(std::chrono::floor<std::chrono::days>(SystemClock().Now()));
}

bool HasField(const ServiceCollection& collection, const std::string& name) {
  return std::ranges::find(collection.fields, name, &ServiceField::name) != collection.fields.end();
}

Status CheckPaging(const ServicePaging& paging, const std::string& place, const PackPlaces& places) {
  const bool needs_parameter = paging.style == PagingStyle::kPage || paging.style == PagingStyle::kOffset ||
                               paging.style == PagingStyle::kCursor || paging.style == PagingStyle::kLastKey;
  if (needs_parameter && paging.parameter.empty()) return places.Invalid(place, "this style needs `parameter`");
  const bool needs_next = paging.style == PagingStyle::kCursor || paging.style == PagingStyle::kNextUrl;
  if (needs_next && paging.next.empty())
    return places.Invalid(place, "this style needs `next`, its place in the answer");
  if (paging.size > 0 && paging.size_parameter.empty()) {
    return places.Invalid(place + "/size", "`size` needs `size_parameter`, by which the service is told");
  }
  return Ok();
}

Status CheckFields(const ServiceCollection& collection, const std::string& place, const PackPlaces& places,
                   const std::vector<ServiceCollection>& all) {
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < collection.fields.size(); ++i) {
    const ServiceField& field = collection.fields[i];
    const std::string at = place + "/fields/" + std::to_string(i);
    if (!names.insert(field.name).second) return places.Invalid(at + "/name", "a field further up has this name");
    if (!field.refers_to) continue;
    const auto target = std::ranges::find(all, field.refers_to->collection, &ServiceCollection::name);
    if (target == all.end()) return places.Invalid(at + "/refers_to/collection", "no collection has this name");
    if (!HasField(*target, field.refers_to->field)) {
      return places.Invalid(at + "/refers_to/field", "that collection has no such field");
    }
  }
  if (!HasField(collection, collection.key)) return places.Invalid(place + "/key", "no field has this name");
  return Ok();
}

Status CheckCalls(const ServiceCollection& collection, const std::string& place, const PackPlaces& places) {
  for (std::size_t i = 0; i < collection.find.size(); ++i) {
    const std::string at = place + "/find/" + std::to_string(i);
    if (!HasField(collection, collection.find[i].field)) return places.Invalid(at + "/field", "no field has this name");
    if (collection.find[i].paging) PRIVITY_TRY_VOID(CheckPaging(*collection.find[i].paging, at + "/paging", places));
  }
  const bool writes = collection.update || collection.deletion;
  if (writes && !collection.get)
    return places.Invalid(place, "whoever changes a record reads it first: `get` is missing");
  const bool has_writable =
      std::ranges::any_of(collection.fields, [](const ServiceField& field) { return !field.writes.empty(); });
  if (collection.update && !has_writable) return places.Invalid(place + "/update", "no field says what it `writes`");
  return Ok();
}

Status CheckService(const ServiceDescription& service, const PackPlaces& places) {
  if (service.sign_in.method == SignInMethod::kHeader && service.sign_in.name.empty()) {
    return places.Invalid("/sign_in", "this method needs `name`, that of the header");
  }
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < service.collections.size(); ++i) {
    const ServiceCollection& collection = service.collections[i];
    const std::string place = "/collections/" + std::to_string(i);
    if (!names.insert(collection.name).second) {
      return places.Invalid(place + "/name", "a collection further up has this name");
    }
    PRIVITY_TRY_VOID(CheckFields(collection, place, places, service.collections));
    PRIVITY_TRY_VOID(CheckPaging(collection.paging, place + "/paging", places));
    PRIVITY_TRY_VOID(CheckCalls(collection, place, places));
  }
  return Ok();
}

}  // namespace

std::vector<FieldNote> FieldNotes(const ServiceSignIn*) {
  return {{.name = "name", .description = "Of the header.", .defaulted = true},
          {.name = "prefix", .description = "What stands before the secret in the header.", .defaulted = true},
          {.name = "user", .description = "Of basic: what stands before the colon.", .defaulted = true}};
}

std::vector<FieldNote> FieldNotes(const ServiceRate*) {
  return {{.name = "requests", .minimum = 1, .maximum = 100'000}, {.name = "seconds", .minimum = 1, .maximum = 86'400}};
}

std::vector<FieldNote> FieldNotes(const ServiceCall*) {
  return {{.name = "method", .min_length = 3, .max_length = 6, .defaulted = true},
          {.name = "path", .min_length = 1, .max_length = 500},
          {.name = "query", .max_length = 30, .defaulted = true},
          {.name = "body", .defaulted = true},
          {.name = "encoding", .defaulted = true},
          {.name = "items", .defaulted = true},
          {.name = "item", .defaulted = true},
          {.name = "gone", .defaulted = true}};
}

std::vector<FieldNote> FieldNotes(const ServicePaging*) {
  return {{.name = "parameter", .defaulted = true},
          {.name = "size_parameter", .defaulted = true},
          {.name = "size", .minimum = 1, .maximum = 10'000, .defaulted = true},
          {.name = "first_page", .minimum = 0, .maximum = 1, .defaulted = true},
          {.name = "next", .defaulted = true},
          {.name = "more", .defaulted = true}};
}

std::vector<FieldNote> FieldNotes(const ServiceField*) {
  return {{.name = "name", .min_length = 1, .max_length = 200},
          {.name = "from", .defaulted = true},
          {.name = "type", .defaulted = true},
          {.name = "writes", .defaulted = true}};
}

std::vector<FieldNote> FieldNotes(const ServiceCollection*) {
  return {{.name = "name", .min_length = 1, .max_length = 100},
          {.name = "key", .defaulted = true},
          {.name = "paging", .defaulted = true},
          {.name = "find", .max_length = 20, .defaulted = true},
          {.name = "fields", .min_length = 1, .max_length = 500}};
}

std::vector<FieldNote> FieldNotes(const ServiceDescription*) {
  return {{.name = "verified", .description = "Whether it was compared with what the vendor says today."},
          {.name = "product", .min_length = 1, .max_length = 100},
          {.name = "host", .defaulted = true},
          {.name = "base", .defaulted = true},
          {.name = "headers", .max_length = 20, .defaulted = true},
          {.name = "collections", .min_length = 1, .max_length = 100}};
}

PackKind ServiceKind() {
  return MakePackKind<ServiceDescription>(std::string(kServiceKind), CheckService);
}

std::vector<ServiceSummary> ServicesIn(const PackCatalog& packs) {
  std::vector<ServiceSummary> services;
  for (const std::string& id : packs.Ids(kServiceKind)) {
    const auto service = packs.Get<ServiceDescription>(kServiceKind, id, Today());
    if (service.ok()) services.push_back({id, (*service)->pack.title, (*service)->verified});
  }
  return services;
}

}  // namespace privity
