// Which bands are in the air: collects advertisements and says of each device whether it is a Mi
// Smart Band 4, how well it is heard, and whether another device holds it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ports/band_radio.h"

namespace bk::companion {

struct NearbyBand {
  Address address;
  ports::AddressKind kind = ports::AddressKind::kPublic;
  std::string name;
  std::optional<int> rssi;          // the strongest heard, dBm
  std::optional<bool> connectable;  // as last told; false: another device holds its link
  std::optional<std::uint32_t> steps_today;
  unsigned heard = 0;
  // By name (GB-MB4), or by the manufacturer data that holds its own address. Other Huami bands
  // share the latter, so without a name it is only likely one.
  bool sure = false;
};

class Nearby {
 public:
  void Add(const ports::BandAdvert& advert);
  // Sure ones first, then the strongest. Devices that are no Huami band are left out.
  [[nodiscard]] std::vector<NearbyBand> Bands() const;
  // How many other devices were heard: tells a deaf radio from an absent band.
  [[nodiscard]] std::size_t others() const { return others_.size(); }

 private:
  static constexpr std::size_t kDevicesMax = 4096;
  std::vector<NearbyBand> bands_;
  std::vector<Address> others_;
};

// By address, or by a part of the name in capitals or not; empty: the first. nullptr: none is
// meant. Of several with this name the first; whether that is good enough the caller decides.
const NearbyBand* Choose(const std::vector<NearbyBand>& bands, std::string_view wanted);

}  // namespace bk::companion
