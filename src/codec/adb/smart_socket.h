// What a client says to the local adb server: text behind four hex digits of length.
// Source: AOSP packages/modules/adb OVERVIEW.TXT, SERVICES.TXT; seen with stock adb 29.0.6.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace bk::codec::adb {

// A request longer than this is refused by the server ("0000" to "ffff" would fit more).
inline constexpr std::size_t kRequestBytesMax = 0xffff;

// "000chost:version". The payload must not be longer than kRequestBytesMax.
std::string EncodeRequest(std::string_view payload);

// Four hex digits in either case.
std::optional<std::uint32_t> ParseHex4(std::string_view digits);

// A line of "host:devices-l".
struct DeviceLine {
  std::string serial;
  std::string state;  // "device", "unauthorized", "no permissions (…)", …
  std::string model;  // without the server's underscores; empty when not told
  std::string product;
  std::string device;
  std::string transport_id;
  std::string usb;  // where it hangs on the bus: "1-4.2"
};
std::vector<DeviceLine> ParseDevices(std::string_view text);

}  // namespace bk::codec::adb
