#include "app/band/ledger.h"

#include <algorithm>
#include <tuple>

#include "app/band/ledger_messages.h"
#include "app/band/words.h"
#include "codec/miband/activity.h"

namespace bk::app {
namespace {

using Json = nlohmann::ordered_json;
using Why = LedgerGap::Why;

constexpr std::size_t kJsonMax = 1'000;
constexpr std::size_t kSentencesMax = 5;
constexpr std::int64_t kFar = std::int64_t{1} << 40;

// Stretches that neither are stored nor have a reason, between the first and the last minute.
void AddLost(Ledger& ledger) {
  std::vector<ports::MinuteRange> known = ledger.stored;
  for (const LedgerGap& gap : ledger.gaps) known.push_back({gap.from, gap.to});
  std::ranges::sort(known, {}, &ports::MinuteRange::from);
  std::int64_t until = ledger.first;
  for (const ports::MinuteRange& range : known) {
    if (range.from >= ledger.next) break;
    if (range.from > until) ledger.gaps.push_back({until, range.from, Why::kLost});
    until = std::max(until, range.to);
  }
}

// Of a wrong clock's stretch only what is not stored, and nothing that is still to come.
void AddGap(const ports::MinuteGap& gap, Ledger& ledger) {
  if (gap.why != ports::MinuteGap::Why::kClockWrong) {
    ledger.gaps.push_back({gap.from, gap.to, WhyOf(gap.why)});
    return;
  }
  std::int64_t from = gap.from;
  for (const ports::MinuteRange& stored : ledger.stored) {
    if (stored.to <= from) continue;
    if (stored.from >= gap.to) {
      ledger.gaps.push_back({from, gap.to, Why::kClockWrong});
      return;
    }
    if (stored.from > from) ledger.gaps.push_back({from, stored.from, Why::kClockWrong});
    from = stored.to;
    if (from >= gap.to) return;
  }
}

bool IsOffWrist(const ports::BandMinute& minute) {
  codec::miband::ActivitySample sample;
  sample.kind = minute.kind;
  return codec::miband::KindOf(sample) == codec::miband::ActivityKind::kNotWorn;
}
// Two kinds say that it is as the minute before. With a second classification in the high nibble,
// as a person at a desk gets it, or with steps, it is a minute of its own.
bool IsAsBefore(const ports::BandMinute& minute) {
  using codec::miband::ActivityKind;
  return minute.steps == 0 && (minute.kind == static_cast<std::uint8_t>(ActivityKind::kNoChange) ||
                               minute.kind == static_cast<std::uint8_t>(ActivityKind::kIgnore));
}

Status AddNotWorn(ports::BandStore& store, Address band, Ledger& ledger) {
  LedgerGap run{0, 0, Why::kNotWorn};
  const auto end_run = [&] {
    if (run.to - run.from >= kShortestNotWorn) ledger.gaps.push_back(run);
    run.from = run.to = 0;
  };
  bool off_wrist = false;
  std::int64_t last = -kFar;
  const Status read = store.ForEach(band, {-kFar, kFar}, [&](const ports::BandMinute& minute) {
    if (minute.minute != last + 1) off_wrist = false;
    if (!IsAsBefore(minute)) off_wrist = IsOffWrist(minute);
    last = minute.minute;
    if (!off_wrist) {
      end_run();
      return true;
    }
    ++ledger.not_worn;
    if (minute.minute != run.to) end_run();
    if (run.from == run.to) run.from = minute.minute;
    run.to = minute.minute + 1;
    return true;
  });
  end_run();
  return read;
}

}  // namespace

Why WhyOf(ports::MinuteGap::Why why) {
  switch (why) {
    case ports::MinuteGap::Why::kOff:
      break;
    case ports::MinuteGap::Why::kOverwritten:
      return Why::kOverwritten;
    case ports::MinuteGap::Why::kClockWrong:
      return Why::kClockWrong;
  }
  return Why::kOff;
}

std::string_view GapName(Why why) {
  switch (why) {
    case Why::kOff:
      return "off";
    case Why::kOverwritten:
      return "overwritten";
    case Why::kClockWrong:
      return "clock_wrong";
    case Why::kNotWorn:
      return "not_worn";
    case Why::kLost:
      break;
  }
  return "lost";
}

Result<Ledger> LedgerOf(ports::BandStore& store, Address band) {
  Ledger ledger;
  BK_TRY(ledger.stored, store.Stored(band));
  BK_TRY(const auto gaps, store.Gaps(band));
  for (const ports::MinuteRange& range : ledger.stored) ledger.minutes += range.to - range.from;
  for (const ports::MinuteGap& gap : gaps) AddGap(gap, ledger);
  if (!ledger.stored.empty()) {
    ledger.first = ledger.stored.front().from;
    ledger.next = ledger.stored.back().to;
    AddLost(ledger);
  }
  if (Status read = AddNotWorn(store, band, ledger); !read)
    return std::unexpected(std::move(read).error());
  std::ranges::sort(ledger.gaps, [](const LedgerGap& a, const LedgerGap& b) {
    return std::tie(a.from, a.to) < std::tie(b.from, b.to);
  });
  return ledger;
}

std::string GapInWords(const LedgerGap& gap, const language::Language& language) {
  const language::Message* why = &kLedgerSays.lost;
  if (gap.why == Why::kOff) why = &kLedgerSays.off;
  if (gap.why == Why::kOverwritten) why = &kLedgerSays.overwritten;
  if (gap.why == Why::kClockWrong) why = &kLedgerSays.clock_wrong;
  if (gap.why == Why::kNotWorn) why = &kLedgerSays.not_worn;
  return language.Say(
      kLedgerSays.gap,
      {{"from", MinuteInWords(language, gap.from)},
       {"to", MinuteInWords(language, gap.to)},
       {"time", MinutesInWords(language, static_cast<std::size_t>(gap.to - gap.from))},
       {"why", language.Say(*why)}});
}

std::vector<std::string> LedgerInWords(const Ledger& ledger, const language::Language& language) {
  if (ledger.stored.empty()) return {language.Say(kLedgerSays.nothing)};
  std::vector<std::string> sentences = {
      language.Say(kLedgerSays.stored,
                   {{"minutes", MinutesInWords(language, static_cast<std::size_t>(ledger.minutes))},
                    {"from", MinuteInWords(language, ledger.first)},
                    {"to", MinuteInWords(language, ledger.next)}})};
  std::vector<const LedgerGap*> told;
  // What was there before the band was first asked is no news.
  for (const LedgerGap& gap : ledger.gaps)
    if (gap.why != Why::kOverwritten) told.push_back(&gap);
  if (told.empty()) {
    sentences.push_back(language.Say(kLedgerSays.whole));
    return sentences;
  }
  const std::size_t left_out = told.size() - std::min(told.size(), kSentencesMax);
  if (left_out > 0) sentences.push_back(language.Say(kLedgerSays.earlier, {{"count", left_out}}));
  for (std::size_t i = left_out; i < told.size(); ++i)
    sentences.push_back(GapInWords(*told[i], language));
  return sentences;
}

Json LedgerJson(const Ledger& ledger) {
  Json stored = Json::array(), gaps = Json::array();
  const auto latest = [](const auto& list) {
    return list.size() - std::min(list.size(), kJsonMax);
  };
  for (std::size_t i = latest(ledger.stored); i < ledger.stored.size(); ++i)
    stored.push_back({ledger.stored[i].from, ledger.stored[i].to});
  for (std::size_t i = latest(ledger.gaps); i < ledger.gaps.size(); ++i)
    gaps.push_back({{"from_minute", ledger.gaps[i].from},
                    {"to_minute", ledger.gaps[i].to},
                    {"why", GapName(ledger.gaps[i].why)}});
  const bool none = ledger.stored.empty();
  return {{"minutes", ledger.minutes},
          {"not_worn", ledger.not_worn},
          {"first_minute", none ? Json() : Json(ledger.first)},
          {"next_minute", none ? Json() : Json(ledger.next)},
          {"stored", std::move(stored)},
          {"gaps", std::move(gaps)}};
}

}  // namespace bk::app
