#include "rights/agents.h"

#include <algorithm>
#include <array>

#include "base/json.h"
#include "crypto/hash.h"
#include "crypto/seal.h"
#include "crypto/signature.h"
#include "crypto/token.h"
#include "net/retry.h"
#include "rights/internal/settings_row.h"
#include "rights/outbound_place.h"

namespace privity {
namespace {

constexpr std::string_view kSettingsTable = "rights_agent_settings";
constexpr std::size_t kSignatureBytes = 64;
constexpr std::chrono::seconds kClockSkew{30};
constexpr std::size_t kReferenceMax = 200;
constexpr std::size_t kHintMax = 500;
constexpr std::size_t kCallbackMax = 500;
constexpr std::string_view kCallbackKey = "rights.agents";

// The payload of a telling.
struct ToTell {
  RightsRequestId request{};
};
PRIVITY_DESCRIBE(ToTell, (request))

// An address of the agent's may say who it is about.
AssociatedData AboutCallback(const RightsRequestId& id) {
  return AssociatedData("privity.agent-callback.v1").Add(id.ToString());
}

Error Refused(std::string problem) {
  return Error("rights.agent_refused", {{"problem", std::move(problem)}});
}

std::string TokenHash(const SecretString& token) {
  return HexEncode(BytesView(Sha256({AsBytes("privity.agent-token.v1"), AsBytes(token.Reveal())})));
}

// [A-Z_]+ in the protocol (3.05.1); digits and hyphens do no harm.
bool IsAgentId(std::string_view id) {
  return !id.empty() && id.size() <= 100 && std::ranges::all_of(id, [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

// As the ledger spells names.
std::string Lower(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return text;
}

Result<VerifyKey> KeyOf(const std::string& text) {
  const auto bytes = Base64Decode(text);
  if (!bytes.ok()) return Error("rights.agent_key");
  auto key = VerifyKey::FromBytes(*bytes);
  if (!key.ok()) return Error("rights.agent_key");
  return key;
}

std::string TextIn(const Json& claims, std::string_view name, std::size_t most) {
  std::string text = claims[name].StringOr("");
  return text.size() > most ? std::string() : text;
}

std::optional<Instant> TimeIn(const Json& claims, std::string_view name) {
  const auto time = ParseInstant(TextIn(claims, name, kReferenceMax));
  return time.ok() ? std::optional(*time) : std::nullopt;
}

bool IsOurVersion(const std::string& version) {
  return version == "1.0" || version == "0.9.4";  // which differ in nothing but the number
}

// The rights actions of the protocol (3.01) that are a right here.
struct Action {
  std::string_view name;
  Right right;
};
constexpr std::array kActions = std::to_array<Action>({{"access", Right::kAccess},
                                                       {"access:categories", Right::kAccess},
                                                       {"access:specific", Right::kAccess},
                                                       {"deletion", Right::kErasure},
                                                       {"sale:opt_out", Right::kObjection}});

const Action* ActionOf(std::string_view name) {
  const auto found = std::ranges::find(kActions, name, &Action::name);
  return found == kActions.end() ? nullptr : found;
}

// What a person of the company reads beside the request.
std::string DetailsOf(const std::string& agent, const Json& claims, std::string_view action) {
  std::string details = "Asked by the authorised agent " + agent + ": " + std::string(action) + ".";
  const Json::Items* hints = claims["relationships"].items();
  std::string relationships;
  for (std::size_t i = 0; hints != nullptr && i < std::min<std::size_t>(hints->size(), 20); ++i) {
    relationships += (i == 0 ? "" : ", ") + (*hints)[i].StringOr("").substr(0, 100);
  }
  if (!relationships.empty()) details += "\nRelationships: " + relationships;
  const std::string power = TextIn(claims, "power_of_attorney", kHintMax);
  if (!power.empty()) details += "\nPower of attorney: " + power;
  return details;
}

RequestContent ContentOf(const std::string& agent, const Json& claims, const Action& action) {
  RequestContent content{.name = TextIn(claims, "name", 200),
                         .email = TextIn(claims, "email", 254),
                         .identifiers = {},
                         .details = DetailsOf(agent, claims, action.name),
                         .corrections = {},
                         .purpose = {}};
  const std::string phone = TextIn(claims, "phone_number", 40);
  if (!phone.empty()) content.identifiers.push_back({.kind = "phone", .value = phone});
  if (action.right == Right::kObjection) content.purpose = "sale";
  return content;
}

struct ProtocolState {
  std::string_view status;
  std::string_view reason;
};

// A ground of the law's pack in the protocol's words (3.02).
std::string_view ReasonOf(const Refusal& refusal) {
  if (refusal.ground == "unverifiable") return "insuf_verification";
  if (refusal.ground == "too_often") return "too_many_requests";
  if (refusal.ground == "fraudulent") return "suspected_fraud";
  return "other";
}

ProtocolState StateOf(const RightsRequest& request) {
  const bool needs_proof = request.identity_level != IdentityLevel::kNone && !request.proven;
  switch (request.state) {
    case RequestState::kReceived:
    case RequestState::kProving:
      return {"in_progress", needs_proof ? "need_user_verification" : ""};
    case RequestState::kVerified:
    case RequestState::kPlanned:
    case RequestState::kApproved:
    case RequestState::kRunning:
    case RequestState::kWaitingStore:
    case RequestState::kWaitingPerson:
    case RequestState::kChecking:
    case RequestState::kChecked:
    case RequestState::kAppealed:
      return {"in_progress", ""};
    case RequestState::kAnswered:
      return {"fulfilled", ""};
    case RequestState::kRefused:
      return {"denied", request.refusal ? ReasonOf(*request.refusal) : "other"};
    case RequestState::kWithdrawn:
      return {"revoked", ""};
    case RequestState::kClosed:
      if (request.refusal) return {"denied", ReasonOf(*request.refusal)};
      return request.duplicate_of ? ProtocolState{"denied", "other"} : ProtocolState{"fulfilled", ""};
  }
  return {"in_progress", ""};
}

Result<AuthorizedAgent> ReadAgent(const Row& row) {
  PRIVITY_TRY(Json body, ParseJson(row.Get<std::string>(0)));
  body.Remove("version");  // the column's, which nobody hands in
  PRIVITY_TRY(AuthorizedAgent agent, FromJsonValue<AuthorizedAgent>(body));
  agent.version = row.Get<std::int64_t>(1);
  return agent;
}

}  // namespace

std::vector<FieldNote> FieldNotes(const AuthorizedAgent*) {
  return {{.name = "id",
           .description = "As the directory of agents names it; it is the one in the address.",
           .example = "HONEST_AGENT",
           .max_length = 100,
           .defaulted = true},
          {.name = "name", .description = "As people know it.", .min_length = 1, .max_length = 200},
          {.name = "verify_key",
           .description = "Its public Ed25519 key, base64.",
           .example = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
           .min_length = 1,
           .max_length = 100},
          {.name = "web_url", .max_length = 300, .defaulted = true},
          {.name = "identity_assurance_url",
           .description = "Where it says how it proves whom it asks for.",
           .max_length = 300,
           .defaulted = true},
          {.name = "technical_contact", .max_length = 254, .defaulted = true},
          {.name = "business_contact", .max_length = 254, .defaulted = true},
          {.name = "enabled", .description = "Whether it may ask.", .defaulted = true},
          {.name = "version", .description = "Grows with every change.", .read_only = true}};
}

std::vector<FieldNote> FieldNotes(const AgentSettings*) {
  return {{.name = "enabled", .description = "Whether agents are answered.", .defaulted = true},
          {.name = "business_id",
           .description = "What the directory of businesses calls this company.",
           .example = "EXAMPLE_TRADING",
           .max_length = 100,
           .defaulted = true},
          {.name = "law",
           .description = "Under which law their requests are worked on.",
           .format = "slug",
           .max_length = 64,
           .defaulted = true},
          {.name = "version", .description = "Grows with every change.", .read_only = true}};
}

Json ToProtocol(const AgentStatus& status) {
  Json json = Json::Object({{"request_id", status.request_id},
                            {"status", status.status},
                            {"received_at", FormatInstant(status.received_at)}});
  const auto add = [&](std::string_view name, const std::string& text) {
    if (!text.empty()) json.Set(name, text);
  };
  add("agent_request_id", status.agent_request_id);
  add("reason", status.reason);
  add("processing_details", status.processing_details);
  add("user_verification_url", status.user_verification_url);
  if (status.expected_by) json.Set("expected_by", FormatInstant(*status.expected_by));
  return json;
}

// --- Whom the company trusts to ask ---

Result<AgentSettings> Agents::Settings(ReadTx& tx) const {
  return LoadSettings<AgentSettings>(tx, kSettingsTable);
}

Result<AgentSettings> Agents::PutSettings(WriteTx& tx, const Caller& caller, const AgentSettings& settings,
                                          std::optional<std::int64_t> expected_version) {
  PRIVITY_TRY(const AgentSettings before, Settings(tx));
  if (expected_version && *expected_version != before.version) return Error("rights.settings_changed_meanwhile");
  if (settings.enabled && settings.business_id.empty()) return Error("rights.agent_settings");
  PRIVITY_TRY(const Organization organization, world_.organization.Get(tx));
  PRIVITY_TRY_VOID(LawOn(world_.packs(), settings.law, organization.time_zone.DateAt(world_.clock.Now())));
  return SaveSettings(tx, kSettingsTable, world_, caller, settings, before.version);
}

Result<std::vector<AuthorizedAgent>> Agents::List(ReadTx& tx) const {
  PRIVITY_TRY(const auto rows, tx.Query("SELECT body, version FROM rights_agent ORDER BY id"));
  std::vector<AuthorizedAgent> agents;
  for (const Row& row : rows) {
    PRIVITY_TRY(agents.emplace_back(), ReadAgent(row));
  }
  return agents;
}

Result<AuthorizedAgent> Agents::Get(ReadTx& tx, const std::string& id) const {
  PRIVITY_TRY(const auto row, tx.QueryOne("SELECT body, version FROM rights_agent WHERE id = $1", {id}));
  if (!row) return Error("rights.agent_unknown");
  return ReadAgent(*row);
}

Result<AuthorizedAgent> Agents::Put(WriteTx& tx, const Caller& caller, const AuthorizedAgent& agent,
                                    std::optional<std::int64_t> expected_version) {
  if (!IsAgentId(agent.id)) return Error("rights.agent_id");
  PRIVITY_TRY_VOID(KeyOf(agent.verify_key));
  const auto before = Get(tx, agent.id);
  if (!before.ok() && !before.error().Is("rights.agent_unknown")) return before.error();
  const std::int64_t version = before.ok() ? before->version : 0;
  if (expected_version && *expected_version != version) return Error("rights.agent_changed");
  if (!before.ok()) {
    PRIVITY_TRY(const auto count, tx.QueryOne("SELECT count(*) FROM rights_agent"));
    if (count->Get<std::int64_t>(0) >= kAgentsMax) return Error("rights.agents_too_many");
  } else if (before->verify_key != agent.verify_key) {
    PRIVITY_TRY_VOID(EndToken(tx, agent.id));
  }
  AuthorizedAgent after = agent;
  after.version = version + 1;
  PRIVITY_TRY_VOID(
      tx.Execute("INSERT INTO rights_agent (id, body, version) VALUES ($1, $2, $3) ON CONFLICT (id) DO UPDATE SET body "
                 "= excluded.body, version = excluded.version",
                 {after.id, ToJson(after), after.version}));
  PRIVITY_TRY_VOID(Record(tx, "rights.agent.set", caller.actor, after.id, caller.request_id));
  return after;
}

Status Agents::EndToken(WriteTx& tx, const std::string& agent) const {
  PRIVITY_TRY_VOID(tx.Execute("DELETE FROM rights_agent_token WHERE agent = $1", {agent}));
  return Ok();
}

Status Agents::Remove(WriteTx& tx, const Caller& caller, const std::string& id) {
  PRIVITY_TRY_VOID(Get(tx, id));
  PRIVITY_TRY_VOID(EndToken(tx, id));
  PRIVITY_TRY_VOID(tx.Execute("DELETE FROM rights_agent WHERE id = $1", {id}));
  return Record(tx, "rights.agent.removed", caller.actor, id, caller.request_id);
}

Status Agents::Record(WriteTx& tx, std::string_view action, const Actor& actor, const std::string& agent,
                      const std::string& request_id) const {
  PRIVITY_TRY_VOID(world_.ledger.Append(tx, {.action = std::string(action),
                                             .actor = actor,
                                             .object_kind = "agent",
                                             .object_id = Lower(agent),
                                             .request_id = request_id}));
  return Ok();
}

// --- What agents say ---

Result<Json> Agents::Signed(ReadTx& tx, const std::string& agent, std::string_view message) const {
  const auto bytes = Base64Decode(message);
  if (!bytes.ok() || bytes->size() <= kSignatureBytes) return Refused("decode");
  const auto known = Get(tx, agent);
  if (!known.ok() && !known.error().Is("rights.agent_unknown")) return known.error();
  if (!known.ok() || !known->enabled) return Refused("signature");
  PRIVITY_TRY(const VerifyKey key, KeyOf(known->verify_key));
  const BytesView signature = BytesView(*bytes).first(kSignatureBytes);
  const BytesView text = BytesView(*bytes).subspan(kSignatureBytes);
  if (!key.Verify(text, signature)) return Refused("signature");
  auto claims = ParseJson(AsText(text));
  if (!claims.ok() || claims->members() == nullptr) return Refused("claims");
  return *std::move(claims);
}

Status Agents::CheckScope(ReadTx& tx, const std::string& agent, const Json& claims) const {
  PRIVITY_TRY(const AgentSettings settings, Settings(tx));
  const Instant now = world_.clock.Now();
  if (claims["agent-id"].StringOr("") != agent) return Refused("agent");
  if (claims["business-id"].StringOr("") != settings.business_id) return Refused("business");
  const auto issued = TimeIn(claims, "issued-at");
  const auto expires = TimeIn(claims, "expires-at");
  if (!issued || *issued > now + kClockSkew) return Refused("issued");
  if (!expires || *expires <= now || *expires - *issued > kAgentMessageLifetime) return Refused("expired");
  return IsOurVersion(claims["drp.version"].StringOr("")) ? Ok() : Status(Refused("version"));
}

// A message is one act (3.07): whoever saw it cannot send it again.
Status Agents::UseOnce(WriteTx& tx, std::string_view message) const {
  const std::string hash = HexEncode(BytesView(Sha256({AsBytes("privity.agent-message.v1"), AsBytes(message)})));
  PRIVITY_TRY(const std::int64_t rows,
              tx.Execute("INSERT INTO rights_agent_used (hash, expires_at) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                         {hash, world_.clock.Now() + kAgentMessageLifetime + kClockSkew}));
  return rows == 1 ? Ok() : Status(Refused("used"));
}

Result<SecretString> Agents::SetUp(WriteTx& tx, const std::string& agent, std::string_view message) {
  PRIVITY_TRY(const AgentSettings settings, Settings(tx));
  if (!settings.enabled) return Refused("off");
  PRIVITY_TRY(const Json claims, Signed(tx, agent, message));
  PRIVITY_TRY_VOID(CheckScope(tx, agent, claims));
  PRIVITY_TRY_VOID(UseOnce(tx, message));
  SecretString token = RandomToken();
  PRIVITY_TRY_VOID(EndToken(tx, agent));
  PRIVITY_TRY_VOID(tx.Execute("INSERT INTO rights_agent_token (hash, agent, made_at) VALUES ($1, $2, $3)",
                              {TokenHash(token), agent, world_.clock.Now()}));
  PRIVITY_TRY_VOID(Record(tx, "rights.agent.set_up", {.kind = ActorKind::kSystem, .id = "rights"}, agent, ""));
  return token;
}

Result<std::string> Agents::Who(ReadTx& tx, const SecretString& token) const {
  PRIVITY_TRY(const AgentSettings settings, Settings(tx));
  if (!settings.enabled) return Refused("off");
  PRIVITY_TRY(const auto row, tx.QueryOne("SELECT agent FROM rights_agent_token WHERE hash = $1", {TokenHash(token)}));
  if (!row) return Refused("token");
  const std::string agent = row->Get<std::string>(0);
  PRIVITY_TRY(const AuthorizedAgent known, Get(tx, agent));
  if (!known.enabled) return Refused("token");
  return agent;
}

Result<AgentStatus> Agents::Exercise(WriteTx& tx, const SecretString& token, std::string_view message) {
  PRIVITY_TRY(const std::string agent, Who(tx, token));
  PRIVITY_TRY(const Json claims, Signed(tx, agent, message));
  PRIVITY_TRY_VOID(CheckScope(tx, agent, claims));
  const Action* action = ActionOf(claims["exercise"].StringOr(""));
  const std::string regime = claims["regime"].StringOr("ccpa");
  if (action == nullptr || regime != "ccpa") return Refused("action");
  const RequestContent content = ContentOf(agent, claims, *action);
  if (!Mailbox::Create(content.email).ok()) return Refused("email");
  const Json& callback = claims["status_callback"];
  if (!callback.is_null() && !PlaceToPost(TextIn(claims, "status_callback", kCallbackMax), post_.policy).ok()) {
    return Refused("callback");
  }
  PRIVITY_TRY_VOID(UseOnce(tx, message));
  PRIVITY_TRY(const AgentSettings settings, Settings(tx));
  const NewRightsRequest asked{
      .law = settings.law, .right = action->right, .language = "en", .received_at = {}, .content = content};
  PRIVITY_TRY(const RightsRequest made, requests_.Create(tx, SubjectCaller(), asked, RequestChannel::kAgent));
  PRIVITY_TRY(std::optional<Bytes> sealed, SealedCallback(made.id, claims));
  PRIVITY_TRY_VOID(
      tx.Execute("INSERT INTO rights_agent_request (request, agent, reference, callback) VALUES ($1, $2, $3, $4)",
                 {made.id, agent, TextIn(claims, "agent-request-id", kReferenceMax), std::move(sealed)}));
  if (std::ranges::find(made.steps, RequestStep::kAskProof) != made.steps.end() &&
      made.identity_level != IdentityLevel::kNone) {
    PRIVITY_TRY_VOID(requests_.Move(tx, SubjectCaller(), made.id, {.step = RequestStep::kAskProof, .note = {}}));
  }
  PRIVITY_TRY(AgentStatus status, StatusOf(tx, agent, made.id));
  // The answer tells it.
  PRIVITY_TRY_VOID(tx.Execute("UPDATE rights_agent_request SET told = $1 WHERE request = $2",
                              {ToJson(ToProtocol(status)), made.id}));
  return status;
}

Result<AgentStatus> Agents::StatusOf(ReadTx& tx, const std::string& agent, const RightsRequestId& id) const {
  PRIVITY_TRY(const auto row,
              tx.QueryOne("SELECT reference FROM rights_agent_request WHERE request = $1 AND agent = $2", {id, agent}));
  if (!row) return Error("rights.request_unknown");
  PRIVITY_TRY(const RightsRequest request, requests_.Get(tx, id));
  const ProtocolState state = StateOf(request);
  AgentStatus status{.request_id = id.ToString(),
                     .agent_request_id = row->Get<std::string>(0),
                     .status = std::string(state.status),
                     .reason = std::string(state.reason),
                     .received_at = request.received_at};
  for (const Deadline& deadline : request.deadlines) {
    if (deadline.duty == Duty::kAnswer) status.expected_by = deadline.due;
  }
  // What was written to the person is theirs to read, in the portal.
  if (request.refusal) {
    status.processing_details = "Refused: " + request.refusal->article + ".";
  } else if (request.extended) {
    status.processing_details = "The period to answer was extended.";
  }
  if (state.reason == "need_user_verification" && !world_.portal.origin().empty()) {
    status.user_verification_url = world_.portal.origin() + "/requests";
  }
  return status;
}

Result<AgentStatus> Agents::Find(ReadTx& tx, const SecretString& token, const RightsRequestId& id) const {
  PRIVITY_TRY(const std::string agent, Who(tx, token));
  return StatusOf(tx, agent, id);
}

Result<AgentStatus> Agents::Revoke(WriteTx& tx, const SecretString& token, const RightsRequestId& id,
                                   std::string_view message) {
  PRIVITY_TRY(const std::string agent, Who(tx, token));
  PRIVITY_TRY(const Json claims, Signed(tx, agent, message));
  PRIVITY_TRY_VOID(StatusOf(tx, agent, id));
  const std::string reason = TextIn(claims, "reason", 10'000);
  PRIVITY_TRY_VOID(requests_.StepByPerson(tx, id, RequestStep::kWithdraw, reason));
  return StatusOf(tx, agent, id);
}

// --- Telling agents (2.03) ---

// What an agent has not heard yet, and where it wants to.
struct Agents::News {
  Url place;
  std::string body;
};

Result<std::optional<Bytes>> Agents::SealedCallback(const RightsRequestId& id, const Json& claims) const {
  const std::string callback = TextIn(claims, "status_callback", kCallbackMax);
  if (callback.empty()) return std::optional<Bytes>();
  PRIVITY_TRY(const VersionedKey key, world_.key_home.Named(kCallbackKey));
  PRIVITY_TRY(Bytes sealed, Seal(key.key, key.version, AsBytes(callback), AboutCallback(id)));
  return std::optional(std::move(sealed));
}

Status Agents::OnEntry(WriteTx& tx, const Entry& entry) const {
  if (entry.object_kind != "rights_request" || !entry.action.starts_with("rights.request.")) return Ok();
  PRIVITY_TRY(const RightsRequestId id, RightsRequestId::Parse(entry.object_id));
  if (entry.action == "rights.request.minimized") return StopTelling(tx, id);
  PRIVITY_TRY(const auto row, tx.QueryOne("SELECT agent FROM rights_agent_request WHERE request = $1 AND callback IS "
                                          "NOT NULL",
                                          {id}));
  if (!row) return Ok();
  PRIVITY_TRY_VOID(post_.jobs.Enqueue(tx, {.kind = std::string(kTellJob), .payload = ToJsonValue(ToTell{id})}));
  return Ok();
}

Status Agents::StopTelling(WriteTx& tx, const RightsRequestId& id) const {
  PRIVITY_TRY_VOID(tx.Execute("UPDATE rights_agent_request SET callback = NULL, told = NULL WHERE request = $1", {id}));
  return Ok();
}

Result<std::optional<Agents::News>> Agents::NewsOf(ReadTx& tx, const RightsRequestId& id) const {
  PRIVITY_TRY(const auto row,
              tx.QueryOne("SELECT agent, callback, told FROM rights_agent_request WHERE request = $1", {id}));
  const std::optional<Bytes> sealed = row ? row->Get<std::optional<Bytes>>(1) : std::nullopt;
  if (!sealed) return std::optional<News>();
  PRIVITY_TRY(const AgentSettings settings, Settings(tx));
  const std::string agent = row->Get<std::string>(0);
  const auto known = Get(tx, agent);
  if (!known.ok() && !known.error().Is("rights.agent_unknown")) return known.error();
  if (!settings.enabled || !known.ok() || !known->enabled) return std::optional<News>();
  PRIVITY_TRY(const AgentStatus status, StatusOf(tx, agent, id));
  std::string body = ToJson(ToProtocol(status));
  if (row->Get<std::optional<std::string>>(2) == body) return std::optional<News>();
  PRIVITY_TRY(const std::uint32_t version, SealedKeyVersion(*sealed));
  PRIVITY_TRY(const Key key, world_.key_home.NamedVersion(kCallbackKey, version));
  PRIVITY_TRY(const SecretBytes opened, Open(key, *sealed, AboutCallback(id)));
  PRIVITY_TRY(Url place, PlaceToPost(std::string(AsText(opened.Reveal())), post_.policy));
  return std::optional(News{.place = std::move(place), .body = std::move(body)});
}

// What the agent answers besides its status is thrown away (2.03.1).
Status Agents::Tell(const RightsRequestId& id, const News& news) const {
  const OutboundRequest request{.url = news.place,
                                .method = "POST",
                                .headers = {{"Content-Type", "application/json"}},
                                .body = news.body,
                                .on_body = [](std::string_view) { return Ok(); }};
  const auto answer = post_.http.Send(request, PolicyToPost(post_.policy, news.place));
  if (IsTransient(answer)) {
    return Error("rights.agent_untold", {{"status", std::to_string(answer.ok() ? answer->status : 0)}});
  }
  const bool has_heard = answer.ok() && answer->status / 100 == 2;
  return world_.store.Write([&](WriteTx& tx) -> Status {
    if (!has_heard) return StopTelling(tx, id);
    PRIVITY_TRY_VOID(tx.Execute("UPDATE rights_agent_request SET told = $1 WHERE request = $2", {news.body, id}));
    return Ok();
  });
}

// Until what it heard last is what is so: a change that comes meanwhile is told as well, and in order.
JobHandler Agents::Handler() const {
  return [this](JobContext& context) -> Status {
    PRIVITY_TRY(const ToTell payload, context.Payload<ToTell>());
    while (!context.stop_requested()) {
      PRIVITY_TRY(const auto news, world_.store.Read([&](ReadTx& tx) { return NewsOf(tx, payload.request); }));
      if (!news) return Ok();
      PRIVITY_TRY_VOID(Tell(payload.request, *news));
    }
    return Error("jobs.stopped");
  };
}

Status Agents::Sweep(WriteTx& tx) const {
  PRIVITY_TRY_VOID(tx.Execute("DELETE FROM rights_agent_used WHERE expires_at < $1", {world_.clock.Now()}));
  return Ok();
}

}  // namespace privity
