// `bandkeeper` in a folder of its own, for the tests that let it write worlds and read them.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "adb/stock_adb.h"

namespace bk::testing {

class WorldProgramTest : public ::testing::Test {
 protected:
  WorldProgramTest() {
    std::string name = (std::filesystem::temp_directory_path() / "bk_world_XXXXXX").string();
    home_ = mkdtemp(name.data());
  }
  ~WorldProgramTest() override { std::filesystem::remove_all(home_); }

  [[nodiscard]] Ran Run(std::vector<std::string> words) const {
    words.insert(words.begin(), BK_PROGRAM);
    return RunProgram(words, {"HOME=" + home_.string(), "XDG_STATE_HOME=", "LANG=C"});
  }
  // Into the folder of that name; `more` are further words.
  [[nodiscard]] Ran Simulate(const std::string& folder, std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"simulate", "world", "--out", (home_ / folder).string()});
    return Run(std::move(more));
  }
  [[nodiscard]] std::string Text(const std::string& path) const {
    std::ifstream file(home_ / path, std::ios::binary);
    EXPECT_TRUE(file) << path;
    return {std::istreambuf_iterator<char>(file), {}};
  }
  std::filesystem::path home_;
};

inline constexpr const char* kWorldFiles[] = {"btsnoop_hci.log", "logcat.txt", "bugreport.zip",
                                              "truth.json"};

}  // namespace bk::testing
