#include "ledger/checkpoint.h"

#include <algorithm>
#include <charconv>
#include <cstring>

#include "crypto/hash.h"

namespace privity {
namespace {

constexpr std::string_view kSignatureStart = "\xe2\x80\x94 ";  // U+2014 and a space
constexpr std::size_t kSignaturesMax = 100;
constexpr std::size_t kSignatureBytes = 64;
constexpr std::size_t kTimestampBytes = 8;
constexpr std::string_view kProofHeader = "c2sp.org/tlog-proof@v1";

// Decimal without leading zeroes, as every C2SP format asks.
std::optional<std::uint64_t> ParseDecimal(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc() || end != text.data() + text.size() || (text.size() > 1 && text[0] == '0')) return {};
  return value;
}

// Cuts the first line (without its newline) off `rest`. False when there is no newline left.
bool TakeLine(std::string_view& rest, std::string_view& line) {
  const std::size_t end = rest.find('\n');
  if (end == std::string_view::npos) return false;
  line = rest.substr(0, end);
  rest.remove_prefix(end + 1);
  return true;
}

bool HasControlCharacter(std::string_view text) {
  return std::ranges::any_of(text, [](unsigned char c) { return c < 0x20 && c != '\n'; });
}

bool IsKeyName(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](unsigned char c) { return c > 0x20 && c < 0x7f && c != '+'; });
}

std::uint32_t KeyId(std::string_view name, NoteKeyType type, const VerifyKey& key) {
  const std::byte separator[2] = {std::byte{'\n'}, static_cast<std::byte>(type)};
  const auto digest = Sha256({AsBytes(name), separator, key.bytes()});
  std::uint32_t id = 0;
  for (int i = 0; i < 4; ++i) id = id << 8 | static_cast<std::uint32_t>(digest[i]);
  return id;
}

Bytes BigEndian(std::uint32_t value) {
  Bytes bytes(4);
  for (int i = 0; i < 4; ++i) bytes[i] = static_cast<std::byte>(value >> (24 - 8 * i));
  return bytes;
}

std::uint64_t BigEndian64(BytesView bytes) {
  std::uint64_t value = 0;
  for (const std::byte b : bytes.first(kTimestampBytes)) value = value << 8 | static_cast<std::uint64_t>(b);
  return value;
}

Result<NoteSignature> ParseSignatureLine(std::string_view line) {
  const Error invalid("ledger.note_invalid", {{"problem", "signature line"}});
  if (!line.starts_with(kSignatureStart)) return invalid;
  line.remove_prefix(kSignatureStart.size());
  const std::size_t space = line.find(' ');
  if (space == std::string_view::npos || !IsKeyName(line.substr(0, space))) return invalid;
  const Result<Bytes> bytes = Base64Decode(line.substr(space + 1));
  if (!bytes.ok() || bytes->size() < 5) return invalid;
  NoteSignature signature{.name = std::string(line.substr(0, space)), .key_id = 0, .signature = {}};
  for (int i = 0; i < 4; ++i) signature.key_id = signature.key_id << 8 | static_cast<std::uint32_t>((*bytes)[i]);
  signature.signature.assign(bytes->begin() + 4, bytes->end());
  return signature;
}

}  // namespace

std::string FormatHash(const TreeHash& hash) {
  return Base64Encode(hash);
}

Result<TreeHash> ParseHash(std::string_view base64) {
  const Result<Bytes> bytes = Base64Decode(base64);
  TreeHash hash;
  if (!bytes.ok() || bytes->size() != hash.size()) return Error("ledger.hash_invalid");
  std::ranges::copy(*bytes, hash.begin());
  return hash;
}

std::string FormatCheckpoint(const Checkpoint& checkpoint) {
  return checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" + FormatHash(checkpoint.root) + "\n";
}

