#include "connect/mail/mbox_connector.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <random>

#include "base/utf8.h"
#include "connect/folder/file_rewrite.h"
#include "connect/internal/address_parts.h"
#include "connect/internal/file_grants.h"
#include "connect/internal/record_values.h"
#include "connect/mail/mail_message.h"
#include "connect/mail/mbox_file.h"

namespace privity {
namespace {

using connect_internal::CheckWritable;
using connect_internal::FileRewrite;
using connect_internal::GrantsOfFiles;
using connect_internal::kMessageKey;
using connect_internal::MailCollection;
using connect_internal::MailKey;
using connect_internal::MboxFile;
using connect_internal::MessageHas;
using connect_internal::TakeMessage;
namespace fs = std::filesystem;

constexpr std::size_t kFilesMax = 200'000;
constexpr int kDepthMax = 64;
// A file up to this size is sampled from all of its messages; of a larger one, messages at even distances are read.
constexpr std::uint64_t kSampleWholeBytes = 64 << 20;
constexpr std::uint64_t kEstimateBytes = 1 << 20;

// The locks of programs that deliver mail, except for flock, which FileRewrite takes. Held as long as this lives.
class MailLocks {
 public:
  // connect.busy, connect.permission, connect.missing; without the parameter `store`.
  static Result<MailLocks> Take(const fs::path& path, const std::string& place) {
    MailLocks locks;
    const fs::path beside = path.string() + ".lock";
    auto made = OpenFile(beside, O_WRONLY | O_CREAT | O_EXCL, 0600);
    if (!made.ok()) return Error(fs::exists(beside) ? "connect.busy" : "connect.permission", {{"place", place}});
    locks.beside_ = beside;
    auto opened = OpenFile(path, O_RDWR);
    if (!opened.ok()) {
      const bool is_missing = opened.error().Is("base.file_missing");
      return Error(is_missing ? "connect.missing" : "connect.permission", {{"place", place}});
    }
    locks.file_ = *std::move(opened);
    struct flock whole {};
    whole.l_type = F_WRLCK;
    whole.l_whence = SEEK_SET;
    if (fcntl(locks.file_.fd(), F_OFD_SETLK, &whole) != 0) return Error("connect.busy", {{"place", place}});
    return locks;
  }
  MailLocks(MailLocks&& other) noexcept
      : beside_(std::exchange(other.beside_, fs::path())), file_(std::move(other.file_)) {}
  MailLocks& operator=(MailLocks&&) = delete;
  ~MailLocks() {
    if (!beside_.empty()) unlink(beside_.c_str());
  }

 private:
  MailLocks() = default;
  fs::path beside_;
  FileHandle file_;
};

class MboxConnector final : public Connector {
 public:
  MboxConnector(const ConnectionUrl& url, const ConnectOptions& options)
      : Connector(MboxKind(), url.Label()), root_(url.path()), options_(options) {}

