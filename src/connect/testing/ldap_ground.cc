#include <gtest/gtest.h>
#include <ldap.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <map>

#include "connect/ldap/ldap_connector.h"
#include "connect/testing/grounds.h"

namespace privity {
namespace {

constexpr const char* kRoot = "dc=example,dc=org";
constexpr const char* kAccessLog = "olcOverlay={0}accesslog,olcDatabase={2}mdb,cn=config";
constexpr std::size_t kWaitingMax = 100;

const char* Server() {
  return std::getenv("PRIVITY_TEST_LDAP");
}

std::string Said(const std::string& key) {
  return SaidOf(Server(), key);
}

using Attributes = std::vector<std::pair<std::string, std::string>>;

// A connection of the directory's administrator.
class Administrator {
 public:
  explicit Administrator(int port) {
    EXPECT_EQ(ldap_initialize(&ldap_, ("ldap://127.0.0.1:" + std::to_string(port)).c_str()), LDAP_SUCCESS);
    const int version = LDAP_VERSION3;
    ldap_set_option(ldap_, LDAP_OPT_PROTOCOL_VERSION, &version);
    std::string password = "right";
    berval credentials{.bv_len = password.size(), .bv_val = password.data()};
    EXPECT_EQ(ldap_sasl_bind_s(ldap_, ("cn=admin," + std::string(kRoot)).c_str(), LDAP_SASL_SIMPLE, &credentials,
                               nullptr, nullptr, nullptr),
              LDAP_SUCCESS);
  }
  ~Administrator() { ldap_unbind_ext(ldap_, nullptr, nullptr); }
  Administrator(const Administrator&) = delete;
  Administrator& operator=(const Administrator&) = delete;

  // Sent at once; some answers may be waited for later, with Await.
  void Add(const std::string& dn, const Attributes& attributes) {
    Change(attributes, LDAP_MOD_ADD, [&](LDAPMod** list, int* operation) {
      return ldap_add_ext(ldap_, dn.c_str(), list, nullptr, nullptr, operation);
    });
  }
  void Modify(const std::string& dn, const Attributes& attributes) {
    Change(attributes, LDAP_MOD_REPLACE, [&](LDAPMod** list, int* operation) {
      return ldap_modify_ext(ldap_, dn.c_str(), list, nullptr, nullptr, operation);
    });
  }
  void Delete(const std::string& dn) {
    EXPECT_EQ(ldap_delete_ext_s(ldap_, dn.c_str(), nullptr, nullptr), LDAP_SUCCESS);
  }
  void Read(const std::string& dn) {
    LDAPMessage* found = nullptr;
    EXPECT_EQ(ldap_search_ext_s(ldap_, dn.c_str(), LDAP_SCOPE_BASE, "(note=*)", nullptr, 0, nullptr, nullptr, nullptr,
                                0, &found),
              LDAP_SUCCESS);
    ldap_msgfree(found);
  }
  void Await(std::size_t left = 0) {
    for (; waiting_ > left; --waiting_) {
      LDAPMessage* message = nullptr;
      ASSERT_GT(ldap_result(ldap_, LDAP_RES_ANY, LDAP_MSG_ALL, nullptr, &message), 0);
      int code = LDAP_OTHER;
      ldap_parse_result(ldap_, message, &code, nullptr, nullptr, nullptr, nullptr, 1);
      EXPECT_TRUE(code == LDAP_SUCCESS || code == LDAP_ALREADY_EXISTS) << ldap_err2string(code);
    }
  }

 private:
  // One attribute and all its values, as libldap wants to see them.
  struct Modification {
    std::string name;
    std::vector<std::string> texts{};
    std::vector<berval> values{};
    std::vector<berval*> pointers{};
    LDAPMod mod{};
  };
  static std::vector<Modification> Grouped(const Attributes& attributes, int kind) {
    std::vector<Modification> all;
    for (const auto& [name, text] : attributes) {
      auto same = std::ranges::find(all, name, &Modification::name);
      if (same == all.end()) same = all.insert(all.end(), Modification{.name = name});
      same->texts.push_back(text);
    }
    for (Modification& each : all) {
      for (std::string& text : each.texts) each.values.push_back({.bv_len = text.size(), .bv_val = text.data()});
      for (berval& value : each.values) each.pointers.push_back(&value);
      each.pointers.push_back(nullptr);
      each.mod = {.mod_op = kind | LDAP_MOD_BVALUES, .mod_type = each.name.data(), .mod_vals = {}};
      each.mod.mod_vals.modv_bvals = each.pointers.data();
    }
    return all;
  }
  template <class Send>
  void Change(const Attributes& attributes, int kind, Send send) {
    std::vector<Modification> modifications = Grouped(attributes, kind);
    std::vector<LDAPMod*> list;
    for (Modification& each : modifications) list.push_back(&each.mod);
    list.push_back(nullptr);
    int operation = 0;
    EXPECT_EQ(send(list.data(), &operation), LDAP_SUCCESS);
    ++waiting_;
    if (waiting_ == kWaitingMax) Await(kWaitingMax / 2);
  }

