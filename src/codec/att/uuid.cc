#include "codec/att/uuid.h"

#include <fmt/format.h>

namespace bk::codec::att {

std::optional<Uuid> UuidFromBytes(Bytes bytes) {
  ByteReader reader(bytes);
  if (bytes.size() == 2) return Uuid16(reader.Le16());
  if (bytes.size() != 16) return std::nullopt;
  Uuid uuid;
  uuid.low = reader.Le64();
  uuid.high = reader.Le64();
  return uuid;
}

std::string FormatUuid(const Uuid& uuid) {
  if (uuid.IsShort()) return fmt::format("{:04x}", uuid.Short());
  return fmt::format("{:08x}-{:04x}-{:04x}-{:04x}-{:012x}", uuid.high >> 32,
                     uuid.high >> 16 & 0xffff, uuid.high & 0xffff, uuid.low >> 48,
                     uuid.low & 0xffff'ffff'ffff);
}

}  // namespace bk::codec::att
