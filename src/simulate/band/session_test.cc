// The reference's whole session (appendix B), byte by byte: raw bytes at the handles of a real
// band.
#include <gtest/gtest.h>

#include "simulate/band/band_testing.h"

namespace bk::simulate::band {
namespace {

Options AppendixB() {
  Options options;
  options.address = Address{0xaa'bb'cc'dd'ee'ff};
  options.challenge = Block(kChallenge);
  // Some plausible clock that is not yet right: 2024-07-01 10:00:00 UTC, zone never set.
  options.utc_us = 1'719'828'000'000'000;
  options.percent = 81;
  options.quirks.clock_ppm = 0;
  return options;
}

TEST(Session, AppendixB) {
  Hand hand(AppendixB());
  State& state = hand.band.MutableState();
  state.steps_today = 9101;
  state.battery.off_charger_utc_us = 1'719'730'800'000'000;  // 2024-06-30 09:00 UTC+2
  state.battery.percent_off_charger = 0x63;
  // Ten minutes from 2024-07-01 00:00 UTC+2.
  constexpr UtcMinute kStart = 1'719'784'800 / 60;
  for (int i = 0; i < 10; ++i)
    state.minutes.push_back(
        {kStart + i,
         8,
         {1, 0x14, static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(70 + i)}});
  hand.air.Disconnected(hand.now, 0x13);
  const auto advertising = hand.air.Adverts(hand.now);
  ASSERT_TRUE(advertising);
  EXPECT_EQ(
      ToHex(advertising->data),
      "02 01 06 1B FF 57 01 02 FF FF FF FF FF FF FF FF FF FF FF FF FF FF FF FF 03 AA BB CC DD "
      "EE FF");
  EXPECT_EQ(
      ToHex(advertising->scan_response),
      "10 09 4D 69 20 53 6D 61 72 74 20 42 61 6E 64 20 34 03 02 E0 FE 07 16 E0 FE 8D 23 00 00");
  hand.air.Connected(hand.now);

  EXPECT_EQ(hand.Write(0x0061, "01 00"), "");
  EXPECT_EQ(hand.Write(0x0060, "82 00 02 01 00"),
            "0060: 10 82 01 00 11 22 33 44 55 66 77 88 99 AA BB CC DD EE FF");
  // The time is written without waiting for the answer to the proof.
  const auto proof = Hex("83 00 DE 7E 91 92 7D FB DB D4 49 6E E3 AC 27 2E 88 A4");
  ASSERT_EQ(hand.air.Write(0x0060, proof, false, hand.now)->error, 0);
  EXPECT_EQ(hand.Write(0x002c, "E8 07 07 01 0C 22 38 01 00 00 08"), "0060: 10 83 01");
  EXPECT_EQ(hand.Read(0x0060), "01 00 00 00");
  EXPECT_EQ(hand.Write(0x0036, "01 00"), "");
  EXPECT_EQ(hand.Write(0x0042, "01 00"), "");
  EXPECT_EQ(hand.Write(0x004b, "01 00"), "004A: 16 17 00");
  EXPECT_EQ(hand.Read(0x0041), "0F 51 00 B2 07 01 01 00 00 00 00 E8 07 06 1E 09 00 00 08 63");
  hand.air.MtuIs(247, hand.now);
  EXPECT_EQ(hand.Pass(std::chrono::seconds(3)), "004A: 16 F7 00");
  EXPECT_EQ(hand.Write(0x0035, "06 17 00 65 6E 5F 55 53"), "0035: 10 06 17 00 01");
  EXPECT_EQ(hand.Write(0x0029, "14 0A"), "");
  EXPECT_EQ(hand.error, 0);
  EXPECT_EQ(hand.Write(0x003c, "01 00"), "");
  EXPECT_EQ(hand.Write(0x003b, "01 01 E8 07 07 01 00 00 00 08"),
            "003B: 10 01 01 0A 00 00 00 E8 07 07 01 00 00 00 08");
  EXPECT_EQ(hand.Write(0x003f, "01 00"), "");
  EXPECT_EQ(hand.Write(0x003b, "02"),
            "003E: 00 01 14 00 46 01 14 01 47 01 14 02 48 01 14 03 49\n"
            "003E: 01 01 14 04 4A 01 14 05 4B 01 14 06 4C 01 14 07 4D\n"
            "003E: 02 01 14 08 4E 01 14 09 4F\n"
            "003B: 10 02 01");
  EXPECT_EQ(hand.Write(0x003b, "03"), "003B: 10 03 01");
  EXPECT_EQ(hand.band.state().clock.zone, 8);
  // What the round brought is gone; what was recorded since is not.
  for (const StoredMinute& minute : hand.band.state().minutes)
    EXPECT_GE(minute.minute, kStart + 10);
  EXPECT_EQ(hand.band.truth().deleted.size(), 10u);
}

TEST(Session, ReadsOfTheTable) {
  Hand hand(AppendixB());
  EXPECT_EQ(hand.Read(0x0003), "4D 69 20 53 6D 61 72 74 20 42 61 6E 64 20 34");
  EXPECT_EQ(hand.Read(0x0005), "00 00");
  EXPECT_EQ(hand.Read(0x0007), "06 00 20 03 00 00 F4 01");
  EXPECT_EQ(hand.Read(0x000b), "30 31 32 33 34 35 36 37 38 39 61 62");
  EXPECT_EQ(hand.Read(0x000f), "56 31 2E 30 2E 39 2E 37 30");
  EXPECT_EQ(hand.Read(0x0011), "AA BB CC FF FE DD EE FF");
  EXPECT_EQ(hand.Read(0x0013), "01 57 01 24 00 01 01");
  EXPECT_EQ(hand.Read(0x001c), "05");
  EXPECT_EQ(hand.Read(0x001f), "00");
  EXPECT_EQ(hand.Read(0x0029), "00 01");
  EXPECT_EQ(hand.Read(0x0038), "27 00 27 00 00 00 F4 01");
  EXPECT_EQ(hand.Read(0x004d), "04");
  EXPECT_EQ(hand.Read(0x0059), "0C");
  EXPECT_EQ(hand.Read(0x0067), "01");
  EXPECT_EQ(hand.Read(0x0044), "00 00 00 00 00");  // steps, before authentication
  for (const auto handle : std::initializer_list<std::uint16_t>{0x0056, 0x0075}) {
    (void)hand.Read(handle);
    EXPECT_EQ(hand.error, 0x02);
  }
  (void)hand.Read(0x0077);
  EXPECT_EQ(hand.error, 0x01);
  // Zone 80 until a host has set it; 2024-07-01 was a Monday.
  const std::string time = hand.Read(0x002c);
  EXPECT_EQ(time.substr(0, 11), "E8 07 07 01");
  EXPECT_EQ(time.substr(21, 2), "01");
  EXPECT_EQ(time.substr(30), "80");
}

// Settings and what each is answered, as captures and the reference have them.
TEST(Session, SettingsAndTheirReplies) {
  Hand hand(AppendixB());
  hand.Authenticate();
  (void)hand.Write(0x0036, "01 00");
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"06 01 00 00", "10 06 01 00 01"},
      {"06 02 00 01", "10 06 02 00 01"},
      {"06 03 00 00", "10 06 03 00 01"},
      {"06 05 00 00 00 00 00 00", "10 06 05 00 01"},
      {"06 05 00 01 07 00 16 00", "10 06 05 00 01"},
      {"06 05 00 00", "10 06 05 00 01"},
      {"06 06 00 00", "10 06 06 00 01"},
      {"06 07 00 0D 00 00 00", "10 06 07 00 01"},
      {"06 0A 00 03", "10 06 0A 00 01"},
      {"06 0C 00 00 00 00 00 00", "10 06 0C 00 01"},
      {"06 0D 00 01", "10 06 0D 00 01"},
      {"06 10 00 00 01", "10 06 10 00 01"},
      {"06 10 00 01 01", "10 06 10 00 01"},
      {"06 14 00 00", "10 06 14 00 01"},
      {"06 16 00 01", "10 06 16 00 01"},
      {"06 17 00 65 6E 5F 55 53", "10 06 17 00 01"},
      {"06 19 00 01", "10 06 19 00 01"},
      {"06 1A 00 01 96", "10 06 1A 00 01"},
      {"06 1E 00 64 64 2F 4D 4D 2F 79 79 79 79", "10 06 1E 00 01"},
      {"06 1F 00 00", "10 06 1F 00 01"},
      {"06 20 00 00", "10 06 20 00 01"},
      {"06 21 00 00 00", "10 06 21 00 06"},
      {"06 21 00 01 31 32 33 34 00", "10 06 21 00 01"},
      {"06 22 00 00", "10 06 22 00 01"},
      {"06 23 00 01", "10 06 23 00 01"},
      {"06 02 00 07", "10 06 02 00 06"},
      {"02 00 07 00 1F", "10 02 01"},
      {"08 00 3C 00 08 00 15 00 00 00 00 00", "10 08 01"},
      {"0A 3F 00 00 01 02 03 04 05 06 07 08", "10 0A 01"},
      {"0C", "10 0C 05"},
      {"11", "10 11 01 08 0B 02 07 00 00 00 60 03 00 00 00 01 07 00 00 00"},
      {"13", "10 13 01 17 00"},
      {"1A 00", "10 1A 01"},
      {"1A 01 16 00 07 00", "10 1A 01"},
      {"39 00 00 FF FF FF 01 02 03 04", "10 39 01"},
      {"50", "10 50 05"},
      {"FF 13 00 00 00", "10 FF 05"},
  };
  for (const auto& [request, reply] : cases)
    EXPECT_EQ(hand.Write(0x0035, request), "0035: " + std::string(reply)) << request;
  Hand fresh(AppendixB());
  fresh.Authenticate();
  (void)fresh.Write(0x0036, "01 00");
  EXPECT_EQ(fresh.Write(0x0035, "0D"), "0035: 10 0D 01 03 00 40 00 02 00");
  (void)fresh.Write(0x0035, "02 81 07 1E 80");
  EXPECT_EQ(fresh.Write(0x0035, "0D"), "0035: 10 0D 01 03 00 40 00 02 01 11");
  EXPECT_EQ(fresh.Write(0x0035, "FF 01 00 00 00").substr(0, 18), "0035: 80 01 C0 00 ");
  // User settings: taken, or refused for their length.
  for (const std::string_view good :
       {"4F 00 00 C6 07 06 0F 00 B4 00 98 3A 78 56 34 12", "10 00 00 40 1F 00 00", "20 00 00 82"}) {
    EXPECT_EQ(hand.Write(0x0047, good), "");
    EXPECT_EQ(hand.error, 0);
  }
  (void)hand.Write(0x0047, "10 00");
  EXPECT_EQ(hand.error, 0x0d);
}

TEST(Session, ChunksAreAcknowledged) {
  Hand hand(AppendixB());
  hand.Authenticate();
  (void)hand.Write(0x004e, "01 00");
  EXPECT_EQ(hand.Write(0x004d, "00 C1 00 02 00 F1 53 65 04 02 0C 43 6C 6F 75 64 79 00"),
            "004D: 10 00 C1 01 01 00 00");
  EXPECT_EQ(hand.Write(0x004d, "00 00 00 FA 00 00 00 00 01 0B 54 69 74 6C 65 00 48 65 6C 6C"), "");
  EXPECT_EQ(hand.Write(0x004d, "00 80 01 6F 20 62 61 6E 64 00 41 70 70 00"),
            "004D: 10 00 80 01 01 00 00");
  ASSERT_EQ(hand.band.truth().alerts.size(), 1u);
  EXPECT_EQ(hand.Write(0x001c, "03 01 41"), "");
  EXPECT_EQ(hand.band.truth().alerts.size(), 2u);
  EXPECT_EQ(hand.Write(0x0023, "03"), "");
  EXPECT_EQ(hand.band.truth().vibrations, 1u);
}

}  // namespace
}  // namespace bk::simulate::band
