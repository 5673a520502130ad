#include "codec/miband/advert.h"

namespace bk::codec::miband {
namespace {

void WriteAddress(Address address, ByteWriter& writer) {
  for (int shift = 40; shift >= 0; shift -= 8) writer.U8(address.bits >> shift & 0xff);
}

}  // namespace

std::optional<Advert> DecodeAdvert(Bytes manufacturer_data) {
  if (manufacturer_data.size() != 24) return std::nullopt;
  ByteReader reader(manufacturer_data);
  if (reader.U8() != 0x02) return std::nullopt;
  reader.Skip(2);
  const std::uint8_t heart_rate = reader.U8();
  reader.Skip(14);
  Advert advert;
  for (int i = 0; i < 6; ++i) advert.address.bits = advert.address.bits << 8 | reader.U8();
  if (heart_rate != 0xff) advert.heart_rate = heart_rate;
  return advert;
}

ByteVector Encode(const Advert& advert) {
  ByteVector out;
  ByteWriter writer(out);
  const bool sharing = advert.heart_rate.has_value();
  writer.U8(0x02)
      .U8(sharing ? 0x02 : 0xff)
      .U8(sharing ? 0x01 : 0xff)
      .U8(advert.heart_rate.value_or(0xff));
  for (int i = 0; i < 13; ++i) writer.U8(0xff);
  writer.U8(0x03);
  WriteAddress(advert.address, writer);
  return out;
}

ByteVector AdvertisingData(const Advert& advert, bool while_connected) {
  ByteVector out = BytesOf(0x02, 0x01, while_connected ? 0x04 : 0x06, 0x1b, 0xff);
  ByteWriter(out).Le16(kCompanyHuami).Put(Encode(advert));
  return out;
}

ByteVector ScanResponseData(std::uint32_t steps_today) {
  ByteVector out = BytesOf(1 + kMiBand4Name.size(), 0x09);
  ByteWriter(out).Put(AsBytes(kMiBand4Name)).Be32(0x0302e0fe).Be32(0x0716e0fe).Le32(steps_today);
  return out;
}

}  // namespace bk::codec::miband
