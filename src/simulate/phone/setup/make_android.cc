#include "simulate/phone/setup/make_android.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "simulate/phone/setup/catalogue.h"
#include "simulate/phone/setup/properties.h"
#include "simulate/phone/system/state.h"

namespace bk::simulate {
namespace {

constexpr std::int64_t kDay = 86'400;

struct Model {
  int sdk;
  std::string_view release, patch;
  // stock, Samsung, Xiaomi: model, product, device, build, skin
  std::string_view names[3][5];
};
// Phones that came with, or were updated to, that Android.
constexpr Model kModels[] = {
    {26,
     "8.0.0",
     "2018-08-05",
     {{"Pixel", "sailfish", "sailfish", "OPR3.170623.013", ""},
      {"SM-G930F", "heroltexx", "herolte", "R16NW.G930FXXU2ERE8", "9.0"},
      {"MI 6", "sagit", "sagit", "OPR1.170623.027", "V9"}}},
    {29,
     "10",
     "2020-09-01",
     {{"Pixel 3a", "sargo", "sargo", "QQ3A.200805.001", ""},
      {"SM-A515F", "a51naxx", "a51", "QP1A.190711.020.A515FXXU3BTF4", "20100"},
      {"Redmi Note 8", "ginkgo", "ginkgo", "QKQ1.200114.002", "V12"}}},
    {31,
     "12",
     "2022-05-01",
     {{"Pixel 4a", "sunfish", "sunfish", "SP2A.220405.003", ""},
      {"SM-A525F", "a52qnsxx", "a52q", "SP1A.210812.016.A525FXXU4BVA2", "40100"},
      {"M2101K6G", "sweet_eea", "sweet", "SKQ1.210908.001", "V13"}}},
    {34,
     "14",
     "2024-05-05",
     {{"Pixel 7", "panther", "panther", "AP1A.240505.004", ""},
      {"SM-A546B", "a54xnaxx", "a54x", "UP1A.231005.007.A546BXXS8BXC1", "60100"},
      {"2201117TY", "spes_global", "spes", "UKQ1.231003.002", "V816"}}},
    {35,
     "15",
     "2025-02-05",
     {{"Pixel 8", "shiba", "shiba", "AP4A.250205.002", ""},
      {"SM-S921B", "e1sxxx", "e1s", "AP3A.240905.015.A2.S921BXXU4BYA1", "70000"},
      {"23049PCD8G", "marble_eea", "marble", "AQ3A.240912.001", "V816"}}},
};

Flavour FlavourFor(int sdk, Maker maker, std::uint64_t& random) {
  const Model* model = &kModels[0];
  for (const Model& one : kModels)
    if (one.sdk <= sdk) model = &one;
  const auto& names = model->names[static_cast<std::size_t>(maker)];
  Flavour flavour;
  flavour.sdk = sdk;
  flavour.release = model->release;
  flavour.patch = model->patch;
  flavour.maker = maker;
  flavour.brand = maker == Maker::kSamsung  ? "samsung"
                  : maker == Maker::kXiaomi ? "Redmi"
                                            : "google";
  flavour.model = names[0];
  flavour.product = names[1];
  flavour.device = names[2];
  flavour.build = names[3];
  flavour.skin = names[4];
  flavour.serial = fmt::format("SIM{:010X}", NextRandom(random) >> 24U);
  return flavour;
}

std::string Versioned(std::uint64_t& random, Package& package) {
  const auto major = 1 + RandomBelow(random, 14), minor = RandomBelow(random, 30);
  package.version_code =
      static_cast<std::int64_t>(major * 100'000 + minor * 1'000 + RandomBelow(random, 1'000));
  return fmt::format("{}.{}.{}", major, minor, RandomBelow(random, 12));
}

std::string LabelOf(std::string_view name) {
  std::string label(name.substr(name.rfind('.') + 1));
  if (!label.empty() && label[0] >= 'a' && label[0] <= 'z')
    label[0] = static_cast<char>(label[0] - 32);
  return label;
}

std::string DataPath(int sdk, std::string_view name, std::uint64_t& random) {
  const std::uint64_t a = NextRandom(random);
  if (sdk >= 30)
    return fmt::format("/data/app/~~{:016x}==/{}-{:016x}==", a, name, NextRandom(random));
  return fmt::format("/data/app/{}-{:016x}==", name, a);
}

void Grant(Package& package, std::string_view permission, bool granted = true) {
  Permission& own = package.permissions["android.permission." + std::string(permission)];
  own.granted = granted;
  own.flags = {"USER_SENSITIVE_WHEN_GRANTED", "USER_SENSITIVE_WHEN_DENIED"};
  if (granted) own.flags.insert("USER_SET");
}

void AddSystemPackages(Android& phone, std::uint64_t& random) {
  const std::int64_t built = phone.clock.wall.count() / 1'000'000 - 200 * kDay;
  int uid = 10'001;
  for (const CatalogueEntry& entry : SystemPackages(phone.flavour.sdk, phone.flavour.maker)) {
    Package& package = phone.system.packages[entry.name];
    package.uid = entry.uid != 0 ? entry.uid : uid++;
    package.system = true;
    package.label = LabelOf(entry.name);
    package.version_name = Versioned(random, package);
    if (entry.name == "android") package.version_name = phone.flavour.release;
    package.target_sdk = phone.flavour.sdk;
    package.installer.clear();
    package.installed_at = package.updated_at = built;
    package.code_path = "/system/" + std::string(RandomBelow(random, 3) == 0 ? "priv-app" : "app") +
                        "/" + LabelOf(entry.name);
    package.install_permissions = {"android.permission.INTERNET",
                                   "android.permission.ACCESS_NETWORK_STATE",
                                   "android.permission.WAKE_LOCK"};
    if (entry.uid == 1002)
      package.install_permissions.insert({"android.permission.BLUETOOTH",
                                          "android.permission.BLUETOOTH_ADMIN",
                                          "android.permission.BLUETOOTH_PRIVILEGED"});
    if (RandomBelow(random, 3) == 0) Grant(package, "READ_PHONE_STATE");
    if (RandomBelow(random, 6) == 0) Grant(package, "ACCESS_FINE_LOCATION");
    package.bucket = entry.uid != 0 ? 5 : 10;
    if (entry.uid == 0) phone.traces.bucket_reason[entry.name] = "u-si";
    if (entry.persistent) {
      phone.life.processes[entry.name] = {phone.life.next_pid, std::chrono::seconds(30), false};
      phone.life.next_pid += 11;
    }
    phone.traces.last_used[entry.name] = std::chrono::seconds(
        RandomBelow(random, static_cast<std::uint64_t>(phone.clock.boot.count() / 1'000'000)));
  }
  for (const std::string_view name :
       {"com.android.settings", "com.android.chrome", "com.android.vending",
        "com.google.android.youtube", "com.google.android.gm", "com.google.android.deskclock"})
    if (Package* package = FindPackage(phone.system, name)) package->launcher = ".MainActivity";
  for (const std::string_view name :
       {"com.android.shell", "com.google.android.gms", "com.android.vending",
        "com.android.providers.downloads", "com.android.cellbroadcastreceiver"})
    if (FindPackage(phone.system, name) != nullptr) phone.system.doze_exempt_system.emplace(name);
}

void AddStorePackages(Android& phone, std::uint64_t& random) {
  constexpr std::size_t kApps = 75;
  constexpr int kBuckets[] = {10, 10, 20, 20, 30, 30, 40, 40, 40};
  constexpr std::string_view kReasons[] = {"u-mb", "u-mf", "u-sa", "p",   "u-ns",
                                           "u-mb", "t",    "u-su", "f-su"};
  const std::int64_t now = phone.clock.wall.count() / 1'000'000;
  int uid = 10'300;
  for (const std::string& name : StorePackages(random, kApps)) {
    Package& package = phone.system.packages[name];
    package.uid = uid++;
    package.label = LabelOf(name);
    package.version_name = Versioned(random, package);
    package.target_sdk = phone.flavour.sdk - static_cast<int>(RandomBelow(random, 3));
    package.launcher = ".MainActivity";
    package.installed_at = now - static_cast<std::int64_t>(RandomBelow(random, 700 * kDay)) - kDay;
    package.updated_at = std::max(package.installed_at,
                                  now - static_cast<std::int64_t>(RandomBelow(random, 90 * kDay)));
    package.code_path = DataPath(phone.flavour.sdk, name, random);
    package.install_permissions = {"android.permission.INTERNET",
                                   "android.permission.ACCESS_NETWORK_STATE",
                                   "android.permission.VIBRATE"};
    for (const std::string_view permission :
         {"CAMERA", "READ_CONTACTS", "RECORD_AUDIO", "ACCESS_FINE_LOCATION", "READ_CALENDAR"})
      if (RandomBelow(random, 3) == 0) Grant(package, permission, RandomBelow(random, 2) == 0);
    if (phone.flavour.sdk >= kAndroid13) Grant(package, "POST_NOTIFICATIONS");
    const std::uint64_t bucket = RandomBelow(random, std::size(kBuckets));
    package.bucket = kBuckets[bucket];
    phone.traces.bucket_reason[name] = kReasons[bucket];
    package.autostart = RandomBelow(random, 3) == 0;
    phone.traces.last_used[name] = std::chrono::seconds(
        RandomBelow(random, static_cast<std::uint64_t>(phone.clock.boot.count() / 1'000'000)));
  }
}

}  // namespace

void InstallCompanion(Android& phone, std::string_view name) {
  std::uint64_t random = phone.life.random ^ name.size();
  const int sdk = phone.flavour.sdk;
  const std::int64_t now = phone.clock.wall.count() / 1'000'000;
  int uid = 10'260;
  for (const auto& [other, package] : phone.system.packages)
    if (package.uid >= 10'260 && package.uid < 10'300) uid = std::max(uid, package.uid + 1);
  Package package;
  package.uid = uid;
  const bool gadgetbridge = name == kGadgetbridge;
  const bool zepp_life = name == kZeppLife;
  package.label = zepp_life ? "Zepp Life" : gadgetbridge ? "Gadgetbridge" : LabelOf(name);
  package.version_name = zepp_life ? "6.9.5" : gadgetbridge ? "0.80.0" : "8.3.1";
  package.version_code = zepp_life ? 100'895 : gadgetbridge ? 230 : 83'100;
  package.target_sdk = std::min(sdk, 33);
  package.launcher = zepp_life      ? "com.xiaomi.hm.health.activity.StartUpActivity"
                     : gadgetbridge ? ".activities.ControlCenterv2"
                                    : ".MainActivity";
  package.listener =
      zepp_life      ? "com.xiaomi.hm.health.bt.service.NotificationAccessService"
      : gadgetbridge ? "nodomain.freeyourgadget.gadgetbridge.externalevents.NotificationListener"
                     : std::string(name) + ".NotificationListener";
  package.service = zepp_life      ? "com.xiaomi.hm.health.bt.service.HMCoreService"
                    : gadgetbridge ? ".service.DeviceCommunicationService"
                                   : ".BandService";
  package.installer = gadgetbridge ? "org.fdroid.fdroid" : "com.android.vending";
  package.installed_at = now - 300 * kDay;
  package.updated_at = now - 20 * kDay;
  package.code_path = DataPath(sdk, name, random);
  package.install_permissions = {"android.permission.INTERNET",
                                 "android.permission.ACCESS_NETWORK_STATE",
                                 "android.permission.FOREGROUND_SERVICE",
                                 "android.permission.RECEIVE_BOOT_COMPLETED",
                                 "android.permission.VIBRATE",
                                 "android.permission.WAKE_LOCK"};
  if (sdk < kAndroid12 || package.target_sdk < kAndroid12)
    package.install_permissions.insert(
        {"android.permission.BLUETOOTH", "android.permission.BLUETOOTH_ADMIN"});
  for (const std::string_view permission : {"ACCESS_FINE_LOCATION", "ACCESS_COARSE_LOCATION",
                                            "READ_CONTACTS", "READ_PHONE_STATE", "READ_CALL_LOG"})
    Grant(package, permission);
  for (const std::string_view permission : {"CAMERA", "RECEIVE_SMS"})
    Grant(package, permission, false);
  if (sdk >= kAndroid10) Grant(package, "ACCESS_BACKGROUND_LOCATION");
  if (sdk >= kAndroid12)
    for (const std::string_view permission :
         {"BLUETOOTH_SCAN", "BLUETOOTH_CONNECT", "BLUETOOTH_ADVERTISE"})
      Grant(package, permission);
  if (sdk >= kAndroid13) Grant(package, "POST_NOTIFICATIONS");
  package.bucket = 10;
  phone.traces.bucket_reason[std::string(name)] = "u-mf";
  package.autostart = true;
  const std::string listener = std::string(name) + "/" + package.listener;
  phone.system.packages[std::string(name)] = package;
  phone.system.doze_exempt.emplace(name);
  phone.system.data_saver_exempt.insert(package.uid);
  SetListener(phone.system, listener, true);
  StartApp(phone, name, true);
  phone.life.processes[std::string(name)].foreground = false;
  phone.traces.live_listeners.insert(listener);
}

constexpr std::string_view kCommandMissing = "command_missing:";

std::span<const std::string_view> Quirks() {
  static constexpr std::array<std::string_view, 7> kQuirks = {"miui_security_off",
                                                              "settings_come_back",
                                                              "bonds_lost_at_restart",
                                                              kCommandMissing,
                                                              "output_cut",
                                                              "adb_drops",
                                                              "slow"};
  return kQuirks;
}

bool IsQuirk(std::string_view name) {
  if (name.starts_with(kCommandMissing)) return name.size() > kCommandMissing.size();
  return std::ranges::find(Quirks(), name) != Quirks().end();
}

void AddQuirk(Android& phone, std::string_view name) {
  phone.flavour.quirks.emplace(name);
  if (name == "miui_security_off" && phone.flavour.maker == Maker::kXiaomi)
    phone.system.properties["persist.security.adbinput"] = "0";
  if (name != "settings_come_back") return;
  using What = ComesBack::What;
  const std::string& app = phone.life.companion;
  phone.life.comes_back.push_back({What::kDozeExempt, app, "", ""});
  if (phone.flavour.sdk >= kAndroid9)
    phone.life.comes_back.push_back({What::kOp, app, "RUN_ANY_IN_BACKGROUND", "ignore"});
  if (phone.flavour.maker == Maker::kXiaomi)
    phone.life.comes_back.push_back({What::kAutostart, app, "", ""});
}

Android MakeAndroid(int sdk, Maker maker, std::uint64_t seed, std::chrono::microseconds wall) {
  std::uint64_t random = seed * 0x9E3779B97F4A7C15ULL + 1;
  Android phone;
  phone.flavour = FlavourFor(sdk, maker, random);
  phone.clock.wall = wall;
  phone.clock.boot = std::chrono::hours(30) + std::chrono::seconds(RandomBelow(random, 86'400));
  phone.life.random = NextRandom(random);
  phone.bluetooth.own_address = fmt::format("00:00:5E:00:53:{:02X}", RandomBelow(random, 256));
  phone.life.band.address = fmt::format("C8:0F:10:{:02X}:{:02X}:{:02X}", RandomBelow(random, 256),
                                        RandomBelow(random, 256), RandomBelow(random, 256));
  phone.bluetooth.enabled_at = std::chrono::seconds(40);
  SetProperties(phone, random);
  SetSettings(phone, random);
  AddSystemPackages(phone, random);
  AddStorePackages(phone, random);
  InstallCompanion(phone, kZeppLife);
  phone.bluetooth.bonds[phone.life.band.address] = {phone.life.band.name, true, true};
  phone.life.companion = kZeppLife;
  phone.life.last_sync = wall - std::chrono::minutes(20);
  phone.system.battery_percent = 60 + static_cast<int>(RandomBelow(random, 35));
  return phone;
}

}  // namespace bk::simulate
