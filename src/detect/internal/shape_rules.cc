#include "detect/internal/shape_rules.h"

#include <algorithm>
#include <array>
#include <bit>
#include <unordered_map>

#include "base/bytes.h"
#include "detect/internal/check_digits.h"
#include "detect/internal/letters.h"
#include "detect/internal/machine.h"
#include "detect/internal/month_names.h"

namespace privity::detect {

// What may begin with a word, or end with it, or stand beside it.
struct ShapeCue {
  bool begins = false;  // something may
  int month = 0;
  bool day_of_week = false;
  bool password = false;
  bool secret = false;
  bool key = false;            // "api key"
  bool private_key = false;    // BEGIN
  bool query = false;          // opens a page, behind "?" or "&"
  bool of_sentence = false;    // "cookie", "authorization": settings or a key follow
  bool two_arguments = false;  // a name and a password in brackets behind it
  bool phrase = false;         // "seed phrase": words follow
  bool wifi = false;           // of a code that is scanned
  bool thin = false;           // of Oracle's addresses
  bool putty = false;          // of a file of its keys
  bool pin = false;
  bool www = false;
  bool top_domain = false;
  bool login = false;    // "Basic", docker's "auth": a name and a password in base64 behind it
  bool command = false;  // a program that is given a password as an option
  bool at_sign = false;  // "at": an address that is written in words
  bool phone = false;    // names a telephone number
  bool number = false;   // "il mio numero"
  bool age = false;      // a number behind it is one
  bool years = false;    // a number before it may be one
  bool life = false;     // likewise of a child: months, days
};

namespace {

constexpr double kDayOfWeek = 0.55;
constexpr double kDayOfMonth = 0.65;
constexpr double kMonthOfYear = 0.97;  // above that of whoever is called "June"
constexpr double kSpelledEmail = 0.96;
constexpr double kYearOfLife = 0.55;
// Longer ones exist; looking further for their end would make a line of nothing but beginnings slow.
constexpr std::size_t kUrlBytesMax = 2048;
constexpr std::size_t kDomainBytesMax = 255;
constexpr std::uint32_t kJapaneseFirst = 3;       // digits of a postal code before its hyphen
constexpr std::uint32_t kPlacesOfDegreesMin = 4;  // some ten meters
constexpr std::size_t kPhoneDigitsMin = 7, kPhoneDigitsMax = 15;
// The first bytes of what may stand between two groups of a telephone number.
constexpr CharSet kFirstBetweenPhone(" -./()\xC2\xE2");
constexpr std::uint32_t kWordOf = WordHash("of"), kWordThe = WordHash("the"), kWordOfRomance = WordHash("de");

char At(std::string_view text, std::size_t at) {
  return at < text.size() ? text[at] : '\0';
}

// Letters of any script, digits, and some signs: one look for each character.
using CharTable = std::array<bool, 256>;
constexpr CharTable WordsWith(std::string_view signs) {
  CharTable table{};
  for (std::size_t c = 0; c < table.size(); ++c)
    table[c] = c >= 0x80 || IsAsciiAlnum(static_cast<char>(c)) || signs.find(static_cast<char>(c)) != signs.npos;
  return table;
}

bool IsLocalPart(char c) {
  static constexpr CharTable kTable = WordsWith("._%+-'");
  return kTable.data()[static_cast<unsigned char>(c)];
}

bool IsDomainPart(char c) {
  static constexpr CharTable kTable = WordsWith(".-");
  return kTable.data()[static_cast<unsigned char>(c)];
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

// Days of the week in ten languages, folded; also their usual short forms.
constexpr std::string_view kDaysOfWeek =
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed weds thu thur thurs fri sat sun lunes "
    "martes "
    "miercoles "
    "jueves viernes sabado domingo montag dienstag mittwoch donnerstag freitag samstag sonntag sonnabend lundi mardi "
    "mercredi jeudi vendredi samedi dimanche lunedi martedi mercoledi giovedi venerdi domenica maandag dinsdag "
    "woensdag "
    "donderdag vrijdag zaterdag zondag mandag tirsdag onsdag torsdag fredag lordag sondag tisdag poniedzialek wtorek "
    "czwartek piatek";
constexpr std::string_view kPasswords =
    "password passwd pwd passphrase passwort kennwort contrasena senha wachtwoord haslo mdp dbpassword userpassword "
    "pass "
    "pw pgpassword mysqlpwd adminpassword rootpassword dbpass userpass adminpass rootpass smtppass smtppassword "
    "mailpassword ftppassword storepass keypass keystorepassword truststorepassword sshpassword ldappassword bindpw "
    "bindpassword bindpasswd masterpassword redispassword motdepasse sifre heslo jelszo salasana losenord adgangskode "
    "identified "
    "passord lozinka geslo пароль пароля парола κωδικος passe psk wpapsk presharedkey parola khau 密码 密碼 口令 "
    "パスワード 비밀번호 סיסמה clave community";
constexpr std::string_view kSecrets =
    "secret token apikey accesskey secretkey apisecret clientsecret authtoken accesstoken refreshtoken privatekey "
    "credential credentials apitoken bearer signingkey encryptionkey secretaccesskey webhooksecret sharedsecret "
    "appsecret accountkey sharedaccesskey serverkey masterkey consumersecret sessiontoken deploykey writekey keysecret "
    "apikeysecret bottoken usertoken servicetoken jwtsecret sessionsecret cookiesecret secretaccess webhooktoken "
    "pepper sessionid phpsessid jsessionid sessid csrftoken xsrftoken aspnetsessionid connectsid";
// Of a query: "?sig=…", "&appid=…".
constexpr std::string_view kOfQueries = "sig signature appid code";
constexpr std::string_view kTopDomains = "com org net edu gov info biz io co";
constexpr std::string_view kPhones =
    "phone tel telephone mobile cell call fax whatsapp telefono movil telefon handy mobil rufnummer telefonnummer "
    "portable cellulare telefone telemovel celular telefoon telefoonnummer mobiel sms phones contact hotline ph tlf "
    "tfno fono dial text reach komorka cel puh gsm mob kom cep msisdn ruckruf anrufen erreichbar telefonisch "
    "joignable appelez appeler rappeler llamame llamar llama llame ligue ligar chiamami chiamare chiama bel bellen "
    "ring dzwonic zadzwon kontakt nas nar ringa ringer ringde soita tavoitettavissa hivjon volat zavolat zovite sunati "
    "arayin hubungi bereikbaar localizar localizable raggiungibile contattami contattare contactar joindre callback hp "
    "handphone wa thoai sdt звоните звони позвоните "
    "тел телефон моб мобильный τηλ κινητο τηλεφωνο נייד טלפון جوال هاتف موبايل "
    "手机 手机号 手机号码 电话 携帯 携帯電話 電話 電話番号 휴대폰 전화 전화번호 연락처";
constexpr std::string_view kBeforeAge = "age aged edad alter eta idade leeftijd wiek";
constexpr std::string_view kYears = "year years yr yrs yo y anos ano jahre jahren ans anni jaar lat";
constexpr std::string_view kUnitsOfChildren = "meses mes dias dia semanas semana horas";

const WordMap<ShapeCue>& ShapeCues() {
  static const auto cues = [] {
    WordMap<ShapeCue> map;
    const auto add = [&](std::string_view words, const auto& mark) {
      while (!words.empty()) {
        const auto space = std::min(words.find(' '), words.size());
        ShapeCue& cue = map[WordHash(words.substr(0, space))];
        mark(cue);
        cue.begins = cue.begins || cue.month > 0 || cue.day_of_week || cue.password || cue.secret || cue.key ||
                     cue.private_key || cue.login || cue.command || cue.at_sign || cue.query || cue.of_sentence ||
                     cue.two_arguments || cue.phrase || cue.wifi || cue.thin || cue.putty || cue.pin;
        words.remove_prefix(std::min(space + 1, words.size()));
      }
    };
    for (std::size_t i = 0; i < kMonthNames.size(); ++i)
      add(kMonthNames[i], [&](ShapeCue& cue) { cue.month = static_cast<int>(i) + 1; });
    add(kDaysOfWeek, [](ShapeCue& cue) { cue.day_of_week = true; });
    add(kPasswords, [](ShapeCue& cue) { cue.password = true; });
    add(kSecrets, [](ShapeCue& cue) { cue.secret = true; });
    add("key", [](ShapeCue& cue) { cue.key = true; });
    add("begin", [](ShapeCue& cue) { cue.private_key = true; });
    add(kOfQueries, [](ShapeCue& cue) { cue.query = true; });
    add("cookie authorization", [](ShapeCue& cue) { cue.of_sentence = true; });
    add("networkcredential httpbasicauth basicauth usernamepasswordcredentials setbasicauth passwordauthentication "
        "pscredential credentials authenticate",
        [](ShapeCue& cue) { cue.two_arguments = true; });
    add("phrase mnemonic", [](ShapeCue& cue) { cue.phrase = true; });
    add("wifi", [](ShapeCue& cue) { cue.wifi = true; });
    add("thin", [](ShapeCue& cue) { cue.thin = true; });
    add("putty", [](ShapeCue& cue) { cue.putty = true; });
    add("pin", [](ShapeCue& cue) { cue.pin = true; });
    add("www", [](ShapeCue& cue) { cue.www = true; });
    add(kTopDomains, [](ShapeCue& cue) { cue.top_domain = true; });
    add("basic auth", [](ShapeCue& cue) { cue.login = true; });
    add("at arroba arobase chiocciola", [](ShapeCue& cue) { cue.at_sign = true; });
    add(kPhones, [](ShapeCue& cue) { cue.phone = true; });
    add("numero", [](ShapeCue& cue) { cue.number = true; });
    add(kBeforeAge, [](ShapeCue& cue) { cue.age = true; });
    add(kYears, [](ShapeCue& cue) { cue.years = true; });
    add(kUnitsOfChildren, [](ShapeCue& cue) { cue.life = true; });
    add("curl wget sshpass docker podman mysql mysqldump mysqladmin az redis ipmitool mosquitto smbclient net "
        "xfreerdp ldapsearch sqlcmd mongosh mongo mongodump mongorestore cqlsh rdesktop",
        [](ShapeCue& cue) { cue.command = true; });
    return map;
  }();
  return cues;
}

// "dbPassword", "apiSecret": names of programs, glued from words with capitals.
bool IsGlued(const Token& token) {
  return token.has_upper && token.has_lower && !token.upper_first;
}

// What such a name ends with says what it is; null for others.
const ShapeCue* CueOfEnding(const Scan& scan, const Token& token) {
  static constexpr std::array<std::string_view, 6> kEndings = {"Password", "Passwd", "Pwd",
                                                               "Secret",   "Token",  "Passwort"};
  static constexpr std::array<std::string_view, 6> kOfNobody = {"Page",   "page",         "Cancel",
                                                                "cancel", "Continuation", "sync"};
  constexpr std::uint32_t kBytesMin = 6;
  if (!IsGlued(token) || token.size() < kBytesMin || !IsOneOf(scan.text[token.end - 1u], "dnt")) return nullptr;
  const std::string_view word = scan.Of(token);
  if (std::ranges::any_of(kOfNobody, [&](std::string_view part) { return word.find(part) != word.npos; }))
    return nullptr;
  const auto ending = std::ranges::find_if(
      kEndings, [&](std::string_view end) { return word.size() > end.size() && word.ends_with(end); });
  return ending == kEndings.end() ? nullptr : ShapeCues().Find(WordHash(Fold(*ending)));
}

bool IsDayOfWeek(const Token& token) {
  const ShapeCue* cue = token.digits > 0 ? nullptr : ShapeCues().Find(token.hash);
  return cue != nullptr && cue->day_of_week;
}

int MonthOf(const Token& token) {
  if (token.digits > 0) return 0;
  const ShapeCue* cue = ShapeCues().Find(token.hash);
  return cue == nullptr ? 0 : cue->month;
}

bool IsYear(const Scan& scan, const Token& token) {
  const int year = token.size() == 4 ? Small(scan.Of(token)) : -1;
  return year >= 1880 && year <= 2099;
}

// "5", "05", "5th", "1er"
int DayOf(const Scan& scan, const Token& token) {
  std::string_view text = scan.Of(token);
  const std::size_t digits = token.digits;
  if (digits == 0 || digits > 2 || text.size() > digits + 2) return 0;
  const int day = Small(text.substr(0, digits));
  return day >= 1 && day <= 31 && IsAsciiDigit(text[digits - 1]) ? day : 0;
}

bool IsIpV4(std::string_view text) {
  constexpr std::size_t kBytesMax = 15;
  constexpr int kGroups = 4, kDigitsMax = 3, kGroupMax = 255;
  if (text.size() > kBytesMax) return false;
  int groups = 0, digits = 0, number = 0;
  for (const char c : text) {
    if (IsAsciiDigit(c)) {
      if (digits > 0 && number == 0) return false;  // "01"
      number = 10 * number + (c - '0');
      if (++digits > kDigitsMax || number > kGroupMax) return false;
    } else {
      if (c != '.' || digits == 0) return false;
      ++groups;
      digits = number = 0;
    }
  }
  return digits > 0 && groups + 1 == kGroups;
}

// Whether three more tokens of digits follow one, a dot before each, as in an address of version 4.
bool HasFourGroups(const Scan& scan, std::size_t at) {
  constexpr std::size_t kMore = 3;
  const Token* const token = scan.tokens.data() + at;
  if (at + kMore >= scan.tokens.size()) return false;
  for (std::size_t i = 0; i < kMore; ++i) {
    if (!token[i + 1].all_digits() || !scan.IsBetween(at + i, '.')) return false;
  }
  return true;
}

// Any address, this machine, and masks (RFC 1122 section 3.2.1.3).
bool IsNobodysIpV4(std::string_view text) {
  return text == "0.0.0.0" || text.starts_with("127.") || text.starts_with("255.");
}

// RFC 4291 section 2.2: eight groups, or fewer with one "::".
bool IsIpV6(std::string_view text) {
  int groups = 0;
  bool gap = false;
  std::size_t at = 0;
  while (at < text.size()) {
    if (text.compare(at, 2, "::") == 0) {
      if (gap) return false;
      gap = true;
      at += 2;
      continue;
    }
    if (text[at] == ':') ++at;
    std::size_t end = at;
    while (end < text.size() && text[end] != ':') ++end;
    if (end == at || end - at > 4) return false;
    ++groups;
    at = end;
  }
  return gap ? groups <= 7 && groups >= 1 : groups == 8;
}

// All of its bits, or none: everybody's (IEEE 802, broadcast), and nobody's.
bool IsNobodysMac(std::string_view text) {
  return std::ranges::all_of(text, [&](char c) { return IsOneOf(c, ":-") || (c | 0x20) == (text[0] | 0x20); }) &&
         IsOneOf(text[0], "0fF");
}

// "9c52.d094.2ef5", as routers write it.
bool IsDottedMac(std::string_view text) {
  if (text.size() != 14 || text[4] != '.' || text[9] != '.') return false;
  bool digit = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i % 5 == 4) continue;
    if (!IsOneOf(text[i], "0123456789abcdefABCDEF")) return false;
    digit |= IsAsciiDigit(text[i]);
  }
  return digit && text.find_first_of("abcdefABCDEF") != text.npos;
}

bool IsMac(std::string_view text) {
  if (text.size() != 17 || (text[2] != ':' && text[2] != '-')) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i % 3 == 2 ? text[i] != text[2] : !IsAsciiAlnum(text[i]) || (text[i] | 0x20) > 'f') return false;
  }
  return true;
}

