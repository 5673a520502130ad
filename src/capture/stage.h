// How far a link came.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/instant.h"

namespace bk::capture {

enum class Stage : std::uint8_t {
  kScanned,        // an advertisement of the peer was received
  kConnecting,     // the phone asked its controller for a link
  kConnected,      // the link was up
  kDiscovered,     // services or characteristics were read
  kAuthenticated,  // the band accepted the key
  kInitialised,    // time and settings were written
  kFetching,       // activity data flowed
  kSynced,         // a fetch came to its end
  kUpdating,       // firmware or resources flowed
};

// "scanned", "connecting", ...
std::string_view StageName(Stage stage);

struct StageMark {
  Stage stage = Stage::kScanned;
  SnoopTime at;
  std::uint64_t packet = 0;
};

}  // namespace bk::capture
