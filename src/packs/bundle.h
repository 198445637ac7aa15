// Pack files on their way from a publisher to an installation without a network: one file, signed with Ed25519.
// docs/formats/pack.md has the layout to the byte.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "crypto/signature.h"
#include "packs/catalog.h"

namespace privity {

struct PackBundle {
  Instant made_at{};
  std::vector<PackFile> files;
};

// Files are sorted by path. packs.bundle_path{file} when a path could leave the packs directory or does not end in
// .yaml.
Result<std::string> SignPackBundle(const PackBundle& bundle, const SigningKey& key);

// Accepts a bundle signed by one of the trusted keys, and nothing of any other. The packs are not read here: validate
// them before they are installed. packs.bundle_damaged, packs.bundle_untrusted{key} (base64 of the key that signed),
// packs.bundle_signature, packs.bundle_path.
Result<PackBundle> OpenPackBundle(std::string_view bytes, std::span<const VerifyKey> trusted);

}  // namespace privity
