#include "connect/redis/redis_connector.h"

#include <algorithm>

#include "base/utf8.h"
#include "connect/internal/address_parts.h"
#include "connect/internal/cells.h"
#include "connect/internal/record_values.h"
#include "connect/redis/key_patterns.h"
#include "connect/redis/redis_session.h"
#include "connect/redis/redis_values.h"

namespace privity {
namespace {

using connect_internal::CheckWritable;
using connect_internal::CountCommand;
using connect_internal::HasValues;
using connect_internal::KeyGlob;
using connect_internal::KeyPattern;
using connect_internal::KeyPatterns;
using connect_internal::kRedisKeyField;
using connect_internal::kRedisValueField;
using connect_internal::MatchesKeyPattern;
using connect_internal::PageCommand;
using connect_internal::PageOf;
using connect_internal::ReadCommand;
using connect_internal::RedisCells;
using connect_internal::RedisPage;
using connect_internal::RedisReply;
using connect_internal::RedisSession;
using connect_internal::RedisType;
using connect_internal::RedisTypeName;
using connect_internal::RedisTypeOf;
using connect_internal::ValueOf;
using Command = RedisSession::Command;
using Keys = std::vector<std::string>;

constexpr const char* kKeysAskedFor = "1000";  // of each step of SCAN
constexpr std::size_t kBatchKeys = 100;        // read in one round trip
constexpr std::int64_t kPageElements = 1'000;  // of one record
// What a description, an estimate and a sample walk through.
constexpr std::int64_t kDescribedKeysMax = 100'000;
constexpr std::int64_t kEstimateKeysMax = 20'000;
constexpr std::int64_t kSampledKeysMax = 1'000'000;
constexpr std::size_t kKeyBytesMax = 1'024;  // of a key that a pattern is made from
constexpr std::size_t kPatternsMax = 2'000;
constexpr std::size_t kFieldsMax = 2'000;

// Collects the names of fields.
class FieldSink final : public RecordSink {
 public:
  explicit FieldSink(std::vector<Field>& fields) : fields_(fields) {}
  Status Take(Record record) override {
    for (const FieldCell& cell : record) {
      const bool is_known = std::ranges::find(fields_, cell.field, &Field::name) != fields_.end();
      if (!is_known && fields_.size() < kFieldsMax) fields_.push_back({.name = std::string(cell.field)});
    }
    return Ok();
  }
  void Skip(Error) override {}

 private:
  std::vector<Field>& fields_;
};

// Which keys of a walk are wanted, and what becomes of them.
struct Walk {
  std::string glob = "*";
  std::int64_t visited_max = std::numeric_limits<std::int64_t>::max();
};

class RedisConnector final : public Connector {
 public:
  RedisConnector(const ConnectionUrl& url, const ConnectOptions& options, const Resolver& resolver)
      : Connector(RedisKind(), url.Label()), url_(url), options_(options), resolver_(resolver) {}

  Result<StoreSheet> Probe() override;
  Result<Description> Describe() override;
  Result<std::int64_t> Estimate(const Collection& collection) override;
  Status Sample(const Collection& collection, const SampleLimits& limits, RecordSink& sink) override;
  Status Stream(const Collection& collection, const StreamRange& range, RecordSink& sink) override;
  Status Find(const Collection& collection, const std::vector<FieldValue>& match, std::int64_t records_max,
              RecordSink& sink) override;
  Result<WriteOutcome> Insert(const Collection& collection, const std::vector<FieldValue>& values) override;
  Result<WriteOutcome> Update(const Collection& collection, const std::vector<FieldValue>& key,
                              const std::vector<FieldValue>& expected, const std::vector<FieldValue>& changes) override;
  Result<WriteOutcome> Delete(const Collection& collection, const std::vector<FieldValue>& key,
                              const std::vector<FieldValue>& expected) override;

