// Status and reason codes (Core Specification Vol 1 Part F), and what they mean to the owner of a
// band. Source of the meanings: Android's and BlueZ's behaviour (docs/reading-captures.md).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace bk::codec::hci {

enum class ReasonSide : std::uint8_t { kPhone, kPeer, kUnknown };

struct ReasonInfo {
  std::uint8_t code = 0;
  std::string_view name;  // the specification's: "Remote User Terminated Connection"
  ReasonSide side = ReasonSide::kUnknown;  // who ended a link that ended with it
  std::string_view meaning;  // one clause for an owner; empty where there is nothing to say
};

// Never fails: an unassigned code has the name "Unassigned".
const ReasonInfo& FindReason(std::uint8_t code);

// "0x13 Remote User Terminated Connection"
std::string FormatReason(std::uint8_t code);

}  // namespace bk::codec::hci
