#include "connect/s3/s3_connector.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "connect/folder/document_text.h"
#include "connect/folder/file_records.h"
#include "connect/internal/address_parts.h"
#include "connect/internal/http_calls.h"
#include "connect/internal/record_values.h"
#include "connect/s3/s3_listing.h"
#include "connect/s3/s3_signature.h"
#include "documents/document.h"

namespace privity {
namespace {

using connect_internal::CheckWritable;
using connect_internal::DeclareTypes;
using connect_internal::DocumentSource;
using connect_internal::DocumentText;
using connect_internal::DocumentTexts;
using connect_internal::EmptyBodyHash;
using connect_internal::FileRecords;
using connect_internal::GuessEncoding;
using connect_internal::HttpOrigin;
using connect_internal::IsDocument;
using connect_internal::IsEncryptedHttp;
using connect_internal::MakeCall;
using connect_internal::ParseS3ErrorCode;
using connect_internal::ParseS3Listing;
using connect_internal::S3Authorization;
using connect_internal::S3Call;
using connect_internal::S3Credentials;
using connect_internal::S3Encode;
using connect_internal::S3Listing;
using connect_internal::S3Object;
using connect_internal::S3Query;
using connect_internal::S3Time;
using connect_internal::SendPatiently;
using connect_internal::TextDecoder;
using connect_internal::TextEncoding;
using connect_internal::TextSource;

constexpr std::size_t kObjectsMax = 200'000;
constexpr std::uint64_t kFirstBytes = 256 << 10;
constexpr std::uint64_t kPieceBytesMax = 4 << 20;

// A part of an object.
struct Piece {
  std::string bytes;
  std::uint64_t object_bytes = 0;
  std::string tag;  // says which state of the object it is of
};

// "1234" of "bytes 0-9/1234".
std::uint64_t SizeOf(std::string_view content_range) {
  const std::string_view digits = content_range.substr(content_range.rfind('/') + 1);
  std::uint64_t size = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), size);
  return size;
}

// Keys that a URL would not carry as they are.
bool IsReachable(std::string_view key) {
  for (std::string_view rest = key;;) {
    const std::string_view segment = rest.substr(0, rest.find('/'));
    if (segment.empty() || segment == "." || segment == "..") return false;
    if (segment.size() == rest.size()) return IsUtf8(key);
    rest.remove_prefix(segment.size() + 1);
  }
}

class S3Connector final : public Connector {
 public:
  S3Connector(const ConnectionUrl& url, const ConnectOptions& options, const Resolver& resolver,
              std::unique_ptr<OutboundHttp> http);

  Result<StoreSheet> Probe() override;
  Result<Description> Describe() override;
  Result<std::int64_t> Estimate(const Collection& collection) override { return files_.Estimate(collection.name.name); }
  Status Sample(const Collection& collection, const SampleLimits& limits, RecordSink& sink) override {
    return files_.Sample(collection.name.name, limits, sink);
  }
  Status Stream(const Collection& collection, const StreamRange&, RecordSink& sink) override {
    return files_.Stream(collection.name.name, sink);
  }
  Status Find(const Collection& collection, const std::vector<FieldValue>& match, std::int64_t records_max,
              RecordSink& sink) override {
    return files_.Find(collection.name.name, match, records_max, sink);
  }
  Result<WriteOutcome> DeleteObject(const Collection& collection) override;

  // Of the object with this name below the prefix. An end behind the object's is its own. connect.changed when `tag` is
  // not empty and no longer the object's.
  Result<Piece> Read(const std::string& name, std::uint64_t begin, std::uint64_t end, const std::string& tag) const;

