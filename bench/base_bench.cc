// JSON of described structs beside stock Boost.JSON (value_from and serialize, parse and value_to) over the same struct
// in the same run. Rounds alternate; the median counts.
#include <algorithm>
#include <boost/json.hpp>
#include <chrono>
#include <cstdio>
#include <functional>
#include <string>
#include <vector>

#include "base/json.h"

namespace privity {
namespace {

struct Retention {
  std::int64_t days = 0;
  bool legal_hold = false;
  std::string ground;
};
PRIVITY_DESCRIBE(Retention, (days, legal_hold, ground))

struct Purpose {
  std::string id;
  std::string name;
  std::string description;
  std::int64_t version = 0;
  double weight = 0;
  bool active = false;
  std::optional<std::string> note;
  std::vector<std::string> categories;
  std::map<std::string, Retention> retention;
  std::vector<Retention> history;
};
PRIVITY_DESCRIBE(Purpose, (id, name, description, version, weight, active, note, categories, retention, history))

Purpose ExamplePurpose() {
  Purpose purpose = {.id = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f",
                     .name = "Order handling",
                     .description = "Taking, packing and sending what customers order; answering questions about it.",
                     .version = 1'234'567,
                     .weight = 0.375,
                     .active = true,
                     .note = "Größe \"L\" is not personal data\n",
                     .categories = {"contact", "address", "order-history", "payment-reference", "delivery-note"},
                     .retention = {},
                     .history = {}};
  for (const char* system : {"shop", "crm", "warehouse", "mailing"}) {
    purpose.retention[system] = {.days = 3650, .legal_hold = false, .ground = "tax law, ten years"};
    purpose.history.push_back({.days = 30, .legal_hold = true, .ground = "dispute"});
  }
  return purpose;
}

using std::chrono::steady_clock;
constexpr int kRounds = 9;
constexpr std::chrono::milliseconds kRound{100};

double MicrosecondsPerCall(const std::function<std::size_t()>& call) {
  std::size_t calls = 0;
  std::size_t sum = 0;
  const auto begin = steady_clock::now();
  for (; steady_clock::now() - begin < kRound; ++calls) sum += call();
  const double micros = std::chrono::duration<double, std::micro>(steady_clock::now() - begin).count();
  if (sum == 0) std::printf("(nothing was made)\n");
  return micros / static_cast<double>(calls);
}

void Compare(const char* what, std::size_t bytes, const std::function<std::size_t()>& ours,
             const std::function<std::size_t()>& peer) {
  std::vector<double> mine, other;
  for (int round = 0; round < kRounds; ++round) {
    mine.push_back(MicrosecondsPerCall(ours));
    other.push_back(MicrosecondsPerCall(peer));
  }
  std::ranges::sort(mine);
  std::ranges::sort(other);
  const double median = mine[kRounds / 2];
  const double peer_median = other[kRounds / 2];
  std::printf("%-28s %7.2f us %7.0f MB/s   Boost.JSON %7.2f us   speed against it: %.2f\n", what, median,
              static_cast<double>(bytes) / median, peer_median, peer_median / median);
}

void Run() {
  const Purpose purpose = ExamplePurpose();
  const std::string text = ToJson(purpose);
  std::printf("one object of %zu bytes\n", text.size());
  Compare(
      "struct to text", text.size(), [&] { return ToJson(purpose).size(); },
      [&] { return boost::json::serialize(boost::json::value_from(purpose)).size(); });
  Compare(
      "text to struct", text.size(), [&] { return FromJson<Purpose>(text)->history.size(); },
      [&] { return boost::json::value_to<Purpose>(boost::json::parse(text)).history.size(); });
  Compare(
      "text to any value", text.size(), [&] { return ParseJson(text)->members()->size(); },
      [&] { return boost::json::parse(text).as_object().size(); });
  const Json any = ParseJson(text).value();
  const boost::json::value peer_any = boost::json::parse(text);
  Compare(
      "any value to text", text.size(), [&] { return ToJson(any).size(); },
      [&] { return boost::json::serialize(peer_any).size(); });
  Compare(
      "struct to canonical text", text.size(), [&] { return ToCanonicalJson(purpose)->size(); },
      [&] { return boost::json::serialize(boost::json::value_from(purpose)).size(); });
}

}  // namespace
}  // namespace privity

int main() {
  privity::Run();
}
