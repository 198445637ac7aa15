// Authorised agents: whom the company lists, on the console's listener; and the Data Rights Protocol 1.0 on the public
// one. The protocol has answers of its own: `application/json` with `code` and `message` for what is refused (3.06),
// 403 without a body for a key set-up (2.05.1), 403 for somebody else's request (2.02.1).
#include "app/application.h"
#include "rights/agents.h"
#include "server/routes/routes.h"

namespace privity {
namespace {

constexpr std::string_view kBearer = "Bearer ";
constexpr std::string_view kJsonType = "application/json";

struct AgentPath {
  std::string id;
};
PRIVITY_DESCRIBE(AgentPath, (id))
std::vector<FieldNote> FieldNotes(const AgentPath*) {
  return {{.name = "id", .description = "As the directory of agents names it.", .min_length = 1, .max_length = 100}};
}

struct AgentRequestPath {
  RightsRequestId id;
};
PRIVITY_DESCRIBE(AgentRequestPath, (id))

constexpr Access kRead = Access::Permission("rights.read");
constexpr Access kSettings = Access::Permission("rights.settings");

void AddDirectory(RouteTable& routes, Application* application) {
  routes.Add({.method = "GET",
              .path = "/v1/rights/agents",
              .id = "agents.list",
              .access = kRead,
              .summary = "The authorised agents that may ask for people"},
             [application](ReadTx& tx, const Call<>&) -> Result<List<AuthorizedAgent>> {
               PRIVITY_TRY(auto agents, application->agents().List(tx));
               return List<AuthorizedAgent>{std::move(agents)};
             });
  routes.Add({.method = "GET",
              .path = "/v1/rights/agents/{id}",
              .id = "agents.show",
              .access = kRead,
              .summary = "One of them"},
             [application](ReadTx& tx, const Call<AgentPath>& call) -> Result<Reply<AuthorizedAgent>> {
               PRIVITY_TRY(AuthorizedAgent agent, application->agents().Get(tx, call.path.id));
               const std::int64_t version = agent.version;
               return Versioned(std::move(agent), version);
             });
  routes.Add({.method = "PUT",
              .path = "/v1/rights/agents/{id}",
              .id = "agents.set",
              .access = kSettings,
              .summary = "List an agent by its key, or change what is said of it",
              .description = "Another key ends the token that it has. `If-Match: *` for one that is not listed yet.",
              .needs_version = true},
             [application](WriteTx& tx,
                           const Call<AgentPath, Nothing, AuthorizedAgent>& call) -> Result<Reply<AuthorizedAgent>> {
               PRIVITY_TRY(const auto expected, call.ExpectedVersion());
               AuthorizedAgent wanted = call.body;
               wanted.id = call.path.id;
               PRIVITY_TRY(AuthorizedAgent agent, application->agents().Put(tx, call.caller(), wanted, expected));
               const std::int64_t version = agent.version;
               return Versioned(std::move(agent), version);
             });
  routes.Add({.method = "DELETE",
              .path = "/v1/rights/agents/{id}",
              .id = "agents.remove",
              .access = kSettings,
              .summary = "It may no longer ask; requests that it made stay"},
             [application](WriteTx& tx, const Call<AgentPath>& call) -> Result<Nothing> {
               PRIVITY_TRY_VOID(application->agents().Remove(tx, call.caller(), call.path.id));
               return Nothing{};
             });
}

void AddDirectorySettings(RouteTable& routes, Application* application) {
  routes.Add({.method = "GET",
              .path = "/v1/rights/agent-settings",
              .id = "agents.settings",
              .access = kRead,
              .summary = "Whether agents are answered, and what they call this company"},
             [application](ReadTx& tx, const Call<>&) -> Result<Reply<AgentSettings>> {
               PRIVITY_TRY(AgentSettings settings, application->agents().Settings(tx));
               const std::int64_t version = settings.version;
               return Versioned(std::move(settings), version);
             });
  routes.Add(
      {.method = "PUT",
       .path = "/v1/rights/agent-settings",
       .id = "agents.configure",
       .access = kSettings,
       .summary = "Answer agents, or no longer",
       .needs_version = true},
      [application](WriteTx& tx, const Call<Nothing, Nothing, AgentSettings>& call) -> Result<Reply<AgentSettings>> {
        PRIVITY_TRY(const auto expected, call.ExpectedVersion());
        PRIVITY_TRY(AgentSettings settings, application->agents().PutSettings(tx, call.caller(), call.body, expected));
        const std::int64_t version = settings.version;
        return Versioned(std::move(settings), version);
      });
}

// --- The protocol ---

SecretString TokenOf(const CallContext& call) {
  const std::string header = std::string(call.request().headers.Get("Authorization"));
  return SecretString(header.starts_with(kBearer) ? header.substr(kBearer.size()) : "");
}

int StatusFor(std::string_view problem) {
  if (problem == "token" || problem == "off") return 401;
  const bool is_form = problem == "decode" || problem == "claims" || problem == "version" || problem == "action" ||
                       problem == "email" || problem == "callback";
  return is_form ? 400 : 403;
}

// Retrying the same message would change nothing.
bool IsFatal(std::string_view problem) {
  return problem == "expired" || problem == "used" || problem == "action" || problem == "email" ||
         problem == "callback";
}

Response Said(int status, Json json) {
  return Response::Text(status, std::string(kJsonType), ToJson(json));
}

Response Refusal(int status, std::string_view problem) {
  Json json = Json::Object({{"code", std::to_string(status)}, {"message", "Refused: " + std::string(problem) + "."}});
  if (IsFatal(problem)) json.Set("fatal", true);
  return Said(status, std::move(json));
}

// What went wrong with Privity itself is an error as everywhere.
Result<Response> AnswerTo(const Result<AgentStatus>& status) {
  if (status.ok()) return Said(200, ToProtocol(*status));
  const Error& error = status.error();
  if (error.Is("rights.agent_refused")) {
    const std::string_view problem = error.Parameter("problem");
    return Refusal(StatusFor(problem), problem);
  }
  if (error.Is("rights.request_unknown")) return Refusal(403, "request");
  if (error.Is("rights.no_such_step")) return Refusal(409, "state");
  return error;
}

void AddKeySetUp(RouteTable& routes, Application* application) {
  routes.Add({.method = "POST",
              .path = "/v1/agent/{id}",
              .id = "drp.set_up",
              .access = Access::Public(),
              .summary = "Data Rights Protocol: a token for this agent",
              .status = 200,
              .command = "-",
              .takes_text = true},
             [application](WriteTx& tx, const Call<AgentPath>& call) -> Result<Response> {
               const auto token = application->agents().SetUp(tx, call.path.id, call.request().body);
               if (token.ok()) return Said(200, Json::Object({{"agent-id", call.path.id}, {"token", token->Reveal()}}));
               if (!token.error().Is("rights.agent_refused")) return token.error();
               Response refused;
               refused.status = 403;
               return refused;
             });
  routes.Add({.method = "GET",
              .path = "/v1/agent/{id}",
              .id = "drp.agent",
              .access = Access::Public(),
              .summary = "Data Rights Protocol: whether a token still holds",
              .status = 200,
              .command = "-"},
             [application](ReadTx& tx, const Call<AgentPath>& call) -> Result<Response> {
               const auto agent = application->agents().Who(tx, TokenOf(call));
               if (!agent.ok() && !agent.error().Is("rights.agent_refused")) return agent.error();
               return agent.ok() && *agent == call.path.id ? Said(200, Json::Object()) : Refusal(403, "token");
             });
}

void AddExercise(RouteTable& routes, Application* application) {
  routes.Add({.method = "POST",
              .path = "/v1/data-rights-request",
              .id = "drp.exercise",
              .access = Access::Public(),
              .summary = "Data Rights Protocol: exercise a right of a person",
              .status = 200,
              .command = "-",
              .takes_text = true},
             [application](WriteTx& tx, const Call<>& call) -> Result<Response> {
               return AnswerTo(application->agents().Exercise(tx, TokenOf(call), call.request().body));
             });
  routes.Add({.method = "GET",
              .path = "/v1/data-rights-request/{id}",
              .id = "drp.status",
              .access = Access::Public(),
              .summary = "Data Rights Protocol: how far a request is",
              .status = 200,
              .command = "-"},
             [application](ReadTx& tx, const Call<AgentRequestPath>& call) -> Result<Response> {
               return AnswerTo(application->agents().Find(tx, TokenOf(call), call.path.id));
             });
  routes.Add({.method = "DELETE",
              .path = "/v1/data-rights-request/{id}",
              .id = "drp.revoke",
              .access = Access::Public(),
              .summary = "Data Rights Protocol: the person takes it back",
              .status = 200,
              .command = "-",
              .takes_text = true},
             [application](WriteTx& tx, const Call<AgentRequestPath>& call) -> Result<Response> {
               return AnswerTo(application->agents().Revoke(tx, TokenOf(call), call.path.id, call.request().body));
             });
}

}  // namespace

void AddAgentRoutes(RouteTable& routes, Application* application) {
  AddDirectory(routes, application);
  AddDirectorySettings(routes, application);
}

void AddProtocolRoutes(RouteTable& routes, Application* application) {
  AddKeySetUp(routes, application);
  AddExercise(routes, application);
}

}  // namespace privity
