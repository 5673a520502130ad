#include "adapters/desktop/notify.h"

#include <sdbus-c++/sdbus-c++.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace bk::adapters {

bool NotifyDesktop(std::string_view title, std::string_view text) {
  try {
    const auto connection = sdbus::createSessionBusConnection();
    const auto proxy = sdbus::createProxy(*connection, "org.freedesktop.Notifications",
                                          "/org/freedesktop/Notifications");
    auto call = proxy->createMethodCall("org.freedesktop.Notifications", "Notify");
    // Name, what it replaces, icon, title, text, buttons, hints, how long (-1: as the desktop
    // likes).
    call << std::string("bandkeeper") << std::uint32_t{0} << std::string("battery-low")
         << std::string(title) << std::string(text) << std::vector<std::string>{}
         << std::map<std::string, sdbus::Variant>{} << std::int32_t{-1};
    constexpr std::uint64_t kSecondUs = 1'000'000;
    (void)proxy->callMethod(call, kSecondUs);
    return true;
  } catch (const sdbus::Error&) {
    return false;
  }
}

}  // namespace bk::adapters
