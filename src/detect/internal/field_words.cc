#include "detect/internal/field_words.h"

#include <algorithm>
#include <array>

#include "detect/internal/letters.h"

namespace privity::detect {

std::string Joined(const std::vector<std::string>& words, std::size_t begin, std::size_t end) {
  std::string text;
  for (std::size_t i = begin; i < end; ++i) {
    if (i > begin) text += ' ';
    text += words[i];
  }
  return text;
}

std::string_view WithoutPrefix(std::string_view field, std::string_view prefix) {
  return field.starts_with(prefix) ? field.substr(prefix.size()) : field;
}

bool Holds(const std::unordered_set<std::string>& words, const std::string& word) {
  return words.contains(word) || words.contains(Singular(word));
}

std::string Singular(const std::string& word) {
  if (word.size() > 4 && word.ends_with("ies")) return word.substr(0, word.size() - 3) + "y";
  if (word.size() > 4 && (word.ends_with("ches") || word.ends_with("sses") || word.ends_with("xes")))
    return word.substr(0, word.size() - 2);
  return word.size() > 3 && word.ends_with('s') && !word.ends_with("ss") ? word.substr(0, word.size() - 1) : word;
}

bool SaysWhen(std::string_view word) {
  return word == "at" || word == "on" || word == "date" || word == "time" || word == "timestamp" || word == "status";
}

bool SaysYesOrNo(std::string_view word) {
  return word == "flag" || word == "indicator" || word == "bool" || word == "boolean";
}

bool IsOfThingsToo(const std::string& word) {
  static const std::unordered_set<std::string> kWords = {"account",  "profile",  "client",  "parent", "child",
                                                         "agent",    "tenant",   "contact", "owner",  "lead",
                                                         "identity", "operator", "admin",   "actor",  "personal"};
  return kWords.contains(word);
}

bool IsSomebody(std::string_view word) {
  return word == "child" || word == "agent" || word == "contact" || word == "operator" || word == "actor";
}

bool IsOftenAThings(std::string_view word) {
  return word == "agent" || word == "profile" || word == "account" || word == "tenant" || word == "identity";
}

bool SaysAnimal(std::string_view word) {
  static constexpr std::array<std::string_view, 23> kWords = {
      "crop",  "crops",  "cultivo", "cultivos",  "coltura", "pflanze", "pflanzen", "species",
      "breed", "animal", "animals", "livestock", "cattle",  "herd",    "flock",    "raza",
      "rasse", "razza",  "raca",    "ras",       "especie", "tierart", "mascota"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

bool SaysProgram(std::string_view word) {
  static constexpr std::array<std::string_view, 9> kWords = {"scope", "scopes", "redirect", "audience",
                                                             "oauth", "oidc",   "openid",   "sso"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

bool SaysUser(std::string_view word) {
  return word == "user" || word == "usuario" || word == "utente" || word == "utilisateur" || word == "benutzer";
}

bool SaysMoved(std::string_view word) {
  static constexpr std::array<std::string_view, 18> kWords = {
      "position",   "positions", "track",    "tracks", "gps",     "trip", "trips", "ping",    "waypoint",
      "breadcrumb", "vehicle",   "vehicles", "rental", "rentals", "ride", "rides", "scooter", "courier"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

bool IsKeyWord(std::string_view word) {
  return word == "id" || word == "uuid" || word == "guid";
}

bool SaysReference(std::string_view word) {
  static constexpr std::array<std::string_view, 9> kWords = {"ref", "reference", "uuid", "guid", "uid",
                                                             "oid", "fk",        "pk",   "sk"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

bool SaysMaker(std::string_view word) {
  return word == "author" || word == "editor" || word == "translator" || word == "narrator" || word == "illustrator";
}

bool SaysWritten(std::string_view word) {
  return word == "article" || word == "media" || word == "title";
}

bool SaysMachine(std::string_view word) {
  static constexpr std::array<std::string_view, 16> kWords = {
      "hostname", "host",   "os",     "arch",  "architecture", "cpu",       "cores",  "ram",
      "memory",   "kernel", "uptime", "slots", "executor",     "heartbeat", "daemon", "executors"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

bool IsOfOne(std::string_view word) {
  return word == "id" || word == "name" || word == "number" || word == "phone" || word == "mobile" || word == "email";
}

bool SaysNothing(std::string_view word) {
  return word == "value" || word == "values" || word == "raw" || word == "text" || word == "string" ||
         word == "formatted" || word == "data";
}

bool SaysLittle(std::string_view word) {
  static constexpr std::array<std::string_view, 11> kWords = {
      "id", "name", "type", "label", "data", "state", "model", "status", "text", "description", "version"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

std::string_view HeadStandingFirst(std::string_view word) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 22> kHeads = {
      {{"date", "date"},       {"data", "date"},       {"number", "number"}, {"code", "code"}, {"name", "name"},
       {"nombre", "name"},     {"nom", "name"},        {"nome", "name"},     {"naam", "name"}, {"place", "place"},
       {"address", "address"}, {"country", "country"}, {"year", "year"},     {"type", "type"}, {"status", "status"},
       {"level", "level"},     {"account", "account"}, {"phone", "phone"},   {"id", "id"},     {"city", "city"},
       {"email", "email"},     {"card", "card"}}};
  for (const auto& [written, head] : kHeads) {
    if (written == word) return head;
  }
  return {};
}

bool SaysDoer(std::string_view word) {
  static constexpr std::size_t kBytesMin = 6;
  static constexpr std::array<std::string_view, 6> kEndings = {"er", "or", "ee", "eur", "ist", "ian"};
  return word.size() >= kBytesMin &&
         std::any_of(kEndings.begin(), kEndings.end(), [&](std::string_view ending) { return word.ends_with(ending); });
}

bool SaysHandle(std::string_view word) {
  static constexpr std::array<std::string_view, 8> kWords = {"cart", "checkout", "basket",       "page",
                                                             "sync", "cursor",   "continuation", "pagination"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

bool SaysAppointed(std::string_view word) {
  static constexpr std::array<std::string_view, 12> kWords = {"assigned",   "responsible", "designated", "duty",
                                                              "attending",  "acting",      "appointed",  "authorized",
                                                              "authorised", "nominated",   "deputy",     "incumbent"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

bool SaysArranged(std::string_view word) {
  static constexpr std::array<std::string_view, 41> kWords = {
      "sorted",    "ordered",  "grouped",  "partitioned", "clustered", "divided",    "multiplied",
      "powered",   "caused",   "replaced", "superseded",  "followed",  "preceded",   "succeeded",
      "generated", "hosted",   "provided", "required",    "used",      "referenced", "increased",
      "decreased", "filtered", "indexed",  "encrypted",   "limited",   "affected",   "backed",
      "bounded",   "covered",  "locked",   "associated",  "bucketed",  "certified",  "accredited",
      "insured",   "funded",   "financed", "regulated",   "governed",  "sponsored"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

namespace {

// Participles that do not end in -ed, of what only people do: `frozen_by`, not `built_by`.
bool SaysDone(std::string_view word) {
  static constexpr std::array<std::string_view, 8> kWords = {"set",    "given",  "taken",     "written",
                                                             "chosen", "frozen", "withdrawn", "overridden"};
  return std::ranges::find(kWords, word) != kWords.end();
}

}  // namespace

bool SaysDoneBy(std::string_view word, std::string_view by) {
  constexpr std::size_t kBytesMin = 5;
  if (by == "by" && SaysDone(word)) return true;
  if (word.size() < kBytesMin) return false;
  const auto ends = [&](std::initializer_list<std::string_view> endings) {
    return std::ranges::any_of(endings, [&](std::string_view ending) { return word.ends_with(ending); });
  };
  if (by == "by") return word.ends_with("ed") && !SaysArranged(word);
  if (by == "por") return ends({"ado", "ada", "ido", "ida"});
  if (by == "da") return ends({"ato", "ata", "ito", "ita", "uto", "uta"});
  if (by == "von") {
    static constexpr std::array<std::string_view, 5> kBeginnings = {"ge", "ver", "be", "ent", "zer"};
    const bool begins =
        std::ranges::any_of(kBeginnings, [&](std::string_view beginning) { return word.starts_with(beginning); });
    return (begins || word.find("ge", 2) < 5) && ends({"t", "en"});
  }
  if (by == "door") return word.starts_with("ge") && ends({"d", "t", "en"});
  return by == "przez" && ends({"ne", "ny", "te", "ty"});
}

bool IsNumber(std::string_view word) {
  return std::all_of(word.begin(), word.end(), IsAsciiDigit);
}

}  // namespace privity::detect
