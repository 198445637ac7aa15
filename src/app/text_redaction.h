// Takes personal data out of a text, a JSON value or a table that somebody hands in, and says what it found. Neither
// the text, nor what was found in it, nor the key is kept: the ledger learns how it was asked and how much was
// replaced.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/secret.h"
#include "identity/caller.h"
#include "ledger/ledger.h"
#include "redact/redactor.h"
#include "store/store.h"

namespace privity {

struct RedactionRequest {
  std::optional<std::string> text;
  std::optional<Json> value;
  std::optional<std::string> csv;
  RedactionManner manner = RedactionManner::kLabel;
  std::vector<Entity> only;
  std::optional<SecretString> key;
};
PRIVITY_DESCRIBE(RedactionRequest, (text, value, csv, manner, only, key))
inline std::vector<FieldNote> FieldNotes(const RedactionRequest*) {
  return {
      {.name = "text", .description = "A text; either this, a value or a table.", .max_length = 100'000},
      {.name = "value",
       .description = "Any JSON: members that are personal by their names are replaced whole, other texts as texts."},
      {.name = "csv",
       .description =
           "A table (RFC 4180): columns that are personal as a whole are replaced whole, other cells as texts.",
       .max_length = 500'000},
      {.name = "manner", .description = "What stands in the place of a find. Pseudonym and format need a key."},
      {.name = "only", .description = "Kinds that are replaced; none: all.", .max_length = 64, .defaulted = true},
      {.name = "key",
       .description = "64 hexadecimal digits. Equal values become equal pseudonyms under the same key. It is not kept.",
       .max_length = 64}};
}

struct RedactionResult {
  std::optional<std::string> text;
  std::optional<Json> value;
  std::optional<std::string> csv;
  std::vector<RedactedSpan> spans;
  std::int64_t replaced = 0;
};
PRIVITY_DESCRIBE(RedactionResult, (text, value, csv, spans, replaced))
inline std::vector<FieldNote> FieldNotes(const RedactionResult*) {
  return {{.name = "text", .description = "The text without what was found."},
          {.name = "value", .description = "The value without what was found; a number that was replaced is text."},
          {.name = "csv", .description = "The table without what was found."},
          {.name = "spans",
           .description = "Where in the text that was sent, in Unicode code points; the end is exclusive. None for a "
                          "value or a table."},
          {.name = "replaced", .description = "How many finds were replaced."}};
}

std::span<const ActionInfo> TextRedactionActions();
std::span<const PermissionInfo> TextRedactionPermissions();

// Safe to call from many threads.
class TextRedaction {
 public:
  using DetectorSource = std::function<std::shared_ptr<const Detector>()>;
  TextRedaction(Store& store, Ledger& ledger, DetectorSource detector)
      : store_(store), ledger_(ledger), detector_(std::move(detector)) {}

  // The entry is durable before the answer. app.redaction_input (not exactly one of text, value and csv),
  // app.redaction_key, redact.key_missing{manner}, those of the ledger.
  Result<RedactionResult> Run(const Caller& caller, const RedactionRequest& request) const;

 private:
  Status Record(const Caller& caller, const RedactionRequest& request, std::int64_t replaced) const;

  Store& store_;
  Ledger& ledger_;
  DetectorSource detector_;
};

}  // namespace privity
