#include "keys/person_key.h"

#include "crypto/seal.h"

namespace privity {
namespace {

AssociatedData ContextOf(const Uuid& installation, const SubjectId& subject, const FieldPlace& place) {
  return RecordContext{installation, subject.uuid(), place.collection, place.record, place.field}.ToAssociatedData();
}

}  // namespace

Result<Bytes> PersonKey::Seal(BytesView plaintext, const FieldPlace& place) const {
  const auto& [version, key] = *versions_.rbegin();
  return privity::Seal(key, version, plaintext, ContextOf(installation_, subject_, place));
}

Result<SecretBytes> PersonKey::Open(BytesView sealed, const FieldPlace& place) const {
  PRIVITY_TRY(const std::uint32_t version, SealedKeyVersion(sealed));
  const auto key = versions_.find(version);
  if (key == versions_.end()) return Error("keys.version_retired", {{"version", std::to_string(version)}});
  return privity::Open(key->second, sealed, ContextOf(installation_, subject_, place));
}

Result<bool> PersonKey::IsOutdated(BytesView sealed) const {
  PRIVITY_TRY(const std::uint32_t sealed_version, SealedKeyVersion(sealed));
  return sealed_version < version();
}

Sha256Digest PersonKey::EntryTag(BytesView entry_id) const {
  static constexpr std::string_view kDomain = "privity.entry-tag.v1";
  return HmacSha256(tag_key_.Reveal(), {AsBytes(kDomain), entry_id});
}

}  // namespace privity
