#include "codec/l2cap/signalling.h"

#include <iterator>

namespace bk::codec::l2cap {
namespace {

// Indexed by code - 1.
constexpr SignalInfo kSignals[] = {
    {0x01, "Command Reject", 2},
    {0x02, "Connection Request", 4},
    {0x03, "Connection Response", 8},
    {0x04, "Configuration Request", 4},
    {0x05, "Configuration Response", 6},
    {0x06, "Disconnection Request", 4},
    {0x07, "Disconnection Response", 4},
    {0x08, "Echo Request", 0},
    {0x09, "Echo Response", 0},
    {0x0a, "Information Request", 2},
    {0x0b, "Information Response", 4},
    {0x0c, "Create Channel Request", 5},
    {0x0d, "Create Channel Response", 8},
    {0x0e, "Move Channel Request", 3},
    {0x0f, "Move Channel Response", 4},
    {0x10, "Move Channel Confirmation", 4},
    {0x11, "Move Channel Confirmation Response", 2},
    {0x12, "Connection Parameter Update Request", 8},
    {0x13, "Connection Parameter Update Response", 2},
    {0x14, "LE Credit Based Connection Request", 10},
    {0x15, "LE Credit Based Connection Response", 10},
    {0x16, "Flow Control Credit", 4},
    {0x17, "Credit Based Connection Request", 8},
    {0x18, "Credit Based Connection Response", 8},
    {0x19, "Credit Based Reconfigure Request", 4},
    {0x1a, "Credit Based Reconfigure Response", 2},
};

}  // namespace

const SignalInfo* FindSignal(std::uint8_t code) {
  if (code == 0 || code > std::size(kSignals)) return nullptr;
  return &kSignals[code - 1];
}

bool SignalReader::Next(SignalCommand& command) {
  if (reader_.left() == 0 || damaged_) return false;
  command.code = reader_.U8();
  command.identifier = reader_.U8();
  const std::uint16_t length = reader_.Le16();
  command.data = reader_.Take(length);
  const SignalInfo* info = FindSignal(command.code);
  damaged_ = reader_.failed() || info == nullptr || command.data.size() < info->size_min;
  return !damaged_;
}

std::optional<ParameterUpdateRequest> DecodeParameterUpdateRequest(Bytes data) {
  ByteReader reader(data);
  ParameterUpdateRequest result;
  result.interval_min = reader.Le16();
  result.interval_max = reader.Le16();
  result.latency = reader.Le16();
  result.timeout = reader.Le16();
  if (reader.failed()) return std::nullopt;
  return result;
}

std::optional<ChannelRequest> DecodeChannelRequest(Bytes data) {
  ByteReader reader(data);
  ChannelRequest result;
  result.psm = reader.Le16();
  result.source = reader.Le16();
  if (reader.failed()) return std::nullopt;
  return result;
}

std::optional<ChannelResponse> DecodeChannelResponse(Bytes data) {
  ByteReader reader(data);
  ChannelResponse result;
  result.destination = reader.Le16();
  result.source = reader.Le16();
  result.result = reader.Le16();
  if (reader.failed()) return std::nullopt;
  return result;
}

}  // namespace bk::codec::l2cap
