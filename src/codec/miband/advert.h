// What the band sends while nobody is connected: manufacturer data of company 0x0157 and, in the
// scan response, the name and today's steps as service data of FEE0.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/address.h"
#include "base/bytes.h"
#include "codec/miband/status.h"

namespace bk::codec::miband {

inline constexpr std::uint16_t kCompanyHuami = 0x0157;
inline constexpr std::string_view kMiBand4Name = "Mi Smart Band 4";

// The 24 bytes after the company id.
struct Advert {
  std::optional<std::uint8_t> heart_rate;  // during a workout with sharing on
  Address address;                         // the band's own
  friend bool operator==(const Advert&, const Advert&) = default;
};
// Takes the current form (first byte 02) only; older bands send opaque bytes.
std::optional<Advert> DecodeAdvert(Bytes manufacturer_data);
ByteVector Encode(const Advert& advert);

// The whole advertising PDU data of 31 bytes and the scan response of 29, as the air carries them.
// While connected and set to stay discoverable the band advertises as not connectable, with flags
// 04.
ByteVector AdvertisingData(const Advert& advert, bool while_connected);
ByteVector ScanResponseData(std::uint32_t steps_today);

}  // namespace bk::codec::miband
