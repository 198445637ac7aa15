// What the readers of one file share: its budget, its sink, and the way from a document to those inside it.
#pragma once

#include <string>
#include <string_view>

#include "documents/document.h"

namespace privity::documents_internal {

// A document that is being read: where it is, and how deep it lies in others.
struct Here {
  std::string path;
  std::string name;  // of the document alone
  int depth = 0;
};

class Reading {
 public:
  Reading(const DocumentOptions& options, DocumentSink& sink) : options_(options), sink_(sink) {}

  // By its kind. Errors are the sink's, and documents.stopped; whatever else happens is told to the sink.
  Status Document(const Here& here, std::string_view bytes);
  // A document inside of `here`.
  Status Inner(const Here& here, std::string_view name, std::string_view bytes);

  Status Text(const Here& here, std::string_view part, std::string_view text);
  Status Row(const Here& here, std::string_view part, const DocumentRow& row);
  void Unread(const Here& here, Error error) { sink_.Unread(std::move(error).With("place", here.path)); }
  void Limit(const Here& here, std::string_view limit);

  // Whether so many more bytes may be unpacked; what was taken is not given back.
  bool TakeBytes(std::int64_t bytes);
  bool TakeEntry() { return ++entries_ <= options_.limits.entries_max; }
  bool IsSpent() const { return bytes_ > options_.limits.total_bytes_max || entries_ > options_.limits.entries_max; }

  const DocumentOptions& options() const { return options_; }
  const DocumentLimits& limits() const { return options_.limits; }

 private:
  const DocumentOptions& options_;
  DocumentSink& sink_;
  std::int64_t bytes_ = 0;
  std::int64_t entries_ = 0;
};

inline constexpr std::size_t kLabelBytesMax = 200;
// A name from outside as a part of a path: one line of UTF-8, no control characters.
std::string LabelOf(std::string_view name, std::size_t bytes_max = kLabelBytesMax);

}  // namespace privity::documents_internal
