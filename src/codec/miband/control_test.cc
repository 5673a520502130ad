// Conversations on control characteristics: configuration, fetch, update.
#include <gtest/gtest.h>

#include "codec/miband/activity.h"
#include "codec/miband/configuration.h"
#include "codec/miband/configuration_arguments.h"
#include "codec/miband/fetch.h"
#include "codec/miband/test_bytes.h"
#include "codec/miband/update.h"

namespace bk::codec::miband {
namespace {

TEST(Configuration, RequestsRoundTrip) {
  for (const char* text :
       {"06 17 00 65 6e 5f 55 53", "06 05 00 01 07 00 16 00", "06 0B 00 01", "06 10 00 01 01",
        "02 80 07 00 1f", "08 00 3C 00 08 00 15 00 00 00 00 00", "1A 00", "0C", "0D", "13",
        "FF 01 00 00 00", "39 00 00 FF FF FF 01 02 03 04"}) {
    const auto bytes = Hex(text);
    const auto request = DecodeConfigurationRequest(bytes);
    ASSERT_TRUE(request) << text;
    EXPECT_FALSE(SettingName(request->setting).empty()) << text;
    EXPECT_EQ(Encode(*request), bytes) << text;
  }
}

TEST(Configuration, RepliesSeenOnRealBands) {
  const auto reply = DecodeConfigurationReply(Hex("10 06 17 00 01"));
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->setting, Setting::kLanguage);
  EXPECT_EQ(reply->status, kSuccess);
  EXPECT_EQ(DecodeConfigurationReply(Hex("10 0c 05"))->status,
            static_cast<std::uint8_t>(ConfigurationStatus::kUnsupported));
  EXPECT_EQ(DecodeConfigurationReply(Hex("10 06 06"))->status,
            static_cast<std::uint8_t>(ConfigurationStatus::kBadParameter));
  EXPECT_EQ(DecodeConfigurationReply(Hex("10 13 01 f7 00"))->data.size(), 2U);
  for (const char* text : {"10 06 17 00 01", "10 0c 05", "10 06 06", "10 13 01 f7 00"})
    EXPECT_EQ(Encode(*DecodeConfigurationReply(Hex(text))), Hex(text)) << text;
}

TEST(Configuration, Arguments) {
  EXPECT_EQ(*DecodeDayWindow(Hex("01 07 00 16 00")), (DayWindow{true, 7, 0, 22, 0}));
  EXPECT_EQ(*DecodeAlarm(Hex("80 07 00 1f")), (Alarm{0, true, false, 7, 0, 0x1f}));
  EXPECT_EQ(Encode(Alarm{3, true, true, 6, 30, 0x80}), Hex("C3 06 1E 80"));
  EXPECT_EQ(DecodeNightMode(Hex("02"))->when, NightMode::When::kSunset);
  EXPECT_EQ(DecodeInactivity(Hex("01 3C 00 08 00 15 00 00 00 00 00"))->minutes, 60);
  EXPECT_EQ(DecodeLongReplyPart(Hex("80 01 C0 00 01 00 00 00 03 80 07 00 1f"))->payload.size(), 5U);
}

TEST(Fetch, TheReferenceRound) {
  const auto ask = Hex("01 01 E8 07 07 01 00 00 00 08");
  const auto request = DecodeFetchRequest(ask);
  ASSERT_TRUE(request);
  EXPECT_EQ(request->type, FetchType::kActivity);
  EXPECT_EQ(request->since.year, 2024);
  EXPECT_EQ(Encode(*request), ask);
  const auto answer = Hex("10 01 01 0A 00 00 00 E8 07 07 01 00 00 00 08");
  const auto reply = DecodeFetchReply(answer);
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->records, 10U);
  EXPECT_EQ(Encode(*reply), answer);
  EXPECT_TRUE(
      DecodeFetchReply(Hex("10 01 01 0A 00 00 00 E8 07 07 01 00 00 00 08 00")));  // later models
  EXPECT_EQ(DecodeFetchReply(Hex("10 02 01 F1 CC F2 63"))->crc, 0x63F2CCF1U);
  EXPECT_EQ(DecodeFetchReply(Hex("10 02 04"))->status, 4);
  EXPECT_FALSE(DecodeFetchReply(Hex("10 01 01 0A 00")));