 private:
  // http or https, by the parameter `sslmode` and where the server is.
  Result<bool> IsEncrypted() const;
  Result<OutboundResponse> Send(S3Call call, const std::string& range, const std::string& place) const;
  // An answer that is not a success, in this room's words.
  Error Failure(const OutboundResponse& answer, const std::string& place) const;
  Result<S3Listing> List(const std::string& next, const char* count) const;
  void Visit(const S3Object& object, Description& description) const;
  Result<std::unique_ptr<TextSource>> Open(const std::string& name) const;
  // A PDF, a Parquet file …, which is read from its beginning to its end before anything is said of it.
  Result<std::shared_ptr<const DocumentText>> Document(const std::string& name) const;
  Result<Bytes> ReadWhole(const std::string& name, const Piece& start) const;
  std::string PathOf(const std::string& name) const { return "/" + bucket_ + "/" + prefix_ + name; }
  Error MakeError(std::string code, std::string place) const {
    return Error(std::move(code), {{"store", label()}, {"place", std::move(place)}});
  }

  const ConnectionUrl url_;
  const ConnectOptions options_;
  const Resolver& resolver_;
  const std::unique_ptr<OutboundHttp> http_;
  const SystemClock clock_;
  S3Credentials credentials_;
  std::string bucket_;
  std::string prefix_;  // "" or ends with "/"
  const FileRecords files_;
  mutable DocumentTexts documents_;
  mutable std::optional<bool> is_encrypted_;  // once it is known
};

// An object as text, in pieces that grow while reading goes on.
class ObjectText final : public TextSource {
 public:
  static Result<std::unique_ptr<TextSource>> Open(const S3Connector& store, const std::string& name) {
    auto text = std::unique_ptr<ObjectText>(new ObjectText(store, name));
    PRIVITY_TRY(text->piece_, store.Read(name, 0, kFirstBytes, ""));
    std::size_t mark_bytes = 0;
    const bool is_whole = text->piece_.bytes.size() == text->piece_.object_bytes;
    text->encoding_ = GuessEncoding(text->piece_.bytes, is_whole, mark_bytes);
    if (text->encoding_ == TextEncoding::kNone) {
      return Error("connect.file_not_read", {{"store", store.label()}, {"place", name}});
    }
    text->offset_ = mark_bytes;
    return std::unique_ptr<TextSource>(std::move(text));
  }

  std::uint64_t size_bytes() const override { return piece_.object_bytes; }
  void Seek(std::uint64_t offset) override {
    const bool is_wide = encoding_ == TextEncoding::kUtf16LittleEndian || encoding_ == TextEncoding::kUtf16BigEndian;
    offset_ = is_wide ? offset & ~std::uint64_t{1} : offset;
    next_bytes_ = kFirstBytes;
    decoder_.Restart();
  }
  Result<bool> Append(std::string& text) override {
    if (offset_ >= piece_.object_bytes) return false;
    if (offset_ < piece_at_ || offset_ >= piece_at_ + piece_.bytes.size()) {
      PRIVITY_TRY(piece_, store_.Read(name_, offset_, offset_ + next_bytes_, piece_.tag));
      piece_at_ = offset_;
      next_bytes_ = std::min(2 * next_bytes_, kPieceBytesMax);
    }
    const std::string_view rest = std::string_view(piece_.bytes).substr(static_cast<std::size_t>(offset_ - piece_at_));
    decoder_.Decode(encoding_, rest, text);
    offset_ += rest.size();
    return !rest.empty();
  }

 private:
  ObjectText(const S3Connector& store, std::string name) : store_(store), name_(std::move(name)) {}

  const S3Connector& store_;
  const std::string name_;
  Piece piece_;
  std::uint64_t piece_at_ = 0;
  std::uint64_t offset_ = 0;
  std::uint64_t next_bytes_ = kFirstBytes;
  TextEncoding encoding_ = TextEncoding::kUtf8;
  TextDecoder decoder_;
};

