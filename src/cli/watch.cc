#include "cli/watch.h"

#include <algorithm>

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

// What is shown of a job: when none of it changed, nothing is printed.
std::string Shown(const Json& job, const Invocation& invocation, bool is_terminal) {
  if (invocation.Has("json")) return ToJson(job);
  return ProgressLine(job, is_terminal ? kBarWidth : 0);
}

void Print(const std::string& line, bool is_bar, const CommandWorld& world) {
  // A bar is drawn over the one before; the rest of a longer line is wiped (ECMA-48, erase in line).
  is_bar ? world.complain("\r" + line + "\033[K") : world.print(line + "\n");
}

int Watch(const Invocation& invocation, const CommandWorld& world) {
  auto client = world.connect(invocation);
  if (!client.ok()) return Failed(client.error(), world);
  const auto id = Uuid::Parse(invocation.Value("id"));
  if (!id.ok()) return Failed(id.error(), world);
  const bool is_bar = world.is_terminal && !invocation.Has("json");
  for (std::string before;;) {
    const auto answer = (*client)->Send({.path = "/v1/jobs/" + id->ToString()});
    if (!answer.ok()) return Failed(answer.error(), world);
    if (!answer->ok()) return Refused(*answer, invocation, world);
    std::string now = Shown(answer->body, invocation, world.is_terminal);
    if (now != before && !invocation.Has("quiet")) Print(now, is_bar, world);
    const std::string state = answer->body["state"].StringOr("");
    if (HasEnded(state)) {
      if (is_bar) world.complain("\n");
      return state == "succeeded" ? exit_code::kDone : exit_code::kFailed;
    }
    before = std::move(now);
    world.wait(kAskEvery);
  }
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

void AddWatchCommand(const CommandWorld& world, Command& root) {
  Command& watch = root.Child("jobs").Child("watch", "Follow a job until it has ended");
  watch.description =
      "Prints a line whenever the job moves on; a bar on a terminal, the job as a line of JSON with --json. Ends with "
      "0 "
      "when the job succeeded and with 1 when it failed or was cancelled.";
  watch.arguments = {{.name = "id", .description = "The job's id, as `privity jobs list` shows it."}};
  watch.examples = {{"privity jobs watch 0192f0c1-7b6a-7cc3-98c4-dc0c0c07398f", "With a bar on a terminal"}};
  watch.run = [&world](const Invocation& invocation) { return Watch(invocation, world); };
}

}  // namespace privity
