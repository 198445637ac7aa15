// SQLite files: sqlite:///srv/shop.db. The file is opened as it is, without a network.
#pragma once

#include "connect/connector.h"

namespace privity {

const ConnectorKind& SqliteKind();

}  // namespace privity
