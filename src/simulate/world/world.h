// A phone, the air and a band as one world: the phone's Bluetooth is a host on the air, what its
// companion app sends are real ATT writes to the band, and what becomes of them stands in the
// phone's log, dumps and HCI log. A seed decides all; nothing waits.
//
//   auto world = World::Make({.seed = 7, .faults = {"lossy"}}, cipher, checksum);
//   (*world)->Pass(2h);
//   WriteFile("btsnoop_hci.log", (*world)->Btsnoop());  TruthJson((*world)->Truth())
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "simulate/phone/machine.h"
#include "simulate/phone/setup/make_android.h"
#include "simulate/world/air_carrier.h"
#include "simulate/world/faults.h"

namespace bk::simulate::world {

struct WorldOptions {
  std::uint64_t seed = 1;
  int sdk = 34;
  Maker maker = Maker::kStock;
  std::chrono::microseconds wall = kSomeMorning;  // when it begins
  std::vector<std::string> faults;                // names (faults.h)
  // The phone's causes come so long after the beginning; the others are there from the first.
  std::chrono::microseconds until_faults = std::chrono::minutes(20);
};

class World {
 public:
  // kInvalid, with a sentence that names them, for a fault that nobody knows or this phone cannot
  // have. Cipher and checksum outlive the world.
  static Result<std::unique_ptr<World>> Make(WorldOptions options, const ports::Cipher& cipher,
                                             const ports::Checksum& checksum);
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  // Time passes for all.
  void Pass(std::chrono::microseconds time);
  // The phone, to run commands on: their time passes with Pass of the machine.
  [[nodiscard]] Machine& machine() { return machine_; }
  [[nodiscard]] const Android& phone() const { return machine_.phone(); }
  [[nodiscard]] WorldBand& band() { return *bands_.front(); }
  [[nodiscard]] radio::Air& air() { return air_; }

  // What the phone would hand out now.
  [[nodiscard]] std::vector<std::byte> Btsnoop() const;  // of the whole time, no ring
  [[nodiscard]] std::string Logcat() const;
  [[nodiscard]] std::string BugReportName() const;  // ends in .zip
  [[nodiscard]] std::string BugReport() const;      // the zip, the HCI log in it
  [[nodiscard]] WorldTruth Truth() const;

 private:
  World(WorldOptions options, band::Situation situation, Android phone, const ports::Cipher& cipher,
        const ports::Checksum& checksum);
  void Live(Android& phone, std::chrono::microseconds time);
  void TakeOver(Android& phone);  // what the phone's state says of the band, and has changed
  void Mirror(Android& phone);    // and the other way round
  void HoldElsewhere();
  void KeepPackets(Android& phone);
  WorldBand* BandAt(const std::string& address);
  [[nodiscard]] ports::Block16 KeyOf(std::uint32_t key) const;

  WorldOptions options_;
  const ports::Cipher& cipher_;
  const ports::Checksum& checksum_;
  band::Situation situation_;
  Happened happened_;
  std::vector<FaultTruth> faults_;
  // Before the air, which must not outlive them.
  std::vector<std::unique_ptr<WorldBand>> bands_;  // the owner's, then neighbours
  radio::Air air_;
  radio::HciRecord record_;
  radio::SimRadio radio_;                   // the phone's
  std::unique_ptr<radio::SimRadio> other_;  // a second phone's, that wants the band
  bool holds_ = false, other_tries_ = false;
  Nature nature_;
  Machine machine_;
  AirCarrier carrier_;
  SimBandInAir seen_;                      // of Life::band, as it was mirrored last
  std::chrono::microseconds air_at_boot_;  // the air's time when the phone booted
  std::chrono::microseconds last_boot_;
  std::size_t packets_kept_ = 0;
  bool injected_ = false;
};

}  // namespace bk::simulate::world
