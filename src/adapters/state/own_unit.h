// The systemd user unit that runs `bandkeeper watch` after each login.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace bk::adapters {

// For this program file. Hardened: it reads and writes its own folders, speaks to the two buses,
// and nothing else.
std::string UnitText(std::string_view program);

// Writes it to (or takes it from) `folder`/bandkeeper.service; gives the path. kRefused: what
// stands there was not written by bandkeeper. kNotFound: there is nothing to remove.
Result<std::string> InstallUnit(const std::string& folder, std::string_view program);
Result<std::string> RemoveUnit(const std::string& folder);

// $XDG_CONFIG_HOME/systemd/user, else below ~/.config; empty where neither is there.
std::string UnitFolder();

}  // namespace bk::adapters
