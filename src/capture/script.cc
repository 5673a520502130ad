#include "capture/script.h"

#include <string>

#include "base/result.h"
#include "base/text.h"

namespace bk::capture {
namespace {

using codec::snoop::Packet;
using codec::snoop::PacketKind;

std::string_view Word(std::string_view& rest) {
  rest = Trim(rest);
  const std::size_t end = rest.find(' ');
  const std::string_view word = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end);
  return word;
}

std::vector<std::byte> Hex(std::string_view text) {
  std::string digits;
  for (const char c : text)
    if (c != ' ') digits += c;
  BK_CHECK(digits.size() % 2 == 0);
  std::vector<std::byte> bytes;
  for (std::size_t i = 0; i < digits.size(); i += 2) {
    const auto value = ParseInt<unsigned>(std::string_view(digits).substr(i, 2), 16);
    BK_CHECK(value);
    bytes.push_back(static_cast<std::byte>(*value));
  }
  return bytes;
}

std::int64_t MicrosOf(std::string_view seconds) {
  BK_CHECK(seconds.starts_with('+'));
  seconds.remove_prefix(1);
  const std::size_t dot = seconds.find('.');
  std::string fraction(dot == std::string_view::npos ? "" : seconds.substr(dot + 1));
  fraction.resize(6, '0');
  const auto whole = ParseInt<std::int64_t>(seconds.substr(0, dot));
  const auto part = ParseInt<std::int64_t>(fraction);
  BK_CHECK(whole && part);
  return *whole * 1'000'000 + *part;
}

std::vector<std::byte> Acl(std::uint16_t handle, bool from_host, std::uint16_t channel, Bytes pdu) {
  std::vector<std::byte> data;
  ByteWriter(data)
      .Le16(handle | (from_host ? 0U : 0x2000U))
      .Le16(pdu.size() + 4)
      .Le16(pdu.size())
      .Le16(channel)
      .Put(pdu);
  return data;
}

}  // namespace

Script& Script::Add(std::string_view lines) {
  std::string_view line;
  while (NextLine(lines, line)) {
    line = Trim(line.substr(0, line.find('#')));
    if (!line.empty()) Line(line);
  }
  return *this;
}

void Script::Line(std::string_view line) {
  now_us_ += MicrosOf(Word(line));
  Entry entry;
  Packet& packet = entry.packet;
  const std::string_view direction = Word(line);
  BK_CHECK(direction == "<" || direction == ">");
  packet.to_controller = direction == "<";
  packet.time = {now_us_};
  packet.number = entries_.size() + 1;
  const std::string_view kind = Word(line);
  std::vector<std::byte> bytes;
  std::size_t removed = 0;
  if (kind == "cmd") {
    packet.kind = PacketKind::kCommand;
    bytes = Hex(line);
    entry.data = bytes;
    entry.data.insert(entry.data.begin() + 2, static_cast<std::byte>(bytes.size() - 2));
  } else if (kind == "evt" || kind == "le") {
    packet.kind = PacketKind::kEvent;
    bytes = Hex(line);
    if (kind == "le") bytes.insert(bytes.begin(), std::byte{0x3e});
    entry.data = bytes;
    entry.data.insert(entry.data.begin() + 1, static_cast<std::byte>(bytes.size() - 1));
  } else if (kind == "acl") {
    packet.kind = PacketKind::kAcl;
    entry.data = Hex(line);
  } else {
    packet.kind = PacketKind::kAcl;
    const auto handle = ParseInt<std::uint16_t>(Word(line), 16);
    BK_CHECK(handle);
    std::size_t kept = static_cast<std::size_t>(-1);
    if (kind == "attcut") {
      const auto count = ParseInt<std::size_t>(Word(line));
      BK_CHECK(count);
      kept = *count;
    }
    bytes = Hex(line);
    const std::uint16_t channel = kind == "smp" ? 6 : kind == "sig" ? 5 : 4;
    entry.data = Acl(*handle, packet.to_controller, channel, bytes);
    if (kept < bytes.size()) {
      removed = bytes.size() - kept;
      entry.data.resize(entry.data.size() - removed);
    }
  }
  packet.cut = removed != 0;
  packet.original_length = static_cast<std::uint32_t>(entry.data.size() + removed);
  entries_.push_back(std::move(entry));
}

std::vector<Packet> Script::Packets() const {
  std::vector<Packet> packets;
  packets.reserve(entries_.size());
  for (const Entry& entry : entries_) {
    packets.push_back(entry.packet);
    packets.back().data = entry.data;
  }
  return packets;
}

}  // namespace bk::capture
