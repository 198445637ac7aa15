// Objects of a bucket, on Amazon S3 or what speaks like it:
// s3://ACCESS_KEY@s3.eu-central-1.amazonaws.com/bucket/prefix, with the secret key as the password and `region` as a
// parameter where it is not "us-east-1". Over https unless `sslmode=disable` says otherwise, or the server is this
// machine.
//
// Each object whose key ends like a file of CSV, TSV, JSON, JSON Lines or text, or like a document, is a collection,
// named by its key below the prefix, and is read with the readers of folders, in ranges; an object that changes between
// two of them ends the reading (connect.changed). Objects are deleted whole. Where the bucket keeps older versions, a
// server only hides the object, and the deletion is answered as refused.
#pragma once

#include "connect/connector.h"
#include "net/outbound.h"

namespace privity {

const ConnectorKind& S3Kind();

// With another client, for tests of what the real server does not do.
std::unique_ptr<Connector> MakeS3Connector(const ConnectionUrl& url, const ConnectOptions& options,
                                           const Resolver& resolver, std::unique_ptr<OutboundHttp> http);

}  // namespace privity
