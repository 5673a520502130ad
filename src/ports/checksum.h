// The two checksums of update files. Real ones: adapters/cipher.
#pragma once

#include <cstdint>

#include "base/bytes.h"

namespace bk::ports {

class Checksum {
 public:
  virtual ~Checksum() = default;
  // As in zip: "123456789" gives cbf43926.
  [[nodiscard]] virtual std::uint32_t Crc32(Bytes bytes) const = 0;
  // CCITT-FALSE: "123456789" gives 29b1.
  [[nodiscard]] virtual std::uint16_t Crc16(Bytes bytes) const = 0;
};

}  // namespace bk::ports
