#include "codec/miband/weather.h"

#include <array>

#include "codec/miband/text.h"

namespace bk::codec::miband {
namespace {

enum Kind : std::uint8_t {
  kForecast = 0x01,
  kNow = 0x02,
  kAir = 0x04,
  kPlace = 0x08,
  kSun = 0x10,
  kWind = 0x40,
};

WeatherTime ReadTime(ByteReader& reader) {
  WeatherTime at;
  at.unix_seconds = reader.Le32();
  at.quarter_hours = reader.I8();
  return at;
}

ByteWriter& Head(ByteWriter& writer, Kind kind, const WeatherTime& at) {
  return writer.U8(kind).Le32(at.unix_seconds).U8(static_cast<std::uint8_t>(at.quarter_hours));
}

// A text that is not there fails the reader, so that one question at the end does for all.
std::string_view Text(ByteReader& reader) {
  const auto text = TakeText(reader);
  if (!text) reader.Skip(reader.left() + 1);
  return text.value_or("");
}

Weather ReadNow(ByteReader& reader) {
  WeatherNow now;
  now.at = ReadTime(reader);
  now.condition = reader.U8();
  now.temperature = reader.I8();
  now.text = Text(reader);
  return now;
}
Weather ReadAir(ByteReader& reader) {
  AirQuality air;
  air.at = ReadTime(reader);
  air.index = static_cast<std::int16_t>(reader.Le16());
  air.text = Text(reader);
  return air;
}
Weather ReadForecast(ByteReader& reader) {
  Forecast forecast;
  forecast.at = ReadTime(reader);
  forecast.days.resize(reader.U8());
  for (Forecast::Day& day : forecast.days) {
    day.by_day = reader.U8();
    day.by_night = reader.U8();
    day.highest = reader.I8();
    day.lowest = reader.I8();
    day.text = Text(reader);
  }
  return forecast;
}
Weather ReadSun(ByteReader& reader) {
  SunTimes sun;
  sun.at = ReadTime(reader);
  sun.rise_hour = reader.U8();
  sun.rise_minute = reader.U8();
  sun.set_hour = reader.U8();
  sun.set_minute = reader.U8();
  return sun;
}
Weather ReadWind(ByteReader& reader) {
  WindAndHumidity wind;
  wind.at = ReadTime(reader);
  wind.wind = Text(reader);
  wind.humidity = Text(reader);
  return wind;
}

void Write(const WeatherNow& now, ByteWriter& writer) {
  Head(writer, kNow, now.at).U8(now.condition).U8(static_cast<std::uint8_t>(now.temperature));
  PutText(writer, now.text);
}
void Write(const AirQuality& air, ByteWriter& writer) {
  Head(writer, kAir, air.at).Le16(static_cast<std::uint16_t>(air.index));
  PutText(writer, air.text);
}
void Write(const Forecast& forecast, ByteWriter& writer) {
  Head(writer, kForecast, forecast.at).U8(forecast.days.size());
  for (const Forecast::Day& day : forecast.days) {
    writer.U8(day.by_day).U8(day.by_night);
    writer.U8(static_cast<std::uint8_t>(day.highest)).U8(static_cast<std::uint8_t>(day.lowest));
    PutText(writer, day.text);
  }
}
void Write(const WeatherPlace& place, ByteWriter& writer) {
  writer.U8(kPlace);
  PutText(writer, place.text);
}
void Write(const SunTimes& sun, ByteWriter& writer) {
  Head(writer, kSun, sun.at)
      .U8(sun.rise_hour)
      .U8(sun.rise_minute)
      .U8(sun.set_hour)
      .U8(sun.set_minute);
}
void Write(const WindAndHumidity& wind, ByteWriter& writer) {
  Head(writer, kWind, wind.at);
  PutText(writer, wind.wind);
  PutText(writer, wind.humidity);
}

}  // namespace

std::optional<Weather> DecodeWeather(Bytes message) {
  ByteReader reader(message);
  std::optional<Weather> weather;
  switch (reader.U8()) {
    case kNow:
      weather = ReadNow(reader);
      break;
    case kAir:
      weather = ReadAir(reader);
      break;
    case kForecast:
      weather = ReadForecast(reader);
      break;
    case kPlace:
      weather = WeatherPlace{Text(reader)};
      break;
    case kSun:
      weather = ReadSun(reader);
      break;
    case kWind:
      weather = ReadWind(reader);
      break;
    default:
      break;
  }
  if (reader.failed() || reader.left() != 0) return std::nullopt;
  return weather;
}

ByteVector Encode(const Weather& weather) {
  ByteVector out;
  ByteWriter writer(out);
  std::visit([&](const auto& one) { Write(one, writer); }, weather);
  return out;
}

std::string_view ConditionName(std::uint8_t condition) {
  static constexpr std::array<std::string_view, 21> kNames = {
      "clear",        "scattered clouds",   "cloudy",          "rain with sun", "thunderstorm",
      "hail",         "rain and snow",      "light rain",      "rain",          "heavy rain",
      "extreme rain", "still heavier rain", "torrential rain", "snow with sun", "light snow",
      "snow",         "heavy snow",         "extreme snow",    "mist",          "drizzle",
      "wind and rain"};
  return condition < kNames.size() ? kNames[condition] : std::string_view();
}

}  // namespace bk::codec::miband