// Country codes of ITU-T E.164: those of one digit, and the first digits of the others.
bool IsCallingCode(std::string_view digits) {
  static constexpr auto kTwo = [] {
    std::array<bool, 100> codes{};
    for (const int code : {20, 27, 30, 31, 32, 33, 34, 36, 39, 40, 41, 43, 44, 45, 46, 47, 48, 49, 51, 52, 53, 54, 55,
                           56, 57, 58, 60, 61, 62, 63, 64, 65, 66, 81, 82, 84, 86, 90, 91, 92, 93, 94, 95, 98, 21, 22,
                           23, 24, 25, 26, 29, 35, 37, 38, 42, 50, 59, 67, 68, 69, 80, 85, 87, 88, 96, 97, 99})
      codes[static_cast<std::size_t>(code)] = true;
    return codes;
  }();
  if (digits.empty()) return false;
  if (digits[0] == '1' || digits[0] == '7') return true;
  return digits.size() > 1 && kTwo[static_cast<std::size_t>(Small(digits.substr(0, 2)))];
}

// Whether an address of a network may begin with a token that has such a sign behind it: digits before a dot and
// another; digits as base 16 has them before a colon, two of them before a hyphen, and more behind it or another colon.
bool MayBeginAddress(std::string_view text, const Token& token) {
  const char sign = text[token.end], next = At(text, token.end + 1u);
  constexpr std::uint32_t kHexGroup = 4;
  if (sign == '.' && token.size() < kHexGroup) return token.all_digits() && IsAsciiDigit(next);
  if (sign == '.' && text.substr(token.end, kHexGroup + 2).find('.', 1) != kHexGroup + 1) return false;
  if (sign == '-' && token.size() != 2) return false;
  const std::string_view word = text.substr(token.begin, token.size());
  return (next == ':' || IsAsciiAlnum(next)) &&
         std::ranges::all_of(word, [](char c) { return IsOneOf(c, "0123456789abcdefABCDEF"); });
}

// Whether anything may begin with a token that has digits. Behind the signs of a longer number only what a word
// follows, or a decimal: "192.0.2.1" begins once.
bool MayBeginAtNumber(const Scan& scan, std::size_t at) {
  const Token* const token = scan.tokens.data() + at;
  const char* const text = scan.text.data();
  if (!IsAsciiDigit(text[token->begin])) return false;
  const bool goes_on = at > 0 && token[-1].end + 1 == token->begin && IsOneOf<".-/_">(text[token->begin - 1]);
  return !goes_on || !token->all_digits() || At(scan.text, token->end) == '.' ||
         (at + 1 < scan.tokens.size() && token[1].word());
}

bool SaysVersion(const Token& token) {
  static const WordSet kVersion({"version", "versions", "v", "ver", "release", "releases", "build", "firmware", "patch",
                                 "update", "upgrade", "versie", "versione", "versao", "wersja", "software", "driver"});
  return kVersion.contains(token.hash);
}

// What has versions of four numbers, or chapters, right before one: "Android 14.0.0.203".
bool HasVersions(const Token& token) {
  static const WordSet kThings({"android",  "ios",      "ipados",   "macos",   "windows", "chrome",
                                "chromium", "firefox",  "openssl",  "safari",  "chapter", "section",
                                "clause",   "table",    "figure",   "annex",   "kapitel", "abschnitt",
                                "chapitre", "capitulo", "capitolo", "tabelle", "bios",    "jdk"});
  return kThings.contains(token.hash);
}

// Words near which four numbers are a version though others stand between.
bool SpeaksOfVersions(const Token& token) {
  static const WordSet kVersions({"version", "versions", "versie", "versione", "versao", "wersja", "verze", "verzio",
                                  "surum", "версия", "версии", "версию", "firmware", "upgrade", "upgraded", "upgrades",
                                  "downgrade", "downgraded", "changelog"});
  return kVersions.contains(token.hash);
}

// "upgrade openssl from 3.0.2.15", "below 10.1.12.0 should be upgraded": four numbers of a version, not of a machine.
bool IsVersion(const Scan& scan, std::size_t first) {
  constexpr std::size_t kWordsBefore = 4, kTokensBefore = 12, kNumbers = 4, kAfter = 3;
  if (first > 0 && SaysVersion(scan.tokens[first - 1])) return true;
  if (first > 0 && HasVersions(scan.tokens[first - 1]) && scan.Between(first - 1) == " ") return true;
  const Token* const tokens = scan.tokens.data();
  std::size_t words = 0;
  for (std::size_t i = first; i > 0 && first - i < kTokensBefore && !tokens[i].line_before; --i) {
    if (!tokens[i - 1].word()) continue;
    if (SpeaksOfVersions(tokens[i - 1])) return true;
    if (++words == kWordsBefore) break;
  }
  const std::size_t behind = first + kNumbers;
  for (std::size_t i = behind; i < std::min(behind + kAfter, scan.tokens.size()) && !scan.tokens[i].line_before; ++i) {
    if (tokens[i].word() && SpeaksOfVersions(tokens[i])) return true;
  }
  return false;
}

}  // namespace

ShapeRules::ShapeRules(const std::vector<std::shared_ptr<const DetectorFile>>& files, const GazetteerFile& gazetteer) {
  for (const std::string& word : gazetteer.before_year) before_year_.Insert(WordHash(Fold(word)));
  for (const std::string& word : gazetteer.of_a_life) of_a_life_.Insert(WordHash(Fold(word)));
  std::unordered_map<std::string_view, const DetectorFile*> by_id;
  for (const auto& file : files) by_id.emplace(file->pack.id, file.get());
  const auto file = [&](std::string_view id) -> const DetectorFile* {
    const auto found = by_id.find(id);
    return found == by_id.end() ? nullptr : found->second;
  };
  email_ = file("email");
  url_ = file("url");
  ip_ = file("ip-address");
  device_ = file("mac-address");
  date_ = file("date");
  birth_date_ = file("birth-date");
  age_ = file("age");
  phone_ = file("phone");
  postal_code_ = file("postcode");
  coordinates_ = file("coordinates");
  password_ = file("password");
  credentials_ = file("credentials");
}

void ShapeRules::Report(std::size_t begin, std::size_t end, const DetectorFile* file, double score,
                        std::vector<Find>& finds) const {
  if (file == nullptr) return;
  finds.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), file, score});
}

// Within six words before, or two after.
bool ShapeRules::WordNear(const Scan& scan, std::size_t token, const WordSet& words) const {
  const Token* const tokens = scan.tokens.data();
  const std::size_t first = token > 6 ? token - 6 : 0;
  const std::size_t last = std::min(scan.tokens.size(), token + 3);
  for (std::size_t i = first; i < last; ++i) {
    if (words.contains(tokens[i].hash)) return true;
  }
  return false;
}

// One look at each token; most are nothing to any of the rules.
void ShapeRules::ReadPlaces(const Scan& scan, Places& places) const {
  static const WordTable kWords(ShapeCues(), [](const ShapeCue&) { return true; });
  const Token* const tokens = scan.tokens.data();
  for (std::size_t first = 0; first < scan.tokens.size(); first += TokenBits::kTokens) {
    const TokenBits& bits = scan.bits.data()[first / TokenBits::kTokens];
    const std::size_t count = std::min(scan.tokens.size() - first, TokenBits::kTokens);
    for (std::uint64_t left = bits.addresses; left != 0; left &= left - 1) {
      const std::size_t i = first + static_cast<std::size_t>(std::countr_zero(left));
      const std::uint32_t begin = tokens[i].begin;
      if (begin > 0 && IsOneOf<".-_:">(scan.text.data()[begin - 1])) continue;  // of a longer one
      if (MayBeginAddress(scan.text, tokens[i])) places.addresses.Add(static_cast<std::uint32_t>(i));
    }
    for (std::uint64_t left = bits.marked | kWords.Among(tokens + first, count); left != 0; left &= left - 1) {
      const std::size_t i = first + static_cast<std::size_t>(std::countr_zero(left));
      if (tokens[i].digits > 0) {
        if (MayBeginAtNumber(scan, i)) places.words.Add({static_cast<std::uint32_t>(i), nullptr});
      } else {
        ReadCue(scan, static_cast<std::uint32_t>(i), places);
      }
    }
  }
}

void ShapeRules::ReadCue(const Scan& scan, std::uint32_t at, Places& places) const {
  const Token& token = scan.tokens[at];
  const ShapeCue* cue = ShapeCues().FindKnown(token.hash);
  if (cue == nullptr) cue = CueOfEnding(scan, token);
  if (cue == nullptr) return;
  if (cue->www && At(scan.text, token.end) == '.') places.domains.Add(at);
  // "text 07700 900123", but not the key of JSON.
  constexpr std::uint32_t kText = WordHash("text");
  if (token.hash == kText && At(scan.text, token.end) == '"') return;
  const bool known = !places.domains.empty() && places.domains[places.domains.size() - 1] + 1 == at;
  if (cue->top_domain && at > 0 && !known) places.domains.Add(at - 1);
  places.words.Add({at, cue});
}

// What may begin with a token that has digits. What stands beside it is looked at first: a sign tells most apart.
PRIVITY_INLINED void ShapeRules::FindAtNumber(const Scan& scan, const Places& places, std::size_t place, Taken& taken,
                                              std::vector<Find>& finds) const {
  const std::size_t at = places.words[place].token;
  const Token* const token = scan.tokens.data() + at;
  const bool has_next = at + 1 < scan.tokens.size(), all_digits = token->all_digits();
  const char after = At(scan.text, token->end);
  if (token->digits <= 4) {
    const bool may_begin_date = IsOneOf<"-/.">(after) ||
                                (token->begin > 0 && scan.text.data()[token->begin - 1] == ' ') ||
                                (token->digits <= 2 && has_next && token[1].word());
    if (may_begin_date && at >= taken.dates)
      taken.dates = std::max(taken.dates, FindDateAtNumber(scan, places, place, finds));
    if (token->digits <= 3 && MayBeAge(scan, places, place)) FindAge(scan, places, place, finds);
  }
  if (after == '.' && has_next && token[1].size() >= kPlacesOfDegreesMin) FindCoordinates(scan, at, finds);
  if (after == '-' && token->size() == kJapaneseFirst) FindJapaneseCode(scan, at, finds);
  if (!all_digits) return;
  const bool goes_on = has_next && token[1].all_digits() && IsOneOf<kFirstBetweenPhone>(after);
  if ((goes_on || token->size() >= kPhoneDigitsMin) && token->begin >= taken.phones && at >= taken.dates) {
    const std::size_t before = finds.size();
    FindPhone(scan, places, place, finds);
    if (finds.size() > before) taken.phones = finds.back().end;
  }
}

void ShapeRules::FindAll(const Scan& scan, std::vector<Find>& finds) const {
  Places places;
  ReadPlaces(scan, places);
  FindEmails(scan, finds);
  FindUrls(scan, places, finds);
  FindNetworkAddresses(scan, places, finds);
  std::size_t key_ends = 0;
  Taken taken;
  for (std::size_t place = 0; place < places.words.size(); ++place) {
    const auto [i, cue] = places.words[place];
    if (cue == nullptr) {
      FindAtNumber(scan, places, place, taken, finds);
      continue;
    }
    if (!cue->begins) continue;
    const Token& token = scan.tokens[i];
    if (i >= taken.dates && cue->month > 0) taken.dates = std::max(taken.dates, FindWrittenDate(scan, i, finds));
    if (cue->day_of_week) taken.dates = std::max(taken.dates, FindDayOfWeek(scan, i, finds));
    if (cue->private_key) FindPrivateKey(scan, token, key_ends, finds);
    if (cue->password || cue->secret || cue->key) FindAssignment(scan, i, *cue, finds);
    if (cue->login) FindEncodedLogin(scan, token, finds);
    if (cue->at_sign) FindSpelledEmail(scan, i, finds);
    if (cue->command) FindOptionOf(scan, token, finds);
    if (cue->query) FindKeyOfQuery(scan, token, finds);
    if (cue->of_sentence) FindInHeader(scan, token, finds);
    if (cue->two_arguments) FindSecondArgument(scan, token, finds);
    if (cue->phrase) FindSeedPhrase(scan, i, finds);
    if (cue->wifi) FindWifiCode(scan, token, finds);
    if (cue->thin) FindOracleLogin(scan, token, finds);
    if (cue->putty) FindPuttyKey(scan, token, finds);
    if (cue->pin) FindPin(scan, i, finds);
  }
}

// What is known of a token, which stands at a place of the words or near it; null for nothing.
const ShapeCue* ShapeRules::CueOf(const Places& places, std::size_t place, std::size_t token) {
  std::size_t i = place;
  while (i > 0 && places.words[i].token > token) --i;
  while (i + 1 < places.words.size() && places.words[i].token < token) ++i;
  return places.words[i].token == token ? places.words[i].cue : nullptr;
}

// Within six words before, or two after.
bool ShapeRules::IsCueNear(const Places& places, std::size_t place, bool ShapeCue::*kind) {
  constexpr std::size_t kBefore = 6, kAfter = 2;
  const auto& words = places.words;
  const auto is_of_kind = [&](std::size_t i) { return words[i].cue != nullptr && words[i].cue->*kind; };
  const std::size_t at = words[place].token;
  for (std::size_t i = place; i > 0 && words[i - 1].token + kBefore >= at; --i) {
    if (is_of_kind(i - 1)) return true;
  }
  for (std::size_t i = place + 1; i < words.size() && words[i].token <= at + kAfter; ++i) {
    if (is_of_kind(i)) return true;
  }
  return false;
}

// A date that begins with a number of four digits or fewer, however it is written. The token after it, or 0.
std::size_t ShapeRules::FindDateAtNumber(const Scan& scan, const Places& places, std::size_t place,
                                         std::vector<Find>& finds) const {
  const std::size_t at = places.words[place].token, tokens_end = scan.tokens.size();
  const Token* const token = scan.tokens.data() + at;
  const char* const text = scan.text.data();
  const char after = At(scan.text, token->end);
  const bool divided =
      IsOneOf<"-/.">(after) && token->all_digits() && at + 2 < tokens_end && text[token[1].end] == after;
  std::size_t date = divided ? FindDate(scan, at, finds) : 0;
  if (date == 0 && token->begin > 0 && text[token->begin - 1] == ' ') {
    if (token->size() == 4) date = FindYear(scan, at, finds);
    if (date == 0 && token->digits <= 2) {
      date = FindDayOfMonth(scan, at, finds);
      if (date == 0 && IsOneOf<"/.">(after)) date = FindDayAndMonth(scan, at, finds);
    }
  }
  if (token->digits <= 2 && at + 1 < tokens_end && token[1].word() && IsMonthBehind(places, place))
    date = std::max(date, FindWrittenDate(scan, at, finds));
  return date;
}

// Whether a month stands as near behind a number as it does in a date: "12 March", "6th day of November".
bool ShapeRules::IsMonthBehind(const Places& places, std::size_t place) {
  constexpr std::size_t kTokens = 3;
  const std::size_t last = places.words[place].token + kTokens;
  for (std::size_t i = place + 1; i < places.words.size() && places.words[i].token <= last; ++i) {
    if (places.words[i].cue != nullptr && places.words[i].cue->month > 0) return true;
  }
  return false;
}

