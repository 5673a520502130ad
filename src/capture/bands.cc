#include "capture/bands.h"

#include <algorithm>

#include "base/text.h"

namespace bk::capture {
namespace {

constexpr int kWithinReach = -70;  // dBm: in the same room

evidence::Where WhereOf(const Story& story, SnoopTime time, std::uint64_t packet) {
  evidence::Where where;
  where.file = story.file;
  where.member = story.member;
  where.packet = packet;
  where.time = time;
  return where;
}

std::string HowKnown(const Peer& peer, bool advertised) {
  if (evidence::LikenessFromName(peer.name) >= 2)
    return advertised ? "advertised name" : "name read from the device";
  if (peer.huami_service) return advertised ? "service fee0" : "services of the band discovered";
  if (peer.huami_company) return "advertised company 0x0157";
  return "name";
}

}  // namespace

int LikenessOf(const Peer& peer) {
  const int by_name = evidence::LikenessFromName(peer.name);
  if (ContainsNoCase(peer.name, "scale")) return 0;  // of the same maker, and no band
  return std::max(by_name, peer.huami_company || peer.huami_service ? 2 : 0);
}

std::vector<bool> MayBeThePhones(const Story& story) {
  std::vector<bool> dealt;
  dealt.reserve(story.peers.size());
  for (const Peer& peer : story.peers)
    dealt.push_back(peer.rssi.count != 0 && peer.rssi.median >= kWithinReach);
  for (const Link& link : story.links)
    if (link.peer < dealt.size()) dealt[link.peer] = true;
  for (const Attempt& attempt : story.attempts)
    for (const std::size_t peer : attempt.targets)
      if (peer < dealt.size()) dealt[peer] = true;
  return dealt;
}

std::vector<evidence::BandSeen> BandsOf(const Story& story) {
  std::vector<evidence::BandSeen> bands;
  std::vector<const Link*> link_of(story.peers.size());  // the one that tells most
  for (const Link& link : story.links)
    if (link.peer < link_of.size() && (link_of[link.peer] == nullptr || link.talk.huami))
      link_of[link.peer] = &link;
  const std::vector<bool> dealt = MayBeThePhones(story);
  for (std::size_t index = 0; index < story.peers.size(); ++index) {
    const Peer& peer = story.peers[index];
    const bool advertised = peer.adverts + peer.scan_responses > 0;
    evidence::BandSeen band;
    band.likeness = LikenessOf(peer);
    const Link* linked = link_of[index];
    if (linked != nullptr && linked->talk.huami) band.likeness = std::max(band.likeness, 2);
    if (band.likeness == 0) continue;
    band.address = peer.address;
    band.name = peer.name;
    band.overheard = !dealt[index];
    band.how = band.likeness == 2 && linked != nullptr && linked->talk.huami && LikenessOf(peer) < 2
                   ? "spoke the band's protocol"
                   : HowKnown(peer, advertised);
    band.where = advertised          ? WhereOf(story, peer.first, peer.first_packet)
                 : linked != nullptr ? WhereOf(story, linked->started, linked->packet)
                                     : WhereOf(story, {}, 0);
    bands.push_back(std::move(band));
  }
  for (const Link& link : story.links) {
    if (link.peer != kNone) continue;
    const bool service =
        std::ranges::find(link.services, codec::att::Uuid16(0xfee0)) != link.services.end();
    evidence::BandSeen band;
    band.likeness =
        std::max(evidence::LikenessFromName(link.device_name), link.talk.huami || service ? 2 : 0);
    if (band.likeness == 0) continue;
    band.name = link.device_name;
    band.how = evidence::LikenessFromName(link.device_name) >= 2 ? "name read from the device"
               : service                                         ? "services of the band discovered"
                                                                 : "spoke the band's protocol";
    band.where = WhereOf(story, link.started, link.packet);
    // Links of one hidden device, some of which told its name, are one band.
    const auto known = std::ranges::find_if(bands, [&](const evidence::BandSeen& other) {
      return !other.address && (other.name == band.name || band.name.empty() || other.name.empty());
    });
    if (known == bands.end()) {
      bands.push_back(std::move(band));
    } else if (known->name.empty() && !band.name.empty()) {
      *known = std::move(band);
    }
  }
  return bands;
}

}  // namespace bk::capture
