#include "detect/internal/secret_leads.h"

#include <algorithm>
#include <array>
#include <string>

#include "detect/internal/secret_finders.h"
#include "detect/internal/word_set.h"

namespace privity::detect {
namespace led {
namespace {

enum class Lead {
  kNone,
  kOptions,
  kPair,
  kOracle,
  kPiped,
  kInPlace,
  kDevice,
  kSnmp,
  kArgument,
  kSecondArgument,
  kThirdArgument,
  kLogin,
  kSaid,
  kKey,
  kGroups,
  kCodes,
  kSqlFunction,
  kNetwork,
  kPlainText,
  kDeviceLine,
  kTyped,
  kProtocol,
  kSent,
  kRoot,
  kDigits,
};

struct Words {
  Lead lead;
  std::string_view words;
};
constexpr std::array<Words, 24> kWords = {
    {{Lead::kOptions,
      "mariadb lftp curl http https ldapadd ldapmodify ldapdelete ldapwhoami ldappasswd unzip zip openssl keytool "
      "jarsigner unrar keygen schtasks net rpcclient obscure"},
     {Lead::kPair, "u user username"},
     {Lead::kOracle, "sqlplus impdp expdp sqlldr rman conn connect"},
     {Lead::kPiped, "echo printf"},
     {Lead::kInPlace,
      "unseal rabbitmqctl htpasswd net mc rocommunity rwcommunity rootpw requirepass masterauth identified "
      "setcookie kinit vncpasswd smbpasswd auth"},
     {Lead::kDevice, "tacacs radius isakmp string digest"},
     {Lead::kSnmp, "snmp snmpget snmpwalk snmpset snmpbulkwalk snmpbulkget snmptrap createuser"},
     {Lead::kArgument, "fernet aes wallet"},
     {Lead::kSecondArgument,
      "withcredentials awscredentials basicawscredentials basiccredentials "
      "auth login createhmac hmac sign verify basicauth"},
     {Lead::kThirdArgument, "connect pdo mysqli getconnection createconnection user bind sequelize"},
     {Lead::kLogin,
      "creds credentials login logins log auth zugang zugangsdaten acceso accesos acces accesso identifiants ssid wifi "
      "wlan imap smtp ftp vpn rdp ssh"},
     {Lead::kSaid,
      "password passwd pwd pw pass passwort kennwort passphrase contrasena senha wachtwoord haslo heslo jelszo "
      "salasana "
      "losenord passord adgangskode lozinka geslo sifre parola passe mdp clave пароль парола"},
     {Lead::kKey, "key token secret pat fernet apikey applicationkey private"},
     {Lead::kGroups, "totp otp mfa authenticator seed password"},
     {Lead::kCodes, "codes"},
     {Lead::kSqlFunction, "password"},
     {Lead::kNetwork, "keymaterial passphrase eap xauth option userpwd"},
     {Lead::kPlainText, "securestring"},
     {Lead::kDeviceLine, "key secret shared community value psk md5"},
     {Lead::kTyped, "type keys sendkeys fill"},
     {Lead::kProtocol, "tcp unix"},
     {Lead::kSent, "send"},
     {Lead::kRoot, "root admin administrator"},
     {Lead::kDigits, "puk passcode"}}};

void FindBy(Lead lead, const Scan& scan, std::size_t at, const Line& line, Secrets& secrets) {
  const std::string_view name = scan.Of(scan.tokens[at]);
  switch (lead) {
    case Lead::kNone:
      return;
    case Lead::kOptions:
      return FindOptions(scan, line, name, secrets);
    case Lead::kPair:
      return FindPairOfOptions(scan, at, line, secrets);
    case Lead::kOracle:
      return FindOracleLogins(scan, line, secrets);
    case Lead::kPiped:
      return FindPiped(scan, line, secrets);
    case Lead::kInPlace:
      return FindInPlace(scan, at, line, name, secrets);
    case Lead::kDevice:
      return FindDeviceKeys(scan, at, line, name, secrets);
    case Lead::kSnmp:
      return FindSnmpKeys(scan, line, secrets);
    case Lead::kArgument:
      return FindArgument(scan, line, 0, secrets);
    case Lead::kSecondArgument:
      return FindArgument(scan, line, 1, secrets);
    case Lead::kThirdArgument:
      return FindArgument(scan, line, 2, secrets);
    case Lead::kLogin:
      return FindLogin(scan, line, name, secrets);
    case Lead::kSaid:
      return FindSaidPassword(scan, at, line, secrets);
    case Lead::kKey:
      return FindSaidKey(scan, at, line, secrets);
    case Lead::kGroups:
      return FindGroups(line, secrets);
    case Lead::kCodes:
      return FindCodes(scan, at, line, secrets);
    case Lead::kSqlFunction:
      if (name == "PASSWORD") FindArgument(scan, line, 0, secrets);
      if (Before(scan, at, 5).ends_with("auth_")) FindArgument(scan, line, 1, secrets);
      return;
    case Lead::kNetwork:
      return FindOfNetwork(scan, at, line, name, secrets);
    case Lead::kDeviceLine:
      return FindOnDeviceLine(scan, at, line, secrets);
    case Lead::kTyped:
      return FindTyped(scan, at, line, secrets);
    case Lead::kProtocol:
      return FindBeforeProtocol(scan, at, line, secrets);
    case Lead::kSent:
      return FindSent(scan, line, secrets);
    case Lead::kDigits:
      return FindDigits(scan, line, secrets);
    case Lead::kRoot:
      return FindOfRoot(scan, line, secrets);
    case Lead::kPlainText:
      return FindPlainText(scan, line, secrets);
  }
}

using Leads = std::array<Lead, 4>;  // of one word, the rest kNone

const WordMap<Leads>& LeadsOfWords() {
  static const auto leads = [] {
    WordMap<Leads> map;
    for (const auto& [lead, words] : kWords) {
      std::string_view rest = words;
      while (!rest.empty()) {
        const auto space = std::min(rest.find(' '), rest.size());
        *std::ranges::find(map[WordHash(rest.substr(0, space))], Lead::kNone) = lead;
        rest.remove_prefix(std::min(space + 1, rest.size()));
      }
    }
    return map;
  }();
  return leads;
}

}  // namespace
}  // namespace led

std::string_view LeadsToSecrets() {
  static const std::string words = [] {
    std::string all;
    for (const led::Words& of : led::kWords) all.append(all.empty() ? "" : " ").append(of.words);
    return all;
  }();
  return words;
}

void FindSecretsBehind(const Scan& scan, std::size_t at, std::vector<LedSecret>& secrets) {
  const led::Leads* leads = led::LeadsOfWords().Find(scan.tokens[at].hash);
  if (leads == nullptr) return;
  const led::Line line = led::LineBehind(scan, scan.tokens[at]);
  for (const led::Lead lead : *leads) led::FindBy(lead, scan, at, line, secrets);
}

}  // namespace privity::detect
