// The phone listening: scan windows, and who was heard in which. Internal to this room.
#pragma once

#include <utility>
#include <vector>

#include "capture/link_state.h"

namespace bk::capture {

class ScanTracker {
 public:
  ScanTracker(Counters& counters, PeerTable& peers, Scribe& scribe)
      : counters_(counters), peers_(peers), scribe_(scribe) {}

  void OnParameters(AdapterState& adapter, std::uint16_t opcode, Bytes parameters, Moment at);
  void OnEnable(AdapterState& adapter, Bytes parameters, Moment at);
  void OnEnableRefused(AdapterState& adapter, Moment at);
  void OnStop(AdapterState& adapter, Moment at);
  // An event with reports, after its subevent code.
  void OnReports(AdapterState& adapter, std::uint8_t subevent, Bytes parameters, bool cut,
                 Moment at);
  void Finish(AdapterState& adapter, Moment at);

  std::vector<ScanWindow> TakeScans() { return std::move(scans_); }
  std::vector<std::pair<std::uint32_t, std::uint32_t>> TakeHeard() { return std::move(heard_); }

 private:
  void Start(AdapterState& adapter, Moment at);

  Counters& counters_;
  PeerTable& peers_;
  Scribe& scribe_;
  std::vector<ScanWindow> scans_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> heard_;
};

}  // namespace bk::capture
