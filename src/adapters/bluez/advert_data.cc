#include "adapters/bluez/advert_data.h"

namespace bk::adapters::bluez {
namespace {

constexpr std::uint8_t kSomeServices = 0x02, kAllServices = 0x03, kShortName = 0x08, kName = 0x09,
                       kManufacturer = 0xff;

void Read(Bytes data, bool name_only, AdvertParts& parts) {
  while (data.size() >= 2) {
    const auto length = std::to_integer<std::size_t>(data[0]);
    if (length == 0 || length >= data.size()) return;  // the rest is padding, or cut
    const auto type = std::to_integer<std::uint8_t>(data[1]);
    const Bytes value = data.subspan(2, length - 1);
    ByteReader reader(value);
    if ((type == kName || type == kShortName) && parts.name.empty()) {
      parts.name = AsText(value);
    } else if (name_only) {
      // bluetoothd would put it into the other half.
    } else if (type == kManufacturer && value.size() >= 2) {
      parts.company = reader.Le16();
      parts.manufacturer.assign(value.begin() + 2, value.end());
    } else if (type == kSomeServices || type == kAllServices) {
      for (std::size_t at = 0; at + 2 <= value.size(); at += 2)
        parts.services.push_back(SigUuid(reader.Le16()));
    }
    data = data.subspan(length + 1);
  }
}

}  // namespace

AdvertParts PartsOf(Bytes data, Bytes scan_response) {
  AdvertParts parts;
  Read(data, false, parts);
  Read(scan_response, true, parts);
  return parts;
}

}  // namespace bk::adapters::bluez
