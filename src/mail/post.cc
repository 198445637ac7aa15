#include "mail/post.h"

#include <system_error>

#include "base/durable_file.h"

namespace privity {
namespace {

constexpr int kTaken = 250;  // RFC 5321 section 4.2.3

Result<SmtpReply> Keep(const LetterFolder& folder, const std::string& name, std::string_view message) {
  std::error_code problem;
  std::filesystem::create_directories(folder.path, problem);  // what is wrong, the writing says
  PRIVITY_TRY_VOID(WriteFileDurably(folder.path / (name + ".eml"), AsBytes(message)));
  return SmtpReply{.code = kTaken, .enhanced = ""};
}

}  // namespace

Result<SmtpReply> PostLetter(const Resolver& resolver, const MailSettings& settings, std::string_view to,
                             std::string_view message, const std::string& name, const std::stop_token& stop) {
  if (const auto* folder = std::get_if<LetterFolder>(&settings.way)) return Keep(*folder, name, message);
  return SendSmtp(resolver, std::get<SmtpServer>(settings.way), settings.from.address(), to, message, stop);
}

}  // namespace privity
