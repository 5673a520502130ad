// A simulated phone asked like a real one: its programs, what they print, what the program's
// readers make of it.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "android/log/plain_scan.h"
#include "android/report.h"
#include "app/phone/collect_phone.h"
#include "capture/capture_reader.h"
#include "capture/findings.h"
#include "simulate/phone/log/hci_log.h"
#include "simulate/phone/sim_phone.h"

namespace bk::phone_tests {

inline const std::vector<evidence::CompanionApp>& CompanionApps() {
  static const std::vector<evidence::CompanionApp> apps = [] {
    evidence::CompanionApp official, free;
    official.id = "zepp_life";
    official.packages = {"com.xiaomi.hm.health"};
    official.speaks_to_band4 = official.from_maker = official.needs_account = true;
    official.permissions = {"android.permission.BLUETOOTH_CONNECT",
                            "android.permission.BLUETOOTH_SCAN",
                            "android.permission.ACCESS_FINE_LOCATION"};
    free.id = "gadgetbridge";
    free.packages = {"nodomain.freeyourgadget.gadgetbridge"};
    free.speaks_to_band4 = true;
    free.permissions = official.permissions;
    return std::vector{official, free};
  }();
  return apps;
}

using Findings = std::map<std::string, std::string>;  // id → "yes", "no"

inline void Take(const evidence::Evidence& seen, Findings& findings) {
  for (const evidence::Finding& finding : seen.findings)
    if (const bool* value = std::get_if<bool>(&finding.value))
      if (*value || !findings.contains(finding.id)) findings[finding.id] = *value ? "yes" : "no";
}

inline evidence::BandId BandOf(const simulate::Android& phone) {
  evidence::BandId band;
  band.address = ParseAddress(phone.life.band.address);
  band.name = phone.life.band.name;
  return band;
}

// What doctor sees over the cable: all that it asks of such a phone.
inline Findings ReadPhone(const simulate::Android& phone) {
  static const android::log::testing::PlainCompiler compiler;
  simulate::SimPhones phones(phone);
  Findings findings;
  auto open = phones.Open("");
  if (!open) return findings;
  const auto collected = app::CollectPhone(**open, compiler, CompanionApps());
  if (collected)
    Take(android::FindingsFor(collected->state, BandOf(phone), CompanionApps()), findings);
  return findings;
}

// What its HCI log shows.
inline Findings ReadAir(const simulate::Android& phone) {
  const auto log = simulate::BtsnoopFile(phone);
  capture::CaptureReader reader({.file = "btsnoop_hci.log"});
  Findings findings;
  if (!reader.Push(log)) return findings;
  const auto story = reader.Finish();
  if (story) Take(capture::FindingsFor(*story, BandOf(phone)), findings);
  return findings;
}

}  // namespace bk::phone_tests
