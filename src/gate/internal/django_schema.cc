// Models and migrations of Django: https://docs.djangoproject.com/en/stable/ref/models/fields/
#include <map>
#include <optional>

#include "gate/internal/schema_readers.h"
#include "gate/internal/tokens.h"

namespace privity::gate_internal {
namespace {

struct OpenClass {
  std::string name;
  int column = 0;
  std::size_t first_field = 0;
};

class DjangoReader {
 public:
  explicit DjangoReader(std::span<const Token> tokens) : in_(tokens) {}

  std::vector<SchemaField> Read() {
    while (!in_.AtEnd()) Step();
    return std::move(fields_);
  }

 private:
  void Step() {
    const Token token = in_.Peek();
    if (token.line != line_) CloseClasses(token);
    if (token.IsWord("class") && in_.Peek(1).kind == TokenKind::kWord) return OpenClassOf(token);
    if (token.IsWord("CreateModel")) return CreateModel();
    if (token.IsWord("AddField") || token.IsWord("RenameField")) return ChangeField();
    if (token.IsWord("db_table") && in_.Peek(1).IsSign('=') && in_.Peek(2).kind == TokenKind::kText) RenameTable();
    if (IsAttribute(token)) return Attribute(token);
    if (token.kind == TokenKind::kText && in_.Peek(1).IsSign(',') && !model_.empty()) return ModelField(token);
    in_.Take();
  }

  // Indentation closes what stands as deep or deeper.
  void CloseClasses(const Token& token) {
    line_ = token.line;
    while (!classes_.empty() && classes_.back().column >= token.column) classes_.pop_back();
  }

  void OpenClassOf(const Token& word) {
    in_.Take();
    classes_.push_back({std::string(in_.Take().text), word.column, fields_.size()});
  }

  bool IsAttribute(const Token& token) const {
    return !classes_.empty() && classes_.back().column < token.column && token.kind == TokenKind::kWord &&
           in_.Peek(1).IsSign('=') && !in_.Peek(2).IsSign('=');
  }

  void Attribute(const Token& name) {
    in_.Take();
    in_.Take();
    if (const auto type = TakeFieldType()) {
      const auto arguments = TakeArguments();
      const auto column = arguments.find("db_column");
      fields_.push_back({classes_.back().name, column == arguments.end() ? std::string(name.text) : column->second,
                         *type, name.line, name.column});
    }
  }

  // Meta.db_table names the table of the class around it.
  void RenameTable() {
    if (classes_.size() < 2) return;
    const OpenClass& model = classes_[classes_.size() - 2];
    for (std::size_t each = model.first_field; each < fields_.size(); ++each) {
      fields_[each].collection = std::string(in_.Peek(2).text);
    }
    classes_[classes_.size() - 2].name = std::string(in_.Peek(2).text);
  }

  void CreateModel() {
    in_.Take();
    const std::size_t before = in_.position();
    const auto arguments = TakeArguments();
    in_.Return(before + 1);
    const auto name = arguments.find("name");
    model_ = name == arguments.end() ? "" : name->second;
  }

  // ("email", models.EmailField(…)) in the list of a new model.
  void ModelField(const Token& name) {
    in_.Take();
    in_.Take();
    if (const auto type = TakeFieldType()) {
      fields_.push_back({model_, std::string(name.text), *type, name.line, name.column});
      TakeArguments();
    }
  }

  void ChangeField() {
    const bool is_adding = in_.Take().IsWord("AddField");
    const Token place = in_.Peek();
    std::string type;
    const auto arguments = TakeArguments(&type);
    const auto model = arguments.find("model_name");
    const auto name = arguments.find(is_adding ? "name" : "new_name");
    if (model == arguments.end() || name == arguments.end() || (is_adding && type.empty())) return;
    fields_.push_back({model->second, name->second, type, place.line, place.column});
  }

  // models.EmailField, forms of it with any path before; nothing for relations, which hold no value of their own.
  std::optional<std::string> TakeFieldType() {
    const std::size_t before = in_.position();
    while (in_.Peek().kind == TokenKind::kWord && in_.Peek(1).IsSign('.')) {
      in_.Take();
      in_.Take();
    }
    const Token type = in_.Take();
    const bool is_field = type.kind == TokenKind::kWord && type.text.ends_with("Field") && in_.Peek().IsSign('(');
    if (is_field && type.text != "ManyToManyField" && type.text != "OneToOneField") return std::string(type.text);
    in_.Return(before);
    return std::nullopt;
  }

  // Past the bracket; its own keyword arguments that are strings. `field_type`: of the argument field=models.X(…).
  std::map<std::string, std::string, std::less<>> TakeArguments(std::string* field_type = nullptr) {
    std::map<std::string, std::string, std::less<>> arguments;
    if (!in_.TakeSign('(')) return arguments;
    while (!in_.AtEnd() && !in_.TakeSign(')')) {
      if (in_.Peek().kind == TokenKind::kWord && in_.Peek(1).IsSign('=')) {
        const std::string name(in_.Take().text);
        in_.Take();
        if (in_.Peek().kind == TokenKind::kText) arguments.emplace(name, in_.Peek().text);
        if (field_type != nullptr && name == "field") *field_type = TakeFieldType().value_or("");
      } else {
        in_.Skip();
      }
    }
    return arguments;
  }

  TokenReader in_;
  int line_ = 0;
  std::string model_;  // of the migration that is being read
  std::vector<OpenClass> classes_;
  std::vector<SchemaField> fields_;
};

}  // namespace

std::vector<SchemaField> ReadDjangoSchema(std::string_view text) {
  const std::vector<Token> tokens = Tokenize(text, {.line_comments = {"#"}, .triple_quotes = true});
  return DjangoReader(tokens).Read();
}

}  // namespace privity::gate_internal
