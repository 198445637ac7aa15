// What loggers, their levels and the functions beside them are called.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace privity::gate_internal {

// "sendUserEMail_2" -> send, user, e, mail, 2: in lower case.
std::vector<std::string> WordsOfName(std::string_view name);

// `log`, `auditLogger`, `console`, `getLogger`.
bool IsLogger(std::string_view name);
// `info`, `LogInformation`, `Warnf`, `DebugContext`.
bool IsLevel(std::string_view name);
// `log_info`, `LOG_WARN`, `error_log`: a function or macro that needs no logger before it.
bool IsLogFunction(std::string_view name);
// `LOG` of `LOG(INFO) << x`.
bool IsLogStream(std::string_view name);
// `format`, `str`, `zap.String`, the catalogs of messages: what it is given comes out again.
bool IsTransparent(std::string_view name);
// Of these the first argument has holes for the others.
bool IsFormatting(std::string_view name);
// `toString`, `trim`, `orElse`, `value`: what it is called on comes out again, if it is given nothing but texts.
bool IsTail(std::string_view name);
// `orElse`: whatever it is given, which stands in for what is missing.
bool IsFallback(std::string_view name);
// `getParameter("email")`: what the argument names comes out.
bool IsLookup(std::string_view name);
// Words that are no value.
bool IsKeyword(std::string_view name);

}  // namespace privity::gate_internal
