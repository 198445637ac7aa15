#include "connect/ldap/ldap_session.h"

#include <ldap.h>
#include <openldap.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <algorithm>
#include <array>
#include <set>

#include "connect/internal/patience.h"
#include "connect/internal/store_stream.h"
#include "crypto/certificate.h"
#include "net/retry.h"

namespace privity::connect_internal {
namespace {

using std::chrono::steady_clock;

constexpr std::uint16_t kPort = 389;
constexpr std::uint16_t kTlsPort = 636;
constexpr std::size_t kPageEntries = 200;
// How often a wait looks whether it was asked to stop.
constexpr timeval kLookEvery{.tv_sec = 0, .tv_usec = 100'000};
constexpr RetryPolicy kPatience = {
    .attempts_max = 1000, .first_delay = std::chrono::milliseconds(20), .delay_max = std::chrono::seconds(1)};

struct Freed {
  void operator()(LDAPMessage* message) const { ldap_msgfree(message); }
  void operator()(LDAPControl* control) const { ldap_control_free(control); }
  void operator()(LDAPControl** controls) const { ldap_controls_free(controls); }
  void operator()(BerElement* element) const { ber_free(element, 0); }
  void operator()(char* text) const { ldap_memfree(text); }
  void operator()(berval** values) const { ldap_value_free_len(values); }
};
using Message = std::unique_ptr<LDAPMessage, Freed>;

berval View(const std::string& text) {
  return {.bv_len = text.size(), .bv_val = const_cast<char*>(text.data())};  // only read
}

LdapEntry EntryOf(LDAP* ldap, LDAPMessage* message) {
  const std::unique_ptr<char, Freed> dn(ldap_get_dn(ldap, message));
  LdapEntry entry{.dn = dn ? dn.get() : ""};
  BerElement* raw = nullptr;
  char* name = ldap_first_attribute(ldap, message, &raw);
  const std::unique_ptr<BerElement, Freed> walk(raw);
  for (; name != nullptr; name = ldap_next_attribute(ldap, message, raw)) {
    const std::unique_ptr<char, Freed> freed(name);
    LdapAttribute& attribute = entry.attributes.emplace_back(LdapAttribute{name});
    const std::unique_ptr<berval*, Freed> values(ldap_get_values_len(ldap, message, name));
    for (berval** value = values.get(); value != nullptr && *value != nullptr; ++value) {
      attribute.values.emplace_back((*value)->bv_val, (*value)->bv_len);
    }
  }
  return entry;
}

// The values of a modification and what libldap wants to see of them.
class Modifications {
 public:
  void Add(int operation, const std::string& attribute, const std::vector<std::string>& values) {
    auto held = std::make_unique<Held>();
    for (const std::string& value : values) held->values.push_back(View(value));
    for (berval& value : held->values) held->pointers.push_back(&value);
    held->pointers.push_back(nullptr);
    held->mod = {.mod_op = operation | LDAP_MOD_BVALUES,
                 .mod_type = const_cast<char*>(attribute.c_str()),  // only read
                 .mod_vals = {}};
    held->mod.mod_vals.modv_bvals = values.empty() ? nullptr : held->pointers.data();
    held_.push_back(std::move(held));
  }
  std::vector<LDAPMod*> List() const {
    std::vector<LDAPMod*> list;
    for (const auto& held : held_) list.push_back(&held->mod);
    list.push_back(nullptr);
    return list;
  }

 private:
  struct Held {
    std::vector<berval> values;
    std::vector<berval*> pointers;
    LDAPMod mod{};
  };
  std::vector<std::unique_ptr<Held>> held_;
};

}  // namespace

const LdapAttribute* LdapEntry::Find(std::string_view name) const {
  const auto found = std::ranges::find_if(attributes, [&](const LdapAttribute& attribute) {
    return attribute.name.size() == name.size() && strncasecmp(attribute.name.data(), name.data(), name.size()) == 0;
  });
  return found == attributes.end() ? nullptr : &*found;
}

std::string LdapFilterText(std::string_view value) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string text;
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_plain = byte >= 0x20 && byte < 0x7f && c != '*' && c != '(' && c != ')' && c != '\\';
    if (is_plain) {
      text += c;
    } else {
      text.append("\\").append(1, kHex[byte >> 4]).append(1, kHex[byte & 15]);
    }
  }
  return text;
}

Result<std::unique_ptr<LdapSession>> LdapSession::Open(const ConnectionUrl& url, const ConnectOptions& options,
                                                       const Resolver& resolver) {
  std::unique_ptr<LdapSession> session(new LdapSession(url.Label(), options));
  PRIVITY_TRY_VOID(session->Connect(url, resolver));
  PRIVITY_TRY_VOID(session->LogIn(url));
  return session;
}

