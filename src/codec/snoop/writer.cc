#include "codec/snoop/writer.h"

#include <algorithm>

#include "codec/snoop/record.h"

namespace bk::codec::snoop {
namespace {

constexpr std::uint64_t kEpoch = 0x00DCDDB30F2F8000;
constexpr std::uint64_t kPcapSnapLength = 262'144;

bool IsBtsnoop(FileKind kind) { return kind <= FileKind::kBtsnoopMonitor; }

std::uint32_t LinkTypeOf(FileKind kind) {
  switch (kind) {
    case FileKind::kPcapH4:
      return 187;
    case FileKind::kPcapMonitor:
      return 254;
    default:
      return 201;
  }
}

std::uint8_t H4Of(PacketKind kind) {
  return kind == PacketKind::kOther ? 0xff : static_cast<std::uint8_t>(kind);
}

std::uint16_t MonitorOpcodeOf(const Packet& packet) {
  const int incoming = packet.to_controller ? 0 : 1;
  switch (packet.kind) {
    case PacketKind::kCommand:
      return 2;
    case PacketKind::kEvent:
      return 3;
    case PacketKind::kAcl:
      return static_cast<std::uint16_t>(4 + incoming);
    case PacketKind::kSco:
      return static_cast<std::uint16_t>(6 + incoming);
    case PacketKind::kIso:
      return static_cast<std::uint16_t>(18 + incoming);
    case PacketKind::kOther:
      break;
  }
  return kMonitorNote;
}

// Fields in the byte order of the file.
class OrderedWriter {
 public:
  OrderedWriter(std::vector<std::byte>& out, bool big_endian)
      : writer_(out), big_endian_(big_endian) {}
  OrderedWriter& U16(std::uint64_t value) {
    big_endian_ ? writer_.Be16(value) : writer_.Le16(value);
    return *this;
  }
  OrderedWriter& U32(std::uint64_t value) {
    big_endian_ ? writer_.Be32(value) : writer_.Le32(value);
    return *this;
  }
  OrderedWriter& Put(Bytes bytes) {
    writer_.Put(bytes);
    return *this;
  }

 private:
  ByteWriter writer_;
  bool big_endian_;
};

}  // namespace

SnoopWriter::SnoopWriter(FileKind kind, std::vector<std::byte>& out, WriterOptions options)
    : kind_(kind), options_(options), out_(out) {
  OrderedWriter ordered(out, options.big_endian);
  switch (kind) {
    case FileKind::kBtsnoopHci:
    case FileKind::kBtsnoopH4:
    case FileKind::kBtsnoopMonitor:
      ByteWriter(out)
          .Put(AsBytes({"btsnoop\0", 8}))
          .Be32(1)
          .Be32(kind == FileKind::kBtsnoopHci  ? 1001
                : kind == FileKind::kBtsnoopH4 ? 1002
                                               : 2001);
      break;
    case FileKind::kPcapH4:
    case FileKind::kPcapDirection:
    case FileKind::kPcapMonitor:
      ordered.U32(options.nanoseconds ? 0xA1B23C4D : 0xA1B2C3D4)
          .U16(2)
          .U16(4)
          .U32(0)
          .U32(0)
          .U32(kPcapSnapLength)
          .U32(LinkTypeOf(kind));
      break;
    case FileKind::kPcapngDirection:
      ordered.U32(0x0A0D0D0A).U32(28).U32(0x1A2B3C4D).U16(1).U16(0);
      ordered.U32(0xffffffff).U32(0xffffffff).U32(28);
      break;
  }
}

void SnoopWriter::Add(const Packet& packet) {
  std::vector<std::byte> prefix;
  ByteWriter writer(prefix);
  switch (kind_) {
    case FileKind::kBtsnoopHci:
      break;
    case FileKind::kBtsnoopMonitor:
      break;
    case FileKind::kBtsnoopH4:
    case FileKind::kPcapH4:
      writer.U8(H4Of(packet.kind));
      break;
    case FileKind::kPcapDirection:
    case FileKind::kPcapngDirection:
      writer.Be32(packet.to_controller ? 0 : 1).U8(H4Of(packet.kind));
      break;
    case FileKind::kPcapMonitor:
      writer.Be16(packet.adapter).Be16(MonitorOpcodeOf(packet));
      break;
  }
  std::uint32_t flags = packet.to_controller ? 0 : 1;
  if (packet.kind == PacketKind::kCommand || packet.kind == PacketKind::kEvent) flags |= 2;
  if (kind_ == FileKind::kBtsnoopMonitor)
    flags = std::uint32_t{packet.adapter} << 16 | MonitorOpcodeOf(packet);
  Frame(prefix, packet, flags);
}

void SnoopWriter::Frame(Bytes prefix, const Packet& packet, std::uint32_t flags) {
  const std::size_t included = prefix.size() + packet.data.size();
  const std::size_t original =
      prefix.size() + std::max<std::size_t>(packet.original_length, packet.data.size());
  const std::int64_t us = packet.time.us;
  if (IsBtsnoop(kind_)) {
    ByteWriter(out_)
        .Be32(original)
        .Be32(included)
        .Be32(flags)
        .Be32(0)
        .Be64(kEpoch + static_cast<std::uint64_t>(us))
        .Put(prefix)
        .Put(packet.data);
    return;
  }
  OrderedWriter ordered(out_, options_.big_endian);
  const auto stamp = static_cast<std::uint64_t>(us);
  if (kind_ != FileKind::kPcapngDirection) {
    const std::uint64_t fraction = stamp % 1'000'000 * (options_.nanoseconds ? 1000 : 1);
    ordered.U32(stamp / 1'000'000).U32(fraction).U32(included).U32(original);
    ordered.Put(prefix).Put(packet.data);
    return;
  }
  for (; interfaces_ <= packet.adapter; ++interfaces_) {
    const std::uint32_t options_bytes = options_.nanoseconds ? 12 : 0;
    ordered.U32(1).U32(20 + options_bytes).U16(LinkTypeOf(kind_)).U16(0).U32(kPcapSnapLength);
    if (options_.nanoseconds) {
      const std::byte resolution[4] = {std::byte{9}};
      ordered.U16(9).U16(1).Put(resolution).U16(0).U16(0);
    }
    ordered.U32(20 + options_bytes);
  }
  const std::size_t padding = (4 - included % 4) % 4;
  const std::uint64_t length = 32 + included + padding;
  const std::uint64_t units = stamp * (options_.nanoseconds ? 1000 : 1);
  const std::byte zeros[4] = {};
  ordered.U32(6).U32(length).U32(packet.adapter).U32(units >> 32).U32(units & 0xffffffff);
  ordered.U32(included).U32(original).Put(prefix).Put(packet.data);
  ordered.Put(Bytes(zeros).first(padding)).U32(length);
}

}  // namespace bk::codec::snoop