Result<Checkpoint> ParseCheckpoint(std::string_view text) {
  const auto invalid = [](const char* problem) { return Error("ledger.checkpoint_invalid", {{"problem", problem}}); };
  Checkpoint checkpoint;
  std::string_view rest = text, line;
  if (!TakeLine(rest, line) || line.empty()) return invalid("origin");
  checkpoint.origin = line;
  const std::optional<std::uint64_t> size = TakeLine(rest, line) ? ParseDecimal(line) : std::nullopt;
  if (!size) return invalid("size");
  checkpoint.size = *size;
  const Result<TreeHash> root = TakeLine(rest, line) ? ParseHash(line) : Error("ledger.hash_invalid");
  if (!root.ok()) return invalid("root");
  checkpoint.root = *root;
  while (!rest.empty()) {
    if (!TakeLine(rest, line) || line.empty()) return invalid("extension");
  }
  return checkpoint;
}

NoteVerifier::NoteVerifier(std::string name, NoteKeyType type, const VerifyKey& key)
    : name_(std::move(name)), type_(type), key_(key), key_id_(KeyId(name_, type, key)) {}

Result<NoteVerifier> NoteVerifier::Create(std::string name, NoteKeyType type, const VerifyKey& key) {
  if (!IsKeyName(name)) return Error("ledger.key_name_invalid");
  return NoteVerifier(std::move(name), type, key);
}

Result<NoteVerifier> NoteVerifier::Parse(std::string_view text) {
  const Error invalid("ledger.verifier_invalid");
  // The base64 part may itself contain '+': cut from the left.
  const std::size_t first = text.find('+');
  if (first == std::string_view::npos || text.size() < first + 10 || text[first + 9] != '+') return invalid;
  const Result<Bytes> id = HexDecode(text.substr(first + 1, 8));
  const Result<Bytes> typed_key = Base64Decode(text.substr(first + 10));
  if (!id.ok() || !typed_key.ok() || typed_key->empty()) return invalid;
  const auto type = static_cast<NoteKeyType>((*typed_key)[0]);
  if (type != NoteKeyType::kEd25519 && type != NoteKeyType::kCosignature) return invalid;
  const Result<VerifyKey> key = VerifyKey::FromBytes(BytesView(*typed_key).subspan(1));
  if (!key.ok()) return invalid;
  Result<NoteVerifier> verifier = Create(std::string(text.substr(0, first)), type, *key);
  if (!verifier.ok() || BigEndian(verifier->key_id()) != *id) return invalid;
  return verifier;
}

std::string NoteVerifier::ToString() const {
  Bytes typed_key = {static_cast<std::byte>(type_)};
  const auto& bytes = key_.bytes();
  typed_key.insert(typed_key.end(), bytes.begin(), bytes.end());
  return name_ + "+" + HexEncode(BigEndian(key_id_)) + "+" + Base64Encode(typed_key);
}

bool NoteVerifier::Verifies(std::string_view text, BytesView signature) const {
  switch (type_) {
    case NoteKeyType::kEd25519:
      return signature.size() == kSignatureBytes && key_.Verify(AsBytes(text), signature);
    case NoteKeyType::kCosignature: {
      if (signature.size() != kTimestampBytes + kSignatureBytes) return false;
      const std::string signed_text =
          "cosignature/v1\ntime " + std::to_string(BigEndian64(signature)) + "\n" + std::string(text);
      return key_.Verify(AsBytes(signed_text), signature.subspan(kTimestampBytes));
    }
  }
  return false;
}

Result<Note> ParseNote(std::string_view signed_note) {
  const auto invalid = [](const char* problem) { return Error("ledger.note_invalid", {{"problem", problem}}); };
  if (HasControlCharacter(signed_note)) return invalid("control character");
  const std::size_t split = signed_note.rfind("\n\n");
  if (split == std::string_view::npos) return invalid("no empty line before the signatures");
  Note note{.text = std::string(signed_note.substr(0, split + 1)), .signatures = {}};
  std::string_view rest = signed_note.substr(split + 2), line;
  while (!rest.empty()) {
    if (!TakeLine(rest, line)) return invalid("no newline at the end");
    if (note.signatures.size() == kSignaturesMax) return invalid("too many signatures");
    PRIVITY_TRY(NoteSignature signature, ParseSignatureLine(line));
    note.signatures.push_back(std::move(signature));
  }
  if (note.signatures.empty()) return invalid("no signature");
  return note;
}