  ByteVector payload;
  FetchCounter counter;
  for (const char* text :
       {"00 01 14 00 46 01 14 01 47 01 14 02 48 01 14 03 49",
        "01 01 14 04 4A 01 14 05 4B 01 14 06 4C 01 14 07 4D", "02 01 14 08 4E 01 14 09 4F"}) {
    const auto bytes = Hex(text);
    const auto data = DecodeFetchData(bytes);
    EXPECT_EQ(counter.Next(data->counter), 0U);
    payload.insert(payload.end(), data->payload.begin(), data->payload.end());
  }
  std::size_t left_over = 9;
  const auto samples = DecodeActivity(payload, &left_over);
  ASSERT_EQ(samples.size(), 10U);
  EXPECT_EQ(left_over, 0U);
  EXPECT_EQ(samples[9], (ActivitySample{1, 0x14, 9, 0x4f}));
  EXPECT_EQ(KindOf(samples[0]), ActivityKind::kActive);
  EXPECT_EQ(ActivityKindName(KindOf({0x5a, 0, 0, 0})), "ignore");
}

TEST(Fetch, CounterWrapsAndTellsHoles) {
  FetchCounter counter;
  for (int i = 0; i < 600; ++i) EXPECT_EQ(counter.Next(static_cast<std::uint8_t>(i)), 0U);
  EXPECT_EQ(counter.Next(static_cast<std::uint8_t>(603)), 3U);
}

TEST(Fetch, ManualHeartRateRecordHasSixBytes) {
  const auto samples = DecodeManualHeartRate(Hex("78 56 34 12 08 37"));
  ASSERT_EQ(samples.size(), 1U);
  EXPECT_EQ(samples[0], (ManualHeartRate{0x12345678, 8, 0x37}));
  ByteVector back;
  Append(samples[0], back);
  EXPECT_EQ(back, Hex("78 56 34 12 08 37"));
}

TEST(Update, InitOfAWatchFace) {
  const auto bytes = Hex("01 08 00 01 00 00 73 8C 05 29");
  const auto request = DecodeUpdateRequest(bytes);
  ASSERT_TRUE(request);
  EXPECT_EQ(request->type, UpdateType::kWatchFace);
  EXPECT_EQ(request->size, 256U);
  EXPECT_EQ(request->crc32, 0x29058C73U);
  EXPECT_EQ(Encode(*request), bytes);
  for (const char* text :
       {"01 FF", "A0", "03 01", "00", "04", "05", "01 00 10 00", "01 00 10 00 02"}) {
    ASSERT_TRUE(DecodeUpdateRequest(Hex(text))) << text;
    EXPECT_EQ(Encode(*DecodeUpdateRequest(Hex(text))), Hex(text)) << text;
  }
}

TEST(Update, RepliesOfBothLengths) {
  EXPECT_EQ(DecodeUpdateReply(Hex("10 01 01 00 00 00 00 00 00 00 00"))->data.size(), 8U);
  EXPECT_EQ(DecodeUpdateReply(Hex("10 04 01"))->op, UpdateOp::kVerify);
  EXPECT_EQ(UpdateStatusMeaning(0x22), "the band's battery is too low for an update");
}

TEST(Update, FilesAreKnownByContent) {
  EXPECT_EQ(RecogniseUpdateFile(AsBytes("HMRES.....")), UpdateType::kResources);
  EXPECT_EQ(RecogniseUpdateFile(AsBytes("123456789NERES")), UpdateType::kResourcesCompressed);
  EXPECT_EQ(RecogniseUpdateFile(AsBytes("HMDIAL")), UpdateType::kWatchFace);
  EXPECT_EQ(RecogniseUpdateFile(Hex("4e455a4b 00 00 00 00 00 00 03")), UpdateType::kFont);
  ByteVector firmware(16);
  const auto mark = Hex("31 00 00 00 00 00 00 00 00 00 9C E3 7D 5C 00 04");
  firmware.insert(firmware.end(), mark.begin(), mark.end());
  EXPECT_FALSE(RecogniseUpdateFile(firmware));
  ByteWriter(firmware).Put(AsBytes("Mi Smart Band 4"));
  EXPECT_EQ(RecogniseUpdateFile(firmware), UpdateType::kFirmware);
  EXPECT_FALSE(RecogniseUpdateFile(AsBytes("MZ")));
}

}  // namespace
}  // namespace bk::codec::miband
