#include "companion/nearby.h"

#include <algorithm>
#include <tuple>

#include "base/bytes.h"
#include "base/text.h"
#include "codec/miband/advert.h"
#include "codec/miband/attribute.h"

namespace bk::companion {
namespace {

bool NamedAsBand(std::string_view name) {
  return std::ranges::equal(name, codec::miband::kMiBand4Name, [](char a, char b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return lower(a) == lower(b);
  });
}

bool LikeBand(const ports::BandAdvert& advert) {
  if (advert.company == codec::miband::kCompanyHuami) {
    const auto decoded = codec::miband::DecodeAdvert(advert.manufacturer);
    if (decoded && decoded->address == advert.address) return true;
  }
  const Uuid fee0 = codec::miband::FullUuid(codec::miband::kServiceFee0);
  return advert.company == codec::miband::kCompanyHuami &&
         std::ranges::find(advert.services, fee0) != advert.services.end();
}

}  // namespace

void Nearby::Add(const ports::BandAdvert& advert) {
  auto band = std::ranges::find(bands_, advert.address, &NearbyBand::address);
  const bool named = NamedAsBand(advert.name);
  if (band == bands_.end()) {
    // A scan response without the other half names it later.
    if (!named && !LikeBand(advert)) {
      if (others_.size() < kDevicesMax &&
          std::ranges::find(others_, advert.address) == others_.end())
        others_.push_back(advert.address);
      return;
    }
    if (bands_.size() >= kDevicesMax) return;
    std::erase(others_, advert.address);
    bands_.push_back({.address = advert.address, .kind = advert.kind});
    band = bands_.end() - 1;
  }
  ++band->heard;
  band->sure = band->sure || named;
  if (!advert.name.empty()) band->name = advert.name;
  if (advert.rssi) band->rssi = std::max(band->rssi.value_or(*advert.rssi), *advert.rssi);
  if (advert.connectable) band->connectable = advert.connectable;
  if (advert.fee0_data.size() == 4) band->steps_today = ByteReader(advert.fee0_data).Le32();
}

std::vector<NearbyBand> Nearby::Bands() const {
  std::vector<NearbyBand> bands = bands_;
  std::ranges::stable_sort(bands, [](const NearbyBand& a, const NearbyBand& b) {
    return std::tuple(!a.sure, -a.rssi.value_or(-200)) <
           std::tuple(!b.sure, -b.rssi.value_or(-200));
  });
  return bands;
}

const NearbyBand* Choose(const std::vector<NearbyBand>& bands, std::string_view wanted) {
  const auto address = ParseAddress(wanted);
  for (const NearbyBand& band : bands)
    if (wanted.empty() || (address && band.address == *address) ||
        (!address && ContainsNoCase(band.name, wanted)))
      return &band;
  return nullptr;
}

}  // namespace bk::companion
