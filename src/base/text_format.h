// Named forms of text, for FieldNote::format: enforced when a value is decoded and shown in the API schema.
//
//   slug       lower-case letters, digits and single hyphens, starting with a letter: "eu-gdpr"
//   name       a slug with underscores or dots allowed too: "identity.user_created"
//   email      one "@", a local part and a domain with a dot or "localhost"; RFC 5321 limits (64 and 255 octets).
//   Whether the
//              mailbox exists only a message can tell.
//   uri        an absolute http or https URI with a host, no white space
//   host       a DNS name or IP address
//   listen     "address:port", "[IPv6]:port" or "unix:/path"
//   language   a BCP 47 tag such as "en", "pt-BR"
//   country    ISO 3166-1 alpha-2, upper case
//   time_zone  looks like an IANA name, "Europe/Berlin" (that it exists, calendar.h tells)
//   local_path a place on this site: "/" and printable ASCII without "\\", not "//", so that a browser that is sent
//              there stays here
//   line       no control characters: text that stays on one line
#pragma once

#include <string_view>

namespace privity {

struct TextFormat {
  std::string_view name;
  bool (*matches)(std::string_view text);
  std::string_view schema_format;   // JSON Schema `format`, or ""
  std::string_view schema_pattern;  // JSON Schema `pattern` (ECMA 262), or ""
};

// Null when there is none of that name.
const TextFormat* FindTextFormat(std::string_view name);
// `name` must be one of the list above.
bool MatchesTextFormat(std::string_view name, std::string_view text);

}  // namespace privity
