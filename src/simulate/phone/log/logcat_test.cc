// The logcat program of a simulated phone: what each option leaves, and following.
#include "simulate/phone/log/logcat.h"

#include <gtest/gtest.h>

#include "simulate/phone/log/log.h"
#include "simulate/phone/shell/shell.h"

namespace bk::simulate {
namespace {

using namespace std::chrono_literals;

class LogcatTest : public testing::Test {
 protected:
  LogcatTest() {
    AddShellPrograms(programs_);
    AddLogPrograms(programs_);
    phone_.clock.wall =
        std::chrono::sys_days{std::chrono::year{2024} / 3 / 2}.time_since_epoch() + 7h;
    phone_.clock.boot = 1h;
    phone_.life.processes["com.android.bluetooth"] = {.pid = 1009};
    Say(phone_, "bluetooth", 'D', "BtGatt.GattService", "registerClient() - UUID=1");
    phone_.clock.wall += 1500ms;
    Say(phone_, "system", 'W', "ActivityManager", "Killing 1:a/u0a1 (adj 900): empty", "system");
    Say(phone_, "system", 'I', "am_kill", "[0,1,a,900,empty]", "events");
  }
  std::string Run(std::string_view line) { return RunLine(phone_, programs_, line).out; }
  Android phone_;
  Programs programs_;
};

TEST_F(LogcatTest, WritesEachFormat) {
  EXPECT_EQ(Run("logcat -d -b main"),
            "--------- beginning of main\n"
            "03-02 08:00:00.000  1009  1009 D BtGatt.GattService: registerClient() - UUID=1\n");
  EXPECT_EQ(Run("logcat -d -b main -v threadtime -v uid -v year"),
            "--------- beginning of main\n2024-03-02 08:00:00.000  1002  1009  1009 D "
            "BtGatt.GattService: registerClient() - UUID=1\n");
  EXPECT_EQ(Run("logcat -d -b main -v brief"),
            "--------- beginning of main\nD/BtGatt.GattService( 1009): registerClient() - "
            "UUID=1\n");
  EXPECT_EQ(Run("logcat -d -b main -v time"),
            "--------- beginning of main\n03-02 08:00:00.000 D/BtGatt.GattService( 1009): "
            "registerClient() - UUID=1\n");
  EXPECT_EQ(Run("logcat -d -b main -v long,UTC"),
            "--------- beginning of main\n[ 03-02 07:00:00.000 +0000  1009: 1009 "
            "D/BtGatt.GattService ]\nregisterClient() - UUID=1\n\n");
  EXPECT_EQ(Run("logcat -d -b main -v raw"),
            "--------- beginning of main\nregisterClient() - UUID=1\n");
}

TEST_F(LogcatTest, ChoosesBuffersTagsAndTimes) {
  EXPECT_EQ(Run("logcat -d -b events -v tag"),
            "--------- beginning of events\nI/am_kill : [0,1,a,900,empty]\n");
  EXPECT_EQ(Run("logcat -d -v tag -s ActivityManager:I"),
            "--------- beginning of system\nW/ActivityManager: Killing 1:a/u0a1 (adj 900): "
            "empty\n");
  EXPECT_EQ(Run("logcat -d -v tag '*:E'"), "");
  EXPECT_EQ(Run("logcat -t 1 -b main,system,events -v tag"),
            "--------- beginning of events\nI/am_kill : [0,1,a,900,empty]\n");
  EXPECT_EQ(Run("logcat -t '03-02 08:00:01.000' -v tag"),
            "--------- beginning of system\nW/ActivityManager: Killing 1:a/u0a1 (adj 900): "
            "empty\n");
  EXPECT_EQ(Run("logcat -d --pid=1009 -v tag"),
            "--------- beginning of main\nD/BtGatt.GattService: registerClient() - UUID=1\n");
  EXPECT_EQ(RunLine(phone_, programs_, "logcat --dance").exit, 1);
}

TEST_F(LogcatTest, FollowsWithoutLossOrRepetition) {
  const Said said = RunLine(phone_, programs_, "logcat -T 1 -b all -v tag");
  ASSERT_TRUE(said.more);
  EXPECT_NE(said.out.find("am_kill"), std::string::npos);
  EXPECT_EQ(said.more(phone_), "");
  for (std::size_t i = 0; i < kLogLinesMax - 10; ++i)
    Say(phone_, "system", 'I', "T", "x" + std::to_string(i));
  const std::string more = said.more(phone_);
  EXPECT_EQ(std::count(more.begin(), more.end(), '\n'),
            static_cast<std::ptrdiff_t>(kLogLinesMax - 10));
  Say(phone_, "system", 'I', "T", "last");
  EXPECT_EQ(said.more(phone_), "I/T       : last\n");
}

TEST_F(LogcatTest, Clears) {
  Run("logcat -b all -c");
  EXPECT_EQ(Run("logcat -d -b all"), "");
}

}  // namespace
}  // namespace bk::simulate
