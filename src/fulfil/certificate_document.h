// A certificate as a document to print and to read: what the signed file says, in words and tables. The file is what is
// checked; the document names it by its SHA-256 and carries its signature line for comparison, and proves nothing by
// itself. It names nobody, as the file. Pure function, safe to call from many threads.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "report/sink.h"
#include "words/catalog.h"

namespace privity {

// `file`: the signed file, as IssueCertificate made it; it is not checked here. A tagged PDF. Errors:
// fulfil.certificate_invalid, those of report/document.h.
Status WriteCertificateDocument(const Catalog& words, const std::string& language, std::string_view file,
                                const ByteSink& sink);

}  // namespace privity
