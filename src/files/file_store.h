// Sealed files: uploads, exports, reports. Each is a stream sealed under a key of its own; that key is sealed under the
// keys of the person whom the file is about, or, when it is about nobody in particular, under keys made for the file
// alone. So a file goes when its person is shredded, or alone when it is removed.
//
// Content lies in <data_directory>/files, to the byte as docs/formats/sealed-file.md says; a row in the database makes
// it exist. The content is whole and synced under its final name before the row can be committed; a removal is
// committed before anything is deleted. What a crash leaves between the two belongs to nobody and is swept.
//
//   PRIVITY_TRY(FileWriter writer, files.Create({.about = subject}));
//   PRIVITY_TRY_VOID(writer.Write(bytes));                       // as often as needed
//   PRIVITY_TRY(const FinishedFile file, writer.Finish());
//   store.Write([&](WriteTx& tx) { return files.Keep(tx, file); });   // beside what refers to it
//
// Threads: FileStore from many at once, a FileWriter from one, a FileReader from many. Blocking. Several processes of
// one machine may share the directory. Errors of all: those of the store, the key home and base/durable_file.h
// (base.disk_full above all).
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/durable_file.h"
#include "base/id.h"
#include "base/result.h"
#include "base/secret.h"
#include "crypto/stream_seal.h"
#include "keys/person_keys.h"
#include "store/migration.h"
#include "store/store.h"

namespace privity {

struct FileIdTag {};
using FileId = Id<FileIdTag>;

std::vector<Migration> FilesMigrations();

struct FileStoreOptions {
  std::filesystem::path directory;                              // made when missing, mode 0700
  std::int64_t bytes_max = std::int64_t{4} << 30;               // of one file
  std::function<void(std::string_view step)> before_step = {};  // tests of crash safety; empty in service
};

struct NewFile {
  std::optional<SubjectId> about = {};     // whose shred takes the file along
  std::optional<Instant> expires_at = {};  // it is removed by itself then
  std::int64_t bytes_max = INT64_MAX;      // besides FileStoreOptions::bytes_max
};

// A file whose content is durable, waiting for its row. Secret: holds the file's key.
struct FinishedFile {
  FileId id;
  Key key;
  SubjectId owner;
  std::int64_t size_bytes = 0;
  std::optional<Instant> expires_at;
};

class FileWriter {
 public:
  FileWriter(FileWriter&&) noexcept;
  FileWriter& operator=(FileWriter&&) = delete;
  ~FileWriter();  // what was not finished is removed

  // Any number of bytes. Errors: files.too_large.
  Status Write(BytesView bytes);
  // Seals the rest, syncs, gives the content its final name. Write and Finish may not be called again.
  Result<FinishedFile> Finish();

 private:
  friend class FileStore;
  struct Parts;
  explicit FileWriter(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

class FileReader {
 public:
  std::int64_t size_bytes() const { return size_bytes_; }
  // At most `bytes` from `offset` on; fewer only at the end, none beyond it. Errors: files.damaged.
  Result<SecretBytes> Read(std::int64_t offset, std::size_t bytes) const;

 private:
  friend class FileStore;
  FileReader(FileHandle file, std::filesystem::path path, StreamOpener opener, std::int64_t size_bytes)
      : file_(std::move(file)), path_(std::move(path)), opener_(std::move(opener)), size_bytes_(size_bytes) {}
  FileHandle file_;
  std::filesystem::path path_;
  StreamOpener opener_;
  std::int64_t size_bytes_;
};

struct SweptFiles {
  std::int64_t removed = 0;     // expired, removed, or their person was shredded
  std::int64_t unfinished = 0;  // content without a row
};

class FileStore {
 public:
  static constexpr std::size_t kChunkBytes = 64 * 1024;

  // All must outlive the FileStore, its writers and readers.
  static Result<std::unique_ptr<FileStore>> Open(const FileStoreOptions& options, Store& store, PersonKeys& keys,
                                                 const Uuid& installation, const Clock& clock);

  // Of one file.
  std::int64_t bytes_max() const { return options_.bytes_max; }

  Result<FileWriter> Create(const NewFile& file);
  // Makes the file exist with the transaction. Errors: keys.subject_shredded.
  Status Keep(WriteTx& tx, const FinishedFile& file);

  // A reader goes on reading a file that is removed meanwhile. Errors: files.unknown (also when removed or expired),
  // files.damaged, keys.subject_shredded.
  Result<FileReader> Read(ReadTx& tx, const FileId& id);

  // From the commit on nobody can open the file; the next Sweep() shreds its keys and deletes its content. A file that
  // is not there is removed already.
  Status Remove(WriteTx& tx, const FileId& id);
  // Does now what the next Sweep() would do with this file, and comes back when its keys are shredded: after Remove is
  // committed, not inside a transaction. Nothing for a file that is gone or was not removed.
  Status Destroy(const FileId& id);
  // All files about this person; to be called where the person is shredded, so that their content goes soon as well.
  Status RemoveAllAbout(WriteTx& tx, const SubjectId& subject);
  // After the rotation of a person's key (PersonKeys::Rotate): seals the keys of their files under the newest version.
  Status ResealKeys(WriteTx& tx, const SubjectId& subject);

  // Shreds and deletes what is removed or expired. Cheap when there is nothing to do: once a minute, and at start.
  Result<SweptFiles> Sweep();
  // Looks at all content and all rows: deletes content that has no row and is older than a day, and removes files whose
  // person was shredded. Once a day.
  Result<SweptFiles> SweepAll();

 private:
  FileStore(const FileStoreOptions& options, Store& store, PersonKeys& keys, const Uuid& installation,
            const Clock& clock)
      : options_(options), store_(store), keys_(keys), installation_(installation), clock_(clock) {}
  std::filesystem::path PathOf(const FileId& id) const;
  Status Delete(const std::vector<Row>& removed);
  Result<bool> HasRow(const FileId& id);
  Status DeleteIfAbandoned(const std::filesystem::path& path, SweptFiles& swept);
  Status RemoveFilesOfTheShredded();

  const FileStoreOptions options_;
  Store& store_;
  PersonKeys& keys_;
  const Uuid installation_;
  const Clock& clock_;
};

}  // namespace privity
