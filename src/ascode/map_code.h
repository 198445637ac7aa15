// The register written out as a file, compared with one, and changed by one.
//
// Callable from many threads. Errors: those of base/yaml.h with file, line and column;
// ascode.too_many_changes{maximum}; and those of the parts of the register that Apply changes.
#pragma once

#include "ascode/fides.h"
#include "datamap/datamap.h"

namespace privity {

enum class CodeChangeKind {
  kCreateSystem,
  kDescribeSystem,
  kDecideField,
  kStateReference,
  kSetStewardship,
  kCreateRecipient,
  kUpdateRecipient,
  kCreateActivity,
  kUpdateActivity,
};
PRIVITY_DESCRIBE_ENUM(CodeChangeKind, kCreateSystem, kDescribeSystem, kDecideField, kStateReference, kSetStewardship,
                      kCreateRecipient, kUpdateRecipient, kCreateActivity, kUpdateActivity)

struct CodeChange {
  CodeChangeKind kind = CodeChangeKind::kCreateSystem;
  std::string place{};   // "shop.public: customer.email", "Web shop"
  std::string before{};  // of a field its category, of a system its description
  std::string after{};
};
PRIVITY_DESCRIBE(CodeChange, (kind, place, before, after))

// What the file speaks of and the register cannot take.
enum class CodeProblemKind {
  kSystemUnknown,
  kCollectionUnknown,
  kFieldUnknown,
  kReferenceEndUnknown,
  kDateFieldUnknown,
  kCategoryUnknown,
  kNotPermitted,  // activities, by somebody who may not write them
};
PRIVITY_DESCRIBE_ENUM(CodeProblemKind, kSystemUnknown, kCollectionUnknown, kFieldUnknown, kReferenceEndUnknown,
                      kDateFieldUnknown, kCategoryUnknown, kNotPermitted)
struct CodeProblem {
  CodeProblemKind kind = CodeProblemKind::kFieldUnknown;
  std::string place{};
  std::int64_t line = 0;  // of the file
};
PRIVITY_DESCRIBE(CodeProblem, (kind, place, line))

struct CodePlan {
  std::vector<CodeChange> changes{};
  std::vector<CodeProblem> problems{};  // passed over
};
PRIVITY_DESCRIBE(CodePlan, (changes, problems))
std::vector<FieldNote> FieldNotes(const CodePlan*);

struct CodeFile {
  std::string content{};
  std::string name = "map.yaml";  // only shown
};
PRIVITY_DESCRIBE(CodeFile, (content, name))
std::vector<FieldNote> FieldNotes(const CodeFile*);

class MapCode {
 public:
  static constexpr std::size_t kChangesMax = 5'000;
  static constexpr std::size_t kFileBytesMax = 4 << 20;

  // `datamap` outlives it.
  explicit MapCode(const Datamap& datamap) : datamap_(datamap) {}

  // Activities only for whoever may read them.
  Result<std::string> Export(ReadTx& tx, const Caller& caller, const std::optional<SystemId>& system) const;
  Result<CodePlan> Plan(ReadTx& tx, const Caller& caller, const CodeFile& file) const;
  // Makes the changes that Plan lists, and answers them.
  Result<CodePlan> Apply(WriteTx& tx, const Caller& caller, const CodeFile& file) const;

 private:
  const Datamap& datamap_;
};

}  // namespace privity
