// What kind of capture a file is. Content decides, never the name: Android's .cfa, .filtered, .last
// and .log files are all the same btsnoop.
//
// Facts: btsnoop as BlueZ's src/shared/btsnoop.h and Android's snoop_logger.cc write it; pcap as
// pcap-savefile(5); pcapng as draft-ietf-opsawg-pcapng; link types from tcpdump.org/linktypes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"

namespace bk::codec::snoop {

enum class Container : std::uint8_t { kBtsnoop, kPcap, kPcapng };

// How one record holds its HCI packet.
enum class Encapsulation : std::uint8_t {
  kUnknown,        // not known yet (pcapng says it per interface; a file cut inside its header)
  kHciFlags,       // btsnoop 1001: bare packet, its kind in the record's flags
  kH4,             // btsnoop 1002, pcap 187: the H4 byte, then the packet
  kH4Direction,    // pcap 201: a direction word, then H4
  kMonitor,        // btsnoop 2001: BlueZ monitor, opcode and adapter in the record's flags
  kMonitorHeader,  // pcap 254: adapter and opcode in front of the packet
  kBtsnooz,        // a btsnoop header, then the ring records of Android's memory log
  kRefused,        // a link type that holds no HCI packets
};

struct Format {
  Container container = Container::kBtsnoop;
  Encapsulation encapsulation = Encapsulation::kUnknown;
  bool big_endian = false;     // pcap and the first section of pcapng
  bool nanoseconds = false;    // pcap
  bool wide_records = false;   // pcap with Kuznetsov's 24-byte record headers
  std::uint32_t datalink = 0;  // btsnoop datalink or pcap link type
  std::string name;            // "btsnoop, HCI UART (H4)": for people
};

// Enough of a file's beginning for Sniff.
inline constexpr std::size_t kSniffBytes = 24;

// Decides from a file's first bytes (fewer when the file is shorter). kNotOurs: not a capture.
// kNotSupported: a capture that holds no HCI packets that can be read, with a sentence that says
// what to record instead. What pcapng interfaces hold is known only by reading on (SnoopReader).
Result<Format> Sniff(Bytes head);

// The encapsulation of a pcap or pcapng link type; kRefused for all that hold no HCI.
Encapsulation EncapsulationOfLinkType(std::uint32_t link_type);
// "Bluetooth HCI H4 with direction", "Nordic BLE sniffer", "Ethernet", "link type 999".
std::string LinkTypeName(std::uint32_t link_type);
// One sentence for the person: what the link type is, and what to record instead.
std::string RefusalOfLinkType(std::uint32_t link_type);

}  // namespace bk::codec::snoop
