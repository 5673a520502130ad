// Settings and values in plain words.
#include <algorithm>
#include <array>
#include <utility>

#include "repair/messages.h"
#include "repair/settings/kind.h"
#include "repair/settings/reply.h"

namespace bk::repair {
namespace {

using kinds::Parts;
using Word = std::pair<std::string_view, const Message*>;

constexpr const SettingMessages& kNames = kSettingSays;
constexpr const ValueMessages& kValues = kValueSays;

template <std::size_t N>
const Message* Look(const std::array<Word, N>& words, std::string_view name) {
  const auto found = std::ranges::find(words, name, &Word::first);
  return found == words.end() ? nullptr : found->second;
}

constexpr std::array kRows = {
    Word{"auto_time", &kNames.auto_time},
    Word{"auto_time_zone", &kNames.auto_time_zone},
    Word{"private_dns_mode", &kNames.private_dns_mode},
    Word{"private_dns_specifier", &kNames.private_dns_server},
    Word{"low_power_sticky", &kNames.saver_sticky},
    Word{"ble_scan_always_enabled", &kNames.scan_always},
    Word{"stay_on_while_plugged_in", &kNames.stay_on},
};
constexpr std::array kSwitchRows = {"auto_time", "auto_time_zone", "low_power_sticky",
                                    "ble_scan_always_enabled"};

constexpr std::array kOps = {
    Word{"RUN_ANY_IN_BACKGROUND", &kNames.run_in_background},
    Word{"RUN_IN_BACKGROUND", &kNames.start_work},
    Word{"START_FOREGROUND", &kNames.lasting_service},
    Word{"WAKE_LOCK", &kNames.wake_lock},
    Word{"FINE_LOCATION", &kNames.use_precise},
    Word{"COARSE_LOCATION", &kNames.use_rough},
    Word{"POST_NOTIFICATION", &kNames.may_notify},
    Word{"10008", &kNames.start_itself},
    Word{"10053", &kNames.started_by_others},
};

constexpr std::array kPermissions = {
    Word{"android.permission.BLUETOOTH_CONNECT", &kNames.nearby_connect},
    Word{"android.permission.BLUETOOTH_SCAN", &kNames.nearby_search},
    Word{"android.permission.BLUETOOTH_ADVERTISE", &kNames.nearby_seen},
    Word{"android.permission.ACCESS_FINE_LOCATION", &kNames.precise_location},
    Word{"android.permission.ACCESS_COARSE_LOCATION", &kNames.rough_location},
    Word{"android.permission.ACCESS_BACKGROUND_LOCATION", &kNames.location_always},
    Word{"android.permission.POST_NOTIFICATIONS", &kNames.show_notifications},
};

// After "<app>: "; the whole phrase for kinds of the phone.
constexpr std::array kKindWords = {
    Word{"doze_exempt", &kNames.doze_exempt},
    Word{"data_saver_exempt", &kNames.data_saver_exempt},
    Word{"standby_bucket", &kNames.standby_bucket},
    Word{"background_level", &kNames.background_level},
    Word{"notification_listener", &kNames.notification_listener},
    Word{"package_enabled", &kNames.package_enabled},
    Word{"stopped", &kNames.stopped},
    Word{"closed", &kNames.closed},
    Word{"running", &kNames.running},
    Word{"listener_live", &kNames.listener_live},
    Word{"version", &kNames.version},
    Word{"installed_at", &kNames.installed_at},
    Word{"bluetooth", &kNames.bluetooth},
    Word{"airplane_mode", &kNames.airplane_mode},
    Word{"battery_saver", &kNames.battery_saver},
    Word{"location", &kNames.location},
    Word{"data_saver", &kNames.data_saver},
    Word{"bonded", &kNames.bonded},
    Word{"system_build", &kNames.system_build},
    Word{"internet", &kNames.internet},
};

constexpr std::array kBuckets = {Word{"5", &kValues.exempt},       Word{"10", &kValues.active},
                                 Word{"20", &kValues.working_set}, Word{"30", &kValues.frequent},
                                 Word{"40", &kValues.rare},        Word{"45", &kValues.restricted},
                                 Word{"50", &kValues.never}};
constexpr std::array kLevels = {Word{"unrestricted", &kValues.none},
                                Word{"exempted", &kValues.none},
                                Word{"adaptive_bucket", &kValues.by_use},
                                Word{"restricted_bucket", &kValues.restricted},
                                Word{"background_restricted", &kValues.restricted},
                                Word{"hibernation", &kValues.asleep}};
constexpr std::array kModes = {Word{"allow", &kValues.yes},
                               Word{"ignore", &kValues.no},
                               Word{"deny", &kValues.no},
                               Word{"default", &kValues.not_set},
                               Word{"foreground", &kValues.while_open},
                               Word{"ask", &kValues.asks}};
constexpr std::array kDns = {Word{"off", &kValues.off}, Word{"opportunistic", &kValues.automatic},
                             Word{"hostname", &kValues.own_server}};
constexpr std::array kEnabled = {Word{"default", &kValues.yes}, Word{"enabled", &kValues.yes},
                                 Word{"disabled", &kValues.no}, Word{"disabled-user", &kValues.no},
                                 Word{"disabled-until-used", &kValues.until_opened}};

constexpr std::array kSwitches = {Word{"yes", &kValues.yes},
                                  Word{"no", &kValues.no},
                                  Word{"on", &kValues.on},
                                  Word{"off", &kValues.off},
                                  Word{"changing", &kValues.changing},
                                  Word{"disabled", &kValues.off}};
// Kinds whose value is the phone's own text.
constexpr std::array<std::string_view, 6> kTexts = {"global",  "secure",       "system",
                                                    "version", "installed_at", "system_build"};

bool IsOfAnApp(const Parts& parts) { return !parts.of[0].empty() && parts.kind != "bonded"; }

// Without the app's name.
std::string Phrase(const PhoneTraits& traits, const Parts& parts) {
  const auto or_name = [&](const Message* words, const Message& other, std::string_view name) {
    return words != nullptr ? traits.Say(*words) : traits.Say(other, {{"name", name}});
  };
  if (parts.kind == "app_op" || parts.kind == "uid_op")
    return or_name(Look(kOps, parts.of[1]), kNames.other_op, parts.of[1]);
  if (parts.kind == "permission")
    return or_name(Look(kPermissions, parts.of[1]), kNames.other_permission, parts.of[1]);
  if (parts.kind == "global" || parts.kind == "secure" || parts.kind == "system")
    return or_name(Look(kRows, parts.of[0]), kNames.other_row, parts.of[0]);
  const Message* const words = Look(kKindWords, parts.kind);
  return words == nullptr ? std::string(parts.kind) : traits.Say(*words);
}

const Message* ValueWords(const Parts& parts, const std::string& value) {
  if (parts.kind == "app_op" || parts.kind == "uid_op") return Look(kModes, value);
  if (parts.kind == "standby_bucket") return Look(kBuckets, value);
  if (parts.kind == "background_level") return Look(kLevels, value);
  if (parts.kind == "package_enabled") return Look(kEnabled, value);
  if (parts.kind == "permission")
    return value == "granted" ? &kValues.allowed : &kValues.not_allowed;
  if (parts.of[0] == "private_dns_mode") return Look(kDns, value);
  if (parts.kind == "global" && std::ranges::find(kSwitchRows, parts.of[0]) != kSwitchRows.end())
    return value == "0" ? &kValues.off : value == "1" ? &kValues.on : nullptr;
  if (std::ranges::find(kTexts, parts.kind) != kTexts.end()) return nullptr;
  return Look(kSwitches, value);
}

}  // namespace

std::string Describe(const PhoneTraits& traits, const SettingId& id) {
  Parts parts;
  if (kinds::Find(id, parts) == nullptr) return Printable(id.text);
  const bool row = parts.kind == "global" || parts.kind == "secure" || parts.kind == "system";
  std::string phrase = Phrase(traits, parts);
  if (row || !IsOfAnApp(parts)) return phrase;
  return traits.Say(kNames.of_app, {{"app", traits.TitleOf(parts.of[0])}, {"what", phrase}});
}

std::string DescribeValue(const PhoneTraits& traits, const SettingId& id,
                          const SettingValue& value) {
  Parts parts;
  const bool known = kinds::Find(id, parts) != nullptr;
  if (!value) {
    const bool of_installed = known && (parts.kind == "version" || parts.kind == "installed_at");
    return traits.Say(of_installed ? kValues.not_there : kValues.not_set);
  }
  const Message* const words = known ? ValueWords(parts, *value) : nullptr;
  return words == nullptr ? Printable(*value) : traits.Say(*words);
}

std::string DescribeChange(const PhoneTraits& traits, const SettingId& id, const SettingValue& from,
                           const SettingValue& to) {
  std::string was = DescribeValue(traits, id, from);
  std::string is = DescribeValue(traits, id, to);
  // Two modes that one word stands for ("ignore" and "deny") are told apart by their own names.
  if (was == is && from != to) {
    if (from) was += " [" + Printable(*from) + "]";
    if (to) is += " [" + Printable(*to) + "]";
  }
  return Describe(traits, id) + ": " + was + " → " + is;
}

std::string Caveat(const PhoneTraits& traits, const SettingId& id, const SettingValue& to) {
  if (id == setting::AirplaneMode() && to == "off" && !traits.AtLeast(30))
    return traits.Say(kNoteSays.airplane_by_hand);
  if (id == setting::BatterySaver() && to == "on")
    return traits.Say(kNoteSays.saver_while_charging);
  Parts parts;
  if (kinds::Find(id, parts) == nullptr) return {};
  if (parts.kind == "doze_exempt" && to == "yes" && traits.maker == "xiaomi")
    return traits.Say(kNoteSays.xiaomi_list);
  if ((parts.kind == "doze_exempt" || parts.kind == "app_op") && traits.maker == "samsung" &&
      (to == "yes" || to == "allow"))
    return traits.Say(kNoteSays.samsung_sleep);
  return {};
}

}  // namespace bk::repair
