#include "connect/sql/statement_uses.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>

namespace privity::connect_internal {
namespace {

enum class TokenKind : std::uint8_t { kEnd, kWord, kName, kSign, kValue };

struct Token {
  TokenKind kind = TokenKind::kEnd;
  char sign = '\0';    // of kSign
  std::string text{};  // of a word in capitals; of a name as it is meant
  std::string name{};  // of a word: the name that it is where a name stands
  bool IsWord(std::string_view word) const { return kind == TokenKind::kWord && text == word; }
  bool IsSign(char one) const { return kind == TokenKind::kSign && sign == one; }
  bool IsName() const { return kind == TokenKind::kWord || kind == TokenKind::kName; }
};

bool StartsWord(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_' || (static_cast<unsigned char>(c) & 0x80) != 0;
}
bool IsInWord(char c) {
  return StartsWord(c) || std::isdigit(static_cast<unsigned char>(c)) != 0 || c == '$';
}

class Tokenizer {
 public:
  Tokenizer(std::string_view sql, SqlSpelling spelling) : sql_(sql), is_mariadb_(spelling == SqlSpelling::kMariaDb) {}

  // False where a string, a name or a comment does not end.
  bool Read(std::vector<Token>& tokens) {
    while (Skip()) {
      if (at_ >= sql_.size()) return true;
      const char c = sql_[at_];
      if (StartsWord(c)) {
        tokens.push_back(Word());
        // E'…' of PostgreSQL: a string in which a backslash escapes.
        if (tokens.back().text == "E" && Peek(0) == '\'') tokens.back() = {.kind = TokenKind::kValue};
        const bool escapes = tokens.back().kind == TokenKind::kValue;
        if (escapes && !Quoted('\'', true)) return false;
      } else if (c == '\'' || (c == '"' && is_mariadb_)) {
        if (!Quoted(c, is_mariadb_)) return false;
        tokens.push_back({.kind = TokenKind::kValue});
      } else if (c == '`' || c == '"') {
        Token& name = tokens.emplace_back(Token{.kind = TokenKind::kName});
        if (!Quoted(c, false, &name.text)) return false;
        name.name = name.text;
      } else if (c == '$' && !is_mariadb_ && SkipDollarQuoted()) {
        tokens.push_back({.kind = TokenKind::kValue});
      } else if (std::isdigit(static_cast<unsigned char>(c)) != 0) {
        while (at_ < sql_.size() && (IsInWord(sql_[at_]) || sql_[at_] == '.')) ++at_;
        tokens.push_back({.kind = TokenKind::kValue});
      } else {
        tokens.push_back({.kind = TokenKind::kSign, .sign = c});
        ++at_;
      }
    }
    return false;
  }

 private:
  char Peek(std::size_t ahead) const { return at_ + ahead < sql_.size() ? sql_[at_ + ahead] : '\0'; }

  // In MariaDB, "5--1" is a sum.
  bool StartsLineComment() const {
    if (is_mariadb_ && Peek(0) == '#') return true;
    const bool dashes = Peek(0) == '-' && Peek(1) == '-';
    return dashes && (!is_mariadb_ || Peek(2) == '\0' || std::isspace(static_cast<unsigned char>(Peek(2))) != 0);
  }

  // White space and comments. False: a comment does not end.
  bool Skip() {
    for (;;) {
      const char c = Peek(0);
      if (at_ >= sql_.size()) return true;
      if (std::isspace(static_cast<unsigned char>(c)) != 0) {
        ++at_;
      } else if (StartsLineComment()) {
        at_ = std::min(sql_.find('\n', at_), sql_.size());
      } else if (c == '/' && Peek(1) == '*') {
        if (!SkipComment()) return false;
      } else if (in_executed_ && c == '*' && Peek(1) == '/') {
        in_executed_ = false;
        at_ += 2;
      } else {
        return true;
      }
    }
  }

