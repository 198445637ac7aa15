#include "detect/internal/shape_cues.h"

#include <algorithm>
#include <array>

#include "detect/internal/month_names.h"
#include "detect/internal/secret_leads.h"

namespace privity::detect {
namespace {

// Of a query: "?sig=…", "&appid=…".
constexpr std::string_view kOfQueries = "sig signature appid code auth key pwd";
constexpr std::string_view kTopDomains = "com org net edu gov info biz io co";

// Whether something may begin with the word, or end with it: the others stand beside.
bool MayBegin(const ShapeCue& cue) {
  return cue.month > 0 || cue.day_of_week || cue.password || cue.secret || cue.key || cue.private_key || cue.login ||
         cue.command || cue.at_sign || cue.query || cue.of_sentence || cue.two_arguments || cue.phrase || cue.wifi ||
         cue.thin || cue.putty || cue.pin || cue.leads;
}

}  // namespace

WordMap<ShapeCue> ShapeCues(const Vocabulary& words) {
  WordMap<ShapeCue> cues;
  const auto add_word = [&](std::uint32_t word, const auto& mark) {
    ShapeCue& cue = cues[word];
    mark(cue);
    cue.begins = MayBegin(cue);
  };
  const auto add_all = [&](const std::vector<std::string>& some, const auto& mark) {
    for (const std::string& word : some) add_word(WordHash(Fold(word)), mark);
  };
  const auto add = [&](std::string_view some, const auto& mark) {
    VisitWords(some, [&](std::string_view word) { add_word(WordHash(word), mark); });
  };
  VisitMonthNames(
      [&](std::string_view name, int month) { add_word(WordHash(name), [&](ShapeCue& cue) { cue.month = month; }); });
  add_all(words.dates.weekdays, [](ShapeCue& cue) { cue.day_of_week = true; });
  add_all(words.cues.passwords, [](ShapeCue& cue) { cue.password = true; });
  add_all(words.cues.secrets, [](ShapeCue& cue) { cue.secret = true; });
  add("key", [](ShapeCue& cue) { cue.key = true; });
  add("begin", [](ShapeCue& cue) { cue.private_key = true; });
  add(kOfQueries, [](ShapeCue& cue) { cue.query = true; });
  add("cookie authorization", [](ShapeCue& cue) { cue.of_sentence = true; });
  add("networkcredential httpbasicauth basicauth usernamepasswordcredentials setbasicauth passwordauthentication "
      "pscredential credentials authenticate",
      [](ShapeCue& cue) { cue.two_arguments = true; });
  add("phrase mnemonic words", [](ShapeCue& cue) { cue.phrase = true; });
  add("wifi", [](ShapeCue& cue) { cue.wifi = true; });
  add("thin", [](ShapeCue& cue) { cue.thin = true; });
  add("putty", [](ShapeCue& cue) { cue.putty = true; });
  add("pin", [](ShapeCue& cue) { cue.pin = true; });
  add(LeadsToSecrets(), [](ShapeCue& cue) { cue.leads = true; });
  add("www", [](ShapeCue& cue) { cue.www = true; });
  add(kTopDomains, [](ShapeCue& cue) { cue.top_domain = true; });
  add("basic auth", [](ShapeCue& cue) { cue.login = true; });
  add_all(words.cues.at_signs, [](ShapeCue& cue) { cue.at_sign = true; });
  add_all(words.cues.phones, [](ShapeCue& cue) { cue.phone = true; });
  add("numero", [](ShapeCue& cue) { cue.number = true; });
  add_all(words.ages.before_age, [](ShapeCue& cue) { cue.age = true; });
  add_all(words.ages.years, [](ShapeCue& cue) { cue.years = true; });
  add_all(words.ages.units_of_children, [](ShapeCue& cue) { cue.life = true; });
  add("curl wget sshpass docker podman mysql mysqldump mysqladmin az redis ipmitool mosquitto smbclient net "
      "xfreerdp ldapsearch sqlcmd mongosh mongo mongodump mongorestore cqlsh rdesktop",
      [](ShapeCue& cue) { cue.command = true; });
  return cues;
}

namespace {

// "dbPassword", "apiSecret": names of programs, glued from words with capitals.
bool IsGlued(const Token& token) {
  return token.has_upper && token.has_lower && !token.upper_first;
}

}  // namespace

// What such a name ends with says what it is; null for others.
const ShapeCue* CueOfEnding(const WordMap<ShapeCue>& cues, const Scan& scan, const Token& token) {
  static constexpr std::array<std::string_view, 7> kEndings = {"Password", "password", "Passwd",  "Pwd",
                                                               "Secret",   "Token",    "Passwort"};
  static constexpr std::array<std::string_view, 8> kOfNobody = {"existing", "expected", "Page",         "page",
                                                                "Cancel",   "cancel",   "Continuation", "sync"};
  constexpr std::uint32_t kBytesMin = 6;
  if (!IsGlued(token) || token.size() < kBytesMin || !EndsAsCues(scan, token)) return nullptr;
  const std::string_view word = scan.Of(token);
  const auto ending = std::ranges::find_if(
      kEndings, [&](std::string_view end) { return word.size() > end.size() && word.ends_with(end); });
  if (ending == kEndings.end()) return nullptr;  // as most
  const bool of_nobody =
      std::ranges::any_of(kOfNobody, [&](std::string_view part) { return word.find(part) != word.npos; });
  return of_nobody ? nullptr : cues.Find(WordHash(Fold(*ending)));
}

int MonthOf(const Token& token) {
  static const auto months = [] {
    WordMap<int> map;
    VisitMonthNames([&](std::string_view name, int month) { map[WordHash(name)] = month; });
    return map;
  }();
  const int* const month = token.digits > 0 ? nullptr : months.Find(token.hash);
  return month == nullptr ? 0 : *month;
}

int Small(std::string_view digits) {
  if (digits.empty() || digits.size() > 4) return -1;
  int number = 0;
  for (const char c : digits) {
    if (!IsAsciiDigit(c)) return -1;
    number = number * 10 + (c - '0');
  }
  return number;
}

}  // namespace privity::detect
