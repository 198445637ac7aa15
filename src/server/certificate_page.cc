#include "server/certificate_page.h"

#include "execution/execution.h"
#include "fulfil/certificate_document.h"

namespace privity {

Result<Response> CertificatePage(ReadTx& tx, Application& application, const RightsRequest& request) {
  PRIVITY_TRY(const FileReader reader, application.execution().Certificate(tx, request.id));
  PRIVITY_TRY(const SecretBytes file, reader.Read(0, static_cast<std::size_t>(reader.size_bytes())));
  std::string pdf;
  const auto sink = [&](BytesView bytes) -> Status {
    pdf += AsText(bytes);
    return Ok();
  };
  PRIVITY_TRY_VOID(WriteCertificateDocument(Catalog::BuiltIn(), request.language, AsText(file.Reveal()), sink));
  Response response = Response::Text(200, "application/pdf", std::move(pdf));
  response.headers.Add("Content-Disposition", "attachment; filename=\"certificate-" + request.id.ToString() + ".pdf\"");
  return response;
}

}  // namespace privity
