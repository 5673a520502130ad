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
constexpr std::int64_t kEndsUs = 3'000'000;        // what a stack still says while it shuts down
constexpr std::int64_t kDoneUs = 60'000'000;       // an app that is done hangs up within it
constexpr std::int64_t kSearchUsMin = 10'000'000;  // less may be another app's passing glance

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

evidence::Loss CutAt(const Story& story, std::uint64_t packet, std::string_view how) {
  return {
      .kind = evidence::LossKind::kTruncated,
      .where = {.file = story.file, .member = story.member, .packet = packet, .time = *story.last},
      .text = fmt::format("what came after the phone {}, which is the last that was recorded: "
                          "whether its Bluetooth was switched off there, and whether the band "
                          "came back to it",
                          how)};
}

// The recording ends as the phone lets go of the band, not because an app was done with it.
std::optional<evidence::Loss> EndsTooEarly(const Story& story, const Selection& selection,
                                           const FindingWriter& found) {
  if (!story.last) return std::nullopt;
  if (story.reset_at_end != 0) return CutAt(story, story.reset_at_end, "reset its Bluetooth chip");
  const Link* last = nullptr;
  for (const Link* link : selection.links) {
    if (link->reason == hci::status::kFailedToEstablish) continue;
    if (StandsAtTheEnd(*link)) return std::nullopt;
    if (last == nullptr || last->ended < link->ended) last = link;
  }
  if (last == nullptr || last->by != EndedBy::kPhone || last->ended_by_reset) return std::nullopt;
  const auto worked = found.Newest({id::kConnectsOk, id::kAuthSucceeded, id::kSyncCompleted});
  if (worked && last->ended - *worked <= kDoneUs) return std::nullopt;
  const bool goes_on_looking =
      std::ranges::any_of(story.scans,
                          [&](const ScanWindow& scan) {
                            return !scan.ended_seen || scan.started >= last->ended;
                          }) ||
      std::ranges::any_of(story.attempts,
                          [&](const Attempt& attempt) { return attempt.started >= last->ended; });
  if (goes_on_looking) return std::nullopt;
  const std::int64_t goes_on = *story.last - last->ended;
  if (goes_on < 0 || goes_on > kEndsUs) return std::nullopt;
  return CutAt(story, last->end_packet, "hung up on the band");
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

std::optional<evidence::Loss> KeepThePresent(const Story& story, const Selection& selection,
                                             FindingWriter& out) {
  const Link* last = LastOfThePast(story, selection);
  if (last == nullptr) {
    const auto end = EndsTooEarly(story, selection, out);
    return end && out.Drop({id::kConnectsOk, id::kAuthSucceeded, id::kSyncCompleted})
               ? end
               : std::nullopt;
  }
  out.Drop({id::kConnectsOk, id::kAuthSucceeded, id::kSyncCompleted});
  const std::string looked = LookedFor(story, selection, last->ended);
  if (looked.empty()) return std::nullopt;
  out.Add(id::kAppCannotConnect, true, last->ended, last->end_packet,
          fmt::format("the last link to the band ended{}, {} before the end of the capture; the "
                      "phone {} since, and no link came back",
                      last->reason ? " with " + hci::FormatReason(*last->reason) : std::string(),
                      DurationText(*story.last - last->ended), looked));
  return std::nullopt;
}

}  // namespace bk::capture
