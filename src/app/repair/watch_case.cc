#include "app/repair/watch_case.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>

#include "app/evidence_json.h"
#include "app/phone/open_phone.h"
#include "app/repair/goal_watch.h"
#include "app/repair/messages.h"
#include "app/repair/phone_diagnosis.h"
#include "app/repair/repair_guard.h"
#include "app/repair/repair_hints.h"

namespace bk::app {
namespace {

using std::chrono::milliseconds;
using Kind = WatchEvent::Kind;

constexpr milliseconds kLookEvery{15'000};
constexpr milliseconds kPhoneBack{60'000};
constexpr std::chrono::seconds kOverlap{45};
constexpr milliseconds kOneSync{30'000};
constexpr const WatchMessages& kSays = kWatchSays;

// "40 s", "12 min", "2 h", "2 h 5 min"
std::string Lasted(const language::Language& language, milliseconds time) {
  const auto seconds = time.count() / 1000;
  if (seconds < 90) return language.Say(kSays.seconds, {{"count", seconds}});
  const auto minutes = (seconds + 30) / 60;
  if (minutes < 60) return language.Say(kSays.minutes, {{"count", minutes}});
  if (minutes % 60 == 0) return language.Say(kSays.hours, {{"count", minutes / 60}});
  return language.Say(kSays.hours_minutes, {{"hours", minutes / 60}, {"minutes", minutes % 60}});
}

class Watch {
 public:
  Watch(ports::Clock& clock, GoalWatch& goal, const language::Language& language,
        const std::function<void(const WatchEvent&)>& tell)
      : clock_(clock), goal_(goal), language_(language), tell_(tell) {}

  WatchOutcome Run(ports::Phone& phone, milliseconds time, const std::string& of,
                   const std::function<void(std::string_view)>& progress) {
    Tell(Kind::kBegun, language_.Say(kSays.begun, {{"of", of}, {"time", Lasted(language_, time)}}));
    const milliseconds until = clock_.Now() + time;
    milliseconds last = clock_.Now();
    (void)goal_.Begin();
    while (clock_.Now() < until && !clock_.stopped()) {
      const GoalSeen seen = goal_.Look();
      if (!seen.answered) {
        if (clock_.stopped()) break;
        if (!gone_) Tell(Kind::kPhoneGone, language_.Say(kSays.phone_gone));
        gone_ = true;
        if (phone.WaitUntilReady(kPhoneBack)) {
          gone_ = false;
          Tell(Kind::kPhoneBack, language_.Say(kSays.phone_back));
        }
        last = clock_.Now();
        continue;
      }
      // The next look begins a little before the end of this one: a round of fetching may be half
      // over. What is told twice is known by its time.
      (void)goal_.Begin(kOverlap);
      Count(seen, clock_.Now() - last);
      last = clock_.Now();
      if (progress)
        progress(language_.Say(linked_ ? kSays.up : kSays.down,
                               {{"drops", outcome_.drops}, {"syncs", outcome_.syncs}}));
      if (!clock_.Wait(std::min(kLookEvery, std::max(until - clock_.Now(), milliseconds(1)))))
        break;
    }
    outcome_.seconds = looked_.count() / 1000;
    outcome_.linked_seconds = linked_time_.count() / 1000;
    outcome_.linked_at_end = linked_;
    outcome_.stopped = clock_.stopped();
    outcome_.sentence = Sentence();
    return std::move(outcome_);
  }

 private:
  void Tell(Kind kind, std::string text) {
    constexpr std::size_t kEventsMax = 100'000;
    WatchEvent event{.kind = kind, .at = clock_.WallMillis(), .text = std::move(text)};
    tell_(event);
    if (outcome_.events.size() < kEventsMax) outcome_.events.push_back(std::move(event));
  }

  void Count(const GoalSeen& seen, milliseconds since) {
    looked_ += since;
    if (linked_ && seen.link) linked_time_ += since;
    if (dropped_at_) EndGap();
    if (seen.link && !linked_) {
      Tell(Kind::kLinkUp,
           dropped_at_ ? language_.Say(kSays.connected_again, {{"time", Lasted(language_, gap_)}})
                       : language_.Say(kSays.connected, {{"link", seen.link_text}}));
      dropped_at_.reset();
    }
    if (!seen.link && linked_) {
      ++outcome_.drops;
      dropped_at_ = clock_.Now();
      Tell(Kind::kDrop, language_.Say(kSays.dropped));
    }
    linked_ = seen.link;
    if (!seen.synced()) return;
    // A sync is several rounds, which end shortly one after the other.
    const bool same = last_sync_.known() && last_sync_.clock == seen.sync_at.clock &&
                      seen.sync_at.us - last_sync_.us < kOneSync.count() * 1'000;
    last_sync_ = seen.sync_at;
    if (same) return;
    ++outcome_.syncs;
    Tell(Kind::kSync, seen.sync_text);
  }

  void EndGap() {
    gap_ = clock_.Now() - *dropped_at_;
    outcome_.longest_gap_seconds = std::max(outcome_.longest_gap_seconds, gap_.count() / 1000);
  }

  [[nodiscard]] std::string Sentence() const {
    if (outcome_.seconds == 0) return language_.Say(kSays.too_short);
    const std::string time = Lasted(language_, std::chrono::seconds(outcome_.seconds));
    if (outcome_.linked_seconds == 0 && outcome_.drops == 0 && !linked_)
      return language_.Say(kSays.never, {{"time", time}});
    const std::string drops =
        outcome_.drops == 0
            ? language_.Say(kSays.no_drops)
            : language_.Say(kSays.drops,
                            {{"count", outcome_.drops},
                             {"time", Lasted(language_,
                                             std::chrono::seconds(outcome_.longest_gap_seconds))}});
    const std::string syncs = outcome_.syncs == 0
                                  ? language_.Say(kSays.no_syncs)
                                  : language_.Say(kSays.syncs, {{"count", outcome_.syncs}});
    std::string text =
        language_.Say(kSays.summary, {{"time", time},
                                      {"percent", 100 * outcome_.linked_seconds / outcome_.seconds},
                                      {"drops", drops},
                                      {"syncs", syncs}});
    if (!outcome_.linked_at_end) text = language_.Say(kSays.not_now, {{"text", text}});
    return text;
  }

  ports::Clock& clock_;
  GoalWatch& goal_;
  const language::Language& language_;
  const std::function<void(const WatchEvent&)>& tell_;
  WatchOutcome outcome_;
  milliseconds looked_{0}, linked_time_{0};
  bool linked_ = false, gone_ = false;
  std::optional<milliseconds> dropped_at_;  // since when it is without a link
  milliseconds gap_{0};
  AnyInstant last_sync_;
};

}  // namespace

Result<WatchOutcome> WatchPhone(const WatchRequest& request,
                                const troubleshoot::Knowledge& knowledge, const World& world,
                                const std::function<void(const WatchEvent&)>& tell) {
  if (const Status able = CanRepair(world, knowledge.language); !able)
    return std::unexpected(able.error());
  const auto clock = world.clock();
  BK_TRY(const auto phone, OpenPhone(*world.phones, request.serial, knowledge.language));
  BK_TRY(repair::PhoneTraits traits, repair::ReadTraits(*phone, &knowledge.language));
  BK_TRY(const Report report, DiagnosisOf(request.band, knowledge, world)(*phone, {}));
  const auto radio = ReadRadioUse(*phone, *world.patterns, knowledge.apps);
  std::string app;
  if (!request.app.empty()) {
    BK_TRY(app, CompanionNamed(request.app, traits, knowledge.apps));
  }
  const repair::WhoIsWho who =
      repair::FindWhoIsWho(*phone, traits, knowledge.apps, HintsOf(report, radio, std::move(app)));
  GoalWatch goal(*phone, *world.patterns, knowledge.apps,
                 GoalFor(report, traits, who.situation.companion));
  const std::string others = OthersText(ChoiceOf(who), traits);
  WatchOutcome outcome =
      Watch(*clock, goal, knowledge.language, tell)
          .Run(*phone, milliseconds(static_cast<std::int64_t>(request.hours * 3'600'000)),
               who.why + (others.empty() ? "" : " " + others), world.progress);
  outcome.companion = ChoiceOf(who);
  return outcome;
}

nlohmann::ordered_json ToJson(const WatchOutcome& outcome, Privacy& privacy) {
  constexpr std::array<std::string_view, 6> kKinds = {"begun", "link_up",    "drop",
                                                      "sync",  "phone_gone", "phone_back"};
  nlohmann::ordered_json events = nlohmann::ordered_json::array();
  for (const WatchEvent& event : outcome.events)
    events.push_back({{"at", event.at},
                      {"kind", kKinds[static_cast<std::size_t>(event.kind)]},
                      {"text", privacy.Scrub(ValidUtf8(event.text))}});
  return {{"schema", "bandkeeper.watch/1"},
          {"app", outcome.companion.package.empty()
                      ? nlohmann::ordered_json(nullptr)
                      : nlohmann::ordered_json(ValidUtf8(outcome.companion.package))},
          {"app_text", privacy.Scrub(ValidUtf8(outcome.companion.why))},
          {"seconds", outcome.seconds},
          {"linked_seconds", outcome.linked_seconds},
          {"drops", outcome.drops},
          {"longest_gap_seconds", outcome.longest_gap_seconds},
          {"syncs", outcome.syncs},
          {"linked_at_end", outcome.linked_at_end},
          {"stopped", outcome.stopped},
          {"text", privacy.Scrub(ValidUtf8(outcome.sentence))},
          {"events", std::move(events)}};
}

}  // namespace bk::app
