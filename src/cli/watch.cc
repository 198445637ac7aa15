#include "cli/watch.h"

#include <algorithm>
#include <functional>
#include <optional>

#include "cli/render.h"
#include "words/terminal_text.h"

namespace privity {
namespace {

// A job saves its progress at most a few times a second.
constexpr std::chrono::milliseconds kAskEvery{500};
constexpr int kBarWidth = 24;

bool HasEnded(std::string_view state) {
  return state == "succeeded" || state == "failed" || state == "cancelled";
}

void Print(const std::string& line, bool is_bar, const CommandWorld& world) {
  // A bar is drawn over the one before; the rest of a longer line is wiped (ECMA-48, erase in line).
  is_bar ? world.complain("\r" + line + "\033[K") : world.print(line + "\n");
}

// What is followed: where it stands, how it is shown in one line, and with which exit code it is over.
struct Followed {
  std::string path;
  std::function<std::string(const Json&, int bar_width)> line;
  std::function<std::optional<int>(const Json&)> end;
};

int Follow(const Followed& what, const Invocation& invocation, const CommandWorld& world) {
  auto client = world.connect(invocation);
  if (!client.ok()) return Failed(client.error(), world);
  const bool is_bar = world.is_terminal && !invocation.Has("json");
  for (std::string before;;) {
    const auto answer = (*client)->Send({.path = what.path});
    if (!answer.ok()) return Failed(answer.error(), world);
    if (!answer->ok()) return Refused(*answer, invocation, world);
    std::string now = invocation.Has("json") ? ToJson(answer->body) : what.line(answer->body, is_bar ? kBarWidth : 0);
    // When none of what is shown changed, nothing is printed.
    if (now != before && !invocation.Has("quiet")) Print(now, is_bar, world);
    if (const std::optional<int> code = what.end(answer->body)) {
      if (is_bar) world.complain("\n");
      return *code;
    }
    before = std::move(now);
    world.wait(kAskEvery);
  }
}

int WatchJob(const Invocation& invocation, const CommandWorld& world) {
  const auto id = Uuid::Parse(invocation.Value("id"));
  if (!id.ok()) return Failed(id.error(), world);
  return Follow({.path = "/v1/jobs/" + id->ToString(),
                 .line = ProgressLine,
                 .end = [](const Json& job) -> std::optional<int> {
                   const std::string state = job["state"].StringOr("");
                   if (!HasEnded(state)) return std::nullopt;
                   return state == "succeeded" ? exit_code::kDone : exit_code::kFailed;
                 }},
                invocation, world);
}

// From these it does not go on by itself.
bool HasLeftTheWay(std::string_view state) {
  return state == "waiting_person" || state == "refused" || state == "withdrawn" || state == "closed";
}

int WatchRequest(const Invocation& invocation, const CommandWorld& world) {
  const auto id = Uuid::Parse(invocation.Value("id"));
  if (!id.ok()) return Failed(id.error(), world);
  const std::string until = invocation.Value("until");
  return Follow({.path = "/v1/rights/requests/" + id->ToString(),
                 .line =
                     [](const Json& request, int) {
                       const auto* problem = request["plan_error"].string();
                       return Harmless(request["state"].StringOr("") + (problem == nullptr ? "" : "  " + *problem));
                     },
                 .end = [until](const Json& request) -> std::optional<int> {
                   const std::string state = request["state"].StringOr("");
                   if (state == until) return exit_code::kDone;
                   if (HasLeftTheWay(state) || request["plan_error"].string() != nullptr) return exit_code::kFailed;
                   return std::nullopt;
                 }},
                invocation, world);
}

}  // namespace

std::string ProgressLine(const Json& job, int bar_width) {
  const std::int64_t* total = job["progress_total"].integer();
  const std::int64_t done = job["progress_done"].integer() != nullptr ? *job["progress_done"].integer() : 0;
  const std::int64_t percent =
      total != nullptr && *total > 0 ? std::clamp<std::int64_t>(100 * done / *total, 0, 100) : 0;
  const bool is_counted = total != nullptr && *total > 0;
  std::string line;
  if (bar_width > 0 && is_counted) {
    const auto filled = static_cast<std::size_t>(bar_width * percent / 100);
    line = "[" + std::string(filled, '#') + std::string(static_cast<std::size_t>(bar_width) - filled, '-') + "]  ";
  }
  line += Harmless(job["state"].StringOr(""));
  if (const auto* step = job["progress_step"].string()) line += "  " + Harmless(*step);
  if (is_counted) {
    line += "  " + std::to_string(done) + " of " + std::to_string(*total) + "  " + std::to_string(percent) + " %";
  } else if (done > 0) {
    line += "  " + std::to_string(done) + " so far";
  }
  if (const auto* code = job["error"]["code"].string()) line += "  " + Harmless(*code);
  return line;
}

void AddWatchCommands(const CommandWorld& world, Command& root) {
  Command& job = root.Child("jobs").Child("watch", "Follow a job until it has ended");
  job.description =
      "Prints a line whenever the job moves on; a bar on a terminal, the job as a line of JSON with --json. Ends with "
      "0 "
      "when the job succeeded and with 1 when it failed or was cancelled.";
  job.arguments = {{.name = "id", .description = "The job's id, as `privity jobs list` shows it."}};
  job.examples = {{"privity jobs watch 0192f0c1-7b6a-7cc3-98c4-dc0c0c07398f", "With a bar on a terminal"}};
  job.run = [&world](const Invocation& invocation) { return WatchJob(invocation, world); };

  Command& request = root.Child("requests").Child("watch", "Follow a rights request until it stands in a state");
  request.description =
      "Prints its state whenever that changes. Ends with 0 when it stands there, and with 1 when it could not be "
      "planned, waits for a person, or was refused, withdrawn or closed.";
  request.arguments = {{.name = "id", .description = "The request's id, as `privity requests list` shows it."}};
  request.options = {{.name = "until",
                      .value_name = "STATE",
                      .description = "`planned` after `requests plan`, `checked` after `requests execute`.",
                      .required = true}};
  request.examples = {
      {"privity requests watch 0192f0c1-7b6a-7cc3-98c4-dc0c0c07398f --until planned", "Until the plan is there"}};
  request.run = [&world](const Invocation& invocation) { return WatchRequest(invocation, world); };
}

}  // namespace privity