// "〒159-0080": behind its first part stands a hyphen.
void ShapeRules::FindJapaneseCode(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  constexpr std::string_view kMark = "\u3012";
  constexpr std::uint32_t kSecond = 4;
  const Token& first = scan.tokens[at];
  if (first.begin < kMark.size()) return;
  const std::string_view before = scan.text.substr(first.begin - kMark.size(), kMark.size());
  const bool spaced = before.ends_with(' ') && scan.text.substr(0, first.begin - 1).ends_with(kMark);
  if ((before != kMark && !spaced) || at + 1 >= scan.tokens.size() || scan.tokens[at + 1].size() != kSecond) return;
  Report(first.begin, scan.tokens[at + 1].end, postal_code_, 0.9, finds);
}

// "email=ana%40example.com" of a query: `sign` is where the encoded @ stands.
void ShapeRules::FindEncodedEmail(const Scan& scan, std::size_t sign, std::vector<Find>& finds) const {
  constexpr std::size_t kSignBytes = 3, kLocalBytesMax = 64;
  const std::string_view text = scan.text;
  std::size_t begin = sign, end = sign + kSignBytes;
  while (begin > 0 && sign - begin < kLocalBytesMax && IsLocalPart(text[begin - 1])) --begin;
  while (end < text.size() && end - sign < kDomainBytesMax && IsDomainPart(text[end])) ++end;
  scan.steps += end - begin;
  while (IsOneOf(text[end - 1], ".-")) --end;
  if (begin < sign) Report(begin, end, email_, 0.95, finds);
}

// RFC 5321 in spirit: a dotted local part, a domain whose last label has letters only.
void ShapeRules::FindEmails(const Scan& scan, std::vector<Find>& finds) const {
  const std::string_view text = scan.text;
  for (const std::uint32_t at : scan.ats) {
    std::size_t begin = at;
    while (begin > 0 && at - begin < 64 && IsLocalPart(text[begin - 1])) --begin;
    while (begin < at && IsOneOf(text[begin], ".'-%+")) ++begin;
    std::size_t end = at + 1;
    while (end < text.size() && end - at < 255 && IsDomainPart(text[end])) ++end;
    scan.steps += end - begin;
    while (end > at + 1 && IsOneOf(text[end - 1], ".-")) --end;
    const std::string_view domain = text.substr(at + 1, end - at - 1);
    const auto dot = domain.rfind('.');
    // "https://build:…@example.org": a password stands there.
    constexpr std::size_t kUserBytesMax = 64;
    const std::size_t from = begin > kUserBytesMax ? begin - kUserBytesMax : 0;
    if (begin > 0 && text[begin - 1] == ':') {
      const auto scheme = text.substr(from, begin - from).rfind("://");
      if (scheme != text.npos && text.substr(from + scheme, begin - from - scheme).find(' ') == text.npos) continue;
    }
    if (begin == at || dot == domain.npos || dot == 0 || domain.size() - dot < 3) continue;
    if (std::any_of(domain.begin() + static_cast<std::ptrdiff_t>(dot) + 1, domain.end(), IsAsciiDigit)) continue;
    if (domain.find("..") != domain.npos || At(text, end) == '@' || At(text, end) == ':') continue;
    Report(begin, end, email_, 0.98, finds);
  }
}

// How a sign that is written as a word stands between two others.
enum class Spelled { kNo, kPlain, kBracketed };

Spelled SpelledBetween(std::string_view before, std::string_view after) {
  const auto trimmed = [](std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
  };
  if (before == " " && after == " ") return Spelled::kPlain;
  const std::string_view opens = trimmed(before), closes = trimmed(after);
  if (opens.size() != 1 || closes.size() != 1) return Spelled::kNo;
  constexpr std::string_view kOpening = "[({<", kClosing = "])}>";
  const auto bracket = kOpening.find(opens[0]);
  return bracket != kOpening.npos && kClosing[bracket] == closes[0] ? Spelled::kBracketed : Spelled::kNo;
}

// "ana.ruiz [at] example [dot] org", "ana at gmail dot com", "ana (at) web.de".
void ShapeRules::FindSpelledEmail(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  static const WordSet kDots({"dot", "punkt", "punto", "point", "ponto", "punt"});
  static const WordSet kTops({"com", "org", "net", "edu", "gov", "info", "biz", "io", "co"});
  constexpr std::size_t kLabelsMax = 4, kLocalBytesMax = 64;
  const std::vector<Token>& tokens = scan.tokens;
  if (at == 0 || at + 2 >= tokens.size()) return;
  const Spelled sign = SpelledBetween(scan.Between(at - 1), scan.Between(at));
  if (sign == Spelled::kNo || (sign == Spelled::kPlain && !kDots.contains(tokens[at + 2].hash))) return;
  std::size_t last = at + 1, dots = 0;
  for (; dots < kLabelsMax && last + 1 < tokens.size(); ++dots) {
    const bool spelled = last + 2 < tokens.size() && kDots.contains(tokens[last + 1].hash) &&
                         SpelledBetween(scan.Between(last), scan.Between(last + 1)) != Spelled::kNo;
    if (!spelled && (sign == Spelled::kPlain || scan.Between(last) != ".")) break;
    last += spelled ? 2 : 1;
  }
  const Token& top = tokens[last];
  if (dots == 0 || !top.word() || (top.size() != 2 && !kTops.contains(top.hash))) return;
  std::size_t first = at - 1;
  while (first >= 2 && at - first < kLabelsMax && kDots.contains(tokens[first - 1].hash) &&
         SpelledBetween(scan.Between(first - 2), scan.Between(first - 1)) != Spelled::kNo) {
    first -= 2;
  }
  std::size_t begin = tokens[first].end;
  while (begin > 0 && tokens[first].end - begin < kLocalBytesMax && IsLocalPart(scan.text[begin - 1])) --begin;
  scan.steps += tokens[first].end - begin;
  Report(begin, top.end, email_, kSpelledEmail, finds);
}

void ShapeRules::FindUrls(const Scan& scan, const Places& places, std::vector<Find>& finds) const {
  const std::string_view text = scan.text;
  const auto ends_url = [](char c) { return static_cast<unsigned char>(c) <= 0x20 || IsOneOf(c, "<>\"'`{}|\\"); };
  const auto url_end = [&](std::size_t at) {
    const std::size_t last = std::min(text.size(), at + kUrlBytesMax);
    const std::size_t begin = at;
    // "AccountEndpoint=https://…;AccountKey=…": the next setting is none of it.
    while (at < last && !ends_url(text[at]) && (text[at] != ';' || !IsAsciiUpper(At(text, at + 1)))) ++at;
    scan.steps += at - begin;
    while (at > 0 && IsOneOf(text[at - 1], ".,;:!?)]*")) --at;
    return at;
  };
  for (const std::uint32_t colon : scan.schemes) {
    if (At(text, colon + 2u) != '/') continue;
    std::size_t begin = colon;
    while (begin > 0 && colon - begin < 12 && (IsAsciiAlnum(text[begin - 1]) || text[begin - 1] == '+')) --begin;
    const std::size_t end = url_end(colon + 3);
    if (begin == colon || end <= colon + 4) continue;
    const std::string_view rest = text.substr(colon + 3, end - colon - 3);
    const auto user_end = rest.substr(0, rest.find('/')).rfind('@');
    const auto secret = user_end == rest.npos ? rest.npos : rest.substr(0, user_end).find(':');
    if (secret != rest.npos && user_end - secret > 2 && !LooksMadeUp(rest.substr(secret + 1, user_end - secret - 1))) {
      Report(begin, end, credentials_, 0.96, finds);  // a connection string with its password
    } else {
      Report(begin, end, url_, 0.95, finds);
    }
  }
  for (const std::uint32_t i : places.domains) {
    constexpr std::uint32_t kWww = WordHash("www");
    const Token& token = scan.tokens[i];
    if (i + 1 == scan.tokens.size() || At(text, token.end) != '.') continue;
    const bool www = token.hash == kWww;
    const ShapeCue* next = ShapeCues().Find(scan.tokens[i + 1].hash);
    const bool domain = next != nullptr && next->top_domain && scan.Between(i) == "." && token.size() > 1 &&
                        !scan.tokens[i + 1].has_upper && At(text, scan.tokens[i + 1].end) != '@';
    if (!www && !domain) continue;
    std::size_t begin = token.begin;
    while (begin > 0 && token.begin - begin < kDomainBytesMax && IsDomainPart(text[begin - 1])) --begin;
    scan.steps += token.begin - begin;
    if (begin > 0 && IsOneOf(text[begin - 1], "@/_")) continue;
    if (begin > 1 && text[begin - 1] == '%' && text.compare(begin, 2, "40") == 0) {
      FindEncodedEmail(scan, begin - 1, finds);
      continue;
    }
    const std::size_t end = url_end(token.begin);
    if (end > token.end) Report(begin, end, url_, www ? 0.9 : 0.7, finds);
  }
}

void ShapeRules::FindNetworkAddresses(const Scan& scan, const Places& places, std::vector<Find>& finds) const {
  const std::string_view text = scan.text;
  for (const std::uint32_t i : places.addresses) {
    const Token& token = scan.tokens[i];
    const bool dotted = text.data()[token.end] == '.';
    // With a dot behind one to three digits it is of version 4, or nothing.
    if (dotted && token.size() <= 3 && !HasFourGroups(scan, i)) continue;
    if (token.begin > 0 && IsAsciiAlnum(text[token.begin - 1])) continue;
    std::size_t end = token.begin;
    const auto goes_on = [&](char c) { return IsAsciiAlnum(c) || (dotted ? c == '.' : IsOneOf(c, ":-")); };
    while (end < text.size() && end - token.begin < 46 && goes_on(text[end])) ++end;
    while (end > token.begin && IsOneOf(text[end - 1], ".:-") && text.compare(end - 2, 2, "::") != 0) --end;
    const std::string_view word = text.substr(token.begin, end - token.begin);
    if (dotted && IsIpV4(word)) {
      if (!IsNobodysIpV4(word) && !IsVersion(scan, i)) Report(token.begin, end, ip_, 0.9, finds);
    } else if (IsMac(word) || IsDottedMac(word)) {
      if (!IsNobodysMac(word)) Report(token.begin, end, device_, 0.9, finds);
    } else if (!dotted && word.size() > 5 && word.find_first_not_of("0123456789abcdefABCDEF:") == word.npos &&
               IsIpV6(word)) {
      Report(token.begin, end, ip_, 0.9, finds);
    }
  }
}

void ShapeRules::ReportDate(const Scan& scan, std::size_t first, std::size_t last, double score,
                            std::vector<Find>& finds) const {
  static const WordSet kBirth({"born",          "birth",     "dob",          "birthday", "birthdate", "nacimiento",
                               "nacido",        "nacida",    "nato",         "nata",     "nascita",   "geboren",
                               "geburtsdatum",  "geb",       "naissance",    "nee",      "ne",        "nascimento",
                               "geboortedatum", "urodzenia", "fodelsedatum", "fodt"});
  const std::size_t sign = scan.tokens[first].begin;  // "*14.07.1988": who was born on it, in German
  const bool starred =
      sign > 0 && scan.text[sign - 1] == '*' && (sign == 1 || IsOneOf(scan.text[sign - 2], " ,;(\n\t"));
  const bool birth = birth_date_ != nullptr && (starred || WordNear(scan, first, kBirth));
  // "Thursday, June 9", "lunes 3 de abril": the day of the week belongs to it.
  const bool the = first > 1 && scan.tokens[first - 1].hash == kWordThe && IsDayOfWeek(scan.tokens[first - 2]);
  if (the) first -= 2;  // "Sunday the 2nd of March"
  if (first > 0 && IsDayOfWeek(scan.tokens[first - 1]) && scan.tokens[first].begin - scan.tokens[first - 1].end <= 2)
    --first;
  Report(scan.tokens[first].begin, scan.tokens[last].end, birth ? birth_date_ : date_, score, finds);
}

// Where the time of day begins: 01T22.
std::size_t FirstT(std::string_view day) {
  for (std::size_t i = 0; i < day.size(); ++i) {
    if ((day.data()[i] | 0x20) == 't') return i;
  }
  return day.npos;
}

// 2026-03-10, 10/03/2026, 10.03.26, with an ISO time behind it. The token after it, or 0.
std::size_t ShapeRules::FindDate(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  if (at + 2 >= scan.tokens.size()) return 0;
  const Token& a = scan.tokens[at];
  const Token& b = scan.tokens[at + 1];
  const Token& c = scan.tokens[at + 2];
  if (b.size() > 9 || c.digits == 0 || a.size() > 4 || a.size() == 3) return 0;
  if (scan.text[a.end] != scan.text[b.end]) return 0;  // as most are told apart
  if (a.begin > 0 && IsOneOf(scan.text[a.begin - 1], ".-/_+") && at > 0 && scan.tokens[at - 1].end + 1 == a.begin)
    return 0;
  const std::string_view left = scan.Between(at);
  if (left != scan.Between(at + 1) || (left != "-" && left != "/" && left != "." && left != ". ")) return 0;
  const std::string_view third = scan.Of(c).substr(0, c.digits > 4 ? c.size() : std::min<std::size_t>(c.size(), 4));
  const int month_name = MonthOf(b);
  const int x = Small(scan.Of(a)), y = month_name > 0 ? month_name : Small(scan.Of(b));
  const auto t = FirstT(scan.Of(c));
  const std::string_view last = t == std::string_view::npos ? third : scan.Of(c).substr(0, t);
  const int z = Small(last);
  if (x < 0 || y < 0 || z < 0) return 0;
  const bool iso = a.size() == 4 && x >= 1800 && x <= 2100 && IsDay(x, y, z) && last.size() <= 2;
  const bool plain = a.size() <= 2 && (last.size() == 4 ? z >= 1800 && z <= 2100 : last.size() == 2) &&
                     (IsDay(z, y, x) || IsDay(z, x, y));
  if (!iso && !plain) return 0;
  // "Version 4.5.12"
  if (left == "." && last.size() == 2 && at > 0 && SaysVersion(scan.tokens[at - 1])) return 0;
  std::size_t end = at + 2;
  const char after = At(scan.text, c.end);
  if (t == std::string_view::npos && IsOneOf(after, "-/") && IsAsciiDigit(At(scan.text, c.end + 1u))) return 0;
  if (after == '.' && IsAsciiDigit(At(scan.text, c.end + 1u))) return 0;
  const bool is_log_stamp = IsLogStamp(scan, at);
  if (t != std::string_view::npos) end = EndOfIsoTime(scan, end);
  if (!is_log_stamp) ReportDate(scan, at, end, iso || last.size() == 4 ? 0.9 : 0.6, finds);
  return end + 1;
}

// Of "01T22:14:09.125+02:00" the last token.
std::size_t ShapeRules::EndOfIsoTime(const Scan& scan, std::size_t day_and_hour) {
  constexpr std::size_t kTokensMax = 5;  // minute, second, its fraction, two of the zone
  std::size_t last = day_and_hour;
  while (last + 1 < scan.tokens.size() && last - day_and_hour < kTokensMax) {
    const std::string_view sign = scan.Between(last);
    if (sign.size() != 1 || !IsOneOf(sign.front(), ":.+-") || scan.tokens[last + 1].digits < 2) break;
    ++last;
  }
  return last;
}

