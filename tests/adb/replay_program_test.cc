// `bandkeeper simulate phone --report` and `bandkeeper doctor --phone` with stock adb between them:
// the verdict on a phone is the verdict on its report.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>

#include "adb/adb_fixture.h"
#include "reports/phones.h"

namespace bk::testing {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

Json Parse(const Ran& ran) {
  Json json = Json::parse(ran.out, nullptr, false);
  EXPECT_TRUE(json.is_object()) << ran.out << ran.err;
  return json;
}

class ReplayProgramTest : public WithStockAdb {
 protected:
  void TearDown() override {
    if (phone_) (void)adb_->Do({"disconnect", address_});
    phone_.reset();
  }

  void ServeReport(const fs::path& report) { Serve({"--report", report.string()}); }
  void Serve(std::vector<std::string> words) {
    words.insert(words.begin(), {BK_PROGRAM, "simulate", "phone", "--json"});
    phone_ = std::make_unique<Background>(words);
    const Json served = Json::parse(phone_->WaitFor("\n}\n"), nullptr, false);
    ASSERT_TRUE(served.is_object());
    EXPECT_EQ(served["simulated"], true);
    address_ = served["address"];
    ASSERT_TRUE(adb_->Connect(address_));
  }
  Json DoctorPhone() const {
    return Parse(RunProgram({BK_PROGRAM, "doctor", "--phone", "--serial", address_, "--json"},
                            adb_->variables()));
  }
  static Json DoctorFile(const fs::path& report) {
    return Parse(RunProgram({BK_PROGRAM, "doctor", "--json", report.string()}));
  }
  static void ExpectTheSame(const Json& live, const Json& file) {
    for (const char* what : {"outcome", "layer", "cause"})
      EXPECT_EQ(live["verdict"][what], file["verdict"][what]) << what;
  }

