#include "connect/redis/redis_values.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "connect/internal/cells.h"

namespace privity::connect_internal {
namespace {

struct TypeWords {
  std::string_view name;
  const char* count;
  const char* page;
};
// In the order of RedisType.
constexpr std::array<TypeWords, 6> kTypes = {{{"string", nullptr, nullptr},
                                              {"hash", "HLEN", "HSCAN"},
                                              {"list", "LLEN", "LRANGE"},
                                              {"set", "SCARD", "SSCAN"},
                                              {"zset", "ZCARD", "ZRANGE"},
                                              {"stream", "XLEN", "XRANGE"}}};

const TypeWords& WordsOf(RedisType type) {
  return kTypes.at(static_cast<std::size_t>(type));
}

std::size_t ToOffset(std::string_view text) {
  std::size_t offset = 0;
  std::from_chars(text.data(), text.data() + text.size(), offset);
  return offset;
}

const RedisReply* ItemOf(const RedisReply& reply, std::size_t index) {
  static const RedisReply nothing;
  return index < reply.items.size() ? reply.items[index].get() : &nothing;
}

}  // namespace

std::optional<RedisType> RedisTypeOf(std::string_view word) {
  const auto found = std::ranges::find(kTypes, word, &TypeWords::name);
  if (found == kTypes.end()) return std::nullopt;
  return static_cast<RedisType>(found - kTypes.begin());
}

std::string RedisTypeName(RedisType type) {
  return std::string(WordsOf(type).name);
}

std::optional<RedisSession::Command> CountCommand(RedisType type, const std::string& key) {
  if (type == RedisType::kString) return std::nullopt;
  return RedisSession::Command{WordsOf(type).count, key};
}

RedisSession::Command ReadCommand(RedisType type, const std::string& key, std::size_t bytes_max) {
  switch (type) {
    case RedisType::kString:
      return {"GETRANGE", key, "0", std::to_string(bytes_max)};
    case RedisType::kHash:
      return {"HGETALL", key};
    case RedisType::kList:
      return {"LRANGE", key, "0", "-1"};
    case RedisType::kSet:
      return {"SMEMBERS", key};
    case RedisType::kSortedSet:
      return {"ZRANGE", key, "0", "-1", "WITHSCORES"};
    case RedisType::kStream:
      break;
  }
  return {"XRANGE", key, "-", "+"};
}

RedisSession::Command PageCommand(RedisType type, const std::string& key, const std::string& position,
                                  std::size_t count) {
  const std::string from = position.empty() ? "0" : position;
  const std::string until = std::to_string(ToOffset(from) + count - 1);
  switch (type) {
    case RedisType::kList:
      return {"LRANGE", key, from, until};
    case RedisType::kSortedSet:
      return {"ZRANGE", key, from, until, "WITHSCORES"};
    case RedisType::kStream:
      return {"XRANGE", key, position.empty() ? "-" : "(" + position, "+", "COUNT", std::to_string(count)};
    case RedisType::kString:
    case RedisType::kHash:
    case RedisType::kSet:
      break;
  }
  return {WordsOf(type).page, key, from, "COUNT", std::to_string(count)};
}

RedisPage PageOf(RedisType type, const RedisReply& reply, const std::string& position, std::size_t count) {
  if (type == RedisType::kHash || type == RedisType::kSet) {
    const std::string& cursor = ItemOf(reply, 0)->text;
    return {ItemOf(reply, 1), cursor == "0" ? "" : cursor};
  }
  if (reply.items.empty()) return {&reply};
  if (type == RedisType::kStream) return {&reply, ItemOf(*reply.items.back(), 0)->text};
  return {&reply, std::to_string(ToOffset(position) + count)};
}

void RedisCells::Add(std::string_view field, const RedisReply& value) {
  const std::string_view name = IsUtf8(field) ? field : "(binary)";
  cells_.push_back(TextCell(name, value.text));
  CutCell(cell_bytes_max_, cells_.back());
}

void RedisCells::AddPairs(const RedisReply& pairs) {
  for (std::size_t i = 0; i + 1 < pairs.items.size(); i += 2) Add(pairs.items[i]->text, *pairs.items[i + 1]);
}

void RedisCells::AddString(const RedisReply& text) {
  const bool may_be_json = text.text.starts_with('{') || text.text.starts_with('[');
  auto parsed = may_be_json && text.text.size() <= cell_bytes_max_ ? ParseJson(text.text) : Result<Json>(Json());
  if (!parsed.ok() || (!parsed->members() && !parsed->items())) return Add(kRedisValueField, text);
  document_ = *std::move(parsed);
  json_cells_.Fill(document_, kRedisValueField, document_cells_);
  for (FieldCell& cell : document_cells_) {
    CutCell(cell_bytes_max_, cell);
    cells_.push_back(cell);
  }
}

const std::vector<FieldCell>& RedisCells::Fill(RedisType type, const std::string& key, const RedisReply& elements,
                                               std::size_t cell_bytes_max) {
  cell_bytes_max_ = cell_bytes_max;
  cells_.assign(1, TextCell(kRedisKeyField, key));
  switch (type) {
    case RedisType::kString:
      AddString(elements);
      break;
    case RedisType::kHash:
      AddPairs(elements);
      break;
    case RedisType::kList:
    case RedisType::kSet:
      for (const auto& item : elements.items) Add("item", *item);
      break;
    case RedisType::kSortedSet:
      for (std::size_t i = 0; i < elements.items.size(); ++i) Add(i % 2 == 0 ? "member" : "score", *elements.items[i]);
      break;
    case RedisType::kStream:
      for (const auto& entry : elements.items) AddPairs(*ItemOf(*entry, 1));
      break;
  }
  return cells_;
}

}  // namespace privity::connect_internal
