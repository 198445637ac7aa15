#include "datamap/activity_register.h"

#include <algorithm>
#include <functional>

#include "base/json.h"
#include "report/document.h"
#include "report/table.h"

namespace privity {
namespace {

constexpr std::string_view kLanguage = "en";

// What the record says of one activity, in the order of the columns.
class Wording {
 public:
  Wording(const Catalog& catalog, const RegisterExport& content) : catalog_(catalog), content_(content) {}

  std::string Say(std::string_view key) const { return catalog_.Text(kLanguage, "datamap." + std::string(key)); }

  // Without the name, which comes first.
  std::vector<std::string> Titles() const {
    std::vector<std::string> titles;
    for (const char* key :
         {"description", "parties", "purposes", "subject_categories", "data_categories", "special_condition",
          "recipients", "transfers", "retention", "security", "systems", "custom_fields", "missing", "changed_at"}) {
      titles.push_back(Say("register_" + std::string(key)));
    }
    return titles;
  }

  std::vector<std::string> Texts(const Activity& activity) const {
    const ActivityRequest& content = activity.content;
    return {content.description,
            Lines(content.parties, [this](const ActivityParty& party) { return Of(party); }),
            Lines(content.purposes, [this](const ActivityPurpose& purpose) { return Of(purpose); }),
            Lines(content.subject_categories, std::identity()),
            Lines(content.data_categories, std::identity()),
            content.special_condition ? Choice("condition", EnumText(*content.special_condition)) : "",
            Lines(content.recipients, [this](const std::string& name) { return Recipient(name); }),
            TransfersOf(content),
            RetentionOf(activity),
            content.security,
            SystemsOf(activity),
            Lines(content.custom_fields, [](const CustomField& field) { return field.name + ": " + field.value; }),
            Lines(activity.gaps, [this](const ActivityGap& gap) { return Of(gap); }),
            FormatInstant(activity.changed_at)};
  }

 private:
  static std::string Lines(const auto& things, const auto& text) {
    std::string lines;
    for (const auto& thing : things) lines += (lines.empty() ? "" : "; ") + std::string(text(thing));
    return lines;
  }
  std::string Choice(std::string_view key, std::string_view value) const {
    return catalog_.Text(kLanguage, "datamap.register_choice_" + std::string(key), {{"value", std::string(value)}});
  }
  std::string Of(const ActivityParty& party) const {
    return Choice("party", EnumText(party.role)) + ": " + party.name +
           (party.contact.empty() ? "" : " (" + party.contact + ")");
  }
  std::string Of(const ActivityPurpose& purpose) const {
    std::string text = purpose.purpose;
    if (purpose.basis) text += " (" + Choice("basis", EnumText(*purpose.basis)) + ")";
    if (!purpose.explanation.empty()) text += ": " + purpose.explanation;
    return text;
  }
  // "Example Parcels (Processor; Germany; privacy@example.org)"
  std::string Recipient(const std::string& name) const {
    const auto found = content_.recipients.find(name);
    if (found == content_.recipients.end()) return name;
    const RecipientRequest& recipient = found->second;
    std::string details;
    const auto add = [&](const std::string& detail) {
      if (!detail.empty()) details += (details.empty() ? "" : ", ") + detail;
    };
    if (recipient.role) add(Choice("party", EnumText(*recipient.role)));
    add(recipient.country);
    add(recipient.contact);
    for (const CustomField& field : recipient.custom_fields) add(field.name + ": " + field.value);
    return details.empty() ? name : name + " (" + details + ")";
  }
  static std::string Transfer(const std::string& destination, const std::string& recipient,
                              const std::string& safeguards) {
    return destination + (recipient.empty() ? "" : ", " + recipient) + (safeguards.empty() ? "" : ": " + safeguards);
  }
  // What the activity says, and what is said of those whom it names.
  std::string TransfersOf(const ActivityRequest& activity) const {
    std::vector<std::string> lines;
    for (const ActivityTransfer& each : activity.transfers) {
      lines.push_back(Transfer(each.destination, each.recipient, each.safeguards));
    }
    for (const std::string& name : activity.recipients) {
      const auto found = content_.recipients.find(name);
      if (found == content_.recipients.end()) continue;
      for (const RecipientTransfer& each : found->second.transfers) {
        lines.push_back(Transfer(each.destination, name, each.safeguards));
      }
    }
    return Lines(lines, std::identity());
  }
  std::string Of(const Retention& retention) const {
    std::string text = catalog_.Text(kLanguage, "datamap.retention_rule",
                                     {{"period", retention.period},
                                      {"unit", std::string(EnumText(retention.unit))},
                                      {"start", std::string(EnumText(retention.start))},
                                      {"from_year_end", std::string(retention.from_year_end ? "yes" : "no")}});
    return retention.ground.empty() ? text : text + " (" + retention.ground + ")";
  }
  // What the activity says, as text and as data, and what is said of the places where its data is.
  std::string RetentionOf(const Activity& activity) const {
    std::vector<std::string> lines;
    if (!activity.content.retention.empty()) lines.push_back(activity.content.retention);
    for (const ActivityRetention& each : activity.content.retention_rules) {
      const std::string of = Lines(each.data_categories, std::identity());
      lines.push_back((of.empty() ? "" : of + ": ") + Of(each.rule));
    }
    for (const Stewardship& place : content_.places) {
      const bool is_named = std::ranges::find(activity.content.systems, place.system) != activity.content.systems.end();
      if (!is_named || !place.content.retention) continue;
      lines.push_back(place.system_name + ", " + place.collection_name +
                      (place.field_name.empty() ? "" : "." + place.field_name) + ": " + Of(*place.content.retention));
    }
    return Lines(lines, std::identity());
  }
  std::string SystemsOf(const Activity& activity) const {
    std::vector<std::string> names;
    for (const SystemId& id : activity.content.systems) {
      const auto found = content_.systems.find(id);
      if (found != content_.systems.end()) names.push_back(found->second);
    }
    names.insert(names.end(), activity.removed_systems.size(), Say("register_system_removed"));
    return Lines(names, std::identity());
  }
  std::string Of(const ActivityGap& gap) const { return Choice("gap", gap.member) + " (" + gap.article + ")"; }

