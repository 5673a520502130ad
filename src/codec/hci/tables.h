// Names and least sizes of commands and events: one look-up before any decoder runs.
#pragma once

#include <cstdint>
#include <string_view>

namespace bk::codec::hci {

struct PacketInfo {
  std::uint16_t code = 0;
  std::string_view name;      // "LE Create Connection"
  std::uint8_t size_min = 0;  // of the parameters (after the length byte; after the subevent code)
};

// Null when the number is not in the table (newer, vendor's, or damage).
const PacketInfo* FindCommand(std::uint16_t opcode);
const PacketInfo* FindEvent(std::uint8_t code);
const PacketInfo* FindLeEvent(std::uint8_t subevent);

}  // namespace bk::codec::hci
