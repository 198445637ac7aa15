#include "cli/password_file.h"

namespace privity {
namespace {

constexpr std::size_t kPasswordBytesMax = 4096;

}  // namespace

Result<SecretString> PasswordFrom(const std::string& option, const Invocation& invocation, const CommandWorld& world) {
  PRIVITY_TRY(std::string password, world.read_file(invocation.Value(option)));
  password.erase(password.find_last_not_of("\r\n") + 1);
  if (password.size() > kPasswordBytesMax) {
    return Error("cli.value_invalid",
                 {{"option", "--" + option}, {"expected", "a file with nothing but the password"}});
  }
  return SecretString(std::move(password));
}

}  // namespace privity
