// Dumps of databases: the rows of INSERT and COPY under the names of their columns, as pg_dump, mysqldump, mariadb-dump
// and sqlite3 write them.
#include <algorithm>
#include <map>

#include "base/utf8.h"
#include "documents/internal/readers.h"

namespace privity::documents_internal {
namespace {

char Lower(char character) {
  return character >= 'A' && character <= 'Z' ? static_cast<char>(character + 32) : character;
}

bool IsWordByte(char character) {
  return (character >= '0' && character <= '9') || (Lower(character) >= 'a' && Lower(character) <= 'z') ||
         character == '_' || character == '$' || (character & 0x80) != 0;
}

std::string Unescaped(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\\' || at + 1 == text.size()) {
      out += text[at];
      continue;
    }
    const char next = text[++at];
    out += next == 'n' ? '\n' : next == 't' ? '\t' : next == 'r' ? '\r' : next;
  }
  return out;
}

// MySQL alone writes names in backticks, and lets a backslash escape in strings.
bool IsMysql(std::string_view text) {
  for (const char* mark : {"CREATE TABLE `", "INSERT INTO `", "REPLACE INTO `"}) {
    if (text.find(mark) != std::string_view::npos) return true;
  }
  return false;
}

class DumpReader {
 public:
  DumpReader(Reading& reading, const Here& here, std::string_view text)
      : reading_(reading), here_(here), text_(text), is_mysql_(IsMysql(text)) {}

  Status Read() {
    while (at_ < text_.size()) PRIVITY_TRY_VOID(Statement());
    return Ok();
  }

 private:
  Status Statement() {
    SkipBlank();
    if (TakeWords({"INSERT", "INTO"}) || TakeWords({"REPLACE", "INTO"}) || TakeWords({"INSERT", "IGNORE", "INTO"}))
      return Insert();
    if (TakeWords({"COPY"})) return Copy();
    if (TakeWords({"CREATE", "TABLE"})) Create();
    SkipStatement();
    return Ok();
  }

