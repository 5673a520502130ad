// `bandkeeper simulate world`: its files, and what it says where there can be none.
#include "world/world_program.h"

#include <nlohmann/json.hpp>

namespace bk::testing {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

TEST_F(WorldProgramTest, WritesItsFilesAndSaysWhatTheyAre) {
  const Ran ran = Simulate("deep/w", {"--seed", "7", "--hours", "1"});
  ASSERT_EQ(ran.exit, 0) << ran.out << ran.err;
  EXPECT_TRUE(ran.out.starts_with("A simulated world, not a real one: ")) << ran.out;
  for (const char* name : kWorldFiles) {
    EXPECT_TRUE(ran.out.contains(name)) << ran.out;
    EXPECT_FALSE(Text(std::string("deep/w/") + name).empty()) << name;
  }
  const Json truth = Json::parse(Text("deep/w/truth.json"));
  EXPECT_EQ(truth["schema"], "bandkeeper.world_truth/1");
  EXPECT_EQ(truth["simulated"], true);
  EXPECT_EQ(truth["seed"], 7);
  EXPECT_EQ(truth["until_us"].get<std::int64_t>() - truth["from_us"].get<std::int64_t>(),
            std::int64_t{3600} * 1'000'000);
  // A number and its word agree.
  EXPECT_EQ(truth["links"].size(), 1U);
  EXPECT_TRUE(ran.out.contains(" 1 link, ")) << ran.out;
}

TEST_F(WorldProgramTest, ASeedIsAWorldAndAnotherAnother) {
  for (const char* folder : {"one", "two"})
    ASSERT_EQ(Simulate(folder, {"--seed", "3", "--fault", "lossy", "--hours", "1"}).exit, 0);
  ASSERT_EQ(Simulate("other", {"--seed", "4", "--fault", "lossy", "--hours", "1"}).exit, 0);
  for (const std::string name : kWorldFiles) {
    EXPECT_EQ(Text("one/" + name), Text("two/" + name)) << name;
    EXPECT_NE(Text("one/" + name), Text("other/" + name)) << name;
  }
}

TEST_F(WorldProgramTest, AnAndroidAndAMakerAreThoseThatWereWanted) {
  ASSERT_EQ(
      Simulate("w", {"--android", "12", "--maker", "samsung", "--hours", "0.5", "--seed", "1"})
          .exit,
      0);
  const std::string phone = Json::parse(Text("w/truth.json"))["phone"]["what"];
  EXPECT_TRUE(phone.starts_with("SM-") || phone.starts_with("Galaxy")) << phone;
  EXPECT_TRUE(phone.ends_with("Android 12")) << phone;
}

TEST_F(WorldProgramTest, AFaultOfAShortWorldComesWithinIt) {
  ASSERT_EQ(Simulate("w", {"--hours", "0.2", "--fault", "bluetooth_off"}).exit, 0);
  const Json truth = Json::parse(Text("w/truth.json"));
  EXPECT_EQ(truth["healthy"], false);
  const std::int64_t from = truth["from_us"], since = truth["faults"][0]["since_us"];
  EXPECT_EQ(since - from, std::int64_t{3} * 60 * 1'000'000);
  ASSERT_FALSE(truth["links"].empty());
  EXPECT_GT(truth["links"][0]["ended_us"].get<std::int64_t>(), since);
}

TEST_F(WorldProgramTest, WrongWordsAreRefusedWithASentence) {
  struct Case {
    std::vector<std::string> words;
    std::string said;
  };
  const std::string out = (home_ / "w").string();
  for (const Case& one : std::vector<Case>{
           {{"--out", out, "--fault", "gremlins"}, "Nobody knows the fault \"gremlins\""},
           // An Android of that age has no such permission.
           {{"--out", out, "--android", "8", "--fault", "nearby_devices_permission_missing"},
            "This phone cannot have the fault \"nearby_devices_permission_missing\""},
           {{"--out", out, "--hours", "0"}, "--hours"},
           {{"--out", out, "--hours", "100"}, "--hours"},
           {{"--out", out, "--hours", "soon"}, "--hours"},
           {{"--out", out, "--seed", "-1"}, "--seed"},
           {{"--out", out, "--android", "9"}, "--android"},
           {{"--out", out, "--maker", "nokia"}, "--maker"},
           {{"--hours", "1"}, "--out"}}) {
    std::vector<std::string> words = {"simulate", "world"};
    words.insert(words.end(), one.words.begin(), one.words.end());
    const Ran ran = Run(words);
    EXPECT_EQ(ran.exit, 2) << ran.out << ran.err;
    EXPECT_TRUE(ran.err.contains(one.said)) << one.said << " is not in: " << ran.err;
    EXPECT_FALSE(fs::exists(out)) << one.said;  // nothing is begun
    fs::remove_all(out);
  }
}

TEST_F(WorldProgramTest, AFolderThatCannotBeIsSaid) {
  std::ofstream(home_ / "file") << "no folder";
  for (const char* folder : {"file", "file/w"}) {
    const Ran ran = Simulate(folder, {"--hours", "0.1"});
    EXPECT_EQ(ran.exit, 3) << ran.out << ran.err;
    EXPECT_TRUE(ran.err.contains((home_ / folder).string())) << ran.err;
    EXPECT_TRUE(ran.err.contains("cannot be")) << ran.err;
  }
  EXPECT_EQ(Text("file"), "no folder");
}

TEST_F(WorldProgramTest, AFullDiskIsSaidAndNoTruthStandsBesideHalfAWorld) {
  ASSERT_EQ(Simulate("w", {"--hours", "0.1"}).exit, 0);
  fs::remove(home_ / "w/logcat.txt");
  fs::create_symlink("/dev/full", home_ / "w/logcat.txt");
  const Ran ran = Simulate("w", {"--hours", "0.2"});
  EXPECT_EQ(ran.exit, 3) << ran.out << ran.err;
  EXPECT_TRUE(ran.err.contains("w/logcat.txt cannot be written: No space left")) << ran.err;
  EXPECT_FALSE(fs::exists(home_ / "w/truth.json"));
  EXPECT_FALSE(fs::exists(fs::symlink_status(home_ / "w/logcat.txt")));
}

TEST_F(WorldProgramTest, ItsHelpHasAnExampleThatWorks) {
  const Ran help = Run({"simulate", "world", "--help"});
  EXPECT_EQ(help.exit, 0);
  EXPECT_TRUE(help.out.contains("bandkeeper simulate world --seed 7 --fault lossy --out w"))
      << help.out;
  ASSERT_EQ(Simulate("w", {"--seed", "7", "--fault", "lossy"}).exit, 0);
  const Ran read = Run({"read", (home_ / "w/btsnoop_hci.log").string()});
  EXPECT_EQ(read.exit, 0) << read.out << read.err;
}

// Two good syncs, then Bluetooth goes off, and with it the recording ends: that all works is more
// than it can know.
TEST_F(WorldProgramTest, ACaptureThatEndsAsBluetoothGoesOffDoesNotSayThatAllWorks) {
  const auto diagnosed = [&](const std::string& folder, std::vector<std::string> more) {
    EXPECT_EQ(Simulate(folder, std::move(more)).exit, 0);
    const Ran ran = Run({"doctor", "--json", (home_ / folder / "btsnoop_hci.log").string()});
    EXPECT_NE(ran.exit, 5) << ran.err;
    return Json::parse(ran.out, nullptr, false);
  };
  const Json well = diagnosed("well", {"--seed", "1"});
  EXPECT_EQ(well["verdict"]["outcome"], "healthy") << well["verdict"];
  for (const char* seed : {"1", "2", "3"}) {
    SCOPED_TRACE(seed);
    const Json off =
        diagnosed(std::string("off") + seed, {"--seed", seed, "--fault", "bluetooth_off"});
    EXPECT_NE(off["verdict"]["outcome"], "healthy") << off["verdict"];
    for (const Json& layer : off["layers"])
      EXPECT_FALSE(layer["id"] == "link" && layer["state"] == "ok") << layer;
    bool told = false;
    for (const Json& loss : off["losses"])
      told = told || loss["text"].get<std::string>().contains("Bluetooth was switched off");
    EXPECT_TRUE(told) << off["losses"];
  }
}

}  // namespace
}  // namespace bk::testing
