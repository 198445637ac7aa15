#include "detect/streams.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/json.h"
#include "detect/internal/line_reader.h"

namespace privity {
namespace {

using detect::LineReader;
using detect::LineState;

std::string Decimal(double confidence) {
  char text[16];
  const auto end = std::to_chars(text, text + sizeof text, confidence, std::chars_format::fixed, 2).ptr;
  return std::string(text, end);
}

// Warns of what is wrong with the line as such; false when it is lost.
bool Usable(const LineReader& reader, std::size_t bytes_max, const WarningSink& warn) {
  const std::string line = std::to_string(reader.number());
  if (reader.state() == LineState::kTooLong) {
    warn(Error("detect.line_too_long", {{"line", line}, {"maximum", std::to_string(bytes_max)}}));
  } else if (reader.state() == LineState::kRepaired) {
    warn(Error("detect.line_repaired", {{"line", line}}));
  }
  return reader.state() != LineState::kTooLong;
}

Status Flushed(std::ostream& out) {
  if (out.flush()) return Ok();
  return Error("detect.output");
}

// ---- fields -------------------------------------------------------------------------------------------------------

enum FieldColumn { kId, kSystem, kCollection, kField, kDeclaredType, kFieldColumns };
constexpr std::array<std::string_view, kFieldColumns> kFieldHeader = {"id", "system", "collection", "field",
                                                                      "declared_type"};

std::vector<std::string_view> Cells(std::string_view line) {
  std::vector<std::string_view> cells;
  while (true) {
    const auto tab = std::min(line.find('\t'), line.size());
    cells.push_back(line.substr(0, tab));
    if (tab == line.size()) return cells;
    line.remove_prefix(tab + 1);
  }
}

// Where each column of ours stands in the lines of a file.
class FieldHeader {
 public:
  static Result<FieldHeader> Parse(std::string_view line) {
    FieldHeader header;
    const auto cells = Cells(line);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const auto known = std::find(kFieldHeader.begin(), kFieldHeader.end(), cells[i]);
      if (known != kFieldHeader.end()) header.at_[known - kFieldHeader.begin()] = i;
    }
    for (const FieldColumn needed : {kId, kField}) {
      if (!header.at_[needed]) return Error("detect.header", {{"missing", std::string(kFieldHeader[needed])}});
      header.cells_min_ = std::max(header.cells_min_, *header.at_[needed] + 1);
    }
    return header;
  }

  std::size_t cells_min() const { return cells_min_; }
  std::string Cell(const std::vector<std::string_view>& cells, FieldColumn column) const {
    const auto at = at_[column];
    return at && *at < cells.size() ? std::string(cells[*at]) : std::string();
  }

 private:
  std::array<std::optional<std::size_t>, kFieldColumns> at_;
  std::size_t cells_min_ = 0;
};

// The collections of one system as they stand together in the file.
class SystemGroup {
 public:
  SystemGroup(const Detector& detector, std::ostream& out, StreamCounts& counts)
      : detector_(detector), out_(out), counts_(counts) {}

  void Add(std::string id, FieldContext field) {
    if (!collections_.empty() &&
        (collections_.front().fields.front().system != field.system || bytes_ > kSystemBytesMax))
      Write();
    const bool same = !collections_.empty() && collections_.back().fields.front().collection == field.collection &&
                      collections_.back().fields.size() < kCollectionFieldsMax;
    if (!same) collections_.emplace_back();
    bytes_ += sizeof field + id.size() + field.system.size() + field.collection.size() + field.field.size();
    collections_.back().ids.push_back(std::move(id));
    collections_.back().fields.push_back(std::move(field));
  }

  void Write() {
    if (collections_.size() > 1) ShowSystem();
    for (const Collection& collection : collections_) Write(collection);
    collections_.clear();
    bytes_ = 0;
  }

 private:
  struct Collection {
    std::vector<std::string> ids = {};
    std::vector<FieldContext> fields = {};
  };

  void ShowSystem() {
    std::vector<CollectionNames> names;
    for (const Collection& collection : collections_) {
      names.push_back({.collection = collection.fields.front().collection, .fields = {}});
      for (const FieldContext& field : collection.fields) names.back().fields.push_back(field.field);
    }
    const auto view = detector_.View(collections_.front().fields.front().system, names);
    for (Collection& collection : collections_) {
      for (FieldContext& field : collection.fields) field.system_view = view;
    }
  }

