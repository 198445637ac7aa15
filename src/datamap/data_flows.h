// Flows of personal data from one system to another that people state: what no store shows, a file that is sent, an
// interface that is called.
//
// Callable from many threads. Errors: datamap.flow_unknown (404), datamap.flow_known (409), datamap.flow_end_unknown
// (400), datamap.category_unknown, datamap.changed_meanwhile (412), datamap.cursor_invalid.
#pragma once

#include "datamap/model.h"
#include "datamap/world.h"

namespace privity {

struct DataFlowTag {};
using DataFlowId = Id<DataFlowTag>;

struct DataFlowRequest {
  SystemId from{};
  SystemId to{};
  std::vector<std::string> categories{};
  std::string description{};
};
PRIVITY_DESCRIBE(DataFlowRequest, (from, to, categories, description))
std::vector<FieldNote> FieldNotes(const DataFlowRequest*);

struct DataFlow {
  DataFlowId id{};
  DataFlowRequest content{};
  std::string from_name{};
  std::string to_name{};
  Actor changed_by{};
  Instant created_at{};
  Instant changed_at{};
  std::int64_t version = 1;
};
PRIVITY_DESCRIBE(DataFlow, (id, content, from_name, to_name, changed_by, created_at, changed_at, version))

struct DataFlowFilter {
  std::optional<SystemId> system{};  // at either end
  std::optional<DataFlowId> after{};
  int limit = 50;
};
struct DataFlowPage {
  std::vector<DataFlow> items;
  std::optional<std::string> next;
};

class DataFlows {
 public:
  explicit DataFlows(const DatamapWorld& world) : world_(world) {}

  // Oldest first.
  Result<DataFlowPage> List(ReadTx& tx, const DataFlowFilter& filter) const;
  Result<DataFlow> Get(ReadTx& tx, const DataFlowId& id) const;
  Result<DataFlow> Create(WriteTx& tx, const Caller& caller, const DataFlowRequest& request) const;
  Result<DataFlow> Update(WriteTx& tx, const Caller& caller, const DataFlowId& id, const DataFlowRequest& request,
                          std::optional<std::int64_t> expected_version) const;
  Status Delete(WriteTx& tx, const Caller& caller, const DataFlowId& id,
                std::optional<std::int64_t> expected_version) const;

 private:
  Status RequireSound(ReadTx& tx, const DataFlowRequest& request, const std::optional<DataFlowId>& self) const;

  const DatamapWorld& world_;
};

}  // namespace privity
