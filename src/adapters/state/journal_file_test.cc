#include "adapters/state/journal_file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace bk::adapters {
namespace {

namespace fs = std::filesystem;

class JournalFileTest : public testing::Test {
 protected:
  JournalFileTest() {
    std::string name = (fs::temp_directory_path() / "bk_journal_XXXXXX").string();
    root_ = mkdtemp(name.data());
    folder_ = (root_ / "deep" / "bandkeeper").string();
    file_ = fs::path(folder_) / "repairs.journal";
  }
  ~JournalFileTest() override { fs::remove_all(root_); }
  fs::path root_, file_;
  std::string folder_;
};

TEST_F(JournalFileTest, BytesAreAddedForTheOwnersEyesAlone) {
  {
    auto journal = OpenJournal(folder_, JournalUse::kWrite);
    ASSERT_TRUE(journal.has_value());
    EXPECT_EQ(*(*journal)->Read(), "");
    ASSERT_TRUE((*journal)->Append("one\n").has_value());
    ASSERT_TRUE((*journal)->Append("two\n").has_value());
    EXPECT_EQ(*(*journal)->Read(), "one\ntwo\n");
  }
  chmod(file_.c_str(), 0644);
  ASSERT_TRUE(OpenJournal(folder_, JournalUse::kWrite).has_value());
  struct stat about{};
  ASSERT_EQ(stat(file_.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0600U);
  ASSERT_EQ(stat(folder_.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0700U);
}

TEST_F(JournalFileTest, ACutLineDoesNotSwallowTheNextOne) {
  fs::create_directories(folder_);
  std::ofstream(file_) << "one\ncu";
  auto journal = OpenJournal(folder_, JournalUse::kWrite);
  ASSERT_TRUE(journal.has_value());
  ASSERT_TRUE((*journal)->Append("two\n").has_value());
  EXPECT_EQ(*(*journal)->Read(), "one\ncu\ntwo\n");
}

TEST_F(JournalFileTest, ReadingMakesAndLocksNothing) {
  auto none = OpenJournal(folder_, JournalUse::kRead);
  ASSERT_TRUE(none.has_value());
  EXPECT_EQ(*(*none)->Read(), "");
  EXPECT_FALSE((*none)->Append("x\n").has_value());
  EXPECT_FALSE(fs::exists(folder_));
  auto writer = OpenJournal(folder_, JournalUse::kWrite);
  ASSERT_TRUE((*writer)->Append("one\n").has_value());
  auto reader = OpenJournal(folder_, JournalUse::kRead);
  ASSERT_TRUE(reader.has_value());
  EXPECT_EQ(*(*reader)->Read(), "one\n");
  EXPECT_FALSE((*reader)->Append("two\n").has_value());
}

TEST_F(JournalFileTest, OneWriterAtATimeUntilItDies) {
  int ready[2];
  ASSERT_EQ(pipe(ready), 0);
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    auto held = OpenJournal(folder_, JournalUse::kWrite);
    (void)!write(ready[1], held ? "y" : "n", 1);
    while (true) pause();
  }
  char held = 'n';
  ASSERT_EQ(read(ready[0], &held, 1), 1);
  EXPECT_EQ(held, 'y');
  const auto second = OpenJournal(folder_, JournalUse::kWrite);
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code, ErrorCode::kRefused);
  kill(child, SIGKILL);
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(OpenJournal(folder_, JournalUse::kWrite).has_value());
  close(ready[0]);
  close(ready[1]);
}

TEST_F(JournalFileTest, WhatDoesNotFitOnTheDiskIsAnErrorAndLeavesNoPart) {
  const pid_t child = fork();  // a limit of file sizes stands for a full disk
  ASSERT_GE(child, 0);
  if (child == 0) {
    signal(SIGXFSZ, SIG_IGN);
    const rlimit small{100, 100};
    setrlimit(RLIMIT_FSIZE, &small);
    auto journal = OpenJournal(folder_, JournalUse::kWrite);
    const bool first = journal && (*journal)->Append(std::string(59, 'a') + "\n").has_value();
    const bool second = first && (*journal)->Append(std::string(59, 'b') + "\n").has_value();
    const bool kept = first && *(*journal)->Read() == std::string(59, 'a') + "\n";
    _exit((first ? 1 : 0) + (second ? 2 : 0) + (kept ? 4 : 0));
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(WEXITSTATUS(status), 1 + 4);
}

TEST_F(JournalFileTest, NoFolderLinksAndForeignThingsAreErrors) {
  EXPECT_FALSE(OpenJournal("", JournalUse::kWrite).has_value());
  fs::create_directories(file_);
  EXPECT_FALSE(OpenJournal(folder_, JournalUse::kWrite).has_value());
  fs::remove(file_);
  std::ofstream(root_ / "elsewhere") << "mine";
  fs::create_symlink(root_ / "elsewhere", file_);
  EXPECT_FALSE(OpenJournal(folder_, JournalUse::kWrite).has_value());
  EXPECT_FALSE(OpenJournal(folder_, JournalUse::kRead).has_value());
}

}  // namespace
}  // namespace bk::adapters
