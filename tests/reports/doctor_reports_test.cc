// The real program on bug reports of phones in one known trouble: does it name the layer and the
// cause, cite the line, propose the right thing, stay silent about what it cannot know, and keep
// what is private.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "reports/phones.h"

namespace bk::reports {
namespace {

using Json = nlohmann::json;

struct Said {
  int exit = -1;
  std::string out;
};

Said Program(const std::string& arguments) {
  const std::string command = std::string(BK_PROGRAM) + " " + arguments + " 2>&1";
  Said said;
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return said;
  std::array<char, 4096> block{};
  for (std::size_t n; (n = fread(block.data(), 1, block.size(), pipe)) > 0;)
    said.out.append(block.data(), n);
  const int status = pclose(pipe);
  said.exit = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return said;
}

class ReportFile {
 public:
  explicit ReportFile(const std::string& text)
      : path_(std::filesystem::temp_directory_path() /
              fmt::format("bandkeeper_report_{}_{}.txt", getpid(), count_++)) {
    std::ofstream(path_, std::ios::binary) << text;
  }
  ~ReportFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  ReportFile(const ReportFile&) = delete;
  ReportFile& operator=(const ReportFile&) = delete;
  [[nodiscard]] std::string path() const { return path_.string(); }

 private:
  static inline int count_ = 0;
  std::filesystem::path path_;
};

Json Doctor(const Plan& plan, int* exit = nullptr) {
  const ReportFile file(Report(plan));
  const Said said = Program("doctor --json " + file.path());
  if (exit != nullptr) *exit = said.exit;
  return Json::parse(said.out, nullptr, false);
}

const Json* Find(const Json& report, std::string_view id) {
  for (const Json& finding : report["findings"])
    if (finding["id"] == id) return &finding;
  return nullptr;
}

struct Expected {
  Fault fault;
  std::string_view layer;
  std::vector<std::string_view> causes;  // any of them
  std::string_view finding;              // the proof that must be cited
  std::string_view line;                 // what stands in the cited line
  std::vector<std::string_view> steps;   // one of them within the first three
};

// Which cause a trouble is, the proof of it and what to do.
std::vector<Expected> ExpectedOf(Phone phone) {
  std::vector<Expected> all = {
      {Fault::kLocationDenied,
       "app",
       {"location_permission_missing"},
       "location_permission_denied",
       "ACCESS_FINE_LOCATION: granted=false",
       {"grant_location_permission"}},
      {Fault::kBackgroundRestricted,
       "app",
       {"background_killed"},
       "app_restricted_in_background",
       "RUN_ANY_IN_BACKGROUND",
       {"lift_background_restriction"}},
      // To Android 10 the phone does not tell an owner's force stop from a cleaner's.
      {Fault::kForceStopped,
       "app",
       phone == Phone::kMiui9
           ? std::vector<std::string_view>{"app_stopped_or_disabled", "background_killed"}
           : std::vector<std::string_view>{"app_stopped_or_disabled"},
       "companion_app_force_stopped",
       "stopped=true",
       {"start_app"}},
      {Fault::kAppDisabled,
       "app",
       {"app_stopped_or_disabled"},
       "companion_app_disabled",
       "enabled=3",
       {"enable_app", "start_app"}},
      {Fault::kBluetoothCrashed,
       "link",
       {"bluetooth_stack_glitch", "phone_bluetooth_stack_bug"},
       "bluetooth_stack_crashed",
       "Bluetooth crashed 3 times",
       {"toggle_bluetooth", "restart_phone"}},
      {Fault::kStaleBond,
       "link",
       {"stale_bond"},
       "encryption_key_missing",
       "",
       {"forget_in_android"}},
      {Fault::kBluetoothOff,
       "link",
       {"bluetooth_off"},
       "bluetooth_off",
       "state: OFF",
       {"turn_on_bluetooth"}},
      {Fault::kAirplaneMode,
       "link",
       {"airplane_mode"},
       "airplane_mode_on",
       "",  // the settings' line, or the manager's "due to AIRPLANE_MODE"
       {"turn_off_airplane_mode"}},
      {Fault::kLocationOff,
       "app",
       {"location_services_off"},
       "location_off",
       "location_mode",
       {"turn_on_location"}},
  };
  if (AndroidOf(phone) >= 12)
    all.push_back({Fault::kNearbyDenied,
                   "app",
                   {"nearby_devices_permission_missing"},
                   "nearby_devices_permission_denied",
                   "BLUETOOTH_SCAN: granted=false",
                   {"grant_nearby_devices"}});
  return all;
}

std::string LineOf(const std::string& text, std::size_t line) {
  std::size_t at = 0;
  while (--line > 0) {
    at = text.find('\n', at);
    if (at == std::string::npos) return {};
    ++at;
  }
  return text.substr(at, text.find('\n', at) - at);
}

class DoctorReports : public ::testing::TestWithParam<Phone> {};

TEST_P(DoctorReports, NamesLayerAndCause) {
  for (const Expected& expected : ExpectedOf(GetParam())) {
    const Plan plan{.phone = GetParam(), .fault = expected.fault};
    SCOPED_TRACE(expected.causes.front());
    int exit = 0;
    const Json report = Doctor(plan, &exit);
    ASSERT_TRUE(report.is_object());
    EXPECT_EQ(exit, 1);
    const Json& verdict = report["verdict"];
    EXPECT_EQ(verdict["layer"], expected.layer) << verdict["text"];
    const std::string cause = verdict["cause"];
    EXPECT_NE(std::ranges::find(expected.causes, cause), expected.causes.end()) << verdict["text"];
    EXPECT_EQ(report["phone"]["model"], ModelOf(GetParam()));

    const Json* proof = Find(report, expected.finding);
    ASSERT_NE(proof, nullptr) << expected.finding;
    EXPECT_EQ((*proof)["value"], true);
    const std::string line = LineOf(Report(plan), (*proof)["where"]["line"].get<std::size_t>());
    EXPECT_NE(line.find(expected.line), std::string::npos) << line;

    bool proposed = false;
    const Json& steps = report["plan"]["steps"];
    for (std::size_t i = 0; i < std::min<std::size_t>(3, steps.size()); ++i)
      proposed |= std::ranges::find(expected.steps, steps[i]["id"].get<std::string>()) !=
                  expected.steps.end();
    EXPECT_TRUE(proposed) << steps.dump(1).substr(0, 3000);
    for (const Json& loss : report["losses"]) ADD_FAILURE() << loss["text"];
  }
}

// A phone on which all is well with the band connected: no fault may be made up.
TEST_P(DoctorReports, NothingWrongIsNoVerdict) {
  const Json report = Doctor({.phone = GetParam()});
  ASSERT_TRUE(report.is_object());
  EXPECT_TRUE(report["verdict"]["outcome"] == "no_trouble_seen" ||
              report["verdict"]["outcome"] == "healthy")
      << report["verdict"];
  EXPECT_TRUE(report["plan"]["steps"].empty()) << report["plan"];
  for (const Json& layer : report["layers"]) EXPECT_NE(layer["state"], "trouble") << layer;
}

// The same troubles on a phone that never saw a band are no trouble of a band.
TEST_P(DoctorReports, WithoutABandNothingIsClaimed) {
  for (const Fault fault : {Fault::kNone, Fault::kBluetoothOff, Fault::kAirplaneMode,
                            Fault::kLocationOff, Fault::kBluetoothCrashed}) {
    int exit = 0;
    const Json report = Doctor({.phone = GetParam(), .fault = fault, .band = false}, &exit);
    ASSERT_TRUE(report.is_object());
    EXPECT_EQ(exit, 3);
    EXPECT_EQ(report["verdict"]["outcome"], "no_band");
    EXPECT_EQ(report["verdict"]["cause"], "");
    EXPECT_TRUE(report["plan"]["steps"].empty());
  }
}

TEST_P(DoctorReports, KeepsWhatIsPrivate) {
  for (const Fault fault : {Fault::kNone, Fault::kStaleBond}) {
    const ReportFile file(Report({.phone = GetParam(), .fault = fault}));
    for (const char* how : {"doctor -v ", "doctor --json ", "read ", "read --json "}) {
      const std::string out = Program(how + file.path()).out;
      for (const std::string_view secret :
           {kBandAddress, kPhoneAddress, kAccount, kSerial, "c8:0f:10:4a:5b:6c", "5B:6C", "5b:6c"})
        EXPECT_EQ(out.find(secret), std::string::npos) << how << secret;
    }
  }
}

// A report that ends in the middle says no more than the whole one, and says that it is cut.
TEST_P(DoctorReports, ACutReportClaimsNothingNew) {
  const Plan plan{.phone = GetParam(), .fault = Fault::kForceStopped};
  const std::string text = Report(plan);
  const Json whole = Doctor(plan);
  for (int part = 1; part < 8; ++part) {
    const ReportFile file(text.substr(0, text.size() * static_cast<std::size_t>(part) / 8));
    const Json report = Json::parse(Program("doctor --json " + file.path()).out, nullptr, false);
    if (!report.is_object()) continue;  // too little to be a report: a sentence and exit 3
    EXPECT_FALSE(report["losses"].empty()) << part;
    for (const Json& finding : report["findings"]) {
      const Json* same = Find(whole, finding["id"].get<std::string>());
      EXPECT_NE(same, nullptr) << part << finding;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Phones, DoctorReports,
                         ::testing::Values(Phone::kMiui9, Phone::kStock12, Phone::kSamsung14),
                         [](const auto& phone) {
                           return fmt::format("Android{}", AndroidOf(phone.param));
                         });

}  // namespace
}  // namespace bk::reports
