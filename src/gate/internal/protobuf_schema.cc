// Protocol buffers, the grammar of proto2, proto3 and editions: https://protobuf.dev/reference/protobuf/
#include "gate/internal/schema_readers.h"
#include "gate/internal/tokens.h"

namespace privity::gate_internal {
namespace {

class ProtobufReader {
 public:
  explicit ProtobufReader(std::span<const Token> tokens) : in_(tokens) {}

  std::vector<SchemaField> Read() {
    while (!in_.AtEnd()) Part();
    return std::move(fields_);
  }

 private:
  // A message opens; enums, services, options and extension ranges are passed over; a brace closes what is open.
  void Part() {
    if (in_.Peek().IsWord("message") && in_.Peek(1).kind == TokenKind::kWord && in_.Peek(2).IsSign('{')) {
      in_.Take();
      return Open(std::string(in_.Take().text));
    }
    if (in_.Peek().IsWord("oneof") && in_.Peek(2).IsSign('{')) {
      in_.Take();
      in_.Take();
      return Open(messages_.empty() ? "" : messages_.back());
    }
    if (in_.TakeSign('}')) {
      if (!messages_.empty()) messages_.pop_back();
      return;
    }
    if (messages_.empty() || !Field()) SkipStatement();
  }

  void Open(std::string message) {
    messages_.push_back(std::move(message));
    in_.Take();
  }

  // [label] type name = number
  bool Field() {
    for (const char* word : {"option", "reserved", "extensions", "enum", "service", "rpc", "extend"}) {
      if (in_.Peek().IsWord(word) && !in_.Peek(1).IsSign('.')) return false;
    }
    for (const char* label : {"repeated", "optional", "required"}) in_.TakeWord(label);
    const Token first = in_.Peek();
    Token last = first;
    while (in_.Peek().kind == TokenKind::kWord || in_.Peek().IsSign('.') || in_.Peek().IsSign('<') ||
           in_.Peek().IsSign('>') || in_.Peek().IsSign(',')) {
      if (in_.Peek().kind == TokenKind::kWord && in_.Peek(1).IsSign('=')) break;
      last = in_.Take();
    }
    const Token name = in_.Peek();
    if (name.kind != TokenKind::kWord || first.text.data() == name.text.data()) return false;
    fields_.push_back({messages_.back(), std::string(name.text), SourceBetween(first, last), name.line, name.column});
    SkipStatement();
    return true;
  }

  void SkipStatement() {
    while (!in_.AtEnd() && !in_.Peek().IsSign('}')) {
      const bool is_end = in_.Peek().IsSign(';') || in_.Peek().IsSign('{');
      in_.Skip();
      if (is_end) return;
    }
    if (messages_.empty()) in_.TakeSign('}');
  }

  TokenReader in_;
  std::vector<std::string> messages_;
  std::vector<SchemaField> fields_;
};

}  // namespace

std::vector<SchemaField> ReadProtobufSchema(std::string_view text) {
  const std::vector<Token> tokens = Tokenize(text, {.line_comments = {"//"}, .block_comments = true});
  return ProtobufReader(tokens).Read();
}

}  // namespace privity::gate_internal
