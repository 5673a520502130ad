// Why the companion's process ended (Android 11 and later).
#include <fmt/format.h>

#include <algorithm>

#include "android/system/findings_parts.h"
#include "base/text.h"

namespace bk::android::system {
namespace id = evidence::id;
namespace {

// What ended longer ago says little of the trouble at hand.
constexpr std::int64_t kFreshUs = 14LL * 86'400 * 1'000'000;
// The clock of the dump and that of the exits are one; a report takes minutes to write.
constexpr std::int64_t kLaterUs = 3'600LL * 1'000'000;

enum class Kind : std::uint8_t { kOther, kByPerson, kKilled, kCrashed };

Kind KindOf(const ExitFact& exit) {
  switch (exit.reason) {
    case 2:   // SIGNALED: from outside, by no part of Android that says so
    case 3:   // LOW MEMORY
    case 9:   // EXCESSIVE RESOURCE USAGE
    case 14:  // FREEZER
      return Kind::kKilled;
    case 4:  // CRASH
    case 5:  // CRASH(NATIVE)
    case 6:  // ANR
      return Kind::kCrashed;
    case 10:  // USER REQUESTED: force stop, swiped away, stopped in the settings
      if (exit.subreason >= 21 && exit.subreason <= 23) return Kind::kByPerson;
      if (exit.subreason == 24) return Kind::kKilled;  // a cleaner that asked Android to
      // Before Android 14 only the words tell.
      return exit.subreason == 0 && (exit.description.starts_with("stop ") ||
                                     exit.description.starts_with("remove task"))
                 ? Kind::kByPerson
                 : Kind::kOther;
    case 13:  // OTHER KILLS BY SYSTEM
      switch (exit.subreason) {
        case 1:   // waits for a debugger
        case 2:   // too many cached, and the next: every phone trims these all day
        case 3:   // too many empty
        case 4:   // trim empty
        case 5:   // large cached
        case 8:   // system update done
        case 16:  // remove from the list of the least recently used
        case 17:  // isolated process not needed
        case 25:  // package update
        case 27:  // SDK sandbox
        case 28:
          return Kind::kOther;
        case 0:
          return exit.description.empty() ? Kind::kOther : Kind::kKilled;
        default:
          return Kind::kKilled;
      }
    default:
      return Kind::kOther;
  }
}

std::string Words(const ExitFact& exit) {
  std::string text =
      exit.reason_name.empty() ? fmt::format("reason {}", exit.reason) : exit.reason_name;
  if (exit.subreason != 0)
    text += exit.subreason_name.empty() ? fmt::format(", sub-reason {}", exit.subreason)
                                        : ", " + exit.subreason_name;
  constexpr std::size_t kDescriptionMax = 160;
  if (!exit.description.empty() && exit.description.size() <= kDescriptionMax)
    text += ": \"" + exit.description + "\"";
  return text;
}

// When the phone was asked. A live phone's output does not say: then the newest exit of any app.
std::optional<WallTime> Now(const SystemState& state) {
  if (state.report.time) return state.report.time->value;
  std::optional<WallTime> newest;
  for (const auto& [name, facts] : state.apps)
    for (const ExitFact& exit : facts.exits)
      if (exit.at && (!newest || *newest < *exit.at)) newest = exit.at;
  return newest;
}

struct Tally {
  int count = 0;
  const ExitFact* last = nullptr;
};

void TellKind(Teller& teller, const Companion& companion, const Tally& tally, std::string_view id,
              std::string_view verb, std::string_view none) {
  const std::string& title = companion.app->title;
  if (tally.last == nullptr) {
    const bool has = companion.facts != nullptr && !companion.facts->exits.empty();
    teller.Tell(id, false,
                has ? companion.facts->exits.front().place : teller.state.StartOf("activity"),
                fmt::format("{} {} in the fourteen days before.", title, none));
    return;
  }
  teller.Tell(
      id, true, tally.last->place,
      fmt::format("{} {} {} in the fourteen days before, last {} ({}).", title, verb,
                  tally.count == 1 ? std::string("once") : fmt::format("{} times", tally.count),
                  Minute(*tally.last->at), Words(*tally.last)));
}

}  // namespace

void TellExits(Teller& teller, const Companion& companion) {
  const SystemState& state = teller.state;
  const bool has = companion.facts != nullptr && !companion.facts->exits.empty();
  if (!state.saw_exits && !has) return;
  const auto now = Now(state);
  Tally killed, crashed;
  bool undated = false;
  if (has) {
    for (const ExitFact& exit : companion.facts->exits) {
      if (exit.user != companion.user) continue;
      if (!exit.at || !now) {
        undated = true;
        continue;
      }
      if (*now - *exit.at > kFreshUs || *exit.at - *now > kLaterUs) continue;
      const Kind kind = KindOf(exit);
      const std::string_view how = kind == Kind::kKilled     ? " was ended: "
                                   : kind == Kind::kCrashed  ? " crashed: "
                                   : kind == Kind::kByPerson ? " was stopped by hand: "
                                                             : " ended: ";
      teller.AddEvent(*exit.at, "process_death", exit.place,
                      companion.app->title + std::string(how) + Words(exit));
      Tally* tally = kind == Kind::kKilled ? &killed : kind == Kind::kCrashed ? &crashed : nullptr;
      if (tally == nullptr) continue;
      ++tally->count;
      if (tally->last == nullptr || *tally->last->at < *exit.at) tally->last = &exit;
    }
  }
  // What has no time may be new: then "not seen" cannot be said.
  if (killed.last != nullptr || !undated)
    TellKind(teller, companion, killed, id::kCompanionKilled,
             "was ended by the system or a cleaner", "was not ended by the system");
  if (crashed.last != nullptr || !undated)
    TellKind(teller, companion, crashed, id::kCompanionCrashed, "crashed", "did not crash");
}

}  // namespace bk::android::system
