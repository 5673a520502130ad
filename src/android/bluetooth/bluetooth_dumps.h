// Dumps of bluetooth_manager of our own making, in the words of each Android version. For tests,
// fuzz seeds and benches; devices, addresses and apps are invented.
#pragma once

#include <string_view>

namespace bk::android::testing {

inline constexpr std::string_view kDumpAndroid5 = R"(enabled: true
state: 12
address: 02:00:5E:10:00:01
name: Phone Five
Bluetooth Service not connected
)";

inline constexpr std::string_view kDumpAndroid7 = R"(Bluetooth Status
  enabled: true
  state: 12
  address: 02:00:5E:10:00:01
  name: Phone Seven
  time since enabled: 02:00:00.000
Enable log:
  11-05 10:00:01  Enabled  by system boot

1 BLE App registered:
  com.example.beacons

Bonded devices:
  C8:0F:10:01:02:03 [LE] Mi Smart Band 4
  00:1B:DC:00:00:01 [BR/EDR] Car: kit [old]

Profile: GattService
  mAdvertisingServiceUuids:
  mMaxScanFilters: 0

GATT Scanner Map
  Entries: 1

  com.example.beacons (Registered) (Background)
  LE scans (started/stopped)         : 12 / 11
  Scan time in ms (min/max/avg/total): 10 / 4000000 / 300000 / 5400000
  Total number of results            : 77
  Last 2 scans                       :
    2019/11/05 11:00:00 - 5000ms Back 3 results
    2019/11/05 11:10:00 - 5000ms Back Forced 0 results
  Application ID                     : 7
  UUID                               : 00000000-0000-0000-0000-000000000007
  Connections: 0

GATT Client Map
  Entries: 1

  com.xiaomi.hm.health (Registered)
  LE scans (started/stopped)         : 0 / 0
  Scan time in ms (min/max/avg/total): 0 / 0 / 0 / 0
  Total number of results            : 0
  Application ID                     : 6
  UUID                               : 00000000-0000-0000-0000-000000000006
  Connections: 1
    6: C8:0F:10:01:02:03

GATT Server Map
  Entries: 0

Connection Events:
  None

Bond Events: 
  Total Number of events: 2
  Time          address            Function             State
  10:02:02.113  c8:0f:10:01:02:03  btif_dm_create_bond  BOND_STATE_NONE
  10:02:05.870  c8:0f:10:01:02:03  bond_state_changed   BOND_STATE_BONDED
)";

inline constexpr std::string_view kDumpAndroid10 = R"(Bluetooth Status
  enabled: true
  state: ON
  address: 02:00:5E:10:00:01
  name: Phone Ten
  time since enabled: 01:00:00.000

Enable log:
  03-02 07:00:00  Enabled  due to SYSTEM_BOOT by android
  03-02 07:30:00 Disabled  due to APPLICATION_REQUEST by com.example.saver
  03-02 07:30:05  Enabled  due to APPLICATION_REQUEST by com.example.saver

Bluetooth crashed 0 times

0 BLE appsregistered


AdapterProperties
  Name: Phone Ten
  Address: 02:00:5E:10:00:01
  ScanMode: SCAN_MODE_CONNECTABLE
  State: ON
  Bonded devices:
    C8:0F:10:01:02:03 [  LE  ] Mi Smart Band 4
    00:1B:DC:00:00:02 [ DUAL ] Headset
mSnoopLogSettingAtEnable = full

Profile: GattService
  mMaxScanFilters: 16

Registered App
  Scanner:
      app_if: 8, appName: com.example.scanner
  Client:
      app_if: 5, appName: com.xiaomi.hm.health
      app_if: 7, appName: nodomain.freeyourgadget.gadgetbridge
  Server:

GATT Scanner Map
  Entries: 2

  com.example.scanner (Registered)
  LE scans (started/stopped)                                  : 4 / 3
  Scan time in ms (active/suspend/total)                      : 1800000 / 0 / 1800000
  Scan time with mode in ms (Opp/LowPower/Balanced/LowLatency): 0 / 0 / 0 / 1800000
  Scan mode counter (Opp/LowPower/Balanced/LowLatency)        : 0 / 0 / 0 / 4
  Score                                                       : 9
  Total number of results                                     : 5005
  Last 1 scans                                                :
    03-02 07:40:00 - 600000ms 5005 results (8) CB Regular Scan
      └ Scan Config: [ ScanMode=LOW_LATENCY, callbackType=ALL_MATCHES ]
  Application ID                     : 8
  UUID                               : 00000000-0000-0000-0000-000000000008
  Connections: 0

  com.xiaomi.hm.health (Registered)
  LE scans (started/stopped)                                  : 9 / 8
  Scan time in ms (active/suspend/total)                      : 95000 / 0 / 95000
  Scan time with mode in ms (Opp/LowPower/Balanced/LowLatency): 0 / 0 / 0 / 95000
  Scan mode counter (Opp/LowPower/Balanced/LowLatency)        : 0 / 0 / 0 / 9
  Score                                                       : 9
  Total number of results                                     : 0
  Ongoing scans                                               :
    03-02 07:58:20 - 90000ms Filter 0 results (9) CB Regular Scan
      └ Scan Config: [ ScanMode=LOW_LATENCY, callbackType=ALL_MATCHES ]
  Application ID                     : 9
  UUID                               : 00000000-0000-0000-0000-000000000009
  Connections: 0

GATT Client Map
  Entries: 2

  com.xiaomi.hm.health (Registered)
  LE scans (started/stopped)                                  : 0 / 0
  Total number of results                                     : 0
  Application ID                     : 5
  UUID                               : 00000000-0000-0000-0000-000000000005
  Connections: 1
    03-02 07:59:00 - 60000ms : C8:0F:10:01:02:03 (5)

  nodomain.freeyourgadget.gadgetbridge (Registered)
  LE scans (started/stopped)                                  : 0 / 0
  Total number of results                                     : 0
  Application ID                     : 7
  UUID                               : 00000000-0000-0000-0000-000000000010
  Connections: 1
    03-02 07:59:10 - 50000ms : C8:0F:10:01:02:03 (7)

GATT Server Map
  Entries: 0

GATT Handle Map
  Entries: 0
  Requests: 0

Connection Events:
  03-02 07:59:00.120 CONNECTED    c8:0f:10:01:02:03
  03-02 07:50:31.000 DISCONNECTED c8:0f:10:01:02:03 reason=8
  03-02 07:50:01.000 CONNECTED    c8:0f:10:01:02:03
  03-02 07:45:02.000 DISCONNECTED c8:0f:10:01:02:03 reason=19
  03-02 07:45:00.000 CONNECTED    c8:0f:10:01:02:03
  03-02 07:44:02.000 DISCONNECTED c8:0f:10:01:02:03 reason=19
  03-02 07:44:00.000 CONNECTED    c8:0f:10:01:02:03
  03-02 07:43:02.000 DISCONNECTED c8:0f:10:01:02:03 reason=62
  03-02 07:43:00.000 CONNECTED    c8:0f:10:01:02:03
  03-02 07:42:00.000 DISCONNECTED 00:1b:dc:00:00:02 reason=22

Bond Events: 
  Total Number of events: 0

Bluetooth Config:
  Config Source: Original file
  Devices loaded: 2
  File created/tagged: 2020-01-01 00:00:00
  File source: Empty

connection_manager state:
	devices attempting connection: 1
	 * C8:0F:10:01:02:03: 
		apps doing direct connect: 5, 
		apps doing background connect: 7, 
)";

inline constexpr std::string_view kDumpAndroid13 = R"(Bluetooth Status
  enabled: true
  state: ON
  address: 02:00:5E:10:00:01
  name: Phone Thirteen
  time since enabled: 00:30:00.000

Enable log:
  05-08 13:49:04  Enabled  due to SYSTEM_BOOT by android

Bluetooth crashed 0 times

0 BLE apps registered

BluetoothManagerService:
  mEnable:true
  mQuietEnable:false


AdapterProperties
  Name: Phone Thirteen
  Address: 02:00:5E:10:00:01
  ConnectionState: STATE_DISCONNECTED
  Bonded devices:
    C8:0F:10:01:02:03 => C8:0F:10:01:02:03 [  LE  ] Mi Smart Band 4
    00:1B:DC:00:00:02 [ DUAL ] Headset

  Scan Mode Changes:
    05-08 13:49:08.049 (uid/pid=1002/18888) SCAN_MODE_CONNECTABLE
