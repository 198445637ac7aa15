#include "connect/folder/json_edit.h"

#include <gtest/gtest.h>

namespace privity::connect_internal {
namespace {

TEST(JsonEdit, ChangesOneValueAndNoOtherByte) {
  EXPECT_EQ(WithJsonValue(R"( { "id" : 12345678901234567890, "name":"Ana" , "n":1.0} )", "name", "Bo \"B\""),
            R"( { "id" : 12345678901234567890, "name":"Bo \"B\"" , "n":1.0} )");
  EXPECT_EQ(WithJsonValue(R"({"a":{"b":{"c":true}},"a.b":1})", "a.b.c", "no"), R"({"a":{"b":{"c":"no"}},"a.b":1})");
  EXPECT_EQ(WithJsonValue(R"({"\u0061":1})", "a", std::nullopt), R"({"\u0061":null})");
}

TEST(JsonEdit, ANumberStaysOneWhereTheNewValueIs) {
  EXPECT_EQ(WithJsonValue(R"({"a":-7})", "a", "12.50"), R"({"a":12.50})");
  EXPECT_EQ(WithJsonValue(R"({"a":-7})", "a", "x"), R"({"a":"x"})");
  EXPECT_EQ(WithJsonValue(R"({"a":"7"})", "a", "8"), R"({"a":"8"})");
}

TEST(JsonEdit, WhatIsNotThereIsAdded) {
  EXPECT_EQ(WithJsonValue(R"({})", "flag", "restricted"), R"({"flag":"restricted"})");
  EXPECT_EQ(WithJsonValue(R"({"a":1 })", "flag", std::nullopt), R"({"a":1 ,"flag":null})");
}

TEST(JsonEdit, ListsAndWholeObjectsAreNotChanged) {
  EXPECT_EQ(WithJsonValue(R"({"a":[{"b":1}]})", "a.b", "x"), std::nullopt);
  EXPECT_EQ(WithJsonValue(R"({"a":[1]})", "a", "x"), std::nullopt);
  EXPECT_EQ(WithJsonValue(R"({"a":{}})", "a", "x"), std::nullopt);
  EXPECT_EQ(WithJsonValue(R"([1])", "a", "x"), std::nullopt);
}

}  // namespace
}  // namespace privity::connect_internal
