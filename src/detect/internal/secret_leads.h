// What leads to a secret where nothing is assigned: programs that are given a password, settings of network devices,
// arguments of calls, addresses that open by themselves, and what people write in chats and tickets.
#pragma once

#include <string_view>
#include <vector>

#include "detect/internal/token_scan.h"

namespace privity::detect {

struct LedSecret {
  std::size_t begin = 0, end = 0;  // bytes
  bool password = false;           // else a key
};

// The words at which FindSecretsBehind has something to look for, folded, between spaces.
std::string_view LeadsToSecrets();

// What stands on the line of such a word, which is the token `at`.
void FindSecretsBehind(const Scan& scan, std::size_t at, std::vector<LedSecret>& secrets);

// Whether an address (without its scheme) is that of a hook, whose path is all that one needs to post there, or holds a
// key before its host.
bool OpensByItself(std::string_view host_and_path);

// Whether a value is none, but says where the secret is kept ("vault:secret/data/crm", "file:/run/secrets/db"), is
// encrypted, or the public half of a key.
bool PointsElsewhere(std::string_view value);

// "Argon2PasswordHasher": three words with capitals and more, as programs name things.
bool IsNameInCode(std::string_view value);

// "rSvuQyJBblaHy": small letters and capitals in turn, as no word of a program has them ("getUserPassword").
bool LooksRandom(std::string_view value);

// Of a key that is given away: as long, as mixed, and with as many bits of entropy for each character.
bool LooksLikeKey(std::string_view value, std::size_t bytes_min, double bits = 3.0);

}  // namespace privity::detect
