#include "repair/everyday.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "evidence/finding_ids.h"
#include "repair/fake_phone_testing.h"
#include "repair/situation.h"

namespace bk::repair {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Is = EverydayState::Is;

const std::string kApp = FakePhone::kApp;

std::vector<evidence::CompanionApp> Apps() {
  return {{.id = "gadgetbridge",
           .title = "Gadgetbridge",
           .packages = {"nodomain.freeyourgadget.gadgetbridge"},
           .speaks_to_band4 = true,
           .notification_listener = "nodomain.Listener"},
          {.id = "mi_fitness", .title = "Mi Fitness (Xiaomi Wear)", .packages = {"com.mi.health"}},
          {.id = "zepp_life",
           .title = "Zepp Life (Mi Fit)",
           .packages = {kApp},
           .speaks_to_band4 = true}};
}

struct Looked {
  std::vector<EverydayCheck> checks;
  std::vector<EverydayState> states;
  [[nodiscard]] const EverydayState* Of(std::string_view fix) const {
    for (std::size_t i = 0; i < checks.size(); ++i)
      if (checks[i].fix == fix) return &states[i];
    return nullptr;
  }
};
Looked Look(FakePhone& phone) {
  auto traits = *ReadTraits(phone);
  const auto apps = Apps();
  const WhoIsWho who = FindWhoIsWho(phone, traits, apps, {});
  Looked looked;
  looked.checks = EverydayChecks(traits, who.situation);
  phone.trips = 0;
  looked.states = LookAtEveryday(phone, traits, looked.checks);
  return looked;
}

void MakeGood(FakePhone& phone) {
  phone.state.rows["global/auto_time"] = phone.state.rows["global/auto_time_zone"] = "1";
  phone.state.rows["secure/location_mode"] = "3";
  phone.state.rows["secure/location_providers_allowed"] = "gps,network";
  for (auto& [name, granted] : phone.state.permissions) granted = true;
  phone.state.doze.insert(kApp);
  phone.state.level = "adaptive_bucket";
  if (phone.maker == "Xiaomi") phone.state.ops = {{"10008", "allow"}, {"10053", "allow"}};
}

TEST(Everyday, AGoodPhoneIsGoodOnEveryAndroidInOneRoundTrip) {
  for (const int sdk : {26, 29, 31, 34, 35}) {
    for (const char* maker : {"Google", "samsung", "Xiaomi"}) {
      FakePhone phone(sdk, maker);
      MakeGood(phone);
      const Looked looked = Look(phone);
      EXPECT_EQ(phone.trips, 1);
      for (std::size_t i = 0; i < looked.checks.size(); ++i)
        EXPECT_TRUE(looked.states[i].is == Is::kGood || looked.states[i].is == Is::kNotAsked)
            << sdk << " " << maker << " " << looked.checks[i].fix << " "
            << testing::PrintToString(looked.states[i].differs) << looked.states[i].refusal;
      EXPECT_EQ(looked.Of("exempt_from_data_saver")->is, Is::kNotAsked);
    }
  }
}

TEST(Everyday, EachThingThatIsOffIsNamedAloneWithItsFix) {
  struct Off {
    std::string fix;
    void (*spoil)(FakeState&);
    std::string says;
  };
  const std::vector<Off> offs = {
      {"turn_on_bluetooth", [](FakeState& s) { s.bluetooth = false; }, "Bluetooth: off"},
      {"turn_off_airplane_mode", [](FakeState& s) { s.rows["global/airplane_mode_on"] = "1"; },
       "Airplane mode: on"},
      {"turn_off_battery_saver", [](FakeState& s) { s.rows["global/low_power_sticky"] = "1"; },
       "again after charging: on"},
      {"set_time_automatic", [](FakeState& s) { s.rows.erase("global/auto_time"); },
       "Automatic time: not set"},
      {"enable_app", [](FakeState& s) { s.enabled = 3; }, "switched on: no"},
      {"start_app", [](FakeState& s) { s.stopped = true; }, "stopped: yes"},
      {"exempt_from_battery_optimisation", [](FakeState& s) { s.doze.erase(kApp); },
       "free of battery limits: no"},
      {"lift_background_restriction",
       [](FakeState& s) { s.ops["uid RUN_ANY_IN_BACKGROUND"] = "ignore"; },
       "may run in the background: no"},
      {"lift_background_restriction", [](FakeState& s) { s.level = "restricted_bucket"; },
       "background limits: restricted"},
      {"grant_nearby_devices",
       [](FakeState& s) { s.permissions["android.permission.BLUETOOTH_SCAN"] = false; },
       "(search): not allowed"},
      {"grant_notifications", [](FakeState& s) { s.ops["POST_NOTIFICATION"] = "ignore"; },
       "may show notifications: no"},
      {"exempt_from_data_saver", [](FakeState& s) { s.data_saver = true; },
       "free of Data Saver: no"},
      {"allow_autostart", [](FakeState& s) { s.ops["10008"] = "ignore"; },
       "may start by itself: no"},
  };
  for (const Off& off : offs) {
    FakePhone phone(34, "Xiaomi");
    MakeGood(phone);
    off.spoil(phone.state);
    const Looked looked = Look(phone);
    for (std::size_t i = 0; i < looked.checks.size(); ++i)
      EXPECT_EQ(looked.states[i].is == Is::kOff, looked.checks[i].fix == off.fix)
          << off.fix << " but " << looked.checks[i].fix;
    ASSERT_NE(looked.Of(off.fix), nullptr) << off.fix;
    EXPECT_THAT(looked.Of(off.fix)->differs, Contains(HasSubstr(off.says)));
  }
}

TEST(Everyday, EveryCheckHasAnActionThatMakesItGood) {
  for (const int sdk : {29, 31, 34, 35}) {
    FakePhone phone(sdk, "Google");
    auto traits = *ReadTraits(phone);
    const WhoIsWho who = FindWhoIsWho(phone, traits, Apps(), {});
    for (const EverydayCheck& check : EverydayChecks(traits, who.situation)) {
      const auto action = ActionFor(check.fix, traits, who.situation);
      ASSERT_TRUE(action) << check.fix;
      for (const Move& move : action->moves)
        if (const auto* change = std::get_if<ChangeSetting>(&move))
          for (const Wanted& wanted : check.wanted)
            if (wanted.setting == change->setting) {
              EXPECT_TRUE(Same(wanted.setting, wanted.value, change->to))
                  << check.fix << " sets " << change->to.value_or("none") << " for "
                  << wanted.setting.text;
            }
    }
  }
}

TEST(Everyday, WhatAPhoneDoesNotTellIsLookedAtByEye) {
  FakePhone phone(29, "HUAWEI");
  MakeGood(phone);
  const Looked looked = Look(phone);
  EXPECT_EQ(looked.Of("allow_autostart")->is, Is::kByEye);
  EXPECT_EQ(looked.Of("grant_nearby_devices"), nullptr);
  EXPECT_EQ(looked.Of("turn_on_location")->is, Is::kGood);
  phone.cut_at = phone.lines.size();
  auto traits = PhoneTraits{.sdk = 29};
  const auto states = LookAtEveryday(phone, traits, looked.checks);
  for (const EverydayState& state : states) {
    EXPECT_NE(state.is, Is::kGood);
    EXPECT_NE(state.is, Is::kOff);
  }
}

TEST(WhoIsWho, TheOneThatRunsIsTaken) {
  FakePhone phone(34, "Google");
  phone.says["pm list"] =
      "package:" + kApp +
      " uid:10143\npackage:nodomain.freeyourgadget.gadgetbridge uid:10144\n"
      "package:com.mi.health uid:10145\npackage:com.android.bluetooth uid:1002\n"
      "package:com.hog uid:10146\n";
  phone.says["pidof nodomain"] = "";
  auto traits = *ReadTraits(phone);
  phone.trips = 0;
  evidence::Finding hog{.id = std::string(evidence::id::kOtherBluetoothApp),
                        .value = true,
                        .text = "com.hog keeps the radio busy; com.mi.health and com.gone too."};
  const std::array findings = {hog};
  WhoIsWho who = FindWhoIsWho(phone, traits, Apps(), {.findings = findings});
  EXPECT_EQ(phone.trips, 1);
  EXPECT_EQ(who.situation.companion, kApp) << who.why;
  EXPECT_THAT(who.candidates, ElementsAre(kApp, "nodomain.freeyourgadget.gadgetbridge"));
  EXPECT_THAT(who.situation.other_companions,
              ElementsAre("nodomain.freeyourgadget.gadgetbridge", "com.mi.health"));
  EXPECT_THAT(who.situation.bluetooth_hogs, ElementsAre("com.hog"));
  EXPECT_EQ(who.situation.companion_listener, kApp + ".push.Listener");
  EXPECT_EQ(who.situation.bluetooth_app, "com.android.bluetooth");
  EXPECT_EQ(traits.TitleOf(kApp), "Zepp Life");

  who = FindWhoIsWho(phone, traits, Apps(), {.companion = "nodomain.freeyourgadget.gadgetbridge"});
  EXPECT_EQ(who.situation.companion, "nodomain.freeyourgadget.gadgetbridge");
  EXPECT_EQ(who.situation.companion_listener, "nodomain.Listener");
  EXPECT_THAT(who.why, HasSubstr("as you said"));
}

// Two that can speak to a band 4, one of them the maker's, one for other bands, and two that are
// none, one of these the phone's own. Both apps run.
struct TwoApps {
  static constexpr const char* kOther = "nodomain.freeyourgadget.gadgetbridge";
  TwoApps() : phone(34, "Google"), apps(Apps()) {
    phone.says["pm list"] =
        "package:" + kApp +
        " uid:10143\npackage:nodomain.freeyourgadget.gadgetbridge uid:10144\n"
        "package:com.mi.health uid:10145\npackage:com.android.bluetooth.services uid:1002\n"
        "package:com.hog uid:10146\npackage:com.google.android.gms uid:10147\n";
    phone.says["dumpsys package"] = "";
    traits = *ReadTraits(phone);
    apps.back().from_maker = true;  // kApp, the last of the list
  }
  WhoIsWho Ask(const Hints& hints) { return FindWhoIsWho(phone, traits, apps, hints); }

