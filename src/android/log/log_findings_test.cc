// What a log says of now, and of what it says nothing. All logs are of our own making.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "android/log/log_testing.h"

namespace bk::android::log {
namespace {

TEST(Findings, WhatWentWellOnceMustHaveLasted) {
  constexpr std::string_view kUp =
      "04-02 17:07:10.000 10143  4000  4010 D BluetoothGatt: onClientConnectionState() - status=0 "
      "clientIf=5 device=C8:0F:10:01:02:03\n";
  constexpr std::string_view kDown =
      "04-02 17:27:20.000 10143  4000  4010 D BluetoothGatt: onClientConnectionState() - status=8 "
      "clientIf=5 device=C8:0F:10:01:02:03\n";
  constexpr std::string_view kFailed =
      "04-02 17:29:01.000 10143  4000  4010 D BluetoothGatt: onClientConnectionState() - "
      "status=133 clientIf=5 device=C8:0F:10:01:02:03\n";
  const auto end = [](int hour, int minute) {
    return fmt::format("04-02 {}:{}:00.000  1000  1000  1010 I Other: something\n", hour, minute);
  };
  const auto of = [](const std::string& lines) {
    return FindingsOf(Read("--------- beginning of main\n" + lines));
  };
  const std::string up(kUp), down(kDown), failed(kFailed);
  EXPECT_TRUE(Has(of(up + end(19, 10)), evidence::id::kConnectsOk));  // it stands
  EXPECT_TRUE(Has(of(up + down + end(17, 30)), evidence::id::kConnectsOk));
  EXPECT_FALSE(Has(of(up + down + end(17, 40)), evidence::id::kConnectsOk));
  // An attempt that failed after the last link counts.
  EXPECT_TRUE(Has(of(up + down + failed), evidence::id::kStuckConnecting));
  const std::string early =
      "04-02 17:01:01.000 10143  4000  4010 D BluetoothGatt: onClientConnectionState() - "
      "status=133 clientIf=5 device=C8:0F:10:01:02:03\n";
  EXPECT_FALSE(Has(of(early + up), evidence::id::kStuckConnecting));
}

TEST(Findings, OfTheChosenBandOnly) {
  const LogState state = Read(kBandLog);
  EXPECT_EQ(state.lines, state.understood);
  EXPECT_TRUE(state.losses.empty());
  const evidence::Evidence out = FindingsOf(state);
  for (const std::string_view id :
       {evidence::id::kGattStatus133, evidence::id::kConnectsOk, evidence::id::kLinkTimeouts,
        evidence::id::kPairingFails, evidence::id::kError0106, evidence::id::kCompanionKilled,
        evidence::id::kBluetoothCrashed})
    EXPECT_TRUE(Has(out, id)) << id;
  EXPECT_FALSE(Has(out, evidence::id::kGattStatus22));  // of another device
  EXPECT_FALSE(Has(out, evidence::id::kStuckConnecting));
  for (const evidence::Finding& finding : out.findings) {
    EXPECT_EQ(finding.text.find("0123456789abcdef"), std::string::npos);
    EXPECT_FALSE(finding.where.file.empty());
    EXPECT_TRUE(finding.where.time.known());
  }
  // am_kill and "Killing" are one death, the two lines about Bluetooth one crash.
  EXPECT_EQ(std::count_if(out.events.begin(), out.events.end(),
                          [](const auto& e) { return e.kind == "process_death"; }),
            1);
  EXPECT_EQ(std::count_if(out.events.begin(), out.events.end(),
                          [](const auto& e) { return e.kind == "bluetooth_crash"; }),
            1);
}

TEST(Findings, AnEndAfterSwitchingOffIsNoCrash) {
  const LogState state = Read(
      "04-02 17:06:30.000  1000  1010 D BluetoothManagerService: MESSAGE_BLUETOOTH_STATE_CHANGE: "
      "BLE_TURNING_OFF > OFF\n"
      "04-02 17:06:31.000  1000  1010 I ActivityManager: Process com.android.bluetooth (pid 3000) "
      "has died: psvc PER\n");
  const evidence::Evidence out = FindingsOf(state);
  EXPECT_FALSE(Has(out, evidence::id::kBluetoothCrashed));
  EXPECT_TRUE(Has(out, evidence::id::kBluetoothOff));
}

TEST(Findings, AForceStopLastsUntilTheNextStart) {
  const std::string stop =
      "04-02 17:06:30.000  1000  1010 I ActivityManager: Force stopping com.xiaomi.hm.health "
      "appid=10143 user=0: from pid 2233\n";
  EXPECT_TRUE(Has(FindingsOf(Read(stop)), evidence::id::kCompanionStopped));
  EXPECT_FALSE(Has(
      FindingsOf(Read(stop +
                      "04-02 17:06:40.000  1000  1010 I am_proc_start: "
                      "[0,4100,10143,com.xiaomi.hm.health,activity,com.xiaomi.hm.health/.M]\n")),
      evidence::id::kCompanionStopped));
  EXPECT_FALSE(Has(FindingsOf(Read("04-02 17:06:30.000  1000  1010 I ActivityManager: Force "
                                   "stopping com.xiaomi.hm.health appid=10143 user=-1: "
                                   "installPackageLI\n")),
                   evidence::id::kCompanionStopped));
}

// A force stop whose "Force stopping" line the ring had lost was told as a kill by the system.
TEST(Findings, AForceStopSeenOnlyByItsKillIsNoKill) {
  for (const std::string_view reason :
       {"stop com.xiaomi.hm.health due to from pid 9001", "stop com.xiaomi.hm.health"}) {
    const std::string log =
        "04-02 17:06:30.000  1000  1010 I am_kill : [0,4000,com.xiaomi.hm.health,200," +
        std::string(reason) +
        "]\n04-02 17:06:30.001  1000  1010 I ActivityManager: Killing "
        "4000:com.xiaomi.hm.health/u0a143 (adj 200): " +
        std::string(reason) + "\n";
    const evidence::Evidence out = FindingsOf(Read(log));
    EXPECT_FALSE(Has(out, evidence::id::kCompanionKilled)) << reason;
    EXPECT_TRUE(Has(out, evidence::id::kCompanionStopped)) << reason;
  }
  EXPECT_TRUE(Has(FindingsOf(Read("04-02 17:06:30.000  1000  1010 I am_kill : "
                                  "[0,4000,com.xiaomi.hm.health,200,stop com.xiaomi.hm.health due "
                                  "to OneKeyClean]\n")),
                  evidence::id::kCompanionKilled));
}

TEST(Findings, ALinkThatBreaksAtOnceIsNoProofOfConnecting) {
  const auto log = [](std::string_view second) {
    return "04-02 17:07:10.000 10143  4000  4010 D BluetoothGatt: onClientConnectionState() - "
           "status=0 clientIf=5 device=XX:XX:XX:XX:02:03\n"
           "04-02 17:07:" +
           std::string(second) +
           ".000 10143  4000  4010 D BluetoothGatt: onClientConnectionState() - status=6 "
           "clientIf=5 device=XX:XX:XX:XX:02:03\n";
  };
  EXPECT_FALSE(Has(FindingsOf(Read(log("11"))), evidence::id::kConnectsOk));
  EXPECT_TRUE(Has(FindingsOf(Read(log("40"))), evidence::id::kConnectsOk));
}

// Every phone trims cached processes all day; the exit records never counted these, the logs did.
TEST(Findings, ATrimOfCachedProcessesIsNoKill) {
  for (const std::string_view reason :
       {"empty #17", "cached #33", "empty for 1834s", "remove task"}) {
    const evidence::Evidence out =
        FindingsOf(Read("04-02 17:06:30.000  1000  1010 I am_kill : "
                        "[0,4000,com.xiaomi.hm.health,985," +
                        std::string(reason) + "]\n"));
    EXPECT_FALSE(Has(out, evidence::id::kCompanionKilled)) << reason;
    EXPECT_EQ(out.events.size(), 1U) << reason;
  }
}

}  // namespace
}  // namespace bk::android::log
