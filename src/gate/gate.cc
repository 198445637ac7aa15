#include "gate/gate.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <tuple>

#include "base/durable_file.h"
#include "base/yaml.h"
#include "gate/declarations.h"
#include "gate/internal/ignore_comments.h"
#include "gate/log_statements.h"
#include "gate/logged_data.h"

namespace privity {
namespace {

namespace fs = std::filesystem;
using gate_internal::IgnoreComments;
using gate_internal::IgnoreReason;

constexpr std::size_t kFileBytesMax = std::max(kSchemaBytesMax, kSourceBytesMax);  // each reader keeps to its own

struct SourceFile {
  std::string name;
  bool is_named = false;  // by the caller, not found in a folder
};

bool HasEnding(const std::string& name) {
  for (const char* ending : {".sql", ".prisma", ".proto", ".json", ".yaml", ".yml"}) {
    if (name.ends_with(ending)) return true;
  }
  return SourceLanguageOf(name).has_value();
}

// The files under the paths, each once, in the order of their names.
class FileList {
 public:
  explicit FileList(std::vector<Error>& unread) : unread_(unread) {}

  Status Add(const std::string& path) {
    std::error_code failure;
    const fs::file_status status = fs::status(path, failure);
    if (failure || !fs::exists(status)) return Error("gate.path_missing", {{"path", path}});
    if (fs::is_directory(status)) {
      AddFolder(path, 0);
    } else {
      files_[fs::path(path).lexically_normal().string()] = true;
    }
    return Ok();
  }

  std::vector<SourceFile> Take() const {
    std::vector<SourceFile> files;
    for (const auto& [name, is_named] : files_) files.push_back({name, is_named});
    return files;
  }

 private:
  static bool IsPassedOver(const std::string& name) {
    return name == "node_modules" || (name.starts_with('.') && name != ".fides");
  }
  // Made from programs that stand elsewhere.
  static bool IsBundle(const std::string& name) { return name.find(".min.") != std::string::npos; }

  void AddFolder(const fs::path& folder, int depth) {
    std::error_code failure;
    fs::directory_iterator each(folder, failure);
    if (failure || depth > kGateDepthMax) return unread_.push_back(Error("gate.folder", {{"folder", folder.string()}}));
    for (; each != fs::directory_iterator(); each.increment(failure)) {
      if (failure) return unread_.push_back(Error("gate.folder", {{"folder", folder.string()}}));
      AddEntry(*each, depth);
    }
  }

  void AddEntry(const fs::directory_entry& entry, int depth) {
    std::error_code failure;
    const std::string name = entry.path().filename().string();
    if (entry.is_symlink(failure)) return;
    if (entry.is_directory(failure)) {
      if (!IsPassedOver(name)) AddFolder(entry.path(), depth + 1);
    } else if (entry.is_regular_file(failure) && HasEnding(name) && !IsBundle(name)) {
      AddFound(entry.path().lexically_normal().string());
    }
  }

  void AddFound(std::string name) {
    if (std::ssize(files_) < kGateFilesMax) {
      files_.emplace(std::move(name), false);
    } else if (!is_full_) {
      is_full_ = true;
      unread_.push_back(Error("gate.too_many_files", {{"maximum", std::to_string(kGateFilesMax)}}));
    }
  }

  std::vector<Error>& unread_;
  std::map<std::string, bool> files_;
  bool is_full_ = false;
};

bool IsYaml(std::string_view name) {
  return name.ends_with(".yaml") || name.ends_with(".yml");
}

std::optional<GateRule> RuleOf(Standing standing) {
  switch (standing) {
    case Standing::kDeclared:
      return std::nullopt;
    case Standing::kUndeclared:
      return GateRule::kUndeclared;
    case Standing::kUncategorized:
      return GateRule::kUncategorized;
    case Standing::kNoPurpose:
      return GateRule::kNoPurpose;
  }
  return std::nullopt;
}

// The fields of one collection as the detector wants them.
std::vector<FieldContext> ContextsOf(const std::vector<const SchemaField*>& fields,
                                     const std::shared_ptr<const SystemView>& view) {
  std::vector<FieldContext> contexts;
  for (const SchemaField* field : fields) {
    contexts.push_back({.collection = field->collection,
                        .field = field->field,
                        .declared_type = field->declared_type,
                        .system_view = view});
  }
  return contexts;
}

class Gate {
 public:
  explicit Gate(const Detector& detector) : detector_(detector), logged_(detector) {}

  Result<GateReport> Run(const std::vector<std::string>& paths, const GateOptions& options) {
    FileList schemas(report_.unread);
    for (const std::string& path : paths) PRIVITY_TRY_VOID(schemas.Add(path));
    FileList declared(report_.unread);
    for (const std::string& path : options.declarations) PRIVITY_TRY_VOID(declared.Add(path));
    const std::vector<SourceFile> files = schemas.Take();
    for (const SourceFile& file : declared.Take()) Declare(file, true);
    // First everything that is declared, for a schema may stand before its dataset.
    for (const SourceFile& file : files) {
      if (IsYaml(file.name)) Declare(file, false);
    }
    for (const SourceFile& file : files) Judge(file);
    Sort(report_.findings);
    Sort(report_.ignored);
    return std::move(report_);
  }

 private:
  std::optional<std::string> Read(const SourceFile& file) {
    auto bytes = ReadFile(file.name, kFileBytesMax);
    if (bytes.ok()) return std::string(reinterpret_cast<const char*>(bytes->data()), bytes->size());
    report_.unread.push_back(bytes.error());
    return std::nullopt;
  }

