#include "connect/mail/maildir_connector.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <functional>
#include <random>

#include "base/durable_file.h"
#include "base/utf8.h"
#include "connect/internal/address_parts.h"
#include "connect/internal/file_grants.h"
#include "connect/internal/record_values.h"
#include "connect/mail/mail_message.h"

namespace privity {
namespace {

using connect_internal::CheckWritable;
using connect_internal::GrantsOfFiles;
using connect_internal::kMessageKey;
using connect_internal::MailCollection;
using connect_internal::MessageHas;
using connect_internal::TakeMessage;
namespace fs = std::filesystem;

constexpr std::size_t kFoldersMax = 100'000;
constexpr int kDepthMax = 64;
constexpr std::size_t kMessageBytesMax = 64 << 20;
constexpr const char* kInbox = "INBOX";
constexpr std::array<const char*, 2> kParts = {"new", "cur"};  // "tmp" holds what is not delivered yet

// "1700000000.M1P2.host" of "1700000000.M1P2.host:2,S".
std::string KeyOfFile(const std::string& file_name) {
  return file_name.substr(0, file_name.find(':'));
}

class MaildirConnector final : public Connector {
 public:
  MaildirConnector(const ConnectionUrl& url, const ConnectOptions& options)
      : Connector(MaildirKind(), url.Label()), root_(url.path()), options_(options) {}

  Result<StoreSheet> Probe() override {
    PRIVITY_TRY_VOID(CheckRoot());
    return StoreSheet{.product = "Maildir", .version = "Maildir++"};
  }
  Result<Description> Describe() override;
  Result<std::int64_t> Estimate(const Collection& collection) override;
  Status Sample(const Collection& collection, const SampleLimits& limits, RecordSink& sink) override;
  Status Stream(const Collection& collection, const StreamRange& range, RecordSink& sink) override;
  Status Find(const Collection& collection, const std::vector<FieldValue>& match, std::int64_t records_max,
              RecordSink& sink) override;
  Result<WriteOutcome> Delete(const Collection& collection, const std::vector<FieldValue>& key,
                              const std::vector<FieldValue>& expected) override;
  Result<StoreGrants> Grants() override;

 private:
  using OnFile = std::function<Result<bool>(const fs::path& path)>;  // false: enough
  struct Content {
    std::string raw;
    bool is_cut = false;
  };

  Status CheckRoot() const;
  void Walk(const fs::path& folder, int depth, Description& description) const;
  fs::path PathOf(const std::string& name) const { return name == kInbox ? root_ : root_ / name; }
  // The files of messages, in the order of the folder.
  Status List(const std::string& name, const OnFile& on_file) const;
  // Nothing when the message went meanwhile.
  Result<std::optional<Content>> Read(const fs::path& path, const std::string& name) const;
  Status TakeFile(const fs::path& path, const std::string& name, std::size_t cell_bytes_max, RecordSink& sink) const;
  Error MakeError(std::string code, std::string place) const {
    return Error(std::move(code), {{"store", label()}, {"place", std::move(place)}});
  }

