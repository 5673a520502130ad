// Which devices of a story may be a band. Internal to this room.
#pragma once

#include <vector>

#include "capture/story.h"
#include "evidence/evidence.h"

namespace bk::capture {

// How much a peer looks like a Mi Smart Band 4, as BandSeen::likeness.
int LikenessOf(const Peer& peer);

// By index into Story::peers: whether the phone had a link with the peer or asked for one, or heard
// it from close by. Others are strangers' as likely as not.
std::vector<bool> MayBeThePhones(const Story& story);

// Peers with a likeness above 0, then links to hidden peers that speak Huami's protocol or name
// themselves. Each once; the likeliest way of knowing is told.
std::vector<evidence::BandSeen> BandsOf(const Story& story);

}  // namespace bk::capture
