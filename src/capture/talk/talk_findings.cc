#include "capture/talk/talk_findings.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "evidence/finding_ids.h"

namespace bk::capture::talk {
namespace {

namespace id = evidence::id;
using evidence::Finding;

// Of one group only the last state holds.
constexpr std::array kAuthGroup{id::kAuthSucceeded, id::kAuthFailed, id::kAuthNotCompleted};
constexpr std::array kSyncGroup{id::kSyncCompleted, id::kSyncStalls, id::kSyncDisconnects,
                                id::kNoNewData};
constexpr std::array kFirmwareGroup{id::kFirmwareUpdateDone, id::kFirmwareUpdateFails};
constexpr std::array kAlone{id::kResourceTransferFails, id::kBandBatteryLow, id::kTimeNotSynced};

std::string_view Outcome(std::string_view finding_id) {
  if (finding_id == id::kAuthSucceeded) return "the key was accepted";
  if (finding_id == id::kAuthFailed) return "the key was refused";
  if (finding_id == id::kAuthNotCompleted) return "the authentication did not end";
  if (finding_id == id::kSyncCompleted) return "a sync ended well";
  if (finding_id == id::kSyncStalls) return "a sync stalled";
  if (finding_id == id::kSyncDisconnects) return "the link was lost during a sync";
  if (finding_id == id::kNoNewData) return "the band had recorded nothing";
  if (finding_id == id::kFirmwareUpdateDone) return "an update was done";
  if (finding_id == id::kFirmwareUpdateFails) return "an update failed";
  return "it was otherwise";
}

// The last finding of the group, with a note on the last one that said something else.
void TakeLast(const std::vector<const Finding*>& all, std::span<const std::string_view> group,
              std::vector<Finding>& out) {
  const Finding* last = nullptr;
  const Finding* other = nullptr;
  for (const Finding* finding : all) {
    if (std::ranges::find(group, finding->id) == group.end()) continue;
    if (last && (last->id != finding->id || last->value != finding->value)) other = last;
    last = finding;
  }
  if (!last) return;
  Finding finding = *last;
  if (other && other->id != last->id)
    finding.text +=
        fmt::format(" (before that, in frame {}, {})", other->where.packet, Outcome(other->id));
  else if (other)
    finding.text += fmt::format(" (in frame {} it was otherwise)", other->where.packet);
  out.push_back(std::move(finding));
}

// No sync comes without a key that the band takes: one that came before the band took it no longer
// says nothing of now.
void DropSyncOfThePast(std::vector<Finding>& findings) {
  const auto sync = std::ranges::find(findings, id::kSyncCompleted, &Finding::id);
  if (sync == findings.end()) return;
  const std::uint64_t synced = sync->where.packet;
  const evidence::FindingValue yes = true;
  const auto barred = std::ranges::find_if(findings, [&](const Finding& one) {
    return (one.id == id::kAuthFailed || one.id == id::kAuthNotCompleted ||
            one.id == id::kPairFirstOnBand) &&
           one.value == yes && one.where.packet > synced;
  });
  if (barred == findings.end()) return;
  barred->text += fmt::format(" (before that, in frame {}, {})", synced, Outcome(sync->id));
  findings.erase(sync);
}

}  // namespace

std::vector<Finding> TalkFindings(std::span<const Link* const> links) {
  std::vector<const Finding*> all;
  for (const Link* link : links)
    for (const Finding& finding : link->talk.findings) all.push_back(&finding);
  std::ranges::stable_sort(all, {}, [](const Finding* finding) { return finding->where.packet; });

  std::vector<Finding> findings;
  TakeLast(all, kAuthGroup, findings);
  TakeLast(all, kSyncGroup, findings);
  TakeLast(all, kFirmwareGroup, findings);
  for (const std::string_view one : kAlone) TakeLast(all, {&one, 1}, findings);

  // "Pair first" and "another key" hold until the band accepts a key again.
  const auto last_of = [&](std::string_view wanted) {
    const auto found =
        std::ranges::find(all.rbegin(), all.rend(), wanted,
                          [](const Finding* f) -> std::string_view { return f->id; });
    return found == all.rend() ? nullptr : *found;
  };
  const Finding* pair_first = last_of(id::kPairFirstOnBand);
  const Finding* accepted = last_of(id::kAuthSucceeded);
  if (pair_first && (!accepted || accepted->where.packet < pair_first->where.packet)) {
    findings.push_back(*pair_first);
    // A key that was accepted before the phone gave the binding up says nothing of the key now.
    std::erase_if(findings,
                  [](const Finding& finding) { return finding.id == id::kAuthSucceeded; });
  }
  const Finding* other_key = last_of(id::kBandHoldsOtherKey);
  const auto outdates = [&](const Finding* later) {
    return later && other_key && other_key->where.packet < later->where.packet;
  };
  if (other_key && !outdates(accepted) && !outdates(pair_first)) findings.push_back(*other_key);
  DropSyncOfThePast(findings);
  return findings;
}

}  // namespace bk::capture::talk
