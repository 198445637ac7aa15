// Sealed records: XChaCha20-Poly1305 with a fresh random 192-bit nonce for each record (libsodium's construction over
// RFC 8439; draft-irtf-cfrg-xchacha), laid out as docs/formats/sealed-record.md says. With nonces of that length a key
// may seal any number of records that a machine can make.
//
// Associated data is authenticated, not hidden. It names the place a record belongs to, so that a record moved
// elsewhere fails to open. Pure functions, safe to call from many threads; nothing here logs what it handles.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/bytes.h"
#include "base/id.h"
#include "base/result.h"
#include "base/secret.h"
#include "crypto/key.h"

namespace privity {

// Fields written one after another, each with its length before it, so that no two lists of fields spell the same
// bytes. The domain says what is sealed ("privity.person-key.v1"): a value of one kind never opens as another.
class AssociatedData {
 public:
  explicit AssociatedData(std::string_view domain) { Add(domain); }
  AssociatedData& Add(std::string_view field) { return Add(AsBytes(field)); }
  AssociatedData& Add(BytesView field);
  AssociatedData& Add(const Uuid& id) { return Add(BytesView(id.bytes())); }
  AssociatedData& AddNumber(std::uint64_t number);  // eight bytes, big-endian

  BytesView bytes() const { return bytes_; }

 private:
  Bytes bytes_;
};

// The place of one sealed field. Two fields of one fixture never have the same: the record's id is part of it.
struct RecordContext {
  Uuid installation;
  Uuid subject;
  std::string_view collection;
  std::string_view record;
  std::string_view field;

  AssociatedData ToAssociatedData() const;
};

inline constexpr std::size_t kSealedOverheadBytes = 1 + 4 + 24 + 16;  // algorithm, key version, nonce, tag
inline constexpr std::size_t kPlaintextBytesMax = std::size_t{16} << 20;

// `key_version` tells the reader which of a key's versions to use; it is authenticated too.
// Errors: crypto.too_large (over kPlaintextBytesMax; larger things are for the room `files`).
Result<Bytes> Seal(const Key& key, std::uint32_t key_version, BytesView plaintext,
                   const AssociatedData& associated_data);

// Errors: crypto.sealed_malformed, crypto.sealed_algorithm_unknown, crypto.open_failed (another key, another place, or
// changed: which of them cannot be told).
Result<SecretBytes> Open(const Key& key, BytesView sealed, const AssociatedData& associated_data);

// The key version a sealed record names, before it is opened: not to be trusted for anything but choosing the key.
// Errors: crypto.sealed_malformed, crypto.sealed_algorithm_unknown.
Result<std::uint32_t> SealedKeyVersion(BytesView sealed);

}  // namespace privity
