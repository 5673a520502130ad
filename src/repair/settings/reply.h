// Judges what a phone answered. Programs of Android's shell end with 0 on many failures, so the
// text decides, on both streams.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ports/phone.h"
#include "repair/setting.h"

namespace bk::repair {

// The first 200 bytes of a phone's text on one line, without control characters.
std::string Printable(std::string_view text);

// Why nothing can be known of a command's end, unless it ran.
std::optional<Refusal> NoAnswer(const PhoneTraits& traits, const ports::PhoneAnswer& answer);

// The refusal in the words of a short answer: of a command that writes, reads one value, opens a
// page or starts an app (`am start` and `monkey` end with 0 whatever happened). A command that
// ended badly without words that are known is kUnclear. nullopt: none.
std::optional<Refusal> RefusalInReply(const PhoneTraits& traits, const ports::PhoneAnswer& answer);

// The same for a dump, whose own text may hold any words: only what stands before it counts.
std::optional<Refusal> RefusalInDump(const PhoneTraits& traits, const ports::PhoneAnswer& answer);

}  // namespace bk::repair
