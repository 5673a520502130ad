// What the outputs of a phone's services come to: entry, and the choice of the companion.
#include <algorithm>
#include <limits>

#include "android/system/findings_parts.h"
#include "android/system/scope.h"

namespace bk::android::system {
namespace {

// Whether the package has anything to do with this phone's present: outputs keep the exits and
// the network policies of apps that are gone.
bool Lives(const AppFacts& facts) {
  return !facts.ops.empty() || !facts.buckets.empty() || !facts.services.empty() ||
         !facts.processes.empty() || facts.restriction_level || !facts.listener_allowed.empty() ||
         facts.notification_importance || !facts.exits.empty();
}

template <class List>
void LowerUser(const List& list, std::optional<int>& user) {
  for (const auto& one : list)
    if (!user || one.user < *user) user = one.user;
}

// The owner's profile if the app is in it, else the first that has it (a clone, a work profile).
int UserOf(const AppFacts& facts) {
  std::optional<int> user;
  LowerUser(facts.buckets, user);
  LowerUser(facts.ops, user);
  LowerUser(facts.services, user);
  return user.value_or(0);
}

std::int64_t UsedAgo(const AppFacts* facts, int user) {
  if (facts != nullptr)
    for (const BucketFact& bucket : facts->buckets)
      if (bucket.user == user && bucket.used_ms) return *bucket.used_ms;
  return std::numeric_limits<std::int64_t>::max();
}

}  // namespace

std::optional<std::uint32_t> Companion::uid() const {
  if (!app_id) return std::nullopt;
  return static_cast<std::uint32_t>(user) * kUidsPerUser + *app_id;
}

std::optional<Companion> ChooseCompanion(const SystemState& state,
                                         std::span<const evidence::CompanionApp> apps,
                                         std::span<const PackageUid> uids) {
  std::optional<Companion> best;
  bool best_installed = false;
  for (const evidence::CompanionApp& app : apps) {
    if (!app.speaks_to_band4) continue;
    for (const std::string& package : app.packages) {
      const auto known = state.apps.find(package);
      const auto listed =
          std::ranges::find_if(uids, [&](const PackageUid& one) { return one.package == package; });
      const bool installed = listed != uids.end();
      const bool lives = known != state.apps.end() && Lives(known->second);
      if (!installed && !lives) continue;
      Companion one;
      one.app = &app;
      one.package = package;
      if (known != state.apps.end()) {
        one.facts = &known->second;
        one.user = UserOf(*one.facts);
        if (one.facts->uid) one.app_id = *one.facts->uid % kUidsPerUser;
      }
      if (installed && listed->uid != 0) one.app_id = listed->uid % kUidsPerUser;
      // The list of packages is sure of what is there; then the last used; then one that runs.
      const auto runs = [](const Companion& c) {
        return c.facts != nullptr && !c.facts->processes.empty();
      };
      const bool better = !best || (installed && !best_installed) ||
                          (installed == best_installed &&
                           (UsedAgo(one.facts, one.user) < UsedAgo(best->facts, best->user) ||
                            (UsedAgo(one.facts, one.user) == UsedAgo(best->facts, best->user) &&
                             runs(one) && !runs(*best))));
      if (!better) continue;
      best = std::move(one);
      best_installed = installed;
    }
  }
  return best;
}

void Teller::Tell(std::string_view id, bool value, Place place, std::string text) {
  evidence::Finding finding;
  finding.id = std::string(id);
  finding.value = value;
  finding.source = state.SourceOf(place);
  finding.where = state.WhereOf(place);
  finding.text = std::move(text);
  out_.findings.push_back(std::move(finding));
}

void Teller::AddEvent(WallTime at, std::string_view kind, Place place, std::string text) {
  evidence::Event event;
  event.at = at;
  event.kind = std::string(kind);
  event.text = std::move(text);
  event.source = state.SourceOf(place);
  event.where = state.WhereOf(place, at);
  out_.events.push_back(std::move(event));
}

const OpFact* EffectiveOp(const SystemState& state, const Companion& companion, Op op) {
  const OpFact* whole = nullptr;
  const OpFact* own = nullptr;
  const auto look = [&](const std::vector<OpFact>& ops) {
    for (const OpFact& fact : ops)
      if (fact.op == op && fact.user == companion.user) (fact.whole_uid ? whole : own) = &fact;
  };
  if (companion.facts != nullptr) look(companion.facts->ops);
  if (const auto uid = companion.uid())
    if (const auto known = state.uids.find(*uid); known != state.uids.end())
      look(known->second.ops);
  return whole != nullptr && whole->mode != OpMode::kDefault ? whole : own;
}

std::string Minute(WallTime at) { return FormatInstant(at).substr(0, 16); }

std::string PackageOfUid(const SystemState& state, std::span<const PackageUid> uids,
                         std::uint32_t uid) {
  for (const auto& [name, facts] : state.apps)
    if (facts.uid && *facts.uid % kUidsPerUser == uid % kUidsPerUser) return name;
  for (const PackageUid& one : uids)
    if (one.uid % kUidsPerUser == uid % kUidsPerUser) return one.package;
  return {};
}

evidence::Evidence Findings(const SystemState& state, std::span<const evidence::CompanionApp> apps,
                            std::span<const PackageUid> uids) {
  evidence::Evidence out;
  Teller teller(state, out);
  const std::optional<Companion> companion = ChooseCompanion(state, apps, uids);
  TellSwitches(teller);
  TellDevice(teller);
  TellNetwork(teller, uids);
  TellDataSaver(teller, companion ? &*companion : nullptr);
  TellBluetoothApp(teller);
  TellScanners(teller, apps, uids);
  if (companion) {
    TellRestrictions(teller, *companion);
    TellNotifications(teller, *companion);
    TellExits(teller, *companion);
  }
  out.losses = state.losses;
  evidence::Phone phone = DescribePhone(state);
  if (!phone.maker.empty() || !phone.model.empty() || !phone.android_version.empty() ||
      phone.sdk != 0)
    out.phone = std::move(phone);
  return out;
}

}  // namespace bk::android::system
