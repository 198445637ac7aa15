#include "connect/folder/folder_connector.h"

#include <fcntl.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <filesystem>
#include <functional>
#include <map>

#include "base/utf8.h"
#include "connect/folder/document_text.h"
#include "connect/folder/file_format.h"
#include "connect/folder/file_records.h"
#include "connect/folder/file_rewrite.h"
#include "connect/folder/text_file.h"
#include "connect/internal/address_parts.h"
#include "connect/internal/file_grants.h"
#include "connect/internal/record_values.h"

namespace privity {
namespace {

using connect_internal::CheckWritable;
using connect_internal::DeclareTypes;
using connect_internal::DocumentSource;
using connect_internal::DocumentText;
using connect_internal::DocumentTexts;
using connect_internal::Encoded;
using connect_internal::EncodingName;
using connect_internal::FileFormat;
using connect_internal::FileReading;
using connect_internal::FileRecords;
using connect_internal::FileRewrite;
using connect_internal::FormatOf;
using connect_internal::GrantsOfFiles;
using connect_internal::HasValues;
using connect_internal::IsDocument;
using connect_internal::TextDecoder;
using connect_internal::TextEncoding;
using connect_internal::TextFile;
using connect_internal::TextSource;
using connect_internal::UnitBytes;
namespace fs = std::filesystem;

constexpr std::size_t kFilesMax = 200'000;
constexpr int kDepthMax = 64;

class FolderConnector final : public Connector {
 public:
  FolderConnector(const ConnectionUrl& url, const ConnectOptions& options)
      : Connector(FolderKind(), url.Label()),
        root_(url.path()),
        key_field_(url.Parameter("key")),
        options_(options),
        files_(url.Label(), options,
               [this](const std::string& name) -> Result<std::unique_ptr<TextSource>> {
                 if (IsDocument(name)) return OpenDocument(name);
                 PRIVITY_TRY(TextFile file, Open(name));
                 return std::unique_ptr<TextSource>(std::make_unique<TextFile>(std::move(file)));
               }),
        documents_(options.duckdb_library) {}

  Result<StoreSheet> Probe() override {
    PRIVITY_TRY_VOID(CheckRoot());
    return StoreSheet{.product = "Folder"};
  }
  Result<Description> Describe() override;
  bool Can(Capability capability, const Collection& collection) const override;
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
  Result<WriteOutcome> Update(const Collection& collection, const std::vector<FieldValue>& key,
                              const std::vector<FieldValue>& expected, const std::vector<FieldValue>& changes) override;
  Result<WriteOutcome> Delete(const Collection& collection, const std::vector<FieldValue>& key,
                              const std::vector<FieldValue>& expected) override;
  Result<WriteOutcome> DeleteObject(const Collection& collection) override;
  Result<StoreGrants> Grants() override;

 private:
  // The one record of a key, in bytes of its file.
  struct FoundRecord {
    bool is_there = false;
    bool is_as_expected = false;
    bool is_as_wanted = false;
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    TextEncoding encoding = TextEncoding::kUtf8;  // of the file
  };
  // What to look for, and what it may be.
  struct RecordWish {
    std::vector<FieldValue> key;
    std::vector<FieldValue> expected;
    std::vector<FieldValue> changes;
  };
  std::vector<std::string> KeyOf(const Collection& collection) const;
  Status CheckKey(const Collection& collection, const std::vector<FieldValue>& key) const;
  Result<FoundRecord> FindRecord(const std::string& name, FileFormat& format, RecordWish wish) const;
  // Errors lack the parameter `store`.
  Result<WriteOutcome> RewriteAll(const Collection& collection, const RecordWish& wish, bool deletes) const;
  Result<WriteOutcome> Rewrite(const Collection& collection, const RecordWish& wish, bool deletes) const;
  Status CheckRoot() const;
  void Walk(const fs::path& folder, int depth, Description& description) const;
  void Visit(const fs::directory_entry& entry, int depth, Description& description) const;
  void VisitLink(const fs::path& path, Description& description) const;
  Result<TextFile> Open(const std::string& name) const {
    auto file = TextFile::Open(root_ / name, name);
    if (!file.ok()) return std::move(file).error().With("store", label());
    return file;
  }
  Result<std::shared_ptr<const DocumentText>> Document(const std::string& name) const {
    auto document = documents_.Get(root_ / name, name, options_.stop);
    if (!document.ok()) return std::move(document).error().With("store", label());
    return document;
  }
  Result<std::unique_ptr<TextSource>> OpenDocument(const std::string& name) const {
    PRIVITY_TRY(auto document, Document(name));
    return std::unique_ptr<TextSource>(std::make_unique<DocumentSource>(std::move(document)));
  }
  // What only the whole of it tells: the types of its columns, and what could not be read.
  void AddDocument(const std::string& name, Collection& collection, Description& description) const;
  std::string Relative(const fs::path& path) const { return path.lexically_relative(root_).string(); }
  Error MakeError(std::string code, std::string place) const {
    return Error(std::move(code), {{"store", label()}, {"place", std::move(place)}});
  }

