// Bluetooth of a simulated phone: what switching, airplane mode, crashes and cleared data do, and
// what each version prints of it.
#include <gtest/gtest.h>

#include <string>

#include "simulate/phone/bluetooth/adapter.h"
#include "simulate/phone/bluetooth/dump.h"
#include "simulate/phone/bluetooth/programs.h"
#include "simulate/phone/bluetooth/radio.h"
#include "simulate/phone/bluetooth/shown_address.h"
#include "simulate/phone/shell/shell.h"

namespace bk::simulate {
namespace {

using namespace std::chrono_literals;
constexpr const char* kBand = "C8:0F:10:00:00:01";

Android PhoneOf(int sdk) {
  Android phone;
  phone.flavour.sdk = sdk;
  phone.flavour.model = "Model";
  phone.clock.wall = std::chrono::sys_days{std::chrono::year{2024} / 3 / 2}.time_since_epoch() + 7h;
  phone.clock.boot = 1h;
  phone.bluetooth.switches.push_back(
      {.at = phone.clock.wall - 50min, .reason = "SYSTEM_BOOT", .package = "android"});
  phone.bluetooth.bonds[kBand] = {.name = "Mi Smart Band 4"};
  return phone;
}

void Pass(Android& phone, std::chrono::microseconds time) {
  phone.clock.wall += time;
  phone.clock.boot += time;
  SettleAdapter(phone);
}

bool Has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(Adapter, ASwitchTakesItsTime) {
  Android phone = PhoneOf(34);
  SwitchBluetooth(phone, false, "APPLICATION_REQUEST", "com.android.shell");
  EXPECT_EQ(phone.bluetooth.adapter, AdapterState::kTurningOff);
  Pass(phone, 100ms);
  EXPECT_EQ(phone.bluetooth.adapter, AdapterState::kTurningOff);
  Pass(phone, 1s);
  EXPECT_EQ(phone.bluetooth.adapter, AdapterState::kOff);
  EXPECT_EQ(phone.system.settings["global"]["bluetooth_on"], "0");
  SwitchBluetooth(phone, true, "APPLICATION_REQUEST", "com.android.shell");
  Pass(phone, 2s);
  EXPECT_EQ(phone.bluetooth.adapter, AdapterState::kOn);
  EXPECT_EQ(phone.bluetooth.enabled_at, phone.clock.boot);
}

TEST(Adapter, ARestartFreesSlotsScansAndAHungStack) {
  Android phone = PhoneOf(31);
  while (RegisterClient(phone, "com.example.leak") != nullptr) {
  }
  EXPECT_EQ(phone.bluetooth.clients.size(), kClientSlots);
  phone.bluetooth.fault = StackFault::kHung;
  StartScan(phone, "com.example.leak", ScanMode::kLowLatency, false);
  SwitchBluetooth(phone, false, "APPLICATION_REQUEST", "com.android.shell");
  Pass(phone, 5s);
  EXPECT_EQ(phone.bluetooth.fault, StackFault::kHung);  // off alone mends nothing
  SwitchBluetooth(phone, true, "APPLICATION_REQUEST", "com.android.shell");
  Pass(phone, 5s);
  EXPECT_EQ(phone.bluetooth.fault, StackFault::kNone);
  EXPECT_TRUE(phone.bluetooth.clients.empty());
  EXPECT_TRUE(phone.bluetooth.scanners.empty());
  EXPECT_NE(RegisterClient(phone, "com.xiaomi.hm.health"), nullptr);
}

TEST(Adapter, AControllerThatHangsNeedsThePhonesRestart) {
  Android phone = PhoneOf(34);
  phone.bluetooth.fault = StackFault::kHungUntilReboot;
  SwitchBluetooth(phone, false, "APPLICATION_REQUEST", "x");
  Pass(phone, 5s);
  SwitchBluetooth(phone, true, "APPLICATION_REQUEST", "x");
  Pass(phone, 5s);
  EXPECT_EQ(phone.bluetooth.fault, StackFault::kHungUntilReboot);
  BootBluetooth(phone);
  EXPECT_EQ(phone.bluetooth.fault, StackFault::kNone);
}

TEST(Adapter, AirplaneModeTakesItDownAndGivesItBack) {
  for (const int sdk : {28, 29, 31, 34, 35}) {
    Android phone = PhoneOf(sdk);
    phone.system.settings["global"]["airplane_mode_on"] = "1";
    Pass(phone, 10ms);
    Pass(phone, 5s);
    EXPECT_EQ(phone.bluetooth.adapter, AdapterState::kOff) << sdk;
    EXPECT_EQ(phone.system.settings["global"]["bluetooth_on"], "2") << sdk;
    phone.system.settings["global"]["airplane_mode_on"] = "0";
    Pass(phone, 10ms);
    Pass(phone, 5s);
    EXPECT_EQ(phone.bluetooth.adapter, AdapterState::kOn) << sdk;
    EXPECT_EQ(phone.system.settings["global"]["bluetooth_on"], "1") << sdk;
  }
}

TEST(Adapter, BeforeAndroid9TheSettingAloneDoesNothing) {
  Android phone = PhoneOf(26);
  phone.system.settings["global"]["airplane_mode_on"] = "1";
  Pass(phone, 5s);
  EXPECT_EQ(phone.bluetooth.adapter, AdapterState::kOn);
  SettleAdapter(phone, /*by_page=*/true);
  Pass(phone, 5s);
  EXPECT_EQ(phone.bluetooth.adapter, AdapterState::kOff);
}

TEST(Adapter, SwitchedOnInAirplaneModeItStaysOn) {
  Android phone = PhoneOf(34);
  phone.system.settings["global"]["airplane_mode_on"] = "1";
  Pass(phone, 10ms);
  Pass(phone, 5s);
  SwitchBluetooth(phone, true, "APPLICATION_REQUEST", "com.android.systemui");
  Pass(phone, 5s);
  EXPECT_EQ(phone.bluetooth.adapter, AdapterState::kOn);
  phone.system.settings["global"]["airplane_mode_on"] = "0";
  Pass(phone, 5s);
  EXPECT_EQ(phone.bluetooth.adapter, AdapterState::kOn);
}

TEST(Adapter, ClearedDataKeepTheBondsAndMendWhatIsStored) {
  Android phone = PhoneOf(34);
  phone.bluetooth.fault = StackFault::kDamagedData;
  ClearBluetoothCache(phone);
  EXPECT_EQ(phone.bluetooth.fault, StackFault::kDamagedData);
  ClearBluetoothData(phone);
  EXPECT_EQ(phone.bluetooth.fault, StackFault::kNone);
  EXPECT_TRUE(phone.bluetooth.bonds.contains(kBand));
}

TEST(Adapter, ACrashIsCountedAndEndsEverything) {
  Android phone = PhoneOf(34);
  RegisterClient(phone, "com.xiaomi.hm.health");
  LinkUp(phone, kBand);
  CrashStack(phone, "command_timed_out");
  EXPECT_EQ(phone.bluetooth.crashes, 1U);
  EXPECT_TRUE(phone.bluetooth.clients.empty());
  EXPECT_EQ(StandingLink(phone, kBand), nullptr);
  const std::string dump = BluetoothDump(phone);
  EXPECT_TRUE(Has(dump, "Bluetooth crashed 1 time\n")) << dump;
  EXPECT_TRUE(Has(dump, "due to RESTARTED by android")) << dump;
}

TEST(Dump, AddressesAreHiddenAsEachVersionDoes) {
  EXPECT_EQ(Shown(33, Printer::kNative, kBand), "c8:0f:10:00:00:01");
  EXPECT_EQ(Shown(34, Printer::kNative, kBand), "xx:xx:xx:xx:00:01");
  EXPECT_EQ(Shown(33, Printer::kShim, kBand), "xx:xx:xx:xx:00:01");
  EXPECT_EQ(Shown(35, Printer::kJava, kBand), kBand);
  EXPECT_EQ(Shown(34, Printer::kJavaLog, kBand), "XX:XX:XX:XX:00:01");
  EXPECT_EQ(Shown(34, Printer::kManager, kBand), kBand);
  EXPECT_EQ(Shown(35, Printer::kManager, kBand), "XX:XX:XX:XX:00:01");
}

TEST(Dump, OffOnlyTheManagerSpeaks) {
  for (const int sdk : {26, 29, 31, 34, 35}) {
    Android phone = PhoneOf(sdk);
    SwitchBluetooth(phone, false, "APPLICATION_REQUEST", "com.example.saver");
    Pass(phone, 5s);
    const std::string dump = BluetoothDump(phone);
    EXPECT_TRUE(Has(dump, "  state: OFF\n")) << sdk;
    EXPECT_TRUE(Has(dump, "com.example.saver")) << sdk;
    EXPECT_FALSE(Has(dump, "Bonded devices")) << sdk;
    EXPECT_FALSE(Has(dump, "time since enabled")) << sdk;
  }
}

TEST(Dump, Android10AndItsInvertedHeading) {
  Android phone = PhoneOf(29);
  GattClient* client = RegisterClient(phone, "com.xiaomi.hm.health");
  client->peer = kBand;
  client->background = true;
  std::string dump = BluetoothDump(phone);
  EXPECT_FALSE(Has(dump, "background connect:"));
  phone.flavour.sdk = 31;
  dump = BluetoothDump(phone);
  EXPECT_TRUE(Has(dump, "apps doing background connect: 5, "));
}

TEST(Dump, AKeyThatFailedIsForgottenUntilTheStackStartsAgain) {
  Android phone = PhoneOf(34);
  phone.bluetooth.bonds[kBand].key_in_memory = false;
  EXPECT_TRUE(Has(BluetoothDump(phone), "le_linkkey_known:F"));
  SwitchBluetooth(phone, false, "APPLICATION_REQUEST", "x");
  Pass(phone, 5s);
  SwitchBluetooth(phone, true, "APPLICATION_REQUEST", "x");
  Pass(phone, 5s);
  EXPECT_TRUE(Has(BluetoothDump(phone), "le_linkkey_known:T"));
}

class Shell {
 public:
  explicit Shell(Android& phone) : phone_(phone) {
    AddShellPrograms(programs_);
    AddBluetoothPrograms(programs_);
  }
  Said operator()(std::string_view line) {
    Said said = RunLine(phone_, programs_, line);
    Pass(phone_, said.took);
    return said;
  }

