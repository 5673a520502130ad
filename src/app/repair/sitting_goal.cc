// Whether a step has mended the band: the phone is watched, and at last the person asked.
#include <algorithm>

#include "app/repair/messages.h"
#include "app/repair/repair_hints.h"
#include "app/repair/repair_sitting.h"

namespace bk::app {
namespace {

using std::chrono::milliseconds;
using namespace std::chrono_literals;
constexpr milliseconds kLookEvery{2'000};
constexpr milliseconds kLookBehind{10'000};  // with the app in the background
constexpr milliseconds kComesBack{25'000};   // a link that chance has cut
constexpr std::string_view kOnlyOpen = "works_only_when_app_open";
// After words whose fix says nothing of how soon it shows.
constexpr double kTestMinutes = 2;

milliseconds Minutes(double minutes) {
  return milliseconds(static_cast<std::int64_t>(minutes * 60'000));
}

using ProvedBy = RepairOutcome::ProvedBy;
using Background = RepairOutcome::Background;

const language::Message& WorksWords(Background background) {
  switch (background) {
    case Background::kNotAsked:
      return kFixSays.works;
    case Background::kStood:
      return kFixSays.stood_in_background;
    case Background::kSynced:
      return kFixSays.works_in_background;
    case Background::kNotLooked:
      break;
  }
  return kFixSays.works_open;
}

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
      return Seen(End::kProved,
                  seen.synced_by == GoalSeen::By::kLog ? ProvedBy::kLog : ProvedBy::kTraffic,
                  Say(kFixSays.proof, {{"link", seen.link_text}, {"sync", seen.sync_text}}));
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
  const std::string app = AppTitle();
  const Said said = request_.can_ask ? face_.AskSynced(question) : Said::kNotKnown;
  switch (said) {
    case Said::kYes:
      app_open_ = true;  // that is where they looked
      return Seen(End::kConfirmed, ProvedBy::kPerson,
                  Say(kFixSays.you_saw, {{"link", seen.link_text}}));
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

std::string RepairSitting::AppTitle() const {
  return companion_.empty() ? Say(kFixSays.the_app) : traits_.TitleOf(companion_);
}

bool RepairSitting::Seen(End end, ProvedBy by, std::string proof) {
  const std::optional<Background> background = LookInBackground();
  const milliseconds time = Minutes(knowledge_.model.background_minutes);
  const std::vector<language::Argument> app = {{"app", AppTitle()},
                                               {"minutes", static_cast<std::int64_t>(time / 1min)}};
  if (!background) {
    only_open_ = true;
    const std::string text = Say(kFixSays.gone_in_background, app);
    face_.Tell(text);
    so_far_.said.push_back({.id = std::string(kOnlyOpen),
                            .value = true,
                            .source = evidence::SourceKind::kPhone,
                            .text = text});
    return false;
  }
  outcome_.background = *background;
  Reached(end, by, Say(WorksWords(*background), app), std::move(proof));
  return true;
}

std::optional<RepairOutcome::Background> RepairSitting::LookInBackground() {
  const milliseconds time = Minutes(knowledge_.model.background_minutes);
  if (!app_open_ || time.count() <= 0) return Background::kNotAsked;
  const BackgroundLook look{.app = AppTitle(), .time = time};
  const Reply reply = request_.can_ask ? face_.OfferBackground(look) : Reply::kYes;
  enough_ = reply == Reply::kStop;
  if (reply != Reply::kYes) return Background::kNotLooked;
  if (const auto why = repair::PressHome(At(outcome_.repair), untested_.back()->id)) {
    face_.Tell(*why);
    return Background::kNotLooked;
  }
  app_open_ = false;
  face_.Tell(Say(kFixSays.to_background,
                 {{"app", look.app}, {"minutes", static_cast<std::int64_t>(time / 1min)}}));
  return WatchInBackground(time);
}

// A link that goes once and comes back at once may be chance: then the time begins anew.
std::optional<RepairOutcome::Background> RepairSitting::WatchInBackground(milliseconds time) {
  // From now on, so that a sync that is seen was one in the background.
  const bool fresh = goal_->Begin().has_value();
  milliseconds until = clock_->Now() + time;
  milliseconds gone_since{0};
  bool gone = false, went_once = false;
  while (true) {
    const GoalSeen seen = goal_->Look();
    const milliseconds now = clock_->Now();
    if (seen.answered && !seen.link) {
      if (!gone) {
        if (went_once) return std::nullopt;
        gone = went_once = true;
        gone_since = now;
      }
      if (now - gone_since >= kComesBack) return std::nullopt;
      until = std::max(until, now + time);
    } else if (seen.answered) {
      gone = false;
    }
    const milliseconds left = until - now;
    if (left.count() <= 0 && !seen.answered) return Background::kNotLooked;
    if (left.count() <= 0) return fresh && seen.synced() ? Background::kSynced : Background::kStood;
    if (!face_.WatchingBackground(seen, left)) return Background::kNotLooked;
    if (!clock_->Wait(std::min(left, kLookBehind))) return Background::kNotLooked;
  }
}

void RepairSitting::Reached(End end, ProvedBy by, std::string sentence, std::string proof) {
  outcome_.proof = std::move(proof);
  outcome_.proved_by = by;
  for (StepRun& run : outcome_.runs)
    for (const troubleshoot::Fix* fix : untested_) run.cured = run.cured || run.fix == fix->id;
  EndWith(end, std::move(sentence));
}

}  // namespace bk::app
