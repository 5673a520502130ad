#include "codec/snoop/pcap_parser.h"

#include <fmt/format.h>

namespace bk::codec::snoop {
namespace {

constexpr std::int64_t kNo = -1;
constexpr std::int64_t kYes = 0;

}  // namespace

struct PcapParser::Header {
  std::uint32_t seconds, fraction, included, original;
  std::int64_t us;
  [[nodiscard]] bool plausible(std::uint32_t fractions) const {
    return included <= limits::kCaptureRecordBytesMax &&
           original <= limits::kCaptureRecordBytesMax && fraction < fractions;
  }
};

PcapParser::PcapParser(const Format& format, Emitter& out)
    : encapsulation_(format.encapsulation),
      big_endian_(format.big_endian),
      fractions_(format.nanoseconds ? 1'000'000'000 : 1'000'000),
      header_bytes_(format.wide_records ? 24 : 16),
      out_(out) {}

PcapParser::Header PcapParser::Load(const std::byte* at) const {
  const auto load = [this](const std::byte* p) { return big_endian_ ? LoadBe32(p) : LoadLe32(p); };
  Header header{load(at), load(at + 4), load(at + 8), load(at + 12), 0};
  header.us = std::int64_t{header.seconds} * 1'000'000 + header.fraction / (fractions_ / 1'000'000);
  return header;
}

Progress PcapParser::Parse(Bytes bytes, std::uint64_t offset, bool final) {
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

Progress PcapParser::Run(Bytes bytes, std::uint64_t offset, bool final) {
  std::size_t pos = 0;
  for (;;) {
    const std::size_t left = bytes.size() - pos;
    if (left < header_bytes_) {
      if (!final) return {pos, header_bytes_};
      if (left > 0)
        out_.Tell(
            {.kind = Damage::Kind::kTruncated,
             .number = out_.packets() + 1,
             .offset = offset + pos,
             .text = fmt::format("the file ends after {} of the {} bytes of a record's header",
                                 left, header_bytes_)});
      return {bytes.size(), 1};
    }
    const Header header = Load(bytes.data() + pos);
    if (!header.plausible(fractions_) ||
        // zeros are everywhere in damaged files
        (header.original == 0 && (!started_ || TimeDistance(header.us, last_us_) > kResyncSpanUs)))
        [[unlikely]] {
      resyncing_ = true;
      resync_from_ = offset + pos;
      return {pos, header_bytes_};
    }
    const std::size_t record_bytes = header_bytes_ + header.included;
    if (left < record_bytes) {
      if (!final) return {pos, record_bytes};
      resyncing_ = true;
      resync_from_ = offset + pos;
      cut_bytes_ = record_bytes;
      return {pos, header_bytes_};
    }
    Packet& packet = out_.Next();
    packet.adapter = 0;
    packet.offset = offset + pos;
    packet.time.us = header.us;
    decoder_.Decode(encapsulation_, bytes.subspan(pos + header_bytes_, header.included),
                    header.original, RecordDecoder::Direction::kUnsaid, packet);
    last_us_ = header.us;
    started_ = true;
    out_.Commit();
    pos += record_bytes;
  }
}

std::int64_t PcapParser::FitsAsResync(Bytes bytes, bool final) const {
  const Header header = Load(bytes.data());
  if (header.included == 0 || header.included > header.original ||
      header.original > kResyncRecordBytesMax || !header.plausible(fractions_))
    return kNo;
  if (started_ && TimeDistance(header.us, last_us_) > kResyncSpanUs) return kNo;
  const std::size_t end = header_bytes_ + header.included;
  if (bytes.size() < end + header_bytes_ && !final)
    return static_cast<std::int64_t>(end + header_bytes_);
  if (bytes.size() < end) return kNo;
  Packet packet;
  RecordDecoder decoder;
  if (!decoder.Decode(encapsulation_, bytes.subspan(header_bytes_, header.included),
                      header.original, RecordDecoder::Direction::kUnsaid, packet))
    return kNo;
  if (packet.kind == PacketKind::kOther && encapsulation_ != Encapsulation::kMonitorHeader)
    return kNo;
  if (const auto length = HciLength(packet.kind, packet.data);
      length && *length != packet.original_length)
    return kNo;
  if (bytes.size() == end) return kYes;
  if (bytes.size() < end + header_bytes_) return kNo;
  const Header next = Load(bytes.data() + end);
  return next.plausible(fractions_) && TimeDistance(next.us, header.us) <= kResyncSpanUs ? kYes
                                                                                         : kNo;
}

Progress PcapParser::Resync(Bytes bytes, std::uint64_t offset, bool final) {
  std::size_t pos = 0;
  const auto passed_over = [&](std::uint64_t end) {
    out_.Tell(
        {.kind = Damage::Kind::kCorrupt,
         .number = out_.packets() + 1,
         .offset = resync_from_,
         .text = fmt::format("{} bytes that are no record were passed over", end - resync_from_)});
  };
  for (; bytes.size() - pos > header_bytes_; ++pos) {
    const std::int64_t fits = FitsAsResync(bytes.subspan(pos), final);
    if (fits > 0) return {pos, static_cast<std::size_t>(fits)};
    if (fits == kNo) continue;
    passed_over(offset + pos);
    resyncing_ = false;
    cut_bytes_ = 0;
    return {pos, 1};
  }
  if (!final) return {pos, header_bytes_ + 1};
  const std::uint64_t end = offset + bytes.size();
  if (cut_bytes_ > 0) {
    out_.Tell({.kind = Damage::Kind::kTruncated,
               .number = out_.packets() + 1,
               .offset = resync_from_,
               .text = fmt::format("the file ends after {} of the {} bytes of a record",
                                   end - resync_from_, cut_bytes_)});
  } else {
    passed_over(end);
  }
  resyncing_ = false;
  cut_bytes_ = 0;
  return {bytes.size(), 1};
}

}  // namespace bk::codec::snoop
