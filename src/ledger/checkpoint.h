// Checkpoints: the ledger's size and root at one moment, signed, in the formats that others already verify.
//
// A checkpoint (C2SP tlog-checkpoint) is the text
//     <origin>\n<size>\n<base64 root>\n
// inside a signed note (C2SP signed-note): the text, an empty line, then signature lines
//     — <key name> <base64 of key id and signature>\n
// where the key id is the first four bytes of SHA-256(key name || "\n" || type || public key). Types: 0x01 plain
// Ed25519 (the ledger's own key, whose name is the origin) and 0x04 a witness's timestamped cosignature (C2SP
// tlog-cosignature).
//
// A verifier is written "<name>+<key id, 8 hex digits>+<base64 of type and public key>", as Go's sumdb/note writes it.
// It comes from elsewhere than the ledger that it judges. Thread safety: value types.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "crypto/signature.h"
#include "ledger/tree.h"

namespace privity {

struct Checkpoint {
  std::string origin;
  std::uint64_t size = 0;
  TreeHash root{};
  bool operator==(const Checkpoint&) const = default;
};

// The three lines that are signed.
std::string FormatCheckpoint(const Checkpoint& checkpoint);
// ledger.checkpoint_invalid. Extension lines after the third are accepted and ignored, as the format demands.
Result<Checkpoint> ParseCheckpoint(std::string_view text);

enum class NoteKeyType : unsigned char { kEd25519 = 0x01, kCosignature = 0x04 };

class NoteVerifier {
 public:
  // A name is not empty and holds no white space, plus sign or control character: ledger.key_name_invalid.
  static Result<NoteVerifier> Create(std::string name, NoteKeyType type, const VerifyKey& key);
  // ledger.verifier_invalid: not that form, an unknown type, or a key id that does not belong to name and key.
  static Result<NoteVerifier> Parse(std::string_view text);
  std::string ToString() const;

  const std::string& name() const { return name_; }
  std::uint32_t key_id() const { return key_id_; }
  NoteKeyType type() const { return type_; }
  // Whether `signature` (without the key id in front) is this key's over the text of a note.
  bool Verifies(std::string_view text, BytesView signature) const;

 private:
  NoteVerifier(std::string name, NoteKeyType type, const VerifyKey& key);
  std::string name_;
  NoteKeyType type_;
  VerifyKey key_;
  std::uint32_t key_id_;
};

// The verifiers of one ledger, all of one name: after its signing key was replaced there are several. A note is good
// when one of them signed it and none of them signed it wrongly.
class NoteVerifiers {
 public:
  NoteVerifiers(NoteVerifier one) : all_{std::move(one)} {}  // NOLINT: implicit by design
  // The newest first. ledger.verifiers_differ: none, or of more than one name.
  static Result<NoteVerifiers> Create(std::vector<NoteVerifier> all);

  const std::string& name() const { return all_.front().name(); }
  const NoteVerifier& newest() const { return all_.front(); }
  const std::vector<NoteVerifier>& all() const { return all_; }

 private:
  explicit NoteVerifiers(std::vector<NoteVerifier> all) : all_(std::move(all)) {}
  std::vector<NoteVerifier> all_;
};

struct NoteSignature {
  std::string name;
  std::uint32_t key_id = 0;
  Bytes signature;
};

struct Note {
  std::string text;  // with its last newline
  std::vector<NoteSignature> signatures;
};

// ledger.note_invalid: not a signed note, a control character in it, or more than 100 signatures. Nothing is verified
// yet.
Result<Note> ParseNote(std::string_view signed_note);

// Opens a note that must carry a good signature of one of `verifiers`. ledger.note_invalid; ledger.signature_missing:
// no line of those keys; ledger.signature_bad: there is one and it is wrong. Signatures of unknown keys are ignored.
Result<Note> OpenNote(std::string_view signed_note, const NoteVerifiers& verifiers);
// The same for a checkpoint, whose origin must be the verifiers' name: ledger.origin_wrong.
Result<Checkpoint> OpenCheckpoint(std::string_view signed_note, const NoteVerifiers& verifiers);

// "<text>\n— <name> …\n" with one plain Ed25519 signature of each key, in their order. ledger.key_name_invalid.
Result<std::string> SignNote(std::string_view text, std::string_view key_name, std::span<const SigningKey> keys);
Result<std::string> SignNote(std::string_view text, std::string_view key_name, const SigningKey& key);

// C2SP tlog-proof: "c2sp.org/tlog-proof@v1", the index, the path, an empty line, the signed checkpoint. One file that
// proves offline that an entry is in the ledger.
struct InclusionEvidence {
  std::uint64_t index = 0;
  std::vector<TreeHash> path;
  std::string signed_checkpoint;
};
std::string FormatProof(const InclusionEvidence& evidence);
// ledger.proof_invalid. Verifies nothing yet.
Result<InclusionEvidence> ParseProof(std::string_view text);
// The whole check that a stranger makes: the checkpoint is signed by one of `verifiers`, and `entry` stands at the
// index that the evidence names. Returns the checkpoint. Errors: those of OpenCheckpoint; ledger.proof_wrong.
Result<Checkpoint> CheckEvidence(const InclusionEvidence& evidence, BytesView entry, const NoteVerifiers& verifiers);

// Base64 of the 32 bytes, and back: ledger.hash_invalid.
std::string FormatHash(const TreeHash& hash);
Result<TreeHash> ParseHash(std::string_view base64);

}  // namespace privity
