#include "rights/letter.h"

#include <array>

#include "report/document.h"

namespace privity {
namespace {

// An empty line ends a paragraph.
std::vector<std::string> ParagraphsOf(const std::string& text) {
  std::vector<std::string> paragraphs;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find("\n\n", begin), text.size());
    if (end > begin) paragraphs.push_back(text.substr(begin, end - begin));
    begin = end + 2;
  }
  return paragraphs;
}

}  // namespace

Result<RequestDrafts> DraftsFor(ReadTx& tx, const OwnTexts& texts, const RightsRequest& request,
                                const Organization& organization) {
  const std::array<WordsParameter, 2> values = {WordsParameter{"right", std::string(EnumText(request.right))},
                                                {"organization", organization.name}};
  const auto draft = [&](RequestTextName name) { return texts.Filled(tx, name, request.language, values); };
  RequestDrafts drafts;
  PRIVITY_TRY(drafts.answer, draft(RequestTextName::kDraftAnswer));
  PRIVITY_TRY(drafts.extension, draft(RequestTextName::kDraftExtension));
  PRIVITY_TRY(drafts.pause, draft(RequestTextName::kDraftPause));
  return drafts;
}

Status WriteRequestLetter(const Catalog& catalog, const RequestLetter& letter, const ByteSink& sink) {
  const RightsRequest& request = letter.request;
  const std::string& language = request.language;
  const std::string title = catalog.Text(language, "rights.letter_title", {{"reference", ReferenceOf(request.id)}});
  const std::string right = catalog.Text(language, "rights.right", {{"right", std::string(EnumText(request.right))}});
  const std::string day = letter.organization.time_zone.DateAt(letter.message.at).ToString();
  const auto pdf = MakePdfWriter({.title = title, .language = language, .created_at = letter.message.at}, sink);
  PRIVITY_TRY_VOID(pdf->Heading(1, title));
  PRIVITY_TRY_VOID(pdf->Paragraph(letter.organization.name + ", " + day));
  if (!letter.content.name.empty()) PRIVITY_TRY_VOID(pdf->Paragraph(letter.content.name));
  PRIVITY_TRY_VOID(
      pdf->Paragraph(catalog.Text(language, "rights.letter_about", {{"right", right}, {"law", request.law_name}})));
  for (const std::string& paragraph : ParagraphsOf(letter.message.text)) {
    PRIVITY_TRY_VOID(pdf->Paragraph(paragraph));
  }
  if (letter.organization.privacy_contact) {
    PRIVITY_TRY_VOID(pdf->Paragraph(
        catalog.Text(language, "rights.letter_contact", {{"contact", *letter.organization.privacy_contact}})));
  }
  return pdf->Finish();
}

}  // namespace privity
