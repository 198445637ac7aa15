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

}  // namespace privity::detect
