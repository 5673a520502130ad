// Findings out of small outputs of several Android versions and makers.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "android/system/system_state.h"
#include "evidence/finding_ids.h"

namespace bk::android::system {
namespace {

namespace id = evidence::id;

std::vector<evidence::CompanionApp> Apps() {
  return {{.id = "zepp_life",
           .title = "Zepp Life",
           .packages = {"com.xiaomi.hm.health"},
           .speaks_to_band4 = true,
           .from_maker = true},
          {.id = "gadgetbridge",
           .title = "Gadgetbridge",
           .packages = {"nodomain.freeyourgadget.gadgetbridge"},
           .speaks_to_band4 = true},
          {.id = "mi_fitness", .title = "Mi Fitness", .packages = {"com.xiaomi.wearable"}}};
}

// Reads outputs into one state and asks for the findings.
class Phone {
 public:
  Phone& Service(std::string name, std::string body, std::string cut = {}) {
    return Read(Section::Kind::kService, std::move(name), std::move(body), std::move(cut));
  }
  Phone& Command(std::string name, std::string body) {
    return Read(Section::Kind::kCommand, std::move(name), std::move(body), {});
  }
  Phone& Header(std::string body) {
    return Read(Section::Kind::kHeader, "header", std::move(body), {});
  }
  Phone& Uid(std::string package, std::uint32_t uid) {
    uids_.push_back({std::move(package), uid});
    return *this;
  }
  // "true", "false", or "" when there is no such finding.
  std::string operator()(std::string_view finding) const {
    const auto seen = Findings(state_, Apps(), uids_);
    std::string value;
    int count = 0;
    for (const auto& one : seen.findings)
      if (one.id == finding) value = std::get<bool>(one.value) ? "true" : "false", ++count;
    return count > 1 ? "twice" : value;
  }
  std::string Text(std::string_view finding) const {
    for (const auto& one : Findings(state_, Apps(), uids_).findings)
      if (one.id == finding) return one.text;
    return {};
  }
  [[nodiscard]] evidence::Evidence All() const { return Findings(state_, Apps(), uids_); }
  SystemState& state() { return state_; }

