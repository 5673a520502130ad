// Which Android a simulated phone is, and what time it is there.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <set>
#include <string>

namespace bk::simulate {

enum class Maker : std::uint8_t { kStock, kSamsung, kXiaomi };

struct Flavour {
  int sdk = 34;  // 26 (Android 8.0) to 35 (15)
  std::string release = "14";
  Maker maker = Maker::kStock;
  std::string brand, model, product, device, serial;
  std::string build, patch;      // ro.build.display.id, "2024-03-05"
  std::string skin;              // "V14" (MIUI), "6.1" (One UI); empty on stock
  std::set<std::string> quirks;  // by name, see faults/quirks.h

  friend bool operator==(const Flavour&, const Flavour&) = default;
};

// Times since 1970 in UTC, and since the phone booted. `wall` may be wrong: the phone's own idea.
struct Clock {
  std::chrono::microseconds wall{0};
  std::chrono::microseconds boot{0};
  std::string zone = "Europe/Berlin";
  int utc_offset_minutes = 60;  // of `zone` at `wall`

  friend bool operator==(const Clock&, const Clock&) = default;
};

}  // namespace bk::simulate
