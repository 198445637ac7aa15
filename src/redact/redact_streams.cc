#include "redact/redact_streams.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

#include "base/json.h"
#include "base/utf8.h"

namespace privity {
namespace {

// A column that is personal is of the kind that its detector finds.
std::optional<Entity> EntityOf(const Detector& detector, const ColumnJudgement& judged) {
  if (!IsPersonal(judged.category)) return std::nullopt;
  const auto& files = detector.files();
  const auto found =
      std::find_if(files.begin(), files.end(), [&](const auto& file) { return file->pack.id == judged.detector; });
  return found == files.end() ? std::nullopt : std::optional((*found)->entity);
}

class Redaction {
 public:
  Redaction(const Redactor& redactor, std::istream& in, std::ostream& out, const RedactionWarning& warn)
      : redactor_(redactor), in_(in), out_(out), warn_(warn) {}

  void Text() {
    std::string block;
    for (std::string line; ReadLine(line, kRedactTextBytesMax);) {
      block += line;
      // A key in armour stands together; otherwise a blank line is where nothing goes on.
      const bool in_armour = block.rfind("-----BEGIN") != block.npos && block.rfind("-----END") == block.npos;
      const bool blank = line == "\n" || line == "\r\n";
      if (block.size() >= kRedactTextBytesMax || (!in_armour && blank && block.size() >= 4096)) Flush(block);
    }
    Flush(block);
  }

  void Jsonl() {
    for (std::string line; ReadLine(line, kRedactRecordBytesMax);) {
      ++record_;
      const std::string_view end = line.ends_with('\n') ? "\n" : "";
      if (line.find_first_not_of(" \t\r\n") == line.npos) {
        out_ << end;
        continue;
      }
      auto json = ParseJson(line, {.size_bytes_max = kRedactRecordBytesMax});
      if (!json.ok()) {
        LeaveOut(json.error().code());
        continue;
      }
      Member(*json, "");
      out_ << ToJson(*json) << end;
    }
  }

  void Csv() {
    std::vector<std::string> head;
    std::string raw;
    if (!ReadRecord(raw)) return;
    delimiter_ = DelimiterOf(raw);
    Cells(raw, head);
    std::vector<std::vector<std::string>> sample;
    while (sample.size() < kRedactSampleRecords && ReadRecord(raw)) {
      sample.emplace_back();
      Cells(raw, sample.back());
    }
    const bool headless = HoldsData(head) || HoldsNames(head, sample);
    if (headless) sample.insert(sample.begin(), std::exchange(head, std::vector<std::string>(head.size())));
    JudgeColumns(head, sample);
    if (!headless) WriteRecord(head);
    for (auto& cells : sample) Record(head, cells);
    for (std::vector<std::string> cells; ReadRecord(raw);) {
      Cells(raw, cells);
      Record(head, cells);
    }
  }

  RedactionCounts counts() const { return counts_; }

 private:
  // With its end; in parts when it is longer than `bytes_max`.
  bool ReadLine(std::string& line, std::size_t bytes_max) {
    line.clear();
    for (int c = in_.get(); c != std::istream::traits_type::eof(); c = in_.get()) {
      line += static_cast<char>(c);
      if (c == '\n' || line.size() >= bytes_max) break;
    }
    return !line.empty();
  }

  void Flush(std::string& block) {
    out_ << Replaced(block);
    block.clear();
  }

  std::string Replaced(std::string_view text) {
    RedactedText redacted = redactor_.Text(text);
    counts_.replaced += static_cast<std::int64_t>(redacted.replaced.size());
    return std::move(redacted.text);
  }

  std::string Whole(std::string_view value, Entity entity) {
    ++counts_.replaced;
    return redactor_.Value(value, entity);
  }

  void LeaveOut(std::string problem) {
    ++counts_.left_out;
    warn_(Error("redact.record", {{"record", std::to_string(record_)}, {"problem", std::move(problem)}}));
  }

  // ---- JSON ----

  void Member(Json& value, const std::string& path) {
    if (auto* members = value.members()) {
      for (Json::Member& member : *members) Member(member.value, path.empty() ? member.key : path + "." + member.key);
    } else if (auto* items = value.items()) {
      for (Json& item : *items) Member(item, path);
    } else if (const auto entity = EntityOfPath(path); entity && redactor_.Replaces(*entity)) {
      if (const std::string* text = value.string())
        value = Json(Whole(*text, *entity));
      else if (value.number())
        value = Json(Whole(ToJson(value), *entity));
    } else if (const std::string* text = value.string()) {
      value = Json(Replaced(*text));
    } else if (value.integer() != nullptr) {
      const std::string written = ToJson(value);
      std::string replaced = Replaced(written);
      if (replaced != written) value = Json(std::move(replaced));
    }
  }

  std::optional<Entity> EntityOfPath(const std::string& path) {
    if (path.empty()) return std::nullopt;
    const auto known = paths_.find(path);
    if (known != paths_.end()) return known->second;
    const auto entity = EntityOf(redactor_.detector(), redactor_.detector().Field({.field = path}));
    if (paths_.size() < kPathsMax) paths_.emplace(path, entity);
    return entity;
  }

  // ---- CSV ----

  // The one that stands most often outside quotes; of equals the first.
  static char DelimiterOf(std::string_view head) {
    constexpr std::string_view kDelimiters = "\t;,|";
    std::array<std::size_t, kDelimiters.size()> counts = {};
    bool quoted = false;
    for (const char c : head) {
      quoted ^= c == '"';
      if (const auto at = kDelimiters.find(c); !quoted && at != kDelimiters.npos) ++counts[at];
    }
    const auto most = std::max_element(counts.begin(), counts.end());
    return *most == 0 ? ',' : kDelimiters[static_cast<std::size_t>(most - counts.begin())];
  }

