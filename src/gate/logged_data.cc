#include "gate/logged_data.h"

#include <algorithm>
#include <unordered_set>

#include "gate/internal/logger_names.h"

namespace privity {
namespace {

using gate_internal::WordsOfName;
using Words = std::vector<std::string>;
using Names = std::unordered_set<std::string_view>;

constexpr double kConfidenceAlone = 0.8;  // without an owner that is a person
constexpr double kConfidenceOfPerson = 0.65;
constexpr std::size_t kKnownMax = 100'000;

// Categories whose names mean something else in most programs, or that the log of a program is there for: numbers of
// users and devices, contents, languages, jobs.
constexpr std::string_view kNotJudged[] = {"user.unique_id",
                                           "user.content",
                                           "user.behavior",
                                           "user.device",
                                           "user.workplace",
                                           "user.job_title",
                                           "user.privacy_preferences",
                                           "user.demographic.language",
                                           "user.user_sensor",
                                           "user.account.settings",
                                           "user.telemetry",
                                           "user.social"};
constexpr std::string_view kAddressOfDevice = "user.device.ip_address";

// A name that ends so is a thing of the program, a measure or a state: `emailService`, `password_length`.
const Names kThings = {"count",      "counts",    "counter",       "length",     "len",       "size",     "total",
                       "id",         "ids",       "uuid",          "type",       "types",     "kind",     "status",
                       "state",      "enabled",   "verified",      "valid",      "invalid",   "exists",   "exist",
                       "sent",       "template",  "service",       "client",     "provider",  "handler",  "manager",
                       "repository", "config",    "configuration", "policy",     "field",     "fields",   "column",
                       "columns",    "format",    "regex",         "pattern",    "validator", "error",    "errors",
                       "exception",  "event",     "events",        "topic",      "queue",     "table",    "index",
                       "limit",      "expiry",    "expires",       "expiration", "ttl",       "at",       "in",
                       "time",       "timeout",   "url",           "uri",        "link",      "path",     "file",
                       "dir",        "directory", "host",          "port",       "version",   "mode",     "flag",
                       "flags",      "class",     "factory",       "builder",    "strength",  "attempts", "attempt",
                       "tries",      "retries",   "changed",       "confirmed",  "required",  "present",  "missing",
                       "matches",    "match",     "domain",        "server",     "job",       "task",     "worker",
                       "bits",       "bytes",     "bit",           "offset",     "position",  "span",     "pos",
                       "label",      "header",    "prefix",        "suffix",     "algorithm", "algo",     "issuer",
                       "scope",      "scopes",    "source",        "family",     "range",     "space",    "ok",
                       "result",     "response",  "request",       "reset",      "settings",  "options",  "days",
                       "seconds",    "ms",        "minutes",       "hours",      "rate",      "ratio",    "score",
                       "level",      "model",     "store",         "storage",    "cache",     "usage",    "used",
                       "received",   "failed",    "success",       "parser",     "stream",    "node",     "nodes",
                       "tree",       "map",       "set",           "group",      "groups",    "role",     "roles",
                       "plugin",     "module",    "api",           "endpoint",   "hook",      "callback", "function",
                       "method",     "op"};
// A name with one of these says that the value is not what it was.
const Names kMasked = {"masked",    "mask",      "redacted",   "hashed",     "hash",       "sha",    "md",
                       "hmac",      "encrypted", "anonymized", "anonymised", "obfuscated", "digest", "fingerprint",
                       "checksum",  "tokenized", "scrubbed",   "sanitized",  "truncated",  "hidden", "pseudonymized",
                       "pseudonym", "censored",  "partial",    "dummy",      "fake",       "mock"};
// A name that begins so asks or counts.
const Names kAsking = {"is",  "has",   "have",   "had",     "can",   "should",  "was",      "will",    "did",  "does",
                       "no",  "num",   "n",      "count",   "total", "min",     "max",      "missing", "need", "needs",
                       "use", "allow", "enable", "require", "with",  "without", "supports", "show"};
// Owners that are the program's settings or surroundings: names in capitals may be values of theirs.
const Names kHolders = {"config",  "settings", "env",         "environ", "conf",
                        "options", "secrets",  "credentials", "server",  "opts"};
// What these hold under the name of a token or a secret is one.
const Names kSecretHolders = {"session",    "auth",    "oauth",    "login",   "user",    "account", "credentials",
                              "credential", "config",  "settings", "headers", "request", "req",     "secrets",
                              "cfg",        "storage", "card",     "env",     "environ"};
// Fields of HTTP that carry credentials (RFC 9110, 11.6.2 and 11.7.2; RFC 6265, 4.2), and two that are common.
const Names kCredentialHeaders = {"authorization", "proxy-authorization", "cookie", "x-api-key", "x-auth-token"};
// Of these the owner says what they are: `card.number`.
const Names kBareNames = {"number", "num", "no", "code"};
// The object itself, which says nothing about what it is.
const Names kNobody = {"self",   "this",    "cls",   "super",  "it",     "that",  "me",  "args",
                       "params", "body",    "data",  "values", "form",   "query", "obj", "object",
                       "item",   "payload", "props", "input",  "kwargs", "_"};
// What is caught, rather than a value.
const Names kErrors = {"e",     "ex", "err",       "error", "exc",     "exception",
                       "cause", "t",  "throwable", "msg",   "message", "reason"};
// In programs these are as often something else: a token of a parser, a cell of a table, a zip file, an address in
// memory.
const Names kAmbiguous = {"token",   "cell",        "address",  "pass",     "salt",      "mobile",    "state",
                          "city",    "race",        "birth",    "secret",   "login",     "addresses", "mail",
                          "cookie",  "cookies",     "line",     "constant", "signature", "region",    "location",
                          "balance", "credentials", "position", "latitude", "longitude", "pin",       "principal"};
// Shorter words than this are mostly abbreviations that a table has for one thing and a program for another (`str`,
// `st`, `tok`), but for these.
constexpr std::size_t kWordBytesMin = 5;
const Names kShort = {"ssn",  "dob", "iban", "jwt", "cvv",  "cvc",  "pwd", "otp",  "ip",   "name",
                      "cpf",  "nif", "nie",  "dni", "bsn",  "cnp",  "key", "born", "code", "card",
                      "date", "no",  "bic",  "vat", "imei", "imsi", "day", "nhs",  "pin",  "addr"};
// These hold people in tables, and parts of the program in programs.
const Names kNoPeople = {
    "member", "members",  "candidate", "parent", "child",     "children", "client",  "host",     "agent",    "ref",
    "holder", "operator", "subject",   "owner",  "caller",    "node",     "leader",  "follower", "worker",   "master",
    "peer",   "actor",    "principal", "sender", "recipient", "group",    "authors", "account",  "accounts", "players"};
// Beside these a name, or an address, is a person's.
const Names kOfPeople = {"customer",    "patient", "employee",  "person",    "subscriber", "guest",
                         "passenger",   "student", "applicant", "recipient", "holder",     "cardholder",
                         "beneficiary", "contact", "user",      "buyer",     "full",       "first",
                         "last",        "given",   "middle",    "maiden",    "family",     "real"};
const Names kOfAddresses = {"street",   "postcode", "postal",      "zipcode",  "billing", "shipping", "home",
                            "delivery", "mailing",  "residential", "customer", "patient", "house"};

char Lower(char character) {
  return character >= 'A' && character <= 'Z' ? static_cast<char>(character + 32) : character;
}

std::string Lower(std::string_view name) {
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char each) { return Lower(each); });
  return lower;
}

