// What strangers hand to a verifier: checkpoints, signed notes, verifier keys, proofs, tiles, leaves. What is accepted
// prints as it was read, and nothing carries a signature that nobody made.
#include <algorithm>

#include "fuzz/fuzz_target.h"
#include "ledger/checkpoint.h"
#include "ledger/record.h"
#include "ledger/tree.h"

namespace privity {
namespace {

void ReadNotes(std::string_view input) {
  if (const auto checkpoint = ParseCheckpoint(input); checkpoint.ok()) {
    FUZZ_CHECK(ParseCheckpoint(FormatCheckpoint(*checkpoint)).value() == *checkpoint);
    FUZZ_CHECK(input.starts_with(FormatCheckpoint(*checkpoint)));
  }
  if (const auto note = ParseNote(input); note.ok()) {
    FUZZ_CHECK(note->text.ends_with('\n') && note->signatures.size() <= 100);
    FUZZ_CHECK(input.starts_with(note->text));
  }
  if (const auto verifier = NoteVerifier::Parse(input); verifier.ok()) FUZZ_CHECK(verifier->ToString() == input);
}

void ReadProofs(std::string_view input) {
  static const SigningKey key = SigningKey::FromSeed(Key::Random());
  static const NoteVerifier verifier =
      NoteVerifier::Create("example.org/fuzz", NoteKeyType::kEd25519, key.verify_key()).value();
  FUZZ_CHECK(!OpenNote(input, verifier).ok());
  FUZZ_CHECK(!OpenCheckpoint(input, verifier).ok());
  if (const auto proof = ParseProof(input); proof.ok()) {
    const auto again = ParseProof(FormatProof(*proof));  // without the "extra" line, which readers skip
    FUZZ_CHECK(again.ok() && FormatProof(*again) == FormatProof(*proof));
    FUZZ_CHECK(!CheckEvidence(*proof, AsBytes("an entry"), verifier).ok());
  }
  // A signed note holds what was signed.
  const std::string text = std::string(input) + "\n";
  const auto opened = OpenNote(SignNote(text, "example.org/fuzz", key).value(), verifier);
  FUZZ_CHECK(!opened.ok() || opened->text == text);
}

void ReadBytes(std::string_view input) {
  if (const auto hash = ParseHash(input); hash.ok()) FUZZ_CHECK(FormatHash(*hash) == input);
  if (const auto tile = DecodeTile(AsBytes(input)); tile.ok()) {
    FUZZ_CHECK(std::ranges::equal(EncodeTile(*tile), AsBytes(input)));
    FUZZ_CHECK(TileRoot(std::span(*tile).first(1)) == tile->front());
  }
  (void)ParseLeaf(input);
  (void)ParseBody(input);
}

}  // namespace

PRIVITY_FUZZ_TARGET(ledger) {
  ReadNotes(input);
  ReadProofs(input);
  ReadBytes(input);
}

}  // namespace privity
