#include "codec/miband/phone_gps.h"

namespace bk::codec::miband {
namespace {

constexpr std::uint8_t kMark = 0x06;
constexpr std::uint32_t kHasStatus = 0x00000001, kHasFix = 0x00040000;
constexpr std::size_t kFixTail = 7;  // FF FF FF FF, 00 00, 00: nobody has explained them

std::int32_t Signed(std::uint32_t value) { return static_cast<std::int32_t>(value); }
std::uint32_t Raw(std::int32_t value) { return static_cast<std::uint32_t>(value); }

}  // namespace

std::optional<PhoneGps> DecodePhoneGps(Bytes message) {
  ByteReader reader(message);
  const std::uint8_t mark = reader.U8();
  const std::uint32_t flags = reader.Le32();
  if (reader.failed() || mark != kMark || (flags & ~(kHasStatus | kHasFix)) != 0)
    return std::nullopt;
  PhoneGps gps;
  if ((flags & kHasStatus) != 0) {
    const std::uint8_t status = reader.U8();
    if (status != 1 && status != 2 && status != 4) return std::nullopt;
    gps.status = static_cast<PhoneGps::Status>(status);
  }
  if ((flags & kHasFix) != 0) {
    PhoneGps::Fix fix;
    fix.longitude = Signed(reader.Le32());
    fix.latitude = Signed(reader.Le32());
    fix.speed_10 = Signed(reader.Le32());
    fix.altitude_cm = Signed(reader.Le32());
    fix.unix_milliseconds = reader.Le64();
    reader.Skip(kFixTail);
    gps.fix = fix;
  }
  if (reader.failed() || reader.left() != 0) return std::nullopt;
  return gps;
}

ByteVector Encode(const PhoneGps& gps) {
  ByteVector out;
  ByteWriter writer(out);
  writer.U8(kMark).Le32((gps.status ? kHasStatus : 0) | (gps.fix ? kHasFix : 0));
  if (gps.status) writer.U8(static_cast<std::uint8_t>(*gps.status));
  if (gps.fix)
    writer.Le32(Raw(gps.fix->longitude))
        .Le32(Raw(gps.fix->latitude))
        .Le32(Raw(gps.fix->speed_10))
        .Le32(Raw(gps.fix->altitude_cm))
        .Le64(gps.fix->unix_milliseconds)
        .Le32(0xffffffff)
        .Le16(0)
        .U8(0);
  return out;
}

}  // namespace bk::codec::miband
