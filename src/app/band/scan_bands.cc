#include "app/band/scan_bands.h"

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

}  // namespace bk::app
