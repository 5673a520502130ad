// PDUs of the Attribute Protocol (Core Specification Vol 3 Part F section 3.4): opcodes, their
// shapes as a table, error codes.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace bk::codec::att {

namespace opcode {
inline constexpr std::uint8_t kErrorResponse = 0x01;
inline constexpr std::uint8_t kMtuRequest = 0x02;
inline constexpr std::uint8_t kMtuResponse = 0x03;
inline constexpr std::uint8_t kFindInformationRequest = 0x04;
inline constexpr std::uint8_t kFindInformationResponse = 0x05;
inline constexpr std::uint8_t kFindByTypeValueRequest = 0x06;
inline constexpr std::uint8_t kFindByTypeValueResponse = 0x07;
inline constexpr std::uint8_t kReadByTypeRequest = 0x08;
inline constexpr std::uint8_t kReadByTypeResponse = 0x09;
inline constexpr std::uint8_t kReadRequest = 0x0a;
inline constexpr std::uint8_t kReadResponse = 0x0b;
inline constexpr std::uint8_t kReadBlobRequest = 0x0c;
inline constexpr std::uint8_t kReadBlobResponse = 0x0d;
inline constexpr std::uint8_t kReadByGroupTypeRequest = 0x10;
inline constexpr std::uint8_t kReadByGroupTypeResponse = 0x11;
inline constexpr std::uint8_t kWriteRequest = 0x12;
inline constexpr std::uint8_t kWriteResponse = 0x13;
inline constexpr std::uint8_t kPrepareWriteRequest = 0x16;
inline constexpr std::uint8_t kPrepareWriteResponse = 0x17;
inline constexpr std::uint8_t kExecuteWriteRequest = 0x18;
inline constexpr std::uint8_t kExecuteWriteResponse = 0x19;
inline constexpr std::uint8_t kNotification = 0x1b;
inline constexpr std::uint8_t kIndication = 0x1d;
inline constexpr std::uint8_t kConfirmation = 0x1e;
inline constexpr std::uint8_t kWriteCommand = 0x52;
inline constexpr std::uint8_t kSignedWriteCommand = 0xd2;
}  // namespace opcode

// What a PDU does in the conversation.
enum class PduRole : std::uint8_t {
  kUnknown,
  kRequest,       // must be answered within 30 s, one at a time and direction
  kResponse,      // answers the request that runs the other way
  kCommand,       // write command: no answer
  kNotification,  // no answer
  kIndication,    // answered by a confirmation
  kConfirmation,
};

struct PduInfo {
  std::string_view name;  // "Write Request"; empty when unassigned
  PduRole role = PduRole::kUnknown;
  std::uint8_t size_min = 0;  // with the opcode
  std::uint8_t value_at = 0;  // where the attribute value starts; 0: after the opcode
  bool has_handle = false;    // octets 1 and 2 are an attribute handle
  std::uint8_t answers = 0;   // of a response: the request's opcode
};

const PduInfo& FindPdu(std::uint8_t opcode);

struct ErrorInfo {
  std::uint8_t code = 0;
  std::string_view name;     // "Attribute Not Found"
  std::string_view meaning;  // for an owner of a band; may be empty
};
// Never fails: application errors and unassigned codes have names of their own.
const ErrorInfo& FindError(std::uint8_t code);
// "0x0a Attribute Not Found"
std::string FormatError(std::uint8_t code);

struct ErrorResponse {
  std::uint8_t request_opcode = 0;
  std::uint16_t handle = 0;
  std::uint8_t code = 0;
};
// Zeros where the PDU is too short.
ErrorResponse DecodeErrorResponse(Bytes pdu);

}  // namespace bk::codec::att