// "ERROR 2024-03-01 12:44:09 worker-7 …", "2024-03-01T12:44:09Z INFO …", "level=warn ts=2024-03-01T12:44:09Z": when a
// line was written, at its begin or behind its key and with a time to the second, is nobody's.
bool ShapeRules::IsLogStamp(const Scan& scan, std::size_t at) const {
  static const WordSet kKeys({"ts", "t", "time", "timestamp", "datetime"});
  constexpr std::size_t kWordsBeforeMax = 1;  // how grave it is
  const std::string_view before = at > 0 ? scan.Between(at - 1) : std::string_view();
  const bool behind_key = (before == "=" || before == "=\"") && kKeys.contains(scan.tokens[at - 1].hash);
  std::size_t first = at;
  while (first > 0 && at - first <= kWordsBeforeMax && !scan.tokens[first].line_before) --first;
  if (!behind_key && first > 0 && !scan.tokens[first].line_before) return false;
  const bool word_before =
      first < at && (scan.tokens[first].has_lower || scan.text.substr(scan.tokens[first].end, 1) == ":");
  if (!behind_key && word_before) return false;
  const std::size_t day = at + 2;
  const bool glued = scan.tokens[day].size() > 4;  // 01T12
  const std::size_t hour = glued ? day : day + 1;
  // A time alone is a value; in a log, something has happened.
  if (hour + 4 >= scan.tokens.size() || scan.Between(hour) != ":" || scan.Between(hour + 1) != ":") return false;
  return glued || (scan.Between(day) == " " && scan.tokens[hour].size() == 2);
}

// "Mar 11 08:23:02 gw1 kernel: …", as RFC 3164 begins a line.
bool ShapeRules::IsLineStamp(const Scan& scan, std::size_t month) const {
  const std::size_t hour = month + 2;
  return (month == 0 || scan.tokens[month].line_before) && hour + 3 < scan.tokens.size() &&
         scan.tokens[month].size() == 3 && scan.tokens[hour].digits == 2 && scan.Between(month + 1) == " " &&
         scan.Between(hour) == ":" && scan.Between(hour + 1) == ":" && !scan.tokens[hour + 3].line_before;
}

// "June '88", "9 May '97": of the token behind the month.
bool IsShortYear(const Scan& scan, std::size_t month) {
  const std::size_t year = month + 1;
  if (year >= scan.tokens.size() || scan.tokens[year].size() != 2 || !scan.tokens[year].all_digits()) return false;
  const std::string_view between = scan.Between(month);
  return between == " '" || between == " \u2019" || between == " \u2018";
}

// "14/6", with nothing behind it that makes a number, a page or a longer date of it.
bool IsDayAndMonth(const Scan& scan, std::size_t at) {
  if (at + 1 >= scan.tokens.size() || !scan.IsBetween(at, '/')) return false;
  const Token &day = scan.tokens[at], &month = scan.tokens[at + 1];
  if (!day.all_digits() || !month.all_digits() || day.size() > 2 || month.size() > 2) return false;
  const int x = Small(scan.Of(day)), y = Small(scan.Of(month));
  if ((x == 24 && y == 7) || (!IsDay(4, y, x) && !IsDay(4, x, y))) return false;
  const char behind = At(scan.text, month.end), next = At(scan.text, month.end + 1u);
  return behind == '\0' || IsOneOf(behind, " ,;)!?\n") || (behind == '.' && !IsAsciiDigit(next));
}

// Whether the token is a day as English counts them: "3rd".
bool IsOrdinal(const Scan& scan, const Token& token) {
  if (DayOf(scan, token) == 0 || token.size() != token.digits + 2u) return false;
  const std::string_view end = scan.Of(token).substr(token.digits);
  return end == "st" || end == "nd" || end == "rd" || end == "th";
}

// "12\u201315 Oct", "4th to 7th July", "5th & 12th June": the first day of those that share a month, or `at`.
std::size_t FirstDayBefore(const Scan& scan, std::size_t at) {
  static const WordSet kTo({"to", "and", "until", "till", "or"});
  if (at == 0 || scan.tokens[at].line_before) return at;
  const std::string_view between = scan.Between(at - 1);
  const bool sign = between == "-" || between == "\u2013" || between == " - " || between == " \u2013 " ||
                    between == " & " || between == "/";
  const bool word = at > 1 && between == " " && scan.IsBetween(at - 2, ' ') && kTo.contains(scan.tokens[at - 1].hash);
  const std::size_t first = word ? at - 2 : at - 1;
  if ((!sign && !word) || DayOf(scan, scan.tokens[first]) == 0) return at;
  if (word && !IsOrdinal(scan, scan.tokens[first])) return at;  // "from 2 to 5 May"
  return first > 0 && IsOneOf(At(scan.text, scan.tokens[first].begin - 1), ".,/-:") ? at : first;
}

// "1985. március 12.", "1985 m. kovo 12 d.", "1985. gada 12. martā": the year that leads, or `at`.
std::size_t YearBefore(const Scan& scan, std::size_t at) {
  static const WordSet kOfYears({"m", "gada"});
  if (at == 0 || scan.tokens[at].line_before) return at;
  const std::string_view between = scan.Between(at - 1);
  if (between == ". " && IsYear(scan, scan.tokens[at - 1])) return at - 1;
  const bool word = at > 1 && kOfYears.contains(scan.tokens[at - 1].hash) && (between == ". " || between == " ");
  return word && IsYear(scan, scan.tokens[at - 2]) && scan.Between(at - 2).size() <= 2 ? at - 2 : at;
}

// "desde septiembre", "a partire da febbraio", "sinds januari": beside people.
bool ShapeRules::IsMonthOfSomebody(const Scan& scan, std::size_t at) {
  static const WordSet kSince({"desde", "hasta", "depuis", "seit", "sinds", "da", "em", "en", "od", "sedan", "siden"});
  static const WordSet kEnglish({"since", "until", "till", "from"});
  constexpr std::uint32_t kBytesMin = 5, kEnglishBytesMin = 4, kEnd = WordHash("end");
  if (at == 0 || !scan.IsBetween(at - 1, ' ')) return false;
  const Token& month = scan.tokens[at];
  return (month.size() >= kBytesMin && kSince.contains(scan.tokens[at - 1].hash)) ||
         (month.size() >= kEnglishBytesMin && month.upper_first &&
          (kEnglish.contains(scan.tokens[at - 1].hash) ||
           (at > 1 && scan.tokens[at - 1].hash == kWordOf && scan.tokens[at - 2].hash == kEnd)));  // "the end of June"
}

// "16/04", "14/03", "18.10.": a day and its month behind a word that makes one day of them. The token after it, or 0.
std::size_t ShapeRules::FindDayAndMonth(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  static const WordSet kSlash({"el", "le", "il", "em", "dia", "al", "desde", "hasta", "du", "au", "dal", "del", "den",
                               "d", "op", "telefonico"});
  static const WordSet kDot({"am", "vom", "bis", "ab", "seit", "zum", "den", "d", "anreise", "abreise", "kl", "dne"});
  if (at == 0 || at + 1 >= scan.tokens.size() || !scan.tokens[at].all_digits() || !scan.tokens[at + 1].all_digits())
    return 0;
  const Token &day = scan.tokens[at], &month = scan.tokens[at + 1];
  constexpr std::uint32_t kDigits = 2;
  if (day.size() > kDigits || month.size() > kDigits || !scan.IsBetween(at - 1, ' ')) return 0;
  const bool slash = scan.IsBetween(at, '/') && month.size() == kDigits && kSlash.contains(scan.tokens[at - 1].hash);
  const bool dot =
      scan.IsBetween(at, '.') && At(scan.text, month.end) == '.' && kDot.contains(scan.tokens[at - 1].hash);
  constexpr int kLeapYear = 2024;
  if ((!slash && !dot) || !IsDay(kLeapYear, Small(scan.Of(month)), Small(scan.Of(day)))) return 0;
  const std::size_t end = month.end + (dot ? 1u : 0u);
  if (IsOneOf(At(scan.text, end), "/.-%") && IsAsciiDigit(At(scan.text, end + 1))) return 0;
  if (IsAsciiDigit(At(scan.text, end))) return 0;
  Report(day.begin, end, date_, kDayOfWeek, finds);
  if (date_ != nullptr) finds.back().needs_people = true;
  return at + 2;
}

bool BeginsWrittenDate(const Scan& scan, std::size_t at) {
  return at + 2 < scan.tokens.size() && DayOf(scan, scan.tokens[at]) > 0 && MonthOf(scan.tokens[at + 1]) > 0 &&
         IsYear(scan, scan.tokens[at + 2]);
}

// "12 March 2026", "12. März", "March 12, 2026", "12 de marzo de 2026", "March 2026", "1985. március 12.".
std::size_t ShapeRules::FindWrittenDate(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  static const WordSet kOf({"de", "of", "del", "den", "di"});
  const auto skip = [&](std::size_t i) {
    return i < scan.tokens.size() && kOf.contains(scan.tokens[i].hash) ? i + 1 : i;
  };
  const auto near_to = [&](std::size_t from, std::size_t to) {
    return to < scan.tokens.size() && scan.tokens[to].begin - scan.tokens[from].end <= 8 &&
           !scan.tokens[to].line_before;
  };
  const auto year_at = [&](std::size_t from, std::size_t i) {
    return near_to(from, i) && IsYear(scan, scan.tokens[i]);
  };
  if (DayOf(scan, scan.tokens[at]) > 0) {
    constexpr std::uint32_t kDay = WordHash("day");  // "this 6th day of November 2024"
    const bool of_deeds = IsOrdinal(scan, scan.tokens[at]) && scan.tokens[at + 1].hash == kDay;
    const std::size_t month = skip(of_deeds ? at + 2 : at + 1);
    if (!near_to(at, month) || MonthOf(scan.tokens[month]) == 0) return 0;
    const std::size_t year = skip(month + 1);
    const bool short_year = IsShortYear(scan, month);
    const std::size_t last = year_at(month, year) ? year : short_year ? month + 1 : month;
    ReportDate(scan, YearBefore(scan, FirstDayBefore(scan, at)), last, 0.85, finds);
    return last + 1;
  }
  const Token& token = scan.tokens[at];
  if (MonthOf(token) == 0) return 0;
  // "marzo de 2011": in most languages months have no capital, so the year must follow its "de".
  const bool of_year = !token.upper_first && skip(at + 1) == at + 2 && year_at(at, at + 2);
  static const WordSet kEnglish({"january", "february", "april", "june", "july", "august", "september", "october",
                                 "november", "december"});  // "march 4th" may be an order
  const std::size_t day = at + 1;
  const auto is_day = [&] {
    return near_to(at, day) && DayOf(scan, scan.tokens[day]) > 0 &&
           scan.Between(at).find_first_not_of(" .") == std::string_view::npos;
  };
  // "may 4th, 2021", "oktober 2011": so may others, when their year follows; "out 2020" and "set 2020" are two words.
  constexpr std::uint32_t kBytesMin = 5;
  static const WordSet kShort({"may", "jan", "feb", "sept", "oct", "nov", "dec"});
  const std::size_t first = YearBefore(scan, at);
  const bool told_by_year =
      (first < at && is_day()) || IsMonthOfSomebody(scan, at) ||
      (kShort.contains(token.hash) && is_day() && IsOrdinal(scan, scan.tokens[day])) ||  // "nov 8th"
      ((token.size() >= kBytesMin || kShort.contains(token.hash)) &&
       (year_at(at, day) || (is_day() && year_at(day, day + 1))));
  if (!token.upper_first && !of_year && !told_by_year && !kEnglish.contains(token.hash)) return 0;
  if (is_day()) {
    const std::size_t last = year_at(day, day + 1) ? day + 1 : day;
    if (!IsLineStamp(scan, at)) ReportDate(scan, first, last, 0.85, finds);
    return last + 1;
  }
  const std::size_t year = skip(day);
  if (!year_at(at, year) && !IsShortYear(scan, at) && IsMonthOfSomebody(scan, at)) {
    Report(token.begin, token.end, date_, kDayOfWeek, finds);
    if (date_ != nullptr) finds.back().needs_people = true;
    return at + 1;
  }
  if (year_at(at, year)) {
    ReportDate(scan, at, year, kMonthOfYear, finds);
    return year + 1;
  }
  if (!IsShortYear(scan, at)) return 0;
  ReportDate(scan, at, day, kMonthOfYear, finds);
  return day + 1;
}

// "on 14/6", "EDD 11/19", "until the 23rd": behind a word that says when. The token after it, or 0.
std::size_t ShapeRules::FindDayOfMonth(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  static const WordSet kWhen({"on", "since", "until", "till", "edd", "due", "dated", "born", "dob", "vaccinated",
                              "paid", "died", "seen", "admitted", "discharged", "del", "al", "control", "cita"});
  static const WordSet kDay({"on", "since", "until", "till", "by", "before", "after"});
  static const WordSet kBehind({"and", "at", "but", "for", "to", "because", "so",   "if", "when", "he", "she",
                                "i",   "we", "it",  "n",   "as", "in",      "with", "or", "then", "my"});
  constexpr std::uint32_t kThe = WordHash("the");
  if (at == 0 || !scan.IsBetween(at - 1, ' ')) return 0;
  if (IsDayAndMonth(scan, at)) {
    if (!kWhen.contains(scan.tokens[at - 1].hash)) return 0;
    ReportDate(scan, at, at + 1, kDayOfMonth, finds);
    return at + 2;
  }
  if (!IsOrdinal(scan, scan.tokens[at])) return 0;
  const bool the = scan.tokens[at - 1].hash == kThe;
  if (the && (at < 2 || !scan.IsBetween(at - 2, ' '))) return 0;
  if (!kDay.contains(scan.tokens[the ? at - 2 : at - 1].hash)) return 0;
  const char behind = At(scan.text, scan.tokens[at].end);  // "on the 5th floor"
  const bool ends = behind == '\0' || IsOneOf(behind, ".,;!?)\n") ||
                    (behind == ' ' && at + 1 < scan.tokens.size() && kBehind.contains(scan.tokens[at + 1].hash));
  if (!ends) return 0;
  ReportDate(scan, the ? at - 1 : at, at, kDayOfMonth, finds);
  return at + 1;
}

// "She moved to Porto in 2014", "nacido en 1951", "seit 2015": a year alone, near words of somebody's life. The token
// after it, or 0.
std::size_t ShapeRules::FindYear(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  constexpr std::size_t kWordsBefore = 10, kWordsAfter = 5;
  const Token& year = scan.tokens[at];
  if (at == 0 || scan.text[year.begin - 1] != ' ' || !year.all_digits()) return 0;
  if (!IsYear(scan, year) || Small(scan.Of(year)) > 2040) return 0;
  if (!scan.IsBetween(at - 1, ' ') || !before_year_.contains(scan.tokens[at - 1].hash)) return 0;
  if (IsOneOf(At(scan.text, year.end), "-/:%") && At(scan.text, year.end) != '\0') return 0;
  const std::size_t end = std::min(at + 1 + kWordsAfter, scan.tokens.size());
  for (std::size_t i = at - std::min(at, kWordsBefore); i < end; ++i) {
    if (!of_a_life_.contains(scan.tokens[i].hash)) continue;
    ReportDate(scan, at, at, kYearOfLife, finds);
    return at + 1;
  }
  return 0;
}

