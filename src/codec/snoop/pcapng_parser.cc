#include "codec/snoop/pcapng_parser.h"

#include <fmt/format.h>

#include <algorithm>

namespace bk::codec::snoop {
namespace {

enum BlockType : std::uint32_t {
  kInterfaceBlock = 1,
  kOldPacketBlock = 2,
  kSimplePacketBlock = 3,
  kNameBlock = 4,
  kStatisticsBlock = 5,
  kPacketBlock = 6,
  kJournalBlock = 9,
  kSecretsBlock = 10,
  kCustomBlock = 0x00000BAD,
  kCustomNoCopyBlock = 0x40000BAD,
  kSectionBlock = 0x0A0D0D0A,
};
constexpr std::uint32_t kOrderMark = 0x1A2B3C4D;
constexpr std::size_t kBlockOverhead = 12;  // type, length, length again
// A packet of the greatest size with generous options.
constexpr std::uint32_t kReadBlockBytesMax = limits::kCaptureRecordBytesMax + 64 * 1024;
// Blocks that are passed over in silence (names, secrets, journals, comments).
constexpr std::uint32_t kPassedBlockBytesMax = 64 * 1024 * 1024;
constexpr std::size_t kInterfacesMax = 4096;

bool IsRead(std::uint32_t type) {
  switch (type) {
    case kSectionBlock:
    case kInterfaceBlock:
    case kOldPacketBlock:
    case kSimplePacketBlock:
    case kStatisticsBlock:
    case kPacketBlock:
      return true;
    default:
      return false;
  }
}

bool IsPassedInSilence(std::uint32_t type) {
  return type == kNameBlock || type == kJournalBlock || type == kSecretsBlock ||
         type == kCustomBlock || type == kCustomNoCopyBlock;
}

std::uint64_t Power(std::uint64_t base, unsigned exponent) {
  std::uint64_t value = 1;
  while (exponent-- > 0) value *= base;
  return value;
}

// Stamp of `units` in a second to microseconds.
std::int64_t Micros(std::uint64_t stamp, std::uint64_t units, std::int64_t offset_seconds) {
  constexpr std::int64_t kSecondsMax = 4'000'000'000'000;  // keeps the product within 63 bits
  if (units == 1'000'000 && offset_seconds == 0 && stamp < (1ULL << 62))
    return static_cast<std::int64_t>(stamp);
  std::uint64_t rest = stamp % units;
  std::uint64_t rest_units = units;
  while (rest_units > 1'000'000'000'000) {
    rest /= 10;
    rest_units /= 10;
  }
  const auto whole = static_cast<std::int64_t>(std::min<std::uint64_t>(stamp / units, kSecondsMax));
  const std::int64_t seconds = whole + std::clamp(offset_seconds, -kSecondsMax, kSecondsMax);
  return seconds * 1'000'000 + static_cast<std::int64_t>(rest * 1'000'000 / rest_units);
}

std::size_t Padded(std::size_t size) { return (size + 3) & ~std::size_t{3}; }

}  // namespace

std::uint16_t PcapngParser::Load16(const std::byte* at) const {
  const auto first = std::to_integer<unsigned>(at[0]);
  const auto second = std::to_integer<unsigned>(at[1]);
  return static_cast<std::uint16_t>(big_endian_ ? first << 8 | second : second << 8 | first);
}

void PcapngParser::TellDamage(Damage::Kind kind, std::uint64_t offset, std::string text) {
  out_.Tell(
      {.kind = kind, .number = out_.packets() + 1, .offset = offset, .text = std::move(text)});
}

Progress PcapngParser::Parse(Bytes bytes, std::uint64_t offset, bool final) {
  Progress all;
  for (;;) {
    const bool was_resyncing = resyncing_;
    const Bytes rest = bytes.subspan(all.consumed);
    const Progress step = resyncing_ ? Resync(rest, offset + all.consumed, final)
                                     : Run(rest, offset + all.consumed, final);
    all.consumed += step.consumed;
    all.need = step.need;
    if (resyncing_ == was_resyncing) return all;
  }
}

Progress PcapngParser::Run(Bytes bytes, std::uint64_t offset, bool final) {
  std::size_t pos = 0;
  const auto damaged = [&] {
    resyncing_ = true;
    resync_from_ = offset + pos;
    return Progress{pos, kBlockOverhead};
  };
  for (;;) {
    const std::size_t left = bytes.size() - pos;
    if (skip_ > 0) {
      const std::size_t step = static_cast<std::size_t>(std::min<std::uint64_t>(skip_, left));
      skip_ -= step;
      pos += step;
      if (skip_ == 0) continue;
      if (final)
        TellDamage(Damage::Kind::kTruncated, skip_from_,
                   fmt::format("the file ends after {} of the {} bytes of a block",
                               skip_bytes_ - skip_, skip_bytes_));
      return {pos, 1};
    }
    if (left < kBlockOverhead) {
      if (!final) return {pos, kBlockOverhead};
      if (left > 0)
        TellDamage(Damage::Kind::kTruncated, offset + pos,
                   fmt::format("the file ends after {} bytes of a block", left));
      return {bytes.size(), 1};
    }
    const std::byte* const at = bytes.data() + pos;
    const std::uint32_t type = Load32(at);
    if (type == kSectionBlock) {  // the only block that may be in another byte order
      const std::uint32_t mark = LoadLe32(at + 8);
      if (mark != kOrderMark && mark != std::byteswap(kOrderMark)) return damaged();
      big_endian_ = mark != kOrderMark;
    }
    const std::uint32_t length = Load32(at + 4);
    const bool passed = IsPassedInSilence(type);
    if (length < kBlockOverhead || length % 4 != 0 ||
        length > (passed ? kPassedBlockBytesMax : kReadBlockBytesMax))
      return damaged();
    if (length > kReadBlockBytesMax) {  // too much to keep only to see its length again
      skip_ = skip_bytes_ = length;
      skip_from_ = offset + pos;
      continue;
    }
    if (left < length) {
      if (!final) return {pos, length};
      cut_bytes_ = length;
      return damaged();
    }
    if (Load32(at + length - 4) != length) return damaged();
    if (IsRead(type)) {
      Block(type, bytes.subspan(pos + 8, length - kBlockOverhead), offset + pos);
    } else if (!passed) {
      TellDamage(Damage::Kind::kUnsupported, offset + pos,
                 fmt::format("a block of the unknown type {:#x} was passed over", type));
    }
    pos += length;
  }
}

// The next block of a type that is read, whose two lengths agree.
Progress PcapngParser::Resync(Bytes bytes, std::uint64_t offset, bool final) {
  std::size_t pos = 0;
  const auto passed_over = [&](std::uint64_t end) {
    TellDamage(Damage::Kind::kCorrupt, resync_from_,
               fmt::format("{} bytes that are no block were passed over", end - resync_from_));
  };
  for (; bytes.size() - pos >= kBlockOverhead; ++pos) {
    if (offset + pos == resync_from_) continue;  // it has failed
    const std::byte* const at = bytes.data() + pos;
    const std::uint32_t type = Load32(at);
    if (!IsRead(type)) continue;
    bool big_endian = big_endian_;
    if (type == kSectionBlock) {
      const std::uint32_t mark = LoadLe32(at + 8);
      if (mark != kOrderMark && mark != std::byteswap(kOrderMark)) continue;
      big_endian = mark != kOrderMark;
    }
    const std::uint32_t length = big_endian ? LoadBe32(at + 4) : LoadLe32(at + 4);
    // A packet with its fixed fields; zeros between would look like nothing at all.
    if (length < kBlockOverhead + 4 || length % 4 != 0 || length > kReadBlockBytesMax) continue;
    if (bytes.size() - pos < length) {
      if (final) continue;
      return {pos, length};
    }
    const std::uint32_t again = big_endian ? LoadBe32(at + length - 4) : LoadLe32(at + length - 4);
    if (again != length) continue;
    passed_over(offset + pos);
    resyncing_ = false;
    cut_bytes_ = 0;
    return {pos, 1};
  }
  if (!final) return {pos, kBlockOverhead};
  const std::uint64_t end = offset + bytes.size();
  if (cut_bytes_ > 0) {
    TellDamage(Damage::Kind::kTruncated, resync_from_,
               fmt::format("the file ends after {} of the {} bytes of a block", end - resync_from_,
                           cut_bytes_));
  } else {
    passed_over(end);
  }
  resyncing_ = false;
  cut_bytes_ = 0;
  return {bytes.size(), 1};
}

void PcapngParser::Block(std::uint32_t type, Bytes body, std::uint64_t offset) {
  switch (type) {
    case kPacketBlock:
    case kSimplePacketBlock:
    case kOldPacketBlock:
      PacketBlock(type, body, offset);
      break;
    case kInterfaceBlock:
      InterfaceBlock(body, offset);
      break;
    case kStatisticsBlock:
      StatisticsBlock(body, offset);
      break;
    default:
      interfaces_.clear();  // a new section
      break;
  }
}

PcapngParser::Options PcapngParser::ReadOptions(Bytes bytes, OptionsOf of) const {
  Options found;
  const auto number = [this](Bytes value) {
    std::uint64_t result = 0;
    for (std::size_t i = 0; i < value.size(); ++i) {
      const std::size_t at = big_endian_ ? i : value.size() - 1 - i;
      result = result << 8 | std::to_integer<std::uint64_t>(value[at]);
    }
    return result;
  };
  while (bytes.size() >= 4) {
    const std::uint16_t code = Load16(bytes.data());
    const std::size_t length = Load16(bytes.data() + 2);
    if (code == 0 || length > bytes.size() - 4) break;
    const Bytes value = bytes.subspan(4, length);
    switch (of) {
      case OptionsOf::kInterface:
        if (code == 9 && length == 1) found.resolution = std::to_integer<std::uint8_t>(value[0]);
        if (code == 14 && length == 8) found.time_offset = static_cast<std::int64_t>(number(value));
        break;
      case OptionsOf::kPacket:
        if (code == 2 && length == 4) found.flags = static_cast<std::uint32_t>(number(value));
        if (code == 4 && length == 8) found.drops = number(value);
        break;
      case OptionsOf::kOldPacket:
        if (code == 2 && length == 4) found.flags = static_cast<std::uint32_t>(number(value));
        break;
      case OptionsOf::kStatistics:
        if (code == 5 && length == 8) found.drops = number(value);
        break;
    }
    bytes = bytes.subspan(std::min(bytes.size(), 4 + Padded(length)));
  }
  return found;
}

void PcapngParser::InterfaceBlock(Bytes body, std::uint64_t offset) {
  if (body.size() < 8 || interfaces_.size() >= kInterfacesMax) {
    TellDamage(Damage::Kind::kCorrupt, offset, "an interface that cannot be");
    return;
  }
  Interface added;
  added.link_type = Load16(body.data());
  added.snap_length = Load32(body.data() + 4);
  added.encapsulation = EncapsulationOfLinkType(added.link_type);
  const Options options = ReadOptions(body.subspan(8), OptionsOf::kInterface);
  added.offset_seconds = options.time_offset.value_or(0);
  if (options.resolution) {
    const bool binary = (*options.resolution & 0x80) != 0;
    const unsigned exponent = *options.resolution & 0x7fU;
    if (exponent > (binary ? 63U : 19U)) {
      TellDamage(Damage::Kind::kCorrupt, offset,
                 "an interface with a time resolution that cannot be");
    } else {
      added.units = Power(binary ? 2 : 10, exponent);
    }
  }
  if (added.encapsulation != Encapsulation::kRefused && !link_type_) link_type_ = added.link_type;
  interfaces_.push_back(added);
}

void PcapngParser::TellDrops(std::uint64_t count, std::uint64_t offset) {
  out_.Tell({.kind = Damage::Kind::kDropped,
             .number = out_.packets() + 1,
             .offset = offset,
             .count = count,
             .text = fmt::format("the recorder dropped {} packets", count)});
}

void PcapngParser::StatisticsBlock(Bytes body, std::uint64_t offset) {
  if (body.size() < 12) return;
  const std::uint32_t id = Load32(body.data());
  const Options options = ReadOptions(body.subspan(12), OptionsOf::kStatistics);
  if (id >= interfaces_.size()) return;
  // Cumulative, and it includes what packet blocks have said of the same interface.
  Interface& interface = interfaces_[id];
  const std::uint64_t known = std::max(interface.dropped, interface.told);
  if (options.drops > known && options.drops != ~0ULL) {
    TellDrops(options.drops - known, offset);
    interface.dropped = options.drops;
  }
}

void PcapngParser::PacketBlock(std::uint32_t type, Bytes body, std::uint64_t offset) {
  std::uint32_t id = 0;
  std::uint32_t captured = 0;
  std::uint32_t original = 0;
  std::uint64_t stamp = 0;
  std::uint64_t drops = 0;
  std::size_t data_at = 20;
  const std::byte* const at = body.data();
  if (type == kSimplePacketBlock) {
    data_at = 4;
    if (body.size() >= data_at) {
      original = Load32(at);
      captured = static_cast<std::uint32_t>(std::min<std::size_t>(original, body.size() - data_at));
      if (!interfaces_.empty() && interfaces_[0].snap_length > 0)
        captured = std::min(captured, interfaces_[0].snap_length);
    }
  } else if (body.size() >= data_at) {
    if (type == kPacketBlock) {
      id = Load32(at);
    } else {
      id = Load16(at);
      drops = Load16(at + 2);
      if (drops == 0xffff) drops = 0;  // not known
    }
    stamp = std::uint64_t{Load32(at + 4)} << 32 | Load32(at + 8);
    captured = Load32(at + 12);
    original = Load32(at + 16);
  }
  if (body.size() < data_at || captured > body.size() - data_at || id >= interfaces_.size()) {
    TellDamage(Damage::Kind::kCorrupt, offset, "a packet block whose fields cannot be");
    out_.Skip();
    return;
  }
  Interface& interface = interfaces_[id];
  auto direction = RecordDecoder::Direction::kUnsaid;
  if (type != kSimplePacketBlock) {
    const std::size_t options_at = data_at + Padded(captured);
    if (options_at < body.size()) {
      const Options options =
          ReadOptions(body.subspan(options_at),
                      type == kPacketBlock ? OptionsOf::kPacket : OptionsOf::kOldPacket);
      if (type == kPacketBlock) drops = options.drops;
      if ((options.flags & 3) == 1) direction = RecordDecoder::Direction::kIn;
      if ((options.flags & 3) == 2) direction = RecordDecoder::Direction::kOut;
    }
  }
  if (drops > 0) {
    TellDrops(drops, offset);
    interface.told += drops;
  }
  if (interface.encapsulation == Encapsulation::kRefused) {
    out_.Skip();
    const auto same = std::ranges::find(refused_, interface.link_type,
                                        [](const auto& entry) { return entry.first; });
    if (same != refused_.end()) {
      ++same->second;
    } else {
      refused_.emplace_back(interface.link_type, 1);
    }
    return;
  }
  if (type != kSimplePacketBlock)
    last_.us = Micros(stamp, interface.units, interface.offset_seconds);
  Packet& packet = out_.Next();
  packet.adapter = static_cast<std::uint16_t>(id);
  packet.offset = offset;
  packet.time = last_;  // simple blocks have no stamp of their own
  interface.decoder.Decode(interface.encapsulation, body.subspan(data_at, captured), original,
                           direction, packet);
  out_.Commit();
}

std::optional<std::uint32_t> PcapngParser::refused_link_type() const {
  std::uint64_t packets = 0;
  for (const auto& [link_type, count] : refused_) packets += count;
  if (packets == 0 || packets < out_.packets()) return std::nullopt;
  return refused_.front().first;
}

void PcapngParser::Finish() {
  for (const auto& [link_type, count] : refused_)
    out_.Tell({.kind = Damage::Kind::kUnsupported,
               .count = count,
               .text = fmt::format("{} packets of another kind ({}, link type {}) were passed over",
                                   count, LinkTypeName(link_type), link_type)});
}

}  // namespace bk::codec::snoop
