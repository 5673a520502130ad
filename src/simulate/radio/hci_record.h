// What a host's HCI log would hold of a simulated radio: commands, events and ATT in ACL packets,
// as Android and btmon write them. Source: Bluetooth Core, vol. 4 part E; the file is
// codec/snoop's.
//
//   HciRecord record;  radio.Record(record);  ...  WriteFile(record.Btsnoop(wall_at_zero));
#pragma once

#include <cstdint>
#include <vector>

#include "codec/snoop/writer.h"
#include "simulate/radio/peripheral.h"

namespace bk::simulate::radio {

class HciRecord {
 public:
  void Scan(RadioTime now, bool on, const ScanTiming& timing);
  void Heard(RadioTime now, const Advertising& advertising, bool with_response, int rssi);
  void CreateConnection(RadioTime now, const ports::ConnectOrder& order, const ScanTiming& timing,
                        const LinkOptions& link);
  void Cancel(RadioTime now);  // of a connection that is being made
  void Connected(RadioTime now, const ports::ConnectOrder& order, const LinkOptions& link);
  void Features(RadioTime now);  // of the band, known: the link is usable
  void DataLength(RadioTime now);
  void Pdu(RadioTime now, bool to_controller, Bytes att);
  void Disconnect(RadioTime now);  // asked for by the host
  void Disconnected(RadioTime now, std::uint8_t reason);
  void Reset(RadioTime now);  // of the controller: links and scans are gone without a word
  // What the air does not carry and its two ends decide: encryption with the bond's key, and its
  // outcome (0: the link is encrypted); a PDU of the Security Manager.
  void Encryption(RadioTime now, std::uint8_t status);
  void Smp(RadioTime now, bool to_controller, Bytes pdu);

  struct Kept {
    RadioTime at;
    codec::snoop::PacketKind kind;
    bool to_controller;
    std::vector<std::byte> bytes;
  };
  [[nodiscard]] std::size_t packets() const { return packets_.size(); }
  [[nodiscard]] const std::vector<Kept>& kept() const { return packets_; }
  [[nodiscard]] std::uint16_t handle() const { return handle_; }  // of the link, or the last one
  // btsnoop, H4: what Android writes. `wall_us`: microseconds since 1970 at radio time 0.
  [[nodiscard]] std::vector<std::byte> Btsnoop(
      std::int64_t wall_us, codec::snoop::FileKind kind = codec::snoop::FileKind::kBtsnoopH4) const;

 private:
  void Acl(RadioTime now, bool to_controller, std::uint16_t channel, Bytes pdu);
  void Command(RadioTime now, std::uint16_t opcode, Bytes parameters, bool status_event);
  void Event(RadioTime now, std::uint8_t code, Bytes parameters);
  void LeEvent(RadioTime now, std::uint8_t subevent, Bytes parameters);

  std::vector<Kept> packets_;
  std::uint16_t handle_ = 0x0040;  // of the link; a controller gives the next one a new number
};

}  // namespace bk::simulate::radio
