// A device as bluetoothd exports it, as the advertisement that it was made from. Pure.
#pragma once

#include <optional>
#include <string>

#include "adapters/bluez/objects.h"
#include "ports/band_radio.h"

namespace bk::adapters::bluez {

// nullopt: no device, or one that is only remembered: without a signal strength nothing was heard.
std::optional<ports::BandAdvert> AdvertOf(const Objects& objects, const std::string& device);

}  // namespace bk::adapters::bluez
