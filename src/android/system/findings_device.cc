// Which phone this is: maker, Android, whose build, whether it was modified, how new the system is.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "android/system/findings_parts.h"
#include "base/text.h"

namespace bk::android::system {
namespace id = evidence::id;
namespace {

constexpr int kSdkAndroid6 = 23;
constexpr int kSdkAndroid14 = 34;
constexpr std::int64_t kDay = 86'400;
constexpr std::int64_t kRecentDays = 30;

// "google/sailfish/sailfish:10/QP1A…" -> "10"
std::string VersionOfFingerprint(const std::string& fingerprint) {
  const std::size_t colon = fingerprint.find(':');
  if (colon == std::string::npos) return {};
  const std::size_t slash = fingerprint.find('/', colon);
  if (slash == std::string::npos || slash - colon > 8) return {};
  std::string version = fingerprint.substr(colon + 1, slash - colon - 1);
  const bool number = !version.empty() && std::ranges::all_of(version, [](char c) {
    return (c >= '0' && c <= '9') || c == '.';
  });
  return number ? version : std::string();
}

// The whole list of properties was read, so that a property that is not there is not set.
bool SawAllProperties(const SystemState& state) {
  const auto& maker = state.device.maker;
  return maker && maker->place.origin < state.origins.size() &&
         state.origins[maker->place.origin].cut.empty();
}

Fact<int> Sdk(const SystemState& state) {
  if (state.device.sdk) return *state.device.sdk;
  return {};
}

// The major version, 0 when unknown.
Fact<int> Major(const SystemState& state) {
  const DeviceFacts& device = state.device;
  if (!device.android_version && !device.fingerprint) return {};
  const std::string version = device.android_version
                                  ? device.android_version->value
                                  : VersionOfFingerprint(device.fingerprint->value);
  const Place place =
      device.android_version ? device.android_version->place : device.fingerprint->place;
  return {ParseInt<int>(version.substr(0, version.find('.'))).value_or(0), place};
}

void TellAndroid(Teller& teller) {
  const Fact<int> sdk = Sdk(teller.state);
  const Fact<int> major = Major(teller.state);
  if (sdk.value == 0 && major.value == 0) return;
  const Place place = sdk.value != 0 ? sdk.place : major.place;
  const std::string name =
      major.value != 0 ? fmt::format("The phone runs Android {}.", major.value)
                       : fmt::format("The phone runs Android with SDK version {}.", sdk.value);
  teller.Tell(id::kAndroid6OrLater, sdk.value != 0 ? sdk.value >= kSdkAndroid6 : major.value >= 6,
              place, name);
  teller.Tell(id::kAndroid14, sdk.value != 0 ? sdk.value == kSdkAndroid14 : major.value == 14,
              place, name);
}

bool IsGenuine(const DeviceFacts& device) {
  return device.verified_boot && device.verified_boot->value == "green" && device.build_tags &&
         device.build_tags->value == "release-keys" &&
         (!device.bootloader_unlocked || !device.bootloader_unlocked->value);
}

void TellBuild(Teller& teller) {
  const DeviceFacts& device = teller.state.device;
  if (device.custom_rom)
    teller.Tell(id::kCustomRom, true, device.custom_rom->place,
                "The phone runs a custom system: " + device.custom_rom->value + ".");
  else if (SawAllProperties(teller.state) && IsGenuine(device))
    teller.Tell(id::kCustomRom, false, device.verified_boot->place,
                "The phone started its maker's own system: verified boot is green.");

  if (!device.root_signs.empty()) {
    teller.Tell(id::kPhoneRooted, true, device.root_signs.front().place,
                "The system is open to changes: " + device.root_signs.front().value + ".");
  } else if (device.verified_boot && device.verified_boot->value == "red") {
    teller.Tell(id::kPhoneRooted, true, device.verified_boot->place,
                "Verified boot is red: the system on the phone is not what it should be.");
  } else if (SawAllProperties(teller.state) && IsGenuine(device)) {
    teller.Tell(id::kPhoneRooted, false, device.verified_boot->place,
                "Verified boot is green and no property speaks of root.");
  }
}

void TellMaker(Teller& teller) {
  const DeviceFacts& device = teller.state.device;
  const bool miui =
      device.skin && (device.skin->value == "MIUI" || device.skin->value == "HyperOS");
  if (miui) {
    std::string text = "The phone runs " + device.skin->value;
    if (device.skin_version) text += " " + device.skin_version->value;
    teller.Tell(id::kMiui, true, device.skin->place, text + ".");
  } else if (SawAllProperties(teller.state)) {
    teller.Tell(id::kMiui, false, device.skin ? device.skin->place : device.maker->place,
                device.skin ? "The phone runs " + device.skin->value + ", not MIUI or HyperOS."
                            : "The phone's properties name neither MIUI nor HyperOS.");
  }
  if (!device.maker && !device.brand) return;
  constexpr std::array<std::string_view, 11> kAggressive{"xiaomi", "redmi", "poco",   "huawei",
                                                         "honor",  "oppo",  "realme", "oneplus",
                                                         "vivo",   "iqoo",  "samsung"};
  const auto known = [&](const Maybe<std::string>& name) {
    return name && std::ranges::any_of(kAggressive, [&](std::string_view one) {
             return StartsWithNoCase(name->value, one);
           });
  };
  const bool by_brand = !known(device.maker) && known(device.brand);
  const Fact<std::string>& named = device.maker && !by_brand ? *device.maker : *device.brand;
  const bool by_known = known(device.maker) || known(device.brand);
  if (!by_known && StartsWithNoCase(named.value, "unknown")) return;  // emulators, home-made builds
  // It is the maker's system that ends apps, not the hardware: a custom system lacks it, and so do
  // Xiaomi's Android One phones.
  const bool lacks_it = device.custom_rom || (SawAllProperties(teller.state) && !miui &&
                                              StartsWithNoCase(named.value, "xiaomi"));
  if (!by_known)
    teller.Tell(id::kAggressiveVendor, false, named.place,
                "The phone is by " + named.value + ", not known for ending background apps.");
  else if (lacks_it)
    teller.Tell(id::kAggressiveVendor, false, named.place,
                "The phone is by " + named.value + " but does not run its maker's own system.");
  else
    teller.Tell(
        id::kAggressiveVendor, true, named.place,
        "The phone is by " + named.value + ", whose system ends background apps in its own ways.");
}

// Only two inferences are sound: a system built lately was installed lately, and a phone that has
// not restarted was not updated.
void TellUpdate(Teller& teller) {
  const SystemState& state = teller.state;
  if (state.report.time && state.device.build_time && !state.device.custom_rom) {
    const std::int64_t age =
        state.report.time->value.us / 1'000'000 - state.device.build_time->value;
    if (age >= 0 && age <= kRecentDays * kDay) {
      teller.Tell(id::kRecentOsUpdate, true, state.device.build_time->place,
                  fmt::format("The phone's system was built {} before the report, so it was "
                              "installed since.",
                              age / kDay == 1 ? "a day" : fmt::format("{} days", age / kDay)));
      return;
    }
  }
  if (state.report.uptime_seconds && state.report.uptime_seconds->value >= kRecentDays * kDay)
    teller.Tell(id::kRecentOsUpdate, false, state.report.uptime_seconds->place,
                fmt::format("The phone has not restarted for {} days, which an update would need.",
                            state.report.uptime_seconds->value / kDay));
}

}  // namespace

evidence::Phone DescribePhone(const SystemState& state) {
  const DeviceFacts& device = state.device;
  evidence::Phone phone;
  std::optional<Place> place;
  const auto take = [&](const Maybe<std::string>& from, std::string& into) {
    if (!from) return;
    into = from->value;
    if (!place) place = from->place;
  };
  take(device.model, phone.model);
  take(device.maker, phone.maker);
  if (phone.maker.empty()) take(device.brand, phone.maker);
  take(device.android_version, phone.android_version);
  if (phone.android_version.empty() && device.fingerprint) {
    phone.android_version = VersionOfFingerprint(device.fingerprint->value);
    if (!place) place = device.fingerprint->place;
  }
  if (device.sdk) {
    phone.sdk = device.sdk->value;
    if (!place) place = device.sdk->place;
  }
  take(device.patch, phone.patch);
  take(device.skin, phone.skin);
  take(device.skin_version, phone.skin_version);
  if (place) phone.where = state.WhereOf(*place);
  return phone;
}

void TellDevice(Teller& teller) {
  TellAndroid(teller);
  TellBuild(teller);
  TellMaker(teller);
  TellUpdate(teller);
}

}  // namespace bk::android::system
