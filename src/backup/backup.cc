#include "backup/backup.h"

#include <fcntl.h>

#include <algorithm>

#include "backup/internal/row_text.h"
#include "backup/internal/schema.h"
#include "backup/internal/sealed_file.h"
#include "base/durable_file.h"
#include "crypto/hash.h"

namespace privity {
namespace {

constexpr std::size_t kPieceBytes = 1 << 20;
constexpr std::size_t kRowsPerInsert = 500;
constexpr std::int64_t kRowsPerProgress = 5000;

struct SchemaFrame {
  std::vector<TakenStep> taken;
};
PRIVITY_DESCRIBE(SchemaFrame, (taken))

struct FileFrame {
  std::string path;  // below the files directory, with "/"
  std::int64_t size_bytes = 0;
};
PRIVITY_DESCRIBE(FileFrame, (path, size_bytes))

std::string JoinedColumns(const TableShape& table) {
  std::string list;
  for (const auto& column : table.columns) list += (list.empty() ? "\"" : ", \"") + column + "\"";
  return list;
}

std::string SelectText(const TableShape& table) {
  return "SELECT " + JoinedColumns(table) + " FROM \"" + table.name + "\"";
}

std::string InsertText(const TableShape& table) {
  std::string values;
  for (std::size_t i = 1; i <= table.columns.size(); ++i) values += (i == 1 ? "$" : ", $") + std::to_string(i);
  return "INSERT INTO \"" + table.name + "\"(" + JoinedColumns(table) + ") VALUES(" + values + ")";
}

// A hash of a set of rows, whatever their order: the sum of their SHA-256, each as a number of 256 bits, modulo 2^256.
// Two engines give the same rows in different orders. It finds accidents; against forgery the file is sealed.
class RowsHash {
 public:
  void Add(std::string_view row) {
    const Sha256Digest digest = Sha256(AsBytes(row));
    unsigned carry = 0;
    for (std::size_t i = digest.size(); i-- > 0;) {
      carry += std::to_integer<unsigned>(sum_[i]) + std::to_integer<unsigned>(digest[i]);
      sum_[i] = static_cast<std::byte>(carry);
      carry >>= 8;
    }
  }
  std::string Hex() const { return HexEncode(sum_); }

 private:
  Sha256Digest sum_{};
};

// Writes one backup from start to end.
class Writing {
 public:
  Writing(SealedFileWriter& out, BackupSummary& summary, const BackupProgress& progress)
      : out_(out), summary_(summary), progress_(progress) {}

  Status Database(ReadTx& tx) {
    PRIVITY_TRY(SchemaFrame schema, [&]() -> Result<SchemaFrame> {
      PRIVITY_TRY(auto taken, ReadSteps(tx));
      return SchemaFrame{std::move(taken)};
    }());
    PRIVITY_TRY_VOID(out_.Append(FrameKind::kSchema, AsBytes(ToJson(schema))));
    PRIVITY_TRY(const auto tables, ReadTables(tx));
    for (const TableShape& table : tables) PRIVITY_TRY_VOID(Table(tx, table));
    return Ok();
  }

  Status Files(const std::filesystem::path& directory) {
    std::error_code failure;
    if (!std::filesystem::exists(directory, failure)) return Ok();
    for (std::filesystem::recursive_directory_iterator at(directory, failure), end; at != end; at.increment(failure)) {
      if (failure) return Error("backup.file_failed", {{"path", directory.string()}, {"problem", failure.message()}});
      if (at->is_regular_file(failure)) PRIVITY_TRY_VOID(File(directory, at->path()));
    }
    return Ok();
  }

 private:
  Status Table(ReadTx& tx, const TableShape& table) {
    PRIVITY_TRY_VOID(out_.Append(FrameKind::kTable, AsBytes(ToJson(table))));
    BackupTable counted{.name = table.name, .rows = 0, .sha256 = {}};
    RowsHash hash;
    PRIVITY_TRY_VOID(tx.ForEach(SelectText(table), {}, [&](const Row& row) -> Status {
      const std::string text = RowText(row, table.types);
      hash.Add(text);
      if (++counted.rows % kRowsPerProgress == 0) Report(kRowsPerProgress);
      return out_.Append(FrameKind::kRow, AsBytes(text));
    }));
    Report(counted.rows % kRowsPerProgress);
    counted.sha256 = hash.Hex();
    summary_.tables.push_back(std::move(counted));
    return Ok();
  }

