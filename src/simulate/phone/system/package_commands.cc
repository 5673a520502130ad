// `pm`, which is `cmd package`. Source: AOSP, PackageManagerShellCommand.java of Android 8 to 15.
#include <fmt/format.h>

#include <string>
#include <vector>

#include "simulate/phone/bluetooth/adapter.h"
#include "simulate/phone/log/log.h"
#include "simulate/phone/system/names.h"
#include "simulate/phone/system/package_dump.h"
#include "simulate/phone/system/refusal.h"
#include "simulate/phone/system/state.h"
#include "simulate/phone/system/system_programs.h"

namespace bk::simulate {
namespace {

using Words = std::vector<std::string>;

Said ListPackages(const Call& call, Words words) {
  const bool paths = TakeFlag(words, "-f"), uids = TakeFlag(words, "-U"),
             installers = TakeFlag(words, "-i"), versions = TakeFlag(words, "--show-versioncode"),
             disabled = TakeFlag(words, "-d"), enabled = TakeFlag(words, "-e"),
             system = TakeFlag(words, "-s"), others = TakeFlag(words, "-3");
  TakeFlag(words, "-u");
  TakeFlag(words, "-a");
  std::string filter;
  for (const std::string& word : words) {
    if (word.starts_with('-')) return Err("Error: Unknown option: " + word + "\n", 255);
    filter = word;
  }
  std::string out;
  for (const auto& [name, package] : call.phone.system.packages) {
    if (!name.contains(filter)) continue;
    if ((disabled && MayRun(package)) || (enabled && !MayRun(package))) continue;
    if ((system && !package.system) || (others && package.system)) continue;
    out += "package:";
    if (paths) out += package.code_path + "/base.apk=";
    out += name;
    if (versions) out += fmt::format(" versionCode:{}", package.version_code);
    if (installers)
      out += "  installer=" + (package.installer.empty() ? "null" : package.installer);
    if (uids) out += fmt::format(" uid:{}", package.uid);
    out += '\n';
  }
  Said said = Out(std::move(out));
  said.took = std::chrono::milliseconds(90);
  return said;
}

Said List(const Call& call, Words words) {
  const std::string what = words.empty() ? "" : words[0];
  if (!words.empty()) words.erase(words.begin());
  if (what == "packages" || what == "package") return ListPackages(call, std::move(words));
  if (what == "features") {
    std::string out;
    for (const std::string_view feature : kPhoneFeatures)
      out += fmt::format("feature:{}\n", feature);
    return Out(std::move(out));
  }
  if (what == "users") return Out("Users:\n\tUserInfo{0:Owner:c13} running\n");
  return Err(fmt::format("Error: unknown list type '{}'\n", what));
}

// Grants or takes a permission that is asked for while the app runs.
Said SetPermission(const Call& call, const Words& words, bool grant) {
  const std::string verb = grant ? "grant" : "revoke";
  if (SecuritySwitchOff(call.phone))
    return SecurityException(
        call, verb,
        fmt::format("{}RuntimePermission: Neither user 2000 nor current process has "
                    "android.permission.{}_RUNTIME_PERMISSIONS.",
                    verb, grant ? "GRANT" : "REVOKE"));
  if (words.empty()) return Err("Error: no package specified\n", 1);
  if (words.size() < 2) return Err("Error: no permission specified\n", 1);
  Package* package = FindPackage(call.phone.system, words[0]);
  if (package == nullptr)
    return Exception(call, verb, "java.lang.IllegalArgumentException",
                     "Unknown package: " + words[0]);
  const auto permission = package->permissions.find(words[1]);
  if (permission == package->permissions.end()) {
    if (package->install_permissions.contains(words[1]))
      return SecurityException(call, verb,
                               fmt::format("Permission {} requested by {} is not a changeable "
                                           "permission type",
                                           words[1], words[0]));
    return SecurityException(
        call, verb, fmt::format("Package {} has not requested permission {}", words[0], words[1]));
  }
  for (const std::string_view fixed : {"SYSTEM_FIXED", "POLICY_FIXED"})
    if (permission->second.flags.contains(std::string(fixed)))
      return SecurityException(
          call, verb,
          fmt::format("Cannot {} {} permission {} for package {}", verb,
                      fixed == "SYSTEM_FIXED" ? "system fixed" : "policy fixed", words[1],
                      words[0]));
  const bool was = permission->second.granted;
  permission->second.granted = grant;
  constexpr int kPermissionChange = 8;
  if (was && !grant) EndProcess(call.phone, words[0], kPermissionChange, 0, "permissions revoked");
  return Out({});
}

Said Clear(const Call& call, Words words) {
  // Only newer versions know this one. Older ones skip any option that they do not know, and clear
  // everything.
  const bool cache_only = TakeFlag(words, "--cache-only") && call.sdk() >= kAndroid14;
  std::erase_if(words, [](const std::string& word) { return word.starts_with('-'); });
  if (words.empty()) return Err("Error: no package specified\n", 1);
  Package* package = FindPackage(call.phone.system, words[0]);
  if (package == nullptr) return {.out = "Failed\n", .exit = 1};
  if (SecuritySwitchOff(call.phone))
    return SecurityException(call, "clear",
                             fmt::format("PID {} does not have permission android.permission."
                                         "CLEAR_APP_USER_DATA to clear data of package {}",
                                         call.phone.life.next_pid, words[0]));
  if (words[0] == BluetoothPackage(call.phone)) {
    if (cache_only)
      ClearBluetoothCache(call.phone);
    else
      ClearBluetoothData(call.phone);
  } else if (!cache_only) {
    constexpr int kUserRequested = 10;
    EndProcess(call.phone, words[0], kUserRequested, 0, "clear data");
    package->first_run = true;
    package->ops.clear();
    for (auto& [name, permission] : package->permissions) {
      permission.granted = false;
      permission.flags.erase("USER_SET");
      permission.flags.erase("USER_FIXED");
    }
  }
  Said said = Out("Success\n");
  said.took = std::chrono::milliseconds(400);
  return said;
}

Said SetEnabled(const Call& call, const std::string& verb, const Words& words) {
  if (words.empty()) return Err("Error: no package or component specified\n", 1);
  Package* package = FindPackage(call.phone.system, words[0]);
  if (package == nullptr)
    return Exception(call, verb, "java.lang.IllegalArgumentException",
                     "Unknown package: " + words[0]);
  if (verb == "disable" || verb == "disable-until-used")
    return SecurityException(call, verb,
                             fmt::format("Shell cannot change component state for {}/null to {}",
                                         words[0], verb == "disable" ? 2 : 4));
  std::string state;
  if (verb == "enable") {
    package->enabled = Enabled::kEnabled;
    state = "enabled";
  } else if (verb == "default-state") {
    package->enabled = Enabled::kDefault;
    state = "default";
  } else {
    package->enabled = Enabled::kDisabledUser;
    state = "disabled-user";
  }
  package->disabled_by = verb == "disable-user" ? "shell:2000" : "";
  constexpr int kUserRequested = 10, kPackageStateChange = 15;
  if (!MayRun(*package))
    EndProcess(call.phone, words[0],
               call.sdk() >= kAndroid14 ? kPackageStateChange : kUserRequested, 0,
               fmt::format("stop {} due to disable", words[0]));
  return Out(fmt::format("Package {} new state: {}\n", words[0], state));
}

Said Path(const Call& call, const Words& words) {
  const Package* package = words.empty() ? nullptr : FindPackage(call.phone.system, words[0]);
  if (package == nullptr) return Err({}, 1);
  return Out(fmt::format("package:{}/base.apk\n", package->code_path));
}

Said ResolveActivity(const Call& call, Words words) {
  const bool brief = TakeFlag(words, "--brief");
  std::string name;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "-c" || words[i] == "-a" || words[i] == "-d" || words[i] == "-t")
      ++i;
    else if (!words[i].starts_with('-'))
      name = words[i];
  }
  const Package* package = FindPackage(call.phone.system, name);
  if (package == nullptr || package->launcher.empty() || !MayRun(*package))
    return Out("No activity found\n");
  if (!brief)
    return Out(
        fmt::format("priority=0 preferredOrder=0 match=0x108000 specificIndex=-1 isDefault=true\n"
                    "ActivityInfo:\n  name={}\n  packageName={}\n  enabled=true exported=true\n",
                    FullComponent(name, package->launcher).substr(name.size() + 1), name));
  return Out(fmt::format(
      "priority=0 preferredOrder=0 match=0x108000 specificIndex=-1 isDefault=true\n{}\n",
      Component(name, package->launcher)));
}

