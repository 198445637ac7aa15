#include "report/internal/pdf_catalog.h"

#include <charconv>
#include <cstdint>
#include <cstdio>

#include "base/invariant.h"

namespace privity {
namespace {

// The number that follows the last `key` at or after `from`.
std::size_t NumberAfter(std::string_view pdf, std::string_view key, std::size_t from) {
  const auto at = pdf.find(key, from);
  Invariant(at != pdf.npos, "cairo writes a classic trailer");
  const auto digit = pdf.find_first_of("0123456789", at + key.size());
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(pdf.data() + digit, pdf.data() + pdf.size(), number);
  Invariant(error == std::errc(), "a number follows");
  return number;
}

}  // namespace

void AddToPdfCatalog(std::string& pdf, std::string_view entries) {
  const std::size_t trailer = pdf.rfind("trailer");
  Invariant(trailer != pdf.npos, "cairo writes a classic trailer");
  const std::size_t table = NumberAfter(pdf, "startxref", trailer);
  const std::string root = std::to_string(NumberAfter(pdf, "/Root", trailer));
  const std::string info = std::to_string(NumberAfter(pdf, "/Info", trailer));
  const std::string size = std::to_string(NumberAfter(pdf, "/Size", trailer));

  const std::size_t object = pdf.rfind("\n" + root + " 0 obj");
  Invariant(object != pdf.npos, "the catalog is an object of its own");
  const std::size_t begin = pdf.find("<<", object);
  const std::size_t end = pdf.rfind(">>", pdf.find("endobj", begin));
  const std::string catalog = pdf.substr(begin, end - begin);

  const std::size_t object_offset = pdf.size();
  pdf += root + " 0 obj\n" + catalog + std::string(entries) + "\n>>\nendobj\n";
  const std::size_t table_offset = pdf.size();
  char line[32];
  std::snprintf(line, sizeof line, "%010zu 00000 n \n", object_offset);
  pdf += "xref\n" + root + " 1\n" + line + "trailer\n<< /Size " + size + " /Root " + root + " 0 R /Info " + info +
         " 0 R /Prev " + std::to_string(table) + " >>\nstartxref\n" + std::to_string(table_offset) + "\n%%EOF\n";
}

}  // namespace privity
