// What a key of Redis holds: which command reads it, and its reply as the cells of a record.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "connect/connector.h"
#include "connect/json_cells.h"
#include "connect/redis/redis_session.h"

namespace privity::connect_internal {

// The field that holds the key; no name of a field begins like this by itself.
inline constexpr std::string_view kRedisKeyField = "@key";
inline constexpr std::string_view kRedisValueField = "value";

enum class RedisType { kString, kHash, kList, kSet, kSortedSet, kStream };

// By the server's word for it; nothing for a key that is not there and for what modules add.
std::optional<RedisType> RedisTypeOf(std::string_view word);
std::string RedisTypeName(RedisType type);

// Asks how many elements the key holds; nothing for a string.
std::optional<RedisSession::Command> CountCommand(RedisType type, const std::string& key);
// Reads the key whole; of a string at most one byte more than `bytes_max`.
RedisSession::Command ReadCommand(RedisType type, const std::string& key, std::size_t bytes_max);
// Reads about `count` elements from `position` on, "" at the start.
RedisSession::Command PageCommand(RedisType type, const std::string& key, const std::string& position,
                                  std::size_t count);

// The elements of a page, and where the next one begins; "" behind the last.
struct RedisPage {
  const RedisReply* elements = nullptr;
  std::string next{};
};
RedisPage PageOf(RedisType type, const RedisReply& reply, const std::string& position, std::size_t count);

// Replies as cells. They borrow from the reply, the key and this.
class RedisCells {
 public:
  const std::vector<FieldCell>& Fill(RedisType type, const std::string& key, const RedisReply& elements,
                                     std::size_t cell_bytes_max);
  // What was filled last; nothing before.
  Record cells() const { return cells_; }

 private:
  void Add(std::string_view field, const RedisReply& value);
  void AddPairs(const RedisReply& pairs);
  void AddString(const RedisReply& text);

  std::vector<FieldCell> cells_;
  Json document_;
  std::vector<FieldCell> document_cells_;
  JsonCells json_cells_;
  std::size_t cell_bytes_max_ = 0;
};

}  // namespace privity::connect_internal
