// An advertisement as it is on the air, as the parts of which bluetoothd makes one. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/uuid.h"

namespace bk::adapters::bluez {

struct AdvertParts {
  std::string name;
  std::optional<std::uint16_t> company;
  std::vector<std::byte> manufacturer;  // behind the company
  std::vector<Uuid> services;           // of 16 bits
  friend bool operator==(const AdvertParts&, const AdvertParts&) = default;
};
// AD structures (Core specification, vol. 3 part C 11). Flags are bluetoothd's own business. Of a
// scan response only the name: bluetoothd 5.66 puts everything else into the first half, where a
// band's manufacturer data leave no room (31 bytes).
AdvertParts PartsOf(Bytes data, Bytes scan_response);

}  // namespace bk::adapters::bluez
