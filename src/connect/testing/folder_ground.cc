#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/json.h"
#include "connect/folder/folder_connector.h"
#include "connect/testing/grounds.h"

namespace privity {
namespace {

std::string CsvValue(const std::string& value) {
  std::string out = "\"";
  for (const char c : value) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

class FolderGround : public Ground {
 public:
  explicit FolderGround(std::string ending) : ending_(std::move(ending)) {}

  const ConnectorKind& kind() const override { return FolderKind(); }
  std::string Url() const override { return "file://" + folder_.path(); }
  void Make(const Made& made) override {
    std::ofstream out(Path(made.name), std::ios::binary);
    Write(made, out);
    EXPECT_TRUE(out.flush()) << Path(made.name);
  }
  void Drop(const std::string& name) override { std::filesystem::remove(Path(name)); }
  void Revoke(const std::string& name) override {
    std::filesystem::permissions(Path(name), std::filesystem::perms::none);
  }
  std::string NameOf(const std::string& name) const override { return name + ending_; }
  bool has_declared_types() const override { return false; }
  bool has_references() const override { return false; }

 private:
  virtual void Write(const Made& made, std::ostream& out) = 0;
  std::string Path(const std::string& name) const { return folder_.path() + "/" + NameOf(name); }

  const std::string ending_;
  TestFolder folder_;
};

class CsvGround final : public FolderGround {
 public:
  CsvGround() : FolderGround(".csv") {}
  bool has_nulls() const override { return false; }

 private:
  void Write(const Made& made, std::ostream& out) override {
    const auto line = [&](const std::vector<std::string>& values) {
      for (std::size_t i = 0; i < values.size(); ++i) out << (i == 0 ? "" : ",") << CsvValue(values[i]);
      out << "\r\n";
    };
    line(made.fields);
    for (const RowValues& row : made.rows) {
      std::vector<std::string> values;
      for (const auto& value : row) values.push_back(value.value_or(""));
      line(values);
    }
  }
};

class JsonLinesGround final : public FolderGround {
 public:
  JsonLinesGround() : FolderGround(".jsonl") {}

 private:
  void Write(const Made& made, std::ostream& out) override {
    for (const RowValues& row : made.rows) {
      Json document = Json::Object();
      for (std::size_t i = 0; i < row.size(); ++i) document.Set(made.fields[i], row[i] ? Json(*row[i]) : Json());
      out << ToJson(document) << "\n";
    }
  }
};

}  // namespace

GroundKind CsvGroundKind() {
  return {.name = "csv", .why_absent = "", .make = []() -> std::unique_ptr<Ground> {
            return std::make_unique<CsvGround>();
          }};
}

GroundKind JsonLinesGroundKind() {
  return {.name = "json_lines", .why_absent = "", .make = []() -> std::unique_ptr<Ground> {
            return std::make_unique<JsonLinesGround>();
          }};
}

}  // namespace privity
