#include "gate/gate_report.h"

#include <array>
#include <map>
#include <set>

#include "words/terminal_text.h"

namespace privity {
namespace {

constexpr std::array<GateRule, 6> kRules = {GateRule::kUndeclared, GateRule::kUncategorized,
                                            GateRule::kNoPurpose,  GateRule::kIgnoredWithoutReason,
                                            GateRule::kLogged,     GateRule::kLoggedCredential};

// A rule's words are those of an error, so that they exist once and in one form.
Error ErrorOf(GateRule rule, const std::string& field, const std::string& category) {
  switch (rule) {
    case GateRule::kUndeclared:
      return Error("gate.undeclared", {{"field", field}, {"category", category}});
    case GateRule::kUncategorized:
      return Error("gate.uncategorized", {{"field", field}, {"category", category}});
    case GateRule::kNoPurpose:
      return Error("gate.no_purpose", {{"field", field}, {"category", category}});
    case GateRule::kLogged:
      return Error("gate.logged", {{"field", field}, {"category", category}});
    case GateRule::kLoggedCredential:
      return Error("gate.logged_credential", {{"field", field}, {"category", category}});
    case GateRule::kIgnoredWithoutReason:
      break;
  }
  return Error("gate.ignored_without_reason");
}

std::string FullName(const GateFinding& finding) {
  return finding.collection.empty() ? finding.field : finding.collection + "." + finding.field;
}

Error ErrorOf(const GateFinding& finding) {
  return ErrorOf(finding.rule, FullName(finding), finding.category);
}

std::string CodeOf(GateRule rule) {
  return ErrorOf(rule, "", "").code();
}

// RFC 3986: a path as a relative reference, byte by byte.
std::string UriOf(std::string_view path) {
  static constexpr std::string_view kPlain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
  static constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string uri = path.starts_with('/') ? "file://" : "";
  for (const char character : path) {
    const auto byte = static_cast<unsigned char>(character);
    if (kPlain.find(character) != std::string_view::npos) {
      uri += character;
    } else {
      uri += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
    }
  }
  return uri;
}

Json Message(std::string text) {
  return Json::Object({{"text", std::move(text)}});
}

Json RuleJson(GateRule rule, const Catalog& words, std::string_view language) {
  const ErrorWords of_rule = words.Words(ErrorOf(rule, "…", "…"), language);
  return Json::Object({{"id", CodeOf(rule)},
                       {"shortDescription", Message(of_rule.what)},
                       {"fullDescription", Message(of_rule.why)},
                       {"help", Message(of_rule.mend)},
                       {"defaultConfiguration", Json::Object({{"level", "error"}})}});
}

Json LocationJson(const GateFinding& finding) {
  Json location = Json::Object(
      {{"physicalLocation",
        Json::Object({{"artifactLocation", Json::Object({{"uri", UriOf(finding.file)}})},
                      {"region", Json::Object({{"startLine", finding.line}, {"startColumn", finding.column}})}})}});
  if (!finding.field.empty()) {
    location.Set("logicalLocations",
                 Json::Array({Json::Object({{"fullyQualifiedName", FullName(finding)}, {"kind", "member"}})}));
  }
  return location;
}

// What stays the same when lines move. A program logs the same value more than once: these are numbered.
std::string FingerprintOf(const GateFinding& finding, std::map<std::string, int>& seen) {
  std::string print = finding.file + ":" + FullName(finding) + ":" + CodeOf(finding.rule);
  const int number = ++seen[print];
  return number == 1 ? print : print + ":" + std::to_string(number);
}

Json ResultJson(const GateFinding& finding, const std::string& fingerprint, const Catalog& words,
                std::string_view language) {
  Json result = Json::Object({{"ruleId", CodeOf(finding.rule)},
                              {"ruleIndex", static_cast<int>(finding.rule)},
                              {"level", "error"},
                              {"message", Message(words.Words(ErrorOf(finding), language).what)},
                              {"locations", Json::Array({LocationJson(finding)})},
                              {"partialFingerprints", Json::Object({{"privityField/v1", fingerprint}})}});
  if (!finding.category.empty()) {
    result.Set(
        "properties",
        Json::Object({{"category", finding.category}, {"confidence", finding.confidence}, {"reason", finding.reason}}));
  }
  if (!finding.ignored_because.empty()) {
    result.Set("suppressions",
               Json::Array({Json::Object({{"kind", "inSource"}, {"justification", finding.ignored_because}})}));
  }
  return result;
}

Json NotificationJson(const Error& error, const Catalog& words, std::string_view language) {
  const ErrorWords of_error = words.Words(error, language);
  return Json::Object({{"level", "error"},
                       {"descriptor", Json::Object({{"id", error.code()}})},
                       {"message", Message(of_error.what + " " + of_error.mend)}});
}

}  // namespace

std::string GateText(const GateReport& report, const Catalog& words, std::string_view language) {
  std::string text;
  std::set<GateRule> broken;
  for (const GateFinding& finding : report.findings) {
    broken.insert(finding.rule);
    text += Harmless(finding.file) + ":" + std::to_string(finding.line) + ":" + std::to_string(finding.column) + ": " +
            Harmless(words.Words(ErrorOf(finding), language).what) + " [" + CodeOf(finding.rule) + "]\n";
  }
  for (const GateRule rule : broken) {
    text += "\n" + CodeOf(rule) + ": " + words.Words(ErrorOf(rule, "", ""), language).mend + "\n";
  }
  const auto count = [](std::size_t number) { return static_cast<std::int64_t>(number); };
  return text + (broken.empty() ? "" : "\n") +
         words.Text(language, "gate.summary",
                    {{"files", report.schema_files},
                     {"fields", report.fields},
                     {"sources", report.source_files},
                     {"statements", report.log_statements},
                     {"findings", count(report.findings.size())},
                     {"ignored", count(report.ignored.size())},
                     {"unread", count(report.unread.size())}}) +
         "\n";
}

Json GateJson(const GateReport& report) {
  Json::Items unread;
  for (const Error& error : report.unread) {
    Json parameters = Json::Object();
    for (const ErrorParameter& each : error.parameters()) parameters.Set(each.name, each.value);
    unread.push_back(Json::Object({{"code", error.code()}, {"parameters", parameters}}));
  }
  return Json::Object({{"findings", ToJsonValue(report.findings)},
                       {"ignored", ToJsonValue(report.ignored)},
                       {"unread", Json::ArrayOf(std::move(unread))},
                       {"schema_files", report.schema_files},
                       {"declaration_files", report.declaration_files},
                       {"fields", report.fields},
                       {"source_files", report.source_files},
                       {"log_statements", report.log_statements}});
}

Json GateSarif(const GateReport& report, const Catalog& words, std::string_view language, std::string_view version) {
  Json::Items rules;
  for (const GateRule rule : kRules) rules.push_back(RuleJson(rule, words, language));
  Json::Items results;
  std::map<std::string, int> seen;
  for (const auto* findings : {&report.findings, &report.ignored}) {
    for (const GateFinding& finding : *findings) {
      results.push_back(ResultJson(finding, FingerprintOf(finding, seen), words, language));
    }
  }
  Json::Items notifications;
  for (const Error& error : report.unread) notifications.push_back(NotificationJson(error, words, language));
  const Json driver =
      Json::Object({{"name", "Privity gate"}, {"version", version}, {"rules", Json::ArrayOf(std::move(rules))}});
  const Json invocation = Json::Object({{"executionSuccessful", report.unread.empty()},
                                        {"toolExecutionNotifications", Json::ArrayOf(std::move(notifications))}});
  const Json run = Json::Object({{"tool", Json::Object({{"driver", driver}})},
                                 {"columnKind", "unicodeCodePoints"},
                                 {"invocations", Json::Array({invocation})},
                                 {"results", Json::ArrayOf(std::move(results))}});
  return Json::Object({{"$schema", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"},
                       {"version", "2.1.0"},
                       {"runs", Json::Array({run})}});
}

}  // namespace privity
