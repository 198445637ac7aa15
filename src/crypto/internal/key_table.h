// The bytes of a key home's copy files: encoding and decoding, without a file. docs/formats/key-home.md.
//
// A copy is a header and slots of fixed size at fixed places. Each slot holds one version of one key, sealed under a
// key derived from the root key and bound to the installation and to its own place; it says in which update it was
// written (generation). Pure functions.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "crypto/key.h"
#include "crypto/key_state.h"

namespace privity::internal {

inline constexpr std::uint32_t kBuckets = 4096;
inline constexpr std::uint32_t kNamedSlots = 512;
inline constexpr std::uint32_t kSlots =
    2 * kBuckets + kNamedSlots;  // two versions for each bucket, then the named keys
inline constexpr std::size_t kHeaderBytes = 512;
inline constexpr std::size_t kSlotsOffset = 4096;
inline constexpr std::size_t kSlotBytes = 128;
inline constexpr std::size_t kCopyBytes = kSlotsOffset + kSlots * kSlotBytes;
inline constexpr std::size_t kSlotNameBytesMax = 22;

inline constexpr std::size_t kTokenSealedBytes = 12 + 32 + 16;

enum class RootKind : std::uint8_t { kFile = 1, kPassphrase = 2, kCredential = 3, kPkcs11 = 4 };

struct Header {
  Uuid installation;
  std::uint64_t generation = 0;  // of the newest update in this copy
  Instant created_at;
  RootKind root_kind = RootKind::kFile;
  // Argon2id's parameters; zero unless root_kind is kPassphrase.
  std::array<std::byte, 16> salt{};
  std::uint32_t passes = 0;
  std::uint32_t memory_kib = 0;
  std::uint32_t root_changes = 0;  // how often the root key was changed
  Instant root_since{};
  std::array<std::byte, kTokenSealedBytes> token_sealed{};  // the root key; zero unless root_kind is kPkcs11
  bool operator==(const Header&) const = default;
};

struct Slot {
  std::uint64_t generation = 0;
  std::uint32_t version = 0;
  Instant created_at;
  Instant state_since;
  std::optional<KeyState> state;  // empty: a slot that was never used
  std::string name;               // named keys only
  std::optional<Key> key;         // empty when the slot is, or the key was destroyed; zero bytes stand in the file
};

// The keys that stand between the root key and the file.
struct RootSubkeys {
  explicit RootSubkeys(const Key& root);
  Key header;
  Key slots;
};

Bytes EncodeHeader(const Header& header, const RootSubkeys& keys);
// Checks shape, limits and checksum, not the root key. crypto.key_home_damaged, crypto.key_home_newer.
Result<Header> DecodeHeader(BytesView bytes);
// Whether the header was written under this root key.
bool HeaderBelongsTo(BytesView bytes, const RootSubkeys& keys);

Bytes EncodeSlot(const Slot& slot, std::uint32_t index, const Uuid& installation, const RootSubkeys& keys);
// crypto.key_home_damaged.
Result<Slot> DecodeSlot(BytesView bytes, std::uint32_t index, const Uuid& installation, const RootSubkeys& keys);

}  // namespace privity::internal
