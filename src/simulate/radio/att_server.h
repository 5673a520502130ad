// The band's end of ATT: requests and commands as bytes to what a Peripheral does, answers as
// bytes. Discovery is answered from its table (Core, vol. 3 part F 3.4, part G 4).
#pragma once

#include <optional>
#include <vector>

#include "simulate/radio/peripheral.h"

namespace bk::simulate::radio {

// ATT errors that a server gives by itself (vol. 3 part F 3.4.1.1).
inline constexpr std::uint8_t kInvalidHandle = 0x01;
inline constexpr std::uint8_t kInvalidPdu = 0x04;
inline constexpr std::uint8_t kNotSupported = 0x06;
inline constexpr std::uint8_t kAttributeNotFound = 0x0a;

struct ServerState {
  std::uint16_t mtu = 23;               // in force
  std::optional<std::uint16_t> agreed;  // to be in force once the answer is on its way
};

// The response to a PDU from the host; nullopt: none (a command, or one that is never answered).
// Damaged PDUs are answered by kInvalidPdu. `state` is this link's.
std::optional<std::vector<std::byte>> ServeAtt(Bytes pdu, Peripheral& band, ServerState& state,
                                               RadioTime now);
// "1b handle value", cut to the MTU as a server must.
std::vector<std::byte> NotificationPdu(const Notification& notification, std::uint16_t mtu);

}  // namespace bk::simulate::radio
