#include "detect/internal/shape_cues.h"

#include <algorithm>
#include <array>

#include "detect/internal/month_names.h"
#include "detect/internal/secret_leads.h"

namespace privity::detect {
namespace {

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
    "identified passcode cpassword servicepassword clientpassword accountpassword emailpassword proxypassword "
    "keypassword "
    "certpassword "
    "loginpassword defaultpassword pfxpassword sapassword wifipassword wlanpassword vpnpassword rpcpassword userpwd "
    "dbpwd "
    "sqlpassword postgrespassword mysqlpassword "
    "passord lozinka geslo пароль пароля парола κωδικος passe psk wpapsk presharedkey parola khau 密码 密碼 口令 "
    "パスワード 비밀번호 סיסמה clave community";
constexpr std::string_view kSecrets =
    "secret token apikey accesskey secretkey apisecret clientsecret authtoken accesstoken refreshtoken privatekey "
    "credential credentials apitoken bearer signingkey encryptionkey secretaccesskey webhooksecret sharedsecret "
    "appsecret accountkey sharedaccesskey serverkey masterkey consumersecret sessiontoken deploykey writekey keysecret "
    "apikeysecret bottoken usertoken servicetoken jwtsecret sessionsecret cookiesecret secretaccess webhooktoken "
    "pepper sessionid phpsessid jsessionid sessid csrftoken xsrftoken aspnetsessionid connectsid secretid "
    "accesskeysecret channelsecret channelaccesstoken verificationtoken hmackey hashsecret tokensecret "
    "oauthtoken authsecret applicationsecret accountsecret apptoken servertoken trackertoken projecttoken "
    "registrationtoken securitytoken deploytoken personalaccesstoken appkey nwkkey nwkskey appskey localkey";
// Of a query: "?sig=…", "&appid=…".
constexpr std::string_view kOfQueries = "sig signature appid code auth key pwd";
constexpr std::string_view kTopDomains = "com org net edu gov info biz io co";
constexpr std::string_view kPhones =
    "phone tel telephone mobile cell call fax whatsapp telefono movil telefon handy mobil rufnummer telefonnummer "
    "portable cellulare telefone telemovel celular telefoon telefoonnummer mobiel sms phones contact hotline ph tlf "
    "tfno fono dial text reach komorka cel puh gsm mob kom cep msisdn ruckruf anrufen erreichbar telefonisch "
    "joignable appelez appeler rappeler llamame llamar llama llame ligue ligar chiamami chiamare chiama bel bellen "
    "ring dzwonic zadzwon kontakt nas nar ringa ringer ringde soita tavoitettavissa hivjon volat zavolat zovite sunati "
    "arayin hubungi bereikbaar localizar localizable raggiungibile contattami contattare contactar joindre callback hp "
    "texted telefonicamente llamarnos llamarle llamarme llamarlo llamarla llamenos "
    "handphone wa thoai sdt звоните звони позвоните "
    "тел телефон моб мобильный τηλ κινητο τηλεφωνο κινητό τηλέφωνο τηλέφωνό נייד טלפון جوال هاتف موبايل "
    "手机 手机号 手机号码 电话 携帯 携帯電話 電話 電話番号 휴대폰 전화 전화번호 연락처";
constexpr std::string_view kBeforeAge = "age aged edad alter eta idade leeftijd wiek";
constexpr std::string_view kYears = "year years yr yrs yo y anos ano jahre jahren ans anni jaar lat";
constexpr std::string_view kUnitsOfChildren = "meses mes dias dia semanas semana horas";

}  // namespace

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
                     cue.two_arguments || cue.phrase || cue.wifi || cue.thin || cue.putty || cue.pin || cue.leads;
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
    add("phrase mnemonic words", [](ShapeCue& cue) { cue.phrase = true; });
    add("wifi", [](ShapeCue& cue) { cue.wifi = true; });
    add("thin", [](ShapeCue& cue) { cue.thin = true; });
    add("putty", [](ShapeCue& cue) { cue.putty = true; });
    add("pin", [](ShapeCue& cue) { cue.pin = true; });
    add(LeadsToSecrets(), [](ShapeCue& cue) { cue.leads = true; });
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

namespace {

// "dbPassword", "apiSecret": names of programs, glued from words with capitals.
bool IsGlued(const Token& token) {
  return token.has_upper && token.has_lower && !token.upper_first;
}

}  // namespace

// What such a name ends with says what it is; null for others.
const ShapeCue* CueOfEnding(const Scan& scan, const Token& token) {
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
  return of_nobody ? nullptr : ShapeCues().Find(WordHash(Fold(*ending)));
}

int MonthOf(const Token& token) {
  if (token.digits > 0) return 0;
  const ShapeCue* cue = ShapeCues().Find(token.hash);
  return cue == nullptr ? 0 : cue->month;
}

bool SaysVersion(const Token& token) {
  static const WordSet kVersion({"version", "versions", "v", "ver", "release", "releases", "build", "firmware", "patch",
                                 "update", "upgrade", "versie", "versione", "versao", "wersja", "software", "driver"});
  return kVersion.contains(token.hash);
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
