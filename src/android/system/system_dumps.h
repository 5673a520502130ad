// Small outputs as the services print them, invented: one for each parser.
#pragma once

#include <string_view>

#include "android/section.h"

namespace bk::android::system::testing {

struct Output {
  Section::Kind kind;
  std::string_view name;
  std::string_view text;
};

inline constexpr Output kOutputs[] = {
    // header
    {Section::Kind::kHeader, "",
     R"x(== dumpstate: 2024-03-02 08:10:00
Build fingerprint: 'a/b/c:14/X/1:user/release-keys'
Android SDK version: 34
Uptime: up 5 weeks, 1 days, 3 hours, 1 minute
)x"},
    // activity
    {Section::Kind::kService, "activity",
     R"x(ACTIVITY MANAGER PROCESS EXIT INFO (dumpsys activity exit-info)
  package: com.xiaomi.hm.health
    Historical Process Exit for uid=10143
        ApplicationExitInfo #0:
          timestamp=2024-03-02 08:00:11.123 pid=12345 realUid=10143 packageUid=10143 definingUid=10143 user=0
          process=com.xiaomi.hm.health reason=3 (LOW MEMORY) subreason=0 (UNKNOWN) status=0
          importance=125 pss=0.00 rss=98MB description=null state=empty trace=null
ACTIVITY MANAGER SERVICES (dumpsys activity services)
  User 0 active services:
  * ServiceRecord{9fd10e2 u0 com.xiaomi.hm.health/.Core}
    app=ProcessRecord{1 2:com.xiaomi.hm.health/u0a143}
    isForeground=true foregroundId=1
APP BACKGROUND RESTRICTIONS (dumpsys activity bg)
    #5 RestrictionLevel{dd906bd:com.xiaomi.hm.health/u0a143} background_restricted(u-su) levelChange=1
ACTIVITY MANAGER RUNNING PROCESSES (dumpsys activity processes)
  *APP* UID 10143 ProcessRecord{9677aee 1231:com.xiaomi.hm.health/u0a143}
    hasPendingCompaction=false isFrozen=true
  Process LRU list (sorted by oom_adj, 2 total):
    Proc # 0: fg     T/A/TOP  LCMNFU  t: 0 1231:com.xiaomi.hm.health/u0a143 (top-activity)
)x"},
    // lru
    {Section::Kind::kService, "activity",
     R"x(ACTIVITY MANAGER RUNNING PROCESSES (dumpsys activity processes)
  Process OOM control (2 total, non-act at 1):
    PERS #1: sys    F/ /PER  LCMNFU  t: 0 1932:system/1000 (fixed)
    Proc # 0: fg     T/A/TOP  LCMNFU  t: 0 1231:com.xiaomi.hm.health:push/u0a143 (top-activity)
)x"},
    // alarm
    {Section::Kind::kService, "alarm",
     R"x(Current Alarm Manager state:
  Forced App Standby Feature enabled: true
  Force all apps standby: true
  User whitelist appids: [10143]
  Restricted packages:
    u0a143 com.xiaomi.hm.health
  nowRTC=1
)x"},
    // appops
    {Section::Kind::kService, "appops",
     R"x(Current AppOps Service state:
  Uid u0a143:
    state=cch
      COARSE_LOCATION: mode=ignore
    Package com.xiaomi.hm.health:
      RUN_ANY_IN_BACKGROUND (ignore): 
          Reject: [bg-tpd]2024-03-02 08:00:11.000 (-10m2s)
      MIUIOP(10008) (allow): 
      POST_NOTIFICATION (ignore): 
Uid State Changes Event Log:
)x"},
    // battery
    {Section::Kind::kService, "battery",
     R"x(Current Battery Service state:
  AC powered: false
  USB powered: true
  status: 2
  present: true
  level: 9
  scale: 100
  temperature: 250
)x"},
    // batterystats
    {Section::Kind::kService, "batterystats",
     R"x(Battery History (0%):

Statistics since last charge:
  Total run time: 6h 41m 28s 929ms realtime
  u0a99:
    Bluetooth Scan (total actual realtime): 2h 3m 4s 5ms (12 times)
    Bluetooth Unoptimized Scan (actual realtime): 1h 3m 4s 5ms
)x"},
    // connectivity
    {Section::Kind::kService, "connectivity",
     R"x(Active default network: 105
Current Networks:
  NetworkAgentInfo{ ni{WIFI} network{105} lp{{PrivateDnsServerName: dns.example}} Score(1 ; Policies : IS_VALIDATED) }
  NetworkAgentInfo{ ni{VPN CONNECTED} network{106} nc{[ Transports: VPN OwnerUid: 10200 ]}}
)x"},
    // deviceidle
    {Section::Kind::kService, "deviceidle",
     R"x(  Settings:
  Whitelist (except idle) system apps:
    com.android.shell
  Whitelist user apps:
    com.xiaomi.hm.health
  Whitelist History for User App:
    2024 removed com.xiaomi.hm.health
  mLightEnabled=true  mDeepEnabled=true
  mState=ACTIVE mLightState=ACTIVE
)x"},
    // jobs
    {Section::Kind::kService, "jobscheduler",
     R"x(  JOB #u0a143/12: 9ab1c2d com.xiaomi.hm.health/.S
    Source: uid=u0a143 user=0 pkg=com.xiaomi.hm.health
      readyNotRestrictedInBg: false
)x"},
    // location
    {Section::Kind::kService, "location",
     R"x(Location Manager State:
  Location Setting:
    [u0] false
    [u10] true
)x"},
    // netpolicy
    {Section::Kind::kService, "netpolicy",
     R"x(Restrict background: true
Policy for UIDs:
  UID=10143 policy=1 (REJECT_METERED_BACKGROUND)
)x"},
    // notification
    {Section::Kind::kService, "notification",
     R"x(Current Notification Manager state:
    Allowed notification listeners:
      com.xiaomi.hm.health/.L (user: 0 isPrimary: true)
    All notification listeners (1) enabled for current profiles:
      ComponentInfo{com.xiaomi.hm.health/.L}
    Live notification listeners (0):
    Snoozed notification listeners (0):
  AppSettings: com.xiaomi.hm.health (10143) importance=NONE userSet=true
)x"},
    // power
    {Section::Kind::kService, "power",
     R"x(POWER MANAGER (dumpsys power)
  mDeviceIdleWhitelist=[2000, 10143]
Battery saver state machine:
  Enabled=true
  mLastChangedStrReason=Manual
)x"},
    // settings
    {Section::Kind::kService, "settings",
     R"x(GLOBAL SETTINGS (user 0)
_id:1 name:bluetooth_on pkg:android value:0 default:1
_id:2 name:private_dns_mode pkg:android value:hostname
_id:3 name:private_dns_specifier pkg:android value:dns.example
SECURE SETTINGS (user 0)
_id:6 name:location_mode pkg:android value:0
_id:7 name:enabled_notification_listeners pkg:android value:com.xiaomi.hm.health/.L:a.b/.C
)x"},
    // time
    {Section::Kind::kService, "time_detector",
     R"x(  mCurrentConfigurationInternal=ConfigurationInternal{mOriginPriorities=[telephony,network], mAutoDetectionEnabled=false, mUserId=0}
)x"},
    // usagestats
    {Section::Kind::kService, "usagestats",
     R"x(user=0
  App Standby States:
    package=com.xiaomi.hm.health u=0 bucket=45 reason=f-r used=+8h20m42s664ms idle=n
)x"},
    // getprop
    {Section::Kind::kCommand, "getprop",
     R"x([ro.build.version.sdk]: [34]
[ro.miui.ui.version.name]: [V140]
[ro.product.manufacturer]: [Xiaomi]
[ro.build.date.utc]: [1704067200]
[ro.debuggable]: [1]
)x"},
    // appops_get
    {Section::Kind::kCommand, "appops get com.xiaomi.hm.health",
     R"x(Uid mode: RUN_ANY_IN_BACKGROUND: ignore
MIUIOP(10008): allow; time=+1h2m ago
Default mode: allow
)x"},
    // whitelist
    {Section::Kind::kCommand, "cmd deviceidle whitelist",
     R"x(system-excidle,com.android.shell,2000
user,com.xiaomi.hm.health,10143
)x"},
    // exit_live
    {Section::Kind::kCommand, "dumpsys activity exit-info com.xiaomi.hm.health",
     R"x(ACTIVITY MANAGER PROCESS EXIT INFO (dumpsys activity exit-info)
  package: com.xiaomi.hm.health
    ApplicationExitInfo #0:
      timestamp=2024-03-02 08:00:11.123
      pid=1
      process=com.xiaomi.hm.health
      reason=4 (CRASH)
      subreason=0 (UNKNOWN)
      user=0
      description=crash
)x"},
};

}  // namespace bk::android::system::testing
