// Where a simulated phone may listen without confusing the adb of this computer.
#pragma once

#include <cstdint>

#include "base/result.h"

namespace bk::simulate::adbd {

// 0 (a free one) is good. kInvalid: an adb server looks for emulators on the odd ports from 5555 to
// 5585 by itself and would list the phone twice; 5037 is its own.
Status CheckPort(std::uint16_t port);

}  // namespace bk::simulate::adbd
