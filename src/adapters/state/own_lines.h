// Where the owner's own data lie, and how a line is added to them.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace bk::adapters {

// $XDG_DATA_HOME, else $HOME/.local/share; empty where neither is an absolute path.
std::string DataHome();

// Adds `line` and a newline. Missing folders (0700) and the file (0600) are made. A file that does
// not end with a newline gets one first, so that a cut line cannot swallow the new one.
Status AppendLine(const std::string& path, std::string_view line);

}  // namespace bk::adapters
