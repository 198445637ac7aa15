// db/schema.rb and migrations of Rails: https://guides.rubyonrails.org/active_record_migrations.html
#include <algorithm>
#include <array>
#include <optional>

#include "gate/internal/schema_readers.h"
#include "gate/internal/tokens.h"

namespace privity::gate_internal {
namespace {

// Calls on a table that make no column of a name.
constexpr std::array<std::string_view, 17> kNoColumns = {"index",
                                                         "references",
                                                         "belongs_to",
                                                         "timestamps",
                                                         "remove",
                                                         "remove_index",
                                                         "remove_columns",
                                                         "foreign_key",
                                                         "check_constraint",
                                                         "primary_key",
                                                         "remove_references",
                                                         "remove_timestamps",
                                                         "change",
                                                         "change_default",
                                                         "change_null",
                                                         "remove_foreign_key",
                                                         "rename_index"};

class RailsReader {
 public:
  explicit RailsReader(std::span<const Token> tokens) : in_(tokens) {}

  std::vector<SchemaField> Read() {
    while (!in_.AtEnd()) {
      if (in_.TakeWord("create_table") || in_.TakeWord("change_table") || in_.TakeWord("create_join_table")) {
        OpenTable();
      } else if (in_.TakeWord("add_column")) {
        Statement(1, 2);
      } else if (in_.TakeWord("rename_column")) {
        Statement(2, 3);
      } else if (!table_.empty() && in_.Peek().IsWord(variable_) && in_.Peek(1).IsSign('.')) {
        Call();
      } else {
        in_.Take();
      }
    }
    return std::move(fields_);
  }

 private:
  // A symbol or a string, which is no name of an option.
  std::optional<Token> TakeName() {
    const std::size_t before = in_.position();
    const bool is_symbol = in_.TakeSign(':');
    const Token name = in_.Take();
    const bool is_name = is_symbol ? name.IsName() || name.kind == TokenKind::kText : name.kind == TokenKind::kText;
    const bool is_option = in_.Peek().IsSign('=') || (!is_symbol && in_.Peek().IsSign(':'));
    if (is_name && !is_option) return name;
    in_.Return(before);
    return std::nullopt;
  }

  std::vector<Token> TakeNames() {
    std::vector<Token> names;
    in_.TakeSign('(');
    do {
      const auto name = TakeName();
      if (!name) break;
      names.push_back(*name);
    } while (in_.TakeSign(','));
    return names;
  }

  void OpenTable() {
    const std::vector<Token> names = TakeNames();
    if (names.empty()) return;
    table_ = std::string(names.front().text);
    variable_ = {};
    while (!in_.AtEnd() && in_.Peek().kind != TokenKind::kLineEnd) {
      if (in_.Take().IsSign('|') && in_.Peek().kind == TokenKind::kWord) variable_ = in_.Take().text;
    }
    if (variable_.empty()) table_.clear();
  }

  // add_column :table, :name, :type and rename_column :table, :old, :new
  void Statement(std::size_t name, std::size_t type) {
    const std::vector<Token> names = TakeNames();
    if (names.size() <= name) return;
    const bool has_type = name == 1 && names.size() > type;
    Add(std::string(names[0].text), names[name], has_type ? std::string(names[type].text) : "");
  }

  // t.string :email, :phone, null: false
  void Call() {
    in_.Take();
    in_.Take();
    const std::string type(in_.Take().text);
    if (std::find(kNoColumns.begin(), kNoColumns.end(), type) != kNoColumns.end()) return;
    const std::vector<Token> names = TakeNames();
    if (type == "column") {
      if (!names.empty()) Add(table_, names[0], names.size() > 1 ? std::string(names[1].text) : "");
    } else if (type == "rename") {
      if (names.size() > 1) Add(table_, names[1], "");
    } else {
      for (const Token& name : names) Add(table_, name, type);
    }
  }

  void Add(std::string table, const Token& name, std::string type) {
    fields_.push_back({std::move(table), std::string(name.text), std::move(type), name.line, name.column});
  }

  TokenReader in_;
  std::string table_;
  std::string_view variable_;
  std::vector<SchemaField> fields_;
};

}  // namespace

std::vector<SchemaField> ReadRailsSchema(std::string_view text) {
  const std::vector<Token> tokens = Tokenize(text, {.line_comments = {"#"}, .line_ends = true});
  return RailsReader(tokens).Read();
}

}  // namespace privity::gate_internal
