#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <iterator>
#include <numeric>

#include "report/document.h"
#include "report/internal/pdf_catalog.h"
#include "report/internal/text.h"

namespace privity {
namespace {

// Points (1/72 inch).
constexpr double kPageWidth = 595.28, kPageHeight = 841.89;  // A4, ISO 216
constexpr double kMargin = 56;
constexpr double kTextWidth = kPageWidth - 2 * kMargin;
constexpr double kBottom = kPageHeight - kMargin;
constexpr double kFootTop = kPageHeight - 36;
constexpr double kCellPadding = 4;
constexpr double kListIndent = 16;
constexpr const char* kFonts = "Noto Sans, DejaVu Sans, sans-serif";

struct TextStyle {
  double size;
  bool bold;
  double space_before;
};
constexpr TextStyle kHeadings[] = {{20, true, 0},  {15, true, 14},   {12, true, 12},
                                   {11, true, 10}, {10.5, true, 10}, {10.5, true, 10}};
constexpr TextStyle kBody = {10.5, false, 6};
constexpr TextStyle kCaption = {9.5, true, 10};
constexpr TextStyle kCell = {9, false, 0};
constexpr TextStyle kHeaderCell = {9, true, 0};
constexpr TextStyle kFoot = {8, false, 0};

struct LayoutDeleter {
  void operator()(PangoLayout* layout) const { g_object_unref(layout); }
};
using Layout = std::unique_ptr<PangoLayout, LayoutDeleter>;
struct CairoDeleter {
  void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};

// A text laid out to a width, drawn line by line so that it can go on overleaf.
class Block {
 public:
  Block(Layout layout, double x) : layout_(std::move(layout)), x_(x), line_(pango_layout_get_iter(layout_.get())) {}
  Block(Block&& other) noexcept
      : layout_(std::move(other.layout_)),
        x_(other.x_),
        line_(std::exchange(other.line_, nullptr)),
        done_(other.done_) {}
  ~Block() {
    if (line_ != nullptr) pango_layout_iter_free(line_);
  }

  bool done() const { return done_; }
  double NextLineHeight() const {
    PangoRectangle box;
    pango_layout_iter_get_line_extents(line_, nullptr, &box);
    return static_cast<double>(box.height) / PANGO_SCALE;
  }

  // Draws lines from `top` down while they fit above `bottom`; returns where the last one ended.
  double Draw(cairo_t* cairo, double top, double bottom) {
    bool first = true;  // a line taller than a page is drawn all the same, or it would be waited for forever
    while (!done_ && (top + NextLineHeight() <= bottom + 0.01 || (first && top <= kMargin + kCellPadding))) {
      first = false;
      PangoRectangle box;
      pango_layout_iter_get_line_extents(line_, nullptr, &box);
      const double baseline = static_cast<double>(pango_layout_iter_get_baseline(line_) - box.y) / PANGO_SCALE;
      cairo_move_to(cairo, x_ + static_cast<double>(box.x) / PANGO_SCALE, top + baseline);
      pango_cairo_show_layout_line(cairo, pango_layout_iter_get_line_readonly(line_));
      top += static_cast<double>(box.height) / PANGO_SCALE;
      done_ = !pango_layout_iter_next_line(line_);
    }
    return top;
  }

 private:
  Layout layout_;
  double x_;
  PangoLayoutIter* line_;
  bool done_ = false;
};

class PdfWriter final : public DocumentWriter {
 public:
  PdfWriter(DocumentInfo info, ByteSink sink) : info_(std::move(info)), sink_(std::move(sink)) {
    right_to_left_ = IsRightToLeft(info_.language);
    surface_.reset(cairo_pdf_surface_create_for_stream(&PdfWriter::OnBytes, &bytes_, kPageWidth, kPageHeight));
    cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_CREATE_DATE,
                                   FormatInstant(info_.created_at).c_str());
    cairo_.reset(cairo_create(surface_.get()));
    cairo_tag_begin(cairo_.get(), "Document", nullptr);
  }

