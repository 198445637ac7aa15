#include "mail/template.h"

#include <algorithm>

#include "base/html.h"
#include "base/utf8.h"
#include "net/url.h"
#include "words/pattern.h"

namespace privity {
namespace {

bool Lists(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// The part before the fragment is held to the rules of Url; the fragment to those of plain ASCII.
bool IsLink(std::string_view text) {
  const auto hash = std::min(text.find('#'), text.size());
  const std::string_view fragment = text.substr(hash);
  return Url::Parse(text.substr(0, hash)).ok() && std::all_of(fragment.begin(), fragment.end(), [](unsigned char c) {
           return c > ' ' && c < 0x7f && c != '"' && c != '<' && c != '>';
         });
}

// A value cannot begin a paragraph of its own.
std::string OnOneLine(std::string_view value) {
  std::string out(value);
  std::replace_if(
      out.begin(), out.end(), [](unsigned char c) { return c < ' ' || c == 0x7f; }, ' ');
  return out;
}

// Escaped, with its line breaks shown.
std::string HtmlLines(std::string_view text) {
  std::string out;
  for (const char c : EscapeHtml(text)) {
    if (c == '\n') out += "<br>";
    out += c;
  }
  return out;
}

std::vector<std::string_view> Paragraphs(std::string_view text) {
  std::vector<std::string_view> found;
  while (!text.empty()) {
    const auto end = std::min(text.find("\n\n"), text.size());
    if (end > 0) found.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 2, text.size()));
  }
  return found;
}

std::string Html(const RenderedMail& mail, const std::vector<std::string>& links, std::string_view language) {
  std::string out = "<!DOCTYPE html>\n<html lang=\"" + EscapeHtml(language) +
                    "\">\n<head><meta charset=\"utf-8\"><title>" + EscapeHtml(mail.subject) +
                    "</title></head>\n<body style=\"font:16px/1.5 "
                    "sans-serif;color:#111;background:#fff;max-width:36em;margin:2em auto;padding:0 1em\">\n";
  for (const std::string_view paragraph : Paragraphs(mail.text)) {
    const std::string shown = HtmlLines(paragraph);
    if (Lists(links, paragraph)) {
      out += "<p><a href=\"" + shown + "\" style=\"color:#0645ad\">" + shown + "</a></p>\n";
    } else {
      out += "<p dir=\"auto\">" + shown + "</p>\n";
    }
  }
  return out + "</body>\n</html>\n";
}

Status CheckNames(const MailTemplate& mail_template, const MailVariables& variables) {
  const auto fault = [&](const char* code, const std::string& name) {
    return Error(code, {{"template", mail_template.key}, {"variable", name}});
  };
  for (const auto& [name, value] : variables) {
    if (!Lists(mail_template.variables, name) && !Lists(mail_template.links, name))
      return fault("mail.variable_unknown", name);
  }
  for (const std::string& name : mail_template.variables) {
    if (!variables.contains(name)) return fault("mail.variable_missing", name);
  }
  for (const std::string& name : mail_template.links) {
    const auto link = variables.find(name);
    if (link == variables.end()) return fault("mail.variable_missing", name);
    if (!IsLink(link->second)) return fault("mail.link_invalid", name);
  }
  return Ok();
}

}  // namespace

Result<RenderedMail> RenderMail(const Catalog& catalog, const MailTemplate& mail_template, std::string_view language,
                                const MailVariables& variables, const std::optional<MailWords>& own) {
  PRIVITY_TRY_VOID(CheckNames(mail_template, variables));
  std::vector<WordsParameter> parameters;
  std::vector<std::string> links;
  for (const auto& [name, value] : variables) {
    parameters.push_back({name, OnOneLine(value)});
    if (Lists(mail_template.links, name)) links.push_back(value);
  }
  RenderedMail mail;
  if (own) {
    PRIVITY_TRY(mail.subject, FillPattern(language, own->subject, parameters));
    PRIVITY_TRY(mail.text, FillPattern(language, own->text, parameters));
  } else {
    mail.subject = catalog.Text(language, mail_template.key + "_subject", parameters);
    mail.text = catalog.Text(language, mail_template.key + "_text", parameters);
  }
  mail.subject = OnOneLine(mail.subject);
  mail.text += "\n";
  mail.html =
      Html({.subject = mail.subject, .text = mail.text.substr(0, mail.text.size() - 1), .html = {}}, links, language);
  return mail;
}

std::vector<std::string> CheckMailTemplates(const Catalog& catalog, std::span<const MailTemplate> templates) {
  std::vector<std::string> faults;
  for (const MailTemplate& mail_template : templates) {
    for (const std::string& key : {mail_template.key + "_subject", mail_template.key + "_text"}) {
      if (!catalog.PatternsOf("en").texts.contains(key)) faults.push_back("en: no text " + key);
      for (const std::string& language : catalog.languages()) {
        const auto& texts = catalog.PatternsOf(language).texts;
        const auto pattern = texts.find(key);
        if (pattern == texts.end()) continue;
        const auto arguments = PatternArguments(pattern->second);
        if (!arguments.ok()) {
          faults.push_back(language + ": " + key + " is not a pattern");
          continue;
        }
        for (const std::string& argument : *arguments) {
          const std::string name = argument.substr(0, argument.find(':'));
          if (!Lists(mail_template.variables, name) && !Lists(mail_template.links, name))
            faults.push_back(language + ": " + key + " asks for " + name);
        }
      }
    }
  }
  return faults;
}

}  // namespace privity
