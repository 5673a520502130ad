// Settings and values in plain words.
#include <algorithm>
#include <array>
#include <utility>

#include "repair/settings/kind.h"
#include "repair/settings/reply.h"

namespace bk::repair {
namespace {

using kinds::Parts;
using Word = std::pair<std::string_view, std::string_view>;

template <std::size_t N>
std::string_view Look(const std::array<Word, N>& words, std::string_view name) {
  const auto found = std::ranges::find(words, name, &Word::first);
  return found == words.end() ? std::string_view{} : found->second;
}

constexpr std::array kRows = {
    Word{"auto_time", "Automatic time"},
    Word{"auto_time_zone", "Automatic time zone"},
    Word{"private_dns_mode", "Private DNS"},
    Word{"private_dns_specifier", "Private DNS server"},
    Word{"low_power_sticky", "Battery saver, again after charging"},
    Word{"ble_scan_always_enabled", "Bluetooth scanning while Bluetooth is off"},
    Word{"stay_on_while_plugged_in", "Screen stays on while charging"},
};
constexpr std::array kSwitchRows = {"auto_time", "auto_time_zone", "low_power_sticky",
                                    "ble_scan_always_enabled"};

constexpr std::array kOps = {
    Word{"RUN_ANY_IN_BACKGROUND", "may run in the background"},
    Word{"RUN_IN_BACKGROUND", "may start work in the background"},
    Word{"START_FOREGROUND", "may keep a lasting service"},
    Word{"WAKE_LOCK", "may keep the phone awake during a transfer"},
    Word{"FINE_LOCATION", "use of precise location"},
    Word{"COARSE_LOCATION", "use of rough location"},
    Word{"POST_NOTIFICATION", "may show notifications"},
    Word{"10008", "may start by itself"},
    Word{"10053", "may be started by other apps"},
};

constexpr std::array kPermissions = {
    Word{"android.permission.BLUETOOTH_CONNECT", "permission for nearby devices (connect)"},
    Word{"android.permission.BLUETOOTH_SCAN", "permission for nearby devices (search)"},
    Word{"android.permission.BLUETOOTH_ADVERTISE", "permission for nearby devices (be seen)"},
    Word{"android.permission.ACCESS_FINE_LOCATION", "permission for precise location"},
    Word{"android.permission.ACCESS_COARSE_LOCATION", "permission for rough location"},
    Word{"android.permission.ACCESS_BACKGROUND_LOCATION", "permission for location all the time"},
    Word{"android.permission.POST_NOTIFICATIONS", "permission to show notifications"},
};

// After "<app>: "; the whole phrase for kinds of the phone.
constexpr std::array kKindWords = {
    Word{"doze_exempt", "free of battery limits"},
    Word{"data_saver_exempt", "free of Data Saver"},
    Word{"standby_bucket", "standby class"},
    Word{"background_level", "background limits"},
    Word{"notification_listener", "access to notifications"},
    Word{"package_enabled", "switched on"},
    Word{"stopped", "stopped"},
    Word{"closed", "closed"},
    Word{"running", "running"},
    Word{"listener_live", "hears notifications"},
    Word{"version", "version"},
    Word{"installed_at", "installed on"},
    Word{"bluetooth", "Bluetooth"},
    Word{"airplane_mode", "Airplane mode"},
    Word{"battery_saver", "Battery saver"},
    Word{"location", "Location"},
    Word{"data_saver", "Data Saver"},
    Word{"bonded", "The band in Android's list of paired devices"},
    Word{"system_build", "The phone's system"},
    Word{"internet", "The phone's internet"},
};

constexpr std::array kBuckets = {Word{"5", "exempt"},       Word{"10", "active"},
                                 Word{"20", "working set"}, Word{"30", "frequent"},
                                 Word{"40", "rare"},        Word{"45", "restricted"},
                                 Word{"50", "never"}};
constexpr std::array kLevels = {Word{"unrestricted", "none"},
                                Word{"exempted", "none"},
                                Word{"adaptive_bucket", "by use"},
                                Word{"restricted_bucket", "restricted"},
                                Word{"background_restricted", "restricted"},
                                Word{"hibernation", "asleep"}};
constexpr std::array kModes = {Word{"allow", "yes"},
                               Word{"ignore", "no"},
                               Word{"deny", "no"},
                               Word{"default", "not set"},
                               Word{"foreground", "only while open"},
                               Word{"ask", "asks"}};
constexpr std::array kDns = {Word{"off", "off"}, Word{"opportunistic", "automatic"},
                             Word{"hostname", "a server of its own"}};
constexpr std::array kEnabled = {Word{"default", "yes"}, Word{"enabled", "yes"},
                                 Word{"disabled", "no"}, Word{"disabled-user", "no"},
                                 Word{"disabled-until-used", "not until it is opened"}};

bool IsOfAnApp(const Parts& parts) { return !parts.of[0].empty() && parts.kind != "bonded"; }

// Without the app's name.
std::string Phrase(const Parts& parts) {
  const auto or_name = [](std::string_view words, std::string_view before, std::string_view name) {
    return words.empty() ? std::string(before) + std::string(name) : std::string(words);
  };
  if (parts.kind == "app_op" || parts.kind == "uid_op")
    return or_name(Look(kOps, parts.of[1]), "app switch ", parts.of[1]);
  if (parts.kind == "permission")
    return or_name(Look(kPermissions, parts.of[1]), "permission ", parts.of[1]);
  if (parts.kind == "global" || parts.kind == "secure" || parts.kind == "system")
    return or_name(Look(kRows, parts.of[0]), "Android's setting ", parts.of[0]);
  return std::string(Look(kKindWords, parts.kind));
}

}  // namespace

std::string Describe(const PhoneTraits& traits, const SettingId& id) {
  Parts parts;
  if (kinds::Find(id, parts) == nullptr) return Printable(id.text);
  const bool row = parts.kind == "global" || parts.kind == "secure" || parts.kind == "system";
  return row || !IsOfAnApp(parts) ? Phrase(parts)
                                  : traits.TitleOf(parts.of[0]) + ": " + Phrase(parts);
}

std::string DescribeValue(const SettingId& id, const SettingValue& value) {
  Parts parts;
  if (kinds::Find(id, parts) == nullptr) return value ? Printable(*value) : "not set";
  if (!value)
    return parts.kind == "version" || parts.kind == "installed_at" ? "not there" : "not set";
  std::string_view words;
  if (parts.kind == "app_op" || parts.kind == "uid_op") words = Look(kModes, *value);
  if (parts.kind == "standby_bucket") words = Look(kBuckets, *value);
  if (parts.kind == "background_level") words = Look(kLevels, *value);
  if (parts.kind == "package_enabled") words = Look(kEnabled, *value);
  if (parts.kind == "permission") words = *value == "granted" ? "allowed" : "not allowed";
  if (parts.of[0] == "private_dns_mode") words = Look(kDns, *value);
  if (parts.kind == "global" && std::ranges::find(kSwitchRows, parts.of[0]) != kSwitchRows.end()) {
    if (*value == "0") words = "off";
    if (*value == "1") words = "on";
  }
  return words.empty() ? Printable(*value) : std::string(words);
}

std::string DescribeChange(const PhoneTraits& traits, const SettingId& id, const SettingValue& from,
                           const SettingValue& to) {
  std::string was = DescribeValue(id, from);
  std::string is = DescribeValue(id, to);
  // Two modes that one word stands for ("ignore" and "deny") are told apart by their own names.
  if (was == is && from != to) {
    if (from) was += " [" + Printable(*from) + "]";
    if (to) is += " [" + Printable(*to) + "]";
  }
  return Describe(traits, id) + ": " + was + " → " + is;
}

std::string_view Caveat(const PhoneTraits& traits, const SettingId& id, const SettingValue& to) {
  if (id == setting::AirplaneMode() && to == "off" && !traits.AtLeast(30))
    return "On this Android only Bluetooth follows by itself. If calls or mobile data stay away, "
           "switch airplane mode on and off once by hand.";
  if (id == setting::BatterySaver() && to == "on")
    return "Android keeps battery saver off while the phone charges: switch it on yourself when "
           "the cable is out.";
  Parts parts;
  if (kinds::Find(id, parts) == nullptr) return {};
  if (parts.kind == "doze_exempt" && to == "yes" && traits.maker == "xiaomi")
    return "Xiaomi's system may take the app off this list again: look once more tomorrow.";
  if ((parts.kind == "doze_exempt" || parts.kind == "app_op") && traits.maker == "samsung" &&
      (to == "yes" || to == "allow"))
    return "Samsung puts apps that are seldom opened back to sleep, unless they are among the "
           "never sleeping apps.";
  return {};
}

}  // namespace bk::repair
