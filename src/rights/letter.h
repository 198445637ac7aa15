// A message of a request as a letter on paper: for people who asked by letter, or who want one (GDPR Art. 12(1)).
//
// A tagged PDF in the request's language: who writes to whom, the reference, the right and the law, the message itself
// (for a refusal with ground, article and remedies, as the person reads them in the portal). Personal, as the content.
#pragma once

#include <string>

#include "report/sink.h"
#include "rights/own_texts.h"
#include "rights/request.h"
#include "settings/organization.h"
#include "words/catalog.h"

namespace privity {

struct RequestLetter {
  RightsRequest request;
  RequestContent content;
  RequestMessage message;
  Organization organization;
};

// What to begin with when the person is written to, in the language of the request; somebody of the company changes and
// sends it. What only they know stands in brackets.
struct RequestDrafts {
  std::string answer{};
  std::string extension{};
  std::string pause{};  // what is not clear is asked
};
PRIVITY_DESCRIBE(RequestDrafts, (answer, extension, pause))
Result<RequestDrafts> DraftsFor(ReadTx& tx, const OwnTexts& texts, const RightsRequest& request,
                                const Organization& organization);

// Errors: those of report/document.h.
Status WriteRequestLetter(const Catalog& catalog, const RequestLetter& letter, const ByteSink& sink);

}  // namespace privity
