// Opens a page or file with whatever the desktop has for it.
#pragma once

#include <string>

namespace bk::adapters {

// Whether somebody sits at a desktop here (DISPLAY or WAYLAND_DISPLAY).
bool HasDesktop();
// With xdg-open, which is not waited for. False: it is not there. `what` shows to everybody who
// lists this computer's processes.
bool OpenOnDesktop(const std::string& what);

}  // namespace bk::adapters
