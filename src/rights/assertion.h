// The company's own sign-in says who somebody is: a signed JSON Web Token (RFC 7519) that its login page hands to the
// portal, checked against keys that are pinned in the settings. Strong enough where a law wants more than a mailbox
// (ProofMethod::kAssertion).
//
// A token counts once, for ten minutes at most: EdDSA, ES256 or RS256 by one of the keys; `iss` and `aud` as set;
// `iat`, `exp` and `jti` there; the claim with the address, and `email_verified` not false. It proves the address, and
// the identifiers whose claims are set ("customer_number" from "sub").
//
// Threads: every method may be called from many. Errors besides those named: the store's, the ledger's.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "rights/portal.h"
#include "rights/requests.h"

namespace privity {

inline constexpr std::chrono::minutes kAssertionLifetime{10};

struct AssertionSettings {
  bool enabled = false;
  std::string issuer{};
  std::string audience{};
  std::string keys{};  // a JWK set (RFC 7517), as text
  std::string email_claim = "email";
  std::map<std::string, std::string> identifier_claims{};  // by the kind of identifier: the claim
  std::int64_t version = 0;
};
PRIVITY_DESCRIBE(AssertionSettings, (enabled, issuer, audience, keys, email_claim, identifier_claims, version))
std::vector<FieldNote> FieldNotes(const AssertionSettings*);

class Assertions {
 public:
  // All outlive it.
  Assertions(const RightsWorld& world, Portal& portal) : world_(world), portal_(portal) {}

  Result<AssertionSettings> Settings(ReadTx& tx) const;
  // rights.assertion_keys: no key of a kind that is taken; rights.settings_changed_meanwhile.
  Result<AssertionSettings> PutSettings(WriteTx& tx, const Caller& caller, const AssertionSettings& settings,
                                        std::optional<std::int64_t> expected_version);

  // A visit that is proven. rights.assertion_invalid{problem}: "off", "signature", "issuer", "audience", "time",
  // "claims", "used"; rights.too_many_tries.
  Result<PortalVisit> Accept(WriteTx& tx, const std::string& token, const std::string& language,
                             const std::string& network);

 private:
  const RightsWorld world_;
  Portal& portal_;
};

}  // namespace privity
