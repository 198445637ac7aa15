// A store's password from a file, which keeps it out of the list of processes.
#pragma once

#include <string>

#include "base/result.h"
#include "base/secret.h"
#include "cli/command.h"
#include "cli/remote.h"

namespace privity {

// What stands in the file that the option names ("-": standard input), without the end of its line.
// cli.value_invalid{option, expected} when there is more than a password, and the errors of reading.
Result<SecretString> PasswordFrom(const std::string& option, const Invocation& invocation, const CommandWorld& world);

}  // namespace privity
