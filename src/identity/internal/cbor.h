// A reader for the CBOR (RFC 8949) that authenticators send, with limits.
//
// Only what the CTAP2 canonical form allows (CTAP 2.1 section 8): definite lengths, the shortest encoding of numbers
// and lengths, no tags, no floating point, no repeated map keys. Everything else is refused, so that two readers never
// differ. A value type; borrows nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace privity {

inline constexpr std::size_t kCborBytesMax = 64 * 1024;
inline constexpr int kCborDepthMax = 8;
inline constexpr std::size_t kCborItemsMax = 1024;  // in the whole document

struct CborMember;

struct Cbor {
  enum class Kind { kInteger, kBytes, kText, kArray, kMap, kBoolean, kNull };

  Kind kind = Kind::kNull;
  std::int64_t integer = 0;  // numbers outside int64 are refused
  bool boolean = false;
  Bytes bytes;
  std::string text;
  std::vector<Cbor> items;
  std::vector<CborMember> members;  // keys are integers or texts

  // The value of a map's key, or null when this is no map or has no such key.
  const Cbor* Find(std::int64_t key) const;
  const Cbor* Find(std::string_view key) const;
  // Null when the value is missing or of another kind.
  static const Bytes* BytesIn(const Cbor* value);
  static const std::int64_t* IntegerIn(const Cbor* value);
};

struct CborMember {
  Cbor key;
  Cbor value;
};

struct CborRead {
  Cbor value;
  std::size_t used_bytes = 0;
};

// The first data item of `bytes`; what follows it is left to the caller. identity.cbor_invalid.
Result<CborRead> ReadCborPrefix(BytesView bytes);
// Exactly one data item. identity.cbor_invalid.
Result<Cbor> ReadCbor(BytesView bytes);

}  // namespace privity