  Result<StoreSheet> Probe() override {
    PRIVITY_TRY_VOID(CheckRoot());
    return StoreSheet{.product = "mbox", .version = "RFC 4155"};
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
  using OnMessage = std::function<Result<bool>(const MboxFile::Message&, const std::string& raw)>;  // false: enough

  Status CheckRoot() const;
  void Walk(const fs::path& folder, int depth, Description& description) const;
  void Visit(const fs::path& path, Description& description) const;
  fs::path PathOf(const std::string& name) const { return IsFolder() ? root_ / name : root_; }
  bool IsFolder() const {
    std::error_code ignored;
    return fs::is_directory(root_, ignored);
  }
  std::string Relative(const fs::path& path) const { return path.lexically_relative(root_).string(); }
  Result<MboxFile> Open(const std::string& name) const {
    auto file = MboxFile::Open(PathOf(name), name);
    if (!file.ok()) return std::move(file).error().With("store", label());
    return file;
  }
  Status Read(const std::string& name, const OnMessage& on_message) const;
  Status SampleWhole(const std::string& name, const SampleLimits& limits, RecordSink& sink) const;
  // One copy of the message; kAlreadyDone when there is none. Errors lack the parameter `store`.
  Result<WriteOutcome> DeleteOne(const std::string& name, const std::string& key,
                                 const std::vector<FieldValue>& expected) const;
  Error MakeError(std::string code, std::string place) const {
    return Error(std::move(code), {{"store", label()}, {"place", std::move(place)}});
  }

  const fs::path root_;
  const ConnectOptions options_;
};

Status MboxConnector::CheckRoot() const {
  std::error_code failure;
  const fs::file_type type = fs::status(root_, failure).type();
  if (type != fs::file_type::directory && type != fs::file_type::regular) {
    return Error("connect.database_missing", {{"store", label()}});
  }
  const int wanted = type == fs::file_type::directory ? R_OK | X_OK : R_OK;
  if (faccessat(AT_FDCWD, root_.c_str(), wanted, AT_EACCESS) == 0) return Ok();
  return MakeError("connect.permission", root_.filename().string());
}

Result<Description> MboxConnector::Describe() {
  PRIVITY_TRY_VOID(CheckRoot());
  Description description;
  if (IsFolder()) {
    Walk(root_, 0, description);
  } else {
    Visit(root_, description);
  }
  std::ranges::sort(description.collections, {}, &Collection::name);
  if (options_.stop.stop_requested()) return MakeError("connect.cancelled", "");
  return description;
}

void MboxConnector::Walk(const fs::path& folder, int depth, Description& description) const {
  std::error_code failure;
  fs::directory_iterator entries(folder, failure);
  if (failure || depth > kDepthMax) {
    description.unread.push_back(MakeError(failure ? "connect.permission" : "connect.too_deep", Relative(folder)));
    return;
  }
  for (; !failure && entries != fs::directory_iterator(); entries.increment(failure)) {
    if (options_.stop.stop_requested()) return;
    const fs::path& path = entries->path();
    const fs::file_type type = entries->symlink_status(failure).type();
    if (type == fs::file_type::symlink) {
      description.unread.push_back(MakeError("connect.link_not_followed", Relative(path)));
    } else if (type == fs::file_type::directory) {
      Walk(path, depth + 1, description);
    } else if (path.extension() != ".lock") {
      Visit(path, description);
    }
  }
  if (failure) description.unread.push_back(MakeError("connect.permission", Relative(folder)));
}

void MboxConnector::Visit(const fs::path& path, Description& description) const {
  const std::string name = path == root_ ? path.filename().string() : Relative(path);
  if (description.collections.size() == kFilesMax) {
    const bool is_said = !description.unread.empty() && description.unread.back().Is("connect.too_many");
    if (!is_said) description.unread.push_back(MakeError("connect.too_many", name));
    return;
  }
  if (!IsUtf8(name)) {
    description.unread.push_back(MakeError("connect.encoding", Relative(path.parent_path())));
    return;
  }
  auto file = MboxFile::Open(path, name);
  if (file.ok()) {
    description.collections.push_back(MailCollection(name));
  } else {
    description.unread.push_back(std::move(file).error().With("store", label()));
  }
}

Status MboxConnector::Read(const std::string& name, const OnMessage& on_message) const {
  PRIVITY_TRY(MboxFile file, Open(name));
  MboxFile::Message message;
  std::string raw;
  while (true) {
    if (options_.stop.stop_requested()) return MakeError("connect.cancelled", name);
    PRIVITY_TRY(const bool is_there, file.Next(message, raw));
    if (!is_there) return Ok();
    PRIVITY_TRY(const bool goes_on, on_message(message, raw));
    if (!goes_on) return Ok();
  }
}

Status MboxConnector::Stream(const Collection& collection, const StreamRange&, RecordSink& sink) {
  return Read(collection.name.name, [&](const MboxFile::Message& message, const std::string& raw) -> Result<bool> {
    PRIVITY_TRY_VOID(TakeMessage(MailKey(raw), raw, message.is_cut, options_.cell_bytes_max, sink));
    return true;
  });
}

Status MboxConnector::Find(const Collection& collection, const std::vector<FieldValue>& match, std::int64_t records_max,
                           RecordSink& sink) {
  std::int64_t found = 0;
  return Read(collection.name.name, [&](const MboxFile::Message& message, const std::string& raw) -> Result<bool> {
    const std::string key = MailKey(raw);
    if (!MessageHas(key, raw, match)) return true;
    PRIVITY_TRY_VOID(TakeMessage(key, raw, message.is_cut, options_.cell_bytes_max, sink));
    return ++found < records_max;
  });
}

// Twice through the file: first to draw messages, each as likely as any other (reservoir), then to read them.
Status MboxConnector::SampleWhole(const std::string& name, const SampleLimits& limits, RecordSink& sink) const {
  std::vector<std::int64_t> drawn;
  std::minstd_rand lots(1);
  std::int64_t seen = 0;
  PRIVITY_TRY_VOID(Read(name, [&](const MboxFile::Message&, const std::string&) -> Result<bool> {
    const std::int64_t number = seen++;
    if (std::cmp_less(drawn.size(), limits.records_max)) {
      drawn.push_back(number);
    } else if (const auto at = static_cast<std::int64_t>(lots() % static_cast<std::uint64_t>(seen));
               at < limits.records_max) {
      drawn[static_cast<std::size_t>(at)] = number;
    }
    return true;
  }));
  std::ranges::sort(drawn);
  auto next = drawn.begin();
  std::int64_t number = 0;
  return Read(name, [&](const MboxFile::Message& message, const std::string& raw) -> Result<bool> {
    if (next == drawn.end()) return false;
    if (number++ != *next) return true;
    ++next;
    PRIVITY_TRY_VOID(TakeMessage(MailKey(raw), raw, message.is_cut, limits.cell_bytes_max, sink));
    return true;
  });
}

Status MboxConnector::Sample(const Collection& collection, const SampleLimits& limits, RecordSink& sink) {
  const std::string& name = collection.name.name;
  PRIVITY_TRY(MboxFile file, Open(name));
  if (file.size_bytes() <= kSampleWholeBytes) return SampleWhole(name, limits, sink);
  const auto steps = static_cast<std::uint64_t>(limits.records_max);
  std::uint64_t behind = 0;
  for (std::uint64_t step = 0; step < steps; ++step) {
    if (options_.stop.stop_requested()) return MakeError("connect.cancelled", name);
    const std::uint64_t offset = file.size_bytes() / steps * step;
    if (offset < behind) continue;
    PRIVITY_TRY_VOID(file.Seek(offset));
    MboxFile::Message message;
    std::string raw;
    PRIVITY_TRY(const bool is_there, file.Next(message, raw));
    if (!is_there) return Ok();
    behind = message.end;
    PRIVITY_TRY_VOID(TakeMessage(MailKey(raw), raw, message.is_cut, limits.cell_bytes_max, sink));
  }
  return Ok();
}

// By the size of the file and of the messages at its start.
Result<std::int64_t> MboxConnector::Estimate(const Collection& collection) {
  PRIVITY_TRY(MboxFile file, Open(collection.name.name));
  std::int64_t messages = 0;
  MboxFile::Message message;
  std::string raw;
  while (message.end < kEstimateBytes) {
    PRIVITY_TRY(const bool is_there, file.Next(message, raw));
    if (!is_there) return messages;
    ++messages;
  }
  return static_cast<std::int64_t>(static_cast<double>(messages) * static_cast<double>(file.size_bytes()) /
                                   static_cast<double>(message.end));
}

Result<WriteOutcome> MboxConnector::DeleteOne(const std::string& name, const std::string& key,
                                              const std::vector<FieldValue>& expected) const {
  const fs::path path = PathOf(name);
  PRIVITY_TRY(const MailLocks locks, MailLocks::Take(path, name));
  PRIVITY_TRY(const FileRewrite file, FileRewrite::Begin(path, name));
  std::optional<MboxFile::Message> found;
  PRIVITY_TRY_VOID(Read(name, [&](const MboxFile::Message& message, const std::string& raw) -> Result<bool> {
    if (MailKey(raw) != key) return true;
    if (!MessageHas(key, raw, expected)) return Error("connect.changed", {{"collection", name}});
    found = message;
    return true;
  }));
  if (!found) return WriteOutcome::kAlreadyDone;
  PRIVITY_TRY_VOID(file.Replace(found->begin, found->end, ""));
  return WriteOutcome::kDone;
}

Result<WriteOutcome> MboxConnector::Delete(const Collection& collection, const std::vector<FieldValue>& key,
                                           const std::vector<FieldValue>& expected) {
  const std::string& name = collection.name.name;
  PRIVITY_TRY_VOID(CheckWritable(options_, label()));
  if (key.size() != 1 || key[0].field != kMessageKey || !key[0].value) {
    return Error("connect.no_key", {{"store", label()}, {"collection", name}});
  }
  WriteOutcome outcome = WriteOutcome::kAlreadyDone;
  while (true) {
    auto one = DeleteOne(name, *key[0].value, expected);
    if (!one.ok()) return std::move(one).error().With("store", label());
    if (*one == WriteOutcome::kAlreadyDone) return outcome;
    outcome = WriteOutcome::kDone;
  }
}

Result<StoreGrants> MboxConnector::Grants() {
  PRIVITY_TRY(const Description description, Describe());
  return GrantsOfFiles(description, [this](const std::string& name) { return PathOf(name); });
}

}  // namespace

const ConnectorKind& MboxKind() {
  using namespace connect_internal;
  static const ConnectorKind kind = {
      .name = "mbox",
      .title = "connect.kind_mbox",
      .schemes = {"mbox"},
      .parts = {LocalPathPart()},
      .sheet = MailSheet(
          {{Capability::kSplit, "connect.cannot_no_parts"}, {Capability::kRestoreMark, "connect.cannot_no_clock"}}),
      .open = [](const ConnectionUrl& url, const ConnectOptions& options,
                 const Resolver&) -> Result<std::unique_ptr<Connector>> {
        if (!url.host().empty() || url.path().empty()) {
          return Error("connect.url_invalid", {{"problem", "no file, as in mbox:///var/mail/ana"}});
        }
        return std::unique_ptr<Connector>(std::make_unique<MboxConnector>(url, options));
      },
  };
  return kind;
}

}  // namespace privity
