#include "companion/bind.h"

#include <gtest/gtest.h>

#include "companion/script_testing.h"

namespace bk::companion {
namespace {

class BindTest : public ::testing::Test {
 protected:
  BindTest() {
    for (std::size_t i = 0; i < key.size(); ++i) key[i] = static_cast<std::byte>(i);
  }
  void Ask() {
    script.Start();
    script.ExpectSubscribe(Attribute::kAuth);
    script.ExpectWrite(Attribute::kAuth, "01 00");
    script.ExpectNothing();
    EXPECT_EQ(asked, 0);
  }
  void SendKey() {
    Ask();
    script.Notify(Attribute::kAuth, "10 01 04");
    script.ExpectWrite(Attribute::kAuth, "01 00 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f");
    EXPECT_EQ(asked, 1);
    EXPECT_TRUE(bind.sent());
  }
  ports::Block16 key{};
  int asked = 0;
  Bind bind{key, [this] { ++asked; }};
  Script script{bind};
};

TEST_F(BindTest, TheTapBinds) {
  SendKey();
  script.Pass(std::chrono::seconds(5));
  EXPECT_FALSE(bind.outcome());
  script.Notify(Attribute::kAuth, "10 01 01");
  ASSERT_TRUE(bind.outcome());
  EXPECT_TRUE(bind.outcome()->done());
}

TEST_F(BindTest, ABandThatWantsASignatureGetsNoKey) {
  Ask();
  script.Notify(Attribute::kAuth, "10 01 81 01 18 63 c2 cc e5 d1 59 41 3b ed 92 c4 b1 63 c2 79");
  ASSERT_TRUE(bind.outcome());
  EXPECT_EQ(bind.outcome()->end, Outcome::End::kRefused);
  EXPECT_EQ(bind.why(), Bind::Why::kNeedsSignature);
  EXPECT_FALSE(bind.sent());
  script.ExpectNothing();
  EXPECT_EQ(asked, 0);
}

TEST_F(BindTest, ARefusalAtOnceIsNobodysFinger) {
  SendKey();
  script.Notify(Attribute::kAuth, "10 01 04");
  EXPECT_EQ(bind.why(), Bind::Why::kAlreadyBound);
}

TEST_F(BindTest, ARefusalAfterAWhileIsThePersons) {
  SendKey();
  script.Pass(std::chrono::seconds(4));
  script.Notify(Attribute::kAuth, "10 01 04");
  EXPECT_EQ(bind.why(), Bind::Why::kRefusedByTap);
  EXPECT_EQ(bind.outcome()->end, Outcome::End::kRefused);
}

TEST_F(BindTest, NobodyTaps) {
  SendKey();
  script.Tick();
  ASSERT_TRUE(bind.outcome());
  EXPECT_EQ(bind.outcome()->end, Outcome::End::kNoAnswer);
  EXPECT_TRUE(bind.sent()) << "the band may still take it";
}

TEST_F(BindTest, AnUnknownStatusGetsNoKey) {
  Ask();
  script.Notify(Attribute::kAuth, "10 01 25");
  EXPECT_EQ(bind.why(), Bind::Why::kOther);
  EXPECT_FALSE(bind.sent());
}

TEST_F(BindTest, ASilentBandEndsIt) {
  Ask();
  script.Tick();
  EXPECT_EQ(bind.outcome()->end, Outcome::End::kNoAnswer);
}

}  // namespace
}  // namespace bk::companion
