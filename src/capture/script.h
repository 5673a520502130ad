// A capture as data, for tests and benches: one line per packet.
//
//   "+1.5 < cmd 0d20 6000 3000 ..."     1.5 s later, from the host: command, opcode first (as on
//                                       the wire), its length byte is filled in
//   "+0.1 > evt 05 00 4000 13"          event code, then parameters
//   "+0 > le 01 00 4000 ..."            LE Meta event: subevent, then parameters
//   "+0 < att 40 12 1600 0100"          ATT PDU on handle 0x40
//   "+0 > smp 40 0b 01"                 likewise SMP, "sig" for LE signalling
//   "+0 > acl 4020 0700 ..."            raw ACL packet
//   "+0 < attcut 40 3 12 1600 0100"     ATT PDU of which the recorder kept the first 3 bytes
// Times are in seconds; the first packet is at 2024-01-01 00:00:00.
#pragma once

#include <string_view>
#include <vector>

#include "codec/snoop/packet.h"

namespace bk::capture {

class Script {
 public:
  // Aborts on a line that it does not understand: scripts are our own.
  Script& Add(std::string_view lines);
  // Moves the clock without a packet.
  Script& Wait(double seconds) {
    now_us_ += static_cast<std::int64_t>(seconds * 1e6);
    return *this;
  }
  // Valid until the next Add.
  [[nodiscard]] std::vector<codec::snoop::Packet> Packets() const;

 private:
  void Line(std::string_view line);

  struct Entry {
    codec::snoop::Packet packet;
    std::vector<std::byte> data;
  };
  std::vector<Entry> entries_;
  std::int64_t now_us_ = 1'704'067'200'000'000;
};

}  // namespace bk::capture
