// Package dumps of our own making, in the words of each Android version. For tests, fuzz seeds and
// benches; apps and versions are invented.
#pragma once

#include <string_view>

namespace bk::android::testing {

inline constexpr std::string_view kPackagesAndroid5 = R"(Database versions:
  SDK Version: internal=21 external=21

Features:
  android.hardware.bluetooth
  android.hardware.bluetooth_le
  android.hardware.touchscreen

Packages:
  Package [android] (1a2b3c):
    userId=1000 gids=[1028]
    versionCode=21 targetSdk=21
    versionName=5.0.2
    flags=[ SYSTEM HAS_CODE ]
    User 0:  installed=true hidden=false stopped=false notLaunched=false enabled=0
  Package [com.xiaomi.hm.health] (2a2b3c):
    userId=10061 gids=[3003]
    versionCode=4001 targetSdk=19
    versionName=4.0.1
    firstInstallTime=2019-12-12 08:51:01
    lastUpdateTime=2019-12-12 23:52:01
    installerPackageName=com.android.vending
    flags=[ HAS_CODE ALLOW_BACKUP ]
    User 0:  installed=true hidden=false stopped=true notLaunched=false enabled=0
    grantedPermissions:
      android.permission.BLUETOOTH
      android.permission.ACCESS_FINE_LOCATION

Shared users:
  SharedUser [android.uid.system] (3a2b3c):
    userId=1000 gids=[1028]
    grantedPermissions:
      android.permission.BLUETOOTH_ADMIN

Settings parse messages:
Read completed successfully: 2 packages, 1 shared uids
)";

inline constexpr std::string_view kPackagesAndroid8 = R"(Features:
  android.hardware.bluetooth
  android.hardware.bluetooth_le version=0

Activity Resolver Table:
  Full MIME Types:
      text/plain:
        1a2b3c com.example.reader/.Main filter 4d5e6f

Packages:
  Package [android] (1a2b3c):
    userId=1000
    sharedUser=SharedUserSetting{e35de95 android.uid.system/1000}
    versionCode=27 minSdk=27 targetSdk=27
    versionName=8.1.0
    flags=[ SYSTEM HAS_CODE ]
    User 0: ceDataInode=1 installed=true hidden=false suspended=false stopped=false notLaunched=false enabled=0 instant=false
  Package [com.xiaomi.hm.health] (2a2b3c):
    userId=10150
    versionCode=5010 minSdk=19 targetSdk=27
    versionName=5.0.10
    flags=[ HAS_CODE ]
    firstInstallTime=2021-10-09 23:40:16
    lastUpdateTime=2021-10-11 17:58:30
    installerPackageName=null
    declared permissions:
      com.xiaomi.hm.health.permission.X: prot=signature, INSTALLED
    install permissions:
      android.permission.BLUETOOTH: granted=true
      android.permission.BLUETOOTH_ADMIN: granted=true
    User 0: ceDataInode=2 installed=true hidden=false suspended=false stopped=false notLaunched=false enabled=0 instant=false
      gids=[3003]
      runtime permissions:
        android.permission.READ_PHONE_STATE: granted=true
      disabledComponents:
        com.xiaomi.hm.health.PushService
      enabledComponents:
        com.xiaomi.hm.health.Other
    User 999: ceDataInode=0 installed=false hidden=false suspended=false stopped=true notLaunched=true enabled=0 instant=false
      gids=[3003]
      runtime permissions:
        android.permission.ACCESS_FINE_LOCATION: granted=true
  Package [com.example.shared] (4a2b3c):
    userId=10200
    sharedUser=SharedUserSetting{4e35de95 com.example.group/10200}
    versionCode=1 minSdk=19 targetSdk=22
    flags=[ HAS_CODE ]
    User 0: ceDataInode=3 installed=true hidden=false suspended=false stopped=false notLaunched=false enabled=2 instant=false
      lastDisabledCaller: com.android.settings

