// The files of a page, as they stand in the binary. No path from a URL ever reaches the file system: a name is in the
// table or it is not.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "base/embedded.h"
#include "http/message.h"

namespace privity {

// Immutable; safe to call from many threads.
class Assets {
 public:
  // `files` as made by privity_embed. "index.html" is the page: it is served for every path that a browser asks for as
  // a document (the page itself knows its screens), with a fresh nonce in place of each "__CSP_NONCE__".
  explicit Assets(std::span<const EmbeddedFile> files) : files_(files) {}

  // Answers GET and HEAD; nothing when there is no such file.
  std::optional<Response> Answer(const Request& request) const;

 private:
  Response Page(const EmbeddedFile& index, bool over_tls) const;
  Response File(const EmbeddedFile& file, const Request& request) const;

  std::span<const EmbeddedFile> files_;
};

}  // namespace privity