  const fs::path root_;
  const ConnectOptions options_;
};

bool IsMaildir(const fs::path& folder) {
  std::error_code ignored;
  return fs::is_directory(folder / "cur", ignored) && fs::is_directory(folder / "new", ignored);
}

Status MaildirConnector::CheckRoot() const {
  std::error_code failure;
  if (!fs::is_directory(root_, failure)) return Error("connect.database_missing", {{"store", label()}});
  if (faccessat(AT_FDCWD, root_.c_str(), R_OK | X_OK, AT_EACCESS) == 0) return Ok();
  return MakeError("connect.permission", root_.filename().string());
}

Result<Description> MaildirConnector::Describe() {
  PRIVITY_TRY_VOID(CheckRoot());
  Description description;
  Walk(root_, 0, description);
  std::ranges::sort(description.collections, {}, &Collection::name);
  if (options_.stop.stop_requested()) return MakeError("connect.cancelled", "");
  if (description.collections.empty() && description.unread.empty()) return MakeError("connect.damaged", kInbox);
  return description;
}

void MaildirConnector::Walk(const fs::path& folder, int depth, Description& description) const {
  const std::string name = folder == root_ ? kInbox : folder.lexically_relative(root_).string();
  std::error_code failure;
  fs::directory_iterator entries(folder, failure);
  if (failure || depth > kDepthMax) {
    description.unread.push_back(MakeError(failure ? "connect.permission" : "connect.too_deep", name));
    return;
  }
  const bool is_maildir = IsMaildir(folder);
  if (is_maildir && !IsUtf8(name)) {
    description.unread.push_back(MakeError("connect.encoding", kInbox));
  } else if (is_maildir && description.collections.size() < kFoldersMax) {
    description.collections.push_back(MailCollection(name));
  } else if (is_maildir) {
    description.unread.push_back(MakeError("connect.too_many", name));
    return;
  }
  for (; !failure && entries != fs::directory_iterator(); entries.increment(failure)) {
    if (options_.stop.stop_requested()) return;
    const fs::path& path = entries->path();
    const std::string file_name = path.filename().string();
    const fs::file_type type = entries->symlink_status(failure).type();
    const bool is_part = is_maildir && (file_name == "cur" || file_name == "new" || file_name == "tmp");
    if (type == fs::file_type::symlink) {
      description.unread.push_back(MakeError("connect.link_not_followed", path.lexically_relative(root_).string()));
    } else if (type == fs::file_type::directory && !is_part) {
      Walk(path, depth + 1, description);
    }
  }
  if (failure) description.unread.push_back(MakeError("connect.permission", name));
}

Status MaildirConnector::List(const std::string& name, const OnFile& on_file) const {
  for (const char* part : kParts) {
    std::error_code failure;
    fs::directory_iterator entries(PathOf(name) / part, failure);
    if (failure == std::errc::no_such_file_or_directory) return MakeError("connect.missing", name);
    for (; !failure && entries != fs::directory_iterator(); entries.increment(failure)) {
      if (options_.stop.stop_requested()) return MakeError("connect.cancelled", name);
      if (entries->path().filename().string().starts_with('.')) continue;
      PRIVITY_TRY(const bool goes_on, on_file(entries->path()));
      if (!goes_on) return Ok();
    }
    if (failure) return MakeError("connect.permission", name);
  }
  return Ok();
}

Result<std::optional<MaildirConnector::Content>> MaildirConnector::Read(const fs::path& path,
                                                                        const std::string& name) const {
  auto file = OpenFile(path, O_RDONLY | O_NONBLOCK);
  if (!file.ok() && file.error().Is("base.file_missing")) return std::optional<Content>();
  struct stat status {};
  if (!file.ok() || fstat(file->fd(), &status) != 0 || !S_ISREG(status.st_mode)) {
    return MakeError("connect.permission", name);
  }
  const auto size = std::min(static_cast<std::size_t>(status.st_size), kMessageBytesMax);
  auto bytes = ReadAt(*file, path, 0, size);
  if (!bytes.ok()) return MakeError("connect.permission", name);
  return std::optional(Content{.raw = std::string(AsText(*bytes)),
                               .is_cut = static_cast<std::size_t>(status.st_size) > kMessageBytesMax});
}

Status MaildirConnector::TakeFile(const fs::path& path, const std::string& name, std::size_t cell_bytes_max,
                                  RecordSink& sink) const {
  PRIVITY_TRY(const auto content, Read(path, name));
  if (!content) return Ok();
  return TakeMessage(KeyOfFile(path.filename().string()), content->raw, content->is_cut, cell_bytes_max, sink);
}

Status MaildirConnector::Stream(const Collection& collection, const StreamRange&, RecordSink& sink) {
  const std::string& name = collection.name.name;
  return List(name, [&](const fs::path& path) -> Result<bool> {
    PRIVITY_TRY_VOID(TakeFile(path, name, options_.cell_bytes_max, sink));
    return true;
  });
}

Status MaildirConnector::Find(const Collection& collection, const std::vector<FieldValue>& match,
                              std::int64_t records_max, RecordSink& sink) {
  const std::string& name = collection.name.name;
  const FieldValue* key = connect_internal::ValueOf(match, kMessageKey);
  std::int64_t found = 0;
  return List(name, [&](const fs::path& path) -> Result<bool> {
    const std::string own_key = KeyOfFile(path.filename().string());
    if (key != nullptr && key->value && *key->value != own_key) return true;
    PRIVITY_TRY(const auto content, Read(path, name));
    if (!content || !MessageHas(own_key, content->raw, match)) return true;
    PRIVITY_TRY_VOID(TakeMessage(own_key, content->raw, content->is_cut, options_.cell_bytes_max, sink));
    return ++found < records_max;
  });
}

// Draws names, each as likely as any other (reservoir, by the same lots each time), and then reads those messages.
Status MaildirConnector::Sample(const Collection& collection, const SampleLimits& limits, RecordSink& sink) {
  const std::string& name = collection.name.name;
  std::vector<fs::path> drawn;
  std::minstd_rand lots(1);
  std::uint64_t seen = 0;
  PRIVITY_TRY_VOID(List(name, [&](const fs::path& path) -> Result<bool> {
    ++seen;
    if (std::cmp_less(drawn.size(), limits.records_max)) {
      drawn.push_back(path);
    } else if (const std::uint64_t at = lots() % seen; at < drawn.size()) {
      drawn[at] = path;
    }
    return true;
  }));
  for (const fs::path& path : drawn) {
    if (options_.stop.stop_requested()) return MakeError("connect.cancelled", name);
    PRIVITY_TRY_VOID(TakeFile(path, name, limits.cell_bytes_max, sink));
  }
  return Ok();
}

Result<std::int64_t> MaildirConnector::Estimate(const Collection& collection) {
  std::int64_t messages = 0;
  PRIVITY_TRY_VOID(List(collection.name.name, [&](const fs::path&) -> Result<bool> {
    ++messages;
    return true;
  }));
  return messages;
}

Result<WriteOutcome> MaildirConnector::Delete(const Collection& collection, const std::vector<FieldValue>& key,
                                              const std::vector<FieldValue>& expected) {
  const std::string& name = collection.name.name;
  PRIVITY_TRY_VOID(CheckWritable(options_, label()));
  if (key.size() != 1 || key[0].field != kMessageKey || !key[0].value) {
    return Error("connect.no_key", {{"store", label()}, {"collection", name}});
  }
  std::optional<fs::path> found;
  PRIVITY_TRY_VOID(List(name, [&](const fs::path& path) -> Result<bool> {
    if (KeyOfFile(path.filename().string()) != *key[0].value) return true;
    found = path;
    return false;
  }));
  if (!found) return WriteOutcome::kAlreadyDone;
  PRIVITY_TRY(const auto content, Read(*found, name));
  if (!content || !MessageHas(*key[0].value, content->raw, expected)) {
    // A reader that sets a mark renames the file: it is another try then, not a deletion.
    return Error("connect.changed", {{"store", label()}, {"collection", name}});
  }
  if (!RemoveFileDurably(*found).ok()) return MakeError("connect.permission", name);
  std::error_code ignored;
  if (fs::exists(*found, ignored)) return MakeError("connect.permission", name);
  return WriteOutcome::kDone;
}

Result<StoreGrants> MaildirConnector::Grants() {
  PRIVITY_TRY(const Description description, Describe());
  return GrantsOfFiles(description, [this](const std::string& name) { return PathOf(name) / "cur"; });
}

}  // namespace

const ConnectorKind& MaildirKind() {
  using namespace connect_internal;
  static const ConnectorKind kind = {
      .name = "Maildir",
      .title = "connect.kind_maildir",
      .schemes = {"maildir"},
      .parts = {LocalPathPart()},
      .sheet = MailSheet(
          {{Capability::kSplit, "connect.cannot_one_cursor"}, {Capability::kRestoreMark, "connect.cannot_no_clock"}}),
      .open = [](const ConnectionUrl& url, const ConnectOptions& options,
                 const Resolver&) -> Result<std::unique_ptr<Connector>> {
        if (!url.host().empty() || url.path().empty()) {
          return Error("connect.url_invalid", {{"problem", "no folder, as in maildir:///home/ana/Maildir"}});
        }
        return std::unique_ptr<Connector>(std::make_unique<MaildirConnector>(url, options));
      },
  };
  return kind;
}

}  // namespace privity
