#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "crypto/hash.h"
#include "ledger/export.h"
#include "ledger/internal/tree_check.h"
#include "ledger/verify.h"

namespace privity {
namespace {

constexpr std::uintmax_t kFileBytesMax = 64 << 20;  // a bundle has at most 256 * 65,537 bytes
constexpr std::size_t kChunkBytes = 1 << 16;

std::optional<Bytes> ReadWhole(const std::string& path) {
  std::error_code problem;
  const std::uintmax_t size = std::filesystem::file_size(path, problem);
  if (problem || size > kFileBytesMax) return {};
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  return file.bad() ? std::nullopt : std::optional(ToBytes(text));
}

// The files of the folder, and which of them an export of this size has.
class Folder final : public TileSource {
 public:
  explicit Folder(std::string path) : path_(std::move(path)) {}
  void set_size(std::uint64_t size) { size_ = size; }

  std::optional<Bytes> Read(const std::string& name) {
    known_.insert(name);
    return ReadWhole(path_ + "/" + name);
  }
  Result<Tile> ReadTile(const TileId& id) override {
    const std::optional<Bytes> bytes = Read(TilePath(id, TileWidth(id, size_)));
    if (!bytes) {
      return Error("ledger.tile_missing", {{"level", std::to_string(id.level)}, {"index", std::to_string(id.index)}});
    }
    return DecodeTile(*bytes);
  }
  std::optional<Sha256Digest> Hash(const std::string& name) {
    known_.insert(name);
    std::ifstream file(path_ + "/" + name, std::ios::binary);
    if (!file) return {};
    Sha256Hasher hasher;
    std::string chunk(kChunkBytes, '\0');
    while (file.read(chunk.data(), static_cast<std::streamsize>(chunk.size())), file.gcount() > 0) {
      hasher.Update(AsBytes(std::string_view(chunk).substr(0, static_cast<std::size_t>(file.gcount()))));
    }
    return file.bad() ? std::nullopt : std::optional(hasher.Finish());
  }
  void ReportUnknownFiles(TreeCheck& check) const {
    std::error_code problem;
    for (const auto& item : std::filesystem::recursive_directory_iterator(path_, problem)) {
      const std::string name = std::filesystem::path(item.path()).lexically_relative(path_).generic_string();
      if (!item.is_directory() && !known_.contains(name)) check.Report(Flaw::kFileUnexpected, {}, name);
    }
  }

 private:
  std::string path_;
  std::uint64_t size_ = 0;
  std::set<std::string> known_;
};

void AddBundle(Folder& folder, std::uint64_t index, std::size_t width, TreeCheck& check, Sha256Hasher& lines) {
  const std::string name = EntryBundlePath(index, width);
  const std::optional<Bytes> bundle = folder.Read(name);
  Result<std::vector<std::string>> entries = bundle ? ParseEntryBundle(*bundle) : Error("ledger.bundle_invalid");
  if (!entries.ok() || entries->size() != width) {
    check.Report(Flaw::kFileInvalid, {}, name);
    if (!entries.ok()) entries = std::vector<std::string>();
  }
  const Result<Tile> tile = folder.ReadTile({0, index});
  for (std::size_t i = 0; i < width; ++i) {
    const bool hashed = tile.ok() && i < tile->size();
    if (i < entries->size()) {
      const std::string& leaf = (*entries)[i];
      check.AddLeaf(leaf);
      if (hashed) check.CompareLeaf(index * kTileWidth + i, (*tile)[i]);
      lines.Update(AsBytes(leaf + "\n"));
    } else {
      check.AddMissing(hashed ? (*tile)[i] : TreeHash{});
    }
    check.CheckExpected();
  }
}

}  // namespace

Result<VerifyReport> VerifyExport(const std::string& path, const NoteVerifiers& verifiers,
                                  const VerifyOptions& options) {
  if (!std::filesystem::is_directory(path)) return Error("ledger.export_unreadable");
  Folder folder(path);
  TreeCheck check{TreeBuilder()};
  const std::optional<Bytes> note = folder.Read("checkpoint");
  const Result<Checkpoint> checkpoint = note ? OpenCheckpoint(AsText(*note), verifiers) : Error("ledger.note_invalid");
  if (!checkpoint.ok()) {
    check.Report(note ? Flaw::kCheckpointInvalid : Flaw::kCheckpointMissing, {}, "checkpoint");
    return check.Finish();  // without it, nothing says what there should be
  }
  folder.set_size(checkpoint->size);
  check.Expect(*checkpoint, Flaw::kCheckpointWrong);
  for (const Checkpoint& remembered : options.remembered) check.Expect(remembered, Flaw::kForked);
  if (options.trusted) check.Expect(*options.trusted, Flaw::kForked);
  check.CheckExpected();
  Sha256Hasher lines;
  for (std::uint64_t index = 0; index * kTileWidth < checkpoint->size; ++index) {
    AddBundle(folder, index, TileWidth({0, index}, checkpoint->size), check, lines);
    PRIVITY_TRY_VOID(check.CompareTiles(folder, TreeCheck::Tiles::kFull));
  }
  PRIVITY_TRY_VOID(check.CompareTiles(folder, TreeCheck::Tiles::kAll));
  check.ReportUnreached(Flaw::kRolledBack);
  if (folder.Hash("entries.jsonl") != lines.Finish()) check.Report(Flaw::kFileInvalid, {}, "entries.jsonl");
  folder.ReportUnknownFiles(check);
  return check.Finish();
}

}  // namespace privity
