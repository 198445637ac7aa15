#include "server/assets.h"

#include <string>

#include "http/conditional.h"
#include "http/content.h"
#include "server/security_headers.h"

namespace privity {
namespace {

constexpr std::string_view kNoncePlace = "__CSP_NONCE__";

// Vite puts a hash of the content into the names under assets/: they never change.
bool IsImmutable(std::string_view path) {
  return path.starts_with("assets/");
}

bool WantsDocument(const Request& request) {
  return request.headers.Joined("Accept").find("text/html") != std::string::npos;
}

}  // namespace

std::optional<Response> Assets::Answer(const Request& request) const {
  if (request.method != "GET" && request.method != "HEAD") return std::nullopt;
  const std::string_view path = std::string_view(request.path).substr(1);
  const EmbeddedFile* index = FindEmbedded(files_, "index.html");
  if (path.empty() || path == "index.html") {
    if (index == nullptr) return std::nullopt;
    return Page(*index, request.over_tls);
  }
  if (const EmbeddedFile* file = FindEmbedded(files_, path); file != nullptr) return File(*file, request);
  if (index != nullptr && WantsDocument(request)) return Page(*index, request.over_tls);
  return std::nullopt;
}

Response Assets::Page(const EmbeddedFile& index, bool over_tls) const {
  const std::string nonce = NewNonce();
  std::string html(index.bytes);
  for (std::size_t at = 0; (at = html.find(kNoncePlace, at)) != std::string::npos; at += nonce.size()) {
    html.replace(at, kNoncePlace.size(), nonce);
  }
  Response response = Response::Text(200, "text/html; charset=utf-8", std::move(html));
  AddPageHeaders(response.headers, over_tls, nonce);
  return response;
}

Response Assets::File(const EmbeddedFile& file, const Request& request) const {
  const std::string accepted = request.headers.Joined("Accept-Encoding");
  const bool brotli = !file.brotli.empty() && AcceptsCoding(accepted, "br");
  const bool gzip = !brotli && !file.gzip.empty() && AcceptsCoding(accepted, "gzip");
  // Each coding is a representation of its own, so each has its own tag (RFC 9110 section 8.8.3.3).
  const EntityTag tag{std::string(file.sha256.substr(0, 32)) + (brotli ? "-br" : gzip ? "-gzip" : ""), false};
  Response response;
  AddAssetHeaders(response.headers, request.over_tls);
  response.headers.Add("ETag", tag.ToString());
  response.headers.Add("Vary", "Accept-Encoding");
  response.headers.Add("Cache-Control", IsImmutable(file.path) ? "public, max-age=31536000, immutable" : "no-cache");
  const auto condition = ParseEntityTagCondition(request.headers.Joined("If-None-Match"));
  if (condition && MatchesWeakly(*condition, tag)) {
    response.status = 304;
    return response;
  }
  response.headers.Add("Content-Type", file.media_type);
  if (brotli || gzip) response.headers.Add("Content-Encoding", brotli ? "br" : "gzip");
  response.body = Response::Static{brotli ? file.brotli : gzip ? file.gzip : file.bytes};
  return response;
}

}  // namespace privity