// "sat 24th", "Sunday the 17th", "Mon 13/11": the last token, or `at`.
std::size_t DayBehindDayOfWeek(const Scan& scan, std::size_t at) {
  std::size_t day = at + 1;
  constexpr std::uint32_t kThe = WordHash("the");
  if (day >= scan.tokens.size() || (scan.Between(at) != " " && scan.Between(at) != ", ")) return at;
  if (scan.tokens[day].hash == kThe && day + 1 < scan.tokens.size() && scan.IsBetween(day, ' ')) ++day;
  if (scan.tokens[day].line_before) return at;
  if (IsDayAndMonth(scan, day)) return day + 1;
  static const WordSet kOf({"of", "de", "di"});
  std::size_t next = day + 1;
  if (next < scan.tokens.size() && kOf.contains(scan.tokens[next].hash)) ++next;
  const bool month_follows = next < scan.tokens.size() && MonthOf(scan.tokens[next]) > 0;
  static const WordSet kRomance({"lunes",  "martes",  "miercoles", "jueves",  "viernes",  "sabado",  "domingo",
                                 "lundi",  "mardi",   "mercredi",  "jeudi",   "vendredi", "samedi",  "dimanche",
                                 "lunedi", "martedi", "mercoledi", "giovedi", "venerdi",  "domenica"});
  const char behind = At(scan.text, scan.tokens[day].end);
  const bool time_behind = scan.text.substr(scan.tokens[day].end).starts_with(" a las ");  // "jueves 12 a las 17:30"
  if (kRomance.contains(scan.tokens[at].hash) && scan.tokens[day].all_digits() && DayOf(scan, scan.tokens[day]) > 0 &&
      (behind == '\0' || time_behind || IsOneOf(behind, ".,;)\n")) &&
      !IsAsciiDigit(At(scan.text, scan.tokens[day].end + 1u)))
    return day;  // "viernes 21"
  return IsOrdinal(scan, scan.tokens[day]) && !month_follows ? day : at;
}

// Whether a line speaks of somebody by no name: "I paid on Friday". "Macbeth opens on Friday" does not.
bool HasPronounNear(const Scan& scan, std::size_t at) {
  static const WordSet kPronouns({"every", "i",    "im",    "ive", "my",  "me",  "we",   "our",   "us",  "you",
                                  "your",  "he",   "his",   "him", "she", "her", "they", "their", "who", "please",
                                  "ich",   "mein", "wir",   "mi",  "mis", "me",  "su",   "le",    "je",  "mon",
                                  "ma",    "nous", "votre", "io",  "mio", "mia", "ci",   "eu",    "meu", "minha"});
  constexpr std::size_t kNear = 24;
  for (std::size_t i = at; i > 0 && at - i < kNear && !scan.tokens[i].line_before; --i) {
    if (kPronouns.contains(scan.tokens[i - 1].hash)) return true;
  }
  for (std::size_t i = at + 1; i < scan.tokens.size() && i <= at + kNear && !scan.tokens[i].line_before; ++i) {
    if (kPronouns.contains(scan.tokens[i].hash)) return true;
  }
  return false;
}

// "on Friday", "el lunes", "bis Montag", "Tues 3:30pm": a day of the week that a word before it makes one day, or a
// time of day behind it. The token after it, or 0.
std::size_t ShapeRules::FindDayOfWeek(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  static const WordSet kBefore({"on",    "by",    "until",   "till",   "since",    "next", "last",   "this", "before",
                                "after", "every", "am",      "bis",    "ab",       "seit", "jeden",  "vor",  "nach",
                                "el",    "este",  "proximo", "pasado", "le",       "ce",   "chaque", "il",   "ogni",
                                "op",    "vanaf", "elke",    "vorige", "volgende", "na",   "til",    "pa"});
  const Token& token = scan.tokens[at];
  std::size_t last = at;
  if (at + 1 < scan.tokens.size() && scan.Between(at) == " ") {
    std::size_t time = at + 1;
    const std::string_view text = scan.Of(scan.tokens[time]);
    const std::size_t digits = scan.tokens[time].digits;
    const bool glued = text.size() == digits + 2 && (text.ends_with("am") || text.ends_with("pm"));
    if (digits >= 1 && digits <= 2 && (glued || text.size() == digits)) {
      const bool minutes = !glued && time + 1 < scan.tokens.size() && scan.Between(time) == ":" &&
                           scan.tokens[time + 1].digits == 2 && scan.tokens[time + 1].size() <= 4;
      if (minutes) ++time;
      static const WordSet kHalves({"am", "pm"});
      const bool half = !glued && time + 1 < scan.tokens.size() && scan.IsBetween(time, ' ') &&
                        kHalves.contains(scan.tokens[time + 1].hash);  // "Tuesday 4 pm"
      if (half) ++time;
      if (glued || minutes || half) last = time;
    }
  }
  if (const std::size_t day = DayBehindDayOfWeek(scan, at); last == at && day > at) {
    Report(token.begin, scan.tokens[day].end, date_, kDayOfMonth, finds);
    return day + 1;
  }
  // "sera absente vendredi", "fica pronta quarta-feira": beside people; English has a word before it.
  static const WordSet kWithoutWord({"lundi",     "mardi",    "mercredi", "jeudi",    "vendredi", "samedi",
                                     "dimanche",  "sabato",   "domenica", "venerdi",  "giovedi",  "mercoledi",
                                     "martedi",   "lunedi",   "fredag",   "lordag",   "sondag",   "mandag",
                                     "tirsdag",   "onsdag",   "torsdag",  "zaterdag", "zondag",   "vrijdag",
                                     "donderdag", "woensdag", "dinsdag",  "maandag"});
  const bool alone = last == at && !token.has_upper && kWithoutWord.contains(token.hash);
  const bool made_one_day = at > 0 && scan.Between(at - 1) == " " && kBefore.contains(scan.tokens[at - 1].hash);
  if (last == at && !alone && (!made_one_day || token.size() < 4)) return 0;
  static const WordSet kOf({"of", "des", "de", "del", "di"});
  if (at + 1 < scan.tokens.size() && kOf.contains(scan.tokens[at + 1].hash)) return 0;  // "the last Sunday of March"
  // "on Monday, 9 June" is that date; "the Sunday Times" a newspaper.
  const bool named =
      last == at && at + 1 < scan.tokens.size() && scan.Between(at) == " " && scan.tokens[at + 1].upper_first;
  if (named) return 0;
  Report(token.begin, scan.tokens[last].end, date_, kDayOfWeek, finds);
  if (date_ != nullptr) finds.back().needs_people = last == at && !HasPronounNear(scan, at);
  return last + 1;
}

// "52-jähriger", "23-jarige", "35-letniego", "81-årig": the word behind the hyphen, or `at`. What is of such years and
// nobody, "40-jähriges Jubiläum", is told by its gender or its noun.
std::size_t ShapeRules::BehindYearsOld(const Scan& scan, std::size_t at) {
  static constexpr std::array<std::string_view, 7> kStems = {"jahrig", "jarig",   "letni", "arig",
                                                             "vuotia", "jaehrig", "lety"};
  static const WordSet kThings({"vertrag",  "garantie",   "laufzeit",        "frist",     "mietvertrag",
                                "bestehen", "jubilaum",   "geschichte",      "erfahrung", "ausbildung",
                                "haft",     "haftstrafe", "freiheitsstrafe", "contract",  "geschiedenis",
                                "ervaring", "kredyt",     "umowa",           "gwarancja", "tradition"});
  if (at + 1 >= scan.tokens.size() || !scan.IsBetween(at, '-') || scan.tokens[at].size() > 2) return at;
  const Token& next = scan.tokens[at + 1];
  constexpr std::uint32_t kBytesMax = 16;
  if (!next.word() || next.size() > kBytesMax) return at;
  const std::string word = Fold(scan.Of(next));
  if (word.ends_with("es") ||
      std::ranges::none_of(kStems, [&](std::string_view stem) { return word.starts_with(stem); }))
    return at;
  const bool of_thing = at + 2 < scan.tokens.size() && kThings.contains(scan.tokens[at + 2].hash);
  return of_thing ? at : at + 1;
}

// "un homme de 61 ans", "aveva 89 anni", "j'ai 17 ans": of a number before years of French or Italian; elsewhere they
// are how long something went on.
bool ShapeRules::IsAgeOfSomebody(const Scan& scan, std::size_t at) {
  static const WordSet kWho({"homme",   "femme",    "patient",  "patiente", "garcon",  "fille",    "fils",    "enfant",
                             "dame",    "monsieur", "jeune",    "uomo",     "donna",   "paziente", "signora", "signore",
                             "ragazzo", "ragazza",  "bambino",  "bambina",  "figlio",  "figlia",   "homem",   "mulher",
                             "rapaz",   "idoso",    "idosa",    "menino",   "menina",  "utente",   "hombre",  "mujer",
                             "varon",   "persona",  "personne", "anziano",  "anziana", "joven",    "menor"});
  static const WordSet kOf({"de", "di", "d"});
  static const WordSet kHas({"ai", "ho", "aveva", "avait", "compie", "compiuto", "tinha", "tenho"});
  if (at == 0 || !scan.tokens[at].all_digits()) return false;
  if (kHas.contains(scan.tokens[at - 1].hash)) return true;
  return at > 1 && kOf.contains(scan.tokens[at - 1].hash) && kWho.contains(scan.tokens[at - 2].hash);
}

// "Carmela Iannone (88 ans)", "Leon (8 J.)": in brackets behind somebody; behind a word for how long it is none.
bool ShapeRules::IsAgeInBrackets(const Scan& scan, std::size_t at) {
  static const WordSet kUnits({"ans", "anni", "anos", "jahre", "j", "jaar", "lat", "ar", "vuotta", "let", "ani"});
  static const WordSet kSpans({"garantie", "laufzeit", "dauer", "vertrag", "garantia", "duree", "duracion", "durata",
                               "contrat", "contrato", "contratto", "prestito", "gwarancja", "frist", "periodo"});
  if (at == 0 || at + 1 >= scan.tokens.size() || !scan.Between(at - 1).ends_with('(') || !scan.IsBetween(at, ' '))
    return false;
  const std::string_view after = scan.text.substr(scan.tokens[at + 1].end, 2);
  const bool closed = after.starts_with(')') || after == ".)";
  return closed && kUnits.contains(scan.tokens[at + 1].hash) && scan.tokens[at - 1].upper_first &&
         !kSpans.contains(scan.tokens[at - 1].hash);
}

// Whether what stands right beside a number says anything of an age: as it does beside few.
bool ShapeRules::MayBeAge(const Scan& scan, const Places& places, std::size_t place) {
  const Places::Word* const word = places.words.data() + place;
  const std::size_t at = word->token;
  const Token* const token = scan.tokens.data() + at;
  const char* const text = scan.text.data();
  if (!token->all_digits()) return IsAsciiDigit(text[token->begin]);
  if (At(scan.text, token->end) == '-' && token->size() <= 2 && BehindYearsOld(scan, at) > at) return true;
  if (place + 1 < places.words.size() && word[1].token == at + 1 && word[1].cue != nullptr &&
      (word[1].cue->years || word[1].cue->life))
    return true;
  if (at == 0) return false;
  if (At(scan.text, token->end) == ' ' && At(scan.text, token->end + 1u) == 'a' && IsAgeCutShort(scan, at)) return true;
  if (text[token->begin - 1] == '(' && IsAgeInBrackets(scan, at)) return true;
  if (token->begin > 1 && text[token->begin - 2] == ',' && text[token->begin - 1] == ' ') return true;
  if (token[-1].hash == kWordOf) return true;
  return place > 0 && word[-1].token + 1 == at && word[-1].cue != nullptr && word[-1].cue->age;
}

// "34 years old", "34-year-old", "aged 34", "edad: 34 años", "34 Jahre alt"; "a patient of 3 months" in Spanish. The
// span holds the years ("34", "34 años"), not what stands around them.
void ShapeRules::FindAge(const Scan& scan, const Places& places, std::size_t place, std::vector<Find>& finds) const {
  static const WordSet kOld({"old", "edad", "alt", "age", "oud", "idade", "eta", "d", "o"});
  static const WordSet kAlone({"yo", "anos", "jahre"});
  const std::size_t at = places.words[place].token;
  const Token& token = scan.tokens[at];
  const std::string_view text = scan.Of(token);
  const auto is = [&](std::size_t i, bool ShapeCue::*kind) {
    const ShapeCue* cue = CueOf(places, place, i);
    return cue != nullptr && cue->*kind;
  };
  if (const std::size_t word = BehindYearsOld(scan, at); word > at)
    return Report(token.begin, scan.tokens[word].end, age_, 0.85, finds);
  if (IsAgeCutShort(scan, at)) {
    const std::uint32_t end = token.all_digits() ? scan.tokens[at + 1].end : token.end;
    const bool sentence_goes_on =
        At(scan.text, end) == '.' &&
        (At(scan.text, end + 1u) == ',' || (At(scan.text, end + 1u) == ' ' && !IsAsciiUpper(At(scan.text, end + 2u))));
    return Report(token.begin, end + (sentence_goes_on ? 1u : 0u), age_, 0.6, finds);
  }
  const bool of_somebody = IsAgeInBrackets(scan, at) || IsAgeOfSomebody(scan, at);
  const bool glued =
      text.size() > token.digits &&
      (text.substr(token.digits) == "yo" || text.substr(token.digits) == "yrs" || text.substr(token.digits) == "y");
  const bool after =
      at > 0 && token.all_digits() && token.begin - scan.tokens[at - 1].end <= 4 &&
      (is(at - 1, &ShapeCue::age) || (at > 1 && scan.tokens[at - 1].hash == kWordOf && is(at - 2, &ShapeCue::age)));
  const bool next_is_near = at + 1 < scan.tokens.size() && scan.tokens[at + 1].begin - token.end <= 1;
  const bool years_follow = next_is_near && is(at + 1, &ShapeCue::years);
  const bool of_a_child = next_is_near && is(at + 1, &ShapeCue::life) && IsAgeOfAChild(scan, at);
  const bool behind_comma = at > 1 && scan.text[token.begin - 1] == ' ' && scan.Between(at - 1) == ", ";
  if (!glued && !after && !years_follow && !of_a_child && !behind_comma && !of_somebody) return;  // as most
  static const WordSet kOtherUnits({"min", "mins", "minutes", "minuten", "h", "hrs", "hours", "km", "kg", "cm", "mm"});
  if (after && next_is_near && kOtherUnits.contains(scan.tokens[at + 1].hash)) return;  // "ETA 36 min"
  const int years = Small(text.substr(0, token.digits));
  if (token.digits > 3 || years < 0 || years > 120 || !IsAsciiDigit(text[0])) return;
  if (At(scan.text, token.end) == '%') return;
  const bool old = years_follow && at + 2 < scan.tokens.size() &&
                   (kOld.contains(scan.tokens[at + 2].hash) ||
                    (at + 3 < scan.tokens.size() && kOld.contains(scan.tokens[at + 3].hash)));
  const bool alone = years_follow && kAlone.contains(scan.tokens[at + 1].hash) && !IsSpanOfTime(scan, at);
  const bool in_a_row = behind_comma && (IsAgeBetweenCommas(scan, at) || IsAgeBehindSex(scan, at));
  const bool said = of_somebody && (years_follow || IsAgeInBrackets(scan, at));
  if (!glued && !after && !old && !alone && !of_a_child && !in_a_row && !said) return;
  static const WordSet kInTheSpan({"anos", "ano", "meses", "mes", "dias", "dia", "semanas", "semana", "jahre", "jahren",
                                   "ans", "anni", "j", "ani"});
  const bool with_unit = next_is_near && kInTheSpan.contains(scan.tokens[at + 1].hash);
  const std::size_t last = with_unit ? BehindYearsAndMonths(scan, at + 1) : at;
  Report(token.begin, scan.tokens[last].end, age_, after || old ? 0.85 : 0.6, finds);
}

