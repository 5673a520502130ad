#include "codec/snoop/format.h"

#include <fmt/format.h>

#include <array>
#include <bit>

namespace bk::codec::snoop {
namespace {

constexpr std::string_view kBtsnoopMagic{"btsnoop\0", 8};
constexpr std::uint32_t kPcapMicros = 0xA1B2C3D4;
constexpr std::uint32_t kPcapNanos = 0xA1B23C4D;
constexpr std::uint32_t kPcapWide = 0xA1B2CD34;
constexpr std::uint32_t kPcapngSection = 0x0A0D0D0A;
constexpr std::uint32_t kPcapngOrder = 0x1A2B3C4D;

constexpr std::string_view kRecordInstead =
    "record the phone's own Bluetooth HCI snoop log instead (Developer options, \"Enable Bluetooth "
    "HCI snoop log\"; Bluetooth off and on), or btmon -w FILE on Linux";

struct LinkType {
  std::uint32_t value;
  std::string_view name;
  Encapsulation encapsulation;
};

constexpr std::array kLinkTypes = {
    LinkType{187, "Bluetooth HCI, UART (H4)", Encapsulation::kH4},
    LinkType{201, "Bluetooth HCI, UART (H4) with direction", Encapsulation::kH4Direction},
    LinkType{254, "Bluetooth Linux monitor", Encapsulation::kMonitorHeader},
    LinkType{251, "Bluetooth LE radio sniffer", Encapsulation::kRefused},
    LinkType{255, "Bluetooth classic radio sniffer", Encapsulation::kRefused},
    LinkType{256, "Bluetooth LE radio sniffer with radio header", Encapsulation::kRefused},
    LinkType{272, "Nordic nRF Sniffer", Encapsulation::kRefused},
    LinkType{192, "radio sniffer in a PPI wrapping", Encapsulation::kRefused},
    LinkType{161, "Bluetooth classic radio sniffer", Encapsulation::kRefused},
    LinkType{0, "loopback network", Encapsulation::kRefused},
    LinkType{1, "Ethernet", Encapsulation::kRefused},
    LinkType{101, "raw IP", Encapsulation::kRefused},
    LinkType{105, "Wi-Fi", Encapsulation::kRefused},
    LinkType{113, "Linux cooked network", Encapsulation::kRefused},
    LinkType{127, "Wi-Fi with radio header", Encapsulation::kRefused},
    LinkType{186, "USB", Encapsulation::kRefused},
    LinkType{189, "USB (Linux usbmon)", Encapsulation::kRefused},
    LinkType{195, "ZigBee radio", Encapsulation::kRefused},
    LinkType{220, "USB (Linux usbmon)", Encapsulation::kRefused},
    LinkType{230, "ZigBee radio", Encapsulation::kRefused},
    LinkType{249, "USB (Windows USBPcap)", Encapsulation::kRefused},
    LinkType{276, "Linux cooked network", Encapsulation::kRefused},
};

const LinkType* FindLinkType(std::uint32_t value) {
  for (const LinkType& type : kLinkTypes)
    if (type.value == value) return &type;
  return nullptr;
}

bool IsAir(std::uint32_t value) {
  switch (value) {
    case 161:
    case 192:
    case 251:
    case 255:
    case 256:
    case 272:
      return true;
    default:
      return false;
  }
}

bool IsUsb(std::uint32_t value) {
  return value == 186 || value == 189 || value == 220 || value == 249;
}

Result<Format> SniffBtsnoop(Bytes head) {
  ByteReader in(head);
  in.Skip(kBtsnoopMagic.size());
  in.Be32();  // version; always 1, and nothing else ever followed
  Format format;
  format.datalink = in.Be32();
  if (in.failed()) {
    format.datalink = 0;
    format.name = "btsnoop, cut inside its header";
    return format;
  }
  switch (format.datalink) {
    case 1001:
      format.encapsulation = Encapsulation::kHciFlags;
      format.name = "btsnoop, HCI";
      return format;
    case 1002:
      format.encapsulation = Encapsulation::kH4;
      format.name = "btsnoop, HCI UART (H4)";
      return format;
    case 2001:
      format.encapsulation = Encapsulation::kMonitor;
      format.name = "btsnoop, Linux monitor";
      return format;
    case 1003:
    case 1004:
      return Fail(ErrorCode::kNotSupported,
                  fmt::format("a btsnoop capture of the raw serial line ({}), which is not read "
                              "here: {}",
                              format.datalink == 1003 ? "BCSP" : "three-wire H5", kRecordInstead));
    case 2002:
      return Fail(ErrorCode::kNotSupported,
                  fmt::format("a btsnoop capture of BlueZ's simulated radio, which holds no HCI "
                              "packets: {}",
                              kRecordInstead));
    default:
      return Fail(ErrorCode::kNotSupported,
                  fmt::format("a btsnoop capture of datalink {}, which is not known here: {}",
                              format.datalink, kRecordInstead));
  }
}

Result<Format> SniffPcap(Bytes head, bool big_endian, std::uint32_t magic) {
  Format format;
  format.container = Container::kPcap;
  format.big_endian = big_endian;
  format.nanoseconds = magic == kPcapNanos;
  format.wide_records = magic == kPcapWide;
  ByteReader in(head);
  in.Skip(20);
  // The upper bits hold the length of a frame check sequence.
  format.datalink = (big_endian ? in.Be32() : in.Le32()) & 0xffff;
  if (in.failed()) {
    format.datalink = 0;
    format.name = "pcap, cut inside its header";
    return format;
  }
  format.encapsulation = EncapsulationOfLinkType(format.datalink);
  if (format.encapsulation == Encapsulation::kRefused)
    return Fail(ErrorCode::kNotSupported, RefusalOfLinkType(format.datalink));
  format.name = "pcap, " + LinkTypeName(format.datalink);
  return format;
}

}  // namespace

Encapsulation EncapsulationOfLinkType(std::uint32_t link_type) {
  const LinkType* known = FindLinkType(link_type);
  return known == nullptr ? Encapsulation::kRefused : known->encapsulation;
}

std::string LinkTypeName(std::uint32_t link_type) {
  const LinkType* known = FindLinkType(link_type);
  return known == nullptr ? fmt::format("link type {}", link_type) : std::string(known->name);
}

std::string RefusalOfLinkType(std::uint32_t link_type) {
  const std::string_view why = IsAir(link_type)
                                   ? "was taken from the air, where a bonded link is encrypted"
                               : IsUsb(link_type) ? "holds USB transfers, not HCI packets"
                                                  : "holds no Bluetooth HCI packets";
  return fmt::format("a capture of {} (link type {}) {}: {}", LinkTypeName(link_type), link_type,
                     why, kRecordInstead);
}

Result<Format> Sniff(Bytes head) {
  if (head.empty()) return Fail(ErrorCode::kNotOurs, "an empty file");
  if (AsText(head).starts_with(kBtsnoopMagic)) return SniffBtsnoop(head);
  ByteReader in(head);
  const std::uint32_t magic = in.Be32();
  const std::uint32_t swapped = std::byteswap(magic);
  for (const std::uint32_t known : {kPcapMicros, kPcapNanos, kPcapWide}) {
    if (magic == known) return SniffPcap(head, true, known);
    if (swapped == known) return SniffPcap(head, false, known);
  }
  if (magic == kPcapngSection) {  // the same in both orders
    in.Be32();
    const std::uint32_t order = in.Be32();
    // 0x0A0D0D0A may begin a text of line ends; the order mark decides, or the file is shorter.
    if (in.failed() || order == kPcapngOrder || std::byteswap(order) == kPcapngOrder) {
      Format format;
      format.container = Container::kPcapng;
      format.big_endian = order == kPcapngOrder;
      format.name = "pcapng";
      return format;
    }
  }
  return Fail(ErrorCode::kNotOurs, "no capture: neither btsnoop nor pcap nor pcapng");
}

}  // namespace bk::codec::snoop
