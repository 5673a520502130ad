#include "simulate/adbd/trouble.h"

#include <gtest/gtest.h>

#include "simulate/adbd/host_testing.h"
#include "simulate/adbd/table_services.h"

namespace bk::simulate::adbd {
namespace {

using std::chrono::seconds;
using testing::DecodeShell;
using testing::Host;
using testing::HostStream;
using Kind = Trouble::Kind;

TEST(Trouble, IsReadFromWords) {
  const auto slow = ParseTrouble("slow_answer,seconds=2,nth=3,of=dumpsys a, b");
  ASSERT_TRUE(slow);
  EXPECT_EQ(slow->kind, Kind::kSlowAnswer);
  EXPECT_EQ(slow->delay, Time(seconds(2)));
  EXPECT_EQ(slow->nth, 3U);
  EXPECT_EQ(slow->of, "dumpsys a, b");
  EXPECT_EQ(ParseTrouble("drop_connection,bytes=100")->bytes, 100U);
  for (const char* wrong : {"", "slow", "cut_short,", "cut_short,bytes", "cut_short,bytes=x",
                            "cut_short,what=1", "slow_answer,seconds=999999999999"})
    EXPECT_FALSE(ParseTrouble(wrong)) << wrong;
  EXPECT_NE(ParseTrouble("x").error().message.find("no_answer, slow_answer"), std::string::npos);
}

class TroubleTest : public ::testing::Test {
 protected:
  TroubleTest() { table_.Add("ten", {.out = "0123456789", .err = "ab", .exit = 2}); }
  void Start(std::vector<Trouble> troubles) {
    if (!device_)
      device_ = std::make_unique<Device>(table_, Profile{},
                                         Owner{.answer = Owner::Answer::kNotAsked}, troubles);
    session_ = std::make_unique<DeviceSession>(*device_);
    host_ = std::make_unique<Host>(*session_);
    host_->Connect();
  }
  HostStream& Do() { return host_->Do("shell,v2,raw:ten"); }
  void ExpectWhole() {
    const auto said = DecodeShell(Do().bytes());
    EXPECT_EQ(said.out + said.err, "0123456789ab");
    EXPECT_EQ(said.exit, 2);
  }

  TableServices table_;
  std::unique_ptr<Device> device_;
  std::unique_ptr<DeviceSession> session_;
  std::unique_ptr<Host> host_;
};

TEST_F(TroubleTest, NoAnswer) {
  Start({{.kind = Kind::kNoAnswer, .of = "ten", .nth = 2}});
  ExpectWhole();
  const HostStream& silent = Do();
  host_->now = seconds(1000);
  host_->Take();
  EXPECT_TRUE(silent.opened);
  EXPECT_EQ(silent.bytes(), "");
  EXPECT_FALSE(silent.closed);
  ExpectWhole();
}

TEST_F(TroubleTest, ASlowAnswer) {
  Start({{.kind = Kind::kSlowAnswer, .delay = seconds(5)}});
  const HostStream& slow = Do();
  EXPECT_EQ(session_->Wake(), Time(seconds(5)));
  EXPECT_EQ(slow.bytes(), "");
  host_->now = seconds(5);
  host_->Take();
  EXPECT_EQ(DecodeShell(slow.bytes()).exit, 2);
}

TEST_F(TroubleTest, CutShortLooksLikeTheEnd) {
  Start({{.kind = Kind::kCutShort, .bytes = 4}});
  const auto said = DecodeShell(Do().bytes());
  EXPECT_EQ(said.out, "0123");
  EXPECT_EQ(said.err, "");
  EXPECT_EQ(said.exit, 2);
}

TEST_F(TroubleTest, TheStreamClosesInTheMiddle) {
  Start({{.kind = Kind::kCloseInCommand, .bytes = 11}});
  const HostStream& stream = Do();
  const auto said = DecodeShell(stream.bytes());
  EXPECT_EQ(said.out + said.err, "0123456789a");
  EXPECT_EQ(said.exit, -1);
  EXPECT_TRUE(stream.closed);
  EXPECT_FALSE(session_->ended());
}

TEST_F(TroubleTest, TheConnectionDropsInTheSecondCommand) {
  const std::vector<Trouble> troubles = {{.kind = Kind::kDropInCommand, .nth = 2, .bytes = 3}};
  Start(troubles);
  ExpectWhole();
  EXPECT_EQ(DecodeShell(Do().bytes()).out, "012");
  EXPECT_TRUE(session_->ended());
  Start(troubles);
  ExpectWhole();  // the third, after it came back
}

TEST_F(TroubleTest, TheConnectionDropsAtAByte) {
  for (std::uint64_t bytes = 0; bytes < 300; bytes += 7) {
    device_ = nullptr;
    const std::vector<Trouble> troubles = {
        {.kind = Kind::kDropConnection, .nth = 1, .bytes = bytes}};
    Start(troubles);
    Do();
    EXPECT_TRUE(session_->ended());
    EXPECT_EQ(host_->received.size(), bytes);
    Start(troubles);
    ExpectWhole();
  }
}

}  // namespace
}  // namespace bk::simulate::adbd