  const fs::path root_;
  const std::string key_field_;
  const ConnectOptions options_;
  const FileRecords files_;
  mutable DocumentTexts documents_;
};

Status FolderConnector::CheckRoot() const {
  std::error_code failure;
  if (!fs::is_directory(root_, failure)) return Error("connect.database_missing", {{"store", label()}});
  if (faccessat(AT_FDCWD, root_.c_str(), R_OK | X_OK, AT_EACCESS) != 0)
    return MakeError("connect.permission", root_.filename().string());
  return Ok();
}

Result<Description> FolderConnector::Describe() {
  PRIVITY_TRY_VOID(CheckRoot());
  Description description;
  Walk(root_, 0, description);
  std::ranges::sort(description.collections, {}, &Collection::name);
  if (options_.stop.stop_requested()) return MakeError("connect.cancelled", "");
  return description;
}

void FolderConnector::Walk(const fs::path& folder, int depth, Description& description) const {
  std::error_code failure;
  fs::directory_iterator entries(folder, failure);
  if (failure || depth > kDepthMax) {
    description.unread.push_back(MakeError(failure ? "connect.permission" : "connect.too_deep", Relative(folder)));
    return;
  }
  std::vector<fs::directory_entry> sorted;
  for (; !failure && entries != fs::directory_iterator(); entries.increment(failure)) sorted.push_back(*entries);
  if (failure) description.unread.push_back(MakeError("connect.permission", Relative(folder)));
  std::ranges::sort(sorted);
  for (const fs::directory_entry& entry : sorted) {
    if (options_.stop.stop_requested()) return;
    Visit(entry, depth, description);
  }
}

void FolderConnector::Visit(const fs::directory_entry& entry, int depth, Description& description) const {
  const std::string name = Relative(entry.path());
  std::error_code failure;
  const fs::file_type type = entry.symlink_status(failure).type();
  if (type == fs::file_type::symlink) return VisitLink(entry.path(), description);
  if (type == fs::file_type::directory) return Walk(entry.path(), depth + 1, description);
  if (description.collections.size() == kFilesMax) {
    if (description.unread.empty() || !description.unread.back().Is("connect.too_many")) {
      description.unread.push_back(MakeError("connect.too_many", name));
    }
    return;
  }
  Result<Collection> file =
      IsUtf8(name) ? files_.Describe(name) : MakeError("connect.encoding", Relative(entry.path().parent_path()));
  if (file.ok()) {
    file->key = KeyOf(*file);
    if (IsDocument(name)) AddDocument(name, *file, description);
    description.collections.push_back(*std::move(file));
  } else {
    description.unread.push_back(std::move(file).error());
  }
}

// Of a document that was described just now.
void FolderConnector::AddDocument(const std::string& name, Collection& collection, Description& description) const {
  const auto document = Document(name);
  if (!document.ok()) return description.unread.push_back(document.error());
  DeclareTypes(**document, collection);
  for (const Error& part : (*document)->unread) description.unread.push_back(Error(part).With("store", label()));
}

void FolderConnector::VisitLink(const fs::path& path, Description& description) const {
  std::error_code failure;
  const fs::path root = fs::canonical(root_, failure);
  const fs::path target = fs::canonical(path, failure);  // fails for a loop and for a link to nothing
  const bool is_inside =
      !failure && std::mismatch(root.begin(), root.end(), target.begin(), target.end()).first == root.end();
  if (!is_inside) description.unread.push_back(MakeError("connect.link_not_followed", Relative(path)));
}

// A PDF or a letter is read and never written.
bool FolderConnector::Can(Capability capability, const Collection& collection) const {
  constexpr std::array kChanges = {Capability::kUpdate, Capability::kDelete, Capability::kRedact, Capability::kFlag};
  const bool changes = std::ranges::find(kChanges, capability) != kChanges.end();
  return Connector::Can(capability, collection) && !(changes && IsDocument(collection.name.name));
}

// The field that the address names as `key`, else one that is called "id". Lines of text go by what they say.
std::vector<std::string> FolderConnector::KeyOf(const Collection& collection) const {
  if (collection.shape == CollectionShape::kText) {
    return IsDocument(collection.name.name) ? std::vector<std::string>{} : std::vector{collection.fields[0].name};
  }
  const auto found = std::ranges::find_if(collection.fields, [&](const Field& field) {
    return key_field_.empty() ? strcasecmp(field.name.c_str(), "id") == 0 : field.name == key_field_;
  });
  return found == collection.fields.end() ? std::vector<std::string>{} : std::vector{found->name};
}

Status FolderConnector::CheckKey(const Collection& collection, const std::vector<FieldValue>& key) const {
  const bool is_key =
      key.size() == 1 && key[0].value && collection.key.size() == 1 && collection.key[0] == key[0].field;
  if (is_key) return Ok();
  return Error("connect.no_key", {{"store", label()}, {"collection", collection.name.name}});
}

// To the end of the file, for a key that stands there twice names no single record; of lines, which are alike then, the
// first.
Result<FolderConnector::FoundRecord> FolderConnector::FindRecord(const std::string& name, FileFormat& format,
                                                                 RecordWish wish) const {
  PRIVITY_TRY(TextFile file, Open(name));
  // In a table nothing and an empty value are the same.
  for (auto* values : {&wish.expected, &wish.changes}) {
    for (FieldValue& each : *values) {
      if (format.shape() == CollectionShape::kTable) each.value = each.value.value_or("");
    }
  }
  FoundRecord found;
  FileReading reading(file, format, {});
  const auto on_record = [&](Record record) -> Result<bool> {
    if (options_.stop.stop_requested()) return MakeError("connect.cancelled", name);
    if (!HasValues(record, wish.key)) return true;
    if (found.is_there) return Error("connect.no_key", {{"store", label()}, {"collection", name}});
    PRIVITY_TRY(const std::uint64_t begin, file.OffsetOf(reading.record_begin()));
    PRIVITY_TRY(const std::uint64_t end, file.OffsetOf(reading.record_end()));
    found = {.is_there = true,
             .is_as_expected = HasValues(record, wish.expected),
             .is_as_wanted = HasValues(record, wish.changes),
             .begin = begin,
             .end = end,
             .encoding = file.encoding()};
    return format.shape() != CollectionShape::kText;
  };
  PRIVITY_TRY_VOID(reading.Run(on_record, [](std::int64_t, std::string) {}));
  return found;
}

// A record between commas takes one of them along: the one behind it, or behind the last the one before.
Status TakeComma(const FileRewrite& file, std::uint64_t& begin, std::uint64_t& end) {
  constexpr std::uint64_t kBlanksMax = 64 << 10;
  constexpr const char* kBlanks = " \t\r\n";
  PRIVITY_TRY(const std::string behind, file.Read(end, end + kBlanksMax));
  const std::size_t next = behind.find_first_not_of(kBlanks);
  if (next != std::string::npos && behind[next] == ',') {
    const std::size_t following = behind.find_first_not_of(kBlanks, next + 1);
    end += following == std::string::npos ? next + 1 : following;
    return Ok();
  }
  const std::uint64_t from = begin - std::min(begin, kBlanksMax);
  PRIVITY_TRY(const std::string before, file.Read(from, begin));
  const std::size_t last = before.find_last_not_of(kBlanks);
  if (last != std::string::npos && before[last] == ',') begin = from + last;
  return Ok();
}

Result<WriteOutcome> FolderConnector::Rewrite(const Collection& collection, const RecordWish& wish,
                                              bool deletes) const {
  const std::string& name = collection.name.name;
  const auto format = FormatOf(name);
  if (!format) return MakeError("connect.file_not_read", name);
  PRIVITY_TRY(const FileRewrite file, FileRewrite::Begin(root_ / name, name));
  PRIVITY_TRY(FoundRecord found, FindRecord(name, *format, wish));
  const bool is_gone = !found.is_there && (deletes || format->shape() == CollectionShape::kText);
  if (is_gone || (!deletes && found.is_as_wanted)) return WriteOutcome::kAlreadyDone;
  if (!found.is_as_expected) return Error("connect.changed", {{"collection", name}});
  const Error not_in_encoding("connect.refused",
                              {{"collection", name}, {"constraint", std::string(EncodingName(found.encoding))}});
  if (deletes) {
    // JSON is UTF-8 (RFC 8259, 8.1); commas of two bytes are not looked for.
    if (format->has_separators() && UnitBytes(found.encoding) != 1) return not_in_encoding;
    if (format->has_separators()) PRIVITY_TRY_VOID(TakeComma(file, found.begin, found.end));
    PRIVITY_TRY_VOID(file.Replace(found.begin, found.end, ""));
    return WriteOutcome::kDone;
  }
  PRIVITY_TRY(const std::string bytes, file.Read(found.begin, found.end));
  std::string record;
  TextDecoder().Decode(found.encoding, bytes, record);
  // What is broken in it could not be written back as it was.
  if (Encoded(found.encoding, record) != bytes) return not_in_encoding;
  const auto changed = format->WithValues(record, wish.changes);
  if (!changed) return Error("connect.refused", {{"collection", name}, {"constraint", "list"}});
  const auto encoded = Encoded(found.encoding, *changed);
  if (!encoded) return not_in_encoding;
  PRIVITY_TRY_VOID(file.Replace(found.begin, found.end, *encoded));
  return WriteOutcome::kDone;
}

// Of lines that say the same, each.
Result<WriteOutcome> FolderConnector::RewriteAll(const Collection& collection, const RecordWish& wish,
                                                 bool deletes) const {
  PRIVITY_TRY(const WriteOutcome first, Rewrite(collection, wish, deletes));
  WriteOutcome last = first;
  while (last == WriteOutcome::kDone && collection.shape == CollectionShape::kText) {
    PRIVITY_TRY(last, Rewrite(collection, wish, deletes));
  }
  return first;
}

Result<WriteOutcome> FolderConnector::Update(const Collection& collection, const std::vector<FieldValue>& key,
                                             const std::vector<FieldValue>& expected,
                                             const std::vector<FieldValue>& changes) {
  PRIVITY_TRY_VOID(CheckWritable(options_, label()));
  PRIVITY_TRY_VOID(CheckKey(collection, key));
  auto outcome = RewriteAll(collection, {key, expected, changes}, false);
  if (!outcome.ok()) return std::move(outcome).error().With("store", label());
  return outcome;
}

Result<WriteOutcome> FolderConnector::Delete(const Collection& collection, const std::vector<FieldValue>& key,
                                             const std::vector<FieldValue>& expected) {
  PRIVITY_TRY_VOID(CheckWritable(options_, label()));
  PRIVITY_TRY_VOID(CheckKey(collection, key));
  auto outcome = RewriteAll(collection, {key, expected, {}}, true);
  if (!outcome.ok()) return std::move(outcome).error().With("store", label());
  return outcome;
}

Result<WriteOutcome> FolderConnector::DeleteObject(const Collection& collection) {
  PRIVITY_TRY_VOID(CheckWritable(options_, label()));
  const fs::path path = root_ / collection.name.name;
  struct stat status {};
  if (lstat(path.c_str(), &status) != 0 && errno == ENOENT) return WriteOutcome::kAlreadyDone;
  if (!S_ISREG(status.st_mode)) return MakeError("connect.file_not_read", collection.name.name);
  const Status removed = RemoveFileDurably(path);
  if (!removed.ok()) return MakeError("connect.permission", collection.name.name);
  return WriteOutcome::kDone;
}

Result<StoreGrants> FolderConnector::Grants() {
  PRIVITY_TRY(const Description description, Describe());
  return GrantsOfFiles(description, [this](const std::string& name) { return root_ / name; });
}

}  // namespace

const ConnectorKind& FolderKind() {
  using namespace connect_internal;
  static const ConnectorKind kind = {
      .name = "Folder",
      .title = "connect.kind_folder",
      .schemes = {"file"},
      .parts = {LocalPathPart(), {.name = "key", .label = "connect.part_key", .help = "connect.part_key_help"}},
      .sheet = {.cannot = {{Capability::kSplit, "connect.cannot_no_parts"},
                           {Capability::kInsert, "connect.cannot_made_elsewhere"},
                           {Capability::kAccessEvents, "connect.cannot_no_access_log"},
                           {Capability::kCountOlder, "connect.cannot_count_older"},
                           {Capability::kReadCounts, "connect.cannot_no_read_counts"},
                           {Capability::kRestoreMark, "connect.cannot_no_clock"}}},
      .open = [](const ConnectionUrl& url, const ConnectOptions& options,
                 const Resolver&) -> Result<std::unique_ptr<Connector>> {
        if (!url.host().empty() || url.path().empty()) {
          return Error("connect.url_invalid", {{"problem", "no folder, as in file:///srv/exports"}});
        }
        return std::unique_ptr<Connector>(std::make_unique<FolderConnector>(url, options));
      },
  };
  return kind;
}

}  // namespace privity
