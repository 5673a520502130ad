#include "codec/miband/device_info.h"

#include <algorithm>

namespace bk::codec::miband {
namespace {
constexpr std::size_t kVersionBytesMax = 24;
}

std::optional<PnpId> DecodePnpId(Bytes bytes) {
  ByteReader reader(bytes);
  PnpId id;
  id.source = reader.U8();
  id.vendor = reader.Le16();
  id.product = reader.Le16();
  id.version = reader.Le16();
  if (reader.failed() || reader.left() != 0) return std::nullopt;
  return id;
}

ByteVector Encode(const PnpId& id) {
  ByteVector out;
  ByteWriter(out).U8(id.source).Le16(id.vendor).Le16(id.product).Le16(id.version);
  return out;
}

std::string_view HuamiProduct(std::uint16_t product) {
  switch (product) {
    case 0x0013:
      return "Mi Band 3";
    case kProductMiBand4:
      return "Mi Smart Band 4";
    default:
      return "";
  }
}

std::optional<Address> DecodeSystemId(Bytes bytes) {
  if (bytes.size() != 8) return std::nullopt;
  std::uint64_t bits = 0;
  ByteReader reader(bytes);
  for (int i = 0; i < 3; ++i) bits = bits << 8 | reader.U8();
  if (reader.Be16() != 0xfffe) return std::nullopt;
  for (int i = 0; i < 3; ++i) bits = bits << 8 | reader.U8();
  return Address{bits};
}

ByteVector EncodeSystemId(Address address) {
  ByteVector out;
  ByteWriter writer(out);
  for (int shift = 40; shift >= 24; shift -= 8) writer.U8(address.bits >> shift & 0xff);
  writer.Be16(0xfffe);
  for (int shift = 16; shift >= 0; shift -= 8) writer.U8(address.bits >> shift & 0xff);
  return out;
}

std::optional<std::string> DecodeVersion(Bytes bytes) {
  std::string_view text = AsText(bytes);
  while (!text.empty() && text.back() == '\0') text.remove_suffix(1);
  if (text.size() > kVersionBytesMax) return std::nullopt;
  if (text.starts_with('V')) text.remove_prefix(1);
  const bool dotted = text.contains('.') && std::ranges::all_of(text, [](char c) {
                        return (c >= '0' && c <= '9') || c == '.';
                      });
  if (!dotted) return std::nullopt;
  return std::string(text);
}

ByteVector EncodeVersion(std::string_view version) {
  ByteVector out;
  ByteWriter(out).U8('V').Put(AsBytes(version));
  return out;
}

}  // namespace bk::codec::miband
