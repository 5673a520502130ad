// The ATT conversation of a link: counting, matching answers to requests, time-outs, what discovery
// told (Core Specification Vol 3 Part F sections 3.3 and 3.4). Internal to this room.
#pragma once

#include "base/bytes.h"
#include "capture/link_state.h"

namespace bk::capture {

class AttTracker {
 public:
  AttTracker(Counters& counters, PeerTable& peers, Scribe& scribe)
      : counters_(counters), peers_(peers), scribe_(scribe) {}

  // One PDU; `missing` bytes at its end were removed by the recorder.
  void OnPdu(LinkState& state, Moment at, bool from_phone, Bytes pdu, std::uint32_t missing);
  // Requests that waited 30 s and more when the link ended.
  void OnLinkEnd(LinkState& state, Moment at);

 private:
  void Answer(LinkState& state, Moment at, bool from_phone, Bytes pdu, AttPdu& out);
  void Apart(LinkState& state, Bytes pdu, AttPdu out);
  void Error(LinkState& state, Moment at, bool from_phone, Bytes pdu, AttPdu& out);
  void Learn(LinkState& state, Moment at, Bytes pdu, const PendingRequest& asked);
  void CheckTimeouts(LinkState& state, Moment at);
  void AddService(LinkState& state, const codec::att::Uuid& service);
  void SetName(LinkState& state, Bytes name);
  codec::att::AttributeTable* TableOf(LinkState& state, bool make);
  codec::att::Uuid TypeOf(LinkState& state, std::uint16_t handle);

  Counters& counters_;
  PeerTable& peers_;
  Scribe& scribe_;
  std::size_t tables_ = 0;
  codec::att::DiscoveryFacts facts_;
};

}  // namespace bk::capture
