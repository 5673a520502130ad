#include "codec/smp/pdu.h"

#include <fmt/format.h>

#include <iterator>

namespace bk::codec::smp {
namespace {

// Indexed by opcode.
constexpr PduInfo kPdus[] = {
    {"", 0, false},
    {"Pairing Request", 7, false},
    {"Pairing Response", 7, false},
    {"Pairing Confirm", 17, false},
    {"Pairing Random", 17, false},
    {"Pairing Failed", 2, false},
    {"Encryption Information", 17, true},
    {"Central Identification", 11, true},
    {"Identity Information", 17, true},
    {"Identity Address Information", 8, true},
    {"Signing Information", 17, true},
    {"Security Request", 2, false},
    {"Pairing Public Key", 65, false},
    {"Pairing DHKey Check", 17, false},
    {"Pairing Keypress Notification", 2, false},
};

// Indexed by reason (3.5.5).
constexpr ReasonInfo kReasons[] = {
    {"Reserved", ""},
    {"Passkey Entry Failed", "the number was not typed, or cancelled"},
    {"OOB Not Available", ""},
    {"Authentication Requirements", "the two sides cannot agree on how to pair"},
    {"Confirm Value Failed", "the numbers or keys differ: a wrong code, or another band"},
    {"Pairing Not Supported", "the other side does not pair at all; a band needs no pairing"},
    {"Encryption Key Size", "the offered key is too short"},
    {"Command Not Supported", ""},
    {"Unspecified Reason", "no reason was given: often refused or not answered on the screen"},
    {"Repeated Attempts", "too many attempts: wait a minute"},
    {"Invalid Parameters", ""},
    {"DHKey Check Failed", "the keys differ"},
    {"Numeric Comparison Failed", "the person said that the numbers differ"},
    {"BR/EDR Pairing In Progress", "another pairing was under way"},
    {"Cross-transport Key Derivation Not Allowed", ""},
    {"Key Rejected", "the key was refused"},
    {"Busy", "another pairing was under way"},
};

constexpr PduInfo kUnknownPdu{};
constexpr ReasonInfo kUnknownReason{"Unassigned", ""};

}  // namespace

const PduInfo& FindPdu(std::uint8_t opcode) {
  return opcode < std::size(kPdus) ? kPdus[opcode] : kUnknownPdu;
}

const ReasonInfo& FindReason(std::uint8_t code) {
  return code < std::size(kReasons) ? kReasons[code] : kUnknownReason;
}

std::string FormatReason(std::uint8_t code) {
  return fmt::format("0x{:02x} {}", code, FindReason(code).name);
}

std::optional<PairingFeatures> DecodePairingFeatures(Bytes pdu) {
  ByteReader reader(pdu);
  reader.Skip(1);
  PairingFeatures result;
  result.io_capability = reader.U8();
  result.out_of_band = reader.U8() == 1;
  const std::uint8_t requirements = reader.U8();
  result.bonding = (requirements & 0x03) == 1;
  result.mitm = (requirements & 0x04) != 0;
  result.secure_connections = (requirements & 0x08) != 0;
  result.key_size = reader.U8();
  reader.Skip(2);  // which keys will follow
  if (reader.failed()) return std::nullopt;
  return result;
}

}  // namespace bk::codec::smp
