// Pairings of a link. Internal to this room.
#pragma once

#include "base/bytes.h"
#include "capture/link_state.h"

namespace bk::capture {

class SmpTracker {
 public:
  SmpTracker(Counters& counters, Scribe& scribe) : counters_(counters), scribe_(scribe) {}

  void OnPdu(LinkState& state, Moment at, bool from_phone, Bytes pdu, std::uint32_t missing);
  // Encryption came on: a pairing under way has done what it is for.
  void OnEncrypted(LinkState& state, Moment at);

 private:
  Pairing& Open(LinkState& state, Moment at);
  void Features(LinkState& state, Pairing& pairing, bool from_phone, Bytes pdu);

  Counters& counters_;
  Scribe& scribe_;
};

}  // namespace bk::capture
