#include "cli/api_client.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>

#include "http/content.h"
#include "net/outbound.h"

namespace privity {
namespace {

// A backup or an export may take long; whoever waits too long ends the command.
constexpr std::chrono::hours kAnswerMax{12};
constexpr std::int64_t kAnswerBytesMax = 256 << 20;

class Client final : public ApiClient {
 public:
  Client(ApiTarget target, Url base) : target_(std::move(target)), base_(std::move(base)) {}

  Result<ApiAnswer> Send(const ApiRequest& request) override {
    PRIVITY_TRY(OutboundRequest out, ToOutbound(request));
    auto sent = target_.url.empty() ? SendToUnixSocket(target_.socket_path, out) : http_.Send(out, policy());
    if (!sent.ok()) return sent.error().Is("cli.file_unreadable") ? sent.error() : Unreachable(sent.error());
    ApiAnswer answer{.status = sent->status, .text = std::move(sent->body), .body = {}, .next_path = {}};
    if (const auto type = sent->Header("content-type"); type && type->find("json") != std::string_view::npos) {
      if (auto json = ParseJson(answer.text, {.size_bytes_max = kAnswerBytesMax}); json.ok())
        answer.body = *std::move(json);
    }
    if (const auto link = sent->Header("link")) answer.next_path = NextPath(*link);
    return answer;
  }

 private:
  Result<OutboundRequest> ToOutbound(const ApiRequest& request) const {
    OutboundRequest out{.url = base_};
    PRIVITY_TRY(out.url, Url::Parse(base_.ToString() + request.path.substr(1)));
    out.method = request.method;
    out.headers = {{"Accept", "application/json, */*;q=0.5"}};  // some answers are files
    if (!request.idempotency_key.empty()) out.headers.push_back({"Idempotency-Key", request.idempotency_key});
    if (!request.if_match.empty()) out.headers.push_back({"If-Match", request.if_match});
    if (request.body) {
      out.headers.push_back({"Content-Type", "application/json"});
      out.body = ToJson(*request.body);
    }
    if (!request.body_file.empty()) PRIVITY_TRY_VOID(SendFile(request.body_file, out));
    if (!target_.token.empty()) out.authorization = SecretString("Bearer " + target_.token.Reveal());
    out.limits.total_timeout = kAnswerMax;
    out.limits.stall_timeout = std::chrono::duration_cast<std::chrono::seconds>(kAnswerMax);
    out.limits.response_bytes_max = kAnswerBytesMax;
    if (request.on_body) {
      out.on_body = request.on_body;
      out.limits.response_bytes_max = INT64_MAX;
    }
    return out;
  }

  static Status SendFile(const std::filesystem::path& path, OutboundRequest& out) {
    std::error_code problem;
    const std::uintmax_t size = std::filesystem::file_size(path, problem);
    const auto file = std::make_shared<std::ifstream>(path, std::ios::binary);
    if (problem || !*file) return Error("cli.file_unreadable", {{"path", path.string()}});
    auto read = [file, path](std::span<char> piece) -> Result<std::size_t> {
      file->read(piece.data(), static_cast<std::streamsize>(piece.size()));
      if (file->bad()) return Error("cli.file_unreadable", {{"path", path.string()}});
      return static_cast<std::size_t>(file->gcount());
    };
    out.upload = OutboundUpload{.size_bytes = static_cast<std::int64_t>(size), .read = std::move(read)};
    out.headers.push_back({"Content-Type", "application/octet-stream"});
    out.headers.push_back({"Content-Disposition", AttachmentField(path.filename().string())});
    return Ok();
  }

  // Whoever types a command names the server himself: every address is allowed, but plain HTTP only on this machine.
  OutboundPolicy policy() const {
    OutboundPolicy policy;
    for (const char* everywhere : {"0.0.0.0/0", "::/0"}) {
      policy.addresses.allowed_networks.push_back(Network::Parse(everywhere).value());
    }
    policy.allow_http = !base_.is_https();
    policy.ca_file = target_.ca_file;
    return policy;
  }

  Error Unreachable(const Error& cause) const {
    const std::string place = target_.url.empty() ? target_.socket_path : base_.ToString();
    return Error("cli.server_unreachable", {{"place", place}, {"problem", cause.code()}});
  }

  const ApiTarget target_;
  const Url base_;
  SystemResolver resolver_;
  GuardedHttp http_{resolver_};
};

bool IsThisMachine(const Url& url) {
  if (url.host() == "localhost") return true;
  const auto address = IpAddress::Parse(url.host());
  return address.ok() && address->Class() == AddressClass::kLoopback;
}

}  // namespace

Result<std::unique_ptr<ApiClient>> ApiClient::Create(const ApiTarget& target) {
  // The socket's host only fills a header.
  const auto base = Url::Parse(target.url.empty() ? "http://localhost/" : target.url);
  if (!base.ok()) return Error("cli.url_invalid", {{"problem", std::string(base.error().Parameter("problem"))}});
  if (!target.url.empty()) {
    if (!base->is_https() && !IsThisMachine(*base)) return Error("cli.url_not_safe");
    if (base->path() != "/" || !base->query().empty()) return Error("cli.url_invalid", {{"problem", "path"}});
    if (target.token.empty()) return Error("cli.token_missing");
  }
  return std::unique_ptr<ApiClient>(std::make_unique<Client>(target, *base));
}

// RFC 8288: comma-separated links, each <target>;parameters.
std::string NextPath(std::string_view link_header) {
  for (std::size_t at = 0; (at = link_header.find('<', at)) != std::string_view::npos;) {
    const std::size_t end = link_header.find('>', at);
    if (end == std::string_view::npos) return "";
    const std::size_t next = std::min(link_header.find('<', end), link_header.size());
    const std::string_view parameters = link_header.substr(end, next - end);
    if (parameters.find("rel=\"next\"") != std::string_view::npos ||
        parameters.find("rel=next") != std::string_view::npos) {
      const std::string_view path = link_header.substr(at + 1, end - at - 1);
      return path.starts_with('/') ? std::string(path) : std::string();
    }
    at = next;
  }
  return "";
}

}  // namespace privity
