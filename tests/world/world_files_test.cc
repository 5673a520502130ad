// The files that `simulate world` writes, read back by the program and by tshark: what they tell is
// what the world's truth has, whatever is wrong and with whom.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "world/world_program.h"

namespace bk::testing {
namespace {

using Json = nlohmann::json;

class WorldFilesTest : public WorldProgramTest {
 protected:
  // The truth of a world of two hours, its files in the folder `w`.
  [[nodiscard]] Json World(std::uint64_t seed, const std::string& fault) const {
    std::vector<std::string> words = {"--seed", std::to_string(seed)};
    if (!fault.empty()) words.insert(words.end(), {"--fault", fault});
    const Ran ran = Simulate("w", words);
    EXPECT_EQ(ran.exit, 0) << ran.out << ran.err;
    return Json::parse(Text("w/truth.json"), nullptr, false);
  }
  [[nodiscard]] std::string File(const std::string& name) const { return (home_ / "w" / name); }
  [[nodiscard]] Json Told(std::vector<std::string> words) const {
    words.emplace_back("--json");
    const Ran ran = Run(std::move(words));
    Json json = Json::parse(ran.out, nullptr, false);
    EXPECT_TRUE(json.is_object()) << ran.out << ran.err;
    return json;
  }
};

// In the phone, with the band, on the air.
const std::vector<std::string> kFaults = {"",
                                          "bluetooth_off",
                                          "background_killed",
                                          "battery_saver_active",
                                          "location_services_off",
                                          "location_permission_missing",
                                          "auth_key_wrong",
                                          "app_level_pairing_lost",
                                          "band_battery_empty",
                                          "band_held_by_other_phone",
                                          "band_needs_restart",
                                          "interference_or_range",
                                          "weak",
                                          "lossy",
                                          "comes_and_goes",
                                          "cut_in_fetch"};

// By reason, how often a link ended so.
using Ends = std::map<int, int>;
Ends TrueEnds(const Json& truth) {
  Ends ends;
  for (const char* kind : {"links", "failed_attempts"})
    for (const Json& link : truth[kind])
      if (link["reason"].is_number()) ++ends[link["reason"]];
  return ends;
}

// Links and calls that came to nothing, in the order in which they ended; what stands is last.
std::vector<Json> TrueLinks(const Json& truth) {
  std::vector<Json> links;
  for (const char* kind : {"links", "failed_attempts"})
    for (const Json& link : truth[kind]) links.push_back(link);
  const auto end = [](const Json& link) {
    return link["ended_us"].is_number() ? link["ended_us"].get<std::int64_t>() : INT64_MAX;
  };
  std::ranges::stable_sort(links, {}, end);
  return links;
}

TEST_F(WorldFilesTest, ReadTellsTheLinksAsTheyWere) {
  for (std::size_t i = 0; i < kFaults.size(); ++i) {
    const std::uint64_t seed = i % 3 == 0 ? 51 : 1 + i;
    SCOPED_TRACE(kFaults[i] + ", seed " + std::to_string(seed));
    const std::vector<Json> really = TrueLinks(World(seed, kFaults[i]));
    const Json read = Told({"read", File("btsnoop_hci.log")});
    EXPECT_TRUE(read["losses"].empty()) << read["losses"];
    const Json& told = read["links"];
    ASSERT_EQ(told.size(), really.size());
    for (std::size_t n = 0; n < told.size(); ++n) {
      SCOPED_TRACE(n);
      const auto reached = [&](const char* stage) {
        return std::ranges::find(told[n]["stages"], stage) != told[n]["stages"].end();
      };
      EXPECT_EQ(reached("authenticated"), really[n]["authenticated"]);
      EXPECT_EQ(reached("synced"), really[n]["minutes"] > 0);
      if (!really[n]["reason"].is_number()) continue;
      EXPECT_EQ(std::stoi(told[n]["reason"].get<std::string>(), nullptr, 16), really[n]["reason"]);
      EXPECT_EQ(told[n]["by"] == "phone", really[n]["ended_by"] == "phone");
    }
  }
}

// What is expected of `doctor` with a fault that came 20 minutes after the beginning. A sync before
// it must not pass for health; `cause` empty: the evidence has no name for it.
struct Expected {
  std::string fault, cause;
};

TEST_F(WorldFilesTest, DoctorIsNotComfortedByWhatWentWellBeforeTheFault) {
  const std::vector<Expected> expected = {
      {"bluetooth_off", "bluetooth_off"},
      {"airplane_mode", "airplane_mode"},
      {"location_services_off", "location_services_off"},
      {"location_permission_missing", "location_permission_missing"},
      {"nearby_devices_permission_missing", "nearby_devices_permission_missing"},
      {"app_stopped_or_disabled", "app_stopped_or_disabled"},
      {"background_killed", "background_killed"},
      {"auth_key_wrong", "auth_key_wrong"},
      {"app_level_pairing_lost", "app_level_pairing_lost"},
      // A band that is silent: empty, held elsewhere or out of reach look alike from the phone.
      {"band_battery_empty", ""},
      {"band_held_by_other_phone", ""},
      {"band_needs_restart", ""}};
  std::uint64_t seed = 0;
  for (const Expected& one : expected) {
    ++seed;
    SCOPED_TRACE(one.fault + ", seed " + std::to_string(seed));
    const Json truth = World(seed, one.fault);
    EXPECT_EQ(truth["healthy"], false);
    EXPECT_FALSE(truth["syncs"].empty());  // there is a past to be comforted by
    const Json report = Told({"doctor", File("bugreport.zip")});
    const std::string outcome = report["verdict"]["outcome"];
    EXPECT_NE(outcome, "healthy") << report["verdict"];
    EXPECT_NE(outcome, "no_trouble_seen") << report["verdict"];
    if (!one.cause.empty()) {
      EXPECT_EQ(report["verdict"]["cause"], one.cause) << report["verdict"];
    }
    // All of it together, in any mix, says no better.
    const Json all =
        Told({"doctor", File("logcat.txt"), File("btsnoop_hci.log"), File("bugreport.zip")});
    EXPECT_NE(all["verdict"]["outcome"], "healthy") << all["verdict"];
    if (!one.cause.empty()) {
      EXPECT_EQ(all["verdict"]["cause"], one.cause) << all["verdict"];
    }
  }
}

TEST_F(WorldFilesTest, DoctorFindsAHealthyWorldHealthy) {
  std::uint64_t seed = 0;
  for (const std::string fault : {"", "lossy", "weak", ""}) {
    ++seed;
    SCOPED_TRACE(fault + ", seed " + std::to_string(seed));
    EXPECT_EQ(World(seed, fault)["healthy"], true);
    for (const std::vector<std::string>& files :
         {std::vector{File("btsnoop_hci.log")},
          {File("btsnoop_hci.log"), File("logcat.txt"), File("bugreport.zip")}}) {
      std::vector<std::string> words = {"doctor"};
      words.insert(words.end(), files.begin(), files.end());
      EXPECT_EQ(Told(words)["verdict"]["outcome"], "healthy") << files.back();
    }
  }
}

// Of a capture alone, where the phone went on searching.
TEST_F(WorldFilesTest, ACaptureThatGoesOnWithoutALinkShowsNoHealth) {
  for (const std::string fault :
       {"band_battery_empty", "band_held_by_other_phone", "location_services_off"}) {
    SCOPED_TRACE(fault);
    (void)World(1, fault);
    const Json report = Told({"doctor", File("btsnoop_hci.log")});
    EXPECT_NE(report["verdict"]["outcome"], "healthy") << report["verdict"];
    EXPECT_NE(report["verdict"]["outcome"], "no_trouble_seen") << report["verdict"];
  }
}

TEST_F(WorldFilesTest, TsharkFindsNothingMalformedAndTheSameEnds) {
  if (std::system("tshark --version >/dev/null 2>&1") != 0)
    GTEST_SKIP() << "skipped: no tshark in PATH";
  const auto tshark = [&](std::vector<std::string> words) {
    words.insert(words.begin(), {"tshark", "-r", File("btsnoop_hci.log")});
    const Ran ran = RunProgram(words, {"HOME=" + home_.string()});
    EXPECT_EQ(ran.exit, 0) << ran.err;
    return ran.out;
  };
  for (std::size_t i = 0; i < kFaults.size(); ++i) {
    SCOPED_TRACE(kFaults[i]);
    const Json truth = World(1 + i, kFaults[i]);
    EXPECT_EQ(tshark({"-Y", "_ws.malformed || _ws.expert.severity == error"}), "");
    Ends ends;
    std::istringstream reasons(
        tshark({"-Y", "bthci_evt.code == 0x05", "-T", "fields", "-e", "bthci_evt.reason"}));
    for (std::string reason; std::getline(reasons, reason);)
      if (!reason.empty()) ++ends[std::stoi(reason, nullptr, 16)];
    EXPECT_EQ(ends, TrueEnds(truth));
  }
}

}  // namespace
}  // namespace bk::testing
