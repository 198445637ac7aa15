#include "connect/internal/tls_mode.h"

#include <algorithm>
#include <array>

namespace privity::connect_internal {
namespace {

// In the order of TlsMode.
constexpr std::array kNames = {"disable", "prefer", "require", "verify-ca", "verify-full"};

}  // namespace

const char* TlsModeName(TlsMode mode) {
  return kNames.at(static_cast<std::size_t>(mode));
}

std::string AuthoritiesFile(const ConnectOptions& options) {
  return options.ca_file.empty() ? "/etc/ssl/certs/ca-certificates.crt" : options.ca_file;
}

bool IsThisMachine(const CheckedTarget& target) {
  return std::ranges::all_of(target.addresses, [](const IpAddress& a) { return a.Class() == AddressClass::kLoopback; });
}

Result<TlsMode> TlsModeOf(const ConnectionUrl& url, bool is_this_machine) {
  const std::string text = url.Parameter("sslmode");
  if (text.empty()) return is_this_machine ? TlsMode::kPrefer : TlsMode::kVerifyFull;
  const auto found = std::ranges::find(kNames, text);
  if (found != kNames.end()) return static_cast<TlsMode>(found - kNames.begin());
  return Error("connect.url_invalid",
               {{"problem", "an sslmode other than disable, prefer, require, verify-ca and verify-full"}});
}

}  // namespace privity::connect_internal
