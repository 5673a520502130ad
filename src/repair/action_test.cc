// What is done for each fix, on each Android; tests/knowledge holds the fixes' own data beside it.
#include "repair/action.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "repair/fake_phone_testing.h"
#include "repair/settings/reply.h"

namespace bk::repair {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string kApp = FakePhone::kApp;
constexpr std::array kAndroids = {0, 26, 29, 31, 34, 35};
constexpr std::array kMakers = {"", "samsung", "xiaomi", "huawei", "oppo", "vivo", "oneplus"};

PhoneTraits Traits(int sdk, std::string maker = "") {
  PhoneTraits traits{.sdk = sdk, .maker = std::move(maker)};
  traits.uids = {{kApp, 10143}, {"com.other.band", 10150}, {"com.hog", 10151}};
  traits.titles[kApp] = "Zepp Life";
  return traits;
}

Situation Known() {
  return {.companion = kApp,
          .companion_listener = kApp + ".NotificationListener",
          .other_companions = {kApp, "com.other.band"},
          .bluetooth_hogs = {"com.hog"},
          .missing_packages = {"com.missing"},
          .band_address = "C8:0F:10:00:00:01"};
}

std::vector<std::string> LinesOf(const PhoneTraits& traits, const std::vector<Move>& moves) {
  std::vector<std::string> lines;
  const auto add = [&](const std::vector<Way>& ways) {
    for (const Way& way : ways)
      for (const auto& command : way) lines.push_back(command.line);
  };
  for (const Move& move : moves) {
    if (const auto* change = std::get_if<ChangeSetting>(&move)) {
      if (const auto ways = WaysToWrite(traits, change->setting, change->to)) add(*ways);
    }
    if (const auto* deed = std::get_if<Deed>(&move)) add(deed->ways);
    if (const auto* page = std::get_if<OpenPage>(&move)) add(page->ways);
  }
  return lines;
}

TEST(Action, EveryFixOfTheToolActsOnANewPhoneAndHasAPageForTheFinger) {
  for (const std::string_view fix : KnownFixes()) {
    const auto action = ActionFor(fix, Traits(34), Known());
    switch (*DoerOf(fix)) {
      case Doer::kTool:
        ASSERT_TRUE(action) << fix;
        EXPECT_FALSE(action->moves.empty()) << fix;
        EXPECT_TRUE(!action->by_finger.empty() || fix == "restart_phone") << fix;
        break;
      case Doer::kFinger:
        ASSERT_TRUE(action) << fix;
        EXPECT_TRUE(action->moves.empty()) << fix << ": the tool acts, so it is the tool's";
        EXPECT_FALSE(action->by_finger.empty()) << fix;
        break;
      case Doer::kWords:
        EXPECT_FALSE(action) << fix;
        break;
    }
  }
  EXPECT_FALSE(DoerOf("no_such_fix"));
  EXPECT_FALSE(ActionFor("no_such_fix", Traits(34), Known()));
}

TEST(Action, NamesOnlySettingsThatAreKnownAndChangesOnlyWhatThePhoneHasAWayFor) {
  for (const int sdk : kAndroids) {
    for (const char* maker : kMakers) {
      const PhoneTraits traits = Traits(sdk, maker);
      for (const std::string_view fix : KnownFixes()) {
        const auto action = ActionFor(fix, traits, Known());
        if (!action) continue;
        for (const auto* moves : {&action->moves, &action->by_finger}) {
          for (const Move& move : *moves) {
            if (const auto* change = std::get_if<ChangeSetting>(&move)) {
              EXPECT_EQ(moves, &action->moves) << fix << ": a finger's part changes nothing itself";
              EXPECT_TRUE(CanBeWritten(change->setting)) << fix << " " << change->setting.text;
              EXPECT_TRUE(WaysToWrite(traits, change->setting, change->to))
                  << fix << " " << change->setting.text << " on " << sdk;
              for (const std::string& from : change->only_from)
                EXPECT_FALSE(Same(change->setting, from, change->to)) << fix;
            }
            if (const auto* await = std::get_if<AwaitSetting>(&move)) {
              EXPECT_TRUE(IsKnown(await->setting)) << fix << " " << await->setting.text;
              EXPECT_GT(await->time_out.count(), 0) << fix;
            }
            if (const auto* page = std::get_if<OpenPage>(&move)) {
              EXPECT_FALSE(page->ways.empty()) << fix;
            }
            if (const auto* deed = std::get_if<Deed>(&move)) {
              EXPECT_FALSE(deed->ways.empty()) << fix;
            }
          }
        }
      }
    }
  }
}

// Whatever was changed for a time is put back before the step looks at what came of it.
TEST(Action, ATemporaryChangeIsPutBackBeforeItsGoalIsLookedAt) {
  for (const std::string_view fix : KnownFixes()) {
    const auto action = ActionFor(fix, Traits(34), Known());
    if (!action) continue;
    std::set<SettingId> away;
    for (const Move& move : action->moves) {
      if (const auto* change = std::get_if<ChangeSetting>(&move); change && change->temporary)
        away.insert(change->setting);
      if (std::holds_alternative<PutBack>(move)) away.clear();
      EXPECT_FALSE(std::holds_alternative<Deed>(move) && !away.empty()) << fix;
    }
    EXPECT_TRUE(away.empty()) << fix;
  }
}

TEST(Action, WithoutTheCompanionOnlyWhatConcernsThePhoneIsDone) {
  const Situation nothing{.bluetooth_app = ""};
  for (const std::string_view fix : KnownFixes()) {
    const auto action = ActionFor(fix, Traits(34), nothing);
    if (!action) continue;
    for (const std::string& line : LinesOf(Traits(34), action->moves))
      EXPECT_THAT(line, Not(HasSubstr("  "))) << fix << ": " << line;
    for (const std::string& line : LinesOf(Traits(34), action->by_finger))
      EXPECT_THAT(line, Not(HasSubstr("  "))) << fix << ": " << line;
  }
  EXPECT_FALSE(ActionFor("restart_app", Traits(34), nothing));
  EXPECT_TRUE(ActionFor("toggle_bluetooth", Traits(34), nothing));
}

// Android 12 and older do not look at options that they do not know: `pm clear --cache-only` would
// take all data of the app.
TEST(Action, AnAppsCacheIsClearedOnlyWhereTheCommandIsSureToKnowTheDifference) {
  for (const int sdk : {0, 26, 29, 30, 31, 32, 33}) {
    const auto action = ActionFor("clear_app_cache", Traits(sdk), Known());
    ASSERT_TRUE(action);
    EXPECT_TRUE(action->moves.empty()) << sdk;
  }
  // And nothing else clears anything, on any phone.
  for (const int sdk : kAndroids)
    for (const std::string_view fix : KnownFixes())
      if (const auto action = ActionFor(fix, Traits(sdk), Known()))
        for (const auto* moves : {&action->moves, &action->by_finger})
          for (const std::string& line : LinesOf(Traits(sdk), *moves))
            if (line.find("pm clear") != std::string::npos) {
              EXPECT_EQ(line, "pm clear --cache-only " + kApp);
              EXPECT_GE(sdk, 34);
              EXPECT_EQ(fix, "clear_app_cache");
            }
}

TEST(Action, AnOldAndroidLeavesToTheFingerWhatItHasNoCommandFor) {
  EXPECT_TRUE(ActionFor("cycle_airplane_mode", Traits(26), Known())->moves.empty());
  EXPECT_FALSE(ActionFor("cycle_airplane_mode", Traits(29), Known())->moves.empty());
  EXPECT_FALSE(ActionFor("grant_nearby_devices", Traits(29), Known()));
  EXPECT_TRUE(ActionFor("grant_notifications", Traits(29), Known())->moves.empty());
  // Optional ones are left out, the rest is done.
  const auto lift = ActionFor("lift_background_restriction", Traits(26), Known());
  for (const Move& move : lift->moves)
    EXPECT_NE(std::get<ChangeSetting>(move).setting, setting::StandbyBucket(kApp));
  EXPECT_FALSE(lift->moves.empty());
}

TEST(Action, TheCompanionItselfIsNeverStoppedAsTheOtherApp) {
  for (const char* fix : {"stop_other_companion", "stop_other_bluetooth_app"}) {
    const auto action = ActionFor(fix, Traits(34), Known());
    for (const std::string& line : LinesOf(Traits(34), action->moves))
      EXPECT_FALSE(line.find("force-stop") != std::string::npos &&
                   line.find(kApp) != std::string::npos)
          << line;
  }
  const auto uninstall = ActionFor("uninstall_other_companion", Traits(34), Known());
  for (const std::string& line : LinesOf(Traits(34), uninstall->by_finger))
    EXPECT_THAT(line, Not(HasSubstr(kApp)));
  Situation alone = Known();
  alone.other_companions = {kApp};
  EXPECT_FALSE(ActionFor("stop_other_companion", Traits(34), alone));
}

TEST(Action, EachMakerHasItsOwnPageAndAllEndOnOneThatEveryAndroidHas) {
  std::set<std::string> first;
  for (const char* maker : {"xiaomi", "huawei", "oppo", "vivo", "oneplus", "samsung", ""}) {
    const PhoneTraits traits = Traits(31, maker);
    const auto lines = LinesOf(traits, ActionFor("allow_autostart", traits, Known())->by_finger);
    ASSERT_FALSE(lines.empty());
    EXPECT_TRUE(first.insert(lines.front()).second) << maker;
    EXPECT_EQ(lines.back(),
              "am start -a android.settings.APPLICATION_DETAILS_SETTINGS -d package:" + kApp);
  }
}

TEST(Action, AForeignNameStaysOneWord) {
  Situation odd = Known();
  odd.companion = "com.x;reboot";
  odd.other_companions = {"$(reboot)"};
  for (const std::string_view fix : KnownFixes())
    if (const auto action = ActionFor(fix, Traits(34), odd))
      for (const auto* moves : {&action->moves, &action->by_finger})
        for (const std::string& line : LinesOf(Traits(34), *moves))
          if (line.find("reboot") != std::string::npos) {
            EXPECT_TRUE(line.find("'com.x;reboot'") != std::string::npos ||
                        line.find("'$(reboot)'") != std::string::npos ||
                        line.find("'package:com.x;reboot'") != std::string::npos ||
                        line.find("'package:$(reboot)'") != std::string::npos ||
                        line.find("'market://details?id=com.x;reboot'") != std::string::npos)
                << line;
          }
}

TEST(Action, WhetherAPageOpenedIsSeenInTheAnswer) {
  const PhoneTraits traits = Traits(31, "xiaomi");
  const auto said = [&](std::string out, int exit = 0) {
    ports::PhoneAnswer answer{.exit = exit, .out = std::move(out)};
    return RefusalInReply(traits, answer);
  };
  EXPECT_FALSE(said("Starting: Intent { act=android.settings.BLUETOOTH_SETTINGS }\n"));
  EXPECT_FALSE(
      said("Starting: Intent { act=x }\nWarning: Activity not started, its current task "
           "has been brought to the front\n"));
  EXPECT_EQ(said("Starting: Intent { act=x }\nError: Activity not started, unable to resolve "
                 "Intent { act=x }\n")
                ->why,
            Refusal::Why::kNotHere);
  EXPECT_EQ(said("Error type 3\nError: Activity class {a/b} does not exist.\n")->why,
            Refusal::Why::kNotHere);
  EXPECT_EQ(said("java.lang.SecurityException: Permission Denial: starting Intent { cmp=x } not "
                 "exported from uid 1000\n")
                ->why,
            Refusal::Why::kNotAllowed);
  EXPECT_EQ(said("** No activities found to run, monkey aborted.\n")->why, Refusal::Why::kNotHere);
  EXPECT_TRUE(said("", 1));
}

}  // namespace
}  // namespace bk::repair
