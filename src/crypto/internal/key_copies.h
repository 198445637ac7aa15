// The copies of a key home's table: two in the key home, a third in the backup directory when there is one.
//
// Every update is written in place, slot by slot, to one copy and synced before the next copy is touched. So at any
// moment at least one copy is whole, and a crash or power cut leaves for each slot its old content or its new. In
// place, because the bytes of a key that is to be destroyed must be overwritten where they lie; a new file would leave
// them in freed blocks.
//
// Not for many threads: KeyHome orders the calls.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "base/result.h"
#include "crypto/internal/key_table.h"

namespace privity::internal {

// A file as the copies need it. Tests put a disk behind it that loses, tears or refuses writes.
class KeyFile {
 public:
  virtual ~KeyFile() = default;
  virtual Result<Bytes> Read(std::uint64_t offset, std::size_t bytes) = 0;  // fewer only at the end of the file
  virtual Status Write(std::uint64_t offset, BytesView bytes) = 0;
  virtual Status Sync() = 0;
};

struct KeyTable {
  Header header;
  std::vector<Slot> slots;  // kSlots of them
};

struct SlotChange {
  std::uint32_t index = 0;
  Slot slot;
};

// After a failed sync the kernel shows what was written and may never bring it to the disk, and a process that died
// before its sync leaves the same doubt to the next one. With kNothing every copy is written anew and synced before
// what stands in it counts.
enum class Trust { kNothing, kAsRead };

class KeyCopies {
 public:
  explicit KeyCopies(std::vector<std::unique_ptr<KeyFile>> files) : files_(std::move(files)) {}

  // The headers that are intact, whatever root key they belong to; to find that root key. crypto.key_home_damaged when
  // none is.
  Result<std::vector<Header>> Headers();

  // The newest content of each slot over all copies; copies that lack it are repaired before this returns. Errors:
  // crypto.root_key_wrong, crypto.key_home_damaged (a slot is unreadable in all copies), those of the files.
  Result<KeyTable> Load(const RootSubkeys& keys, Trust trust);

  // Writes the changes, and `header` as the next generation; returns that header. After an error the copies may differ:
  // Load with Trust::kNothing.
  Result<Header> Update(Header header, std::span<SlotChange> changes, const RootSubkeys& keys);

  // Writes everything under (other) keys; `header` may carry other root parameters. Each copy belongs to the old keys
  // until its last write, the header. Makes a new key home, too.
  Result<Header> Rewrite(Header header, std::span<const Slot> slots, const RootSubkeys& keys);

  // The generation in the first copy: cheap, to notice what another process has written.
  Result<std::uint64_t> Generation();

 private:
  struct Copy;
  Result<Copy> ReadCopy(KeyFile& file);
  Status Repair(KeyFile& file, const Copy& copy, const KeyTable& table, const RootSubkeys& keys, Trust trust);
  std::vector<std::unique_ptr<KeyFile>> files_;
};

}  // namespace privity::internal