S3Connector::S3Connector(const ConnectionUrl& url, const ConnectOptions& options, const Resolver& resolver,
                         std::unique_ptr<OutboundHttp> http)
    : Connector(S3Kind(), url.Label()),
      url_(url),
      options_(options),
      resolver_(resolver),
      http_(std::move(http)),
      files_(url.Label(), options, [this](const std::string& name) { return Open(name); }),
      documents_(options.duckdb_library) {
  const std::string region = url.Parameter("region");
  credentials_ = {url.user(), url.password(), region.empty() ? "us-east-1" : region};
  const std::string path = url.path().substr(1);
  bucket_ = path.substr(0, path.find('/'));
  prefix_ = path.substr(std::min(path.size(), bucket_.size() + 1));
  if (!prefix_.empty() && !prefix_.ends_with('/')) prefix_ += '/';
}

Result<std::unique_ptr<TextSource>> S3Connector::Open(const std::string& name) const {
  if (!IsDocument(name)) return ObjectText::Open(*this, name);
  PRIVITY_TRY(auto document, Document(name));
  return std::unique_ptr<TextSource>(std::make_unique<DocumentSource>(std::move(document)));
}

Result<std::shared_ptr<const DocumentText>> S3Connector::Document(const std::string& name) const {
  PRIVITY_TRY(const Piece start, Read(name, 0, kFirstBytes, ""));
  if (std::cmp_greater(start.object_bytes, DocumentLimits().file_bytes_max)) {
    return MakeError("connect.file_not_read", name);
  }
  const std::string state =
      start.tag.empty() ? "" : name + "\n" + std::to_string(start.object_bytes) + "\n" + start.tag;
  auto document = documents_.Get(state, name, options_.stop, [&] { return ReadWhole(name, start); });
  if (!document.ok()) return std::move(document).error().With("store", label());
  return document;
}

Result<Bytes> S3Connector::ReadWhole(const std::string& name, const Piece& start) const {
  Bytes bytes = ToBytes(start.bytes);
  while (bytes.size() < start.object_bytes) {
    if (options_.stop.stop_requested()) return MakeError("connect.cancelled", name);
    PRIVITY_TRY(const Piece piece, Read(name, bytes.size(), bytes.size() + kPieceBytesMax, start.tag));
    if (piece.bytes.empty()) return Error("connect.changed", {{"store", label()}, {"collection", name}});
    const BytesView more = AsBytes(piece.bytes);
    bytes.insert(bytes.end(), more.begin(), more.end());
  }
  return bytes;
}

Result<bool> S3Connector::IsEncrypted() const {
  if (is_encrypted_) return *is_encrypted_;
  PRIVITY_TRY(is_encrypted_, IsEncryptedHttp(url_, url_.host(), options_, resolver_));
  return *is_encrypted_;
}

Result<OutboundResponse> S3Connector::Send(S3Call call, const std::string& range, const std::string& place) const {
  PRIVITY_TRY(const bool is_encrypted, IsEncrypted());
  const std::string origin = HttpOrigin(is_encrypted, url_.host(), url_.port());
  const std::string authority = origin.substr(origin.find("//") + 2);
  call.headers["host"] = authority;
  call.headers["x-amz-date"] = S3Time(clock_.Now());
  call.headers["x-amz-content-sha256"] = EmptyBodyHash();
  const std::string query = S3Query(call.query);
  PRIVITY_TRY(Url url, Url::Parse(origin + S3Encode(call.path, true) + (query.empty() ? "" : "?" + query)));
  OutboundRequest request = MakeCall(std::move(url), options_);
  request.method = call.method;
  request.authorization = S3Authorization(call, credentials_);
  for (const auto& [name, value] : call.headers) {
    if (name != "host") request.headers.push_back({name, value});
  }
  if (!range.empty()) request.headers.push_back({"range", range});
  const OutboundPolicy policy{
      .addresses = options_.addresses, .allow_http = !is_encrypted, .ca_file = options_.ca_file};
  return SendPatiently(*http_, request, policy, options_, label(), place);
}

