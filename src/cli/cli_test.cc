#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/api_client.h"
#include "cli/command.h"
#include "cli/render.h"
#include "cli/watch.h"

namespace privity {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const std::vector<Option> kGlobal = {{.name = "json", .description = "Print JSON."}};

Command Tree() {
  Command root{.name = "privity", .summary = "Manage customers' data and their privacy"};
  Command& users = root.Child("users", "People who sign in");
  users.Child("list", "List users").options = {
      {.name = "state", .value_name = "STATE", .choices = {"active", "disabled"}},
      {.name = "role", .value_name = "ID", .repeated = true}};
  users.Child("list").run = [](const Invocation&) { return 0; };
  users.Child("show", "Show a user").arguments = {{.name = "id"}};
  users.Child("show").run = [](const Invocation&) { return 0; };
  users.Child("compare", "Compare two users").arguments = {{.name = "one"}, {.name = "other"}};
  users.Child("compare").run = [](const Invocation&) { return 0; };
  return root;
}

TEST(CommandLine, FindsTheCommandAndItsWords) {
  const Command root = Tree();
  const auto parsed =
      ParseCommandLine(root, kGlobal, {"users", "list", "--state", "active", "--role", "a", "--role", "b", "--json"});
  ASSERT_TRUE(parsed.ok()) << parsed.error().DebugString();
  EXPECT_THAT(parsed->path, ElementsAre("users", "list"));
  EXPECT_EQ(parsed->invocation.Value("state"), "active");
  EXPECT_THAT(parsed->invocation.Values("role"), ElementsAre("a", "b"));
  EXPECT_TRUE(parsed->invocation.Has("json"));
}

TEST(CommandLine, OptionsOfEveryCommandStandAnywhere) {
  const Command root = Tree();
  EXPECT_TRUE(ParseCommandLine(root, kGlobal, {"--json", "users", "show", "7"})->invocation.Has("json"));
  EXPECT_TRUE(ParseCommandLine(root, kGlobal, {"users", "--json", "show", "7"})->invocation.Has("json"));
}

TEST(CommandLine, EachArgumentTakesOneWord) {
  const Command root = Tree();
  const auto parsed = ParseCommandLine(root, kGlobal, {"users", "compare", "7", "8"});
  ASSERT_TRUE(parsed.ok()) << parsed.error().DebugString();
  EXPECT_THAT(parsed->invocation.Values("one"), ElementsAre("7"));
  EXPECT_THAT(parsed->invocation.Values("other"), ElementsAre("8"));
}

struct Wrong {
  std::vector<std::string> words;
  std::string named;
};

TEST(CommandLine, SaysWhatIsWrongAndWhere) {
  const Command root = Tree();
  for (const auto& wrong : std::vector<Wrong>{{{"users", "list", "--state", "gone"}, "state"},
                                              {{"users", "list", "--stat", "active"}, "--stat"},
                                              {{"users", "show"}, "id"},
                                              {{"users", "show", "7", "8"}, "8"},
                                              {{"persons"}, "persons"}}) {
    const auto parsed = ParseCommandLine(root, kGlobal, wrong.words);
    ASSERT_FALSE(parsed.ok()) << wrong.named;
    EXPECT_EQ(parsed.error().code(), "cli.usage");
    EXPECT_THAT(std::string(parsed.error().Parameter("problem")), HasSubstr(wrong.named));
  }
}

TEST(CommandLine, HelpIsGivenWhateverElseIsWrong) {
  const Command root = Tree();
  const auto parsed = ParseCommandLine(root, kGlobal, {"users", "show", "--help"});
  ASSERT_TRUE(parsed.ok());
  EXPECT_TRUE(parsed->wants_help);
  EXPECT_THAT(parsed->path, ElementsAre("users", "show"));
  EXPECT_THAT(HelpText(root, kGlobal, parsed->path, 80), HasSubstr("Usage: privity users show ID"));
}

TEST(Completion, NamesEveryCommandAndChoice) {
  const Command root = Tree();
  for (const char* shell : {"bash", "zsh", "fish"}) {
    const std::string script = CompletionScript(root, kGlobal, shell);
    EXPECT_THAT(script, HasSubstr("users")) << shell;
    EXPECT_THAT(script, HasSubstr("state")) << shell;
    EXPECT_THAT(script, HasSubstr("json")) << shell;
  }
}

TEST(ApiClient, FollowsTheNextPageOfThisServerOnly) {
  EXPECT_EQ(NextPath(R"(</v1/users?cursor=a>; rel="next")"), "/v1/users?cursor=a");
  EXPECT_EQ(NextPath(R"(</v1/users>; rel="first", </v1/users?cursor=b>; rel="next")"), "/v1/users?cursor=b");
  EXPECT_EQ(NextPath(R"(</v1/users>; rel="prev")"), "");
  EXPECT_EQ(NextPath(R"(<https://elsewhere.example/v1>; rel="next")"), "");
  EXPECT_EQ(NextPath("<unfinished"), "");
}

TEST(ApiClient, RefusesToSendATokenInTheClear) {
  const SecretString token("pvt_example");
  EXPECT_EQ(ApiClient::Create({.url = "http://privity.example.org/", .token = token}).error().code(),
            "cli.url_not_safe");
  EXPECT_EQ(ApiClient::Create({.url = "https://privity.example.org/"}).error().code(), "cli.token_missing");
  EXPECT_EQ(ApiClient::Create({.url = "https://privity.example.org/console", .token = token}).error().code(),
            "cli.url_invalid");
  EXPECT_TRUE(ApiClient::Create({.url = "http://127.0.0.1:8470", .token = token}).ok());
}

TEST(ApiClient, SaysWhichServerIsNotThere) {
  const auto client = ApiClient::Create({.socket_path = "/nowhere/privity.sock"});
  ASSERT_TRUE(client.ok());
  const auto answer = (*client)->Send({.path = "/healthz"});
  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().code(), "cli.server_unreachable");
  EXPECT_EQ(answer.error().Parameter("place"), "/nowhere/privity.sock");
}