  Status File(const std::filesystem::path& directory, const std::filesystem::path& path) {
    auto opened = OpenFile(path, O_RDONLY);
    if (!opened.ok()) return opened.error().Is("base.file_missing") ? Ok() : Status(opened.error());
    std::error_code failure;
    const auto size = static_cast<std::int64_t>(std::filesystem::file_size(path, failure));
    if (failure) return Error("backup.file_failed", {{"path", path.string()}, {"problem", failure.message()}});
    const FileFrame frame{.path = path.lexically_relative(directory).generic_string(), .size_bytes = size};
    PRIVITY_TRY_VOID(out_.Append(FrameKind::kFile, AsBytes(ToJson(frame))));
    for (std::int64_t done = 0; done < size;) {
      const auto want = static_cast<std::size_t>(std::min<std::int64_t>(kPieceBytes, size - done));
      PRIVITY_TRY(const Bytes piece, ReadAt(*opened, path, static_cast<std::uint64_t>(done), want));
      if (piece.size() != want) return Error("backup.file_failed", {{"path", path.string()}, {"problem", "it shrank"}});
      PRIVITY_TRY_VOID(out_.Append(FrameKind::kData, piece));
      done += static_cast<std::int64_t>(want);
    }
    ++summary_.files;
    summary_.file_bytes += size;
    Report(0);
    return Ok();
  }

  void Report(std::int64_t rows) {
    rows_ += rows;
    if (progress_) progress_(rows_, out_.bytes_written());
  }

  SealedFileWriter& out_;
  BackupSummary& summary_;
  const BackupProgress& progress_;
  std::int64_t rows_ = 0;
};

// What is done with the parts of a backup that is read.
class Taker {
 public:
  virtual ~Taker() = default;
  virtual Status Schema(const SchemaFrame& schema) = 0;
  virtual Status Table(const TableShape& table) = 0;
  virtual Status Row(std::string_view text) = 0;
  virtual Status File(const FileFrame& file) = 0;
  virtual Status Data(BytesView piece) = 0;
  virtual Status End() = 0;
};

class OnlyLooking final : public Taker {
 public:
  Status Schema(const SchemaFrame&) override { return Ok(); }
  Status Table(const TableShape& table) override {
    table_ = table;
    return Ok();
  }
  Status Row(std::string_view text) override {
    PRIVITY_TRY_VOID(ParseRowText(text, table_));
    return Ok();
  }
  Status File(const FileFrame&) override { return Ok(); }
  Status Data(BytesView) override { return Ok(); }
  Status End() override { return Ok(); }

 private:
  TableShape table_;
};

class Filling final : public Taker {
 public:
  Filling(WriteTx& tx, const std::filesystem::path& files_directory) : tx_(tx), files_directory_(files_directory) {}

  Status Schema(const SchemaFrame&) override { return Ok(); }
  Status Table(const TableShape& table) override {
    PRIVITY_TRY_VOID(Flush());
    table_ = table;
    // A migration may have put rows into a table; the backup's stand in their place.
    PRIVITY_TRY_VOID(tx_.Execute("DELETE FROM \"" + table.name + "\""));
    return Ok();
  }
  Status Row(std::string_view text) override {
    PRIVITY_TRY(SqlValues values, ParseRowText(text, table_));
    rows_.push_back(std::move(values));
    return rows_.size() < kRowsPerInsert ? Ok() : Flush();
  }
  Status File(const FileFrame& file) override {
    PRIVITY_TRY_VOID(CloseFile());
    const std::filesystem::path relative(file.path);
    const bool inside = !relative.empty() && relative.is_relative() &&
                        std::none_of(relative.begin(), relative.end(), [](const auto& part) { return part == ".."; });
    if (!inside) return Error("backup.damaged", {{"place", "a file name"}});
    path_ = files_directory_ / relative;
    std::error_code failure;
    std::filesystem::create_directories(path_.parent_path(), failure);
    PRIVITY_TRY(file_, OpenFile(path_, O_WRONLY | O_CREAT | O_TRUNC));
    offset_ = 0;
    return Ok();
  }
  Status Data(BytesView piece) override {
    PRIVITY_TRY_VOID(WriteAt(file_, path_, offset_, piece));
    offset_ += piece.size();
    return Ok();
  }
  Status End() override {
    PRIVITY_TRY_VOID(Flush());
    return CloseFile();
  }

 private:
  Status Flush() {
    if (rows_.empty()) return Ok();
    PRIVITY_TRY_VOID(tx_.ExecuteMany(InsertText(table_), rows_));
    rows_.clear();
    return Ok();
  }
  Status CloseFile() {
    if (!file_.is_open()) return Ok();
    PRIVITY_TRY_VOID(SyncFile(file_, path_));
    file_ = FileHandle();
    return SyncDirectory(path_.parent_path());
  }

