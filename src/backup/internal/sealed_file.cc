#include "backup/internal/sealed_file.h"

#include <fcntl.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "base/json.h"

namespace privity {
namespace {

constexpr std::size_t kFrameHeadBytes = 5;  // kind, then the length as four bytes, big-endian
constexpr std::size_t kHeadBytesMax = 4096;
constexpr int kCompressionLevel = 3;
constexpr int kWindowLogMax = 27;  // Zstandard's own limit for streams that were not made with --long

AssociatedData HeadAssociatedData(std::string_view head_line) {
  AssociatedData data("privity.backup.v1");
  data.Add(head_line);
  return data;
}

Error Damaged(std::uint64_t at) {
  return Error("backup.damaged", {{"place", "byte " + std::to_string(at)}});
}

}  // namespace

struct SealedFileWriter::State {
  std::filesystem::path path;
  FileHandle file;
  std::unique_ptr<StreamSealer> sealer;
  std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> zstd{ZSTD_createCCtx(), &ZSTD_freeCCtx};
  Bytes pending;  // compressed, not yet a whole chunk
  std::uint64_t offset = 0;

  Status Write(BytesView bytes) {
    PRIVITY_TRY_VOID(WriteAt(file, path, offset, bytes));
    offset += bytes.size();
    return Ok();
  }

  Status Compress(BytesView bytes, ZSTD_EndDirective directive) {
    ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
    std::array<std::byte, 32 * 1024> buffer;
    for (;;) {
      ZSTD_outBuffer out{buffer.data(), buffer.size(), 0};
      const std::size_t left = ZSTD_compressStream2(zstd.get(), &out, &in, directive);
      Invariant(ZSTD_isError(left) == 0, "Zstandard could not compress");
      pending.insert(pending.end(), buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(out.pos));
      PRIVITY_TRY_VOID(SealWholeChunks());
      const bool done = directive == ZSTD_e_end ? left == 0 : in.pos == in.size;
      if (done) return Ok();
    }
  }

  // The last chunk is never sealed here: Finish() seals what is left, so there is always something to be the last.
  Status SealWholeChunks() {
    while (pending.size() > kBackupChunkBytes) {
      PRIVITY_TRY(const Bytes sealed, sealer->Seal(BytesView(pending).first(kBackupChunkBytes), ChunkPlace::kInside));
      PRIVITY_TRY_VOID(Write(sealed));
      pending.erase(pending.begin(), pending.begin() + kBackupChunkBytes);
    }
    return Ok();
  }
};

SealedFileWriter::SealedFileWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
SealedFileWriter::~SealedFileWriter() = default;

Result<std::unique_ptr<SealedFileWriter>> SealedFileWriter::Create(const std::filesystem::path& path, BackupHead head,
                                                                   KeyHome& keys) {
  PRIVITY_TRY(const VersionedKey key, keys.Named("backup"));
  head.key_version = key.version;
  auto state = std::make_unique<State>();
  state->path = path;
  PRIVITY_TRY(state->file, OpenFile(path, O_WRONLY | O_CREAT | O_EXCL));
  ZSTD_CCtx_setParameter(state->zstd.get(), ZSTD_c_compressionLevel, kCompressionLevel);

  // The prefix is drawn by the sealer, which needs the head as associated data: so the head is authenticated without
  // it, and the prefix by being the nonce.
  const std::string bound = ToJson(head);
  state->sealer = std::make_unique<StreamSealer>(key.key, HeadAssociatedData(bound));
  head.prefix.assign(state->sealer->prefix().begin(), state->sealer->prefix().end());
  PRIVITY_TRY_VOID(state->Write(AsBytes(std::string(kBackupMagic) + ToJson(head) + "\n")));
  return std::unique_ptr<SealedFileWriter>(new SealedFileWriter(std::move(state)));
}

Status SealedFileWriter::Append(FrameKind kind, BytesView content) {
  if (content.size() > kFrameBytesMax)
    return Error("backup.too_large", {{"bytes_max", std::to_string(kFrameBytesMax)}});
  std::array<std::byte, kFrameHeadBytes> head{};
  head[0] = static_cast<std::byte>(kind);
  for (std::size_t i = 0; i < 4; ++i) head[1 + i] = static_cast<std::byte>(content.size() >> (24 - 8 * i));
  PRIVITY_TRY_VOID(state_->Compress(head, ZSTD_e_continue));
  return state_->Compress(content, ZSTD_e_continue);
}

Status SealedFileWriter::Finish() {
  PRIVITY_TRY_VOID(state_->Compress({}, ZSTD_e_end));
  PRIVITY_TRY(const Bytes sealed, state_->sealer->Seal(state_->pending, ChunkPlace::kLast));
  PRIVITY_TRY_VOID(state_->Write(sealed));
  return SyncFile(state_->file, state_->path);
}

std::int64_t SealedFileWriter::bytes_written() const {
  return static_cast<std::int64_t>(state_->offset);
}

struct SealedFileReader::State {
  std::filesystem::path path;
  FileHandle file;
  BackupHead head;
  std::unique_ptr<StreamOpener> opener;
  std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> zstd{ZSTD_createDCtx(), &ZSTD_freeDCtx};
  std::uint64_t offset = 0;
  std::uint64_t next_chunk = 0;
  bool last_chunk_read = false;
  bool stream_ended = false;  // Zstandard's own end mark was seen
  Bytes plain;                // frames, decompressed; from `used` on not yet taken
  std::size_t used = 0;

