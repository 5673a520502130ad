#include "codec/miband/every_message.h"

#include "codec/miband/activity.h"
#include "codec/miband/advert.h"
#include "codec/miband/alert.h"
#include "codec/miband/attribute.h"
#include "codec/miband/auth.h"
#include "codec/miband/band_settings.h"
#include "codec/miband/battery.h"
#include "codec/miband/bind.h"
#include "codec/miband/chunked.h"
#include "codec/miband/clock.h"
#include "codec/miband/configuration.h"
#include "codec/miband/configuration_arguments.h"
#include "codec/miband/device_info.h"
#include "codec/miband/event.h"
#include "codec/miband/fetch.h"
#include "codec/miband/heart_rate.h"
#include "codec/miband/music.h"
#include "codec/miband/phone_gps.h"
#include "codec/miband/raw_sensor.h"
#include "codec/miband/steps.h"
#include "codec/miband/update.h"
#include "codec/miband/user_settings.h"
#include "codec/miband/weather.h"
#include "codec/miband/workout.h"
#include "codec/miband/workout_summary.h"

namespace bk::codec::miband {
namespace {

// What was decoded, encoded, must be decoded again and then encode to the same bytes: the first
// encoding may be shorter than foreign input (tails of later models), the second may not differ
// from the first.
template <class Decode>
bool Holds(Bytes bytes, Decode decode) {
  const auto value = decode(bytes);
  if (!value) return true;
  const ByteVector once = Encode(*value);
  const auto again = decode(Bytes(once));
  return again && Encode(*again) == once;
}

}  // namespace

bool EveryMessageHolds(Bytes bytes) {
  bool good = true;
  good &= Holds(bytes, DecodeAuthRequest);
  good &= Holds(bytes, DecodeAuthReply);
  good &= Holds(bytes, DecodeBindSignature);
  good &= Holds(bytes, DecodeCurrentTime);
  good &= Holds(bytes, DecodeBattery);
  good &= Holds(bytes, DecodeSteps);
  good &= Holds(bytes, DecodeHeartRate);
  good &= Holds(bytes, DecodeHeartRateControl);
  good &= Holds(bytes, DecodePnpId);
  good &= Holds(bytes, DecodeEvent);
  good &= Holds(bytes, DecodeWorkoutStatus);
  good &= Holds(bytes, DecodeWorkoutReply);
  good &= Holds(bytes, DecodeFetchRequest);
  good &= Holds(bytes, DecodeFetchReply);
  good &= Holds(bytes, DecodeFetchData);
  good &= Holds(bytes, DecodeChunk);
  good &= Holds(bytes, DecodeChunkAck);
  good &= Holds(bytes, DecodeUpdateRequest);
  good &= Holds(bytes, DecodeUpdateReply);
  good &= Holds(bytes, DecodeUserSetting);
  good &= Holds(bytes, DecodeNewAlert);
  good &= Holds(bytes, DecodeImmediateAlert);
  good &= Holds(bytes, DecodeNotification);
  good &= Holds(bytes, DecodeAdvert);
  good &= Holds(bytes, DecodeConfigurationRequest);
  good &= Holds(bytes, DecodeConfigurationReply);
  good &= Holds(bytes, DecodeDayWindow);
  good &= Holds(bytes, DecodeAlarm);
  good &= Holds(bytes, DecodeNightMode);
  good &= Holds(bytes, DecodeInactivity);
  good &= Holds(bytes, DecodeLongReplyPart);
  good &= Holds(bytes, DecodeAlarmList);
  good &= Holds(bytes, DecodeAlarmSlots);
  good &= Holds(bytes, DecodeDisplayItems);
  good &= Holds(bytes, DecodeDoNotDisturb);
  good &= Holds(bytes, DecodeHeartRateAlert);
  good &= Holds(bytes, DecodePin);
  good &= Holds(bytes, DecodeWatchFaceAnnounced);
  good &= Holds(bytes, DecodeBandSetting);
  good &= Holds(bytes, DecodeCustomVibration);
  good &= Holds(bytes, DecodeMusic);
  good &= Holds(bytes, DecodeWeather);
  good &= Holds(bytes, DecodePhoneGps);
  good &= Holds(bytes, DecodeRawSensorCommand);
  good &= Holds(bytes, DecodeRawSensorData);
  good &= Holds(bytes, DecodeWorkoutSummary);
  std::size_t left_over = 0;
  good &= DecodeActivity(bytes, &left_over).size() * 4 + left_over == bytes.size();
  good &= DecodeManualHeartRate(bytes, &left_over).size() * 6 + left_over == bytes.size();
  good &= DecodeWorkoutDetails(bytes, &left_over).size() * 8 + left_over == bytes.size();
  if (const auto address = DecodeSystemId(bytes))
    good &= DecodeSystemId(EncodeSystemId(*address)) == address;
  if (const auto version = DecodeVersion(bytes))
    good &= DecodeVersion(EncodeVersion(*version)) == version;
  if (const auto clock = DecodeCurrentTime(bytes); clock && clock->clock.Valid())
    good &= ClockFrom(clock->clock.Local(), clock->clock.quarter_hours) == clock->clock;
  (void)RecogniseUpdateFile(bytes);
  (void)ShortUuidFrom(bytes);
  return good;
}

}  // namespace bk::codec::miband
