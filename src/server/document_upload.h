// The copy of an identity document as it arrives, from staff or in the portal.
#pragma once

#include <utility>

#include "app/application.h"
#include "rights/identity_documents.h"
#include "server/route.h"

namespace privity {

// Given to the request when all of it is there. The application outlives it.
class DocumentUpload final : public Upload<IdentityDocument> {
 public:
  DocumentUpload(Application& application, Caller caller, const RightsRequestId& request, DocumentWriter writer)
      : application_(application), caller_(std::move(caller)), request_(request), writer_(std::move(writer)) {}

  Status Write(BytesView piece) override { return writer_.Write(piece); }
  Result<IdentityDocument> Finish() override {
    PRIVITY_TRY(const FinishedDocument document, writer_.Finish());
    return application_.store().Write(
        [&](WriteTx& tx) { return application_.identity_documents().Give(tx, caller_, request_, document); });
  }

 private:
  Application& application_;
  const Caller caller_;
  const RightsRequestId request_;
  DocumentWriter writer_;
};

}  // namespace privity
