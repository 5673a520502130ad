#include "capture/findings.h"

#include <algorithm>

#include "capture/air_findings.h"
#include "capture/link_findings.h"
#include "capture/present.h"

namespace bk::capture {

void FindingWriter::Add(evidence::id::Id id, bool value, SnoopTime time, std::uint64_t packet,
                        std::string text) {
  evidence::Finding finding;
  finding.id = id;
  finding.value = value;
  finding.source = evidence::SourceKind::kCapture;
  finding.where.file = story_.file;
  finding.where.member = story_.member;
  finding.where.packet = packet;
  finding.where.time = time;
  finding.text = std::move(text);
  findings_.push_back(std::move(finding));
}

Selection Select(const Story& story, const evidence::BandId& band) {
  Selection selection;
  selection.named = band.address || !band.masked_address.empty() || !band.name.empty();
  selection.peers.assign(story.peers.size(), false);
  const std::vector<bool> dealt = MayBeThePhones(story);
  const bool by_address = band.address || !band.masked_address.empty();
  for (std::size_t i = 0; i < story.peers.size(); ++i) {
    const Peer& peer = story.peers[i];
    const bool taken = by_address           ? band.MayBe(FormatAddress(peer.address))
                       : !band.name.empty() ? peer.name == band.name
                                            : LikenessOf(peer) >= (dealt[i] ? 2 : 3);
    if (!taken) continue;
    selection.peers[i] = true;
    selection.any_peer = true;
  }
  for (const Link& link : story.links) {
    if (link.peer != kNone) {
      if (selection.peers[link.peer] || (!selection.named && link.talk.huami))
        selection.links.push_back(&link);
      continue;
    }
    // The capture hides who it is: taken when it is a band, and not one of another name.
    const bool is_band = link.talk.huami || evidence::LikenessFromName(link.device_name) >= 2;
    const bool other_name =
        !band.name.empty() && !link.device_name.empty() && band.name != link.device_name;
    if (is_band && !other_name) selection.links.push_back(&link);
  }
  return selection;
}

evidence::Evidence FindingsFor(const Story& story, const evidence::BandId& band) {
  const Selection selection = Select(story, band);
  FindingWriter writer(story);
  AddAirFindings(story, selection, writer);
  AddAttemptFindings(story, selection, writer);
  AddLinkFindings(story, selection, writer);
  const auto cut = KeepThePresent(story, selection, writer);
  evidence::Evidence result;
  result.findings = writer.Take();
  result.events = story.events;
  result.losses = story.losses;
  if (cut) evidence::AddLoss(result.losses, *cut);
  result.bands = story.bands;
  return result;
}

}  // namespace bk::capture
