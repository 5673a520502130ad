#include "loop/flat_system.h"

namespace bk::loop {
namespace {

void Flatten(const std::string& at, const simulate::Package& package, FlatSystem& flat) {
  const auto put = [&](const char* name, const auto& value) {
    if constexpr (std::is_convertible_v<decltype(value), std::string>)
      flat[at + name] = value;
    else
      flat[at + name] = std::to_string(value);
  };
  put("label", package.label);
  put("version_name", package.version_name);
  put("version_code", package.version_code);
  put("target_sdk", package.target_sdk);
  put("uid", package.uid);
  put("system", package.system);
  put("stopped", package.stopped);
  put("enabled", static_cast<int>(package.enabled));
  put("disabled_by", package.disabled_by);
  put("launcher", package.launcher);
  put("listener", package.listener);
  put("service", package.service);
  put("installer", package.installer);
  put("installed_at", package.installed_at);
  put("updated_at", package.updated_at);
  put("code_path", package.code_path);
  put("bucket", package.bucket);
  put("background_level", package.background_level);
  put("notifications_off", package.notifications_off);
  put("autostart", package.autostart);
  put("asleep", package.asleep);
  put("first_run", package.first_run);
  for (const auto& [name, permission] : package.permissions) {
    flat[at + "permission/" + name] = permission.granted ? "granted" : "denied";
    for (const std::string& flag : permission.flags)
      flat[at + "permission_flag/" + name + "/" + flag] = "set";
  }
  for (const std::string& name : package.install_permissions)
    flat[at + "install_permission/" + name] = "held";
  for (const auto& [op, mode] : package.ops) flat[at + "op/" + op] = mode;
  for (const auto& [op, mode] : package.uid_ops) flat[at + "uid_op/" + op] = mode;
}

}  // namespace

FlatSystem Flatten(const simulate::System& system) {
  FlatSystem flat;
  for (const auto& [table, rows] : system.settings)
    for (const auto& [name, value] : rows) flat["settings/" + table + "/" + name] = value;
  for (const auto& [name, value] : system.properties) flat["property/" + name] = value;
  for (const auto& [name, value] : system.flags) flat["flag/" + name] = value;
  for (const auto& [name, package] : system.packages)
    Flatten("package/" + name + "/", package, flat);
  for (const std::string& name : system.doze_exempt) flat["doze_exempt/" + name] = "yes";
  for (const std::string& name : system.doze_exempt_system) flat["doze_system/" + name] = "yes";
  for (const int uid : system.data_saver_exempt)
    flat["data_saver_exempt/" + std::to_string(uid)] = "yes";
  for (const int uid : system.data_denied) flat["data_denied/" + std::to_string(uid)] = "yes";
  for (const std::string& name : system.listeners) flat["listener/" + name] = "yes";
  for (const simulate::Association& one : system.associations)
    flat["association/" + one.package + "/" + one.address] = "yes";
  flat["network/connected"] = std::to_string(system.network.connected);
  flat["network/validated"] = std::to_string(system.network.validated);
  flat["network/vpn"] = system.network.vpn;
  flat["data_saver"] = std::to_string(system.data_saver);
  flat["doze_forced"] = std::to_string(system.doze_forced);
  flat["battery_percent"] = std::to_string(system.battery_percent);
  flat["battery_temperature"] = std::to_string(system.battery_temperature);
  flat["plugged"] = std::to_string(system.plugged);
  flat["screen_on"] = std::to_string(system.screen_on);
  flat["locked"] = std::to_string(system.locked);
  flat["booted"] = std::to_string(system.booted);
  return flat;
}

std::set<std::string> Differing(const FlatSystem& a, const FlatSystem& b) {
  std::set<std::string> names;
  for (const auto& [name, value] : a)
    if (const auto other = b.find(name); other == b.end() || other->second != value)
      names.insert(name);
  for (const auto& [name, value] : b)
    if (!a.contains(name)) names.insert(name);
  return names;
}

}  // namespace bk::loop
