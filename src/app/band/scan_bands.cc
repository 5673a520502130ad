#include "app/band/scan_bands.h"

#include <fmt/format.h>

namespace bk::app {

BandScan ScanBands(ports::BandRadio& radio, std::chrono::microseconds time,
                   const std::function<bool(const std::vector<companion::NearbyBand>&)>& enough) {
  BandScan scan;
  companion::Nearby nearby;
  const ports::RadioTime until = radio.Now() + time;
  radio.Do(ports::ScanOrder{true});
  while (const auto event = radio.Next(until)) {
    if (const auto* change = std::get_if<ports::AdapterChanged>(&*event)) {
      if (change->state == ports::AdapterState::kReady) {
        radio.Do(ports::ScanOrder{true});
        continue;
      }
      scan.adapter_trouble = change->sentence;
      break;
    }
    if (const auto* advert = std::get_if<ports::AdvertSeen>(&*event)) {
      nearby.Add(advert->advert);
      if (enough && enough(nearby.Bands())) break;
    }
  }
  radio.Do(ports::ScanOrder{false});
  scan.bands = nearby.Bands();
  scan.others = nearby.others();
  return scan;
}

std::string NoBandHeard(const BandScan& scan) {
  static constexpr std::string_view kHeld =
      "Bring the band within a metre and switch Bluetooth off on every phone that knows it: a "
      "connected band is silent.";
  if (scan.others > 0)
    return fmt::format("{} other devices were heard, no band. {}", scan.others, kHeld);
  return fmt::format(
      "Nothing at all was heard. Another phone or computer may hold the band, or this computer's "
      "Bluetooth is deaf. {} Then try another adapter, or bring it out from behind the computer.",
      kHeld);
}

}  // namespace bk::app