  LDAP* ldap_ = nullptr;
  std::size_t waiting_ = 0;
};

class LdapGround final : public Ground {
 public:
  LdapGround() {
    administrator_.Add(kRoot,
                       {{"objectClass", "dcObject"}, {"objectClass", "organization"}, {"o", "x"}, {"dc", "example"}});
    administrator_.Await();
    administrator_.Add(Base(), {{"objectClass", "organizationalUnit"}, {"ou", name_}});
    AddReader();
  }

  ~LdapGround() override {
    if (!log_) return;
    administrator_.Modify(kAccessLog, {{"olcAccessLogOps", "abandon"}});
    administrator_.Await();
  }

  const ConnectorKind& kind() const override { return LdapKind(); }
  std::string Url() const override { return UrlOf("right", port_); }
  void Make(const Made& made) override {
    administrator_.Add("ou=" + made.name + "," + Base(), {{"objectClass", "organizationalUnit"}, {"ou", made.name}});
    administrator_.Await();
    for (const RowValues& row : made.rows) {
      Attributes attributes = {{"objectClass", made.name}};
      for (std::size_t i = 0; i < row.size(); ++i) {
        if (row[i]) attributes.emplace_back(made.fields[i], *row[i]);
      }
      administrator_.Add(KeyOf(made.name, *row[0]), attributes);
      made_[made.name].push_back(*row[0]);
    }
    administrator_.Await();
  }
  void Drop(const std::string& name) override {
    for (const std::string& id : made_[name]) administrator_.Delete(KeyOf(name, id));
  }
  void Revoke(const std::string& name) override {
    for (const std::string& id : made_[name]) administrator_.Modify(KeyOf(name, id), {{"hidden", "TRUE"}});
    administrator_.Await();
  }
  bool HideGrants() override {
    reader_ = "blind_" + name_;  // tests/support/ldap.sh shows neither rules nor the log to those
    AddReader();
    return true;
  }
  void LogAccess() override {
    log_.emplace(Server());
    administrator_.Modify(
        kAccessLog, {{"olcAccessLogOps", "reads"}, {"olcAccessLogOps", "writes"}, {"olcAccessLogOps", "session"}});
    administrator_.Await();
  }
  void HideAccessLog() override { (void)HideGrants(); }
  std::string UseAsOther(AccessUse use, const std::string& name) override {
    const std::string dn = KeyOf(name, "1");
    if (use == AccessUse::kRead) administrator_.Read(dn);
    if (use == AccessUse::kWrite) administrator_.Modify(dn, {{"note", "secret-7f3a"}});
    administrator_.Await();
    return "cn=admin," + std::string(kRoot);
  }
  std::string key_field() const override { return "dn"; }
  std::string KeyOf(const std::string& name, const std::string& id) const override {
    return "id=" + id + ",ou=" + name + "," + Base();
  }
  bool keeps_first_field() const override { return true; }
  bool has_free_names() const override { return false; }
  bool hides_what_is_revoked() const override { return true; }
  bool logs_addresses() const override { return false; }
  bool logs_rights() const override { return false; }
  bool leaves_nulls_out() const override { return true; }
  bool has_references() const override { return false; }
  bool has_declared_types() const override { return false; }

  bool is_remote() const override { return true; }
  std::string UrlWithPassword(const std::string& password) const override { return UrlOf(password, port_); }
  std::string UrlThroughPort(int port) const override { return UrlOf("right", port); }
  int port() const override { return port_; }
  std::string ca_file() const override { return Said("ca"); }
  std::string UrlAtHost(const std::string& host) const override {
    return "ldaps://" + Reader() + ":right@" + host + ":" + Said("tls_port") + "/" + Base();
  }

 private:
  std::string Base() const { return "ou=" + name_ + "," + kRoot; }
  std::string Reader() const { return "cn=" + reader_ + "," + kRoot; }
  void AddReader() {
    administrator_.Add(Reader(), {{"objectClass", "organizationalRole"},
                                  {"objectClass", "simpleSecurityObject"},
                                  {"cn", reader_},
                                  {"userPassword", "right"}});
    administrator_.Await();
  }
  std::string UrlOf(const std::string& password, int port) const {
    return "ldap://" + Reader() + ":" + password + "@127.0.0.1:" + std::to_string(port) + "/" + Base();
  }
  static std::string FreshName() {
    static std::atomic<int> number = 0;
    return "connect_" + std::to_string(getpid()) + "_" + std::to_string(++number);
  }

  const std::string name_ = FreshName();
  std::string reader_ = name_;
  const int port_ = std::stoi(Said("port"));
  Administrator administrator_{port_};
  std::optional<ServerWideSetting> log_{};
  std::map<std::string, std::vector<std::string>> made_;  // the ids of a collection
};

}  // namespace

GroundKind LdapGroundKind() {
  return {.name = "ldap",
          .why_absent = Server() == nullptr ? "PRIVITY_TEST_LDAP is not set" : "",
          .make = []() -> std::unique_ptr<Ground> { return std::make_unique<LdapGround>(); }};
}

}  // namespace privity
