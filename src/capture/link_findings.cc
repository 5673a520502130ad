#include "capture/link_findings.h"

#include <fmt/format.h>

#include <algorithm>

#include "capture/talk/talk_findings.h"
#include "capture/words.h"
#include "codec/att/pdu.h"
#include "codec/hci/codes.h"
#include "codec/hci/reason.h"
#include "codec/smp/pdu.h"

namespace bk::capture {
namespace {

namespace hci = codec::hci;
namespace id = evidence::id;

// An attempt that ends sooner may have been a change of mind of the phone's scheduler: Android
// cancels and renews its background attempt whenever it scans or changes its list.
constexpr std::int64_t kAttemptUsMin = 5'000'000;
constexpr std::int64_t kWaitUsMax = 7LL * 86'400'000'000;  // longer is a step of the clock
constexpr std::int64_t kWaitUsMin = 20'000'000;
constexpr std::int64_t kOftenWindowUs = 600'000'000;
constexpr std::size_t kOftenMin = 3;
constexpr std::int64_t kShortLinkUs = 60'000'000;
constexpr std::size_t kLoopMin = 5;
constexpr std::uint32_t kReadingsMin = 3;
constexpr int kFaint = -85;  // dBm, finding_ids.h
constexpr std::int64_t kAfterPairingUs = 10'000'000;

// One finding for many places: the first is its proof, the number stands in its text.
struct Tally {
  std::uint64_t count = 0;
  SnoopTime time;
  std::uint64_t packet = 0;
  std::string text;
  void Note(SnoopTime at, std::uint64_t number, std::string words) {
    if (count++ != 0) return;
    time = at;
    packet = number;
    text = std::move(words);
  }
  void Write(id::Id finding, FindingWriter& out) {
    if (count == 0) return;
    if (count > 1) text += fmt::format(" ({} times in all)", count);
    out.Add(finding, true, time, packet, text);
  }
};

struct Tallies {
  Tally up, failed_to_establish, timeouts, by_peer, by_phone, key_missing, mic, pairing_failed,
      pairing_good, after_pairing, att, stored_key, bond_on_band, faint;
};

std::string EndText(const Link& link) {
  return fmt::format("the link ended with {} after {}", hci::FormatReason(*link.reason),
                     DurationText(link.ended - link.started));
}

void CountEnd(const Link& link, Tallies& t) {
  if (!link.reason) return;
  const std::uint8_t reason = *link.reason;
  const auto note = [&](Tally& tally) { tally.Note(link.ended, link.end_packet, EndText(link)); };
  if (reason == hci::status::kFailedToEstablish) note(t.failed_to_establish);
  if (reason == hci::status::kConnectionTimeout) note(t.timeouts);
  if (reason == hci::status::kConnectionTimeout && link.rssi.count >= kReadingsMin &&
      *link.rssi_last < kFaint)
    t.faint.Note(
        link.ended, link.end_packet,
        fmt::format("the signal on the link was {} dBm when it was last read (best {}), and "
                    "then the link timed out",
                    *link.rssi_last, link.rssi.max));
  if (reason == hci::status::kPinOrKeyMissing) note(t.key_missing);
  if (reason == hci::status::kMicFailure) note(t.mic);
  if (link.by == EndedBy::kPeer) note(t.by_peer);
  if (link.by == EndedBy::kPhone) note(t.by_phone);
}

void CountSecurity(const Link& link, Tallies& t) {
  for (const EncryptionChange& change : link.encryption) {
    const std::string text =
        fmt::format("encryption was answered with {}", hci::FormatReason(change.status));
    if (change.status == hci::status::kPinOrKeyMissing)
      t.key_missing.Note(change.at, change.packet, text);
    if (change.status == hci::status::kMicFailure) t.mic.Note(change.at, change.packet, text);
  }
  for (const Pairing& pairing : link.pairings) {
    if (pairing.outcome == Pairing::Outcome::kFailed)
      t.pairing_failed.Note(pairing.ended, pairing.end_packet,
                            fmt::format("{} ended the pairing: {}",
                                        pairing.failed_by_phone ? "the phone" : "the band",
                                        codec::smp::FormatReason(pairing.reason)));
    if (pairing.outcome != Pairing::Outcome::kSucceeded) continue;
    t.pairing_good.Note(pairing.ended, pairing.end_packet, "a pairing succeeded");
    const std::int64_t after = link.ended - pairing.ended;
    if (link.reason && after >= 0 && after < kAfterPairingUs)
      t.after_pairing.Note(
          link.ended, link.end_packet,
          fmt::format("{}, {} after the pairing", EndText(link), DurationText(after)));
  }
  if (link.encryption_requests != 0 && link.pairings.empty())
    t.stored_key.Note(link.started, link.encryption_request_packet,
                      "the phone started encryption with a key that it had stored");
  const bool encrypted = std::ranges::any_of(
      link.encryption, [](const EncryptionChange& c) { return c.status == 0 && c.enabled; });
  if (link.security_requests != 0 && link.pairings.empty() && !encrypted &&
      link.encryption_requests == 0 && link.by == EndedBy::kPeer)
    t.bond_on_band.Note(link.ended, link.end_packet,
                        "the band asked for encryption, the phone had no key, the band hung up");
}

void CountTimeouts(const Link& link, Tallies& t) {
  for (const AttTimeout& timeout : link.att_timeouts) {
    const auto& pdu = codec::att::FindPdu(timeout.opcode);
    if (timeout.by_phone && pdu.role == codec::att::PduRole::kRequest)
      t.att.Note(timeout.asked, timeout.packet,
                 fmt::format("the phone's {} had no answer for 30 s", pdu.name));
  }
}

// Ends that lie close together, and links that hardly lasted.
void AddRepeats(const Selection& selection, FindingWriter& out) {
  std::vector<const Link*> ended;
  for (const Link* link : selection.links)
    if (link->reason) ended.push_back(link);
  for (std::size_t i = 0; i + kOftenMin <= ended.size(); ++i) {
    const Link& first = *ended[i];
    const Link& last = *ended[i + kOftenMin - 1];
    if (last.ended < first.ended || last.ended - first.ended > kOftenWindowUs) continue;
    out.Add(id::kFrequentDisconnects, true, first.ended, first.end_packet,
            fmt::format("{} links ended within {}, packets {} to {}", kOftenMin,
                        DurationText(last.ended - first.ended), first.end_packet, last.end_packet));
    break;
  }
  std::size_t run = 0;
  for (std::size_t i = 0; i < ended.size(); ++i) {
    run = ended[i]->ended - ended[i]->started < kShortLinkUs ? run + 1 : 0;
    if (run < kLoopMin) continue;
    const Link& first = *ended[i + 1 - kLoopMin];
    if (ended[i]->ended - first.started > 2 * kOftenWindowUs) continue;
    out.Add(id::kConnectLoop, true, first.started, first.packet,
            fmt::format("{} links in a row lasted less than a minute each, packets {} to {}",
                        kLoopMin, first.packet, ended[i]->end_packet));
    break;
  }
}

}  // namespace

void AddAttemptFindings(const Story& story, const Selection& selection, FindingWriter& out) {
  Tally stuck, failed;
  std::int64_t waited_us = 0;  // for the band, in the background
  const Attempt* first_wait = nullptr;
  for (const Attempt& attempt : story.attempts) {
    const bool for_band = std::ranges::any_of(
        attempt.targets, [&](std::size_t peer) { return selection.peers[peer]; });
    if (!for_band || attempt.outcome == Attempt::Outcome::kConnected) continue;
    const std::int64_t lasted = attempt.ended - attempt.started;
    if (attempt.outcome == Attempt::Outcome::kFailed &&
        attempt.status == hci::status::kFailedToEstablish)
      failed.Note(attempt.ended, attempt.end_packet, attempt.text);
    if (!attempt.accept_list && attempt.outcome != Attempt::Outcome::kFailed &&
        lasted >= kAttemptUsMin)
      stuck.Note(attempt.started, attempt.packet, attempt.text);
    if (attempt.accept_list && lasted > 0) {
      waited_us += std::min(lasted, kWaitUsMax);
      if (first_wait == nullptr) first_wait = &attempt;
    }
  }
  if (stuck.count == 0 && selection.links.empty() && waited_us >= kWaitUsMin)
    stuck.Note(first_wait->started, first_wait->packet,
               fmt::format("the phone waited {} for the band to advertise, without a link",
                           DurationText(waited_us)));
  const bool stuck_only = stuck.count != 0 && selection.links.empty();
  if (stuck_only) out.Add(id::kConnectsOk, false, stuck.time, stuck.packet, stuck.text);
  stuck.Write(id::kStuckConnecting, out);
  if (std::ranges::none_of(selection.links, [](const Link* link) {
        return link->reason == hci::status::kFailedToEstablish;
      }))
    failed.Write(id::kConnectFailsEstablish, out);
}

void AddLinkFindings(const Story&, const Selection& selection, FindingWriter& out) {
  Tallies t;
  for (const Link* link : selection.links) {
    // A link that "failed to be established" is told as up first, then as gone.
    if (link->reason != hci::status::kFailedToEstablish)
      t.up.Note(link->started, link->packet,
                link->inferred && !link->told_apart
                    ? "a link to the band was up when the capture began"
                    : "a link to the band was established");
    CountEnd(*link, t);
    CountSecurity(*link, t);
    CountTimeouts(*link, t);
  }
  for (evidence::Finding& finding : talk::TalkFindings(selection.links))
    out.Add(std::move(finding));
  t.up.Write(id::kConnectsOk, out);
  t.failed_to_establish.Write(id::kConnectFailsEstablish, out);
  t.timeouts.Write(id::kLinkTimeouts, out);
  t.by_peer.Write(id::kPeerEndsLink, out);
  t.by_phone.Write(id::kPhoneEndsLink, out);
  t.key_missing.Write(id::kEncryptionKeyMissing, out);
  t.mic.Write(id::kMicFailure, out);
  t.pairing_failed.Write(id::kPairingFails, out);
  t.pairing_good.Write(id::kPairingSucceeds, out);
  t.after_pairing.Write(id::kDropsRightAfterPairing, out);
  t.att.Write(id::kAttTimeout, out);
  if (t.faint.count > 0) out.Forget({id::kWeakSignal, id::kStrongSignal});  // heard before that
  t.faint.Write(id::kWeakSignal, out);
  t.stored_key.Write(id::kBondedInAndroid, out);
  t.bond_on_band.Write(id::kBondLeftOnBand, out);
  AddRepeats(selection, out);
}

}  // namespace bk::capture
