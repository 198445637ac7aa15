#include "connect/connection_url.h"

#include <gtest/gtest.h>

namespace privity {
namespace {

ConnectionUrl Url(std::string_view text) {
  auto url = ConnectionUrl::Parse(text);
  EXPECT_TRUE(url.ok()) << text << ": " << url.error().DebugString();
  return std::move(url).value();
}

TEST(ConnectionUrl, TakesAnAddressApart) {
  const ConnectionUrl url = Url("PostgreSQL://reader:s%40lt%2Fy@DB.example.org:5433/shop%20two?sslmode=require&a=");
  EXPECT_EQ(url.scheme(), "postgresql");
  EXPECT_EQ(url.host(), "db.example.org");
  EXPECT_EQ(url.port(), 5433);
  EXPECT_EQ(url.user(), "reader");
  EXPECT_EQ(url.password().Reveal(), "s@lt/y");
  EXPECT_EQ(url.path(), "/shop two");
  EXPECT_EQ(url.Parameter("sslmode"), "require");
  EXPECT_EQ(url.Parameter("absent"), "");
}

TEST(ConnectionUrl, LabelShowsNeitherUserNorPasswordNorParameters) {
  EXPECT_EQ(Url("mysql://reader:secret@db:3307/shop?key=hidden").Label(), "mysql://db:3307/shop");
  EXPECT_EQ(Url("postgresql://[2001:db8::10]:5432/shop").Label(), "postgresql://[2001:db8::10]:5432/shop");
  EXPECT_EQ(Url("sqlite:///srv/shop.db").Label(), "sqlite:///srv/shop.db");
}

TEST(ConnectionUrl, APasswordMayComeAnotherWay) {
  const ConnectionUrl url = Url("mysql://reader@db/shop").WithPassword(SecretString("other"));
  EXPECT_EQ(url.password().Reveal(), "other");
  EXPECT_EQ(url.user(), "reader");
}

TEST(ConnectionUrl, PathsKeepTheirOwnLetters) {
  EXPECT_EQ(Url("file:///srv/Übersicht/it's").path(), "/srv/Übersicht/it's");
}

TEST(ConnectionUrl, WhatCouldBeReadInTwoWaysIsRefusedWithoutBeingRepeated) {
  for (const std::string_view text :
       {"", "shop.db", "://db/shop", "po\xedtgresql://db/shop", "5db://db/shop", "postgresql://db:0/shop",
        "postgresql://db:99999/shop", "postgresql://d b/shop", "postgresql://[::1/shop",
        "postgresql://[127.0.0.1]/shop", "file:///a#secret-part", "file:///a%2", "file:///a%00b", "file:///a\nb",
        "file:///%ff", "mysql://db/shop?a=1&a=2", "mysql://db/shop?=1"}) {
    const auto url = ConnectionUrl::Parse(text);
    ASSERT_FALSE(url.ok()) << text;
    EXPECT_EQ(url.error().code(), "connect.url_invalid") << text;
    EXPECT_EQ(url.error().DebugString().find("secret"), std::string::npos);
  }
}

}  // namespace
}  // namespace privity
