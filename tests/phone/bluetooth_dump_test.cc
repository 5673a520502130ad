// Every version's simulated `dumpsys bluetooth_manager`, read by the program's own reader: it must
// say of the phone what the phone is.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <span>
#include <string>

#include "android/log/plain_scan.h"
#include "android/report.h"
#include "evidence/finding_ids.h"
#include "simulate/phone/bluetooth/adapter.h"
#include "simulate/phone/bluetooth/dump.h"
#include "simulate/phone/bluetooth/radio.h"

namespace bk {
namespace {

using namespace std::chrono_literals;
using simulate::Android;

constexpr const char* kBand = "C8:0F:10:00:00:01";
constexpr const char* kCompanion = "com.xiaomi.hm.health";

std::vector<evidence::CompanionApp> Apps() {
  evidence::CompanionApp app;
  app.id = "zepp_life";
  app.packages = {kCompanion};
  app.speaks_to_band4 = true;
  return {app};
}

Android PhoneOf(int sdk) {
  Android phone;
  phone.flavour.sdk = sdk;
  phone.flavour.model = "Model";
  phone.clock.wall = std::chrono::sys_days{std::chrono::year{2024} / 3 / 2}.time_since_epoch() + 7h;
  phone.clock.boot = 2h;
  phone.bluetooth.enabled_at = phone.bluetooth.stack_since = 1min;
  phone.bluetooth.switches.push_back(
      {.at = phone.clock.wall - 119min, .reason = "SYSTEM_BOOT", .package = "android"});
  phone.bluetooth.bonds[kBand] = {.name = "Mi Smart Band 4"};
  phone.bluetooth.bonds["00:1B:DC:00:00:02"] = {
      .name = "Headset", .low_energy = false, .device_class = 0x240404};
  return phone;
}

void Pass(Android& phone, std::chrono::microseconds time) {
  phone.clock.wall += time;
  phone.clock.boot += time;
  simulate::SettleAdapter(phone);
}

struct Read {
  android::PhoneState state;
  std::map<std::string, std::string> findings;
};
Read ReadDump(const Android& phone) {
  static const android::log::testing::PlainCompiler compiler;
  static const auto apps = Apps();
  const std::string dump = simulate::BluetoothDump(phone);
  android::ReportReader reader(compiler, apps);
  reader.AddOutput("dumpsys bluetooth_manager", std::as_bytes(std::span(dump)), "phone");
  Read read{std::move(reader).Finish(), {}};
  evidence::BandId band;
  band.address = ParseAddress(kBand);
  band.name = "Mi Smart Band 4";
  const evidence::Evidence seen = android::FindingsFor(read.state, band, apps);
  for (const evidence::Finding& finding : seen.findings)
    if (const bool* value = std::get_if<bool>(&finding.value))
      read.findings[finding.id] = *value ? "yes" : "no";
  for (const evidence::Loss& loss : seen.losses) ADD_FAILURE() << "loss: " << loss.text;
  return read;
}

constexpr int kSdks[] = {26, 27, 28, 29, 30, 31, 32, 33, 34, 35};

TEST(SimulatedBluetoothDump, SaysThatItIsOnAndWhoIsBonded) {
  for (const int sdk : kSdks) {
    SCOPED_TRACE(sdk);
    const Read read = ReadDump(PhoneOf(sdk));
    const android::BluetoothState& state = read.state.bluetooth;
    EXPECT_EQ(state.adapter, android::AdapterState::kOn);
    EXPECT_EQ(state.on_for_ms, 119U * 60'000);
    EXPECT_EQ(state.crashes, 0U);
    ASSERT_EQ(state.bonds.size(), 2U);
    EXPECT_EQ(state.bonds[1].address, kBand);
    EXPECT_EQ(state.bonds[1].name, "Mi Smart Band 4");
    EXPECT_EQ(state.bonds[1].type, android::DeviceType::kLe);
    EXPECT_EQ(state.bonds[0].type, android::DeviceType::kDual);
    ASSERT_EQ(state.switches.size(), 1U);
    EXPECT_TRUE(state.switches[0].enable);
    if (sdk >= 28) {
      EXPECT_EQ(state.switches[0].reason, "SYSTEM_BOOT");
    }
    EXPECT_EQ(read.findings.at("bluetooth_off"), "no");
    EXPECT_EQ(read.findings.at("bonded_in_android"), "yes");
    EXPECT_EQ(read.findings.at("bluetooth_stack_crashed"), "no");
  }
}

TEST(SimulatedBluetoothDump, SaysWhoHoldsTheLink) {
  for (const int sdk : kSdks) {
    SCOPED_TRACE(sdk);
    Android phone = PhoneOf(sdk);
    simulate::GattClient* client = simulate::RegisterClient(phone, kCompanion);
    client->peer = kBand;
    client->connected = true;
    client->connection_id = 5;
    client->since = phone.clock.boot;
    simulate::LinkUp(phone, kBand);
    Pass(phone, 10min);
    const Read read = ReadDump(phone);
    EXPECT_EQ(read.findings.at("connects_ok"), "yes");
    const auto& apps = read.state.bluetooth.apps;
    const auto held = std::ranges::find_if(
        apps, [](const android::AppRadioUse& app) { return app.map == android::MapKind::kClient; });
    ASSERT_NE(held, apps.end());
    EXPECT_EQ(held->package, kCompanion);
    ASSERT_EQ(held->connections.size(), 1U);
    EXPECT_EQ(held->connections[0].address, kBand);
    if (sdk >= 28) {
      EXPECT_EQ(held->connections[0].held_ms, 600'000U);
    }
    EXPECT_EQ(held->connections[0].connection_id, 5);
  }
}

TEST(SimulatedBluetoothDump, SaysWhyLinksEnded) {
  const std::map<int, std::string> meaning = {{0x08, "link_supervision_timeouts"},
                                              {0x13, "band_ends_link"},
                                              {0x16, "phone_ends_link"},
                                              {0x3d, "encryption_mic_failure"},
                                              {0x06, "encryption_key_missing"}};
  for (const int sdk : kSdks)
    for (const auto& [reason, finding] : meaning) {
      SCOPED_TRACE(std::to_string(sdk) + " " + finding);
      Android phone = PhoneOf(sdk);
      for (int i = 0; i < 6; ++i) {
        simulate::LinkUp(phone, kBand);
        Pass(phone, 3s);
        simulate::LinkDown(phone, kBand, reason);
        Pass(phone, 20s);
      }
      const Read read = ReadDump(phone);
      EXPECT_TRUE(read.findings.contains(finding));
      EXPECT_TRUE(read.findings.contains("connect_loop"));
    }
}

TEST(SimulatedBluetoothDump, SaysWhoScansAndThatNothingCame) {
  for (const int sdk : kSdks) {
    SCOPED_TRACE(sdk);
    Android phone = PhoneOf(sdk);
    simulate::StartScan(phone, "com.example.finder", simulate::ScanMode::kLowLatency, false);
    for (int i = 0; i < 4; ++i) {
      simulate::StartScan(phone, kCompanion, simulate::ScanMode::kLowLatency, true);
      Pass(phone, 10s);
      simulate::StopScans(phone, kCompanion);
      Pass(phone, 20s);
    }
    Pass(phone, 200min);
    simulate::CountResults(phone, "com.example.finder", 4'000);
    const Read read = ReadDump(phone);
    EXPECT_EQ(read.findings.at("other_bluetooth_app_running"), "yes");
    EXPECT_EQ(read.findings.at("band_not_in_scan"), "yes");
    const auto& apps = read.state.bluetooth.apps;
    ASSERT_EQ(apps.size(), 2U);
    EXPECT_EQ(apps[1].package, kCompanion);
    EXPECT_EQ(apps[1].scans_started, 4U);
    EXPECT_EQ(apps[1].scans_listed, 4U);
    EXPECT_EQ(apps[1].scan_ms, 40'000U);
    EXPECT_EQ(apps[0].results, 4'000U);
    EXPECT_EQ(apps[0].scans_ongoing, 1U);
  }
}

TEST(SimulatedBluetoothDump, SaysThatTheSlotsAreTaken) {
  for (const int sdk : {31, 32, 33, 34, 35}) {
    SCOPED_TRACE(sdk);
    Android phone = PhoneOf(sdk);
    EXPECT_EQ(ReadDump(phone).findings.at("too_many_gatt_clients"), "no");
    while (simulate::RegisterClient(phone, "com.example.leak") != nullptr) {
    }
    EXPECT_EQ(ReadDump(phone).findings.at("too_many_gatt_clients"), "yes");
  }
}

TEST(SimulatedBluetoothDump, SaysWhoSwitchedItOffAndThatItCrashed) {
  for (const int sdk : kSdks) {
    SCOPED_TRACE(sdk);
    Android phone = PhoneOf(sdk);
    simulate::CrashStack(phone, "command_timed_out");
    EXPECT_EQ(ReadDump(phone).findings.at("bluetooth_stack_crashed"), "yes");
    phone.system.settings["global"]["airplane_mode_on"] = "1";
    simulate::SettleAdapter(phone, true);
    Pass(phone, 5s);
    const Read read = ReadDump(phone);
    EXPECT_EQ(read.findings.at("bluetooth_off"), "yes");
    if (sdk >= 28) {
      EXPECT_EQ(read.findings.at("airplane_mode_on"), "yes");
    }
    EXPECT_FALSE(read.findings.contains("bonded_in_android"));  // nothing is known while it is off
  }
}

TEST(SimulatedBluetoothDump, SaysThatBondingFailedOrWentWell) {
  for (const int sdk : kSdks) {
    SCOPED_TRACE(sdk);
    Android phone = PhoneOf(sdk);
    phone.bluetooth.bonds.erase(kBand);
    simulate::NoteBonding(phone, kBand, kCompanion);
    simulate::FailBonding(phone, kBand, 9, 5);
    if (sdk < 34) {  // later the address is hidden, and nothing else names the band here
      EXPECT_EQ(ReadDump(phone).findings.at("smp_pairing_failed"), "yes");
    }
    Pass(phone, 1min);
    simulate::NoteBonding(phone, kBand, kCompanion);
    simulate::MakeBond(phone, kBand, "Mi Smart Band 4");
    const Read read = ReadDump(phone);
    EXPECT_EQ(read.findings.at("pairing_succeeds"), "yes");
    EXPECT_EQ(read.findings.at("bonded_in_android"), "yes");
  }
}

TEST(SimulatedBluetoothDump, SaysThatTheStackForgotTheKey) {
  Android phone = PhoneOf(34);
  phone.bluetooth.bonds[kBand].key_in_memory = false;
  EXPECT_EQ(ReadDump(phone).findings.at("encryption_key_missing"), "yes");
}

}  // namespace
}  // namespace bk
