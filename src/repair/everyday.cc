#include "repair/everyday.h"

#include <algorithm>
#include <array>
#include <map>

#include "repair/messages.h"

namespace bk::repair {
namespace {

constexpr const EverydayMessages& kSays = kEverydaySays;

constexpr std::string_view kPermission = "android.permission.";
Wanted Granted(const std::string& app, std::string_view name) {
  return {setting::Permission(app, std::string(kPermission) + std::string(name)), "granted"};
}
// Allowed, or never touched.
Wanted Allowed(SettingId op) { return {std::move(op), "allow", {"default"}}; }

void AddPhone(const PhoneTraits& traits, std::vector<EverydayCheck>& checks) {
  checks.push_back({"turn_on_bluetooth",
                    traits.Say(kSays.bluetooth),
                    traits.Say(kSays.bluetooth_why),
                    {{setting::Bluetooth(), "on"}}});
  checks.push_back({"turn_off_airplane_mode",
                    traits.Say(kSays.airplane),
                    traits.Say(kSays.airplane_why),
                    {{setting::AirplaneMode(), "off"}}});
  // From Android 12 on 'nearby devices' stands in for location when an app searches.
  if (!traits.AtLeast(31))
    checks.push_back({"turn_on_location",
                      traits.Say(kSays.location),
                      traits.Say(kSays.location_why),
                      {{setting::Location(), "on"}}});
  checks.push_back(
      {"turn_off_battery_saver",
       traits.Say(kSays.saver),
       traits.Say(kSays.saver_why),
       {{setting::BatterySaver(), "off"}, {setting::Global("low_power_sticky"), "0", {"none"}}}});
  checks.push_back(
      {"set_time_automatic",
       traits.Say(kSays.time),
       traits.Say(kSays.time_why),
       {{setting::Global("auto_time"), "1"}, {setting::Global("auto_time_zone"), "1"}}});
}

void AddApp(const PhoneTraits& traits, const std::string& app, std::vector<EverydayCheck>& checks) {
  const auto of_app = [&](const Message& message) {
    return traits.Say(message, {{"app", traits.TitleOf(app)}});
  };
  checks.push_back({"enable_app",
                    of_app(kSays.enabled),
                    traits.Say(kSays.enabled_why),
                    {{setting::PackageEnabled(app), "enabled"}}});
  checks.push_back({"start_app",
                    of_app(kSays.opened),
                    traits.Say(kSays.opened_why),
                    {{setting::Stopped(app), "no", {"disabled"}}}});
  checks.push_back({"exempt_from_battery_optimisation",
                    of_app(kSays.doze),
                    traits.Say(kSays.doze_why),
                    {{setting::DozeExempt(app), "yes"}}});
  checks.push_back({"lift_background_restriction",
                    of_app(kSays.background),
                    traits.Say(kSays.background_why),
                    {Allowed(setting::AppOp(app, "RUN_ANY_IN_BACKGROUND")),
                     Allowed(setting::AppOp(app, "RUN_IN_BACKGROUND")),
                     Allowed(setting::UidOp(app, "RUN_ANY_IN_BACKGROUND")),
                     Allowed(setting::UidOp(app, "RUN_IN_BACKGROUND")),
                     {setting::BackgroundLevel(app), "adaptive_bucket"}}});
  if (traits.AtLeast(31))
    checks.push_back({"grant_nearby_devices",
                      of_app(kSays.nearby),
                      traits.Say(kSays.nearby_why),
                      {Granted(app, "BLUETOOTH_CONNECT"), Granted(app, "BLUETOOTH_SCAN")}});
  checks.push_back({"grant_location_permission",
                    of_app(kSays.app_location),
                    traits.Say(kSays.app_location_why),
                    {Granted(app, "ACCESS_FINE_LOCATION")}});
  checks.push_back(
      {"grant_notifications",
       of_app(kSays.notifications),
       traits.Say(kSays.notifications_why),
       {Granted(app, "POST_NOTIFICATIONS"), Allowed(setting::AppOp(app, "POST_NOTIFICATION"))}});
  checks.push_back({"exempt_from_data_saver",
                    of_app(kSays.data),
                    traits.Say(kSays.data_why),
                    {{setting::DataSaverExempt(app), "yes"}},
                    Wanted{setting::DataSaver(), "on"}});
}

// Makers that have a switch of their own for apps that start by themselves.
bool HasAutostart(std::string_view maker) {
  constexpr std::array kMakers = {"xiaomi", "huawei", "honor", "oppo", "realme", "vivo", "oneplus"};
  return std::ranges::find(kMakers, maker) != kMakers.end();
}

bool IsAsWanted(const Wanted& wanted, const SettingValue& value) {
  if (Same(wanted.setting, value, wanted.value)) return true;
  return std::ranges::any_of(wanted.or_any, [&](const std::string& other) {
    return value ? Same(wanted.setting, value, other) : other == "none";
  });
}

}  // namespace

std::vector<EverydayCheck> EverydayChecks(const PhoneTraits& traits, const Situation& situation) {
  std::vector<EverydayCheck> checks;
  AddPhone(traits, checks);
  const std::string& app = situation.companion;
  if (app.empty()) return checks;
  AddApp(traits, app, checks);
  if (HasAutostart(traits.maker)) {
    EverydayCheck autostart{"allow_autostart",
                            traits.Say(kSays.autostart, {{"app", traits.TitleOf(app)}}),
                            traits.Say(kSays.autostart_why),
                            {}};
    if (traits.maker == "xiaomi")
      autostart.wanted = {{setting::AppOp(app, "10008"), "allow"},
                          {setting::AppOp(app, "10053"), "allow"}};
    checks.push_back(std::move(autostart));
  }
  return checks;
}

std::vector<EverydayState> LookAtEveryday(ports::Phone& phone, const PhoneTraits& traits,
                                          std::span<const EverydayCheck> checks) {
  std::vector<SettingId> ids;
  for (const EverydayCheck& check : checks) {
    for (const Wanted& wanted : check.wanted) ids.push_back(wanted.setting);
    if (check.only_while) ids.push_back(check.only_while->setting);
  }
  const std::vector<Reading> readings = ReadSettings(phone, traits, ids);
  std::map<SettingId, const Reading*> by_id;
  for (std::size_t i = 0; i < ids.size(); ++i) by_id[ids[i]] = &readings[i];

  std::vector<EverydayState> states;
  for (const EverydayCheck& check : checks) {
    EverydayState& state = states.emplace_back();
    using Is = EverydayState::Is;
    if (check.only_while) {
      const Reading& when = *by_id[check.only_while->setting];
      if (!when || !IsAsWanted(*check.only_while, *when)) {
        state.is = Is::kNotAsked;
        continue;
      }
    }
    std::size_t seen = 0;
    std::size_t not_here = 0;
    for (const Wanted& wanted : check.wanted) {
      const Reading& reading = *by_id[wanted.setting];
      if (!reading) {
        if (reading.error().why == Refusal::Why::kNotHere)
          ++not_here;
        else if (state.refusal.empty())
          state.refusal = reading.error().sentence;
        continue;
      }
      ++seen;
      if (!IsAsWanted(wanted, *reading))
        state.differs.push_back(traits.Say(
            kSays.differs, {{"what", Describe(traits, wanted.setting)},
                            {"value", DescribeValue(traits, wanted.setting, *reading)}}));
    }
    if (!state.differs.empty())
      state.is = Is::kOff;
    else if (!state.refusal.empty() || check.wanted.empty())
      state.is = Is::kByEye;
    else
      state.is = seen > 0 ? Is::kGood : Is::kNotAsked;
  }
  return states;
}

std::vector<std::string> EverydayHabits(const PhoneTraits& traits, const Situation& situation) {
  const std::string app =
      situation.companion.empty() ? traits.Say(kSays.the_app) : traits.TitleOf(situation.companion);
  const auto say = [&](const Message& message) { return traits.Say(message, {{"app", app}}); };
  std::vector<std::string> habits = {say(kSays.open_daily), say(kSays.do_not_swipe),
                                     say(kSays.few_wearables), say(kSays.battery)};
  if (traits.maker == "samsung") habits.push_back(say(kSays.never_sleeping));
  return habits;
}

}  // namespace bk::repair
