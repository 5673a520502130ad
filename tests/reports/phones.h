// Bug reports of phones that are in one known trouble with a band, or in none. Phones, addresses
// and apps' versions are invented; the words are those of each Android version and maker
// (reference: Android evidence). Written apart from src/android/report_text.h, so that reader and
// writer do not share a mistake.
#pragma once

#include <string>
#include <vector>

namespace bk::reports {

enum class Phone { kMiui9, kStock12, kSamsung14 };

enum class Fault {
  kNone,
  kLocationDenied,
  kBackgroundRestricted,
  kForceStopped,
  kBluetoothCrashed,
  kNearbyDenied,  // Android 12 and later
  kStaleBond,
  kBluetoothOff,
  kAirplaneMode,
  kLocationOff,
  kAppDisabled,
};

struct Plan {
  Phone phone = Phone::kStock12;
  Fault fault = Fault::kNone;
  bool band = true;  // the companion is installed and the band is bonded
};

// What no output may hold.
inline constexpr const char* kBandAddress = "C8:0F:10:4A:5B:6C";
inline constexpr const char* kPhoneAddress = "02:00:5E:7A:8B:9C";
inline constexpr const char* kAccount = "someone.invented@example.org";
inline constexpr const char* kSerial = "R58INVENTED7Z";

std::string Report(const Plan& plan);
std::string ModelOf(Phone phone);
int AndroidOf(Phone phone);

}  // namespace bk::reports