 private:
  using OnRecord = std::function<Result<bool>(Record)>;  // false: enough
  struct Visited {
    std::int64_t keys = 0;
    bool is_all = false;  // the walk went through every key
  };
  struct KeyReading {
    const std::string& place;
    std::size_t cell_bytes_max = 0;
    bool only_first_page = false;
  };
  struct TypedKey {
    const std::string* key = nullptr;
    RedisType type{};
    bool is_long = false;  // read in pages
  };
  // A key that is watched: what it holds can only be changed if it is still that.
  struct Watched {
    std::optional<RedisType> type{};  // nothing: the key is not there
    RedisReply elements{};
  };

  Status Open();
  Result<RedisReply> Ask(const Command& command, const std::string& place);
  // Hands on keys in batches; false ends the walk.
  Result<Visited> WalkKeys(const Walk& walk, const std::string& place,
                           const std::function<Result<bool>(const Keys&)>& on_keys);
  // Walks through the keys of a collection; connect.missing when there is none.
  Result<Visited> WalkCollection(const Collection& collection, std::int64_t visited_max,
                                 const std::function<Result<bool>(const Keys&)>& on_keys);
  Status ReadKeys(const Keys& keys, const KeyReading& reading, const OnRecord& on_record);
  Result<std::vector<TypedKey>> TypesOf(std::span<const std::string> keys, const std::string& place);
  Status FindLong(std::vector<TypedKey>& keys, const std::string& place);
  Result<bool> ReadShort(const std::vector<TypedKey>& keys, const KeyReading& reading, const OnRecord& on_record);
  Result<bool> ReadLong(const std::vector<TypedKey>& keys, const KeyReading& reading, const OnRecord& on_record);
  Status ReadPages(const TypedKey& key, const KeyReading& reading, const OnRecord& on_record);
  Collection DescribePattern(const KeyPattern& pattern, std::vector<Error>& unread);
  Result<std::string> KeyIn(const Collection& collection, const std::vector<FieldValue>& key) const;
  Result<Watched> Watch(const std::string& key, const std::string& place);
  // Answers connect.changed when the watched key is not what it was.
  Status Commit(const std::vector<Command>& commands, const std::string& place);
  Result<std::vector<Command>> ChangeCommands(const std::string& key, RedisType type,
                                              const std::vector<FieldValue>& changes, const std::string& place) const;
  Result<WriteOutcome> Unwatched(WriteOutcome outcome, const std::string& place);
  Error MakeError(std::string code, const std::string& place) const {
    return Error(std::move(code), {{"store", label()}, {"place", place}});
  }
  Error Changed(const std::string& place) const {
    return Error("connect.changed", {{"store", label()}, {"collection", place}});
  }

