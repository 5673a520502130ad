// Weather: chunked transfer, type 1 (reference 9.8). Temperatures are in the unit that the band
// shows.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "base/bytes.h"
#include "codec/miband/status.h"

namespace bk::codec::miband {

// When it was so: seconds since 1970 in UTC, and the zone in quarter hours.
struct WeatherTime {
  std::uint32_t unix_seconds = 0;
  std::int8_t quarter_hours = 0;
  friend bool operator==(const WeatherTime&, const WeatherTime&) = default;
};
struct WeatherNow {  // 02
  WeatherTime at;
  std::uint8_t condition = 0;  // ConditionName
  std::int8_t temperature = 0;
  std::string_view text;
  friend bool operator==(const WeatherNow&, const WeatherNow&) = default;
};
struct AirQuality {  // 04
  WeatherTime at;
  std::int16_t index = -1;  // -1: none
  std::string_view text;
  friend bool operator==(const AirQuality&, const AirQuality&) = default;
};
struct Forecast {  // 01
  struct Day {
    std::uint8_t by_day = 0, by_night = 0;
    std::int8_t highest = 0, lowest = 0;
    std::string_view text;
    friend bool operator==(const Day&, const Day&) = default;
  };
  WeatherTime at;
  std::vector<Day> days;  // at most 255; clients send up to 7
  friend bool operator==(const Forecast&, const Forecast&) = default;
};
struct WeatherPlace {  // 08
  std::string_view text;
  friend bool operator==(const WeatherPlace&, const WeatherPlace&) = default;
};
struct SunTimes {  // 10; later bands
  WeatherTime at;
  std::uint8_t rise_hour = 0, rise_minute = 0, set_hour = 0, set_minute = 0;
  friend bool operator==(const SunTimes&, const SunTimes&) = default;
};
struct WindAndHumidity {  // 40; later bands
  WeatherTime at;
  std::string_view wind, humidity;
  friend bool operator==(const WindAndHumidity&, const WindAndHumidity&) = default;
};
using Weather =
    std::variant<WeatherNow, AirQuality, Forecast, WeatherPlace, SunTimes, WindAndHumidity>;
// Texts point into the caller's bytes and must hold no NUL.
std::optional<Weather> DecodeWeather(Bytes message);
ByteVector Encode(const Weather& weather);
std::string_view ConditionName(std::uint8_t condition);  // "light rain"; "" = not known

}  // namespace bk::codec::miband