  bool SkipComment() {
    at_ += 2;
    // What MariaDB and MySQL run all the same: /*!50100 … */ and /*M! … */.
    if (is_mariadb_ && (Peek(0) == '!' || (Peek(0) == 'M' && Peek(1) == '!'))) {
      at_ += Peek(0) == 'M' ? 2 : 1;
      while (std::isdigit(static_cast<unsigned char>(Peek(0))) != 0) ++at_;
      in_executed_ = true;
      return true;
    }
    int depth = 1;
    for (; depth > 0; ++at_) {
      if (at_ + 1 >= sql_.size()) return false;
      const std::string_view two = sql_.substr(at_, 2);
      const bool nests = !is_mariadb_ && two == "/*";
      if (two == "*/" || nests) {
        depth += nests ? 1 : -1;
        ++at_;
      }
    }
    return true;
  }

  Token Word() {
    Token word{.kind = TokenKind::kWord};
    const std::size_t begin = at_;
    while (at_ < sql_.size() && IsInWord(sql_[at_])) ++at_;
    word.name = sql_.substr(begin, at_ - begin);
    word.text = word.name;
    for (char& c : word.text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    if (!is_mariadb_) {
      for (char& c : word.name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    return word;
  }

  // From its quote to behind the one that ends it; doubled quotes are one.
  bool Quoted(char quote, bool backslash_escapes, std::string* kept = nullptr) {
    for (++at_; at_ < sql_.size(); ++at_) {
      if (sql_[at_] == '\\' && backslash_escapes) {
        ++at_;
      } else if (sql_[at_] == quote) {
        if (Peek(1) != quote) {
          ++at_;
          return true;
        }
        ++at_;
        if (kept != nullptr) *kept += quote;
      } else if (kept != nullptr) {
        *kept += sql_[at_];
      }
    }
    return false;
  }

  // $tag$ … $tag$; false, and nothing is passed over, where none stands here.
  bool SkipDollarQuoted() {
    std::size_t end = at_ + 1;
    while (end < sql_.size() && IsInWord(sql_[end]) && sql_[end] != '$') ++end;
    if (end >= sql_.size() || sql_[end] != '$') return false;
    const std::string_view tag = sql_.substr(at_, end + 1 - at_);
    const std::size_t close = sql_.find(tag, end + 1);
    if (close == std::string_view::npos) return false;
    at_ = close + tag.size();
    return true;
  }

  const std::string_view sql_;
  const bool is_mariadb_;
  std::size_t at_ = 0;
  bool in_executed_ = false;
};

template <std::size_t N>
bool IsOneOf(const Token& token, const std::array<std::string_view, N>& words) {
  return token.kind == TokenKind::kWord && std::ranges::find(words, token.text) != words.end();
}

// Statements that touch no record.
constexpr std::array<std::string_view, 44> kTouchNothing = {
    "BEGIN",    "START",    "COMMIT",  "END",     "ROLLBACK",   "SAVEPOINT", "RELEASE",  "ABORT",    "SHOW",
    "USE",      "DESCRIBE", "DESC",    "HELP",    "LOCK",       "UNLOCK",    "FLUSH",    "KILL",     "ANALYZE",
    "OPTIMIZE", "CHECK",    "REPAIR",  "VACUUM",  "LISTEN",     "UNLISTEN",  "NOTIFY",   "DISCARD",  "DEALLOCATE",
    "CLOSE",    "RESET",    "REINDEX", "CLUSTER", "COMMENT",    "SECURITY",  "XA",       "BINLOG",   "INSTALL",
    "CHANGE",   "STOP",     "PURGE",   "REFRESH", "CHECKPOINT", "SIGNAL",    "CHECKSUM", "UNINSTALL"};
// What may stand before a table.
constexpr std::array<std::string_view, 13> kBeforeTable = {
    "ONLY",          "LATERAL", "TABLE",   "IF",    "EXISTS", "NOT",      "LOW_PRIORITY",
    "HIGH_PRIORITY", "IGNORE",  "DELAYED", "QUICK", "INTO",   "TEMPORARY"};
// What ends a list of tables.
constexpr std::array<std::string_view, 16> kBehindTables = {
    "WHERE",     "SET",    "GROUP", "ORDER",     "HAVING", "LIMIT", "UNION",  "EXCEPT",
    "INTERSECT", "VALUES", "VALUE", "RETURNING", "WINDOW", "FETCH", "OFFSET", "FOR"};
constexpr std::array<std::string_view, 7> kPrincipals = {"USER",   "ROLE",   "GROUP",   "DEFAULT",
                                                         "POLICY", "SERVER", "PASSWORD"};

// Walks over one statement. At each level of parentheses there may be a query with its tables.
class Walk {
 public:
  Walk(const std::vector<Token>& tokens, std::size_t begin, std::size_t end, std::vector<StatementUse>& uses)
      : tokens_(tokens), at_(begin), end_(end), uses_(uses) {}

  void Run() {
    while (At().IsSign('(')) ++at_;
    const Token& verb = At();
    if (verb.kind == TokenKind::kEnd || IsOneOf(verb, kTouchNothing)) return;
    if (verb.IsWord("GRANT") || verb.IsWord("REVOKE")) return TakeRights();
    if (verb.IsWord("TRUNCATE")) return TakeTables(AccessUse::kWrite);
    if (verb.IsWord("COPY")) return TakeCopy();
    if (verb.IsWord("DROP") || verb.IsWord("ALTER") || verb.IsWord("CREATE") || verb.IsWord("RENAME"))
      return TakeStructure();
    if (verb.IsWord("LOAD")) return TakeLoad();
    if (verb.IsWord("SET") && At(1).IsWord("PASSWORD")) return Add(AccessUse::kRightsChanged, {});
    constexpr std::array<std::string_view, 12> kQueries = {"SELECT", "WITH",    "INSERT", "REPLACE",
                                                           "UPDATE", "DELETE",  "MERGE",  "VALUES",
                                                           "TABLE",  "EXPLAIN", "SET",    "DECLARE"};
    if (!IsOneOf(verb, kQueries)) return Add(AccessUse::kOther, {});
    if (verb.IsWord("TABLE")) return TakeTables(AccessUse::kRead);
    FindNamedQueries();
    TakeQuery();
  }

 private:
  enum class Verb : std::uint8_t { kNone, kSelect, kInsert, kUpdate, kDelete, kMerge };
  struct Level {
    Verb verb = Verb::kNone;
    bool in_tables = false;
    bool expects_table = false;
    AccessUse use = AccessUse::kRead;
  };

  const Token& At(std::size_t ahead = 0) const {
    static const Token none;
    return at_ + ahead < end_ ? tokens_[at_ + ahead] : none;
  }
  const Token& Before(std::size_t back = 1) const {
    static const Token none;
    return at_ >= back ? tokens_[at_ - back] : none;
  }
  void Add(AccessUse use, CollectionName collection) {
    StatementUse one{use, std::move(collection)};
    if (std::ranges::find(uses_, one) == uses_.end()) uses_.push_back(std::move(one));
  }

  // The name that begins here, as it is read on behind it: database.schema.table, of which the last two count.
  CollectionName TakeName() {
    CollectionName name{.name = At().name};
    ++at_;
    while (At().IsSign('.') && At(1).IsName()) {
      name = {.space = std::move(name.name), .name = At(1).name};
      at_ += 2;
    }
    return name;
  }

  void TakeTable(AccessUse use) {
    if (!At().IsName()) {
      Add(AccessUse::kOther, {});
      ++at_;
      return;
    }
    const bool is_quoted = At().kind == TokenKind::kName;
    CollectionName name = TakeName();
    if (At().IsSign('(') && use == AccessUse::kRead) return Add(AccessUse::kOther, {});  // made by a function
    const bool is_nothing =
        name.space.empty() && ((!is_quoted && IsDual(name.name)) || named_queries_.contains(name.name));
    if (!is_nothing) Add(use, std::move(name));
  }
  static bool IsDual(std::string_view name) { return name == "dual" || name == "DUAL"; }

  void SkipBeforeTable() {
    while (IsOneOf(At(), kBeforeTable)) ++at_;
  }

  // VERB [TABLE] a, b, c
  void TakeTables(AccessUse use) {
    do {
      ++at_;
      SkipBeforeTable();
      TakeTable(use);
      if (At().IsSign('*')) ++at_;
    } while (At().IsSign(','));
  }

  void TakeRights() {
    while (at_ < end_ && !At().IsWord("ON")) ++at_;
    bool is_told = false;
    if (At().IsWord("ON")) {
      do {
        ++at_;
        if (At().IsWord("TABLE")) ++at_;
        const bool is_table =
            At().IsName() && !(At(1).IsSign('.') && At(2).IsSign('*')) && !(At(1).IsName() && !IsEndOfRights(At(1)));
        if (!is_table) break;
        Add(AccessUse::kRightsChanged, TakeName());
        is_told = true;
      } while (At().IsSign(','));
    }
    if (!is_told) Add(AccessUse::kRightsChanged, {});
  }
  static bool IsEndOfRights(const Token& token) { return token.IsWord("TO") || token.IsWord("FROM"); }

  void TakeCopy() {
    ++at_;
    if (At().IsSign('(')) return TakeQuery();
    const CollectionName name = At().IsName() ? TakeName() : CollectionName{};
    for (int depth = 0; at_ < end_; ++at_) {
      depth += At().IsSign('(') ? 1 : At().IsSign(')') ? -1 : 0;
      if (depth != 0 || !(At().IsWord("FROM") || At().IsWord("TO"))) continue;
      return Add(At().IsWord("FROM") ? AccessUse::kWrite : AccessUse::kRead, name);
    }
    Add(AccessUse::kOther, {});
  }

  void TakeLoad() {
    for (; at_ < end_; ++at_) {
      if (!At().IsWord("INTO") || !At(1).IsWord("TABLE")) continue;
      at_ += 2;
      return TakeTable(AccessUse::kWrite);
    }
    Add(AccessUse::kOther, {});
  }

  void TakeStructure() {
    const Token& verb = At();
    const bool creates = verb.IsWord("CREATE");
    std::size_t what = 1;
    while (At(what).IsWord("OR") || At(what).IsWord("REPLACE") || At(what).IsWord("TEMPORARY") ||
           At(what).IsWord("UNLOGGED") || At(what).IsWord("MATERIALIZED")) {
      ++what;
    }
    if (IsOneOf(At(what), kPrincipals)) return Add(AccessUse::kRightsChanged, {});
    if (!creates && (At(what).IsWord("DATABASE") || At(what).IsWord("SCHEMA"))) return Add(AccessUse::kOther, {});
    if (!At(what).IsWord("TABLE") && !(creates && At(what).IsWord("VIEW"))) return;
    if (!creates) {
      at_ += what - 1;
      return TakeTables(AccessUse::kWrite);
    }
    // CREATE … AS SELECT
    while (at_ < end_ && !At().IsWord("SELECT") && !At().IsWord("WITH")) ++at_;
    FindNamedQueries();
    TakeQuery();
  }

  // WITH a AS (SELECT …), b (x, y) AS (SELECT …): names that are no tables.
  void FindNamedQueries() {
    for (std::size_t i = at_; i + 2 < end_; ++i) {
      const bool is_head = tokens_[i].IsWord("WITH") || tokens_[i].IsWord("RECURSIVE") || tokens_[i].IsSign(',');
      if (!is_head || !tokens_[i + 1].IsName()) continue;
      std::size_t next = i + 2;
      if (tokens_[next].IsSign('(')) {
        while (next < end_ && !tokens_[next].IsSign(')')) ++next;
        ++next;
      }
      if (next >= end_ || !tokens_[next].IsWord("AS")) continue;
      ++next;
      while (next < end_ && (tokens_[next].IsWord("NOT") || tokens_[next].IsWord("MATERIALIZED"))) ++next;
      constexpr std::array<std::string_view, 7> kBegins = {"SELECT", "WITH",   "INSERT", "UPDATE",
                                                           "DELETE", "VALUES", "TABLE"};
      if (next + 1 < end_ && tokens_[next].IsSign('(') &&
          (IsOneOf(tokens_[next + 1], kBegins) || tokens_[next + 1].IsSign('('))) {
        named_queries_.insert(tokens_[i + 1].name);
      }
    }
  }

  void TakeQuery() {
    levels_.assign(1, {});
    while (at_ < end_) {
      Level& level = levels_.back();
      if (At().IsSign('(')) {
        const bool holds_tables = level.in_tables && level.expects_table;
        level.expects_table = false;
        levels_.push_back({.in_tables = holds_tables, .expects_table = holds_tables, .use = level.use});
        ++at_;
      } else if (At().IsSign(')')) {
        if (levels_.size() > 1) levels_.pop_back();
        ++at_;
      } else if (At().kind == TokenKind::kWord && TakeKeyword(level)) {
        continue;
      } else if (level.in_tables && level.expects_table) {
        level.expects_table = false;
        TakeTable(level.use);
      } else {
        if (level.in_tables && At().IsSign(',')) level.expects_table = true;
        ++at_;
      }
    }
  }

  void Begin(Level& level, Verb verb, AccessUse use, bool expects_table) {
    level = {.verb = verb, .in_tables = expects_table, .expects_table = expects_table, .use = use};
    ++at_;
    SkipBeforeTable();
  }
  static void Expect(Level& level, AccessUse use) {
    level.in_tables = true;
    level.expects_table = true;
    level.use = use;
  }

  // Words that mean something wherever they stand. False: this is not one of them.
  bool TakeKeyword(Level& level) {
    const Token& word = At();
    const bool is_call = At(1).IsSign('(');
    if (level.in_tables && level.expects_table && IsOneOf(word, kBeforeTable)) {
      ++at_;
    } else if (word.IsWord("SELECT")) {
      Begin(level, Verb::kSelect, AccessUse::kRead, false);
    } else if (level.verb == Verb::kNone && !is_call && (word.IsWord("INSERT") || word.IsWord("REPLACE"))) {
      Begin(level, Verb::kInsert, AccessUse::kWrite, true);
    } else if (level.verb == Verb::kNone && word.IsWord("UPDATE")) {
      Begin(level, Verb::kUpdate, AccessUse::kWrite, true);
    } else if (level.verb == Verb::kNone && word.IsWord("MERGE")) {
      Begin(level, Verb::kMerge, AccessUse::kWrite, true);
    } else if (level.verb == Verb::kNone && word.IsWord("DELETE")) {
      TakeDelete(level);
    } else if (word.IsWord("FROM")) {
      TakeFrom(level);
    } else if (word.IsWord("USING") && !is_call && (level.verb == Verb::kDelete || level.verb == Verb::kMerge)) {
      Expect(level, AccessUse::kRead);
      ++at_;
    } else if ((word.IsWord("JOIN") || word.IsWord("STRAIGHT_JOIN")) && level.in_tables) {
      level.expects_table = true;
      ++at_;
    } else if (IsOneOf(word, kBehindTables)) {
      level.in_tables = level.expects_table = false;
      const bool ends_query = word.IsWord("UNION") || word.IsWord("EXCEPT") || word.IsWord("INTERSECT");
      if (ends_query) level.verb = Verb::kNone;
      ++at_;
    } else {
      return false;
    }
    return true;
  }

  void TakeFrom(Level& level) {
    const bool compares = Before().IsWord("DISTINCT") && (Before(2).IsWord("IS") || Before(2).IsWord("NOT"));
    const bool has_tables = level.verb == Verb::kSelect || level.verb == Verb::kUpdate;
    ++at_;
    if (has_tables && !compares) Expect(level, AccessUse::kRead);
  }

  // DELETE FROM a …; DELETE a, b FROM a JOIN b …: which of them lose records is told before FROM, by names or aliases,
  // so that all of these count as written.
  void TakeDelete(Level& level) {
    ++at_;
    while (at_ < end_ && !At().IsWord("FROM")) ++at_;
    ++at_;
    level.verb = Verb::kDelete;
    Expect(level, AccessUse::kWrite);
  }

  const std::vector<Token>& tokens_;
  std::size_t at_;
  const std::size_t end_;
  std::vector<StatementUse>& uses_;
  std::set<std::string> named_queries_;
  std::vector<Level> levels_;
};

}  // namespace

std::vector<StatementUse> UsesOf(std::string_view sql, SqlSpelling spelling) {
  std::vector<StatementUse> uses;
  std::vector<Token> tokens;
  const bool is_cut = sql.size() > kStatementBytesMax;
  const bool is_whole = Tokenizer(sql.substr(0, kStatementBytesMax), spelling).Read(tokens);
  for (std::size_t begin = 0; begin < tokens.size();) {
    std::size_t end = begin;
    while (end < tokens.size() && !tokens[end].IsSign(';')) ++end;
    Walk(tokens, begin, end, uses).Run();
    begin = end + 1;
  }
  const StatementUse untold{};
  if ((is_cut || !is_whole) && std::ranges::find(uses, untold) == uses.end()) uses.push_back(untold);
  return uses;
}

}  // namespace privity::connect_internal
