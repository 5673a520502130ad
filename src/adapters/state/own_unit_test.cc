#include "adapters/state/own_unit.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace bk::adapters {
namespace {

namespace fs = std::filesystem;

std::string Read(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

struct OwnUnitTest : testing::Test {
  OwnUnitTest() {
    std::string pattern = fs::temp_directory_path() / "bk_unit_XXXXXX";
    home = mkdtemp(pattern.data());
    folder = home + "/systemd/user";
  }
  ~OwnUnitTest() override { fs::remove_all(home); }
  std::string home, folder;
};

TEST_F(OwnUnitTest, IsWrittenAgainAndTakenAway) {
  const auto path = InstallUnit(folder, "/opt/a b/bandkeeper");
  ASSERT_TRUE(path) << path.error().message;
  EXPECT_NE(Read(*path).find("ExecStart=\"/opt/a b/bandkeeper\" watch\n"), std::string::npos);
  ASSERT_TRUE(InstallUnit(folder, "/usr/bin/bandkeeper"));
  EXPECT_EQ(Read(*path), UnitText("/usr/bin/bandkeeper"));
  ASSERT_TRUE(RemoveUnit(folder));
  EXPECT_FALSE(fs::exists(*path));
  EXPECT_TRUE(fs::is_empty(folder));
  EXPECT_EQ(RemoveUnit(folder).error().code, ErrorCode::kNotFound);
}

TEST_F(OwnUnitTest, WhatIsNotOursStays) {
  fs::create_directories(folder);
  std::ofstream(folder + "/bandkeeper.service") << "[Unit]\nDescription=mine\n";
  EXPECT_EQ(InstallUnit(folder, "/x").error().code, ErrorCode::kRefused);
  EXPECT_EQ(RemoveUnit(folder).error().code, ErrorCode::kRefused);
  EXPECT_EQ(Read(folder + "/bandkeeper.service"), "[Unit]\nDescription=mine\n");
}

TEST_F(OwnUnitTest, APathIsNoUnitLanguage) {
  EXPECT_NE(UnitText("/a\"b%c$d").find("ExecStart=\"/a\\\"b%%c$$d\" watch"), std::string::npos);
}

TEST_F(OwnUnitTest, PackagersGetTheSame) {
  EXPECT_EQ(Read(fs::path(BK_SOURCE_DIR) / "packaging/bandkeeper.service"),
            UnitText("/usr/bin/bandkeeper"));
}

}  // namespace
}  // namespace bk::adapters
