// `--simulated` through the program: it says so everywhere, keeps its phone between runs, and never
// touches what is kept of real ones.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "adb/stock_adb.h"

namespace bk::testing {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
constexpr std::string_view kBanner = "This is a simulated phone, not a real one: an invented ";

class SimulatedProgramTest : public ::testing::Test {
 protected:
  SimulatedProgramTest() {
    std::string name = (fs::temp_directory_path() / "bk_simulated_XXXXXX").string();
    home_ = mkdtemp(name.data());
  }
  ~SimulatedProgramTest() override { fs::remove_all(home_); }
  // No adb is found, and no server runs at that port.
  [[nodiscard]] Ran Run(std::vector<std::string> words) const {
    words.insert(words.begin(), BK_PROGRAM);
    const RunHow how{
        .variables = {"HOME=" + home_.string(), "XDG_STATE_HOME=", "PATH=" + home_.string(),
                      "ANDROID_HOME=", "ANDROID_SDK_ROOT=", "ADB_SERVER_SOCKET=tcp:1", "LANG=C"}};
    return RunProgram(words, how);
  }
  [[nodiscard]] Json RunJson(std::vector<std::string> words) const {
    words.emplace_back("--json");
    const Ran ran = Run(std::move(words));
    Json json = Json::parse(ran.out, nullptr, false);
    EXPECT_TRUE(json.is_object()) << ran.out << ran.err;
    EXPECT_EQ(json.value("simulated", false), true) << ran.out;
    return json.is_object() ? json : Json::object();
  }
  fs::path home_;
};

TEST_F(SimulatedProgramTest, IsMendedAndUndoneAsTheSamePhone) {
  const Ran fixed = Run({"fix", "--simulated", "--yes", "--fault", "background_killed"});
  EXPECT_EQ(fixed.exit, 0) << fixed.out << fixed.err;
  EXPECT_TRUE(fixed.out.starts_with(kBanner)) << fixed.out;
  EXPECT_TRUE(fixed.out.contains("Changed on the phone")) << fixed.out;
  const Json past = RunJson({"undo", "--simulated", "--list"});
  ASSERT_EQ(past["repairs"].size(), 1U);
  EXPECT_EQ(past["repairs"][0]["undoable"], true);
  const Json undone = RunJson({"undo", "--simulated"});
  EXPECT_EQ(undone["all_back"], true);
  EXPECT_FALSE(undone["undone"].empty());
  // As sick as before, so the next fix finds the same to do.
  EXPECT_EQ(RunJson({"doctor", "--simulated"})["verdict"]["cause"], "background_killed");
  EXPECT_TRUE(RunJson({"undo", "--simulated"})["undone"].empty());
  // Another phone has no past; and of real phones nothing is kept here.
  EXPECT_EQ(RunJson({"doctor", "--simulated", "--fault", "bluetooth_off", "--maker", "xiaomi",
                     "--android", "12", "--seed", "5"})["verdict"]["cause"],
            "bluetooth_off");
  EXPECT_TRUE(RunJson({"undo", "--simulated", "--list"})["repairs"].empty());
  EXPECT_FALSE(fs::exists(home_ / ".local/state/bandkeeper/repairs.journal"));
}

TEST_F(SimulatedProgramTest, EveryScreenSaysSo) {
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"doctor", "--simulated"},
        {"doctor", "--simulated", "--everyday"},
        {"fix", "--simulated", "--dry-run"},
        {"undo", "--simulated", "--list"},
        {"watch", "--phone", "--simulated", "--hours", "0.1"}}) {
    const Ran ran = Run(words);
    EXPECT_TRUE(ran.out.starts_with(kBanner)) << ran.out << ran.err;
    EXPECT_GT(ran.out.rfind(kBanner), 0U) << ran.out;
    EXPECT_NE(ran.exit, 5);
    (void)RunJson(words);
  }
}

TEST_F(SimulatedProgramTest, WithoutAPhoneItIsShownOnOneThatDoesNotExist) {
  const Ran shown = Run({"doctor", "--or-simulated"});
  EXPECT_EQ(shown.exit, 0) << shown.out << shown.err;
  EXPECT_TRUE(shown.out.contains(kBanner)) << shown.out;
  EXPECT_TRUE(shown.out.contains("Your own phone was not looked at.")) << shown.out;
  EXPECT_TRUE(shown.out.contains("adb")) << shown.out;
  const Ran alone = Run({});  // asked for nothing simulated
  EXPECT_EQ(alone.exit, 3) << alone.out;
  EXPECT_FALSE(alone.out.contains("simulated")) << alone.out;
}

// Xiaomi's refusal, as a quirk: the same fault is mended without it. The kept phone keeps it.
TEST_F(SimulatedProgramTest, AQuirkIsThePhonesOwn) {
  const auto refusals = [](const Json& repair) {
    return std::ranges::count(repair["steps"], "refused",
                              [](const Json& step) { return step["outcome"]; });
  };
  const std::vector<std::string> fault = {
      "fix",       "--simulated", "--yes",
      "--android", "12",          "--maker",
      "xiaomi",    "--fault",     "nearby_devices_permission_missing"};
  EXPECT_EQ(refusals(RunJson(fault)), 0);
  std::vector<std::string> peculiar = fault;
  peculiar.insert(peculiar.end(), {"--quirk", "miui_security_off"});
  EXPECT_GT(refusals(RunJson(peculiar)), 0);
  EXPECT_GT(refusals(RunJson({"fix", "--simulated", "--yes"})), 0);
  const Ran unknown = Run({"doctor", "--simulated", "--quirk", "command_missing:"});
  EXPECT_EQ(unknown.exit, 2) << unknown.out;
  EXPECT_TRUE(unknown.err.contains("settings_come_back")) << unknown.err;
}

