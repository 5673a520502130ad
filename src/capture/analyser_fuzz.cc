// A stream of packets from fuzz bytes. Lengths are repaired for most of them, so that mutations
// reach past the first check.
#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "capture/analyser.h"
#include "capture/findings.h"
#include "capture/talk/band_talk.h"

void Fuzz(std::span<const std::byte> input) {
  using bk::codec::snoop::Packet;
  using bk::codec::snoop::PacketKind;
  bk::capture::talk::BandTalkMaker talk;
  bk::capture::Analyser analyser({.file = "", .member = "", .observers = &talk});
  bk::ByteReader reader(input);
  std::int64_t now = 0;
  std::uint64_t number = 0;
  while (reader.left() >= 3) {
    // kind 0-2, sent 3, cut 4, repair 5, second adapter 6, damage before 7
    const std::uint8_t head = reader.U8();
    now += std::int64_t{reader.I8()} * 100'000;
    const std::uint8_t size = reader.U8();
    const bk::Bytes taken = reader.Take(size < reader.left() ? size : reader.left());
    std::vector<std::byte> data(taken.begin(), taken.end());
    Packet packet;
    packet.kind = static_cast<PacketKind>((head & 7) == 0 ? 6 : (head & 7) > 6 ? 2 : head & 7);
    packet.to_controller = (head & 8) != 0;
    packet.cut = (head & 16) != 0;
    packet.adapter = (head & 64) != 0;
    packet.number = ++number;
    packet.time = {now};
    if ((head & 32) == 0) {
      if (packet.kind == PacketKind::kCommand && data.size() >= 3)
        data[2] = static_cast<std::byte>(data.size() - 3);
      if (packet.kind == PacketKind::kEvent && data.size() >= 2)
        data[1] = static_cast<std::byte>(data.size() - 2);
      if (packet.kind == PacketKind::kAcl && data.size() >= 8) {
        data[2] = static_cast<std::byte>(data.size() - 4);
        data[3] = std::byte{0};
        data[4] = static_cast<std::byte>(data.size() - 8);
        data[5] = std::byte{0};
      }
    }
    packet.original_length = static_cast<std::uint32_t>(data.size());
    packet.data = data;
    if ((head & 128) != 0) analyser.OnDamage({.number = number, .text = "made"});
    analyser.OnPackets(std::span(&packet, 1));
  }
  const bk::capture::Story story = analyser.Finish();
  BK_CHECK(story.counters.packets == number);
  for (const auto& [scan, peer] : story.heard)
    BK_CHECK(scan < story.scans.size() && peer < story.peers.size());
  for (const auto& link : story.links)
    BK_CHECK(link.peer == bk::capture::kNone || link.peer < story.peers.size());
  (void)bk::capture::FindingsFor(story, {});
}
