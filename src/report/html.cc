#include "base/html.h"
#include "report/document.h"
#include "report/internal/text.h"

namespace privity {
namespace {

// The policy names this style by its hash (tests/judges/report checks it): a change here changes kStyleHash.
constexpr std::string_view kStyle =
    "body{font:1rem/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 "
    "1rem;color:#111;background:#fff}"
    "table{border-collapse:collapse;width:100%;margin:1rem 0}caption{text-align:start;font-weight:600;padding:.5rem 0}"
    "th,td{border:1px solid #767676;padding:.35rem .5rem;text-align:start;vertical-align:top;overflow-wrap:anywhere}"
    "th{background:#f0f0f0}a{color:#0645ad}"
    "@media(prefers-color-scheme:dark){body{color:#eee;background:#111}th{background:#2a2a2a}a{color:#8ab4f8}}";
constexpr std::string_view kStyleHash = "sha256-xQP/sr+ZsjE4iy1JBKw1KGqIHtwXQmguBAZyh1jlxRk=";

class HtmlWriter final : public DocumentWriter {
 public:
  HtmlWriter(const DocumentInfo& info, ByteSink sink) : sink_(std::move(sink)) {
    const std::string language = EscapeHtml(info.language);
    head_ = "<!DOCTYPE html>\n<html lang=\"" + language + "\" dir=\"" + (IsRightToLeft(info.language) ? "rtl" : "ltr") +
            "\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '" +
            std::string(kStyleHash) +
            "'; base-uri 'none'; form-action 'none'\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
            EscapeHtml(info.title) + "</title>\n<style>" + std::string(kStyle) + "</style>\n</head>\n<body>\n<main>\n";
  }

  Status Heading(int level, std::string_view text) override {
    Invariant(level >= 1 && level <= 6, "heading level 1 to 6");
    PRIVITY_TRY_VOID(CheckText(text));
    const std::string tag = "h" + std::to_string(level);
    return Put("<" + tag + " dir=\"auto\">" + EscapeHtml(text) + "</" + tag + ">\n");
  }

  Status Paragraph(std::string_view text) override {
    PRIVITY_TRY_VOID(CheckText(text));
    return Put("<p dir=\"auto\">" + EscapeHtml(text) + "</p>\n");
  }

  Status Link(std::string_view text, std::string_view url) override {
    PRIVITY_TRY_VOID(CheckText(text));
    PRIVITY_TRY_VOID(CheckLink(url));
    return Put("<p dir=\"auto\"><a rel=\"noreferrer\" href=\"" + EscapeHtml(url) + "\">" + EscapeHtml(text) +
               "</a></p>\n");
  }

  Status List(std::span<const std::string> items) override {
    PRIVITY_TRY_VOID(Put("<ul>\n"));
    for (const std::string& item : items) {
      PRIVITY_TRY_VOID(CheckText(item));
      PRIVITY_TRY_VOID(Put("<li dir=\"auto\">" + EscapeHtml(item) + "</li>\n"));
    }
    return Put("</ul>\n");
  }

  Status Table(const DocumentTable& table) override {
    PRIVITY_TRY_VOID(CheckText(table.caption));
    std::string head = "<table>\n<caption dir=\"auto\">" + EscapeHtml(table.caption) + "</caption>\n<thead>\n<tr>";
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      PRIVITY_TRY_VOID(CheckText(table.columns[i].title, 0, i + 1));
      head += "<th scope=\"col\" dir=\"auto\">" + EscapeHtml(table.columns[i].title) + "</th>";
    }
    PRIVITY_TRY_VOID(Put(head + "</tr>\n</thead>\n<tbody>\n"));
    for (std::size_t row = 0; row < table.rows.size(); ++row) PRIVITY_TRY_VOID(TableRow(table, row));
    return Put("</tbody>\n</table>\n");
  }

  Status Finish() override { return Put("</main>\n</body>\n</html>\n"); }

 private:
  Status TableRow(const DocumentTable& table, std::size_t row) {
    const auto& cells = table.rows[row];
    if (cells.size() != table.columns.size()) return Error("report.row_width", {{"row", std::to_string(row + 1)}});
    std::string line = "<tr>";
    for (std::size_t i = 0; i < cells.size(); ++i) {
      PRIVITY_TRY_VOID(CheckText(cells[i], row + 1, i + 1));
      line += "<td dir=\"auto\">" + EscapeHtml(cells[i]) + "</td>";
    }
    return Put(line + "</tr>\n");
  }

  Status Put(const std::string& text) {
    if (!head_.empty()) PRIVITY_TRY_VOID(sink_(AsBytes(std::exchange(head_, ""))));
    return sink_(AsBytes(text));
  }

  ByteSink sink_;
  std::string head_;  // written before the first part
};

}  // namespace

std::unique_ptr<DocumentWriter> MakeHtmlWriter(const DocumentInfo& info, ByteSink sink) {
  return std::make_unique<HtmlWriter>(info, std::move(sink));
}

}  // namespace privity