mSnoopLogSettingAtEnable = empty

GATT Scanner Map
  Entries: 1

  com.google.uid.shared:10100 (Registered)
  LE scans (started/stopped)                                  : 22 / 19
  Scan time in ms (active/suspend/total)                      : 400000 / 0 / 400000
  Scan time with mode in ms (Opp/LowPower/Balanced/LowLatency/AmbientDiscovery):0 / 0 / 200000 / 0 / 200000
  Scan mode counter (Opp/LowPower/Balanced/LowLatency/AmbientDiscovery):0 / 0 / 14 / 0 / 8
  Score                                                       : 70
  Total number of results                                     : 0
  Last 1 scans                                                :
    05-08 13:56:57 - 76108ms Filter 0 results (3) CB Regular Scan
      └ Scan Config: [ ScanMode=AMBIENT_DISCOVERY, callbackType=ALL_MATCHES ]
      └ BluetoothLeScanFilter [ ServiceUuid=0000fef3-0000-1000-8000-00805f9b34fb ]
  Ongoing scans                                               :
    05-08 13:58:11 - 93595ms Filter 0 results (1) CB Regular Scan
  Application ID                     : 1
  UUID                               : 00000000-0000-0000-0000-000000000001
  Connections: 0

GATT Advertiser Map

  last 5 advertising:
    com.google.uid.shared:10100
     Advertising ID                                     : 0

  Total number of ongoing advertising                   : 1
  Ongoing advertising:
    com.google.uid.shared:10100
     Advertising ID                                     : 0
      1:
        └Start time                                     : 05-08 13:56:17

GATT Client Map
  Entries: 0

GATT Server Map
  Entries: 0

Connection Events:
  None

Bond Events: 
  Total Number of events: 0

Link Key Types:
  c8:0f:10:01:02:03
    BR:
    LE: PENC PID
  00:1b:dc:00:00:02
    BR: UNAUTH_COMB
    LE:

connection_manager state:
	devices attempting connection: 1
	 * C8:0F:10:01:02:03: 
		apps doing background connect: 5, 
		 is in the allow list: true

shim::legacy::dumpsys Dumping shim legacy targets:1
 ----- shim::legacy::record -----
shim::legacy::record 001 xx:xx:xx:xx:02:03   LE   cod:0x000000 remote_info:UNKNOWN sm4:0x00 SecureConn:F name:"Mi Smart Band 4"sec_prop:bredr_linkkey_known:F,le_linkkey_known:F,bond_type:BOND_TYPE_PERSISTENT,ble_enc_key_size:16,le_encrypted:F
 ----- shim::legacy::acl -----
shim::acl peer:xx:xx:xx:xx:02:03 handle:0x0040 is_locally_initiated:true creation_time:2024-05-08 13:57:00.100 teardown_time:2024-05-08 13:57:03.200 disconnect_reason:REMOTE_USER_TERMINATED_CONNECTION
shim::acl Shadow le accept list              size:1   controller_max_size:64
 ----- shim::legacy::btm -----
shim::legacy::btm  2024-05-08 13:57:00.100 ACL    Connection successful    : xx:xx:xx:xx:02:03 Le Local initiated
shim::legacy::btm  2024-05-08 13:57:00.900 SEC    Encryption failed        : xx:xx:xx:xx:02:03 status:PIN_OR_KEY_MISSING(0x06) transport:BT_TRANSPORT_LE is_encrypted:F
shim::legacy::btm  2024-05-08 13:57:03.200 ACL    Disconnected             : xx:xx:xx:xx:02:03 Le reason:REMOTE_USER_TERMINATED_CONNECTION(0x13)
shim::legacy::btm  2024-05-08 13:58:00.000 SCAN   Le scan started          : xx:xx:xx:xx:00:00 
 ----- Filtering as Developer -----
{
  title: "----- Gd Dumpsys ------",
  hci_acl_manager_dumpsys_data: {
    le_connectability_state: "ConnectabilityState::ARMED"
  }
}
)";

