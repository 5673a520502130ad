// Every fault stops a healthy phone; its remedy heals it, by what the state then allows.
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "simulate/phone/faults/inject.h"
#include "simulate/phone/life/advance.h"
#include "simulate/phone/life/owner.h"
#include "simulate/phone/life/test_phone.h"

namespace bk::simulate {
namespace {

using namespace std::chrono_literals;
using simulate::testing::HealthyPhone;
using simulate::testing::kMakers;
using simulate::testing::kSdks;

bool AboutNotifications(std::string_view cause) { return cause.starts_with("notification_"); }

// How many of twelve moments within an hour the phone was well.
int WellMoments(Android& phone, std::string_view cause) {
  int well = 0;
  for (int i = 0; i < 12; ++i) {
    Advance(phone, 5min);
    well += AboutNotifications(cause) ? NotificationsArrive(phone)
                                      : Healthy(phone, phone.clock.wall - 16min);
  }
  return well;
}

// What an owner can do that ends it, in its several forms. A form needs one of these; none is tried
// after another that has already changed something.
const std::map<std::string_view, std::vector<std::string_view>>& Remedies() {
  static const std::map<std::string_view, std::vector<std::string_view>> remedies = {
      {"airplane_mode", {"turn_off_airplane_mode"}},
      {"android_update_broke", {"update_phone_system"}},
      {"app_bug", {"update_app", "go_back_app_version"}},
      {"app_data_corrupt", {"clear_app_data", "reinstall_app"}},
      {"app_level_pairing_lost", {"pair_in_app_again", "clean_repair", "factory_reset_band"}},
      {"app_misconfigured", {"choose_right_mode"}},
      {"app_stopped_or_disabled", {"enable_app"}},
      {"app_unsupported_device", {"use_supporting_app"}},
      {"auth_key_missing", {"enter_key"}},
      {"auth_key_wrong", {"correct_key"}},
      {"autoreconnect_setting_off", {"turn_on_reconnect_option"}},
      {"background_killed", {"lift_background_restriction", "allow_autostart"}},
      {"band_battery_empty", {"charge_band", "charge_band_hours"}},
      {"band_held_by_other_phone", {"free_from_other_phone"}},
      {"band_needs_restart", {"restart_band"}},
      {"band_not_bound_yet", {"bind_in_official_app"}},
      {"battery_saver_active", {"turn_off_battery_saver"}},
      {"bluetooth_app_restricted", {"lift_bluetooth_app_restriction"}},
      {"bluetooth_cache_corrupt", {"clear_bluetooth_data"}},
      {"bluetooth_clients_exhausted", {"toggle_bluetooth", "restart_phone", "cycle_airplane_mode"}},
      {"bluetooth_off", {"turn_on_bluetooth"}},
      {"bluetooth_stack_glitch", {"restart_phone"}},
      {"bound_to_other_account_or_phone", {"free_in_official_app", "factory_reset_band"}},
      {"competing_app", {"uninstall_other_companion", "stop_other_companion"}},
      {"data_saver_blocks_app", {"exempt_from_data_saver"}},
      {"interference_or_range", {"go_to_quiet_place"}},
      {"location_permission_missing", {"grant_location_permission"}},
      {"location_services_off", {"turn_on_location"}},
      {"missing_dependency_app", {"install_missing_package"}},
      {"nearby_devices_permission_missing", {"grant_nearby_devices"}},
      {"notification_listener_unbound", {"regrant_notification_access"}},
      {"notification_permission_missing", {"grant_notification_access", "grant_notifications"}},
      {"os_bonding_conflict", {"pair_without_os_bond"}},
      {"other_app_hogs_bluetooth", {"uninstall_other_bluetooth_app", "stop_other_bluetooth_app"}},
      {"paired_via_system_settings", {"forget_in_android", "clean_repair"}},
      {"paired_with_wrong_vendor_app", {"use_right_sibling_app"}},
      {"phone_bluetooth_stack_bug", {"update_phone_system"}},
      {"phone_clock_wrong", {"set_time_automatic"}},
      {"server_unreachable", {"turn_off_filtering_dns", "connect_to_internet", "try_server_later"}},
      {"stale_bond", {"forget_in_android", "erase_bond_on_band", "factory_reset_band"}},
      {"wrong_account_used", {"use_right_account"}},
      {"wrong_device_chosen", {"pick_right_device"}},
  };
  return remedies;
}
// Several remedies, each for one of its forms.
bool OneOfSeveralForms(std::string_view cause) {
  for (const std::string_view one :
       {"background_killed", "notification_permission_missing", "server_unreachable", "stale_bond"})
    if (cause == one) return true;
  return false;
}

TEST(Faults, EachStopsAHealthyPhoneAndItsRemedyHealsIt) {
  for (const std::string_view cause : InjectableCauses())
    for (const int sdk : kSdks)
      for (const std::uint64_t seed : {1U, 2U, 3U})
        for (const Maker maker : {kMakers[(seed + static_cast<std::uint64_t>(sdk)) % 3]}) {
          SCOPED_TRACE(::testing::Message() << cause << ", Android " << sdk << ", maker "
                                            << static_cast<int>(maker) << ", seed " << seed);
          Android phone = HealthyPhone(sdk, maker, seed * 77);
          Advance(phone, 5min);
          ASSERT_TRUE(Healthy(phone, phone.clock.wall - 20min));
          if (!Inject(phone, cause, seed)) {
            EXPECT_TRUE((cause == "nearby_devices_permission_missing" && sdk < 31) ||
                        (cause == "bluetooth_app_restricted" && sdk < 28));
            continue;
          }
          Advance(phone, 30min);
          // Crowded radio lets something through now and then.
          const int allowed = cause == "other_app_hogs_bluetooth" ||
                                      cause == "interference_or_range" ||
                                      cause == "bluetooth_app_restricted"
                                  ? 5
                                  : 0;
          EXPECT_LE(WellMoments(phone, cause), allowed);
          const auto remedies = Remedies().find(cause);
          if (remedies == Remedies().end()) {
            EXPECT_EQ(cause, "phone_without_bluetooth");
            continue;
          }
          bool healed = false;
          for (const std::string_view fix : remedies->second) {
            Android tried = phone;
            EXPECT_EQ(AskOwner(tried, fix), Deed::kDoes);
            Advance(tried, 25min);
            const bool well = WellMoments(tried, cause) >= 10;
            if (!OneOfSeveralForms(cause)) {
              EXPECT_TRUE(well) << fix;
            }
            healed = healed || well;
          }
          EXPECT_TRUE(healed);
        }
}

TEST(Faults, WhatDoesNotReachTheFaultDoesNotHealIt) {
  const std::vector<std::pair<std::string_view, std::string_view>> in_vain = {
      {"stale_bond", "toggle_bluetooth"},
      {"stale_bond", "restart_phone"},
      {"auth_key_wrong", "forget_in_android"},
      {"bluetooth_off", "restart_phone"},
      {"app_bug", "clear_app_data"},
      {"os_bonding_conflict", "forget_in_android"},
      {"location_services_off", "grant_location_permission"},
      {"bound_to_other_account_or_phone", "pair_in_app_again"},
      {"phone_bluetooth_stack_bug", "toggle_bluetooth"},
      {"android_update_broke", "forget_in_android"},
      {"competing_app", "restart_app"},
      {"band_held_by_other_phone", "toggle_bluetooth"},
      {"phone_without_bluetooth", "restart_phone"},
  };
  for (const auto& [cause, fix] : in_vain)
    for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
      SCOPED_TRACE(::testing::Message() << cause << " " << fix << " " << seed);
      Android phone = HealthyPhone(34, Maker::kStock, seed);
      Advance(phone, 5min);
      ASSERT_TRUE(Inject(phone, cause, seed));
      Advance(phone, 10min);
      AskOwner(phone, fix);
      Advance(phone, 25min);
      EXPECT_LE(WellMoments(phone, cause), 1);
    }
}

TEST(Faults, PairsStopAPhoneToo) {
  const auto causes = InjectableCauses();
  for (std::size_t i = 0; i < causes.size(); ++i)
    for (std::size_t j = i + 1; j < causes.size(); ++j) {
      if (AboutNotifications(causes[i]) || AboutNotifications(causes[j])) continue;
      SCOPED_TRACE(::testing::Message() << causes[i] << " + " << causes[j]);
      Android phone = HealthyPhone(34, Maker::kStock, i * 100 + j);
      Advance(phone, 5min);
      ASSERT_TRUE(Inject(phone, causes[i], i));
      Inject(phone, causes[j], j);  // the first may have taken away what the second breaks
      Advance(phone, 40min);
      EXPECT_LE(WellMoments(phone, causes[i]), 4);
    }
}

TEST(Faults, EveryCauseIsHereOrElsewhere) {
  EXPECT_GE(InjectableCauses().size(), 40U);
  for (const NotInjectable& one : CausesElsewhere()) {
    Android phone = HealthyPhone(34);
    const Android before = phone;
    EXPECT_FALSE(Inject(phone, one.cause, 1)) << one.cause;
    EXPECT_TRUE(phone == before);
    EXPECT_FALSE(one.why.empty());
  }
}

TEST(Faults, TheSameSeedGivesTheSameFault) {
  for (const std::string_view cause : InjectableCauses()) {
    Android one = HealthyPhone(34), two = HealthyPhone(34);
    Inject(one, cause, 5);
    Inject(two, cause, 5);
    Advance(one, 1h);
    Advance(two, 1h);
    EXPECT_TRUE(one == two) << cause;
  }
}

}  // namespace
}  // namespace bk::simulate
