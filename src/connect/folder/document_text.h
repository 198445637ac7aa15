// A document (PDF, Word, mail, an archive …; documents/document.h) as one text, piece by piece: a line for each line of
// its texts, and for each row of its tables a line of "name: value" pairs.
#pragma once

#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "connect/folder/text_source.h"

namespace privity::connect_internal {

// Of the text of one document that is held.
inline constexpr std::size_t kDocumentTextBytesMax = 32 << 20;

// By the ending of the name: what documents/ reads and no FileFormat of its own does.
bool IsDocument(std::string_view file_name);

struct DocumentText {
  std::string text;
  std::vector<Error> unread;  // parts that could not be read, each with its place; a document over the limit is one
};

// Keeps the document that was read last, for it is described, sampled and searched one after another. Used by one
// thread.
class DocumentTexts {
 public:
  // Never follows a link in the last part. `place` names it in errors: connect.missing, connect.permission,
  // connect.file_not_read, without the parameter `store`; documents.stopped.
  Result<std::shared_ptr<const DocumentText>> Get(const std::filesystem::path& path, const std::string& place,
                                                  std::stop_token stop);

 private:
  std::string state_;  // of the file that was read: its path, size and times
  std::shared_ptr<const DocumentText> last_;
};

class DocumentSource final : public TextSource {
 public:
  explicit DocumentSource(std::shared_ptr<const DocumentText> document) : document_(std::move(document)) {}
  std::uint64_t size_bytes() const override { return document_->text.size(); }
  void Seek(std::uint64_t offset) override;
  Result<bool> Append(std::string& text) override;

 private:
  const std::shared_ptr<const DocumentText> document_;
  std::size_t at_ = 0;
};

}  // namespace privity::connect_internal
