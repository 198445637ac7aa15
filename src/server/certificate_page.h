// The certificate of a request as a page to print, in the language of the request: a copy to read, which names nobody.
#pragma once

#include "app/application.h"
#include "base/result.h"
#include "http/message.h"
#include "rights/request.h"

namespace privity {

// execution.no_certificate.
Result<Response> CertificatePage(ReadTx& tx, Application& application, const RightsRequest& request);

}  // namespace privity
