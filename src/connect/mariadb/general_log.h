// The general log of MariaDB and MySQL (the table mysql.general_log), line by line, as events of access.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "connect/connector.h"

namespace privity::connect_internal {

// A line, as the table has it.
struct GeneralLogLine {
  Instant at{};
  std::string_view user_host{};  // "clerk[clerk] @ app.example.org [10.0.0.7]"
  std::string_view thread{};
  std::string_view command{};  // "Query", "Execute", "Connect", …
  std::string_view argument{};
};

// Follows the log from its beginning, since a line says neither whose database it means nor which account it is of.
class GeneralLogReader {
 public:
  // `accounts`: "clerk@%", all that the server has. Events elsewhere than in `database` are left out, "" for none.
  GeneralLogReader(std::vector<std::string> accounts, std::string database);

  // The events of the line, none for most. With `take` null the line is only followed.
  Status Follow(const GeneralLogLine& line, const Connector::OnAccess* take);

 private:
  struct Account {
    std::string user;
    std::string host;  // a pattern, with % and _
  };
  // The account that the server takes for somebody who comes from there: the one with the most definite host.
  std::string AccountOf(std::string_view user, std::string_view host, std::string_view address) const;
  void FollowThread(const GeneralLogLine& line);

  std::vector<Account> accounts_;  // the most definite hosts first
  const std::string database_;
  std::map<std::string, std::string, std::less<>> databases_;  // by thread
};

}  // namespace privity::connect_internal
