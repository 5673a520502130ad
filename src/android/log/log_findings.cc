// What the facts of the logs mean for a band, an app and the phone.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <initializer_list>
#include <map>
#include <set>

#include "android/dump_text.h"
#include "android/log/log_state.h"
#include "android/log/rules.h"
#include "evidence/finding_ids.h"
#include "evidence/present.h"

namespace bk::android::log {
namespace id = evidence::id;
namespace {

// HCI reasons and GATT status, as the connection callback gives them
// (android-evidence.md 5.1, 5.2).
constexpr int kAuthenticationFailure = 5;
constexpr int kKeyMissingCode = 6;
constexpr int kSupervisionTimeout = 8;
constexpr int kRemoteEnded = 19;
constexpr int kRemoteLowResources = 20;
constexpr int kRemotePowerOff = 21;
constexpr int kLocalEnded = 22;
constexpr int kMicFailureCode = 61;
constexpr int kNotEstablished = 62;
constexpr int kGattError = 133;
constexpr int kGattAuthFail = 137;
constexpr int kGattTimeout = 147;

constexpr std::int64_t kSecond = 1'000'000;
constexpr std::int64_t kAfterSwitchingOff = 15 * kSecond;
constexpr std::int64_t kEndOfOneProcess = 10 * kSecond;
constexpr std::int64_t kRightAfter = 10 * kSecond;
constexpr std::int64_t kBrokenLink = 5 * kSecond;
constexpr std::int64_t kFrequentWithin = 3600 * kSecond;
constexpr std::size_t kFrequentCount = 4;
constexpr std::int64_t kLoopWithin = 300 * kSecond;
constexpr std::size_t kLoopCount = 5;

struct Named {
  FactKind kind;
  std::string_view event;
};
constexpr Named kEvents[] = {
    {FactKind::kAdapterOn, "bluetooth_on"},
    {FactKind::kAdapterOff, "bluetooth_off"},
    {FactKind::kStackCrash, "bluetooth_crash"},
    {FactKind::kHciTimeout, "hci_timeout"},
    {FactKind::kTooManyClients, "too_many_gatt_clients"},
    {FactKind::kScanTooFrequent, "scan_too_frequent"},
    {FactKind::kScanDenied, "scan_denied"},
    {FactKind::kScanFailed, "scan_failed"},
    {FactKind::kScanStart, "scan_start"},
    {FactKind::kScanStop, "scan_stop"},
    {FactKind::kLocationOff, "location_off"},
    {FactKind::kConnectAttempt, "connect_attempt"},
    {FactKind::kConnected, "link_up"},
    {FactKind::kConnectFailed, "connect_failed"},
    {FactKind::kDisconnected, "link_down"},
    {FactKind::kAclDown, "link_down"},
    {FactKind::kAclUp, "link_up"},
    {FactKind::kBonding, "bonding"},
    {FactKind::kBonded, "bonded"},
    {FactKind::kBondLost, "bond_lost"},
    {FactKind::kBondFailed, "bond_failed"},
    {FactKind::kEncryptionFailed, "encryption_failed"},
    {FactKind::kKeyMissing, "key_missing"},
    {FactKind::kPairingFailed, "pairing_failed"},
    {FactKind::kGattError, "gatt_error"},
    {FactKind::kAppKilled, "process_death"},
    {FactKind::kAppForceStopped, "force_stop"},
    {FactKind::kAppDied, "process_death"},
    {FactKind::kAppCrashed, "app_crash"},
    {FactKind::kAppNotResponding, "app_not_responding"},
    {FactKind::kAppFrozen, "app_frozen"},
    {FactKind::kForegroundServiceDenied, "foreground_service_denied"},
    {FactKind::kBackgroundStartDenied, "background_start_denied"},
    {FactKind::kAppStarted, "process_start"},
    {FactKind::kAuthSucceeded, "auth_succeeded"},
    {FactKind::kAuthFailed, "auth_failed"},
    {FactKind::kSyncStarted, "sync_started"},
    {FactKind::kSyncCompleted, "sync_completed"},
    {FactKind::kSyncFailed, "sync_failed"},
    {FactKind::kFetchOpened, "fetch_opened"},
    {FactKind::kFetchClosed, "fetch_closed"},
    {FactKind::kInitialised, "band_initialised"},
    {FactKind::kPackageMissed, "package_missed"},
    {FactKind::kServerError, "server_error"},
    {FactKind::kLoginFailed, "login_failed"},
    {FactKind::kBandBattery, "band_battery"},
};
std::string_view EventName(FactKind kind) {
  for (const Named& named : kEvents)
    if (named.kind == kind) return named.event;
  return "log";
}

bool IsStackFact(FactKind kind) { return kind <= FactKind::kLocationOff; }
bool IsDeviceFact(FactKind kind) {
  return kind >= FactKind::kConnectAttempt && kind <= FactKind::kGattError;
}

bool IsCompanion(std::span<const evidence::CompanionApp> apps, std::string_view package) {
  return std::any_of(apps.begin(), apps.end(), [&](const evidence::CompanionApp& app) {
    return std::find(app.packages.begin(), app.packages.end(), package) != app.packages.end();
  });
}

// Ends that an update, an installation or the person's own tidying causes.
bool IsHousekeeping(std::string_view text) {
  for (const std::string_view words :
       {"installPackage", "pkg removed", "deletePackage", "replace ", "update", "uninstall",
        "setPermissionEnforced", "permission", "clear data", "dexopt"})
    if (text.find(words) != std::string_view::npos) return true;
  return false;
}

// Ends of processes in the background that every phone orders all day, and a card that the person
// swiped away: the same that the exit records (system/findings_exits.cc) do not count.
bool IsTrim(std::string_view text) {
  for (const std::string_view words :
       {"empty #", "cached #", "empty for ", "too many empty", "too many cached", "trim empty",
        "remove task", "isolated not needed"})
    if (text.find(words) != std::string_view::npos) return true;
  return false;
}

bool Near(const LogFact& a, const LogFact& b, std::int64_t us) {
  return a.at.known() && a.at.clock == b.at.clock && std::abs(a.at.us - b.at.us) <= us;
}

class Findings {
 public:
  Findings(const LogState& state, const evidence::BandId& band,
           std::span<const evidence::CompanionApp> apps, evidence::Evidence& into)
      : state_(state), band_(band), apps_(apps), into_(into) {}

