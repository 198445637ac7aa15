// Whether a URL leads to this machine itself: then it may go without TLS, and a browser's passkeys call it "localhost".
#pragma once

#include "net/url.h"

namespace privity {

// "localhost" or a loopback address. A name that only begins like one ("127.example.org") is another machine's.
bool IsLoopback(const Url& url);

}  // namespace privity
