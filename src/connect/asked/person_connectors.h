// Systems that a person is asked about (connect/person_order.h):
//
//   manual:///basement, shelf 4             a task for somebody of the company; the path says where to look
//   email://privacy@processor.example.org   a letter to others, and a task to record their answer with evidence
//
// The identifiers stand in the letter and in the request, never in the task.
#pragma once

#include "connect/connector.h"

namespace privity {

const ConnectorKind& ManualKind();
const ConnectorKind& EmailKind();

}  // namespace privity