  void Add() {
    Choose();
    for (const LogFact* fact : chosen_) into_.events.push_back(EventOf(*fact));
    Stack();
    Device();
    Apps();
    Words();
    KeepThePresent();
    for (const auto& [name, found] : found_) {
      const LogFact& fact = *found.first;
      std::string text = found.text.empty() ? fact.text : found.text;
      if (found.count > 1) text = fmt::format("{} ({} times in the logs)", text, found.count);
      into_.findings.push_back({.id = std::string(name),
                                .value = true,
                                .source = evidence::SourceKind::kLog,
                                .where = fact.where,
                                .text = std::move(text)});
    }
    for (const evidence::Loss& loss : state_.losses) evidence::AddLoss(into_.losses, loss);
  }

 private:
  // Facts that concern the band, a companion or the phone as a whole.
  void Choose() {
    for (const LogFact& fact : state_.facts) {
      if (fact.kind == FactKind::kStackCrash && NormalEnd(fact)) continue;
      if (fact.kind == FactKind::kScanStart || fact.kind == FactKind::kScanStop) {
        if (!IsCompanion(apps_, fact.package)) continue;
      } else if (IsDeviceFact(fact.kind)) {
        // Without an address only a companion's own words speak of the band.
        if (fact.address.empty() ? !IsCompanion(apps_, fact.package) : !band_.MayBe(fact.address))
          continue;
      } else if (!IsStackFact(fact.kind) && !fact.package.empty() &&
                 !IsCompanion(apps_, fact.package)) {
        continue;
      }
      chosen_.push_back(&fact);
    }
  }

