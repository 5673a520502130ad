// What the messages of this room have in common: lengths of time, ends of conversations and what a
// session is at, in a language.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "companion/band_session.h"
#include "language/language.h"

namespace bk::app {

// "right", "2 h slow": of a band's clock, seconds ahead of this computer's.
std::string ClockInWords(std::int64_t ahead_s, const language::Language& language);
// "40 minutes", "2.5 hours", "7.0 days".
std::string MinutesInWords(const language::Language& language, std::size_t minutes);
// "40 s", "12 min", "2.5 h", "3.1 days".
std::string HowLong(const language::Language& language, std::int64_t seconds);
// "2024-07-01 11:34 UTC"
std::string MinuteInWords(const language::Language& language, std::int64_t minute);

// A clause without a full stop: "the band did not answer the command". English is the companion's
// own; other languages say what kind of end it was.
std::string WhyClause(const companion::Outcome& outcome, const language::Language& language);
// What a session is at; empty: nothing worth saying.
std::string NoteInWords(const companion::SessionNote& note, const language::Language& language);
// What went wrong on the way to the band, and what to do: one or two sentences.
std::string WhyNotReached(const std::optional<companion::Outcome>& failure,
                          const std::vector<companion::SessionNote>& notes,
                          const language::Language& language);

// Firmware, hardware, battery and clock, each with its name.
std::vector<std::pair<std::string, std::string>> InfoInWords(const companion::BandInfo& info,
                                                             const language::Language& language);

}  // namespace bk::app
