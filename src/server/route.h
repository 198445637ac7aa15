// One route: what it is called, who may call it, and a handler whose types say what goes in and what comes out. From
// the same line come the check of every request, the API document, the command line's verb and the matrix test.
//
//   struct ById { UserId id; };                  PRIVITY_DESCRIBE(ById, (id))
//   table.Add({.method = "GET", .path = "/v1/users/{id}", .id = "users.get", .access =
//   Access::Permission("users.read"),
//              .summary = "One user"},
//             [&people](ReadTx& tx, const Call<ById>& call) -> Result<Reply<User>> {
//               PRIVITY_TRY(User user, people.Get(tx, call.caller(), call.path.id));
//               return Versioned(user, user.version);
//             });
//
// A handler is called with
//   (const Call<Path, Query, Body>&)            and talks to its room, which may block;
//   (ReadTx&, const Call<...>&)                 inside one consistent snapshot;
//   (WriteTx&, const Call<...>&)                inside one transaction: the change, its ledger entry and the answer
//   kept for an
//                                               Idempotency-Key are durable together, or not at all. It may run more
//                                               than once.
// and answers Result<T>, Result<Reply<T>>, Result<Page<T>>, Result<List<T>>, Result<Nothing> or Result<Response>
// (files, event streams). Path, Query and Body are described structs; Nothing where there is none. A handler of the
// first kind that takes a file instead of JSON answers Result<std::unique_ptr<Upload<T>>>.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/bytes.h"
#include "base/json.h"
#include "base/type_table.h"
#include "http/message.h"
#include "http/query.h"
#include "identity/caller.h"
#include "server/access.h"
#include "store/store.h"

namespace privity {

struct Nothing {};
PRIVITY_DESCRIBE(Nothing, ())

struct RouteInfo {
  std::string_view method;
  std::string_view path;  // "/v1/users/{id}": a segment is a text or a whole parameter
  std::string_view id;    // "users.get"; unique; the first word groups the API document
  Access access;
  std::string_view summary;           // a few words, no full stop
  std::string_view description = {};  // sentences
  int status = 0;                     // of success; 0: 204 when nothing is answered, else 200
  std::uint64_t body_bytes_max = 256 * 1024;
  std::string_view media_type = "application/json";  // of the answer; another one with Result<Response>
  std::string_view command = {};    // the command line's words for it, "user show"; empty: made from id; "-": none
  bool needs_version = false;       // refused (428) without If-Match; the handler uses ExpectedVersion()
  bool answers_unrecorded = false;  // says nothing personal and answers while the ledger cannot count it: health
  bool takes_text = false;          // the body is text/plain, read from request().body, and Call's Body is Nothing
  bool inline_thread = false;       // takes microseconds and never blocks (see http/handler.h)
};

// What a handler knows of its request besides the parsed values. Borrowed for the length of the call.
class CallContext {
 public:
  CallContext(const Request& request, const Caller* caller) : request_(&request), caller_(caller) {}

  const Request& request() const { return *request_; }
  // Not on a public route.
  const Caller& caller() const {
    Invariant(caller_ != nullptr, "a public route has no caller");
    return *caller_;
  }
  // The version that the client saw, from If-Match: "v7" → 7; nothing for "*". The room compares it within the
  // transaction. Errors: server.precondition_required (428) without If-Match; server.precondition_failed (412) for a
  // tag that was never ours.
  Result<std::optional<std::int64_t>> ExpectedVersion() const;
  // What the file that arrives is called, from Content-Disposition (RFC 6266). Errors: server.file_name_invalid,
  // without one, too.
  Result<std::string> FileName() const;

