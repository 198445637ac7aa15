#include <gtest/gtest.h>
#include <hiredis/hiredis.h>
#include <unistd.h>

#include <atomic>
#include <cctype>
#include <cstdlib>
#include <set>

#include "connect/redis/redis_connector.h"
#include "connect/testing/grounds.h"

namespace privity {
namespace {

constexpr int kDatabases = 1'024;  // of the server of the tests

const char* Server() {
  return std::getenv("PRIVITY_TEST_REDIS");
}

std::string Said(const std::string& key) {
  return SaidOf(Server(), key);
}

// A connection of the server's administrator.
class Administrator {
 public:
  explicit Administrator(int port) : connection_(redisConnect("127.0.0.1", port)) {
    EXPECT_TRUE(connection_ != nullptr && connection_->err == 0);
  }
  ~Administrator() { redisFree(connection_); }
  Administrator(const Administrator&) = delete;
  Administrator& operator=(const Administrator&) = delete;

  // Answers whether the server did it: not an error, not nothing.
  bool Do(const std::vector<std::string>& command) {
    Append(command);
    return Await();
  }
  void Append(const std::vector<std::string>& command) {
    std::vector<const char*> texts;
    std::vector<std::size_t> sizes;
    for (const std::string& argument : command) {
      texts.push_back(argument.data());
      sizes.push_back(argument.size());
    }
    redisAppendCommandArgv(connection_, static_cast<int>(command.size()), texts.data(), sizes.data());
  }
  bool Await() {
    void* reply = nullptr;
    EXPECT_EQ(redisGetReply(connection_, &reply), REDIS_OK) << connection_->errstr;
    auto* const answer = static_cast<redisReply*>(reply);
    if (answer == nullptr) return false;
    EXPECT_NE(answer->type, REDIS_REPLY_ERROR) << answer->str;
    const bool done = answer->type != REDIS_REPLY_NIL;
    freeReplyObject(answer);
    return done;
  }

 private:
  redisContext* connection_;
};

class RedisGround final : public Ground {
 public:
  RedisGround() {
    // Other programs use the same server: a database belongs to whoever has put down its claim first.
    while (!administrator_.Do({"SET", Claim(), name_, "NX"})) ++database_;
    administrator_.Do({"SELECT", std::to_string(database_)});
    Allow();
  }
  ~RedisGround() override {
    administrator_.Do({"FLUSHDB"});
    administrator_.Do({"ACL", "DELUSER", name_});
    administrator_.Do({"SELECT", "0"});
    administrator_.Do({"DEL", Claim()});
  }

  const ConnectorKind& kind() const override { return RedisKind(); }
  std::string Url() const override { return UrlOf("right", port_); }
  // Hashes; the key holds the first field.
  void Make(const Made& made) override {
    readable_.insert(made.name);
    Allow();
    std::size_t appended = 0;
    for (const RowValues& row : made.rows) {
      std::vector<std::string> command = {"HSET", KeyOf(made.name, *row[0])};
      for (std::size_t i = 1; i < row.size(); ++i) {
        if (row[i]) command.insert(command.end(), {made.fields[i], *row[i]});
      }
      administrator_.Append(command);
      ++appended;
    }
    for (; appended > 0; --appended) administrator_.Await();
  }
  void Drop(const std::string& name) override {
    for (const char* id : {"1", "2", "3"}) administrator_.Do({"DEL", KeyOf(name, id)});
  }
  void Revoke(const std::string& name) override {
    readable_.erase(name);
    Allow();
  }
  std::string NameOf(const std::string& name) const override { return name + ":*"; }
  std::string key_field() const override { return "@key"; }
  std::string KeyOf(const std::string& name, const std::string& id) const override { return name + ":" + id; }
  bool leaves_nulls_out() const override { return true; }
  bool has_references() const override { return false; }
  bool has_declared_types() const override { return false; }

  bool is_remote() const override { return true; }
  std::string UrlWithPassword(const std::string& password) const override { return UrlOf(password, port_); }
  std::string UrlThroughPort(int port) const override { return UrlOf("right", port); }
  int port() const override { return port_; }
  std::string ca_file() const override { return Said("ca"); }
  std::string UrlAtHost(const std::string& host) const override {
    return "rediss://" + name_ + ":right@" + host + ":" + Said("tls_port") + "/" + std::to_string(database_);
  }

 private:
  std::string UrlOf(const std::string& password, int port) const {
    return "redis://" + name_ + ":" + password + "@127.0.0.1:" + std::to_string(port) + "/" + std::to_string(database_);
  }
  std::string Claim() const { return "claim:" + std::to_string(database_ % kDatabases); }
  // The user may reach what is readable and nothing else.
  void Allow() {
    std::vector<std::string> command = {"ACL",    "SETUSER", name_,     "reset",  "on",
                                        ">right", "+@all",   "-@admin", "+select"};
    for (const std::string& name : readable_) {
      std::string pattern = "~";
      for (const char c : name) pattern += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '?';
      command.push_back(pattern + ":*");
    }
    administrator_.Do(command);
  }

  static std::string FreshName() {
    static std::atomic<int> number = 0;
    return "connect_" + std::to_string(getpid()) + "_" + std::to_string(++number);
  }

  const std::string name_ = FreshName();
  const int port_ = std::stoi(Said("port"));
  Administrator administrator_{port_};
  int database_ = 1;
  std::set<std::string> readable_;
};

}  // namespace

GroundKind RedisGroundKind() {
  return {.name = "redis",
          .why_absent = Server() == nullptr ? "PRIVITY_TEST_REDIS is not set" : "",
          .make = []() -> std::unique_ptr<Ground> { return std::make_unique<RedisGround>(); }};
}

}  // namespace privity
