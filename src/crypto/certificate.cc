#include "crypto/certificate.h"

#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>

namespace privity {
namespace {

struct FreeCertificate {
  void operator()(X509* certificate) const { X509_free(certificate); }
};

}  // namespace

bool IsCertificateFor(BytesView certificate, const std::string& host) {
  const auto* at = reinterpret_cast<const unsigned char*>(certificate.data());
  const std::unique_ptr<X509, FreeCertificate> parsed(d2i_X509(nullptr, &at, static_cast<long>(certificate.size())));
  if (!parsed) return false;
  if (X509_check_ip_asc(parsed.get(), host.c_str(), 0) == 1) return true;
  return X509_check_host(parsed.get(), host.c_str(), host.size(), X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS, nullptr) == 1;
}

}  // namespace privity