bool HasLower(std::string_view name) {
  return std::any_of(name.begin(), name.end(),
                     [](char each) { return Lower(each) == each && each >= 'a' && each <= 'z'; });
}

bool Holds(const Words& words, const Names& names) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return names.contains(word); });
}

// `MAX_PASSWORD`, not the SSN of an applicant.
bool IsConstant(std::string_view owner, std::string_view name) {
  if (HasLower(name) || name.size() < 2) return false;
  return !HasLower(owner) && !Holds(WordsOfName(owner), kHolders);
}

bool IsMeasureOrThing(const Words& words) {
  if (words.empty() || kAsking.contains(words.front()) || kThings.contains(words.back())) return true;
  const bool is_name_of_thing = words.size() > 1 && words.back() == "name" && kThings.contains(words[words.size() - 2]);
  if (is_name_of_thing) return true;
  const bool is_of_password = Holds(words, {"password", "passwd", "pwd"});  // whose hash is kept from logs, too
  return Holds(words, kMasked) && !is_of_password;
}

bool IsJudged(std::string_view category) {
  if (category == kAddressOfDevice) return true;
  return IsPersonal(category) && std::none_of(std::begin(kNotJudged), std::end(kNotJudged),
                                              [&](std::string_view each) { return category.starts_with(each); });
}

