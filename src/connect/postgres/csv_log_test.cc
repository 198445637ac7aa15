#include "connect/postgres/csv_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace privity::connect_internal {
namespace {

using testing::ElementsAre;

constexpr std::string_view kLog =
    "2026-03-10 09:30:00.123 UTC,\"clerk\",\"shop\",71,\"10.0.0.7:50312\",s.1,1,\"SELECT\",2026-03-10 09:29:00 "
    "UTC,3/2,0,LOG,00000,\"statement: SELECT \"\"x\"\"\nFROM people WHERE a = ','\",,,,,,,,,\"psql\"\n"
    "not, a line\n"
    "2026-03-10 09:31:00.000 UTC,\"eve\",\"shop\",72,\"10.0.0.8:1\",s.2,1,\"authentication\",2026-03-10 09:31:00 "
    "UTC,3/3,0,FATAL,28P01,\"password authentication failed for user \"\"eve\"\"\",,,,,,,,,\"\"\n"
    "2026-03-10 09:32:00.000 UTC,\"cut";

std::vector<std::string> Told(std::size_t piece_bytes, std::int64_t& told_bytes) {
  CsvLogReader reader;
  std::vector<std::string> told;
  for (std::size_t at = 0; at < kLog.size(); at += piece_bytes) {
    const Status taken = reader.Take(kLog.substr(at, piece_bytes), [&](const CsvLogLine& line) {
      told.push_back(std::string(line.user) + "|" + std::string(line.from) + "|" + std::string(line.sql_state) + "|" +
                     std::string(line.message));
      return Ok();
    });
    EXPECT_TRUE(taken.ok());
  }
  told_bytes = reader.told_bytes();
  return told;
}

TEST(CsvLog, LinesComeWholeHoweverTheyAreCut) {
  for (const std::size_t piece_bytes : {1UL, 7UL, 100UL, 10'000UL}) {
    std::int64_t told_bytes = 0;
    EXPECT_THAT(Told(piece_bytes, told_bytes),
                ElementsAre("clerk|10.0.0.7:50312|00000|statement: SELECT \"x\"\nFROM people WHERE a = ','",
                            "eve|10.0.0.8:1|28P01|password authentication failed for user \"eve\""));
    EXPECT_EQ(told_bytes, static_cast<std::int64_t>(kLog.rfind("2026"))) << "the last line has not ended";
  }
}

}  // namespace
}  // namespace privity::connect_internal
