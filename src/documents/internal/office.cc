#include "documents/internal/office.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <pugixml.hpp>

#include "base/utf8.h"

namespace privity::documents_internal {
namespace {

constexpr std::size_t kColumnsMax = 16'384;   // of a sheet, as Excel has them
constexpr std::int64_t kRepeatedMax = 1'000;  // an OpenDocument sheet repeats empty cells to its right end

bool EndsWithNumbered(std::string_view name, std::string_view folder, std::string_view stem) {
  return name.starts_with(folder) && name.substr(folder.size()).starts_with(stem) && name.ends_with(".xml");
}

// The name without its namespace's prefix.
std::string_view LocalName(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

std::string AttributeOf(const pugi::xml_node& node, std::string_view local_name) {
  for (const pugi::xml_attribute& attribute : node.attributes()) {
    std::string_view name = attribute.name();
    if (const std::size_t colon = name.find(':'); colon != std::string_view::npos) name.remove_prefix(colon + 1);
    if (name == local_name) return attribute.value();
  }
  return "";
}

std::string Valid(std::string text) {
  if (IsUtf8(text)) return text;
  std::erase_if(text, [](char character) { return (character & 0x80) != 0; });
  return text;
}

// The text below a node, in the order of the document; paragraphs end in a line, tabs and breaks are what they are.
// Walks without recursion, for nothing bounds the depth of a foreign document.
class TextWalker final : public pugi::xml_tree_walker {
 public:
  explicit TextWalker(bool only_in_text_runs) : only_in_text_runs_(only_in_text_runs) {}

  bool for_each(pugi::xml_node& node) override {
    if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) {
      if (!only_in_text_runs_ || LocalName(node.parent()) == "t") text_ += node.value();
      return true;
    }
    const std::string_view name = LocalName(node);
    if (name == "p" || name == "h") NewLine();
    if (name == "tab") text_ += '\t';
    if (name == "br" || name == "cr" || name == "line-break") NewLine();
    if (name == "s" || name == "noBreakHyphen") text_ += name == "s" ? ' ' : '-';
    if (name == "tc" || name == "table-cell") text_ += '\t';
    return true;
  }
  std::string Take() { return Valid(std::move(text_)); }

 private:
  void NewLine() {
    if (!text_.empty() && text_.back() != '\n') text_ += '\n';
  }
  const bool only_in_text_runs_;
  std::string text_;
};

std::string TextOf(pugi::xml_node node, bool only_in_text_runs) {
  TextWalker walker(only_in_text_runs);
  node.traverse(walker);
  return walker.Take();
}

// "BC12" to {54, 12}: column from 0, row from 1.
std::pair<std::size_t, std::int64_t> CellPlace(std::string_view reference) {
  std::size_t column = 0;
  std::size_t at = 0;
  for (; at < reference.size() && reference[at] >= 'A' && reference[at] <= 'Z' && at < 4; ++at) {
    column = column * 26 + static_cast<std::size_t>(reference[at] - 'A' + 1);
  }
  std::int64_t row = 0;
  std::from_chars(reference.data() + at, reference.data() + reference.size(), row);
  return {column, row};
}

// Hands on the rows of one sheet: the first one with something in it names the columns, and is a row like the others.
class Sheet {
 public:
  Sheet(Reading& reading, const Here& here, std::string part)
      : reading_(reading), here_(here), part_(std::move(part)) {}

  Status Row(std::int64_t number, std::vector<std::string> cells) {
    while (!cells.empty() && cells.back().empty()) cells.pop_back();
    if (cells.empty()) return Ok();
    if (names_.empty()) names_ = cells;
    if (names_.size() < cells.size()) names_.resize(cells.size());
    return reading_.Row(here_, part_, {number, names_, cells, true});
  }

 private:
  Reading& reading_;
  const Here& here_;
  const std::string part_;
  std::vector<std::string> names_;
};

class OfficeReader {
 public:
  OfficeReader(Reading& reading, const Here& here, OfficeParts parts)
      : reading_(reading), here_(here), parts_(std::move(parts)) {}

  Status Read() {
    if (parts_.contains("content.xml")) return OpenDocument();
    if (parts_.contains("xl/workbook.xml")) return Workbook();
    for (const auto& [name, xml] : parts_) PRIVITY_TRY_VOID(Text(name));
    return Ok();
  }

