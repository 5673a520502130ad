// Bytes from hex text, for the tests of this room and of capture/talk.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace bk::codec::miband {

// "10 83 01" or "108301"; anything that is no hex digit is passed over.
inline std::vector<std::byte> Hex(std::string_view text) {
  std::vector<std::byte> out;
  int high = -1;
  for (const char c : text) {
    int digit = -1;
    if (c >= '0' && c <= '9') digit = c - '0';
    if (c >= 'a' && c <= 'f') digit = c - 'a' + 10;
    if (c >= 'A' && c <= 'F') digit = c - 'A' + 10;
    if (digit < 0) continue;
    if (high < 0) {
      high = digit;
    } else {
      out.push_back(static_cast<std::byte>(high << 4 | digit));
      high = -1;
    }
  }
  return out;
}

}  // namespace bk::codec::miband
