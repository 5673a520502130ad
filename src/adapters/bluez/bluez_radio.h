// This computer's Bluetooth by bluetoothd.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "ports/band_radio.h"

namespace bk::adapters {

struct BluezWishes {
  std::string adapter;            // "hci1"; empty: the first that is switched on, else the first
  std::function<bool()> stopped;  // asked at least every 250 ms while waiting; may be empty
};

// kNotFound with what to do when there is no system bus. A missing service or adapter is no error
// here: it is told as AdapterChanged, and may come.
Result<std::unique_ptr<ports::BandRadio>> OpenBluez(const BluezWishes& wishes);

}  // namespace bk::adapters
