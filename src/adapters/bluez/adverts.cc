#include "adapters/bluez/adverts.h"

#include <cstdint>
#include <map>
#include <vector>

#include "adapters/bluez/words.h"

namespace bk::adapters::bluez {
namespace {

std::vector<std::byte> BytesOf(const sdbus::Variant& value) {
  if (!value.containsValueOfType<std::vector<std::uint8_t>>()) return {};
  std::vector<std::byte> bytes;
  for (const std::uint8_t byte : value.get<std::vector<std::uint8_t>>())
    bytes.push_back(static_cast<std::byte>(byte));
  return bytes;
}

}  // namespace

std::optional<ports::BandAdvert> AdvertOf(const Objects& objects, const std::string& device) {
  const auto rssi = objects.Get<std::int16_t>(device, kDevice, "RSSI");
  const auto address =
      ParseAddress(objects.Get<std::string>(device, kDevice, "Address").value_or(""));
  if (!rssi || !address) return std::nullopt;
  ports::BandAdvert advert;
  advert.address = *address;
  advert.kind = objects.Get<std::string>(device, kDevice, "AddressType") == "random"
                    ? ports::AddressKind::kRandom
                    : ports::AddressKind::kPublic;
  // The controller's word for a strength that it did not measure (vol. 4 part E 7.7.65.2).
  constexpr std::int16_t kNotMeasured = 127;
  if (*rssi != kNotMeasured) advert.rssi = *rssi;
  advert.name = objects.Get<std::string>(device, kDevice, "Name").value_or("");
  for (const std::string& text : objects.Get<std::vector<std::string>>(device, kDevice, "UUIDs")
                                     .value_or(std::vector<std::string>{}))
    if (const auto uuid = ParseUuid(text)) advert.services.push_back(*uuid);
  using ByCompany = std::map<std::uint16_t, sdbus::Variant>;
  if (const auto data = objects.Get<ByCompany>(device, kDevice, "ManufacturerData");
      data && !data->empty()) {
    advert.company = data->begin()->first;
    advert.manufacturer = BytesOf(data->begin()->second);
  }
  using ByService = std::map<std::string, sdbus::Variant>;
  if (const auto data = objects.Get<ByService>(device, kDevice, "ServiceData")) {
    if (const auto fee0 = data->find(FormatUuid(SigUuid(0xfee0))); fee0 != data->end())
      advert.fee0_data = BytesOf(fee0->second);
  }
  return advert;
}

}  // namespace bk::adapters::bluez