Said Unstop(const Call& call, const Words& words) {
  Package* package = words.empty() ? nullptr : FindPackage(call.phone.system, words[0]);
  if (package == nullptr) return Err("Error: no package specified\n", 1);
  package->stopped = false;
  return Out({});
}

Said PackageManager(const Call& call) {
  Words words(call.words.begin(), call.words.end());
  const std::string verb = words.empty() ? "" : words[0];
  if (!words.empty()) words.erase(words.begin());
  if (!TakeUser(words))
    return Exception(call, verb, "java.lang.IllegalArgumentException", "Invalid userId");
  if (verb == "list") return List(call, std::move(words));
  if (verb == "grant") return SetPermission(call, words, true);
  if (verb == "revoke") return SetPermission(call, words, false);
  if (verb == "clear") return Clear(call, std::move(words));
  if (verb == "path") return Path(call, words);
  if (verb == "dump") return Out(PackageDump(call.phone, words.empty() ? "" : words[0]));
  if (verb == "resolve-activity") return ResolveActivity(call, std::move(words));
  if (verb == "trim-caches") return words.empty() ? Err("Error: no size specified\n", 1) : Out({});
  if (verb == "unstop" && call.sdk() >= kAndroid15) return Unstop(call, words);
  if (verb == "enable" || verb == "disable" || verb == "disable-user" ||
      verb == "disable-until-used" || verb == "default-state")
    return SetEnabled(call, verb, words);
  if (verb.empty() || verb == "help")
    return Out("Package manager (package) commands:\n  help\n    Print this help text.\n");
  return {.out = fmt::format("Unknown command: {}\n", verb), .exit = 255};
}

Said DumpPackage(const Call& call) {
  std::string only;
  for (const std::string& word : call.words)
    if (!word.starts_with('-') && word != "package") only = word;
  Said said = Out(PackageDump(call.phone, only));
  said.took = std::chrono::milliseconds(only.empty() ? 900 : 60);
  return said;
}

}  // namespace

void AddPackagePrograms(Programs& programs) {
  programs.Add("pm", PackageManager);
  programs.Add("cmd package", PackageManager);
  programs.Add("dumpsys package", DumpPackage);
}

}  // namespace bk::simulate
