// Tests only: packets to write, a sink that keeps what it hears, and the reading of a whole file in
// chunks.
#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "codec/snoop/reader.h"
#include "codec/snoop/reference_reader.h"
#include "codec/snoop/writer.h"

namespace bk::codec::snoop {

struct SeenDamage {
  Damage::Kind kind;
  std::uint64_t number, offset, count;
  std::string text;
  std::size_t after;  // packets that were delivered before it
  friend bool operator==(const SeenDamage&, const SeenDamage&) = default;
};

class KeepingSink final : public PacketSink {
 public:
  void OnPackets(std::span<const Packet> heard) override {
    for (const Packet& packet : heard) packets.push_back(Seen(packet));
  }
  void OnDamage(const Damage& told) override {
    damage.push_back({told.kind, told.number, told.offset, told.count, told.text, packets.size()});
  }
  [[nodiscard]] std::vector<SeenDamage> Of(Damage::Kind kind) const {
    std::vector<SeenDamage> some;
    for (const SeenDamage& one : damage)
      if (one.kind == kind) some.push_back(one);
    return some;
  }
  std::vector<SeenPacket> packets;
  std::vector<SeenDamage> damage;
};

struct Reading {
  KeepingSink sink;
  Format format;
  std::uint64_t count = 0;
  SnoopTime first, last;
  std::optional<Error> error;

  [[nodiscard]] auto All() const {
    return std::tie(sink.packets, sink.damage, format.name, count, first, last);
  }
};

inline Reading Read(Bytes file, std::size_t chunk_bytes = ~std::size_t{0}) {
  Reading reading;
  SnoopReader reader(reading.sink);
  Status status;
  while (!file.empty() && status) {
    // A copy, so that a view which outlives its chunk is found by the address sanitizer.
    const Bytes view = file.first(std::min(chunk_bytes, file.size()));
    const std::vector<std::byte> chunk(view.begin(), view.end());
    status = reader.Push(chunk);
    file = file.subspan(view.size());
  }
  if (status) status = reader.Finish();
  if (!status) reading.error = status.error();
  reading.format = reader.format();
  reading.count = reader.packets();
  reading.first = reader.first();
  reading.last = reader.last();
  return reading;
}

constexpr std::int64_t kSampleUs = 1'600'000'000'000'000;

// The n-th of a plausible conversation: commands, events, data both ways, voice.
inline std::pair<Packet, std::vector<std::byte>> SamplePacket(unsigned n) {
  static constexpr std::uint8_t kCommand[] = {0x03, 0x0c, 0x00};
  static constexpr std::uint8_t kEvent[] = {0x0e, 0x04, 0x01, 0x03, 0x0c, 0x00};
  static constexpr std::uint8_t kWrite[] = {0x40, 0x00, 0x0b, 0x00, 0x07, 0x00, 0x04, 0x00,
                                            0x12, 0x2a, 0x00, 0x82, 0x00, 0x02, 0x00};
  static constexpr std::uint8_t kAnswer[] = {0x40, 0x20, 0x05, 0x00, 0x01, 0x00, 0x04, 0x00, 0x13};
  static constexpr std::uint8_t kVoice[] = {0x41, 0x00, 0x02, 0x11, 0x22};
  const auto bytes = [](auto& array) { return std::as_bytes(std::span(array)); };
  const std::pair<PacketKind, Bytes> kinds[] = {{PacketKind::kCommand, bytes(kCommand)},
                                                {PacketKind::kEvent, bytes(kEvent)},
                                                {PacketKind::kAcl, bytes(kWrite)},
                                                {PacketKind::kAcl, bytes(kAnswer)},
                                                {PacketKind::kSco, bytes(kVoice)}};
  const auto& [kind, data] = kinds[n % 5];
  std::vector<std::byte> copy(data.begin(), data.end());
  Packet packet;
  packet.kind = kind;
  packet.to_controller = n % 5 == 0 || n % 5 == 2;
  packet.original_length = static_cast<std::uint32_t>(copy.size());
  packet.time.us = kSampleUs + n * 1'250;
  return {packet, std::move(copy)};
}

inline void AddSample(SnoopWriter& writer, unsigned n, std::size_t keep = ~std::size_t{0}) {
  auto [packet, data] = SamplePacket(n);
  packet.data = Bytes(data).first(std::min(keep, data.size()));
  writer.Add(packet);
}

inline std::vector<std::byte> SampleFile(FileKind kind, unsigned packets,
                                         WriterOptions options = {}) {
  std::vector<std::byte> file;
  SnoopWriter writer(kind, file, options);
  for (unsigned n = 0; n < packets; ++n) AddSample(writer, n);
  return file;
}

}  // namespace bk::codec::snoop