TEST_F(SimulatedProgramTest, AKeptPhoneThatIsDamagedIsMadeAnew) {
  (void)RunJson({"doctor", "--simulated", "--fault", "bluetooth_off"});
  const fs::path kept = home_ / ".local/state/bandkeeper/simulated/phone.txt";
  ASSERT_TRUE(fs::exists(kept));
  fs::resize_file(kept, fs::file_size(kept) / 2);
  EXPECT_TRUE(RunJson({"doctor", "--simulated"})["simulated_phone"].is_string());
  EXPECT_EQ(Run({"doctor", "--simulated", "--fault", "none_such"}).exit, 2);
  EXPECT_EQ(Run({"doctor", "--simulated", "--serial", "x"}).exit, 2);
  EXPECT_EQ(Run({"doctor", "--fault", "bluetooth_off"}).exit, 2);
}

constexpr std::string_view kBandBanner =
    "This is a simulated band, not a real one: an invented Mi Smart Band 4";

TEST_F(SimulatedProgramTest, ABandIsKeptWithWhatItHasLetGo) {
  const Json first = RunJson({"sync", "--simulated"});
  EXPECT_EQ(first["done"], true) << first.dump();
  EXPECT_GE(first["minutes"]["new"], 3 * 24 * 60 - 5);
  EXPECT_TRUE(first["simulated_band"].is_string());
  EXPECT_LE(RunJson({"sync", "--simulated"})["minutes"]["new"], 2);
  const Ran exported = Run({"export", "--simulated"});
  EXPECT_TRUE(exported.out.starts_with("time,local_time,")) << exported.out.substr(0, 200);
  EXPECT_FALSE(exported.out.contains(kBandBanner));  // a program reads it
  EXPECT_TRUE(exported.err.contains(kBandBanner)) << exported.err;
  // A reset is kept too; another band has its own past.
  const Json restarted = RunJson({"restart", "--simulated"});
  EXPECT_EQ(restarted["done"], true);
  EXPECT_GE(RunJson({"sync", "--simulated", "--seed", "7"})["minutes"]["new"], 3 * 24 * 60 - 5);
  // Nothing of it stands with what is kept of real ones.
  EXPECT_FALSE(fs::exists(home_ / ".local/share/bandkeeper"));
}

TEST_F(SimulatedProgramTest, EveryScreenOfTheBandSaysSo) {
  for (const std::vector<std::string>& words : {std::vector<std::string>{"info", "--simulated"},
                                                {"find", "--simulated"},
                                                {"sync", "--simulated"},
                                                {"restart", "--simulated"}}) {
    const Ran ran = Run(words);
    EXPECT_EQ(ran.exit, 0) << words[0] << ran.out << ran.err;
    EXPECT_TRUE(ran.out.starts_with(kBandBanner)) << ran.out << ran.err;
    EXPECT_GT(ran.out.rfind(kBandBanner), 0U) << ran.out;
    (void)RunJson(words);
  }
}

TEST_F(SimulatedProgramTest, ABandHasTheFaultThatWasWanted) {
  EXPECT_EQ(Run({"info", "--simulated", "--fault", "held"}).exit, 3);
  EXPECT_EQ(Run({"info", "--simulated"}).exit, 3);  // it stays so
  EXPECT_EQ(Run({"info", "--simulated", "--fault", "wrong_key"}).exit, 1);
  EXPECT_EQ(RunJson({"info", "--simulated", "--firmware", "1.0.5.66", "--fault",
                     "low_battery"})["info"]["battery_percent"],
            12);
  const Ran unknown = Run({"info", "--simulated", "--fault", "none_such"});
  EXPECT_EQ(unknown.exit, 2);
  EXPECT_TRUE(unknown.err.contains("half_updated")) << unknown.err;
  EXPECT_EQ(Run({"info", "--simulated", "--firmware", "9"}).exit, 2);
  EXPECT_EQ(Run({"info", "--fault", "held"}).exit, 2);
  // A damaged one is made anew.
  fs::resize_file(home_ / ".local/state/bandkeeper/simulated-band/band.txt", 40);
  EXPECT_EQ(Run({"info", "--simulated"}).exit, 0);
}

TEST_F(SimulatedProgramTest, ABandIsPairedWithTheKeyThatItsBannerNames) {
  const Ran asked = Run({"pair", "--simulated", "--seed", "3"});
  const std::size_t at = asked.out.find("Its key is ");
  ASSERT_NE(at, std::string::npos) << asked.out << asked.err;
  const std::string key = asked.out.substr(at + 11, 32);
  std::ofstream(home_ / "key") << key;
  const Ran paired = Run({"pair", "--simulated", "--key-file", (home_ / "key").string()});
  EXPECT_EQ(paired.exit, 0) << paired.err;
  EXPECT_TRUE(paired.out.contains("Paired")) << paired.out;
}

}  // namespace
}  // namespace bk::testing
