#include "codec/hci/connection.h"

#include "codec/hci/codes.h"

namespace bk::codec::hci {
namespace {

std::uint16_t Handle(ByteReader& reader) { return reader.Le16() & kHandleMask; }
Address TakeAddress(ByteReader& reader) { return {reader.Le48()}; }

ConnectionTiming TakeTiming(ByteReader& reader) {
  ConnectionTiming timing;
  timing.interval = reader.Le16();
  timing.latency = reader.Le16();
  timing.supervision_timeout = reader.Le16();
  return timing;
}

template <class T>
std::optional<T> Checked(const ByteReader& reader, T value) {
  if (reader.failed()) return std::nullopt;
  return value;
}

}  // namespace

std::optional<LeConnectionComplete> DecodeLeConnectionComplete(std::uint8_t subevent,
                                                               Bytes parameters) {
  ByteReader reader(parameters);
  LeConnectionComplete result;
  result.status = reader.U8();
  result.handle = Handle(reader);
  result.phone_is_central = reader.U8() == 0;
  result.peer_type = reader.U8();
  result.peer = TakeAddress(reader);
  if (subevent != le_event::kConnectionComplete) reader.Skip(12);  // resolvable addresses
  result.timing = TakeTiming(reader);
  return Checked(reader, result);
}

std::optional<ConnectionComplete> DecodeConnectionComplete(Bytes parameters) {
  ByteReader reader(parameters);
  ConnectionComplete result;
  result.status = reader.U8();
  result.handle = Handle(reader);
  result.peer = TakeAddress(reader);
  result.link_type = reader.U8();
  return Checked(reader, result);
}

std::optional<DisconnectionComplete> DecodeDisconnectionComplete(Bytes parameters) {
  ByteReader reader(parameters);
  DisconnectionComplete result;
  result.status = reader.U8();
  result.handle = Handle(reader);
  result.reason = reader.U8();
  return Checked(reader, result);
}

std::optional<LeConnectionUpdateComplete> DecodeLeConnectionUpdateComplete(Bytes parameters) {
  ByteReader reader(parameters);
  LeConnectionUpdateComplete result;
  result.status = reader.U8();
  result.handle = Handle(reader);
  result.timing = TakeTiming(reader);
  return Checked(reader, result);
}

std::optional<LeDataLengthChange> DecodeLeDataLengthChange(Bytes parameters) {
  ByteReader reader(parameters);
  LeDataLengthChange result;
  result.handle = Handle(reader);
  result.tx_octets = reader.Le16();
  reader.Skip(2);  // tx time
  result.rx_octets = reader.Le16();
  return Checked(reader, result);
}

std::optional<LePhyUpdateComplete> DecodeLePhyUpdateComplete(Bytes parameters) {
  ByteReader reader(parameters);
  LePhyUpdateComplete result;
  result.status = reader.U8();
  result.handle = Handle(reader);
  result.tx = reader.U8();
  result.rx = reader.U8();
  return Checked(reader, result);
}

std::optional<EncryptionEvent> DecodeEncryptionEvent(std::uint8_t event_code, Bytes parameters) {
  ByteReader reader(parameters);
  EncryptionEvent result;
  result.status = reader.U8();
  result.handle = Handle(reader);
  result.enabled =
      event_code == event::kEncryptionKeyRefreshComplete ? result.status == 0 : reader.U8() != 0;
  return Checked(reader, result);
}

std::optional<RemoteName> DecodeRemoteName(Bytes parameters) {
  ByteReader reader(parameters);
  RemoteName result;
  result.status = reader.U8();
  result.peer = TakeAddress(reader);
  if (reader.failed()) return std::nullopt;
  result.name = AsText(reader.rest());
  result.name = result.name.substr(0, result.name.find('\0'));
  return result;
}

std::optional<LeCreateConnection> DecodeLeCreateConnection(std::uint16_t opcode, Bytes parameters) {
  ByteReader reader(parameters);
  LeCreateConnection result;
  if (opcode == command::kLeCreateConnection) {
    reader.Skip(4);  // scan interval and window
    result.accept_list = reader.U8() == 1;
    result.peer_type = reader.U8();
    result.peer = TakeAddress(reader);
    return Checked(reader, result);
  }
  if (opcode == command::kLeExtendedCreateConnectionV2) reader.Skip(2);  // set and subevent
  result.accept_list = reader.U8() == 1;
  reader.Skip(1);  // own address type
  result.peer_type = reader.U8();
  result.peer = TakeAddress(reader);
  return Checked(reader, result);
}

std::optional<Address> DecodeClassicPeer(Bytes parameters) {
  ByteReader reader(parameters);
  const Address peer = TakeAddress(reader);
  return Checked(reader, peer);
}

std::optional<AcceptListEntry> DecodeAcceptListEntry(Bytes parameters) {
  ByteReader reader(parameters);
  AcceptListEntry result;
  result.type = reader.U8();
  result.address = TakeAddress(reader);
  return Checked(reader, result);
}

std::optional<Disconnect> DecodeDisconnect(Bytes parameters) {
  ByteReader reader(parameters);
  Disconnect result;
  result.handle = Handle(reader);
  result.reason = reader.U8();
  return Checked(reader, result);
}

std::optional<CommandOutcome> DecodeCommandOutcome(std::uint8_t event_code, Bytes parameters) {
  ByteReader reader(parameters);
  CommandOutcome result;
  if (event_code == event::kCommandStatus) {
    result.status = reader.U8();
    reader.Skip(1);
    result.opcode = reader.Le16();
    return Checked(reader, result);
  }
  reader.Skip(1);
  result.opcode = reader.Le16();
  if (reader.failed()) return std::nullopt;
  result.returned = reader.rest();
  if (!result.returned.empty()) result.status = std::to_integer<std::uint8_t>(result.returned[0]);
  return result;
}

}  // namespace bk::codec::hci