Error S3Connector::Failure(const OutboundResponse& answer, const std::string& place) const {
  const std::string code = ParseS3ErrorCode(answer.body);
  const bool is_login = code == "SignatureDoesNotMatch" || code == "InvalidAccessKeyId" || code == "ExpiredToken" ||
                        code == "InvalidToken" || answer.status == 401;
  if (is_login) return Error("connect.login", {{"store", label()}});
  if (code == "NoSuchBucket") return Error("connect.database_missing", {{"store", label()}});
  if (answer.status == 404) return MakeError("connect.missing", place);
  if (answer.status == 403 && (code.empty() || code == "AccessDenied")) return MakeError("connect.permission", place);
  if (answer.status == 429 || answer.status == 503) return MakeError("connect.busy", place);
  return MakeError("connect.failed", place).With("reason", code.empty() ? std::to_string(answer.status) : code);
}

Result<S3Listing> S3Connector::List(const std::string& next, const char* count) const {
  S3Call call{.path = "/" + bucket_,
              .query = {{"list-type", "2"}, {"encoding-type", "url"}, {"max-keys", count}},
              .headers = {}};
  if (!prefix_.empty()) call.query["prefix"] = prefix_;
  if (!next.empty()) call.query["continuation-token"] = next;
  PRIVITY_TRY(const OutboundResponse answer, Send(std::move(call), "", bucket_));
  if (answer.status != 200) return Failure(answer, bucket_);
  return ParseS3Listing(answer.body);
}

Result<StoreSheet> S3Connector::Probe() {
  PRIVITY_TRY_VOID(List("", "1"));
  PRIVITY_TRY(const bool is_encrypted, IsEncrypted());
  return StoreSheet{.product = "S3", .version = "2006-03-01", .encrypted = is_encrypted};
}

Result<Description> S3Connector::Describe() {
  Description description;
  std::string next;
  std::size_t seen = 0;
  do {
    if (options_.stop.stop_requested()) return MakeError("connect.cancelled", bucket_);
    PRIVITY_TRY(S3Listing page, List(next, "1000"));
    for (const S3Object& object : page.objects) {
      if (++seen > kObjectsMax) {
        description.unread.push_back(MakeError("connect.too_many", object.key));
        page.next.clear();
        break;
      }
      Visit(object, description);
    }
    // A server that hands out one page for ever is not followed for ever.
    next = page.next == next ? "" : page.next;
  } while (!next.empty());
  std::ranges::sort(description.collections, {}, &Collection::name);
  return description;
}

void S3Connector::Visit(const S3Object& object, Description& description) const {
  const std::string name = object.key.starts_with(prefix_) ? object.key.substr(prefix_.size()) : object.key;
  if (name.empty() || name.ends_with('/')) return;  // what consoles make to show a folder
  if (!IsReachable(object.key)) {
    description.unread.push_back(MakeError("connect.file_not_read", IsUtf8(name) ? name : bucket_));
    return;
  }
  auto collection = files_.Describe(name);
  if (!collection.ok()) return description.unread.push_back(std::move(collection).error());
  if (IsDocument(name)) {
    const auto document = Document(name);
    if (!document.ok()) return description.unread.push_back(document.error());
    DeclareTypes(**document, *collection);
    for (const Error& part : (*document)->unread) description.unread.push_back(Error(part).With("store", label()));
  }
  description.collections.push_back(*std::move(collection));
}

Result<Piece> S3Connector::Read(const std::string& name, std::uint64_t begin, std::uint64_t end,
                                const std::string& tag) const {
  const std::string range = "bytes=" + std::to_string(begin) + "-" + std::to_string(end - 1);
  PRIVITY_TRY(OutboundResponse answer, Send({.path = PathOf(name), .headers = {}}, range, name));
  if (answer.status == 416) return Piece{};  // an empty object has no range
  if (answer.status != 200 && answer.status != 206) return Failure(answer, name);
  Piece piece{.bytes = std::move(answer.body), .tag = std::string(answer.Header("etag").value_or(""))};
  const auto content_range = answer.Header("content-range");
  piece.object_bytes = answer.status == 206 && content_range ? SizeOf(*content_range) : piece.bytes.size();
  const bool is_same = tag.empty() || (piece.tag == tag && answer.status == 206);
  if (!is_same) return Error("connect.changed", {{"store", label()}, {"collection", name}});
  return piece;
}