  void SkipBlank() {
    while (at_ < text_.size()) {
      const std::string_view rest = text_.substr(at_);
      if (rest.starts_with("--") || (is_mysql_ && rest.starts_with('#'))) {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (rest.starts_with("/*") && !rest.starts_with("/*!")) {
        const std::size_t end = text_.find("*/", at_ + 2);
        at_ = end == std::string_view::npos ? text_.size() : end + 2;
      } else if (rest.front() == ' ' || (rest.front() >= '\t' && rest.front() <= '\r')) {
        ++at_;
      } else {
        return;
      }
    }
  }

  bool TakeWords(std::initializer_list<std::string_view> words) {
    const std::size_t before = at_;
    for (const std::string_view word : words) {
      SkipBlank();
      for (const char letter : word) {
        if (at_ < text_.size() && Lower(text_[at_]) == Lower(letter)) {
          ++at_;
        } else {
          at_ = before;
          return false;
        }
      }
      if (at_ < text_.size() && IsWordByte(text_[at_])) {
        at_ = before;
        return false;
      }
    }
    return true;
  }

  bool TakeSign(char sign) {
    SkipBlank();
    if (at_ == text_.size() || text_[at_] != sign) return false;
    ++at_;
    return true;
  }

  // The text in quotes at `at_`; past them.
  std::string TakeQuoted() {
    const char quote = text_[at_];
    const bool has_escapes = is_mysql_ && quote != '`';
    std::string out;
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == quote) {
        if (at_ + 1 == text_.size() || text_[at_ + 1] != quote) break;
        ++at_;
      } else if (text_[at_] == '\\' && has_escapes && at_ + 1 < text_.size()) {
        out += Unescaped(text_.substr(at_, 2));
        ++at_;
        continue;
      }
      out += text_[at_];
    }
    at_ = std::min(at_ + 1, text_.size());
    return out;
  }

  bool IsAtQuote() const {
    return at_ < text_.size() && (text_[at_] == '"' || text_[at_] == '`' || text_[at_] == '\'');
  }

  std::string TakeName() {
    std::string name;
    do {
      SkipBlank();
      if (IsAtQuote()) {
        name = TakeQuoted();
      } else {
        const std::size_t begin = at_;
        while (at_ < text_.size() && IsWordByte(text_[at_])) ++at_;
        name = std::string(text_.substr(begin, at_ - begin));
      }
    } while (TakeSign('.'));
    return name;
  }

  // (a, "b", `c`)
  std::vector<std::string> TakeNames() {
    std::vector<std::string> names;
    if (!TakeSign('(')) return names;
    do {
      names.push_back(TakeName());
    } while (TakeSign(','));
    TakeSign(')');
    return names;
  }

  // One value up to the comma or bracket behind it; NULL is empty, a function is its text.
  std::string TakeValue() {
    SkipBlank();
    std::string value;
    bool is_text = false;
    int depth = 0;
    while (at_ < text_.size()) {
      const char next = text_[at_];
      if (depth == 0 && (next == ',' || next == ')' || next == ';')) break;
      if (next == '(') ++depth;
      if (next == ')') --depth;
      if (next == '\'' || next == '"') {
        value = TakeQuoted();  // what stands before is a cast or a charset: E'…', _utf8mb4'…', X'…'
        is_text = true;
        continue;
      }
      if (!is_text) value += next;
      ++at_;
    }
    while (!is_text && value.ends_with(' ')) value.pop_back();
    return !is_text && (value == "NULL" || value == "null") ? "" : value;
  }

  std::vector<std::string> TakeValues() {
    std::vector<std::string> values;
    do {
      values.push_back(TakeValue());
    } while (TakeSign(','));
    TakeSign(')');
    return values;
  }

  Status Insert() {
    const std::string table = TakeName();
    std::vector<std::string> names = TakeNames();
    if (names.empty()) names = columns_[table];
    if (!TakeWords({"VALUES"})) {
      SkipStatement();
      return Ok();
    }
    do {
      if (!TakeSign('(')) break;
      PRIVITY_TRY_VOID(Row(table, names, TakeValues()));
    } while (TakeSign(','));
    SkipStatement();
    return Ok();
  }

  // Tab-separated lines up to "\.", after the statement.
  Status Copy() {
    const std::string table = TakeName();
    std::vector<std::string> names = TakeNames();
    if (names.empty()) names = columns_[table];
    const bool has_data = TakeWords({"FROM", "stdin"});
    SkipStatement();
    if (!has_data) return Ok();
    at_ = std::min(text_.find('\n', at_), text_.size() - 1) + 1;
    while (at_ < text_.size()) {
      const std::size_t end = std::min(text_.find('\n', at_), text_.size());
      std::string_view line = text_.substr(at_, end - at_);
      if (line.ends_with('\r')) line.remove_suffix(1);
      at_ = std::min(end + 1, text_.size());
      if (line == "\\.") break;
      PRIVITY_TRY_VOID(Row(table, names, CellsOf(line)));
    }
    return Ok();
  }

  static std::vector<std::string> CellsOf(std::string_view line) {
    std::vector<std::string> cells;
    while (true) {
      const std::size_t end = std::min(line.find('\t'), line.size());
      const std::string_view cell = line.substr(0, end);
      cells.push_back(cell == "\\N" ? "" : Unescaped(cell));
      if (end == line.size()) return cells;
      line.remove_prefix(end + 1);
    }
  }

  // The names of the columns, for rows without.
  void Create() {
    TakeWords({"IF", "NOT", "EXISTS"});
    const std::string table = TakeName();
    std::vector<std::string> names;
    if (!TakeSign('(')) return;
    do {
      const bool is_constraint = TakeWords({"PRIMARY"}) || TakeWords({"KEY"}) || TakeWords({"UNIQUE"}) ||
                                 TakeWords({"CONSTRAINT"}) || TakeWords({"CHECK"}) || TakeWords({"FOREIGN"}) ||
                                 TakeWords({"INDEX"}) || TakeWords({"FULLTEXT"});
      std::string name = is_constraint ? "" : TakeName();
      if (!name.empty()) names.push_back(std::move(name));
      static_cast<void>(TakeValue());
    } while (TakeSign(','));
    columns_[table] = std::move(names);
  }

  void SkipStatement() {
    while (at_ < text_.size() && text_[at_] != ';') {
      if (IsAtQuote()) {
        static_cast<void>(TakeQuoted());
      } else if (text_.substr(at_).starts_with("--") || text_.substr(at_).starts_with("/*")) {
        const std::size_t before = at_;
        SkipBlank();
        if (at_ == before) ++at_;
      } else {
        ++at_;
      }
    }
    at_ = std::min(at_ + 1, text_.size());
  }

  Status Row(const std::string& table, std::vector<std::string>& names, std::vector<std::string> cells) {
    if (names.size() < cells.size()) names.resize(cells.size());
    return reading_.Row(here_, "table " + LabelOf(table), {++rows_[table], names, cells, false});
  }

  Reading& reading_;
  const Here& here_;
  std::string_view text_;
  const bool is_mysql_;
  std::size_t at_ = 0;
  std::map<std::string, std::vector<std::string>> columns_;
  std::map<std::string, std::int64_t> rows_;
};

}  // namespace

Status ReadSqlDump(Reading& reading, const Here& here, std::string_view bytes) {
  const std::string text = ToUtf8(bytes, "");
  return DumpReader(reading, here, text).Read();
}

}  // namespace privity::documents_internal
