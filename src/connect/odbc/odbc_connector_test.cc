// What the suite of all kinds does not ask: which drivers are loaded, and that an address cannot smuggle settings into
// the string that a driver is given.
#include "connect/odbc/odbc_connector.h"

#include <gtest/gtest.h>

#include "connect/odbc/odbc_profile.h"
#include "connect/odbc/wide_text.h"
#include "net/resolver.h"

namespace privity {
namespace {

using connect_internal::OdbcQuoted;
using connect_internal::ProfileOf;
using connect_internal::Utf16Of;
using connect_internal::Utf8Of;

std::string Opened(const std::string& address) {
  const SystemResolver resolver;
  const auto opened = OpenConnector(ConnectionUrl::Parse(address).value(), {}, resolver);
  return opened.ok() ? "" : opened.error().code();
}

TEST(Odbc, OnlyDriversThatSpeakToServersAreLoaded) {
  // SQLite's driver would open a file of this machine, whatever host the address names.
  for (const char* driver : {"SQLite3", "SQLite", "nothing-of-this-name", ""}) {
    EXPECT_EQ(ProfileOf(driver).error().code(), "connect.url_invalid") << driver;
  }
}

TEST(Odbc, ADriversNameIsANameAndNoSetting) {
  for (const char* driver : {"MariaDB Unicode};Server={evil.example.org", "a;b", "a=b", "../../tmp/evil.so", "[x]"}) {
    EXPECT_EQ(ProfileOf(driver).error().code(), "connect.url_invalid") << driver;
  }
}

TEST(Odbc, AValueCannotEndItsBraces) {
  EXPECT_EQ(OdbcQuoted("right"), "{right}");
  EXPECT_EQ(OdbcQuoted("a};Server={b"), "{a}};Server={b}");
  EXPECT_EQ(OdbcQuoted(""), "{}");
}

TEST(WideText, EveryCodePointComesBackAndWhatIsBrokenIsMarked) {
  for (const char* text : {"", "plain", "\xC3\xA9l\xC3\xA8ve", "\xE2\x80\xAE", "\xF0\x9F\x98\x80 and more"}) {
    EXPECT_EQ(Utf8Of(Utf16Of(text)), text);
  }
  EXPECT_EQ(Utf16Of("\xF0\x9F\x98\x80"), u"\xD83D\xDE00");
  EXPECT_EQ(Utf8Of(std::u16string(1, char16_t{0xD83D})), "\xEF\xBF\xBD");
  EXPECT_EQ(Utf16Of("a\xFF\xE2\x80"), u"a\xFFFD\xFFFD\xFFFD");
}

TEST(Odbc, AUserOrADatabaseIsNoSetting) {
  ConnectOptions here{.addresses = {.allowed_networks = {*Network::Parse("127.0.0.0/8")}}};
  const SystemResolver resolver;
  if (!ProfileOf("PostgreSQL Unicode").ok()) GTEST_SKIP() << "the driver is not installed";
  for (const char* place : {"clerk%3BServer%3Devil@127.0.0.1/shop", "clerk@127.0.0.1/shop%3BServer=evil"}) {
    const std::string address = std::string("odbc://") + place + "?driver=PostgreSQL%20Unicode";
    const auto store = OpenConnector(ConnectionUrl::Parse(address).value(), here, resolver);
    EXPECT_EQ(store.value()->Probe().error().code(), "connect.url_invalid") << place;
  }
}

TEST(Odbc, AnAddressWithoutHostOrDriverIsRefused) {
  EXPECT_EQ(Opened("odbc:///shop?driver=PostgreSQL%20Unicode"), "connect.url_invalid");
  EXPECT_EQ(Opened("odbc://db.example.org/shop"), "connect.url_invalid");
}

}  // namespace
}  // namespace privity
