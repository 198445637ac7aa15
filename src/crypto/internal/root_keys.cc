#include "crypto/internal/root_keys.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <optional>

#include "base/durable_file.h"
#include "base/random.h"
#include "crypto/internal/sodium.h"
#include "crypto/internal/token_key.h"
#include "crypto/seal.h"

namespace privity {

RootKeySource RootKeySource::Passphrase(SecretString passphrase, PasswordCost cost) {
  RootKeySource source(Kind::kPassphrase);
  source.passphrase_ = std::move(passphrase);
  source.cost_ = cost;
  return source;
}

RootKeySource RootKeySource::Credential(std::filesystem::path path) {
  RootKeySource source(Kind::kCredential);
  source.path_ = std::move(path);
  return source;
}

RootKeySource RootKeySource::Pkcs11(Pkcs11Place place) {
  RootKeySource source(Kind::kPkcs11);
  source.pkcs11_ = std::move(place);
  return source;
}

namespace internal {
namespace {

constexpr std::size_t kSaltBytes = 16;
static_assert(kSaltBytes == crypto_pwhash_SALTBYTES);
// What a header may ask of us before we know that it is ours: 4 GiB and 64 passes.
constexpr std::uint32_t kMemoryKibMax = 4u << 20;
constexpr std::uint32_t kPassesMax = 64;

std::filesystem::path Current(const std::filesystem::path& directory) {
  return directory / "root.key";
}
std::filesystem::path Next(const std::filesystem::path& directory) {
  return directory / "root.key.new";
}

// The key in a file of 32 raw bytes or 64 hexadecimal digits (a line end after them is forgiven).
Result<Key> KeyFromFile(const std::filesystem::path& path) {
  PRIVITY_TRY(Bytes raw, ReadFile(path, 128));
  const SecretBytes content(std::move(raw));
  if (content.Reveal().size() == Key::kBytes) return Key::FromBytes(content.Reveal());
  std::string_view text = AsText(content.Reveal());
  while (text.ends_with('\n') || text.ends_with('\r')) text.remove_suffix(1);
  Result<Bytes> decoded = HexDecode(text);
  if (!decoded.ok() || decoded->size() != Key::kBytes)
    return Error("crypto.root_key_unusable", {{"path", path.string()}});
  const SecretBytes bytes(std::move(decoded).value());
  return Key::FromBytes(bytes.Reveal());
}

Result<std::optional<Key>> KeyFromFileIfThere(const std::filesystem::path& path) {
  Result<Key> key = KeyFromFile(path);
  if (key.ok()) return std::optional(*key);
  if (key.error().Is("base.file_missing")) return std::optional<Key>();
  return std::move(key).error();
}

Result<Key> KeyFromPassphrase(const SecretString& passphrase, const Header& header) {
  StartSodium();
  if (header.passes == 0 || header.passes > kPassesMax || header.memory_kib < 8 || header.memory_kib > kMemoryKibMax) {
    return Error("crypto.key_home_damaged", {{"part", "passphrase cost"}});
  }
  Bytes bytes(Key::kBytes);
  const std::string& words = passphrase.Reveal();
  const bool derived =
      crypto_pwhash(Out(bytes), bytes.size(), words.data(), words.size(), In(header.salt), header.passes,
                    std::size_t{header.memory_kib} * 1024, crypto_pwhash_ALG_ARGON2ID13) == 0;
  const SecretBytes secret(std::move(bytes));
  if (!derived) return Error("crypto.no_memory", {{"memory_mib", std::to_string(header.memory_kib / 1024)}});
  return Key::FromBytes(secret.Reveal());
}

AssociatedData TokenContext(const Header& header) {
  return AssociatedData("privity.root-key.v1").Add(header.installation);
}

// What the token opens; a header of before or after a change to another of its keys does not open, and is no error.
Result<std::vector<Key>> KeysFromToken(const Pkcs11Place& place, std::span<const Header> headers) {
  PRIVITY_TRY(TokenKey token, TokenKey::Find(place));
  std::vector<Key> keys;
  for (auto header = headers.begin(); header != headers.end(); ++header) {
    const bool seen =
        std::any_of(headers.begin(), header, [&](const Header& h) { return h.token_sealed == header->token_sealed; });
    if (header->root_kind != RootKind::kPkcs11 || seen) continue;
    Result<Key> key = token.Open(header->token_sealed, TokenContext(*header).bytes());
    if (!key.ok() && !key.error().Is("crypto.root_key_wrong")) return std::move(key).error();
    if (key.ok()) keys.push_back(*key);
  }
  return keys;
}

}  // namespace

Result<std::vector<Key>> RootKeyCandidates(const RootKeySource& source, const std::filesystem::path& directory,
                                           std::span<const Header> headers) {
  std::vector<Key> keys;
  switch (source.kind()) {
    case RootKeySource::Kind::kFile:
      for (const auto& path : {Current(directory), Next(directory)}) {
        PRIVITY_TRY(const std::optional<Key> key, KeyFromFileIfThere(path));
        if (key) keys.push_back(*key);
      }
      break;
    case RootKeySource::Kind::kPassphrase:
      for (auto header = headers.begin(); header != headers.end(); ++header) {
        const bool seen = std::any_of(headers.begin(), header, [&](const Header& h) { return h.salt == header->salt; });
        if (header->root_kind != RootKind::kPassphrase || seen) continue;
        PRIVITY_TRY(const Key key, KeyFromPassphrase(source.passphrase(), *header));
        keys.push_back(key);
      }
      break;
    case RootKeySource::Kind::kCredential: {
      PRIVITY_TRY(const Key key, KeyFromFile(source.path()));
      keys.push_back(key);
      break;
    }
    case RootKeySource::Kind::kPkcs11: {
      PRIVITY_TRY(keys, KeysFromToken(source.pkcs11(), headers));
      break;
    }
  }
  if (keys.empty()) return Error("crypto.root_key_wrong");
  return keys;
}

Result<NewRootKey> MakeRootKey(const RootKeySource& source, const std::filesystem::path& directory,
                               const Header& base) {
  NewRootKey made{Key::Random(), base};
  made.header.salt = {};
  made.header.passes = 0;
  made.header.memory_kib = 0;
  made.header.token_sealed = {};
  switch (source.kind()) {
    case RootKeySource::Kind::kFile:
      made.header.root_kind = RootKind::kFile;
      PRIVITY_TRY_VOID(WriteFileDurably(Next(directory), made.key.Reveal()));
      break;
    case RootKeySource::Kind::kPassphrase: {
      made.header.root_kind = RootKind::kPassphrase;
      FillRandom(made.header.salt);
      made.header.passes = source.cost().passes;
      made.header.memory_kib = source.cost().memory_kib;
      PRIVITY_TRY(made.key, KeyFromPassphrase(source.passphrase(), made.header));
      break;
    }
    case RootKeySource::Kind::kCredential: {
      made.header.root_kind = RootKind::kCredential;
      PRIVITY_TRY(made.key, KeyFromFile(source.path()));
      break;
    }
    case RootKeySource::Kind::kPkcs11: {
      made.header.root_kind = RootKind::kPkcs11;
      PRIVITY_TRY(TokenKey token, TokenKey::Find(source.pkcs11()));
      PRIVITY_TRY(made.header.token_sealed, token.Seal(made.key, TokenContext(made.header).bytes()));
      break;
    }
  }
  return made;
}

Status SettleRootKeyFiles(const RootKeySource& source, const Key& root, const std::filesystem::path& directory) {
  if (source.kind() != RootKeySource::Kind::kFile) {
    PRIVITY_TRY_VOID(OverwriteAndRemove(Current(directory)));
    return OverwriteAndRemove(Next(directory));
  }
  PRIVITY_TRY(const std::optional<Key> current, KeyFromFileIfThere(Current(directory)));
  if (current && *current == root) return OverwriteAndRemove(Next(directory));
  // The old file is overwritten through a handle of its own once the new one bears its name.
  FileHandle old;
  if (current) {
    PRIVITY_TRY(old, OpenFile(Current(directory), O_WRONLY));
  }
  PRIVITY_TRY(const std::optional<Key> next, KeyFromFileIfThere(Next(directory)));
  if (!next || !(*next == root)) PRIVITY_TRY_VOID(WriteFileDurably(Next(directory), root.Reveal()));
  if (rename(Next(directory).c_str(), Current(directory).c_str()) != 0) return FileError(Current(directory), "rename");
  PRIVITY_TRY_VOID(SyncDirectory(directory));
  if (!old.is_open()) return Ok();
  PRIVITY_TRY_VOID(WriteAt(old, Current(directory), 0, Bytes(Key::kBytes)));
  return SyncFile(old, Current(directory));
}

Status OverwriteAndRemove(const std::filesystem::path& path) {
  Result<FileHandle> file = OpenFile(path, O_WRONLY);
  if (!file.ok() && file.error().Is("base.file_missing")) return Ok();
  if (!file.ok()) return std::move(file).error();
  struct stat about;
  if (fstat(file->fd(), &about) != 0) return FileError(path, "stat");
  PRIVITY_TRY_VOID(WriteAt(*file, path, 0, Bytes(static_cast<std::size_t>(about.st_size))));
  PRIVITY_TRY_VOID(SyncFile(*file, path));
  return RemoveFileDurably(path);
}

}  // namespace internal
}  // namespace privity
