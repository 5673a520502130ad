#include "codec/miband/user_settings.h"

namespace bk::codec::miband {
namespace {

ByteVector EncodeOne(const UserProfile& profile) {
  ByteVector out;
  ByteWriter(out)
      .U8(0x4f)
      .Le16(0)
      .Le16(profile.birth_year)
      .U8(profile.birth_month)
      .U8(profile.birth_day)
      .U8(profile.sex)
      .Le16(profile.height_cm)
      .Le16(profile.weight_200)
      .Le32(profile.user_id);
  return out;
}

ByteVector EncodeOne(const StepGoal& goal) {
  ByteVector out;
  ByteWriter(out).U8(0x10).Le16(0).Le16(goal.steps).Le16(0);
  return out;
}

ByteVector EncodeOne(const WornOn& worn) { return BytesOf(0x20, 0, 0, worn.right ? 0x82 : 0x02); }

}  // namespace

std::optional<UserSetting> DecodeUserSetting(Bytes bytes) {
  ByteReader reader(bytes);
  const std::uint8_t kind = reader.U8();
  if (reader.Le16() != 0 || reader.failed()) return std::nullopt;
  if (kind == 0x4f && bytes.size() == 16) {
    UserProfile profile;
    profile.birth_year = reader.Le16();
    profile.birth_month = reader.U8();
    profile.birth_day = reader.U8();
    profile.sex = reader.U8();
    profile.height_cm = reader.Le16();
    profile.weight_200 = reader.Le16();
    profile.user_id = reader.Le32();
    return profile;
  }
  if (kind == 0x10 && bytes.size() == 7) {
    const StepGoal goal{reader.Le16()};
    if (reader.Le16() != 0) return std::nullopt;
    return goal;
  }
  if (kind == 0x20 && bytes.size() == 4) {
    const std::uint8_t side = reader.U8();
    if (side != 0x02 && side != 0x82) return std::nullopt;
    return WornOn{side == 0x82};
  }
  return std::nullopt;
}

ByteVector Encode(const UserSetting& setting) {
  return std::visit([](const auto& one) { return EncodeOne(one); }, setting);
}

}  // namespace bk::codec::miband