  const ConnectionUrl url_;
  const ConnectOptions options_;
  const Resolver& resolver_;
  std::unique_ptr<RedisSession> session_;
};

Status RedisConnector::Open() {
  if (session_ && !session_->is_lost()) return Ok();
  PRIVITY_TRY(session_, RedisSession::Open(url_, options_, resolver_));
  return Ok();
}

Result<RedisReply> RedisConnector::Ask(const Command& command, const std::string& place) {
  PRIVITY_TRY_VOID(Open());
  return session_->Ask(command, place);
}

// HELLO is there since version 6; before, the version stands in INFO.
Result<StoreSheet> RedisConnector::Probe() {
  PRIVITY_TRY_VOID(Open());
  StoreSheet sheet{.product = "Redis", .version = "", .encrypted = session_->is_encrypted()};
  const auto hello = Ask({"HELLO", "2"}, "hello");
  if (hello.ok()) {
    for (std::size_t i = 0; i + 1 < hello->items.size(); i += 2) {
      if (hello->items[i]->text == "version") sheet.version = hello->items[i + 1]->text;
    }
    return sheet;
  }
  if (!hello.error().Is("connect.failed")) return hello.error();
  PRIVITY_TRY(const RedisReply info, Ask({"INFO", "server"}, "info"));
  const std::size_t begin = info.text.find("redis_version:");
  if (begin != std::string::npos) {
    const std::size_t from = begin + std::string_view("redis_version:").size();
    sheet.version = info.text.substr(from, info.text.find('\r', from) - from);
  }
  return sheet;
}

Result<RedisConnector::Visited> RedisConnector::WalkKeys(const Walk& walk, const std::string& place,
                                                         const std::function<Result<bool>(const Keys&)>& on_keys) {
  Visited visited;
  PRIVITY_TRY(const RedisReply size, Ask({"DBSIZE"}, place));
  const std::int64_t steps_max = walk.visited_max / std::stol(kKeysAskedFor) + 1;
  std::string cursor = "0";
  for (std::int64_t step = 0; step < steps_max; ++step) {
    if (options_.stop.stop_requested()) return MakeError("connect.cancelled", place);
    PRIVITY_TRY(RedisReply reply, Ask({"SCAN", cursor, "MATCH", walk.glob, "COUNT", kKeysAskedFor}, place));
    if (reply.items.size() != 2) return MakeError("connect.damaged", place);
    Keys keys;
    for (auto& key : reply.items[1]->items) keys.push_back(std::move(key->text));
    PRIVITY_TRY(const bool goes_on, on_keys(keys));
    cursor = reply.items[0]->text;
    visited.is_all = cursor == "0";
    if (visited.is_all || !goes_on) break;
    visited.keys += std::stol(kKeysAskedFor);
  }
  visited.keys = visited.is_all ? size.integer : std::min(size.integer, visited.keys);
  return visited;
}

Result<RedisConnector::Visited> RedisConnector::WalkCollection(
    const Collection& collection, std::int64_t visited_max, const std::function<Result<bool>(const Keys&)>& on_keys) {
  const std::string& pattern = collection.name.name;
  bool is_there = false;
  PRIVITY_TRY(const Visited visited, WalkKeys({.glob = KeyGlob(pattern), .visited_max = visited_max}, pattern,
                                              [&](const Keys& found) -> Result<bool> {
                                                Keys keys;
                                                for (const std::string& key : found) {
                                                  if (MatchesKeyPattern(pattern, key)) keys.push_back(key);
                                                }
                                                is_there = is_there || !keys.empty();
                                                return keys.empty() ? Result<bool>(true) : on_keys(keys);
                                              }));
  if (!is_there && visited.is_all) return MakeError("connect.missing", pattern);
  return visited;
}

// In three round trips for each batch: what the keys are, how much they hold, and what.
Status RedisConnector::ReadKeys(const Keys& keys, const KeyReading& reading, const OnRecord& on_record) {
  for (std::size_t begin = 0; begin < keys.size(); begin += kBatchKeys) {
    PRIVITY_TRY_VOID(Open());
    const std::span batch = std::span(keys).subspan(begin, std::min(kBatchKeys, keys.size() - begin));
    PRIVITY_TRY(std::vector<TypedKey> typed, TypesOf(batch, reading.place));
    PRIVITY_TRY_VOID(FindLong(typed, reading.place));
    PRIVITY_TRY(const bool after_short, ReadShort(typed, reading, on_record));
    PRIVITY_TRY(const bool after_long, after_short ? ReadLong(typed, reading, on_record) : Result<bool>(false));
    if (!after_long) return Ok();
  }
  return Ok();
}

Result<std::vector<RedisConnector::TypedKey>> RedisConnector::TypesOf(std::span<const std::string> keys,
                                                                      const std::string& place) {
  std::vector<Command> commands;
  for (const std::string& key : keys) commands.push_back({"TYPE", key});
  std::vector<TypedKey> typed;
  PRIVITY_TRY_VOID(session_->AskAll(commands, place, [&](std::size_t i, const RedisReply& reply) -> Status {
    if (reply.kind == RedisReply::Kind::kError) return session_->Refusal(reply, place);
    if (const auto type = RedisTypeOf(reply.text)) typed.push_back({&keys[i], *type});
    return Ok();
  }));
  return typed;
}

Status RedisConnector::FindLong(std::vector<TypedKey>& keys, const std::string& place) {
  std::vector<Command> commands;
  std::vector<TypedKey*> counted;
  for (TypedKey& key : keys) {
    auto count = CountCommand(key.type, *key.key);
    if (!count) continue;
    commands.push_back(*std::move(count));
    counted.push_back(&key);
  }
  return session_->AskAll(commands, place, [&](std::size_t i, const RedisReply& reply) -> Status {
    if (reply.kind == RedisReply::Kind::kError) return session_->Refusal(reply, place);
    counted[i]->is_long = reply.integer > kPageElements;
    return Ok();
  });
}

Result<bool> RedisConnector::ReadShort(const std::vector<TypedKey>& keys, const KeyReading& reading,
                                       const OnRecord& on_record) {
  std::vector<Command> commands;
  std::vector<const TypedKey*> read;
  for (const TypedKey& key : keys) {
    if (key.is_long) continue;
    commands.push_back(ReadCommand(key.type, *key.key, reading.cell_bytes_max));
    read.push_back(&key);
  }
  bool goes_on = true;
  RedisCells cells;
  const auto take = [&](std::size_t i, const RedisReply& reply) -> Status {
    if (reply.kind == RedisReply::Kind::kError) return session_->Refusal(reply, reading.place);
    const bool is_gone = reply.kind == RedisReply::Kind::kArray && reply.items.empty();
    if (!goes_on || is_gone) return Ok();  // what was asked for has to be read
    PRIVITY_TRY(goes_on, on_record(cells.Fill(read[i]->type, *read[i]->key, reply, reading.cell_bytes_max)));
    return Ok();
  };
  PRIVITY_TRY_VOID(session_->AskAll(commands, reading.place, take));
  return goes_on;
}

Result<bool> RedisConnector::ReadLong(const std::vector<TypedKey>& keys, const KeyReading& reading,
                                      const OnRecord& on_record) {
  bool goes_on = true;
  const auto take = [&](Record record) -> Result<bool> {
    PRIVITY_TRY(goes_on, on_record(record));
    return goes_on && !reading.only_first_page;
  };
  for (const TypedKey& key : keys) {
    if (!key.is_long) continue;
    PRIVITY_TRY_VOID(ReadPages(key, reading, take));
    if (!goes_on) break;
  }
  return goes_on;
}

Status RedisConnector::ReadPages(const TypedKey& key, const KeyReading& reading, const OnRecord& on_record) {
  RedisCells cells;
  std::string position;
  do {
    if (options_.stop.stop_requested()) return MakeError("connect.cancelled", reading.place);
    PRIVITY_TRY(const RedisReply reply, Ask(PageCommand(key.type, *key.key, position, kPageElements), reading.place));
    const RedisPage page = PageOf(key.type, reply, position, kPageElements);
    position = page.next;
    if (page.elements->items.empty()) continue;
    PRIVITY_TRY(const bool goes_on, on_record(cells.Fill(key.type, *key.key, *page.elements, reading.cell_bytes_max)));
    if (!goes_on) return Ok();
  } while (!position.empty());
  return Ok();
}

Collection RedisConnector::DescribePattern(const KeyPattern& pattern, std::vector<Error>& unread) {
  Collection collection{.name = {"", pattern.pattern},
                        .shape = CollectionShape::kDocuments,
                        .fields = {{.name = std::string(kRedisKeyField), .nullable = false}},
                        .key = {std::string(kRedisKeyField)}};
  FieldSink fields(collection.fields);
  const KeyReading reading{.place = pattern.pattern, .cell_bytes_max = 1 << 20, .only_first_page = true};
  const Status read =
      ReadKeys({pattern.examples.begin(), pattern.examples.end()}, reading, [&](Record record) -> Result<bool> {
        PRIVITY_TRY_VOID(fields.Take(record));
        return true;
      });
  if (!read.ok()) unread.push_back(read.error());
  return collection;
}

Result<Description> RedisConnector::Describe() {
  Keys keys;
  std::size_t passed_over = 0;
  PRIVITY_TRY(const Visited visited,
              WalkKeys({.visited_max = kDescribedKeysMax}, "keys", [&](const Keys& found) -> Result<bool> {
                for (const std::string& key : found) {
                  const bool is_name = key.size() <= kKeyBytesMax && IsUtf8(key);
                  if (is_name) keys.push_back(key);
                  passed_over += is_name ? 0 : 1;
                }
                return true;
              }));
  Description description;
  const std::vector<KeyPattern> patterns = KeyPatterns(keys);
  const std::size_t described = std::min(patterns.size(), kPatternsMax);
  for (const KeyPattern& pattern : std::span(patterns).first(described)) {
    description.collections.push_back(DescribePattern(pattern, description.unread));
    if (options_.stop.stop_requested()) return MakeError("connect.cancelled", "keys");
    const bool is_lost = !description.unread.empty() && !description.unread.back().Is("connect.permission");
    if (is_lost) return description.unread.back();
  }
  if (!visited.is_all || described < patterns.size()) {
    description.unread.push_back(MakeError("connect.keys_not_seen", "keys"));
  }
  if (passed_over > 0) description.unread.push_back(MakeError("connect.keys_not_named", "keys"));
  return description;
}

// By the share of the keys that were walked through.
Result<std::int64_t> RedisConnector::Estimate(const Collection& collection) {
  PRIVITY_TRY(const RedisReply all, Ask({"DBSIZE"}, collection.name.name));
  std::int64_t found = 0;
  PRIVITY_TRY(const Visited visited,
              WalkCollection(collection, kEstimateKeysMax, [&](const Keys& keys) -> Result<bool> {
                found += static_cast<std::int64_t>(keys.size());
                return true;
              }));
  return visited.is_all || visited.keys == 0 ? found : found * all.integer / visited.keys;
}

// The order of SCAN has nothing to do with the keys: what comes first stands for all.
Status RedisConnector::Sample(const Collection& collection, const SampleLimits& limits, RecordSink& sink) {
  std::int64_t taken = 0;
  const auto on_record = [&](Record record) -> Result<bool> {
    PRIVITY_TRY_VOID(sink.Take(record));
    return ++taken < limits.records_max;
  };
  const auto on_keys = [&](const Keys& keys) -> Result<bool> {
    PRIVITY_TRY_VOID(ReadKeys(keys, {collection.name.name, limits.cell_bytes_max, true}, on_record));
    return taken < limits.records_max;
  };
  PRIVITY_TRY_VOID(WalkCollection(collection, kSampledKeysMax, on_keys));
  return Ok();
}

Status RedisConnector::Stream(const Collection& collection, const StreamRange&, RecordSink& sink) {
  const auto on_record = [&](Record record) -> Result<bool> {
    PRIVITY_TRY_VOID(sink.Take(record));
    return true;
  };
  const auto on_keys = [&](const Keys& keys) -> Result<bool> {
    PRIVITY_TRY_VOID(ReadKeys(keys, {collection.name.name, options_.cell_bytes_max}, on_record));
    return true;
  };
  PRIVITY_TRY_VOID(WalkCollection(collection, std::numeric_limits<std::int64_t>::max(), on_keys));
  return Ok();
}

Status RedisConnector::Find(const Collection& collection, const std::vector<FieldValue>& match,
                            std::int64_t records_max, RecordSink& sink) {
  Invariant(!match.empty(), "Find is asked for something");
  const std::string& pattern = collection.name.name;
  std::int64_t found = 0;
  const auto on_record = [&](Record record) -> Result<bool> {
    if (!HasValues(record, match)) return true;
    PRIVITY_TRY_VOID(sink.Take(record));
    return ++found < records_max;
  };
  if (const FieldValue* key = ValueOf(match, kRedisKeyField)) {
    if (!key->value || !MatchesKeyPattern(pattern, *key->value)) return Ok();
    return ReadKeys({*key->value}, {pattern, options_.cell_bytes_max}, on_record);
  }
  const auto on_keys = [&](const Keys& keys) -> Result<bool> {
    PRIVITY_TRY_VOID(ReadKeys(keys, {pattern, options_.cell_bytes_max}, on_record));
    return found < records_max;
  };
  PRIVITY_TRY_VOID(WalkCollection(collection, std::numeric_limits<std::int64_t>::max(), on_keys));
  return Ok();
}

Result<std::string> RedisConnector::KeyIn(const Collection& collection, const std::vector<FieldValue>& key) const {
  const FieldValue* name = ValueOf(key, kRedisKeyField);
  const bool is_one = name != nullptr && name->value && MatchesKeyPattern(collection.name.name, *name->value);
  if (is_one) return *name->value;
  return Error("connect.no_key", {{"store", label()}, {"collection", collection.name.name}});
}

Result<RedisConnector::Watched> RedisConnector::Watch(const std::string& key, const std::string& place) {
  PRIVITY_TRY_VOID(Ask({"WATCH", key}, place));
  PRIVITY_TRY(const RedisReply type, Ask({"TYPE", key}, place));
  Watched watched{.type = RedisTypeOf(type.text)};
  if (!watched.type) return watched;
  PRIVITY_TRY(watched.elements, Ask(ReadCommand(*watched.type, key, options_.cell_bytes_max), place));
  return watched;
}

Result<WriteOutcome> RedisConnector::Unwatched(WriteOutcome outcome, const std::string& place) {
  PRIVITY_TRY_VOID(Ask({"UNWATCH"}, place));
  return outcome;
}

Status RedisConnector::Commit(const std::vector<Command>& commands, const std::string& place) {
  const auto run = [&]() -> Status {
    PRIVITY_TRY_VOID(Ask({"MULTI"}, place));
    for (const Command& command : commands) PRIVITY_TRY_VOID(Ask(command, place));
    PRIVITY_TRY(const RedisReply done, Ask({"EXEC"}, place));
    if (done.kind == RedisReply::Kind::kNil) return Changed(place);
    for (const auto& item : done.items) {
      if (item->kind == RedisReply::Kind::kError) return session_->Refusal(*item, place);
    }
    return Ok();
  };
  Status status = run();
  if (!status.ok()) session_.reset();  // whatever is still queued there goes with it
  return status;
}

Result<std::vector<Command>> RedisConnector::ChangeCommands(const std::string& key, RedisType type,
                                                            const std::vector<FieldValue>& changes,
                                                            const std::string& place) const {
  std::vector<Command> commands;
  for (const FieldValue& change : changes) {
    const bool is_text = type == RedisType::kString && change.field == kRedisValueField && change.value;
    const bool is_field = type == RedisType::kHash && change.field != kRedisKeyField;
    if (is_text) {
      commands.push_back({"SET", key, *change.value, "KEEPTTL"});
    } else if (is_field) {
      commands.push_back(change.value ? Command{"HSET", key, change.field, *change.value}
                                      : Command{"HDEL", key, change.field});
    } else {
      return Error("connect.refused", {{"store", label()}, {"collection", place}, {"constraint", RedisTypeName(type)}});
    }
  }
  return commands;
}

Result<WriteOutcome> RedisConnector::Insert(const Collection& collection, const std::vector<FieldValue>& values) {
  const std::string& place = collection.name.name;
  PRIVITY_TRY_VOID(CheckWritable(options_, label()));
  PRIVITY_TRY(const std::string key, KeyIn(collection, values));
  PRIVITY_TRY(const Watched now, Watch(key, place));
  if (now.type) {
    RedisCells cells;
    const bool is_same = HasValues(cells.Fill(*now.type, key, now.elements, options_.cell_bytes_max), values);
    PRIVITY_TRY_VOID(Unwatched(WriteOutcome::kAlreadyDone, place));
    return is_same ? Result<WriteOutcome>(WriteOutcome::kAlreadyDone) : Changed(place);
  }
  std::vector<FieldValue> content;
  for (const FieldValue& each : values) {
    if (each.field != kRedisKeyField && each.value) content.push_back(each);
  }
  const bool is_text = content.size() == 1 && content[0].field == kRedisValueField;
  PRIVITY_TRY(const std::vector<Command> commands,
              ChangeCommands(key, is_text ? RedisType::kString : RedisType::kHash, content, place));
  PRIVITY_TRY_VOID(Commit(commands, place));
  return WriteOutcome::kDone;
}

Result<WriteOutcome> RedisConnector::Update(const Collection& collection, const std::vector<FieldValue>& key,
                                            const std::vector<FieldValue>& expected,
                                            const std::vector<FieldValue>& changes) {
  const std::string& place = collection.name.name;
  PRIVITY_TRY_VOID(CheckWritable(options_, label()));
  PRIVITY_TRY(const std::string name, KeyIn(collection, key));
  PRIVITY_TRY(const Watched now, Watch(name, place));
  RedisCells cells;
  if (now.type) cells.Fill(*now.type, name, now.elements, options_.cell_bytes_max);
  const Record record = cells.cells();
  if (now.type && HasValues(record, changes)) return Unwatched(WriteOutcome::kAlreadyDone, place);
  if (!now.type || !HasValues(record, expected)) {
    PRIVITY_TRY_VOID(Unwatched(WriteOutcome::kDone, place));
    return Changed(place);
  }
  PRIVITY_TRY(const std::vector<Command> commands, ChangeCommands(name, *now.type, changes, place));
  PRIVITY_TRY_VOID(Commit(commands, place));
  return WriteOutcome::kDone;
}

Result<WriteOutcome> RedisConnector::Delete(const Collection& collection, const std::vector<FieldValue>& key,
                                            const std::vector<FieldValue>& expected) {
  const std::string& place = collection.name.name;
  PRIVITY_TRY_VOID(CheckWritable(options_, label()));
  PRIVITY_TRY(const std::string name, KeyIn(collection, key));
  PRIVITY_TRY(const Watched now, Watch(name, place));
  if (!now.type) return Unwatched(WriteOutcome::kAlreadyDone, place);
  RedisCells cells;
  if (!HasValues(cells.Fill(*now.type, name, now.elements, options_.cell_bytes_max), expected)) {
    PRIVITY_TRY_VOID(Unwatched(WriteOutcome::kDone, place));
    return Changed(place);
  }
  PRIVITY_TRY_VOID(Commit({{"DEL", name}}, place));
  return WriteOutcome::kDone;
}

}  // namespace

const ConnectorKind& RedisKind() {
  using namespace connect_internal;
  static const ConnectorKind kind = {
      .name = "Redis",
      .title = "connect.kind_redis",
      .schemes = {"redis", "rediss"},
      .parts = {SchemePart({"rediss", "redis"}),
                HostPart(),
                PortPart(),
                {.name = "path", .label = "connect.part_number"},
                UserPart(),
                PasswordPart(),
                EncryptionPart()},
      .sheet = {.cannot = {{Capability::kSplit, "connect.cannot_one_cursor"},
                           {Capability::kDeleteObject, "connect.cannot_no_objects"},
                           {Capability::kGrants, "connect.cannot_grants_hidden"},
                           {Capability::kAccessEvents, "connect.cannot_no_access_log"},
                           {Capability::kCountOlder, "connect.cannot_count_older"},
                           {Capability::kReadCounts, "connect.cannot_no_read_counts"},
                           {Capability::kRestoreMark, "connect.cannot_no_position"}}},
      .open = [](const ConnectionUrl& url, const ConnectOptions& options,
                 const Resolver& resolver) -> Result<std::unique_ptr<Connector>> {
        if (url.host().empty())
          return Error("connect.url_invalid", {{"problem", "no host, as in redis://host:6379/0"}});
        return std::unique_ptr<Connector>(std::make_unique<RedisConnector>(url, options, resolver));
      },
  };
  return kind;
}

}  // namespace privity
