#include "codec/miband/bind.h"

namespace bk::codec::miband {

std::optional<BindSignature> DecodeBindSignature(Bytes message) {
  ByteReader reader(message);
  const std::uint16_t head = reader.Be16();
  const Bytes signature = reader.Take(kSignatureBytes);
  const std::uint32_t tail = reader.Le32();
  if (reader.failed() || head != 0x8300 || tail != 0 || reader.left() != 0) return std::nullopt;
  return BindSignature{signature};
}

ByteVector Encode(const BindSignature& message) {
  ByteVector out;
  ByteWriter(out).Be16(0x8300).Put(message.signature).Le32(0);
  return out;
}

}  // namespace bk::codec::miband
