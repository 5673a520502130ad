// What the logs of a phone say about Bluetooth, the band and the companion apps: facts with their
// time and place, from logcat in every format, event logs, last logs, kernel logs, tombstones and
// Gadgetbridge's own file. Facts, not verdicts: which band they concern is decided when findings
// are asked for.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/instant.h"
#include "evidence/companion_app.h"
#include "evidence/evidence.h"

namespace bk::android::log {

enum class FactKind : std::uint8_t {
  // Stack-wide.
  kAdapterOn,
  kAdapterOff,
  kStackCrash,      // Bluetooth process crashed, died or was aborted
  kHciTimeout,      // the controller did not answer, or reported a hardware error
  kTooManyClients,  // no GATT client or scanner slot left
  kScanTooFrequent,
  kScanDenied,  // SecurityException or "Permission denial" when scanning
  kScanFailed,  // onScanFailed: code
  kScanStart,
  kScanStop,
  kLocationOff,  // results withheld: "Permission denial: Location is off."
  // About one device.
  kConnectAttempt,  // code: 1 = direct, 0 = background
  kConnected,       // code: GATT status 0
  kConnectFailed,   // code: GATT status of an attempt that failed
  kDisconnected,    // code: GATT or HCI status
  kAclDown,         // code: HCI reason
  kAclUp,           // the link itself, whoever asked for it
  kBonding,
  kBonded,
  kBondLost,    // code: HCI reason or 0
  kBondFailed,  // code: status
  kEncryptionFailed,
  kKeyMissing,     // the other side has no key any more
  kPairingFailed,  // code: SMP reason
  kGattError,      // code: status of a read, write or discovery
  // About one app.
  kAppKilled,  // by the system or a cleaner
  kAppForceStopped,
  kAppDied,
  kAppCrashed,
  kAppNotResponding,
  kAppFrozen,
  kForegroundServiceDenied,
  kBackgroundStartDenied,
  kAppStarted,
  // What an app says about the band or its server.
  kAuthSucceeded,
  kAuthFailed,
  kSyncStarted,
  kSyncCompleted,
  kSyncFailed,
  kFetchOpened,  // it listens for what the band has recorded
  kFetchClosed,  // and no longer: that round is over, or it gave up
  kInitialised,
  kPackageMissed,  // it asked for another package, which is not there or is off
  kServerError,    // code: 106, 117
  kLoginFailed,
  kBandBattery,  // code: percent
};

struct LogFact {
  FactKind kind{};
  int code = 0;
  AnyInstant at;
  std::string address;  // full or masked as written; empty if the line has none
  std::string package;  // app or process; empty if none
  int uid = -1;         // of the writer, user included; -1: the log does not tell
  std::string text;     // what was read, in the words of the line, without keys and accounts
  evidence::Where where;
};

struct LogState {
  std::vector<LogFact> facts;  // in the order of the logs
  std::vector<evidence::Loss> losses;
  std::uint64_t lines = 0;       // log lines seen
  std::uint64_t understood = 0;  // of these, with a known format
  AnyInstant first, last;        // span of the logs
};

// The event that a fact is: its kind ("link_up", "bonded", ...) and text, whomever it concerns.
evidence::Event EventOf(const LogFact& fact);
bool IsAboutDevice(FactKind kind);

// Adds findings and events. Facts with an address count when `band` may be that device; facts of
// an app when it is a companion app; facts of the stack always.
void AddFindings(const LogState& state, const evidence::BandId& band,
                 std::span<const evidence::CompanionApp> apps, evidence::Evidence& into);

}  // namespace bk::android::log