TEST(Render, ListsBecomeTables) {
  const Json answer =
      ParseJson(R"({"items": [{"name": "Ada", "roles": ["auditor", "legal"]}, {"name": "李", "active": true}]})")
          .value();
  EXPECT_EQ(Render(answer, {}, "None."),
            "NAME  ROLES           ACTIVE\n"
            "Ada   auditor, legal\n"
            "李                    yes\n");
  EXPECT_EQ(Render(ParseJson(R"({"items": []})").value(), {}, "None."), "None.\n");
}

TEST(Render, WhatStandsWithinACellIsSaidAtAGlanceAndNeverAsJson) {
  const Json answer =
      ParseJson(R"([{"id": "a", "deadlines": [{"duty": "answer", "due": "2026-03-10", "rule": {"days": 30}}]}])")
          .value();
  EXPECT_EQ(Render(answer, {}, ""), "ID  DEADLINES\na   answer 2026-03-10\n");
}

TEST(Render, CodesOfAPlanAreSaidInWordsAndOthersAsTheyAre) {
  const Json plan = ParseJson(R"({"boundaries": [{"reason": "nothing_personal", "count": 2}], "digest": "key",
      "parts": [{"fields": [{"name": "id", "ground": "key"}, {"name": "tax", "ground": "AO § 147"}]}]})")
                        .value();
  const Json spelled = Spelled(plan);
  EXPECT_EQ((*spelled["boundaries"].items())[0]["reason"].StringOr(""), "nothing personal stands there");
  const auto& fields = *(*spelled["parts"].items())[0]["fields"].items();
  EXPECT_EQ(fields[0]["ground"].StringOr(""), "part of the key");
  EXPECT_EQ(fields[1]["ground"].StringOr(""), "AO § 147");
  EXPECT_EQ(spelled["digest"].StringOr(""), "key");
}

TEST(Render, APeriodOfALawIsSaidInWords) {
  const auto said = [](const std::string& period) {
    return Spelled(ParseJson("{\"rule\": " + period + "}").value())["rule"].StringOr("");
  };
  EXPECT_EQ(said(R"({"value": 1, "unit": "months", "start_day": "excluded", "roll": "none"})"), "1 month");
  EXPECT_EQ(said(R"({"value": 45, "unit": "calendar_days", "start_day": "excluded", "roll": "none"})"), "45 days");
  EXPECT_EQ(said(R"({"value": 1, "unit": "business_days", "start_day": "included", "roll": "next_working_day"})"),
            "1 working day, the first day counted, then on to a working day");
  // Anything else with a value and a unit is no period.
  EXPECT_TRUE(Spelled(ParseJson(R"({"value": 1, "unit": "months"})").value()).members() != nullptr);
}

TEST(Render, SingleThingsBecomeLines) {
  EXPECT_EQ(Render(ParseJson(R"({"time_zone": "Europe/Berlin", "users": 3})").value(), {}, ""),
            "time zone  Europe/Berlin\n"
            "users      3\n");
}

TEST(Render, ATerminalGetsLinesThatFit) {
  const Json answer =
      ParseJson(R"([{"id": "1", "title": "a title that is much longer than this narrow terminal is wide"}])").value();
  const std::string text = Render(answer, {.is_terminal = true, .width = 30}, "");
  EXPECT_EQ(text, "ID  TITLE\n1   a title that is much long…\n");
}