Result<NoteVerifiers> NoteVerifiers::Create(std::vector<NoteVerifier> all) {
  const auto differs = [&](const NoteVerifier& verifier) { return verifier.name() != all.front().name(); };
  if (all.empty() || std::ranges::any_of(all, differs)) return Error("ledger.verifiers_differ");
  return NoteVerifiers(std::move(all));
}

Result<Note> OpenNote(std::string_view signed_note, const NoteVerifiers& verifiers) {
  PRIVITY_TRY(Note note, ParseNote(signed_note));
  bool verified = false;
  for (const NoteSignature& signature : note.signatures) {
    for (const NoteVerifier& verifier : verifiers.all()) {
      if (signature.name != verifier.name() || signature.key_id != verifier.key_id()) continue;
      if (!verifier.Verifies(note.text, signature.signature)) {
        return Error("ledger.signature_bad", {{"key", verifier.name()}});
      }
      verified = true;
    }
  }
  if (!verified) return Error("ledger.signature_missing", {{"key", verifiers.name()}});
  return note;
}

Result<Checkpoint> OpenCheckpoint(std::string_view signed_note, const NoteVerifiers& verifiers) {
  PRIVITY_TRY(const Note note, OpenNote(signed_note, verifiers));
  PRIVITY_TRY(Checkpoint checkpoint, ParseCheckpoint(note.text));
  if (checkpoint.origin != verifiers.name()) return Error("ledger.origin_wrong", {{"expected", verifiers.name()}});
  return checkpoint;
}

Result<std::string> SignNote(std::string_view text, std::string_view key_name, std::span<const SigningKey> keys) {
  Invariant(text.ends_with('\n'), "the text of a note ends with a newline");
  std::string note = std::string(text) + "\n";
  for (const SigningKey& key : keys) {
    PRIVITY_TRY(const NoteVerifier verifier,
                NoteVerifier::Create(std::string(key_name), NoteKeyType::kEd25519, key.verify_key()));
    Bytes signature = BigEndian(verifier.key_id());
    const auto raw = key.Sign(AsBytes(text));
    signature.insert(signature.end(), raw.begin(), raw.end());
    note += std::string(kSignatureStart) + std::string(key_name) + " " + Base64Encode(signature) + "\n";
  }
  return note;
}

Result<std::string> SignNote(std::string_view text, std::string_view key_name, const SigningKey& key) {
  return SignNote(text, key_name, std::span(&key, 1));
}

std::string FormatProof(const InclusionEvidence& evidence) {
  std::string text = std::string(kProofHeader) + "\nindex " + std::to_string(evidence.index) + "\n";
  for (const TreeHash& hash : evidence.path) text += FormatHash(hash) + "\n";
  return text + "\n" + evidence.signed_checkpoint;
}

Result<InclusionEvidence> ParseProof(std::string_view text) {
  const auto invalid = [](const char* problem) { return Error("ledger.proof_invalid", {{"problem", problem}}); };
  std::string_view line;
  if (!TakeLine(text, line) || line != kProofHeader) return invalid("header");
  if (!TakeLine(text, line)) return invalid("index");
  if (line.starts_with("extra ") && !TakeLine(text, line)) return invalid("index");
  const std::optional<std::uint64_t> index = line.starts_with("index ") ? ParseDecimal(line.substr(6)) : std::nullopt;
  if (!index) return invalid("index");
  InclusionEvidence evidence{.index = *index, .path = {}, .signed_checkpoint = {}};
  for (;;) {
    if (!TakeLine(text, line)) return invalid("path");
    if (line.empty()) break;
    const Result<TreeHash> hash = ParseHash(line);
    if (!hash.ok() || evidence.path.size() == 63) return invalid("path");
    evidence.path.push_back(*hash);
  }
  evidence.signed_checkpoint = text;
  return evidence;
}

Result<Checkpoint> CheckEvidence(const InclusionEvidence& evidence, BytesView entry, const NoteVerifiers& verifiers) {
  PRIVITY_TRY(Checkpoint checkpoint, OpenCheckpoint(evidence.signed_checkpoint, verifiers));
  if (!InclusionHolds(evidence.index, checkpoint.size, LeafHash(entry), evidence.path, checkpoint.root)) {
    return Error("ledger.proof_wrong", {{"index", std::to_string(evidence.index)}});
  }
  return checkpoint;
}

}  // namespace privity
