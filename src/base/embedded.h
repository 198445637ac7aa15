// Files inside the binary, put there by privity_embed (cmake/PrivityEmbed.cmake), which makes a function
// `std::span<const EmbeddedFile> <Symbol>()`, sorted by path. They live as long as the program.
#pragma once

#include <algorithm>
#include <span>
#include <string_view>

namespace privity {

struct EmbeddedFile {
  std::string_view path;             // relative, "assets/app.js"
  std::string_view media_type = {};  // by the file's extension
  std::string_view sha256 = {};      // of `bytes`, lower-case hex; serves as an ETag
  std::string_view bytes;
  std::string_view gzip = {};    // empty where compression was not asked for or does not help
  std::string_view brotli = {};  // likewise
};

// Null when there is none of that path.
inline const EmbeddedFile* FindEmbedded(std::span<const EmbeddedFile> files, std::string_view path) {
  const auto at = std::ranges::find(files, path, &EmbeddedFile::path);
  return at == files.end() ? nullptr : &*at;
}

}  // namespace privity
