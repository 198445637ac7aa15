// Redis: redis://reader@cache.example.org:6379/0, rediss:// with TLS. Encrypted, with the name in the certificate
// checked, unless the server is on this machine or `sslmode` says otherwise; the path is the number of the database.
//
// Keys that are built alike are a collection ("user:*", redis/key_patterns.h), found by walking through the keys with
// SCAN, never with KEYS. A record is a key with what it holds: the fields of a hash, the text or JSON document of a
// string ("value"), each "item" of a list or set, "member" and "score" of a sorted set, the entries of a stream. What
// holds more than a thousand of these comes as several records. While the server resizes its table a key may come
// twice.
//
// Changes are compare-and-set by WATCH; a hash and a string can be changed, everything can be deleted. That a
// connection only reads is kept here: give it a user of the server that may do no more.
#pragma once

#include "connect/connector.h"

namespace privity {

const ConnectorKind& RedisKind();

}  // namespace privity
