// The HCI traffic of a simulated phone, as its snoop log would have it: a ring in Life::hci, at the
// phone's wall clock. Source: Bluetooth Core, vol. 4 part E (commands, events), vol. 3 part A
// (channels); codec/snoop for the file.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "simulate/phone/android.h"

namespace bk::simulate {

inline constexpr std::size_t kHciPacketsMax = 6'000;  // then the oldest goes

// Hex text to bytes, blanks between them allowed: "0d20 0100". Aborts on anything else: our own.
std::vector<std::byte> FromHex(std::string_view hex);
// "C8:0F:10:00:00:01" as the controller has it: last octet first.
std::vector<std::byte> AirAddress(std::string_view address);

// Into the ring. What the phone says of itself with the functions below is not kept while it is on
// an air (Life::on_air): there its controller's own record is.
void KeepHci(Android& phone, HciPacket packet);

void HciCommand(Android& phone, std::uint16_t opcode, std::span<const std::byte> parameters);
void HciEvent(Android& phone, std::uint8_t code, std::span<const std::byte> parameters);
void HciLeEvent(Android& phone, std::uint8_t subevent, std::span<const std::byte> parameters);
// Parameters are as they follow their length on the wire, multi-byte numbers lowest byte first.
// A PDU on a fixed channel (4 ATT, 5 signalling, 6 SMP) of the link with this handle.
void HciPdu(Android& phone, int handle, std::uint16_t channel, bool to_controller,
            std::span<const std::byte> pdu);

// btsnoop_hci.log: what the ring holds.
std::vector<std::byte> BtsnoopFile(const Android& phone);

}  // namespace bk::simulate