  // The Bluetooth process ends by itself after Bluetooth was switched off, and a restart kills it.
  bool NormalEnd(const LogFact& fact) const {
    if (fact.code != kProcessEnded) return false;
    const LogFact* last = nullptr;
    for (const LogFact& other : state_.facts) {
      if (other.kind != FactKind::kAdapterOn && other.kind != FactKind::kAdapterOff) continue;
      if (other.kind == FactKind::kAdapterOff && Near(other, fact, kAfterSwitchingOff)) return true;
      if (other.at.known() && other.at.clock == fact.at.clock && other.at.us <= fact.at.us)
        last = &other;
    }
    return last != nullptr && last->kind == FactKind::kAdapterOff;
  }

  struct Found {
    const LogFact* first = nullptr;
    std::size_t count = 0;
    std::string text;
  };
  void Say(std::string_view name, const LogFact& fact, std::string text = {}) {
    Found& found = found_[name];
    if (found.count++ != 0) return;
    found.first = &fact;
    found.text = std::move(text);
  }

  void Stack() {
    const LogFact* adapter = nullptr;
    for (const LogFact* fact : chosen_) switch (fact->kind) {
        case FactKind::kAdapterOn:
        case FactKind::kAdapterOff:
          adapter = fact;
          break;
        case FactKind::kStackCrash:
        case FactKind::kHciTimeout:
          Say(id::kBluetoothCrashed, *fact);
          break;
        case FactKind::kTooManyClients:
          Say(id::kTooManyGattClients, *fact);
          break;
        case FactKind::kScanTooFrequent:
          if (!fact->package.empty() && !IsCompanion(apps_, fact->package))
            Say(id::kOtherBluetoothApp, *fact);
          break;
        case FactKind::kScanDenied:
          if (IsCompanion(apps_, fact->package)) Say(id::kScanSecurityException, *fact);
          break;
        case FactKind::kLocationOff:
          if (fact->package.empty() || IsCompanion(apps_, fact->package))
            Say(id::kLocationOff, *fact);
          break;
        default:
          break;
      }
    if (adapter != nullptr && adapter->kind == FactKind::kAdapterOff)
      Say(id::kBluetoothOff, *adapter, "Bluetooth was switched off and not on again in the logs.");
  }

  void Status(const LogFact& fact) {
    const bool failed = fact.kind == FactKind::kConnectFailed;
    switch (fact.code) {
      case kAuthenticationFailure:
      case kKeyMissingCode:
      case kGattAuthFail:
        Say(id::kEncryptionKeyMissing, fact);
        break;
      case kMicFailureCode:
        Say(id::kMicFailure, fact);
        break;
      case kSupervisionTimeout:
        Say(id::kLinkTimeouts, fact);
        break;
      case kRemoteEnded:
      case kRemoteLowResources:
      case kRemotePowerOff:
        Say(id::kPeerEndsLink, fact);
        break;
      case kLocalEnded:
        if (fact.kind != FactKind::kAclDown) Say(id::kGattStatus22, fact);
        Say(id::kPhoneEndsLink, fact);
        break;
      case kNotEstablished:
        Say(id::kConnectFailsEstablish, fact);
        break;
      case kGattError:
      case kGattTimeout:
        if (fact.code == kGattError) Say(id::kGattStatus133, fact);
        if (failed) Say(id::kStuckConnecting, fact);
        break;
      default:
        break;
    }
  }

  // A link that broke as soon as it stood (a key that is gone, a refusal) proves no connection.
  bool BreaksAtOnce(const LogFact& link) const {
    return std::any_of(chosen_.begin(), chosen_.end(), [&](const LogFact* other) {
      return (other->kind == FactKind::kDisconnected || other->kind == FactKind::kAclDown) &&
             other->at.known() && other->at.clock == link.at.clock && other->at.us >= link.at.us &&
             other->at.us - link.at.us <= kBrokenLink;
    });
  }