  // A file without a head begins with somebody's data: no column is called by an address or a number of a person.
  bool HoldsData(const std::vector<std::string>& cells) const {
    return std::any_of(cells.begin(), cells.end(), [this](const std::string& cell) {
      const auto spans = redactor_.detector().Text(cell);
      const bool signs = cell.find_first_of("@0123456789") != cell.npos;
      return signs && std::any_of(spans.begin(), spans.end(), [](const TextSpan& span) {
               return IsPersonal(span.category) && span.entity != Entity::kOtherId;
             });
    });
  }

  bool IsName(const std::string& cell) const {
    const auto spans = redactor_.detector().Text(cell);
    return spans.size() == 1 && spans[0].entity == Entity::kPerson && spans[0].start == 0 &&
           static_cast<std::size_t>(spans[0].end) == CountCharacters(cell);
  }

  // "Ana Ruiz" above a column of names is one of them, unless a column may be called so: "Meister".
  bool HoldsNames(const std::vector<std::string>& cells, const std::vector<std::vector<std::string>>& sample) const {
    constexpr std::size_t kLookedAt = 16;
    for (std::size_t column = 0; column < cells.size(); ++column) {
      if (!IsName(cells[column])) continue;
      if (IsPersonal(redactor_.detector().Field({.collection = "people", .field = cells[column]}).category)) continue;
      std::size_t names = 0, looked_at = 0;
      for (; looked_at < std::min(sample.size(), kLookedAt); ++looked_at)
        names += column < sample[looked_at].size() && IsName(sample[looked_at][column]);
      if (names * 2 >= looked_at) return true;
    }
    return false;
  }

  // One record with the ends of lines that stand inside its quotes.
  bool ReadRecord(std::string& raw) {
    raw.clear();
    bool quoted = false;
    for (int c = in_.get(); c != std::istream::traits_type::eof(); c = in_.get()) {
      if (raw.size() >= kRedactRecordBytesMax) {
        ++record_;
        LeaveOut("too_long");
        raw.clear();
        quoted = false;
        while (c != '\n' && c != std::istream::traits_type::eof()) c = in_.get();
        continue;
      }
      if (c == '"') quoted = !quoted;
      if (c == '\n' && !quoted) {
        ++record_;
        if (raw.ends_with('\r')) raw.pop_back();
        return true;
      }
      raw += static_cast<char>(c);
    }
    return !raw.empty();
  }

  void Cells(std::string_view raw, std::vector<std::string>& cells) const {
    cells.assign(1, "");
    bool quoted = false;
    for (std::size_t at = 0; at < raw.size(); ++at) {
      const char c = raw[at];
      if (c == '"' && quoted && at + 1 < raw.size() && raw[at + 1] == '"') {
        cells.back() += '"';
        ++at;
      } else if (c == '"' && (quoted || cells.back().empty())) {
        quoted = !quoted;
      } else if (c == delimiter_ && !quoted) {
        cells.emplace_back();
      } else {
        cells.back() += c;
      }
    }
  }

  // Together: what the values of one column leave open, those beside it may tell.
  void JudgeColumns(const std::vector<std::string>& head, const std::vector<std::vector<std::string>>& sample) {
    std::vector<ColumnContext> contexts;
    for (std::size_t column = 0; column < head.size(); ++column) {
      ColumnContext context{.field = {.field = head[column], .neighbours = head}, .values = {}};
      for (const auto& cells : sample) {
        if (column < cells.size()) context.values.push_back(cells[column]);
      }
      contexts.push_back(std::move(context));
    }
    for (const ColumnJudgement& judged : redactor_.detector().Columns(contexts))
      columns_.push_back(EntityOf(redactor_.detector(), judged));
  }

  void Record(const std::vector<std::string>& head, std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (cells[i].empty()) continue;
      const auto entity = i < head.size() ? columns_[i] : std::nullopt;
      cells[i] = entity && redactor_.Replaces(*entity) ? Whole(cells[i], *entity) : Replaced(cells[i]);
    }
    WriteRecord(cells);
  }

  void WriteRecord(const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) out_ << delimiter_;
      const bool quote =
          cells[i].find_first_of("\"\r\n") != std::string::npos || cells[i].find(delimiter_) != std::string::npos;
      if (!quote) {
        out_ << cells[i];
        continue;
      }
      out_ << '"';
      for (const char c : cells[i]) out_ << (c == '"' ? "\"\"" : std::string(1, c));
      out_ << '"';
    }
    out_ << '\n';
  }

  static constexpr std::size_t kPathsMax = 10'000;

  const Redactor& redactor_;
  std::istream& in_;
  std::ostream& out_;
  const RedactionWarning& warn_;
  RedactionCounts counts_ = {};
  std::int64_t record_ = 0;
  char delimiter_ = ',';
  std::vector<std::optional<Entity>> columns_ = {};
  std::map<std::string, std::optional<Entity>> paths_ = {};
};

}  // namespace

Result<RedactionCounts> RedactStream(const Redactor& redactor, RedactionInput input, std::istream& in,
                                     std::ostream& out, const RedactionWarning& warn) {
  Redaction redaction(redactor, in, out, warn);
  switch (input) {
    case RedactionInput::kText:
      redaction.Text();
      break;
    case RedactionInput::kCsv:
      redaction.Csv();
      break;
    case RedactionInput::kJsonl:
      redaction.Jsonl();
      break;
  }
  if (!out.flush()) return Error("redact.output");
  return redaction.counts();
}

}  // namespace privity
