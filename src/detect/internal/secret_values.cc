#include "detect/internal/secret_values.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include "detect/internal/letters.h"
#include "detect/internal/text_rules.h"
#include "detect/internal/word_set.h"

namespace privity::detect {

bool LooksRandom(std::string_view value) {
  constexpr std::size_t kBytesMin = 10, kForEach = 3;
  if (value.size() < kBytesMin) return false;
  std::size_t turns = 0;
  for (std::size_t i = 1; i < value.size(); ++i)
    turns += IsAsciiUpper(value[i]) != IsAsciiUpper(value[i - 1]) && IsAsciiLetter(value[i]);
  return turns * kForEach >= value.size();
}

bool LooksLikeKey(std::string_view value, std::size_t bytes_min, double bits) {
  return value.size() >= bytes_min && std::ranges::any_of(value, IsAsciiLetter) &&
         std::ranges::any_of(value, IsAsciiDigit) && Entropy(value) >= bits && !IsStandIn(value);
}

namespace led {
namespace {

constexpr std::uint8_t kDigit = 1, kLower = 2, kUpper = 4, kSign = 8;
constexpr auto kKinds = [] {
  std::array<std::uint8_t, 256> kinds{};
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    const char c = static_cast<char>(i);
    if (c == '.' || c == '_') continue;
    kinds[i] = IsAsciiDigit(c) ? kDigit : IsAsciiLower(c) ? kLower : IsAsciiUpper(c) ? kUpper : kSign;
  }
  return kinds;
}();

// No path, address, variable or stand-in.
bool MayBeSecret(std::string_view value) {
  constexpr std::size_t kBytesMin = 6, kBytesMax = 200;
  if (value.size() < kBytesMin || value.size() > kBytesMax || IsOneOf(value.front(), "/~$<%{[(-\\.&")) return false;
  return value.find("://") == value.npos && value.find("$(") == value.npos && !LooksMadeUp(value) &&
         !PointsElsewhere(value);
}

}  // namespace

Mix::Mix(std::string_view value) {
  unsigned kinds = 0;
  for (const char c : value) kinds |= kKinds.data()[static_cast<unsigned char>(c)];
  digit = (kinds & kDigit) != 0;
  lower = (kinds & kLower) != 0;
  upper = (kinds & kUpper) != 0;
  sign = (kinds & kSign) != 0;
}

bool MayBePassword(std::string_view value) {
  const Mix mix(value);
  return mix.letter() && (mix.digit || (mix.lower && mix.upper && mix.sign) || LooksRandom(value)) &&
         MayBeSecret(value);
}

bool IsPasswordForSure(std::string_view value) {
  constexpr std::size_t kBytesMin = 7;
  if (value.size() < kBytesMin) return false;
  const Mix mix(value);
  return mix.digit && mix.lower && mix.upper && !IsNameInCode(value) && MayBeSecret(value);
}

bool IsRandomRun(std::string_view value, std::size_t bytes_min) {
  constexpr std::size_t kForEach = 4;
  constexpr double kBits = 3.2;
  if (value.size() < bytes_min) return false;  // as most
  const auto kind = [](char c) { return IsAsciiDigit(c) ? 0 : IsAsciiLower(c) ? 1 : IsAsciiUpper(c) ? 2 : 3; };
  std::size_t turns = 0;
  for (std::size_t i = 1; i < value.size(); ++i)
    turns += kind(value[i]) != kind(value[i - 1]) && IsAsciiAlnum(value[i]) && IsAsciiAlnum(value[i - 1]);
  return turns * kForEach >= value.size() && !value.starts_with("SHA256:") && !value.starts_with("AAAA") &&
         std::ranges::all_of(value, [](char c) { return IsAsciiAlnum(c) || IsOneOf(c, "-_.+/=~:"); }) &&
         LooksLikeKey(value, bytes_min, kBits) && !PointsElsewhere(value);
}

bool IsUuid(std::string_view value) {
  constexpr std::size_t kBytes = 36;
  return value.size() == kBytes && value[8] == '-' && value[13] == '-' && value[18] == '-' && value[23] == '-';
}

bool NamesAlgorithm(std::string_view value) {
  constexpr std::size_t kBytesMax = 20;
  const std::string folded = Fold(value.substr(0, kBytesMax));
  return value.size() <= kBytesMax && std::ranges::any_of(std::array{"sha", "hs", "rs", "es", "ps", "md5", "aes", "rsa",
                                                                     "utf", "iso", "hmac", "ecdsa"},
                                                          [&](const char* begin) { return folded.starts_with(begin); });
}

}  // namespace led