 private:
  const Request* request_;
  const Caller* caller_;
};

template <class PathT = Nothing, class QueryT = Nothing, class BodyT = Nothing>
struct Call : CallContext {
  using Path = PathT;
  using Query = QueryT;
  using Body = BodyT;
  explicit Call(const CallContext& context) : CallContext(context) {}
  Path path{};
  Query query{};
  Body body{};
};

// An answer with fields of its own.
template <class T>
struct Reply {
  T value;
  std::optional<std::int64_t> version;  // becomes the ETag "v<version>"
  std::string location;                 // of what was created
  Headers headers;
};
template <class T>
Reply<T> Versioned(T value, std::int64_t version) {
  return {std::move(value), version, {}, {}};
}
template <class T>
Reply<T> CreatedAt(T value, std::string location, std::optional<std::int64_t> version = std::nullopt) {
  return {std::move(value), version, std::move(location), {}};
}

// One page of a list: {"items": [...]} and, when there is more, a Link to the next (RFC 8288). The route's query has
// the members `cursor` and `limit` (server/paging.h).
template <class T>
struct Page {
  std::vector<T> items;
  std::optional<std::string> next;  // where the next page begins; made opaque before it leaves
};

// A list that is short by its nature: {"items": [...]}, all of it.
template <class T>
struct List {
  std::vector<T> items;
};

// Takes a file of any size: the body of a request (application/octet-stream), piece by piece. Calls run on worker
// threads, may block and never overlap; who made it has checked what the caller may. Destroyed without Finish when the
// client went away, the file was too large or a piece could not be kept: then nothing may remain.
template <class T>
class Upload {
 public:
  virtual ~Upload() = default;
  virtual Status Write(BytesView piece) = 0;
  virtual Result<T> Finish() = 0;
};

struct Outcome;

// An Upload of whatever answer.
class RunningUpload {
 public:
  virtual ~RunningUpload() = default;
  virtual Status Write(BytesView piece) = 0;
  virtual Result<Outcome> Finish() = 0;
};

// What a handler answered, before it becomes a response.
struct Outcome {
  std::string json;  // "" for nothing
  std::optional<std::int64_t> version;
  std::string location;
  std::optional<std::string> next;
  Headers headers;
  std::optional<Response> raw;
  std::unique_ptr<RunningUpload> upload;  // the answer comes when the body is there
};

enum class Transaction { kNone, kRead, kWrite };
enum class AnswerKind { kNothing, kValue, kPage, kList, kRaw };

// A request whose values have been parsed, ready to run. `tx` is what the route's Transaction says, or null.
class ParsedCall {
 public:
  virtual ~ParsedCall() = default;
  virtual Result<Outcome> Run(ReadTx* tx) const = 0;
};

struct RouteInputs {
  QueryParameters path;   // by the names in braces
  QueryParameters query;  // in order, may repeat
  std::string_view body;
};

struct Route {
  RouteInfo info;
  Transaction transaction = Transaction::kNone;
  const TypeInfo* path = nullptr;  // null: Nothing
  const TypeInfo* query = nullptr;
  const TypeInfo* body = nullptr;
  const TypeInfo* answer = nullptr;  // of a page or list: of its items
  AnswerKind answer_kind = AnswerKind::kNothing;
  bool answer_has_fields = false;  // Reply<T>: may carry an ETag
  bool takes_upload = false;       // the body is a file, not JSON
  // Errors: server.parameter_invalid and those of base/json.h.
  std::function<Result<std::unique_ptr<ParsedCall>>(const CallContext&, const RouteInputs&)> parse;

  int success_status() const;
  // POST inside a transaction: the only kind whose answer can be kept with its change.
  bool keeps_idempotency_keys() const { return transaction == Transaction::kWrite && info.method == "POST"; }
  bool is_page() const { return answer_kind == AnswerKind::kPage; }
};

namespace route_detail {

// The engines: fill a described struct from texts.
Status DecodeParameters(const TypeInfo& type, const QueryParameters& parameters, std::string_view where, void* out);

template <class T>
constexpr const TypeInfo* TypeOrNull() {
  if constexpr (std::is_same_v<T, Nothing>) {
    return nullptr;
  } else {
    return &TypeOf<T>();
  }
}

template <class T>
struct Answer {
  using Value = T;
  static constexpr AnswerKind kKind = std::is_same_v<T, Nothing> ? AnswerKind::kNothing : AnswerKind::kValue;
  static constexpr bool kHasFields = false;
  static Outcome Encode(T value) {
    Outcome outcome;
    if constexpr (kKind == AnswerKind::kValue) outcome.json = ToJson(value);
    return outcome;
  }
};
template <class T>
struct Answer<Reply<T>> {
  using Value = T;
  static constexpr AnswerKind kKind = Answer<T>::kKind;
  static constexpr bool kHasFields = true;
  static Outcome Encode(Reply<T> reply) {
    Outcome outcome = Answer<T>::Encode(std::move(reply.value));
    outcome.version = reply.version;
    outcome.location = std::move(reply.location);
    outcome.headers = std::move(reply.headers);
    return outcome;
  }
};
template <class T>
struct Answer<Page<T>> {
  using Value = T;
  static constexpr AnswerKind kKind = AnswerKind::kPage;
  static constexpr bool kHasFields = false;
  static Outcome Encode(Page<T> page) {
    Outcome outcome;
    outcome.json = "{\"items\":" + ToJson(page.items) + "}";
    outcome.next = std::move(page.next);
    return outcome;
  }
};
template <class T>
struct Answer<List<T>> {
  using Value = T;
  static constexpr AnswerKind kKind = AnswerKind::kList;
  static constexpr bool kHasFields = false;
  static Outcome Encode(List<T> list) { return Answer<Page<T>>::Encode({std::move(list.items), std::nullopt}); }
};
template <>
struct Answer<Response> {
  using Value = Nothing;
  static constexpr AnswerKind kKind = AnswerKind::kRaw;
  static constexpr bool kHasFields = false;
  static Outcome Encode(Response response) {
    Outcome outcome;
    outcome.raw = std::move(response);
    return outcome;
  }
};

template <class T>
class TypedUpload final : public RunningUpload {
 public:
  explicit TypedUpload(std::unique_ptr<Upload<T>> upload) : upload_(std::move(upload)) {}
  Status Write(BytesView piece) override { return upload_->Write(piece); }
  Result<Outcome> Finish() override {
    Result<T> answer = upload_->Finish();
    if (!answer.ok()) return std::move(answer).error();
    return Answer<T>::Encode(*std::move(answer));
  }

