#include "net/internal/curl_handle.h"

#include <gtest/gtest.h>

#include "net/testing/scripted_server.h"

namespace privity {
namespace {

// The last line of defense: whatever libcurl would like to connect to, only a checked address gets a socket.
TEST(CurlHandle, OpensNoSocketToAnAddressThatWasNotChecked) {
  ScriptedServer server([](const std::string&) { return HttpAnswer(200, ""); });
  for (const auto& [checked, expected] :
       {std::pair{"127.0.0.1", CURLE_OK}, std::pair{"127.0.0.2", CURLE_COULDNT_CONNECT}}) {
    const auto address = IpAddress::Parse(checked).value();
    CurlHandle curl(CheckedTarget{.host = "127.0.0.1", .port = 1, .addresses = {address}}, {});
    curl.Set(CURLOPT_URL, server.url().c_str());
    const CURLcode code = curl.Perform();
    EXPECT_EQ(code, expected) << checked;
    if (code != CURLE_OK) {
      EXPECT_EQ(curl.ToError(code, "x", std::nullopt).Parameter("class"), "unchecked");
    }
  }
  EXPECT_EQ(server.requests().size(), 1u);
}

}  // namespace
}  // namespace privity
