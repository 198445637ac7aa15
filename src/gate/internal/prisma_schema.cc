// Prisma schema language: https://www.prisma.io/docs/orm/prisma-schema
#include <set>

#include "gate/internal/schema_readers.h"
#include "gate/internal/tokens.h"

namespace privity::gate_internal {
namespace {

bool BeginsModel(const TokenReader& in) {
  const Token& word = in.Peek();
  return (word.IsWord("model") || word.IsWord("type") || word.IsWord("view")) && in.Peek(1).kind == TokenKind::kWord &&
         in.Peek(2).IsSign('{');
}

std::set<std::string_view> ModelNames(std::span<const Token> tokens) {
  std::set<std::string_view> names;
  for (TokenReader in(tokens); !in.AtEnd(); in.Take()) {
    if (BeginsModel(in)) names.insert(in.Peek(1).text);
  }
  return names;
}

class PrismaReader {
 public:
  explicit PrismaReader(std::span<const Token> tokens) : in_(tokens), models_(ModelNames(tokens)) {}

  std::vector<SchemaField> Read() {
    while (!in_.AtEnd()) {
      if (BeginsModel(in_)) {
        Model();
      } else {
        in_.Take();
      }
    }
    return std::move(fields_);
  }

 private:
  void Model() {
    in_.Take();
    const std::size_t first = fields_.size();
    const std::string model(in_.Take().text);
    std::string table = model;
    in_.Take();
    while (!in_.AtEnd() && !in_.TakeSign('}')) {
      if (in_.Peek().IsSign('@')) {
        if (const auto mapped = TakeMapped()) table = *mapped;
      } else if (in_.Peek().kind == TokenKind::kWord && in_.Peek(1).kind == TokenKind::kWord) {
        Field();
      } else {
        in_.Take();
      }
    }
    for (std::size_t each = first; each < fields_.size(); ++each) fields_[each].collection = table;
  }

  // name Type? @map("column"): up to the end of its line.
  void Field() {
    const Token name = in_.Take();
    const Token type = in_.Take();
    const auto mapped = TakeMapped();
    if (models_.contains(type.text)) return;  // a relation, not a column
    fields_.push_back({"", mapped.value_or(std::string(name.text)), std::string(type.text), name.line, name.column});
  }

  // The name in map("…") on the rest of this line.
  std::optional<std::string> TakeMapped() {
    std::optional<std::string> mapped;
    while (!in_.AtEnd() && in_.Peek().kind != TokenKind::kLineEnd && !in_.Peek().IsSign('}')) {
      const bool is_map = in_.Take().IsWord("map") && in_.TakeSign('(');
      if (!is_map) continue;
      if (in_.TakeWord("name")) in_.TakeSign(':');
      if (in_.Peek().kind == TokenKind::kText) mapped = std::string(in_.Take().text);
    }
    return mapped;
  }

  TokenReader in_;
  std::set<std::string_view> models_;
  std::vector<SchemaField> fields_;
};

}  // namespace

std::vector<SchemaField> ReadPrismaSchema(std::string_view text) {
  const std::vector<Token> tokens = Tokenize(text, {.line_comments = {"//"}, .text_quotes = "\"", .line_ends = true});
  return PrismaReader(tokens).Read();
}

}  // namespace privity::gate_internal
