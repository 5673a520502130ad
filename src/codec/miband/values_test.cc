// Values that are read or notified: vectors of the published logs.
#include <gtest/gtest.h>

#include "codec/miband/advert.h"
#include "codec/miband/alert.h"
#include "codec/miband/attribute.h"
#include "codec/miband/battery.h"
#include "codec/miband/clock.h"
#include "codec/miband/device_info.h"
#include "codec/miband/event.h"
#include "codec/miband/heart_rate.h"
#include "codec/miband/steps.h"
#include "codec/miband/test_bytes.h"
#include "codec/miband/user_settings.h"
#include "codec/miband/workout.h"

namespace bk::codec::miband {
namespace {

TEST(CurrentTime, ReadOfALog) {
  const auto bytes = Hex("EA 07 01 1F 17 04 05 06 00 00 EC");
  const auto time = DecodeCurrentTime(bytes);
  ASSERT_TRUE(time);
  EXPECT_EQ(FormatInstant(time->clock.Local()).substr(0, 19), "2026-01-31 23:04:05");
  EXPECT_EQ(time->clock.quarter_hours, -20);
  EXPECT_EQ(time->day_of_week, 6);
  EXPECT_EQ(Encode(*time), bytes);
}

TEST(Clock, KnowsWhatIsADate) {
  Clock clock = DecodeCurrentTime(Hex("E8 07 02 1D 00 00 00 00 00 00 80"))->clock;
  EXPECT_TRUE(clock.Set());
  EXPECT_EQ(clock.quarter_hours, kZoneNotSet);
  clock.year = 2023;
  EXPECT_FALSE(clock.Valid());
  EXPECT_FALSE(DecodeCurrentTime(Hex("B2 07 01 01 00 00 00 00 00 00 80"))->clock.Set());
  EXPECT_EQ(ClockFrom(DecodeCurrentTime(Hex("EA07011F17040506000 0EC"))->clock.Local(), -20).second,
            5);
}

TEST(Battery, ReadsOfALog) {
  const auto bytes = Hex("0F 63 01 EA 07 02 01 01 1A 3B EC EA 07 02 01 01 2E 02 EC 64");
  const auto battery = DecodeBattery(bytes);
  ASSERT_TRUE(battery);
  EXPECT_EQ(battery->percent, 99);
  EXPECT_TRUE(battery->charging);
  EXPECT_EQ(battery->percent_off_charger, 100);
  EXPECT_EQ(battery->last_full.minute, 26);
  EXPECT_EQ(Encode(*battery), bytes);
  EXPECT_FALSE(DecodeBattery(Hex("0F 65 00 B2 07 01 01 00 00 00 00 EA 07 01 1F 0B 29 2F EC 63")));
}

TEST(Steps, LongAndShort) {
  const auto bytes = Hex("0C DC 2A 00 00 C2 1E 00 00 41 01 00 00");
  const auto steps = DecodeSteps(bytes);
  ASSERT_TRUE(steps);
  EXPECT_EQ(steps->steps, 10'972U);
  EXPECT_EQ(steps->metres, 7'874U);
  EXPECT_EQ(steps->kilocalories, 321U);
  EXPECT_EQ(Encode(*steps), bytes);
  EXPECT_EQ(DecodeSteps(Hex("00 00 00 00 00"))->steps, 0U);
  EXPECT_FALSE(DecodeSteps(Hex("FF 00 00 00 00")));
}

TEST(HeartRate, NotificationAndControl) {
  EXPECT_EQ(DecodeHeartRate(Hex("00 56"))->beats_per_minute, 0x56);
  for (const char* text : {"15 00 01", "15 01 00", "15 02 01", "14 0A", "16"}) {
    const auto bytes = Hex(text);
    ASSERT_TRUE(DecodeHeartRateControl(bytes)) << text;
    EXPECT_EQ(Encode(*DecodeHeartRateControl(bytes)), bytes);
  }
}

TEST(DeviceInfo, SyntheticExamples) {
  EXPECT_EQ(HuamiProduct(DecodePnpId(Hex("01 57 01 24 00 01 01"))->product), "Mi Smart Band 4");
  EXPECT_EQ(FormatAddress(*DecodeSystemId(Hex("AA BB CC FF FE DD EE FF"))), "AA:BB:CC:DD:EE:FF");
  EXPECT_EQ(EncodeSystemId(*ParseAddress("AA:BB:CC:DD:EE:FF")), Hex("AA BB CC FF FE DD EE FF"));
  EXPECT_EQ(DecodeVersion(Hex("56 31 2e 30 2e 39 2e 37 30")), "1.0.9.70");
  EXPECT_FALSE(DecodeVersion(AsBytes("0123456789ab")));
  EXPECT_EQ(EncodeVersion("1.0.9.70"), Hex("56 31 2e 30 2e 39 2e 37 30"));
}

TEST(Event, PacketSizeAndButtons) {
  EXPECT_EQ(DecodeEvent(Hex("16 F7 00"))->Mtu(), 247);
  EXPECT_FALSE(DecodeEvent(Hex("16 01 00"))->Mtu());
  EXPECT_EQ(EventMeaning(DecodeEvent(Hex("0E"))->kind), "the band asked to be synced");
  EXPECT_EQ(EventMeaning(DecodeEvent(Hex("77"))->kind), "");
  EXPECT_EQ(Encode(*DecodeEvent(Hex("FE E0"))), Hex("FE E0"));
}

TEST(UserSettings, PublishedExamples) {
  const auto profile = Hex("4F 00 00 C6 07 06 0F 00 B4 00 98 3A 78 56 34 12");
  const auto decoded = DecodeUserSetting(profile);
  ASSERT_TRUE(decoded);
  EXPECT_EQ(std::get<UserProfile>(*decoded).height_cm, 180);
  EXPECT_EQ(std::get<UserProfile>(*decoded).weight_200, 75 * 200);
  EXPECT_EQ(Encode(*decoded), profile);
  EXPECT_EQ(Encode(UserSetting(StepGoal{8000})), Hex("10 00 00 40 1F 00 00"));
  EXPECT_EQ(std::get<WornOn>(*DecodeUserSetting(Hex("20 00 00 82"))).right, true);
}

TEST(Alert, PublishedNotification) {
  const auto bytes =
      Hex("FA 00 00 00 00 01 0B 54 69 74 6C 65 00 48 65 6C 6C 6F 20 62 61 6E 64 00 41 70 70 00");
  const auto notification = DecodeNotification(bytes);
  ASSERT_TRUE(notification);
  EXPECT_EQ(notification->title, "Title");
  EXPECT_EQ(notification->body, "Hello band");
  EXPECT_EQ(notification->app, "App");
  EXPECT_EQ(Encode(*notification), bytes);
  EXPECT_EQ(DecodeNewAlert(Hex("03 01 41"))->category, AlertCategory::kCall);
  EXPECT_EQ(DecodeImmediateAlert(Hex("03")), ImmediateAlert::kVibrate);
}

TEST(Workout, Status) {
  EXPECT_EQ(DecodeWorkoutStatus(Hex("11 05")), WorkoutStatus::kEnded);
  EXPECT_FALSE(DecodeWorkoutStatus(Hex("11 06")));
  EXPECT_EQ(DecodeWorkoutReply(Hex("10 01 ff 01 01"))->command, 1);
  EXPECT_EQ(WorkoutName(4), "walking");
}

TEST(Advert, BothPacketsOfTheReferenceSession) {
  const Address address = *ParseAddress("AA:BB:CC:DD:EE:FF");
  const auto adv =
      Hex("02 01 06 1B FF 57 01 02 FF FF FF FF FF FF FF FF FF FF FF FF FF FF FF FF 03 AA BB CC DD "
          "EE FF");
  EXPECT_EQ(AdvertisingData(Advert{{}, address}, false), adv);
  EXPECT_EQ(DecodeAdvert(Bytes(adv).subspan(7))->address, address);
  EXPECT_EQ(ScanResponseData(9101),
            Hex("10 09 4D 69 20 53 6D 61 72 74 20 42 61 6E 64 20 34 03 02 E0 FE 07 16 E0 FE "
                "8D 23 00 00"));
}

TEST(Attribute, HandleTableIsTheDumpOfARealBand) {
  ASSERT_EQ(MiBand4Attributes().size(), 42U);
  for (std::size_t i = 0; i < MiBand4Attributes().size(); ++i)
    EXPECT_EQ(static_cast<std::size_t>(MiBand4Attributes()[i].attribute), i);
  EXPECT_EQ(MiBand4Handle(0x0060)->attribute, Attribute::kAuth);
  EXPECT_TRUE(MiBand4Handle(0x0061)->is_cccd);
  EXPECT_EQ(MiBand4Handle(0x003b)->attribute, Attribute::kFetchControl);
  EXPECT_EQ(MiBand4Handle(0x003e)->attribute, Attribute::kFetchData);
  EXPECT_FALSE(MiBand4Handle(0x0001));
  EXPECT_FALSE(MiBand4Handle(0x0062));
  EXPECT_FALSE(MiBand4Handle(0xffff));
}

TEST(Attribute, UuidsInBothForms) {
  const auto auth = ShortUuidFrom(Hex("00 07 10 af 09 00 18 21 12 35 00 00 09 00 00 00"));
  ASSERT_TRUE(auth);
  EXPECT_EQ(AttributeFromUuid(*auth), Attribute::kAuth);
  EXPECT_TRUE(ProvesHuami(*auth));
  EXPECT_EQ(ShortUuidFrom(Hex("e0 fe")), kServiceFee0);
  EXPECT_EQ(AttributeFromUuid(ShortUuid{0x2a37, false}), Attribute::kHeartRate);
  EXPECT_FALSE(ProvesHuami(ShortUuid{0x2a37, false}));
  EXPECT_FALSE(AttributeFromUuid(ShortUuid{0x2a04, false}));  // in GAP and in FEE0
  EXPECT_EQ(AttributeFromUuid(kServiceFee0, ShortUuid{0x2a04, false}), Attribute::kLinkParameters);
  EXPECT_FALSE(ShortUuidFrom(Hex("00 07 10 af 09 00 18 21 12 35 00 01 09 00 00 00")));
  EXPECT_FALSE(ShortUuidFrom(Hex("00")));
  for (const AttributeInfo& info : MiBand4Attributes()) {
    EXPECT_EQ(ShortUuidFrom(FullUuid(info.uuid)), info.uuid) << info.name;
    EXPECT_EQ(ShortUuidFrom(FullUuid(info.service)), info.service) << info.name;
  }
  EXPECT_EQ(FormatUuid(FullUuid({0x0009, true})), "00000009-0000-3512-2118-0009af100700");
  EXPECT_FALSE(ShortUuidFrom(Uuid{0x0001'0009'0000'3512, 0x2118'0009'af10'0700}));
}

}  // namespace
}  // namespace bk::codec::miband
