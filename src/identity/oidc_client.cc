#include "identity/oidc_client.h"

#include <algorithm>

#include "crypto/hash.h"
#include "crypto/token.h"
#include "identity/internal/percent.h"
#include "net/loopback.h"

namespace privity {
namespace {

using namespace std::chrono_literals;

constexpr Duration kCacheLifetime = 1h;
constexpr Duration kKeysAgain = 10s;
constexpr Duration kClockSkew = 60s;
constexpr std::size_t kSubjectBytesMax = 255;  // OpenID Connect Core section 2
constexpr std::int64_t kAnswerBytesMax = 1 << 20;
constexpr auto kAnswerTimeout = 10s;

Error Unusable(std::string problem) {
  return Error("identity.provider_unusable", {{"problem", std::move(problem)}});
}
Error Refused(std::string problem) {
  return Error("identity.oidc_refused", {{"problem", std::move(problem)}});
}
Error InvalidToken(std::string problem) {
  return Error("identity.id_token_invalid", {{"problem", std::move(problem)}});
}

// "a=b&c=d" of pairs whose values are percent-encoded.
std::string Form(const std::vector<std::pair<std::string_view, std::string>>& fields) {
  std::string out;
  for (const auto& [name, value] : fields) {
    if (!out.empty()) out += '&';
    out += std::string(name) + "=" + PercentEncodeUnreserved(value);
  }
  return out;
}

bool AudienceHolds(const Json& claims, const std::string& client_id) {
  const Json& audience = claims["aud"];
  if (const std::string* one = audience.string()) return *one == client_id;
  const Json::Items* many = audience.items();
  return many != nullptr &&
         std::ranges::any_of(*many, [&](const Json& item) { return item.StringOr("") == client_id; });
}

Instant AtSeconds(std::int64_t seconds) {
  // Far beyond any sensible time, and short of an overflow.
  return FromMicros(std::clamp<std::int64_t>(seconds, 0, std::int64_t{1} << 40) * 1'000'000);
}

// OpenID Connect Core section 3.1.3.7.
Status CheckClaims(const Json& claims, const OidcProvider& provider, const std::string& nonce, Instant now) {
  if (claims["iss"].StringOr("") != provider.issuer) return InvalidToken("issuer");
  if (!AudienceHolds(claims, provider.client_id)) return InvalidToken("audience");
  const Json::Items* audiences = claims["aud"].items();
  const bool several = audiences != nullptr && audiences->size() > 1;
  if ((several || claims.Has("azp")) && claims["azp"].StringOr("") != provider.client_id) {
    return InvalidToken("authorized party");
  }
  const std::int64_t* expires = claims["exp"].integer();
  if (expires == nullptr || AtSeconds(*expires) + kClockSkew <= now) return InvalidToken("expiry");
  const std::int64_t* issued = claims["iat"].integer();
  if (issued == nullptr || AtSeconds(*issued) > now + kClockSkew) return InvalidToken("issue time");
  if (claims.Has("nbf") && AtSeconds(claims["nbf"].IntegerOr(std::int64_t{1} << 40)) > now + kClockSkew) {
    return InvalidToken("not before");
  }
  const std::string* sent = claims["nonce"].string();
  if (sent == nullptr || !EqualInConstantTime(AsBytes(*sent), AsBytes(nonce))) return InvalidToken("nonce");
  const std::string* subject = claims["sub"].string();
  if (subject == nullptr || subject->empty() || subject->size() > kSubjectBytesMax) return InvalidToken("subject");
  return Ok();
}

}  // namespace

Result<OutboundResponse> OidcClient::Send(const OidcProvider& provider, OutboundRequest request) const {
  OutboundPolicy policy;
  for (const std::string& network : provider.networks) {
    PRIVITY_TRY(Network parsed, Network::Parse(network));
    policy.addresses.allowed_networks.push_back(std::move(parsed));
  }
  // Without TLS only to this machine, and only when the loopback network is listed as well.
  policy.allow_http = IsLoopback(request.url);
  request.limits.response_bytes_max = kAnswerBytesMax;
  request.limits.total_timeout = kAnswerTimeout;
  if (!calls_.try_acquire()) return Unusable("busy");
  auto response = http_.Send(request, policy);
  calls_.release();
  if (!response.ok()) return Unusable(response.error().code());
  return response;
}

Result<std::string> OidcClient::Fetch(const OidcProvider& provider, const std::string& address) const {
  const auto url = Url::Parse(address);
  if (!url.ok()) return Unusable("address");
  OutboundRequest request{.url = *url};
  request.headers.push_back({"Accept", "application/json"});
  PRIVITY_TRY(OutboundResponse response, Send(provider, std::move(request)));
  if (response.status != 200) return Unusable("status " + std::to_string(response.status));
  return std::move(response.body);
}

Result<OidcClient::Metadata> OidcClient::MetadataOf(const OidcProvider& provider) const {
  const auto now = clock_.Monotonic();
  const auto cached = cache_.With([&](Cache& cache) -> std::optional<Metadata> {
    const auto found = cache.metadata.find(provider.issuer);
    if (found == cache.metadata.end() || found->second.fetched_at + kCacheLifetime <= now) return std::nullopt;
    return found->second;
  });
  if (cached) return *cached;
  return FetchMetadata(provider);
}

Result<OidcClient::Metadata> OidcClient::FetchMetadata(const OidcProvider& provider) const {
  std::string base = provider.issuer;
  if (base.ends_with('/')) base.pop_back();
  PRIVITY_TRY(const std::string text, Fetch(provider, base + "/.well-known/openid-configuration"));
  const auto json = ParseJson(text);
  if (!json.ok()) return Unusable("metadata syntax");
  // Discovery section 4.3: another issuer here is an impersonation.
  if ((*json)["issuer"].StringOr("") != provider.issuer) return Unusable("metadata issuer");
  Metadata metadata{.authorization_endpoint = (*json)["authorization_endpoint"].StringOr(""),
                    .token_endpoint = (*json)["token_endpoint"].StringOr(""),
                    .jwks_uri = (*json)["jwks_uri"].StringOr(""),
                    .answers_with_issuer = (*json)["authorization_response_iss_parameter_supported"].BooleanOr(false),
                    .takes_basic = true,
                    .fetched_at = clock_.Monotonic()};
  for (const std::string* endpoint : {&metadata.authorization_endpoint, &metadata.token_endpoint, &metadata.jwks_uri}) {
    const auto url = Url::Parse(*endpoint);
    if (!url.ok() || (!url->is_https() && !IsLoopback(*url))) return Unusable("metadata endpoint");
  }
  if (const Json::Items* methods = (*json)["token_endpoint_auth_methods_supported"].items()) {
    metadata.takes_basic =
        std::ranges::any_of(*methods, [](const Json& method) { return method.StringOr("") == "client_secret_basic"; });
  }
  cache_.With([&](Cache& cache) { cache.metadata[provider.issuer] = metadata; });
  return metadata;
}

Result<JwkSet> OidcClient::KeysOf(const OidcProvider& provider, const Metadata& metadata, Duration age_max) const {
  const auto now = clock_.Monotonic();
  const auto cached = cache_.With([&](Cache& cache) -> std::optional<JwkSet> {
    const auto found = cache.keys.find(provider.issuer);
    if (found == cache.keys.end() || found->second.fetched_at + age_max <= now) return std::nullopt;
    return found->second.set;
  });
  if (cached) return *cached;
  return FetchKeys(provider, metadata);
}

Result<JwkSet> OidcClient::FetchKeys(const OidcProvider& provider, const Metadata& metadata) const {
  PRIVITY_TRY(const std::string text, Fetch(provider, metadata.jwks_uri));
  PRIVITY_TRY(JwkSet set, JwkSet::Parse(text));
  cache_.With([&](Cache& cache) { cache.keys[provider.issuer] = Keys{set, clock_.Monotonic()}; });
  return set;
}

Result<OidcCheck> OidcClient::Check(const OidcProvider& provider) const {
  PRIVITY_TRY(const Metadata metadata, FetchMetadata(provider));
  PRIVITY_TRY(const JwkSet keys, FetchKeys(provider, metadata));
  if (keys.size() == 0) return Unusable("no usable key");
  return OidcCheck{.authorization_endpoint = metadata.authorization_endpoint,
                   .token_endpoint = metadata.token_endpoint,
                   .keys = static_cast<std::int64_t>(keys.size()),
                   .answers_with_issuer = metadata.answers_with_issuer};
}

Result<OidcStart> OidcClient::Start(const OidcProvider& provider, const std::string& redirect_uri) const {
  PRIVITY_TRY(const Metadata metadata, MetadataOf(provider));
  OidcStart start;
  start.flow = {
      .state = RandomToken().Reveal(), .nonce = RandomToken().Reveal(), .code_verifier = RandomToken().Reveal()};
  const std::string challenge = Base64UrlEncode(Sha256(AsBytes(start.flow.code_verifier)));
  const bool has_query = metadata.authorization_endpoint.find('?') != std::string::npos;
  start.location = metadata.authorization_endpoint + (has_query ? "&" : "?") +
                   Form({{"response_type", "code"},
                         {"client_id", provider.client_id},
                         {"redirect_uri", redirect_uri},
                         {"scope", "openid"},
                         {"state", start.flow.state},
                         {"nonce", start.flow.nonce},
                         {"code_challenge", challenge},
                         {"code_challenge_method", "S256"}});
  return start;
}

Result<std::string> OidcClient::Redeem(const OidcProvider& provider, const Metadata& metadata,
                                       const std::string& redirect_uri, const OidcFlow& flow,
                                       const std::string& code) const {
  const auto url = Url::Parse(metadata.token_endpoint);
  if (!url.ok()) return Unusable("metadata endpoint");
  OutboundRequest request{.url = *url, .method = "POST"};
  request.headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
  request.headers.push_back({"Accept", "application/json"});
  std::vector<std::pair<std::string_view, std::string>> fields = {{"grant_type", "authorization_code"},
                                                                  {"code", code},
                                                                  {"redirect_uri", redirect_uri},
                                                                  {"code_verifier", flow.code_verifier},
                                                                  {"client_id", provider.client_id}};
  if (!provider.client_secret.empty() && metadata.takes_basic) {
    // RFC 6749 section 2.3.1: both parts are form-encoded first.
    const std::string pair =
        PercentEncodeUnreserved(provider.client_id) + ":" + PercentEncodeUnreserved(provider.client_secret.Reveal());
    request.authorization = SecretString("Basic " + Base64Encode(AsBytes(pair)));
  } else if (!provider.client_secret.empty()) {
    fields.emplace_back("client_secret", provider.client_secret.Reveal());
  }
  request.body = Form(fields);
  PRIVITY_TRY(const OutboundResponse response, Send(provider, std::move(request)));
  if (response.status != 200) return Refused("code");
  const auto json = ParseJson(response.body);
  const std::string* token = json.ok() ? (*json)["id_token"].string() : nullptr;
  if (token == nullptr) return Refused("token answer");
  return *token;
}

Result<Json> OidcClient::VerifiedClaims(const OidcProvider& provider, const Metadata& metadata,
                                        const std::string& token) const {
  PRIVITY_TRY(const JwkSet known, KeysOf(provider, metadata, kCacheLifetime));
  auto claims = known.Verify(token);
  if (claims.ok() || claims.error().Parameter("problem") != "unknown key") return claims;
  PRIVITY_TRY(const JwkSet fresh, KeysOf(provider, metadata, kKeysAgain));
  return fresh.Verify(token);
}

Result<std::string> OidcClient::Finish(const OidcProvider& provider, const std::string& redirect_uri,
                                       const OidcFlow& flow, const OidcAnswer& answer) const {
  if (!EqualInConstantTime(AsBytes(answer.state), AsBytes(flow.state))) return Refused("state");
  PRIVITY_TRY(const Metadata metadata, MetadataOf(provider));
  // RFC 9207 section 2.4: before anything of the answer is used, its error included.
  const bool issuer_wrong = !answer.issuer.empty() && answer.issuer != provider.issuer;
  if (issuer_wrong || (answer.issuer.empty() && metadata.answers_with_issuer)) return Refused("issuer");
  if (!answer.error.empty()) return Refused("provider");
  if (answer.code.empty()) return Refused("code");
  PRIVITY_TRY(const std::string token, Redeem(provider, metadata, redirect_uri, flow, answer.code));
  PRIVITY_TRY(const Json claims, VerifiedClaims(provider, metadata, token));
  PRIVITY_TRY_VOID(CheckClaims(claims, provider, flow.nonce, clock_.Now()));
  return claims["sub"].StringOr("");
}

}  // namespace privity
