// The minute ledger of a band: which minutes are stored, which are not and why.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "language/language.h"
#include "ports/band_store.h"

namespace bk::app {

struct LedgerGap {
  enum class Why : std::uint8_t {
    kOff,          // the band recorded nothing: switched off, empty or restarting
    kOverwritten,  // older than what it had when it was first asked
    kClockWrong,   // its clock was set over them: it recorded at another time, or not
    kNotWorn,      // recorded and stored, but the band lay somewhere
    kLost,         // between the first and the last minute, and nothing says why
  };
  std::int64_t from = 0, to = 0;  // minutes since 1970 in UTC, `to` exclusive
  Why why = Why::kOff;
  friend bool operator==(const LedgerGap&, const LedgerGap&) = default;
};
LedgerGap::Why WhyOf(ports::MinuteGap::Why why);
std::string_view GapName(
    LedgerGap::Why why);  // "off", "overwritten", "clock_wrong", "not_worn", "lost"

struct Ledger {
  std::int64_t minutes = 0;          // stored
  std::int64_t not_worn = 0;         // of them
  std::int64_t first = 0, next = 0;  // both 0 when nothing is stored
  std::vector<ports::MinuteRange> stored;
  // In order of time. Shorter than kShortestNotWorn the band was off the wrist is no gap.
  std::vector<LedgerGap> gaps;
};
inline constexpr std::int64_t kShortestNotWorn = 10;

Result<Ledger> LedgerOf(ports::BandStore& store, Address band);

// "kOff: from .. to", or what a person reads of it.
std::string GapInWords(const LedgerGap& gap, const language::Language& language);
// What is stored, then the latest gaps; a sentence each.
std::vector<std::string> LedgerInWords(const Ledger& ledger, const language::Language& language);
// {minutes, not_worn, first_minute, next_minute, stored: [[from, to]], gaps: [{from_minute,
// to_minute, why}]}, the latest 1,000 of each; first and next null when nothing is stored.
nlohmann::ordered_json LedgerJson(const Ledger& ledger);

}  // namespace bk::app
