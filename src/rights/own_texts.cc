#include "rights/own_texts.h"

#include <algorithm>
#include <array>

#include "words/pattern.h"

namespace privity {
namespace {

using enum RequestTextName;

struct Form {
  RequestTextName name;
  bool has_subject;
  std::vector<std::string> placeholders;
  std::vector<std::string> needed;
};

const std::vector<Form>& Forms() {
  static const std::vector<Form> forms = {
      {kMailCode, true, {"organization", "code", "minutes"}, {"code"}},
      {kMailReceived, true, {"organization", "due", "reference", "portal"}, {"due"}},
      {kMailProof, true, {"organization", "reference", "portal"}, {"portal"}},
      {kMailExtended, true, {"organization", "due", "reference", "portal"}, {"due"}},
      {kMailNews, true, {"organization", "reference", "portal"}, {"portal"}},
      {kTextCode, false, {"organization", "code", "minutes"}, {"code"}},
      {kDraftAnswer, false, {"organization", "right"}, {}},
      {kDraftExtension, false, {"organization", "right"}, {}},
      {kDraftPause, false, {"organization", "right"}, {}}};
  return forms;
}

const Form& FormOf(RequestTextName name) {
  return *std::ranges::find(Forms(), name, &Form::name);
}

std::string KeyOf(RequestTextName name) {
  return "rights." + std::string(EnumText(name));
}

std::string Joined(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "{" : ", {") + name + "}";
  return out;
}

// The placeholders that a pattern asks for. rights.text_pattern, rights.text_placeholder.
Result<std::vector<std::string>> AskedIn(const Form& form, const std::string& pattern) {
  const auto arguments = PatternArguments(pattern);
  if (!arguments.ok()) {
    return Error("rights.text_pattern", {{"problem", std::string(arguments.error().Parameter("problem"))}});
  }
  std::vector<std::string> asked;
  for (const std::string& argument : *arguments) {
    const std::size_t colon = argument.find(':');
    std::string name = argument.substr(0, colon);
    const std::string_view kind = std::string_view(argument).substr(colon + 1);
    const bool is_known = std::ranges::find(form.placeholders, name) != form.placeholders.end();
    // Values are texts: none is counted or written as a number.
    if (!is_known || (kind != "none" && kind != "select")) {
      return Error("rights.text_placeholder", {{"placeholder", name}, {"accepted", Joined(form.placeholders)}});
    }
    asked.push_back(std::move(name));
  }
  return asked;
}

Status Check(const Form& form, const RequestTextWords& words) {
  if (words.subject.empty() == form.has_subject) return Error("rights.text_subject");
  PRIVITY_TRY(std::vector<std::string> asked, AskedIn(form, words.text));
  PRIVITY_TRY_VOID(AskedIn(form, words.subject));
  for (const std::string& name : form.needed) {
    if (std::ranges::find(asked, name) == asked.end()) return Error("rights.text_lacks", {{"placeholder", name}});
  }
  return Ok();
}

}  // namespace

std::vector<FieldNote> FieldNotes(const RequestTextWords*) {
  return {{.name = "subject",
           .description = "Of a letter; empty for any other text.",
           .max_length = 200,
           .defaulted = true},
          {.name = "text",
           .description = "With the placeholders of the built-in text; an empty line ends a paragraph.",
           .example = "Hello,\n\nyour code: {code}",
           .min_length = 1,
           .max_length = 5000}};
}

std::vector<FieldNote> FieldNotes(const RequestText*) {
  return {{.name = "is_own", .description = "False: the built-in words."},
          {.name = "placeholders", .description = "What may stand in braces."},
          {.name = "needed", .description = "What must stand in the text."}};
}

RequestText OwnTexts::BuiltIn(RequestTextName name, const std::string& language) const {
  const Form& form = FormOf(name);
  const auto& texts = catalog_.PatternsOf(language).texts;
  const std::string key = KeyOf(name);
  RequestText text{.name = name, .language = language, .placeholders = form.placeholders, .needed = form.needed};
  if (form.has_subject) text.subject = texts.at(key + "_subject");
  text.text = texts.at(form.has_subject ? key + "_text" : key);
  return text;
}

Status OwnTexts::CheckLanguage(const std::string& language) const {
  std::string accepted;
  for (const std::string& known : catalog_.languages()) {
    if (known == language) return Ok();
    accepted += (accepted.empty() ? "" : ", ") + known;
  }
  return Error("rights.text_language", {{"language", language}, {"accepted", accepted}});
}