  Status Heading(int level, std::string_view text) override {
    Invariant(level >= 1 && level <= 6, "heading level 1 to 6");
    PRIVITY_TRY_VOID(CheckText(text));
    const TextStyle& style = kHeadings[level - 1];
    // A heading does not stand alone at the foot of a page: three lines of text must fit below it.
    if (y_ + style.space_before + style.size * 1.4 + 3 * kBody.size * 1.4 > kBottom) NewPage();
    Space(style.space_before);
    AddBookmark(level, text);
    Flow("H" + std::to_string(level), "", text, style, 0);
    Space(2);
    return Ok();
  }

  Status Paragraph(std::string_view text) override {
    PRIVITY_TRY_VOID(CheckText(text));
    Space(kBody.space_before);
    Flow("P", "", text, kBody, 0);
    return Ok();
  }

  Status Link(std::string_view text, std::string_view url) override {
    PRIVITY_TRY_VOID(CheckText(text));
    PRIVITY_TRY_VOID(CheckLink(url));
    Space(kBody.space_before);
    // CheckLink has refused quotes and backslashes, the only characters with a meaning inside cairo's attribute text.
    cairo_set_source_rgb(cairo_.get(), 0.02, 0.27, 0.68);
    Flow(CAIRO_TAG_LINK, "uri='" + std::string(url) + "'", text, kBody, 0);
    cairo_set_source_rgb(cairo_.get(), 0, 0, 0);
    return Ok();
  }

  Status List(std::span<const std::string> items) override {
    for (const std::string& item : items) PRIVITY_TRY_VOID(CheckText(item));
    Space(kBody.space_before);
    cairo_tag_begin(cairo_.get(), "L", nullptr);
    for (const std::string& item : items) {
      // The bullet belongs to the item's text, on the side where its reading begins.
      Flow("LI", "", "\u2022 " + item, kBody, kListIndent);
      Space(2);
    }
    cairo_tag_end(cairo_.get(), "L");
    return Ok();
  }

  Status Table(const DocumentTable& table) override {
    PRIVITY_TRY_VOID(CheckTable(table));
    Space(kCaption.space_before);
    Flow("Caption", "", table.caption, kCaption, 0);
    Space(3);
    cairo_tag_begin(cairo_.get(), "Table", nullptr);
    DrawHeader(table, true);
    for (const auto& row : table.rows) DrawRow(table, row);
    cairo_tag_end(cairo_.get(), "Table");
    Space(4);
    return Ok();
  }

  Status Finish() override {
    cairo_tag_end(cairo_.get(), "Document");
    EndPage();
    cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_TITLE, info_.title.c_str());
    cairo_surface_finish(surface_.get());
    const bool sound = cairo_surface_status(surface_.get()) == CAIRO_STATUS_SUCCESS &&
                       cairo_status(cairo_.get()) == CAIRO_STATUS_SUCCESS;
    Invariant(sound, "cairo takes what it is given");
    AddToPdfCatalog(bytes_, "/Lang (" + LanguageTag() + ") /ViewerPreferences << /DisplayDocTitle true >>");
    return sink_(AsBytes(bytes_));
  }

