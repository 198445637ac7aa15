#include "connect/mariadb/general_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace privity::connect_internal {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// "clerk@% read shop.people from 10.0.0.7", line by line.
std::vector<std::string> Told(const std::vector<std::string>& accounts, const std::vector<GeneralLogLine>& lines,
                              const std::string& database = "") {
  GeneralLogReader reader(accounts, database);
  std::vector<std::string> told;
  const Connector::OnAccess take = [&](const AccessEvent& event) {
    const std::string place =
        event.collection.name.empty() ? "" : " " + event.collection.space + "." + event.collection.name;
    told.push_back(event.principal + " " + std::string(EnumText(event.use)) + place + " from " + event.from);
    return Ok();
  };
  for (const GeneralLogLine& line : lines) EXPECT_TRUE(reader.Follow(line, &take).ok());
  return told;
}

std::vector<std::string> AccountOf(const std::vector<std::string>& accounts, std::string_view user_host) {
  return Told(accounts, {{.user_host = user_host, .thread = "1", .command = "Query", .argument = "CALL x()"}});
}

TEST(GeneralLog, AnAccountIsTheOneWithTheMostDefiniteHost) {
  const std::vector<std::string> accounts = {"clerk@%", "clerk@10.%", "clerk@10.0.0.7", "other@%"};
  EXPECT_THAT(AccountOf(accounts, "clerk[clerk] @ app [10.0.0.7]"), ElementsAre("clerk@10.0.0.7 other from 10.0.0.7"));
  EXPECT_THAT(AccountOf(accounts, "clerk[clerk] @ app [10.0.1.7]"), ElementsAre("clerk@10.% other from 10.0.1.7"));
  EXPECT_THAT(AccountOf(accounts, "clerk[clerk] @ app [192.0.2.1]"), ElementsAre("clerk@% other from 192.0.2.1"));
  EXPECT_THAT(AccountOf({"clerk@app_.example.org"}, "clerk[clerk] @ APP1.example.org []"),
              ElementsAre("clerk@app_.example.org other from APP1.example.org"));
  EXPECT_THAT(AccountOf({"clerk@10.%"}, "clerk[clerk] @ app [192.0.2.1]"),
              ElementsAre("clerk@app other from 192.0.2.1"))
      << "nobody's, as far as it can be told";
}

TEST(GeneralLog, AHostThatWasMadeToTakeLongTakesNoTime) {
  std::string pattern, host;
  for (int i = 0; i < 60; ++i) {
    pattern += "%a";
    host += "a";
  }
  EXPECT_THAT(AccountOf({"clerk@" + pattern + "b"}, "clerk[clerk] @ " + host + " []"),
              ElementsAre("clerk@" + host + " other from " + host));
}

TEST(GeneralLog, ADatabaseIsTheOneOfTheSession) {
  const auto line = [](std::string_view thread, std::string_view command, std::string_view argument) {
    return GeneralLogLine{
        .user_host = "a[a] @ h [192.0.2.1]", .thread = thread, .command = command, .argument = argument};
  };
  EXPECT_THAT(
      Told({"a@%"}, {line("1", "Connect", "a@h on shop using TCP/IP"), line("2", "Connect", "a@h on  using TCP/IP"),
                     line("1", "Query", "SELECT * FROM people"), line("2", "Init DB", "crm"),
                     line("2", "Query", "SELECT * FROM people"), line("2", "Query", "use `shop`"),
                     line("2", "Execute", "SELECT * FROM people"), line("2", "Prepare", "SELECT * FROM people"),
                     line("2", "Quit", ""), line("2", "Query", "SELECT * FROM people"),
                     line("1", "Query", "SELECT * FROM mysql.user")}),
      ElementsAre("a@% read shop.people from 192.0.2.1", "a@% read crm.people from 192.0.2.1",
                  "a@% read shop.people from 192.0.2.1", "a@% other from 192.0.2.1"))
      << "of a session that is not known, where is not told";
  EXPECT_THAT(Told({"a@%"}, {line("1", "Query", "SELECT * FROM crm.people")}, "shop"), IsEmpty()) << "elsewhere";
}

}  // namespace
}  // namespace privity::connect_internal
