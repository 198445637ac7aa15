// A folder of files, with the folders in it: file:///srv/exports. Each file of CSV, TSV, JSON, JSON Lines or text is a
// collection, named by its path. Links are not followed: what a link inside the folder leads to is read where it is, a
// link that leads outside is named. What is no such file is named as not read.
//
// Records of CSV, TSV, JSON and JSON Lines can be changed and deleted: the file is rewritten beside itself, every other
// byte as it was, and put in its place unless it changed meanwhile. A record is named by the field "id", or by the one
// that `key` of the address says (file:///srv/exports?key=customer_no), as long as its value stands in one record only.
#pragma once

#include "connect/connector.h"

namespace privity {

const ConnectorKind& FolderKind();

}  // namespace privity