LdapSession::~LdapSession() {
  if (ldap_ != nullptr) ldap_unbind_ext(ldap_, nullptr, nullptr);
}

// The library is given a socket to the address that was checked, and the name for its check of the certificate.
Status LdapSession::Connect(const ConnectionUrl& url, const Resolver& resolver) {
  const bool is_ldaps = url.scheme() == "ldaps";
  const std::uint16_t port = url.port() != 0 ? url.port() : is_ldaps ? kTlsPort : kPort;
  PRIVITY_TRY(const CheckedTarget target,
              CheckTarget(resolver, url.host(), port, options_.addresses, options_.connect_timeout));
  PRIVITY_TRY(const TlsMode mode, TlsModeOf(url, IsThisMachine(target)));
  auto stream = GuardedStream::Open(target, {.tls = StreamTls::kNone,
                                             .connect_timeout = options_.connect_timeout,
                                             .silence_timeout = options_.silence_timeout,
                                             .stop = options_.stop});
  if (!stream.ok()) return StoreError(stream.error(), label_, "login");
  const int socket = (*stream)->DuplicateSocket();
  const std::string host = url.host().find(':') == std::string::npos ? url.host() : "[" + url.host() + "]";
  const std::string name = "ldap://" + host + ":" + std::to_string(port);
  if (ldap_init_fd(socket, LDAP_PROTO_TCP, name.c_str(), &ldap_) != LDAP_SUCCESS) {
    return Error("connect.unreachable", {{"store", label_}});
  }
  const int version = LDAP_VERSION3;
  ldap_set_option(ldap_, LDAP_OPT_PROTOCOL_VERSION, &version);
  ldap_set_option(ldap_, LDAP_OPT_REFERRALS, LDAP_OPT_OFF);  // they would lead to hosts that nobody has checked
  const int unlimited = LDAP_NO_LIMIT;
  ldap_set_option(ldap_, LDAP_OPT_SIZELIMIT, &unlimited);
  ldap_set_option(ldap_, LDAP_OPT_TIMELIMIT, &unlimited);
  const bool is_encrypted = mode >= TlsMode::kRequire || (is_ldaps && mode == TlsMode::kPrefer);
  return is_encrypted ? Encrypt(url, mode) : Ok();
}

// The library checks whose the certificate is, but not for the host of the address: a connection that it did not open
// has no name for it, and it takes this machine's. So its own check of names is switched off once the context with the
// check of authorities is made, and the name is checked here.
Status LdapSession::Encrypt(const ConnectionUrl& url, TlsMode mode) {
  const int never = LDAP_OPT_X_TLS_NEVER;
  const int demand = mode >= TlsMode::kVerifyCa ? LDAP_OPT_X_TLS_HARD : never;
  ldap_set_option(ldap_, LDAP_OPT_X_TLS_REQUIRE_CERT, &demand);
  if (demand != never) ldap_set_option(ldap_, LDAP_OPT_X_TLS_CACERTFILE, AuthoritiesFile(options_).c_str());
  const int is_server = 0;
  ldap_set_option(ldap_, LDAP_OPT_X_TLS_NEWCTX, &is_server);
  ldap_set_option(ldap_, LDAP_OPT_X_TLS_REQUIRE_CERT, &never);
  const int code = url.scheme() == "ldaps" ? ldap_install_tls(ldap_) : ldap_start_tls_s(ldap_, nullptr, nullptr);
  is_encrypted_ = code == LDAP_SUCCESS && (mode < TlsMode::kVerifyFull || IsNamed(url.host()));
  return is_encrypted_ ? Ok() : Status(Error("connect.tls", {{"store", label_}}));
}

bool LdapSession::IsNamed(const std::string& host) const {
  berval certificate{};
  ldap_get_option(ldap_, LDAP_OPT_X_TLS_PEERCERT, &certificate);
  const std::unique_ptr<char, Freed> freed(certificate.bv_val);
  return freed != nullptr && IsCertificateFor(AsBytes({certificate.bv_val, certificate.bv_len}), host);
}

Status LdapSession::LogIn(const ConnectionUrl& url) {
  if (url.user().empty()) return Ok();  // anonymous
  // A name without a password would log in as nobody and succeed (RFC 4513 section 5.1.2).
  if (url.password().Reveal().empty()) return Error("connect.login", {{"store", label_}});
  berval password = View(url.password().Reveal());
  int operation = 0;
  const int sent = ldap_sasl_bind(ldap_, url.user().c_str(), LDAP_SASL_SIMPLE, &password, nullptr, nullptr, &operation);
  return Await(sent, operation, "login");
}