// "8 años y 4 meses", "5 años 2 meses": the last token of an age whose unit is this one.
std::size_t ShapeRules::BehindYearsAndMonths(const Scan& scan, std::size_t unit) {
  static const WordSet kYears({"anos", "ans", "anni"}), kMonths({"meses", "mois", "mesi", "mes", "mese"}),
      kAnd({"y", "et", "e"});
  if (!kYears.contains(scan.tokens[unit].hash)) return unit;
  std::size_t at = unit + 1;
  if (at < scan.tokens.size() && kAnd.contains(scan.tokens[at].hash)) ++at;
  if (at + 1 >= scan.tokens.size() || !scan.IsBetween(at - 1, ' ') || !scan.IsBetween(at, ' ')) return unit;
  const bool months =
      scan.tokens[at].all_digits() && scan.tokens[at].size() <= 2 && kMonths.contains(scan.tokens[at + 1].hash);
  return months ? at + 1 : unit;
}

// "desde hace 20 años", "10 años de evolución": how long something went on.
bool ShapeRules::IsSpanOfTime(const Scan& scan, std::size_t at) const {
  static const WordSet kFor({"hace",  "durante", "cada",     "en",   "tras", "ultimos", "primeros", "unos",
                             "seit",  "vor",     "nach",     "in",   "ca",   "hasta",   "por",      "mas",
                             "menos", "casi",    "proximos", "alle", "fur",  "uber",    "pasados",  "dentro"});
  static const WordSet kOf({"evolucion", "duracion", "seguimiento", "tratamiento", "experiencia", "antiguedad",
                            "vigencia", "prision", "supervivencia", "antes", "despues", "tarde", "lang", "spater",
                            "carcel", "garantia", "servicio"});
  static const WordSet kAnybody({"mayores", "menores", "mayor", "menor", "adultos", "ninos", "partir", "menos", "mas"});
  const bool of = at > 1 && scan.tokens[at - 1].hash == kWordOfRomance;
  if (of && kAnybody.contains(scan.tokens[at - 2].hash)) return true;  // "mayores de 65 años"
  constexpr std::uint32_t kAbout = WordHash("unos");
  const bool about = at > 1 && scan.tokens[at - 1].hash == kAbout && scan.tokens[at - 2].hash == kWordOfRomance;
  if (at > 0 && !about && kFor.contains(scan.tokens[at - 1].hash)) return true;
  for (std::size_t i = at + 2; i < scan.tokens.size() && i <= at + 3; ++i) {
    if (kOf.contains(scan.tokens[i].hash)) return true;
  }
  return false;
}

// "Varón, 61 a.", "47 a; 92 kg", "mujer 67a,": years cut short, in reports in Spanish.
bool ShapeRules::IsAgeCutShort(const Scan& scan, std::size_t at) {
  static const WordSet kBefore({"mujer", "varon", "hombre", "fem", "masc", "femenina", "masculino", "femenino", "px",
                                "pac", "paciente", "v", "h", "m", "f", "edad"});
  const Token& token = scan.tokens[at];
  const bool glued = token.size() == token.digits + 1u && scan.text[token.end - 1] == 'a';
  if (token.digits == 0 || token.digits > 2 || (!glued && !token.all_digits())) return false;
  const std::string_view rest = scan.text.substr(glued ? token.end - 1 : token.end, 3);
  const std::string_view unit = glued || rest.empty() ? rest : rest.substr(1);
  if (!unit.starts_with('a') || unit.size() < 2 || !IsOneOf(unit[1], ".,;)\n")) return false;
  if (at == 0) return false;
  const std::string_view before = scan.Between(at - 1);
  return kBefore.contains(scan.tokens[at - 1].hash) ||
         (!glued && (before == ", " || before == "; " || before == " / "));
}

// "Paciente de 3 meses", "recién nacida de 12 días", "4 meses de edad": of a number before such a unit.
bool ShapeRules::IsAgeOfAChild(const Scan& scan, std::size_t at) const {
  static const WordSet kWho({"paciente", "varon", "mujer", "nino", "nina", "lactante", "nacido", "nacida", "neonato",
                             "bebe", "hijo", "hija"});
  static const WordSet kLife({"vida", "edad"});
  const bool who = at > 1 && scan.tokens[at - 1].hash == WordHash("de") && kWho.contains(scan.tokens[at - 2].hash);
  const bool life = at + 3 < scan.tokens.size() && scan.tokens[at + 2].hash == WordHash("de") &&
                    kLife.contains(scan.tokens[at + 3].hash);
  return who || life;
}

// "Patient: Ilse Wassermann, female, 79"; a comma and a space stand before it, as below.
bool ShapeRules::IsAgeBehindSex(const Scan& scan, std::size_t at) const {
  static const WordSet kSexes({"female",  "male",      "f",        "m",         "woman",    "man",      "mujer",
                               "hombre",  "varon",     "femenino", "masculino", "weiblich", "mannlich", "frau",
                               "mann",    "femme",     "homme",    "feminin",   "masculin", "donna",    "uomo",
                               "femmina", "maschio",   "mulher",   "homem",     "feminino", "vrouw",    "man",
                               "kobieta", "mezczyzna", "kvinna",   "kvinde",    "kvinne"});
  const Token& token = scan.tokens[at];
  if (!token.all_digits() || token.size() > 3) return false;
  const char after = At(scan.text, token.end);
  const bool ends = after == '\0' || IsOneOf(after, ",;.)\n\r");
  return ends && !IsAsciiDigit(At(scan.text, token.end + 1u)) && kSexes.contains(scan.tokens[at - 1].hash) &&
         scan.text[token.begin] != '0';
}

// "Astrid Haugen, 54, of …", "I'm Astrid, 54, …", "Denise Mazzanti, 29 anni, …"
bool ShapeRules::IsAgeBetweenCommas(const Scan& scan, std::size_t at) const {
  static const WordSet kOneself(
      {"m", "am", "im", "soy", "bin", "suis", "sono", "sou", "ben", "heisse", "named", "called"});
  const Token& token = scan.tokens[at];
  if (!token.all_digits() || token.size() != 2) return false;
  const Token& name = scan.tokens[at - 1];
  const Token& given = scan.tokens[at - 2];
  const bool named =
      name.digits == 0 && name.upper_first && given.digits == 0 && (given.upper_first || kOneself.contains(given.hash));
  static const WordSet kUnits({"anni", "ans", "jaar", "anos", "jahre", "lat", "ar", "let"});
  const bool unit = at + 1 < scan.tokens.size() && scan.Between(at) == " " && kUnits.contains(scan.tokens[at + 1].hash);
  const std::uint32_t end = unit ? scan.tokens[at + 1].end : token.end;
  return named && scan.Between(at - 2) == " " && MonthOf(name) == 0 && At(scan.text, end) == ',' &&
         At(scan.text, end + 1u) == ' ' && !IsAsciiDigit(At(scan.text, end + 2u)) && scan.text[token.begin] != '0';
}

// Whether what stands between two groups of digits may stand in a telephone number.
bool DividesPhone(std::string_view between) {
  if (between.size() == 1) return IsOneOf(between[0], " -./()");
  return between == "\u00A0" || between == "\u2011" ||
         (between.size() <= 3 && std::ranges::all_of(between, [](char c) { return IsOneOf(c, " -/()"); }));
}

// By the groups that it is written in: "999-999-9999". Most begin with a digit that no such layout begins with. Of the
// digits, how many, and the first of them.
double ScoreOfGroups(const Scan& scan, std::size_t first, std::size_t last, bool bracket, std::size_t digits,
                     std::string_view begin) {
  static constexpr std::array<std::string_view, 8> kNorthAmerican = {"999-999-9999",  "999) 999-9999", "999)999-9999",
                                                                     "999.999.9999",  "999 999 9999",  "9-999-999-9999",
                                                                     "999) 999 9999", "999 999-9999"};
  static constexpr std::array<std::string_view, 4> kBritish = {"999 9999 9999", "99999 999999", "9999 999 9999",
                                                               "99999 999 999"};
  static constexpr std::array<std::string_view, 3> kSpanish = {"999 999 999", "999 99 99 99", "999 99 9999"};
  const std::string_view area = begin.substr(digits == 11 ? 1 : 0);
  const bool american = digits >= 10 && digits <= 11 && area[0] >= '2' && area[3] >= '2';
  const bool trunk = begin[0] == '0', spanish = digits == 9 && begin[0] >= '6';
  if (!american && !trunk && !spanish && !bracket) return 0;
  ShortText groups;
  for (std::size_t i = first; i <= last; ++i) {
    const std::string_view between = i > first ? scan.Between(i - 1) : "";
    groups.Add(between == "\u00A0" || between == "\u2011" ? "-" : between);
    groups.AddDigits(scan.tokens[i].size());
  }
  const std::string_view layout = groups.view();
  const auto is_one_of = [&](const auto& layouts) { return std::ranges::find(layouts, layout) != layouts.end(); };
  double score = 0;
  if (american && is_one_of(kNorthAmerican)) score = layout == "999 999 9999" ? 0.5 : 0.65;
  if (trunk && digits >= 9 && digits <= 12 && begin[1] != '0' && layout.find('/') == layout.npos)
    score = std::max(score, 0.5);
  if (bracket && digits >= 8) score = std::max(score, 0.6);
  if (trunk && is_one_of(kBritish)) score = std::max(score, 0.72);
  if (spanish && is_one_of(kSpanish)) score = std::max(score, 0.5);
  return score;
}

// Of `digits` digits, without the words near it.
double PhoneScore(const Scan& scan, std::size_t first, std::size_t last, bool plus, bool bracket, std::size_t digits) {
  if (!plus && first == last) return 0;
  std::array<char, 5> begin_of;
  std::size_t size = 0;
  for (std::size_t i = first; i <= last && size < begin_of.size(); ++i) {
    for (const char c : scan.Of(scan.tokens[i])) {
      if (size < begin_of.size()) begin_of[size++] = c;
    }
  }
  const std::string_view begin(begin_of.data(), size);
  if (plus && digits >= 8 && IsCallingCode(begin)) return 0.85;
  if (first == last) return 0;
  if (begin.starts_with("00") && digits >= 10 && IsCallingCode(begin.substr(2))) return 0.6;
  return ScoreOfGroups(scan, first, last, bracket, digits, begin);
}

void ShapeRules::FindPhone(const Scan& scan, const Places& places, std::size_t place, std::vector<Find>& finds) const {
  const std::string_view text = scan.text;
  const std::size_t at = places.words[place].token;
  const Token& first = scan.tokens[at];
  constexpr std::size_t kGroupsMax = 7;
  constexpr CharSet kBeforeNoPhone(".-/_#$€£");
  if (!first.all_digits() || first.size() > kPhoneDigitsMax) return;
  if (first.begin > 0 && IsOneOf(text[first.begin - 1], kBeforeNoPhone)) return;
  // The rest of a longer number: an IBAN with a wrong check digit is no telephone.
  if (at > 0 && scan.tokens[at - 1].digits > 0 && scan.IsBetween(at - 1, ' ')) return;
  std::size_t begin = first.begin;
  bool bracket = begin > 0 && text[begin - 1] == '(';
  if (bracket) --begin;
  const bool plus = begin > 0 && text[begin - 1] == '+';
  if (plus) --begin;
  if (begin > 0 && (IsOneOf(text[begin - 1], kBeforeNoPhone) || IsAsciiAlnum(text[begin - 1]))) return;
  // "1,916 kg" goes on; the cell of a table, "1,916-555-0133,42", shows by its signs that it is whole.
  const bool signs = plus || bracket || At(text, first.end) == '-';
  if (begin > 1 && text[begin - 1] == ',' && IsAsciiDigit(text[begin - 2]) && !signs) return;
  std::size_t last = at, n = first.size();
  const std::size_t tokens_end = std::min(scan.tokens.size(), at + kGroupsMax);
  for (const Token* next = &first + 1; last + 1 < tokens_end && next->all_digits(); ++next, ++last) {
    if (n + next->size() > kPhoneDigitsMax || !DividesPhone(scan.Between(last))) break;
    n += next->size();
  }
  if (n < kPhoneDigitsMin) return;
  const std::size_t end = scan.tokens[last].end;
  const char after = At(text, end);
  // The whole number in brackets, or a remark that begins with it: none of its own.
  if (bracket && text.substr(begin, end - begin).find(')') == text.npos) {
    ++begin;
    bracket = false;
  }
  const bool goes_on = IsOneOf(after, ".-/:") || (after == ',' && !signs);
  if ((goes_on && IsAsciiDigit(At(text, end + 1))) || IsAsciiAlnum(after) || after == '_' || after == '%') return;
  if (after == '-' && IsAsciiLetter(At(text, end + 1))) return;     // "worker 0176-48539070-b"
  if (after == ']' && begin > 0 && text[begin - 1] == '[') return;  // "[01886.024271] usb 1-4"
  constexpr double kNumberOfSomebody = 0.55;  // "il mio numero": less where a word near it names another kind
  double score = PhoneScore(scan, at, last, plus, bracket, n);
  if (IsCueNear(places, place, &ShapeCue::phone)) score = std::max(0.6, std::min(0.97, score + 0.3));
  if (score < kNumberOfSomebody && IsCueNear(places, place, &ShapeCue::number)) score = kNumberOfSomebody;
  if (score >= 0.5) Report(begin, end, phone_, score, finds);
}

// Whether a decimal with four to ten places begins there, at most `most` before them.
bool IsDegrees(const Scan& scan, std::size_t at, int most) {
  if (at + 1 >= scan.tokens.size() || !scan.tokens[at].all_digits() || !scan.tokens[at + 1].all_digits()) return false;
  const std::uint32_t places = scan.tokens[at + 1].size();
  const int whole = Small(scan.Of(scan.tokens[at]));
  return scan.Between(at) == "." && places >= kPlacesOfDegreesMin && places <= 10 && whole >= 0 && whole <= most;
}