 private:
  // Entities of a document type are left as they stand: nothing is expanded, nothing is fetched.
  // `blanks`: which texts of nothing but white space count.
  bool Parse(const std::string& name, pugi::xml_document& document, unsigned blanks = pugi::parse_ws_pcdata_single) {
    if (reading_.IsSpent()) {
      reading_.Limit(here_, "bytes");
      return false;
    }
    const auto part = parts_.find(name);
    if (part == parts_.end()) return false;
    const auto parsed = document.load_buffer(part->second.data(), part->second.size(), pugi::parse_default | blanks);
    if (!parsed) reading_.Unread(here_, Error("documents.damaged", {{"kind", "XML"}}));
    return parsed;  // what stands before the damage is in the document, and is left out: it may be half of a name
  }

  // "page" of a Word document is not in the file: only who draws it knows where pages end.
  static std::string PartName(std::string_view name) {
    const std::size_t slash = name.rfind('/');
    std::string_view stem = name.substr(slash + 1);
    stem.remove_suffix(4);
    if (stem == "document") return "body";
    const std::size_t digits = stem.find_first_of("0123456789");
    if (digits == std::string_view::npos) return std::string(stem);
    return std::string(stem.substr(0, digits)) + " " + std::string(stem.substr(digits));
  }

  Status Text(const std::string& name) {
    pugi::xml_document document;
    if (!Parse(name, document)) return Ok();
    return reading_.Text(here_, PartName(name), TextOf(document, true));
  }

  Status Workbook() {
    pugi::xml_document workbook;
    pugi::xml_document relations;
    if (!Parse("xl/workbook.xml", workbook) || !Parse("xl/_rels/workbook.xml.rels", relations)) return Ok();
    ReadSharedStrings();
    for (const pugi::xml_node& sheet : workbook.document_element().child("sheets").children()) {
      const std::string target = TargetOf(relations, AttributeOf(sheet, "id"));
      PRIVITY_TRY_VOID(WorkSheet(target, "sheet " + LabelOf(sheet.attribute("name").value())));
    }
    for (const auto& [name, xml] : parts_) {
      if (name.starts_with("xl/comments") || name.starts_with("xl/threadedComments/")) PRIVITY_TRY_VOID(Text(name));
    }
    return Ok();
  }

  static std::string TargetOf(const pugi::xml_document& relations, const std::string& id) {
    for (const pugi::xml_node& relation : relations.document_element().children()) {
      if (id != relation.attribute("Id").value()) continue;
      const std::string target = relation.attribute("Target").value();
      return target.starts_with('/') ? target.substr(1) : "xl/" + target;
    }
    return "";
  }

  void ReadSharedStrings() {
    pugi::xml_document strings;
    if (!Parse("xl/sharedStrings.xml", strings)) return;
    for (pugi::xml_node item : strings.document_element().children()) strings_.push_back(TextOf(item, true));
  }

  Status WorkSheet(const std::string& part, std::string label) {
    pugi::xml_document sheet;
    if (!parts_.contains(part)) reading_.Unread(here_, Error("documents.damaged", {{"kind", "sheet"}}));
    if (!Parse(part, sheet)) return Ok();
    Sheet rows(reading_, here_, std::move(label));
    std::int64_t number = 0;
    for (const pugi::xml_node& row : sheet.document_element().child("sheetData").children()) {
      number = row.attribute("r").as_llong(number + 1);
      PRIVITY_TRY_VOID(rows.Row(number, CellsOf(row)));
    }
    return Ok();
  }

  std::vector<std::string> CellsOf(const pugi::xml_node& row) const {
    std::vector<std::string> cells;
    for (const pugi::xml_node& cell : row.children()) {
      const std::size_t column = CellPlace(cell.attribute("r").value()).first;
      const std::size_t at = column == 0 ? cells.size() : column - 1;
      if (at >= kColumnsMax) continue;
      if (cells.size() <= at) cells.resize(at + 1);
      cells[at] = ValueOf(cell);
    }
    return cells;
  }

  std::string ValueOf(const pugi::xml_node& cell) const {
    const std::string_view type = cell.attribute("t").value();
    if (type == "inlineStr") return TextOf(cell.child("is"), true);
    const std::string value = Valid(cell.child("v").child_value());
    if (type != "s") return value;
    std::size_t index = strings_.size();
    std::from_chars(value.data(), value.data() + value.size(), index);
    return index < strings_.size() ? strings_[index] : "";
  }

