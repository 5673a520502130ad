#include "codec/miband/battery.h"

namespace bk::codec::miband {

std::optional<Battery> DecodeBattery(Bytes bytes) {
  if (bytes.size() != 20) return std::nullopt;
  ByteReader reader(bytes);
  Battery battery;
  // First what most other values of 20 bytes have not.
  battery.mask = reader.U8();
  battery.percent = reader.U8();
  const std::uint8_t charging = reader.U8();
  if (battery.mask != 0x0f || battery.percent > 100 || charging > 1) return std::nullopt;
  battery.charging = charging == 1;
  battery.last_full = ReadClock(reader);
  battery.off_charger = ReadClock(reader);
  battery.percent_off_charger = reader.U8();
  return battery;
}

ByteVector Encode(const Battery& battery) {
  ByteVector out;
  ByteWriter writer(out);
  writer.U8(battery.mask).U8(battery.percent).U8(battery.charging ? 1 : 0);
  WriteClock(battery.last_full, writer);
  WriteClock(battery.off_charger, writer);
  writer.U8(battery.percent_off_charger);
  return out;
}

}  // namespace bk::codec::miband