// "48.20849, 16.37208": a pair of decimals with four places or more; "48.20849° N, 16.37208° E"; and each of
// "lat 48.20849, lon 16.37208".
void ShapeRules::FindCoordinates(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  static const WordSet kHemispheres({"n", "s"});
  static const WordSet kLongitudes({"lon", "lng", "long", "longitude", "longitud", "longitudine", "lange",
                                    "lengtegraad", "laengengrad", "langengrad"});
  constexpr int kLatitudeMax = 90, kLongitudeMax = 180;
  if (coordinates_ == nullptr || !IsDegrees(scan, at, kLatitudeMax)) return;
  std::size_t second = at + 2;
  if (second >= scan.tokens.size()) return;
  const bool named = kLongitudes.contains(scan.tokens[second].hash);
  if (named || kHemispheres.contains(scan.tokens[second].hash)) ++second;
  if (!IsDegrees(scan, second, kLongitudeMax)) return;
  for (std::size_t i = at + 1; i < second; ++i) {
    constexpr std::size_t kSignsMax = 6;
    const std::string_view between = scan.Between(i);
    if (between.empty() || between.size() > kSignsMax) return;
    if (between.find_first_not_of(second > at + 2 ? " ,;-/:=\"'\u00B0" : " ,;-/") != between.npos) return;
  }
  const auto begin_of = [&](std::size_t i) {
    const std::uint32_t begin = scan.tokens[i].begin;
    return begin > 0 && scan.text[begin - 1] == '-' ? begin - 1 : begin;
  };
  constexpr double kScore = 0.85;
  if (!named) return Report(begin_of(at), scan.tokens[second + 1].end, coordinates_, kScore, finds);
  Report(begin_of(at), scan.tokens[at + 1].end, coordinates_, kScore, finds);
  Report(begin_of(second), scan.tokens[second + 1].end, coordinates_, kScore, finds);
}

// "-----BEGIN … PRIVATE KEY-----" up to its end, within 16 KiB. `ends` is where the next "-----END " stands, looked for
// once for all the beginnings before it.
void ShapeRules::FindPrivateKey(const Scan& scan, const Token& begin, std::size_t& ends,
                                std::vector<Find>& finds) const {
  static constexpr std::string_view kBegin = "-----BEGIN ", kEnd = "-----END ";
  if (begin.begin < 5 || scan.text.compare(begin.begin - 5, kBegin.size(), kBegin) != 0) return;
  const std::size_t at = begin.begin - 5;
  const std::string_view line = scan.text.substr(at, 64);
  const auto dashes = line.find("-----", kBegin.size());
  if (dashes == line.npos || line.substr(0, dashes).find("PRIVATE KEY") == line.npos) return;
  if (ends <= at) {
    ends = std::min(scan.text.find(kEnd, at), scan.text.size());
    scan.steps += ends - at;
  }
  const bool near_by = ends - at + kEnd.size() <= 16 << 10 && ends < scan.text.size();
  const auto closed = near_by ? scan.text.substr(ends + kEnd.size(), 80).find("-----") : scan.text.npos;
  const std::size_t end = closed == scan.text.npos ? at + dashes + 5 : ends + kEnd.size() + closed + 5;
  Report(at, end, credentials_, 0.97, finds);
}

