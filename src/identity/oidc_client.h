// A relying party of OpenID Connect: discovery, authorization code with PKCE, and the check of the ID token.
//
// OpenID Connect Core 1.0 sections 3.1 and 3.1.3.7, Discovery 1.0, RFC 7636 (S256 only), RFC 9207 (issuer in the
// answer), RFC 9700 (current practice). Only "openid" is asked for: name and address at the provider are none of our
// business, and an address proves nothing. Metadata and keys are kept for an hour; a token signed by a key that is not
// known yet fetches the keys anew, at most every ten seconds. A provider that is slow or down holds back whoever signs
// in there and nobody else: each answer has ten seconds, and at most kCallsMax are waited for at a time. Safe to call
// from many threads; blocks on the network.
#pragma once

#include <map>
#include <semaphore>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/guarded.h"
#include "base/secret.h"
#include "identity/jwt.h"
#include "net/outbound.h"

namespace privity {

struct OidcProvider {
  std::string issuer;
  std::string client_id;
  SecretString client_secret;         // empty: a public client
  std::vector<std::string> networks;  // private networks that it may be reached in, "10.2.0.0/16"
};

// What must come back unchanged from the browser that began.
struct OidcFlow {
  std::string state;
  std::string nonce;
  std::string code_verifier;
};
PRIVITY_DESCRIBE(OidcFlow, (state, nonce, code_verifier))

// The query of the redirect back to us.
struct OidcAnswer {
  std::string code;
  std::string state;
  std::string issuer;  // `iss` of RFC 9207; may be empty
  std::string error;
};

struct OidcStart {
  OidcFlow flow;
  std::string location;  // where to send the browser
};

// What a provider said of itself, when it was asked just now.
struct OidcCheck {
  std::string authorization_endpoint;
  std::string token_endpoint;
  std::int64_t keys = 0;             // that Privity can check tokens with
  bool answers_with_issuer = false;  // RFC 9207: an answer cannot be taken for that of another provider
};
PRIVITY_DESCRIBE(OidcCheck, (authorization_endpoint, token_endpoint, keys, answers_with_issuer))

class OidcClient {
 public:
  static constexpr int kCallsMax = 16;

  OidcClient(const OutboundHttp& http, const Clock& clock) : http_(http), clock_(clock) {}

  // Asks for metadata and keys anew, whatever is kept. Errors: identity.provider_unusable{problem}: unreachable, or its
  // metadata or keys are not what they must be.
  Result<OidcCheck> Check(const OidcProvider& provider) const;

  // Errors: identity.provider_unusable{problem}.
  Result<OidcStart> Start(const OidcProvider& provider, const std::string& redirect_uri) const;

  // The subject that the provider vouches for. Errors: identity.oidc_refused{problem}: the provider or one of our
  // checks said no; identity.id_token_invalid{problem}; identity.provider_unusable.
  Result<std::string> Finish(const OidcProvider& provider, const std::string& redirect_uri, const OidcFlow& flow,
                             const OidcAnswer& answer) const;

 private:
  struct Metadata {
    std::string authorization_endpoint;
    std::string token_endpoint;
    std::string jwks_uri;
    bool answers_with_issuer = false;
    bool takes_basic = true;
    std::chrono::steady_clock::time_point fetched_at;
  };
  struct Keys {
    JwkSet set;
    std::chrono::steady_clock::time_point fetched_at;
  };
  struct Cache {
    std::map<std::string, Metadata> metadata;  // by issuer
    std::map<std::string, Keys> keys;          // by issuer
  };

  Result<OutboundResponse> Send(const OidcProvider& provider, OutboundRequest request) const;
  Result<std::string> Fetch(const OidcProvider& provider, const std::string& address) const;
  Result<Metadata> FetchMetadata(const OidcProvider& provider) const;
  Result<Metadata> MetadataOf(const OidcProvider& provider) const;
  Result<JwkSet> FetchKeys(const OidcProvider& provider, const Metadata& metadata) const;
  Result<JwkSet> KeysOf(const OidcProvider& provider, const Metadata& metadata, Duration age_max) const;
  Result<std::string> Redeem(const OidcProvider& provider, const Metadata& metadata, const std::string& redirect_uri,
                             const OidcFlow& flow, const std::string& code) const;
  Result<Json> VerifiedClaims(const OidcProvider& provider, const Metadata& metadata, const std::string& token) const;

  const OutboundHttp& http_;
  const Clock& clock_;
  mutable Guarded<Cache> cache_;
  mutable std::counting_semaphore<kCallsMax> calls_{kCallsMax};
};

}  // namespace privity
