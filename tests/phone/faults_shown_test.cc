// Each injected fault shows itself to the program's readers, on every version and maker, in the
// words of that version.
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "phone/phone_words.h"
#include "simulate/phone/faults/inject.h"
#include "simulate/phone/life/advance.h"
#include "simulate/phone/report/bug_report.h"
#include "simulate/phone/setup/make_android.h"
#include "simulate/phone/system/system_testing.h"

namespace bk {
namespace {

using namespace std::chrono_literals;
using phone_tests::Findings;
using simulate::Android;
using simulate::Maker;
using simulate::testing::kMakers;
using simulate::testing::kSdks;

struct Shown {
  std::string_view cause;
  std::vector<std::string_view> one_of;  // findings of the phone's outputs, one at least is yes
  std::vector<std::string_view> air;     // likewise of the HCI log; empty: not asked
  int since = 0;                         // Android versions that show it in these outputs
};
const std::vector<Shown>& Table() {
  static const std::vector<Shown> table = {
      {"airplane_mode", {"airplane_mode_on"}, {}},
      {"bluetooth_off", {"bluetooth_off"}, {}},
      {"app_bug", {"companion_app_crashed"}, {}},
      {"app_stopped_or_disabled", {"companion_app_force_stopped"}, {}},
      {"app_level_pairing_lost", {"band_ends_link"}, {"auth_failed"}},
      {"auth_key_wrong", {"band_ends_link"}, {"auth_failed"}},
      {"bound_to_other_account_or_phone", {"band_ends_link"}, {"auth_failed"}},
      {"paired_with_wrong_vendor_app", {"band_ends_link"}, {"auth_failed"}},
      {"auth_key_missing", {"phone_ends_link"}, {"phone_ends_link"}},
      {"background_killed", {"companion_app_killed"}, {}},
      {"battery_saver_active", {"companion_app_killed", "battery_saver_on"}, {}},
      {"band_needs_restart",
       {"gatt_status_133", "connect_fails_to_establish"},
       {"connect_fails_to_establish"}},
      {"bluetooth_cache_corrupt", {"phone_ends_link"}, {"phone_ends_link"}},
      {"bluetooth_clients_exhausted", {"too_many_gatt_clients"}, {}},
      {"bluetooth_stack_glitch", {"gatt_status_133", "stuck_connecting"}, {"stuck_connecting"}},
      {"competing_app", {"band_ends_link"}, {"band_ends_link"}},
      {"location_permission_missing",
       {"scan_security_exception", "location_permission_denied"},
       {}},
      {"location_services_off", {"location_off"}, {}},
      {"nearby_devices_permission_missing", {"scan_security_exception"}, {}, 31},
      {"os_bonding_conflict", {"band_ends_link"}, {"band_ends_link"}},
      {"other_app_hogs_bluetooth", {"other_bluetooth_app_running", "radio_crowded"}, {}},
      {"phone_bluetooth_stack_bug", {"bluetooth_stack_crashed"}, {}},
      {"phone_without_bluetooth", {"bluetooth_stack_crashed"}, {}},
      {"phone_clock_wrong", {"auto_time_off"}, {}},
      {"stale_bond",
       {"encryption_key_missing", "encryption_mic_failure", "smp_pairing_failed"},
       {"encryption_key_missing", "encryption_mic_failure", "smp_pairing_failed"}},
      {"wrong_device_chosen", {"connects_ok", "bonded_in_android"}, {}},
  };
  return table;
}

bool AnyYes(const Findings& findings, const std::vector<std::string_view>& wanted) {
  for (const std::string_view id : wanted)
    if (const auto found = findings.find(std::string(id));
        found != findings.end() && found->second == "yes")
      return true;
  return false;
}

std::string Yes(const Findings& findings) {
  std::string text;
  for (const auto& [id, value] : findings)
    if (value == "yes") text += id + " ";
  return text;
}

TEST(SimulatedFaults, ShowInTheOutputsOfEveryVersion) {
  std::size_t turn = 0;
  for (const Shown& row : Table())
    for (const int sdk : kSdks) {
      if (sdk < row.since) continue;
      const Maker maker = kMakers[turn++ % std::size(kMakers)];
      SCOPED_TRACE(::testing::Message()
                   << row.cause << ", Android " << sdk << ", maker " << static_cast<int>(maker));
      Android phone = simulate::MakeAndroid(sdk, maker, 11);
      simulate::Advance(phone, 10min);
      ASSERT_TRUE(simulate::Inject(phone, row.cause, static_cast<std::uint64_t>(sdk)));
      // Shares of the radio are told of the time since Bluetooth came on.
      if (row.cause == "other_app_hogs_bluetooth") simulate::Restart(phone);
      simulate::Advance(phone, 3h);
      const Findings seen = phone_tests::ReadPhone(phone);
      EXPECT_TRUE(AnyYes(seen, row.one_of)) << "seen: " << Yes(seen);
      if (row.air.empty()) continue;
      const Findings air = phone_tests::ReadAir(phone);
      EXPECT_TRUE(AnyYes(air, row.air)) << "in the air: " << Yes(air);
    }
}

TEST(SimulatedFaults, AHealthyPhoneShowsNone) {
  const std::set<std::string_view> troubles = {"bluetooth_off",
                                               "airplane_mode_on",
                                               "bluetooth_stack_crashed",
                                               "too_many_gatt_clients",
                                               "companion_app_crashed",
                                               "companion_app_force_stopped",
                                               "companion_app_killed",
                                               "location_off",
                                               "scan_security_exception",
                                               "encryption_key_missing",
                                               "encryption_mic_failure",
                                               "smp_pairing_failed",
                                               "auth_failed",
                                               "gatt_status_133",
                                               "connect_loop",
                                               "stuck_connecting",
                                               "auto_time_off",
                                               "other_bluetooth_app_running",
                                               "battery_saver_on",
                                               "connect_fails_to_establish"};
  for (const int sdk : kSdks)
    for (const Maker maker : kMakers)
      for (const std::uint64_t seed : {1U}) {
        SCOPED_TRACE(::testing::Message() << sdk << " " << static_cast<int>(maker));
        Android phone = simulate::MakeAndroid(sdk, maker, seed);
        simulate::Advance(phone, 6h);
        Findings seen = phone_tests::ReadPhone(phone);
        const Findings air = phone_tests::ReadAir(phone);
        EXPECT_EQ(seen["connects_ok"], "yes");
        EXPECT_TRUE(AnyYes(air, {"sync_completed"})) << Yes(air);
        EXPECT_TRUE(AnyYes(air, {"auth_succeeded"})) << Yes(air);
        for (const auto& [id, value] : seen)
          EXPECT_FALSE(value == "yes" && troubles.contains(id)) << id;
        for (const auto& [id, value] : air)
          EXPECT_FALSE(value == "yes" && troubles.contains(id)) << id;
      }
}

TEST(SimulatedFaults, ABandThatIsNotHeardAfterARestartIsNotInTheScan) {
  for (const int sdk : kSdks) {
    SCOPED_TRACE(sdk);
    Android phone = simulate::MakeAndroid(sdk, Maker::kStock, 5);
    simulate::Advance(phone, 10min);
    simulate::Inject(phone, "band_held_by_other_phone", 1);
    simulate::Restart(phone);
    simulate::Advance(phone, 1h);
    Findings seen = phone_tests::ReadPhone(phone);
    EXPECT_EQ(seen["band_not_in_scan"], "yes");
  }
}

TEST(SimulatedFaults, TheBugReportSaysTheSame) {
  for (const int sdk : kSdks) {
    SCOPED_TRACE(sdk);
    Android phone = simulate::MakeAndroid(sdk, Maker::kStock, 5);
    simulate::Advance(phone, 10min);
    ASSERT_TRUE(simulate::Inject(phone, "auth_key_wrong", 1));
    simulate::Advance(phone, 1h);
    static const android::log::testing::PlainCompiler compiler;
    android::ReportReader reader(compiler, phone_tests::CompanionApps());
    const std::string text = simulate::BugReportText(phone, simulate::WholeNature().programs);
    const auto what = reader.Add(std::as_bytes(std::span(text)), "bugreport.txt");
    EXPECT_EQ(what.kind, android::TextKind::kBugReport) << what.sentence;
    const android::PhoneState state = std::move(reader).Finish();
    ASSERT_TRUE(state.header);
    EXPECT_TRUE(state.header->complete);
    Findings seen;
    const evidence::Evidence evidence =
        android::FindingsFor(state, phone_tests::BandOf(phone), phone_tests::CompanionApps());
    phone_tests::Take(evidence, seen);
    EXPECT_EQ(seen["band_ends_link"], "yes");
    EXPECT_EQ(seen["bonded_in_android"], "yes");
  }
}

}  // namespace
}  // namespace bk
