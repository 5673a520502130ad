#include "codec/snoop/btsnoop_parser.h"

#include <fmt/format.h>

#include <algorithm>

#include "codec/snoop/record.h"

namespace bk::codec::snoop {
namespace {

// Midnight of 1 January of year 0 to 1970, in microseconds.
constexpr std::uint64_t kEpoch = 0x00DCDDB30F2F8000;
// Stamps from 1800 to 2200: phones whose clock was never set write 1970, or 1969 west of Greenwich.
constexpr std::uint64_t kStampMin = kEpoch - 5'364'662'400'000'000;
constexpr std::uint64_t kStampSpan = 12'622'780'800'000'000;
constexpr std::int64_t kResyncFirstMin = 0;                      // 1970
constexpr std::int64_t kResyncFirstMax = 4'102'444'800'000'000;  // 2100
// A drop counter that leaps by more than this is no counter.
constexpr std::uint32_t kDropsLeapMax = 10'000'000;

}  // namespace

struct BtsnoopParser::Header {
  std::uint32_t original, included, flags, drops;
  std::uint64_t stamp;

  static Header Load(const std::byte* at) {
    return {LoadBe32(at), LoadBe32(at + 4), LoadBe32(at + 8), LoadBe32(at + 12), LoadBe64(at + 16)};
  }
  [[nodiscard]] std::int64_t us() const { return static_cast<std::int64_t>(stamp - kEpoch); }
  // Whether a record may begin so, in a file that was good up to here.
  [[nodiscard]] bool plausible() const {
    return included <= limits::kCaptureRecordBytesMax &&
           original <= limits::kCaptureRecordBytesMax && stamp - kStampMin < kStampSpan;
  }
};

Progress BtsnoopParser::Parse(Bytes bytes, std::uint64_t offset, bool final) {
  Progress all;
  for (;;) {
    const Bytes rest = bytes.subspan(all.consumed);
    const std::uint64_t at = offset + all.consumed;
    const bool was_resyncing = resyncing_;
    Progress step;
    if (resyncing_) {
      step = Resync(rest, at, final);
    } else if (encapsulation_ == Encapsulation::kH4) {
      step = Run<Encapsulation::kH4>(rest, at, final);
    } else if (encapsulation_ == Encapsulation::kMonitor) {
      step = Run<Encapsulation::kMonitor>(rest, at, final);
    } else {
      step = Run<Encapsulation::kHciFlags>(rest, at, final);
    }
    all.consumed += step.consumed;
    all.need = step.need;
    if (resyncing_ == was_resyncing) return all;
  }
}

template <Encapsulation kEncapsulation>
Progress BtsnoopParser::Run(Bytes bytes, std::uint64_t offset, bool final) {
  const std::byte* const begin = bytes.data();
  const std::size_t size = bytes.size();
  std::size_t pos = 0;
  for (;;) {
    const std::size_t left = size - pos;
    if (left < kRecordHeaderBytes) {
      if (!final) return {pos, kRecordHeaderBytes};
      if (left > 0)
        out_.Tell({.kind = Damage::Kind::kTruncated,
                   .number = out_.packets() + 1,
                   .offset = offset + pos,
                   .text = fmt::format(
                       "the file ends after {} of the 24 bytes of a record's header", left)});
      return {size, 1};
    }
    const std::byte* const at = begin + pos;
    const Header header = Header::Load(at);
    std::uint32_t stored = header.included;
    // Nothing at all was recorded, or nothing of it was kept: only a sensible time makes that a
    // record, for zeros are everywhere in damaged files.
    if (!header.plausible() ||
        (stored == 0 && (!started_ || TimeDistance(header.us(), last_us_) > kResyncSpanUs)))
        [[unlikely]] {
      resyncing_ = true;
      resync_from_ = offset + pos;
      return {pos, kRecordHeaderBytes};
    }
    if (left - kRecordHeaderBytes < stored) {
      if (!final) return {pos, kRecordHeaderBytes + stored};
      // A header whose length was damaged would swallow all that follows: look for more records.
      resyncing_ = true;
      cut_bytes_ = kRecordHeaderBytes + stored;
      resync_from_ = offset + pos;
      return {pos, kRecordHeaderBytes};
    }
    if (stored < header.original) {
      // Android 13's truncated mode says so in the header and then writes the whole packet: tell
      // from where the next header is. (snoop_logger.cc, lineage-20.0)
      const std::size_t next = kRecordHeaderBytes + stored;
      const std::size_t next_if_whole = kRecordHeaderBytes + header.original;
      if (left < next + kRecordHeaderBytes && !final) return {pos, next + kRecordHeaderBytes};
      if (left >= next + kRecordHeaderBytes && !Header::Load(at + next).plausible()) {
        if (left < next_if_whole + kRecordHeaderBytes && !final)
          return {pos, next_if_whole + kRecordHeaderBytes};
        // What ends inside the next header cannot be asked more.
        if (left >= next_if_whole && (left < next_if_whole + kRecordHeaderBytes ||
                                      Header::Load(at + next_if_whole).plausible())) {
          stored = header.original;
          if (!whole_though_cut_told_) {
            whole_though_cut_told_ = true;
            out_.Tell({.kind = Damage::Kind::kCorrupt,
                       .number = out_.packets() + 1,
                       .offset = offset + pos,
                       .text = "records that their headers call cut are whole (as Android 13's "
                               "truncated mode writes them): read whole"});
          }
        }
      }
    }
    if (header.drops != drops_) [[unlikely]] {
      if (header.drops > drops_ && header.drops - drops_ < kDropsLeapMax)
        out_.Tell({.kind = Damage::Kind::kDropped,
                   .number = out_.packets() + 1,
                   .offset = offset + pos,
                   .count = header.drops - drops_,
                   .text = fmt::format("the recorder dropped {} packets", header.drops - drops_)});
      drops_ = header.drops;
    }

    Packet& packet = out_.Next();
    const std::uint32_t original = std::max(header.original, stored);
    packet.cut = stored < original;
    packet.offset = offset + pos;
    packet.time.us = header.us();
    const std::byte* const data = at + kRecordHeaderBytes;
    if constexpr (kEncapsulation == Encapsulation::kH4) {
      if (stored > 0) [[likely]] {
        packet.kind = KindOfH4(*data);
        packet.to_controller = ToController(packet.kind, (header.flags & 1) == 0);
        packet.data = {data + 1, stored - 1};
        packet.original_length = original - 1;
      } else {
        packet.kind = PacketKind::kOther;
        packet.to_controller = false;
        packet.data = {};
        packet.original_length = original > 0 ? original - 1 : 0;
      }
      packet.adapter = 0;
    } else {
      packet.data = {data, stored};
      packet.original_length = original;
      if constexpr (kEncapsulation == Encapsulation::kMonitor) {
        const MonitorOpcode opcode = KindOfMonitor(static_cast<std::uint16_t>(header.flags));
        packet.kind = opcode.kind;
        packet.to_controller = opcode.to_controller;
        packet.adapter = static_cast<std::uint16_t>(header.flags >> 16);
      } else {
        const bool received = (header.flags & 1) != 0;
        if ((header.flags & 2) != 0) {
          packet.kind = received ? PacketKind::kEvent : PacketKind::kCommand;
        } else if (HciLength(PacketKind::kAcl, packet.data) != original &&
                   HciLength(PacketKind::kSco, packet.data) == original) {
          packet.kind = PacketKind::kSco;  // the flags do not tell voice from data: lengths do
        } else {
          packet.kind = PacketKind::kAcl;
        }
        packet.to_controller = !received;
        packet.adapter = 0;
      }
    }
    last_us_ = packet.time.us;
    started_ = true;
    out_.Commit();
    pos += kRecordHeaderBytes + stored;
  }
}

// A candidate must look like a record in every field, hold an HCI packet of the length it says, and
// be followed by another record or the end of the file.
BtsnoopParser::Fit BtsnoopParser::FitsAsResync(Bytes bytes, bool final, std::size_t& need) const {
  const Header header = Header::Load(bytes.data());
  if (header.included == 0 || header.included > header.original ||
      header.original > kResyncRecordBytesMax || !header.plausible())
    return Fit::kNo;
  const std::int64_t us = header.us();
  if (started_ ? TimeDistance(us, last_us_) > kResyncSpanUs
               : us < kResyncFirstMin || us > kResyncFirstMax)
    return Fit::kNo;
  const std::size_t end = kRecordHeaderBytes + header.included;
  const std::size_t end_if_whole = kRecordHeaderBytes + header.original;
  if (bytes.size() < end_if_whole + kRecordHeaderBytes && !final) {
    need = end_if_whole + kRecordHeaderBytes;
    return Fit::kNeedMore;
  }
  if (bytes.size() < end) return Fit::kNo;
  Bytes packet = bytes.subspan(kRecordHeaderBytes, header.included);
  std::uint32_t original = header.original;
  PacketKind kind = PacketKind::kOther;
  switch (encapsulation_) {
    case Encapsulation::kH4:
      if (header.flags > 0xff) return Fit::kNo;
      kind = KindOfH4(packet[0]);
      if (kind == PacketKind::kOther) return Fit::kNo;
      packet = packet.subspan(1);
      --original;
      break;
    case Encapsulation::kMonitor:
      if ((header.flags & 0xffff) > 0xff) return Fit::kNo;
      kind = KindOfMonitor(static_cast<std::uint16_t>(header.flags)).kind;
      break;
    default:
      if (header.flags > 3) return Fit::kNo;
      if (header.flags == 2) kind = PacketKind::kCommand;
      if (header.flags == 3) kind = PacketKind::kEvent;
      break;
  }
  if (const auto length = HciLength(kind, packet); length && *length != original) return Fit::kNo;
  const auto followed = [&](std::size_t at) {
    if (bytes.size() == at) return true;
    if (bytes.size() < at + kRecordHeaderBytes) return false;
    const Header next = Header::Load(bytes.data() + at);
    return next.plausible() && TimeDistance(next.us(), us) <= kResyncSpanUs;
  };
  return followed(end) || followed(end_if_whole) ? Fit::kYes : Fit::kNo;
}

Progress BtsnoopParser::Resync(Bytes bytes, std::uint64_t offset, bool final) {
  std::size_t pos = 0;
  for (; bytes.size() - pos > kRecordHeaderBytes; ++pos) {
    // The lengths are below 2^24, so their first bytes are zero: most places fail at once.
    if (bytes[pos] != std::byte{0} || bytes[pos + 4] != std::byte{0}) continue;
    std::size_t need = 0;
    switch (FitsAsResync(bytes.subspan(pos), final, need)) {
      case Fit::kNo:
        continue;
      case Fit::kNeedMore:
        return {pos, need};
      case Fit::kYes:
        TellPassedOver(offset + pos);
        resyncing_ = false;
        cut_bytes_ = 0;
        return {pos, 1};
    }
  }
  if (!final) return {pos, kRecordHeaderBytes + 1};
  const std::uint64_t end = offset + bytes.size();
  if (cut_bytes_ > 0) {
    out_.Tell({.kind = Damage::Kind::kTruncated,
               .number = out_.packets() + 1,
               .offset = resync_from_,
               .text = fmt::format("the file ends after {} of the {} bytes of a record",
                                   end - resync_from_, cut_bytes_)});
  } else {
    TellPassedOver(end);
  }
  resyncing_ = false;
  cut_bytes_ = 0;
  return {bytes.size(), 1};
}

void BtsnoopParser::TellPassedOver(std::uint64_t end) {
  out_.Tell(
      {.kind = Damage::Kind::kCorrupt,
       .number = out_.packets() + 1,
       .offset = resync_from_,
       .text = fmt::format("{} bytes that are no record were passed over", end - resync_from_)});
}

}  // namespace bk::codec::snoop
