// The whole room on every store, for tests: cheap password hashes, letters in a list, a clock that stands still.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "identity/identity.h"
#include "identity/testing/virtual_passkey.h"
#include "store/testing/test_store.h"

namespace privity {

// Keeps letters instead of sending them.
class LetterTray final : public StaffPost {
 public:
  bool Delivers() const override { return delivers; }
  Status Post(WriteTx&, const StaffLetter& letter) override {
    letters.push_back(letter);
    return Ok();
  }
  bool delivers = false;
  std::vector<StaffLetter> letters;
};

// Answers from a table of addresses; everything else cannot be reached.
class CannedHttp final : public OutboundHttp {
 public:
  using Answer = std::function<Result<OutboundResponse>(const OutboundRequest&)>;
  Result<OutboundResponse> Send(const OutboundRequest& request, const OutboundPolicy& policy) const override;
  std::map<std::string, Answer> answers;  // by address
  mutable std::vector<std::string> asked;
};

class IdentityTest : public StoreTest {
 protected:
  static constexpr const char* kPassword = "seven small boats sail at noon";
  static constexpr const char* kOtherPassword = "nine tall ships rest at dusk";

  std::vector<Migration> Migrations() const override;
  void SetUp() override;
  void TearDown() override;

  Identity& identity() { return *identity_; }
  const PermissionRegistry& permissions() const { return permissions_; }
  LetterTray& post() { return post_; }
  CannedHttp& http() { return http_; }

  // The first administrator, "ada@example.org".
  SignedIn SetUpAda();
  // A browser at the address of a documentation network (RFC 5737).
  Visitor Browser(const SignedIn* signed_in = nullptr);
  Visitor BrowserAt(std::string_view address) const;
  Caller CallerOf(const SignedIn& signed_in);
  std::optional<Caller> CallerOfCookie(std::string_view cookie);
  Result<std::optional<Caller>> CallerOfToken(const std::string& token);

  // Invites and accepts: a person with these roles and kPassword.
  SignedIn Join(const Caller& inviter, const std::string& email, const std::vector<RoleId>& roles);
  // Adds an authenticator app; its secret.
  SecretBytes AddTotp(const Caller& caller, RecoveryCodes* codes = nullptr);
  std::string TotpCode(const SecretBytes& secret) const;
  void AddPasskey(const Caller& caller, const VirtualPasskey& passkey);
  RelyingParty Party() const { return PartyAt(console_); }

  template <class Fn>
  auto Write(Fn fn) {
    return store().Write([&](WriteTx& tx) { return fn(tx); });
  }
  template <class Fn>
  auto Read(Fn fn) {
    return store().Read([&](ReadTx& tx) { return fn(tx); });
  }
  // How many entries of this action the ledger holds.
  std::int64_t Entries(std::string_view action);

 private:
  ActionRegistry actions_;
  PermissionRegistry permissions_;
  ConsoleAddress console_;
  LetterTray post_;
  CannedHttp http_;
  std::unique_ptr<TempDirectory> key_directory_;
  std::unique_ptr<KeyHome> keys_;
  std::unique_ptr<PasswordHasher> hasher_;
  std::unique_ptr<Ledger> ledger_;
  std::unique_ptr<JobQueue> jobs_;
  std::unique_ptr<OrganizationSettings> organization_;
  std::unique_ptr<Identity> identity_;
  std::vector<std::string> held_;  // what Visitor and Presented borrow
};

// "accepted", or the error's code.
template <class T>
std::string CodeOf(const Result<T>& result) {
  return result.ok() ? "accepted" : result.error().code();
}

}  // namespace privity
