// Messages that a phone writes for the wearer, and records of workouts: vectors of the published
// descriptions, and what each field means.
#include <gtest/gtest.h>

#include "codec/miband/band_settings.h"
#include "codec/miband/configuration.h"
#include "codec/miband/configuration_arguments.h"
#include "codec/miband/music.h"
#include "codec/miband/phone_gps.h"
#include "codec/miband/raw_sensor.h"
#include "codec/miband/test_bytes.h"
#include "codec/miband/weather.h"
#include "codec/miband/workout_summary.h"

namespace bk::codec::miband {
namespace {

TEST(AlarmList, LongAndShort) {
  // The long reply of the mock in BreakMi has none; this one is built by the layout (4.4.3).
  const auto part = Hex("80 01 C0 00 01 00 00 00 03 80 07 00 1f 41 16 1e 80");
  const auto reply = DecodeLongReplyPart(part);
  ASSERT_TRUE(reply);
  const auto list = DecodeAlarmList(reply->payload);
  ASSERT_TRUE(list);
  ASSERT_EQ(list->alarms.size(), 2U);
  EXPECT_EQ(list->alarms[0], (Alarm{.slot = 0, .enabled = true, .hour = 7, .days = 0x1f}));
  EXPECT_EQ(list->alarms[1],
            (Alarm{.slot = 1, .no_snooze = true, .hour = 22, .minute = 30, .days = 0x80}));
  const auto payload = Encode(*list);
  EXPECT_EQ(Encode(LongReplyPart{.first = true, .last = true, .type = 1, .payload = payload}),
            part);

  const auto none = Hex("10 0D 01 03 00 40 00 02 00");
  const auto short_reply = DecodeConfigurationReply(none);
  ASSERT_TRUE(short_reply);
  EXPECT_EQ(short_reply->setting, Setting::kAlarms);
  const auto slots = DecodeAlarmSlots(short_reply->data);
  ASSERT_TRUE(slots);
  EXPECT_TRUE(slots->slots.empty());
  const auto two = DecodeAlarmSlots(Hex("03 00 40 00 02 02 10 01"));
  ASSERT_TRUE(two);
  EXPECT_EQ(two->slots, (std::vector<AlarmSlots::Slot>{{0, true}, {1, false}}));
  EXPECT_FALSE(DecodeAlarmSlots(Hex("03 00 40 00 02 02 10")));
}

TEST(ConfigurationArguments, WhatIsWritten) {
  EXPECT_EQ(Encode(DoNotDisturb{}), Hex("82"));
  EXPECT_EQ(
      Encode(DoNotDisturb{.when = DoNotDisturb::When::kScheduled, .from_hour = 22, .to_hour = 7}),
      Hex("81 16 00 07 00"));
  EXPECT_TRUE(DecodeDoNotDisturb(Hex("03"))->lift_wakes);
  EXPECT_FALSE(DecodeDoNotDisturb(Hex("84")));
  EXPECT_EQ(Encode(HeartRateAlert{.on = true, .beats_per_minute = 150}), Hex("01 96"));
  EXPECT_EQ(Encode(WatchFaceAnnounced{{1, 2, 3, 4}}), Hex("00 00 FF FF FF 01 02 03 04"));
  const auto bytes = Hex("01 31 32 33 34 00");
  const auto pin = DecodePin(bytes);
  ASSERT_TRUE(pin);
  EXPECT_EQ(Encode(*pin), bytes);
  // 0A and eleven bytes (4.4.2).
  EXPECT_EQ(Encode(DisplayItems{.shown = 0x7f, .positions = {0, 1, 2}}).size(), 11U);
}

TEST(BandSetting, Reminders) {
  const auto bytes = Hex("0B 03 E9 0F 00 00 E8 07 07 01 09 1E 00 54 65 61 00");
  const auto setting = DecodeBandSetting(bytes);
  ASSERT_TRUE(setting);
  const auto& reminder = std::get<Reminder>(*setting);
  EXPECT_EQ(reminder.slot, 3);
  EXPECT_TRUE(reminder.enabled);
  EXPECT_EQ(reminder.weekdays, 0x7f);  // 0x0FE0: daily
  EXPECT_FALSE(reminder.monthly);
  EXPECT_EQ(reminder.at.year, 2024);
  EXPECT_EQ(reminder.text, "Tea");
  EXPECT_EQ(Encode(*setting), bytes);
  const auto removed = Hex("0B 03 08 00 00 00 00");
  EXPECT_EQ(std::get<ReminderRemoved>(*DecodeBandSetting(removed)).slot, 3);
  EXPECT_EQ(Encode(BandSetting(ReminderRemoved{3})), removed);
}

TEST(BandSetting, MenuAndVibration) {
  EXPECT_EQ(Encode(BandSetting(Menu{{{.id = 0x12}, {.id = 4, .hidden = true}}})),
            Hex("1E 00 00 FF 12 01 01 FF 04"));
  EXPECT_FALSE(DecodeBandSetting(Hex("1E 01 00 FF 12")));  // begins at 0
  const auto bytes = Hex("20 09 42 C8 00 64 00 2C 01 64 00");
  const auto pattern = std::get<VibrationPattern>(*DecodeBandSetting(bytes));
  EXPECT_EQ(pattern.of, 9);
  EXPECT_FALSE(pattern.only_try);
  EXPECT_EQ(pattern.pulses, (std::vector<VibrationPattern::Pulse>{{200, 100}, {300, 100}}));
  EXPECT_EQ(Encode(BandSetting(pattern)), bytes);
  EXPECT_EQ(Encode(CustomVibration{200, 100, 3}), Hex("FF C8 00 64 00 03"));
}

TEST(Music, PlayingAtThirtySeconds) {
  const auto bytes = Hex("0F 01 00 1E 00 41727469737400 416C62756D00 547261636B00");
  const auto music = DecodeMusic(bytes);
  ASSERT_TRUE(music);
  EXPECT_EQ(music->playback, (Music::Playback{true, 30}));
  EXPECT_EQ(music->artist, "Artist");
  EXPECT_EQ(music->album, "Album");
  EXPECT_EQ(music->track, "Track");
  EXPECT_FALSE(music->duration_s);
  EXPECT_EQ(Encode(*music), bytes);
  EXPECT_EQ(Encode(Music{}), Hex("20"));
  EXPECT_EQ(Encode(Music{.volume = 50}), Hex("40 32"));
}

TEST(Weather, NowOfTheDescription) {
  // The whole message, without the chunk's three bytes.
  const auto bytes = Hex("02 00 F1 53 65 04 02 0C 43 6C 6F 75 64 79 00");
  const auto weather = DecodeWeather(bytes);
  ASSERT_TRUE(weather);
  const auto& now = std::get<WeatherNow>(*weather);
  EXPECT_EQ(now.at.unix_seconds, 1'700'000'000U);
  EXPECT_EQ(now.at.quarter_hours, 4);
  EXPECT_EQ(ConditionName(now.condition), "cloudy");
  EXPECT_EQ(now.temperature, 12);
  EXPECT_EQ(now.text, "Cloudy");
  EXPECT_EQ(Encode(*weather), bytes);
}

TEST(Weather, TheOthersComeBackAsTheyWere) {
  const WeatherTime at{1'700'000'000, -20};
  const Weather all[] = {
      AirQuality{at, -1, "none"},
      Forecast{at, {{8, 0, 12, -2, "rain"}, {0, 0, 9, -7, ""}}},
      WeatherPlace{"Here"},
      SunTimes{at, 6, 30, 21, 5},
      WindAndHumidity{at, "3", "60 %"},
  };
  for (const Weather& weather : all) {
    const ByteVector bytes = Encode(weather);
    EXPECT_EQ(DecodeWeather(bytes), weather) << weather.index();
    EXPECT_FALSE(DecodeWeather(Bytes(bytes).first(bytes.size() - 1))) << weather.index();
  }
}

TEST(PhoneGps, StatusAndPlace) {
  const PhoneGps gps{.status = PhoneGps::Status::kAcquired,
                     .fix = PhoneGps::Fix{.longitude = 40'200'000,
                                          .latitude = -157'500'000,
                                          .speed_10 = 31,
                                          .altitude_cm = 3'400,
                                          .unix_milliseconds = 1'700'000'000'000}};
  const ByteVector bytes = Encode(gps);
  EXPECT_EQ(bytes.size(), 1 + 4 + 1 + 31U);  // 31: said by the description
  EXPECT_EQ(DecodePhoneGps(bytes), gps);
  EXPECT_EQ(Encode(PhoneGps{.status = PhoneGps::Status::kSearching}), Hex("06 01 00 00 00 02"));
}

TEST(RawSensor, BothFrames) {
  EXPECT_EQ(Encode(RawSensorCommand::kSelect), Hex("01 03 19"));
  EXPECT_EQ(DecodeRawSensorCommand(Hex("03")), RawSensorCommand::kStop);
  EXPECT_FALSE(DecodeRawSensorCommand(Hex("01 03")));
  const auto bytes = Hex("01 07 0100 0200 0300 FFFF FEFF FDFF 0004 0005 0006");
  const auto data = DecodeRawSensorData(bytes);
  ASSERT_TRUE(data);
  EXPECT_EQ(std::get<Acceleration>(*data).samples[1], (Acceleration::Sample{-1, -2, -3}));
  EXPECT_EQ(Encode(*data), bytes);
  const auto light = Hex("00 01 0100 0200 0300 0400 0500 0600 0700");
  EXPECT_EQ(std::get<Optical>(*DecodeRawSensorData(light)).samples[6], 7);
}

WorkoutSummary ARun(std::uint16_t version) {
  WorkoutSummary summary{
      .version = version, .kind = 1, .start = 1'700'000'000, .end = 1'700'001'800};
  summary.base = {.longitude = 40'200'000, .latitude = 157'500'000};
  summary.steps = 4'321;
  summary.active_seconds = 1'780;
  summary.kilocalories = 310.5F;
  summary.distance_m = 5'012.25F;
  summary.max_altitude_m = 41;
  summary.average_heart_rate = 151;
  summary.max_heart_rate = 178;
  summary.more = Slopes{.ascent_m = 1'200, .ascent_ms = 400'000};
  return summary;
}

TEST(WorkoutSummary, EveryVersionKeepsItsFields) {
  const WorkoutSummary run = ARun(518);
  const ByteVector bytes = Encode(run);
  // Offsets counted by hand from the table of 6.8: steps behind head, 2 + 2 + 2 x 4 + 3 x 4.
  ByteReader at(bytes);
  at.Skip(24);
  EXPECT_EQ(at.Le32(), 4'321U);
  EXPECT_EQ(bytes.size(), 24 + 6 * 4 + 20 * 4 + 4 + 4 * 2 + 28U);
  EXPECT_EQ(DecodeWorkoutSummary(bytes), run);
  EXPECT_EQ(Encode(ARun(516)).size(), bytes.size() + 4);
  EXPECT_EQ(DecodeWorkoutSummary(Encode(ARun(516))), ARun(516));
  WorkoutSummary with_minimum = ARun(519);
  with_minimum.min_heart_rate = 92;
  const ByteVector long_form = Encode(with_minimum);
  ByteReader steps(long_form);
  steps.Skip(0x8c);
  EXPECT_EQ(steps.Le32(), 4'321U);
  EXPECT_EQ(DecodeWorkoutSummary(long_form), with_minimum);
}

TEST(WorkoutSummary, SwimmingAndWhatEndsEarly) {
  WorkoutSummary swim = ARun(512);
  swim.kind = 6;
  swim.more =
      Swimming{.stroke_distance_m = 1.5F, .strokes = 400, .swolf = 42, .style = 2, .laps = 20};
  const ByteVector bytes = Encode(swim);
  EXPECT_EQ(DecodeWorkoutSummary(bytes), swim);
  // Without its last part the rest still counts; without more than that it is no summary.
  const auto early = DecodeWorkoutSummary(Bytes(bytes).first(bytes.size() - 1));
  ASSERT_TRUE(early);
  EXPECT_TRUE(std::holds_alternative<std::monostate>(early->more));
  EXPECT_EQ(early->steps, 4'321);
  EXPECT_FALSE(DecodeWorkoutSummary(Bytes(bytes).first(100)));
  swim.version = 0x0100;
  EXPECT_FALSE(DecodeWorkoutSummary(Encode(swim)));
  EXPECT_EQ(SummaryKindName(6), "pool swimming");
  EXPECT_EQ(SummaryKindName(7), "");
}

}  // namespace
}  // namespace bk::codec::miband
