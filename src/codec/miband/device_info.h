// Device information (180A). The serial number (2A25) is personal and is not decoded here at all.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/address.h"
#include "base/bytes.h"
#include "codec/miband/status.h"

namespace bk::codec::miband {

// 2A50: `01 vendor16 product16 version16`.
struct PnpId {
  std::uint8_t source = 1;  // 1 = vendor by Bluetooth SIG number
  std::uint16_t vendor = 0;
  std::uint16_t product = 0;
  std::uint16_t version = 0;
  friend bool operator==(const PnpId&, const PnpId&) = default;
};
std::optional<PnpId> DecodePnpId(Bytes bytes);
ByteVector Encode(const PnpId& id);
inline constexpr std::uint16_t kVendorHuami = 0x0157;
inline constexpr std::uint16_t kProductMiBand4 = 0x0024;
// "Mi Smart Band 4", "Mi Band 3", "" = a Huami product that is not known here.
std::string_view HuamiProduct(std::uint16_t product);

// 2A23: address in display order with FF FE in its middle.
std::optional<Address> DecodeSystemId(Bytes bytes);
ByteVector EncodeSystemId(Address address);

// 2A27, 2A28: "V1.0.9.70" -> "1.0.9.70". nullopt unless it is a dotted version of at most 24
// characters.
std::optional<std::string> DecodeVersion(Bytes bytes);
ByteVector EncodeVersion(std::string_view version);  // with the leading V

}  // namespace bk::codec::miband
