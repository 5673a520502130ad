// A log as text to its facts and findings: for the tests of this room.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "android/log/log_reader.h"
#include "android/log/plain_scan.h"
#include "evidence/finding_ids.h"

namespace bk::android::log {

inline const std::vector<evidence::CompanionApp>& Apps() {
  static const std::vector<evidence::CompanionApp> apps = {
      {.id = "zepp_life", .title = "Zepp Life", .packages = {"com.xiaomi.hm.health"}},
      {.id = "gadgetbridge",
       .title = "Gadgetbridge",
       .packages = {"nodomain.freeyourgadget.gadgetbridge"}},
  };
  return apps;
}

inline LogState Read(std::string_view text, std::string file = "logcat.txt") {
  static const testing::PlainCompiler compiler;
  static const LogReader reader(compiler, Apps());
  LogState state;
  reader.Add({.kind = Section::Kind::kLog, .body = text, .member_text = text, .file = file}, state);
  return state;
}

inline evidence::Evidence FindingsOf(const LogState& state) {
  evidence::BandId band{.address = ParseAddress("C8:0F:10:01:02:03")};
  evidence::Evidence out;
  AddFindings(state, band, Apps(), out);
  return out;
}

inline bool Has(const evidence::Evidence& evidence, std::string_view id) {
  return std::any_of(evidence.findings.begin(), evidence.findings.end(),
                     [&](const evidence::Finding& f) { return f.id == id; });
}
// A link that comes and goes, the app killed.
inline constexpr std::string_view kBandLog =
    "--------- beginning of main\n"
    "04-02 17:06:30.123  1000  1000  1010 I ActivityManager: Start proc "
    "4000:com.xiaomi.hm.health/u0a143 for activity com.xiaomi.hm.health/.Main\n"
    "04-02 17:06:31.000 10143  4000  4010 D BluetoothGatt: connect() - device: C8:0F:10:01:02:03, "
    "auto: false\n"
    "04-02 17:07:01.000 10143  4000  4010 D BluetoothGatt: onClientConnectionState() - status=133 "
    "clientIf=5 device=C8:0F:10:01:02:03\n"
    "04-02 17:07:10.000 10143  4000  4010 D BluetoothGatt: onClientConnectionState() - status=0 "
    "clientIf=5 device=XX:XX:XX:XX:02:03\n"
    "04-02 17:07:20.000 10143  4000  4010 D BluetoothGatt: onClientConnectionState() - status=8 "
    "clientIf=5 device=XX:XX:XX:XX:02:03\n"
    "04-02 17:07:21.000 10143  4000  4010 D BluetoothGatt: onClientConnectionState() - status=22 "
    "clientIf=6 device=AA:BB:CC:DD:EE:FF\n"
    "04-02 17:07:22.000  1002  3000  3010 I BluetoothBondStateMachine: bondStateChangeCallback: "
    "Status: 9 Address: C8:0F:10:01:02:03 newState: 0 hciReason: 5\n"
    "04-02 17:07:23.000 10143  4000  4010 W HttpClient: response "
    "{\"error_code\":\"0106\",\"token\":\"0123456789abcdef0123456789abcdef\"}\n"
    "--------- beginning of events\n"
    "04-02 17:08:00.000  1000  1000  1010 I am_kill : [0,4000,com.xiaomi.hm.health,985,MARS Kill]\n"
    "--------- beginning of system\n"
    "04-02 17:08:00.001  1000  1000  1010 I ActivityManager: Killing "
    "4000:com.xiaomi.hm.health/u0a143 (adj 985): MARS Kill\n"
    "04-02 17:08:10.000  1000  1000  1010 I ActivityManager: Process com.android.bluetooth (pid "
    "3000) has died: psvc PER\n"
    "04-02 17:08:10.001  1000  1000  1010 E BluetoothManagerService: "
    "MESSAGE_BLUETOOTH_SERVICE_DISCONNECTED(1)\n";

}  // namespace bk::android::log