 private:
  Phone& Read(Section::Kind kind, std::string name, std::string body, std::string cut) {
    Section section;
    section.kind = kind;
    section.name = std::move(name);
    section.body = body;
    section.member_text = body;
    section.file = "report.txt";
    section.cut = std::move(cut);
    EXPECT_TRUE(ReadSystemSection(section, state_)) << section.name;
    return *this;
  }
  SystemState state_;
  std::vector<PackageUid> uids_;
};

TEST(SystemFindings, NothingReadSaysNothing) {
  const auto seen = Phone().All();
  EXPECT_TRUE(seen.findings.empty());
  EXPECT_FALSE(seen.phone.has_value());
}

TEST(SystemFindings, SwitchesFromSettings) {
  Phone phone;
  phone.Service("settings",
                "GLOBAL SETTINGS (user 0)\n"
                "_id:1 name:bluetooth_on pkg:android value:0 default:1 defaultSystemSet:true\n"
                "_id:2 name:airplane_mode_on pkg:android value:0\n"
                "_id:3 name:auto_time pkg:android value:0\n"
                "_id:4 name:auto_time_zone pkg:android value:1\n"
                "_id:5 name:low_power pkg:android value:1\n"
                "SECURE SETTINGS (user 0)\n"
                "_id:6 name:location_mode pkg:android value:0\n"
                "_id:7 name:enabled_notification_listeners pkg:android "
                "value:com.xiaomi.hm.health/.Listener:a.b/.C\n");
  EXPECT_EQ(phone(id::kBluetoothOff), "true");
  EXPECT_EQ(phone(id::kAirplaneMode), "false");
  EXPECT_EQ(phone(id::kAutoTimeOff), "true");
  EXPECT_EQ(phone(id::kAutoTimeZoneOff), "false");
  EXPECT_EQ(phone(id::kBatterySaverOn), "true");
  EXPECT_EQ(phone(id::kLocationOff), "true");
  EXPECT_EQ(phone(id::kNotificationAccess), "");  // no output says that the app is there
  phone.Uid("com.xiaomi.hm.health", 10143);
  EXPECT_EQ(phone(id::kNotificationAccess), "true");
}

TEST(SystemFindings, LocationModeWinsOverProviders) {
  Phone phone;
  phone.Service("location",
                "Current Location Manager state:\n  Enabled Providers:\n    passive\n    gps\n");
  EXPECT_EQ(phone(id::kLocationOff), "false");
  phone.Command("settings get secure location_mode", "0\n");
  EXPECT_EQ(phone(id::kLocationOff), "true");
}

TEST(SystemFindings, BluetoothOnBeforeAirplaneIsOffOnlyWhenTheModeCoversIt) {
  Phone phone;
  phone.Command("settings list global",
                "airplane_mode_on=1\nairplane_mode_radios=cell,bluetooth,wifi\nbluetooth_on=2\n");
  EXPECT_EQ(phone(id::kBluetoothOff), "true");
  Phone kept;
  kept.Command("settings list global",
               "airplane_mode_on=1\nairplane_mode_radios=cell,wifi\nbluetooth_on=2\n");
  EXPECT_EQ(kept(id::kBluetoothOff), "");
}

TEST(SystemFindings, XiaomiPhone) {
  Phone phone;
  phone.Command("SYSTEM PROPERTIES",
                "[ro.build.version.release]: [9]\n[ro.build.version.sdk]: [28]\n"
                "[ro.miui.ui.version.name]: [V125]\n[ro.product.manufacturer]: [Xiaomi]\n"
                "[ro.product.model]: [Redmi Note 7]\n[ro.build.tags]: [release-keys]\n"
                "[ro.boot.verifiedbootstate]: [green]\n[ro.boot.flash.locked]: [1]\n");
  EXPECT_EQ(phone(id::kMiui), "true");
  EXPECT_EQ(phone(id::kAggressiveVendor), "true");
  EXPECT_EQ(phone(id::kAndroid6OrLater), "true");
  EXPECT_EQ(phone(id::kAndroid14), "false");
  EXPECT_EQ(phone(id::kPhoneRooted), "false");
  EXPECT_EQ(phone(id::kCustomRom), "false");
  const auto seen = phone.All();
  ASSERT_TRUE(seen.phone.has_value());
  EXPECT_EQ(seen.phone->skin, "MIUI");
  EXPECT_EQ(seen.phone->skin_version, "12.5");
  EXPECT_EQ(seen.phone->sdk, 28);
}

TEST(SystemFindings, CustomRomOnXiaomiIsNeitherMiuiNorAggressive) {
  Phone phone;
  phone.Command("SYSTEM PROPERTIES",
                "[ro.build.version.sdk]: [34]\n[ro.lineage.version]: [21.0]\n"
                "[ro.product.manufacturer]: [Xiaomi]\n[ro.debuggable]: [1]\n");
  EXPECT_EQ(phone(id::kMiui), "false");
  EXPECT_EQ(phone(id::kCustomRom), "true");
  EXPECT_EQ(phone(id::kPhoneRooted), "true");
  EXPECT_EQ(phone(id::kAggressiveVendor), "false");
  EXPECT_EQ(phone(id::kAndroid14), "true");
}

TEST(SystemFindings, RecentUpdateOnlyWhereItIsSound) {
  const std::string build = "[ro.build.date.utc]: [1704067200]\n";  // 2024-01-01
  Phone fresh;
  fresh.Header("== dumpstate: 2024-01-20 10:00:00\n").Command("SYSTEM PROPERTIES", build);
  EXPECT_EQ(fresh(id::kRecentOsUpdate), "true");
  Phone old;
  old.Header("== dumpstate: 2024-06-20 10:00:00\n").Command("SYSTEM PROPERTIES", build);
  EXPECT_EQ(old(id::kRecentOsUpdate), "");
  old.Header("Uptime: up 5 weeks, 1 days, 3 hours, 1 minute\n");
  EXPECT_EQ(old(id::kRecentOsUpdate), "false");
}

}  // namespace
}  // namespace bk::android::system
