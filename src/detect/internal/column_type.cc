#include "detect/internal/column_type.h"

#include <array>

#include "detect/internal/letters.h"

namespace privity::detect {

std::optional<ColumnType> ReadColumnType(std::string_view declared) {
  struct Spelling {
    std::string_view part;
    ColumnType type;
  };
  // The first that occurs decides: "interval" before "int", "datetime" before "time".
  // Hashes and text in any encoding stand as short bytes.
  static constexpr std::array<Spelling, 42> kSpellings = {{{"bool", ColumnType::kBoolean},
                                                           {"tinyint(1)", ColumnType::kBoolean},
                                                           {"bit(1)", ColumnType::kBoolean},
                                                           {"interval", ColumnType::kText},
                                                           {"point", ColumnType::kJson},
                                                           {"geo", ColumnType::kJson},
                                                           {"json", ColumnType::kJson},
                                                           {"xml", ColumnType::kJson},
                                                           {"tinyblob", ColumnType::kText},
                                                           {"varbinary", ColumnType::kText},
                                                           {"blob", ColumnType::kJson},
                                                           {"bytea", ColumnType::kJson},
                                                           {"binary", ColumnType::kJson},
                                                           {"image", ColumnType::kJson},
                                                           {"map", ColumnType::kJson},
                                                           {"struct", ColumnType::kJson},
                                                           {"object", ColumnType::kJson},
                                                           {"array", ColumnType::kJson},
                                                           {"hstore", ColumnType::kJson},
                                                           {"[]", ColumnType::kJson},
                                                           {"char", ColumnType::kText},
                                                           {"text", ColumnType::kText},
                                                           {"clob", ColumnType::kText},
                                                           {"string", ColumnType::kText},
                                                           {"enum", ColumnType::kText},
                                                           {"uuid", ColumnType::kText},
                                                           {"uniqueidentifier", ColumnType::kText},
                                                           {"inet", ColumnType::kText},
                                                           {"cidr", ColumnType::kText},
                                                           {"macaddr", ColumnType::kText},
                                                           {"email", ColumnType::kText},
                                                           {"date", ColumnType::kDate},
                                                           {"time", ColumnType::kDate},
                                                           {"int", ColumnType::kNumber},
                                                           {"serial", ColumnType::kNumber},
                                                           {"num", ColumnType::kNumber},
                                                           {"dec", ColumnType::kNumber},
                                                           {"float", ColumnType::kNumber},
                                                           {"double", ColumnType::kNumber},
                                                           {"real", ColumnType::kNumber},
                                                           {"money", ColumnType::kNumber},
                                                           {"long", ColumnType::kNumber}}};
  const std::string folded = Fold(declared.substr(0, 64));
  if (folded == "bit") return ColumnType::kBoolean;
  for (const Spelling& spelling : kSpellings) {
    if (folded.find(spelling.part) != std::string::npos) return spelling.type;
  }
  return std::nullopt;
}

}  // namespace privity::detect
