// Sealed bytes that somebody changed: records, chunks of streams, the key home's copies, rosters. Nothing opens that
// was not sealed under the key, and what is damaged is refused, never guessed.
#include <algorithm>

#include "crypto/internal/key_table.h"
#include "crypto/seal.h"
#include "crypto/stream_seal.h"
#include "fuzz/fuzz_target.h"
#include "keys/internal/roster.h"

namespace privity {
namespace {

Key FixedKey() {
  return Key::FromBytes(Bytes(Key::kBytes, std::byte{7})).value();
}

void OpenRecord(BytesView input) {
  const Key key = FixedKey();
  const AssociatedData place("privity.fuzz");
  (void)SealedKeyVersion(input);
  FUZZ_CHECK(!Open(key, input, place).ok());
  // One byte changed, anywhere, and it no longer opens.
  static const Bytes sealed = Seal(key, 3, AsBytes("What a person told us"), place).value();
  if (input.size() < 2 || input[1] == std::byte{0}) return;
  Bytes changed = sealed;
  changed[static_cast<std::size_t>(input[0]) % changed.size()] ^= input[1];
  FUZZ_CHECK(!Open(key, changed, place).ok());
}

void OpenChunk(BytesView input) {
  StreamPrefix prefix{};
  const StreamOpener opener(FixedKey(), AssociatedData("privity.fuzz"), prefix);
  for (const ChunkPlace place : {ChunkPlace::kInside, ChunkPlace::kLast}) {
    FUZZ_CHECK(!opener.Open(0, place, input).ok());
  }
}

void ReadKeyHome(BytesView input) {
  const internal::RootSubkeys keys(FixedKey());
  if (const auto header = internal::DecodeHeader(input); header.ok()) {
    (void)internal::HeaderBelongsTo(input, keys);
    FUZZ_CHECK(internal::DecodeHeader(internal::EncodeHeader(*header, keys)).value() == *header);
  }
  if (const auto slot = internal::DecodeSlot(input, 0, Uuid(), keys); slot.ok()) {
    FUZZ_CHECK(!slot->key.has_value());  // only who holds the root key makes a slot with a key
  }
}

}  // namespace

PRIVITY_FUZZ_TARGET(crypto) {
  const BytesView bytes = AsBytes(input);
  OpenRecord(bytes);
  OpenChunk(bytes);
  ReadKeyHome(bytes);
  if (const auto entries = internal::DecodeRosterEntries(bytes); entries.ok()) {
    FUZZ_CHECK(std::ranges::equal(internal::EncodeRosterEntries(*entries), bytes));
  }
}

}  // namespace privity
