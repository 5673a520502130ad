#include "adapters/state/serve_folder.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace bk::adapters {
namespace {

namespace fs = std::filesystem;

class ServeFolderTest : public testing::Test {
 protected:
  ServeFolderTest() {
    std::string name = (fs::temp_directory_path() / "bk_serve_XXXXXX").string();
    root_ = mkdtemp(name.data());
    folder_ = root_ / "page";
  }
  ~ServeFolderTest() override { fs::remove_all(root_); }
  fs::path root_, folder_;
};

TEST_F(ServeFolderTest, KeepsTheAddressForItsOwnerAlone) {
  const auto held = ServeFolder::Hold(folder_);
  ASSERT_TRUE(held) << held.error().message;
  EXPECT_EQ(*KeptAddress(folder_), std::nullopt);
  const auto token = MakeToken();
  ASSERT_TRUE(token);
  EXPECT_NE(*token, *MakeToken());
  ASSERT_TRUE((*held)->Keep({4711, *token}));
  const auto kept = KeptAddress(folder_);
  ASSERT_TRUE(kept && *kept);
  EXPECT_EQ((*kept)->port, 4711);
  EXPECT_EQ((*kept)->token, *token);
  for (const char* name : {"address", "lock"}) {
    struct stat about{};
    ASSERT_EQ(stat((folder_ / name).c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 0777, 0600U) << name;
  }
  struct stat about{};
  ASSERT_EQ(stat(folder_.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0700U);
}

TEST_F(ServeFolderTest, OneProcessAtATime) {
  auto held = ServeFolder::Hold(folder_);
  ASSERT_TRUE(held);
  const auto second = ServeFolder::Hold(folder_);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::kRefused);
  held->reset();
  EXPECT_TRUE(ServeFolder::Hold(folder_));
}

TEST_F(ServeFolderTest, WhatOthersCouldHaveLaidThereIsNotUsed) {
  fs::create_directories(folder_);
  std::ofstream(root_ / "elsewhere") << "80 " << std::string(64, 'a') << "\n";
  fs::create_symlink(root_ / "elsewhere", folder_ / "address");
  EXPECT_EQ(KeptAddress(folder_).error().code, ErrorCode::kRefused);
  fs::remove(folder_ / "address");
  std::ofstream(folder_ / "address") << "80 " << std::string(64, 'a') << "\n";
  chmod((folder_ / "address").c_str(), 0644);
  EXPECT_EQ(KeptAddress(folder_).error().code, ErrorCode::kRefused);
  chmod((folder_ / "address").c_str(), 0600);
  EXPECT_TRUE(KeptAddress(folder_)->has_value());
  // A folder that is open to others is closed; one that is a link is left alone.
  chmod(folder_.c_str(), 0777);
  ASSERT_TRUE(ServeFolder::Hold(folder_));
  struct stat about{};
  ASSERT_EQ(stat(folder_.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0700U);
  fs::create_directory_symlink(folder_, root_ / "link");
  EXPECT_EQ(ServeFolder::Hold(root_ / "link").error().code, ErrorCode::kNotReadable);
}

TEST_F(ServeFolderTest, WhatIsNoAddressIsNone) {
  fs::create_directories(folder_);
  for (const std::string& text :
       {std::string(), std::string("x"), std::string("99999 ") + std::string(64, 'a') + "\n",
        std::string("80 short\n"), "80 " + std::string(64, 'G') + "\n",
        "80 " + std::string(64, 'a')}) {
    std::ofstream(folder_ / "address") << text;
    chmod((folder_ / "address").c_str(), 0600);
    EXPECT_EQ(*KeptAddress(folder_), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace bk::adapters
