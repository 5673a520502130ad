#include "simulate/adbd/port.h"

#include <fmt/format.h>

namespace bk::simulate::adbd {

Status CheckPort(std::uint16_t port) {
  constexpr std::uint16_t kServer = 5037, kFirst = 5555, kLast = 5585;
  if (port == kServer)
    return Fail(ErrorCode::kInvalid, "Port 5037 is the adb server's own. Choose another.");
  if (port >= kFirst && port <= kLast && port % 2 == 1)
    return Fail(
        ErrorCode::kInvalid,
        fmt::format("Port {} is one of the odd ports from 5555 to 5585, where adb looks for "
                    "emulators by itself and would list the phone twice. Choose another.",
                    port));
  return {};
}

}  // namespace bk::simulate::adbd