 private:
  const std::unique_ptr<Upload<T>> upload_;
};
template <class T>
struct Answer<std::unique_ptr<Upload<T>>> : Answer<T> {
  static Outcome Encode(std::unique_ptr<Upload<T>> upload) {
    Outcome outcome;
    outcome.upload = std::make_unique<TypedUpload<T>>(std::move(upload));
    return outcome;
  }
};
template <class T>
inline constexpr bool kIsUpload = false;
template <class T>
inline constexpr bool kIsUpload<std::unique_ptr<Upload<T>>> = true;

template <class Fn>
struct Signature : Signature<decltype(&Fn::operator())> {};
template <class Fn, class R, class C>
struct Signature<R (Fn::*)(const C&) const> {
  using CallT = C;
  using AnswerT = Answer<typename R::Value>;
  static constexpr Transaction kTransaction = Transaction::kNone;
  static constexpr bool kTakesUpload = kIsUpload<typename R::Value>;
};
template <class Fn, class R, class C>
struct Signature<R (Fn::*)(ReadTx&, const C&) const> : Signature<R (Fn::*)(const C&) const> {
  static constexpr Transaction kTransaction = Transaction::kRead;
};
template <class Fn, class R, class C>
struct Signature<R (Fn::*)(WriteTx&, const C&) const> : Signature<R (Fn::*)(const C&) const> {
  static constexpr Transaction kTransaction = Transaction::kWrite;
};

template <class Fn>
class TypedCall final : public ParsedCall {
 public:
  using S = Signature<Fn>;
  TypedCall(const Fn& handler, const CallContext& context) : handler_(handler), call_(context) {}

  typename S::CallT& call() { return call_; }

  Result<Outcome> Run(ReadTx* tx) const override {
    if constexpr (S::kTransaction == Transaction::kNone) {
      return Encode(handler_(call_));
    } else if constexpr (S::kTransaction == Transaction::kRead) {
      return Encode(handler_(*tx, call_));
    } else {
      return Encode(handler_(static_cast<WriteTx&>(*tx), call_));
    }
  }

 private:
  template <class R>
  static Result<Outcome> Encode(R result) {
    if (!result.ok()) return std::move(result).error();
    return S::AnswerT::Encode(*std::move(result));
  }
  const Fn& handler_;  // the route's
  typename S::CallT call_;
};

}  // namespace route_detail

template <class Fn>
Route MakeRoute(RouteInfo info, Fn handler) {
  using S = route_detail::Signature<Fn>;
  using C = typename S::CallT;
  static_assert(
      !S::kTakesUpload || (S::kTransaction == Transaction::kNone && std::is_same_v<typename C::Body, Nothing>),
      "a file arrives outside of any transaction, and instead of a JSON body");
  Route route{.info = info,
              .transaction = S::kTransaction,
              .path = route_detail::TypeOrNull<typename C::Path>(),
              .query = route_detail::TypeOrNull<typename C::Query>(),
              .body = route_detail::TypeOrNull<typename C::Body>(),
              .answer = route_detail::TypeOrNull<typename S::AnswerT::Value>(),
              .answer_kind = S::AnswerT::kKind,
              .answer_has_fields = S::AnswerT::kHasFields,
              .takes_upload = S::kTakesUpload,
              .parse = {}};
  route.parse = [handler = std::make_shared<const Fn>(std::move(handler))](
                    const CallContext& context, const RouteInputs& inputs) -> Result<std::unique_ptr<ParsedCall>> {
    auto parsed = std::make_unique<route_detail::TypedCall<Fn>>(*handler, context);
    auto& call = parsed->call();
    if constexpr (!std::is_same_v<typename C::Path, Nothing>) {
      PRIVITY_TRY_VOID(route_detail::DecodeParameters(TypeOf<typename C::Path>(), inputs.path, "path", &call.path));
    }
    if constexpr (!std::is_same_v<typename C::Query, Nothing>) {
      PRIVITY_TRY_VOID(route_detail::DecodeParameters(TypeOf<typename C::Query>(), inputs.query, "query", &call.query));
    } else {
      PRIVITY_TRY_VOID(route_detail::DecodeParameters(TypeOf<Nothing>(), inputs.query, "query", &call.query));
    }
    if constexpr (!std::is_same_v<typename C::Body, Nothing>) {
      PRIVITY_TRY_VOID(DecodeJson(TypeOf<typename C::Body>(), inputs.body, &call.body, JsonLimits{}));
    }
    return std::unique_ptr<ParsedCall>(std::move(parsed));
  };
  return route;
}

}  // namespace privity
