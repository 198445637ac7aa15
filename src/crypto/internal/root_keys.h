// Gets root keys from their sources, and changes the file source's key so that a crash leaves the old or the new.
#pragma once

#include <filesystem>
#include <span>
#include <vector>

#include "crypto/internal/key_table.h"
#include "crypto/root_key.h"

namespace privity::internal {

// The root keys that `source` offers for a key home with these headers; more than one only while a rotation is
// unfinished. Errors: crypto.root_key_wrong (it was made with another kind of source), crypto.root_key_unusable,
// base.file_*.
Result<std::vector<Key>> RootKeyCandidates(const RootKeySource& source, const std::filesystem::path& directory,
                                           std::span<const Header> headers);

struct NewRootKey {
  Key key;
  Header header;  // `base` with the root's parameters
};

// A root key to begin with or to change to. The file source's is durable in `root.key.new` before this returns.
Result<NewRootKey> MakeRootKey(const RootKeySource& source, const std::filesystem::path& directory, const Header& base);

// After all copies are known to belong to `root`: what `root.key` and `root.key.new` hold beside it is overwritten and
// removed, and for the file source `root.key` holds it.
Status SettleRootKeyFiles(const RootKeySource& source, const Key& root, const std::filesystem::path& directory);

// Overwrites the file's bytes where they lie, syncs, then removes its name. A file that is not there is gone already.
Status OverwriteAndRemove(const std::filesystem::path& path);

}  // namespace privity::internal