inline constexpr std::string_view kDumpAndroid15 =
    "Bluetooth Status\n"
    "  enabled: true\n"
    "  state: ON\n"
    "  address: XX:XX:XX:XX:00:01\n"
    "  name: Phone Fifteen\n"
    "  time since enabled: 00:03:01.715\n"
    "\n"
    "Enable log:\n"
    "  08-19 14:49:00.341 \tPackage [android] requested to [Enable]. \tReason is SYSTEM_BOOT\n"
    "  08-19 14:49:29.148 \tPackage [BluetoothSystemServer] requested to [Disable]. \tReason is "
    "CRASH\n"
    "  08-19 14:49:29.552 \tPackage [BluetoothSystemServer] requested to [Enable]. \tReason is "
    "RESTARTED\n"
    "\n"
    "Bluetooth crashed 1 time\n"
    "  08-19 14:49:29.106\n"
    "\n"
    "Number of Ble app registered: 0\n"
    "\n"
    "BluetoothManagerService:\n"
    "  mEnable:true\n"
    "\n"
    "\xf0\x9f\x9a\xa9"
    "Flag dump:\n"
    "\t[\xe2\x96\xa0]: enumerate_gatt_errors\n"
    "\t[ ]: key_missing_classic_device\n"
    "\n"
    "AdapterProperties\n"
    "  Name: Phone Fifteen\n"
    "  Address: 02:00:5E:10:00:01\n"
    "  Bonded devices:\n"
    "    00:1B:DC:00:00:02 [ DUAL ][ 0x240404 ] Headset\n"
    "    00:1B:DC:00:00:03 [BR/EDR][ 0x340404 ] CAR-BT(A0F)\n"
    "\n"
    "ScanMode: SCAN_MODE_CONNECTABLE\n"
    "sSnoopLogSettingAtEnable = EMPTY\n"
    "\n"
    "GATT Client Map\n"
    "  Entries: 0\n"
    "\n"
    "GATT Server Map\n"
    "  Entries: 0\n"
    "\n"
    "Connection Events:\n"
    "  08-19 14:51:36.959 CONNECTED    xx:xx:xx:xx:00:02\n"
    "\n"
    "Bond Events: \n"
    "  Total Number of events: 0\n"
    "\n"
    "TCB (GATT_MAX_PHY_CHANNEL: 16) in_use: 1\n"
    "  id: 0  address: xx:xx:xx:xx:00:02  transport: BT_TRANSPORT_BR_EDR\n"
    "\n"
    "BTA_GATTC_CB state BTA_GATTC_STATE_ENABLED \n"
    " ->conn_track (GATT_MAX_PHY_CHANNEL=16)\n"
    "  -- used: 0\n"
    " ->cl_rcb (BTA_GATTC_CL_MAX=32)\n"
    "  client_if: 4  app uuids: 00000000-0000-0000-0000-000000000004  clcb_num: 0\n"
    "  -- used: 31\n"
    " ->clcb (BTA_GATTC_CLCB_MAX=512)\n"
    "  -- used: 0\n"
    "\n"
    " ----- shim::record -----\n"
    "shim::record 001 xx:xx:xx:xx:00:02 BR_EDR cod:2400-4-4 remote_info:UNKNOWN sm4:0x11 "
    "SecureConn:F "
    "name:\"Headset\"sec_prop:bredr_linkkey_known:T,le_linkkey_known:F,le_encrypted:F\n"
    " ----- shim::btm -----\n"
    "shim::btm  2026-08-19 14:51:24.060 ACL    Initiated connection     : xx:xx:xx:xx:00:02 "
    "classic\n"
    "shim::btm  2026-08-19 14:51:30.713 ACL    Connection failed        : xx:xx:xx:xx:00:02 "
    "classic "
    "reason:CONNECTION_ACCEPT_TIMEOUT(0x10)\n"
    " ----- shim::acl -----\n"
    "shim::acl Shadow le accept list              size:0   controller_max_size:60\n"
    "shim::acl remote_addr:xx:xx:xx:xx:00:02 handle:0x0003 transport:BT_TRANSPORT_BR_EDR\n";

inline constexpr std::string_view kDumpOff = R"(Bluetooth Status
  enabled: false
  state: OFF
  address: 02:00:5E:10:00:01
  name: Phone Nine

Enable log:
  07-01 08:00:00  Enabled  due to SYSTEM_BOOT by android
  07-01 09:00:00 Disabled  due to AIRPLANE_MODE by android

Bluetooth crashed 0 times

0 BLE apps registered

Bluetooth Service not connected)";

}  // namespace bk::android::testing
