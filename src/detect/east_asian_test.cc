// Chinese, Japanese and Korean text.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "detect/detector.h"
#include "detect/testing/span_text.h"

namespace privity {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

// "entity:text" of each find.
std::vector<std::string> Found(const std::string& text) {
  static const auto detector = Detector::BuiltIn().value();
  return FoundIn(*detector, text);
}

TEST(EastAsian, NamesAreFoundBehindTheirLabelsAndBeforeFormsOfAddress) {
  EXPECT_THAT(Found("姓名:李小龙"), ElementsAre("person:李小龙"));
  EXPECT_THAT(Found("客户王芳女士来电。"), ElementsAre("person:王芳"));
  EXPECT_THAT(Found("氏名: 鈴木 一郎"), ElementsAre("person:鈴木 一郎"));
  EXPECT_THAT(Found("고객 이영희 님이 방문했습니다."), ElementsAre("person:이영희"));
}

TEST(EastAsian, AddressesDatesAndAgesAreFound) {
  EXPECT_THAT(Found("他住在北京市朝阳区建国路88号。"), ElementsAre("address:北京市朝阳区建国路88号"));
  EXPECT_THAT(Found("住所:大阪府大阪市北区梅田1-2-3"), ElementsAre("address:大阪府大阪市北区梅田1-2-3"));
  EXPECT_THAT(Found("주소: 부산광역시 해운대구 우동로 25"), ElementsAre("address:부산광역시 해운대구 우동로 25"));
  EXPECT_THAT(Found("氏名：佐藤 花子 電話 090-1234-5678 住所 東京都新宿区西新宿2-8-1"),
              ElementsAre("person:佐藤 花子", "phone:090-1234-5678", "address:東京都新宿区西新宿2-8-1"));
  EXPECT_THAT(Found("张伟住在北京市朝阳区建国路88号"), ElementsAre("person:张伟", "address:北京市朝阳区建国路88号"));
  EXPECT_THAT(Found("许多人住在城市里。"), IsEmpty());
  EXPECT_THAT(Found("주소 서울 강남구 테헤란로 152"), ElementsAre("address:서울 강남구 테헤란로 152"));
  EXPECT_THAT(Found("2021年3月4日に来院"), ElementsAre("date:2021年3月4日"));
  EXPECT_THAT(Found("男性,67岁"), ElementsAre("age:67岁"));
}

// The number of a Chinese identity card stands behind its label without a space.
TEST(EastAsian, NumbersBeginWhereTheLettersEnd) {
  EXPECT_THAT(Found("身份证号11010519491231002X"), ElementsAre("national_id:11010519491231002X"));
}

TEST(EastAsian, PlatesAreFoundInTheirOwnScripts) {
  for (const std::string plate : {"粤B·K9818", "京A12345", "沪AD12345"}) {
    for (const std::string before : {"车牌号", "车牌号码：", "车牌 "})
      EXPECT_THAT(Found(before + plate + "，已登记"), ElementsAre("vehicle:" + plate)) << before;
  }
  EXPECT_THAT(Found("차량번호는 12가3456입니다"), ElementsAre("vehicle:12가3456"));
  EXPECT_THAT(Found("차량번호: 123허4567"), ElementsAre("vehicle:123허4567"));
  EXPECT_THAT(Found("ナンバー品川500さ12-34"), ElementsAre("vehicle:品川500さ12-34"));
  EXPECT_THAT(Found("車両番号：横浜 330 ま 8-88"), ElementsAre("vehicle:横浜 330 ま 8-88"));
  EXPECT_THAT(Found("型号粤B·K9818"), IsEmpty());
}

// Their letters end a word without a sign between: whoever asks what stands there gets nothing.
TEST(EastAsian, LettersTouchWordsOfOtherScripts) {
  EXPECT_THAT(Found("mayor京"), IsEmpty());
  EXPECT_THAT(Found("The mayor京 of Springfield is a nurse東京."), Contains("location:Springfield"));
  EXPECT_THAT(Found("my handle on the forum is京rust_goblin and my username东"), Not(Contains("username:京")));
}

TEST(EastAsian, TextThatNamesNobodyHasNothing) {
  EXPECT_THAT(Found("请输入密码后点击登录。"), IsEmpty());
  EXPECT_THAT(Found("本日の営業は終了しました。"), IsEmpty());
  EXPECT_THAT(Found("비밀번호를 입력하세요."), IsEmpty());
}

}  // namespace
}  // namespace privity
