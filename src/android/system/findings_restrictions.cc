// What holds the companion back while it is not on the screen.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "android/system/findings_parts.h"
#include "android/system/scope.h"

namespace bk::android::system {
namespace id = evidence::id;
namespace {

constexpr int kBucketRestricted = 45;

struct Proof {
  Place place;
  std::string text;
};

const BucketFact* BucketOf(const Companion& companion) {
  if (companion.facts == nullptr) return nullptr;
  for (const BucketFact& bucket : companion.facts->buckets)
    if (bucket.user == companion.user) return &bucket;
  return nullptr;
}

// The first of what restricts the app, the surest first.
std::optional<Proof> Restriction(const SystemState& state, const Companion& companion) {
  const std::string& title = companion.app->title;
  struct Rule {
    Op op;
    std::string_view effect;
  };
  constexpr std::array<Rule, 4> kRules{
      {{Op::kRunAnyInBackground, "is restricted in the background"},
       {Op::kRunInBackground, "may not run in the background"},
       {Op::kStartForeground, "may not keep a service in the foreground"},
       {Op::kWakeLock, "may not keep the phone awake for a transfer"}}};
  for (const Rule& rule : kRules) {
    const OpFact* op = EffectiveOp(state, companion, rule.op);
    if (!Forbids(op)) continue;
    std::string text =
        fmt::format("{} {}: {} is {}", title, rule.effect, OpName(rule.op), OpModeName(op->mode));
    if (op->last_reject) text += ", last refused " + Minute(op->last_reject->value);
    return Proof{op->place, text + "."};
  }
  if (companion.facts == nullptr) return std::nullopt;
  const AppFacts& facts = *companion.facts;
  if (facts.restriction_level) {
    const std::string& level = facts.restriction_level->value;
    // The last two are ever older spellings of the same by other builds.
    for (const std::string_view bad :
         {"background_restricted", "restricted_bucket", "hibernation", "force_stopped"})
      if (level == bad)
        return Proof{facts.restriction_level->place,
                     title + "'s background restriction level is " + level + "."};
  }
  const BucketFact* bucket = BucketOf(companion);
  if (bucket != nullptr && bucket->bucket == kBucketRestricted)
    return Proof{bucket->place,
                 fmt::format("{} is in the standby bucket \"restricted\" (reason {}).", title,
                             bucket->reason.empty() ? "unknown" : bucket->reason)};
  if (facts.alarms_restricted && facts.alarms_restricted->value)
    return Proof{facts.alarms_restricted->place,
                 title + " is on the list of restricted packages: its alarms are held back."};
  if (facts.jobs_blocked && facts.jobs_blocked->value)
    return Proof{facts.jobs_blocked->place,
                 title + " has jobs that wait because it is restricted in the background."};
  if (facts.vendor_restricted)
    return Proof{facts.vendor_restricted->place,
                 title + ": " + facts.vendor_restricted->value + "."};
  return std::nullopt;
}

void TellBackground(Teller& teller, const Companion& companion) {
  const SystemState& state = teller.state;
  if (const auto proof = Restriction(state, companion)) {
    teller.Tell(id::kAppRestricted, true, proof->place, proof->text);
    return;
  }
  // "Not restricted" takes both words: the op's and the bucket's (or the level that joins them).
  const OpFact* op = EffectiveOp(state, companion, Op::kRunAnyInBackground);
  const BucketFact* bucket = BucketOf(companion);
  const bool level = companion.facts != nullptr && companion.facts->restriction_level.has_value();
  if (op == nullptr && !state.saw_appops) return;
  // MIUI and HyperOS keep a list of their own, which none of these outputs shows: only "restricted"
  // can be read there.
  const auto& skin = state.device.skin;
  if (skin && (skin->value == "MIUI" || skin->value == "HyperOS")) return;
  if (bucket == nullptr && !level) return;
  const Place place = op != nullptr       ? op->place
                      : bucket != nullptr ? bucket->place
                                          : companion.facts->restriction_level->place;
  teller.Tell(
      id::kAppRestricted, false, place,
      bucket != nullptr && !bucket->reason.starts_with("idle=")
          ? fmt::format("Android does not restrict {} in the background (standby bucket {}).",
                        companion.app->title, bucket->bucket)
          : "Android does not restrict " + companion.app->title + " in the background.");
}

void TellOptimisation(Teller& teller, const Companion& companion) {
  const DozeFacts& doze = teller.state.doze;
  const std::string& title = companion.app->title;
  const auto tell = [&](bool value, Place place, std::string text) {
    teller.Tell(id::kBatteryOptimisationOff, value, place, std::move(text));
  };
  for (const auto* names : {&doze.user_exempt, &doze.system_exempt})
    if (const auto found = names->find(companion.package); found != names->end())
      return tell(true, found->second, title + " is exempt from battery optimisation.");
  if (companion.app_id)
    for (const auto* ids : {&doze.user_exempt_ids, &doze.exempt_ids})
      if (const auto found = ids->find(*companion.app_id); found != ids->end())
        return tell(true, found->second,
                    fmt::format("{} (app id {}) is exempt from battery optimisation.", title,
                                *companion.app_id));
  if (doze.lists_seen) {
    const auto removed = doze.removed_lately.find(companion.package);
    if (removed != doze.removed_lately.end())
      return tell(false, removed->second.place,
                  title +
                      " is not exempt from battery optimisation; the phone's own record says "
                      "that it was taken off the list.");
    return tell(false, teller.state.StartOf("deviceidle"),
                title + " is not on the list of apps exempt from battery optimisation.");
  }
  if (doze.id_lists_seen && companion.app_id)
    tell(
        false, teller.state.StartOf("alarm"),
        fmt::format("{} (app id {}) is not on the list of exempt apps.", title, *companion.app_id));
}

// One switch writes both ops; when they differ the reading cannot be trusted.
void TellAutostart(Teller& teller, const Companion& companion) {
  const OpFact* first = EffectiveOp(teller.state, companion, Op::kMiuiAutostart);
  const OpFact* second = EffectiveOp(teller.state, companion, Op::kMiuiAutostartSecond);
  if (first == nullptr) std::swap(first, second);
  if (first == nullptr) return;
  const bool allowed = first->mode == OpMode::kAllow;
  if (!allowed && !Forbids(first)) return;
  if (second != nullptr && (second->mode == OpMode::kAllow) != allowed) return;
  teller.Tell(id::kAutostartEnabled, allowed, first->place,
              fmt::format("Autostart of {}: {} is {}.", companion.app->title, OpName(first->op),
                          OpModeName(first->mode)));
}

}  // namespace

void TellRestrictions(Teller& teller, const Companion& companion) {
  TellBackground(teller, companion);
  TellOptimisation(teller, companion);
  TellAutostart(teller, companion);
}

void TellBluetoothApp(Teller& teller) {
  const SystemState& state = teller.state;
  static const evidence::CompanionApp kBluetooth{.id = "bluetooth",
                                                 .title = "Android's own Bluetooth app"};
  const OpFact* fine = nullptr;
  for (const std::string_view package : {"com.google.android.bluetooth", "com.android.bluetooth"}) {
    const auto found = state.apps.find(package);
    if (found == state.apps.end()) continue;
    Companion one;
    one.app = &kBluetooth;
    one.package = std::string(package);
    one.facts = &found->second;
    if (found->second.uid) one.app_id = *found->second.uid % kUidsPerUser;
    for (const Op op : {Op::kRunAnyInBackground, Op::kRunInBackground, Op::kWakeLock,
                        Op::kBluetoothScan, Op::kBluetoothConnect}) {
      const OpFact* fact = EffectiveOp(state, one, op);
      if (Forbids(fact))
        return teller.Tell(id::kBluetoothAppRestricted, true, fact->place,
                           fmt::format("{} is restricted: {} is {}.", kBluetooth.title, OpName(op),
                                       OpModeName(fact->mode)));
      if (fact != nullptr) fine = fact;
    }
  }
  if (state.saw_appops && fine != nullptr)
    teller.Tell(id::kBluetoothAppRestricted, false, fine->place,
                kBluetooth.title + " is not restricted.");
}

}  // namespace bk::android::system