bool IsNameInCode(std::string_view value) {
  constexpr std::size_t kWords = 3, kLetters = 3;
  std::size_t words = 0, letters = 0;
  for (const char c : value) {
    letters = IsAsciiLower(c) ? letters + 1 : 0;
    words += letters == kLetters;
  }
  return words >= kWords && std::ranges::all_of(value, IsAsciiAlnum);
}

namespace {

// Whether an address is one of a hook: "hooks.example.com/…", "…/webhook/…", "…/integration/…/enqueue".
bool SaysHook(std::string_view part) {
  static const WordSet kHooks({"hook", "hooks", "webhook", "webhooks", "incoming", "webhookb2", "integration", "rpc",
                               "quiknode", "infura", "alchemy", "alchemyapi", "hc-ping", "trigger"});
  return kHooks.contains(WordHash(part));
}

}  // namespace

bool OpensByItself(std::string_view host_and_path) {
  constexpr std::size_t kBytesMin = 16, kUserBytesMin = 24, kLetterBytesMin = 20;
  constexpr std::size_t kHash = 32;  // hexadecimal digits: what a Sentry address has, which may be known
  const auto path = std::min(host_and_path.find('/'), host_and_path.size());
  const auto user = host_and_path.substr(0, path).find('@');
  if (user != host_and_path.npos && user >= kUserBytesMin && user != kHash &&
      LooksLikeKey(host_and_path.substr(0, user), kUserBytesMin))
    return true;
  // What is sent in a letter and lets in whoever has it.
  static const WordSet kOfLetters({"invite", "invites", "invitation", "reset", "verify", "activate", "activation",
                                   "confirm", "magic", "magic-link", "reset-password", "password-reset",
                                   "unsubscribe"});
  bool hook = false, after_letter = false;
  std::size_t at = 0;
  while (at < host_and_path.size()) {
    const CharSet divides = at < path ? CharSet("./") : CharSet("/?#");
    std::size_t end = at;
    while (end < host_and_path.size() && !divides.Has(host_and_path[end])) ++end;
    const std::string_view part = host_and_path.substr(at, end - at);
    hook = hook || SaysHook(part);
    if (hook && at > path && led::IsRandomRun(part, kBytesMin)) return true;
    if (at > path && (after_letter || part.starts_with("private-")) && led::IsRandomRun(part, kLetterBytesMin))
      return true;
    after_letter = kOfLetters.contains(FoldedWordHash(part));
    if (end < host_and_path.size() && host_and_path[end] == '?') return false;
    at = end + 1;
  }
  return false;
}

namespace {

// "db-password-2", "app_token": what a keeper of secrets calls one of them.
bool NamesSecret(std::string_view value) {
  static const WordSet kNames(
      {"password", "passwd", "secret", "secrets", "token", "cred", "creds", "credential", "credentials"});
  constexpr std::size_t kDigitsMax = 3;
  std::size_t digits = 0, begin = 0;
  bool named = false, parted = false;
  for (std::size_t i = 0; i <= value.size(); ++i) {
    if (const char c = At(value, i); i == value.size() || c == '-' || c == '_') {
      named = named || kNames.contains(WordHash(value.substr(begin, i - begin)));
      parted = parted || i < value.size();
      begin = i + 1;
    } else if (IsAsciiDigit(c)) {
      ++digits;
    } else if (!IsAsciiLower(c)) {
      return false;
    }
  }
  return named && parted && digits <= kDigitsMax;
}

}  // namespace

bool PointsElsewhere(std::string_view value) {
  static const WordSet kKeepers({"vault",   "ssm",      "sops", "file",  "env",     "keyring", "secretsmanager",
                                 "awskms",  "gcpkms",   "arn",  "op",    "ref",     "kms",     "gcp",
                                 "azurekv", "keyvault", "bws",  "pass",  "doppler", "conjur",  "secret",
                                 "secrets", "gsm",      "sm",   "awssm", "ssh",     "projects"});
  if (NamesSecret(value)) return true;
  const auto sign = value.find_first_of(":+");
  constexpr std::size_t kSealedBytesMin = 40;
  // Halves of keys that pages and programs show to everybody.
  for (const std::string_view begin :
       {"pk_live_", "pk_test_", "pk.eyJ", "phc_", "sb_publishable_", "FLWPUBK", "age1"}) {
    if (value.starts_with(begin)) return true;
  }
  // Encrypted already: by AWS KMS, and as Kubernetes' SealedSecret.
  if (value.starts_with("AQICAH") || value.starts_with("AQECAH")) return true;
  if (value.size() >= kSealedBytesMin && value.starts_with("Ag") && At(value, 2) >= 'A' && At(value, 2) <= 'D')
    return true;
  if (value.starts_with("projects/") || value.starts_with("kv/") || value.starts_with("secret/")) return true;
  return sign != value.npos && kKeepers.contains(FoldedWordHash(value.substr(0, sign)));
}

}  // namespace privity::detect
