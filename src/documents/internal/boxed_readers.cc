// PDF and pictures: read by pdftotext and tesseract, each in a box.
#include "documents/internal/readers.h"
#include "documents/internal/sandbox.h"

namespace privity::documents_internal {
namespace {

Result<BoxedOutput> Run(const Reading& reading, BoxedProgram program, std::string_view bytes) {
  program.memory_bytes_max = reading.limits().helper_memory_bytes_max;
  program.output_bytes_max = reading.limits().helper_output_bytes_max;
  program.seconds_max = reading.limits().helper_seconds_max;
  return RunBoxed(program, bytes);
}

}  // namespace

Status ReadPages(Reading& reading, const Here& here, std::string_view text) {
  int page = 1;
  for (std::string_view rest = text; !rest.empty(); ++page) {
    const std::size_t end = std::min(rest.find('\f'), rest.size());
    PRIVITY_TRY_VOID(reading.Text(here, "page " + std::to_string(page), ToUtf8(rest.substr(0, end), "")));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return Ok();
}

Status ReadPdf(Reading& reading, const Here& here, std::string_view bytes) {
  auto output = Run(reading, {.path = "/usr/bin/pdftotext", .arguments = {"-q", "-enc", "UTF-8", "-", "-"}}, bytes);
  if (!output.ok()) {
    reading.Unread(here, std::move(output).error().With("package", "poppler-utils"));
    return Ok();
  }
  if (output->was_cut) reading.Limit(here, "output");
  return ReadPages(reading, here, output->text);
}

Status ReadPicture(Reading& reading, const Here& here, std::string_view bytes) {
  if (!reading.options().reads_pictures) return Ok();
  auto output = Run(
      reading, {.path = "/usr/bin/tesseract", .arguments = {"stdin", "stdout"}, .environment = {"OMP_THREAD_LIMIT=1"}},
      bytes);
  if (!output.ok()) {
    reading.Unread(here, std::move(output).error().With("package", "tesseract-ocr"));
    return Ok();
  }
  if (output->was_cut) reading.Limit(here, "output");
  return reading.Text(here, "picture", ToUtf8(output->text, ""));
}

}  // namespace privity::documents_internal
