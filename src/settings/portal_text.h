// What the public portal says in the company's own words, in place of the catalog's: at each of a list of places, by
// language. Without words of its own, the catalog's count, or at places that have none there, nothing stands.
//
// A text is plain. An empty line ends a paragraph, and [words](https://example.org) or [words](mailto:privacy@…) is a
// link; everything else, braces and tags included, is shown as it is written (web/src/words/formatted.ts).
//
// Threads: every method may be called from many threads. What is handed in outlives the object. Errors besides those
// named: the store's, the ledger's.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/type_table.h"
#include "ledger/ledger.h"
#include "store/store.h"
#include "words/catalog.h"

namespace privity {

// In the order of the pages. A place that the catalog has words for is named by their key in words/en/portal.json.
std::span<const std::string_view> PortalPlaces();

struct PortalTextWords {
  std::string text{};
};
PRIVITY_DESCRIBE(PortalTextWords, (text))
std::vector<FieldNote> FieldNotes(const PortalTextWords*);

struct PortalText {
  std::string place{};
  std::string language{};
  bool is_own = false;
  std::string text{};        // what people read there: one's own words, else the built-in ones
  std::string built_in{};    // "" where nothing stands without words of one's own
  std::int64_t version = 0;  // of one's own; 0: built in
};
PRIVITY_DESCRIBE(PortalText, (place, language, is_own, text, built_in, version))
std::vector<FieldNote> FieldNotes(const PortalText*);

// What stands in the blanks of built-in texts.
struct PortalNames {
  std::string organization;
  std::string contact;  // an e-mail address; "" none, and then the portal says nothing of it
};

class PortalTexts {
 public:
  PortalTexts(Ledger& ledger, const Catalog& catalog, const Clock& clock)
      : ledger_(ledger), catalog_(catalog), clock_(clock) {}

  // Every place in every language of the portal.
  Result<std::vector<PortalText>> List(ReadTx& tx, const PortalNames& names) const;
  // settings.portal_place_unknown{place}; settings.portal_language{language, accepted}.
  Result<PortalText> Get(ReadTx& tx, const std::string& place, const std::string& language,
                         const PortalNames& names) const;
  // settings.changed_meanwhile; settings.portal_text_empty; settings.portal_text_character;
  // settings.portal_text_link{link}; and those of Get. The entry names place and language, not the words.
  Status Put(WriteTx& tx, const Actor& actor, const std::string& request_id, const std::string& place,
             const std::string& language, const std::string& text, std::optional<std::int64_t> expected_version) const;
  // The built-in words count again; nothing when they do. Errors of Get.
  Status Reset(WriteTx& tx, const Actor& actor, const std::string& request_id, const std::string& place,
               const std::string& language) const;

  // One's own alone, by language and place: for the portal.
  using ByPlace = std::map<std::string, std::string>;
  Result<std::map<std::string, ByPlace>> Own(ReadTx& tx) const;

 private:
  Status CheckPath(std::string_view place, std::string_view language) const;
  Result<std::string> BuiltIn(std::string_view place, const std::string& language, const PortalNames& names) const;
  Status Record(WriteTx& tx, const Actor& actor, const std::string& request_id, std::string_view action,
                std::string_view place, std::string_view language) const;

  Ledger& ledger_;
  const Catalog& catalog_;
  const Clock& clock_;
};

}  // namespace privity
