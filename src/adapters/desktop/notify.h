// A message on the person's desktop (org.freedesktop.Notifications on the session bus).
#pragma once

#include <string_view>

namespace bk::adapters {

// False: there is no session bus, or nobody shows messages there. Waits for a second at most.
bool NotifyDesktop(std::string_view title, std::string_view text);

}  // namespace bk::adapters
