// One connection to a directory.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "connect/connector.h"
#include "connect/internal/tls_mode.h"

struct ldap;
struct ldapmsg;

namespace privity::connect_internal {

struct LdapAttribute {
  std::string name;
  std::vector<std::string> values{};
};

struct LdapEntry {
  std::string dn;
  std::vector<LdapAttribute> attributes{};

  const LdapAttribute* Find(std::string_view name) const;  // whatever the case
};

struct LdapSearch {
  std::string base;
  bool below = true;  // all of it, not the entry itself alone
  std::string filter = "(objectClass=*)";
  std::vector<std::string> attributes{"*"};
  bool names_only = false;
};

// One change of an attribute: `before` goes, `after` comes; an empty one means none.
struct LdapChange {
  std::string attribute;
  std::vector<std::string> before{};
  std::vector<std::string> after{};
};

class LdapSession {
 public:
  using OnEntry = std::function<Result<bool>(const LdapEntry& entry)>;  // false: enough

  // Errors: those of CheckTarget, connect.unreachable, connect.tls, connect.login, connect.url_invalid.
  static Result<std::unique_ptr<LdapSession>> Open(const ConnectionUrl& url, const ConnectOptions& options,
                                                   const Resolver& resolver);
  ~LdapSession();
  LdapSession(const LdapSession&) = delete;
  LdapSession& operator=(const LdapSession&) = delete;

  bool is_lost() const { return ldap_ == nullptr; }
  bool is_encrypted() const { return is_encrypted_; }

  // In pages; at most one page is held. A directory that is busy (slapd is while somebody changes its configuration) is
  // asked again, as long as silence_timeout without an entry, if it knows pages; none is given twice.
  Status Search(const LdapSearch& search, const std::string& place, const OnEntry& on_entry);
  // connect.changed when a value of `before` is not there (any more).
  Status Modify(const std::string& dn, const std::vector<LdapChange>& changes, const std::string& place);
  Status Add(const LdapEntry& entry, const std::string& place);
  Status Delete(const std::string& dn, const std::string& place);

 private:
  LdapSession(std::string label, const ConnectOptions& options) : label_(std::move(label)), options_(options) {}
  Status Connect(const ConnectionUrl& url, const Resolver& resolver);
  Status Encrypt(const ConnectionUrl& url, TlsMode mode);
  bool IsNamed(const std::string& host) const;  // the server, by its certificate
  Status LogIn(const ConnectionUrl& url);
  // One page of a search, from a cookie on; `cookie` is then that of the next page, or empty. False: enough.
  Result<bool> SearchPage(const LdapSearch& search, const std::string& place, const OnEntry& on_entry,
                          std::string& cookie);
  // What the end of a page says: the cookie of the next one, or "".
  Result<std::string> NextCookie(ldapmsg* result, const std::string& place);
  // The next message of an operation, or why there is none.
  Result<ldapmsg*> Next(int operation, const std::string& place);
  Status Await(int sent, int operation, const std::string& place);
  Error Failure(int code, const std::string& place);

  const std::string label_;
  const ConnectOptions& options_;
  ldap* ldap_ = nullptr;
  bool is_encrypted_ = false;
};

// RFC 4515 section 3.
std::string LdapFilterText(std::string_view value);

}  // namespace privity::connect_internal
