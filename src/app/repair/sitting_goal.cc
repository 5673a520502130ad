// Whether a step has mended the band: the phone is watched, and at last the person asked.
#include <algorithm>

#include "app/repair/messages.h"
#include "app/repair/repair_hints.h"
#include "app/repair/repair_sitting.h"

namespace bk::app {
namespace {

using std::chrono::milliseconds;
constexpr milliseconds kLookEvery{2'000};
// After words whose fix says nothing of how soon it shows.
constexpr double kTestMinutes = 2;

milliseconds Minutes(double minutes) {
  return milliseconds(static_cast<std::int64_t>(minutes * 60'000));
}

using ProvedBy = RepairOutcome::ProvedBy;

}  // namespace

GoalWatch RepairSitting::NewWatch() {
  return {*phone_, *world_.patterns, knowledge_.apps, GoalFor(*outcome_.last, traits_, companion_)};
}

bool RepairSitting::Watch(const troubleshoot::Fix* fix) {
  const double minutes =
      fix->test_minutes > 0 ? fix->test_minutes : std::min(fix->minutes, kTestMinutes);
  const milliseconds until = clock_->Now() + Minutes(minutes);
  // What was so before the first step is no proof of any: then only the person can tell.
  const bool telling = !before_ || !before_->proved();
  GoalSeen seen;
  while (true) {
    seen = goal_->Look();
    if (telling && seen.proved()) {
      Reached(End::kProved,
              seen.synced_by == GoalSeen::By::kLog ? ProvedBy::kLog : ProvedBy::kTraffic,
              Say(kFixSays.works),
              Say(kFixSays.proof, {{"link", seen.link_text}, {"sync", seen.sync_text}}));
      return true;
    }
    const milliseconds left = until - clock_->Now();
    if (left.count() <= 0 || !face_.Watching(seen, left)) break;
    if (!clock_->Wait(std::min(left, kLookEvery))) break;
  }
  if (clock_->stopped()) {
    EndWith(End::kStopped, Say(kFixSays.stopped));
    return false;
  }
  if (!seen.answered && !phone_->WaitUntilReady(kPhoneBack)) {
    EndWith(End::kFailed, Say(kFixSays.phone_gone));
    return false;
  }
  return seen.link && AskPerson(seen);
}

bool RepairSitting::AskPerson(const GoalSeen& seen) {
  const SyncQuestion question{.link = seen.link_text,
                              .app = companion_.empty() ? "" : traits_.TitleOf(companion_),
                              .as_before = before_ && before_->proved()};
  const std::string app = question.app.empty() ? Say(kFixSays.the_app) : question.app;
  const Said said = request_.can_ask ? face_.AskSynced(question) : Said::kNotKnown;
  switch (said) {
    case Said::kYes:
      Reached(End::kConfirmed, ProvedBy::kPerson, Say(kFixSays.works),
              Say(kFixSays.you_saw, {{"link", seen.link_text}}));
      return true;
    case Said::kNo:
      return false;
    case Said::kNotKnown:
      Reached(End::kUnproved, ProvedBy::kNobody, Say(kFixSays.does_not_show, {{"app", app}}),
              seen.link_text);
      return true;
    case Said::kStop:
      EndWith(End::kStopped, Say(kFixSays.stopped));
      return false;
  }
  return false;
}

void RepairSitting::Reached(End end, ProvedBy by, std::string sentence, std::string proof) {
  outcome_.proof = std::move(proof);
  outcome_.proved_by = by;
  for (StepRun& run : outcome_.runs)
    for (const troubleshoot::Fix* fix : untested_) run.cured = run.cured || run.fix == fix->id;
  EndWith(end, std::move(sentence));
}

}  // namespace bk::app
