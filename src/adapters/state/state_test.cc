#include "adapters/state/state.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "adapters/state/own_lines.h"

namespace bk::adapters {
namespace {

namespace fs = std::filesystem;

class StateTest : public testing::Test {
 protected:
  StateTest() {
    std::string name = (fs::temp_directory_path() / "bk_state_XXXXXX").string();
    root_ = mkdtemp(name.data());
    folder_ = root_ / "deep" / "bandkeeper";
  }
  ~StateTest() override { fs::remove_all(root_); }
  fs::path root_, folder_;
};

TEST_F(StateTest, KeepsReplacesAndForgets) {
  const auto store = MakeStore(folder_.string());
  auto kept = store->Load("a.json");
  ASSERT_TRUE(kept.has_value());
  EXPECT_FALSE(kept->has_value());
  ASSERT_TRUE(store->Save("a.json", "one").has_value());
  ASSERT_TRUE(store->Save("a.json", "two").has_value());
  kept = store->Load("a.json");
  ASSERT_TRUE(kept.has_value() && kept->has_value());
  EXPECT_EQ((*kept)->text, "two");
  EXPECT_LT((*kept)->age_seconds, 60);
  struct stat about{};
  ASSERT_EQ(stat((folder_ / "a.json").c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0600U);
  ASSERT_EQ(stat(folder_.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0700U);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), {}), 1);  // nothing is left beside it
  EXPECT_TRUE(store->Remove("a.json").has_value());
  EXPECT_TRUE(store->Remove("a.json").has_value());
  EXPECT_FALSE(store->Load("a.json")->has_value());
}

TEST_F(StateTest, NoFolderAndForeignThingsAreErrorsWithASentence) {
  const auto nowhere = MakeStore("");
  EXPECT_FALSE(nowhere->Save("a.json", "x").has_value());
  EXPECT_FALSE(nowhere->Load("a.json")->has_value());
  fs::create_directories(folder_ / "a.json");
  const auto store = MakeStore(folder_.string());
  EXPECT_FALSE(store->Load("a.json").has_value());
  EXPECT_FALSE(store->Save("a.json", "x").has_value());
  fs::remove(folder_ / "a.json");
  std::ofstream(root_ / "elsewhere") << "secret";
  fs::create_symlink(root_ / "elsewhere", folder_ / "a.json");
  EXPECT_FALSE(store->Load("a.json").has_value());  // links are not followed
  ASSERT_TRUE(store->Save("a.json", "x").has_value());
  std::ifstream in(root_ / "elsewhere");
  std::string word;
  in >> word;
  EXPECT_EQ(word, "secret");
}

TEST(StateFolder, FollowsTheEnvironment) {
  const std::string before = getenv("HOME") != nullptr ? getenv("HOME") : "";
  setenv("XDG_STATE_HOME", "/x", 1);
  EXPECT_EQ(StateFolder(), "/x/bandkeeper");
  setenv("XDG_STATE_HOME", "not/absolute", 1);
  setenv("HOME", "/home/me", 1);
  EXPECT_EQ(StateFolder(), "/home/me/.local/state/bandkeeper");
  unsetenv("XDG_STATE_HOME");
  unsetenv("HOME");
  EXPECT_EQ(StateFolder(), "");
  setenv("HOME", before.c_str(), 1);
}

TEST_F(StateTest, LinesAreAddedAndACutOneSwallowsNone) {
  const fs::path file = folder_ / "cases.jsonl";
  ASSERT_TRUE(AppendLine(file.string(), "one").has_value());
  std::ofstream(file, std::ios::app) << "cut";  // a process that was killed
  ASSERT_TRUE(AppendLine(file.string(), "two").has_value());
  std::ifstream in(file);
  const std::string text(std::istreambuf_iterator<char>(in), {});
  EXPECT_EQ(text, "one\ncut\ntwo\n");
  struct stat about{};
  ASSERT_EQ(stat(file.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0600U);
  ASSERT_EQ(stat(folder_.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0700U);
  EXPECT_FALSE(AppendLine((file / "below a file").string(), "x").has_value());
}

}  // namespace
}  // namespace bk::adapters
