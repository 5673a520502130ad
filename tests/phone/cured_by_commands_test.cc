// The shell commands that a tool without root has, against the injected faults: what they change
// must reach the simulated life, and nothing else must.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "simulate/phone/faults/inject.h"
#include "simulate/phone/life/advance.h"
#include "simulate/phone/setup/make_android.h"
#include "simulate/phone/sim_phone.h"

namespace bk {
namespace {

using namespace std::chrono_literals;
using simulate::Android;
using simulate::Maker;

struct Cure {
  std::string_view cause;
  std::vector<std::string> commands;  // PKG, UID, LISTENER are put in; "reboot" restarts
  std::uint64_t seed = 1;
  int since = 34;
};

std::string Filled(std::string line, const Android& phone) {
  const std::string& package = phone.life.companion;
  const simulate::Package& app = phone.system.packages.at(package);
  for (const auto& [name, value] : {std::pair<std::string, std::string>{"PKG", package},
                                    {"UID", std::to_string(app.uid)},
                                    {"LISTENER", package + "/" + app.listener}})
    for (std::size_t at = line.find(name); at != std::string::npos; at = line.find(name))
      line.replace(at, name.size(), value);
  return line;
}

int WellMoments(simulate::SimPhones& phones, bool notifications) {
  int well = 0;
  for (int i = 0; i < 6; ++i) {
    phones.Pass(10min);
    const Android& phone = phones.phone();
    well += notifications ? simulate::NotificationsArrive(phone)
                          : simulate::Healthy(phone, phone.clock.wall - 20min);
  }
  return well;
}

TEST(CuredByCommands, EachFaultByItsOwn) {
  const std::string start = "monkey -p PKG -c android.intent.category.LAUNCHER 1";
  const std::vector<Cure> cures = {
      {"bluetooth_off", {"cmd bluetooth_manager enable"}},
      {"airplane_mode", {"cmd connectivity airplane-mode disable"}},
      {"bluetooth_clients_exhausted",
       {"cmd bluetooth_manager disable", "cmd bluetooth_manager wait-for-state:STATE_OFF",
        "cmd bluetooth_manager enable"}},
      {"battery_saver_active", {"settings put global low_power 0"}},
      {"location_services_off", {"settings put secure location_mode 3"}},
      {"location_permission_missing",
       {"pm grant PKG android.permission.ACCESS_FINE_LOCATION", start}},
      {"nearby_devices_permission_missing",
       {"pm grant PKG android.permission.BLUETOOTH_SCAN",
        "pm grant PKG android.permission.BLUETOOTH_CONNECT", start}},
      {"app_stopped_or_disabled", {"pm enable PKG", start}},
      {"data_saver_blocks_app", {"cmd netpolicy add restrict-background-whitelist UID"}},
      {"phone_clock_wrong",
       {"settings put global auto_time 1", "settings put global auto_time_zone 1"}},
      {"competing_app", {"am force-stop nodomain.freeyourgadget.gadgetbridge"}},
      {"other_app_hogs_bluetooth", {"am force-stop com.example.finder"}},
      {"bluetooth_stack_glitch", {"reboot"}},
  };
  for (const Cure& cure : cures) {
    SCOPED_TRACE(cure.cause);
    Android phone = simulate::MakeAndroid(34, Maker::kStock, 3);
    simulate::Advance(phone, 10min);
    ASSERT_TRUE(simulate::Inject(phone, cure.cause, cure.seed));
    simulate::SimPhones phones(phone);
    phones.Pass(20min);
    EXPECT_LE(WellMoments(phones, false), 2);
    auto open = phones.Open("");
    ASSERT_TRUE(open.has_value());
    for (const std::string& command : cure.commands) {
      if (command == "reboot") {
        ASSERT_TRUE((*open)->Restart().has_value());
        ASSERT_TRUE((*open)->WaitUntilReady(2min).has_value());
        continue;
      }
      const std::string line = Filled(command, phones.phone());
      const auto answer = (*open)->Run({.line = line, .time_out = 20s});
      EXPECT_EQ(answer.exit, 0) << line << ": " << answer.out << answer.err;
    }
    phones.Pass(20min);
    EXPECT_GE(WellMoments(phones, false), 5);
  }
}

TEST(CuredByCommands, WhereASettingTakesEffectOnlyTogether) {
  // Android's own restriction: the op alone, the exemption alone.
  Android phone = simulate::MakeAndroid(34, Maker::kStock, 4);
  simulate::Advance(phone, 10min);
  phone.system.doze_exempt.erase(phone.life.companion);
  phone.system.packages[phone.life.companion].ops["RUN_ANY_IN_BACKGROUND"] = "ignore";
  simulate::SimPhones phones(phone);
  phones.Pass(20min);
  EXPECT_EQ(WellMoments(phones, false), 0);
  auto open = phones.Open("");
  ASSERT_TRUE(open.has_value());
  (*open)->Run({.line = Filled("cmd deviceidle whitelist +PKG", phones.phone())});
  EXPECT_EQ(WellMoments(phones, false), 0);  // restricted all the same
  (*open)->Run({.line = Filled("appops set PKG RUN_ANY_IN_BACKGROUND allow", phones.phone())});
  phones.Pass(20min);
  EXPECT_GE(WellMoments(phones, false), 5);
}

TEST(CuredByCommands, ADeadListenerIsBoundWhenItsAccessIsGivenAnew) {
  Android phone = simulate::MakeAndroid(34, Maker::kStock, 5);
  simulate::Advance(phone, 10min);
  ASSERT_TRUE(simulate::NotificationsArrive(phone));
  ASSERT_TRUE(simulate::Inject(phone, "notification_listener_unbound", 1));
  simulate::SimPhones phones(phone);
  EXPECT_EQ(WellMoments(phones, true), 0);
  auto open = phones.Open("");
  ASSERT_TRUE(open.has_value());
  for (const char* verb : {"disallow_listener", "allow_listener"})
    (*open)->Run(
        {.line = Filled("cmd notification " + std::string(verb) + " LISTENER", phones.phone())});
  EXPECT_EQ(WellMoments(phones, true), 6);
}

TEST(CuredByCommands, TheLogCanBeFollowedUntilTheSync) {
  Android phone = simulate::MakeAndroid(34, Maker::kStock, 6);
  simulate::Advance(phone, 10min);
  simulate::SimPhones phones(phone);
  auto open = phones.Open("");
  ASSERT_TRUE(open.has_value());
  bool synced = false;
  (*open)->Follow({.line = "logcat -T 1 -b main,system", .time_out = 30min},
                  [&](std::string_view text) {
                    synced = synced || text.find("sync: done") != std::string_view::npos;
                    return !synced;
                  });
  EXPECT_TRUE(synced);
}

}  // namespace
}  // namespace bk
