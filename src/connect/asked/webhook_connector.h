// A system whose own program carries orders out (connect/person_order.h): webhook://hooks.example.org/privity
//
// Each call is a POST signed by Standard Webhooks (net/webhook.h) with the secret, "whsec_…", as the password. To other
// machines https is always wanted unless the address ends in ?sslmode=disable. An order is repeated until it is
// answered; `data.order` is the same each time, and by it the receiver knows that it has it already. The body and its
// answer: docs/formats/order-webhook.md.
#pragma once

#include "connect/connector.h"

namespace privity {

const ConnectorKind& WebhookKind();

}  // namespace privity