  void Device() {
    std::vector<const LogFact*> downs;
    const LogFact* bonded = nullptr;
    for (const LogFact* fact : chosen_) switch (fact->kind) {
        case FactKind::kConnected:
          if (!BreaksAtOnce(*fact)) Say(id::kConnectsOk, *fact);
          break;
        case FactKind::kConnectFailed:
          Status(*fact);
          break;
        case FactKind::kDisconnected:
        case FactKind::kAclDown: {
          Status(*fact);
          // The link and its GATT client end together.
          if (downs.empty() || !Near(*downs.back(), *fact, 3 * kSecond)) downs.push_back(fact);
          if (bonded != nullptr && Near(*bonded, *fact, kRightAfter))
            Say(id::kDropsRightAfterPairing, *fact);
          break;
        }
        case FactKind::kBonded:
          bonded = fact;
          Say(id::kPairingSucceeds, *fact);
          break;
        case FactKind::kBondFailed:
        case FactKind::kPairingFailed:
          Say(id::kPairingFails, *fact);
          break;
        case FactKind::kKeyMissing:
          Say(id::kEncryptionKeyMissing, *fact);
          break;
        case FactKind::kEncryptionFailed:
          if (fact->code == kMicFailureCode)
            Say(id::kMicFailure, *fact);
          else if (fact->code == kKeyMissingCode || fact->code == kAuthenticationFailure)
            Say(id::kEncryptionKeyMissing, *fact);
          break;
        case FactKind::kGattError:
          if (fact->code == kGattAuthFail) Say(id::kEncryptionKeyMissing, *fact);
          break;
        default:
          break;
      }
    // An attempt that failed says little once another came through after it.
    const LogFact* failed = Last({FactKind::kConnectFailed});
    const LogFact* made = Last({FactKind::kConnected});
    if (made != nullptr && (failed == nullptr || !Before(*made, *failed)))
      found_.erase(id::kStuckConnecting);
    Often(downs, kFrequentCount, kFrequentWithin, id::kFrequentDisconnects, "ended");
    Often(downs, kLoopCount, kLoopWithin, id::kConnectLoop, "was made and ended");
  }

  void Often(const std::vector<const LogFact*>& downs, std::size_t count, std::int64_t within,
             std::string_view name, std::string_view what) {
    for (std::size_t i = 0; i + count <= downs.size(); ++i) {
      const LogFact& first = *downs[i];
      const LogFact& last = *downs[i + count - 1];
      if (!Near(first, last, within)) continue;
      std::size_t end = i + count;
      while (end < downs.size() && Near(first, *downs[end], within)) ++end;
      const std::int64_t minutes =
          (std::abs(downs[end - 1]->at.us - first.at.us) + 60 * kSecond - 1) / (60 * kSecond);
      Say(name, first,
          fmt::format("The link {} {} times within {} min.", what, end - i,
                      std::max<std::int64_t>(minutes, 1)));
      return;
    }
  }

  void Apps() {
    std::map<std::string_view, const LogFact*> stopped;
    for (const LogFact* fact : chosen_) switch (fact->kind) {
        case FactKind::kAppKilled:
          if (!IsHousekeeping(fact->text) && !IsTrim(fact->text) && !Stopped(*fact))
            Say(id::kCompanionKilled, *fact);
          break;
        case FactKind::kAppForceStopped:
          if (!IsHousekeeping(fact->text)) stopped[fact->package] = fact;
          break;
        case FactKind::kAppStarted:
          stopped.erase(fact->package);
          break;
        case FactKind::kAppCrashed:
        case FactKind::kAppNotResponding:
          Say(id::kCompanionCrashed, *fact);
          break;
        case FactKind::kForegroundServiceDenied:
        case FactKind::kBackgroundStartDenied:
          Say(id::kAppRestricted, *fact);
          break;
        default:
          break;
      }
    // Still stopped at the end of the logs.
    for (const auto& [package, fact] : stopped) Say(id::kCompanionStopped, *fact);
  }

  // A kill that is the work of a force stop, which is its own fact.
  bool Stopped(const LogFact& kill) const {
    return std::any_of(chosen_.begin(), chosen_.end(), [&](const LogFact* other) {
      return other->kind == FactKind::kAppForceStopped && other->package == kill.package &&
             Near(*other, kill, kEndOfOneProcess);
    });
  }

