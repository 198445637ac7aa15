#include "server/file_response.h"

#include <algorithm>

#include "http/content.h"

namespace privity {
namespace {

class FileSource final : public BodySource {
 public:
  explicit FileSource(FileReader reader) : reader_(std::move(reader)) {}

  Result<std::size_t> Read(std::span<std::byte> out) override {
    PRIVITY_TRY(const SecretBytes piece, reader_.Read(offset_, out.size()));
    const auto& bytes = piece.Reveal();
    std::copy(bytes.begin(), bytes.end(), out.begin());
    offset_ += static_cast<std::int64_t>(bytes.size());
    return bytes.size();
  }
  std::optional<std::uint64_t> size_bytes() const override { return static_cast<std::uint64_t>(reader_.size_bytes()); }

 private:
  const FileReader reader_;
  std::int64_t offset_ = 0;
};

}  // namespace

Response FileResponse(FileReader reader, std::string_view name) {
  Response response;
  response.headers.Add("Content-Type", "application/octet-stream");
  response.headers.Add("Content-Disposition", AttachmentField(name));
  response.body = std::make_unique<FileSource>(std::move(reader));
  return response;
}

}  // namespace privity
