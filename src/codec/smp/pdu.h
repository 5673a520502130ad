// PDUs of the Security Manager (Core Specification Vol 3 Part H section 3). Keys are never decoded,
// only that they were sent.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace bk::codec::smp {

namespace opcode {
inline constexpr std::uint8_t kPairingRequest = 0x01;
inline constexpr std::uint8_t kPairingResponse = 0x02;
inline constexpr std::uint8_t kPairingConfirm = 0x03;
inline constexpr std::uint8_t kPairingRandom = 0x04;
inline constexpr std::uint8_t kPairingFailed = 0x05;
inline constexpr std::uint8_t kEncryptionInformation = 0x06;
inline constexpr std::uint8_t kCentralIdentification = 0x07;
inline constexpr std::uint8_t kIdentityInformation = 0x08;
inline constexpr std::uint8_t kIdentityAddress = 0x09;
inline constexpr std::uint8_t kSigningInformation = 0x0a;
inline constexpr std::uint8_t kSecurityRequest = 0x0b;
inline constexpr std::uint8_t kPublicKey = 0x0c;
inline constexpr std::uint8_t kDhKeyCheck = 0x0d;
}  // namespace opcode

struct PduInfo {
  std::string_view name;  // empty when unassigned
  std::uint8_t size = 0;  // with the opcode; all are of fixed size
  bool distributes_key = false;
};
const PduInfo& FindPdu(std::uint8_t opcode);

struct ReasonInfo {
  std::string_view name;
  std::string_view meaning;  // for an owner of a band
};
// Never fails.
const ReasonInfo& FindReason(std::uint8_t code);
// "0x05 Pairing Not Supported"
std::string FormatReason(std::uint8_t code);

// Pairing Request and Response (3.5.1, 3.5.2).
struct PairingFeatures {
  std::uint8_t io_capability = 0;
  bool out_of_band = false;
  bool bonding = false;
  bool mitm = false;
  bool secure_connections = false;
  std::uint8_t key_size = 0;
};
std::optional<PairingFeatures> DecodePairingFeatures(Bytes pdu);

}  // namespace bk::codec::smp
