// Authorised agents: programs that ask for people, by the Data Rights Protocol 1.0 (datarightsprotocol.org; CCPA regs
// 7063). The company lists whom it trusts to ask, each by its Ed25519 key; what an agent says is signed and counts
// once.
//
//   SetUp     a signed message → the token with which this agent asks from then on; an earlier one ends
//   Exercise  a signed message → a request of the casework, as any other
//   Find      how far it is
//   Revoke    a signed message → withdrawn
//   Handler   tells the agent at its status_callback whenever that changes (2.03)
//
// A message is base64 of libsodium's combined form: 64 bytes of signature, then JSON. It is checked in the order of the
// protocol (3.07): it decodes, is signed by this agent's key, names this agent, this company, was issued, has not
// expired.
//
// **An agent's word proves nobody.** Where the law wants a proof, the person gets a letter and gives it in the portal;
// the agent is told `need_user_verification`. Every address is answered alike, whether or not the person exists.
//
// Threads: every method may be called from many. Errors besides those named: the store's, the ledger's; of messages
// rights.agent_refused{problem}: "token", "decode", "signature", "agent", "business", "issued", "expired", "used",
// "off", "claims", "version", "action", "email", "callback".
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/secret.h"
#include "jobs/worker.h"
#include "net/outbound.h"
#include "rights/requests.h"

namespace privity {

inline constexpr std::chrono::hours kAgentMessageLifetime{24};
inline constexpr int kAgentsMax = 500;

// An entry of the protocol's directory of agents (3.05.1).
struct AuthorizedAgent {
  std::string id{};
  std::string name{};
  std::string verify_key{};  // base64 of 32 bytes
  std::string web_url{};
  std::string identity_assurance_url{};  // how it proves whom it asks for
  std::string technical_contact{};
  std::string business_contact{};
  bool enabled = true;
  std::int64_t version = 0;
};
PRIVITY_DESCRIBE(AuthorizedAgent, (id, name, verify_key, web_url, identity_assurance_url, technical_contact,
                                   business_contact, enabled, version))
std::vector<FieldNote> FieldNotes(const AuthorizedAgent*);

struct AgentSettings {
  bool enabled = false;
  std::string business_id{};  // what the directory calls this company
  std::string law = "us-ca-ccpa";
  std::int64_t version = 0;
};
PRIVITY_DESCRIBE(AgentSettings, (enabled, business_id, law, version))
std::vector<FieldNote> FieldNotes(const AgentSettings*);

// How far a request is, in the protocol's words (3.02, 3.03). What has no value is not there.
struct AgentStatus {
  std::string request_id{};
  std::string agent_request_id{};
  std::string status{};
  std::string reason{};
  Instant received_at{};
  std::optional<Instant> expected_by{};
  std::string processing_details{};
  std::string user_verification_url{};
};
Json ToProtocol(const AgentStatus& status);

// How agents are told: `policy` is the operator's (rights/outbound_place.h). All outlive the Agents.
struct AgentPost {
  const JobQueue& jobs;
  const OutboundHttp& http;
  OutboundPolicy policy;
};

class Agents {
 public:
  static constexpr std::string_view kTellJob = "rights.agent_tell";

  // All outlive it.
  Agents(const RightsWorld& world, RightsRequests& requests, AgentPost post)
      : world_(world), requests_(requests), post_(std::move(post)) {}

  Result<AgentSettings> Settings(ReadTx& tx) const;
  // rights.agent_settings: on, and no name for this company; packs.unknown; rights.settings_changed_meanwhile.
  Result<AgentSettings> PutSettings(WriteTx& tx, const Caller& caller, const AgentSettings& settings,
                                    std::optional<std::int64_t> expected_version);

  Result<std::vector<AuthorizedAgent>> List(ReadTx& tx) const;  // by id
  // rights.agent_unknown.
  Result<AuthorizedAgent> Get(ReadTx& tx, const std::string& id) const;
  // Makes or replaces it; another key ends its token. rights.agent_id; rights.agent_key: no Ed25519 key;
  // rights.agent_changed; rights.agents_too_many.
  Result<AuthorizedAgent> Put(WriteTx& tx, const Caller& caller, const AuthorizedAgent& agent,
                              std::optional<std::int64_t> expected_version);
  // Its token ends; requests that it made stay. rights.agent_unknown.
  Status Remove(WriteTx& tx, const Caller& caller, const std::string& id);

  // --- For agents ---
  Result<SecretString> SetUp(WriteTx& tx, const std::string& agent, std::string_view message);
  Result<AgentStatus> Exercise(WriteTx& tx, const SecretString& token, std::string_view message);
  // rights.request_unknown: also for a request of another agent.
  Result<AgentStatus> Find(ReadTx& tx, const SecretString& token, const RightsRequestId& id) const;
  Result<AgentStatus> Revoke(WriteTx& tx, const SecretString& token, const RightsRequestId& id,
                             std::string_view message);
  // Whose token it is.
  Result<std::string> Who(ReadTx& tx, const SecretString& token) const;

  // In the transaction of whatever happened to a request: queues the telling where its agent asked for it.
  Status OnEntry(WriteTx& tx, const Entry& entry) const;
  // Register under kTellJob. Posts how far the request is until the agent has heard of it as it is; an agent that
  // refuses is not told again.
  JobHandler Handler() const;

  // Deletes what is remembered of messages that have expired.
  Status Sweep(WriteTx& tx) const;

 private:
  Result<Json> Signed(ReadTx& tx, const std::string& agent, std::string_view message) const;
  Status CheckScope(ReadTx& tx, const std::string& agent, const Json& claims) const;
  Status UseOnce(WriteTx& tx, std::string_view message) const;
  struct News;
  Result<std::optional<Bytes>> SealedCallback(const RightsRequestId& id, const Json& claims) const;
  Result<std::optional<News>> NewsOf(ReadTx& tx, const RightsRequestId& id) const;
  Status Tell(const RightsRequestId& id, const News& news) const;
  Status StopTelling(WriteTx& tx, const RightsRequestId& id) const;
  Result<AgentStatus> StatusOf(ReadTx& tx, const std::string& agent, const RightsRequestId& id) const;
  Status EndToken(WriteTx& tx, const std::string& agent) const;
  Status Record(WriteTx& tx, std::string_view action, const Actor& actor, const std::string& agent,
                const std::string& request_id) const;

  const RightsWorld world_;
  RightsRequests& requests_;
  const AgentPost post_;
};

}  // namespace privity
