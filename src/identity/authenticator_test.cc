#include "identity/authenticator.h"

#include <gtest/gtest.h>

namespace privity {
namespace {

TEST(CsrfToken, BelongsToOneSession) {
  const std::string token = CsrfTokenOf("session-of-ada");
  EXPECT_TRUE(CheckCsrfToken("session-of-ada", token).ok());
  EXPECT_EQ(CheckCsrfToken("session-of-ada", "").error().code(), "identity.csrf_refused");
  EXPECT_EQ(CheckCsrfToken("session-of-ada", CsrfTokenOf("session-of-eve")).error().code(), "identity.csrf_refused");
  EXPECT_EQ(token.find("session"), std::string::npos) << "the token of a page must not tell the cookie";
}

}  // namespace
}  // namespace privity
