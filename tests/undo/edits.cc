#include "undo/edits.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "simulate/phone/bluetooth/adapter.h"
#include "simulate/phone/log/log.h"
#include "simulate/phone/system/state.h"

namespace bk::undo {
namespace {

using simulate::Android;
using simulate::Package;

class Collector {
 public:
  explicit Collector(const Android& phone) : phone_(phone) {}

  // A row of Android's settings; empty: it is taken away.
  void Row(const char* table, const char* name, std::vector<std::string> values) {
    for (const std::string& value : values)
      Add(fmt::format("{}/{}", table, name), value, {fmt::format("settings/{}/{}", table, name)},
          [=](Android& phone) {
            if (value.empty())
              phone.system.settings[table].erase(name);
            else
              simulate::PutSetting(phone.system, table, name, value);
          });
  }

  void Switches() {
    for (const bool on : {false, true}) {
      Add("location", OnOff(on),
          {"settings/secure/location_mode", "settings/secure/location_providers_allowed"},
          [=](Android& phone) { simulate::SetLocation(phone, on); });
      Add("airplane_mode", OnOff(on), {"settings/global/airplane_mode_on"}, [=](Android& phone) {
        simulate::PutSetting(phone.system, "global", "airplane_mode_on", on ? "1" : "0");
        simulate::SettleAdapter(phone, /*by_page=*/true);
      });
      Add("bluetooth", OnOff(on), {"settings/global/bluetooth_on"}, [=](Android& phone) {
        simulate::SwitchBluetooth(phone, on, "APPLICATION_REQUEST", "com.android.settings");
      });
      Add("data_saver", OnOff(on), {"data_saver"},
          [=](Android& phone) { phone.system.data_saver = on; });
    }
  }

  void Of(const std::string& name) {
    const Package& package = phone_.system.packages.at(name);
    const std::string at = "package/" + name + "/";
    for (const char* op : {"RUN_ANY_IN_BACKGROUND", "RUN_IN_BACKGROUND", "POST_NOTIFICATION",
                           "FINE_LOCATION", "BLUETOOTH_SCAN"}) {
      if (!Knows(op)) continue;
      for (const char* mode : {"", "ignore", "deny"}) {
        Add(name + " " + op, mode, {at + "op/" + op}, [=](Android& phone) {
          auto& ops = phone.system.packages.at(name).ops;
          if (*mode == '\0')
            ops.erase(op);
          else
            ops[op] = mode;
        });
        Add(name + " uid " + op, mode, {at + "uid_op/" + op}, [=](Android& phone) {
          auto& ops = phone.system.packages.at(name).uid_ops;
          if (*mode == '\0')
            ops.erase(op);
          else
            ops[op] = mode;
        });
      }
    }
    for (const auto& [permission, state] : package.permissions)
      for (const bool granted : {false, true})
        Add(name + " " + permission, granted ? "granted" : "denied",
            {at + "permission/" + permission}, [=](Android& phone) {
              phone.system.packages.at(name).permissions.at(permission).granted = granted;
            });
    for (const int bucket : {10, 20, 30, 40, 45}) {
      if (bucket == 45 && phone_.flavour.sdk < simulate::kAndroid12) continue;
      Add(name + " bucket", std::to_string(bucket), {at + "bucket"},
          [=](Android& phone) { phone.system.packages.at(name).bucket = bucket; });
    }
    if (phone_.flavour.sdk >= simulate::kAndroid13)
      for (const char* level : {"", "restricted_bucket"})
        Add(name + " level", level, {at + "background_level"},
            [=](Android& phone) { phone.system.packages.at(name).background_level = level; });
    for (const bool yes : {false, true}) {
      Add(name + " exempt from Doze", OnOff(yes), {"doze_exempt/" + name}, [=](Android& phone) {
        if (yes)
          phone.system.doze_exempt.insert(name);
        else
          phone.system.doze_exempt.erase(name);
      });
      const int uid = package.uid;
      Add(name + " exempt from Data Saver", OnOff(yes),
          {"data_saver_exempt/" + std::to_string(uid)}, [=](Android& phone) {
            if (yes)
              phone.system.data_saver_exempt.insert(uid);
            else
              phone.system.data_saver_exempt.erase(uid);
          });
      if (!package.listener.empty()) {
        const std::string listener = name + "/" + package.listener;
        Add(name + " listener", OnOff(yes),
            {"listener/" + listener, "settings/secure/enabled_notification_listeners"},
            [=](Android& phone) { simulate::SetListener(phone.system, listener, yes); });
      }
      Add(name + " switched off", OnOff(yes), {at + "enabled", at + "disabled_by"},
          [=](Android& phone) {
            Package& of = phone.system.packages.at(name);
            of.enabled = yes ? simulate::Enabled::kDisabledUser : simulate::Enabled::kDefault;
            of.disabled_by = yes ? "com.android.settings" : "";
          });
    }
    Add(name, "stopped", {at + "stopped"},
        [=](Android& phone) { simulate::ForceStop(phone, name); });
    Add(name, "opened", {at + "stopped"},
        [=](Android& phone) { simulate::StartApp(phone, name, /*by_hand=*/true); });
  }

