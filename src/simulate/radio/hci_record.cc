#include "simulate/radio/hci_record.h"

#include "codec/hci/codes.h"

namespace bk::simulate::radio {

namespace hci = codec::hci;
using Buffer = std::vector<std::byte>;
using codec::snoop::PacketKind;

namespace {

constexpr std::uint8_t kAdvInd = 0x00, kAdvScanInd = 0x02, kScanResponse = 0x04;
constexpr std::uint16_t kAttChannel = 0x0004, kSmpChannel = 0x0006;
constexpr std::uint16_t kFirstOfPdu = 0x2000, kFirstNonFlushable = 0x0000;
constexpr std::uint16_t kHandleFirst = 0x0040, kHandleLast = 0x00ff;

std::uint64_t Slots(RadioTime time) { return static_cast<std::uint64_t>(time.count()) / 625; }
std::uint64_t Intervals(const LinkOptions& link) {
  return static_cast<std::uint64_t>(link.interval.count()) / 1250;
}
std::uint64_t Timeouts(const LinkOptions& link) {
  return static_cast<std::uint64_t>(link.supervision.count()) / 10'000;
}

}  // namespace

void HciRecord::Command(RadioTime now, std::uint16_t opcode, Bytes parameters, bool status_event) {
  Buffer out;
  ByteWriter(out).Le16(opcode).U8(parameters.size()).Put(parameters);
  packets_.push_back({now, PacketKind::kCommand, true, std::move(out)});
  Buffer answer;
  if (status_event) {
    ByteWriter(answer).U8(0).U8(1).Le16(opcode);
    Event(now, hci::event::kCommandStatus, answer);
  } else {
    ByteWriter(answer).U8(1).Le16(opcode).U8(0);
    Event(now, hci::event::kCommandComplete, answer);
  }
}

void HciRecord::Event(RadioTime now, std::uint8_t code, Bytes parameters) {
  Buffer out;
  ByteWriter(out).U8(code).U8(parameters.size()).Put(parameters);
  packets_.push_back({now, PacketKind::kEvent, false, std::move(out)});
}

void HciRecord::LeEvent(RadioTime now, std::uint8_t subevent, Bytes parameters) {
  Buffer out;
  ByteWriter(out).U8(subevent).Put(parameters);
  Event(now, hci::event::kLeMeta, out);
}

void HciRecord::Scan(RadioTime now, bool on, const ScanTiming& timing) {
  if (on) {
    Buffer parameters;
    ByteWriter(parameters).U8(1).Le16(Slots(timing.interval)).Le16(Slots(timing.window)).Le16(0);
    Command(now, hci::command::kLeSetScanParameters, parameters, false);
  }
  Buffer enable;
  ByteWriter(enable).U8(on ? 1 : 0).U8(0);
  Command(now, hci::command::kLeSetScanEnable, enable, false);
}

void HciRecord::Heard(RadioTime now, const Advertising& advertising, bool with_response, int rssi) {
  const auto report = [&](std::uint8_t type, Bytes data) {
    Buffer out;
    ByteWriter(out)
        .U8(1)
        .U8(type)
        .U8(advertising.kind == ports::AddressKind::kRandom ? 1 : 0)
        .Le48(advertising.address.bits)
        .U8(data.size())
        .Put(data)
        .U8(static_cast<std::uint8_t>(rssi));
    LeEvent(now, hci::le_event::kAdvertisingReport, out);
  };
  report(advertising.connectable ? kAdvInd : kAdvScanInd, advertising.data);
  if (with_response) report(kScanResponse, advertising.scan_response);
}

void HciRecord::CreateConnection(RadioTime now, const ports::ConnectOrder& order,
                                 const ScanTiming& timing, const LinkOptions& link) {
  Buffer out;
  ByteWriter(out)
      .Le16(Slots(timing.interval))
      .Le16(Slots(timing.window))
      .U8(0)
      .U8(order.kind == ports::AddressKind::kRandom ? 1 : 0)
      .Le48(order.address.bits)
      .U8(0)
      .Le16(Intervals(link))
      .Le16(Intervals(link))
      .Le16(0)
      .Le16(Timeouts(link))
      .Le32(0);
  Command(now, hci::command::kLeCreateConnection, out, true);
}

void HciRecord::Cancel(RadioTime now) {
  Command(now, hci::command::kLeCreateConnectionCancel, {}, false);
  // "Unknown connection identifier": how an attempt ends that was cancelled.
  Buffer out;
  ByteWriter(out).U8(0x02);
  out.resize(18);
  LeEvent(now, hci::le_event::kConnectionComplete, out);
}

void HciRecord::Connected(RadioTime now, const ports::ConnectOrder& order,
                          const LinkOptions& link) {
  handle_ = handle_ >= kHandleLast ? kHandleFirst : static_cast<std::uint16_t>(handle_ + 1);
  Buffer out;
  ByteWriter(out)
      .U8(0)
      .Le16(handle_)
      .U8(0)
      .U8(order.kind == ports::AddressKind::kRandom ? 1 : 0)
      .Le48(order.address.bits)
      .Le16(Intervals(link))
      .Le16(0)
      .Le16(Timeouts(link))
      .U8(0);
  LeEvent(now, hci::le_event::kConnectionComplete, out);
  Buffer ask;
  ByteWriter(ask).Le16(handle_);
  Command(now, hci::command::kLeReadRemoteFeatures, ask, true);
}

void HciRecord::Features(RadioTime now) {
  Buffer out;
  ByteWriter(out).U8(0).Le16(handle_).Le64(0x21);  // encryption, data length extension
  LeEvent(now, hci::le_event::kReadRemoteFeaturesComplete, out);
}

void HciRecord::DataLength(RadioTime now) {
  Buffer out;
  ByteWriter(out).Le16(handle_).Le16(251).Le16(2120).Le16(251).Le16(2120);
  LeEvent(now, hci::le_event::kDataLengthChange, out);
}

void HciRecord::Reset(RadioTime now) { Command(now, hci::command::kReset, {}, false); }

void HciRecord::Encryption(RadioTime now, std::uint8_t status) {
  Buffer ask;
  // The random number, the diversifier and the key are left empty: they are secret in a real one.
  ByteWriter(ask).Le16(handle_);
  ask.resize(28);
  Command(now, hci::command::kLeEnableEncryption, ask, true);
  // A link whose integrity check fails ends, and that is what is told.
  if (status == hci::status::kMicFailure) return;
  Buffer out;
  ByteWriter(out).U8(status).Le16(handle_).U8(status == 0 ? 1 : 0);
  Event(now, hci::event::kEncryptionChange, out);
}

void HciRecord::Smp(RadioTime now, bool to_controller, Bytes pdu) {
  Acl(now, to_controller, kSmpChannel, pdu);
}
void HciRecord::Pdu(RadioTime now, bool to_controller, Bytes att) {
  Acl(now, to_controller, kAttChannel, att);
}

void HciRecord::Acl(RadioTime now, bool to_controller, std::uint16_t channel, Bytes pdu) {
  Buffer out;
  ByteWriter(out)
      .Le16(handle_ | (to_controller ? kFirstNonFlushable : kFirstOfPdu))
      .Le16(pdu.size() + 4)
      .Le16(pdu.size())
      .Le16(channel)
      .Put(pdu);
  packets_.push_back({now, PacketKind::kAcl, to_controller, std::move(out)});
}

void HciRecord::Disconnect(RadioTime now) {
  Buffer out;
  ByteWriter(out).Le16(handle_).U8(kRemoteTerminated);
  Command(now, hci::command::kDisconnect, out, true);
}

void HciRecord::Disconnected(RadioTime now, std::uint8_t reason) {
  Buffer out;
  ByteWriter(out).U8(0).Le16(handle_).U8(reason);
  Event(now, hci::event::kDisconnectionComplete, out);
}

std::vector<std::byte> HciRecord::Btsnoop(std::int64_t wall_us, codec::snoop::FileKind kind) const {
  std::vector<std::byte> out;
  codec::snoop::SnoopWriter writer(kind, out);
  for (const Kept& kept : packets_) {
    codec::snoop::Packet packet;
    packet.kind = kept.kind;
    packet.to_controller = kept.to_controller;
    packet.time = SnoopTime{wall_us + kept.at.count()};
    packet.data = kept.bytes;
    writer.Add(packet);
  }
  return out;
}

}  // namespace bk::simulate::radio
