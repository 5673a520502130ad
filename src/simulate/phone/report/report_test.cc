// bugreportz of a simulated phone: what it says, and what is in the zip.
#include <gtest/gtest.h>
#include <zip.h>

#include <map>
#include <string>

#include "simulate/phone/log/log.h"
#include "simulate/phone/log/logcat.h"
#include "simulate/phone/report/bug_report.h"
#include "simulate/phone/report/report_programs.h"
#include "simulate/phone/shell/shell.h"

namespace bk::simulate {
namespace {

std::map<std::string, std::string> Entries(const std::string& bytes) {
  std::map<std::string, std::string> entries;
  zip_error_t error;
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  zip_t* zip = zip_open_from_source(source, ZIP_RDONLY, &error);
  if (zip == nullptr) return entries;
  for (zip_int64_t i = 0; i < zip_get_num_entries(zip, 0); ++i) {
    zip_stat_t stat;
    zip_stat_index(zip, static_cast<zip_uint64_t>(i), 0, &stat);
    std::string text(stat.size, '\0');
    zip_file_t* file = zip_fopen_index(zip, static_cast<zip_uint64_t>(i), 0);
    zip_fread(file, text.data(), text.size());
    zip_fclose(file);
    entries[stat.name] = text;
  }
  zip_close(zip);
  return entries;
}

class BugreportzTest : public testing::Test {
 protected:
  BugreportzTest() {
    AddShellPrograms(programs_);
    AddLogPrograms(programs_);
    AddReportPrograms(programs_);
    programs_.Add("dumpsys bluetooth_manager",
                  [](const Call&) { return Out("Bluetooth Status\n"); });
    phone_.flavour.device = "sargo";
    phone_.flavour.build = "QQ3A";
    phone_.clock.wall = std::chrono::sys_days{std::chrono::year{2024} / 3 / 2}.time_since_epoch();
    Say(phone_, "system", 'I', "ActivityManager", "a line of the log", "system");
  }
  Said Run(std::string_view line) { return RunLine(phone_, programs_, line); }
  Android phone_;
  Programs programs_;
};

TEST_F(BugreportzTest, SaysItsVersionOnTheErrorStream) {
  const Said said = Run("bugreportz -v");
  EXPECT_TRUE(said.out.empty());
  EXPECT_EQ(said.err, "1.2\n");
  phone_.flavour.sdk = 26;
  EXPECT_EQ(Run("bugreportz -v").err, "1.1\n");
}

TEST_F(BugreportzTest, WritesAReportThatCanBeFetched) {
  const Said said = Run("bugreportz -p");
  ASSERT_TRUE(
      said.out.starts_with("BEGIN:/bugreports/bugreport-sargo-QQ3A-2024-03-02-01-00-00.zip\n"))
      << said.out;
  EXPECT_NE(said.out.find("PROGRESS:10/100\n"), std::string::npos);
  const std::size_t ok = said.out.find("OK:");
  ASSERT_NE(ok, std::string::npos);
  std::string path = said.out.substr(ok + 3);
  path.pop_back();
  ASSERT_TRUE(phone_.life.files.contains(path));
  const auto entries = Entries(phone_.life.files[path]);
  EXPECT_EQ(entries.at("version.txt"), "2.0");
  const std::string main = entries.at("main_entry.txt");
  const std::string& text = entries.at(main);
  EXPECT_NE(text.find("DUMP OF SERVICE bluetooth_manager:\nBluetooth Status\n"), std::string::npos);
  EXPECT_NE(text.find("a line of the log"), std::string::npos);
  EXPECT_NE(text.find("== dumpstate: done (id 1)"), std::string::npos);
  EXPECT_FALSE(entries.contains("FS/data/misc/bluetooth/logs/btsnoop_hci.log"));
  EXPECT_EQ(Run("bugreportz -s").out, phone_.life.files[path]);
}

TEST_F(BugreportzTest, HoldsTheHciLogWhereOneIsKept) {
  phone_.system.properties["persist.bluetooth.btsnooplogmode"] = "full";
  const auto entries = Entries(BugReportZip(phone_, programs_));
  EXPECT_TRUE(entries.at("FS/data/misc/bluetooth/logs/btsnoop_hci.log").starts_with("btsnoop"));
}

TEST_F(BugreportzTest, OldOnesDoNotStream) {
  phone_.flavour.sdk = 26;
  EXPECT_EQ(Run("bugreportz -s").exit, 1);
  EXPECT_EQ(Entries(BugReportZip(phone_, programs_)).at("version.txt"), "1.0");
}

}  // namespace
}  // namespace bk::simulate
