#include "repair/everyday.h"

#include <algorithm>
#include <array>
#include <map>

namespace bk::repair {
namespace {

constexpr std::string_view kPermission = "android.permission.";
Wanted Granted(const std::string& app, std::string_view name) {
  return {setting::Permission(app, std::string(kPermission) + std::string(name)), "granted"};
}
// Allowed, or never touched.
Wanted Allowed(SettingId op) { return {std::move(op), "allow", {"default"}}; }

void AddPhone(const PhoneTraits& traits, std::vector<EverydayCheck>& checks) {
  checks.push_back({"turn_on_bluetooth",
                    "Bluetooth is always on",
                    "The band has no other way to the phone.",
                    {{setting::Bluetooth(), "on"}}});
  checks.push_back({"turn_off_airplane_mode",
                    "Airplane mode is off",
                    "It switches Bluetooth off on most phones.",
                    {{setting::AirplaneMode(), "off"}}});
  // From Android 12 on 'nearby devices' stands in for location when an app searches.
  if (!traits.AtLeast(31))
    checks.push_back({"turn_on_location",
                      "Location is on",
                      "Until Android 11 an app finds Bluetooth devices only while location is on.",
                      {{setting::Location(), "on"}}});
  checks.push_back(
      {"turn_off_battery_saver",
       "Battery saver is off",
       "It ends apps in the background and holds back their searches.",
       {{setting::BatterySaver(), "off"}, {setting::Global("low_power_sticky"), "0", {"none"}}}});
  checks.push_back(
      {"set_time_automatic",
       "Time and time zone set themselves",
       "A wrong clock gives the band wrong times, and servers refuse it.",
       {{setting::Global("auto_time"), "1"}, {setting::Global("auto_time_zone"), "1"}}});
}

void AddApp(const PhoneTraits& traits, const std::string& app, std::vector<EverydayCheck>& checks) {
  const std::string title = traits.TitleOf(app);
  checks.push_back({"enable_app",
                    title + " is switched on",
                    "A disabled app does nothing.",
                    {{setting::PackageEnabled(app), "enabled"}}});
  checks.push_back({"start_app",
                    title + " has been opened since it was last stopped",
                    "Android does not wake a force-stopped app, so avoid stopping it.",
                    {{setting::Stopped(app), "no"}}});
  checks.push_back({"exempt_from_battery_optimisation",
                    title + " runs without battery limits",
                    "Else Android holds back its syncs while the phone lies still.",
                    {{setting::DozeExempt(app), "yes"}}});
  checks.push_back({"lift_background_restriction",
                    title + " may run in the background",
                    "Else the band is connected only while the app is open.",
                    {Allowed(setting::AppOp(app, "RUN_ANY_IN_BACKGROUND")),
                     Allowed(setting::AppOp(app, "RUN_IN_BACKGROUND")),
                     Allowed(setting::UidOp(app, "RUN_ANY_IN_BACKGROUND")),
                     Allowed(setting::UidOp(app, "RUN_IN_BACKGROUND")),
                     {setting::BackgroundLevel(app), "adaptive_bucket"}}});
  if (traits.AtLeast(31))
    checks.push_back({"grant_nearby_devices",
                      title + " may use nearby devices",
                      "Without it the app can neither find nor connect the band.",
                      {Granted(app, "BLUETOOTH_CONNECT"), Granted(app, "BLUETOOTH_SCAN")}});
  checks.push_back({"grant_location_permission",
                    title + " may use location",
                    "Android ties the search for Bluetooth devices to it.",
                    {Granted(app, "ACCESS_FINE_LOCATION")}});
  checks.push_back(
      {"grant_notifications",
       title + " may show notifications",
       "The lasting notification keeps the app's service alive.",
       {Granted(app, "POST_NOTIFICATIONS"), Allowed(setting::AppOp(app, "POST_NOTIFICATION"))}});
  checks.push_back({"exempt_from_data_saver",
                    title + " may use data in spite of Data Saver",
                    "Else what the band gave reaches the account only while the app is open.",
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
                            traits.TitleOf(app) + " may start by itself",
                            "Else it stays away after the phone was restarted.",
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
        state.differs.push_back(Describe(traits, wanted.setting) + ": " +
                                DescribeValue(wanted.setting, *reading));
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
      situation.companion.empty() ? "the band's app" : traits.TitleOf(situation.companion);
  std::vector<std::string> habits = {
      "Open " + app +
          " once a day for a moment and let it sync, most of all after a long activity.",
      "Do not swipe " + app +
          " away or force-stop it; lock it in the recent apps where the phone can.",
      "Keep few Bluetooth wearables paired at once; pair the band first, earphones after it.",
      "Keep the band above 20 % of its battery, above 50 % for an update.",
  };
  if (traits.maker == "samsung")
    habits.push_back("Put " + app +
                     " among the never sleeping apps: Settings > Battery > Background "
                     "usage limits. No command shows whether it is there.");
  return habits;
}

}  // namespace bk::repair
