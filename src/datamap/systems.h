// The systems of the register: stores that are connected, and programs and services that somebody entered by hand.
//
// Callable from many threads. Errors: datamap.system_unknown (404), datamap.name_taken (409), datamap.system_connected
// (409; it has a connection), datamap.changed_meanwhile (412), datamap.cursor_invalid,
// datamap.custom_field_twice (422).
#pragma once

#include "datamap/model.h"
#include "datamap/world.h"

namespace privity {

struct SystemRequest {
  std::string name{};
  std::string description{};
  std::optional<UserId> owner{};
  std::optional<UserId> steward{};
  std::string legal_entity{};
  std::vector<CustomField> custom_fields{};  // each name once
};
PRIVITY_DESCRIBE(SystemRequest, (name, description, owner, steward, legal_entity, custom_fields))
std::vector<FieldNote> FieldNotes(const SystemRequest*);

// What the register has, to be changed in part and put back.
SystemRequest RequestOf(const DataSystem& system);

struct SystemFilter {
  std::string q{};  // part of the name
  std::string after{};
  int limit = 50;
};

struct SystemPage {
  std::vector<DataSystem> items;
  std::optional<std::string> next;
};

class Systems {
 public:
  explicit Systems(const DatamapWorld& world) : world_(world) {}

  // In the order of their names.
  Result<SystemPage> List(ReadTx& tx, const SystemFilter& filter) const;
  Result<DataSystem> Get(ReadTx& tx, const SystemId& id) const;
  Result<DataSystem> Create(WriteTx& tx, const Caller& caller, const SystemRequest& request) const;
  Result<DataSystem> Update(WriteTx& tx, const Caller& caller, const SystemId& id, const SystemRequest& request,
                            std::optional<std::int64_t> expected_version) const;
  // With all that the register says of it.
  Status Delete(WriteTx& tx, const Caller& caller, const SystemId& id,
                std::optional<std::int64_t> expected_version) const;

  // For connections: the system of that name, made when there is none. datamap.name_taken when it is connected already.
  Result<SystemId> ForConnection(WriteTx& tx, const Caller& caller, const std::string& name) const;
  Status Rename(WriteTx& tx, const Caller& caller, const SystemId& id, const std::string& name) const;

 private:
  Result<SystemId> Insert(WriteTx& tx, const Caller& caller, const SystemRequest& request) const;

  const DatamapWorld& world_;
};

}  // namespace privity
