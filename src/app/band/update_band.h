// Updates the band with files that were read and ordered: gates first, each file over as many links
// as it takes, the version read back.
#pragma once

#include <string>
#include <vector>

#include "app/band/run_on_band.h"
#include "companion/update.h"
#include "companion/update_file.h"

namespace bk::app {

struct UpdateProgress {
  std::size_t file = 0, files = 0;
  companion::Update::Progress at;
  int attempt = 1;
  bool long_packets = true;
  bool waits_for_restart = false;
};

struct UpdateResult {
  enum class End : std::uint8_t {
    kDone,
    kGate,         // it may not begin now: `gate`
    kNotFinished,  // given up after several attempts; the band keeps what it had, and it can be
                   // done again
    kRefused,      // the band refused the file: `failure`
    kNeedsOwner,
    kStopped,
  };
  End end = End::kDone;
  companion::ShutGate gate;
  std::optional<companion::Outcome> failure;
  std::size_t files_done = 0;
  std::string version_before, version_after;
};

struct UpdateFace {
  BandFace band;
  std::function<void(const UpdateProgress&)> progress;
};

// `files` as companion::InOrder gives them. `rssi`: of the latest advertisement, where it is known.
UpdateResult UpdateBand(ports::BandRadio& radio, const companion::BandSession::Options& options,
                        const std::vector<companion::UpdateFile>& files, std::optional<int> rssi,
                        const UpdateFace& face);

}  // namespace bk::app