  // An app that keeps asking for a package needs it; one that asks once may only have looked.
  void Missed(const LogFact& fact) {
    constexpr int kKeepsAsking = 3;
    const auto package = After(fact.text, "NameNotFoundException: ", " \r\n,;:)");
    if (!package || package->find('.') == std::string_view::npos) return;
    if (++missed_[std::string(*package)] == kKeepsAsking)
      Say(id::kDependencyMissing, fact,
          fmt::format("The app keeps asking for {} and does not find it.", *package));
  }

  void Words() {
    for (const LogFact* fact : chosen_) switch (fact->kind) {
        case FactKind::kAuthSucceeded:
        case FactKind::kInitialised:
          Say(id::kAuthSucceeded, *fact);
          break;
        case FactKind::kAuthFailed:
          Say(id::kAuthFailed, *fact);
          break;
        case FactKind::kSyncCompleted:
          Say(id::kSyncCompleted, *fact);
          break;
        case FactKind::kPackageMissed:
          Missed(*fact);
          break;
        case FactKind::kServerError:
          Say(fact->code == 106 ? id::kError0106 : id::kError0117, *fact);
          break;
        case FactKind::kLoginFailed:
          Say(id::kLoginFails, *fact);
          break;
        case FactKind::kBandBattery:
          if (fact->code < 20) Say(id::kBandBatteryLow, *fact);
          break;
        default:
          break;
      }
  }

  // In time where one clock tells both, else in the order of the logs.
  static bool Before(const LogFact& a, const LogFact& b) {
    return a.at.known() && a.at.clock == b.at.clock ? a.at.us < b.at.us : &a < &b;
  }
  const LogFact* Last(std::initializer_list<FactKind> kinds) const {
    const LogFact* last = nullptr;
    for (const LogFact* fact : chosen_)
      if (std::ranges::find(kinds, fact->kind) != kinds.end() &&
          (last == nullptr || !Before(*fact, *last)))
        last = fact;
    return last;
  }
  void Forget(std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names) found_.erase(name);
  }

  // What went well, once, is no health any more when the opposite came after it: a key that was
  // refused later, a link that went and did not come back, Bluetooth that was switched off.
  void KeepThePresent() {
    const LogFact* good = Last({FactKind::kAuthSucceeded, FactKind::kInitialised});
    const LogFact* refused = Last({FactKind::kAuthFailed});
    const LogFact* synced = Last({FactKind::kSyncCompleted});
    if (good != nullptr && refused != nullptr)
      found_.erase(Before(*good, *refused) ? id::kAuthSucceeded : id::kAuthFailed);
    if (synced != nullptr && refused != nullptr && Before(*synced, *refused) &&
        found_.contains(id::kAuthFailed))
      found_.erase(id::kSyncCompleted);
    const LogFact* down = Last({FactKind::kDisconnected, FactKind::kAclDown});
    const LogFact* sign = Last({FactKind::kConnected, FactKind::kAclUp, FactKind::kAuthSucceeded,
                                FactKind::kInitialised, FactKind::kSyncCompleted});
    const bool gone = down != nullptr && (sign == nullptr || Before(*sign, *down));
    const bool long_ago = gone && down->at.known() && down->at.clock == state_.last.clock &&
                          state_.last.us - down->at.us >= evidence::kLongWithoutLinkUs;
    if (long_ago || found_.contains(id::kBluetoothOff))
      Forget({id::kConnectsOk, id::kAuthSucceeded, id::kSyncCompleted});
  }

  const LogState& state_;
  const evidence::BandId& band_;
  std::span<const evidence::CompanionApp> apps_;
  evidence::Evidence& into_;
  std::vector<const LogFact*> chosen_;
  std::map<std::string_view, Found> found_;
  std::map<std::string, int> missed_;  // by package
};

}  // namespace

evidence::Event EventOf(const LogFact& fact) {
  return {.at = fact.at,
          .kind = std::string(EventName(fact.kind)),
          .text = fact.text,
          .source = evidence::SourceKind::kLog,
          .where = fact.where};
}
bool IsAboutDevice(FactKind kind) { return IsDeviceFact(kind); }

void AddFindings(const LogState& state, const evidence::BandId& band,
                 std::span<const evidence::CompanionApp> apps, evidence::Evidence& into) {
  Findings(state, band, apps, into).Add();
}

}  // namespace bk::android::log
