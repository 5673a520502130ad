// Whether a step has mended the band: the phone is watched, and at last the person asked.
#include <algorithm>

#include "app/repair/repair_sitting.h"

namespace bk::app {
namespace {

using std::chrono::milliseconds;
constexpr milliseconds kLookEvery{2'000};

milliseconds Minutes(double minutes) {
  return milliseconds(static_cast<std::int64_t>(minutes * 60'000));
}

}  // namespace

bool RepairSitting::Watch(const troubleshoot::Fix* fix) {
  const double minutes = fix->test_minutes > 0 ? fix->test_minutes : fix->minutes;
  const milliseconds until = clock_->Now() + Minutes(minutes);
  GoalSeen seen;
  while (true) {
    seen = goal_->Look();
    if (seen.proved()) {
      Reached(End::kProved, "The band works again.", seen.link_text + " " + seen.sync_text);
      return true;
    }
    const milliseconds left = until - clock_->Now();
    if (left.count() <= 0 || !face_.Watching(seen, left)) break;
    if (!clock_->Wait(std::min(left, kLookEvery))) break;
  }
  if (clock_->stopped()) {
    EndWith(End::kStopped, "Stopped.");
    return false;
  }
  if (!seen.answered && !phone_->WaitUntilReady(kPhoneBack)) {
    EndWith(End::kFailed, "The phone is not there any more.");
    return false;
  }
  if (!seen.link) return false;
  if (!request_.can_ask) {
    Reached(End::kUnproved,
            "The band is connected again. Whether a sync runs cannot be seen from here: look "
            "into the app.",
            seen.link_text);
    return true;
  }
  switch (face_.AskSynced(seen.link_text)) {
    case Said::kYes:
      Reached(End::kConfirmed, "The band works again.", seen.link_text + " You saw the sync.");
      return true;
    case Said::kNo:
      return false;
    case Said::kNotKnown:
      Reached(End::kUnproved, "The band is connected again; nobody saw a sync yet.",
              seen.link_text);
      return true;
    case Said::kStop:
      EndWith(End::kStopped, "Stopped.");
      return false;
  }
  return false;
}

void RepairSitting::Reached(End end, std::string sentence, std::string proof) {
  outcome_.proof = std::move(proof);
  for (StepRun& run : outcome_.runs)
    for (const troubleshoot::Fix* fix : untested_) run.cured = run.cured || run.fix == fix->id;
  EndWith(end, std::move(sentence));
}

}  // namespace bk::app