 private:
  Android& phone_;
  Programs programs_;
};

TEST(BluetoothPrograms, From13OnTheShellSwitchesAndWaits) {
  for (const int sdk : {33, 34, 35}) {
    Android phone = PhoneOf(sdk);
    Shell shell(phone);
    Said said = shell("cmd bluetooth_manager disable");
    EXPECT_TRUE(Has(said.out, "BluetoothShellCommand: Exec")) << sdk;
    EXPECT_TRUE(Has(said.out, "disable: Success\n")) << sdk;
    said = shell("cmd bluetooth_manager wait-for-state:STATE_OFF");
    EXPECT_EQ(said.exit, 0);
    EXPECT_EQ(phone.bluetooth.adapter, AdapterState::kOff) << sdk;
    // Nobody asked for it: the wait runs out.
    said = shell("cmd bluetooth_manager wait-for-state:STATE_ON");
    EXPECT_EQ(said.exit, 255);
    EXPECT_TRUE(Has(said.err, "Failed with status=-1")) << sdk;
    EXPECT_GE(said.took, 5s);
    shell("svc bluetooth enable");
    shell("cmd bluetooth_manager wait-for-state:STATE_ON");
    EXPECT_EQ(phone.bluetooth.adapter, AdapterState::kOn) << sdk;
    EXPECT_EQ(shell("cmd bluetooth_manager dance").exit, 255);
  }
}

TEST(BluetoothPrograms, On12SvcIsSilentAndWorks) {
  Android phone = PhoneOf(31);
  Shell shell(phone);
  const Said said = shell("svc bluetooth disable");
  EXPECT_EQ(said.exit, 0);
  EXPECT_TRUE(said.out.empty());
  Pass(phone, 3s);
  EXPECT_EQ(phone.bluetooth.adapter, AdapterState::kOff);
  EXPECT_NE(shell("cmd bluetooth_manager enable").exit, 0);
}

TEST(BluetoothPrograms, Before12TheShellIsRefused) {
  for (const int sdk : {26, 29, 30}) {
    Android phone = PhoneOf(sdk);
    Shell shell(phone);
    EXPECT_NE(shell("svc bluetooth disable").exit, 0) << sdk;
    Pass(phone, 3s);
    EXPECT_EQ(phone.bluetooth.adapter, AdapterState::kOn) << sdk;
  }
}

}  // namespace
}  // namespace bk::simulate