  FakePhone phone;
  std::vector<evidence::CompanionApp> apps;
  PhoneTraits traits;
};

TEST(WhoIsWho, WithTheRadioALinkComesBeforeAClientBeforeTheMakersBeforeOneThatRuns) {
  TwoApps two;
  // Not asked of the radio, the order of the list decides among equals.
  EXPECT_EQ(two.Ask({}).situation.companion, TwoApps::kOther);

  const std::vector<RadioUse> silent;
  WhoIsWho who = two.Ask({.radio = silent});
  EXPECT_THAT(who.candidates, ElementsAre(kApp, TwoApps::kOther));
  EXPECT_THAT(who.why, HasSubstr("the maker's"));

  const std::vector<RadioUse> client = {{.package = TwoApps::kOther, .client = true}};
  who = two.Ask({.radio = client});
  EXPECT_THAT(who.candidates, ElementsAre(TwoApps::kOther, kApp));
  EXPECT_THAT(who.why, HasSubstr("uses Bluetooth now"));

  const std::vector<RadioUse> link = {{.package = TwoApps::kOther, .client = true},
                                      {.package = kApp, .client = true, .link = true}};
  // Also when it is the one that does not run.
  two.phone.says["pidof " + kApp] = "=1\n";
  who = two.Ask({.radio = link});
  EXPECT_THAT(who.candidates, ElementsAre(kApp, TwoApps::kOther));
  EXPECT_THAT(who.why, HasSubstr("holds a Bluetooth connection"));

  // Alike on the radio: the one that runs.
  const std::vector<RadioUse> both = {{.package = TwoApps::kOther, .client = true},
                                      {.package = kApp, .client = true}};
  who = two.Ask({.radio = both});
  EXPECT_THAT(who.candidates, ElementsAre(TwoApps::kOther, kApp));
  EXPECT_THAT(who.why, HasSubstr("it is running"));

  // A scan alone says nothing of whose the band is; and the owner knows better than the radio.
  const std::vector<RadioUse> scan = {{.package = TwoApps::kOther, .scanning = true}};
  EXPECT_EQ(two.Ask({.radio = scan}).situation.companion, kApp);
  EXPECT_EQ(two.Ask({.companion = TwoApps::kOther, .radio = link}).situation.companion,
            TwoApps::kOther);
}

TEST(WhoIsWho, BusyAppsThatAreForNoBandAreHogs) {
  TwoApps two;
  const evidence::Finding hog{.id = std::string(evidence::id::kOtherBluetoothApp),
                              .value = true,
                              .text = "com.hog keeps the radio busy, com.google.android.gms too."};
  const std::array findings = {hog};
  const std::vector<RadioUse> busy = {{.package = "com.google.android.gms", .scanning = true},
                                      {.package = "com.gone", .link = true},
                                      {.package = "com.mi.health", .link = true},
                                      {.package = "com.hog", .client = true},
                                      {.package = "", .scanning = true}};
  EXPECT_THAT(two.Ask({.radio = busy}).situation.bluetooth_hogs, IsEmpty());
  EXPECT_THAT(two.Ask({.findings = findings, .radio = busy}).situation.bluetooth_hogs,
              ElementsAre("com.hog"));
  for (const RadioUse& use :
       {RadioUse{.package = "com.hog", .scanning = true}, {.package = "com.hog", .link = true}})
    EXPECT_THAT(two.Ask({.findings = findings, .radio = std::array{use}}).situation.bluetooth_hogs,
                ElementsAre("com.hog"));
}

TEST(WhoIsWho, AnAppForOtherBandsIsAnotherCompanionUnlessItMustSpeak) {
  TwoApps two;
  EXPECT_THAT(two.Ask({.companion = kApp}).situation.other_companions,
              ElementsAre(TwoApps::kOther, "com.mi.health"));
  const Situation must = two.Ask({.companion = kApp, .others_must_speak = true}).situation;
  EXPECT_THAT(must.other_companions, ElementsAre(TwoApps::kOther));
  EXPECT_EQ(must.bluetooth_app, "com.android.bluetooth.services");
}

TEST(WhoIsWho, NoAppIsSaidToBeNone) {
  FakePhone phone(34, "Google");
  phone.says["pm list"] = "package:android uid:1000\n";
  auto traits = *ReadTraits(phone);
  const WhoIsWho who = FindWhoIsWho(phone, traits, Apps(), {});
  EXPECT_EQ(who.situation.companion, "");
  EXPECT_THAT(who.candidates, IsEmpty());
  EXPECT_THAT(who.why, HasSubstr("No app"));
}

TEST(WhoIsWho, PackagesAreFoundInSentences) {
  EXPECT_THAT(PackagesIn("Another app, com.a.b_c, searched for 3.5 of 7.0 minutes. See x.y."),
              ElementsAre("com.a.b_c", "x.y"));
  EXPECT_THAT(PackagesIn("... . 1.2 a"), IsEmpty());
}

}  // namespace
}  // namespace bk::repair
