// A document (PDF, Word, mail, an archive …; documents/document.h) as one text, piece by piece: a line for each line of
// its texts, and for each row of its tables a line of "name: value" pairs. Parquet, which is one table, is a text of
// JSON Lines instead, an object for each row, whose members are called as its columns ("address.city"); lists are
// arrays.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/error.h"
#include "base/result.h"
#include "connect/connector.h"
#include "connect/folder/text_source.h"

namespace privity::connect_internal {

// Of the text of one document that is held.
inline constexpr std::size_t kDocumentTextBytesMax = 32 << 20;
// Of a table, whose columns are named in each record; and of its values alone: of a larger one, rows are left out
// evenly.
inline constexpr std::size_t kTableTextBytesMax = 96 << 20;
inline constexpr std::int64_t kTableValuesBytesMax = 32 << 20;

// By the ending of the name: what documents/ reads and no FileFormat of its own does.
bool IsDocument(std::string_view file_name);
// One of those whose text is JSON Lines.
bool IsTableDocument(std::string_view file_name);

struct DocumentText {
  std::string text;
  std::map<std::string, std::string> types;  // of the columns of a table, where it declares them
  std::vector<Error> unread;  // parts that could not be read, each with its place; a document over the limit is one
};

// Keeps the document that was read last, for it is described, sampled and searched one after another. Used by one
// thread.
class DocumentTexts {
 public:
  explicit DocumentTexts(std::string duckdb_library) : duckdb_library_(std::move(duckdb_library)) {}

  // Never follows a link in the last part. `place` names it in errors: connect.missing, connect.permission,
  // connect.file_not_read, without the parameter `store`; documents.stopped.
  Result<std::shared_ptr<const DocumentText>> Get(const std::filesystem::path& path, const std::string& place,
                                                  std::stop_token stop);
  // One that lies elsewhere. `state` is another whenever the document may be, or "" when nobody knows; `load` brings
  // its bytes, at most DocumentLimits::file_bytes_max.
  Result<std::shared_ptr<const DocumentText>> Get(const std::string& state, const std::string& place,
                                                  std::stop_token stop, const std::function<Result<Bytes>()>& load);

 private:
  const std::string duckdb_library_;
  std::string state_;  // of the file that was read: its path, size and times
  std::shared_ptr<const DocumentText> last_;
};

// Says the types of the columns in the description of a table.
void DeclareTypes(const DocumentText& document, Collection& collection);

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