  WriteTx& tx_;
  const std::filesystem::path files_directory_;
  TableShape table_;
  std::vector<SqlValues> rows_;
  std::filesystem::path path_;
  FileHandle file_;
  std::uint64_t offset_ = 0;
};

// Reads one backup from start to end, counts and hashes again, and compares with what its end says.
class Reading {
 public:
  Reading(SealedFileReader& in, Taker& taker, const BackupProgress& progress)
      : in_(in), taker_(taker), progress_(progress) {}

  Result<BackupSummary> Run() {
    for (;;) {
      PRIVITY_TRY(auto frame, in_.Next());
      if (!frame) return Damaged("the end");
      if (frame->kind == FrameKind::kEnd) {
        CloseTable();
        PRIVITY_TRY(auto summary, FromJson<BackupSummary>(AsText(frame->content)));
        PRIVITY_TRY(const auto after, in_.Next());
        if (after || !Agrees(summary)) return Damaged("the counts at its end");
        PRIVITY_TRY_VOID(taker_.End());
        return summary;
      }
      PRIVITY_TRY_VOID(Take(*frame));
    }
  }

 private:
  static Error Damaged(std::string place) { return Error("backup.damaged", {{"place", std::move(place)}}); }

  Status Take(const SealedFileReader::Frame& frame) {
    const std::string_view text = AsText(frame.content);
    switch (frame.kind) {
      case FrameKind::kSchema: {
        PRIVITY_TRY(const auto schema, FromJson<SchemaFrame>(text));
        return taker_.Schema(schema);
      }
      case FrameKind::kTable: {
        PRIVITY_TRY(const auto table, FromJson<TableShape>(text));
        if (table.columns.size() != table.types.size()) return Damaged("table " + table.name);
        CloseTable();
        counted_.tables.push_back({.name = table.name, .rows = 0, .sha256 = {}});
        hash_.emplace();
        return taker_.Table(table);
      }
      case FrameKind::kRow:
        if (!hash_) return Damaged("a row without a table");
        hash_->Add(text);
        if (++counted_.tables.back().rows % kRowsPerProgress == 0) Report();
        ++rows_;
        return taker_.Row(text);
      case FrameKind::kFile: {
        CloseTable();
        PRIVITY_TRY(const auto file, FromJson<FileFrame>(text));
        ++counted_.files;
        counted_.file_bytes += file.size_bytes;
        Report();
        return taker_.File(file);
      }
      case FrameKind::kData:
        data_bytes_ += static_cast<std::int64_t>(frame.content.size());
        if (counted_.files == 0 || data_bytes_ > counted_.file_bytes) return Damaged("a file's content");
        return taker_.Data(frame.content);
      case FrameKind::kEnd:
        break;
    }
    return Error("backup.version_unknown");
  }

  void CloseTable() {
    if (!hash_) return;
    counted_.tables.back().sha256 = hash_->Hex();
    hash_.reset();
  }

  bool Agrees(const BackupSummary& summary) const {
    const auto same = [](const BackupTable& a, const BackupTable& b) {
      return a.name == b.name && a.rows == b.rows && a.sha256 == b.sha256;
    };
    return std::equal(summary.tables.begin(), summary.tables.end(), counted_.tables.begin(), counted_.tables.end(),
                      same) &&
           summary.files == counted_.files && summary.file_bytes == counted_.file_bytes &&
           data_bytes_ == counted_.file_bytes;
  }

  void Report() const {
    if (progress_) progress_(rows_, in_.bytes_read());
  }

