// Letters whose words stand in the catalogs (words/<language>/<room>.json) and whose blanks the program fills.
//
//   words: "mail_invitation_subject": "{organization} invites you",
//          "mail_invitation_text": "Hello {name},\n\nyou can sign in from now on:\n\n{link}\n\nThe link works once."
//   code:  {.key = "identity.mail_invitation", .variables = {"organization", "name"}, .links = {"link"}}
//
// There is no logic and no markup in a template: ICU chooses plurals, paragraphs are separated by an empty line, and a
// paragraph that is nothing but a link becomes one. The HTML is made from the finished text, escaped as a whole, so
// neither a value nor a translator can put markup into it. Only the listed variables exist; their values are text,
// never patterns (CVE-2024-45053 ran code from a template).
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "words/catalog.h"

namespace privity {

struct MailTemplate {
  std::string key;                      // the words are at <key>_subject and <key>_text
  std::vector<std::string> variables;   // text; line breaks in a value become spaces
  std::vector<std::string> links = {};  // http(s) addresses, with a fragment if need be
};

// In place of the catalog's words, in the same form: patterns.
struct MailWords {
  std::string subject;
  std::string text;
};

struct RenderedMail {
  std::string subject;
  std::string text;
  std::string html;
};

using MailVariables = std::map<std::string, std::string>;

// mail.variable_unknown{template, variable}, mail.variable_missing{template, variable}, mail.link_invalid{template,
// variable}; of `own` words.pattern_invalid. None carries a value.
Result<RenderedMail> RenderMail(const Catalog& catalog, const MailTemplate& mail_template, std::string_view language,
                                const MailVariables& variables, const std::optional<MailWords>& own = {});

// One line per fault: a key without English words, or a pattern in any language with an argument that the template does
// not list. For the tests of the rooms that bring templates.
std::vector<std::string> CheckMailTemplates(const Catalog& catalog, std::span<const MailTemplate> templates);

}  // namespace privity
