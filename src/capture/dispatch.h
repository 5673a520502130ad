// From one HCI packet to whoever follows it. Internal to this room; Analyser is the entry.
#pragma once

#include <memory>
#include <vector>

#include "capture/analyser.h"
#include "capture/att_tracker.h"
#include "capture/link_tracker.h"
#include "capture/scan_tracker.h"
#include "capture/smp_tracker.h"

namespace bk::capture {

class Dispatch {
 public:
  explicit Dispatch(AnalyserOptions options);

  void OnPacket(const codec::snoop::Packet& packet);
  // The container said that something is wrong here. `hole`: packets may be missing.
  void OnGap(bool hole);
  Story Finish();

  Scribe& scribe() { return scribe_; }
  [[nodiscard]] SnoopTime last() const { return last_; }

 private:
  AdapterState& AdapterOf(std::uint16_t number);
  void OnCommand(AdapterState& adapter, const codec::snoop::Packet& packet, Moment at);
  void OnEvent(AdapterState& adapter, const codec::snoop::Packet& packet, Moment at);
  void OnLeEvent(AdapterState& adapter, Bytes parameters, bool cut, Moment at);
  void OnCommandOutcome(AdapterState& adapter, std::uint8_t code, Bytes parameters, Moment at);
  void OnCompletedPackets(AdapterState& adapter, Bytes parameters, Moment at);
  void OnAcl(AdapterState& adapter, const codec::snoop::Packet& packet, Moment at);
  void OnPdu(LinkState& state, Moment at, bool from_phone, const codec::l2cap::Pdu& pdu);
  void OnSignals(LinkState& state, Moment at, bool from_phone, const codec::l2cap::Pdu& pdu);
  void NewClock(Moment at);

  Counters counters_;
  Scribe scribe_;
  PeerTable peers_;
  AttTracker att_;
  SmpTracker smp_;
  ScanTracker scans_;
  LinkTracker links_;
  std::vector<std::unique_ptr<AdapterState>> adapters_;
  AdapterState* recent_ = nullptr;
  SnoopTime first_, last_;
  std::uint64_t last_packet_ = 0;
  std::uint64_t reset_at_end_ = 0;
  std::uint32_t clock_epoch_ = 0;
};

}  // namespace bk::capture