  std::size_t available() const { return plain.size() - used; }

  // Decompresses one more chunk. Only called while there is one.
  Status ReadChunk() {
    constexpr std::size_t kSealedBytes = kBackupChunkBytes + kStreamTagBytes;
    PRIVITY_TRY(const Bytes sealed, ReadAt(file, path, offset, kSealedBytes + 1));
    const bool last = sealed.size() <= kSealedBytes;
    const BytesView chunk = BytesView(sealed).first(std::min(sealed.size(), kSealedBytes));
    const auto opened = opener->Open(next_chunk, last ? ChunkPlace::kLast : ChunkPlace::kInside, chunk);
    if (!opened.ok()) return Damaged(offset);
    offset += chunk.size();
    ++next_chunk;
    last_chunk_read = last;
    return Decompress(opened->Reveal());
  }

  Status Decompress(BytesView bytes) {
    plain.erase(plain.begin(), plain.begin() + static_cast<std::ptrdiff_t>(used));
    used = 0;
    ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
    std::array<std::byte, 32 * 1024> buffer;
    for (bool full = true; in.pos < in.size || full;) {
      ZSTD_outBuffer out{buffer.data(), buffer.size(), 0};
      const std::size_t left = ZSTD_decompressStream(zstd.get(), &out, &in);
      if (ZSTD_isError(left) != 0) return Damaged(offset);
      plain.insert(plain.end(), buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(out.pos));
      full = out.pos == out.size;
      if (left == 0) {
        stream_ended = true;
        if (in.pos < in.size) return Damaged(offset);
        return Ok();
      }
    }
    return Ok();
  }

  // False when the stream ends before there are so many bytes.
  Result<bool> Ensure(std::size_t bytes) {
    while (available() < bytes) {
      if (last_chunk_read) return false;
      PRIVITY_TRY_VOID(ReadChunk());
    }
    return true;
  }
};

SealedFileReader::SealedFileReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
SealedFileReader::~SealedFileReader() = default;

Result<std::unique_ptr<SealedFileReader>> SealedFileReader::Open(const std::filesystem::path& path, KeyHome& keys) {
  auto state = std::make_unique<State>();
  state->path = path;
  PRIVITY_TRY(state->file, OpenFile(path, O_RDONLY));
  PRIVITY_TRY(const Bytes start, ReadAt(state->file, path, 0, kBackupMagic.size() + kHeadBytesMax));
  std::string_view text = AsText(start);
  const Error not_a_backup("backup.not_a_backup", {{"path", path.string()}});
  if (!text.starts_with(kBackupMagic)) return not_a_backup;
  text.remove_prefix(kBackupMagic.size());
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return not_a_backup;
  auto head = FromJson<BackupHead>(text.substr(0, end));
  if (!head.ok() || head->prefix.size() != StreamPrefix().size()) return not_a_backup;
  if (head->installation != keys.installation()) return Error("backup.other_installation", {{"path", path.string()}});
  PRIVITY_TRY(const Key key, keys.NamedVersion("backup", head->key_version));

  StreamPrefix prefix;
  std::copy(head->prefix.begin(), head->prefix.end(), prefix.begin());
  BackupHead bound = *head;
  bound.prefix.clear();
  state->opener = std::make_unique<StreamOpener>(key, HeadAssociatedData(ToJson(bound)), prefix);
  state->head = *std::move(head);
  state->offset = kBackupMagic.size() + end + 1;
  ZSTD_DCtx_setParameter(state->zstd.get(), ZSTD_d_windowLogMax, kWindowLogMax);
  return std::unique_ptr<SealedFileReader>(new SealedFileReader(std::move(state)));
}

Result<std::optional<SealedFileReader::Frame>> SealedFileReader::Next() {
  PRIVITY_TRY(const bool more, state_->Ensure(kFrameHeadBytes));
  if (!more) {
    if (state_->available() != 0 || !state_->stream_ended) return Damaged(state_->offset);
    return std::optional<Frame>();
  }
  const std::byte* at = state_->plain.data() + state_->used;
  Frame frame{static_cast<FrameKind>(at[0]), {}};
  std::size_t size = 0;
  for (std::size_t i = 0; i < 4; ++i) size = size << 8 | std::to_integer<std::size_t>(at[1 + i]);
  if (size > kFrameBytesMax) return Damaged(state_->offset);
  PRIVITY_TRY(const bool whole, state_->Ensure(kFrameHeadBytes + size));
  if (!whole) return Damaged(state_->offset);
  const auto begin = state_->plain.begin() + static_cast<std::ptrdiff_t>(state_->used + kFrameHeadBytes);
  frame.content.assign(begin, begin + static_cast<std::ptrdiff_t>(size));
  state_->used += kFrameHeadBytes + size;
  return std::optional<Frame>(std::move(frame));
}

const BackupHead& SealedFileReader::head() const {
  return state_->head;
}
std::int64_t SealedFileReader::bytes_read() const {
  return static_cast<std::int64_t>(state_->offset);
}

}  // namespace privity
