// Which Android a simulated phone is, and what time it is there.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <set>
#include <string>

namespace bk::simulate {

// The SDK numbers of Android's versions.
inline constexpr int kAndroid9 = 28, kAndroid10 = 29, kAndroid11 = 30, kAndroid12 = 31,
                     kAndroid13 = 33, kAndroid14 = 34, kAndroid15 = 35;

enum class Maker : std::uint8_t { kStock, kSamsung, kXiaomi };

struct Flavour {
  int sdk = 34;  // 26 (Android 8.0) to 35 (15)
  std::string release = "14";
  Maker maker = Maker::kStock;
  std::string brand, model, product, device, serial;
  std::string build, patch;      // ro.build.display.id, "2024-03-05"
  std::string skin;              // "V14" (MIUI), "6.1" (One UI); empty on stock
  std::set<std::string> quirks;  // by name, see AddQuirk (setup/make_android.h)

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