  std::vector<Edit> Take() && { return std::move(edits_); }

 private:
  static std::string OnOff(bool on) { return on ? "on" : "off"; }
  [[nodiscard]] bool Knows(std::string_view op) const {
    const bool newer = op == "RUN_ANY_IN_BACKGROUND" || op == "BLUETOOTH_SCAN";
    return !newer || phone_.flavour.sdk >= simulate::kAndroid9;
  }
  void Add(const std::string& what, const std::string& value, const std::vector<std::string>& names,
           std::function<void(Android&)> apply) {
    const std::string& name = names.front();
    const bool free = (name.starts_with("settings/") && what == name.substr(name.find('/') + 1)) ||
                      name.contains("op/") || name.ends_with("/bucket") ||
                      name.ends_with("/background_level");
    edits_.push_back({.what = what + ": " + (value.empty() ? "none" : value),
                      .names = names,
                      .free_value = free ? std::optional(value) : std::nullopt,
                      .apply = std::move(apply)});
  }

  const Android& phone_;
  std::vector<Edit> edits_;
};

}  // namespace

std::vector<Edit> EditsOf(const Android& phone) {
  Collector all(phone);
  all.Row("global", "auto_time", {"", "0", "1"});
  all.Row("global", "auto_time_zone", {"", "0", "1"});
  all.Row("global", "private_dns_mode", {"", "off", "opportunistic", "hostname"});
  all.Row("global", "low_power", {"0", "1"});
  all.Row("global", "low_power_sticky", {"0", "1"});
  all.Switches();
  all.Of(std::string(kApp));
  all.Of(std::string(kOther));
  all.Of(std::string(simulate::BluetoothPackage(phone)));
  return std::move(all).Take();
}

std::vector<std::string> NamesOf(const Android& phone, const repair::SettingId& setting,
                                 bool derived) {
  std::vector<std::string> parts(1);
  for (const char c : setting.text) {
    if (c == '/' && parts.size() < 3)
      parts.emplace_back();
    else
      parts.back() += c;
  }
  parts.resize(3);
  const auto& [kind, of, rest] = std::tie(parts[0], parts[1], parts[2]);
  const std::string at = "package/" + of + "/";
  if (kind == "global" || kind == "secure" || kind == "system")
    return {"settings/" + kind + "/" + of};
  if (kind == "app_op") return {at + "op/" + rest};
  if (kind == "uid_op") return {at + "uid_op/" + rest};
  if (kind == "permission") return {at + "permission/" + rest};
  if (kind == "doze_exempt") return {"doze_exempt/" + of};
  if (kind == "data_saver_exempt")
    return {"data_saver_exempt/" + std::to_string(phone.system.packages.at(of).uid)};
  if (kind == "standby_bucket") {
    if (!derived) return {at + "bucket"};
    return {at + "bucket", "doze_exempt/" + of};
  }
  if (kind == "background_level") {
    if (!derived) return {at + "background_level"};
    return {at + "background_level", at + "bucket", at + "op/RUN_ANY_IN_BACKGROUND",
            at + "uid_op/RUN_ANY_IN_BACKGROUND", "doze_exempt/" + of};
  }
  if (kind == "notification_listener")
    return {"listener/" + of + "/" + rest, "settings/secure/enabled_notification_listeners"};
  if (kind == "stopped" || kind == "closed") {
    if (!derived) return {at + "stopped"};
    return {at + "stopped", at + "enabled"};
  }
  if (kind == "package_enabled") return {at + "enabled", at + "disabled_by"};
  if (kind == "bluetooth") {
    if (!derived) return {"settings/global/bluetooth_on"};
    return {"settings/global/bluetooth_on", "settings/global/airplane_mode_on"};
  }
  if (kind == "airplane_mode") return {"settings/global/airplane_mode_on"};
  if (kind == "battery_saver") return {"settings/global/low_power"};
  if (kind == "location")
    return {"settings/secure/location_mode", "settings/secure/location_providers_allowed"};
  if (kind == "data_saver") return {"data_saver"};
  return {};
}

}  // namespace bk::undo
