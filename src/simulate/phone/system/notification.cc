// `cmd notification`, `dumpsys notification`. Source: AOSP, NotificationManagerService.java,
// ManagedServices.java, PreferencesHelper.java (RankingHelper.java before Android 10).
#include <fmt/format.h>

#include <iterator>
#include <string>
#include <vector>

#include "simulate/phone/system/names.h"
#include "simulate/phone/system/refusal.h"
#include "simulate/phone/system/state.h"
#include "simulate/phone/system/system_programs.h"

namespace bk::simulate {
namespace {

Said AllowListener(const Call& call, bool allow) {
  const std::string component(call.word(1));
  const std::size_t slash = component.find('/');
  if (slash == std::string::npos || slash + 1 == component.size())
    return Err("Invalid listener - must be a ComponentName\n");
  const std::string package = component.substr(0, slash);
  const std::string full = FullComponent(package, std::string_view(component).substr(slash + 1));
  if (SecuritySwitchOff(call.phone) && call.sdk() < kAndroid10)
    return SecurityException(call, "allow_listener", "Permission denial");
  System& system = call.phone.system;
  SetListener(system, full, allow);
  // Only a listener that is there can be bound; its app is started for it.
  const Package* known = FindPackage(system, package);
  const bool real = known != nullptr && FullComponent(package, known->listener) == full;
  if (!allow)
    call.phone.traces.live_listeners.erase(full);
  else if (real && MayRun(*known) &&
           (Running(call.phone, package) || StartApp(call.phone, package, false)))
    call.phone.traces.live_listeners.insert(full);
  return Out({});
}

Said Notification(const Call& call) {
  const std::string_view verb = call.word(0);
  if (verb == "allow_listener") return AllowListener(call, true);
  if (verb == "disallow_listener") return AllowListener(call, false);
  if (verb.empty() || verb == "help") return Out("usage: cmd notification SUBCMD [args]\n");
  return {.out = fmt::format("Unknown command: {}\n", verb), .exit = 255};
}

// Whether the app's notifications are shown at all.
bool Shown(const Android& phone, const Package& package) {
  if (package.notifications_off || OpMode(package, "POST_NOTIFICATION") == "ignore") return false;
  return phone.flavour.sdk < kAndroid13 ||
         !package.permissions.contains("android.permission.POST_NOTIFICATIONS") ||
         Granted(package, "android.permission.POST_NOTIFICATIONS");
}

Said Dump(const Call& call) {
  const Android& phone = call.phone;
  const System& system = phone.system;
  const int sdk = phone.flavour.sdk;
  std::string out = "Current Notification Manager state:\n";
  const auto to = std::back_inserter(out);
  out += "  Notification List:\n";
  for (const auto& [name, process] : phone.life.processes) {
    const Package* package = FindPackage(system, name);
    if (package == nullptr || package->service.empty() || !Shown(phone, *package)) continue;
    fmt::format_to(to,
                   "    NotificationRecord(0x{0}: pkg={1} user=UserHandle{{0}} id=110 tag=null "
                   "importance=2 key=0|{1}|110|null|{2}: Notification(channel=service pri=0 "
                   "contentView=null vibrate=null sound=null defaults=0x0 flags=0x62 color=0x0 "
                   "vis=PRIVATE))\n      uid={2} userId=0\n      flags=0x62\n",
                   HashText(name + "N"), name, package->uid);
  }
  out += "  \n  mUseAttentionLight=true\n  mArchive=Archive (5 notifications)\n";
  out += sdk >= kAndroid10 ? "\n  Preferences Helper:\n    per-package config version: 4\n"
                           : "\n  Ranking Config:\n";
  if (sdk < kAndroid10) out += "    mSignalExtractors.length = 11\n    per-package config:\n";
  if (sdk >= kAndroid10) out += "    PackagePreferences:\n";
  for (const auto& [name, package] : system.packages) {
    fmt::format_to(to, "      AppSettings: {} ({})", name, package.uid);
    if (!Shown(phone, package))
      fmt::format_to(to, " importance=NONE{}", sdk >= kAndroid14 ? " userSet=true" : "");
    else if (sdk >= kAndroid14 && !package.system)
      out += " importance=DEFAULT userSet=true";
    else if (sdk < kAndroid10)
      out += " showBadge=true";
    out += '\n';
    if (!package.system)
      fmt::format_to(to,
                     "        NotificationChannel{{mId='default', mName=D***t, mDescription=, "
                     "mImportance={}, mBypassDnd=false, mLockscreenVisibility=-1000, "
                     "mSound=content://settings/system/notification_sound, mLights=false}}\n",
                     Shown(phone, package) ? 3 : 0);
  }
  out += "\n  Notification listeners:\n    Allowed notification listeners:\n";
  if (!system.listeners.empty()) {
    std::string row;
    for (const std::string& one : system.listeners) row += (row.empty() ? "" : ":") + one;
    fmt::format_to(to, "      {} (user: 0 isPrimary: true{})\n", row,
                   sdk >= kAndroid14 ? " isUserChanged: false" : "");
  }
  fmt::format_to(to, "{}    All notification listeners ({}) enabled for current profiles:\n",
                 sdk >= kAndroid14 ? "(user 0):" : "", system.listeners.size());
  for (const std::string& one : system.listeners)
    fmt::format_to(to, "      ComponentInfo{{{}}}\n", one);
  fmt::format_to(to, "    Live notification listeners ({}):\n",
                 phone.traces.live_listeners.size() + 1);
  fmt::format_to(to,
                 "      ComponentInfo{{com.android.systemui/com.android.systemui.statusbar."
                 "NotificationListener}} (user -1): android.service.notification."
                 "NotificationListenerService$NotificationListenerWrapper@1a2b3c SYSTEM\n");
  for (const std::string& one : phone.traces.live_listeners)
    fmt::format_to(to,
                   "      ComponentInfo{{{}}} (user 0): android.service.notification."
                   "INotificationListener$Stub$Proxy@{}\n",
                   one, HashText(one));
  out +=
      "    Snoozed notification listeners (0):\n    mListenerHints: 0\n"
      "    mListenersDisablingEffects: ()\n\n  Notification assistant services:\n"
      "    Allowed notification assistants:\n    Live notification assistants (0):\n";
  Said said = Out(std::move(out));
  said.took = std::chrono::milliseconds(120);
  return said;
}

}  // namespace

void AddNotificationPrograms(Programs& programs) {
  programs.Add("cmd notification", Notification);
  programs.Add("dumpsys notification", Dump);
}

}  // namespace bk::simulate
