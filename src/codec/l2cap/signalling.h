// Commands of the signalling channels 1 and 5 (Core Specification Vol 3 Part A section 4).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/bytes.h"

namespace bk::codec::l2cap {

namespace signal {
inline constexpr std::uint8_t kCommandReject = 0x01;
inline constexpr std::uint8_t kConnectionRequest = 0x02;
inline constexpr std::uint8_t kConnectionResponse = 0x03;
inline constexpr std::uint8_t kDisconnectionRequest = 0x06;
inline constexpr std::uint8_t kParameterUpdateRequest = 0x12;
inline constexpr std::uint8_t kParameterUpdateResponse = 0x13;
}  // namespace signal

struct SignalInfo {
  std::uint8_t code = 0;
  std::string_view name;
  std::uint8_t size_min = 0;
};
// Null when unassigned.
const SignalInfo* FindSignal(std::uint8_t code);

struct SignalCommand {
  std::uint8_t code = 0;
  std::uint8_t identifier = 0;
  Bytes data;
};

// Walks the commands of one PDU: a classic one may hold several.
class SignalReader {
 public:
  explicit SignalReader(Bytes pdu) : reader_(pdu) {}
  // False at the end, or where a command is longer than the PDU, unknown, or too short for its
  // kind: then damaged().
  bool Next(SignalCommand& command);
  [[nodiscard]] bool damaged() const { return damaged_; }

 private:
  ByteReader reader_;
  bool damaged_ = false;
};

// Connection Parameter Update Request (4.20). 1.25 ms and 10 ms units.
struct ParameterUpdateRequest {
  std::uint16_t interval_min = 0, interval_max = 0, latency = 0, timeout = 0;
};
std::optional<ParameterUpdateRequest> DecodeParameterUpdateRequest(Bytes data);

// Connection Request and Response (4.2, 4.3): which channel carries which service.
struct ChannelRequest {
  std::uint16_t psm = 0, source = 0;
};
std::optional<ChannelRequest> DecodeChannelRequest(Bytes data);
struct ChannelResponse {
  std::uint16_t destination = 0, source = 0, result = 0;
};
std::optional<ChannelResponse> DecodeChannelResponse(Bytes data);

}  // namespace bk::codec::l2cap
