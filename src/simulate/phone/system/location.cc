// `cmd location`, `dumpsys location`. Source: AOSP, LocationManagerService.java,
// LocationShellCommand.java; which versions print which heading from phones of Android 8, 10
// and 14.
#include <fmt/format.h>

#include <string>
#include <vector>

#include "simulate/phone/system/names.h"
#include "simulate/phone/system/refusal.h"
#include "simulate/phone/system/state.h"
#include "simulate/phone/system/system_programs.h"

namespace bk::simulate {
namespace {

std::string OldDump(const Android& phone) {
  const Package* gms = FindPackage(phone.system, "com.google.android.gms");
  const int uid = gms == nullptr ? 10'016 : gms->uid;
  std::string out = "Current Location Manager state:\n";
  if (phone.flavour.sdk >= kAndroid9)
    out += fmt::format("  Location mode: {}\n", LocationOn(phone.system));
  out += "  Location Listeners:\n";
  out += fmt::format(
      "    Reciever[b6bc31e listener UpdateRecord[passive com.google.android.gms({} foreground) "
      "Request[POWER_NONE passive fastest=0]]]\n",
      uid);
  out += "  Active Records by Provider:\n    passive:\n";
  out += fmt::format(
      "      UpdateRecord[passive com.google.android.gms({} foreground) Request[POWER_NONE passive "
      "fastest=0]]\n",
      uid);
  out += "  Last Known Locations:\n  Last Known Locations Coarse Intervals:\n  Geofences:\n";
  if (phone.flavour.sdk < kAndroid9) {
    out += "  Enabled Providers:\n    passive\n";
    if (LocationOn(phone.system)) out += "    network\n    gps\n    fused\n";
  } else {
    out += fmt::format("  Location Providers:\n    gps provider:\n      enabled={}\n",
                       LocationOn(phone.system));
  }
  out += "  mWhitelist=[] mBlacklist=[]\n";
  if (phone.flavour.sdk >= kAndroid9)
    out += fmt::format("  Battery Saver Location Mode: {}\n",
                       BatterySaver(phone.system) ? "GPS_DISABLED_WHEN_SCREEN_OFF" : "NO_CHANGE");
  out += "  fudger: offset: -625, 314 (meters)\ngps Internal State:\n  mStarted=false\n";
  return out;
}

std::string NewDump(const Android& phone) {
  const bool on = LocationOn(phone.system);
  const Package* gms = FindPackage(phone.system, "com.google.android.gms");
  const int uid = gms == nullptr ? 10'082 : gms->uid;
  std::string out = "Location Manager State:\n  User Info:\n    current users: u[0]\n";
  out += fmt::format(
      "  Location Settings:\n    Location Setting: {}\n    Location Allow/Deny Packages:\n"
      "    Throttling Allow Packages:\n      com.google.android.gms\n",
      on);
  out += fmt::format("    Battery Saver Location Mode: {}\n",
                     BatterySaver(phone.system) ? "FOREGROUND_ONLY" : "NO_CHANGE");
  out += "  Location Providers:\n";
  for (const std::string_view provider : {"passive", "network", "fused", "gps"}) {
    const bool enabled = on || provider == "passive";
    out += fmt::format(
        "    {} provider:\n      service: {}\n      last location=null\n      enabled={}\n"
        "      allowed={}\n      identity={}/com.google.android.gms\n"
        "      properties=ProviderProperties[powerUsage=Low, accuracy=Fine]\n",
        provider, provider == "passive" ? "registered" : "ProviderRequest[OFF]", enabled, enabled,
        uid);
  }
  out +=
      "  Historical Aggregate Location Provider Data:\n  GNSS Manager:\n    Capabilities: "
      "[SCHEDULING, MSB, MSA, SINGLE_SHOT]\n";
  return out;
}

Said Location(const Call& call) {
  std::vector<std::string> words(call.words.begin(), call.words.end());
  if (!TakeUser(words))
    return Exception(call, "location", "java.lang.IllegalArgumentException", "Invalid user");
  const std::string verb = words.empty() ? "" : words[0];
  if (verb == "is-location-enabled") return Out(fmt::format("{}\n", LocationOn(call.phone.system)));
  if (verb == "set-location-enabled") {
    if (words.size() < 2 || (words[1] != "true" && words[1] != "false"))
      return Exception(call, verb, "java.lang.IllegalArgumentException",
                       "Argument expected after \"set-location-enabled\"");
    if (SecuritySwitchOff(call.phone))
      return SecurityException(call, verb,
                               "Permission denial: writing to settings requires:"
                               "android.permission.WRITE_SECURE_SETTINGS");
    SetLocation(call.phone, words[1] == "true");
    return Out({});
  }
  if (verb.empty() || verb == "help")
    return Out("Location service commands:\n  help or -h\n    Print this help text.\n");
  return {.out = fmt::format("Unknown command: {}\n", verb), .exit = 255};
}

}  // namespace

void AddLocationPrograms(Programs& programs) {
  programs.Add("cmd location", Location, kAndroid12);
  programs.Add(
      "dumpsys location", [](const Call& call) { return Out(OldDump(call.phone)); }, kAnySdk,
      kAndroid12 - 1);
  programs.Add(
      "dumpsys location", [](const Call& call) { return Out(NewDump(call.phone)); }, kAndroid12);
}

}  // namespace bk::simulate
