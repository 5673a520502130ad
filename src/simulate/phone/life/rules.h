// What a phone's restrictions let an app do: the questions that life asks of the state. Source:
// AOSP, ActivityManager's restrictions and ApplicationExitInfo, ScanManager's checks. What makers
// add (Samsung's sleeping apps, Xiaomi's autostart) is not open source: modelled, not read.
#pragma once

#include <string>
#include <string_view>

#include "simulate/phone/android.h"

namespace bk::simulate {

// Why the system does not let an app live or work in the background.
struct Hold {
  enum class Kind : std::uint8_t {
    kNone,
    kSuspended,  // its process stays and does nothing
    kKilled      // its process is ended and not started again
  } kind = Kind::kNone;
  int reason = 0, subreason = 0;  // of ApplicationExitInfo
  std::string words;              // as the system writes them
};
Hold HoldOf(const Android& phone, std::string_view package);
bool InForeground(const Android& phone, std::string_view package);

// Whether it may be started without a hand: there, enabled, not stopped, not held.
bool StartsAlone(const Android& phone, std::string_view package);

enum class ScanGate : std::uint8_t {
  kOpen,
  kException,     // Android 12 and later, without 'nearby devices': the call itself throws
  kNoPermission,  // runs, and its results are withheld: no location permission
  kLocationOff    // likewise: the location switch
};
// An app is held to what it asks for: one that never asks for location needs none.
ScanGate ScanGateOf(const Android& phone, std::string_view package);

// Whether this app reaches the maker's server now: network, server, clock and Data Saver allowing.
bool ReachesServer(const Android& phone, std::string_view package);

// The device that answers to an address: the owner's band, or a neighbour's of the same kind.
SimBandInAir DeviceAt(const Android& phone, std::string_view address);
// Whether a scan of `package` can hear it, and it would answer a call.
bool Advertises(const Android& phone, const SimBandInAir& band);

}  // namespace bk::simulate