Result<WriteOutcome> S3Connector::DeleteObject(const Collection& collection) {
  const std::string& name = collection.name.name;
  PRIVITY_TRY_VOID(CheckWritable(options_, label()));
  // Versioning: what is hidden by a mark is still there.
  const auto is_hidden = [](const OutboundResponse& answer) { return answer.Header("x-amz-delete-marker") == "true"; };
  const Error hidden("connect.refused", {{"store", label()}, {"collection", name}, {"constraint", "versioning"}});
  PRIVITY_TRY(const OutboundResponse before, Send({.path = PathOf(name), .headers = {}}, "bytes=0-0", name));
  if (is_hidden(before)) return hidden;
  const bool is_there = before.status == 200 || before.status == 206 || before.status == 416;
  const Error failure = Failure(before, name);
  if (!is_there && failure.Is("connect.missing")) return WriteOutcome::kAlreadyDone;
  if (!is_there) return failure;
  PRIVITY_TRY(const OutboundResponse answer, Send({.method = "DELETE", .path = PathOf(name), .headers = {}}, "", name));
  if (answer.status != 204 && answer.status != 200) return Failure(answer, name);
  if (is_hidden(answer)) return hidden;
  return WriteOutcome::kDone;
}

}  // namespace

std::unique_ptr<Connector> MakeS3Connector(const ConnectionUrl& url, const ConnectOptions& options,
                                           const Resolver& resolver, std::unique_ptr<OutboundHttp> http) {
  return std::make_unique<S3Connector>(url, options, resolver, std::move(http));
}

const ConnectorKind& S3Kind() {
  using namespace connect_internal;
  static const ConnectorKind kind = {
      .name = "S3",
      .title = "connect.kind_s3",
      .schemes = {"s3"},
      .parts = {HostPart(),
                PortPart(),
                {.name = "path", .label = "connect.part_bucket", .help = "connect.part_bucket_help", .needed = true},
                {.name = "user", .label = "connect.part_access_key", .needed = true},
                PasswordPart("connect.part_secret_key"),
                {.name = "region", .label = "connect.part_region", .help = "connect.part_region_help"},
                EncryptionPart()},
      .sheet = {.cannot = {{Capability::kSplit, "connect.cannot_no_parts"},
                           {Capability::kInsert, "connect.cannot_made_elsewhere"},
                           {Capability::kUpdate, "connect.cannot_whole_objects"},
                           {Capability::kDelete, "connect.cannot_whole_objects"},
                           {Capability::kRedact, "connect.cannot_whole_objects"},
                           {Capability::kFlag, "connect.cannot_whole_objects"},
                           {Capability::kGrants, "connect.cannot_grants_hidden"},
                           {Capability::kAccessEvents, "connect.cannot_no_access_log"},
                           {Capability::kCountOlder, "connect.cannot_count_older"},
                           {Capability::kReadCounts, "connect.cannot_no_read_counts"},
                           {Capability::kRestoreMark, "connect.cannot_no_position"}}},
      .open = [](const ConnectionUrl& url, const ConnectOptions& options,
                 const Resolver& resolver) -> Result<std::unique_ptr<Connector>> {
        if (url.host().empty() || url.path().size() < 2) {
          return Error("connect.url_invalid", {{"problem", "no host or no bucket, as in s3://key@host/bucket"}});
        }
        return MakeS3Connector(url, options, resolver, std::make_unique<GuardedHttp>(resolver));
      },
  };
  return kind;
}

}  // namespace privity
