// The parts that bluetooth_findings.cc puts together. Inside the room only.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "android/bluetooth/bluetooth_state.h"

namespace bk::android {

// Which of the dump's devices is the band that is asked for.
class BandMatch {
 public:
  BandMatch(const BluetoothState& state, const evidence::BandId& band);
  // Whether a device under `address` (full or masked) may be the band. With an empty band: whether
  // its name in the bond list is a band's.
  [[nodiscard]] bool operator()(std::string_view address) const;
  [[nodiscard]] const std::vector<const BondedDevice*>& bonds() const { return bonds_; }

 private:
  const evidence::BandId& band_;
  std::vector<const BondedDevice*> bonds_;  // that may be the band
  bool known_ = false;                      // by address
};

void AddFinding(const BluetoothState& state, std::string_view id, evidence::FindingValue value,
                const evidence::Where& where, std::string text, evidence::Evidence& out);
void AddEvent(const BluetoothState& state, AnyInstant at, std::string_view kind, std::string text,
              const evidence::Where& where, evidence::Evidence& out);

// Local time of the phone in microseconds, without its year: what has none compares with what has.
std::int64_t WithoutYear(AnyInstant at);

// link_findings.cc: what the band's links and bonding attempts say
void AddLinkFindings(const BluetoothState& state, const BandMatch& band,
                     std::span<const evidence::CompanionApp> apps, evidence::Evidence& out);
// radio_findings.cc: who else uses the radio
void AddRadioFindings(const BluetoothState& state, const BandMatch& band,
                      std::span<const evidence::CompanionApp> apps, evidence::Evidence& out);

}  // namespace bk::android
