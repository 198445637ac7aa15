// What leads to a secret, one function for each way. Each looks at the line behind its lead, the token `at`, which is
// written `name`, and adds the secrets that it finds.
#pragma once

#include <string_view>

#include "detect/internal/secret_line.h"

namespace privity::detect::led {

// secret_programs.cc
void FindOptions(const Scan& scan, const Line& line, std::string_view name, Secrets& secrets);
void FindPairOfOptions(const Scan& scan, std::size_t at, const Line& line, Secrets& secrets);
void FindOracleLogins(const Scan& scan, const Line& line, Secrets& secrets);
void FindPiped(const Scan& scan, const Line& line, Secrets& secrets);
void FindInPlace(const Scan& scan, std::size_t at, const Line& line, std::string_view name, Secrets& secrets);

// secret_devices.cc
void FindDeviceKeys(const Scan& scan, std::size_t at, const Line& line, std::string_view name, Secrets& secrets);
void FindOnDeviceLine(const Scan& scan, std::size_t at, const Line& line, Secrets& secrets);
void FindSnmpKeys(const Scan& scan, const Line& line, Secrets& secrets);
void FindOfNetwork(const Scan& scan, std::size_t at, const Line& line, std::string_view name, Secrets& secrets);

// secret_calls.cc
void FindArgument(const Scan& scan, const Line& line, std::size_t from, Secrets& secrets);
void FindTyped(const Scan& scan, std::size_t at, const Line& line, Secrets& secrets);
void FindBeforeProtocol(const Scan& scan, std::size_t at, const Line& line, Secrets& secrets);
void FindSent(const Scan& scan, const Line& line, Secrets& secrets);
void FindPlainText(const Scan& scan, const Line& line, Secrets& secrets);

// secret_talk.cc
void FindLogin(const Scan& scan, const Line& line, std::string_view name, Secrets& secrets);
void FindSaidPassword(const Scan& scan, std::size_t at, const Line& line, Secrets& secrets);
void FindSaidKey(const Scan& scan, std::size_t at, const Line& line, Secrets& secrets);
void FindGroups(const Line& line, Secrets& secrets);
void FindCodes(const Scan& scan, std::size_t at, const Line& line, Secrets& secrets);
void FindDigits(const Scan& scan, const Line& line, Secrets& secrets);
void FindOfRoot(const Scan& scan, const Line& line, Secrets& secrets);

}  // namespace privity::detect::led
