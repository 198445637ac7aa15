#include "base/text_format.h"

#include <gtest/gtest.h>

namespace privity {
namespace {

TEST(LocalPath, IsAPlaceOnThisSite) {
  for (const char* path : {"/", "/users", "/users?state=active&q=a%20b", "/ledger/17#proof", "/a//b", "/:x@y"}) {
    EXPECT_TRUE(MatchesTextFormat("local_path", path)) << path;
  }
}

// What a browser would take for another site (WHATWG URL: a backslash is a slash, tabs and line feeds are left out).
TEST(LocalPath, LeadsToNoOtherSite) {
  for (const char* path : {"", "users", "//login.example.com", "/\\login.example.com", "\\/login.example.com",
                           "https://login.example.com", "javascript:alert(1)", "/\t/login.example.com",
                           "/users\r\nLocation: //login.example.com", " /users", "/us ers", "/\x7f", "/\xc3\xa9"}) {
    EXPECT_FALSE(MatchesTextFormat("local_path", path)) << path;
  }
}

}  // namespace
}  // namespace privity
