// Every address that a capture speaks of, with what its adverts said. Made for captures that are
// mostly adverts: one look-up in a flat table and a few additions per report.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/address.h"
#include "capture/scribe.h"
#include "capture/story.h"
#include "codec/att/discovery.h"
#include "codec/hci/scan.h"

namespace bk::capture {

// Signal strengths, one bin per dBm; those beyond fall into the outer bins, counts saturate.
class RssiHistogram {
 public:
  void Add(int rssi) {
    if (rssi >= 20) return;  // 127 and its neighbours: not told
    const int bin = rssi < kLow ? 0 : rssi > kHigh ? kHigh - kLow : rssi - kLow;
    auto& cell = bins_[static_cast<std::size_t>(bin)];
    if (cell != 0xffff) ++cell;
    ++count_;
    if (rssi < min_) min_ = static_cast<std::int8_t>(rssi);
    if (rssi > max_) max_ = static_cast<std::int8_t>(rssi);
  }
  [[nodiscard]] RssiStats Stats() const;

 private:
  static constexpr int kLow = -115, kHigh = -20;
  std::array<std::uint16_t, kHigh - kLow + 1> bins_{};
  std::uint32_t count_ = 0;
  std::int8_t min_ = 127, max_ = -128;
};

struct PeerRecord {
  Peer peer;  // rssi and interval are filled in by Take
  std::int64_t last_advert_us = 0;
  std::uint32_t last_scan = 0xffff'ffff;
  std::int8_t last_rssi = 127;
  bool name_complete = false;
  std::uint8_t distance_count = 0;  // in the ring, up to its size
  std::uint8_t distance_next = 0;
  Link* wants_rssi_after = nullptr;  // a link of it that ended: the next advert tells
  unsigned links = 0;                // with it, that stand
  RssiHistogram rssi;
  std::array<std::int8_t, 8> rssi_ring{};  // the newest reports
  std::uint8_t rssi_count = 0, rssi_next = 0;
  std::array<std::uint16_t, 64> distances{};  // quarter milliseconds, the newest
  std::unique_ptr<codec::att::AttributeTable> attributes;
};

class PeerTable {
 public:
  PeerTable();

  // The peer of this address, made if new. kNone for the all-zero address, which recorders write
  // when they hide it, and when limits::kPeersMax is reached.
  std::size_t Find(Address address, std::uint8_t type);
  [[nodiscard]] PeerRecord& at(std::size_t peer) { return records_[peer]; }
  [[nodiscard]] std::size_t size() const { return records_.size(); }
  [[nodiscard]] bool full() const { return records_.size() >= limits::kPeersMax; }

  // One report, heard in `scan`. `measure`: distances of adverts mean something (no filter of
  // duplicates). True when it is the first of this peer in this scan.
  bool Hear(std::size_t peer, const codec::hci::AdvertReport& report, std::uint32_t scan,
            bool measure, Moment at);

  // Sums up and gives the peers away. Index = what Find gave.
  std::vector<Peer> Take();

 private:
  struct Slot {
    std::uint64_t key = 0;
    std::uint32_t peer = kEmpty;
  };
  static constexpr std::uint32_t kEmpty = 0xffff'ffff;
  void Grow();

  std::vector<PeerRecord> records_;
  std::vector<Slot> slots_;  // open addressing, at most half full
};

}  // namespace bk::capture