Error LdapSession::Failure(int code, const std::string& place) {
  const auto as = [&](std::string_view name) {
    return Error(std::string(name), {{"store", label_}, {"place", place}});
  };
  switch (code) {
    case LDAP_SERVER_DOWN:
    case LDAP_CONNECT_ERROR:
    case LDAP_UNAVAILABLE:
    case LDAP_DECODING_ERROR:
      ldap_unbind_ext(ldap_, nullptr, nullptr);
      ldap_ = nullptr;
      return as("connect.dropped");
    case LDAP_INVALID_CREDENTIALS:
    case LDAP_INAPPROPRIATE_AUTH:
    case LDAP_INVALID_DN_SYNTAX:
      if (place == "login") return Error("connect.login", {{"store", label_}});
      return as("connect.missing");
    case LDAP_CONFIDENTIALITY_REQUIRED:
    case LDAP_STRONG_AUTH_REQUIRED:
      return as("connect.tls");
    case LDAP_NO_SUCH_OBJECT:
    case LDAP_REFERRAL:
      return as("connect.missing");
    case LDAP_INSUFFICIENT_ACCESS:
      return as("connect.permission");
    case LDAP_BUSY:
      return as("connect.busy");
    case LDAP_NO_SUCH_ATTRIBUTE:
    case LDAP_TYPE_OR_VALUE_EXISTS:
      return Error("connect.changed", {{"store", label_}, {"collection", place}});
    case LDAP_ALREADY_EXISTS:
    case LDAP_CONSTRAINT_VIOLATION:
    case LDAP_OBJECT_CLASS_VIOLATION:
    case LDAP_NOT_ALLOWED_ON_NONLEAF:
    case LDAP_NOT_ALLOWED_ON_RDN:
    case LDAP_UNDEFINED_TYPE:
    case LDAP_INVALID_SYNTAX:
    case LDAP_NAMING_VIOLATION:
      return Error("connect.refused", {{"store", label_}, {"collection", place}, {"constraint", std::to_string(code)}});
    default:
      return as("connect.failed").With("reason", std::to_string(code));
  }
}

Result<LDAPMessage*> LdapSession::Next(int operation, const std::string& place) {
  const auto until = steady_clock::now() + options_.silence_timeout;
  while (true) {
    timeval look = kLookEvery;
    LDAPMessage* message = nullptr;
    const int kind = ldap_result(ldap_, operation, LDAP_MSG_ONE, &look, &message);
    if (kind > 0) return message;
    if (kind < 0) return Failure(LDAP_SERVER_DOWN, place);
    const bool is_late = steady_clock::now() > until;
    if (!is_late && !options_.stop.stop_requested()) continue;
    static_cast<void>(Failure(LDAP_SERVER_DOWN, place));  // what still comes belongs to nobody
    return Error(is_late ? "connect.timeout" : "connect.cancelled", {{"store", label_}, {"place", place}});
  }
}

Status LdapSession::Await(int sent, int operation, const std::string& place) {
  if (sent != LDAP_SUCCESS) return Failure(sent, place);
  PRIVITY_TRY(LDAPMessage* const raw, Next(operation, place));
  const Message message(raw);
  int code = LDAP_OTHER;
  const int parsed = ldap_parse_result(ldap_, raw, &code, nullptr, nullptr, nullptr, nullptr, 0);
  if (parsed != LDAP_SUCCESS) code = parsed;
  return code == LDAP_SUCCESS ? Ok() : Status(Failure(code, place));
}

Status LdapSession::Search(const LdapSearch& search, const std::string& place, const OnEntry& on_entry) {
  std::string cookie;
  std::set<std::string> taken;  // of this page; more than a page holds come from a directory that knows none
  int attempts = 0;
  auto last_news = steady_clock::now();
  const auto take = [&](const LdapEntry& entry) -> Result<bool> {
    if (taken.size() <= kPageEntries && !taken.insert(entry.dn).second) return true;
    attempts = 0;
    last_news = steady_clock::now();
    return on_entry(entry);
  };
  while (true) {
    const auto goes_on = SearchPage(search, place, take, cookie);
    if (goes_on.ok()) {
      if (!*goes_on || cookie.empty()) return Ok();
      taken.clear();
      continue;
    }
    const auto delay = NextDelay(kPatience, ++attempts, std::nullopt);
    const bool is_over = !delay || steady_clock::now() + *delay > last_news + options_.silence_timeout;
    const bool may_go_on = goes_on.error().Is("connect.busy") && taken.size() <= kPageEntries;
    if (!may_go_on || is_over) return goes_on.error();
    if (!WaitPatiently(*delay, options_.stop)) return Error("connect.cancelled", {{"store", label_}, {"place", place}});
  }
}

