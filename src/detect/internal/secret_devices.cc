// Keys in the settings of network devices.
#include "detect/internal/secret_finders.h"

#include <algorithm>

#include "detect/internal/letters.h"
#include "detect/internal/secret_values.h"
#include "detect/internal/text_rules.h"
#include "detect/internal/word_set.h"

namespace privity::detect::led {

// "tacacs-server host 10.0.0.5 key 7 …", "radius-server key …", "crypto isakmp key … address …", "key-string …",
// "ip ospf message-digest-key 1 md5 …".
void FindDeviceKeys(const Scan& scan, std::size_t at, const Line& line, std::string_view name, Secrets& secrets) {
  std::string_view lead = " key ";
  if (name == "string") {
    if (!Before(scan, at, 4).ends_with("key-") && !Before(scan, at, 7).ends_with("secret-")) return;
    lead = " ";
  } else if (name == "digest") {
    if (!Before(scan, at, 8).ends_with("message-")) return;
    lead = " md5 ";
  }
  const auto found = line.text.find(lead);
  if (found == line.text.npos) return;
  std::size_t begin = found + lead.size();
  if (IsAsciiDigit(At(line.text, begin)) && At(line.text, begin + 1) == ' ') begin += 2;
  const LedSecret value = line.ValueAt(begin);
  if (MayBePassword(Of(scan, value))) secrets.push_back(value);
}

// A line of a device that gives a key to somebody: "set security ike policy p pre-shared-key ascii-text …",
// "username ida privilege 15 secret …", "ntp authentication-key 1 md5 …".
void FindOnDeviceLine(const Scan& scan, std::size_t at, const Line& line, Secrets& secrets) {
  static const WordSet kBegins(
      {"set", "username", "enable", "ntp",  "wlan", "ikev1",  "ikev2", "standby", "vrrp", "neighbor",
       "ip",  "crypto",   "vtp",    "ppp",  "key",  "server", "local", "snmp",    "area", "authentication",
       "pre", "user",     "hsrp",   "isis", "bgp"});
  static const WordSet kFillers({"ascii", "ascii-text", "text", "local", "remote", "hex", "0", "5", "6", "7", "set-key",
                                 "1", "-key", "-secret", "-value", "-string", "-text"});
  constexpr std::size_t kBytesBefore = 120, kWordsMax = 4;
  if (!IsOneOf(At(line.text, 0), " -")) return;
  WordReader words(line);
  LedSecret value = words.Next();
  for (std::size_t i = 1; kFillers.contains(WordHash(Of(scan, value))); ++i) {
    if (i == kWordsMax) return;
    value = words.Next();
  }
  const std::string_view text = Of(scan, value);
  if (!MayBePassword(text) || NamesAlgorithm(text)) return;  // as most
  const std::string_view before = Before(scan, at, kBytesBefore);
  const auto first = before.find_first_not_of(" \t");
  if (first == before.npos) return;
  const std::string_view begin = before.substr(first, before.find_first_of(" -", first) - first);
  const bool sign = text.find_first_of("._!#%&*+@") != text.npos || IsPasswordForSure(text);
  if (kBegins.contains(WordHash(begin)) && (sign || begin != "set")) secrets.push_back(value);
}

// "snmp-server user mon grp v3 auth sha … priv aes 128 …", "snmpget -A … -X …", "snmpwalk -c …", "createUser mon SHA
// …".
void FindSnmpKeys(const Scan& scan, const Line& line, Secrets& secrets) {
  static const WordSet kBefore({"sha", "md5", "aes", "des", "3des", "128", "192", "256", "a", "x", "c"});
  constexpr std::size_t kWordsMax = 24;
  LedSecret last{line.begin, line.begin};
  WordReader words(line);
  for (std::size_t i = 0; i < kWordsMax; ++i) {
    const LedSecret value = words.Next();
    if (value.begin == value.end) return;
    std::string_view before = Of(scan, last);
    if (before.starts_with('-')) before.remove_prefix(1);
    if (kBefore.contains(FoldedWordHash(before)) && MayBePassword(Of(scan, value))) secrets.push_back(value);
    last = value;
  }
}

// `<keyMaterial>…<`, "keyMaterial=…", OpenWrt's "option key '…'", "wpa_passphrase=three words of it", `: EAP "…"`.
void FindOfNetwork(const Scan& scan, std::size_t at, const Line& line, std::string_view name, Secrets& secrets) {
  constexpr std::size_t kBytesMin = 8, kBytesMax = 63;  // of WPA
  if (name == "passphrase") {
    if (!Before(scan, at, 4).ends_with("wpa_") || At(line.text, 0) != '=') return;
    const std::string_view value = line.text.substr(1);
    const bool words = value.find(' ') != value.npos && value.find('#') == value.npos;
    if (words && value.size() >= kBytesMin && value.size() <= kBytesMax && !LooksMadeUp(value))
      secrets.push_back({line.begin + 1, line.begin + line.text.size(), true});
  } else if (name == "EAP" || name == "XAUTH") {
    if (Before(scan, at, 3).ends_with(": ") && MayBePassword(Of(scan, line.ValueAt(0))))
      secrets.push_back(line.ValueAt(0));
  } else if (name == "option") {
    if (line.text.starts_with(" key ") && MayBePassword(Of(scan, line.ValueAt(4)))) secrets.push_back(line.ValueAt(4));
  } else if (IsOneOf(At(line.text, 0), "=>:")) {
    const LedSecret value = line.ValueAt(1);
    if (MayBePassword(Of(scan, value))) secrets.push_back(value);
  }
}

}  // namespace privity::detect::led