  void Write(const Collection& collection) {
    const std::vector<ColumnJudgement> judgements = detector_.Fields(collection.fields);
    for (std::size_t i = 0; i < judgements.size(); ++i) {
      const ColumnJudgement& judged = judgements[i];
      if (IsPersonal(judged.category)) ++counts_.found;
      out_ << collection.ids[i] << '\t' << judged.category << '\t' << Decimal(judged.confidence) << '\t'
           << judged.Reason() << '\n';
    }
  }

  const Detector& detector_;
  std::ostream& out_;
  StreamCounts& counts_;
  std::vector<Collection> collections_ = {};
  std::size_t bytes_ = 0;
};

// ---- text ---------------------------------------------------------------------------------------------------------

// `\u0000` is JSON but no text of ours: it becomes `\u0020`.
void ReplaceEscapedNul(std::string& line) {
  for (auto at = line.find("\\u0000"); at != std::string::npos; at = line.find("\\u0000", at + 6)) {
    std::size_t slashes = 1;
    while (slashes <= at && line[at - slashes] == '\\') ++slashes;
    if (slashes % 2 == 1) line[at + 4] = '2';
  }
}

Json SpansOf(const std::vector<TextSpan>& spans) {
  Json::Items items;
  for (const TextSpan& span : spans) {
    items.push_back(Json::Object({{"start", span.start},
                                  {"end", span.end},
                                  {"entity", EnumText(span.entity)},
                                  {"category", span.category},
                                  {"detector", span.detector},
                                  {"confidence", span.confidence}}));
  }
  return Json::ArrayOf(std::move(items));
}

std::optional<Json> ReadTextLine(std::string& line, std::int64_t number, const WarningSink& warn) {
  ReplaceEscapedNul(line);
  auto parsed = ParseJson(line, {.size_bytes_max = kTextLineBytesMax});
  if (!parsed.ok()) {
    warn(Error("detect.line_not_json", {{"line", std::to_string(number)}, {"problem", parsed.error().code()}}));
    return std::nullopt;
  }
  if ((*parsed)["text"].string() == nullptr) {
    warn(Error("detect.line_no_text", {{"line", std::to_string(number)}}));
    return std::nullopt;
  }
  return *std::move(parsed);
}

}  // namespace

Result<StreamCounts> DetectTextLines(const Detector& detector, std::istream& in, std::ostream& out,
                                     const WarningSink& warn) {
  StreamCounts counts;
  LineReader reader(in, kTextLineBytesMax);
  for (std::string line; reader.Next(line);) {
    if (reader.state() == LineState::kRead && line.empty()) continue;
    ++counts.lines;
    std::optional<Json> item;
    if (Usable(reader, kTextLineBytesMax, warn)) item = ReadTextLine(line, reader.number(), warn);
    if (!item) {
      ++counts.left_out;
      continue;
    }
    const auto spans = detector.Text(*(*item)["text"].string(), (*item)["lang"].StringOr(""));
    counts.found += static_cast<std::int64_t>(spans.size());
    out << ToJson(Json::Object({{"id", (*item)["id"]}, {"spans", SpansOf(spans)}})) << '\n';
  }
  PRIVITY_TRY_VOID(Flushed(out));
  return counts;
}

Result<StreamCounts> DetectFieldLines(const Detector& detector, std::istream& in, std::ostream& out,
                                      const WarningSink& warn) {
  StreamCounts counts;
  LineReader reader(in, kFieldLineBytesMax);
  std::string line;
  if (!reader.Next(line)) return Error("detect.header", {{"missing", "id"}});
  PRIVITY_TRY(const FieldHeader header, FieldHeader::Parse(line));
  out << "id\tcategory\tconfidence\treason\n";
  SystemGroup group(detector, out, counts);
  while (reader.Next(line)) {
    if (reader.state() == LineState::kRead && line.empty()) continue;
    ++counts.lines;
    const bool usable = Usable(reader, kFieldLineBytesMax, warn);
    const auto cells = Cells(line);
    if (usable && cells.size() >= header.cells_min()) {
      group.Add(header.Cell(cells, kId), {.system = header.Cell(cells, kSystem),
                                          .collection = header.Cell(cells, kCollection),
                                          .field = header.Cell(cells, kField),
                                          .declared_type = header.Cell(cells, kDeclaredType)});
      continue;
    }
    ++counts.left_out;
    if (usable) {
      warn(Error("detect.line_columns",
                 {{"line", std::to_string(reader.number())}, {"expected", std::to_string(header.cells_min())}}));
    }
  }
  group.Write();
  PRIVITY_TRY_VOID(Flushed(out));
  return counts;
}

}  // namespace privity