Result<bool> LdapSession::SearchPage(const LdapSearch& search, const std::string& place, const OnEntry& on_entry,
                                     std::string& cookie) {
  std::vector<char*> attributes;
  for (const std::string& name : search.attributes) attributes.push_back(const_cast<char*>(name.c_str()));
  attributes.push_back(nullptr);
  berval cookie_view = View(cookie);
  LDAPControl* made = nullptr;
  // Not critical: what knows no pages (cn=config) sends all at once.
  if (ldap_create_page_control(ldap_, ber_int_t{kPageEntries}, &cookie_view, 0, &made) != LDAP_SUCCESS) {
    return Failure(LDAP_NO_MEMORY, place);
  }
  const std::unique_ptr<LDAPControl, Freed> control(made);
  std::array<LDAPControl*, 2> controls = {made, nullptr};
  int operation = 0;
  const int sent = ldap_search_ext(ldap_, search.base.c_str(), search.below ? LDAP_SCOPE_SUBTREE : LDAP_SCOPE_BASE,
                                   search.filter.c_str(), attributes.data(), search.names_only ? 1 : 0, controls.data(),
                                   nullptr, nullptr, LDAP_NO_LIMIT, &operation);
  if (sent != LDAP_SUCCESS) return Failure(sent, place);
  while (true) {
    PRIVITY_TRY(LDAPMessage* const raw, Next(operation, place));
    const Message message(raw);
    const int kind = ldap_msgtype(raw);
    if (kind == LDAP_RES_SEARCH_RESULT) {
      PRIVITY_TRY(cookie, NextCookie(raw, place));
      return true;
    }
    if (kind != LDAP_RES_SEARCH_ENTRY) continue;  // a referral is not followed
    auto goes_on = on_entry(EntryOf(ldap_, raw));
    if (goes_on.ok() && options_.stop.stop_requested()) {
      goes_on = Error("connect.cancelled", {{"store", label_}, {"place", place}});
    }
    if (goes_on.ok() && *goes_on) continue;
    ldap_abandon_ext(ldap_, operation, nullptr, nullptr);
    return goes_on;
  }
}

Result<std::string> LdapSession::NextCookie(LDAPMessage* result, const std::string& place) {
  int code = LDAP_OTHER;
  LDAPControl** said = nullptr;
  const int parsed = ldap_parse_result(ldap_, result, &code, nullptr, nullptr, nullptr, &said, 0);
  const std::unique_ptr<LDAPControl*, Freed> freed(said);
  if (parsed != LDAP_SUCCESS || code != LDAP_SUCCESS) return Failure(parsed != LDAP_SUCCESS ? parsed : code, place);
  LDAPControl* page = ldap_control_find(LDAP_CONTROL_PAGEDRESULTS, said, nullptr);
  ber_int_t total = 0;
  berval next{};
  if (page == nullptr || ldap_parse_pageresponse_control(ldap_, page, &total, &next) != LDAP_SUCCESS) return "";
  std::string cookie(next.bv_val == nullptr ? "" : next.bv_val, next.bv_len);
  ber_memfree(next.bv_val);
  return cookie;
}

Status LdapSession::Modify(const std::string& dn, const std::vector<LdapChange>& changes, const std::string& place) {
  Modifications modifications;
  for (const LdapChange& change : changes) {
    if (!change.before.empty()) modifications.Add(LDAP_MOD_DELETE, change.attribute, change.before);
    if (!change.after.empty()) modifications.Add(LDAP_MOD_ADD, change.attribute, change.after);
  }
  int operation = 0;
  const int sent = ldap_modify_ext(ldap_, dn.c_str(), modifications.List().data(), nullptr, nullptr, &operation);
  return Await(sent, operation, place);
}

Status LdapSession::Add(const LdapEntry& entry, const std::string& place) {
  Modifications modifications;
  for (const LdapAttribute& each : entry.attributes) modifications.Add(LDAP_MOD_ADD, each.name, each.values);
  int operation = 0;
  const int sent = ldap_add_ext(ldap_, entry.dn.c_str(), modifications.List().data(), nullptr, nullptr, &operation);
  return Await(sent, operation, place);
}

Status LdapSession::Delete(const std::string& dn, const std::string& place) {
  int operation = 0;
  const int sent = ldap_delete_ext(ldap_, dn.c_str(), nullptr, nullptr, &operation);
  return Await(sent, operation, place);
}

}  // namespace privity::connect_internal