  SealedFileReader& in_;
  Taker& taker_;
  const BackupProgress& progress_;
  BackupSummary counted_;
  std::optional<RowsHash> hash_;
  std::int64_t rows_ = 0;
  std::int64_t data_bytes_ = 0;
};

}  // namespace

Backups::Backups(KeyHome& keys, const Clock& clock, std::filesystem::path files_directory, std::string program_version)
    : keys_(keys),
      clock_(clock),
      files_directory_(std::move(files_directory)),
      program_version_(std::move(program_version)) {}

Result<BackupSummary> Backups::Create(Store& store, const std::filesystem::path& path,
                                      const BackupProgress& progress) const {
  std::error_code failure;
  if (std::filesystem::exists(path, failure)) return Error("backup.file_exists", {{"path", path.string()}});
  std::filesystem::path unfinished = path;
  unfinished += ".unfinished";
  std::filesystem::remove(unfinished, failure);

  BackupSummary summary{.installation = keys_.installation(),
                        .created_at = clock_.Now(),
                        .program_version = program_version_,
                        .tables = {}};
  const auto write = [&]() -> Status {
    PRIVITY_TRY(const auto out, SealedFileWriter::Create(unfinished,
                                                         {.installation = summary.installation,
                                                          .created_at = summary.created_at,
                                                          .program_version = summary.program_version,
                                                          .prefix = {}},
                                                         keys_));
    Writing writing(*out, summary, progress);
    PRIVITY_TRY_VOID(store.Read([&](ReadTx& tx) { return writing.Database(tx); }));
    PRIVITY_TRY_VOID(writing.Files(files_directory_));
    PRIVITY_TRY_VOID(out->Append(FrameKind::kEnd, AsBytes(ToJson(summary))));
    PRIVITY_TRY_VOID(out->Finish());
    std::filesystem::rename(unfinished, path, failure);
    if (failure) return Error("backup.file_failed", {{"path", path.string()}, {"problem", failure.message()}});
    return SyncDirectory(std::filesystem::absolute(path).parent_path());
  };
  if (auto status = write(); !status.ok()) {
    std::filesystem::remove(unfinished, failure);
    return std::move(status).error();
  }
  return summary;
}

Result<BackupSummary> Backups::Verify(const std::filesystem::path& path, const BackupProgress& progress) const {
  PRIVITY_TRY(const auto in, SealedFileReader::Open(path, keys_));
  OnlyLooking looking;
  return Reading(*in, looking, progress).Run();
}

namespace {

// Looks at the first frame alone: which of the program's migrations the backup's database had taken.
class OnlySchema final : public Taker {
 public:
  Status Schema(const SchemaFrame& schema) override {
    schema_ = schema;
    return Ok();
  }
  Status Table(const TableShape&) override { return Ok(); }
  Status Row(std::string_view) override { return Ok(); }
  Status File(const FileFrame&) override { return Ok(); }
  Status Data(BytesView) override { return Ok(); }
  Status End() override { return Ok(); }

  // store.schema_newer when the backup knows a step that the program does not.
  Result<std::vector<Migration>> Chosen(std::span<const Migration> migrations) const {
    std::vector<Migration> chosen;
    for (const Migration& migration : migrations) {
      const bool taken = std::any_of(schema_.taken.begin(), schema_.taken.end(), [&](const TakenStep& step) {
        return step.room == migration.room && step.version == migration.version;
      });
      if (taken) chosen.push_back(migration);
    }
    for (const TakenStep& step : schema_.taken) {
      const bool known = std::any_of(migrations.begin(), migrations.end(), [&](const Migration& migration) {
        return step.room == migration.room && step.version == migration.version;
      });
      if (!known) return Error("store.schema_newer", {{"room", step.room}, {"version", std::to_string(step.version)}});
    }
    return chosen;
  }

 private:
  SchemaFrame schema_;
};

}  // namespace

Result<BackupSummary> Backups::Restore(Store& store, std::span<const Migration> migrations,
                                       const std::filesystem::path& path, const BackupProgress& progress) const {
  // Read once whole before anything is written: a damaged backup changes nothing.
  OnlySchema schema;
  {
    PRIVITY_TRY(const auto in, SealedFileReader::Open(path, keys_));
    PRIVITY_TRY_VOID(Reading(*in, schema, {}).Run());
  }
  PRIVITY_TRY(const auto chosen, schema.Chosen(migrations));
  PRIVITY_TRY(const auto before, PlanMigrations(store, chosen));
  std::error_code failure;
  const bool files_empty =
      !std::filesystem::exists(files_directory_, failure) || std::filesystem::is_empty(files_directory_, failure);
  if (before.size() != chosen.size() || !files_empty) return Error("backup.not_empty");
  PRIVITY_TRY_VOID(MigrateStore(store, chosen, clock_));
  return store.Write(
      [&](WriteTx& tx) -> Result<BackupSummary> {
        PRIVITY_TRY(const auto in, SealedFileReader::Open(path, keys_));
        Filling filling(tx, files_directory_);
        return Reading(*in, filling, progress).Run();
      },
      {.timeout = std::chrono::hours(12)});
}

RestoreMark::RestoreMark(std::filesystem::path data_directory) : path_(std::move(data_directory) / "restored.json") {}

Result<bool> RestoreMark::IsSet() const {
  std::error_code failure;
  const bool exists = std::filesystem::exists(path_, failure);
  if (failure) return Error("backup.file_failed", {{"path", path_.string()}, {"problem", failure.message()}});
  return exists;
}

Status RestoreMark::Set(const std::filesystem::path& from, Instant now) const {
  const Json mark = Json::Object({{"from", from.filename().string()}, {"restored_at", FormatInstant(now)}});
  return WriteFileDurably(path_, AsBytes(ToJson(mark)));
}

Status RestoreMark::Clear() const {
  return RemoveFileDurably(path_);
}

}  // namespace privity
