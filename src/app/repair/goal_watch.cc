#include "app/repair/goal_watch.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "android/report.h"
#include "app/repair/messages.h"
#include "base/shell_quote.h"
#include "base/text.h"

namespace bk::app {
namespace {

using android::log::FactKind;
using android::log::LogFact;
using ports::PhoneAnswer;
using ports::PhoneCommand;
using By = GoalSeen::By;

constexpr std::chrono::milliseconds kTimeOut{10'000};
constexpr std::size_t kBytesMax = std::size_t{8} * 1024 * 1024;
constexpr std::string_view kLogcat = "logcat -d -v threadtime -v uid -b main,system";
constexpr std::int64_t kSecondUs = 1'000'000;
constexpr std::int64_t kGivenUpUs = kFetchGivenUp.count() * 1'000;
constexpr std::int64_t kRightAfterUs = 2 * kSecondUs;  // to the next round of the same sync
constexpr std::int64_t kBackUs = 3600 * kSecondUs;

bool Digits(std::string_view text, std::string_view shape) {
  return text.size() == shape.size() && std::ranges::equal(text, shape, [](char c, char s) {
           return s == '0' ? c >= '0' && c <= '9' : c == s;
         });
}

// One app's rounds of fetching, as its lines come in.
class Rounds {
 public:
  // True: with this line a round is known to have come to its end.
  bool Ended(const LogFact& fact) {
    const bool opens = fact.kind == FactKind::kFetchOpened;
    const std::int64_t passed = fact.at.us - last_.us;
    const bool known = last_.known() && last_.clock == fact.at.clock && passed >= 0;
    bool ended = false;
    if (opens)
      ended = known && closed_ && passed <= kRightAfterUs;
    else if (open_)
      ended = known && passed < kGivenUpUs;
    closed_ = !opens && open_;
    open_ = opens;
    last_ = fact.at;
    return ended;
  }

 private:
  bool open_ = false;    // it listens
  bool closed_ = false;  // it has just stopped, and was seen to begin
  AnyInstant last_;
};

}  // namespace

GoalWatch::GoalWatch(ports::Phone& phone, const ports::PatternCompiler& patterns,
                     std::span<const evidence::CompanionApp> apps, GoalOf of)
    : phone_(phone), patterns_(patterns), apps_(apps), of_(std::move(of)) {
  if (of_.title.empty()) of_.title = of_.companion;
}

std::string GoalWatch::Say(const language::Message& message,
                           const std::vector<language::Argument>& arguments) const {
  static const language::Language kEnglish;
  return (of_.language == nullptr ? kEnglish : *of_.language).Say(message, arguments);
}

Status GoalWatch::Begin(std::chrono::seconds before) {
  const PhoneAnswer answer =
      phone_.Run({.line = "date '+%m-%d %H:%M:%S'", .time_out = kTimeOut, .bytes_max = 1024});
  std::string_view now = Trim(std::string_view(answer.out).substr(0, answer.out.find('\n')));
  if (!answer.ran() || !Digits(now, "00-00 00:00:00"))
    return Fail(
        answer.end == PhoneAnswer::End::kStopped ? ErrorCode::kStopped : ErrorCode::kNotReadable,
        Say(kGoalSays.clock_untold));
  const auto two = [&](std::size_t at) { return (now[at] - '0') * 10 + (now[at + 1] - '0'); };
  // Any leap year will do: only the month and the day come back out of it.
  const CivilTime from = CivilFromMicros(MicrosFromCivil({.year = 2000,
                                                          .month = two(0),
                                                          .day = two(3),
                                                          .hour = two(6),
                                                          .minute = two(9),
                                                          .second = two(12),
                                                          .micros = 0}) -
                                         before.count() * kSecondUs);
  since_ = fmt::format("{:02}-{:02} {:02}:{:02}:{:02}.000", from.month, from.day, from.hour,
                       from.minute, from.second);
  return {};
}

GoalSeen GoalWatch::Look() {
  return Read(fmt::format("{} -T {}", kLogcat, ShellQuote(since_)), false);
}

GoalSeen GoalWatch::LookBack() { return Read(std::string(kLogcat), true); }

GoalSeen GoalWatch::Read(const std::string& logcat, bool back) {
  const std::array<PhoneCommand, 2> commands = {
      PhoneCommand{
          .line = "dumpsys bluetooth_manager", .time_out = kTimeOut, .bytes_max = kBytesMax},
      PhoneCommand{.line = logcat, .time_out = kTimeOut, .bytes_max = kBytesMax}};
  const std::vector<PhoneAnswer> answers = phone_.Run(commands);
  GoalSeen seen;
  if (answers.size() != commands.size() || !answers[0].ran()) return seen;
  seen.answered = true;
  android::ReportReader reader(patterns_, apps_);
  reader.AddOutput(commands[0].line, AsBytes(answers[0].out), phone_.serial());
  reader.AddOutput("logcat -d -v threadtime", AsBytes(answers[1].out), phone_.serial());
  const android::PhoneState state = std::move(reader).Finish();

  const evidence::BandId& band = of_.band;
  const bool known = band.address || !band.masked_address.empty();
  const auto of_companion = [&](std::string_view package) {
    if (!of_.companion.empty()) return package == of_.companion;
    return std::ranges::any_of(apps_, [&](const evidence::CompanionApp& app) {
      return app.speaks_to_band4 && std::ranges::count(app.packages, package) > 0;
    });
  };
  AnyInstant link_since;
  for (const android::AppRadioUse& app : state.bluetooth.apps)
    for (const android::GattConnection& connection : app.connections)
      if (app.map == android::MapKind::kClient && of_companion(app.package) &&
          (!known || band.MayBe(connection.address))) {
        seen.link = true;
        seen.link_text =
            Say(kGoalSays.holds, {{"app", app.package == of_.companion ? of_.title : app.package}});
        link_since = connection.since;
      }
  for (const android::OpenLink& link : state.bluetooth.open_links)
    if (!seen.link && known && link.le != false && band.MayBe(link.address)) {
      seen.link = true;
      seen.link_text = Say(kGoalSays.connected);
    }

  const auto counts = [&](const LogFact& fact) {
    if (!back) return true;
    if (link_since.known() && link_since.clock == fact.at.clock) return fact.at.us >= link_since.us;
    return fact.at.clock == state.log.last.clock && fact.at.us >= state.log.last.us - kBackUs;
  };
  // A line of Android in the app's process tells the app by its uid alone.
  const auto theirs = [&](const LogFact& fact) {
    if (!fact.package.empty()) return of_companion(fact.package);
    return of_.companion_uid < 0 || fact.uid < 0 || fact.uid == of_.companion_uid;
  };
  Rounds rounds;
  for (const LogFact& fact : state.log.facts) {
    if (!counts(fact)) continue;
    if (fact.kind == FactKind::kSyncCompleted &&
        (fact.package.empty() || of_companion(fact.package))) {
      seen.synced_by = By::kLog;
      seen.sync_at = fact.at;
      seen.sync_text = Say(kGoalSays.sync_ended, {{"time", FormatInstant(fact.at)}});
    }
    const bool fetch = fact.kind == FactKind::kFetchOpened || fact.kind == FactKind::kFetchClosed;
    if (!fetch || !theirs(fact) || !rounds.Ended(fact) || seen.synced_by == By::kLog) continue;
    seen.synced_by = By::kTraffic;
    seen.sync_at = fact.at;
    seen.sync_text = Say(kGoalSays.fetched, {{"time", FormatInstant(fact.at)}});
  }
  return seen;
}

}  // namespace bk::app
