#include "app/repair/everyday_case.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "repair/fake_phone_testing.h"
#include "troubleshoot/knowledge/embedded_knowledge.h"

namespace bk::app {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using Is = repair::EverydayState::Is;

const troubleshoot::Knowledge& Known() { return troubleshoot::EmbeddedKnowledge(); }

TEST(EverydayCase, SaysWhatIsOffAndWhoSetsItInTheWordsForThisPhone) {
  repair::FakePhone phone(34, "Xiaomi");
  phone.state.ops["10008"] = "ignore";
  const auto report = LookAtEveryday({}, phone, Known());
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->who.situation.companion, repair::FakePhone::kApp);
  EXPECT_GT(report->CountOf(Is::kOff), 3U);
  EXPECT_GT(report->CountOf(Is::kGood), 1U);
  bool autostart = false;
  for (const EverydayItem& item : report->items) {
    EXPECT_THAT(item.check.title, Not(HasSubstr("com."))) << item.check.fix;
    EXPECT_THAT(item.steps, Not(IsEmpty())) << item.check.fix << " is no fix of knowledge";
    if (item.check.fix == "exempt_from_battery_optimisation") {
      EXPECT_TRUE(item.tool_can);
    }
    if (item.check.fix != "allow_autostart") continue;
    autostart = true;
    EXPECT_EQ(item.state.is, Is::kOff);
    EXPECT_FALSE(item.tool_can);
    EXPECT_THAT(item.steps.front(), HasSubstr("Autostart"));
  }
  EXPECT_TRUE(autostart);
  // Nothing is written by looking.
  for (const std::string& line : phone.lines)
    EXPECT_FALSE(line.find(" put ") != std::string::npos || line.find("set-") != std::string::npos)
        << line;
}

TEST(EverydayCase, TheJsonIsWholeAlsoWithAHostileAnswer) {
  repair::FakePhone phone(34, "Google");
  phone.says["settings get global auto_time"] = "\x1b[31m\xff\n";
  const auto report = LookAtEveryday({}, phone, Known());
  ASSERT_TRUE(report);
  const nlohmann::ordered_json json = ToJson(*report);
  EXPECT_EQ(json["schema"], "bandkeeper.everyday/1");
  EXPECT_EQ(json["good"], false);
  const std::string text = json.dump();
  EXPECT_THAT(text, Not(HasSubstr("\\u001b")));
  for (const auto& check : json["checks"])
    if (check["fix"] == "turn_on_bluetooth") {
      EXPECT_EQ(check["state"], "good");
    }
}

TEST(EverydayCase, AnAppThatIsNotThereIsRefusedByName) {
  repair::FakePhone phone(34, "Google");
  EXPECT_TRUE(LookAtEveryday({.app = "zepp_life"}, phone, Known()));
  EXPECT_TRUE(LookAtEveryday({.app = repair::FakePhone::kApp}, phone, Known()));
  const auto refused = LookAtEveryday({.app = "gadgetbridge"}, phone, Known());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kInvalid);
  EXPECT_THAT(refused.error().message, HasSubstr("zepp_life"));
  phone.cut_at = 0;
  EXPECT_EQ(LookAtEveryday({}, phone, Known()).error().code, ErrorCode::kNotReadable);
}

}  // namespace
}  // namespace bk::app