std::string OwnerOf(const std::string& owner) {
  const Words words = WordsOfName(owner);
  const bool is_nobody = words.empty() || owner.size() < 3 || kNobody.contains(words.back());
  return is_nobody ? "" : owner;
}

bool IsOfPerson(const std::string& owner, const ColumnJudgement& judgement) {
  const Words words = WordsOfName(owner);
  if (words.empty() || kNoPeople.contains(words.back())) return false;
  return std::any_of(judgement.evidence.begin(), judgement.evidence.end(), [](const Evidence& evidence) {
    return evidence.kind == EvidenceKind::kCollection && evidence.weight > 0;
  });
}

// Whether a name that belongs to nobody in particular can only be what the detector takes it for.
bool IsPlain(const Words& words, std::string_view category, bool has_owner) {
  const std::string& last = words.back();
  if (last.size() < kWordBytesMin && !kShort.contains(last)) return false;
  if (words.size() == 1 && kAmbiguous.contains(last)) return false;
  if (last.ends_with("name") && last.size() == kWordBytesMin) return false;  // fname, mname
  if (IsCredential(category) && last == "name") return false;                // what a secret is called
  if (category == "user.name") return !has_owner && (Holds(words, kOfPeople) || last == "fullname");
  if (category.starts_with("user.contact.address")) return Holds(words, kOfAddresses);
  return true;
}

}  // namespace

bool IsCredential(std::string_view category) {
  return category.starts_with("user.authorization");
}

std::optional<LoggedData> LoggedDataJudge::Judge(const LoggedValue& value) {
  if (value.is_looked_up && kCredentialHeaders.contains(Lower(value.name))) {
    return LoggedData{value.owner, value.name, "user.authorization.credentials", kConfidenceAlone, "header of HTTP"};
  }
  const Words words = WordsOfName(value.name);
  if (IsMeasureOrThing(words)) return std::nullopt;
  const bool is_setting = Holds(WordsOfName(value.owner), kHolders);
  if (!(value.is_static && !is_setting) && !IsConstant(value.owner, value.name)) {
    if (auto found = JudgeName(OwnerOf(value.owner), value.name)) return found;
    const bool is_bare = words.size() == 1 && kBareNames.contains(words.front()) && !OwnerOf(value.owner).empty();
    if (auto found = is_bare ? JudgeName("", value.owner + "_" + value.name) : std::nullopt) return found;
  }
  if (value.label.empty() || kErrors.contains(value.name) || value.is_static) return std::nullopt;
  if (IsMeasureOrThing(WordsOfName(value.label))) return std::nullopt;
  return JudgeName("", value.label);
}

std::optional<LoggedData> LoggedDataJudge::JudgeName(const std::string& owner, const std::string& name) {
  const std::string key = owner + "\n" + name;
  if (const auto known = known_.find(key); known != known_.end()) return known->second;
  ColumnJudgement judgement = detector_.Field({.collection = owner, .field = name});
  if (!owner.empty() && !IsPersonal(judgement.category)) {
    // To the settings of a program the detector is deaf, for in tables these are no person's.
    const ColumnJudgement alone = detector_.Field({.field = name});
    if (IsCredential(alone.category)) judgement = alone;
  }
  std::optional<LoggedData> found;
  const Words words = WordsOfName(name);
  const bool is_of_person =
      IsOfPerson(owner, judgement) || (IsCredential(judgement.category) && Holds(WordsOfName(owner), kSecretHolders));
  const bool is_sure =
      is_of_person ? judgement.confidence >= kConfidenceOfPerson
                   : judgement.confidence >= kConfidenceAlone && IsPlain(words, judgement.category, !owner.empty());
  if (IsJudged(judgement.category) && is_sure) {
    found = LoggedData{owner, name, judgement.category, judgement.confidence, judgement.Reason()};
  }
  if (known_.size() < kKnownMax) known_.emplace(key, found);
  return found;
}

}  // namespace privity
