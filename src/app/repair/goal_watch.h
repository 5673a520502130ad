// Whether the band works again, as the phone itself shows it: the link is up in the Bluetooth
// stack's own state, and the companion came to the end of a sync since the watch began.
#pragma once

#include <span>
#include <string>

#include "base/result.h"
#include "evidence/companion_app.h"
#include "evidence/evidence.h"
#include "ports/phone.h"
#include "ports/scan.h"

namespace bk::app {

struct GoalSeen {
  bool answered = false;  // the phone told; false: it is gone or was interrupted
  bool link = false;      // the companion, or the system, holds a link to the band now
  bool synced = false;    // a sync ended since Begin
  // What was read, one sentence each; empty where it is not so.
  std::string link_text, sync_text;

  [[nodiscard]] bool proved() const { return link && synced; }
};

class GoalWatch {
 public:
  // Keeps references. `band` may be empty: then the companion's own links count. `companion`: its
  // package; empty: any of `apps` that speaks to the band.
  GoalWatch(ports::Phone& phone, const ports::PatternCompiler& patterns,
            std::span<const evidence::CompanionApp> apps, evidence::BandId band,
            std::string companion);

  // From now on, by the phone's own clock.
  Status Begin();
  // One round trip.
  GoalSeen Look();

 private:
  ports::Phone& phone_;
  const ports::PatternCompiler& patterns_;
  std::span<const evidence::CompanionApp> apps_;
  evidence::BandId band_;
  std::string companion_;
  std::string since_;  // as logcat -T takes it
};

}  // namespace bk::app
