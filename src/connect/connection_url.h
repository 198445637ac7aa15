// Where a store is, as a person writes it, taken apart once and with the secret kept aside.
//
//   sqlite:///srv/shop.db                     postgresql://reader@db.example.org:5432/shop?sslmode=verify-full
//   mysql://reader:secret@db.example.org/shop file:///srv/exports
//
// RFC 3986, taken strictly: user, password, path and parameters may be percent-encoded and are kept decoded; control
// characters, a fragment, a repeated parameter and text that is not UTF-8 are refused. A value type.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/secret.h"

namespace privity {

class ConnectionUrl {
 public:
  // connect.url_invalid{problem}: the error names the problem, never the text, which may hold a password.
  static Result<ConnectionUrl> Parse(std::string_view text);

  const std::string& scheme() const { return scheme_; }  // lower case
  const std::string& host() const { return host_; }      // lower case; IPv6 without brackets; may be empty
  std::uint16_t port() const { return port_; }           // 0 when the text names none
  const std::string& user() const { return user_; }
  const SecretString& password() const { return password_; }
  const std::string& path() const { return path_; }  // begins with "/", or is empty
  // The value of a parameter, or "" when there is none of that name.
  std::string Parameter(std::string_view name) const;
  const std::map<std::string, std::string, std::less<>>& parameters() const { return parameters_; }

  // The same place with a password that came another way (a file, a sealed setting).
  ConnectionUrl WithPassword(SecretString password) const;

  // What reports and errors call the store: scheme, host, port and path. Never the user, password or a parameter.
  std::string Label() const;

 private:
  std::string scheme_;
  std::string host_;
  std::uint16_t port_ = 0;
  std::string user_;
  SecretString password_;
  std::string path_;
  std::map<std::string, std::string, std::less<>> parameters_;
};

}  // namespace privity
