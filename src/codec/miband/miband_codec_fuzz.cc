#include "base/result.h"
#include "codec/miband/every_message.h"

void Fuzz(std::span<const std::byte> input) {
  BK_CHECK(bk::codec::miband::EveryMessageHolds(input));
}
