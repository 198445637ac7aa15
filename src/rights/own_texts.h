// What the company writes to people in its own words, in place of the catalog's: the letters of requests, the code as a
// text message, and the drafts of answers, each by language. Without words of its own, the catalog's count.
//
// A text is an ICU pattern with the placeholders of the built-in one: "Your code: {code}". Others are refused, and so
// is a text that lacks what it is for (a code). Threads: every method may be called from many; what is handed in
// outlives the object. Errors besides those named: the store's, the ledger's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/type_table.h"
#include "identity/caller.h"
#include "ledger/ledger.h"
#include "mail/template.h"
#include "settings/organization.h"
#include "store/store.h"
#include "words/catalog.h"

namespace privity {

// As the catalogs name them.
enum class RequestTextName {
  kMailCode,
  kMailReceived,
  kMailProof,
  kMailExtended,
  kMailNews,
  kTextCode,
  kDraftAnswer,
  kDraftExtension,
  kDraftPause
};
PRIVITY_DESCRIBE_ENUM(RequestTextName, kMailCode, kMailReceived, kMailProof, kMailExtended, kMailNews, kTextCode,
                      kDraftAnswer, kDraftExtension, kDraftPause)

struct RequestTextWords {
  std::string subject{};  // of letters; "" of the others
  std::string text{};
};
PRIVITY_DESCRIBE(RequestTextWords, (subject, text))
std::vector<FieldNote> FieldNotes(const RequestTextWords*);

struct RequestText {
  RequestTextName name = RequestTextName::kMailCode;
  std::string language{};
  bool is_own = false;
  std::string subject{};
  std::string text{};
  std::vector<std::string> placeholders{};
  std::vector<std::string> needed{};  // of them: without these it is refused
  std::int64_t version = 0;           // of one's own; 0: built in
};
PRIVITY_DESCRIBE(RequestText, (name, language, is_own, subject, text, placeholders, needed, version))
std::vector<FieldNote> FieldNotes(const RequestText*);

class OwnTexts {
 public:
  OwnTexts(Ledger& ledger, const Catalog& catalog, const Clock& clock)
      : ledger_(ledger), catalog_(catalog), clock_(clock) {}

  // Every text in every language that people are written to in.
  Result<std::vector<RequestText>> List(ReadTx& tx) const;
  // rights.text_language{language, accepted}.
  Result<RequestText> Get(ReadTx& tx, RequestTextName name, const std::string& language) const;
  // rights.text_pattern{problem}, rights.text_placeholder{placeholder, accepted}, rights.text_lacks{placeholder},
  // rights.text_subject, rights.settings_changed_meanwhile.
  Result<RequestText> Put(WriteTx& tx, const Caller& caller, RequestTextName name, const std::string& language,
                          const RequestTextWords& words, std::optional<std::int64_t> expected_version) const;
  // The built-in one counts again; nothing when it does.
  Result<RequestText> Reset(WriteTx& tx, const Caller& caller, RequestTextName name, const std::string& language) const;
  // With invented values in its blanks. Errors of Put.
  Result<RequestTextWords> Preview(RequestTextName name, const std::string& language, const RequestTextWords& words,
                                   const Organization& organization) const;

  // For the Mailer, by the key of a template: none where the catalog's words count.
  Result<std::optional<MailWords>> MailWordsOf(ReadTx& tx, std::string_view key, std::string_view language) const;
  // A draft or a text message, filled.
  Result<std::string> Filled(ReadTx& tx, RequestTextName name, const std::string& language,
                             std::span<const WordsParameter> parameters) const;

 private:
  Result<std::optional<RequestText>> Own(ReadTx& tx, RequestTextName name, std::string_view language) const;
  RequestText BuiltIn(RequestTextName name, const std::string& language) const;
  Status CheckLanguage(const std::string& language) const;
  Status Record(WriteTx& tx, const Caller& caller, std::string_view action, RequestTextName name,
                const std::string& language) const;

  Ledger& ledger_;
  const Catalog& catalog_;
  const Clock& clock_;
};

}  // namespace privity
