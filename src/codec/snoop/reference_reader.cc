#include "codec/snoop/reference_reader.h"

#include <fmt/format.h>

#include <map>
#include <optional>

namespace bk::codec::snoop {
namespace {

constexpr std::int64_t kYear2100Us = 4'102'444'800'000'000;
constexpr std::uint32_t kLengthMax = 65'540;

class OrderedReader {
 public:
  OrderedReader(Bytes bytes, bool big) : in_(bytes), big_(big) {}
  std::uint32_t U32() { return big_ ? in_.Be32() : in_.Le32(); }
  std::uint16_t U16() { return big_ ? in_.Be16() : in_.Le16(); }
  std::uint64_t U64() {
    if (big_) return in_.Be64();
    return in_.Le64();
  }
  ByteReader& in() { return in_; }

 private:
  ByteReader in_;
  bool big_;
};

// -1 in, 0 unsaid, 1 out
struct Decoder {
  int votes = 0;
  std::map<unsigned, bool> outgoing;

  void H4(Bytes record, std::uint32_t original, int said, bool trusted, SeenPacket& packet) {
    const int type = std::to_integer<int>(record[0]);
    packet.kind = type >= 1 && type <= 5 ? static_cast<PacketKind>(type) : PacketKind::kOther;
    packet.data.assign(record.begin() + 1, record.end());
    packet.original_length = original - 1;
    const bool command = type == 1;
    const bool event = type == 4;
    bool out = said == 1;
    if ((command || event) && said != 0 && !trusted) {
      votes += command == out ? 1 : -1;
      if (votes > 20) votes = 20;
      if (votes < -20) votes = -20;
    }
    if (type == 2 && said == 0) {
      const unsigned word = packet.data.size() < 2
                                ? 0
                                : std::to_integer<unsigned>(packet.data[0]) |
                                      std::to_integer<unsigned>(packet.data[1]) << 8;
      const unsigned handle = word & 0xfff;
      if ((word >> 12 & 3) == 0) outgoing[handle] = true;
      if ((word >> 12 & 3) == 2) outgoing[handle] = false;
      out = outgoing[handle];
    }
    if (!command && !event && said != 0 && !trusted && votes < 0) out = !out;
    packet.to_controller = command || (!event && out);
  }

  static void Monitor(unsigned opcode, SeenPacket& packet) {
    static const std::map<unsigned, std::pair<PacketKind, bool>> kOpcodes = {
        {2, {PacketKind::kCommand, true}}, {3, {PacketKind::kEvent, false}},
        {4, {PacketKind::kAcl, true}},     {5, {PacketKind::kAcl, false}},
        {6, {PacketKind::kSco, true}},     {7, {PacketKind::kSco, false}},
        {18, {PacketKind::kIso, true}},    {19, {PacketKind::kIso, false}}};
    const auto found = kOpcodes.find(opcode);
    if (found == kOpcodes.end()) return;
    packet.kind = found->second.first;
    packet.to_controller = found->second.second;
  }

