#include "app/application.h"
#include "app/text_redaction.h"
#include "server/routes/routes.h"

namespace privity {

// Not within a transaction of the pipeline: an answer that is kept for an Idempotency-Key would keep the text.
void AddRedactionRoutes(RouteTable& routes, Application* application) {
  routes.Add({.method = "POST",
              .path = "/v1/redact",
              .id = "redaction.run",
              .access = Access::Permission("redaction.use"),
              .summary = "Take personal data out of a text, a JSON value or a table",
              .description = "Nothing of it is kept; the ledger says only how it was asked and how much was replaced.",
              .body_bytes_max = 1024 * 1024,
              .command = "-"},
             [application](const Call<Nothing, Nothing, RedactionRequest>& call) -> Result<RedactionResult> {
               return application->text_redaction().Run(call.caller(), call.body);
             });
}

}  // namespace privity