  // A spreadsheet by its sheets, a presentation by its pages, a text as one.
  Status OpenDocument() {
    pugi::xml_document document;
    if (!Parse("content.xml", document, pugi::parse_ws_pcdata)) return Ok();
    const pugi::xml_node body = document.document_element().child("office:body");
    if (const pugi::xml_node sheets = body.child("office:spreadsheet")) {
      for (const pugi::xml_node& table : sheets.children("table:table")) PRIVITY_TRY_VOID(OpenTable(table));
      return Ok();
    }
    if (const pugi::xml_node pages = body.child("office:presentation")) {
      int number = 0;
      for (const pugi::xml_node& page : pages.children("draw:page")) {
        PRIVITY_TRY_VOID(reading_.Text(here_, "slide " + std::to_string(++number), TextOf(page, false)));
      }
      return Ok();
    }
    return reading_.Text(here_, "body", TextOf(body, false));
  }

  Status OpenTable(const pugi::xml_node& table) {
    Sheet rows(reading_, here_, "sheet " + LabelOf(AttributeOf(table, "name")));
    std::int64_t number = 1;
    for (pugi::xml_node row = table.first_child(); row; row = NextRow(row, table)) {
      if (LocalName(row) != "table-row") continue;
      PRIVITY_TRY_VOID(rows.Row(number, OpenCells(row)));
      number += std::clamp<std::int64_t>(row.attribute("table:number-rows-repeated").as_llong(1), 1, 1 << 24);
    }
    return Ok();
  }

  // Rows stand in groups (header rows, outlines) to any depth.
  static pugi::xml_node NextRow(pugi::xml_node row, const pugi::xml_node& table) {
    if (LocalName(row) != "table-row" && row.first_child()) return row.first_child();
    while (row && !row.next_sibling()) {
      row = row.parent();
      if (row == table) return {};
    }
    return row.next_sibling();
  }

  std::vector<std::string> OpenCells(const pugi::xml_node& row) {
    std::vector<std::string> cells;
    for (const pugi::xml_node& cell : row.children()) {
      if (cell.type() != pugi::node_element) continue;
      const std::int64_t repeated =
          std::clamp<std::int64_t>(cell.attribute("table:number-columns-repeated").as_llong(1), 1, kRepeatedMax);
      const std::string value = TextOf(cell, false);
      if (cells.size() + static_cast<std::size_t>(repeated) > kColumnsMax) break;
      // A short text may stand for much: repeated, it counts as often as it stands there.
      if (!reading_.TakeBytes(repeated * static_cast<std::int64_t>(value.size() + sizeof(value)))) break;
      cells.insert(cells.end(), static_cast<std::size_t>(repeated), value);
    }
    return cells;
  }

  Reading& reading_;
  const Here& here_;
  OfficeParts parts_;
  std::vector<std::string> strings_;
};

}  // namespace

bool IsOfficePart(std::string_view name) {
  if (name == "content.xml" || name == "word/document.xml" || name == "xl/workbook.xml" ||
      name == "xl/sharedStrings.xml" || name == "xl/_rels/workbook.xml.rels" || name == "ppt/presentation.xml") {
    return true;
  }
  for (const char* stem : {"header", "footer", "footnotes", "endnotes", "comments"}) {
    if (EndsWithNumbered(name, "word/", stem)) return true;
  }
  return EndsWithNumbered(name, "xl/worksheets/", "") || EndsWithNumbered(name, "xl/", "comments") ||
         EndsWithNumbered(name, "xl/threadedComments/", "") || EndsWithNumbered(name, "ppt/slides/", "slide") ||
         EndsWithNumbered(name, "ppt/notesSlides/", "notesSlide");
}

bool IsOffice(const OfficeParts& parts) {
  for (const char* name : {"content.xml", "word/document.xml", "xl/workbook.xml", "ppt/presentation.xml"}) {
    if (parts.contains(name)) return true;
  }
  return false;
}

Status ReadOffice(Reading& reading, const Here& here, OfficeParts parts) {
  return OfficeReader(reading, here, std::move(parts)).Read();
}

}  // namespace privity::documents_internal
