// A folder of files, with the folders in it: file:///srv/exports. Each file of CSV, TSV, JSON, JSON Lines or text is a
// collection, named by its path. Links are not followed: what a link inside the folder leads to is read where it is, a
// link that leads outside is named. What is no such file is named as not read.
#pragma once

#include "connect/connector.h"

namespace privity {

const ConnectorKind& FolderKind();

}  // namespace privity