  // Only what was named as declarations must be YAML: elsewhere there are files of many kinds.
  void Declare(const SourceFile& file, bool must_be_yaml) {
    if (!IsYaml(file.name) || declaration_files_.contains(file.name)) return;
    const auto text = Read(file);
    if (!text || (text->find("dataset") == std::string::npos && text->find("system") == std::string::npos)) return;
    const auto document = FromYaml<Json>(*text, file.name);
    if (document.ok() && Declarations::IsDeclarations(*document)) {
      declarations_.Add(*document);
      declaration_files_.insert(file.name);
      ++report_.declaration_files;
    } else if (!document.ok() && must_be_yaml) {
      report_.unread.push_back(document.error());
    }
  }

  void Judge(const SourceFile& file) {
    if (declaration_files_.contains(file.name)) return;
    const auto text = Read(file);
    if (!text) return;
    const auto format = SchemaFormatOf(file.name, *text);
    const auto language = SourceLanguageOf(file.name);
    if (!format && !language) {
      if (file.is_named) report_.unread.push_back(Error("gate.format_unknown", {{"file", file.name}}));
      return;
    }
    const IgnoreComments comments(*text);
    if (format) JudgeSchema(*format, *text, file.name, comments);
    if (language) JudgeLogs(*language, *text, file.name, comments);
    for (const int line : comments.without_reason()) {
      report_.findings.push_back(
          {.rule = GateRule::kIgnoredWithoutReason, .file = file.name, .line = line, .column = 1});
    }
  }

  void JudgeSchema(SchemaFormat format, const std::string& text, const std::string& file,
                   const IgnoreComments& comments) {
    const auto fields = ReadSchema(format, text, file);
    if (!fields.ok()) return report_.unread.push_back(fields.error());
    ++report_.schema_files;
    report_.fields += std::ssize(*fields);
    const auto collections = ByCollection(*fields);
    std::vector<CollectionNames> names;
    for (const auto& [collection, members] : collections) {
      names.push_back({.collection = collection, .fields = {}});
      for (const SchemaField* field : members) names.back().fields.push_back(field->field);
    }
    const auto view = detector_.View({}, names);
    for (const auto& [collection, members] : collections) JudgeCollection(members, view, file, comments);
  }

  void JudgeLogs(SourceLanguage language, const std::string& text, const std::string& file,
                 const IgnoreComments& comments) {
    const auto statements = ReadLogStatements(language, text, file);
    if (!statements.ok()) return report_.unread.push_back(statements.error());
    ++report_.source_files;
    report_.log_statements += statements->count;
    for (const LoggedValue& value : statements->values) {
      const auto data = logged_.Judge(value);
      if (!data) continue;
      const bool is_credential = IsCredential(data->category);
      if (!is_credential && declarations_.InLogs(data->category) == Standing::kDeclared) continue;
      auto reason = comments.ReasonAt(value.line);
      if (!reason) reason = comments.ReasonAt(value.statement_line);
      Keep({is_credential ? GateRule::kLoggedCredential : GateRule::kLogged, file, value.line, value.column,
            data->collection, data->field, "", data->category, data->confidence, data->reason, ""},
           reason);
    }
  }

  static std::map<std::string, std::vector<const SchemaField*>> ByCollection(const std::vector<SchemaField>& fields) {
    std::map<std::string, std::vector<const SchemaField*>> collections;
    for (const SchemaField& field : fields) collections[field.collection].push_back(&field);
    return collections;
  }

  void JudgeCollection(const std::vector<const SchemaField*>& fields, const std::shared_ptr<const SystemView>& view,
                       const std::string& file, const IgnoreComments& comments) {
    const std::vector<FieldContext> contexts = ContextsOf(fields, view);
    const std::vector<ColumnJudgement> judgements = detector_.Fields(contexts);
    for (std::size_t each = 0; each < fields.size(); ++each) {
      if (!IsPersonal(judgements[each].category)) continue;
      const auto rule = RuleOf(declarations_.Of(fields[each]->collection, fields[each]->field));
      if (rule) Report(*rule, *fields[each], judgements[each], file, comments);
    }
  }

  void Report(GateRule rule, const SchemaField& field, const ColumnJudgement& judgement, const std::string& file,
              const IgnoreComments& comments) {
    auto reason = comments.ReasonAt(field.line);
    if (!reason) reason = IgnoreReason(field.comment);
    Keep({rule, file, field.line, field.column, field.collection, field.field, field.declared_type, judgement.category,
          judgement.confidence, judgement.Reason(), ""},
         reason);
  }

  // Among the findings, or among those that somebody ignored with a reason.
  void Keep(GateFinding finding, const std::optional<std::string>& reason) {
    if (reason && reason->empty()) finding.rule = GateRule::kIgnoredWithoutReason;
    if (reason && !reason->empty()) {
      finding.ignored_because = *reason;
      report_.ignored.push_back(std::move(finding));
    } else {
      report_.findings.push_back(std::move(finding));
    }
  }

  static void Sort(std::vector<GateFinding>& findings) {
    std::sort(findings.begin(), findings.end(), [](const GateFinding& a, const GateFinding& b) {
      return std::tie(a.file, a.line, a.column, a.field) < std::tie(b.file, b.line, b.column, b.field);
    });
  }

  const Detector& detector_;
  LoggedDataJudge logged_;
  Declarations declarations_;
  std::set<std::string> declaration_files_;
  GateReport report_;
};

}  // namespace

Result<GateReport> RunGate(const std::vector<std::string>& paths, const GateOptions& options,
                           const Detector& detector) {
  return Gate(detector).Run(paths, options);
}

}  // namespace privity
