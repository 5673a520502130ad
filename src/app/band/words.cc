#include "app/band/words.h"

#include <algorithm>
#include <cstdlib>

#include "app/band/messages.h"
#include "base/instant.h"

namespace bk::app {
namespace {

using companion::Outcome;
using companion::SessionNote;
using language::Language;
using Kind = SessionNote::Kind;

// With one decimal, rounded as printf does it.
std::string Decimal(const Language& language, std::int64_t number, std::int64_t of) {
  const std::int64_t tenths = (number * 10 + of / 2) / of;
  return language.Say(kMinutesSays.decimal, {{"whole", tenths / 10}, {"tenths", tenths % 10}});
}

}  // namespace

std::string ClockInWords(std::int64_t ahead_s, const Language& language) {
  constexpr std::int64_t kRight = 5;
  const std::int64_t off = std::llabs(ahead_s);
  if (off <= kRight) return language.Say(kInfoSays.right);
  const std::string time =
      off < 120    ? language.Say(kMinutesSays.s, {{"count", off}})
      : off < 7200 ? language.Say(kMinutesSays.min, {{"count", off / 60}})
                   : language.Say(kMinutesSays.h, {{"number", std::to_string(off / 3600)}});
  return language.Say(ahead_s > 0 ? kInfoSays.fast : kInfoSays.slow, {{"time", time}});
}

std::string MinutesInWords(const Language& language, std::size_t minutes) {
  const auto count = static_cast<std::int64_t>(minutes);
  if (minutes < 120) return language.Say(kMinutesSays.minutes, {{"count", count}});
  if (minutes < 48 * 60)
    return language.Say(kMinutesSays.hours, {{"number", Decimal(language, count, 60)}});
  return language.Say(kMinutesSays.days, {{"number", Decimal(language, count, 1440)}});
}

std::string HowLong(const Language& language, std::int64_t seconds) {
  if (seconds < 120) return language.Say(kMinutesSays.s, {{"count", seconds}});
  if (seconds < 2 * 3600) return language.Say(kMinutesSays.min, {{"count", seconds / 60}});
  if (seconds < 48 * 3600)
    return language.Say(kMinutesSays.h, {{"number", Decimal(language, seconds, 3600)}});
  return language.Say(kMinutesSays.days, {{"number", Decimal(language, seconds, 86400)}});
}

std::string MinuteInWords(const Language& language, std::int64_t minute) {
  return language.Say(kMinutesSays.utc,
                      {{"time", FormatInstant(WallTime{minute * 60'000'000}).substr(0, 16)}});
}

std::string WhyClause(const Outcome& outcome, const Language& language) {
  if (language.IsEnglish()) return outcome.text;
  switch (outcome.end) {
    case Outcome::End::kRefused:
      return language.Say(kWaySays.refused, {{"status", outcome.status}});
    case Outcome::End::kGarbled:
      return language.Say(kWaySays.garbled);
    case Outcome::End::kLinkLost:
      return language.Say(kWaySays.link_lost);
    case Outcome::End::kDone:
    case Outcome::End::kNoAnswer:
    case Outcome::End::kStopped:
      break;
  }
  return language.Say(kWaySays.no_answer);
}

std::string NoteInWords(const SessionNote& note, const Language& language) {
  switch (note.kind) {
    case Kind::kConnecting:
      return language.Say(kWaySays.connecting);
    case Kind::kLinkUp:
      return language.Say(kWaySays.link_up);
    case Kind::kDiscovered:
      return language.Say(kWaySays.discovered);
    case Kind::kAuthenticated:
      return language.Say(kWaySays.authenticated);
    case Kind::kReady:
      return language.Say(kWaySays.ready);
    case Kind::kFailed:
    case Kind::kLost:
      return language.Say(kWaySays.lost);
    case Kind::kPausing:
      return note.pause.count() == 0
                 ? ""
                 : language.Say(kWaySays.pausing,
                                {{"seconds", (note.pause.count() + 500'000) / 1'000'000}});
    case Kind::kNotHeard:
      return language.Say(kWaySays.not_heard);
    case Kind::kHeard:
      return language.Say(note.connectable == false ? kWaySays.held : kWaySays.heard);
    case Kind::kAdapter:
      return note.text.empty() ? language.Say(kWaySays.adapter_back) : note.text;
    case Kind::kGivenUp:
      break;
  }
  return "";
}

std::string WhyNotReached(const std::optional<Outcome>& failure,
                          const std::vector<SessionNote>& notes, const Language& language) {
  const auto last_of = [&](Kind kind) -> const SessionNote* {
    const auto found = std::find_if(notes.rbegin(), notes.rend(),
                                    [&](const SessionNote& note) { return note.kind == kind; });
    return found == notes.rend() ? nullptr : &*found;
  };
  if (const SessionNote* adapter = last_of(Kind::kAdapter);
      adapter != nullptr && !adapter->text.empty())
    return adapter->text;
  if (failure && companion::Authenticate::KeyIsWrong(*failure))
    return language.Say(kWaySays.other_key);
  if (const SessionNote* heard = last_of(Kind::kHeard);
      heard != nullptr && heard->connectable == false)
    return language.Say(kWaySays.held_by);
  if (last_of(Kind::kNotHeard) != nullptr) return language.Say(kWaySays.unheard);
  if (failure) return language.Say(kWaySays.not_used, {{"why", WhyClause(*failure, language)}});
  return language.Say(kWaySays.not_reached);
}

std::vector<std::pair<std::string, std::string>> InfoInWords(const companion::BandInfo& info,
                                                             const Language& language) {
  constexpr std::int64_t kRight = 5;
  std::vector<std::pair<std::string, std::string>> lines;
  const auto line = [&](const Message& name, std::string value) {
    lines.emplace_back(language.Say(name), std::move(value));
  };
  const std::string not_told = language.Say(kInfoSays.not_told);
  line(kInfoSays.firmware, info.firmware.empty() ? not_told : info.firmware);
  line(kInfoSays.hardware, info.hardware.empty() ? not_told : info.hardware);
  if (info.battery)
    line(kInfoSays.battery,
         language.Say(info.battery->charging ? kInfoSays.charging : kInfoSays.percent,
                      {{"percent", info.battery->percent}}));
  if (info.clock_ahead_s) {
    std::string clock = ClockInWords(*info.clock_ahead_s, language);
    if (info.clock_set && std::llabs(*info.clock_ahead_s) > kRight)
      clock = language.Say(kInfoSays.set_now, {{"clock", clock}});
    line(kInfoSays.clock, std::move(clock));
  }
  return lines;
}

}  // namespace bk::app
