#include "simulate/phone/setup/properties.h"

#include <fmt/format.h>

#include "simulate/phone/setup/catalogue.h"
#include "simulate/phone/system/state.h"

namespace bk::simulate {
namespace {

constexpr std::string_view kServices[] = {"adbd",
                                          "apexd",
                                          "audioserver",
                                          "bootanim",
                                          "cameraserver",
                                          "credstore",
                                          "drm",
                                          "gatekeeperd",
                                          "gpu",
                                          "hidl_memory",
                                          "hwservicemanager",
                                          "idmap2d",
                                          "incidentd",
                                          "installd",
                                          "keystore2",
                                          "lmkd",
                                          "logd",
                                          "media",
                                          "mediadrm",
                                          "mediaextractor",
                                          "mediametrics",
                                          "netd",
                                          "rild",
                                          "servicemanager",
                                          "statsd",
                                          "storaged",
                                          "surfaceflinger",
                                          "tombstoned",
                                          "traced",
                                          "ueventd",
                                          "vendor.audio-hal",
                                          "vendor.bluetooth-1-0",
                                          "vendor.camera-provider",
                                          "vendor.gnss_service",
                                          "vendor.keymaster-4-0",
                                          "vendor.power-hal",
                                          "vendor.qti.bluetooth",
                                          "vendor.sensors-hal",
                                          "vendor.wifi_hal",
                                          "vndservicemanager",
                                          "vold",
                                          "wificond",
                                          "wpa_supplicant",
                                          "zygote",
                                          "zygote_secondary"};

constexpr std::string_view kAreas[] = {
    "vendor.audio",        "vendor.camera", "vendor.display", "vendor.sensors",    "persist.radio",
    "persist.vendor.data", "dalvik.vm",     "debug.sf",       "ro.vendor.feature", "sys.boot"};

}  // namespace

void SetProperties(Android& phone, std::uint64_t& random) {
  auto& p = phone.system.properties;
  const Flavour& f = phone.flavour;
  const std::string fingerprint =
      fmt::format("{}/{}/{}:{}/{}/{}:user/release-keys", f.brand, f.product, f.device, f.release,
                  f.build, "eng0" + std::to_string(f.sdk));
  const std::string maker = f.maker == Maker::kSamsung  ? "samsung"
                            : f.maker == Maker::kXiaomi ? "Xiaomi"
                                                        : "Google";
  p = {{"ro.build.version.sdk", std::to_string(f.sdk)},
       {"ro.build.version.release", f.release},
       {"ro.build.version.security_patch", f.patch},
       {"ro.build.display.id", f.build},
       {"ro.build.id", f.build},
       {"ro.build.type", "user"},
       {"ro.build.tags", "release-keys"},
       {"ro.build.fingerprint", fingerprint},
       {"ro.build.date.utc", std::to_string(phone.clock.wall.count() / 1'000'000 - 200 * 86'400)},
       {"ro.product.manufacturer", maker},
       {"ro.product.brand", f.brand},
       {"ro.product.model", f.model},
       {"ro.product.name", f.product},
       {"ro.product.device", f.device},
       {"ro.product.locale", "en-GB"},
       {"ro.serialno", f.serial},
       {"ro.boot.serialno", f.serial},
       {"ro.boot.verifiedbootstate", "green"},
       {"ro.boot.flash.locked", "1"},
       {"ro.debuggable", "0"},
       {"ro.secure", "1"},
       {"ro.adb.secure", "1"},
       {"ro.hardware", "qcom"},
       {"ro.crypto.state", "encrypted"},
       {"ro.crypto.type", "file"},
       {"ro.runtime.firstboot",
        std::to_string((phone.clock.wall - phone.clock.boot).count() / 1'000)},
       {"persist.sys.timezone", phone.clock.zone},
       {"persist.sys.locale", "en-GB"},
       {"persist.sys.usb.config", "mtp,adb"},
       {"sys.usb.config", "mtp,adb"},
       {"sys.boot_completed", "1"},
       {"dev.bootcomplete", "1"},
       {"bluetooth.device.class_of_device", "90,2,12"},
       {"persist.bluetooth.btsnooplogmode", "disabled"},
       {"gsm.sim.state", "LOADED"},
       {"init.svc.bootanim", "stopped"}};
  if (f.maker == Maker::kXiaomi) {
    p["ro.miui.ui.version.name"] = f.skin;
    p["ro.miui.ui.version.code"] = f.skin.size() > 1 ? f.skin.substr(1) : "";
    p["ro.miui.region"] = "EU";
    p["ro.product.mod_device"] = f.device + "_eea_global";
    p["persist.security.adbinput"] = f.quirks.contains("miui_security_off") ? "0" : "1";
  }
  if (f.maker == Maker::kSamsung) {
    p["ro.build.version.oneui"] = f.skin;
    p["ro.build.PDA"] = f.build;
    p["ro.csc.sales_code"] = "DBT";
  }
  for (const std::string_view service : kServices)
    p.try_emplace(fmt::format("init.svc.{}", service), "running");
  constexpr std::size_t kProperties = 620;
  while (p.size() < kProperties) {
    const std::string_view area = kAreas[RandomBelow(random, std::size(kAreas))];
    const std::uint64_t number = RandomBelow(random, 100'000);
    p.try_emplace(fmt::format("{}.opt{:05}", area, number),
                  number % 3 == 0 ? "true" : std::to_string(number % 257));
  }
}

void SetSettings(Android& phone, std::uint64_t& random) {
  auto& global = phone.system.settings["global"];
  auto& secure = phone.system.settings["secure"];
  auto& system = phone.system.settings["system"];
  global = {{"adb_enabled", "1"},
            {"airplane_mode_on", "0"},
            {"airplane_mode_radios", "cell,bluetooth,wifi,nfc,wimax"},
            {"airplane_mode_toggleable_radios", "bluetooth,wifi,nfc"},
            {"always_finish_activities", "0"},
            {"app_auto_restriction_enabled", "0"},
            {"app_standby_enabled", "1"},
            {"auto_time", "1"},
            {"auto_time_zone", "1"},
            {"ble_scan_always_enabled", "0"},
            {"bluetooth_on", "1"},
            {"boot_count", "37"},
            {"bugreport_in_power_menu", "0"},
            {"data_roaming", "0"},
            {"development_settings_enabled", "1"},
            {"device_name", phone.flavour.model},
            {"device_provisioned", "1"},
            {"low_power", "0"},
            {"low_power_sticky", "0"},
            {"low_power_trigger_level", "0"},
            {"mobile_data", "1"},
            {"mode_ringer", "2"},
            {"netstats_enabled", "1"},
            {"package_verifier_enable", "1"},
            {"private_dns_default_mode", "opportunistic"},
            {"private_dns_mode", "opportunistic"},
            {"stay_on_while_plugged_in", "0"},
            {"transition_animation_scale", "1.0"},
            {"usb_mass_storage_enabled", "1"},
            {"wifi_on", "1"},
            {"wifi_scan_always_enabled", "0"},
            {"window_animation_scale", "1.0"},
            {"zen_mode", "0"}};
  if (phone.flavour.sdk >= 28) global["adaptive_battery_management_enabled"] = "1";
  secure = {{"accessibility_enabled", "0"},
            {"android_id", fmt::format("{:016x}", NextRandom(random))},
            {"bluetooth_address", phone.bluetooth.own_address},
            {"bluetooth_name", phone.flavour.model},
            {"bluetooth_addr_valid", "1"},
            {"default_input_method", "com.google.android.inputmethod.latin/.LatinIME"},
            {"enabled_notification_listeners", ""},
            {"install_non_market_apps", "0"},
            {"location_mode", "3"},
            {"location_providers_allowed", "gps,network"},
            {"lock_screen_show_notifications", "1"},
            {"long_press_timeout", "400"},
            {"mock_location", "0"},
            {"screensaver_enabled", "1"},
            {"sleep_timeout", "-1"},
            {"speak_password", "1"},
            {"user_setup_complete", "1"}};
  system = {{"accelerometer_rotation", "0"},
            {"dtmf_tone", "1"},
            {"font_scale", "1.0"},
            {"haptic_feedback_enabled", "1"},
            {"notification_light_pulse", "1"},
            {"screen_brightness", "102"},
            {"screen_brightness_mode", "1"},
            {"screen_off_timeout", "60000"},
            {"sound_effects_enabled", "1"},
            {"status_bar_show_battery_percent", "1"},
            {"time_12_24", "24"},
            {"volume_music_speaker", "9"},
            {"volume_ring_speaker", "5"}};
  const auto fill = [&](auto& table, std::string_view prefix, std::size_t wanted) {
    while (table.size() < wanted) {
      const std::uint64_t number = RandomBelow(random, 1'000'000);
      table.try_emplace(fmt::format("{}_{:06}", prefix, number), std::to_string(number % 101));
    }
  };
  fill(global, "config_option", 260);
  fill(secure, "ui_option", 180);
  fill(system, "sound_option", 120);
}

}  // namespace bk::simulate
