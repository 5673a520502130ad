// Packets to a capture file: our own evidence for tests, the simulator and exports.
#pragma once

#include <cstdint>
#include <vector>

#include "base/bytes.h"
#include "codec/snoop/packet.h"

namespace bk::codec::snoop {

enum class FileKind : std::uint8_t {
  kBtsnoopHci,       // btsnoop 1001
  kBtsnoopH4,        // btsnoop 1002: what Android writes
  kBtsnoopMonitor,   // btsnoop 2001: what btmon writes
  kPcapH4,           // pcap 187, no directions
  kPcapDirection,    // pcap 201
  kPcapMonitor,      // pcap 254
  kPcapngDirection,  // pcapng, one interface of 201 per adapter
};

struct WriterOptions {
  bool big_endian = false;   // pcap, pcapng (btsnoop is always big endian)
  bool nanoseconds = false;  // pcap, pcapng
};

// Appends to `out`, which the caller owns; the file's header at once.
class SnoopWriter {
 public:
  SnoopWriter(FileKind kind, std::vector<std::byte>& out, WriterOptions options = {});
  // Takes kind, to_controller, time, adapter, data and original_length (the larger of it and the
  // data's size is written). kOther packets become btmon's notes (kBtsnoopMonitor, kPcapMonitor)
  // and H4 byte 0xff elsewhere. Numbers and offsets are not read.
  void Add(const Packet& packet);

 private:
  void Frame(Bytes prefix, const Packet& packet, std::uint32_t flags);

  FileKind kind_;
  WriterOptions options_;
  std::vector<std::byte>& out_;
  std::uint16_t interfaces_ = 0;
};

}  // namespace bk::codec::snoop