  // A record of pcap or pcapng.
  bool Record(std::uint32_t link_type, Bytes record, std::uint32_t original, int said,
              SeenPacket& packet) {
    packet.cut = record.size() < original;
    ByteReader in(record);
    if (link_type == 187 && !record.empty()) {
      H4(record, original, said, true, packet);
      return true;
    }
    if (link_type == 201 && record.size() >= 5) {
      const bool received = (in.Be32() & 1) != 0;
      H4(in.rest(), original - 4, received ? -1 : 1, false, packet);
      return true;
    }
    if (link_type == 254 && record.size() >= 4) {
      packet.adapter = in.Be16();
      Monitor(in.Be16(), packet);
      packet.original_length = original - 4;
      packet.data.assign(in.rest().begin(), in.rest().end());
      return true;
    }
    return false;
  }
};

bool LengthsAreGood(std::uint32_t included, std::uint32_t original) {
  return included > 0 && included <= original && original <= kLengthMax;
}
bool TimeIsGood(std::int64_t us) { return us > 0 && us < kYear2100Us; }

// A cut record is in doubt when what follows is.
void DropDoubtfulEnd(ReferenceReading& reading) {
  if (!reading.whole && !reading.packets.empty() && reading.packets.back().cut)
    reading.packets.pop_back();
}

void ReadBtsnoop(Bytes file, ReferenceReading& reading) {
  ByteReader in(file);
  in.Skip(12);
  const std::uint32_t datalink = in.Be32();
  if (in.failed() || (datalink != 1001 && datalink != 1002 && datalink != 2001)) return;
  reading.known = true;
  while (in.left() > 0) {
    SeenPacket packet;
    packet.offset = in.at();
    packet.number = reading.packets.size() + 1;
    const std::uint32_t original = in.Be32();
    const std::uint32_t included = in.Be32();
    const std::uint32_t flags = in.Be32();
    in.Be32();
    packet.us = static_cast<std::int64_t>(in.Be64() - 0x00DCDDB30F2F8000ULL);
    const Bytes record = in.Take(included);
    if (in.failed() || !LengthsAreGood(included, original) || !TimeIsGood(packet.us)) return;
    packet.cut = included < original;
    packet.original_length = original;
    packet.data.assign(record.begin(), record.end());
    if (datalink == 1002) {
      Decoder().H4(record, original, (flags & 1) != 0 ? -1 : 1, true, packet);
    } else if (datalink == 2001) {
      Decoder::Monitor(flags & 0xffff, packet);
      packet.adapter = static_cast<std::uint16_t>(flags >> 16);
    } else {
      packet.to_controller = (flags & 1) == 0;
      const auto byte = [&](std::size_t i) { return std::to_integer<std::uint32_t>(record[i]); };
      if ((flags & 2) != 0) {
        packet.kind = packet.to_controller ? PacketKind::kCommand : PacketKind::kEvent;
      } else {
        packet.kind = PacketKind::kAcl;
        const bool fits_acl = record.size() >= 4 && 4 + byte(2) + (byte(3) << 8) == original;
        if (!fits_acl && record.size() >= 3 && 3 + byte(2) == original)
          packet.kind = PacketKind::kSco;
      }
    }
    reading.packets.push_back(std::move(packet));
  }
  reading.whole = true;
}

void ReadPcap(Bytes file, bool big, std::uint32_t magic, ReferenceReading& reading) {
  OrderedReader in(file, big);
  in.in().Skip(20);
  const std::uint32_t link_type = in.U32() & 0xffff;
  if (in.in().failed() || (link_type != 187 && link_type != 201 && link_type != 254)) return;
  reading.known = true;
  const bool nanoseconds = magic == 0xA1B23C4D;
  Decoder decoder;
  while (in.in().left() > 0) {
    SeenPacket packet;
    packet.offset = in.in().at();
    packet.number = reading.packets.size() + 1;
    packet.us = std::int64_t{in.U32()} * 1'000'000;
    const std::uint32_t fraction = in.U32();
    packet.us += nanoseconds ? fraction / 1000 : fraction;
    const std::uint32_t included = in.U32();
    const std::uint32_t original = in.U32();
    if (magic == 0xA1B2CD34) in.in().Skip(8);
    const Bytes record = in.in().Take(included);
    if (in.in().failed() || fraction >= (nanoseconds ? 1'000'000'000U : 1'000'000U) ||
        !LengthsAreGood(included, original) || !TimeIsGood(packet.us) ||
        !decoder.Record(link_type, record, original, 0, packet))
      return;
    reading.packets.push_back(std::move(packet));
  }
  reading.whole = true;
}

struct Interface {
  std::uint32_t link_type = 0;
  std::uint64_t units = 1'000'000;
  Decoder decoder;
};

// Option `code` of `width` bytes; nullopt when it is not there.
std::optional<std::uint64_t> Option(Bytes options, bool big, unsigned code, unsigned width) {
  std::optional<std::uint64_t> found;
  OrderedReader in(options, big);
  while (in.in().left() >= 4) {
    const unsigned this_code = in.U16();
    const unsigned length = in.U16();
    if (this_code == 0) break;
    OrderedReader value(in.in().Take(length), big);
    if (in.in().failed()) break;
    if (this_code == code && length == width)
      found = width == 1 ? value.in().U8() : width == 4 ? value.U32() : value.U64();
    in.in().Skip((4 - length % 4) % 4);
  }
  return found;
}

void ReadPcapng(Bytes file, ReferenceReading& reading) {
  bool big = false;
  std::size_t at = 0;
  std::vector<Interface> interfaces;
  std::int64_t last_us = 0;
  reading.known = true;
  while (at < file.size()) {
    const Bytes rest = file.subspan(at);
    if (rest.size() < 12) return;
    ByteReader peek(rest);
    if (peek.Be32() == 0x0A0D0D0A) {
      peek.Skip(4);
      const std::uint32_t mark = peek.Be32();
      if (mark != 0x1A2B3C4D && mark != 0x4D3C2B1A) return;
      big = mark == 0x1A2B3C4D;
    }
    OrderedReader header(rest, big);
    const std::uint32_t type = header.U32();
    const std::uint32_t length = header.U32();
    if (length < 16 || length % 4 != 0 || length > rest.size() || length > 262'144) return;
    OrderedReader tail(rest.subspan(length - 4), big);
    if (tail.U32() != length) return;
    const Bytes body = rest.subspan(8, length - 12);
    OrderedReader in(body, big);
    if (type == 0x0A0D0D0A) {
      interfaces.clear();
    } else if (type == 1) {
      Interface added;
      added.link_type = in.U16();
      in.U16();
      const std::uint32_t snap_length = in.U32();
      if (in.in().failed() || (snap_length != 0 && snap_length < kLengthMax)) return;
      const Bytes options = in.in().rest();
      const auto resolution = Option(options, big, 9, 1).value_or(6);
      if ((resolution != 6 && resolution != 9) || Option(options, big, 14, 8)) return;
      added.units = resolution == 9 ? 1'000'000'000 : 1'000'000;
      if (added.link_type != 187 && added.link_type != 201 && added.link_type != 254) return;
      interfaces.push_back(added);
    } else if (type == 6) {
      const std::uint32_t id = in.U32();
      const std::uint64_t high = in.U32();
      const std::uint64_t stamp = high << 32 | in.U32();
      const std::uint32_t included = in.U32();
      const std::uint32_t original = in.U32();
      const Bytes record = in.in().Take(included);
      in.in().Skip((4 - included % 4) % 4);
      if (in.in().failed() || id >= interfaces.size()) return;
      Interface& interface = interfaces[id];
      SeenPacket packet;
      packet.offset = at;
      packet.number = reading.packets.size() + 1;
      packet.us = static_cast<std::int64_t>(stamp / (interface.units / 1'000'000));
      packet.adapter = static_cast<std::uint16_t>(id);
      const auto flags = Option(in.in().rest(), big, 2, 4).value_or(0);
      const int said = (flags & 3) == 1 ? -1 : (flags & 3) == 2 ? 1 : 0;
      if (!LengthsAreGood(included, original) || !TimeIsGood(packet.us) ||
          !interface.decoder.Record(interface.link_type, record, original, said, packet))
        return;
      last_us = packet.us;
      reading.packets.push_back(std::move(packet));
    } else if (type == 3) {
      const std::uint32_t original = in.U32();
      if (interfaces.empty() || original > in.in().left()) return;
      SeenPacket packet;
      packet.offset = at;
      packet.number = reading.packets.size() + 1;
      packet.us = last_us;
      if (!LengthsAreGood(original, original) ||
          !interfaces[0].decoder.Record(interfaces[0].link_type, in.in().Take(original), original,
                                        0, packet))
        return;
      reading.packets.push_back(std::move(packet));
    } else if (type != 5) {
      return;
    }
    at += length;
  }
  reading.whole = true;
}

}  // namespace

SeenPacket Seen(const Packet& packet) {
  return {packet.kind,    packet.to_controller,   packet.cut,
          packet.adapter, packet.original_length, packet.number,
          packet.offset,  packet.time.us,         {packet.data.begin(), packet.data.end()}};
}

std::ostream& operator<<(std::ostream& out, const SeenPacket& packet) {
  out << fmt::format("#{} at {}: kind {} {}{} adapter {} length {} time {} data", packet.number,
                     packet.offset, static_cast<int>(packet.kind),
                     packet.to_controller ? "out" : "in", packet.cut ? " cut" : "", packet.adapter,
                     packet.original_length, packet.us);
  for (const std::byte byte : packet.data)
    out << fmt::format(" {:02x}", std::to_integer<unsigned>(byte));
  return out;
}

ReferenceReading ReadPlainly(Bytes file) {
  ReferenceReading reading;
  ByteReader big(file);
  ByteReader little(file);
  const std::uint32_t be = big.Be32();
  const std::uint32_t le = little.Le32();
  if (AsText(file).starts_with(std::string_view{"btsnoop\0", 8})) {
    ReadBtsnoop(file, reading);
  } else if (be == 0x0A0D0D0A) {
    ReadPcapng(file, reading);
  } else {
    for (const std::uint32_t magic : {0xA1B2C3D4U, 0xA1B23C4DU, 0xA1B2CD34U}) {
      if (be == magic) ReadPcap(file, true, magic, reading);
      if (le == magic) ReadPcap(file, false, magic, reading);
    }
  }
  DropDoubtfulEnd(reading);
  return reading;
}

}  // namespace bk::codec::snoop
