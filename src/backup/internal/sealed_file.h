// The outer layers of a backup: frames, compressed (Zstandard, RFC 8878), sealed in chunks. docs/formats/backup.md.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/durable_file.h"
#include "base/type_table.h"
#include "crypto/key_home.h"
#include "crypto/stream_seal.h"

namespace privity {

// The one line in clear: what is needed to find the key, and nothing else.
struct BackupHead {
  Uuid installation;
  Instant created_at{};
  std::string program_version;
  std::uint32_t key_version = 0;
  Bytes prefix;  // of the sealed stream
};
PRIVITY_DESCRIBE(BackupHead, (installation, created_at, program_version, key_version, prefix))

inline constexpr std::string_view kBackupMagic = "privity-backup-v1\n";
inline constexpr std::size_t kBackupChunkBytes = 64 * 1024;
inline constexpr std::size_t kFrameBytesMax = 64 << 20;

enum class FrameKind : char {
  kSchema = 'S',  // JSON: the migrations that the database had taken
  kTable = 'T',   // JSON: name and columns; its rows follow
  kRow = 'R',     // JSON array: one row
  kFile = 'F',    // JSON: path and size; its content follows
  kData = 'D',    // a piece of the file
  kEnd = 'E',     // JSON: the summary; nothing follows
};

class SealedFileWriter {
 public:
  static Result<std::unique_ptr<SealedFileWriter>> Create(const std::filesystem::path& path, BackupHead head,
                                                          KeyHome& keys);
  ~SealedFileWriter();

  Status Append(FrameKind kind, BytesView content);
  // Seals the last chunk and syncs. Nothing may be appended afterwards.
  Status Finish();
  std::int64_t bytes_written() const;

 private:
  struct State;
  explicit SealedFileWriter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

class SealedFileReader {
 public:
  static Result<std::unique_ptr<SealedFileReader>> Open(const std::filesystem::path& path, KeyHome& keys);
  ~SealedFileReader();

  struct Frame {
    FrameKind kind;
    Bytes content;
  };
  // Nothing after the last frame; backup.damaged when the file ends before or goes on after it.
  Result<std::optional<Frame>> Next();
  const BackupHead& head() const;
  std::int64_t bytes_read() const;

 private:
  struct State;
  explicit SealedFileReader(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace privity