  const Catalog& catalog_;
  const RegisterExport& content_;
};

// A row for each activity.
Status WriteTable(const Wording& wording, const RegisterExport& content, TableWriter& table) {
  std::vector<TableColumn> columns = {{.title = wording.Say("register_name")}};
  for (std::string& title : wording.Titles()) columns.push_back({.title = std::move(title)});
  PRIVITY_TRY_VOID(table.Begin(columns));
  for (const Activity& activity : content.activities) {
    std::vector<Cell> cells = {activity.content.name};
    for (std::string& text : wording.Texts(activity)) cells.emplace_back(std::move(text));
    PRIVITY_TRY_VOID(table.Row(cells));
  }
  return table.Finish();
}

Status WriteJson(const RegisterExport& content, const ByteSink& sink) {
  RegisterDocument document{
      .article = content.role == ActivityRole::kController ? "GDPR Art. 30(1)" : "GDPR Art. 30(2)",
      .organization = content.organization,
      .made_at = content.made_at,
      .activities = content.activities,
      .places = content.places};
  for (const auto& [id, name] : content.systems) document.systems.push_back({id, name});
  for (const auto& [name, recipient] : content.recipients) document.recipients.push_back(recipient);
  return sink(AsBytes(ToJson(document) + "\n"));
}

// A section for each activity, with what it says in a table.
Status WriteDocument(const Wording& wording, const RegisterExport& content, DocumentWriter& document) {
  const bool is_controller = content.role == ActivityRole::kController;
  PRIVITY_TRY_VOID(document.Heading(1, wording.Say(is_controller ? "register_title" : "register_title_processor")));
  PRIVITY_TRY_VOID(document.Paragraph(content.organization + ", " + FormatInstant(content.made_at)));
  if (content.activities.empty()) PRIVITY_TRY_VOID(document.Paragraph(wording.Say("register_empty")));
  const std::vector<std::string> titles = wording.Titles();
  for (const Activity& activity : content.activities) {
    PRIVITY_TRY_VOID(document.Heading(2, activity.content.name));
    DocumentTable table{.caption = activity.content.name,
                        .columns = {{.title = wording.Say("register_member"), .share = 1},
                                    {.title = wording.Say("register_content"), .share = 3}},
                        .rows = {}};
    const std::vector<std::string> texts = wording.Texts(activity);
    for (std::size_t i = 0; i < titles.size(); ++i) {
      if (!texts[i].empty()) table.rows.push_back({titles[i], texts[i]});
    }
    PRIVITY_TRY_VOID(document.Table(table));
  }
  return document.Finish();
}

}  // namespace

Status WriteActivityRegister(const Catalog& catalog, const RegisterExport& content, RegisterFormat format,
                             const ByteSink& sink) {
  const Wording wording(catalog, content);
  DocumentInfo info{.title = wording.Say("register_title"), .created_at = content.made_at};
  switch (format) {
    case RegisterFormat::kCsv:
      return WriteTable(wording, content, *MakeCsvWriter(sink));
    case RegisterFormat::kXlsx:
      return WriteTable(wording, content,
                        *MakeXlsxWriter({.sheet_name = wording.Say("register_sheet"),
                                         .created_at = content.made_at,
                                         .temporary_directory = content.temporary_directory},
                                        sink));
    case RegisterFormat::kJson:
      return WriteJson(content, sink);
    case RegisterFormat::kHtml:
      return WriteDocument(wording, content, *MakeHtmlWriter(info, sink));
    case RegisterFormat::kPdf:
      return WriteDocument(wording, content, *MakePdfWriter(info, sink));
  }
  return Ok();
}

}  // namespace privity
