#include "net/loopback.h"

#include <gtest/gtest.h>

namespace privity {
namespace {

TEST(Loopback, IsThisMachineItself) {
  for (const char* text : {"http://localhost:8470", "http://127.0.0.1", "https://127.9.9.9/x", "http://[::1]:80"}) {
    EXPECT_TRUE(IsLoopback(Url::Parse(text).value())) << text;
  }
}

TEST(Loopback, IsNoNameThatOnlyLooksLikeIt) {
  for (const char* text : {"http://127.example.org", "http://127.0.0.1.example.org", "http://localhost.example.org",
                           "http://10.0.0.1", "http://[::2]", "http://128.0.0.1"}) {
    EXPECT_FALSE(IsLoopback(Url::Parse(text).value())) << text;
  }
}

}  // namespace
}  // namespace privity
