#include "android/members.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace bk::android {
namespace {

using Members = std::vector<ports::Archive::Member>;

// "role name" of each choice, in order.
std::vector<std::string> Chosen(const Members& members, std::string_view main_entry = {}) {
  constexpr std::string_view kRoles[] = {"main",  "output", "log",     "tombstone",
                                         "snoop", "inner",  "progress"};
  std::vector<std::string> out;
  for (const MemberChoice& choice : ChooseMembers(members, main_entry))
    out.push_back(std::string(kRoles[static_cast<std::size_t>(choice.role)]) + " " +
                  members[choice.index].name);
  return out;
}
using Expected = std::vector<std::string>;

TEST(Members, AndroidReport) {
  const Members members = {{"version.txt", 3},
                           {"proto/activity_CRITICAL.proto", 10},
                           {"FS/proc/1/mountinfo", 1000},
                           {"FS/data/misc/bluetooth/logs/btsnoop_hci.log.last", 5000},
                           {"FS/data/tombstones/tombstone_00", 700},
                           {"FS/data/tombstones/tombstone_00.pb", 700},
                           {"FS/data/misc/recovery/last_log", 700},
                           {"dumpstate_board.txt", 100},
                           {"dumpstate_board.bin", 100},
                           {"bugreport-x-PQ1A-2024-01-01-00-00-00.txt", 900},
                           {"main_entry.txt", 40},
                           {"dumpstate_log.txt", 60}};
  EXPECT_EQ(FindMainEntry(members), 10U);
  const Expected expected = {
      "main bugreport-x-PQ1A-2024-01-01-00-00-00.txt", "tombstone FS/data/tombstones/tombstone_00",
      "output dumpstate_board.txt", "snoop FS/data/misc/bluetooth/logs/btsnoop_hci.log.last",
      "progress dumpstate_log.txt"};
  EXPECT_EQ(Chosen(members), expected);
  EXPECT_EQ(Chosen(members, "bugreport-x-PQ1A-2024-01-01-00-00-00.txt\n"), expected);
}

TEST(Members, MainEntryNamesARenamedText) {
  const Members members = {
      {"a/my phone.txt", 10}, {"a/bugreport-old.txt", 900}, {"a/big.txt", 9000}};
  EXPECT_EQ(Chosen(members, "my phone.txt\r\n").front(), "main a/my phone.txt");
  EXPECT_EQ(Chosen(members).front(), "main a/bugreport-old.txt");
  // A folder was put around it, and the entry still says the old path.
  EXPECT_EQ(Chosen(members, "reports/my phone.txt").front(), "main a/my phone.txt");
}

TEST(Members, WindowsToolsWriteBackslashes) {
  const Members members = {{"out\\FS\\data\\misc\\bluetooth\\logs\\btsnoop_hci.log", 5},
                           {"out\\Bugreport-q.TXT", 5}};
  EXPECT_EQ(Chosen(members),
            (Expected{"main out\\Bugreport-q.TXT",
                      "snoop out\\FS\\data\\misc\\bluetooth\\logs\\btsnoop_hci.log"}));
}

TEST(Members, SamsungDumpState) {
  const Members members = {{"log/dumpState_SM-A1_2024.log", 50},
                           {"log/bluetooth/btsnoop_hci_202401.cfa", 5},
                           {"log/main.log", 400}};
  EXPECT_EQ(Chosen(members), (Expected{"main log/dumpState_SM-A1_2024.log", "log log/main.log",
                                       "snoop log/bluetooth/btsnoop_hci_202401.cfa"}));
}

TEST(Members, XiaomiZipInZip) {
  const Members members = {{"bugreport-2024/bugreport-x-2024.zip", 5000},
                           {"bugreport-2024/visible_windows.zip", 5},
                           {"__MACOSX/bugreport-2024/._bugreport-x-2024.zip", 5}};
  EXPECT_EQ(Chosen(members), (Expected{"inner bugreport-2024/bugreport-x-2024.zip"}));
}

TEST(Members, OutputsOneByOne) {
  const Members members = {
      {"qf/dumpsys.txt", 500}, {"qf/getprop.txt", 20}, {"qf/logcat.txt", 90000}, {"qf/x.json", 7}};
  EXPECT_EQ(Chosen(members),
            (Expected{"main qf/dumpsys.txt", "output qf/getprop.txt", "log qf/logcat.txt"}));
}

TEST(Members, LargestTextWhenNothingIsNamed) {
  const Members members = {{"a.txt", 10}, {"b.txt", 1000}, {"c.png", 99999}};
  EXPECT_EQ(Chosen(members), (Expected{"main b.txt", "output a.txt"}));
}

TEST(Members, SingleUnnamedMemberOfGzip) {
  EXPECT_EQ(Chosen({{"", 10}}), (Expected{"main "}));
  EXPECT_EQ(Chosen({{"report", 10}}), (Expected{"main report"}));
  EXPECT_EQ(Chosen({{"btsnoop_hci.log", 10}}), (Expected{"snoop btsnoop_hci.log"}));
}

TEST(Members, NothingInSources) {
  const Members members = {{"bugreport/", 0},
                           {"bugreport/report.py", 10},
                           {"__MACOSX/._bugreport", 176},
                           {"bugreport/.DS_Store", 6148}};
  EXPECT_TRUE(Chosen(members).empty());
  EXPECT_TRUE(Chosen({}).empty());
}

}  // namespace
}  // namespace bk::android
