// The band's links as the stack remembers them: "Connection Events", shim::acl, shim::btm, and the
// bonding attempts.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "android/bluetooth/findings_parts.h"
#include "android/bluetooth/hci_names.h"
#include "android/dump_text.h"
#include "evidence/finding_ids.h"
#include "evidence/present.h"

namespace bk::android {
namespace id = evidence::id;
namespace {

constexpr std::int64_t kSecond = 1'000'000;
// Two histories tell one step within this time.
constexpr std::int64_t kSameStep = 2 * kSecond;
// This many ends of links within an hour are not an owner who walks in and out of range.
constexpr int kFrequentEnds = 4;
constexpr std::int64_t kFrequentSpan = 3600 * kSecond;
// Links that end this soon after they began, one after the other, are a loop.
constexpr std::int64_t kShortLink = 60 * kSecond;
constexpr int kLoopLinks = 4;
constexpr std::int64_t kBrokenLink = 5 * kSecond;
constexpr std::int64_t kAfterPairing = 30 * kSecond;

std::int64_t TimeOfDay(std::int64_t us) { return us % (24 * 3600 * kSecond); }

std::optional<std::int64_t> ParseTimeOfDay(std::string_view text) {
  const std::string date = "01-01 " + std::string(text);
  std::string_view rest = date;
  const AnyInstant at = TakeTime(rest);
  if (!at.known()) return std::nullopt;
  return TimeOfDay(at.us);
}

// The band's records, each step once, in the order of time.
std::vector<const LinkRecord*> OwnSteps(const BluetoothState& state, const BandMatch& band) {
  std::vector<const LinkRecord*> steps;
  for (const LinkRecord& record : state.links)
    if (record.at.known() && record.le != false && band(record.address)) steps.push_back(&record);
  std::stable_sort(steps.begin(), steps.end(), [](const LinkRecord* a, const LinkRecord* b) {
    return WithoutYear(a->at) < WithoutYear(b->at);
  });
  std::vector<const LinkRecord*> once;
  for (const LinkRecord* record : steps) {
    bool told = false;
    for (auto known = once.rbegin(); known != once.rend(); ++known) {
      if (WithoutYear(record->at) - WithoutYear((*known)->at) > kSameStep) break;
      if ((*known)->step != record->step) continue;
      // Of two tellings the one that names the reason stays.
      if (!(*known)->reason && record->reason) *known = record;
      told = true;
      break;
    }
    if (!told) once.push_back(record);
  }
  return once;
}

std::string Reason(const LinkRecord& record) {
  if (!record.reason) return "without a reason";
  const std::string_view words = HciReasonWords(*record.reason);
  return words.empty() ? fmt::format("reason 0x{:02x}", *record.reason)
                       : fmt::format("reason 0x{:02x}: {}", *record.reason, words);
}

struct ReasonFinding {
  int code;
  std::string_view finding;
};
constexpr ReasonFinding kReasonFindings[] = {
    {0x06, id::kEncryptionKeyMissing}, {0x08, id::kLinkTimeouts},
    {0x13, id::kPeerEndsLink},         {0x14, id::kPeerEndsLink},
    {0x15, id::kPeerEndsLink},         {0x16, id::kPhoneEndsLink},
    {0x3d, id::kMicFailure},           {0x3e, id::kConnectFailsEstablish},
};

void AddReasonFindings(const BluetoothState& state, std::span<const LinkRecord* const> steps,
                       evidence::Evidence& out) {
  std::vector<std::string_view> done;
  for (const ReasonFinding& entry : kReasonFindings) {
    if (std::find(done.begin(), done.end(), entry.finding) != done.end()) continue;
    int count = 0;
    const LinkRecord* last = nullptr;
    for (const LinkRecord* step : steps) {
      if (!step->reason || step->step == LinkStep::kDisconnecting ||
          step->step == LinkStep::kEncrypted || step->step == LinkStep::kConnected)
        continue;
      const bool fits = std::any_of(
          std::begin(kReasonFindings), std::end(kReasonFindings), [&](const ReasonFinding& other) {
            return other.finding == entry.finding && other.code == *step->reason;
          });
      if (!fits) continue;
      ++count;
      last = step;
    }
    if (last == nullptr) continue;
    done.push_back(entry.finding);
    AddFinding(
        state, entry.finding, true, last->where,
        fmt::format("The phone's link history has this {} time{} for the band, last at {} ({}).",
                    count, count == 1 ? "" : "s", FormatInstant(last->at), Reason(*last)),
        out);
  }
}

void AddPatternFindings(const BluetoothState& state, std::span<const LinkRecord* const> steps,
                        evidence::Evidence& out) {
  std::vector<const LinkRecord*> ends;
  int short_links = 0;
  const LinkRecord* up = nullptr;
  for (const LinkRecord* step : steps) {
    if (step->step == LinkStep::kConnected) up = step;
    if (step->step != LinkStep::kDisconnected) continue;
    ends.push_back(step);
    if (up == nullptr) continue;
    short_links = WithoutYear(step->at) - WithoutYear(up->at) < kShortLink ? short_links + 1 : 0;
    up = nullptr;
  }
  for (std::size_t i = 0; i + kFrequentEnds <= ends.size(); ++i) {
    const LinkRecord* last = ends[i + kFrequentEnds - 1];
    if (WithoutYear(last->at) - WithoutYear(ends[i]->at) > kFrequentSpan) continue;
    AddFinding(state, id::kFrequentDisconnects, true, last->where,
               fmt::format("The link to the band ended {} times between {} and {}.", kFrequentEnds,
                           FormatInstant(ends[i]->at), FormatInstant(last->at)),
               out);
    break;
  }
  if (short_links >= kLoopLinks)
    AddFinding(
        state, id::kConnectLoop, true, ends.back()->where,
        fmt::format("The last {} links to the band each ended within a minute.", short_links), out);
}

void AddAttemptFindings(const BluetoothState& state, const BandMatch& band, bool connected_now,
                        std::span<const LinkRecord* const> steps, evidence::Evidence& out) {
  if (connected_now) return;
  for (const ConnectionAttempt& attempt : state.attempts) {
    if (!band(attempt.address) || (attempt.direct.empty() && attempt.background.empty())) continue;
    AddFinding(state, id::kStuckConnecting, true, attempt.where,
               attempt.direct.empty()
                   ? "The phone waits for the band in the background and is not connected."
                   : "An app asks for a link to the band that has not come to be.",
               out);
    return;
  }
  // Calls for a link without an answer, and none that came to be after them.
  int failed = 0;
  const LinkRecord* last = nullptr;
  for (const LinkRecord* step : steps) {
    if (step->step == LinkStep::kConnected) failed = 0;
    if (step->step != LinkStep::kFailed && step->step != LinkStep::kCancelled) continue;
    ++failed;
    last = step;
  }
  if (failed == 0 || last == nullptr) return;
  AddFinding(
      state, id::kStuckConnecting, true, last->where,
      fmt::format("The last {} attempt{} to reach the band failed or {} called off, at {} ({}).",
                  failed, failed == 1 ? "" : "s", failed == 1 ? "was" : "were",
                  FormatInstant(last->at), Reason(*last)),
      out);
}

void AddPairingFindings(const BluetoothState& state, const BandMatch& band,
                        std::span<const LinkRecord* const> steps, evidence::Evidence& out) {
  const BondRecord* bonded = nullptr;
  const BondRecord* failed = nullptr;
  bool bonding = false;
  bool asked_to_end = false;
  for (const BondRecord& record : state.bond_records) {
    if (!band(record.address)) continue;
    switch (record.step) {
      case BondRecord::Step::kBonding:
        bonding = true;
        asked_to_end = false;
        break;
      case BondRecord::Step::kBonded:
        bonded = &record;
        failed = nullptr;
        bonding = false;
        break;
      case BondRecord::Step::kNone:
        if (bonding && !asked_to_end) failed = &record;
        bonding = false;
        break;
      case BondRecord::Step::kFailed:
        failed = &record;
        bonding = false;
        break;
      case BondRecord::Step::kRemove:
      case BondRecord::Step::kCancel:
        asked_to_end = true;
        break;
      case BondRecord::Step::kCreate:
        break;
    }
    const bool removed = record.step == BondRecord::Step::kRemove;
    if (removed || record.step == BondRecord::Step::kBonded)
      AddEvent(state, record.at, removed ? "bond_removed" : "bonded",
               removed ? "The bond with the band was removed" : "The band was bonded", record.where,
               out);
  }
  if (failed != nullptr)
    AddFinding(state, id::kPairingFails, true, failed->where,
               "Bonding with the band began and ended without a bond.", out);
  if (bonded == nullptr) return;
  AddFinding(state, id::kPairingSucceeds, true, bonded->where, "The band was bonded.", out);
  const std::optional<std::int64_t> at = bonded->at.known()
                                             ? std::optional(TimeOfDay(WithoutYear(bonded->at)))
                                             : ParseTimeOfDay(bonded->time_of_day);
  if (!at) return;
  for (const LinkRecord* step : steps) {
    const std::int64_t after = TimeOfDay(WithoutYear(step->at)) - *at;
    if (step->step != LinkStep::kDisconnected || after < 0 || after > kAfterPairing) continue;
    AddFinding(state, id::kDropsRightAfterPairing, true, step->where,
               fmt::format("The link ended {} s after the band was bonded ({}).", after / kSecond,
                           Reason(*step)),
               out);
    return;
  }
}

// When the dump was written, by the switch log: the last start and the time since. nullopt where it
// does not tell.
std::optional<std::int64_t> WrittenAt(const BluetoothState& state) {
  const SwitchRecord* on = nullptr;
  for (const SwitchRecord& record : state.switches)
    if (record.enable && !IsCrashReason(record.reason)) on = &record;
  if (on == nullptr || !on->at.known() || !state.on_for_ms) return std::nullopt;
  return WithoutYear(on->at) + static_cast<std::int64_t>(*state.on_for_ms) * 1000;
}

// Bluetooth is on and nothing holds a link to the band, for longer than an app needs to make a new
// one.
void AddNoLink(const BluetoothState& state, std::span<const LinkRecord* const> steps,
               std::span<const evidence::CompanionApp> apps, evidence::Evidence& out) {
  if (!state.maps_while_on || !state.gatt_listed || !state.link_history_listed || state.cut) return;
  if (state.maps_stack_ms.value_or(0) <
      static_cast<std::uint64_t>(evidence::kLongWithoutLinkUs / 1000))
    return;
  // A link to what may be the band under another address.
  for (const AppRadioUse& app : state.apps)
    if (app.map == MapKind::kClient && !app.connections.empty() &&
        std::ranges::any_of(apps, [&](const evidence::CompanionApp& one) {
          return std::ranges::find(one.packages, app.package) != one.packages.end();
        }))
      return;
  const LinkRecord* last = nullptr;
  for (const LinkRecord* step : steps)
    if (step->step == LinkStep::kConnected || step->step == LinkStep::kDisconnected) last = step;
  if (last == nullptr) {
    AddFinding(state, id::kAppCannotConnect, true, state.where,
               "No app holds a link to the band, and none came to be since Bluetooth started.",
               out);
    return;
  }
  const std::optional<std::int64_t> now = WrittenAt(state);
  if (last->step != LinkStep::kDisconnected || !now) return;
  const std::int64_t since = *now - WithoutYear(last->at);
  if (since < evidence::kLongWithoutLinkUs) return;
  AddFinding(state, id::kAppCannotConnect, true, last->where,
             fmt::format("No app holds a link to the band; the last one ended at {}, {} min "
                         "before ({}).",
                         FormatInstant(last->at), since / (60 * kSecond), Reason(*last)),
             out);
}

}  // namespace

// Both clocks of a dump are the phone's local time; a year more or less does not matter within one.
std::int64_t WithoutYear(AnyInstant at) {
  CivilTime civil = CivilFromMicros(at.us);
  civil.year = 2000;
  return MicrosFromCivil(civil);
}

void AddLinkFindings(const BluetoothState& state, const BandMatch& band,
                     std::span<const evidence::CompanionApp> apps, evidence::Evidence& out) {
  const std::vector<const LinkRecord*> steps = OwnSteps(state, band);
  const evidence::Where* open = nullptr;
  std::string open_text;
  for (const OpenLink& link : state.open_links)
    if (link.le != false && band(link.address)) {
      open = &link.where;
      open_text = "The band is connected while the dump is written.";
    }
  for (const AppRadioUse& app : state.apps)
    for (const GattConnection& connection : app.connections)
      if (app.map == MapKind::kClient && open == nullptr && band(connection.address)) {
        open = &connection.where;
        open_text = fmt::format("{} holds a connection to the band.",
                                app.package.empty() ? "An app" : app.package);
      }
  // A link that broke as soon as it stood (a key that is gone, a refusal) proves no connection.
  auto connected = steps.rend();
  const LinkRecord* next_end = nullptr;
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
    if ((*step)->step == LinkStep::kDisconnected || (*step)->step == LinkStep::kEncryptionFailed)
      next_end = *step;
    if ((*step)->step != LinkStep::kConnected) continue;
    if (next_end == nullptr && state.cut) continue;
    if (next_end == nullptr || WithoutYear(next_end->at) - WithoutYear((*step)->at) > kBrokenLink) {
      connected = step;
      break;
    }
  }
  if (open != nullptr)
    AddFinding(state, id::kConnectsOk, true, *open, open_text, out);
  else if (connected != steps.rend())
    AddFinding(state, id::kConnectsOk, true, (*connected)->where,
               fmt::format("The phone was connected with the band at {}.",
                           FormatInstant((*connected)->at)),
               out);
  if (open == nullptr) AddNoLink(state, steps, apps, out);
  AddReasonFindings(state, steps, out);
  AddPatternFindings(state, steps, out);
  AddAttemptFindings(state, band, open != nullptr, steps, out);
  AddPairingFindings(state, band, steps, out);

  for (const LinkRecord* step : steps) {
    switch (step->step) {
      case LinkStep::kConnected:
        AddEvent(state, step->at, "link_up", "The band was connected", step->where, out);
        break;
      case LinkStep::kDisconnected:
        AddEvent(state, step->at, "link_down", "The link to the band ended, " + Reason(*step),
                 step->where, out);
        break;
      case LinkStep::kFailed:
      case LinkStep::kCancelled:
        AddEvent(state, step->at, "link_failed",
                 "An attempt to reach the band did not succeed, " + Reason(*step), step->where,
                 out);
        break;
      case LinkStep::kEncryptionFailed:
        AddEvent(state, step->at, "encryption_failed",
                 "Encryption with the band failed, " + Reason(*step), step->where, out);
        break;
      case LinkStep::kInitiated:
      case LinkStep::kDisconnecting:
      case LinkStep::kEncrypted:
        break;
    }
  }
}

}  // namespace bk::android
