// Whether the band works again, as the phone itself shows it: the link is up in the Bluetooth
// stack's own state, and the companion synced since the watch began.
//
// A sync is seen in either of two ways:
//   log      the companion writes the end of a sync into the log (Gadgetbridge does)
//   traffic  Android writes into the log that the app listens for the band's recorded data, and
//            listens no more: a round of fetching. Without root the bytes themselves do not show.
//            A round that lasts kFetchGivenUp may be one that the app gave up; it counts only when
//            the next one begins right after it.
// What neither shows, only the person can confirm.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "evidence/companion_app.h"
#include "evidence/evidence.h"
#include "language/language.h"
#include "ports/phone.h"
#include "ports/scan.h"

namespace bk::app {

// Clients of the band give up after so long without data (capture/talk/fetch_follower.h).
inline constexpr std::chrono::milliseconds kFetchGivenUp{10'000};

struct GoalSeen {
  enum class By : std::uint8_t { kNothing, kLog, kTraffic };
  bool answered = false;  // the phone told; false: it is gone or was interrupted
  bool link = false;      // the companion, or the system, holds a link to the band now
  By synced_by = By::kNothing;
  // What was read, one sentence each; empty where it is not so.
  std::string link_text, sync_text;
  AnyInstant sync_at;  // by the phone's log; of the latest

  [[nodiscard]] bool synced() const { return synced_by != By::kNothing; }
  [[nodiscard]] bool proved() const { return link && synced(); }
};

// Whose link and syncs count.
struct GoalOf {
  evidence::BandId band;   // may be empty: then the companion's own links count
  std::string companion;   // package; empty: any app that speaks to the band
  std::string title;       // of it, for the sentences; empty: its package
  int companion_uid = -1;  // of the phone's installed apps, user included; -1: not known
  const language::Language* language = nullptr;  // outlives the watch; null: English
};

class GoalWatch {
 public:
  // Keeps references to the first three.
  GoalWatch(ports::Phone& phone, const ports::PatternCompiler& patterns,
            std::span<const evidence::CompanionApp> apps, GoalOf of);

  // From now on, or from a little before, by the phone's own clock.
  Status Begin(std::chrono::seconds before = std::chrono::seconds{0});
  // One round trip.
  GoalSeen Look();
  // What was so before: a link that stands now, and syncs since it came up (where the phone does
  // not tell that, in the last hour of its log). One round trip; the watch's begin stays.
  GoalSeen LookBack();

 private:
  GoalSeen Read(const std::string& logcat, bool back);
  [[nodiscard]] std::string Say(const language::Message& message,
                                const std::vector<language::Argument>& arguments = {}) const;

  ports::Phone& phone_;
  const ports::PatternCompiler& patterns_;
  std::span<const evidence::CompanionApp> apps_;
  GoalOf of_;
  std::string since_;  // as logcat -T takes it
};

}  // namespace bk::app
