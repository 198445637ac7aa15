#include "connect/mariadb/general_log.h"

#include <algorithm>
#include <array>

#include "connect/sql/statement_uses.h"

namespace privity::connect_internal {
namespace {

constexpr std::size_t kThreadsMax = 100'000;
constexpr std::string_view kRefused = "Access denied for user ";
constexpr std::array<std::string_view, 4> kOfTheServer = {"mysql", "information_schema", "performance_schema", "sys"};

struct Caller {
  std::string_view account_user;  // "" until the sign-in went well
  std::string_view user;          // as it was given
  std::string_view host;
  std::string_view address;
};

Caller CallerOf(std::string_view user_host) {
  Caller caller;
  const std::size_t at = user_host.rfind(" @ ");
  if (at == std::string_view::npos) return caller;
  const std::string_view who = user_host.substr(0, at);
  const std::string_view where = user_host.substr(at + 3);
  const std::size_t bracket = who.rfind('[');
  if (bracket != std::string_view::npos && who.ends_with(']')) {
    caller.account_user = who.substr(0, bracket);
    caller.user = who.substr(bracket + 1, who.size() - bracket - 2);
  }
  const std::size_t address = where.rfind(" [");
  caller.host = where.substr(0, address);
  if (address != std::string_view::npos && where.ends_with(']')) {
    caller.address = where.substr(address + 2, where.size() - address - 3);
  }
  return caller;
}

// Of "clerk@localhost on shop using SSL/TLS", shop.
std::string_view DatabaseOfConnect(std::string_view argument) {
  argument = argument.substr(0, argument.rfind(" using "));
  const std::size_t on = argument.rfind(" on ");
  return on == std::string_view::npos ? std::string_view() : argument.substr(on + 4);
}

// Of "USE shop" and "use `shop`;", shop; else "".
std::string_view DatabaseOfUse(std::string_view sql) {
  const bool is_use = sql.size() > 4 && (sql.starts_with("USE ") || sql.starts_with("use "));
  if (!is_use) return {};
  sql.remove_prefix(4);
  const std::string_view around = " `;\t\r\n";
  const std::size_t begin = sql.find_first_not_of(around);
  if (begin == std::string_view::npos) return {};
  return sql.substr(begin, sql.find_last_not_of(around) + 1 - begin);
}

// LIKE, as hosts of accounts are compared. Greedy, going back to the last % alone: what a store says is not trusted to
// be short.
bool Matches(std::string_view pattern, std::string_view text) {
  const auto lower = [](char c) { return std::tolower(static_cast<unsigned char>(c)); };
  std::size_t at = 0, in = 0;
  std::size_t behind_any = std::string_view::npos, any_until = 0;
  while (in < text.size()) {
    if (at < pattern.size() && pattern[at] == '%') {
      behind_any = ++at;
      any_until = in;
    } else if (at < pattern.size() && (pattern[at] == '_' || lower(pattern[at]) == lower(text[in]))) {
      ++at;
      ++in;
    } else if (behind_any != std::string_view::npos) {
      at = behind_any;
      in = ++any_until;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('%', at) == std::string_view::npos;
}

}  // namespace

GeneralLogReader::GeneralLogReader(std::vector<std::string> accounts, std::string database)
    : database_(std::move(database)) {
  for (const std::string& account : accounts) {
    const std::size_t at = account.rfind('@');
    if (at != std::string::npos) accounts_.push_back({account.substr(0, at), account.substr(at + 1)});
  }
  const auto definite = [](const Account& account) {
    return std::min(account.host.find_first_of("%_"), std::size_t(1000));
  };
  std::ranges::stable_sort(accounts_, std::greater<>(), definite);
}

std::string GeneralLogReader::AccountOf(std::string_view user, std::string_view host, std::string_view address) const {
  for (const Account& account : accounts_) {
    if (account.user == user && (Matches(account.host, host) || Matches(account.host, address))) {
      return account.user + "@" + account.host;
    }
  }
  return std::string(user) + "@" + std::string(host.empty() ? address : host);
}

void GeneralLogReader::FollowThread(const GeneralLogLine& line) {
  std::string_view database;
  if (line.command == "Connect") {
    if (line.argument.starts_with(kRefused)) return;
    database = DatabaseOfConnect(line.argument);
  } else if (line.command == "Init DB") {
    database = line.argument;
  } else if (line.command == "Query") {
    database = DatabaseOfUse(line.argument);
    if (database.empty()) return;
  } else {
    if (line.command == "Quit") databases_.erase(std::string(line.thread));
    return;
  }
  const auto found = databases_.find(line.thread);
  if (found != databases_.end()) {
    found->second = database;
  } else if (databases_.size() < kThreadsMax) {
    databases_.emplace(line.thread, database);
  }
}

Status GeneralLogReader::Follow(const GeneralLogLine& line, const Connector::OnAccess* take) {
  FollowThread(line);
  const bool is_refusal = line.command == "Connect" && line.argument.starts_with(kRefused);
  const bool is_statement = line.command == "Query" || line.command == "Execute";
  if (take == nullptr || (!is_refusal && !is_statement)) return Ok();
  const Caller caller = CallerOf(line.user_host);
  const std::string_view user = is_refusal ? caller.user : caller.account_user;
  AccessEvent event{.at = line.at,
                    .principal = AccountOf(user, caller.host, caller.address),
                    .use = AccessUse::kSignInRefused,
                    .from = std::string(caller.address.empty() ? caller.host : caller.address)};
  if (is_refusal) return (*take)(event);
  const auto thread = databases_.find(line.thread);
  for (const StatementUse& use : UsesOf(line.argument, SqlSpelling::kMariaDb)) {
    event.use = use.use;
    event.collection = use.collection;
    const bool needs_space = !event.collection.name.empty() && event.collection.space.empty();
    if (needs_space && thread != databases_.end()) event.collection.space = thread->second;
    if (needs_space && event.collection.space.empty()) {
      event.use = AccessUse::kOther;
      event.collection = {};
    }
    const std::string& space = event.collection.space;
    const bool is_elsewhere = !space.empty() && (std::ranges::find(kOfTheServer, space) != kOfTheServer.end() ||
                                                 (!database_.empty() && space != database_));
    if (!is_elsewhere) PRIVITY_TRY_VOID((*take)(event));
  }
  return Ok();
}

}  // namespace privity::connect_internal
