#include "settings/portal_text.h"

#include <algorithm>
#include <array>

#include "words/pattern.h"

namespace privity {
namespace {

constexpr std::string_view kContact = "contact";
constexpr std::size_t kTextLengthMax = 2'000;
constexpr std::array<std::string_view, 22> kPlaces = {"start_lead",
                                                      "holdings_lead",
                                                      "ask_lead",
                                                      "right.access_text",
                                                      "right.portability_text",
                                                      "right.correction_text",
                                                      "right.erasure_text",
                                                      "right.restriction_text",
                                                      "right.objection_text",
                                                      "right.automated_decision_text",
                                                      "right.consent_withdrawal_text",
                                                      "right.complaint_text",
                                                      "right.opt_out_sale_text",
                                                      "right.opt_out_sharing_text",
                                                      "right.limit_sensitive_text",
                                                      "prove_lead",
                                                      "asked_thanks",
                                                      "state.answered_text",
                                                      "state.refused_text",
                                                      "verify_lead",
                                                      kContact,
                                                      "imprint"};
constexpr std::array<std::string_view, 2> kLinkSchemes = {"https://", "mailto:"};

// Where `text` has "](" and ")", what stands between is followed: it may lead to no program of the reader's device.
Status CheckLinks(std::string_view text) {
  constexpr std::string_view kOpen = "](";
  for (std::size_t at = text.find(kOpen); at != std::string_view::npos; at = text.find(kOpen, at)) {
    at += kOpen.size();
    const std::string_view link = text.substr(at, text.find(')', at) - at);
    const bool is_safe = std::ranges::any_of(
        kLinkSchemes, [&](std::string_view scheme) { return link.size() > scheme.size() && link.starts_with(scheme); });
    const bool is_whole = at + link.size() < text.size() && link.find_first_of(" \n") == std::string_view::npos;
    if (!is_safe || !is_whole) return Error("settings.portal_text_link", {{"link", std::string(link.substr(0, 100))}});
  }
  return Ok();
}

Status CheckText(std::string_view text) {
  if (text.find_first_not_of(" \n") == std::string_view::npos) return Error("settings.portal_text_empty");
  const bool has_control = std::ranges::any_of(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\n') || byte == 0x7f;
  });
  if (has_control) return Error("settings.portal_text_character");
  return CheckLinks(text);
}

}  // namespace

std::span<const std::string_view> PortalPlaces() {
  return kPlaces;
}

std::vector<FieldNote> FieldNotes(const PortalTextWords*) {
  return {{.name = "text",
           .description = "Plain text. An empty line ends a paragraph; [words](https://example.org) is a link.",
           .example = "Questions? Read our [privacy notice](https://www.example.org/privacy).",
           .min_length = 1,
           .max_length = kTextLengthMax}};
}

std::vector<FieldNote> FieldNotes(const PortalText*) {
  return {{.name = "is_own", .description = "False: the built-in words."},
          {.name = "text", .description = "What people read there."},
          {.name = "built_in", .description = "Empty where nothing stands without words of one's own."}};
}

Status PortalTexts::CheckPath(std::string_view place, std::string_view language) const {
  if (std::ranges::find(kPlaces, place) == kPlaces.end()) {
    return Error("settings.portal_place_unknown", {{"place", std::string(place)}});
  }
  std::string accepted;
  for (const std::string& known : catalog_.languages()) {
    if (known == language) return Ok();
    accepted += (accepted.empty() ? "" : ", ") + known;
  }
  return Error("settings.portal_language", {{"language", std::string(language)}, {"accepted", accepted}});
}

Result<std::string> PortalTexts::BuiltIn(std::string_view place, const std::string& language,
                                         const PortalNames& names) const {
  const auto& texts = catalog_.PatternsOf(language).texts;
  const auto found = texts.find("portal." + std::string(place));
  if (found == texts.end() || (place == kContact && names.contact.empty())) return std::string();
  const std::array<WordsParameter, 2> blanks = {
      WordsParameter{"organization", names.organization},
      {"contact", "[" + names.contact + "](mailto:" + names.contact + ")"}};  // as the portal itself makes it a link
  return FillPattern(language, found->second, blanks);
}

Result<PortalText> PortalTexts::Get(ReadTx& tx, const std::string& place, const std::string& language,
                                    const PortalNames& names) const {
  PRIVITY_TRY_VOID(CheckPath(place, language));
  PortalText text{.place = place, .language = language};
  PRIVITY_TRY(text.built_in, BuiltIn(place, language, names));
  PRIVITY_TRY(const auto row,
              tx.QueryOne("SELECT body, version FROM settings_portal_text WHERE place = $1 AND language = $2",
                          {place, language}));
  text.is_own = row.has_value();
  text.text = row ? row->Get<std::string>(0) : text.built_in;
  if (row) text.version = row->Get<std::int64_t>(1);
  return text;
}

Result<std::vector<PortalText>> PortalTexts::List(ReadTx& tx, const PortalNames& names) const {
  std::vector<PortalText> all;
  for (const std::string_view place : kPlaces) {
    for (const std::string& language : catalog_.languages()) {
      PRIVITY_TRY(all.emplace_back(), Get(tx, std::string(place), language, names));
    }
  }
  return all;
}

Status PortalTexts::Put(WriteTx& tx, const Actor& actor, const std::string& request_id, const std::string& place,
                        const std::string& language, const std::string& text,
                        std::optional<std::int64_t> expected_version) const {
  PRIVITY_TRY(const PortalText now, Get(tx, place, language, {}));
  if (expected_version && *expected_version != now.version) return Error("settings.changed_meanwhile");
  PRIVITY_TRY_VOID(CheckText(text));
  PRIVITY_TRY_VOID(tx.Execute(
      "INSERT INTO settings_portal_text(place, language, body, version, changed_at) VALUES($1, $2, $3, $4, $5) ON "
      "CONFLICT(place, language) DO UPDATE SET body = excluded.body, version = excluded.version, changed_at = "
      "excluded.changed_at",
      {place, language, text, now.version + 1, clock_.Now()}));
  return Record(tx, actor, request_id, "settings.portal_text.set", place, language);
}

Status PortalTexts::Reset(WriteTx& tx, const Actor& actor, const std::string& request_id, const std::string& place,
                          const std::string& language) const {
  PRIVITY_TRY(const PortalText now, Get(tx, place, language, {}));
  if (!now.is_own) return Ok();
  PRIVITY_TRY_VOID(
      tx.Execute("DELETE FROM settings_portal_text WHERE place = $1 AND language = $2", {place, language}));
  return Record(tx, actor, request_id, "settings.portal_text.reset", place, language);
}

Result<std::map<std::string, PortalTexts::ByPlace>> PortalTexts::Own(ReadTx& tx) const {
  PRIVITY_TRY(const auto rows, tx.Query("SELECT language, place, body FROM settings_portal_text"));
  std::map<std::string, ByPlace> own;
  for (const auto& row : rows) own[row.Get<std::string>(0)][row.Get<std::string>(1)] = row.Get<std::string>(2);
  return own;
}

Status PortalTexts::Record(WriteTx& tx, const Actor& actor, const std::string& request_id, std::string_view action,
                           std::string_view place, std::string_view language) const {
  PRIVITY_TRY(const Word at, Word::Parse(place));
  PRIVITY_TRY(const Word in, Word::Parse(language));
  PRIVITY_TRY_VOID(ledger_.Append(tx, {.action = std::string(action),
                                       .actor = actor,
                                       .details = Details().Add("place", at).Add("language", in),
                                       .request_id = request_id}));
  return Ok();
}

}  // namespace privity
