// Real stores for tests: one Ground per kind, filled by the store's own means and never through the connector, with the
// faults that the kind can have. A new kind adds a file here and one line to Grounds().
#pragma once

#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "connect/connector.h"

namespace privity {

// What the line by which a test server is named ("host=127.0.0.1 port=5432 ca=FILE") says of `key`.
std::string SaidOf(const std::string& server, const std::string& key);

// A setting of the whole server that a line names (with its certificate's file), which suites in other processes use as
// well: one has it at a time, and the others wait.
class ServerWideSetting {
 public:
  explicit ServerWideSetting(const std::string& server);
  ~ServerWideSetting();
  ServerWideSetting(const ServerWideSetting&) = delete;
  ServerWideSetting& operator=(const ServerWideSetting&) = delete;

 private:
  int file_;
};

using RowValues = std::vector<std::optional<std::string>>;

// A collection to be made. The first field is the key where the kind knows keys; all values are text.
struct Made {
  std::string name{};
  std::vector<std::string> fields{};
  std::vector<RowValues> rows{};
  std::string refers_to{};  // the last field refers to the key of this collection
};

// A store with a database, folder or the like of its own, gone when it is destroyed.
class Ground {
 public:
  virtual ~Ground() = default;

  virtual const ConnectorKind& kind() const = 0;
  // As a reader, and writer where writing is granted.
  virtual std::string Url() const = 0;
  // The same, of a store that is not there.
  virtual std::string AbsentUrl() const { return Url() + "-absent"; }
  virtual void Make(const Made& made) = 0;
  // A collection that is not there any more.
  virtual void Drop(const std::string& name) = 0;
  // What the reader may no longer read.
  virtual void Revoke(const std::string& name) = 0;

  // The account of Url() sees who may reach what, where that needs a right of its own.
  virtual void ShowGrants() {}
  // It may read as before, and no longer see that. False: of this kind it always may.
  virtual bool HideGrants() { return false; }

  // The texts of a field ("2026-03-01 12:00:00") become dates and times. Of kinds that have them.
  virtual void MakeDates(const std::string& /*name*/, const std::string& /*field*/) {}
  // Somebody else reads all of it, and the store has counted that. Of kinds that count readings.
  virtual void ReadAsOther(const std::string& /*name*/) {}

  // The store logs from now on who uses it, and the account of Url() may read that. Of kinds that tell.
  virtual void LogAccess() {}
  // It may not any more.
  virtual void HideAccessLog() {}
  // Somebody else reads a record of the collection or changes one. Answers who, as grants call them.
  virtual std::string UseAsOther(AccessUse /*use*/, const std::string& /*name*/) { return {}; }
  virtual bool logs_addresses() const { return true; }
  // What was done stands in the log a moment later.
  virtual bool logs_late() const { return false; }
  // The log does not tell what was done with rights.
  virtual bool logs_rights() const { return true; }

  // Whoever reads the collection from now on waits. False: the kind has no such locks.
  virtual bool Hold(const std::string& /*name*/) { return false; }
  // A collection loses a field. False: the kind has no fixed ones.
  virtual bool DropField(const std::string& /*name*/, const std::string& /*field*/) { return false; }

  // The folder in which the store keeps everything, of kinds that keep files.
  virtual std::string Files() const { return {}; }
  // What the kind needs to know beside the address.
  virtual void Prepare(ConnectOptions&) {}

  // What the description calls a collection that Make was told to call `name`: files carry an ending.
  virtual std::string NameOf(const std::string& name) const { return name; }
  // Where the kind has a key of its own (the key in Redis), it stands for the first field, and what the key of a record
  // is depends on the collection.
  virtual std::string key_field() const { return "id"; }
  virtual std::string KeyOf(const std::string& /*name*/, const std::string& id) const { return id; }
  // Where the kind has fields of its own (headers of mail), what stands for a field that Make was told of.
  virtual std::string FieldOf(const std::string& field) const { return field; }
  virtual bool has_fixed_fields() const { return false; }
  // The first field is there beside the kind's own key.
  virtual bool keeps_first_field() const { return false; }
  // Collections and fields may be called anything.
  virtual bool has_free_names() const { return true; }
  // The server of the tests knows rights to single collections.
  virtual bool has_rights() const { return true; }
  // Also for a session that is open already.
  virtual bool revokes_at_once() const { return true; }
  // What may not be read looks as if it were not there.
  virtual bool hides_what_is_revoked() const { return false; }
  virtual bool has_nulls() const { return true; }
  // What is null is not there at all.
  virtual bool leaves_nulls_out() const { return false; }
  virtual bool has_references() const { return true; }
  virtual bool has_declared_types() const { return true; }

  // Stores over a network only.
  virtual bool is_remote() const { return false; }
  virtual std::string UrlWithPassword(const std::string&) const { return {}; }
  virtual std::string UrlThroughPort(int) const { return {}; }
  virtual int port() const { return 0; }
  // Of a server that offers TLS with a certificate for "localhost": the authority to trust, and the address with
  // another host in it, which a resolver of the test makes out. "" when it offers none.
  virtual std::string ca_file() const { return {}; }
  virtual std::string UrlAtHost(const std::string& /*host*/) const { return {}; }
};

struct GroundKind {
  std::string name;
  std::string why_absent;  // "" when it can be tested here; else what is missing
  std::unique_ptr<Ground> (*make)();
};

inline void PrintTo(const GroundKind& kind, std::ostream* out) {
  *out << kind.name;
}

std::vector<GroundKind> Grounds();

// A folder of its own, removed with everything in it.
class TestFolder {
 public:
  TestFolder();
  ~TestFolder();
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// Runs what reads a protected file as somebody to whom modes apply, also when the tests run as root.
class AsOrdinaryUser {
 public:
  AsOrdinaryUser();
  ~AsOrdinaryUser();

 private:
  unsigned previous_ = 0;
};

// What a sink took, in order.
struct TakenCell {
  std::string field;
  CellKind kind;
  std::string bytes;
  bool is_cut;
};

class KeepingSink final : public RecordSink {
 public:
  Status Take(Record record) override;
  void Skip(Error error) override { skipped.push_back(std::move(error)); }

  std::vector<std::vector<TakenCell>> records;
  std::vector<Error> skipped;

  // The texts of one field, in order; nothing where it is null.
  std::vector<std::optional<std::string>> Values(std::string_view field) const;
};

// The memory of this process at its highest since the last call of ResetPeakMemory.
void ResetPeakMemory();
std::size_t PeakMemoryBytes();

}  // namespace privity
