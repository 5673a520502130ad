// Captures that hold the data of links and no HCI event: one link from the next on the same handle.
// Internal to this room.
//
// Someone cut the events away, or the recorder never kept them, so that nothing says when a link
// ended and the next began. What a phone does once per link says it: after silence it searches all
// services from the first handle again, or asks for the MTU again (Core Specification Vol 3 Part F
// 3.4.2.1: at most once per connection). A phone that kept the services from its cache and asks
// for no MTU is not told apart; its links look like one.
#pragma once

#include "base/bytes.h"
#include "capture/link_state.h"

namespace bk::capture {

// Whether the L2CAP packet `fragment`, the next on the link, is the first of a new link. To be
// asked for every packet of the link before it is counted.
bool BeginsNewLink(LinkState& state, Bytes fragment, bool from_phone, Moment at,
                   std::uint32_t clock_epoch);

}  // namespace bk::capture