TEST(Render, HostileValuesCannotMoveTheCursor) {
  EXPECT_EQ(Render(ParseJson(R"([{"name": "a\u001b[2Jb\u202e\n"}])").value(), {}, ""), "NAME\na�[2Jb��\n");
}

// A server that answers each request with the next of these jobs.
class ScriptedServer final : public ApiClient {
 public:
  explicit ScriptedServer(std::vector<Json> jobs) : jobs_(std::move(jobs)) {}
  Result<ApiAnswer> Send(const ApiRequest&) override {
    Json job = jobs_[std::min(asked_++, jobs_.size() - 1)];
    return ApiAnswer{.status = 200, .text = ToJson(job), .body = job, .next_path = {}};
  }

 private:
  const std::vector<Json> jobs_;
  std::size_t asked_ = 0;
};

struct Watched {
  int code = 0;
  std::string printed, complained;
  int waits = 0;
};

Watched Watch(const std::vector<Json>& answers, bool is_terminal, std::vector<std::string> words) {
  Watched watched;
  CommandWorld world;
  world.connect = [&](const Invocation&) -> Result<std::unique_ptr<ApiClient>> {
    return std::unique_ptr<ApiClient>(std::make_unique<ScriptedServer>(answers));
  };
  world.print = [&](std::string_view text) { watched.printed += text; };
  world.complain = [&](std::string_view text) { watched.complained += text; };
  world.explain = [&](const Error& error) { watched.complained += error.DebugString(); };
  world.wait = [&](std::chrono::milliseconds) { ++watched.waits; };
  world.is_terminal = is_terminal;
  Command root{.name = "privity"};
  AddWatchCommands(world, root);
  words.insert(words.begin() + 2, "0192f0c1-7b6a-7cc3-98c4-dc0c0c07398f");
  const auto parsed = ParseCommandLine(root, kGlobal, words);
  EXPECT_TRUE(parsed.ok());
  watched.code = parsed->command->run(parsed->invocation);
  return watched;
}

Json JobAt(const char* state, int done) {
  return Json::Object({{"state", state}, {"progress_done", done}, {"progress_total", 8}, {"progress_step", "verify"}});
}

TEST(WatchAJob, PrintsALineWheneverItMovesAndEndsWithIt) {
  const auto watched = Watch({JobAt("queued", 0), JobAt("running", 2), JobAt("running", 2), JobAt("succeeded", 8)},
                             false, {"jobs", "watch"});
  EXPECT_EQ(watched.code, exit_code::kDone);
  EXPECT_EQ(watched.waits, 3);
  EXPECT_EQ(watched.printed,
            "queued  verify  0 of 8  0 %\nrunning  verify  2 of 8  25 %\nsucceeded  verify  8 of 8  100 %\n");
  EXPECT_EQ(watched.complained, "");
}

TEST(WatchAJob, DrawsABarOnATerminalAlone) {
  const auto watched = Watch({JobAt("running", 4), JobAt("failed", 4)}, true, {"jobs", "watch"});
  EXPECT_EQ(watched.code, exit_code::kFailed);
  EXPECT_EQ(watched.printed, "");
  EXPECT_THAT(watched.complained, HasSubstr("\r[############------------]  running  verify  4 of 8  50 %"));
}

TEST(WatchAJob, PrintsLinesOfJsonWhenAskedTo) {
  const auto watched = Watch({JobAt("running", 4), JobAt("succeeded", 8)}, true, {"jobs", "watch", "--json"});
  EXPECT_EQ(watched.printed, ToJson(JobAt("running", 4)) + "\n" + ToJson(JobAt("succeeded", 8)) + "\n");
  EXPECT_EQ(watched.complained, "");
}

TEST(WatchARequest, EndsWhereItIsWantedOrCannotGetTo) {
  const auto at = [](const char* state) { return Json::Object({{"state", state}}); };
  const std::vector<std::string> until_planned = {"requests", "watch", "--until", "planned"};
  const auto watched = Watch({at("verified"), at("verified"), at("planned")}, false, until_planned);
  EXPECT_EQ(watched.code, exit_code::kDone);
  EXPECT_EQ(watched.printed, "verified\nplanned\n");
  EXPECT_EQ(Watch({at("verified"), at("withdrawn")}, false, until_planned).code, exit_code::kFailed);
  const Json failed = Json::Object({{"state", "verified"}, {"plan_error", "fulfil.too_many_records"}});
  EXPECT_EQ(Watch({failed}, false, until_planned).code, exit_code::kFailed);
}

TEST(WatchAJob, ShowsWhatHasNoTotalAndWhatWentWrong) {
  EXPECT_EQ(ProgressLine(Json::Object({{"state", "running"}, {"progress_done", 12}}), 24), "running  12 so far");
  EXPECT_EQ(
      ProgressLine(
          Json::Object({{"state", "failed"}, {"progress_done", 0}, {"error", Json::Object({{"code", "store.full"}})}}),
          24),
      "failed  store.full");
}

}  // namespace
}  // namespace privity
