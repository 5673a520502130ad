#include "capture/peer_table.h"

#include <algorithm>

#include "capture/advert_interval.h"

namespace bk::capture {
namespace {

constexpr std::size_t kSlotsAtFirst = 1024;
// Reports closer than this are the same advertising event on another channel: events are at least
// 20 ms apart (Vol 6 Part B 4.4.2.2).
constexpr std::int64_t kSameEventUs = 15'000;
constexpr std::int64_t kDistanceUsMax = 0xffff * 250;
// Intervals are worked out for bands, and for this many other peers.
constexpr std::size_t kIntervalsMax = 512;

std::size_t HashOf(std::uint64_t key) {
  key *= 0x9e37'79b9'7f4a'7c15;
  return key >> 20;
}

}  // namespace

RssiStats RssiHistogram::Stats() const {
  RssiStats stats;
  stats.count = count_;
  if (count_ == 0) return stats;
  stats.min = min_;
  stats.max = max_;
  std::uint64_t total = 0;
  for (const std::uint16_t cell : bins_) total += cell;
  std::uint64_t below = 0;
  for (std::size_t i = 0; i < bins_.size(); ++i) {
    below += bins_[i];
    if (2 * below >= total) {
      stats.median = kLow + static_cast<int>(i);
      break;
    }
  }
  return stats;
}

PeerTable::PeerTable() : slots_(kSlotsAtFirst) {}

std::size_t PeerTable::Find(Address address, std::uint8_t type) {
  if (address.bits == 0) return kNone;
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = HashOf(address.bits) & mask;
  for (; slots_[at].peer != kEmpty; at = (at + 1) & mask)
    if (slots_[at].key == address.bits) return slots_[at].peer;
  if (full()) return kNone;
  slots_[at] = {address.bits, static_cast<std::uint32_t>(records_.size())};
  PeerRecord& record = records_.emplace_back();
  record.peer.address = address;
  record.peer.address_type = type;
  if (records_.size() * 2 > slots_.size()) Grow();
  return records_.size() - 1;
}

void PeerTable::Grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  const std::size_t mask = slots_.size() - 1;
  for (const Slot& slot : old) {
    if (slot.peer == kEmpty) continue;
    std::size_t at = HashOf(slot.key) & mask;
    while (slots_[at].peer != kEmpty) at = (at + 1) & mask;
    slots_[at] = slot;
  }
}

bool PeerTable::Hear(std::size_t index, const codec::hci::AdvertReport& report, std::uint32_t scan,
                     bool measure, Moment at) {
  PeerRecord& record = records_[index];
  Peer& peer = record.peer;
  if (peer.adverts + peer.scan_responses == 0) {
    peer.first = at.time;
    peer.first_packet = at.packet;
    peer.address_type = report.address_type;
  }
  peer.last = at.time;
  peer.last_packet = at.packet;
  record.rssi.Add(report.rssi);
  record.last_rssi = report.rssi;
  if (report.rssi < 20) {
    record.rssi_ring[record.rssi_next] = report.rssi;
    record.rssi_next = static_cast<std::uint8_t>((record.rssi_next + 1) % record.rssi_ring.size());
    if (record.rssi_count < record.rssi_ring.size()) ++record.rssi_count;
  }
  if (record.wants_rssi_after != nullptr) {
    if (report.rssi < 20) record.wants_rssi_after->rssi_after = report.rssi;
    record.wants_rssi_after = nullptr;
  }
  const bool first_in_scan = record.last_scan != scan;
  record.last_scan = scan;
  if (first_in_scan) ++peer.scans_heard_in;
  if (report.scan_response) {
    ++peer.scan_responses;
  } else {
    ++peer.adverts;
    ++(report.connectable ? peer.connectable : peer.non_connectable);
    if (report.connectable || record.links > 0) {
      peer.held_in_row = 0;
    } else if (peer.held_in_row++ == 0) {
      peer.held_since_packet = at.packet;
    }
    const std::int64_t distance = at.time.us - record.last_advert_us;
    if (first_in_scan || distance < 0 || distance >= kSameEventUs) {
      if (measure && !first_in_scan && distance > 0 && distance <= kDistanceUsMax) {
        record.distances[record.distance_next] = static_cast<std::uint16_t>(distance / 250);
        record.distance_next =
            static_cast<std::uint8_t>((record.distance_next + 1) % record.distances.size());
        if (record.distance_count < record.distances.size()) ++record.distance_count;
      }
      record.last_advert_us = at.time.us;
    }
  }
  if (!(record.name_complete && peer.huami_company && peer.huami_service)) {
    const codec::hci::AdvertContent content = codec::hci::ReadAdvertContent(report.data);
    peer.huami_company |= content.huami_company;
    peer.huami_service |= content.huami_service;
    if (content.name.size() > peer.name.size()) {
      peer.name = content.name;
      record.name_complete = true;
    }
  }
  return first_in_scan;
}

std::vector<Peer> PeerTable::Take() {
  std::size_t others = 0;
  std::vector<Peer> peers;
  peers.reserve(records_.size());
  std::vector<double> distances;
  for (PeerRecord& record : records_) {
    Peer& peer = record.peer;
    peer.rssi = record.rssi.Stats();
    RssiHistogram lately;
    for (std::size_t i = 0; i < record.rssi_count; ++i) lately.Add(record.rssi_ring[i]);
    peer.rssi_lately = lately.Stats();
    const bool band =
        peer.huami_company || peer.huami_service || evidence::LikenessFromName(peer.name) > 0;
    if (record.distance_count != 0 && (band || others < kIntervalsMax)) {
      distances.clear();
      for (std::size_t i = 0; i < record.distance_count; ++i)
        distances.push_back(record.distances[i] * 0.25);
      peer.interval = EstimateInterval(distances);
      others += band ? 0 : 1;
    }
    peers.push_back(std::move(peer));
  }
  records_.clear();
  return peers;
}

}  // namespace bk::capture
