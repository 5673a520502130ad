// Stock adb and our phone, without our own client.

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <thread>

#include "adb/adb_fixture.h"

namespace bk::testing {
namespace {

namespace fs = std::filesystem;
using simulate::adbd::Owner;
using simulate::adbd::Trouble;

std::string ReadFile(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

class StockAdbTest : public WithTablePhone {
 protected:
  StockAdbTest() : WithTablePhone(kFile) {
    table_.Add("bugreportz -v", {.err = "1.1\n"});
    table_.Add("bugreportz -p", {.out = "BEGIN:/bugreports/a.zip\nPROGRESS:1/2\nPROGRESS:2/2\n"
                                        "OK:/bugreports/a.zip\n"});
  }
  Ran Do(std::vector<std::string> words) const {
    words.insert(words.begin(), {"-s", phone_->address()});
    return adb_->Do(words);
  }

  static constexpr std::size_t kFile = 5'000'000;
};

TEST_F(StockAdbTest, ShellPullAndBugreport) {
  Serve({.product = "ginkgo", .model = "Simulated Redmi", .device = "ginkgo"});
  ASSERT_TRUE(adb_->Connect(phone_->address()));
  EXPECT_NE(adb_->Do({"devices", "-l"}).out.find("product:ginkgo model:Simulated_Redmi"),
            std::string::npos);

  const Ran said = Do({"shell", "complain"});
  EXPECT_EQ(said.out, "some\n");
  EXPECT_EQ(said.err, "oh\n");
  EXPECT_EQ(said.exit, 3);
  const Ran unknown = Do({"shell", "nonesuch"});
  EXPECT_EQ(unknown.exit, 127);
  EXPECT_EQ(unknown.err, "/system/bin/sh: nonesuch: inaccessible or not found\n");
  EXPECT_EQ(Do({"exec-out", "big"}).out, Binary(kBig));
  EXPECT_EQ(Do({"shell", "-x", "complain"}).out, "some\noh\n");

  const fs::path pulled = adb_->home() / "pulled.zip";
  EXPECT_EQ(Do({"pull", "/bugreports/a.zip", pulled.string()}).exit, 0);
  EXPECT_EQ(ReadFile(pulled), Binary(kFile));
  EXPECT_NE(Do({"pull", "/none", pulled.string()}).exit, 0);
  EXPECT_NE(Do({"push", pulled.string(), "/sdcard/x"}).exit, 0);

  const fs::path report = adb_->home() / "report.zip";
  const Ran reported = Do({"bugreport", report.string()});
  EXPECT_EQ(reported.exit, 0) << reported.out << reported.err;
  EXPECT_EQ(ReadFile(report), Binary(kFile));
}

TEST_F(StockAdbTest, ManyAtOnce) {
  Serve();
  ASSERT_TRUE(adb_->Connect(phone_->address()));
  std::vector<std::thread> threads;
  std::vector<Ran> rans(6);
  for (Ran& ran : rans) threads.emplace_back([this, &ran] { ran = Do({"exec-out", "big"}); });
  for (std::thread& thread : threads) thread.join();
  for (const Ran& ran : rans) EXPECT_EQ(ran.out, Binary(kBig));
}

TEST_F(StockAdbTest, AnOwnerWhoRefuses) {
  Serve({}, {.answer = Owner::Answer::kRefuses});
  ASSERT_TRUE(adb_->Connect(phone_->address(), "unauthorized"));
  const Ran said = Do({"shell", "complain"});
  EXPECT_NE(said.exit, 0);
  EXPECT_NE(said.err.find("unauthorized"), std::string::npos) << said.err;
}

TEST_F(StockAdbTest, AConnectionThatDropsInACommandComesBack) {
  Serve({}, {},
        {{.kind = Trouble::Kind::kDropInCommand, .of = "big", .nth = 1, .bytes = 1'000'000}});
  ASSERT_TRUE(adb_->Connect(phone_->address()));
  const Ran cut = Do({"exec-out", "big"});
  EXPECT_LE(cut.out.size(), 1'000'000U);
  EXPECT_EQ(cut.out, Binary(cut.out.size()));
  // The key is known by now: nobody is asked again.
  ASSERT_TRUE(adb_->Connect(phone_->address()));
  EXPECT_EQ(Do({"exec-out", "big"}).out, Binary(kBig));
}

TEST_F(StockAdbTest, AnOldPhone) {
  Serve({.old = true});
  ASSERT_TRUE(adb_->Connect(phone_->address()));
  EXPECT_EQ(Do({"shell", "complain"}).out, "some\r\noh\r\n");
  const fs::path pulled = adb_->home() / "old.zip";
  EXPECT_EQ(Do({"pull", "/bugreports/a.zip", pulled.string()}).exit, 0);
  EXPECT_EQ(ReadFile(pulled), Binary(kFile));
}

TEST_F(StockAdbTest, ARestartIsHeard) {
  table_.set_restart_takes(std::chrono::milliseconds(1));
  Serve();
  ASSERT_TRUE(adb_->Connect(phone_->address()));
  EXPECT_EQ(Do({"reboot"}).exit, 0);
  EXPECT_TRUE(adb_->Connect(phone_->address()));
  (void)adb_->Do({"disconnect", phone_->address()});
  phone_.reset();  // its thread has ended: the table may be looked at
  EXPECT_EQ(table_.restarts(), std::vector<std::string>{""});
}

}  // namespace
}  // namespace bk::testing