  std::unique_ptr<Background> phone_;
  std::string address_;
};

// But one: a report lists what the phone's hardware can do, a phone that is asked for single
// packages does not.
std::set<std::string> Findings(const Json& report) {
  std::set<std::string> told;
  for (const Json& finding : report["findings"])
    if (finding["id"] != "phone_has_no_bluetooth")
      told.insert(finding["id"].get<std::string>() + "=" + finding["value"].dump());
  return told;
}

TEST_F(ReplayProgramTest, AnInventedReport) {
  using reports::Fault;
  using reports::Phone;
  for (const auto& [phone, fault] : {std::pair{Phone::kStock12, Fault::kLocationOff},
                                     std::pair{Phone::kSamsung14, Fault::kStaleBond}}) {
    const fs::path path = adb_->home() / "report.txt";
    std::ofstream(path) << reports::Report({.phone = phone, .fault = fault});
    ServeReport(path);
    const Json file = DoctorFile(path), live = DoctorPhone();
    ExpectTheSame(live, file);
    EXPECT_EQ(Findings(live), Findings(file));
    TearDown();
  }
}

TEST_F(ReplayProgramTest, ItSaysWhatItIsAndEndsAtCtrlC) {
  const fs::path path = adb_->home() / "report.txt";
  std::ofstream(path) << reports::Report({.phone = reports::Phone::kStock12});
  Background phone({BK_PROGRAM, "simulate", "phone", "--report", path.string()});
  EXPECT_TRUE(
      phone.WaitFor("Ctrl-C ends it.").starts_with("This is a simulated phone, not a real"));
  const Ran ended = phone.Interrupt();
  EXPECT_EQ(ended.exit, 0);
  EXPECT_TRUE(ended.out.ends_with("The simulated phone is gone.\n")) << ended.out;

  const Ran odd =
      RunProgram({BK_PROGRAM, "simulate", "phone", "--port", "5557", "--report", path.string()});
  EXPECT_EQ(odd.exit, 2);
  EXPECT_NE(odd.err.find("emulators"), std::string::npos) << odd.err;
}

TEST_F(ReplayProgramTest, AnInventedPhone) {
  Serve({"--android", "14", "--maker", "samsung", "--seed", "7"});
  const Json healthy = DoctorPhone();
  EXPECT_EQ(healthy["phone"]["android"], "14");
  EXPECT_FALSE(Findings(healthy).contains("location_off=true"));
  const Ran told =
      RunProgram({BK_PROGRAM, "doctor", "--phone", "--serial", address_}, adb_->variables());
  EXPECT_NE(told.out.find("a simulated phone, not a real one: "), std::string::npos) << told.out;
  // What a computer changes on it, the next look at it sees.
  EXPECT_EQ(adb_->Do({"-s", address_, "shell", "settings put secure location_mode 0"}).exit, 0);
  const Json changed = DoctorPhone();
  EXPECT_TRUE(Findings(changed).contains("location_off=true")) << changed["findings"];
}

TEST_F(ReplayProgramTest, AnInventedFaultIsFound) {
  Serve({"--android", "14", "--maker", "samsung", "--fault", "bluetooth_off", "--seed", "7"});
  const Json report = DoctorPhone();
  EXPECT_EQ(report["verdict"]["cause"], "bluetooth_off") << report["verdict"];
  const Ran unknown = RunProgram({BK_PROGRAM, "simulate", "phone", "--fault", "no_such_cause"});
  EXPECT_EQ(unknown.exit, 2);
  EXPECT_NE(unknown.err.find("bluetooth_off"), std::string::npos) << unknown.err;
}

TEST_F(ReplayProgramTest, ACableThatDropsInACommandIsALoss) {
  Serve({"--trouble", "drop_in_command,nth=1,bytes=100,of=dumpsys bluetooth_manager"});
  const Json report = DoctorPhone();
  EXPECT_FALSE(report["losses"].empty());
  EXPECT_TRUE(adb_->Connect(address_));  // the phone is there again
  EXPECT_TRUE(DoctorPhone()["losses"].empty());
}

// A service that hangs held the verdict for its whole time-out, some 17 seconds.
TEST_F(ReplayProgramTest, AServiceThatHangsIsALossAndNoLongWait) {
  Serve({"--fault", "bluetooth_off", "--trouble", "no_answer,of=dumpsys alarm"});
  const auto start = std::chrono::steady_clock::now();
  const Json report = DoctorPhone();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  std::printf("%.2f s to the verdict with a service that hangs\n", took.count());
  EXPECT_EQ(report["verdict"]["cause"], "bluetooth_off") << report["verdict"];
  ASSERT_EQ(report["losses"].size(), 1U) << report["losses"];
  const std::string text = report["losses"][0]["text"];
  EXPECT_NE(text.find("when all else had long answered"), std::string::npos) << text;
}

TEST_F(ReplayProgramTest, RealReports) {
  const char* shared = std::getenv("BK_SHARED");
  const fs::path folder =
      fs::path(shared != nullptr ? shared : "../shared") / "corpus" / "bugreport";
  if (!fs::is_directory(folder)) GTEST_SKIP() << "skipped: no " << folder;
  for (const char* name :
       {"pixel_android8.1_sailfish_ble_on.zip", "vivo_x9_android7.1.2_bt_off.zip",
        "atv_emulator_android14_bt_crashed.zip", "posiflex_rk3399_android9_bt_never.zip"}) {
    SCOPED_TRACE(name);
    ServeReport(folder / name);
    const auto start = std::chrono::steady_clock::now();
    const Json live = DoctorPhone();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    std::printf("%s: %.2f s to the verdict\n", name, took.count());
    ExpectTheSame(live, DoctorFile(folder / name));

    const fs::path report = adb_->home() / "report.zip";
    EXPECT_EQ(adb_->Do({"-s", address_, "bugreport", report.string()}).exit, 0);
    const auto bytes = [](const fs::path& path) {
      std::ifstream in(path, std::ios::binary);
      return std::string(std::istreambuf_iterator<char>(in), {});
    };
    EXPECT_EQ(bytes(report), bytes(folder / name));
    TearDown();
  }
}

}  // namespace
}  // namespace bk::testing
