// What the parts of this room share: handed in once by src/app, borrowed by every part. All of it outlives them.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/guarded.h"
#include "base/result.h"
#include "base/secret.h"
#include "crypto/key_home.h"
#include "crypto/password.h"
#include "identity/one_time_link.h"
#include "identity/permission.h"
#include "jobs/job_queue.h"
#include "ledger/ledger.h"
#include "net/outbound.h"
#include "settings/organization.h"
#include "store/store.h"

namespace privity {

// A letter to somebody of the company. The words belong to whoever delivers it (words/<language>/mail.json).
struct StaffLetter {
  LinkKind kind = LinkKind::kInvitation;
  std::string to_address;
  std::string to_name;
  SecretString link;
  Instant expires_at;
  Organization organization;
};

// Delivers letters through an outbox, in the caller's transaction. Safe to call from many threads.
class StaffPost {
 public:
  virtual ~StaffPost() = default;
  // False when no mail server is configured: then links are shown to whoever made them.
  virtual bool Delivers() const = 0;
  virtual Status Post(WriteTx& tx, const StaffLetter& letter) = 0;
};

// Where browsers reach the console. Links, passkeys and providers are bound to it, never to the Host field of a
// request, which a stranger can choose. Set once when the listener has its port. Safe to use from many threads.
class ConsoleAddress {
 public:
  // "https://privity.example.org" or "http://localhost:8470", without a path.
  void Set(std::string origin) {
    origin_.With([&](std::string& held) { held = std::move(origin); });
  }
  std::string origin() const {
    return origin_.With([](const std::string& held) { return held; });
  }

 private:
  Guarded<std::string> origin_;
};

struct IdentityWorld {
  Store& store;
  Ledger& ledger;
  const Clock& clock;
  const PermissionRegistry& permissions;
  KeyHome& keys;
  PasswordHasher& hasher;
  const OrganizationSettings& organization;
  const ConsoleAddress& console;
  StaffPost& post;
  const JobQueue& jobs;
  const OutboundHttp& http;
};

}  // namespace privity
