// The parts that findings.cc puts together, and what each of them starts with. Inside the room
// only.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "android/system/system_state.h"
#include "evidence/finding_ids.h"

namespace bk::android::system {

// The companion that the findings about an app concern: one for all of them, so that they do not
// mix two apps' conditions.
struct Companion {
  const evidence::CompanionApp* app = nullptr;
  std::string package;
  int user = 0;                         // of the phone: 0 the owner, 999 a clone
  std::optional<std::uint32_t> app_id;  // without the user
  const AppFacts* facts = nullptr;      // nullptr: no output of this room names it
  [[nodiscard]] std::optional<std::uint32_t> uid() const;
};

// The companion used last, of those that can own the band and are on the phone as far as the
// outputs say; nullopt when none is.
std::optional<Companion> ChooseCompanion(const SystemState& state,
                                         std::span<const evidence::CompanionApp> apps,
                                         std::span<const PackageUid> uids);

class Teller {
 public:
  Teller(const SystemState& state_in, evidence::Evidence& out) : state(state_in), out_(out) {}

  void Tell(std::string_view id, bool value, Place place, std::string text);
  void AddEvent(WallTime at, std::string_view kind, Place place, std::string text);

  const SystemState& state;

 private:
  evidence::Evidence& out_;
};

// The op that holds for the app: the uid's unless that is default. nullptr: not in any output.
const OpFact* EffectiveOp(const SystemState& state, const Companion& companion, Op op);
inline bool Forbids(const OpFact* op) {
  return op != nullptr && (op->mode == OpMode::kIgnore || op->mode == OpMode::kDeny);
}
// The setting wins over what the location service derives from it.
std::optional<Fact<bool>> LocationOn(const SystemState& state);
std::optional<Fact<bool>> BatterySaverOn(const SystemState& state);
// "2024-03-02 08:00"
std::string Minute(WallTime at);

evidence::Phone DescribePhone(const SystemState& state);

void TellSwitches(Teller& teller);
void TellDevice(Teller& teller);
void TellNetwork(Teller& teller, std::span<const PackageUid> uids);
void TellDataSaver(Teller& teller, const Companion* companion);
void TellRestrictions(Teller& teller, const Companion& companion);
void TellBluetoothApp(Teller& teller);
void TellNotifications(Teller& teller, const Companion& companion);
void TellExits(Teller& teller, const Companion& companion);
void TellScanners(Teller& teller, std::span<const evidence::CompanionApp> apps,
                  std::span<const PackageUid> uids);

// The package that runs under a full uid, "" when no output says.
std::string PackageOfUid(const SystemState& state, std::span<const PackageUid> uids,
                         std::uint32_t uid);

}  // namespace bk::android::system
