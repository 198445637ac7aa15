// Sessions of browsers: a random 256-bit token in a cookie, kept as a hash, that ends after an hour without use or
// twelve hours altogether (NIST SP 800-63B-4 section 2.2.3 allows 1 and 24 hours at AAL2).
//
// Each request looks the session up together with the person's state and epoch, so that a session dies with the next
// request after a password change, a reset, a change of roles or a disabled account. Works in the caller's transaction.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/secret.h"
#include "base/type_table.h"
#include "identity/caller.h"
#include "identity/world.h"

namespace privity {

inline constexpr std::chrono::minutes kSessionIdle{60};
inline constexpr std::chrono::hours kSessionLifetime{12};
// Between the first factor and the second.
inline constexpr std::chrono::minutes kSecondFactorLifetime{10};

enum class SessionStage { kSecondFactor, kSignedIn };
PRIVITY_DESCRIBE_ENUM(SessionStage, kSecondFactor, kSignedIn)

struct SessionRecord {
  SessionId id;
  UserId user;
  SessionStage stage = SessionStage::kSignedIn;
  Instant last_seen_at;
  Instant proved_at;
  std::string email;  // of the person, for names in answers
  std::string name;
};

struct OpenedSession {
  SessionId id;
  SecretString cookie;
  std::chrono::seconds lifetime;
};

enum class SessionState { kSignedOut, kSecondFactor, kSignedIn };
PRIVITY_DESCRIBE_ENUM(SessionState, kSignedOut, kSecondFactor, kSignedIn)

// What the console knows of who is signed in.
struct Session {
  SessionState state = SessionState::kSignedOut;
  std::optional<UserId> user_id;
  std::optional<std::string> name;
  std::optional<std::string> email;
  std::vector<std::string> permissions;
  std::vector<std::string> second_factors;
  std::optional<std::string> csrf_token;
  std::optional<std::string> organization;
  std::optional<std::string> time_zone;
};
PRIVITY_DESCRIBE(Session,
                 (state, user_id, name, email, permissions, second_factors, csrf_token, organization, time_zone))

class Sessions {
 public:
  explicit Sessions(const IdentityWorld& world) : world_(world) {}

  // `client` is what the browser calls itself; it is shortened.
  Result<OpenedSession> Begin(WriteTx& tx, const UserId& user, SessionStage stage, std::string_view client) const;
  // The living session of a cookie: not over, of an active person, of the person's present epoch.
  Result<std::optional<SessionRecord>> Find(ReadTx& tx, std::string_view cookie) const;
  // Notes that it was used; at most once a minute, so that reading costs no write.
  bool NeedsTouch(const SessionRecord& session) const;
  Status Touch(WriteTx& tx, const SessionRecord& session) const;
  Status Prove(WriteTx& tx, const SessionId& id) const;
  Status End(WriteTx& tx, const SessionId& id) const;
  // Deletes what is over.
  Status Sweep(WriteTx& tx) const;

  Result<Session> View(ReadTx& tx, std::string_view cookie) const;

 private:
  const IdentityWorld& world_;
};

}  // namespace privity
