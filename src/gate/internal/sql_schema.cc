// CREATE TABLE and ALTER TABLE as PostgreSQL 15, MySQL 8 and SQLite 3.40 document them.
#include <algorithm>
#include <array>

#include "gate/internal/schema_readers.h"
#include "gate/internal/tokens.h"

namespace privity::gate_internal {
namespace {

// What begins a part of a table that is no column.
constexpr std::array<std::string_view, 12> kConstraintWords = {"CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK",
                                                               "FOREIGN",    "EXCLUDE", "KEY",    "INDEX",
                                                               "FULLTEXT",   "SPATIAL", "LIKE",   "PERIOD"};
// What ends the type of a column.
constexpr std::array<std::string_view, 22> kAfterType = {
    "NOT",       "NULL",  "DEFAULT",        "PRIMARY", "UNIQUE",      "CHECK",    "REFERENCES", "COLLATE",
    "GENERATED", "AS",    "AUTO_INCREMENT", "COMMENT", "CONSTRAINT",  "ENCODE",   "ON",         "AUTOINCREMENT",
    "KEY",       "FIRST", "AFTER",          "STORAGE", "COMPRESSION", "INVISIBLE"};
constexpr std::array<std::string_view, 9> kTableKinds = {"OR",        "REPLACE",  "GLOBAL",  "LOCAL",  "TEMP",
                                                         "TEMPORARY", "UNLOGGED", "FOREIGN", "VIRTUAL"};

template <std::size_t size>
bool IsOneOf(const Token& token, const std::array<std::string_view, size>& words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return token.IsWord(word); });
}

class SqlReader {
 public:
  explicit SqlReader(std::span<const Token> tokens) : in_(tokens) {}

  std::vector<SchemaField> Read() {
    while (!in_.AtEnd()) {
      const Token& token = in_.Take();
      if (token.IsWord("CREATE")) Create();
      if (token.IsWord("ALTER") && in_.TakeWord("TABLE")) Alter();
    }
    return std::move(fields_);
  }

 private:
  void Create() {
    while (IsOneOf(in_.Peek(), kTableKinds)) in_.Take();
    const bool is_type = in_.Peek().IsWord("TYPE");
    if (!is_type && !in_.Peek().IsWord("TABLE")) return;
    in_.Take();
    in_.TakeWords({"IF", "NOT", "EXISTS"});
    if (!TakeTableName()) return;
    if (is_type && !in_.TakeWord("AS")) return;
    if (in_.TakeWord("USING")) in_.Take();  // a virtual table: its module, then its columns
    if (in_.TakeSign('(')) Columns();
  }

  void Alter() {
    in_.TakeWords({"IF", "EXISTS"});
    in_.TakeWord("ONLY");
    if (!TakeTableName()) return;
    do {
      Change();
      SkipPart();
    } while (in_.TakeSign(','));
  }

  void Change() {
    const bool is_renaming = in_.TakeWord("RENAME");
    const bool is_changing = !is_renaming && in_.TakeWord("CHANGE");
    if (!is_renaming && !is_changing && !in_.TakeWord("ADD")) return;
    in_.TakeWord("COLUMN");
    in_.TakeWords({"IF", "NOT", "EXISTS"});
    if (is_changing) {
      in_.Take();
    } else if (is_renaming) {
      const bool is_column = in_.Peek().IsName() && in_.Peek(1).IsWord("TO");
      if (!is_column) return;
      in_.Take();
      in_.Take();
    }
    if (in_.TakeSign('(')) return Columns();
    Column();
  }

  // Past the closing bracket.
  void Columns() {
    do {
      Column();
      SkipPart();
    } while (in_.TakeSign(','));
    in_.TakeSign(')');
  }

  void Column() {
    const Token name = in_.Peek();
    if (!name.IsName() || IsOneOf(name, kConstraintWords) || in_.Peek(1).IsSign('=')) return;
    in_.Take();
    fields_.push_back({table_, std::string(name.text), TakeType(), name.line, name.column});
  }

  std::string TakeType() {
    const Token first = in_.Peek();
    Token last;
    while (!IsPartEnd() && !IsOneOf(in_.Peek(), kAfterType) && !IsCharacterSet()) {
      in_.Skip();
      last = in_.Last();
    }
    return last.kind == TokenKind::kEnd ? "" : SourceBetween(first, last);
  }

  bool IsCharacterSet() const { return in_.Peek().IsWord("CHARACTER") && in_.Peek(1).IsWord("SET"); }

  bool IsPartEnd() const {
    const Token& token = in_.Peek();
    return token.kind == TokenKind::kEnd || token.IsSign(',') || token.IsSign(')') || token.IsSign(';');
  }

  void SkipPart() {
    while (!IsPartEnd()) in_.Skip();
  }

  // The last part of a name with its space: "crm"."customer".
  bool TakeTableName() {
    while (in_.Peek().IsName() && in_.Peek(1).IsSign('.')) {
      in_.Take();
      in_.Take();
    }
    if (!in_.Peek().IsName()) return false;
    table_ = std::string(in_.Take().text);
    return true;
  }

  TokenReader in_;
  std::string table_;
  std::vector<SchemaField> fields_;
};

// The lines of data between "COPY … FROM stdin;" and "\." are no SQL. They become blanks, so that places stay.
std::string WithoutCopiedData(std::string_view text) {
  std::string out(text);
  bool is_data = false;
  for (std::size_t begin = 0; begin < out.size();) {
    const std::size_t end = std::min(out.find('\n', begin), out.size());
    std::string_view line(out.data() + begin, end - begin);
    if (line.ends_with('\r')) line.remove_suffix(1);
    const bool is_end = line == "\\.";
    if (is_data)
      std::fill(out.begin() + static_cast<std::ptrdiff_t>(begin), out.begin() + static_cast<std::ptrdiff_t>(end), ' ');
    else
      is_data = line.starts_with("COPY ") && line.ends_with("FROM stdin;");
    if (is_end) is_data = false;
    begin = end + 1;
  }
  return out;
}

// A backslash escapes in MySQL, whose names stand in backticks, and in no other dialect's plain strings.
TokenRules SqlRules(std::string_view text) {
  const bool is_mysql = text.find('`') != std::string_view::npos;
  TokenRules rules{.line_comments = {"--"}, .block_comments = true, .nested_comments = !is_mysql, .text_quotes = "'"};
  if (is_mysql) rules.line_comments.push_back("#");
  rules.name_quotes = "\"`";
  rules.bracket_names =
      !is_mysql && text.find("[]") == std::string_view::npos && text.find("ARRAY[") == std::string_view::npos;
  rules.backslash_escapes = is_mysql;
  rules.doubled_quotes = true;
  rules.dollar_quotes = !is_mysql;
  return rules;
}

}  // namespace

std::vector<SchemaField> ReadSqlSchema(std::string_view text) {
  const std::string statements = WithoutCopiedData(text);
  const std::vector<Token> tokens = Tokenize(statements, SqlRules(statements));
  return SqlReader(tokens).Read();
}

}  // namespace privity::gate_internal
