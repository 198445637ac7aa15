// The gate: which fields of the schemas in a tree look personal and have no declared purpose, and which personal data
// its log statements write.
//
//   PRIVITY_TRY(const GateReport report, RunGate({"db/migrations"}, {.declarations = {".fides"}}, *detector));
//
// Fields are judged by their names, types and neighbours (detect/detector.h), held against Fideslang files
// (gate/declarations.h), and may be ignored by a comment on their line or on the line above it:
//
//   ssn_hash bytea,  -- privity:ignore only the salted hash, see ADR 12
//
// A value in a log statement that looks personal is held against the datasets of logs; one that looks like a credential
// is a finding whatever is declared. A comment on the first line of its statement ignores it, too.
//
// Without a reason the comment ignores nothing and is a finding itself. In JSON, which has no comments, a property says
// "$comment": "privity:ignore why". Nothing outside the paths is read, links are not followed; hidden folders other
// than .fides, and node_modules, are passed over. Blocking; may be called from many threads.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "detect/detector.h"
#include "gate/schema_file.h"

namespace privity {

inline constexpr std::int64_t kGateFilesMax = 100'000;
inline constexpr int kGateDepthMax = 64;  // folders inside each other

enum class GateRule { kUndeclared, kUncategorized, kNoPurpose, kIgnoredWithoutReason, kLogged, kLoggedCredential };
PRIVITY_DESCRIBE_ENUM(GateRule, kUndeclared, kUncategorized, kNoPurpose, kIgnoredWithoutReason, kLogged,
                      kLoggedCredential)

struct GateFinding {
  GateRule rule = GateRule::kUndeclared;
  std::string file = {};
  int line = 0;                 // from 1
  int column = 0;               // from 1, in code points
  std::string collection = {};  // of a logged value its owner: `user` of `user.email`
  std::string field = {};
  std::string declared_type = {};
  std::string category = {};         // a Fideslang key
  double confidence = 0;             // that the field is of that category
  std::string reason = {};           // the evidence in one line
  std::string ignored_because = {};  // why somebody ignored it; empty for the others
};
PRIVITY_DESCRIBE(GateFinding, (rule, file, line, column, collection, field, declared_type, category, confidence, reason,
                               ignored_because))

struct GateReport {
  std::vector<GateFinding> findings;  // by file, line and column
  std::vector<GateFinding> ignored;   // likewise
  std::vector<Error> unread;
  std::int64_t schema_files = 0;
  std::int64_t declaration_files = 0;
  std::int64_t fields = 0;
  std::int64_t source_files = 0;  // programs, some of which are schemas as well
  std::int64_t log_statements = 0;
};

struct GateOptions {
  std::vector<std::string> declarations = {};  // files and folders of Fideslang YAML, besides those under the paths
};

// Errors: gate.path_missing{path}. What else goes wrong with a file stands in `unread`: gate.format_unknown{file} for a
// named file that is neither schema nor program, gate.folder{folder}, gate.too_many_files{maximum}, the errors of
// ReadSchema, of ReadLogStatements and of
// base/durable_file.h, and those of base/yaml.h for declarations.
Result<GateReport> RunGate(const std::vector<std::string>& paths, const GateOptions& options, const Detector& detector);

}  // namespace privity