Result<std::optional<RequestText>> OwnTexts::Own(ReadTx& tx, RequestTextName name, std::string_view language) const {
  PRIVITY_TRY(const auto row, tx.QueryOne("SELECT body, version FROM rights_text WHERE name = $1 AND language = $2",
                                          {EnumText(name), language}));
  if (!row) return std::optional<RequestText>();
  PRIVITY_TRY(RequestTextWords words, FromJson<RequestTextWords>(row->Get<std::string>(0)));
  const Form& form = FormOf(name);
  return std::optional(RequestText{.name = name,
                                   .language = std::string(language),
                                   .is_own = true,
                                   .subject = std::move(words.subject),
                                   .text = std::move(words.text),
                                   .placeholders = form.placeholders,
                                   .needed = form.needed,
                                   .version = row->Get<std::int64_t>(1)});
}

Result<std::vector<RequestText>> OwnTexts::List(ReadTx& tx) const {
  std::vector<RequestText> all;
  for (const Form& form : Forms()) {
    for (const std::string& language : catalog_.languages()) {
      PRIVITY_TRY(all.emplace_back(), Get(tx, form.name, language));
    }
  }
  return all;
}

Result<RequestText> OwnTexts::Get(ReadTx& tx, RequestTextName name, const std::string& language) const {
  PRIVITY_TRY_VOID(CheckLanguage(language));
  PRIVITY_TRY(std::optional<RequestText> own, Own(tx, name, language));
  return own ? *std::move(own) : BuiltIn(name, language);
}

Status OwnTexts::Record(WriteTx& tx, const Caller& caller, std::string_view action, RequestTextName name,
                        const std::string& language) const {
  PRIVITY_TRY(const Word word, Word::Parse(EnumText(name)));
  PRIVITY_TRY(const Word in, Word::Parse(language));
  PRIVITY_TRY_VOID(ledger_.Append(tx, {.action = std::string(action),
                                       .actor = caller.actor,
                                       .details = Details().Add("text", word).Add("language", in),
                                       .request_id = caller.request_id}));
  return Ok();
}

Result<RequestText> OwnTexts::Put(WriteTx& tx, const Caller& caller, RequestTextName name, const std::string& language,
                                  const RequestTextWords& words, std::optional<std::int64_t> expected_version) const {
  PRIVITY_TRY(const RequestText now, Get(tx, name, language));
  if (expected_version && *expected_version != now.version) return Error("rights.settings_changed_meanwhile");
  PRIVITY_TRY_VOID(Check(FormOf(name), words));
  PRIVITY_TRY_VOID(tx.Execute(
      "INSERT INTO rights_text (name, language, body, since, version) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (name, "
      "language) DO UPDATE SET body = excluded.body, since = excluded.since, version = excluded.version",
      {EnumText(name), language, ToJson(words), clock_.Now(), now.version + 1}));
  PRIVITY_TRY_VOID(Record(tx, caller, "rights.text.set", name, language));
  return Get(tx, name, language);
}

Result<RequestText> OwnTexts::Reset(WriteTx& tx, const Caller& caller, RequestTextName name,
                                    const std::string& language) const {
  PRIVITY_TRY(const RequestText now, Get(tx, name, language));
  if (!now.is_own) return now;
  PRIVITY_TRY_VOID(tx.Execute("DELETE FROM rights_text WHERE name = $1 AND language = $2", {EnumText(name), language}));
  PRIVITY_TRY_VOID(Record(tx, caller, "rights.text.reset", name, language));
  return Get(tx, name, language);
}

Result<RequestTextWords> OwnTexts::Preview(RequestTextName name, const std::string& language,
                                           const RequestTextWords& words, const Organization& organization) const {
  PRIVITY_TRY_VOID(CheckLanguage(language));
  PRIVITY_TRY_VOID(Check(FormOf(name), words));
  const std::array<WordsParameter, 7> values = {WordsParameter{"organization", organization.name},
                                                {"code", std::string("12345678")},
                                                {"minutes", std::string("10")},
                                                {"due", std::string("2026-04-07")},
                                                {"reference", std::string("7f3a91c2")},
                                                {"portal", std::string("https://privacy.example.org")},
                                                {"right", std::string("access")}};
  RequestTextWords filled;
  PRIVITY_TRY(filled.subject, FillPattern(language, words.subject, values));
  PRIVITY_TRY(filled.text, FillPattern(language, words.text, values));
  return filled;
}

Result<std::optional<MailWords>> OwnTexts::MailWordsOf(ReadTx& tx, std::string_view key,
                                                       std::string_view language) const {
  for (const Form& form : Forms()) {
    if (!form.has_subject || KeyOf(form.name) != key) continue;
    PRIVITY_TRY(const std::optional<RequestText> own, Own(tx, form.name, language));
    if (own) return std::optional(MailWords{.subject = own->subject, .text = own->text});
  }
  return std::optional<MailWords>();
}

Result<std::string> OwnTexts::Filled(ReadTx& tx, RequestTextName name, const std::string& language,
                                     std::span<const WordsParameter> parameters) const {
  PRIVITY_TRY(const std::optional<RequestText> own, Own(tx, name, language));
  if (own) return FillPattern(language, own->text, parameters);
  return catalog_.Text(language, KeyOf(name), parameters);
}

}  // namespace privity
