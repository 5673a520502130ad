#include "repair/setting.h"

namespace bk::repair::setting {
namespace {

SettingId Id(std::string_view kind, std::string_view a = {}, std::string_view b = {}) {
  std::string text(kind);
  if (!a.empty()) text.append("/").append(a);
  if (!b.empty()) text.append("/").append(b);
  return {std::move(text)};
}

}  // namespace

SettingId Global(std::string_view name) { return Id("global", name); }
SettingId Secure(std::string_view name) { return Id("secure", name); }
SettingId AppOp(std::string_view package, std::string_view op) { return Id("app_op", package, op); }
SettingId UidOp(std::string_view package, std::string_view op) { return Id("uid_op", package, op); }
SettingId Permission(std::string_view package, std::string_view permission) {
  return Id("permission", package, permission);
}
SettingId DozeExempt(std::string_view package) { return Id("doze_exempt", package); }
SettingId DataSaverExempt(std::string_view package) { return Id("data_saver_exempt", package); }
SettingId StandbyBucket(std::string_view package) { return Id("standby_bucket", package); }
SettingId BackgroundLevel(std::string_view package) { return Id("background_level", package); }
SettingId NotificationListener(std::string_view package, std::string_view component_class) {
  return Id("notification_listener", package, component_class);
}
SettingId Closed(std::string_view package) { return Id("closed", package); }
SettingId PackageEnabled(std::string_view package) { return Id("package_enabled", package); }
SettingId Stopped(std::string_view package) { return Id("stopped", package); }
SettingId Bluetooth() { return Id("bluetooth"); }
SettingId AirplaneMode() { return Id("airplane_mode"); }
SettingId BatterySaver() { return Id("battery_saver"); }
SettingId Location() { return Id("location"); }
SettingId DataSaver() { return Id("data_saver"); }
SettingId Running(std::string_view package) { return Id("running", package); }
SettingId ListenerLive(std::string_view package) { return Id("listener_live", package); }
SettingId Bonded(std::string_view address) { return Id("bonded", address); }
SettingId Version(std::string_view package) { return Id("version", package); }
SettingId InstalledAt(std::string_view package) { return Id("installed_at", package); }
SettingId SystemBuild() { return Id("system_build"); }
SettingId Internet() { return Id("internet"); }

}  // namespace bk::repair::setting
