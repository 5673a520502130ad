#include "capture/present.h"

#include <fmt/format.h>

#include <algorithm>

#include "capture/words.h"
#include "codec/hci/codes.h"
#include "codec/hci/reason.h"
#include "evidence/present.h"

namespace bk::capture {
namespace {

namespace hci = codec::hci;
namespace id = evidence::id;

constexpr std::int64_t kStepUs = 7LL * 86'400'000'000;  // longer is a step of the clock
constexpr std::int64_t kSearchUsMin = 10'000'000;       // less may be another app's passing glance

bool StandsAtTheEnd(const Link& link) {
  return !link.reason && !link.ended_by_reset && !link.end_not_seen;
}

// The band's last link, when the capture goes on long enough without it.
const Link* LastOfThePast(const Story& story, const Selection& selection) {
  const Link* last = nullptr;
  for (const Link* link : selection.links) {
    if (link->reason == hci::status::kFailedToEstablish) continue;  // never was one
    if (StandsAtTheEnd(*link)) return nullptr;
    if (last == nullptr || last->ended < link->ended) last = link;
  }
  if (last == nullptr || !story.last) return nullptr;
  const std::int64_t without = *story.last - last->ended;
  return without >= evidence::kLongWithoutLinkUs && without <= kStepUs ? last : nullptr;
}

// How the phone looked for the band since; empty: it did not.
std::string LookedFor(const Story& story, const Selection& selection, SnoopTime since) {
  const auto calls = std::ranges::count_if(story.attempts, [&](const Attempt& attempt) {
    return attempt.started >= since && attempt.outcome != Attempt::Outcome::kConnected &&
           std::ranges::any_of(attempt.targets,
                               [&](std::size_t peer) { return selection.peers[peer]; });
  });
  if (calls > 0)
    return fmt::format("called it {}",
                       CountText(static_cast<std::uint64_t>(calls), "time", "times"));
  std::int64_t searched = 0;
  for (const ScanWindow& scan : story.scans)
    if (!scan.accept_list_only && scan.started >= since)
      searched += std::clamp<std::int64_t>(scan.ended - scan.started, 0, kStepUs);
  return searched >= kSearchUsMin ? fmt::format("searched for {}", DurationText(searched)) : "";
}

}  // namespace

void KeepThePresent(const Story& story, const Selection& selection, FindingWriter& out) {
  const Link* last = LastOfThePast(story, selection);
  if (last == nullptr) return;
  out.Drop({id::kConnectsOk, id::kAuthSucceeded, id::kSyncCompleted});
  const std::string looked = LookedFor(story, selection, last->ended);
  if (looked.empty()) return;
  out.Add(id::kAppCannotConnect, true, last->ended, last->end_packet,
          fmt::format("the last link to the band ended{}, {} before the end of the capture; the "
                      "phone {} since, and no link came back",
                      last->reason ? " with " + hci::FormatReason(*last->reason) : std::string(),
                      DurationText(*story.last - last->ended), looked));
}

}  // namespace bk::capture