 private:
  static cairo_status_t OnBytes(void* bytes, const unsigned char* data, unsigned size) {
    static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), size);
    return CAIRO_STATUS_SUCCESS;
  }

  // BCP 47 knows letters, digits and hyphens; anything else has no place in the file's syntax.
  std::string LanguageTag() const {
    std::string tag;
    std::copy_if(info_.language.begin(), info_.language.end(), std::back_inserter(tag), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    });
    return tag;
  }

  Layout MakeLayout(std::string_view text, const TextStyle& style, double width) const {
    Layout layout(pango_cairo_create_layout(cairo_.get()));
    PangoContext* context = pango_layout_get_context(layout.get());
    pango_cairo_context_set_resolution(context, 72);  // one unit is one point
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_language(context, pango_language_from_string(info_.language.c_str()));
    PangoFontDescription* font = pango_font_description_from_string(kFonts);
    pango_font_description_set_size(font, static_cast<int>(style.size * PANGO_SCALE));
    pango_font_description_set_weight(font, style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(layout.get(), font);
    pango_font_description_free(font);
    // Optional ligatures ("fi") would reach a screen reader or a search as one odd character. Scripts that need theirs
    // keep them.
    PangoAttrList* attributes = pango_attr_list_new();
    pango_attr_list_insert(attributes, pango_attr_font_features_new("liga 0, clig 0"));
    pango_layout_set_attributes(layout.get(), attributes);
    pango_attr_list_unref(attributes);
    pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
    return layout;
  }

  static double Height(PangoLayout* layout) {
    int height = 0;
    pango_layout_get_size(layout, nullptr, &height);
    return static_cast<double>(height) / PANGO_SCALE;
  }

  void Space(double points) {
    if (y_ > kMargin) y_ += points;
  }

  void NewPage() {
    EndPage();
    ++page_;
    y_ = kMargin;
  }

  // Title and page number belong to the sheet, not to the text: they stand outside every tag.
  void EndPage() {
    Layout title = MakeLayout(info_.title, kFoot, kTextWidth - 60);
    pango_layout_set_ellipsize(title.get(), PANGO_ELLIPSIZE_END);
    pango_layout_set_height(title.get(), 0);
    pango_layout_set_alignment(title.get(), PANGO_ALIGN_LEFT);
    Layout number = MakeLayout(std::to_string(page_), kFoot, 50);
    pango_layout_set_alignment(number.get(), right_to_left_ ? PANGO_ALIGN_LEFT : PANGO_ALIGN_RIGHT);
    const double right = kPageWidth - kMargin;
    DrawAt(title.get(), right_to_left_ ? right - kTextWidth + 60 : kMargin);
    DrawAt(number.get(), right_to_left_ ? kMargin : right - 50);
    cairo_show_page(cairo_.get());
  }

  void DrawAt(PangoLayout* layout, double x) {
    cairo_move_to(cairo_.get(), x, kFootTop);
    pango_cairo_show_layout(cairo_.get(), layout);
  }

  void AddBookmark(int level, std::string_view text) {
    int parent = CAIRO_PDF_OUTLINE_ROOT;
    for (int above = 1; above < level; ++above) {
      if (bookmarks_[above - 1] != 0) parent = bookmarks_[above - 1];
    }
    const std::string place = "page=" + std::to_string(page_) + " pos=[" + std::to_string(static_cast<int>(kMargin)) +
                              " " + std::to_string(static_cast<int>(y_)) + "]";
    bookmarks_[level - 1] = cairo_pdf_surface_add_outline(surface_.get(), parent, std::string(text).c_str(),
                                                          place.c_str(), CAIRO_PDF_OUTLINE_FLAG_OPEN);
    std::fill(std::begin(bookmarks_) + level, std::end(bookmarks_), 0);
  }

  // One tagged text from y_ down. What goes on overleaf gets a tag of its own there: the foot of the page lies between.
  void Flow(const std::string& tag, const std::string& attributes, std::string_view text, const TextStyle& style,
            double indent) {
    const double x = kMargin + (right_to_left_ ? 0 : indent);
    Block block(MakeLayout(text, style, kTextWidth - indent), x);
    while (!block.done()) {
      if (y_ + block.NextLineHeight() > kBottom) NewPage();
      cairo_tag_begin(cairo_.get(), tag.c_str(), attributes.empty() ? nullptr : attributes.c_str());
      y_ = block.Draw(cairo_.get(), y_, kBottom);
      cairo_tag_end(cairo_.get(), tag.c_str());
    }
  }

  static Status CheckTable(const DocumentTable& table) {
    PRIVITY_TRY_VOID(CheckText(table.caption));
    for (std::size_t i = 0; i < table.columns.size(); ++i)
      PRIVITY_TRY_VOID(CheckText(table.columns[i].title, 0, i + 1));
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
      const auto& cells = table.rows[row];
      if (cells.size() != table.columns.size()) return Error("report.row_width", {{"row", std::to_string(row + 1)}});
      for (std::size_t i = 0; i < cells.size(); ++i) PRIVITY_TRY_VOID(CheckText(cells[i], row + 1, i + 1));
    }
    return Ok();
  }

  struct ColumnPlace {
    double x;
    double width;
  };

  std::vector<ColumnPlace> Places(const DocumentTable& table) const {
    const double shares =
        std::accumulate(table.columns.begin(), table.columns.end(), 0.0,
                        [](double sum, const DocumentColumn& c) { return sum + std::max(c.share, 1); });
    std::vector<ColumnPlace> places;
    double offset = 0;
    for (const DocumentColumn& column : table.columns) {
      const double width = kTextWidth * std::max(column.share, 1) / shares;
      places.push_back({right_to_left_ ? kMargin + kTextWidth - offset - width : kMargin + offset, width});
      offset += width;
    }
    return places;
  }

  struct TableRowLayout {
    std::vector<Block> cells;
    double height = 0;  // if it stays on one page

    bool done() const {
      return std::all_of(cells.begin(), cells.end(), [](const Block& cell) { return cell.done(); });
    }
    // Of the tallest line that comes next in any cell.
    double NextHeight() const {
      double height_next = 0;
      for (const Block& cell : cells) {
        if (!cell.done()) height_next = std::max(height_next, cell.NextLineHeight());
      }
      return height_next + 2 * kCellPadding;
    }
  };

  TableRowLayout LayOut(const DocumentTable& table, const std::vector<std::string>& texts,
                        const TextStyle& style) const {
    TableRowLayout row;
    const auto places = Places(table);
    for (std::size_t i = 0; i < texts.size(); ++i) {
      Layout layout = MakeLayout(texts[i], style, std::max(places[i].width - 2 * kCellPadding, 1.0));
      row.height = std::max(row.height, Height(layout.get()) + 2 * kCellPadding);
      row.cells.emplace_back(std::move(layout), places[i].x + kCellPadding);
    }
    return row;
  }

  void DrawHeader(const DocumentTable& table, bool tagged) {
    std::vector<std::string> titles;
    for (const DocumentColumn& column : table.columns) titles.push_back(column.title);
    TableRowLayout row = LayOut(table, titles, kHeaderCell);
    // A header that takes most of a page is not repeated: it would leave no room for its rows.
    header_height_ = row.height < (kBottom - kMargin) / 3 ? row.height : 0;
    if (tagged) {
      if (y_ + row.height + 3 * kCell.size > kBottom) NewPage();
      DrawParts(nullptr, row, "TH");
    } else if (header_height_ > 0) {
      DrawPart(row, nullptr);
    }
  }

  void DrawRow(const DocumentTable& table, const std::vector<std::string>& texts) {
    TableRowLayout row = LayOut(table, texts, kCell);
    const bool fits_one_page = row.height <= kBottom - kMargin - header_height_;
    if (y_ + (fits_one_page ? row.height : row.NextHeight()) > kBottom) {
      NewPage();
      DrawHeader(table, false);
    }
    DrawParts(&table, row, "TD");
  }

  // A row that goes on overleaf is a second row there. `repeat` is the table whose header comes again on top, or null.
  void DrawParts(const DocumentTable* repeat, TableRowLayout& row, const char* cell_tag) {
    for (;;) {
      cairo_tag_begin(cairo_.get(), "TR", nullptr);
      DrawPart(row, cell_tag);
      cairo_tag_end(cairo_.get(), "TR");
      if (row.done()) return;
      NewPage();
      if (repeat != nullptr) DrawHeader(*repeat, false);
    }
  }

  // As many lines of each cell as fit on this page, and the rule below them. Without a tag: the repeated header.
  void DrawPart(TableRowLayout& row, const char* cell_tag) {
    double end = y_;
    for (Block& cell : row.cells) {
      if (cell_tag != nullptr) cairo_tag_begin(cairo_.get(), cell_tag, nullptr);
      end = std::max(end, cell.Draw(cairo_.get(), y_ + kCellPadding, kBottom - kCellPadding));
      if (cell_tag != nullptr) cairo_tag_end(cairo_.get(), cell_tag);
    }
    y_ = end + kCellPadding;
    cairo_set_line_width(cairo_.get(), 0.5);
    cairo_move_to(cairo_.get(), kMargin, y_);
    cairo_line_to(cairo_.get(), kMargin + kTextWidth, y_);
    cairo_stroke(cairo_.get());
  }

  DocumentInfo info_;
  ByteSink sink_;
  bool right_to_left_ = false;
  std::string bytes_;
  std::unique_ptr<cairo_surface_t, CairoDeleter> surface_;
  std::unique_ptr<cairo_t, CairoDeleter> cairo_;
  double y_ = kMargin;
  int page_ = 1;
  double header_height_ = 0;
  int bookmarks_[6] = {};
};

}  // namespace

std::unique_ptr<DocumentWriter> MakePdfWriter(DocumentInfo info, ByteSink sink) {
  return std::make_unique<PdfWriter>(std::move(info), std::move(sink));
}

}  // namespace privity
