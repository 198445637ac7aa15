#include "connect/redis/redis_reply.h"

#include <hiredis/hiredis.h>

#include "base/invariant.h"

namespace privity::connect_internal {
namespace {

// Puts a reply where it belongs: into the array that is being read, or on its own. hiredis holds it as a bare pointer.
RedisReply* Place(const redisReadTask* task, std::unique_ptr<RedisReply> reply) {
  RedisReply* const raw = reply.get();
  if (task->parent == nullptr) {
    static_cast<void>(reply.release());
  } else {
    static_cast<RedisReply*>(task->parent->obj)->items[static_cast<std::size_t>(task->idx)] = std::move(reply);
  }
  return raw;
}

RedisReply::Kind TextKind(int type) {
  if (type == REDIS_REPLY_ERROR) return RedisReply::Kind::kError;
  return type == REDIS_REPLY_STATUS ? RedisReply::Kind::kStatus : RedisReply::Kind::kText;
}

void* MakeText(const redisReadTask* task, char* text, std::size_t size) {
  return Place(task, std::make_unique<RedisReply>(RedisReply{.kind = TextKind(task->type), .text = {text, size}}));
}

void* MakeArray(const redisReadTask* task, int size) {
  if (size < 0 || static_cast<std::size_t>(size) > RedisReplies::kItemsMax) return nullptr;  // refused
  auto array = std::make_unique<RedisReply>(RedisReply{.kind = RedisReply::Kind::kArray});
  array->items.resize(static_cast<std::size_t>(size));
  return Place(task, std::move(array));
}

void* MakeInteger(const redisReadTask* task, long long value) {
  return Place(task, std::make_unique<RedisReply>(RedisReply{.kind = RedisReply::Kind::kInteger, .integer = value}));
}

void* MakeNil(const redisReadTask* task) {
  return Place(task, std::make_unique<RedisReply>());
}

void Free(void* reply) {
  delete static_cast<RedisReply*>(reply);
}

redisReplyObjectFunctions functions = {MakeText, MakeArray, MakeInteger, MakeNil, Free};

}  // namespace

void RedisReplies::Freed::operator()(redisReader* reader) const {
  redisReaderFree(reader);
}

RedisReplies::RedisReplies() : reader_(redisReaderCreateWithFunctions(&functions)) {
  Invariant(reader_ != nullptr, "memory for a reader");
}

RedisReplies::~RedisReplies() = default;

void RedisReplies::Feed(std::string_view bytes) {
  fed_ += bytes.size();
  if (fed_ > kBytesMax) is_broken_ = true;
  if (!is_broken_) is_broken_ = redisReaderFeed(reader_.get(), bytes.data(), bytes.size()) != REDIS_OK;
}

std::unique_ptr<RedisReply> RedisReplies::Take() {
  void* reply = nullptr;
  if (!is_broken_) is_broken_ = redisReaderGetReply(reader_.get(), &reply) != REDIS_OK;
  if (reply != nullptr) fed_ = 0;
  return std::unique_ptr<RedisReply>(static_cast<RedisReply*>(reply));
}

std::string RedisCommand(const std::vector<std::string_view>& arguments) {
  std::string command = "*" + std::to_string(arguments.size()) + "\r\n";
  for (const std::string_view argument : arguments) {
    command.append("$").append(std::to_string(argument.size())).append("\r\n").append(argument).append("\r\n");
  }
  return command;
}

}  // namespace privity::connect_internal
