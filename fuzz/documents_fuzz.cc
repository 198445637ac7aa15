// Documents of every kind that is read in this process: whatever they hold, texts are UTF-8, places are one line, and
// the limits hold. PDF, pictures and Parquet are read by other programs in a sandbox; what these print is read here.
#include <algorithm>

#include "base/utf8.h"
#include "documents/internal/readers.h"
#include "fuzz/fuzz_target.h"

namespace privity {
namespace {

using namespace documents_internal;

class CheckingSink final : public DocumentSink {
 public:
  Status Text(const DocumentPlace& place, std::string_view text) override {
    Check(place);
    FUZZ_CHECK(IsUtf8(text));
    return Ok();
  }
  Status Row(const DocumentPlace& place, const DocumentRow& row) override {
    Check(place);
    FUZZ_CHECK(row.cells.size() <= row.names.size());
    for (const std::string& cell : row.cells) FUZZ_CHECK(IsUtf8(cell));
    return Ok();
  }
  void Unread(const Error& error) override { FUZZ_CHECK(!error.Parameter("place").empty()); }

 private:
  static void Check(const DocumentPlace& place) {
    FUZZ_CHECK(IsUtf8(place.path) && place.path.find('\n') == std::string::npos);
    FUZZ_CHECK(IsUtf8(place.part) && place.part.find('\n') == std::string::npos);
  }
};

using Reader = Status (*)(Reading&, const Here&, std::string_view);

// The charset is what the first line says, as a message or a page may say anything.
Status ReadInSomeCharset(Reading& reading, const Here& here, std::string_view input) {
  const std::size_t line = std::min(input.find('\n'), input.size());
  const std::string_view charset = input.substr(0, std::min<std::size_t>(line, 40));
  PRIVITY_TRY_VOID(ReadText(reading, here, input, charset));
  return ReadHtml(reading, here, input, charset);
}

void ReadAs(Reader reader, std::string_view input) {
  DocumentOptions options;
  options.limits.total_bytes_max = 8 << 20;
  options.limits.xml_bytes_max = 1 << 20;
  options.limits.entries_max = 200;
  options.limits.depth_max = 3;
  CheckingSink sink;
  Reading reading(options, sink);
  FUZZ_CHECK(reader(reading, Here{"a", "a"}, input).ok());
}

}  // namespace

PRIVITY_FUZZ_TARGET(documents) {
  if (input.size() > 64 << 10 || KindOf("a", input) == Kind::kPdf) return;
  if (input.find("%PDF-") != std::string_view::npos) return;  // in an archive: a program of its own would read it
  for (const Reader reader :
       {ReadZip, ReadArchive, ReadMessage, ReadMailbox, ReadSqlDump, ReadPages, ReadParquetLines, ReadInSomeCharset})
    ReadAs(reader, input);
  FUZZ_CHECK(IsUtf8(ToUtf8(input, "")));
  FUZZ_CHECK(IsUtf8(HtmlToText(ToUtf8(input, ""))));
  FUZZ_CHECK(IsUtf8(DecodeHeader(input)));
  FUZZ_CHECK(IsUtf8(LabelOf(input)));
}

}  // namespace privity
