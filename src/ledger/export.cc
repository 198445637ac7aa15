#include "ledger/export.h"

#include <filesystem>
#include <fstream>

#include "ledger/reader.h"

namespace privity {
namespace {

Error Failed(const std::string& problem) {
  return Error("ledger.export_failed", {{"problem", problem}});
}

Status WriteFile(ExportTarget& target, const std::string& path, BytesView bytes) {
  PRIVITY_TRY_VOID(target.Begin(path));
  return target.Write(bytes);
}

// Calls `each(index, width)` for every bundle or tile of a row of `hashes` hashes.
template <class Each>
Status ForEachTile(std::uint64_t hashes, Each each) {
  for (std::uint64_t index = 0; index * kTileWidth < hashes; ++index) {
    PRIVITY_TRY_VOID(
        each(index, static_cast<std::size_t>(std::min<std::uint64_t>(kTileWidth, hashes - index * kTileWidth))));
  }
  return Ok();
}

}  // namespace

Result<FolderTarget> FolderTarget::Create(std::string folder) {
  std::error_code problem;
  std::filesystem::create_directories(folder, problem);
  if (problem) return Failed(problem.message());
  const bool empty = std::filesystem::is_empty(folder, problem);
  if (problem) return Failed(problem.message());
  if (!empty) return Error("ledger.export_folder_used");
  return FolderTarget(std::move(folder));
}

Status FolderTarget::Begin(std::string_view path) {
  file_ = folder_ + "/" + std::string(path);
  std::error_code problem;
  std::filesystem::create_directories(std::filesystem::path(file_).parent_path(), problem);
  if (problem) return Failed(problem.message());
  return std::ofstream(file_, std::ios::binary | std::ios::trunc) ? Ok() : Failed("cannot write");
}

Status FolderTarget::Write(BytesView bytes) {
  std::ofstream file(file_, std::ios::binary | std::ios::app);
  const std::string_view text = AsText(bytes);
  file.write(text.data(), static_cast<std::streamsize>(text.size()));
  file.close();
  return file ? Ok() : Failed("cannot write");
}

Result<std::vector<std::string>> ParseEntryBundle(BytesView bundle) {
  std::vector<std::string> entries;
  while (!bundle.empty()) {
    if (bundle.size() < 2) return Error("ledger.bundle_invalid");
    const std::size_t length = std::to_integer<std::size_t>(bundle[0]) << 8 | std::to_integer<std::size_t>(bundle[1]);
    if (bundle.size() < 2 + length) return Error("ledger.bundle_invalid");
    entries.emplace_back(AsText(bundle.subspan(2, length)));
    bundle = bundle.subspan(2 + length);
  }
  return entries;
}

Result<std::uint64_t> ExportLedger(Store& store, ExportTarget& target) {
  const ActionRegistry no_filters;
  LedgerReader reader(store, no_filters);
  PRIVITY_TRY(const std::optional<std::string> signed_checkpoint, reader.NewestCheckpoint());
  if (!signed_checkpoint) return Error("ledger.not_signed_yet");
  PRIVITY_TRY(const Note note, ParseNote(*signed_checkpoint));
  PRIVITY_TRY(const Checkpoint checkpoint, ParseCheckpoint(note.text));
  PRIVITY_TRY_VOID(WriteFile(target, "checkpoint", AsBytes(*signed_checkpoint)));
  std::uint64_t hashes = checkpoint.size;
  for (int level = 0; hashes > 0; ++level, hashes /= kTileWidth) {
    PRIVITY_TRY_VOID(ForEachTile(hashes, [&](std::uint64_t index, std::size_t width) -> Status {
      PRIVITY_TRY(const Bytes tile, reader.TileFile({level, index}, width));
      return WriteFile(target, TilePath({level, index}, width), tile);
    }));
  }
  PRIVITY_TRY_VOID(ForEachTile(checkpoint.size, [&](std::uint64_t index, std::size_t width) -> Status {
    PRIVITY_TRY(const Bytes bundle, reader.EntryBundle(index, width));
    return WriteFile(target, EntryBundlePath(index, width), bundle);
  }));
  PRIVITY_TRY_VOID(target.Begin("entries.jsonl"));
  PRIVITY_TRY_VOID(ForEachTile(checkpoint.size, [&](std::uint64_t index, std::size_t width) -> Status {
    PRIVITY_TRY(const Bytes bundle, reader.EntryBundle(index, width));
    PRIVITY_TRY(const std::vector<std::string> entries, ParseEntryBundle(bundle));
    std::string lines;
    for (const std::string& entry : entries) lines += entry + "\n";
    return target.Write(AsBytes(lines));
  }));
  return checkpoint.size;
}

}  // namespace privity
