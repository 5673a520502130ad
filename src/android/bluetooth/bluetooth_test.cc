#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "android/bluetooth/bluetooth_dumps.h"
#include "android/bluetooth/bluetooth_state.h"
#include "android/bluetooth/hci_names.h"
#include "android/dump_text.h"
#include "evidence/finding_ids.h"

namespace bk::android {
namespace {

using testing::kDumpAndroid10;
using testing::kDumpAndroid13;
using testing::kDumpAndroid15;
using testing::kDumpAndroid5;
using testing::kDumpAndroid7;
using testing::kDumpOff;
namespace id = evidence::id;

struct Parsed {
  BluetoothState state;
  std::vector<evidence::Loss> losses;
};

Parsed Parse(std::string_view text) {
  Section section{.name = "bluetooth_manager", .body = text, .member_text = text, .file = "x.txt"};
  Parsed parsed;
  ParseBluetoothSection(section, parsed.state, parsed.losses);
  return parsed;
}

std::vector<evidence::CompanionApp> Apps() {
  return {{.id = "zepp_life",
           .title = "Zepp Life",
           .packages = {"com.xiaomi.hm.health"},
           .speaks_to_band4 = true,
           .from_maker = true},
          {.id = "gadgetbridge",
           .title = "Gadgetbridge",
           .packages = {"nodomain.freeyourgadget.gadgetbridge"},
           .speaks_to_band4 = true}};
}

evidence::BandId Band() {
  return {.address = ParseAddress("C8:0F:10:01:02:03"),
          .masked_address = {},
          .name = "Mi Smart Band 4"};
}

// "true", "false" or "" when there is no such finding.
std::string Value(const evidence::Evidence& evidence, std::string_view finding) {
  for (const evidence::Finding& f : evidence.findings)
    if (f.id == finding) return std::get<bool>(f.value) ? "true" : "false";
  return "";
}

TEST(BluetoothDump, Android5HasNoHeadings) {
  const Parsed parsed = Parse(kDumpAndroid5);
  EXPECT_EQ(parsed.state.dumps, 1U);
  EXPECT_EQ(parsed.state.adapter, AdapterState::kOn);
  EXPECT_EQ(parsed.state.adapter_name, "Phone Five");
  EXPECT_TRUE(parsed.state.app_not_connected);
  EXPECT_FALSE(parsed.state.bonds_listed);
  EXPECT_EQ(Value(Findings(parsed.state, Band(), Apps()), id::kBondedInAndroid), "");
}

TEST(BluetoothDump, Android7) {
  const Parsed parsed = Parse(kDumpAndroid7);
  EXPECT_TRUE(parsed.losses.empty());
  EXPECT_TRUE(parsed.state.bonds_listed);
  ASSERT_EQ(parsed.state.bonds.size(), 2U);
  EXPECT_EQ(parsed.state.bonds[0].type, DeviceType::kLe);
  EXPECT_EQ(parsed.state.bonds[1].name, "Car: kit [old]");
  EXPECT_EQ(parsed.state.on_for_ms, 7'200'000U);
  ASSERT_EQ(parsed.state.apps.size(), 2U);
  EXPECT_EQ(parsed.state.apps[0].scan_ms, 5'400'000U);
  EXPECT_EQ(parsed.state.apps[0].scans_forced, 1U);
  ASSERT_EQ(parsed.state.apps[1].connections.size(), 1U);
  EXPECT_EQ(parsed.state.apps[1].connections[0].connection_id, 6);
  ASSERT_EQ(parsed.state.bond_records.size(), 2U);
  EXPECT_EQ(parsed.state.bond_records[1].step, BondRecord::Step::kBonded);
  EXPECT_THAT(parsed.state.ble_apps, ::testing::ElementsAre("com.example.beacons"));

  const evidence::Evidence seen = Findings(parsed.state, Band(), Apps());
  EXPECT_EQ(Value(seen, id::kBluetoothOff), "false");
  EXPECT_EQ(Value(seen, id::kBondedInAndroid), "true");
  EXPECT_EQ(Value(seen, id::kConnectsOk), "true");
  EXPECT_EQ(Value(seen, id::kPairingSucceeds), "true");
  EXPECT_EQ(Value(seen, id::kOtherBluetoothApp), "true");  // 75 % of the time
  EXPECT_EQ(Value(seen, id::kBluetoothCrashed), "");       // the line is not there
}

TEST(BluetoothDump, Android10LinksAndContention) {
  const Parsed parsed = Parse(kDumpAndroid10);
  EXPECT_TRUE(parsed.losses.empty());
  EXPECT_EQ(parsed.state.switches.size(), 3U);
  EXPECT_EQ(parsed.state.switches[1].package, "com.example.saver");
  EXPECT_FALSE(parsed.state.switches[1].enable);
  EXPECT_EQ(parsed.state.links.size(), 10U);
  EXPECT_EQ(parsed.state.links[1].reason, 8);
  EXPECT_EQ(parsed.state.registered.size(), 3U);
  EXPECT_EQ(parsed.state.config_devices, 2U);
  EXPECT_EQ(parsed.state.snoop_setting, "full");

  const evidence::Evidence seen = Findings(parsed.state, Band(), Apps());
  EXPECT_EQ(Value(seen, id::kBluetoothCrashed), "false");
  EXPECT_EQ(Value(seen, id::kLinkTimeouts), "true");
  EXPECT_EQ(Value(seen, id::kPeerEndsLink), "true");
  EXPECT_EQ(Value(seen, id::kConnectFailsEstablish), "true");
  EXPECT_EQ(Value(seen, id::kPhoneEndsLink), "");  // only the headset's link ended so
  EXPECT_EQ(Value(seen, id::kFrequentDisconnects), "true");
  EXPECT_EQ(Value(seen, id::kConnectLoop), "true");
  EXPECT_EQ(Value(seen, id::kOtherBluetoothApp), "true");
  EXPECT_EQ(Value(seen, id::kOtherCompanionInstalled), "true");
  EXPECT_EQ(Value(seen, id::kScanRunsForever), "true");
  EXPECT_EQ(Value(seen, id::kStuckConnecting), "");  // it is connected now
  EXPECT_EQ(Value(seen, id::kTooManyGattClients), "false");
}

TEST(BluetoothDump, Android13KeyForgotten) {
  const Parsed parsed = Parse(kDumpAndroid13);
  EXPECT_TRUE(parsed.losses.empty());
  ASSERT_EQ(parsed.state.bonds.size(), 2U);
  EXPECT_EQ(parsed.state.bonds[0].le_key_known, false);
  EXPECT_EQ(parsed.state.apps[0].package, "com.google.uid.shared");
  EXPECT_EQ(parsed.state.apps[0].uid, 10100);
  EXPECT_EQ(parsed.state.apps[0].low_power_ms, 200'000U);
  ASSERT_TRUE(parsed.state.accept_list);
  EXPECT_EQ(parsed.state.accept_list->max, 64U);

  const evidence::Evidence seen = Findings(parsed.state, Band(), Apps());
  EXPECT_EQ(Value(seen, id::kBondedInAndroid), "true");
  EXPECT_EQ(Value(seen, id::kEncryptionKeyMissing), "true");
  EXPECT_EQ(Value(seen, id::kPeerEndsLink), "true");
  EXPECT_EQ(Value(seen, id::kStuckConnecting), "true");
  EXPECT_EQ(Value(seen, id::kOtherBluetoothApp), "false");
  // shim::acl and shim::btm tell the same link: one beginning, one end.
  const auto count = [&](std::string_view kind) {
    return std::count_if(seen.events.begin(), seen.events.end(),
                         [&](const evidence::Event& e) { return e.kind == kind; });
  };
  EXPECT_EQ(count("link_up"), 1);
  EXPECT_EQ(count("link_down"), 1);
  EXPECT_EQ(count("encryption_failed"), 1);
}

TEST(BluetoothDump, Android15CrashAndFullTable) {
  const Parsed parsed = Parse(kDumpAndroid15);
  EXPECT_TRUE(parsed.losses.empty());
  ASSERT_EQ(parsed.state.switches.size(), 3U);
  EXPECT_EQ(parsed.state.switches[1].reason, "CRASH");
  EXPECT_EQ(parsed.state.switches[1].package, "BluetoothSystemServer");
  ASSERT_EQ(parsed.state.bonds.size(), 2U);
  EXPECT_EQ(parsed.state.bonds[1].name, "CAR-BT(A0F)");
  EXPECT_EQ(parsed.state.bonds[1].type, DeviceType::kClassic);
  ASSERT_TRUE(parsed.state.gatt_clients);
  EXPECT_EQ(parsed.state.gatt_clients->used, 31U);
  ASSERT_EQ(parsed.state.open_links.size(), 1U);
  EXPECT_EQ(parsed.state.open_links[0].le, false);

  const evidence::Evidence seen = Findings(parsed.state, Band(), Apps());
  EXPECT_EQ(Value(seen, id::kBluetoothCrashed), "true");
  EXPECT_EQ(Value(seen, id::kBondedInAndroid), "false");
  EXPECT_EQ(Value(seen, id::kTooManyGattClients), "true");
  EXPECT_EQ(Value(seen, id::kConnectsOk), "");  // the headset is not the band
  EXPECT_EQ(Value(Findings(parsed.state, {}, Apps()), id::kBondedInAndroid), "false");
}

TEST(BluetoothDump, OffByAirplaneMode) {
  const Parsed parsed = Parse(kDumpOff);
  const evidence::Evidence seen = Findings(parsed.state, Band(), Apps());
  EXPECT_EQ(Value(seen, id::kBluetoothOff), "true");
  EXPECT_EQ(Value(seen, id::kAirplaneMode), "true");
  EXPECT_EQ(Value(seen, id::kBondedInAndroid), "");
}

TEST(BluetoothDump, NoServiceAtAll) {
  const Parsed parsed = Parse("Can't find service: bluetooth_manager\n");
  EXPECT_EQ(parsed.state.dumps, 0U);
  EXPECT_EQ(Value(Findings(parsed.state, Band(), Apps()), id::kNoBluetooth), "true");
}

TEST(BluetoothDump, NothingSaidIsNothingFound) {
  const Parsed parsed = Parse("hello\nworld\n");
  EXPECT_EQ(parsed.state.dumps, 0U);
  EXPECT_TRUE(Findings(parsed.state, Band(), Apps()).findings.empty());
}

TEST(BluetoothDump, BleOnlyIsOff) {
  const Parsed parsed = Parse("Bluetooth Status\n  enabled: false\n  state: BLE_ON\n");
  EXPECT_EQ(Value(Findings(parsed.state, Band(), Apps()), id::kBluetoothOff), "true");
}

TEST(BluetoothDump, ABondThatIsNotUnderstoodIsALoss) {
  const Parsed parsed = Parse(
      "Bluetooth Status\n  state: ON\nAdapterProperties\n  Bonded devices:\n"
      "    C8:0F:10:01:02:03 [  LE  ] Mi Smart Band 4\n    device-7 [  LE  ] Odd one\n"
      "  Scan Mode Changes:\n");
  ASSERT_EQ(parsed.losses.size(), 1U);
  EXPECT_EQ(parsed.losses[0].kind, evidence::LossKind::kNotUnderstood);
  EXPECT_EQ(parsed.losses[0].text, "1 of 2 bonded devices were not understood");
}

TEST(BluetoothDump, AMaskedAddressThatFitsTwoSaysNothingOfEither) {
  const Parsed parsed = Parse(
      "Bluetooth Status\n  state: ON\nAdapterProperties\n  Bonded devices:\n"
      "    C8:0F:10:01:02:03 [  LE  ] Mi Smart Band 4\n    C8:0F:10:07:02:03 [  LE  ] Other\n"
      "ScanMode: X\n"
      "shim::record 001 xx:xx:xx:xx:02:03 LE sec_prop:le_linkkey_known:F,le_encrypted:F\n");
  EXPECT_FALSE(parsed.state.bonds[0].le_key_known);
  EXPECT_FALSE(parsed.state.bonds[1].le_key_known);
}

TEST(BluetoothDump, TheSameBandTwiceIsToldAsStale) {
  const Parsed parsed = Parse(
      "Bluetooth Status\n  state: ON\nAdapterProperties\n  Bonded devices:\n"
      "    C8:0F:10:01:02:03 [  LE  ] Mi Smart Band 4\n"
      "    C8:0F:10:09:09:09 [  LE  ] Mi Smart Band 4\nScanMode: X\n");
  const evidence::Evidence seen = Findings(parsed.state, Band(), Apps());
  ASSERT_FALSE(seen.findings.empty());
  const auto bonded = std::find_if(seen.findings.begin(), seen.findings.end(),
                                   [](const auto& f) { return f.id == id::kBondedInAndroid; });
  ASSERT_NE(bonded, seen.findings.end());
  EXPECT_THAT(bonded->text, ::testing::HasSubstr("2 times"));
}

TEST(BluetoothDump, ASecondDumpAddsWhatIsNew) {
  Parsed parsed = Parse(kDumpAndroid10);
  Section again{.name = "bluetooth_manager", .body = kDumpAndroid10, .member_text = kDumpAndroid10};
  ParseBluetoothSection(again, parsed.state, parsed.losses);
  EXPECT_EQ(parsed.state.dumps, 2U);
  EXPECT_EQ(parsed.state.bonds.size(), 2U);
  EXPECT_EQ(parsed.state.switches.size(), 3U);
  EXPECT_EQ(parsed.state.links.size(), 10U);
  EXPECT_EQ(parsed.state.apps.size(), 4U);
}

// The manager counts from when Bluetooth was asked for, the stack's statistics from its last start;
// and a second dump, written while the stack restarts, takes nothing away that the first one knew.
TEST(BluetoothDump, ACrashedStackMeasuresSinceItsRestart) {
  const std::string head =
      "Bluetooth Status\n  enabled: true\n  state: ON\n  time since enabled: 00:03:01.715\n\n"
      "Enable log:\n"
      "  08-19 14:49:00.341 \tPackage [android] requested to [Enable]. \tReason is SYSTEM_BOOT\n";
  const std::string crash =
      "  08-19 14:51:22.308 \tPackage [System] requested to [Disable]. \tReason is CRASH\n"
      "  08-19 14:51:22.710 \tPackage [System] requested to [Enable]. \tReason is RESTARTED\n";
  const std::string maps =
      "\nAdapterProperties\n  Bonded devices:\n    C8:0F:10:01:02:04 [BR/EDR][ 0x24041C ] Car\n\n"
      "GATT Scanner Map\n  Entries: 0\n\nGATT Client Map\n  Entries: 0\n\nGATT Server Map\n";
  EXPECT_EQ(Parse(head + maps).state.maps_stack_ms, 181'715U);
  Parsed parsed = Parse(head + crash + maps);
  EXPECT_EQ(parsed.state.maps_stack_ms, 181'715U - 142'369U);
  EXPECT_EQ(Value(Findings(parsed.state, Band(), Apps()), id::kOtherBluetoothApp), "");
  EXPECT_EQ(Value(Findings(Parse(head + maps).state, Band(), Apps()), id::kOtherBluetoothApp),
            "false");

  const std::string second =
      "Bluetooth Status\n  enabled: false\n  state: BLE_TURNING_ON\n\nAdapterProperties\n"
      "  Name: null\n  Bonded devices:\n\nScanMode: Unknown Scan Mode 0\n"
      "Impossible to dump native stack. state=OFF\n";
  const Section section{.name = "bluetooth_manager", .body = second, .member_text = second};
  ParseBluetoothSection(section, parsed.state, parsed.losses);
  const evidence::Evidence after = Findings(parsed.state, Band(), Apps());
  EXPECT_EQ(Value(after, id::kBondedInAndroid), "false");
  EXPECT_EQ(Value(after, id::kTooManyGattClients), "false");
  EXPECT_EQ(Value(after, id::kBluetoothOff), "");
  EXPECT_TRUE(parsed.losses.empty());
}

TEST(BluetoothDump, SightingsNameEveryLowEnergyDevice) {
  const auto seen = Sightings(Parse(kDumpAndroid7).state);
  ASSERT_EQ(seen.size(), 2U);  // the bond and the connection; the car kit is classic
  EXPECT_EQ(seen[0].likeness, 3);
  EXPECT_EQ(seen[0].address, ParseAddress("C8:0F:10:01:02:03"));
}

TEST(BluetoothDump, PlacesPointAtTheirLines) {
  const evidence::Evidence seen = Findings(Parse(kDumpAndroid10).state, Band(), Apps());
  for (const evidence::Finding& finding : seen.findings) {
    EXPECT_EQ(finding.where.file, "x.txt") << finding.id;
    EXPECT_LT(finding.where.offset, kDumpAndroid10.size()) << finding.id;
    EXPECT_FALSE(finding.text.empty());
  }
}

TEST(BluetoothDump, EveryTruncationIsReadWithoutInvention) {
  for (const std::string_view whole :
       {kDumpAndroid5, kDumpAndroid7, kDumpAndroid10, kDumpAndroid13, kDumpAndroid15, kDumpOff}) {
    for (std::size_t length = 0; length < whole.size(); ++length) {
      const Parsed parsed = Parse(whole.substr(0, length));
      const evidence::Evidence seen = Findings(parsed.state, Band(), Apps());
      // A list that was cut never proves that the band is not bonded.
      if (whole != kDumpAndroid15) {
        ASSERT_NE(Value(seen, id::kBondedInAndroid), "false") << length;
      }
    }
  }
}

std::string WithLinks(std::string_view links) {
  return "Bluetooth Status\n  enabled: true\n  state: ON\n  time since enabled: 01:00:00.000\n"
         "AdapterProperties\n  Bonded devices:\n    C8:0F:10:01:02:03 [  LE  ] Mi Smart Band 4\n\n"
         "GATT Scanner Map\n  Entries: 2\n\n"
         "  com.google.uid.shared:10020 (Registered)\n"
         "  LE scans (started/stopped)         : 3 / 3\n"
         "  Total number of results            : 41\n\n"
         "  com.xiaomi.hm.health (Registered)\n"
         "  LE scans (started/stopped)         : 12 / 12\n"
         "  Scan time in ms (active/suspend/total) : 60000 / 0 / 60000\n"
         "  Total number of results            : 0\n\n"
         "GATT Client Map\n  Entries: 0\n\nGATT Server Map\n  Entries: 0\n\n"
         "Connection Events:\n" +
         std::string(links) + "\nBond Events: \n  Total Number of events: 0\n";
}

// A band that forgot its key is connected for a second each time: that was told as "connects".
TEST(BluetoothDump, ALinkThatBreaksAtOnceIsNoProofOfConnecting) {
  const std::string broken =
      "  03-02 07:45:00.900 DISCONNECTED c8:0f:10:01:02:03 reason=6\n"
      "  03-02 07:45:00.000 CONNECTED    c8:0f:10:01:02:03\n";
  const evidence::Evidence out = Findings(Parse(WithLinks(broken)).state, Band(), Apps());
  EXPECT_EQ(Value(out, id::kConnectsOk), "");
  EXPECT_EQ(Value(out, id::kEncryptionKeyMissing), "true");
  const std::string earlier = broken +
                              "  03-02 07:40:00.000 DISCONNECTED c8:0f:10:01:02:03 reason=8\n"
                              "  03-02 07:30:00.000 CONNECTED    c8:0f:10:01:02:03\n";
  EXPECT_EQ(Value(Findings(Parse(WithLinks(earlier)).state, Band(), Apps()), id::kConnectsOk),
            "true");
}

// Location off or denied: the companion's searches end without a result, those of others do not.
TEST(BluetoothDump, ACompanionThatFindsNothingWhileOthersDo) {
  const evidence::Evidence out = Findings(Parse(WithLinks("  None\n")).state, Band(), Apps());
  EXPECT_EQ(Value(out, id::kBandNotInScan), "true");
  // A band that was connected since does not advertise.
  const std::string linked = "  03-02 07:45:00.000 CONNECTED    c8:0f:10:01:02:03\n";
  EXPECT_EQ(Value(Findings(Parse(WithLinks(linked)).state, Band(), Apps()), id::kBandNotInScan),
            "");
}

TEST(HciNames, EveryPrintedForm) {
  EXPECT_EQ(HciCodeAfter("x reason=19", "reason"), 19);
  EXPECT_EQ(HciCodeAfter("reason:CONNECTION_TIMEOUT(0x08) comment:x", "reason"), 8);
  EXPECT_EQ(HciCodeAfter("disconnect_reason:REMOTE_USER_TERMINATED_CONNECTION", "reason"), 0x13);
  EXPECT_EQ(HciCodeAfter("status:HCI_ERR_KEY_MISSING", "status"), 6);
  EXPECT_EQ(HciCodeAfter("status:HCI_SUCCESS t", "status"), 0);
  EXPECT_EQ(HciCodeAfter("status:WHO_KNOWS", "status"), std::nullopt);
  EXPECT_EQ(HciCodeAfter("nothing", "reason"), std::nullopt);
}

TEST(DumpText, TimesAndAddresses) {
  std::string_view text = "03-02 08:11:05.123 rest";
  EXPECT_EQ(TakeTime(text).clock, ClockKind::kLogcat);
  EXPECT_EQ(text, " rest");
  text = "2019/11/05 11:00:00 - 5ms";
  EXPECT_EQ(TakeTime(text).clock, ClockKind::kWall);
  text = "13-40 08:11:05";
  EXPECT_FALSE(TakeTime(text).known());
  EXPECT_EQ(text, "13-40 08:11:05");
  EXPECT_EQ(AddressLength("xx:xx:xx:xx:02:03"), 17U);
  EXPECT_EQ(AddressLength("XX:XX:XX:14:0C:C4 x"), 17U);
  EXPECT_EQ(AddressLength("AA:BB:CC:DD:EE:FF:00"), 0U);
  EXPECT_EQ(FindAddress("x: aa:bb:cc:dd:ee:ff"), 3U);
  EXPECT_TRUE(SameAddress("xx:xx:xx:xx:02:03", "C8:0F:10:01:02:03"));
  EXPECT_FALSE(SameAddress("xx:xx:xx:xx:02:03", "C8:0F:10:01:02:04"));
  EXPECT_TRUE(NamesNoDevice("xx:xx:xx:xx:00:00"));
  EXPECT_TRUE(NamesNoDevice("00:00:00:00:00:00"));
  EXPECT_FALSE(NamesNoDevice("C8:0F:10:01:00:00"));
}

}  // namespace
}  // namespace bk::android
