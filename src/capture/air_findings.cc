#include "capture/air_findings.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "capture/words.h"

namespace bk::capture {
namespace {

namespace id = evidence::id;

// Silence proves nothing before this much scanning, of which this much with the receiver on: a
// band that advertises once a second is then missed with a chance of 1 in 20 at most.
constexpr std::int64_t kScanUsMin = 10'000'000;
constexpr std::int64_t kScanUsMax = 7LL * 86'400'000'000;  // longer is a step of the clock
constexpr double kListenUsMin = 3'000'000;
constexpr std::uint64_t kAdvertsMin = 5;   // before "never connectable" is said
constexpr std::uint32_t kSignalsMin = 5;   // before a median is worth something
constexpr int kStrong = -70, kWeak = -85;  // dBm, finding_ids.h
constexpr double kSlowMs = 800;
constexpr std::int64_t kForeverUs = 600'000'000;  // Android itself demotes a scan after 10 minutes
// A search that a person waits for listens nearly always; what the system runs in the background
// for hours listens a tenth of the time.
constexpr double kSearchDuty = 0.5;
constexpr std::uint32_t kCrowd = 60;     // advertisers in one scan
constexpr double kCrowdPerSecond = 150;  // reports

struct Listening {
  std::int64_t scan_us = 0;
  double receiver_us = 0;
  std::uint32_t others = 0;  // the most that were heard in one scan
  const ScanWindow* first = nullptr;
};

std::int64_t Overlap(const ScanWindow& scan, const Link& link) {
  const std::int64_t begin = std::max(scan.started.us, link.started.us);
  const std::int64_t end = std::min(scan.ended.us, link.ended.us);
  return std::max<std::int64_t>(end - begin, 0);
}

// Scanning in which the band could have been heard: a connected band is silent. `since`: of scans
// that began later.
Listening ListeningFor(const Story& story, const Selection& selection,
                       std::optional<SnoopTime> since = std::nullopt) {
  Listening listening;
  for (const ScanWindow& scan : story.scans) {
    if (scan.accept_list_only || (since && scan.started < *since)) continue;
    std::int64_t length = std::max<std::int64_t>(scan.ended - scan.started, 0);
    for (const Link* link : selection.links) length -= Overlap(scan, *link);
    if (length <= 0) continue;
    length = std::min(length, kScanUsMax);
    listening.scan_us += length;
    listening.receiver_us += static_cast<double>(length) * scan.duty;
    listening.others = std::max(listening.others, scan.peers);
    if (listening.first == nullptr) listening.first = &scan;
  }
  return listening;
}

// A band that was heard once and then no longer is not in the air now. Where it was heard it can be
// heard: so three times the scanning of a band that never was.
constexpr int kSilentAgain = 3;
bool FellSilent(const Listening& since) {
  return since.scan_us >= kSilentAgain * kScanUsMin &&
         since.receiver_us >= kSilentAgain * kListenUsMin && since.first != nullptr;
}

void AddSilent(const Peer& peer, const Listening& since, FindingWriter& out) {
  // With nobody else in the air it may be the receiver: then nothing is said of the band.
  if (since.others == 0) return;
  const std::string text = fmt::format(
      "{} was heard last at packet {}; {} of scanning since heard up to {} at once, and not it",
      PeerName(peer), peer.last_packet, DurationText(since.scan_us),
      CountText(since.others, "other device", "other devices"));
  out.Add(id::kBandInScan, false, since.first->started, since.first->packet, text);
  out.Add(id::kBandNotInScan, true, since.first->started, since.first->packet, text);
}

void AddInScan(const Peer& peer, FindingWriter& out) {
  const std::string whom = PeerName(peer);
  out.Add(id::kBandInScan, true, peer.first, peer.first_packet,
          fmt::format("{} was heard {} in {}, first at packet {}", whom,
                      CountText(peer.adverts + peer.scan_responses, "time", "times"),
                      CountText(peer.scans_heard_in, "scan", "scans"), peer.first_packet));
  out.Add(id::kBandNotInScan, false, peer.first, peer.first_packet,
          fmt::format("{} was heard at packet {}", whom, peer.first_packet));
  // The newest count: a band is held from some moment on.
  if (peer.connectable > 0 && peer.held_in_row >= kAdvertsMin)
    out.Add(id::kBandNotConnectable, true, peer.last, peer.held_since_packet,
            fmt::format("{} was connectable before, and its last {} advertisements, from packet {} "
                        "on, are not: another phone holds it",
                        whom, peer.held_in_row, peer.held_since_packet));
  else if (peer.connectable > 0)
    out.Add(id::kBandNotConnectable, false, peer.first, peer.first_packet,
            fmt::format("{} connectable advertisements of {}", peer.connectable, whom));
  else if (peer.non_connectable >= kAdvertsMin)
    out.Add(id::kBandNotConnectable, true, peer.first, peer.first_packet,
            fmt::format("all {} advertisements of {} are non-connectable: another phone holds it",
                        peer.non_connectable, whom));
}

// A band that goes out of reach is heard ever more faintly before it falls silent; one that is
// taken by another phone or whose battery is empty falls silent as loud as it was.
bool WentAway(const Peer& peer) {
  return peer.rssi_lately.count >= kSignalsMin && peer.rssi_lately.median < kWeak;
}

void AddSignal(const Peer& peer, bool fell_silent, FindingWriter& out) {
  const std::string whom = PeerName(peer);
  if (fell_silent && WentAway(peer)) {
    out.Add(id::kWeakSignal, true, peer.last, peer.last_packet,
            fmt::format("the last {} reports of {} before it fell silent have {} dBm (median), of "
                        "all it is {} dBm: it was going out of reach",
                        peer.rssi_lately.count, whom, peer.rssi_lately.median, peer.rssi.median));
  } else if (peer.rssi.count >= kSignalsMin) {
    const std::string text =
        fmt::format("median signal of {} is {} dBm ({} to {}, {})", whom, peer.rssi.median,
                    peer.rssi.min, peer.rssi.max, CountText(peer.rssi.count, "report", "reports"));
    out.Add(id::kStrongSignal, peer.rssi.median >= kStrong, peer.first, peer.first_packet, text);
    out.Add(id::kWeakSignal, peer.rssi.median < kWeak, peer.first, peer.first_packet, text);
  }
  if (peer.interval)
    out.Add(id::kSlowAdvertising, peer.interval->milliseconds > kSlowMs, peer.first,
            peer.first_packet,
            fmt::format("{} advertises every {:.0f} ms, measured from {}", whom,
                        peer.interval->milliseconds,
                        CountText(peer.interval->distances, "distance", "distances")));
}

void AddScanHabits(const Story& story, FindingWriter& out) {
  for (const ScanWindow& scan : story.scans) {
    if (scan.ended - scan.started < kForeverUs || scan.duty < kSearchDuty) continue;
    out.Add(id::kScanRunsForever, true, scan.started, scan.packet,
            fmt::format("a scan ran for {}", DurationText(scan.ended - scan.started)));
    break;
  }
  for (const ScanWindow& scan : story.scans) {
    const double seconds = static_cast<double>(scan.ended - scan.started) / 1e6;
    if (seconds < 1) continue;
    const double rate = static_cast<double>(scan.reports) / seconds;
    if (scan.peers < kCrowd && rate < kCrowdPerSecond) continue;
    out.Add(id::kRadioCrowded, true, scan.started, scan.packet,
            fmt::format("{} heard in one scan, {:.0f} advertisements per second",
                        CountText(scan.peers, "device", "devices"), rate));
    break;
  }
}

}  // namespace

std::string PeerName(const Peer& peer) {
  return peer.name.empty() ? FormatAddress(peer.address)
                           : fmt::format("{} ({})", peer.name, FormatAddress(peer.address));
}

void AddAirFindings(const Story& story, const Selection& selection, FindingWriter& out) {
  const Peer* heard = nullptr;
  const Peer* other = nullptr;
  for (std::size_t i = 0; i < story.peers.size(); ++i) {
    const Peer& peer = story.peers[i];
    if (peer.adverts + peer.scan_responses == 0) continue;
    const Peer*& best = selection.peers[i] ? heard : other;
    if (best == nullptr || best->adverts < peer.adverts) best = &peer;
  }
  const Listening listening = ListeningFor(story, selection);
  const bool listened = listening.scan_us >= kScanUsMin && listening.receiver_us >= kListenUsMin &&
                        listening.first != nullptr;
  if (heard != nullptr) {
    const Listening since = ListeningFor(story, selection, heard->last);
    const bool fell_silent = FellSilent(since);
    if (fell_silent)
      AddSilent(*heard, since, out);
    else
      AddInScan(*heard, out);
    AddSignal(*heard, fell_silent, out);
  } else if (listened && listening.others > 0 && (selection.named || selection.any_peer)) {
    // Of a band that nobody named, silence would be said of every capture on earth.
    const ScanWindow& scan = *listening.first;
    const std::string text = fmt::format(
        "{} of scanning heard up to {} at once, never the band", DurationText(listening.scan_us),
        CountText(listening.others, "other device", "other devices"));
    out.Add(id::kBandInScan, false, scan.started, scan.packet, text);
    out.Add(id::kBandNotInScan, true, scan.started, scan.packet, text);
  }
  if (other != nullptr)
    out.Add(id::kOtherBleVisible, true, other->first, other->first_packet,
            fmt::format("another device was heard {} times", other->adverts));
  else if (listened && heard == nullptr)
    out.Add(id::kOtherBleVisible, false, listening.first->started, listening.first->packet,
            fmt::format("{} of scanning heard no device at all", DurationText(listening.scan_us)));
  AddScanHabits(story, out);
}

}  // namespace bk::capture
