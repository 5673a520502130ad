// What is kept of a link and of an adapter while the capture runs. Internal to this room.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <vector>

#include "capture/att_observer.h"
#include "capture/peer_table.h"
#include "capture/scribe.h"
#include "capture/story.h"
#include "codec/att/discovery.h"
#include "codec/l2cap/recombiner.h"

namespace bk::capture {

// 0 = to the phone, 1 = from the phone.
inline constexpr std::size_t kIn = 0, kOut = 1;

// A request or indication that waits for its answer.
struct PendingRequest {
  std::uint8_t opcode = 0;  // 0: none
  bool reported = false;    // as timed out
  std::uint16_t handle = 0;
  Moment at;
  codec::att::Uuid type;        // of discovery
  codec::att::Uuid looked_for;  // of Find By Type Value: the service
};

struct LinkState {
  Link* link = nullptr;  // owned by the tracker's deque
  bool up = false;
  std::uint32_t clock_epoch = 0;  // times of another epoch are not comparable
  SnoopTime last_packet;          // valid when packets_in + packets_out > 0
  std::array<codec::l2cap::Recombiner, 2> recombiner;

  std::array<PendingRequest, 2> request;     // by who asked
  std::array<PendingRequest, 2> indication;  // by who indicated
  // Nothing of these times out before then, in the time of `clock_epoch`.
  std::int64_t no_timeout_before_us = std::numeric_limits<std::int64_t>::max();
  std::unique_ptr<codec::att::AttributeTable> own_attributes;  // when the peer is not known
  std::uint16_t cached_handle = 0;                             // of the last look-up; 0: none
  codec::att::Uuid cached_type;
  std::uint16_t asked_mtu = 0;
  // Of a capture without events (link_apart.h): what opens a link was seen, and what comes after.
  bool opening_mtu = false, opening_search = false, opening_over = false;
  // ATT over a classic channel: where PDUs of each direction go, 0 = none.
  std::array<std::uint16_t, 2> att_channel{};
  std::uint16_t asked_channel = 0;  // of a Connection Request for ATT, by its source
  std::size_t asked_channel_by = kIn;

  bool pairing_open = false;  // link->pairings.back() is under way
  bool security_asked = false;
  std::array<std::uint8_t, 2> pairing_auth{};  // 1 bonding, 2 secure connections

  bool parameters_asked_by_peer = false;
  std::uint64_t disconnect_asked = 0;  // frame of the phone's Disconnect command
  std::uint8_t disconnect_reason = 0;  // that it gave
  RssiHistogram rssi;
  std::unique_ptr<AttObserver> observer;
};

struct ScanState {
  bool on = false;
  bool any = false;          // window holds
  std::uint32_t window = 0;  // the last one, index into Story::scans
  bool active = false, accept_list_only = false;
  double duty = 1;
};

struct AdapterState {
  static constexpr std::size_t kHandles = 0x1000;

  explicit AdapterState(std::uint16_t number) : id(number) {}
  std::uint16_t id;
  std::array<std::unique_ptr<LinkState>, kHandles> links;  // stays after its end, for stragglers
  std::vector<std::size_t> accept_list;                    // peers
  std::size_t le_attempt = kNone;                          // under way; into Story::attempts
  bool le_cancel_asked = false;
  std::vector<std::size_t> classic_attempts;
  ScanState scan;
};

}  // namespace bk::capture
