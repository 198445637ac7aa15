// What is known of a service's API, as a pack of the kind `service`: how one signs in, where its records are listed,
// found, changed and deleted, and what their fields mean. HttpConnector reads a store by it; a company adds the file of
// its own service to its data directory, without a program. docs/formats/service-description.md has every member.
//
// Texts of calls may hold {key}, {value}, {user} and {account}: the key of the record, the value that is looked for,
// and what the address of the connection says. They are encoded for the place where they stand.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/type_table.h"
#include "packs/catalog.h"

namespace privity {

inline constexpr std::string_view kServiceKind = "service";

enum class SignInMethod {
  kBearer,  // Authorization: Bearer SECRET
  kBasic,   // Authorization: Basic, `user` and SECRET (RFC 7617)
  kHeader,  // the header `name`
};
PRIVITY_DESCRIBE_ENUM(SignInMethod, kBearer, kBasic, kHeader)

struct ServiceSignIn {
  SignInMethod method = SignInMethod::kBearer;
  std::string name{};
  std::string prefix{};
  std::string user = "{user}";
};
PRIVITY_DESCRIBE(ServiceSignIn, (method, name, prefix, user))
std::vector<FieldNote> FieldNotes(const ServiceSignIn*);

struct ServiceRate {
  int requests = 1;
  int seconds = 1;
};
PRIVITY_DESCRIBE(ServiceRate, (requests, seconds))
std::vector<FieldNote> FieldNotes(const ServiceRate*);

enum class CallEncoding { kJson, kForm };
PRIVITY_DESCRIBE_ENUM(CallEncoding, kJson, kForm)

struct ServiceCall {
  std::string method = "GET";
  std::string path{};
  std::map<std::string, std::string> query{};
  Json body{};  // an object, or null for none
  CallEncoding encoding = CallEncoding::kJson;
  std::string items{};  // of lists and look-ups: where the records stand in the answer; "" for the answer itself
  std::string item{};   // of `get`: where the record stands
  std::string gone{};   // of `get`: where the answer says true when the record was deleted
};
PRIVITY_DESCRIBE(ServiceCall, (method, path, query, body, encoding, items, item, gone))
std::vector<FieldNote> FieldNotes(const ServiceCall*);

enum class PagingStyle {
  kNone,
  kPage,     // the number of the page
  kOffset,   // how many records to leave out
  kCursor,   // a text of the last answer
  kLastKey,  // the key of the last record
  kNextUrl,  // the address of the next page, in the answer
  kLink,     // the same in the header Link, rel="next" (RFC 8288)
};
PRIVITY_DESCRIBE_ENUM(PagingStyle, kNone, kPage, kOffset, kCursor, kLastKey, kNextUrl, kLink)

struct ServicePaging {
  PagingStyle style = PagingStyle::kNone;
  std::string parameter{};       // of page, offset, cursor, last_key
  std::string size_parameter{};  // "" when the service decides
  int size = 0;
  int first_page = 1;
  std::string next{};  // of cursor and next_url: where it stands in the answer
  std::string more{};  // where the answer says whether there is more; "" when it does not
};
PRIVITY_DESCRIBE(ServicePaging, (style, parameter, size_parameter, size, first_page, next, more))
std::vector<FieldNote> FieldNotes(const ServicePaging*);

// A call that answers the records in which a field has a value, or more: what does not have it is left out here. Its
// pages are asked for as those of the list; a POST has one page unless `paging` says otherwise.
struct ServiceLookup {
  std::string field;
  ServiceCall call;
  std::optional<ServicePaging> paging{};
};
PRIVITY_DESCRIBE(ServiceLookup, (field, call, paging))

struct ServiceReference {
  std::string collection;
  std::string field;
};
PRIVITY_DESCRIBE(ServiceReference, (collection, field))

struct ServiceField {
  std::string name;
  std::string from{};    // the path in the record; "" for `name`
  std::string type{};    // as the vendor calls it
  std::string writes{};  // the path under which an update sends it; "": it cannot be changed
  std::optional<ServiceReference> refers_to{};
};
PRIVITY_DESCRIBE(ServiceField, (name, from, type, writes, refers_to))
std::vector<FieldNote> FieldNotes(const ServiceField*);

struct ServiceCollection {
  std::string name;
  std::string key = "id";
  ServiceCall list;
  ServicePaging paging{};
  std::optional<ServiceCall> get{};
  std::vector<ServiceLookup> find{};
  std::optional<ServiceCall> update{};
  std::optional<ServiceCall> deletion{};
  std::vector<ServiceField> fields;
};
PRIVITY_DESCRIBE(ServiceCollection, (name, key, list, paging, get, find, update, deletion, fields))
std::vector<FieldNote> FieldNotes(const ServiceCollection*);

struct ServiceDescription {
  PackHeader pack;
  bool verified = false;  // whether somebody compared it with what the vendor says today
  std::string product{};
  std::string host{};  // "" when every customer has one of their own: then the address names it
  std::string base{};  // what every path begins with
  std::map<std::string, std::string> headers{};
  ServiceSignIn sign_in;
  ServiceCall probe;  // answers only to whoever is signed in, and changes nothing
  std::optional<ServiceRate> rate{};
  std::vector<ServiceCollection> collections;
};
PRIVITY_DESCRIBE(ServiceDescription, (pack, verified, product, host, base, headers, sign_in, probe, rate, collections))
std::vector<FieldNote> FieldNotes(const ServiceDescription*);

// Refuses, besides what the types say: collections and fields that are named twice, a key or a look-up of no field, a
// style of paging without what it needs, an update of nothing, a reference to nothing. packs.invalid with file, line
// and column.
PackKind ServiceKind();

struct ServiceSummary {
  std::string id;
  std::string title;
  bool verified = false;
};
// Those that are in force today, by id.
std::vector<ServiceSummary> ServicesIn(const PackCatalog& packs);

}  // namespace privity
