// Reads JSON text (RFC 8259) piece by piece for the decoder; see internal/decoder.h for what each call means.
//
// Views point into the text, or into a scratch buffer when a string holds escapes: they live until the next call.
#pragma once

#include <string>
#include <string_view>

#include "base/internal/decoder.h"
#include "base/json.h"

namespace privity::internal {

class JsonSource {
 public:
  JsonSource(std::string_view text, const JsonLimits& limits);

  Shape Peek();
  bool TakeNull() { return TakeWord("null"); }
  bool TakeBool(bool& value);
  bool TakeNumber(std::string_view& digits);
  bool TakeText(std::string_view& text);
  bool BeginArray() { return Begin('['); }
  bool NextElement() { return Next(']'); }
  bool BeginObject() { return Begin('{'); }
  bool NextMember(std::string_view& key);

  // Whether nothing but white space is left; fails the document otherwise.
  bool AtEnd();

  bool failed() const { return error_.has_value(); }
  Error TakeError() { return *std::move(error_); }
  Error AddPlace(Error error) const { return AddPlaceAt(std::move(error), token_); }

 private:
  bool FailSyntax() { return Fail(Error("base.json_syntax")); }
  bool Fail(Error error);
  Error AddPlaceAt(Error error, std::size_t offset) const;
  void SkipSpace();
  char Front();  // after white space; 0 at the end
  bool TakeWord(std::string_view word);
  bool Begin(char open);
  bool Next(char close);
  bool TakeString(std::string_view& text);
  bool Unescape(std::size_t begin, std::string_view& text);
  bool TakeEscape();
  bool TakeHex4(unsigned& unit);

  std::string_view text_;
  JsonLimits limits_;
  std::size_t at_ = 0;
  std::size_t token_ = 0;  // where the value last looked at begins
  std::size_t depth_ = 0;
  bool opened_ = false;  // directly after "[" or "{"
  std::string scratch_;
  std::optional<Error> error_;
};

}  // namespace privity::internal
