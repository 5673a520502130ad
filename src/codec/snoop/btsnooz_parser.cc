#include "codec/snoop/btsnooz_parser.h"

#include <fmt/format.h>

#include <algorithm>

#include "codec/snoop/record.h"

namespace bk::codec::snoop {
namespace {

constexpr int kProbeRecords = 4;  // in a row are no accident

struct Record {
  std::size_t header_bytes = 0;
  std::size_t stored = 0;  // bytes of packet behind the header
  std::size_t claimed = 0;
  std::uint32_t step = 0;
  PacketKind kind = PacketKind::kOther;
  bool incoming = false;
};

std::size_t HeaderBytes(int version) { return version == 1 ? 7 : 9; }

// nullopt: these bytes (at least a header of them) begin no record.
std::optional<Record> ReadRecord(int version, Bytes bytes) {
  ByteReader in(bytes);
  Record record;
  record.header_bytes = HeaderBytes(version);
  const std::uint16_t stored = in.Le16();
  const std::uint16_t claimed = version == 1 ? stored : in.Le16();
  record.step = in.Le32();
  const std::uint8_t type = in.U8();
  if (in.failed() || stored == 0 || claimed < stored) return std::nullopt;
  record.stored = stored - 1U;  // lengths count the type byte
  record.claimed = claimed - 1U;
  record.incoming = (type & 0xf0) == 0x10;
  if (!record.incoming && (type & 0xf0) != 0x20) return std::nullopt;
  switch (type) {
    case 0x10:
      record.kind = PacketKind::kEvent;
      break;
    case 0x11:
    case 0x21:
      record.kind = PacketKind::kAcl;
      break;
    case 0x12:
    case 0x22:
      record.kind = PacketKind::kSco;
      break;
    case 0x17:
    case 0x2d:
      record.kind = PacketKind::kIso;
      break;
    case 0x20:
      record.kind = PacketKind::kCommand;
      break;
    default:
      return std::nullopt;
  }
  return record;
}

// How long the packet was: version 1 does not say, and some builds of version 2 count one too many,
// so the packet's own header is heard first.
std::size_t WireLength(const Record& record, Bytes data, int version) {
  const auto own = HciLength(record.kind, data);
  if (own && *own >= data.size() && (version == 1 || *own <= record.claimed)) return *own;
  return std::max(record.claimed, data.size());
}

// Records that follow each other from the beginning of `bytes`, up to `most`; nullopt when one
// cannot be. `whole` when they end exactly with the bytes.
std::optional<int> Chain(int version, Bytes bytes, int most, bool& whole) {
  int count = 0;
  whole = false;
  while (count < most) {
    if (bytes.empty()) {
      whole = true;
      break;
    }
    if (bytes.size() < HeaderBytes(version)) break;
    const auto record = ReadRecord(version, bytes);
    if (!record) return std::nullopt;
    if (bytes.size() < record->header_bytes + record->stored) break;
    const Bytes data = bytes.subspan(record->header_bytes, record->stored);
    const auto own = HciLength(record->kind, data);
    if (own && *own < data.size()) return std::nullopt;
    bytes = bytes.subspan(record->header_bytes + record->stored);
    ++count;
  }
  return count;
}

}  // namespace

std::optional<int> BtsnoozParser::Probe(Bytes bytes) {
  for (const int version : {2, 1}) {
    bool whole = false;
    const auto count = Chain(version, bytes, kProbeRecords, whole);
    if (count && (*count == kProbeRecords || (whole && *count > 0))) return version;
  }
  return std::nullopt;
}

std::int64_t BtsnoozParser::Age(int version, Bytes records) {
  class : public PacketSink {
    void OnPackets(std::span<const Packet> /*packets*/) override {}
    void OnDamage(const Damage& /*damage*/) override {}
  } nobody;
  Emitter out(nobody);
  BtsnoozParser(version, SnoopTime{}, out).Parse(records, 0, true);
  return out.last() - out.first();
}

Progress BtsnoozParser::Parse(Bytes bytes, std::uint64_t offset, bool final) {
  const std::size_t header_bytes = HeaderBytes(version_);
  // A place to go on after damage: several records in a row.
  constexpr std::size_t kResyncBytes = 4096;
  std::size_t pos = 0;
  const auto passed_over = [&](std::uint64_t end) {
    out_.Tell(
        {.kind = Damage::Kind::kCorrupt,
         .number = out_.packets() + 1,
         .offset = resync_from_,
         .text = fmt::format("{} bytes that are no record were passed over", end - resync_from_)});
    resyncing_ = false;
  };
  for (;;) {
    const Bytes rest = bytes.subspan(pos);
    if (resyncing_) {
      if (rest.empty()) {
        if (final) passed_over(offset + pos);
        return {pos, kResyncBytes};
      }
      if (rest.size() < kResyncBytes && !final) return {pos, kResyncBytes};
      bool whole = false;
      const auto count =
          Chain(version_, rest.first(std::min(rest.size(), kResyncBytes)), kProbeRecords, whole);
      if (offset + pos != resync_from_ && count &&
          (*count == kProbeRecords || (whole && *count > 0))) {
        passed_over(offset + pos);
      } else {
        ++pos;
        continue;
      }
    }
    if (rest.size() < header_bytes) {
      if (!final) return {pos, header_bytes};
      if (!rest.empty())
        out_.Tell({.kind = Damage::Kind::kTruncated,
                   .number = out_.packets() + 1,
                   .offset = offset + pos,
                   .text = fmt::format("the records end after {} of the {} bytes of a header",
                                       rest.size(), header_bytes)});
      return {bytes.size(), 1};
    }
    const auto record = ReadRecord(version_, rest);
    if (!record) {
      resyncing_ = true;
      resync_from_ = offset + pos;
      continue;
    }
    const std::size_t record_bytes = header_bytes + record->stored;
    if (rest.size() < record_bytes) {
      if (!final) return {pos, record_bytes};
      out_.Tell({.kind = Damage::Kind::kTruncated,
                 .number = out_.packets() + 1,
                 .offset = offset + pos,
                 .text = fmt::format("the records end after {} of the {} bytes of one", rest.size(),
                                     record_bytes)});
      return {bytes.size(), 1};
    }
    if (started_)  // unsigned, for a preamble may hold anything
      time_.us = static_cast<std::int64_t>(static_cast<std::uint64_t>(time_.us) + record->step);
    started_ = true;
    Packet& packet = out_.Next();
    packet.kind = record->kind;
    packet.to_controller = ToController(record->kind, !record->incoming);
    packet.adapter = 0;
    packet.data = rest.subspan(header_bytes, record->stored);
    const std::size_t wire = WireLength(*record, packet.data, version_);
    packet.original_length = static_cast<std::uint32_t>(wire);
    packet.cut = packet.data.size() < wire;
    packet.offset = offset + pos;
    packet.time = time_;
    out_.Commit();
    pos += record_bytes;
  }
}

}  // namespace bk::codec::snoop
