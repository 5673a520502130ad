// The wearer: characteristic 0008, write request.
#pragma once

#include <cstdint>
#include <optional>
#include <variant>

#include "base/bytes.h"
#include "codec/miband/status.h"

namespace bk::codec::miband {

// 4F 00 00, 16 bytes. Personal: never print it.
struct UserProfile {
  std::uint16_t birth_year = 0;
  std::uint8_t birth_month = 0, birth_day = 0;
  std::uint8_t sex = 2;  // 0 male, 1 female, 2 other
  std::uint16_t height_cm = 0;
  std::uint16_t weight_200 = 0;  // kg x 200
  std::uint32_t user_id = 0;
  friend bool operator==(const UserProfile&, const UserProfile&) = default;
};
// 10 00 00 goal16 00 00.
struct StepGoal {
  std::uint16_t steps = 0;
  friend bool operator==(const StepGoal&, const StepGoal&) = default;
};
// 20 00 00 02 left, 82 right.
struct WornOn {
  bool right = false;
  friend bool operator==(const WornOn&, const WornOn&) = default;
};
using UserSetting = std::variant<UserProfile, StepGoal, WornOn>;
std::optional<UserSetting> DecodeUserSetting(Bytes bytes);
ByteVector Encode(const UserSetting& setting);

}  // namespace bk::codec::miband
