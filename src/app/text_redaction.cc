#include "app/text_redaction.h"

#include <array>
#include <sstream>

#include "redact/redact_streams.h"

namespace privity {
namespace {

constexpr std::array<ActionInfo, 1> kActions = {
    {{"app.text.redacted",
      "Somebody had personal data taken out of a text; how, and how much was replaced, is given."}}};
constexpr std::array<PermissionInfo, 1> kPermissions = {
    {{"redaction.use",
      "Have personal data found in a text and taken out of it.",
      {BuiltInRole::kPrivacyOfficer, BuiltInRole::kLegal, BuiltInRole::kEngineer}}}};

Result<std::optional<Key>> KeyOf(const RedactionRequest& request) {
  if (!request.key) return std::optional<Key>();
  const auto bytes = HexDecode(request.key->Reveal());
  if (!bytes.ok() || bytes->size() != Key::kBytes) return Error("app.redaction_key");
  PRIVITY_TRY(Key key, Key::FromBytes(*bytes));
  return std::optional<Key>(std::move(key));
}

Result<RedactionResult> OfText(const Redactor& redactor, const std::string& text) {
  RedactedText redacted = redactor.Text(text);
  const std::int64_t replaced = std::ssize(redacted.replaced);
  return RedactionResult{.text = std::move(redacted.text),
                         .value = {},
                         .csv = {},
                         .spans = std::move(redacted.replaced),
                         .replaced = replaced};
}

// A record that cannot be read is an error here: half an answer could be taken for a whole one.
Result<RedactionResult> OfStream(const Redactor& redactor, RedactionInput input, const std::string& content) {
  std::istringstream in(content);
  std::ostringstream out;
  std::optional<Error> left_out;
  PRIVITY_TRY(const RedactionCounts counts,
              RedactStream(redactor, input, in, out, [&](const Error& warning) { left_out = warning; }));
  if (left_out) return *left_out;
  RedactionResult result;
  result.replaced = counts.replaced;
  if (input == RedactionInput::kCsv) {
    result.csv = out.str();
    return result;
  }
  PRIVITY_TRY(result.value, ParseJson(out.str()));
  return result;
}

Result<RedactionResult> Redacted(const Redactor& redactor, const RedactionRequest& request) {
  if (request.text) return OfText(redactor, *request.text);
  if (request.csv) return OfStream(redactor, RedactionInput::kCsv, *request.csv);
  return OfStream(redactor, RedactionInput::kJsonl, ToJson(*request.value));  // one line of JSON Lines
}

}  // namespace

std::span<const ActionInfo> TextRedactionActions() {
  return kActions;
}

std::span<const PermissionInfo> TextRedactionPermissions() {
  return kPermissions;
}

Result<RedactionResult> TextRedaction::Run(const Caller& caller, const RedactionRequest& request) const {
  if (request.text.has_value() + request.value.has_value() + request.csv.has_value() != 1)
    return Error("app.redaction_input");
  PRIVITY_TRY(auto key, KeyOf(request));
  PRIVITY_TRY(const Redactor redactor,
              Redactor::Create(detector_(), {.manner = request.manner, .only = request.only}, std::move(key)));
  PRIVITY_TRY(RedactionResult result, Redacted(redactor, request));
  PRIVITY_TRY_VOID(Record(caller, request, result.replaced));
  return result;
}

Status TextRedaction::Record(const Caller& caller, const RedactionRequest& request, std::int64_t replaced) const {
  PRIVITY_TRY(const Word manner, Word::Parse(EnumText(request.manner)));
  Details details;
  details.Add("manner", manner)
      .Add("is_value", request.value.has_value())
      .Add("is_table", request.csv.has_value())
      .Add("replaced", replaced);
  return store_.Write([&](WriteTx& tx) -> Status {
    PRIVITY_TRY_VOID(ledger_.Append(
        tx,
        {.action = "app.text.redacted", .actor = caller.actor, .details = details, .request_id = caller.request_id}));
    return Ok();
  });
}

}  // namespace privity
