// Replies of a Redis server (RESP2), taken apart piece by piece as they arrive. A reply that is too large to be honest
// is refused before memory is given to it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct redisReader;

namespace privity::connect_internal {

struct RedisReply {
  enum class Kind { kNil, kText, kStatus, kError, kInteger, kArray };
  Kind kind = Kind::kNil;
  std::string text{};  // of kText, kStatus and kError; any bytes
  std::int64_t integer = 0;
  std::vector<std::unique_ptr<RedisReply>> items{};  // none is null in a whole reply

  bool IsError(std::string_view code) const { return kind == Kind::kError && text.starts_with(code); }
};

class RedisReplies {
 public:
  static constexpr std::size_t kItemsMax = 1 << 20;    // of one array
  static constexpr std::size_t kBytesMax = 600 << 20;  // of one reply; no value of Redis is above 512 MiB

  RedisReplies();
  ~RedisReplies();
  RedisReplies(const RedisReplies&) = delete;
  RedisReplies& operator=(const RedisReplies&) = delete;

  void Feed(std::string_view bytes);
  // The next whole reply, or null when more bytes are needed. After a broken one `is_broken`, for ever.
  std::unique_ptr<RedisReply> Take();
  bool is_broken() const { return is_broken_; }

 private:
  struct Freed {
    void operator()(redisReader* reader) const;
  };
  std::unique_ptr<redisReader, Freed> reader_;
  std::size_t fed_ = 0;  // bytes since the last whole reply
  bool is_broken_ = false;
};

// A command in the protocol's spelling; arguments may hold any bytes.
std::string RedisCommand(const std::vector<std::string_view>& arguments);

}  // namespace privity::connect_internal
