#include "app/phone/open_phone.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bk::app {
namespace {

using ports::PhoneSeen;
using ports::PhoneState;
using testing::HasSubstr;

// Nothing can be opened.
class ClosedPhones : public ports::Phones {
 public:
  Result<std::vector<PhoneSeen>> List() override {
    if (!adb) return Fail(ErrorCode::kNotFound, "no adb");
    return phones;
  }
  Status Track(const std::function<bool(std::span<const PhoneSeen>)>&) override { return {}; }
  Result<std::unique_ptr<ports::Phone>> Open(const std::string&) override {
    return Fail(ErrorCode::kRefused, "English");
  }
  std::vector<PhoneSeen> phones;
  bool adb = true;
};

struct OpenPhoneTest : testing::Test {
  OpenPhoneTest() {
    czech.texts["message.live.no_adb"] = {"adb tu není"};
    czech.texts["message.live.none"] = {"není telefon"};
    czech.texts["message.live.several"] = {"více: {names}"};
    czech.texts["message.live.allow_computer"] = {"povolte počítač"};
    czech.texts["message.live.not_connected"] = {"{serial} není připojen"};
    czech.texts["message.live.no_permissions"] = {"nesmí: {english}"};
  }
  std::string Why(const std::string& serial = "") {
    const auto phone = OpenPhone(phones, serial, czech);
    EXPECT_FALSE(phone.has_value());
    EXPECT_EQ(phone.error().code, ErrorCode::kRefused);
    return phone.error().message;
  }
  language::Language czech{.code = "cs", .plurals = language::Plurals::kCzech};
  ClosedPhones phones;
};

TEST_F(OpenPhoneTest, EnglishIsTheAdaptersOwn) {
  EXPECT_EQ(OpenPhone(phones, "", language::Language{}).error().message, "English");
}

TEST_F(OpenPhoneTest, TheStateDecidesOnTheSentence) {
  EXPECT_EQ(Why(), "není telefon");
  phones.phones = {{.serial = "A", .state = PhoneState::kUnauthorised, .sentence = "English"}};
  EXPECT_EQ(Why(), "povolte počítač");
  EXPECT_EQ(Why("A"), "povolte počítač");
  EXPECT_EQ(Why("B"), "B není připojen");
  phones.phones.push_back({.serial = "B", .model = "Pixel", .state = PhoneState::kOffline});
  EXPECT_EQ(Why(), "povolte počítač");
  phones.phones.push_back({.serial = "C", .model = "Pixel"});
  EXPECT_EQ(Why(), "více: A, B (Pixel), C (Pixel)");
  phones.adb = false;
  EXPECT_EQ(Why(), "adb tu není");
}

TEST_F(OpenPhoneTest, WhatTheComputerForbidsKeepsItsCommands) {
  phones.phones = {
      {.serial = "A", .state = PhoneState::kNoPermissions, .sentence = "add this rule"}};
  EXPECT_EQ(Why(), "nesmí: add this rule");
}

// A phone that is ready now, or a state without a sentence, is no reason that could be said.
TEST_F(OpenPhoneTest, WhatTheListDoesNotShowStaysAsItIs) {
  phones.phones = {{.serial = "A"}};
  EXPECT_EQ(Why(), "English");
}

}  // namespace
}  // namespace bk::app