// "Authorization: Basic cm9zYTp4…", docker's "auth": "cm9zYTp4…": a name, a colon and a password in base64.
void ShapeRules::FindEncodedLogin(const Scan& scan, const Token& word, std::vector<Find>& finds) const {
  constexpr std::size_t kBytesMin = 8, kBytesMax = 512;
  const std::string_view text = scan.text;
  std::size_t begin = word.end;
  while (begin < text.size() && begin - word.end < 6 && IsOneOf(text[begin], "\": '=")) ++begin;
  std::size_t end = begin;
  while (end < text.size() && end - begin < kBytesMax && (IsAsciiAlnum(text[end]) || IsOneOf(text[end], "+/="))) ++end;
  scan.steps += end - word.end;
  if (begin == word.end || end - begin < kBytesMin) return;
  std::string padded(text.substr(begin, end - begin));
  while (padded.size() % 4 != 0) padded += '=';
  const Result<Bytes> bytes = Base64Decode(padded);
  if (!bytes.ok()) return;
  const std::string_view login = AsText(*bytes);
  const auto colon = login.find(':');
  const bool plain = std::all_of(login.begin(), login.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
  if (plain && colon != login.npos && colon > 0 && colon + 1 < login.size() && !LooksMadeUp(login.substr(colon + 1)))
    Report(begin, end, credentials_, 0.9, finds);
}

// "the password for the guests is", "das Passwort für den Zugang lautet", "pw on the staging box:": the place behind,
// or 0.
std::size_t BehindSentence(const Scan& scan, std::size_t word) {
  static const WordSet kIs(
      {"is", "was", "es", "ist", "lautet", "lauten", "war", "est", "e", "era", "jest", "var", "er"});
  constexpr std::size_t kWordsMax = 6;
  for (std::size_t i = word + 1; i < scan.tokens.size() && i <= word + kWordsMax; ++i) {
    const std::string_view between = scan.Between(i - 1);
    if (i > word + 1 && (between == ": " || between == " : ")) return scan.tokens[i - 1].end + between.size();
    if (between != " " && between != "-") return 0;
    if (i + 1 < scan.tokens.size() && kIs.contains(scan.tokens[i].hash) && scan.text[scan.tokens[i].end] == ' ')
      return scan.tokens[i].end + 1u;
    if (scan.tokens[i].digits > 0) return 0;
  }
  return 0;
}

// "rSvuQyJBblaHy": small letters and capitals in turn, as no word of a program has them ("getUserPassword").
bool LooksRandom(std::string_view value) {
  constexpr std::size_t kBytesMin = 10, kForEach = 3;
  std::size_t turns = 0;
  for (std::size_t i = 1; i < value.size(); ++i)
    turns += IsAsciiUpper(value[i]) != IsAsciiUpper(value[i - 1]) && IsAsciiLetter(value[i]);
  return value.size() >= kBytesMin && turns * kForEach >= value.size();
}

// Of a key that is given away: as long, and as mixed.
bool LooksLikeKey(std::string_view value, std::size_t bytes_min) {
  constexpr double kBits = 3.0;
  const bool letter = std::ranges::any_of(value, IsAsciiLetter), digit = std::ranges::any_of(value, IsAsciiDigit);
  return value.size() >= bytes_min && letter && digit && !LooksMadeUp(value) && Entropy(value) >= kBits;
}

std::size_t KeyEnd(std::string_view text, std::size_t at) {
  constexpr std::size_t kBytesMax = 512;
  const std::size_t begin = at;
  while (at < text.size() && at - begin < kBytesMax && (IsAsciiAlnum(text[at]) || IsOneOf(text[at], "-_.~%+/=|:")))
    ++at;
  return at;
}

// "?code=…", "&sig=…", "&X-Amz-Signature=…": what opens a page without a name and a password.
void ShapeRules::FindKeyOfQuery(const Scan& scan, const Token& word, std::vector<Find>& finds) const {
  constexpr std::size_t kBytesMin = 32, kNameBytesMax = 12;
  const std::string_view text = scan.text;
  std::size_t name = word.begin;
  while (name > 0 && word.begin - name < kNameBytesMax && (IsAsciiAlnum(text[name - 1]) || text[name - 1] == '-'))
    --name;
  if (name == 0 || !IsOneOf(text[name - 1], "?&") || At(text, word.end) != '=') return;
  const std::size_t begin = word.end + 1u, end = KeyEnd(text, begin);
  scan.steps += end - begin;
  if (LooksLikeKey(text.substr(begin, end - begin), kBytesMin)) Report(begin, end, credentials_, 0.9, finds);
}

// "Cookie: session=…; lang=en", "Set-Cookie: …", "Authorization: GenieKey …": the first long key of the line.
void ShapeRules::FindInHeader(const Scan& scan, const Token& word, std::vector<Find>& finds) const {
  constexpr std::size_t kBytesAhead = 400, kBytesMin = 20, kValuesMax = 8;
  const std::string_view ahead = scan.text.substr(word.end, kBytesAhead);
  if (At(ahead, ahead.find_first_not_of("\"'")) != ':') return;
  const std::string_view line = ahead.substr(0, ahead.find('\n'));
  std::size_t at = std::min(line.find_first_not_of("\"'"), line.size());
  if (At(line, at) != ':') return;
  scan.steps += line.size();
  const bool cookie = (scan.text[word.begin] | 0x20) == 'c';
  for (std::size_t values = 0; values < kValuesMax && at < line.size(); ++values) {
    at = line.find_first_of(cookie ? "=" : " ", at);
    if (at == line.npos) return;
    ++at;
    const std::size_t end = std::min(KeyEnd(line, at), line.size());
    if (LooksLikeKey(line.substr(at, end - at), kBytesMin))
      return Report(word.end + at, word.end + end, credentials_, 0.85, finds);
  }
}

// `new NetworkCredential("svc_report", "River0341.")`.
void ShapeRules::FindSecondArgument(const Scan& scan, const Token& word, std::vector<Find>& finds) const {
  constexpr std::size_t kBytesAhead = 160, kBytesMin = 6;
  const std::string_view rest = scan.text.substr(word.end, kBytesAhead);
  scan.steps += rest.size();
  const auto comma = rest.starts_with('(') ? rest.find(',') : rest.npos;
  const auto quote = comma == rest.npos ? rest.npos : rest.find_first_not_of(' ', comma + 1);
  if (quote == rest.npos || !IsOneOf(rest[quote], "\"'")) return;
  const auto end = rest.find(rest[quote], quote + 1);
  if (end == rest.npos) return;
  const std::string_view value = rest.substr(quote + 1, end - quote - 1);
  const bool mixed = std::ranges::any_of(value, IsAsciiDigit) || LooksRandom(value);
  if (value.size() < kBytesMin || !mixed || value.find(' ') != value.npos || LooksMadeUp(value)) return;
  Report(word.end + quote + 1, word.end + end, password_, 0.8, finds);
}

// "seed phrase: bonus cricket silver …": twelve words or more (BIP 39).
void ShapeRules::FindSeedPhrase(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  static const WordSet kKinds({"seed", "recovery", "mnemonic", "backup", "wallet", "secret"});
  constexpr std::size_t kWordsBetween = 6, kWordsMin = 12, kWordsMax = 24;
  constexpr std::uint32_t kLettersMin = 3, kLettersMax = 8, kMnemonic = WordHash("mnemonic");
  const bool named = scan.tokens[at].hash == kMnemonic || (at > 0 && kKinds.contains(scan.tokens[at - 1].hash));
  for (std::size_t i = at; named && i < scan.tokens.size() && i < at + kWordsBetween; ++i) {
    const std::string_view between = i + 1 < scan.tokens.size() ? scan.Between(i) : "";
    if (between.find_first_of(":=") == between.npos) continue;
    std::size_t last = i + 1;
    const auto is_word = [&](std::size_t word) {
      const Token& token = scan.tokens[word];
      return token.word() && token.ascii && !token.has_upper && token.size() >= kLettersMin &&
             token.size() <= kLettersMax;
    };
    while (last < scan.tokens.size() && last - i <= kWordsMax && is_word(last) &&
           (last == i + 1 || scan.IsBetween(last - 1, ' ')))
      ++last;
    if (last - i - 1 >= kWordsMin)
      Report(scan.tokens[i + 1].begin, scan.tokens[last - 1].end, credentials_, 0.9, finds);
    return;
  }
}

// "WIFI:T:WPA;S:Guests;P:…;;", as a code on the wall has it.
void ShapeRules::FindWifiCode(const Scan& scan, const Token& word, std::vector<Find>& finds) const {
  constexpr std::size_t kBytesAhead = 160;
  constexpr std::string_view kPassword = ";P:";
  const std::string_view rest = scan.text.substr(word.end, kBytesAhead);
  scan.steps += rest.size();
  const auto at = rest.starts_with(':') ? rest.find(kPassword) : rest.npos;
  const auto end = at == rest.npos ? at : rest.find(';', at + kPassword.size());
  if (end == rest.npos || end == at + kPassword.size()) return;
  Report(word.end + at + kPassword.size(), word.end + end, password_, 0.9, finds);
}

// "jdbc:oracle:thin:hr/…@//db.example.org:1521/PDB".
void ShapeRules::FindOracleLogin(const Scan& scan, const Token& word, std::vector<Find>& finds) const {
  constexpr std::size_t kBytesAhead = 128, kBytesMin = 4;
  const std::string_view rest = scan.text.substr(word.end, kBytesAhead);
  scan.steps += rest.size();
  const auto slash = rest.starts_with(':') ? rest.find('/') : rest.npos;
  const auto end = slash == rest.npos ? slash : rest.find('@', slash);
  if (end == rest.npos || end - slash <= kBytesMin || rest.substr(0, end).find(' ') != rest.npos) return;
  const std::string_view value = rest.substr(slash + 1, end - slash - 1);
  if (!LooksMadeUp(value)) Report(word.end + slash + 1, word.end + end, password_, 0.9, finds);
}

// "PuTTY-User-Key-File-3: …" and, some lines on, "Private-Lines: 8".
void ShapeRules::FindPuttyKey(const Scan& scan, const Token& word, std::vector<Find>& finds) const {
  constexpr std::size_t kBytesAhead = 4096;
  const std::string_view rest = scan.text.substr(word.end, kBytesAhead);
  if (!rest.starts_with("-User-Key-File-")) return;
  scan.steps += rest.size();
  constexpr std::string_view kMac = "Private-MAC: ";
  const auto lines = rest.find("Private-Lines: ");
  const auto mac = lines == rest.npos ? lines : rest.find(kMac, lines);
  if (mac == rest.npos) return;
  const auto end = std::min(rest.find('\n', mac), rest.size());
  Report(word.begin, word.end + end, credentials_, 0.97, finds);
}

// "the PIN for the safe is 4821": of a sentence, for "PIN: 560001" is an Indian postal code.
void ShapeRules::FindPin(const Scan& scan, std::size_t at, std::vector<Find>& finds) const {
  constexpr std::uint32_t kDigitsMin = 4, kDigitsMax = 8;
  const std::size_t value = scan.TokenAt(static_cast<std::uint32_t>(BehindSentence(scan, at)));
  if (value == 0 || value >= scan.tokens.size() || value <= at) return;
  const Token& pin = scan.tokens[value];
  constexpr std::uint32_t kIs = WordHash("is");
  if (!pin.all_digits() || pin.size() < kDigitsMin || pin.size() > kDigitsMax || scan.tokens[value - 1].hash != kIs)
    return;
  if (!IsOneOf(At(scan.text, pin.end), ".-/:%")) Report(pin.begin, pin.end, password_, 0.7, finds);
}

// "curl -u rosa:x7…", "sshpass -p x7…", "docker login -p x7…", "mysql -px7…".
void ShapeRules::FindOptionOf(const Scan& scan, const Token& program, std::vector<Find>& finds) const {
  constexpr std::size_t kBytesAhead = 160;
  const std::string_view text = scan.text;
  const std::string_view line = text.substr(program.end, kBytesAhead);
  const std::string_view rest = line.substr(0, line.find('\n'));
  const std::string_view name = scan.Of(program);
  scan.steps += rest.size();
  if (name == "docker" || name == "podman") {
    if (!rest.starts_with(" login ")) return;  // elsewhere -p maps ports
  }
  if (name == "net" && !rest.starts_with(" use ")) return;
  struct Program {
    std::string_view name;
    std::array<std::string_view, 2> options;
    char behind = '\0';  // the sign in the value that the password stands behind
  };
  static constexpr std::array<Program, 13> kPrograms = {{{"curl", {" -u ", " --user "}, ':'},
                                                         {"wget", {" -u ", " --user "}, ':'},
                                                         {"mysql", {" -p", " --password="}},
                                                         {"mysqldump", {" -p", " --password="}},
                                                         {"mysqladmin", {" -p", " --password="}},
                                                         {"redis", {" -a ", " --pass "}},
                                                         {"ldapsearch", {" -w ", " --passwd "}},
                                                         {"sqlcmd", {" -P ", " --password "}},
                                                         {"ipmitool", {" -P ", " --password "}},
                                                         {"mosquitto", {" -P ", " --pw "}},
                                                         {"smbclient", {" -U ", " --user="}, '%'},
                                                         {"xfreerdp", {" /p:", " -p "}},
                                                         {"net", {" /user:", " /USER:"}, ' '}}};
  static constexpr Program kOthers = {"", {" -p ", " --password "}};
  const auto known = std::ranges::find(kPrograms, name, &Program::name);
  const Program& options = known == kPrograms.end() ? kOthers : *known;
  for (const std::string_view option : options.options) {
    const auto at = rest.find(option);
    if (at == rest.npos) continue;
    std::size_t begin = at + option.size();
    const char ends = IsOneOf(At(rest, begin), "\"'") ? rest[begin++] : ' ';
    std::size_t end = std::min(rest.find(ends, begin), rest.size());
    if (options.behind == ' ') {  // net use Z: \\\\server\\share /user:NAME PASSWORD
      begin = std::min(end + 1, rest.size());
      end = std::min(rest.find(' ', begin), rest.size());
    } else if (options.behind != '\0') {
      const auto sign = rest.substr(0, end).find(options.behind, begin);
      if (sign == rest.npos) continue;
      // "curl -u KEY:X": of an interface that wants a key for a name.
      constexpr std::size_t kStandInBytesMax = 1, kKeyBytesMin = 16;
      if (end - sign <= kStandInBytesMax + 1 && sign - begin >= kKeyBytesMin)
        end = sign;
      else
        begin = sign + 1;
    }
    const std::string_view value = rest.substr(begin, end - begin);
    const bool digit = std::any_of(value.begin(), value.end(), IsAsciiDigit);
    const bool letter =
        std::any_of(value.begin(), value.end(), [](char c) { return IsAsciiLower(c) || IsAsciiUpper(c); });
    const bool mixed = digit || LooksRandom(value);
    if (value.size() < 6 || !mixed || !letter || value.find('$') != value.npos || LooksMadeUp(value)) continue;
    return Report(program.end + begin, program.end + end, password_, 0.8, finds);
  }
}

// Keys that open nothing: of tables, of caches, of keyboards, and those that everybody may see.
bool OpensNothing(std::uint32_t word) {
  static const WordSet kWords(
      {"primary",  "foreign",     "sort",   "cache",   "public",      "partition", "row",       "index",
       "unique",   "object",      "s3",     "site",    "file",        "map",       "natural",   "composite",
       "super",    "group",       "lookup", "storage", "idempotency", "dedup",     "routing",   "event",
       "message",  "translation", "i18n",   "locale",  "press",       "hot",       "page",      "config",
       "data",     "field",       "column", "host",    "pub",         "registry",  "product",   "metric",
       "label",    "tag",         "issue",  "project", "jira",        "case",      "sequence",  "item",
       "resource", "publishable", "shard",  "join",    "hash",        "range",     "surrogate", "business",
       "state",    "query",       "meta",   "entity",  "record",      "batch",     "log",       "trace"});
  return kWords.contains(word);
}

// What follows the & of a form that was sent: "&user=".
bool NamesAnother(std::string_view text, std::size_t at) {
  constexpr std::size_t kNameBytesMax = 40;
  const std::size_t begin = at;
  while (at < text.size() && at - begin < kNameBytesMax && (IsAsciiAlnum(text[at]) || IsOneOf(text[at], "_-.[]"))) ++at;
  return at > begin && At(text, at) == '=';
}

// `{"name": "API_TOKEN", "value": "…"}`, `- name: DB_PASSWORD` and `value: …` on the next line: where the sign before
// the value stands, or `at`.
std::size_t BehindNameOfValue(std::string_view text, std::size_t at) {
  constexpr std::size_t kSignsMax = 24;  // of which most indent a line
  constexpr std::string_view kValue = "alue", kDefault = "default";
  std::size_t i = at;
  while (i < text.size() && i - at < kSignsMax && IsOneOf(text[i], " ,;\n\r\t\"'{")) ++i;
  if (text.compare(i, kDefault.size(), kDefault) == 0) {  // variable "db_password" { default = "…" }
    i += kDefault.size();
  } else {
    if (!IsOneOf(At(text, i), "vV") || text.compare(i + 1, kValue.size(), kValue) != 0) return at;
    i += 1 + kValue.size();
  }
  while (i < text.size() && IsOneOf(text[i], "\"' ")) ++i;
  return IsOneOf(At(text, i), ":=") ? i : at;
}

// `val dbPassword: String = "…"`, `let secret: &str = "…"`, `Dim pwd As String = "…"`: where the sign before the value
// stands behind a type, or `at`.
std::size_t BehindType(std::string_view text, std::size_t at) {
  constexpr std::size_t kNameBytesMax = 24;
  std::size_t i = at;
  while (At(text, i) == ' ') ++i;
  if (text.compare(i, 3, "As ") == 0) {
    i += 3;
  } else if (At(text, i) == ':') {
    ++i;
  } else {
    return at;
  }
  while (IsOneOf(At(text, i), " &?")) ++i;
  const std::size_t name = i;
  while (i < text.size() && i - name < kNameBytesMax && (IsAsciiAlnum(text[i]) || IsOneOf(text[i], "_<>.?"))) ++i;
  if (i == name) return at;
  while (At(text, i) == ' ') ++i;
  if (At(text, i) != '=') return at;
  std::size_t quote = i + 1;
  while (At(text, quote) == ' ') ++quote;
  return IsOneOf(At(text, quote), "\"'`") ? i : at;
}

// Of eight letters and digits or more, capitals, small ones and digits among them, behind a space: no word of a
// sentence.
bool IsMixedWord(const Scan& scan, std::size_t at) {
  constexpr std::uint32_t kBytesMin = 8;
  if (at >= scan.tokens.size() || !scan.IsBetween(at - 1, ' ')) return false;
  const Token& token = scan.tokens[at];
  return token.size() >= kBytesMin && token.digits > 0 && token.has_upper && token.has_lower;
}

// "--password", "--api-key": the name of an option, whose value stands behind a space.
bool IsOption(std::string_view text, std::size_t word) {
  constexpr std::size_t kNameBytesMax = 40;
  std::size_t i = word;
  while (i > 0 && word - i < kNameBytesMax && (IsAsciiLower(text[i - 1]) || text[i - 1] == '-')) --i;
  return text.compare(i, 2, "--") == 0;
}

// "PASSWORD '…'", "IDENTIFIED BY '…'" of SQL, `with pass "…"` of a log, "define('DB_PASSWORD', '…')" of programs: where
// the value's quote stands behind the word that ends at `at`; 0 where none does.
std::size_t AtQuoted(std::string_view text, std::size_t at) {
  constexpr std::string_view kBy = " by";
  const std::size_t word = at;
  const bool by = text.size() > at + kBy.size() && text[at] == ' ' && (text[at + 1] | 0x20) == kBy[1] &&
                  (text[at + 2] | 0x20) == kBy[2];
  if (by) at += kBy.size();
  const char quote = IsOneOf(At(text, at), "\"'") && At(text, at + 1) == ',' ? text[at] : '\0';
  if (quote != '\0') at += 2;  // the end of the name's own quotes, and a comma
  if (At(text, at) == ' ') ++at;
  if (quote != '\0') return At(text, at) == quote ? at : 0;
  return at > word && IsOneOf(At(text, at), "\"'") ? at : 0;
}

// `password = "…"`, `API_KEY: …`, `<token>…`, `Passwort lautet …`: a value by its form and its entropy.
void ShapeRules::FindAssignment(const Scan& scan, std::size_t at, const ShapeCue& cue, std::vector<Find>& finds) const {
  static const WordSet kBeforeKey({"api", "secret", "access", "private", "encryption", "signing", "auth", "client",
                                   "master", "license", "app", "service", "consumer", "functions"});
  constexpr std::uint32_t kSecret = WordHash("secret"), kCommunity = WordHash("community"),
                          kServer = WordHash("server");
  const Token& word = scan.tokens[at];
  const bool password = cue.password;
  const bool key =
      cue.key && at > 0 && kBeforeKey.contains(scan.tokens[at - 1].hash) && word.begin - scan.tokens[at - 1].end <= 1;
  const std::string_view text = scan.text;
  // "VIRUSTOTAL_KEY=…": whoever's it is, a constant of that name with a value of that form opens something.
  const bool is_constant = cue.key && !key && at > 0 && !word.has_lower && word.begin == scan.tokens[at - 1].end + 1 &&
                           text[word.begin - 1] == '_' && !OpensNothing(scan.tokens[at - 1].hash);
  // "X-Acme-Key: …"
  const bool header = cue.key && !key && at > 0 && word.begin == scan.tokens[at - 1].end + 1 &&
                      text[word.begin - 1] == '-' && text.compare(word.end, 2, ": ") == 0 &&
                      !OpensNothing(scan.tokens[at - 1].hash);
  const bool named_key = header || is_constant;
  if (!password && !cue.secret && !key && !named_key) return;
  constexpr std::uint32_t kPasse = WordHash("passe"), kMot = WordHash("mot");
  if (word.hash == kPasse && (at < 2 || scan.tokens[at - 2].hash != kMot)) return;  // "mot de passe"
  std::size_t i = word.end;
  if (key && text.compare(i, 5, "_base") == 0) i += 5;  // Rails' secret_key_base
  while (i < text.size() && IsOneOf(text[i], "\"'`]) \t")) ++i;
  const bool defined = !password && IsOneOf(At(text, word.end), "\"'");  // define('AUTH_KEY', '…')
  const std::size_t quoted = password || defined ? AtQuoted(text, word.end) : 0;
  if (word.hash == WordHash("identified") && quoted == 0) return;
  constexpr std::uint32_t kLogin = WordHash("login");
  bool assigned = password && at > 1 && scan.tokens[at - 2].hash == kLogin && i > word.end;  // a line of .netrc
  if (const std::size_t behind = BehindType(text, word.end); behind > word.end) i = behind;
  std::size_t in_sentence = password && word.has_lower ? BehindSentence(scan, at) : 0;
  const bool beside = in_sentence == 0 && password && IsMixedWord(scan, at + 1);  // "pw Viking797x"
  if (beside) in_sentence = scan.tokens[at + 1].begin;
  i = BehindNameOfValue(text, i);  // also <add key="ApiSecret" value="…">
  assigned = assigned || (i > word.end && At(text, word.end) == ' ' && IsOption(text, word.begin));
  if (text.compare(i, 2, "=>") == 0 || text.compare(i, 2, ":=") == 0 || text.compare(i, 2, "==") == 0) {
    assigned = true;
    i += 2;
  } else if (IsOneOf(At(text, i), "=:>")) {
    assigned = true;
    ++i;
  } else if (text.compare(i, 3, "is ") == 0) {
    assigned = true;
    i += 3;
  } else if (word.hash == WordHash("bearer") && i > word.end) {
    assigned = true;
  } else if (quoted > 0) {
    assigned = true;
    i = quoted;
  } else if (At(text, word.end) == ' ' && IsOneOf(At(text, word.end + 1), "05789") && At(text, word.end + 2) == ' ') {
    assigned = true;  // of a router: "password 7 0866…", "secret 9 $9$…"
    i = word.end + 3;
  } else if (word.hash == kCommunity && at > 0 && scan.tokens[at - 1].hash == kServer && i > word.end) {
    assigned = true;  // "snmp-server community …"
  } else if (password && At(text, word.end) == '(' && IsOneOf(At(text, word.end + 1), "\"'") &&
             (scan.Of(word).starts_with("set") || scan.Of(word).starts_with("with"))) {
    assigned = true;  // setPassword("…")
    i = word.end + 1;
  } else if (text.compare(i, 3, "：") == 0) {
    assigned = true;
    i += 3;
  } else if (at > 0 && i == word.end + 1 && scan.tokens[at - 1].hash == WordHash("authorization")) {
    assigned = true;  // "Authorization: Token 9f86…"
  }
  const bool said = !assigned && in_sentence > 0;
  if (said) i = in_sentence;
  if (!assigned && !said) return;
  while (i < text.size() && (text[i] == ' ' || text[i] == '\t')) ++i;
  if (At(text, i) == 'N' && At(text, i + 1) == '\'') ++i;  // N'…' of SQL Server
  const char quote = IsOneOf(At(text, i), "\"'`") ? text[i] : '\0';
  if (quote != '\0') ++i;
  std::size_t end = i;
  while (end < text.size() && end - i < 512 && static_cast<unsigned char>(text[end]) > 0x20 &&
         (quote != '\0' ? text[end] != quote
                        : !IsOneOf(text[end], "\"'`,;<>)]}") && (text[end] != '&' || !NamesAnother(text, end + 1)))) {
    ++end;
  }
  scan.steps += end - word.end;
  if (quote == '\0' && end > i && IsOneOf(text[end - 1], ".:")) --end;
  const std::string_view value = text.substr(i, end - i);
  const bool tag =
      value.starts_with('!') && std::all_of(value.begin() + 1, value.end(), IsAsciiLower);  // YAML's !vault
  // A sentence in quotes, and what stands behind a placeholder: mongodb://<user>:<password>@cluster0.
  const bool sentence =
      quote != '\0' && end < text.size() && (text[end] == ' ' || text[end] == '\n') && !(defined && end - i >= 16);
  if (sentence || value.starts_with('@')) return;
  if (value.size() < 6 || (quote == '\0' && (value.front() == '/' || tag))) return;
  const bool digit = std::any_of(value.begin(), value.end(), IsAsciiDigit);
  const bool lower = std::any_of(value.begin(), value.end(), IsAsciiLower);
  const bool upper = std::any_of(value.begin(), value.end(), IsAsciiUpper);
  const bool sign =
      std::any_of(value.begin(), value.end(), [](char c) { return !IsAsciiAlnum(c) && c != '_' && c != '.'; });
  // In quotes, what is long and mixed enough is no call.
  const bool mixed =
      quote != '\0' && sign && digit &&
      (value.size() >= 24 ? Entropy(value) >= 4.0
                          : value.size() >= 16 && lower && upper && !value.ends_with(')') && Entropy(value) >= 3.8);
  const bool code = value.starts_with("http") ||
                    (!mixed && (value.find_first_of("([") != value.npos || value.find("::") != value.npos));
  if (password) {
    if ((code && quote == '\0') || (digit + lower + upper + sign < 2)) return;
    const bool of_constant = !word.has_lower && lower && upper && value.size() >= 8;  // DB_PASSWORD=Sommerregen
    if (quote == '\0' && !digit && !sign && !of_constant && !LooksRandom(value)) return;
    // In a sentence a word follows as well: what is none has a digit and letters.
    if (said && (!digit || !(lower || upper))) return;
    if (LooksMadeUp(value)) return;  // asked last, as it costs most
    Report(i, end, password_, quote != '\0' ? 0.8 : 0.7, finds);
  } else if (named_key ? value.size() >= 16 && digit && (lower || upper) && !code && Entropy(value) >= 3.2
                       : value.size() >= (word.hash == kSecret && lower && upper ? 8
                                          : lower && upper                       ? 10
                                                                                 : 12) &&
                             digit && (lower || upper) && !code && Entropy(value) >= 3.0) {
    if (LooksMadeUp(value)) return;
    Report(i, end, credentials_, Entropy(value) >= 3.5 ? 0.85 : 0.65, finds);
  }
}

}  // namespace privity::detect
