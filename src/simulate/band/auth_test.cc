#include <gtest/gtest.h>

#include "simulate/band/band_testing.h"

namespace bk::simulate::band {
namespace {

constexpr std::string_view kSigned81 =
    "0060: 10 01 81 01 18 63 C2 CC E5 D1 59 41 3B ED 92 C4 B1 63 C2 79";

// Begins a conversation: the CCCD of 0009, and a challenge; gives the challenge.
Block16 Challenge(Hand& hand, std::string_view request = "82 00 02") {
  (void)hand.Write(0x0061, "01 00");
  return Block(hand.Write(0x0060, request).substr(6 + 9));
}
ByteVector Proof(std::string_view head, std::string_view key, const Block16& challenge) {
  ByteVector out = Hex(head);
  const Block16 proof = kCipher.Aes128(Block(key), challenge);
  out.insert(out.end(), proof.begin(), proof.end());
  return out;
}

TEST(Auth, BothFormsAndTheirEchoedOpcode) {
  for (const auto& [ask, prove, said] : {std::tuple{"82 00 02", "83 00", "0060: 10 83 01"},
                                         std::tuple{"82 00 02 01 00", "83 00", "0060: 10 83 01"},
                                         std::tuple{"02 00", "03 00", "0060: 10 03 01"}}) {
    Hand hand;
    const Block16 challenge = Challenge(hand, ask);
    EXPECT_EQ(hand.WriteBytes(0x0060, Proof(prove, kKey, challenge)), said);
    EXPECT_TRUE(hand.band.link().authenticated);
  }
}

TEST(Auth, AWrongKeyIs08AndTheLinkStays) {
  Hand hand;
  const Block16 challenge = Challenge(hand);
  EXPECT_EQ(hand.WriteBytes(0x0060, Proof("83 00", "00", challenge)), "0060: 10 83 08");
  EXPECT_TRUE(hand.band.connected());
  EXPECT_FALSE(hand.band.link().authenticated);
  // The challenge is used up: the right answer to it comes too late.
  EXPECT_EQ(hand.WriteBytes(0x0060, Proof("83 00", kKey, challenge)), "0060: 10 83 04");
  EXPECT_EQ(hand.band.truth().refused_proofs, 2u);
  hand.Authenticate();
}

TEST(Auth, ItLastsAsLongAsTheLink) {
  Hand hand;
  hand.Authenticate();
  hand.Reconnect();
  EXPECT_FALSE(hand.band.link().authenticated);
  (void)hand.Write(0x0036, "01 00");
  EXPECT_EQ(hand.Write(0x0035, "06 02 00 01"), "");
}

TEST(Auth, UnbindMakesTheKeyVoid) {
  Hand hand;
  const Block16 challenge = Challenge(hand);
  EXPECT_EQ(hand.WriteBytes(0x0060, Proof("06 00", kKey, challenge)), "0060: 10 06 01");
  hand.Reconnect();
  const Block16 next = Challenge(hand);
  EXPECT_EQ(hand.WriteBytes(0x0060, Proof("83 00", kKey, next)), "0060: 10 83 07");
}

TEST(Auth, BindingWithASignatureAndATap) {
  Options options;
  options.address = Address{0xaa'bb'cc'dd'ee'ff};
  options.challenge = Block("000102030405060708090A0B0C0D0E0F");
  Hand hand(options, false);
  (void)hand.Write(0x004e, "01 00");
  (void)hand.Write(0x0061, "01 00");
  EXPECT_EQ(hand.Write(0x0060, "01 00"), kSigned81);
  EXPECT_EQ(hand.Write(0x0060, "82 00 02"),
            "0060: 10 82 01 00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F");
  std::string said;
  const std::string zeros = "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00";
  for (const std::string& packet :
       {"00 04 00 83 00 " + zeros.substr(0, 44), "00 44 01 " + zeros, "00 44 02 " + zeros,
        "00 44 03 " + zeros, std::string("00 84 04 00 00")})
    said += hand.Write(0x004d, packet);
  said += "|" + hand.Pass(std::chrono::seconds(2));
  EXPECT_EQ(said, "0060: 10 83 01|004D: 10 00 84 01 01 00 00");
  EXPECT_FALSE(hand.band.state().key);
  hand.band.Tap(hand.now);
  EXPECT_EQ(hand.Pass(std::chrono::seconds(1)), "0060: 10 01 01");
  // The key that both sides compute (12.6).
  ASSERT_TRUE(hand.band.state().key);
  EXPECT_EQ(*hand.band.state().key, Block(kKey));
  hand.Authenticate();
}

TEST(Auth, AQuestionThatIsNotAnsweredOrRefused) {
  Options options;
  options.quirks.binds_with_host_key = true;
  for (const bool refuses : {true, false}) {
    Hand hand(options, false);
    (void)hand.Write(0x0061, "01 00");
    EXPECT_EQ(hand.Write(0x0060, "01 08 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45"), "");
    if (refuses) hand.band.Tap(hand.now, false);
    EXPECT_EQ(hand.Pass(std::chrono::seconds(40)), "0060: 10 01 04");
    EXPECT_FALSE(hand.band.state().key);
  }
  options.taps_after = std::chrono::seconds(3);
  Hand hand(options, false);
  (void)hand.Write(0x0061, "01 00");
  (void)hand.Write(0x0060, "01 08 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45");
  EXPECT_EQ(hand.Pass(std::chrono::seconds(5)), "0060: 10 01 01");
  const Block16 challenge = Challenge(hand, "02 08");
  EXPECT_EQ(hand.WriteBytes(0x0060, Proof("03 08", "30313233343536373839404142434445", challenge)),
            "0060: 10 03 01");
  // Bound: another key is refused.
  EXPECT_EQ(hand.Write(0x0060, "01 08 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00"),
            "0060: 10 01 04");
}

TEST(Auth, ProtectedWritesWithoutIt) {
  for (const auto how : {Quirks::Unauthenticated::kSilence, Quirks::Unauthenticated::kAttError,
                         Quirks::Unauthenticated::kDisconnect}) {
    Options options;
    options.quirks.unauthenticated = how;
    Hand hand(options);
    const std::int64_t clock = hand.band.state().clock.utc_us;
    const std::string said = hand.Write(0x002c, "E8 07 07 01 0C 22 38 01 00 00 08");
    EXPECT_EQ(hand.error, how == Quirks::Unauthenticated::kAttError ? 0x05 : 0);
    EXPECT_EQ(said, how == Quirks::Unauthenticated::kDisconnect ? "gone" : "");
    EXPECT_EQ(hand.band.state().clock.utc_us, clock);
    EXPECT_EQ(hand.band.truth().ignored_writes, 1u);
  }
  // Alerts are heard all the same.
  Hand hand;
  (void)hand.Write(0x001c, "03 01 41");
  EXPECT_EQ(hand.band.truth().alerts.size(), 1u);
}

TEST(Auth, Faults) {
  const auto run = [](std::string_view name) {
    Options options;
    FindFault(name)->apply(options.faults, options.quirks);
    Hand hand(options);
    (void)hand.Write(0x0061, "01 00");
    std::string said = hand.Write(0x0060, "82 00 02");
    if (said.size() > 40) said = "challenge" + said.substr(62);
    return said + "|" +
           (hand.band.connected() ? hand.Write(0x0060, "83 00 " + std::string(kChallenge)) : "");
  };
  EXPECT_EQ(run("wrong_key"), "challenge|0060: 10 83 08");
  EXPECT_EQ(run("wrong_key_old"), "challenge|0060: 10 83 04");
  EXPECT_EQ(run("key_void"), "challenge|0060: 10 83 07");
  EXPECT_EQ(run("deaf"), "|0060: 10 83 04");
  EXPECT_EQ(run("drops"), "challenge\ngone|");
}

TEST(Auth, EarlyFirmwareAnswersABareQuestionWith04) {
  Options options;
  options.quirks = Firmwares().front().quirks;
  Hand hand(options);
  (void)hand.Write(0x0061, "01 00");
  EXPECT_EQ(hand.Write(0x0060, "01 00"), "0060: 10 01 04");
  Hand late;
  (void)late.Write(0x0061, "01 00");
  EXPECT_EQ(late.Write(0x0060, "01 00"), kSigned81);
}

}  // namespace
}  // namespace bk::simulate::band
