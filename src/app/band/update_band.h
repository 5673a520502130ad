// Updates the band with files that were read and ordered: gates first, each file over as many links
// as it takes, the version read back and judged.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/band/owed_resources.h"
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
    kGate,           // it may not begin now, or not go on behind the firmware: `gate`
    kNotFinished,    // given up after several attempts; it can be done again
    kRefused,        // the band refused the file: `failure`, at `refused_at`
    kNotRestarted,   // it said that it restarts with the firmware, and did not
    kNotMetAgain,    // it restarted with the firmware and was not met again
    kOldFirmware,    // it restarted and runs another firmware than it was sent: `wanted`
    kNotRemembered,  // what is owed could not be written down, so nothing was sent: `error`
    kNeedsOwner,
    kStopped,
  };
  End end = End::kDone;
  companion::ShutGate gate;
  std::optional<companion::Outcome> failure;
  companion::Update::Progress::Phase refused_at{};
  std::optional<Error> error;
  std::size_t files_done = 0;  // from the first on; with those that the band had already
  std::string version_before, version_after;
  std::string wanted;  // of the firmware file; empty: it does not tell
  // What the band runs is not `version_after` perhaps: it was restarting.
  bool may_run_another = false;
  std::optional<std::string> resources_of;  // it lacks its resources; those that it has are of this
};

struct UpdateWork {
  std::vector<companion::UpdateFile> files;  // as companion::InOrder gives them
  std::optional<int> rssi;                   // of the latest advertisement, where it is known
};
struct UpdateFace {
  BandFace band;
  std::function<void(const UpdateProgress&)> progress;
};

// A firmware that the band runs already without its resources is not sent again.
UpdateResult UpdateBand(ports::BandRadio& radio, const companion::BandSession::Options& options,
                        const UpdateWork& work, OwedMemory& memory, const UpdateFace& face);

}  // namespace bk::app
