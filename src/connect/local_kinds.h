// Which kinds of stores are places of this machine, so that whoever lets people name addresses can ask who may open
// what.
#pragma once

#include "connect/connector.h"

namespace privity {

// Whether the path of its addresses is a file or a folder of this machine.
bool ReadsThisMachine(const ConnectorKind& kind);

}  // namespace privity