Hidden system packages:
  Package [com.xiaomi.hm.health] (5a2b3c):
    userId=10150
    versionCode=1 minSdk=19 targetSdk=19
    versionName=1.0
    User 0: ceDataInode=0 installed=true hidden=false suspended=false stopped=true notLaunched=true enabled=3 instant=false

Shared users:
  SharedUser [com.example.group] (6a2b3c):
    userId=10200
    install permissions:
      android.permission.BLUETOOTH: granted=true
    User 0: 
      gids=[3003]

Package Changes:
  Sequence number=1
)";

inline constexpr std::string_view kPackagesAndroid14 = R"(Packages:
  Package [android] (1a2b3c):
    appId=1000
    versionCode=34 minSdk=34 targetSdk=34
    versionName=14
    flags=[ SYSTEM HAS_CODE ]
    User 0: ceDataInode=1 installed=true hidden=false suspended=false distractionFlags=0 stopped=false notLaunched=false enabled=0 instant=false virtual=false
      firstInstallTime=1970-01-01 03:00:00
  Package [com.xiaomi.hm.health] (2a2b3c):
    appId=10150
    versionCode=60902 minSdk=26 targetSdk=33
    versionName=6.9.2
    flags=[ HAS_CODE ALLOW_CLEAR_USER_DATA ]
    lastUpdateTime=2024-02-20 10:00:00
    installerPackageName=com.android.vending
    requested permissions:
      android.permission.BLUETOOTH_SCAN
      android.permission.BLUETOOTH_CONNECT
      android.permission.ACCESS_FINE_LOCATION
      android.permission.POST_NOTIFICATIONS: restricted=true
    install permissions:
      android.permission.INTERNET: granted=true
    User 0: ceDataInode=2 installed=true hidden=false suspended=false distractionFlags=0 stopped=false notLaunched=false enabled=0 instant=false virtual=false
      installReason=4
      firstInstallTime=2024-01-02 09:00:00
      runtime permissions:
        android.permission.BLUETOOTH_SCAN: granted=true, flags=[ USER_SET|USER_SENSITIVE_WHEN_GRANTED]
        android.permission.BLUETOOTH_CONNECT: granted=false, flags=[ USER_SET|USER_FIXED|USER_SENSITIVE_WHEN_GRANTED]
        android.permission.ACCESS_FINE_LOCATION: granted=false, flags=[ USER_SET|USER_FIXED]
        android.permission.ACCESS_COARSE_LOCATION: granted=true, flags=[ USER_SET]
  Package [nodomain.freeyourgadget.gadgetbridge] (3a2b3c):
    appId=10151
    versionCode=230 minSdk=21 targetSdk=34
    versionName=0.80.0
    flags=[ HAS_CODE ]
    lastUpdateTime=2024-03-01 10:00:00
    User 0: ceDataInode=3 installed=true hidden=false suspended=false distractionFlags=0 stopped=true notLaunched=false enabled=0 instant=false virtual=false
      firstInstallTime=2024-03-01 10:00:00

Queries:
  system apps queryable: false
)";

inline constexpr std::string_view kCompanionAndroid12 = R"(Companion Device Associations:
  u0: nodomain.freeyourgadget.gadgetbridge - c8:0f:10:01:02:03
)";

inline constexpr std::string_view kCompanionAndroid14 = R"(Companion Device Associations: 
  Association{mId=3, mUserId=0, mPackageName='nodomain.freeyourgadget.gadgetbridge', mDeviceMacAddress=c8:0f:10:01:02:03, mDisplayName='null', mDeviceProfile='null', mSelfManaged=false, mLastTimeConnectedMs=1}
  Association{mId=4, mUserId=10, mPackageName='com.example.watch', mDeviceMacAddress=null, mDisplayName='Pixel Watch', mSelfManaged=true}
Companion Device Present: 
  Connected Bluetooth Devices: <empty>
  Nearby BLE Devices: 
    id=3, addr=c8:0f:10:01:02:03, pkg=u0/nodomain.freeyourgadget.gadgetbridge
)";

}  // namespace bk::android::testing
