#include "codec/miband/steps.h"

namespace bk::codec::miband {

std::optional<Steps> DecodeSteps(Bytes bytes) {
  if (bytes.size() != 5 && bytes.size() != 13) return std::nullopt;
  ByteReader reader(bytes);
  Steps steps;
  steps.mask = reader.U8();
  steps.steps = reader.Le32();
  if ((steps.mask & ~0x0c) != 0) return std::nullopt;
  if (bytes.size() == 13) {
    steps.metres = reader.Le32();
    steps.kilocalories = reader.Le32();
  }
  return steps;
}

ByteVector Encode(const Steps& steps) {
  ByteVector out;
  ByteWriter writer(out);
  writer.U8(steps.mask).Le32(steps.steps);
  if (steps.metres && steps.kilocalories) writer.Le32(*steps.metres).Le32(*steps.kilocalories);
  return out;
}

}  // namespace bk::codec::miband
