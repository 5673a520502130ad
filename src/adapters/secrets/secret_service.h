// ports::Store in the desktop's secret store (Secret Service API 0.2, org.freedesktop.secrets).
#pragma once

#include <memory>
#include <string_view>

#include "ports/store.h"

namespace bk::adapters {

// Whether everything said on this bus stays on this computer, in the kernel: "unix:" alone.
bool IsLocalBus(std::string_view address);

// kNotFound: there is no session bus of this computer, nobody keeps secrets on it, or it has no
// default collection. What is locked is told by the store's own calls, as kRefused. Never asks the
// person; no call waits longer than 5 s.
Result<std::unique_ptr<ports::Store>> OpenSecretService();

}  // namespace bk::adapters
