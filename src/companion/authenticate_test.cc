#include "companion/authenticate.h"

#include "companion/script_testing.h"

namespace bk::companion {
namespace {

// The published vector of the protocol reference (12.6); no AES here.
class KnownAnswer : public ports::Cipher {
 public:
  [[nodiscard]] ports::Block16 Aes128(const ports::Block16& key,
                                      const ports::Block16& block) const override {
    EXPECT_EQ(ToHex(key), ToHex(FromHex("e0fc36699e26c22e68bae13df159d122")));
    EXPECT_EQ(ToHex(block), ToHex(FromHex("00112233445566778899AABBCCDDEEFF")));
    ports::Block16 answer{};
    std::ranges::copy(FromHex("de7e91927dfbdbd4496ee3ac272e88a4"), answer.begin());
    return answer;
  }
  [[nodiscard]] std::array<std::byte, 32> Sha256(Bytes) const override { return {}; }
};

class AuthenticateTest : public ::testing::Test {
 protected:
  AuthenticateTest() {
    std::ranges::copy(FromHex("e0fc36699e26c22e68bae13df159d122"), key_.begin());
  }
  void UntilProof() {
    script_.Start();
    script_.ExpectSubscribe(Attribute::kAuth);
    script_.ExpectWrite(Attribute::kAuth, "82 00 02 01 00");
    script_.Notify(Attribute::kAuth, "10 82 01 00112233445566778899AABBCCDDEEFF");
    script_.ExpectWrite(Attribute::kAuth, "83 00 de7e91927dfbdbd4496ee3ac272e88a4");
  }
  KnownAnswer cipher_;
  ports::Block16 key_{};
  Authenticate authenticate_{key_, cipher_};
  Script script_{authenticate_};
};

TEST_F(AuthenticateTest, TheReferenceSession) {
  UntilProof();
  EXPECT_FALSE(authenticate_.outcome());
  script_.Notify(Attribute::kAuth, "10 83 01");
  ASSERT_TRUE(authenticate_.outcome());
  EXPECT_TRUE(authenticate_.outcome()->done());
}

TEST_F(AuthenticateTest, EveryOtherStatusEndsItAtOnce) {
  UntilProof();
  script_.Notify(Attribute::kAuth, "10 83 08");
  ASSERT_TRUE(authenticate_.outcome());
  EXPECT_EQ(authenticate_.outcome()->end, Outcome::End::kRefused);
  EXPECT_EQ(authenticate_.outcome()->status, 0x08);
  EXPECT_TRUE(Authenticate::KeyIsWrong(*authenticate_.outcome()));
}

TEST_F(AuthenticateTest, ARefusedChallengeIsNoWrongKeyUnlessTheBandSaysSo) {
  script_.Start();
  script_.ExpectSubscribe(Attribute::kAuth);
  script_.ExpectWrite(Attribute::kAuth, "82 00 02 01 00");
  script_.Notify(Attribute::kAuth, "10 82 55");
  EXPECT_FALSE(Authenticate::KeyIsWrong(*authenticate_.outcome()));
}

TEST_F(AuthenticateTest, AnswersToAnotherAppOfThisComputerAreNotOurs) {
  script_.Start();
  script_.ExpectSubscribe(Attribute::kAuth);
  script_.ExpectWrite(Attribute::kAuth, "82 00 02 01 00");
  script_.Notify(Attribute::kAuth, "10 83 01");
  script_.Notify(Attribute::kAuth, "10");
  script_.Notify(Attribute::kAuth, "");
  EXPECT_FALSE(authenticate_.outcome());
}

TEST_F(AuthenticateTest, ShortChallengeIsGarbled) {
  script_.Start();
  script_.ExpectSubscribe(Attribute::kAuth);
  script_.ExpectWrite(Attribute::kAuth, "82 00 02 01 00");
  script_.Notify(Attribute::kAuth, "10 82 01 001122");
  EXPECT_EQ(authenticate_.outcome()->end, Outcome::End::kGarbled);
  script_.ExpectNothing();
}

TEST_F(AuthenticateTest, SilenceEndsInEveryState) {
  for (int words = 0; words < 3; ++words) {
    Authenticate authenticate(key_, cipher_);
    Script script(authenticate);
    script.Start();
    if (words > 0) script.ExpectSubscribe(Attribute::kAuth);
    if (words > 1) {
      script.ExpectWrite(Attribute::kAuth, "82 00 02 01 00");
      script.Notify(Attribute::kAuth, "10 82 01 00112233445566778899AABBCCDDEEFF");
    }
    script.Tick();
    ASSERT_TRUE(authenticate.outcome());
    EXPECT_EQ(authenticate.outcome()->end, Outcome::End::kNoAnswer);
  }
}

TEST_F(AuthenticateTest, ABandWithoutTheCharacteristicIsRefusedByGatt) {
  script_.talk().SetTable({});
  script_.Start();
  ASSERT_TRUE(authenticate_.outcome());
  EXPECT_TRUE(authenticate_.outcome()->att);
}

}  // namespace
}  // namespace bk::companion
